"""日历: the state's holidays and make-up days, the centre's own days, a new year's notice (domain §6.6)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.calendar import DayMark, MarkedDay, WorkdayKind, unknown_words, workday_kind
from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.holidays import NoticeDay, read_notice
from app.domain.looks import Chip, Tone
from app.domain.names import clean_text
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.altering import keep_change, require_day
from app.services.booking_ends import end_on_closed
from app.store import calendar_rows
from app.store.alterations import Alteration
from app.store.calendar_rows import CalendarRow
from app.store.database import Clock, Database
from app.store.stamps import day_of

_WEEKDAYS = "一二三四五六日"
_SATURDAY = 6
_DAY = dt.timedelta(days=1)
_LONGEST = 62  # days of one closing
_LONGEST_REASON = 40
_NOTICE = "国务院办公厅通知"
_WORDS = {
    DayMark.HOLIDAY: ("放假", Tone.WARN),
    DayMark.WORKDAY: ("上班", Tone.INFO),
    DayMark.OPEN: ("本园开放", Tone.OK),
    DayMark.CLOSED: ("本园休息", Tone.BAD),
}


class CalendarError(RuleError):
    """A day that cannot be marked like that."""


@record
class CalendarLine:
    """A day that is not as its weekday says. ``own`` stands in the centre's table and can be taken away."""

    day: dt.date
    mark: DayMark
    own: bool
    chip: Chip
    title: str
    words: str


@record
class CalendarView:
    """One year. ``banner`` says that its notice is unknown; ``months`` are open days of each month."""

    year: int
    known: bool
    banner: str
    lines: tuple[CalendarLine, ...]
    months: tuple[int, ...]
    days: tuple[WorkdayKind, ...]


@record
class NoticePreview:
    """What a notice says, before it is kept. ``words`` sum it up; ``clashes`` name days marked otherwise."""

    year: int
    days: tuple[NoticeDay, ...]
    lines: tuple[str, ...]
    words: str
    clashes: str


