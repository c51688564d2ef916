"""Children come in: check-in with the morning check, absence, and taking either back."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import AdultId, ChildId, ClassId, VisitId
from app.domain.modes import Tariff


@dataclass(frozen=True, slots=True)
class MorningCheck:
    """晨检. ``tenths`` of a degree; outcome ``normal``, ``recheck`` or ``abnormal``."""

    tenths: int | None = None
    site: str = "forehead"
    outcome: str = "normal"
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Who arrives. Class, mode and promised time come from the enrolment or booking unless given."""

    child: ChildId
    brought_by: AdultId | None = None
    check: MorningCheck = MorningCheck()
    class_id: ClassId | None = None
    tariff: Tariff | None = None
    promised_at: dt.datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An arrival as kept."""

    visit: VisitId
    child: ChildId
    name: str
    class_name: str
    at: dt.datetime
    pickup_code: str
