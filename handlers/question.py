"""A member asks: the library answers if it can, otherwise a person does, if she agrees."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from content.articles import Article
from content.languages import fallbacks
from content.phrases import Autonym, LanguageName, Phrase
from dispatch.actions import alerting, cards, offering
from dispatch.actions.owing import owe
from dispatch.model.cases import CaseState
from dispatch.model.messages import AttachmentKind, Choice, Delivery, InboundMessage, React
from handlers import greeting, growing, guides, languages, menus, naming, pending, safety
from handlers.answering import given, readable
from handlers.asking import ask_language, escalate, greet_once
from handlers.found import Found, found
from handlers.giving import give
from handlers.pending import Pending, Stage
from handlers.turn import Turn, gone

LATE_AFTER = timedelta(minutes=30)
"""An older message was kept for us while we were away: it is answered with an excuse (H4)."""


def ask(turn: Turn) -> None:
    """She said something, and nobody is talking with her."""
    seen = React(emoji="👀", external_id=turn.message.external_id)
    owe(turn.tx, turn.person, seen, delivery=Delivery.EDIT)
    earlier = pending.of(turn.tx, turn.person.id)
    waiting = earlier.adding(turn.message) if earlier and earlier.is_open else None
    if turn.thought.language is None and (turn.thought.outside or not _knows_language(turn)):
        _ask_which_language(turn, waiting or _new(turn), asked=waiting is not None)
        return
    _speak(turn)
    greet_once(turn)
    if turn.now - turn.message.sent_at > LATE_AFTER:
        turn.reply(Phrase("late"), way_back=False)
    waiting = waiting or _new(turn)
    if _asks_for_nothing(turn, waiting):
        pending.drop(turn.tx, turn.person.id)
        return
    told = earlier is not None and earlier.asks_yes and earlier.goes_on(turn.message)
    _answer(turn, waiting, joined=told)


def _ask_which_language(turn: Turn, waiting: Pending, *, asked: bool) -> None:
    """Her question is kept, and the languages stand below the newest that she wrote. What cannot be heard from a voice
    or read from a picture is not said in letters alone."""
    outside = turn.thought.outside
    news = outside is not None and outside != waiting.outside
    asked = asked and waiting.stage is Stage.LANGUAGE
    waiting = replace(waiting, stage=Stage.LANGUAGE, outside=outside or waiting.outside)
    pending.put(turn.tx, turn.person.id, waiting, turn.now)
    if outside:
        readable = (languages.readable(turn), *fallbacks(outside))
        ask_language(turn, Phrase("outside-language", {"language": LanguageName(outside)}), readable)
    else:
        ask_language(turn)
    if outside and news:
        alerting.outside(turn.tx, outside, turn.now)
    elif not asked and not waiting.text:
        greeting.play_likeliest(turn, (turn.person.link_language, turn.person.app_language))


def _new(turn: Turn) -> Pending:
    return Pending(stage=Stage.LANGUAGE, messages=(turn.message,))


def _knows_language(turn: Turn) -> bool:
    """A photo or a voice says nothing about the language; what we know of her does."""
    return turn.person.language is not None


def _speak(turn: Turn) -> None:
    if turn.thought.language:
        person = turn.person.seems_to_speak(turn.thought.language)
        if person != turn.person:
            turn.becomes(language=person.language)


def choose_language(turn: Turn) -> None:
    """She pressed a language: from now on it is spoken, and a question that waited for it goes on."""
    (tag,) = turn.arguments
    if tag not in turn.tx.group.languages:
        gone(turn)
    else:
        _choose_language(turn, tag)


def name_language(turn: Turn) -> None:
    """She wrote a language's name; where several are called so, she is asked which."""
    tag, *others = naming.named(turn.tx, turn.person, turn.message, turn.catalog)
    if others:
        ask_language(turn, likely=(tag, *others))
    else:
        _choose_language(turn, tag, fresh=True)


