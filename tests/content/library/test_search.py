from pathlib import Path

import numpy as np
import pytest

from content.articles import read_folder
from content.digests import ARTICLES
from content.library import texts_of
from content.search.bm25 import CharacterIndex, grams
from content.search.embedding import QUERY, SHIPPED, Embeddings, key_of, sentence_model
from content.search.gloss import FOLDER, Gloss, GlossIndex, Lexicon, english_stems, lexicon
from content.search.index import Index
from content.search.meaning import centre
from content.search.text import bare, fold, language_of
from content.search.vectors import read_vectors, restored, rounded, unit, write_vectors
from tests.content.library.folders import THINGS, WordEncoder, article


def many() -> list[tuple[str, str]]:
    return [(f"no-{thing}", thing) for thing in THINGS]


def test_a_document_with_more_of_the_question_scores_higher() -> None:
    index = CharacterIndex([["child benefit money"], ["child care"], ["tax card"]])
    scores = index.scores("child benefit")
    assert scores[0] > scores[1] > scores[2] == 0


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    index = CharacterIndex(
        [["about tax"], ["about rent"], ["about school"], ["about tax", "more words here"]]
    )
    scores = index.scores("about rent")
    assert scores.argmax() == 1
    assert scores[0] > 0


def test_grams_run_across_words_and_ignore_case_and_marks() -> None:
    assert sorted(grams("A b!")) == sorted(grams("a B"))
    assert len(grams("ab")) == 2 + 1  # " ab", "ab " and " ab "
    assert len(grams("")) == 0
    assert len(CharacterIndex([]).scores("anything")) == 0
    assert CharacterIndex([[""], []]).scores("anything").tolist() == [0, 0]


def test_letters_that_keyboards_mix_up_are_one() -> None:
    assert fold("كِتَاب") == fold("کتاب")
    assert fold("ＡBC-d") == "abc d"
    assert fold("ሠላም") == fold("ሰላም")


def test_accents_may_be_left_out() -> None:
    index = CharacterIndex([["nexweşxane li ku ye"], ["dibistana zarokan"], ["çawa bijîşk bibînim"]])
    assert index.scores("cawa bijisk bibinim").argmax() == 2
    assert sorted(grams("çawa")) == sorted(grams("cawa"))
    assert bare("कि 한국어 й") == "कि 한국어 и"  # vowel signs and syllables are no accents


@pytest.mark.parametrize(
    ("tag", "language"),
    [("eng_Latn", "en"), ("ti_ER", "ti"), ("no", "nb"), ("zh-Hans", "zh"), ("kmr", "ku"), ("xx-YY", "xx")],
)
def test_any_tag_names_a_language(tag: str, language: str) -> None:
    assert language_of(tag) == language


def test_a_gloss_counts_known_words_and_keeps_names() -> None:
    words = Lexicon({"lacag": (("monei", 0.6),), "caruur": (("child", 0.7), ("kid", 0.2))})
    gloss = words.gloss("Lacag caruurta NAV xyzzy")
    assert gloss.stems == {"monei": 0.6, "child": 0.7, "kid": 0.2, "nav": 1.0, "xyzzi": 1.0}
    assert gloss.coverage == 0.5


def test_a_word_is_glossed_without_its_accents_unless_that_is_another_word() -> None:
    words = Lexicon({"şîr": (("milk", 0.8),), "ser": (("head", 0.9),), "şer": (("war", 0.9),)})
    assert words.gloss("sir").stems == {"milk": 0.8}
    assert words.gloss("ser").stems == {"head": 0.9}


def test_a_gloss_is_nearest_to_the_article_that_shares_its_words() -> None:
    index = GlossIndex([["money for the child"], ["the doctor"], ["money and work"]])
    scores = index.scores(Gloss(stems=dict.fromkeys(english_stems("money child"), 0.5), coverage=1.0))
    assert scores.argmax() == 0
    assert scores[1] == 0
    assert index.scores(Gloss(stems={}, coverage=0.0)).tolist() == [0, 0, 0]


def test_every_shipped_lexicon_can_be_read() -> None:
    files = sorted(FOLDER.glob("*.tsv.gz"))
    assert len(files) >= 11
    for file in files:
        known = lexicon(file.name.split(".")[0])
        assert known is not None
        assert file.stat().st_size < 200_000
    assert lexicon("sv") is None


def test_vectors_survive_rounding_and_the_file(tmp_path: Path) -> None:
    vectors = unit(np.random.default_rng(1).standard_normal((5, 384)).astype(np.float32))
    file = tmp_path / "new" / "vectors.npz"
    write_vectors(file, {bytes([row] * 8): each for row, each in enumerate(rounded(vectors))})
    read = read_vectors(file)
    assert len(read) == 5
    near = restored([read[bytes([row] * 8)] for row in range(5)])
    assert (near * vectors).sum(axis=1).min() > 0.9999


