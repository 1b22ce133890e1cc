from dataclasses import replace

from content.articles import Article, read_folder
from content.attachments import files_of, language_of_file
from content.bodies import Picture, pictures_of, steps_of, without_pictures
from content.digests import ARTICLES
from content.library import texts_of
from tests.content.library.folders import article

GUIDE = "## Open it\n\nTap the app.\n\n![The red button](step-1.png)\n\n## Wait\n\nIt takes a minute.\n"


def with_files(*names: str, body: str = "") -> Article:
    return replace(article("no-a", "so", "A", body=body), attachments=names)


def test_a_step_has_its_picture_and_says_what_is_on_it() -> None:
    first, second = steps_of(GUIDE)
    assert first.picture == Picture(name="step-1.png", says="The red button")
    assert first.body == "Tap the app.\n\n🖼 The red button"
    assert second.picture is None


def test_a_picture_that_says_nothing_leaves_no_trace_in_the_text() -> None:
    assert without_pictures("Look.\n\n![](a.png)") == "Look."


def test_the_place_of_a_picture_that_is_still_missing_is_seen_by_nobody() -> None:
    text = GUIDE.replace("step-1.png", "")
    bare = text.replace("![The red button]()\n\n", "")
    assert steps_of(text) == steps_of(bare)
    waits = article("no-a", "so", "A", body=text)
    assert waits.places == ("The red button",)
    assert (waits.digest, waits.said) == (replace(waits, body=bare).digest, bare.strip())
    assert texts_of([waits]) == texts_of([replace(waits, body=bare)])
    assert article("no-a", "so", "A", body=GUIDE).places == ()


def test_every_guide_that_ships_shows_a_picture_or_says_which_is_missing() -> None:
    guides = [each for each in read_folder(ARTICLES)[0].values() if each.steps]
    assert guides and all(each.places or pictures_of(each.body) for each in guides)


def test_a_file_is_for_the_language_that_its_name_ends_with() -> None:
    assert language_of_file("so.ogg") == "so" == language_of_file("greeting.so.mp3")
    assert language_of_file("step-3.png") is None is language_of_file("sound.mp3")


def test_a_reader_gets_the_sound_of_her_language_and_what_is_for_everybody() -> None:
    files = with_files("so.ogg", "greeting.ar.mp3", "song.mp3", "film.mp4", "map.png")
    assert files_of(files, "so", "sound") == ("so.ogg", "song.mp3")
    assert files_of(files, "ar", "sound") == ("greeting.ar.mp3", "song.mp3")
    assert files_of(files, "so", "film") == ("film.mp4",)


def test_pictures_of_the_body_come_first_and_once() -> None:
    files = with_files("map.png", "form.pdf", "b.png", body="Text ![A form](b.png)")
    assert files_of(files, "so", "picture", "document") == ("b.png", "map.png", "form.pdf")


def test_the_pictures_of_a_guide_belong_to_its_steps() -> None:
    guide = replace(with_files(body=GUIDE), kind="guide", steps=steps_of(GUIDE))
    assert files_of(guide, "so", "picture") == ()
