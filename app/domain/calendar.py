"""Working days (法定工作日) and open days: two layers, the state's and the centre's (domain §6.6).

The centre's own table comes first, then ``chinesecalendar``; where neither knows the year it is Monday to
Friday and says so (``known`` is False), never an exception.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum

from app.domain.record import record

_SATURDAY = 6
_WORKWEEK = "12345"


class DayMark(StrEnum):
    """A row of the centre's table. The first two speak for the state, the last two for the centre alone."""

    WORKDAY = "workday"
    HOLIDAY = "holiday"
    OPEN = "open"
    CLOSED = "closed"


@record
class MarkedDay:
    """What the centre's table says of one day."""

    mark: DayMark
    name: str = ""


@record
class WorkdayKind:
    """One day in both layers. Refund thresholds use ``is_workday``, attendance and meals ``is_open``."""

    day: dt.date
    is_workday: bool
    is_open: bool
    name: str = ""
    known: bool = True


def workday_kind(day: dt.date, table: Mapping[dt.date, MarkedDay]) -> WorkdayKind:
    """Both layers for one day; the centre is open on working days unless its table says otherwise."""
    marked = table.get(day)
    if marked is not None and marked.mark in {DayMark.WORKDAY, DayMark.HOLIDAY}:
        works = marked.mark is DayMark.WORKDAY
        return WorkdayKind(day, works, works, marked.name)
    works, name, known = _state_says(day)
    if marked is None:
        return WorkdayKind(day, works, works, name, known)
    return WorkdayKind(day, works, marked.mark is DayMark.OPEN, marked.name or name, known)


def booked_on(weekdays: str, day: dt.date) -> bool:
    """Whether ISO weekdays (``12345``) book an open day.

    A make-up working day (补班) at the weekend is for whoever comes the whole working week, children and
    carers alike.
    """
    weekday = str(day.isoweekday())
    return weekday in weekdays or (weekday in "67" and set(_WORKWEEK) <= set(weekdays))


def month_days(month: str) -> tuple[dt.date, ...]:
    """Every day of ``2025-11``."""
    year, number = (int(part) for part in month.split("-"))
    first = dt.date(year, number, 1)
    after = dt.date(year + number // 12, number % 12 + 1, 1)
    return tuple(first + dt.timedelta(days=past) for past in range((after - first).days))


def workdays(days: Iterable[dt.date], table: Mapping[dt.date, MarkedDay]) -> tuple[dt.date, ...]:
    """The statutory working days among ``days``."""
    return tuple(day for day in days if workday_kind(day, table).is_workday)


def open_days(days: Iterable[dt.date], table: Mapping[dt.date, MarkedDay]) -> tuple[dt.date, ...]:
    """The days among ``days`` on which the centre is open."""
    return tuple(day for day in days if workday_kind(day, table).is_open)


def unknown_words(days: Iterable[dt.date], table: Mapping[dt.date, MarkedDay]) -> str:
    """The banner for years nobody has entered; empty when all are known."""
    years = sorted({day.year for day in days if not workday_kind(day, table).known})
    if not years:
        return ""
    return f"{'、'.join(map(str, years))} 放假安排未录入，按周一至周五暂算。"


def _state_says(day: dt.date) -> tuple[bool, str, bool]:
    """Working day, the holiday's Chinese name, and whether the year's notice is known."""
    import chinese_calendar

    try:
        works = bool(chinese_calendar.is_workday(day))
        _, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return day.isoweekday() < _SATURDAY, "", False
    words = _HOLIDAYS.get(str(name), "") if name else ""
    return works, f"{words}补班" if words and works else words, True


_HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