def test_a_missing_or_spoiled_file_of_vectors_is_empty(tmp_path: Path) -> None:
    assert read_vectors(tmp_path / "none.npz") == {}
    (tmp_path / "bad.npz").write_bytes(b"PK\x03\x04 not a zip")
    assert read_vectors(tmp_path / "bad.npz") == {}
    (tmp_path / "text.npz").write_text("hello")
    assert read_vectors(tmp_path / "text.npz") == {}


def test_only_what_changed_is_encoded_again(tmp_path: Path) -> None:
    first = WordEncoder()
    embeddings = Embeddings(first, tmp_path, shipped=None)
    embeddings.of(["query: a b", "query: c", "query: a b"])
    embeddings.keep(["query: a b", "query: c"])
    assert first.asked == ["query: a b", "query: c"]
    second = WordEncoder()
    Embeddings(second, tmp_path, shipped=None).of(["query: a b", "query: d"])
    assert second.asked == ["query: d"]


def test_vectors_of_texts_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    embeddings = Embeddings(WordEncoder(), tmp_path, shipped=None)
    embeddings.of(["query: a", "query: b"])
    embeddings.keep(["query: b"])
    assert len(read_vectors(tmp_path / "embeddings.npz")) == 1


def test_a_question_is_never_kept(tmp_path: Path) -> None:
    embeddings = Embeddings(WordEncoder(), tmp_path, shipped=None)
    embeddings.of(["query: a"])
    embeddings.once("query: something private")
    embeddings.keep(["query: a", "query: something private"])
    assert len(read_vectors(tmp_path / "embeddings.npz")) == 1


def test_what_all_phrasings_share_does_not_count() -> None:
    articles = [
        article(slug, "en", f"please tell me about {thing}", f"please {thing}") for slug, thing in many()
    ]
    index = Index(articles, Embeddings(WordEncoder(), shipped=None))
    evidence = index.evidence(index.question("please tell me about the milk", "en"))
    assert index.slugs[int(evidence.score.argmax())] == "no-milk"


def test_articles_in_another_language_only_count_less_than_her_own() -> None:
    articles = [
        article("own", "sw", "rent house", "rent"),
        article("foreign", "en", "rent house", "rent"),
        article("other", "sw", "milk bread", "milk"),
    ]
    index = Index(articles, Embeddings(WordEncoder(), shipped=None))
    score = index.evidence(index.question("rent the house", "sw")).score
    assert score[index.row_of["own"]] > score[index.row_of["foreign"]] > score[index.row_of["other"]]


def test_letters_count_more_where_the_model_knows_the_language_poorly() -> None:
    def lead(language: str) -> float:
        articles = [article("near", language, "kirada guriga"), article("far", language, "caanaha")]
        index = Index(articles, Embeddings(WordEncoder(), shipped=None))
        score = index.evidence(index.question("kirad", language)).score
        return float(score[index.row_of["near"]] - score[index.row_of["far"]])

    assert lexicon("so") is not None
    assert lexicon("tr") is None
    assert lead("so") > lead("tr") > 0


def test_another_language_helps_while_an_article_has_few_phrasings_of_its_own() -> None:
    def found(*asks: str) -> float:
        articles = [
            article("rent", "sw", "kodi", *asks),
            article("rent", "en", "rent house"),
            article("milk", "sw", "maziwa"),
            article("milk", "en", "milk bread"),
        ]
        index = Index(articles, None)
        return float(index.evidence(index.question("rent house", "sw")).score[index.row_of["rent"]])

    few, many_more = ("nyumba", "pango"), tuple(f"{each} pango" for each in "abcdefghijkl")
    assert found(*few) > found(*many_more) > 0


def test_every_language_has_a_centre() -> None:
    assert centre("so").shape == (384,)
    assert np.linalg.norm(centre("so") - centre("tr")) > 0.01
    assert centre("xx").shape == (384,)


@pytest.mark.skipif(sentence_model() is None, reason="the sentence model is optional")
def test_the_model_knows_the_same_question_in_two_languages() -> None:
    model = sentence_model()
    assert model is not None
    norwegian, english, other = model.encode(
        [
            QUERY + "Hvordan finner jeg en lege?",
            QUERY + "How do I find a doctor?",
            QUERY + "The train is late.",
        ]
    )
    assert norwegian @ english > norwegian @ other
    long = model.encode([QUERY + "word " * 5000], 44)
    assert np.linalg.norm(long[0]) == pytest.approx(1, abs=1e-3)


def test_every_text_of_the_library_that_ships_has_its_vector_and_no_other_has() -> None:
    """So that the first start encodes nothing; `python -m content.search.encode` brings them in step."""
    articles, _ = read_folder(ARTICLES)
    assert {key_of(text) for text in texts_of(articles.values())} == read_vectors(SHIPPED).keys()
