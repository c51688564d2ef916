"""月报: the director's month on A4, attendance by the national formula with one decimal."""

import datetime as dt
from dataclasses import dataclass

from app.domain.money import Money


@dataclass(frozen=True, slots=True)
class DayBar:
    """One open day. ``marked`` paints the bar red (an exceptional day); ``note`` says why."""

    day: dt.date
    expected: int
    present: int
    marked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClassMonth:
    """One class. ``rate`` is words with one decimal, ``91.4%`` or ``—``."""

    name: str  # 抱抱龙
    kind: str  # 托大班
    seats: int
    enrolled: int
    expected: int  # 应出勤人次
    actual: int  # 实出勤人次
    rate: str
    sick: int  # 病假人次
    personal: int  # 事假人次


@dataclass(frozen=True, slots=True)
class ModeMonth:
    """One kind of care (托育方式)."""

    mode: str  # 全日托
    children: int
    visits: int
    rate: str = "—"  # temporary visits have no expected days


@dataclass(frozen=True, slots=True)
class IncomeMonth:
    """One kind of income."""

    name: str  # 半日临时托
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class MonthlySummary:
    """One month, frozen for paper. ``sentences`` is the month in words, as the director would tell it."""

    centre: str
    month: str  # 2025-11
    licensed_seats: int
    open_days: int
    sentences: tuple[str, ...]
    days: tuple[DayBar, ...]
    classes: tuple[ClassMonth, ...]
    total: ClassMonth
    modes: tuple[ModeMonth, ...]
    income: tuple[IncomeMonth, ...]
    income_total: Money
    made_on: dt.date
    made_by: str = ""
    notes: tuple[str, ...] = ()
    number: str = ""
    seal: str = ""
    practice: bool = False
