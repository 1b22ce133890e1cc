"""The languages of the service: their names, scripts and directions, and what else their speakers may read.

Languages are BCP 47 tags as plain strings. Names, dates and plural rules come from CLDR through Babel; it has no
data for Western Punjabi, Dari and Tamazight, so these borrow from a near locale.
"""

from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language that the service speaks.

    `autonym` is what its own speakers call it, in their script (ISO 15924), as a button shows it. `locale` is
    where Babel finds names and dates and `plurals` where it finds plural rules. `readable` are other languages of
    the service that most who read this one can read too, the best first. `near` are languages whose speakers
    understand each other in a conversation.
    """

    tag: str
    autonym: str
    script: str
    locale: str
    plurals: str
    readable: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def _language(
    tag: str,
    autonym: str,
    script: str = "Latn",
    *,
    locale: str = "",
    plurals: str = "",
    readable: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
) -> Language:
    locale = locale or tag
    return Language(
        tag=tag,
        autonym=autonym,
        script=script,
        locale=locale,
        plurals=plurals or locale,
        readable=readable or near,
        near=near,
    )


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        _language("nb", "Norsk (bokmål)", near=("nn", "da", "sv")),
        _language("nn", "Norsk (nynorsk)", near=("nb", "da", "sv")),
        _language("da", "Dansk", near=("nb", "nn", "sv")),
        _language("sv", "Svenska", near=("nb", "nn", "da")),
        _language("en", "English", locale="en_GB"),
        _language("ar", "العربية", "Arab"),
        _language("so", "Soomaali"),
        _language("ti", "ትግርኛ", "Ethi"),
        _language("am", "አማርኛ", "Ethi"),
        _language("om", "Afaan Oromoo"),
        _language("sw", "Kiswahili"),
        _language("ur", "اردو", "Arab"),
        _language("pa", "ਪੰਜਾਬੀ", "Guru"),
        _language("pnb", "پنجابی", "Arab", locale="pa_Arab", readable=("ur",)),
        _language("hi", "हिन्दी", "Deva"),
        _language("bn", "বাংলা", "Beng"),
        _language("ta", "தமிழ்", "Taml"),
        _language("fa", "فارسی", "Arab", near=("prs",)),
        _language("prs", "دری", "Arab", locale="fa_AF", near=("fa",)),
        _language("ps", "پښتو", "Arab"),
        _language("ku", "Kurdî (Kurmancî)"),
        _language("ckb", "کوردی (سۆرانی)", "Arab"),
        _language("tr", "Türkçe"),
        _language("pl", "Polski"),
        _language("ru", "Русский", "Cyrl"),
        _language("uk", "Українська", "Cyrl"),
        _language("lt", "Lietuvių"),
        _language("hu", "Magyar"),
        _language("ro", "Română"),
        _language("bs", "Bosanski", near=("hr", "sr")),
        _language("hr", "Hrvatski", near=("bs", "sr")),
        _language("sr", "Srpski", locale="sr_Latn", near=("bs", "hr")),
        _language("sq", "Shqip"),
        _language("es", "Español"),
        _language("pt", "Português"),
        _language("fr", "Français"),
        _language("de", "Deutsch"),
        _language("vi", "Tiếng Việt"),
        _language("th", "ไทย", "Thai"),
        _language("tl", "Tagalog", locale="fil"),
        _language("zh", "中文", "Hans", locale="zh_Hans"),
        _language("ko", "한국어", "Kore"),
        _language("my", "မြန်မာ", "Mymr"),
        _language("ne", "नेपाली", "Deva"),
        _language("wo", "Wolof", readable=("fr",)),
        # CLDR writes zgh in Tifinagh; in Latin letters the names of days are those of its Tashelhit.
        _language("ber", "Tamaziɣt", locale="shi_Latn", plurals="zgh", readable=("fr", "ar")),
        _language("rw", "Ikinyarwanda"),
        _language("ln", "Lingála", readable=("fr",)),
        _language("ha", "Hausa"),
    )
}

# Written in another script than its own, and answered in its own; and what platforms and CLDR call some of ours.
_ALIASES = {
    "no": "nb",
    "fil": "tl",
    "kmr": "ku",
    "ku-arab": "ckb",
    "ku-iq": "ckb",
    "fa-af": "prs",
    "fa-arab-af": "prs",
    "pa-arab": "pnb",
    "pa-pk": "pnb",
    "sh": "bs",
    "cmn": "zh",
    "yue": "zh",
    "tzm": "ber",
    "zgh": "ber",
    "rif": "ber",
    "shi": "ber",
}

ROMANISED = frozenset({"ur-Latn", "hi-Latn", "ar-Latn", "fa-Latn"})
"""What detection tells apart from the language's usual script."""

