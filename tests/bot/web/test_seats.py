import pytest

from bot.web.seats import Occupant, Pane, Seats
from tests.chat_site import PANES, SECRET

SEATS = Seats(SECRET, PANES)


def test_a_seat_is_the_same_after_a_restart() -> None:
    assert Seats(SECRET, PANES).secret_of("amira") == SEATS.secret_of("amira")


def test_a_seat_of_one_service_is_none_of_another() -> None:
    other = Seats(b"another service", PANES)
    assert other.sit(chat="amira", user="amira", secret=SEATS.secret_of("amira")) is None


def test_a_volunteer_sits_in_her_own_chat_and_in_the_group() -> None:
    secret = SEATS.secret_of("amira")
    private = SEATS.sit(chat="amira", user="amira", secret=secret)
    group = SEATS.sit(chat="volunteers", user="amira", secret=secret)
    assert private and private.private
    assert group and not group.private and group.name == "Amira"


@pytest.mark.parametrize("chat", ["leo", "hanne", "", "nowhere"])
def test_nobody_sits_in_the_chat_of_another(chat: str) -> None:
    assert SEATS.sit(chat=chat, user="amira", secret=SEATS.secret_of("amira")) is None


@pytest.mark.parametrize("user", ["amira", "nobody", "m-"])
def test_the_seat_of_one_opens_none_of_another(user: str) -> None:
    assert SEATS.sit(chat=user, user=user, secret=SEATS.secret_of("leo")) is None


def test_a_member_always_comes_back_to_her_own_chat() -> None:
    seated = SEATS.sit(chat="amira", user="", secret="s" * 22)
    assert seated == SEATS.sit(chat="", user="", secret="s" * 22)
    assert seated and seated.private and seated.chat.startswith("m-")


def test_a_members_id_tells_nothing_of_her_secret() -> None:
    assert "s" * 4 not in SEATS.member("s" * 22)
    assert SEATS.member("s" * 22) != Seats(b"another service").member("s" * 22)


@pytest.mark.parametrize("secret", ["", "short", "s" * 21, "s" * 65, "s" * 21 + "é", "s" * 22 + "\n"])
def test_a_secret_that_could_be_guessed_is_none(secret: str) -> None:
    assert SEATS.sit(chat="", user="", secret=secret) is None


def test_a_seat_cannot_take_the_name_of_a_member() -> None:
    with pytest.raises(ValueError, match="m-"):
        Seats(
            SECRET,
            (Pane(title="?", role="volunteer", chat="m-x", occupants=(Occupant(user="m-x", name=""),)),),
        )
