import re
from datetime import date
from pathlib import Path

import pytest

from content.articles import read_folder
from content.comparing import links_of, numbers_of
from content.digests import fill_in
from content.lint import check
from tests.content.library.folders import COMPLETE, TODAY, simple, write

NAME = "no-child-benefit/en.md"


def messages(folder: Path, **options: object) -> list[str]:
    return [f"{fault.file}:{fault.line} {fault.message}" for fault in check(folder, **options)]  # type: ignore[arg-type]


def complete(folder: Path, *changes: tuple[str, str]) -> Path:
    text = COMPLETE.format(title="Child benefit")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return write(folder, NAME, text)


def translation(folder: Path, *changes: tuple[str, str]) -> Path:
    """The original, and one translation of it with these changes, its digest filled in before them."""
    complete(folder)
    text = COMPLETE.format(title="Barnetrygd").replace(
        "expires:", "expires:\ntranslated_from: en\nsource_digest:"
    )
    file = write(folder, "no-child-benefit/nb.md", text)
    fill_in(folder)
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return file


def test_a_complete_folder_has_no_fault(tmp_path: Path) -> None:
    translation(tmp_path)
    assert messages(tmp_path, today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("theme: money\n", ""), 1, "`theme` is missing"),
        (("theme: money", "theme: cars"), 4, "unknown theme 'cars'"),
        (('country: "NO"\n', ""), 1, "`country` is missing"),
        (('"NO"', '"DK"'), 5, "does not go with the slug"),
        (("review_by: 2027-05-21\n", ""), 1, "`review_by` is missing"),
        (("  - barnetrygd\n", "  - Child  money\n"), 7, "4 different phrasings of at least 5"),
        (
            ("  - publisher: NAV\n    address: https://www.nav.no/barnetrygd\n    read:\n", ""),
            13,
            "no source",
        ),
        (("address: https://www.nav.no/barnetrygd", "address: nav"), 15, "not a web address: 'nav'"),
        (("checked_by:", "checked_by: Amina"), 17, "go together"),
        (("related: []", "related: [no-such]"), 21, "'no-such' is not in the library"),
        (("attachments: []", "attachments: [voice.mp3]"), 23, "'voice.mp3' is not in the article's folder"),
        (("Read more", "![a map](map.svg) Read more"), 25, "'map.svg' leads nowhere"),
        (("Read more", "See https://nav, and read more"), 25, "not a web address: 'https://nav,'"),
        (("Read more", "![]() Read more"), 25, "a picture without a file and without words"),
        (("Read more", "[here]() Read more"), 25, "a link without an address"),
        (("kind: article", "kind: guide"), 3, "a guide needs steps"),
    ],
)
def test_what_a_published_article_lacks_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    complete(tmp_path, change)
    found = messages(tmp_path)
    assert len(found) == 1
    assert found[0].startswith(f"{NAME}:{line} ")
    assert message in found[0]


def test_the_place_of_a_picture_is_no_fault_and_its_words_are_not_compared(tmp_path: Path) -> None:
    translation(tmp_path, ("Read more", "![Side 2 på nav.no]()\n\nRead more"))
    assert messages(tmp_path) == []


def test_a_plain_folder_needs_only_titles_when_not_strict(tmp_path: Path) -> None:
    simple(tmp_path, "anything", "so", "Cinwaan")
    assert messages(tmp_path, strict=False) == []
    assert messages(tmp_path, strict=True) != []


