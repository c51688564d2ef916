"""排班: weekly shifts, replacements for single days, and the week against the ratio (58号文 Art 20)."""

import datetime as dt

from app.domain.ages import months_between
from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.ids import ClassId, StaffId
from app.domain.record import record
from app.domain.rota import Booked, HourNeed, hour_needs, overlap
from app.domain.staff import Actor, Permission, Role
from app.services.altering import keep_change, require_day
from app.services.carers import counting_shifts
from app.store import centre, people, settings, staff_rows, tables
from app.store import day as days
from app.store.alterations import NOW, Alteration
from app.store.centre import ClassGroup
from app.store.database import Clock, Database, Unit
from app.store.staff_rows import ShiftRow
from app.store.stamps import day_of

WEEKDAYS = "一二三四五六日"
_DAYS = 7
# A carer who is off for one day: a shift that lies before any opening and replaces the weekly ones.
_OFF = (0, 1)


class RotaError(RuleError):
    """A shift that cannot be."""


class OverlappingShiftError(RotaError):
    """The carer has another shift at that time; the sentence names it."""


@record
class RotaShift:
    """One shift in the list. ``day`` is None for a weekly one; ``off`` replaces the week's by nothing."""

    id: int
    staff: StaffId
    name: str
    class_id: ClassId
    class_name: str
    weekday: int
    day: dt.date | None
    from_minute: int
    to_minute: int
    off: bool
    words: str


@record
class RotaDay:
    """One class on one day of the week. ``open`` says whether the centre is."""

    day: dt.date
    open: bool
    hours: tuple[HourNeed, ...]


@record
class RotaClass:
    """One class through the week; ``short_words`` names the first hour that lacks carers."""

    id: ClassId
    name: str
    colour: str
    days: tuple[RotaDay, ...]
    short_words: str


@record
class RotaView:
    """One week from Monday on. ``carers`` may be given shifts."""

    monday: dt.date
    classes: tuple[RotaClass, ...]
    shifts: tuple[RotaShift, ...]
    carers: tuple[tuple[StaffId, str, ClassId | None], ...]
    opening: int
    closing: int


@record
class NewShift:
    """A shift to enter: of an ISO weekday (1-7), or of one day. Minutes after midnight."""

    staff: StaffId
    class_id: ClassId
    when: int | dt.date
    from_minute: int
    to_minute: int


