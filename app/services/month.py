"""The director's month: attendance by the national formula, visits at the door, income, refunds.

Attendance (出勤率, domain §3.6) counts days that are over: a day in progress would count as absent those
who are still to come. Temporary and hourly visits are counted apart and never enter the rate: but who has a
contract for those hours has come, as whatever she was checked in. Every number comes from rows.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from app.domain.calendar import DayMark, MarkedDay, booked_on, month_days, open_days, unknown_words
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId
from app.domain.modes import CareMode, Tariff
from app.domain.money import Money
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.statistics import Attendance, Rate, add_up
from app.domain.visits import goes_into
from app.services.cashier import TENDERS
from app.store import attendance, centre
from app.store.attendance import Attended, Contract, Missed
from app.store.database import Clock, Database
from app.store.stamps import at_minute, day_of

_MONTH = re.compile(r"2[0-9]{3}-(?:0[1-9]|1[0-2])")
_GUESTS = (CareMode.TEMPORARY, CareMode.HOURLY)


class UnknownMonthError(RuleError):
    """Not a month, or one that has not begun."""


@record
class ClassFigures:
    """One class of the month. ``guests`` are temporary and hourly visits.

    ``seats`` and ``enrolled`` are of the last day counted: none of a class that was closed before it.
    """

    id: ClassId
    name: str
    kind_words: str
    colour: str
    seats: int
    enrolled: int
    attendance: Attendance
    guests: int


@record
class ModeFigures:
    """One kind of care. ``attendance`` is None for visits at the door: nobody is expected there."""

    mode: CareMode
    children: int
    visits: int
    attendance: Attendance | None


@record
class DayFigures:
    """One open day: expected and present by contract, and the visits at the door."""

    day: dt.date
    expected: int
    present: int
    guests: int


@record
class TenderFigures:
    """Money by tender. ``refunded`` is negative."""

    tender: str
    words: str
    receipts: int
    received: Money
    refunds: int
    refunded: Money

    @property
    def kept(self) -> Money:
        """What stays after refunds."""
        return self.received + self.refunded


@record
class ItemFigures:
    """Money by item, refunds deducted. ``lines`` counts what was charged (笔数)."""

    code: str
    name: str
    lines: int
    quantity: int
    amount: Money


@record
class MonthFigures:
    """One month. ``until`` is the last day that is counted; None when none is over yet."""

    month: str
    until: dt.date | None
    open_days: int
    licensed_seats: int
    enrolled: int
    attendance: Attendance
    before: Attendance  # the month before, to compare with
    extra_visits: int  # contract children on days they were not booked for
    classes: tuple[ClassFigures, ...]
    modes: tuple[ModeFigures, ...]
    days: tuple[DayFigures, ...]
    tenders: tuple[TenderFigures, ...]
    items: tuple[ItemFigures, ...]
    received: Money
    refunded: Money
    sentences: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def totals(self) -> tuple[object, ...]:
        """The sums by which one count of the month is told from another."""
        whole = self.attendance
        return (
            self.open_days, self.licensed_seats, self.enrolled, whole.expected, whole.actual, whole.sick,
            whole.personal, *(one.visits for one in self.modes), self.received.fen, self.refunded.fen,
        )  # fmt: skip

    @property
    def seat_use(self) -> Rate:
        """托位使用率 by contract: enrolled ÷ licensed seats."""
        return Rate(self.enrolled, self.licensed_seats)

    @property
    def kept(self) -> Money:
        """实收 after refunds."""
        return self.received + self.refunded


@record
class _Counted:
    """The rows of one month, and what each contract child did on each day she was expected."""

    days: tuple[dt.date, ...]
    contracts: tuple[Contract, ...]
    visits: tuple[Attended, ...]
    by_class: dict[ClassId, Attendance]
    by_mode: dict[CareMode, Attendance]
    by_day: dict[dt.date, Attendance]
    extra: int

    @property
    def whole(self) -> Attendance:
        return add_up(self.by_day.values())

    @property
    def guests(self) -> tuple[Attended, ...]:
        return tuple(visit for visit in self.visits if visit.tariff is not Tariff.CONTRACT)


@record
class MonthRows:
    """What a month is counted from: the open days that are over, and what the file holds of them."""

    days: tuple[dt.date, ...]
    contracts: tuple[Contract, ...]
    visits: tuple[Attended, ...]
    missed: tuple[Missed, ...]
    note: str  # what the calendar does not know


class Month:
    """Readings for the director."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def months(self, actor: Actor) -> tuple[str, ...]:
        """The months that hold visits or receipts, newest first, this month always among them."""
        actor.require(Permission.SEE_MONTH)
        here = f"{day_of(self._clock()):%Y-%m}"
        return tuple(sorted({*attendance.list_months(self._database), here}, reverse=True))

    def summary(self, actor: Actor, month: str) -> MonthFigures:
        """One month such as ``2025-11``.

        Raises:
            UnknownMonthError: the text is no month, or the month has not begun.
        """
        actor.require(Permission.SEE_MONTH)
        today = day_of(self._clock())
        read_month(month, today)
        counted, note = self._count(month, today)
        until = counted.days[-1] if counted.days else None
        last = until or dt.date.fromisoformat(f"{month}-01")
        before, _ = self._count(_month_before(month), today)
        tenders, items = self._money(month)
        figures = MonthFigures(
            month=month,
            until=until,
            open_days=len(counted.days),
            licensed_seats=centre.licensed_seats(self._database, last),
            enrolled=sum(_holds(contract, last) for contract in counted.contracts),
            attendance=counted.whole,
            before=before.whole,
            extra_visits=counted.extra,
            classes=self._classes(counted, last),
            modes=_modes(counted),
            days=_days(counted),
            tenders=tenders,
            items=items,
            received=sum((one.received for one in tenders), Money(0)),
            refunded=sum((one.refunded for one in tenders), Money(0)),
            sentences=(),
            notes=_notes(month, until, today, note, counted),
        )
        return _told(figures)

    def _count(self, month: str, today: dt.date) -> tuple[_Counted, str]:
        rows = read_rows(self._database, month, today)
        return _count(rows.days, rows.contracts, rows.visits, rows.missed), rows.note

    def _classes(self, counted: _Counted, last: dt.date) -> tuple[ClassFigures, ...]:
        """Every class that was open on a day of the month: one that was closed since has its days in it."""
        guests = Counter(visit.class_id for visit in counted.guests)
        still = {group.id for group in centre.list_classes(self._database, last)}
        return tuple(
            ClassFigures(
                id=group.id,
                name=group.name,
                kind_words=group.kind.label if group.id in still else f"{group.kind.label}，已关班",
                colour=group.colour,
                seats=group.seats if group.id in still else 0,
                enrolled=sum(one.class_id == group.id and _holds(one, last) for one in counted.contracts),
                attendance=counted.by_class.get(group.id, Attendance()),
                guests=guests[group.id],
            )
            for group in centre.list_classes_over(self._database, last.replace(day=1), last)
            if group.id in still or group.id in counted.by_class or guests[group.id]
        )

    def _money(self, month: str) -> tuple[tuple[TenderFigures, ...], tuple[ItemFigures, ...]]:
        span = month_days(month)
        rows = attendance.list_tenders(self._database, span[0], span[-1])
        tenders = []
        for tender, words in TENDERS.items():
            taken = {row.kind: row for row in rows if row.tender == tender}
            if not taken:
                continue
            receipt, refund = taken.get("receipt"), taken.get("refund")
            tenders.append(
                TenderFigures(
                    tender=tender,
                    words=words,
                    receipts=0 if receipt is None else receipt.count,
                    received=Money(0) if receipt is None else receipt.amount,
                    refunds=0 if refund is None else refund.count,
                    refunded=Money(0) if refund is None else refund.amount,
                )
            )
        items = tuple(
            ItemFigures(row.code, row.name, row.lines, row.quantity, row.amount)
            for row in attendance.list_items(self._database, span[0], span[-1])
        )
        return tuple(tenders), items


