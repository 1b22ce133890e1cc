"""What an article says in a chat, and what belongs to it."""

from content.articles import Article
from content.attachments import files_of
from content.bodies import without_pictures
from content.care import is_stale
from content.catalog import keep_order
from content.phrases import Body, Day, LanguageName, Phrase, Words
from dispatch.model.messages import ArticleFile, Choice, Choices
from dispatch.model.people import Group
from handlers.turn import Turn, gone

SOURCES_SHOWN = 2
"""The first ones carry the answer; more addresses than that nobody opens on a phone."""

RELATED_SHOWN = 2
"""A button each, over the whole width: with more of them the ways to a person are lost among titles."""


def given(turn: Turn, slug: str, language: str | None = None) -> Article | None:
    """The article for the sender, or for a reader of another language; None when there is none that may be given."""
    also = () if language else also_reads(turn)
    article = turn.library.article(slug, language or turn.language, today=turn.today, also=also)
    return article if article and may_be_given(article, turn.tx.group) else None


def for_her(turn: Turn, article: Article) -> Article:
    """The version of a found article that the sender reads best."""
    also = also_reads(turn)
    return turn.library.article(article.slug, turn.language, today=turn.today, also=also) or article


def also_reads(turn: Turn) -> tuple[str, ...]:
    """What the sender may read besides her language: that of her app."""
    return (turn.person.app_language,) if turn.person.app_language else ()


def text_of(article: Article) -> str:
    """The whole article as one text: a guide with its steps numbered."""
    steps = [f"{number}. {step.title}\n{step.body}" for number, step in enumerate(article.steps, start=1)]
    return readable("\n\n".join(steps) or article.body, article)


def readable(text: str, article: Article) -> str:
    """A text of the article as it is shown in a chat: its pictures as words, its numbers and addresses in order."""
    return keep_order(without_pictures(text), article.language)


def may_be_given(article: Article, group: Group) -> bool:
    """What nobody has checked about danger and violence is shown in the demonstration only."""
    return group.demo or article.is_checked or not article.is_about_danger


def about(turn: Turn, article: Article, *, reader: str = "") -> tuple[Body, ...]:
    """Where it holds, where it comes from, when it was read, and what is not certain about it; `reader`: for another's
    language."""
    place = [Phrase("marked", {"mark": "📍", "label": article.area})] if article.area else []
    return (*place, *_sources(turn, article), *warnings(turn, article, reader=reader))


def _sources(turn: Turn, article: Article) -> list[Body]:
    lines: list[Body] = []
    for source in article.sources[:SOURCES_SHOWN]:
        if source.read:
            words: Words = {"publisher": source.publisher, "date": Day(source.read)}
            lines.append(Phrase("answer-source", words))
        else:
            lines.append(Phrase("answer-source-unread", {"publisher": source.publisher}))
        lines.append(source.address)
    if not article.sources and article.published:
        words = {"group": turn.tx.group.name, "date": Day(article.published)}
        lines.append(Phrase("answer-from-group", words))
    return lines


def warnings(turn: Turn, article: Article, *, reader: str = "") -> tuple[Body, ...]:
    """What is not certain about it, and in which language it is when that is not the reader's."""
    lines: list[Body] = []
    if article.is_past_review(turn.today) and article.review_by:
        lines.append(Phrase("answer-review-due", {"date": Day(article.review_by)}))
    if article.language != (reader or turn.language):
        lines.append(Phrase("answer-in-language", {"language": LanguageName(article.language)}))
    # Who signed a translation signed what the original said then; of what names no original nothing is known.
    changed = article.source_digest and is_stale(article, turn.library.every)
    if article.is_unchecked_translation or changed:
        lines.append(Phrase("answer-unchecked", {"language": LanguageName(article.language)}))
    return tuple(lines)


def more_of(turn: Turn, article: Article) -> tuple[Choice, ...]:
    """Its sound and films for her, each on a tap, and who can help."""
    sounds = files_of(article, turn.language, "sound")
    films = files_of(article, turn.language, "film")
    files = [("🔊", name) for name in sounds] + [("🎬", name) for name in films]
    choices = [turn.choice(sign, "play", article.slug, article.language, name) for sign, name in files]
    if turn.directory.of(article.services):
        choices.append(turn.choice(Phrase("button-services"), "services", "article", article.slug))
    return tuple(choices)


def related(turn: Turn, article: Article) -> Choices:
    """What belongs to it, by title, as far as it may be given to her in a language that she reads this one in."""
    found = [each for slug in article.related if (each := given(turn, slug))]
    known = [each for each in found if each.language in {turn.language, article.language}]
    return tuple(
        (turn.choice(readable(each.title, each), "read", each.slug),) for each in known[:RELATED_SHOWN]
    )


def play(turn: Turn) -> None:
    """She wants to hear or see it."""
    slug, language, name = turn.arguments
    article = given(turn, slug, language)
    if article is None or name not in article.attachments:
        gone(turn)
        return
    turn.reply("", made=(ArticleFile(slug=slug, name=name),))
