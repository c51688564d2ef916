"""Scanned codes: a scanner types them into the search box, a person pastes them.

A seal reads ``TDH1.R.2025-000018.K7Q2M9XA4C``; full-width letters, spaces and lower case are forgiven.
Whether it is genuine only the services can say; here it is only told apart from a name.
"""

import re
import unicodedata

_SEAL = re.compile(r"TDH\d{1,2}\.[A-Z]\.[0-9A-Z-]{1,40}\.[0-9A-Z]{6,40}")
_BEGUN = re.compile(r"TDH\d")
_PICKUP = re.compile(r"[0-9A-Z]{4}")


def tidy(text: str) -> str:
    """The text as a scanner would have sent it: half-width, upper case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def looks_like_seal(text: str) -> bool:
    """Whether this is a whole seal, to be verified at once."""
    return _SEAL.fullmatch(tidy(text)) is not None


def begins_like_seal(text: str) -> bool:
    """Whether a seal is being typed: names need not be searched for it."""
    return _BEGUN.match(tidy(text)) is not None


def looks_like_pickup_code(text: str) -> bool:
    """Whether this may be a pick-up code of today: four characters, at least one digit and one letter."""
    tidied = tidy(text)
    return (
        _PICKUP.fullmatch(tidied) is not None
        and any(c.isdigit() for c in tidied)
        and any(c.isalpha() for c in tidied)
    )


def may_be_pickup_code(text: str) -> bool:
    """Whether the file may know this as a pick-up code: four letters and digits, as older files hold, too."""
    return _PICKUP.fullmatch(tidy(text)) is not None


def opens_child(text: str) -> bool:
    """Whether the code stands for a child to be collected now: a pick-up code, or the seal of a slip."""
    return may_be_pickup_code(text) or tidy(text)[:7].endswith(".S.")
