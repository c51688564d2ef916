"""Other children's names are taken out of what goes home with one family (domain §5.2).

Whole names, the names teachers call them by, and nicknames are known from the file. A short form that is an
ordinary word as well (石头, 可乐) stays only where the letter beside it says that a thing is meant (捡石头,
一块石头, 小米粥); anywhere else it goes: a word too few is better than a name too many.
"""

import re
import unicodedata
from collections.abc import Iterable

from app.domain.names import DOTS, given_name
from app.domain.record import record

ONE, SEVERAL = "（小朋友）", "（小朋友们）"
_GAP = rf"[\s·.{DOTS}]*"
_WIDE = 0xFEE0  # from a Latin letter to its full-width form
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
_RUN = re.compile(rf"{re.escape(ONE)}(?:\s*[、，,和与跟及]?\s*{re.escape(ONE)})+")
_LEAST = 2  # one letter alone is no name that can be told from a word


@record
class Named:
    """A child as the file calls her."""

    name: str
    nickname: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """What a teacher may write for her."""
        found = (self.name, given_name(self.name), self.nickname.strip())
        return tuple(form for form in dict.fromkeys(found) if len(form) >= _LEAST)


@record
class Ordinary:
    """Words that are nicknames, too; letters before or after them that say a thing is meant."""

    words: frozenset[str] = frozenset()
    before: str = ""
    after: str = ""

    def means_thing(self, found: re.Match[str]) -> bool:
        """Whether a word found in a text is a thing there and nobody's name."""
        text, start, end = found.string, found.start(), found.end()
        if found.group() not in self.words:
            return False
        return (start > 0 and text[start - 1] in self.before) or (end < len(text) and text[end] in self.after)


class Redactor:
    """Takes the others' names out of texts about one child. Made once for a child, used for all her texts."""

    def __init__(self, own: Named, others: Iterable[Named], ordinary: Ordinary | None = None) -> None:
        self._ordinary = ordinary or Ordinary()
        self._own = frozenset(_fold(form) for form in own.forms)
        forms = {form for one in others for form in one.forms}
        known = sorted({*forms, *own.forms}, key=lambda form: (-len(form), form))
        self._pattern = (
            re.compile("|".join(_pattern(form) for form in known), re.IGNORECASE) if forms else None
        )
        self.removed = 0

    def clean(self, text: str) -> str:
        """The text with （小朋友） for each other child; her own names stay, even where like another's."""
        if self._pattern is None or not text:
            return text
        return _RUN.sub(SEVERAL, self._pattern.sub(self._replace, text))

    def _replace(self, found: re.Match[str]) -> str:
        if _fold(found.group()) in self._own or self._ordinary.means_thing(found):
            return found.group()
        self.removed += 1
        return ONE


def _pattern(form: str) -> str:
    """A name with blanks and dots anywhere inside it; Latin letters only as a word of their own."""
    inner = _GAP.join(_either_width(letter) for letter in form if not re.fullmatch(_GAP, letter))
    before = f"(?<![{_LETTER}])" if form[:1].isascii() else ""
    after = f"(?![{_LETTER}])" if form[-1:].isascii() else ""
    return f"{before}{inner}{after}"


def _either_width(letter: str) -> str:
    if letter.isascii() and letter.isalnum():
        return f"[{letter}{chr(ord(letter) + _WIDE)}]"
    return re.escape(letter)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", re.sub(_GAP, "", text)).casefold()
