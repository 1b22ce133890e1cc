"""Everything an operator may set; the only reader of the environment and of .env."""

import difflib
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    SettingsConfigDict,
)

from bot.errors import WrongSetting
from content.catalog import PHRASES
from content.languages import is_known

PREFIX = "MORSMAL_"

Country = Literal["NO", "DK"]
"""Where a group may be: what the library says is true in one country."""

ALIKE = 0.65
"""How much of two names must be the same for one to be taken for the other: BOT_KEY is no KEY, KEYS is."""

EVERYWHERE = tuple(
    "nb en ar so ti fa prs ps ur ku ckb tr uk pl lt bs hr sr ro hu es fr hi pa ta zh ko wo ber".split()  # noqa: SIM905
)
"""The languages of the library's most asked articles."""


class Settings(BaseSettings):
    """One field for each `MORSMAL_…` setting; .env.example lists the same."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data: Path = Field(Path("data"), description="Folder for the database, the key and files.")
    database: str = Field(
        "", description="postgresql://user:password@host/name; empty: SQLite in the data folder."
    )
    key: SecretStr | None = Field(
        None,
        description="Master key, 32 bytes as base64; empty: a file `key` in the data folder, made at first start.",
    )
    group: str = Field(
        "Morsmål", description="Name of the local group, as members see it.", min_length=1, max_length=60
    )
    country: Country = Field("NO", description="Country of the group: NO or DK.")
    zone: str = Field(
        "Europe/Oslo", description="Time zone of the group, for example Europe/Oslo or Europe/Copenhagen."
    )
    language: str = Field("nb", description="Language of the volunteers' group chat.")
    languages: Annotated[tuple[str, ...], NoDecode] = Field(
        EVERYWHERE,
        description="Languages that members may use, separated by commas.",
    )
    library: Path | None = Field(None, description="Folder of articles; empty: the one that is shipped.")
    show_unchecked: bool = Field(
        True,
        description="0: members are not given translations that no native speaker has checked; the demonstration is.",
    )
    telegram_token: SecretStr | None = Field(
        None, description="Bot token from @BotFather; empty: Telegram is off."
    )
    telegram_api: str = Field("https://api.telegram.org", description="Address of the Bot API server.")
    telegram_webhook: str = Field(
        "",
        description="Public https address that Telegram calls; empty: we fetch messages ourselves (long polling).",
    )
    demo: bool | None = Field(
        None,
        description="1: run the demonstration beside Telegram; 0: never; empty: only when no token is set.",
    )
    host: str = Field("127.0.0.1", description="Address that the web pages listen on.")
    port: int = Field(8080, description="Port that the web pages listen on.", ge=0, le=65535)
    model: bool = Field(
        True, description="1: search with the sentence model; 0: with words only, which needs less memory."
    )
    log: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("languages")
    @classmethod
    def _have_phrases(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        missing = [tag for tag in value if not is_known(tag) or not (PHRASES / f"{tag}.po").exists()]
        if missing or not value:
            raise ValueError(f"no phrases for {', '.join(missing) or 'any language'}; there are {_tags()}")
        return tuple(dict.fromkeys(value))

    @field_validator("language")
    @classmethod
    def _has_phrases(cls, value: str) -> str:
        return cls._have_phrases((value,))[0]

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("not a time zone; try Europe/Oslo or Europe/Copenhagen")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _is_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"\d+:[\w-]{20,}", value.get_secret_value()):
            raise ValueError("this is not a bot token; @BotFather shows one like 123456:ABC…")
        return value

    @field_validator("telegram_webhook")
    @classmethod
    def _is_https(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("Telegram calls https addresses only")
        return value.rstrip("/")

    @field_validator("database")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "sqlite:///")):
            raise ValueError("use postgresql://user:password@host/name, or leave it empty for SQLite")
        return value

    @field_validator("library")
    @classmethod
    def _is_folder(cls, value: Path | None) -> Path | None:
        if value and not value.is_dir():
            raise ValueError(f"{value} is not a folder")
        return value

    @property
    def database_url(self) -> str:
        """Where the database is."""
        return self.database or f"sqlite:///{(self.data / 'morsmal.db').resolve()}"

    @property
    def runs_demo(self) -> bool:
        """Is the demonstration on?"""
        return self.demo if self.demo is not None else self.telegram_token is None


def _tags() -> str:
    return ", ".join(sorted(file.stem for file in PHRASES.glob("*.po")))


def read() -> Settings:
    """The settings of this process. Raises WrongSetting with one sentence for each fault."""
    if unknown := _unknown():
        raise WrongSetting("\n".join(unknown))
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        ]
        raise WrongSetting("\n".join(faults)) from None


def _unknown() -> list[str]:
    """A misspelt name would leave the default in force, unseen: a sentence for each."""
    given = EnvSettingsSource(Settings).env_vars.keys() | DotEnvSettingsSource(Settings).env_vars.keys()
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    faults = []
    for name in sorted({name.upper() for name in given if name.upper().startswith(PREFIX)} - known):
        meant = _meant(name.removeprefix(PREFIX))
        faults.append(f"{name}: there is no such setting" + (f"; perhaps {PREFIX}{meant}" if meant else ""))
    return faults


def _meant(name: str) -> str | None:
    """The setting that was meant: the only one that ends as `name` does (TOKEN: TELEGRAM_TOKEN), else the most alike.

    The prefix is not compared, since it makes everything alike: a bot's token would be sent to the master key.
    """
    known = [field.upper() for field in Settings.model_fields]
    last = name.rpartition("_")[2]
    ending = [each for each in known if each.endswith(f"_{last}")]
    if len(ending) == 1:
        return ending[0]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=ALIKE)), None)