def read_month(month: str, today: dt.date) -> tuple[dt.date, ...]:
    """The days of a month such as ``2025-11`` that has begun.

    Raises:
        UnknownMonthError: the text is no month, or the month has not begun.
    """
    if _MONTH.fullmatch(month) is None or month > f"{today:%Y-%m}":
        raise UnknownMonthError("请选择已经开始的月份，如 2025-11。", field="month")
    return month_days(month)


def _marks(database: Database, span: Sequence[dt.date]) -> dict[dt.date, MarkedDay]:
    kinds = centre.calendar_kinds(database, span[0], span[-1])
    return {day: MarkedDay(DayMark(kind)) for day, kind in kinds.items()}


def find_open(database: Database, span: Sequence[dt.date]) -> frozenset[dt.date]:
    """The days of a span on which the centre is open, those to come as well."""
    return frozenset(open_days(span, _marks(database, span)) if span else ())


def read_rows(database: Database, month: str, today: dt.date) -> MonthRows:
    """The rows of a month; the day in progress would count as absent those who are still to come."""
    span = month_days(month)
    first, last = span[0], span[-1]
    marks = _marks(database, span)
    over = [day for day in span if day < today]
    return MonthRows(
        open_days(over, marks),
        attendance.list_contracts(database, first, last),
        tuple(visit for visit in attendance.list_attended(database, first, last) if visit.day < today),
        attendance.list_missed(database, first, last),
        unknown_words(over, marks),
    )


