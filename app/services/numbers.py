"""Numbers of papers that hang on a visit or a month. They hold days, keys and sums, never a name."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable

from app.domain.ids import RequestId, RollCallId, VisitId

_SHAPE = re.compile(r"[SA]-[0-9]{8}-([0-9]{4,12})")


def slip_number(day: dt.date, visit: VisitId) -> str:
    """``S-20251203-0061`` of a pick-up slip (接送凭条)."""
    return f"S-{day:%Y%m%d}-{visit:04d}"


def agreement_number(day: dt.date, visit: VisitId) -> str:
    """``A-20251203-0061`` of an agreement (临时托协议)."""
    return f"A-{day:%Y%m%d}-{visit:04d}"


def roll_call_number(day: dt.date, call: RollCallId) -> str:
    """``C-20251203-0001`` of the record of a roll call (点名记录)."""
    return f"C-{day:%Y%m%d}-{call:04d}"


def medicine_number(day: dt.date, request: RequestId) -> str:
    """``M-20251203-0003`` of a medicine slip (服药单)."""
    return f"M-{day:%Y%m%d}-{request:04d}"


def month_number(month: str, made_on: dt.date, totals: Iterable[object]) -> str:
    """``2025-11-20251203-4F0C2A`` of a month's paper: another count of the month has another number."""
    told = "|".join([month, *map(str, totals)])
    return f"{month}-{made_on:%Y%m%d}-{hashlib.sha256(told.encode()).hexdigest()[:6].upper()}"


def visit_of(number: str) -> VisitId | None:
    """The visit a slip or an agreement belongs to; None for any other number."""
    found = _SHAPE.fullmatch(number)
    return None if found is None else VisitId(int(found.group(1)))