# How CLDR calls ours in lists of names, the best first.
_CODES = {"nb": ("no", "nb"), "prs": ("fa_AF",), "tl": ("tl", "fil"), "ber": ("zgh", "tzm"), "pnb": ()}

# Names that CLDR lacks, or has only as a scholar would say it, in the languages that name all others daily, and
# each language's name for itself where CLDR's is not what people say.
_NAMES: dict[str, dict[str, str]] = {
    "nb": {"ku": "kurmandsji", "ckb": "sorani", "pnb": "punjabi (shahmukhi)", "ber": "berbisk (tamazight)"},
    "nn": {"ku": "kurmandsji", "ckb": "sorani", "pnb": "punjabi (shahmukhi)", "ber": "berbisk (tamazight)"},
    "da": {"ku": "kurmanji", "ckb": "sorani", "pnb": "punjabi (shahmukhi)", "ber": "berberisk (tamazight)"},
    "sv": {"ku": "kurmanji", "ckb": "sorani", "pnb": "punjabi (shahmukhi)", "ber": "berbiska (tamazight)"},
    "en": {"ku": "Kurmanji", "ckb": "Sorani", "pnb": "Punjabi (Shahmukhi)", "ber": "Berber (Tamazight)"},
    "so": {"so": "Af-Soomaali", "prs": "Dari", "bn": "Bangaali"},
    "om": {"om": "Afaan Oromoo"},
    "sw": {"prs": "Kidari"},
    "ps": {"prs": "دري"},
    "ku": {"ku": "kurmancî", "ckb": "soranî"},
    "ckb": {"ckb": "کوردیی سۆرانی", "ku": "کوردیی کورمانجی", "prs": "دەری"},
    "ha": {"prs": "Dari"},
    "zh": {"zh": "中文"},
    "pnb": {"pnb": "پنجابی"},
    "wo": {"ar": "Araab", "so": "Somali"},
    "ber": {"ber": "Tamaziɣt"},
    "sr": {"sr": "srpski"},
}


def resolve(tag: str) -> str | None:
    """The language of the service that a tag means ("nb" for "no-NO", "ur" for "ur-Latn"), None for others."""
    parts = tag.replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        shorter = "-".join(parts[:length])
        found = _ALIASES.get(shorter, shorter)
        if found in LANGUAGES:
            return found
    return None


def is_known(tag: str) -> bool:
    """Is this a language of the service, in its usual script or romanised?"""
    return tag in LANGUAGES or tag in ROMANISED


def autonym(tag: str) -> str:
    """What its speakers call a language, in their own script; the tag itself where nobody knows."""
    if language := _of(tag):
        return language.autonym
    locale = _parse(tag)
    return (locale.get_language_name() if locale else None) or tag


def direction(tag: str) -> str:
    """Which way it is written: "rtl" or "ltr"."""
    if language := _of(tag):
        return "rtl" if language.script == "Arab" else "ltr"
    locale = _parse(tag)
    return locale.text_direction if locale else "ltr"


def fallbacks(tag: str) -> tuple[str, ...]:
    """What to say or show to a reader of `tag` when it is missing there, the best first; English ends it."""
    language = _of(tag)
    readable = language.readable if language else ()
    return readable if language and language.tag == ENGLISH else (*readable, ENGLISH)


def near(tag: str) -> tuple[str, ...]:
    """Languages whose speakers can talk with one who speaks `tag`, each in her own."""
    language = _of(tag)
    return language.near if language else ()


def cldr(tag: str) -> Locale:
    """Where Babel finds names and dates for readers of `tag`; English for a language that CLDR does not have."""
    language = _of(tag)
    return _parse(language.locale if language else tag) or Locale(ENGLISH)


def cldr_plurals(tag: str) -> Locale:
    """Where Babel finds the plural rule of a language of the service."""
    return Locale.parse(LANGUAGES[tag].plurals)


def name_in(tag: str, reader: str) -> str:
    """A language's name as a reader of another one says it; its own name where hers has no word for it."""
    named = _of(tag)
    subject = named.tag if named else tag
    reading = _of(reader)
    if own := _NAMES.get(reading.tag if reading else reader, {}).get(subject):
        return own
    codes = _CODES.get(subject, (subject.replace("-", "_"),))
    for language in (reader, *(reading.readable if reading else ())):
        names = cldr(language).languages
        if found := next((str(names[code]) for code in codes if names.get(code)), None):
            return found
    return autonym(tag)


def cldr_names(tag: str, reader: str) -> tuple[str, ...]:
    """All that CLDR calls one of ours for readers of another, a scholar's names too."""
    names = cldr(reader).languages
    return tuple(str(names[code]) for code in _CODES.get(tag, (tag,)) if names.get(code))


def _of(tag: str) -> Language | None:
    found = resolve(tag)
    return LANGUAGES[found] if found else None


@cache
def _parse(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