def expected_days(
    days: Iterable[dt.date], contracts: Iterable[Contract]
) -> Iterator[tuple[Contract, dt.date]]:
    """应出勤: each child once for each open day on which a contract books her."""
    days = tuple(days)
    seen: set[tuple[ChildId, dt.date]] = set()
    for contract in contracts:
        for day in days:
            key = (contract.child, day)
            if key not in seen and expected_on(contract, day):
                seen.add(key)
                yield contract, day


def expected_on(contract: Contract, day: dt.date) -> bool:
    """Whether a contract books an open day."""
    return _holds(contract, day) and booked_on(contract.weekdays, day)


def stays_by_day(visits: Iterable[Attended]) -> dict[tuple[ChildId, dt.date], list[Attended]]:
    """The stays of each child on each day."""
    found: dict[tuple[ChildId, dt.date], list[Attended]] = {}
    for one in visits:
        found.setdefault((one.child, one.day), []).append(one)
    return found


def has_come(contract: Contract, stays: Iterable[Attended]) -> bool:
    """实出勤: whether a child's stays of one day are, one of them, within what her contract is for."""
    return any(
        one.tariff is Tariff.CONTRACT
        or contract.mode is not CareMode.HALF_DAY
        or goes_into(
            one.arrived_at,
            one.left_at,
            at_minute(one.day, contract.from_minute),
            at_minute(one.day, contract.to_minute),
        )
        for one in stays
    )


def _holds(contract: Contract, day: dt.date) -> bool:
    return contract.starts_on <= day and (contract.ends_on is None or contract.ends_on >= day)


def _count(
    days: tuple[dt.date, ...],
    contracts: tuple[Contract, ...],
    visits: tuple[Attended, ...],
    missed: tuple[Missed, ...],
) -> _Counted:
    came = {(visit.child, visit.day) for visit in visits if visit.tariff is Tariff.CONTRACT}
    stays = stays_by_day(visits)
    why = {(one.child, one.day): one.kind for one in missed}
    by_class: dict[ClassId, Attendance] = {}
    by_mode: dict[CareMode, Attendance] = {}
    by_day: dict[dt.date, Attendance] = dict.fromkeys(days, Attendance())
    expected: set[tuple[ChildId, dt.date]] = set()
    for contract, day in expected_days(days, contracts):
        key = (contract.child, day)
        expected.add(key)
        here = has_come(contract, stays.get(key, ()))
        reason = "" if here else why.get(key, "")
        one = Attendance(1, int(here), int(reason == "sick"), int(reason == "personal"))
        by_class[contract.class_id] = by_class.get(contract.class_id, Attendance()) + one
        by_mode[contract.mode] = by_mode.get(contract.mode, Attendance()) + one
        by_day[day] += one
    return _Counted(days, contracts, visits, by_class, by_mode, by_day, len(came - expected))


