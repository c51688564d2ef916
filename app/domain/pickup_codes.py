"""Pick-up codes (接送码): four characters on the slip, read out at the door, good for one day."""

import itertools
import random
import re
import unicodedata
from collections.abc import Collection

from app.domain.errors import RuleError

# No vowels (no words), none of 0 O 1 I L 8 B 5 S 2 Z 6 G together: of each pair one stays.
ALPHABET = "23456789CDFHJKMNPQRTVWXY"
LENGTH = 4
_UGLY = (
    "TMD",
    "NM",
    "MMP",
    "WCN",
    "FCK",
    "FKQ",
    "DCK",
    "CNT",
    "CTM",
    "TNN",
    "WTF",
    "KKK",
    "NGR",
    "FGT",
    "748",
    "44",
    "38",
)
_TRIES = 200
_FAIR = re.compile(rf"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])(?!.*(?:{'|'.join(_UGLY)}))[{ALPHABET}]{{{LENGTH}}}")

_SPELT = re.compile(rf"[0-9A-Z]{{{LENGTH}}}")


class CodesExhaustedError(RuleError):
    """All codes of the day are used."""


def is_fair(code: str) -> bool:
    """Whether a code may go out: a letter and a digit (so no phone tail, no initials), and not ugly."""
    return _FAIR.fullmatch(code) is not None


def new_code(rng: random.Random, used: Collection[str]) -> str:
    """A fair code that is not in ``used`` (the day's codes, undone visits included).

    Raises:
        CodesExhaustedError: when every fair code is taken.
    """
    taken = frozenset(used)
    for _ in range(_TRIES):
        code = "".join(rng.choices(ALPHABET, k=LENGTH))
        if code not in taken and is_fair(code):
            return code
    rest = [code for code in _all_codes() if code not in taken]
    if not rest:
        raise CodesExhaustedError("今天的接送码已用完，请联系维护人员。")
    return rng.choice(rest)


def read_code(text: str) -> str | None:
    """The code in what was typed or scanned (any case, spaces and full width pass), or None."""
    plain = _plain(text)
    return plain if is_fair(plain) else None


def spell_code(text: str) -> str | None:
    """Four letters and digits as a code is written, also such as would not go out any more; or None.

    A file may hold codes of another alphabet, so whether it is one only the file can say.
    """
    plain = _plain(text)
    return plain if _SPELT.fullmatch(plain) is not None else None


def is_code(text: str, code: str) -> bool:
    """Whether what was typed or scanned is this code, also one that would not go out any more."""
    return _plain(text) == code


def _plain(text: str) -> str:
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def _all_codes() -> list[str]:
    made = ("".join(parts) for parts in itertools.product(ALPHABET, repeat=LENGTH))
    return [code for code in made if is_fair(code)]
