"""What the models see of a message."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.detection.families import LABELS
from content.detection.neutral import telling
from content.detection.ngrams import ngram_keys, word_keys
from content.detection.scripts import strange, writable
from content.detection.text import LONGEST, normalise, without_titles


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Hjeeeelp meg!!!", "hjeelp meg"),
        ("ring 112 nå", "ring nå"),
        ("covid19", "covid19"),
        ("3andi mochkla", "3andi mochkla"),
        ("İstanbul’da", "istanbul'da"),
        ("می‌خواهم", "می خواهم"),
        ("se https://nav.no/x?a=1 takk", "se takk"),
        ("/start jeg", "jeg"),
        ("<b>hi</b> <script>alert('hi there')</script>", "hi"),
        ("<p class=x>Jeg trenger <i>hjelp</i></p>", "jeg trenger hjelp"),
        ("hei <SCRIPT>var name = 1;", "hei"),
        ("for (i=0;i<9;i++) {x[i]=y();} done();", "for"),
        ("${jndi:ldap://x} C:\\temp $user", ""),
        ("hei;  jeg <3 dere, kurs(er) = bra, 100$ >svar =)", "hei jeg dere kurs er bra svar"),
        ("l`aide d`un ami", "l'aide d'un ami"),
        ("a\0b\ud800c", "a b c"),
        ("मुझे मदद चाहिए।", "मुझे मदद चाहिए"),
        ("  ", ""),
    ],
)
def test_a_text_is_reduced_to_its_words(written: str, seen: str) -> None:
    assert normalise(written) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Finn veien til Oslo University Hospital nå", "Finn veien til nå"),
        ("waxaan rabaa telefoonka (Helse Sør-Øst)", "waxaan rabaa telefoonka"),
        ("رسالة من Norwegian Labour Welfare", "رسالة من"),
        ("Jeg bor i Oslo med Tom", "Jeg bor i Oslo med Tom"),
        ("The World Health Organization", "The World Health Organization"),
        ("HELP ME PLEASE", "HELP ME PLEASE"),
        ("  ", "  "),
    ],
)
def test_a_name_of_several_words_within_a_sentence_says_nothing(written: str, seen: str) -> None:
    assert without_titles(written) == seen


@given(st.text())
def test_any_text_is_reduced_without_complaint(text: str) -> None:
    seen = normalise(text)
    assert len(seen) <= LONGEST
    assert seen == seen.strip()
    assert len(word_keys(seen)) == seen.count(" ") + 1
    assert len(ngram_keys(seen)) >= len(seen) + 2


def test_n_grams_know_where_a_word_ends() -> None:
    assert set(ngram_keys("og")) != set(ngram_keys("go"))
    assert set(ngram_keys("og")) - set(ngram_keys("ogs"))


def test_a_word_is_known_by_all_of_its_letters() -> None:
    first, second = word_keys("vaksinere vaksinert")
    assert first != second
    assert word_keys("vaksinert")[0] == second


def test_words_that_say_nothing_are_left_out() -> None:
    assert telling(normalise("Hei, Fatima! Jeg trenger NAV")) == "jeg trenger"
    assert telling("ok ok") == ""


def test_letters_rule_languages_out() -> None:
    def possible(text: str) -> set[str]:
        return {label for label, can in zip(LABELS, writable(text), strict=True) if can}

    assert possible("ሰላም") == {"am", "ti"}
    assert possible("привіт") == {"ru", "uk", "sr", "bs"}
    assert possible("ไทย") == {"th"}
    assert "so" in possible("waan") and "ar" not in possible("waan")
    assert possible("hei привіт") == set(LABELS)
    assert np.all([writable(label).any() for label in LABELS])


@pytest.mark.parametrize(
    ("text", "is_strange"), [("γεια σου", True), ("שלום", True), ("hei", False), ("ñandú", False)]
)
def test_letters_of_no_language_of_ours_are_strange(text: str, is_strange: bool) -> None:
    assert strange(text) is is_strange
