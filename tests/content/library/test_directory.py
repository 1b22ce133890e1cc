from pathlib import Path

import pytest

from bot.app import ARTICLES
from content.articles import read_folder
from content.directory import DIRECTORY, Directory, folder_beside, read_services
from content.lint import check
from tests.content.library.folders import COMPLETE, write

SERVICE = """\
# A comment.
- id: no-line
  name: The line
  theme: violence
  country: "NO"
  area:
  languages: [so, en]
  hours: døgnet rundt
  always: true
  telephone: ["116 006"]
  page: https://line.example.org
  source: https://www.example.org/line
  read:
"""


def messages(folder: Path) -> list[str]:
    return [f"{fault.file}:{fault.line} {fault.message}" for fault in read_services(folder)[1]]


def town(folder: Path) -> Directory:
    """One line for the country, one office in each of two towns."""
    write(folder, "town.yaml", SERVICE + office("no-north", "North") + office("no-south", "South"))
    return Directory.load(folder)


def office(name: str, area: str) -> str:
    return SERVICE.replace("no-line", name).replace("area:", f"area: {area}").replace("[so, en]", "[]")


def test_the_shipped_directory_has_no_fault() -> None:
    services, faults = read_services(DIRECTORY)
    assert faults == []
    assert len(services) == 68
    assert sum(service.always for service in services) == 12


def test_every_version_of_a_shipped_article_leads_to_the_same_services() -> None:
    articles, _ = read_folder(ARTICLES)
    named: dict[str, set[tuple[str, ...]]] = {}
    for article in articles.values():
        named.setdefault(article.slug, set()).add(article.services)
    assert [slug for slug, services in named.items() if len(services) > 1] == []


def test_a_service_says_all_that_its_entry_says(tmp_path: Path) -> None:
    write(tmp_path, "town.yaml", SERVICE)
    (service,), faults = read_services(tmp_path)
    assert faults == []
    assert service.telephone == ("116 006",) and service.languages == ("so", "en") and service.always
    assert service.publisher == "example.org" and service.read is None


def test_services_are_found_by_theme_and_country_those_that_are_near_and_speak_her_language_first(
    tmp_path: Path,
) -> None:
    directory = town(tmp_path)

    def ids(country: str = "NO", theme: str = "violence", **near: str) -> list[str]:
        return [service.id for service in directory.find(country=country, theme=theme, **near)]

    assert ids() == ["no-line", "no-north", "no-south"]
    assert ids(place="Mothers of South") == ["no-line", "no-south", "no-north"]
    write(tmp_path, "city.yaml", office("no-city", "North").replace("languages: []", "languages: [ti]"))
    directory = Directory.load(tmp_path)
    assert ids(language="ti", place="South") == ["no-city", "no-line", "no-south", "no-north"]
    assert ids(theme="money") == [] == ids(country="DK")


def test_the_page_of_a_service_may_stand_under_its_older_name(tmp_path: Path) -> None:
    write(tmp_path, "town.yaml", SERVICE.replace("page:", "address:"))
    (service,), faults = read_services(tmp_path)
    assert (service.page, faults) == ("https://line.example.org", [])


def test_a_library_of_ones_own_may_bring_its_services(tmp_path: Path) -> None:
    assert folder_beside(tmp_path / "articles") == DIRECTORY
    write(tmp_path / "directory", "town.yaml", SERVICE)
    assert [each.id for each in Directory.load(folder_beside(tmp_path / "articles")).of(["no-line"])] == [
        "no-line"
    ]


def test_services_come_in_the_order_in_which_an_article_names_them(tmp_path: Path) -> None:
    found = town(tmp_path).of(["no-south", "no-gone", "no-line"])
    assert [service.id for service in found] == ["no-south", "no-line"]


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("  theme: violence\n", ""), 2, "`theme` is missing"),
        (("violence", "cars"), 4, "unknown theme 'cars'"),
        (("  source: https://www.example.org/line\n", ""), 2, "`source` is missing"),
        (("no-line", "No line"), 2, "an id may hold only"),
        (('["116 006"]', '["116-O06"]'), 10, "not a telephone number: '116-O06'"),
        (("https://line.example.org", "line.example.org"), 11, "not a web address"),
        (("  always: true\n", ""), 8, "without `always: true`"),
        (("  read:", "  read: soon"), 13, "`read` is not a day"),
        (("  read:", "  rating: 5"), 13, "`rating` is not a field of a service"),
        (("- id: no-line", "- just words\n- id: no-line"), 2, "an entry is not a group"),
        (("  name: The line", "  name: [The line"), 4, "YAML"),
    ],
)
def test_what_is_wrong_in_an_entry_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    assert change[0] in SERVICE
    write(tmp_path / "directory", "town.yaml", SERVICE.replace(*change))
    assert any(
        each.startswith(f"directory/town.yaml:{line} ") and message in each
        for each in messages(tmp_path / "directory")
    ), messages(tmp_path / "directory")


def test_two_services_with_one_id_are_a_fault_and_the_first_stays(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", SERVICE)
    write(tmp_path, "b.yaml", SERVICE.replace("116 006", "116 007"))
    services, faults = read_services(tmp_path)
    assert [service.telephone for service in services] == [("116 006",)]
    assert [(fault.line, fault.unusable) for fault in faults] == [(2, True)]


def test_a_service_with_a_wrong_number_is_not_offered(tmp_path: Path) -> None:
    write(tmp_path, "town.yaml", SERVICE.replace("116 006", "116 00x"))
    assert Directory.load(tmp_path).find(country="NO", theme="violence") == ()


def test_an_article_that_names_an_unknown_service_is_a_fault_with_its_line(tmp_path: Path) -> None:
    write(tmp_path / "directory", "town.yaml", SERVICE)
    text = COMPLETE.format(title="Child benefit").replace("services: []", "services: [no-line, no-gone]")
    write(tmp_path / "articles", "no-child-benefit/en.md", text)
    faults = check(tmp_path / "articles")
    assert [(fault.line, fault.message) for fault in faults] == [(22, "there is no service 'no-gone'")]
