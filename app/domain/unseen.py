"""Signs that nobody sees and nobody typed: they come with a text copied from a web page or a telephone.

花生 with a zero-width space within is 花生 to every eye, and must be to the list of allergens.
"""

import re
import unicodedata

# Soft hyphen, grapheme joiner, Mongolian vowel separator, zero-width space, word joiner and its kin, byte
# order mark.
_NEVER = "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff"
# Joiners and variants have a meaning in other scripts and between emoji; beside a Chinese character they have
# none that is seen in print.
_JOINERS = "\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSEEN = re.compile(f"[{_NEVER}]|(?<=[{_HAN}])[{_JOINERS}]+|[{_JOINERS}]+(?=[{_HAN}])|^[{_JOINERS}]+")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Letters and signs that have a place but no picture: Hangul fillers, the empty braille cell.
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")


def drop_unseen(text: str) -> str:
    """The text as it is seen; signs that turn its direction stay, for they change what is seen."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def drop_turns(text: str) -> str:
    """The text without signs of direction, as around a number copied from a telephone's list of contacts."""
    return text if text.isascii() else _TURNS.sub("", text)


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text, or only marks that stand on no letter."""
    return all(unicodedata.category(sign)[0] in "MZ" for sign in _BLANK.sub("", text).strip())
