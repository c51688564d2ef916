"""The week of bookings: load against seats and carers by class and hour, and who is booked."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ages import age_words
from app.domain.bookings import WEEKDAYS, Outcome
from app.domain.calendar import WorkdayKind, workday_kind
from app.domain.capacity import clock
from app.domain.ids import ClassId
from app.domain.load import HourLoad, load_of, worst_of
from app.domain.looks import Chip, Tone
from app.domain.phones import spaced_phone
from app.services.booking_card import (
    BookingRow,
    Cell,
    ClassLine,
    DayColumn,
    OpenDay,
    OpenDays,
    Reminder,
    Week,
)
from app.services.booking_wish import open_days_around
from app.services.outlook import Outlook
from app.store import bookings, centre, contacts, day, people, settings, tables
from app.store.bookings import Booking
from app.store.centre import ClassGroup
from app.store.database import Clock, Database
from app.store.people import AdultOf
from app.store.stamps import day_of, minute_of

_WORKDAYS = 5
_LOOK_BACK = dt.timedelta(days=7)  # a booking missed longer ago is no news
_LOOK_AHEAD = 30
_YEAR = 366  # as long as a series may be
_OFFERED, _MOST_WEEKEND = 4, 3  # open days offered by one key, and those at the weekend beside them
_WEEKEND_AHEAD = 120


class BookingReader:
    """What the booking book shows."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def week(self, monday: dt.date) -> Week:
        """Monday to Friday, and a weekend day on which the centre is open."""
        database, now = self._database, self._clock()
        monday -= dt.timedelta(days=monday.weekday())
        sunday = monday + dt.timedelta(days=6)
        marks = centre.calendar_marks(database, monday, sunday)
        kinds = [workday_kind(monday + dt.timedelta(days=past), marks) for past in range(7)]
        shown = [kind for at, kind in enumerate(kinds) if at < _WORKDAYS or kind.is_open]
        outlooks = [Outlook(database, kind.day, now) for kind in shown]
        booked = bookings.list_between(database, monday, sunday)
        kept = settings.current(database, monday)
        lines = [_line(group, outlooks, booked, now) for group in _classes(outlooks)]
        return Week(
            monday=monday,
            today=day_of(now),
            days=tuple(DayColumn(kind.day, kind.is_open, kind.name) for kind in shown),
            hours=tuple(range(kept.opening // 60, -(-kept.closing // 60))),
            lines=tuple(lines),
            calendar_words=open_days_around(database, monday, sunday),
            missed=self.missed(),
        )

    def missed(self) -> tuple[BookingRow, ...]:
        """Bookings of the last days that are over and whose child never came, though she could have."""
        now = self._clock()
        today = day_of(now)
        found = bookings.list_missed(self._database, today - _LOOK_BACK, today, minute_of(now))
        return tuple(row_of(one) for one in found if day.is_open(self._database, one.day))

    def reminders(self, on: dt.date) -> tuple[Reminder, ...]:
        """The bookings of a day that hold, each with whom to ring."""
        database = self._database
        told = contacts.list_reminders(database, on)
        found = []
        for one in bookings.list_between(database, on, on):
            if one.ended_at is not None:
                continue
            adults = ring_order(people.list_adults(database, one.child, day_of(self._clock())))
            first = adults[0] if adults else None
            found.append(
                Reminder(
                    row_of(one),
                    None if first is None else first.id,
                    "" if first is None else f"{first.tie.relation} {first.name}",
                    "" if first is None else spaced_phone(first.phone),
                    told.get(one.id, ""),
                )
            )
        return tuple(found)

    def next_open_day(self) -> dt.date:
        """The next open day after today; tomorrow where none is known within a month."""
        today = day_of(self._clock())
        for past in range(1, _LOOK_AHEAD):
            on = today + dt.timedelta(days=past)
            if day.is_open(self._database, on):
                return on
        return today + dt.timedelta(days=1)

    def open_days(self) -> OpenDays:
        """The next open days from today, and every one at the weekend in the weeks to come (补班, 开放日)."""
        today = day_of(self._clock())
        marks = centre.calendar_marks(self._database, today, today + dt.timedelta(days=_YEAR))
        span = (today + dt.timedelta(days=past) for past in range(_YEAR))
        kinds = [kind for kind in (workday_kind(on, marks) for on in span) if kind.is_open]
        near = kinds[:_OFFERED]
        soon = today + dt.timedelta(days=_WEEKEND_AHEAD)
        weekend = [kind for kind in kinds if kind.day.isoweekday() > _WORKDAYS]
        shown = [*near, *(kind for kind in weekend if kind not in near and kind.day <= soon)]
        return OpenDays(
            tuple(OpenDay(kind.day, _open_words(kind, today)) for kind in shown[: _OFFERED + _MOST_WEEKEND]),
            "".join(sorted({str(kind.day.isoweekday()) for kind in weekend})),
        )


def _open_words(kind: WorkdayKind, today: dt.date) -> str:
    near = {0: "今天", 1: "明天", 2: "后天"}.get((kind.day - today).days, f"{kind.day.month}-{kind.day.day}")
    what = (kind.name or "补班") if kind.day.isoweekday() > _WORKDAYS else ""
    return f"{near} 周{WEEKDAYS[kind.day.isoweekday() - 1]} {what}".strip()


def row_of(one: Booking) -> BookingRow:
    """A booking as a row of a list."""
    return BookingRow(
        id=one.id,
        child=one.child,
        name=one.child_name,
        age_words=age_words(one.born_on, one.day),
        class_id=one.class_id,
        class_name=one.class_name,
        colour=one.colour,
        tariff=one.tariff,
        day=one.day,
        from_minute=one.from_minute,
        to_minute=one.to_minute,
        time_words=f"{clock(one.from_minute)}–{clock(one.to_minute)}",
        weekly=one.series is not None,
        chip=_chip(one),
        holds=one.ended_at is None and not one.came,
        note=one.note,
    )


def ring_order(adults: Iterable[AdultOf]) -> tuple[AdultOf, ...]:
    """Whom to ring first: guardians, then who is named for emergencies, then the others; never the barred."""
    free = [adult for adult in adults if not adult.tie.barred and adult.phone]
    return tuple(
        sorted(free, key=lambda one: (not one.tie.is_guardian, not one.tie.is_emergency, one.tie.sort))
    )


def end_words(kept: Booking) -> str:
    """``妈妈 12月2日 8:10 取消：发热``; empty while it holds."""
    if kept.outcome is Outcome.CANCELLED and kept.told_at is not None:
        told = kept.told_at
        return f"{kept.cancelled_by} {told.month}月{told.day}日 {told:%H:%M} 取消：{kept.cancel_reason}"
    return kept.outcome.label if kept.outcome is not None else ""


def _chip(one: Booking) -> Chip:
    if one.outcome is Outcome.NO_SHOW:
        return Chip(Outcome.NO_SHOW.label, Tone.BAD)
    if one.outcome is not None:
        return Chip(one.outcome.label)
    if one.came:
        return Chip("已到", Tone.OK)
    return Chip("破例", Tone.WARN) if one.override_reason else Chip("已约", Tone.INFO)


def _classes(outlooks: Iterable[Outlook]) -> tuple[ClassGroup, ...]:
    """Every class that is open on one of the days, in the centre's order."""
    found: dict[ClassId, ClassGroup] = {}
    for outlook in outlooks:
        for group in outlook.classes:
            found.setdefault(group.id, group)
    return tuple(found.values())


def _line(
    group: ClassGroup, outlooks: Iterable[Outlook], booked: tuple[Booking, ...], now: dt.datetime
) -> ClassLine:
    """One class over the days. Of today only what is still to come: nobody can be booked for this morning."""
    cells = []
    for outlook in outlooks:
        own = tuple(row_of(one) for one in booked if one.class_id == group.id and one.day == outlook.day)
        hours: tuple[HourLoad, ...] = ()
        if outlook.open and any(one.id == group.id for one in outlook.classes):
            kept = outlook.kept
            passed = minute_of(now) if outlook.day == day_of(now) else 0
            hours = load_of(
                outlook.class_day(group),
                opens=max(kept.opening, min(passed, kept.closing)),
                closes=kept.closing,
                rules=tables.ratio_rules(outlook.day),
            )
        cells.append(Cell(hours, worst_of(hours), own))
    return ClassLine(group.id, group.name, group.kind.label, group.colour, group.seats, tuple(cells))
