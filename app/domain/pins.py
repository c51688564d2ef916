"""PINs of staff: what may be one, and when wrong tries lock it."""

import datetime as dt
import itertools
import unicodedata
from collections.abc import Sequence

from app.domain.errors import RuleError
from app.domain.record import record

SHORTEST, LONGEST = 4, 6
MOST_TRIES = 5


class WeakPinError(RuleError):
    """The text cannot be a PIN: not four to six digits, or the first that anybody would try."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="pin")


class WrongPinError(RuleError):
    """Not this person's PIN."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="pin")


class LockedPinError(WrongPinError):
    """Too many wrong tries: nobody is let in for some minutes, not even with the right PIN."""


class NoPinError(WrongPinError):
    """This person has never chosen a PIN, or the director has taken it back."""


@record
class Try:
    """One attempt on a person's PIN."""

    at: dt.datetime
    good: bool


def check_pin(text: str) -> str:
    """The PIN as it is kept: four to six digits, full width read as plain, not trivially weak.

    Weak are one digit repeated (0000), an even run (1234, 9876, 2468) and a half said twice (1212, 123123).

    Raises:
        WeakPinError: it cannot be one.
    """
    pin = unicodedata.normalize("NFKC", text).strip()
    if not (pin.isascii() and pin.isdecimal()):
        raise WeakPinError("口令只能用数字，4 到 6 位，请重新输入。")
    if not SHORTEST <= len(pin) <= LONGEST:
        msg = f"口令是 4 到 6 位数字，现在是 {len(pin)} 位，请重新输入。"
        raise WeakPinError(msg)
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    half = len(pin) // 2
    if len(steps) == 1 or (len(pin) % 2 == 0 and pin[:half] == pin[half:]):
        raise WeakPinError("这个口令太好猜（如 0000、1234、1212）。请换一个只有自己知道的。")
    return pin


def locked_until(
    tries: Sequence[Try], now: dt.datetime, minutes: int, most: int = MOST_TRIES
) -> dt.datetime | None:
    """Until when a PIN is locked, or None.

    A clock that was set back neither ends a lock nor makes it last for days: it lasts its minutes from the
    first try afterwards, which is kept (``was_set_back``).

    Args:
        tries: the attempts so far, oldest first.
        now: the present.
        minutes: how long it stays locked after the last of ``most`` wrong tries in a row.
        most: so many in a row lock it.
    """
    row = _wrong_in_a_row(tries, most)
    if len(row) < most or len(row) % most:
        return None
    end = min(row[-1].at, now) + dt.timedelta(minutes=minutes)
    return end if now < end else None


def was_set_back(tries: Sequence[Try], now: dt.datetime) -> bool:
    """Whether the last try is one of a time to come: the clock was set back since."""
    return bool(tries) and now < tries[-1].at


def tries_left(tries: Sequence[Try], most: int = MOST_TRIES) -> int:
    """How many wrong tries remain before the PIN is locked."""
    return most - len(_wrong_in_a_row(tries, most)) % most


def _wrong_in_a_row(tries: Sequence[Try], most: int) -> list[Try]:
    """The wrong ones since the last right one. One made while it was locked, on a clock set back, is no try:
    the lock is counted from its hour.
    """
    row: list[Try] = []
    for one in tries:
        if one.good:
            row = []
        elif row and len(row) % most == 0 and one.at < row[-1].at:
            row[-1] = one
        else:
            row.append(one)
    return row
