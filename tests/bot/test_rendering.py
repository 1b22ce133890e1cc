"""What we owe becomes what a channel does, within its limits."""

import pytest

from bot.channels.channel import Post
from bot.rendering import render
from content.catalog import Catalog
from dispatch.model.messages import Address, Choice, Delivery, Lane, OutboundMessage, Send
from dispatch.model.queues import Leased
from tests.fake_channel import LIMITS

CATALOG = Catalog.load()


def label_of(title: str) -> str:
    """How a button with this label is shown."""
    to = Address(channel="fake", account="bot", chat="amina")
    send = Send(body="Is it one of these?", choices=((Choice(label=title, token="t"),),))
    message = OutboundMessage(to=to, action=send, lane=Lane.ANSWER, delivery=Delivery.MUST)
    (post,) = render(
        Leased(id="1", group_id="g", message=message, language="en", attempts=1), CATALOG, LIMITS
    )
    assert isinstance(post, Post)
    return post.buttons[0][0].label


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Rent: the contract", "Rent: the contract"),
        ("word " * 20, "word " * 11 + "word…"),
        ("字" * 100, "字" * 63 + "…"),
        ("👩" * 100, "👩" * 31 + "…"),
    ],
    ids=["fits", "words", "no spaces", "halves of characters"],
)
def test_a_button_too_long_is_cut_between_words_where_there_are_any(title: str, shown: str) -> None:
    assert label_of(title) == shown