def _choose_language(turn: Turn, tag: str, *, fresh: bool = False) -> None:
    turn.becomes(language=tag, language_chosen=True)
    turn.reply(Phrase("language-chosen", {"language": Autonym(tag)}), card="languages", fresh=fresh)
    menus.show(turn.tx, turn.person)
    case = turn.tx.cases.open_of(turn.person.id)
    if case and case.state is CaseState.WAITING and case.language != tag:
        case = replace(case, language=tag)
        turn.tx.cases.save(case)
        offering.announce(turn.tx, case, turn.now)
    elif turn.person.has_joined or turn.person.coordinator:
        if turn.person.is_volunteer:
            cards.show_home(turn.tx, turn.person, turn.now, fresh=True)
    elif case is None:
        go_on(turn)


def go_on(turn: Turn) -> None:
    """Her language is known now: greet her, and answer what she had asked, or say the answer again."""
    greet_once(turn)
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting is None or waiting.stage is Stage.REFUSED:
        return
    if waiting.stage in {Stage.ANSWERED, Stage.SUGGESTED} and _say_again(turn, waiting):
        return
    if _asks_for_nothing(turn, waiting):
        pending.drop(turn.tx, turn.person.id)
    else:
        _answer(turn, waiting, joined=False)


def _asks_for_nothing(turn: Turn, waiting: Pending) -> bool:
    """Has she said hello so far, at most, and not asked for a person?"""
    courteous = all(languages.is_courtesy(turn, message) for message in waiting.messages)
    return courteous and waiting.wanted_at is None


def _say_again(turn: Turn, waiting: Pending) -> bool:
    """The same articles in the language that she has chosen now; False when there are none."""
    answers = [article for slug in waiting.answers if (article := given(turn, slug))]
    titles = [article for slug in waiting.suggested if (article := given(turn, slug))]
    for article in answers:
        give(turn, article)
    if waiting.stage is Stage.SUGGESTED and (left := [title for title in titles if title not in answers]):
        _suggest(turn, left)
    elif not answers:
        return False
    return True


def _answer(turn: Turn, waiting: Pending, *, joined: bool) -> None:
    has = found(turn)
    waiting = _sorted(turn, waiting, has)
    needs = _needs_a_person(turn.message) if waiting.asks_yes else any(map(_needs_a_person, waiting.messages))
    if has.answers and not needs:
        _give(turn, waiting, has)
    elif waiting.wants_person(turn.now) or (
        any(map(_needs_a_person, waiting.messages)) and not _refuses(turn, waiting)
    ):
        escalate(turn, waiting)
    elif has.titles:
        pending.put(turn.tx, turn.person.id, replace(waiting, stage=Stage.SUGGESTED), turn.now)
        _suggest(turn, has.titles)
    elif has.unchecked:
        _keep_back(turn, waiting, has.unchecked, joined=joined)
    else:
        _have_no_answer(turn, waiting, joined=joined)


def _refuses(turn: Turn, waiting: Pending) -> bool:
    return turn.person.has_refused and not waiting.wants_person(turn.now)


def _keep_back(turn: Turn, waiting: Pending, article: Article, *, joined: bool) -> None:
    """It would be the answer, but is about danger, and nobody has checked it. Whom to call is sure, and says all that
    an article about that would say."""
    growing.answered(turn, article)
    if article.theme == "emergency":
        safety.show_numbers(turn)
        _answered(turn, replace(waiting, suggested=(article.slug,)))
    else:
        _have_no_answer(turn, waiting, joined=joined)


def _have_no_answer(turn: Turn, waiting: Pending, *, joined: bool) -> None:
    if _refuses(turn, waiting):
        _leave(turn, waiting)
        return
    if not joined:
        ways = (turn.library_choice(), turn.danger_choice())
        turn.reply(Phrase("no-answer"), choices=(ways, _who_helps(turn, waiting)), way_back=False)
    escalate(turn, waiting)