def _modes(counted: _Counted) -> tuple[ModeFigures, ...]:
    figures = []
    for mode in (CareMode.FULL_DAY, CareMode.HALF_DAY):
        whole = counted.by_mode.get(mode, Attendance())
        heads = {contract.child for contract in counted.contracts if contract.mode is mode}
        figures.append(ModeFigures(mode, len(heads), whole.actual, whole))
    for mode in _GUESTS:
        visits = [visit for visit in counted.guests if visit.mode is mode]
        figures.append(ModeFigures(mode, len({visit.child for visit in visits}), len(visits), None))
    return tuple(figures)


def _days(counted: _Counted) -> tuple[DayFigures, ...]:
    guests = Counter(visit.day for visit in counted.guests)
    return tuple(
        DayFigures(day, whole.expected, whole.actual, guests[day]) for day, whole in counted.by_day.items()
    )


def _notes(
    month: str, until: dt.date | None, today: dt.date, calendar_note: str, counted: _Counted
) -> tuple[str, ...]:
    notes = [calendar_note] if calendar_note else []
    if month == f"{today:%Y-%m}":
        span = f"出勤截至 {until.month} 月 {until.day} 日" if until else "本月还没有结束的开放日"
        notes.append(f"{span}（当天未结束，不计入）；收款截至今日。")
    if counted.extra:
        notes.append(f"另有 {counted.extra} 人次在未预订的日子入园，不计入出勤率。")
    over = [visit.day for visit in counted.guests if until is not None and visit.day <= until]
    closed = sum(day not in counted.by_day for day in over)
    if closed:
        notes.append(f"临时托、计时托里有 {closed} 人次在不开放的日子，逐日图表上没有这些天。")
    return tuple(notes)


def _told(figures: MonthFigures) -> MonthFigures:
    """The same month with its sentences, as the director would tell it."""
    whole = figures.attendance
    guests = {one.mode: one.visits for one in figures.modes}
    refunds = sum(one.refunds for one in figures.tenders)
    before = figures.before.rate.percent
    compared = "" if before is None else f"（上月 {before}%）"
    sentences = (
        f"开放 {figures.open_days} 天，在册 {figures.enrolled} 人，备案托位 {figures.licensed_seats}，"
        f"托位使用率 {figures.seat_use.percent_words}。",
        f"应出勤 {whole.expected} 人次，实际出勤 {whole.actual} 人次，出勤率 {whole.rate.percent_words}"
        f"{compared}；缺勤 {whole.absent} 人次，其中病假 {whole.sick}、事假 {whole.personal}、"
        f"其他 {whole.other}。",
        f"临时托 {guests[CareMode.TEMPORARY]} 人次，计时托 {guests[CareMode.HOURLY]} 人次，"
        "另行统计，不计入出勤率。",
        f"实收 {figures.kept.yuan_words}" + (_refund_words(figures, refunds) if refunds else "。"),
    )
    return replace(figures, sentences=sentences)


def _refund_words(figures: MonthFigures, refunds: int) -> str:
    given_back = (-figures.refunded).yuan_words
    return f"（收 {figures.received.yuan_words}，退 {refunds} 笔 {given_back}）。"


def _month_before(month: str) -> str:
    first = dt.date.fromisoformat(f"{month}-01")
    eve = first - dt.timedelta(days=1)
    return f"{eve:%Y-%m}"
