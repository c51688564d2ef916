"""Whether a finding is to be watched at home or shown to a doctor, by a table that names its sources.

The table (``resources/tables/urgent.toml``) says what asks for a doctor and in which words. Nothing here says
what a child may have.
"""

import functools
import re

from app.domain.dayfacts import HEED, DayFacts
from app.domain.said import denied


def heed_of(facts: DayFacts, words: str, *whats: str, count: int = 0, plain: str = HEED) -> str:
    """What a family is asked to do about a finding: ``请马上就医``, ``请尽快就医``, else ``plain``.

    ``words`` are what the note says of it, ``whats`` the names under which the table may know it. ``count``
    is a reading in tenths of a degree, or how often it came today.
    """
    for sign in facts.urgent:
        known = not sign.what or (sign.what in whats and count >= sign.least and _young(facts, sign.until))
        if known and (not sign.words or _says(words, sign.words)):
            return sign.heed
    return plain


def asks_for_doctor(facts: DayFacts, line: str) -> bool:
    """Whether a line of the note ends in one of the table's sentences."""
    return any(line.endswith(sign.heed) for sign in facts.urgent)


def _young(facts: DayFacts, until: int | None) -> bool:
    return until is None or (facts.months is not None and facts.months < until)


def _says(text: str, pattern: str) -> bool:
    return any(not denied(text, found.start()) for found in _compiled(pattern).finditer(text))


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
