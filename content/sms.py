"""How many SMS a text takes.

The alphabet is the default one of 3GPP TS 23.038 (formerly GSM 03.38), section 6.2.1, with its extension table, of which
every character takes two places; national tables are not used. A text with any other character goes out as UCS-2, in
places of 16 bits, of which an emoji takes two. Of the 140 bytes of an SMS a long text's header takes 6 from each part.
"""

from collections.abc import Iterable

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
_IN_ONE, _IN_EACH = 160, 153  # characters of 7 bits
_UCS2_IN_ONE, _UCS2_IN_EACH = 70, 67  # characters of 16 bits


def parts(text: str) -> int:
    """SMS that a text takes, at least one."""
    if set(text) <= _BASIC | _EXTENDED:
        return _filled((1 + (character in _EXTENDED) for character in text), _IN_ONE, _IN_EACH)
    return _filled((1 + (character > "\uffff") for character in text), _UCS2_IN_ONE, _UCS2_IN_EACH)


def _filled(widths: Iterable[int], in_one: int, in_each: int) -> int:
    """No character is divided between two parts, so that a part may stay a place short."""
    widths = tuple(widths)
    if sum(widths) <= in_one:
        return 1
    number, used = 1, 0
    for width in widths:
        if used + width > in_each:
            number, used = number + 1, 0
        used += width
    return number