def test_days_that_have_passed_are_named(tmp_path: Path) -> None:
    complete(tmp_path, ("expires:", "expires: 2027-06-01"), ("read:", "read: 2027-06-01"))
    assert messages(tmp_path, today=date(2027, 5, 21))[0].endswith("`read` lies in the future")
    found = messages(tmp_path, today=date(2027, 6, 2))
    assert [message.split(" ")[0] for message in found] == [f"{NAME}:19", f"{NAME}:20"]
    assert "should have been looked at" in found[0]
    assert "expired" in found[1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("55 55 33 33", "55 55 33 34"), "55553334 is not among the original's numbers"),
        (("55 55 33 33", "55 55 33 34"), "55553333 is missing among the numbers"),
        (
            ("Read more at https://www.nav.no/barnetrygd.", "Les mer."),
            "https://www.nav.no/barnetrygd is missing",
        ),
        (("each child", "each of 2 children"), "2 is not among the original's numbers"),
        (("title: Barnetrygd", "title: Barnetrygd 2"), "nb.md:2 2 is not among the original's numbers"),
        (("title: Barnetrygd", "title: evil.no"), "nb.md:2 evil.no is not among the original's links"),
        (("each child", "each child, see evil.example.com/a"), "evil.example.com/a is not among"),
        (("theme: money", "theme: children"), "`theme` differs"),
        (("translated_from: en", "translated_from: da"), "no original in 'da'"),
    ],
)
def test_a_translation_that_says_something_else_is_named(
    tmp_path: Path, change: tuple[str, str], message: str
) -> None:
    translation(tmp_path, change)
    assert any(message in found for found in messages(tmp_path)), messages(tmp_path)


def test_a_translation_of_a_changed_text_is_stale_and_filling_in_does_not_hide_it(tmp_path: Path) -> None:
    translation(tmp_path)
    complete(tmp_path, ("for each child", "for every child"))
    assert fill_in(tmp_path) == []
    found = messages(tmp_path)
    assert len(found) == 1
    assert re.search(r"nb\.md:22 stale: the original is now [0-9a-f]{16}$", found[0])


def test_a_new_translation_gets_its_original_s_digest(tmp_path: Path) -> None:
    complete(tmp_path)
    text = COMPLETE.format(title="Barnetrygd").replace("expires:", "expires:\ntranslated_from: en")
    write(tmp_path, "no-child-benefit/nb.md", text)
    assert any("`source_digest` is missing" in found for found in messages(tmp_path))
    assert fill_in(tmp_path) == ["no-child-benefit/nb.md"]
    assert messages(tmp_path) == []
    articles, _ = read_folder(tmp_path)
    assert not articles["no-child-benefit", "nb"].is_stale(articles["no-child-benefit", "en"])


def test_numbers_are_compared_in_any_digits_and_spacing() -> None:
    assert numbers_of("Call 116 117 or 113.") == numbers_of("اتصل ١١٦١١٧ أو ۱۱۳")
    assert numbers_of("1. First\n2. Second, at 18") == numbers_of("- First\n- Second, at 18")
    assert numbers_of("see https://a.no/2026") == numbers_of("see")
    assert links_of("at https://a.no/x.") == links_of("https://a.no/x، at")


def test_numbers_on_two_lines_are_two() -> None:
    assert numbers_of("Call 113\n116 117") == {"113": 1, "116117": 1}
    assert numbers_of("113 https://a.no 112") == {"113": 1, "112": 1}


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("See nav.no/foreldrepenger.", "nav.no/foreldrepenger"),
        ("(helsenorge.no)", "helsenorge.no"),
        ("udi.no에서", "udi.no"),
        ("በudi.no/skjema ላይ", "udi.no/skjema"),
        ("...MitID.dk, MitID", "mitid.dk"),
        ("post@udi.no", "post@udi.no"),
        ("t.me/someone", "t.me/someone"),
        ("evil.example.com:8080/x", "evil.example.com:8080/x"),
        ("https://A.no/X?y=Z", "https://a.no/X?y=Z"),
        ("at https://nav", "https://nav"),
    ],
)
def test_an_address_is_a_link_also_without_its_scheme(text: str, link: str) -> None:
    assert links_of(text) == {link: 1}


