"""How fast one account writes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import LIMITS
from bot.pace import Pace

START = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LATER = START + timedelta(hours=1)


def after(seconds: float, start: datetime = START) -> datetime:
    return start + timedelta(seconds=seconds)


def send_eagerly(
    pace: Pace, chats: list[tuple[str, bool]], start: datetime, seconds: float
) -> list[tuple[str, datetime]]:
    """Whoever may be written to is written to, for so long; who and when."""
    now, sent = start, []
    while now < start + timedelta(seconds=seconds):
        ready = [chat for chat in chats if pace.ready_in(*chat, now) == 0]
        for chat, is_group in ready:
            if pace.ready_in(chat, is_group, now) == 0:
                pace.take(chat, is_group, now)
                sent.append((chat, now))
        waits = [pace.ready_in(*chat, now) for chat in chats]
        now += timedelta(seconds=max(min(waits), 1e-6))
    return sent


def most_within(moments: list[datetime], window: timedelta) -> int:
    """The most that fall into any half-open window of this length."""
    return max((sum(first <= each < first + window for each in moments) for first in moments), default=0)


def test_a_private_chat_gets_three_at_once_and_then_one_a_second() -> None:
    sent = send_eagerly(Pace(LIMITS, START), [("amira", False)], LATER, 4.5)
    assert [(at - LATER).total_seconds() for _, at in sent] == pytest.approx(
        [0, 0, 1 / 28, 1, 2, 3, 4], abs=0.1
    )


def test_all_chats_together_never_get_more_than_thirty_in_a_second() -> None:
    chats = [(str(number), False) for number in range(200)]
    sent = send_eagerly(Pace(LIMITS, START), chats, LATER, 3)
    assert most_within([at for _, at in sent], timedelta(seconds=1)) <= 30
    assert len(sent) > 80


def test_h13_a_group_never_gets_more_than_twenty_in_a_minute() -> None:
    sent = send_eagerly(Pace(LIMITS, START), [("group", True)], LATER, 300)
    assert most_within([at for _, at in sent], timedelta(minutes=1)) <= 20
    assert len(sent) > 80


def test_h13_a_process_that_restarts_again_and_again_does_not_burst() -> None:
    sent = []
    for restart in range(10):
        start = after(6 * restart)
        sent += send_eagerly(Pace(LIMITS, start), [("group", True)], start, 6)
    assert len(sent) <= 20
    busy = [(str(number), False) for number in range(100)]
    assert not send_eagerly(Pace(LIMITS, START), busy, START, 0.03)


def test_an_album_counts_as_many_as_it_has_items() -> None:
    pace = Pace(LIMITS, START)
    pace.take("amira", False, LATER, count=10)
    assert pace.ready_in("amira", False, LATER) == pytest.approx(8)


def test_who_is_throttled_waits_and_others_do_not() -> None:
    pace = Pace(LIMITS, START)
    pace.throttled("amira", 17, LATER)
    assert pace.ready_in("amira", False, LATER) == 17
    assert pace.ready_in("leo", False, LATER) == 0
    assert pace.blocked(LATER) == {"amira"}
    assert pace.wait_until(LATER) == after(17, LATER)
    assert pace.blocked(after(17, LATER)) == set()
    assert pace.paused_until is None


def test_h12_when_several_are_throttled_at_once_everybody_waits() -> None:
    pace = Pace(LIMITS, START)
    pace.throttled("amira", 3, LATER)
    pace.throttled("leo", 17, after(0.5, LATER))
    assert pace.paused_until == after(17.5, LATER)
    assert pace.ready_in("noor", False, LATER) == 17.5
    assert pace.wait_until(LATER) == after(17.5, LATER)


def test_the_same_chat_throttled_twice_stops_nobody_else() -> None:
    pace = Pace(LIMITS, START)
    pace.throttled("amira", 3, LATER)
    pace.throttled("amira", 3, after(0.5, LATER))
    pace.throttled("leo", 3, after(2, LATER))
    assert pace.paused_until is None


def test_a_pause_that_was_stored_holds_after_a_restart_and_is_never_shortened() -> None:
    pace = Pace(LIMITS, START)
    pace.pause(after(100))
    pace.pause(after(50))
    assert pace.ready_in("amira", False, START) == 100
    assert pace.ready_in("amira", False, after(100)) == 0


def test_nothing_to_wait_for_is_said_so_and_what_is_full_again_is_forgotten() -> None:
    pace = Pace(LIMITS, START)
    assert pace.wait_until(LATER) is None
    for _ in range(3):
        pace.take("amira", False, LATER)
    soon = after(0.5, LATER)
    assert pace.blocked(soon) == {"amira"}
    assert pace.wait_until(soon) == after(1, LATER)
    assert pace.blocked(after(3, LATER)) == set()
    assert pace.wait_until(after(3, LATER)) is None


def test_a_clock_that_goes_back_gives_nothing_away() -> None:
    pace = Pace(LIMITS, START)
    for _ in range(3):
        pace.take("amira", False, LATER)
    assert pace.ready_in("amira", False, LATER - timedelta(hours=1)) > 0


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.floats(0, 5)), max_size=60))
def test_waiting_as_long_as_told_is_enough(steps: list[tuple[int, bool, float]]) -> None:
    pace, now = Pace(LIMITS, START), START
    for chat, is_group, seconds in steps:
        now += timedelta(seconds=seconds)
        now += timedelta(seconds=pace.ready_in(str(chat), is_group, now))
        assert pace.ready_in(str(chat), is_group, now) == 0
        pace.take(str(chat), is_group, now)
        until = pace.wait_until(now)
        assert until is None or until > now


def test_a_clock_that_goes_back_an_hour_stops_nobody_for_an_hour() -> None:
    start = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    pace = Pace(LIMITS, start)
    now = start + timedelta(seconds=10)
    for _ in range(5):
        pace.take("1", is_group=False, now=now)
    back = now - timedelta(hours=1)
    assert pace.ready_in("1", is_group=False, now=back) < 60
    assert pace.ready_in("2", is_group=False, now=back + timedelta(seconds=2)) == 0