class CalendarSettings:
    """The verbs of the page 日历."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, actor: Actor, year: int) -> CalendarView:
        """One year as the program counts it."""
        actor.require(Permission.READ)
        rows = {row.day: row for row in calendar_rows.list_calendar_rows(self._database, year)}
        table = {day: MarkedDay(row.mark, row.name) for day, row in rows.items()}
        days = _year(year)
        kinds = [workday_kind(day, table) for day in days]
        known = all(kind.known for kind in kinds) or any(
            row.mark in {DayMark.HOLIDAY, DayMark.WORKDAY} for row in rows.values()
        )
        lines = [_line(kind, rows.get(kind.day)) for kind in kinds]
        months = [sum(kind.is_open for kind in kinds if kind.day.month == month) for month in range(1, 13)]
        return CalendarView(
            year,
            known,
            "" if known else unknown_words(days, table),
            tuple(line for line in lines if line is not None),
            tuple(months),
            tuple(kinds),
        )

    def mark(self, actor: Actor, first: dt.date, last: dt.date, *, is_open: bool, reason: str) -> Done[int]:
        """The centre's own days: closed (summer, disinfection, typhoon) or open although the state rests.

        What is booked on a day that is closed by it is cancelled; ``also`` says what.

        Raises:
            CalendarError: no reason, or more than two months at once.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        today = day_of(self._clock())
        require_day(first, today, past=True, field="first")
        reason = clean_text(reason, "原因", "reason", _LONGEST_REASON)
        if not reason:
            raise CalendarError("请写原因，如 暑假、消毒、台风：家长和检查都会问。", field="reason")
        if not first <= last <= first + dt.timedelta(days=_LONGEST - 1):
            msg = f"结束日要在开始日之后，一次最多 {_LONGEST} 天，请核对。"
            raise CalendarError(msg, field="last")
        mark = DayMark.OPEN if is_open else DayMark.CLOSED
        span = f"{first:%Y-%m-%d}" + ("" if first == last else f" 至 {last:%Y-%m-%d}")
        words = f"{span} {_WORDS[mark][0]}：{reason}"
        with self._database.unit(actor.id, "mark_days") as unit:
            alteration, days = (
                Alteration(unit),
                [first + _DAY * past for past in range((last - first).days + 1)],
            )
            for day in days:
                calendar_rows.put_day(alteration, CalendarRow(day, mark, reason, actor.name))
            done = keep_change(alteration, "calendar", first.year, words, words, first)
            return replace(done, also=end_on_closed(unit, dict.fromkeys(days, reason), actor.id))

    def unmark(self, actor: Actor, day: dt.date) -> Done[int]:
        """Let the state's calendar, or the weekday, speak for a day again; ``also`` as with ``mark``.

        Raises:
            NothingChangedError: the centre's table says nothing of it.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        with self._database.unit(actor.id, "unmark_day") as unit:
            alteration = Alteration(unit)
            calendar_rows.end_day(alteration, day)
            words = f"去掉 {day:%Y-%m-%d} 的标记"
            done = keep_change(alteration, "calendar", day.year, words, words, day)
            return replace(done, also=end_on_closed(unit, {day: ""}, actor.id))

    def preview(self, actor: Actor, text: str, year: int) -> NoticePreview:
        """What a notice of holidays says, day by day; nothing is kept.

        Raises:
            NoticeError: it cannot be read.
        """
        actor.require(Permission.READ)
        days = read_notice(text, year)
        main = max({one.day.year for one in days}, key=lambda y: sum(one.day.year == y for one in days))
        own: dict[dt.date, CalendarRow] = {}
        for one_year in sorted({one.day.year for one in days}):
            rows = calendar_rows.list_calendar_rows(self._database, one_year)
            own |= {row.day: row for row in rows if row.mark in {DayMark.OPEN, DayMark.CLOSED}}
        clashes = [one for one in days if one.day in own]
        off = sum(one.mark is DayMark.HOLIDAY for one in days)
        words = f"读到 {off} 天放假、{len(days) - off} 天上班。请对照原文核对，再保存。"
        odd = [one for one in days if one.mark is DayMark.WORKDAY and one.day.isoweekday() < _SATURDAY]
        if odd:
            words += f" {odd[0].day:%m-%d} 本来就是工作日，却写了上班，请核对。"
        named = "、".join(f"{one.day:%m-%d}（{own[one.day].name}）" for one in clashes[:6])
        return NoticePreview(
            main,
            days,
            tuple(_notice_words(one) for one in days),
            words,
            f"本园已另作安排、保持不变：{named}。" if clashes else "",
        )

    def keep_notice(self, actor: Actor, days: Sequence[NoticeDay]) -> Done[int]:
        """Keep a notice as it was previewed. Days the centre itself has marked stay as they are.

        What is booked on its days off is cancelled; ``also`` says what.

        Raises:
            NothingChangedError: all of it is on file.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        if not days:
            raise CalendarError("没有可以保存的日子。", field="notice")
        year = max({one.day.year for one in days}, key=lambda y: sum(one.day.year == y for one in days))
        with self._database.unit(actor.id, "keep_notice") as unit:
            alteration = Alteration(unit)
            own = {
                row.day
                for one_year in sorted({one.day.year for one in days})
                for row in calendar_rows.list_calendar_rows(unit, one_year)
                if row.mark in {DayMark.OPEN, DayMark.CLOSED}
            }
            for one in days:
                if one.day not in own:
                    calendar_rows.put_day(alteration, CalendarRow(one.day, one.mark, one.name, _NOTICE))
            words = f"录入 {year} 年放假安排，{len(days)} 天"
            done = keep_change(alteration, "calendar", year, words, f"{year} 年放假安排")
            return replace(done, also=end_on_closed(unit, {one.day: one.name for one in days}, actor.id))


def _year(year: int) -> tuple[dt.date, ...]:
    first = dt.date(year, 1, 1)
    return tuple(first + dt.timedelta(days=past) for past in range((dt.date(year + 1, 1, 1) - first).days))


def _notice_words(one: NoticeDay) -> str:
    weekday = _WEEKDAYS[one.day.isoweekday() - 1]
    return f"{one.day:%Y-%m-%d} 周{weekday} {_WORDS[one.mark][0]} {one.name}"


def _line(kind: WorkdayKind, row: CalendarRow | None) -> CalendarLine | None:
    """A line for every day that differs from its weekday, or that the centre's table speaks of."""
    usual = kind.day.isoweekday() < _SATURDAY
    if row is None and kind.is_open == usual and not (kind.name and usual != kind.is_workday):
        return None
    mark = row.mark if row is not None else DayMark.WORKDAY if kind.is_workday else DayMark.HOLIDAY
    words, tone = _WORDS[mark]
    source = row.source if row is not None else "程序自带的国家日历"
    title = f"{kind.day:%m-%d} 周{_WEEKDAYS[kind.day.isoweekday() - 1]}"
    told = " · ".join(part for part in (kind.name, source) if part)
    return CalendarLine(kind.day, mark, row is not None, Chip(words, tone), title, told)
