"""The library without typing: themes by picture buttons, the titles of a theme, who can help."""

from content.articles import THEMES, Article
from content.directory import Service
from content.phrases import Body, Day, Joined, LanguageName, Listed, Phrase, Words
from dispatch.actions.cards import theme_name
from dispatch.actions.owing import columns
from dispatch.model.messages import Choice, Choices
from handlers.answering import also_reads, given, may_be_given, readable
from handlers.asking import ask_language
from handlers.giving import give
from handlers.turn import Turn, gone

CARD = "library"
TITLES_AT_ONCE = 8
SERVICES_AT_ONCE = 4
"""About a thousand characters: more nobody reads on a phone."""


def browse(turn: Turn) -> None:
    """A new card with the themes. What she asked before stays as it is."""
    if turn.person.language is None:
        ask_language(turn)
    else:
        _show_themes(turn, fresh=True)


def show_themes(turn: Turn) -> None:
    """Back to the themes, in place."""
    _show_themes(turn, fresh=False)


def _show_themes(turn: Turn, *, fresh: bool) -> None:
    shown = [theme for theme in THEMES if _articles(turn, theme) or _services(turn, theme)]
    buttons = [turn.choice(_name(theme), "theme", theme, "0") for theme in shown]
    choices = (*columns(buttons, 2), (turn.language_choice(),))
    turn.reply(Phrase("library-themes"), choices=choices, card=CARD, fresh=fresh)


def show_theme(turn: Turn) -> None:
    """The titles of a theme, those in her language first."""
    theme, start = turn.arguments[0], int(turn.arguments[1])
    articles, services = _articles(turn, theme), _services(turn, theme)
    if not articles[start:] and not services:
        gone(turn)
        return
    following = start + TITLES_AT_ONCE
    rows: Choices = tuple(
        (turn.choice(readable(article.title, article), "read", article.slug),)
        for article in articles[start:following]
    )
    back = ("theme", theme, str(start - TITLES_AT_ONCE)) if start else ("themes",)
    foot = _pages(turn, turn.choice("◀", *back), len(articles), following, ("theme", theme))
    if services:
        foot = (*foot, turn.choice(Phrase("button-services"), "services", "theme", theme, "0"))
    turn.reply("", title=_name(theme), choices=(*rows, foot, (turn.language_choice(),)), card=CARD)


def read(turn: Turn) -> None:
    """One of the titles. Unlike a title that answers her question, it changes nothing about what she asked."""
    article = given(turn, turn.arguments[0])
    if article is None:
        gone(turn)
    else:
        give(turn, article)


def show_services(turn: Turn) -> None:
    """Who can help: those that an article names, or those of a theme, a few at a time; `new` asks for a new card."""
    match turn.arguments:
        case ("article", slug):
            article = given(turn, slug)
            services = turn.directory.of(article.services) if article else ()
            _say_services(turn, services, (), f"services:{slug}", fresh=True)
        case ("theme", theme, start, *new):
            _services_of_theme(turn, theme, int(start), fresh=bool(new))
        case _:
            gone(turn)


def _services_of_theme(turn: Turn, theme: str, start: int, *, fresh: bool) -> None:
    services, following = _services(turn, theme), start + SERVICES_AT_ONCE
    back = ("services", "theme", theme, str(start - SERVICES_AT_ONCE)) if start else ("theme", theme, "0")
    foot = _pages(turn, turn.choice("◀", *back), len(services), following, ("services", "theme", theme))
    _say_services(turn, services[start:following], foot, CARD, fresh=fresh)


def _say_services(
    turn: Turn, services: tuple[Service, ...], foot: tuple[Choice, ...], card: str, *, fresh: bool
) -> None:
    if not services:
        gone(turn)
        return
    body = Joined(tuple(_service(each) for each in services))
    choices = (foot, (turn.language_choice(),))
    turn.reply(body, title=Phrase("services-title"), choices=choices, card=card, fresh=fresh)


def _service(service: Service) -> Body:
    """What is known of it, a line each; what is not known is not said."""
    lines: list[Body] = [_marked("•", service.name)]
    lines += [_marked("📞", number) for number in service.telephone]
    if service.always:
        lines.append(_marked("🕐", Phrase("service-always")))
    elif service.hours:
        lines.append(_marked("🕐", service.hours))
    if service.languages:
        names = Listed(tuple(LanguageName(tag) for tag in service.languages))
        lines.append(Phrase("service-languages", {"languages": names}))
    if service.area:
        lines.append(_marked("📍", service.area))
    if service.page:
        lines.append(service.page)
    words: Words = {"publisher": service.publisher}
    if service.read:
        lines.append(Phrase("answer-source", {**words, "date": Day(service.read)}))
    else:
        lines.append(Phrase("answer-source-unread", words))
    return Joined(tuple(lines), close=True)


def _marked(sign: str, label: str | Phrase) -> Phrase:
    """A line with its sign; in right-to-left text, names and numbers keep their order (H16)."""
    return Phrase("marked", {"mark": sign, "label": label})


def _name(theme: str) -> Phrase:
    return Phrase("button-theme", {"sign": THEMES[theme], "theme": theme_name(theme)})


def _pages(
    turn: Turn, back: Choice, count: int, following: int, action: tuple[str, ...]
) -> tuple[Choice, ...]:
    return (back, turn.choice("•••", *action, str(following))) if following < count else (back,)


def _articles(turn: Turn, theme: str) -> list[Article]:
    found = turn.library.in_theme(
        theme, turn.language, turn.tx.group.country, turn.today, also=also_reads(turn)
    )
    return [article for article in found if may_be_given(article, turn.tx.group)]


def _services(turn: Turn, theme: str) -> tuple[Service, ...]:
    """Of her country, those that answer in her language first; the group's name says where it is."""
    group = turn.tx.group
    return turn.directory.find(country=group.country, theme=theme, language=turn.language, place=group.name)
