"""Settings: read once, every one documented, and a wrong one stops the start with a sentence."""

import re
from pathlib import Path

import pytest

from bot.errors import WrongSetting
from bot.settings import Settings, read

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_lists_every_setting_with_its_description_and_default() -> None:
    text = EXAMPLE.read_text()
    listed = dict(re.findall(r"^# MORSMAL_(\w+)=(.*)$", text, re.MULTILINE))
    assert listed.keys() == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        assert f"# {field.description}\n" in text
        default = field.get_default()
        shown = ",".join(default) if isinstance(default, tuple) else default
        shown = "" if shown is None else str(int(shown) if isinstance(shown, bool) else shown)
        assert listed[name.upper()] == shown


def test_nothing_need_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read()
    assert settings.runs_demo
    assert settings.database_url.startswith("sqlite:///")


def test_with_a_token_the_demonstration_is_off_unless_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MORSMAL_TELEGRAM_TOKEN", "1234567:" + "A" * 35)
    assert not read().runs_demo
    monkeypatch.setenv("MORSMAL_DEMO", "1")
    assert read().runs_demo


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LANGUAGES", "nb,xx", "xx"),
        ("LANGUAGES", ",", "any language"),
        ("LANGUAGE", "qq", "qq"),
        ("ZONE", "Europe/Atlantis", "time zone"),
        ("COUNTRY", "SE", "NO"),
        ("TELEGRAM_TOKEN", "hello", "BotFather"),
        ("TELEGRAM_WEBHOOK", "http://example.org", "https"),
        ("DATABASE", "mysql://x", "postgresql://"),
        ("LIBRARY", "/nowhere/at/all", "is not a folder"),
        ("SHOW_UNCHECKED", "perhaps", "boolean"),
        ("PORT", "99999", "65535"),
        ("PORT", "many", "integer"),
        ("LOG", "loud", "debug"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"MORSMAL_{name}", value)
    with pytest.raises(WrongSetting) as wrong:
        read()
    assert f"MORSMAL_{name}: " in str(wrong.value)
    assert says in str(wrong.value)
    assert len(str(wrong.value).splitlines()) == 1


def test_a_wrong_token_is_never_repeated_in_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MORSMAL_TELEGRAM_TOKEN", "not-a-token-but-secret")
    with pytest.raises(WrongSetting) as wrong:
        read()
    assert "secret" not in str(wrong.value)


def test_a_misspelt_setting_is_not_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("MORSMAL_SHOW_UNCHEKED=0\nOTHER_PROGRAM=1\n")
    monkeypatch.setenv("MORSMAL_QQQQQQQQ", "1")
    with pytest.raises(WrongSetting) as wrong:
        read()
    assert str(wrong.value).splitlines() == [
        "MORSMAL_QQQQQQQQ: there is no such setting",
        "MORSMAL_SHOW_UNCHEKED: there is no such setting; perhaps MORSMAL_SHOW_UNCHECKED",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("TOKEN", "TELEGRAM_TOKEN"),
        ("BOT_TOKEN", "TELEGRAM_TOKEN"),
        ("TELEGRAM_KEY", "TELEGRAM_TOKEN"),
        ("BOT_KEY", None),
        ("KEYS", "KEY"),
        ("WEBHOOK", "TELEGRAM_WEBHOOK"),
        ("LANGUAGUES", "LANGUAGES"),
        ("DATABASE_URL", "DATABASE"),
    ],
)
def test_a_token_under_a_wrong_name_is_not_sent_to_the_master_key(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str, meant: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"MORSMAL_{written}", "x")
    with pytest.raises(WrongSetting) as wrong:
        read()
    guess = f"; perhaps MORSMAL_{meant}" if meant else ""
    assert str(wrong.value) == f"MORSMAL_{written}: there is no such setting{guess}"