@pytest.mark.parametrize("part", ["a.", "-.", "a@", "1 ", "![a", "[a](", "\n", "\n\n![a](", "## "])
def test_a_text_of_nothing_but_beginnings_is_read_to_its_end(tmp_path: Path, part: str) -> None:
    """Expressions that look far for an end would keep a running service from everything else for minutes."""
    complete(tmp_path, ("Read more", f"{part * (200_000 // len(part))}\nRead more"))
    assert any("too long" in found for found in messages(tmp_path)) or not part.strip()


def test_an_abbreviation_is_no_link() -> None:
    assert links_of("f.eks. bl.a. m.in. t.ex. 12.30 kl. 8") == {}


def test_a_wrong_number_is_named_on_its_line_however_it_is_spaced(tmp_path: Path) -> None:
    translation(tmp_path, ("You get money", "116 117\nYou get money\n۲۲ ۵۹ 13 00"))
    found = [each for each in messages(tmp_path) if "not among" in each]
    assert [each.split(":")[1].split(" ")[:2] for each in found] == [["27", "116117"], ["29", "22591300"]]


def test_two_articles_with_one_title_are_named(tmp_path: Path) -> None:
    simple(tmp_path, "no-a", "en", "The doctor")
    simple(tmp_path, "no-b", "en", "the  Doctor")
    simple(tmp_path, "no-c", "nb", "The doctor")
    assert messages(tmp_path, strict=False) == ["no-b/en.md:2 has the same title as 'no-a'"]


def test_files_that_belong_to_no_article_are_named(tmp_path: Path) -> None:
    simple(tmp_path, "no-a", "en", "A", attachments="[voice.mp3]")
    write(tmp_path, "no-a/voice.mp3", "sound")
    write(tmp_path, "no-a/en.txt", "text")
    write(tmp_path, "lost.md", "text")
    write(tmp_path, "README.md", "text")
    write(tmp_path, ".git/config", "text")
    (tmp_path / "no-a/film.mp4").write_bytes(b"x" * 10_000_000)
    found = messages(tmp_path, strict=False)
    assert [message.split(":")[0] for message in found] == ["lost.md", "no-a/en.txt", "no-a/film.mp4"]
    assert "10 MB is too large" in found[2]


def test_what_makes_a_file_unusable_is_told_apart_from_what_only_needs_care(tmp_path: Path) -> None:
    write(tmp_path, "no-a/en.md", "no front matter")
    complete(tmp_path, ("theme: money", "theme: cars"))
    faults = check(tmp_path)
    assert {fault.file: fault.unusable for fault in faults} == {"no-a/en.md": True, NAME: False}
    assert str(faults[0]).startswith("no-a/en.md:1: error: ")
    assert str(faults[1]).startswith(f"{NAME}:4: warning: ")


@pytest.mark.parametrize("more", ["More. " * 9, "More and more of it " * 30])
def test_a_step_is_short_and_fits_under_its_picture(tmp_path: Path, more: str) -> None:
    body = f"## Open\nTap it.\n\n![The button](red.png)\n{more}\n\n## Done\nThat is all.\n"
    complete(tmp_path, ("kind: article", "kind: guide"), ("You get money for each child.", body))
    (tmp_path / "no-child-benefit" / "red.png").write_bytes(b"a picture")
    assert messages(tmp_path) == [f"{NAME}:25 the step 'Open' is too long"]


@pytest.mark.parametrize("more", ["More. " * 60, "ครับ\n" * 60, "很多。" * 60, "Waa dheer tahay " * 100])
def test_a_text_is_short(tmp_path: Path, more: str) -> None:
    complete(tmp_path, ("Read more", f"{more}Read more"))
    (found,) = messages(tmp_path)
    assert found.startswith(f"{NAME}:25 the text is too long: ")
    assert found.endswith(", at most 1,500 in 16")


def test_a_guide_has_few_steps(tmp_path: Path) -> None:
    steps = "".join(f"## Step\nDo it, {number}.\n\n" for number in range(13))
    complete(tmp_path, ("kind: article", "kind: guide"), ("You get money for each child.", steps))
    assert messages(tmp_path) == [f"{NAME}:25 13 steps, at most 12"]
