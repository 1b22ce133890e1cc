"""What a translation must say just as its original does: numbers, telephone numbers among them, and links."""

import re
from collections import Counter

from content.bodies import LIST_NUMBER

_PATH = r"[!#-&*-;=?-Z\\^_a-z|~]*"  # what an address is made of, without quotes and brackets
# Every part is as long as it may be in an address, so that no text takes long to read.
_START = r"(?<![A-Za-z0-9])(?:[\w.+-]{1,64}@)?"
_LINK = re.compile(
    # Bounded by ASCII letters: Amharic and Korean write an ending right behind the address.
    rf"https?://{_PATH}"
    rf"|{_START}(?:[A-Za-z0-9-]{{1,63}}\.){{1,9}}[A-Za-z]{{2,63}}(?::\d+)?[/?#]{_PATH}"
    # Without a path, one letter before a full stop is an abbreviation: f.eks., m.in., t.ex.
    rf"|{_START}(?:[A-Za-z0-9-]{{2,63}}\.){{1,9}}[A-Za-z]{{2,63}}",
    re.ASCII,
)
_NUMBER = re.compile(r"\+?\d(?:(?:\d|[^\S\n])*\d)?")


def links_of(text: str) -> Counter[str]:
    """The addresses of a text, of pages and of mail, also the bare ones like `nav.no/barnetrygd`.

    Without the full stop of the sentence; the letters of a host are the same in capitals.
    """
    return Counter(_with_small_host(link.rstrip(".,;:!?")) for link in _LINK.findall(text))


def _with_small_host(link: str) -> str:
    return re.sub(r"^(https?://)?[^/?#]+", lambda host: host[0].lower(), link)


def numbers_of(text: str) -> Counter[str]:
    """The numbers of a text outside its links, in Western digits; `116 117` and `116117` are the same.

    The numbers that begin the lines of a list are left out, since a language may number otherwise.
    """
    text = _LINK.sub("·", LIST_NUMBER.sub("", text))
    return Counter(_in_western(number) for number in _NUMBER.findall(text))


def _in_western(number: str) -> str:
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in number if not sign.isspace())