def _who_helps(turn: Turn, waiting: Pending) -> tuple[Choice, ...]:
    """Those of the theme, as far as the library knows what it is about."""
    if not turn.directory.find(country=turn.tx.group.country, theme=waiting.theme):
        return ()
    return (turn.choice(Phrase("button-services"), "services", "theme", waiting.theme, "0", "new"),)


def _leave(turn: Turn, waiting: Pending) -> None:
    """She has said no to a person: she is not asked again until she asks for one herself."""
    pending.put(turn.tx, turn.person.id, replace(waiting, stage=Stage.REFUSED), turn.now)
    changed = turn.choice(Phrase("button-changed-mind"), "person")
    turn.reply(Phrase("no-answer"), choices=((changed,), (turn.library_choice(), turn.danger_choice())))


def _sorted(turn: Turn, waiting: Pending, has: Found) -> Pending:
    """With what the question is near to, and what it is about as far as the library dares to say. Thanks, or a number
    to call, that she sends after her question are near to something too, but do not take its place."""
    danger = safety.found(turn)
    if danger and danger.urgent:
        waiting = replace(waiting, urgent=True, theme=danger.article.theme)
    elif has.offered and not waiting.urgent:
        waiting = replace(waiting, theme=has.theme)
    if has.nearest and (has.offered or not waiting.offered):
        nearest = tuple(article.slug for article in has.nearest)
        waiting = replace(waiting, suggested=nearest, answers=(), offered=has.offered)
    return growing.missed(turn, waiting) if turn.thought.findings and not has.offered else waiting


def _give(turn: Turn, waiting: Pending, has: Found) -> None:
    for article in has.answers:
        give(turn, article)
    answers = tuple(article.slug for article in has.answers)
    _answered(turn, replace(waiting, answers=answers), has.titles)


def _answered(turn: Turn, waiting: Pending, titles: Sequence[Article] = ()) -> None:
    """What she was asked because of something else comes down below the answer."""
    waiting = replace(waiting, wanted_at=None)
    if waiting.asks_yes and len(waiting.messages) > 1:
        escalate(turn, waiting)
        return
    stage = Stage.SUGGESTED if titles else Stage.ANSWERED
    pending.put(turn.tx, turn.person.id, replace(waiting, stage=stage), turn.now)
    if titles:
        _suggest(turn, titles)


def _needs_a_person(message: InboundMessage) -> bool:
    """Nobody but a person can read a picture, a document or a voice."""
    return any(attachment.kind is not AttachmentKind.STICKER for attachment in message.attachments)


def _suggest(turn: Turn, articles: Sequence[Article]) -> None:
    rows = [(turn.choice(readable(article.title, article), "article", article.slug),) for article in articles]
    none = turn.choice(Phrase("button-none"), "person")
    last = (turn.danger_choice(), *turn.language_choices())
    turn.reply(Phrase("did-you-mean"), choices=(*rows, (none,), last), card="suggestions", fresh=True)


def choose_article(turn: Turn) -> None:
    """She pressed one of the titles."""
    article = given(turn, turn.arguments[0])
    if article is None:
        gone(turn)
        return
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting:
        slugs = (article.slug,)
        chosen = replace(waiting, stage=Stage.ANSWERED, suggested=slugs, answers=slugs)
        pending.put(turn.tx, turn.person.id, chosen, turn.now)
    give(turn, article)


def helped(turn: Turn) -> None:
    """The answer was right, or she is through with the guide."""
    guides.finish(turn, turn.arguments[0])
    waiting = pending.of(turn.tx, turn.person.id)
    if waiting and waiting.stage is Stage.ANSWERED and turn.arguments[0] in waiting.suggested:
        growing.helped(turn, turn.arguments[0], waiting.text)
        pending.drop(turn.tx, turn.person.id)
    turn.reply(Phrase("helped-thanks"))
