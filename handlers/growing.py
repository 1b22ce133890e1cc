"""What members say that lets the library grow: it has not helped, it has helped, an article has ended a case."""

from dataclasses import replace

from content.articles import Article
from content.phrasings import asks
from dispatch.actions import growing
from dispatch.model.cases import Case
from dispatch.model.people import Person
from dispatch.model.redaction import redact
from handlers.pending import Pending
from handlers.turn import Turn


def missed(turn: Turn, waiting: Pending) -> Pending:
    """The library has not helped with this question, which is counted once. A cry for help is none for a library."""
    if waiting.missed or waiting.urgent or not waiting.text.strip():
        return waiting
    growing.miss(turn.tx, turn.language, waiting.theme or "other", turn.now)
    return replace(waiting, missed=True)


def answered(turn: Turn, article: Article) -> None:
    """This is the answer to what a member asked, whether it may be given to her yet or not."""
    if turn.person.is_member:
        turn.tx.answers.count(turn.language, article.slug)


def helped(turn: Turn, slug: str, text: str) -> None:
    """👍: people may ask for this article in her words."""
    _propose(turn, turn.person, turn.language, slug, text)


def resolved(turn: Turn, case: Case) -> None:
    """The case ended well: if an article was sent to her, people may ask for it in her words."""
    case = turn.tx.cases.get(case.id)
    member = turn.tx.people.find(case.member_id)
    if case.article is None or member is None or case.urgent:
        return
    turn.tx.cases.save(replace(case, article=None))  # once, whether it is finished or she is content first
    _propose(turn, member, case.language, case.article, growing.question_of(turn.tx, case))


def _propose(turn: Turn, member: Person, language: str, slug: str, text: str) -> None:
    article = turn.library.article(slug, language, today=turn.today)
    if article and article.language == language and not asks(article, redact(text)):
        growing.propose(turn.tx, member, slug, language, text, turn.now)
