"""Names of medicines and doses: which of them mean one thing, however they are written."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

_BARE_NUMBER = re.compile(r"每次|一次|每[天日顿回]|[\W\d_一二两三四五六七八九十半次共约各到至]")


def same_medicine(one: str, other: str, substances: Sequence[Sequence[str]] = ()) -> bool:
    """Whether two names mean one medicine, or may: rather once too often than a double dose.

    Signs, spaces and width do not count; a name within the other (小儿布洛芬混悬液, 布洛芬混悬液) is
    the same; so are two that name one of ``substances``, each the names under which it is sold. The longest
    name counts: 泰诺林 is another medicine than 泰诺.
    """
    first, second = _plain(one), _plain(other)
    if not first or not second:
        return first == second
    if first in second or second in first:
        return True
    return bool(_held(first, substances) & _held(second, substances))


def refused_word(medicine: str, refused: Sequence[str], substances: Sequence[Sequence[str]]) -> str:
    """Which of some words a medicine is called by, or holds a substance of; empty where it is none."""
    plain = _plain(medicine)
    held = _held(plain, substances)
    for word in refused:
        if (short := _plain(word)) and (short in plain or held & _held(short, substances)):
            return word
    return ""


def _held(medicine: str, substances: Sequence[Sequence[str]]) -> frozenset[int]:
    """The places of the substances that a plain name names."""
    named = [
        (plain, place)
        for place, names in enumerate(substances)
        for name in names
        if (plain := _plain(name)) and plain in medicine
    ]
    found: set[int] = set()
    taken: set[str] = set()
    for name, place in sorted(named, key=lambda pair: -len(pair[0])):
        if name in taken or name in medicine:
            found.add(place)
            taken.add(name)
            medicine = medicine.replace(name, " ")
    return frozenset(found)


def same_dose(one: str, other: str) -> bool:
    """``2.5 ml`` is ``2.5毫升`` is ``２．５ML``; 2.5 is not 25, and a number without its unit is no dose."""
    return _plain_dose(one) == _plain_dose(other)


def is_measured(dose: str) -> bool:
    """Whether a dose says of what it is so much: 5 ml, 半片, 薄涂一层, but not 5."""
    return _BARE_NUMBER.sub("", unicodedata.normalize("NFKC", dose).casefold()) != ""


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).casefold())


def _plain_dose(text: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text).casefold())
    for words, sign in (("毫升", "ml"), ("毫克", "mg"), ("克", "g")):
        plain = plain.replace(words, sign)
    return re.sub(r"\d+(?:\.\d+)?", lambda found: f"{Decimal(found[0]).normalize():f}", plain)
