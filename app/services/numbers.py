"""Numbers of papers that hang on a visit. They hold the day and the visit's key, never a name."""

import datetime as dt
import re

from app.domain.ids import VisitId

_SHAPE = re.compile(r"[SA]-\d{8}-(\d{4,12})")


def slip_number(day: dt.date, visit: VisitId) -> str:
    """``S-20251203-0061`` of a pick-up slip (接送凭条)."""
    return f"S-{day:%Y%m%d}-{visit:04d}"


def agreement_number(day: dt.date, visit: VisitId) -> str:
    """``A-20251203-0061`` of an agreement (临时托协议)."""
    return f"A-{day:%Y%m%d}-{visit:04d}"


def visit_of(number: str) -> VisitId | None:
    """The visit a slip or an agreement belongs to; None for any other number."""
    found = _SHAPE.fullmatch(number)
    return None if found is None else VisitId(int(found.group(1)))
