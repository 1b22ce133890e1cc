"""A guide: one step at a time on one card, which knows where she was and from where she cannot go on."""

from dataclasses import replace

from content.articles import Article
from content.phrases import Body, Joined, Phrase
from dispatch.model.messages import ArticleFile, Choice, InboundMessage, Kind
from dispatch.model.queues import Dialog
from handlers import pending
from handlers.answering import about, given, more_of, readable, related, warnings
from handlers.asking import escalate
from handlers.turn import Turn, gone


def open_where_she_was(turn: Turn, article: Article) -> None:
    """The step at which she left it, with a way back to the beginning; else the first."""
    number = _place(turn, article)
    _show(turn, article, number, fresh=True, again=number > 0)


def turn_page(turn: Turn) -> None:
    """Back or on; the card stays in its place."""
    found = _step_of_button(turn)
    if found is None:
        gone(turn)
        return
    article, number = found
    # No platform turns a text into a picture and back: a guide with pictures has a new card for each step.
    _show(turn, article, number, fresh=any(step.picture for step in article.steps))


def stuck(turn: Turn) -> None:
    """She cannot go on: a person is told which guide and which step it is, once she agrees."""
    found = _step_of_button(turn)
    if found is None:
        gone(turn)
        return
    article, number = found
    said = _where_she_is_stuck(turn, article, number)
    waiting = pending.about(turn.tx, turn.person.id, article)
    if all(message.text != said.text for message in waiting.messages):
        waiting = waiting.adding(said)
    if turn.tx.cases.open_of(turn.person.id):
        turn.reply(Phrase("waiting-add"))
    theme = waiting.theme if waiting.urgent else article.theme
    waiting = replace(waiting, theme=theme, suggested=(article.slug,), wanted_at=turn.now)
    escalate(turn, waiting)


def finish(turn: Turn, slug: str) -> None:
    """She is through: it begins with its first step next time."""
    turn.tx.dialogs.drop(turn.person.id, _kind(slug))


def _show(turn: Turn, article: Article, number: int, *, fresh: bool, again: bool = False) -> None:
    _remember(turn, article, number)
    step, count = article.steps[number], len(article.steps)
    parts: list[Body] = [readable(f"{step.title}\n{step.body}", article)]
    if again:
        parts.insert(0, Phrase("guide-left-off", {"step": number + 1, "steps": count}))
    if number == count - 1:
        parts.append(Joined(about(turn, article), close=True))
    elif (number == 0 or again) and (doubts := warnings(turn, article)):
        parts.append(Joined(doubts, close=True))
    turn.reply(
        Joined(tuple(parts)),
        title=readable(f"{article.title} · {number + 1}/{count}", article),
        made=(ArticleFile(slug=article.slug, name=step.picture.name),) if step.picture else (),
        choices=(
            _moves(turn, article, number),
            (turn.choice(Phrase("button-from-start"), "guide", article.slug, "0"),) if again else (),
            _person(turn, article, number),
            more_of(turn, article),
            *(related(turn, article) if number == count - 1 else ()),
            turn.language_choices(),
        ),
        card=f"guide:{article.slug}",
        fresh=fresh,
    )


def _moves(turn: Turn, article: Article, number: int) -> tuple[Choice, ...]:
    if number + 1 < len(article.steps):
        on = turn.choice(Phrase("button-done-next"), "guide", article.slug, str(number + 1))
    else:
        on = turn.choice(Phrase("button-helped"), "helped", article.slug)
    return (turn.choice("◀", "guide", article.slug, str(number - 1)), on) if number else (on,)


def _person(turn: Turn, article: Article, number: int) -> tuple[Choice, ...]:
    if not turn.person.is_member:
        return ()
    return (turn.choice(Phrase("button-stuck"), "stuck", article.slug, str(number)),)


def _step_of_button(turn: Turn) -> tuple[Article, int] | None:
    slug, text = turn.arguments
    article, number = given(turn, slug), int(text)
    return (article, number) if article and number < len(article.steps) else None


def _where_she_is_stuck(turn: Turn, article: Article, number: int) -> InboundMessage:
    """Her press as words, in the language in which she reads the guide; they stand nowhere in her chat."""
    text = f"{article.title} · {number + 1}/{len(article.steps)}\n{article.steps[number].title}"
    return InboundMessage(
        kind=Kind.SAID,
        chat=turn.message.chat,
        user=turn.message.user,
        private=True,
        external_id="",
        sent_at=turn.now,
        text=readable(text, article),
    )


# Where she was, sealed under her own key; like every dialog it goes after a month


def _kind(slug: str) -> str:
    return f"guide-{slug}"


def _place(turn: Turn, article: Article) -> int:
    dialog = turn.tx.dialogs.find(turn.person.id, _kind(article.slug))
    number = dialog.state.get("step") if dialog else None
    return number if isinstance(number, int) and number < len(article.steps) else 0


def _remember(turn: Turn, article: Article, number: int) -> None:
    if number == 0:
        finish(turn, article.slug)
        return
    state = {"step": number}
    turn.tx.dialogs.put(
        Dialog(person_id=turn.person.id, kind=_kind(article.slug), state=state, updated_at=turn.now)
    )