class Rota:
    """The verbs of the page 排班."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def week(self, actor: Actor, day: dt.date) -> RotaView:
        """The week a day lies in, class by class and hour by hour."""
        actor.require(Permission.READ)
        monday = day - dt.timedelta(days=day.isoweekday() - 1)
        kept = settings.current(self._database, monday)
        week = [monday + dt.timedelta(days=past) for past in range(_DAYS)]
        classes = centre.list_classes(self._database, day)
        by_day = [self._day(one, classes, kept.opening, kept.closing) for one in week]
        shown = tuple(_class(one, tuple(cells[one.id] for cells in by_day)) for one in classes)
        rows = (
            *staff_rows.list_week_shifts(self._database),
            *staff_rows.list_day_shifts(self._database, week[0], week[-1]),
        )
        here = [one for one in people.list_staff(self._database, day) if one.role is Role.TEACHER]
        ids = {one.id for one in here}
        return RotaView(
            monday,
            shown,
            tuple(_shown(row) for row in rows if row.staff in ids),
            tuple((one.id, one.name, one.class_id) for one in here),
            kept.opening,
            kept.closing,
        )

    def add(self, actor: Actor, shift: NewShift) -> Done[int]:
        """Enter a shift. One for a single day replaces all weekly ones of that carer on that day.

        Raises:
            OverlappingShiftError: she has another one at that time.
            RotaError: she is no carer, the class is not open, or the hours are no hours.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        name, group = self._checked(shift)
        if not 0 <= shift.from_minute < shift.to_minute <= 24 * 60:
            raise RotaError("下班要晚于上班，请核对时间。", field="to")
        with self._database.unit(actor.id, "add_shift") as unit:
            alteration = Alteration(unit)
            self._enter(alteration, shift)
            span = _span_words(shift.from_minute, shift.to_minute)
            words = f"{name} {_when_words(shift.when)} {span} {group}"
            when = shift.when if isinstance(shift.when, dt.date) else None
            return keep_change(alteration, "shift", shift.staff, f"加班次：{words}", words, when)

    def day_off(self, actor: Actor, staff: StaffId, day: dt.date) -> Done[int]:
        """A carer does not come on one day: her weekly shifts do not count then.

        Raises:
            OverlappingShiftError: a shift was entered for that very day.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        carer = self._carer(staff)
        group = carer[2] or self._first_class()
        off = NewShift(staff, group, day, *_OFF)
        self._checked(off)
        with self._database.unit(actor.id, "day_off") as unit:
            alteration = Alteration(unit)
            for row in staff_rows.list_day_shifts(unit, day, day):
                if row.staff == staff:
                    span = _span_words(row.from_minute, row.to_minute)
                    msg = f"{row.name} {day:%m-%d} 另排了 {span}。请先删掉。"
                    raise OverlappingShiftError(msg, field="day")
            self._enter(alteration, off)
            words = f"{carer[1]} {day:%Y-%m-%d} 休"
            return keep_change(alteration, "shift", staff, words, words, day)

    def end(self, actor: Actor, shift: int) -> Done[int]:
        """Take a shift away from now on; it stays on file.

        Raises:
            RotaError: it is gone already.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        found = staff_rows.find_shift(self._database, shift)
        if found is None:
            raise RotaError("这个班次已经删掉了。")
        with self._database.unit(actor.id, "end_shift") as unit:
            alteration = Alteration(unit)
            alteration.change("shift", shift, ended_at=unit.stamp)
            words = _shown(found).words
            return keep_change(alteration, "shift", found.staff, f"删班次：{words}", f"删 {words}")

    def copy_week(self, actor: Actor, monday: dt.date) -> Done[int]:
        """Do in this week's single days what was done in the week before; what is entered already stays.

        Returns the number of shifts entered.

        Raises:
            RotaError: there is nothing to copy.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        week = dt.timedelta(days=_DAYS)
        last = dt.timedelta(days=_DAYS - 1)
        here = {one.id for one in people.list_staff(self._database, monday)}
        open_now = {one.id for one in centre.list_classes(self._database, monday)}
        before = staff_rows.list_day_shifts(self._database, monday - week, monday - week + last)
        taken = {
            (row.staff, row.day) for row in staff_rows.list_day_shifts(self._database, monday, monday + last)
        }
        wanted = [
            NewShift(row.staff, row.class_id, row.day + week, row.from_minute, row.to_minute)
            for row in before
            if row.day is not None and row.staff in here and row.class_id in open_now
        ]
        wanted = [one for one in wanted if (one.staff, one.when) not in taken]
        if not wanted:
            raise RotaError("上周没有单日的调班可以照抄：每周固定的班次本来就自动重复。")
        with self._database.unit(actor.id, "copy_week") as unit:
            alteration = Alteration(unit)
            for one in wanted:
                self._enter(alteration, one)
            words = f"照抄上周的 {len(wanted)} 个单日调班到 {monday:%Y-%m-%d} 这一周"
            done = keep_change(alteration, "shift", 0, words, f"照抄上周 {len(wanted)} 个", monday)
        return Done(len(wanted), done.changes, done.undo)

    def _enter(self, alteration: Alteration, shift: NewShift) -> None:
        key = people.add_shift(
            alteration.unit, shift.staff, shift.class_id, shift.when, shift.from_minute, shift.to_minute
        )
        alteration.note_added("shift", key, "ended_at", None, void=NOW)
        require_no_overlap(alteration.unit, key)

    def _checked(self, shift: NewShift) -> tuple[str, str]:
        """The carer's and the class's names."""
        today = day_of(self._clock())
        if isinstance(shift.when, dt.date):
            require_day(shift.when, today, past=True, field="day")
        elif not 1 <= shift.when <= _DAYS:
            raise RotaError("请选星期几。", field="when")
        group = next((one for one in self._classes() if one.id == shift.class_id), None)
        if group is None:
            raise RotaError("这个班已经不开了，请另选一个班。", field="class_id")
        return self._carer(shift.staff)[1], group.name

    def _carer(self, staff: StaffId) -> tuple[StaffId, str, ClassId | None]:
        today = day_of(self._clock())
        for one in people.list_staff(self._database, today):
            if one.id == staff and one.role is Role.TEACHER:
                return one.id, one.name, one.class_id
        raise RotaError("只给带班老师排班：师生比只算保育人员（58号文第二十条）。", field="staff")

    def _classes(self) -> tuple[ClassGroup, ...]:
        return centre.list_classes(self._database, day_of(self._clock()))

    def _first_class(self) -> ClassId:
        found = self._classes()
        if not found:
            raise RotaError("还没有开着的班。", field="class_id")
        return found[0].id

    def _day(
        self, day: dt.date, classes: tuple[ClassGroup, ...], opens: int, closes: int
    ) -> dict[ClassId, RotaDay]:
        is_open = days.is_open(self._database, day)
        shifts = counting_shifts(self._database, day) if is_open else ()
        expected = [one for one in days.list_expected(self._database, day) if one.tariff is None]
        rules = tables.ratio_rules(day)
        found = {}
        for group in classes:
            carers = [(one.from_minute, one.to_minute) for one in shifts if one.class_id == group.id]
            children = [
                Booked(one.from_minute, one.to_minute, months_between(one.who.born_on, day))
                for one in expected
                if one.class_id == group.id and is_open
            ]
            hours = hour_needs(group.kind, carers, children, opens=opens, closes=closes, rules=rules)
            found[group.id] = RotaDay(day, is_open, hours)
        return found


def require_no_overlap(unit: Unit, shift: int | None = None) -> None:
    """Pass if no carer has two shifts at one time, or if ``shift`` is given, it meets no other.

    Raises:
        OverlappingShiftError: two meet; both are named.
    """
    weekly = staff_rows.list_week_shifts(unit)
    single = staff_rows.list_day_shifts(unit, dt.date.min, dt.date.max)
    for rows in (weekly, single):
        by_place: dict[object, list[ShiftRow]] = {}
        for row in rows:
            others = by_place.setdefault((row.staff, row.weekday, row.day), [])
            for other in others:
                met = overlap((row.from_minute, row.to_minute), (other.from_minute, other.to_minute))
                if met and (shift is None or shift in {row.id, other.id}):
                    new, old = (other, row) if other.id == shift else (row, other)
                    raise _overlapping(new, old)
            others.append(row)


def _overlapping(new: ShiftRow, old: ShiftRow) -> OverlappingShiftError:
    when = _when_words(old.day or old.weekday or 1)
    mine = _span_words(new.from_minute, new.to_minute)
    theirs = _span_words(old.from_minute, old.to_minute)
    msg = f"{old.name} {when} {theirs} 已经在{old.class_name}，和 {mine} 重叠。请先改或删掉那一班。"
    return OverlappingShiftError(msg, field="from")


def clock_words(minute: int) -> str:
    """``07:30``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _span_words(start: int, end: int) -> str:
    return "休" if (start, end) == _OFF else f"{clock_words(start)}–{clock_words(end)}"


def _when_words(when: int | dt.date) -> str:
    return f"每周{WEEKDAYS[when - 1]}" if isinstance(when, int) else f"{when:%Y-%m-%d}"


def _shown(row: ShiftRow) -> RotaShift:
    when = row.day or row.weekday or 1
    off = (row.from_minute, row.to_minute) == _OFF
    span = _span_words(row.from_minute, row.to_minute)
    words = f"{row.name} {_when_words(when)} {span}" + ("" if off else f" {row.class_name}")
    weekday = row.day.isoweekday() if row.day is not None else row.weekday or 1
    return RotaShift(
        row.id,
        row.staff,
        row.name,
        row.class_id,
        row.class_name,
        weekday,
        row.day,
        row.from_minute,
        row.to_minute,
        off,
        words,
    )


def _class(group: ClassGroup, week: tuple[RotaDay, ...]) -> RotaClass:
    short = next(((one.day, hour) for one in week for hour in one.hours if hour.short), None)
    words = ""
    if short is not None:
        day, hour = short
        words = f"周{WEEKDAYS[day.isoweekday() - 1]} {hour.hour} 点缺 {hour.short} 人"
    return RotaClass(group.id, group.name, group.colour, week, words)
