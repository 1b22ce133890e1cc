"""What was asked most, and what coordinators see of it."""

from datetime import date

from dispatch.model.growth import Gap, GapState, Unanswered, bare, ever, lately, unread

DAY = date(2026, 11, 21)
MONEY, HEALTH = ("so", "money"), ("so", "health")


def a_gap(name: str, asked: int = 0, state: GapState = GapState.OPEN) -> Gap:
    return Gap(id=name, language="so", theme="money", asked=asked, state=state)


def asked_in(gap: str | None, *, times: int = 1, theme: str = "money") -> list[Unanswered]:
    return [
        Unanswered(id=f"{gap}-{theme}-{number}", language="so", theme=theme, day=DAY, text="x", gap=gap)
        for number in range(times)
    ]


def test_what_is_counted_and_not_kept_is_what_nobody_may_read() -> None:
    questions = [*asked_in("a", times=2), *asked_in(None)]
    assert unread({MONEY: 5, HEALTH: 1}, questions) == {MONEY: 2, HEALTH: 1}
    assert unread({MONEY: 3}, questions) == {}
    assert unread({}, questions) == {}


def test_the_most_asked_comes_first_whether_it_can_be_read_or_not() -> None:
    gaps = [a_gap("a"), a_gap("b")]
    questions = [*asked_in("a", times=2), *asked_in("b", times=4)]
    rows = lately(gaps, questions, {MONEY: 6, HEALTH: 5})
    assert [(row.subject, row.count, row.gap and row.gap.id) for row in rows] == [
        (HEALTH, 5, None),
        (MONEY, 4, "b"),
        (MONEY, 2, "a"),
    ]


def test_fewer_than_five_that_nobody_may_read_are_not_shown_at_all() -> None:
    assert lately([], [], {HEALTH: 4}) == []
    assert lately([a_gap("a")], asked_in("a", times=2), {MONEY: 6}) == lately(
        [a_gap("a")], asked_in("a", times=2), {MONEY: 2}
    )


def test_what_was_put_aside_or_not_asked_lately_is_not_in_the_list() -> None:
    gaps = [a_gap("a", state=GapState.ASIDE), a_gap("b", asked=9, state=GapState.KEPT)]
    assert lately(gaps, asked_in("a"), {MONEY: 1}) == []
    assert [row.gap for row in ever(gaps)] == [gaps[1]]


def test_all_that_is_kept_is_shown_by_how_often_it_was_ever_asked() -> None:
    gaps = [a_gap("a", asked=1), a_gap("b", asked=3, state=GapState.KEPT)]
    assert [(row.gap and row.gap.id, row.count) for row in ever(gaps)] == [("b", 3), ("a", 1)]


def test_words_are_the_same_in_any_case_and_with_any_signs_between_them() -> None:
    assert bare("How do I apply – for CHILD benefit?!") == bare("how do i apply  for child\tbenefit")
    assert bare("«ＮＡＶ», barnetrygd") == "nav barnetrygd"
    assert bare("می\u200cخواهم؟") == bare("می خواهم")
    assert bare("?! …") == ""


def test_words_that_differ_by_a_mark_alone_are_other_words() -> None:
    assert bare("किताब") != bare("कातब")
    assert bare("får") != bare("far")
