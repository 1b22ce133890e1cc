"""Two questions in one message: each part is looked for as well as the whole, and what is found for each is served."""

import re
from collections.abc import Callable

from content.danger import SENTENCE_ENDS
from content.library import Finding

CLEARLY = 0.25
"""How likely the best article for a part must be for the part to count as a question of its own. Of 169 pairs of the
library's own questions, joined by a comma, both are found for 158 instead of 136; of 44 single ones that could be cut
1 is taken for two (measured 2026-11)."""

MOST = 3
"""Questions of one message that are served."""

MOST_PARTS = 8
"""Each is searched for some milliseconds."""

LEAST_WORDS = 2

# What joins a second question to the first, in the languages whose speakers write most here; with | between.
_AND_ALSO = (
    "and also|also|and|og også|også|og|samt|och också|också|och|und auch|auch|und|y también|también|et aussi|aussi|"
    "i też|też|oraz|a także|i jeszcze|i czy|і ще|також|та|и ещё|и еще|также|"
    "وكمان|كمان|وأيضا|وايضا|أيضا|ايضا|و أيضا|sidoo kale|iyo|oo kale|ከምኡውን|ከምኡ'ውን|እንዲሁም|እና|akkasumas|pia na|na pia|pia|"
    "اور|aur|نیز|همچنین|و همچنین|هم چنان|او همدارنګه|او|û her weha|her weha|ve ayrıca|ayrıca|bir de|"
    "også vil jeg|i također|također|takođe|dhe gjithashtu|gjithashtu|at saka|saka|cũng|另外|还有"
)
_JOINTS = re.compile(
    rf"[,،፣;؛]|(?<!\w)(?:{'|'.join(sorted(_AND_ALSO.split('|'), key=len, reverse=True))})(?!\w)", re.I
)


def findings(text: str, find: Callable[[str], Finding]) -> tuple[Finding, ...]:
    """What the library finds for a message: for all of it, or for each of the questions in it that it knows well."""
    whole = find(text)
    known: dict[str, Finding] = {}
    for part in parts(text):
        found = find(part)
        if found.outcome != "person" and found.candidates[0].probability >= CLEARLY:
            known.setdefault(found.candidates[0].article.slug, found)
    if len(known) > 1 or (known and whole.outcome == "person"):
        return tuple(known.values())[:MOST]
    return (whole,)


def parts(text: str) -> list[str]:
    """The sentences of a text, and what stands between commas and words like "and"; none where that is all of it."""
    sentences = SENTENCE_ENDS.split(text)
    found = [part.strip() for sentence in sentences for part in _JOINTS.split(sentence)]
    long = [part for part in found if len(part.split()) >= LEAST_WORDS]
    return long[:MOST_PARTS] if len([part for part in found if part]) > 1 else []
