"""Bookings: single days, series of them, and how each one ended. Rows are ended, never deleted."""

import datetime as dt
import sqlite3
from collections.abc import Collection

from app.domain.bookings import BY_CENTRE, Outcome
from app.domain.ids import BookingId, ChildId, ClassId, SeriesId, StaffId
from app.domain.modes import CareMode, Tariff
from app.domain.record import record
from app.domain.seats import Stay
from app.domain.visits import CHANGE_MINUTES
from app.store.database import Database, Unit
from app.store.stamps import moment_or_none, stamp


@record
class NewBooking:
    """One day's stay to be kept. Minutes after midnight."""

    child: ChildId
    class_id: ClassId
    mode: CareMode
    tariff: Tariff
    day: dt.date
    from_minute: int
    to_minute: int
    note: str = ""
    override_reason: str = ""
    series: SeriesId | None = None
    moved_from: BookingId | None = None


@record
class Booking:
    """One booking as kept. ``came`` says that the child was here that day; ``outcome`` how it ended else.

    ``ended_at`` without an outcome is a booking that was taken back: nobody ever meant it.
    """

    id: BookingId
    child: ChildId
    child_name: str
    born_on: dt.date
    class_id: ClassId
    class_name: str
    colour: str
    tariff: Tariff
    day: dt.date
    from_minute: int
    to_minute: int
    note: str
    override_reason: str
    series: SeriesId | None
    moved_from: BookingId | None
    outcome: Outcome | None
    cancelled_by: str
    cancel_reason: str
    told_at: dt.datetime | None
    ended_at: dt.datetime | None
    made_by: str
    came: bool


@record
class Ending:
    """How a booking ends. ``by`` is who rang, ``told_at`` when the centre was told."""

    outcome: Outcome | None
    by: str = ""
    reason: str = ""
    told_at: dt.datetime | None = None


@record
class Counts:
    """What became of a child's bookings so far."""

    came: int
    cancelled: int
    missed: int


# A stay that was over before the booked hours began says nothing of the booking, unless it had been promised
# to last into them: she came early and was fetched early. Who has booked her other half came by contract in
# her own, and by the booking if she stayed on into it, or is staying on now; a guest who comes after her
# hours has come late, unless she has booked later hours, too: then it is those by which she came. Who came
# by earlier hours and was fetched in the first minutes of these was fetched late, and has not used them:
# as ``services.plans`` has it. The moments are of the centre's own clock, as text.
_MINUTE = "cast(substr({0}, 12, 2) as integer) * 60 + cast(substr({0}, 15, 2) as integer)"
_BEGUN = (  # the minute after which she came by the booking
    "b.from_minute + case when v.left_at is not null and (v.tariff = 'contract' or exists"
    " (select 1 from booking p where p.child_id = b.child_id and p.day = b.day and p.ended_at is null"
    f" and p.to_minute <= b.from_minute and {_MINUTE.format('v.arrived_at')} < p.to_minute))"
    f" then {CHANGE_MINUTES} else 0 end"
)
_CAME = (
    "exists (select 1 from visit v where v.child_id = b.child_id and v.day = b.day and v.undone_at is null"
    " and (case when substr(coalesce(v.left_at, :now), 1, 10) > b.day then 1440"  # past midnight
    f" else {_MINUTE.format('coalesce(v.left_at, :now)')} end > {_BEGUN}"
    f" or (v.tariff <> 'contract' and {_MINUTE.format('v.promised_at')} > {_BEGUN}))"
    f" and ({_MINUTE.format('v.arrived_at')} < b.to_minute or (v.tariff <> 'contract' and not exists"
    " (select 1 from booking n where n.child_id = b.child_id and n.day = b.day and n.ended_at is null"
    " and n.from_minute >= b.to_minute))))"
)
_BOOKING = (
    "select b.id, b.child_id, c.name as child_name, c.born_on, b.class_id, g.name as class_name, g.colour,"
    " b.tariff, b.day, b.from_minute, b.to_minute, b.note, b.override_reason, b.series_id, b.moved_from_id,"
    " b.outcome, b.cancelled_by, b.cancel_reason, b.told_at, b.ended_at, s.name as made_by,"
    f" {_CAME} as came"
    " from booking b join child c on c.id = b.child_id join class_group g on g.id = b.class_id"
    " left join staff s on s.id = b.made_by"
)


_OF_SERIES = (
    "with recursive made (id) as (select id from booking where series_id = :series"
    " union select n.id from booking n join made on n.moved_from_id = made.id) select id from made"
)


def add_series(
    unit: Unit, child: ChildId, weekdays: str, starts_on: dt.date, until: dt.date, staff: StaffId
) -> SeriesId:
    """What a family agreed to for every week; the days themselves are bookings of their own."""
    row = {
        "child_id": child,
        "weekdays": weekdays,
        "starts_on": starts_on.isoformat(),
        "until": until.isoformat(),
        "made_by": staff,
        "made_at": unit.stamp,
    }
    return SeriesId(unit.insert("booking_series", row))


def add_booking(unit: Unit, booking: NewBooking, staff: StaffId) -> BookingId:
    """Book one day."""
    row = {
        "child_id": booking.child,
        "class_id": booking.class_id,
        "mode": booking.mode.value,
        "tariff": booking.tariff.value,
        "day": booking.day.isoformat(),
        "from_minute": booking.from_minute,
        "to_minute": booking.to_minute,
        "made_by": staff,
        "made_at": unit.stamp,
        "series_id": booking.series,
        "moved_from_id": booking.moved_from,
        "note": booking.note,
        "override_reason": booking.override_reason,
    }
    return BookingId(unit.insert("booking", row))


def end_booking(unit: Unit, booking: BookingId, ending: Ending, staff: StaffId) -> bool:
    """End a booking that holds; False when it does not."""
    done = unit.execute(
        "update booking set ended_at = :at, ended_by = :staff, outcome = :outcome, cancelled_by = :by,"
        " cancel_reason = :reason, told_at = :told where id = :id and ended_at is null",
        {
            "at": unit.stamp,
            "staff": staff,
            "outcome": None if ending.outcome is None else ending.outcome.value,
            "by": ending.by,
            "reason": ending.reason,
            "told": None if ending.told_at is None else stamp(ending.told_at),
            "id": booking,
        },
    )
    return done.rowcount == 1


def reverse_end(unit: Unit, booking: BookingId) -> bool:
    """The booking holds after all; the audit line keeps how it had ended. False when it holds already."""
    done = unit.execute(
        "update booking set ended_at = null, ended_by = null, outcome = null, cancelled_by = '',"
        " cancel_reason = '', told_at = null where id = :id and ended_at is not null",
        {"id": booking},
    )
    return done.rowcount == 1


def find_booking(database: Database | Unit, booking: BookingId) -> Booking | None:
    """One booking, whether it holds or not."""
    row = database.row(f"{_BOOKING} where b.id = :id", {"id": booking, "now": _now(database)})
    return None if row is None else _booking(row)


def list_on(database: Database | Unit, child: ChildId, day: dt.date) -> tuple[Booking, ...]:
    """The bookings that hold for a child on a day, in the order of their hours."""
    return _list(
        database,
        "b.child_id = :child and b.day = :day and b.ended_at is null order by b.from_minute, b.id",
        {"child": child, "day": day.isoformat()},
    )


def find_on(database: Database | Unit, child: ChildId, day: dt.date, minute: int = 0) -> Booking | None:
    """The booking by which a child would come at a minute of a day: the first not over, else the last."""
    found = list_on(database, child, day)
    return next((one for one in found if minute < one.to_minute), found[-1] if found else None)


def find_meeting(
    database: Database | Unit,
    child: ChildId,
    day: dt.date,
    hours: tuple[int, int],
    but: BookingId | None = None,
) -> Booking | None:
    """The booking of a child that shares some hours of a day, beside one of them; None where none does."""
    since, until = hours
    found = (one for one in list_on(database, child, day) if one.id != but)
    return next((one for one in found if one.from_minute < until and since < one.to_minute), None)


def list_held(
    database: Database | Unit, child: ChildId | None, first: dt.date, last: dt.date | None = None
) -> tuple[Booking, ...]:
    """The bookings of a child, or of everybody, between two days (None: no end) that hold and are unused."""
    of, to = (
        "" if child is None else "b.child_id = :child and ",
        "" if last is None else " and b.day <= :last",
    )
    return _list(
        database,
        f"{of}b.day >= :first{to} and b.ended_at is null and not {_CAME} order by b.day, b.from_minute, b.id",
        {"child": child, "first": first.isoformat(), "last": None if last is None else last.isoformat()},
    )


def list_ended_in(
    database: Database | Unit, verb: str, at: dt.datetime, child: ChildId | None = None
) -> tuple[Booking, ...]:
    """Bookings of a child, or of everybody, that were cancelled in one unit of work: each has its line."""
    return _list(
        database,
        f"{'' if child is None else 'b.child_id = :child and '}b.ended_at = :at and b.outcome = 'cancelled'"
        " and exists (select 1 from audit a where a.subject = 'booking' and a.subject_id = b.id"
        " and a.at = :at and a.verb = :verb) order by b.day, b.from_minute, b.id",
        {"child": child, "at": stamp(at), "verb": verb},
    )


def find_moved_to(database: Database | Unit, booking: BookingId) -> Booking | None:
    """Where a booking was moved to last, whether that still holds or not."""
    row = database.row(
        f"{_BOOKING} where b.moved_from_id = :id order by b.id desc limit 1",
        {"id": booking, "now": _now(database)},
    )
    return None if row is None else _booking(row)


def was_unmade(database: Database | Unit, booking: BookingId) -> bool:
    """Whether the series that a booking came of, however often moved, was taken back: nobody meant it."""
    row = database.row(
        "with recursive up (id, series_id, moved_from_id) as"
        " (select id, series_id, moved_from_id from booking where id = :id"
        " union select b.id, b.series_id, b.moved_from_id from booking b join up on b.id = up.moved_from_id),"
        " made (id) as (select id from booking where series_id in (select series_id from up)"
        " union select n.id from booking n join made on n.moved_from_id = made.id)"
        " select 1 from audit a where a.subject = 'booking' and a.verb = 'undo_book'"
        " and a.subject_id in (select id from made) limit 1",
        {"id": booking},
    )
    return row is not None


def list_between(database: Database, first: dt.date, last: dt.date) -> tuple[Booking, ...]:
    """The bookings of some days by day and hour, those that ended too, but not those taken back."""
    return _list(
        database,
        "b.day between :first and :last and (b.ended_at is null or b.outcome is not null)"
        " order by b.day, b.from_minute, b.id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )


def list_promised(
    database: Database | Unit, since: dt.date, without: Collection[ChildId] = ()
) -> tuple[Stay, ...]:
    """The hours promised from a day on by bookings that hold, but those of some children."""
    rows = database.rows(
        "select child_id, class_id, day, from_minute, to_minute from booking"
        " where day >= :since and ended_at is null order by day, id",
        {"since": since.isoformat()},
    )
    return tuple(
        Stay(
            ClassId(row["class_id"]), dt.date.fromisoformat(row["day"]), row["from_minute"], row["to_minute"]
        )
        for row in rows
        if row["child_id"] not in without
    )


def list_rest(database: Database | Unit, booking: Booking) -> tuple[Booking, ...]:
    """The bookings of its series from a booking's day on that hold and are unused, wherever moved to."""
    if booking.series is None:
        return ()
    return _list(
        database,
        f"b.id in ({_OF_SERIES}) and b.day >= :since and b.ended_at is null and not {_CAME}"
        " order by b.day, b.id",
        {"series": booking.series, "since": booking.day.isoformat()},
    )


def list_ended_with(database: Database | Unit, booking: Booking) -> tuple[BookingId, ...]:
    """The bookings that were cancelled in the same act: the whole rest of a series, or just this one."""
    if booking.series is None or booking.ended_at is None or booking.outcome is not Outcome.CANCELLED:
        return (booking.id,)
    rows = database.rows(
        f"select id from booking where id in ({_OF_SERIES}) and ended_at = :at and outcome = :outcome"
        " and cancelled_by = :by and cancel_reason = :reason order by id",
        {
            "series": booking.series,
            "at": stamp(booking.ended_at),
            "outcome": booking.outcome.value,
            "by": booking.cancelled_by,
            "reason": booking.cancel_reason,
        },
    )
    return tuple(BookingId(row["id"]) for row in rows)


def list_made_with(database: Database | Unit, booking: Booking) -> tuple[Booking, ...]:
    """The bookings made in one act with this one that still hold, wherever they were moved to."""
    if booking.series is None:
        return (booking,) if booking.ended_at is None else ()
    return _list(
        database,
        f"b.ended_at is null and b.id in ({_OF_SERIES}) order by b.day, b.id",
        {"series": booking.series},
    )


def count_made_with(database: Database | Unit, booking: Booking) -> int:
    """How many bookings the act that made this one has led to: those cancelled and moved since, too."""
    if booking.series is None:
        return 1
    row = database.row(
        f"select count(*) as many from booking where id in ({_OF_SERIES})", {"series": booking.series}
    )
    return 0 if row is None else int(row["many"])


def is_first_of(database: Database | Unit, booking: BookingId) -> bool:
    """Whether a booking put its child on file: they came in one act, and her record was not touched since."""
    row = database.row(
        "select 1 from booking b join child c on c.id = b.child_id and c.added_at = b.made_at"
        " where b.id = :id and c.gone_at is null and c.allergy = 'unknown' and not exists"
        " (select 1 from record_act a where a.subject = 'child' and a.subject_id = c.id)",
        {"id": booking},
    )
    return row is not None


def count_ever(database: Database | Unit, child: ChildId) -> int:
    """How many bookings a child ever had, whatever became of them."""
    row = database.row("select count(*) as n from booking where child_id = :child", {"child": child})
    return 0 if row is None else int(row["n"])


def list_missed(database: Database, since: dt.date, day: dt.date, minute: int) -> tuple[Booking, ...]:
    """Bookings that hold, are over by now, and whose child never came: somebody is to say 未到."""
    return _list(
        database,
        "b.day >= :since and (b.day < :day or (b.day = :day and b.to_minute <= :minute))"
        f" and b.ended_at is null and not {_CAME} order by b.day, b.from_minute, b.id",
        {"since": since.isoformat(), "day": day.isoformat(), "minute": minute},
    )


def count_of(database: Database, child: ChildId) -> Counts:
    """What became of a child's bookings; what the centre itself cancelled is nothing of the family's."""
    row = database.row(
        f"select sum(b.ended_at is null and {_CAME}) as came,"
        " sum(b.outcome = 'cancelled' and b.cancelled_by <> :centre) as cancelled,"
        " sum(b.outcome = 'no_show') as missed from booking b where b.child_id = :child",
        {"child": child, "now": _now(database), "centre": BY_CENTRE},
    )
    if row is None:
        return Counts(0, 0, 0)
    return Counts(row["came"] or 0, row["cancelled"] or 0, row["missed"] or 0)


def _list(database: Database | Unit, where: str, params: dict[str, object]) -> tuple[Booking, ...]:
    rows = database.rows(f"{_BOOKING} where {where}", {"now": _now(database), **params})
    return tuple(_booking(row) for row in rows)


def _now(database: Database | Unit) -> str:
    return stamp(database.at if isinstance(database, Unit) else database.clock())


def _booking(row: sqlite3.Row) -> Booking:
    return Booking(
        id=BookingId(row["id"]),
        child=ChildId(row["child_id"]),
        child_name=row["child_name"],
        born_on=dt.date.fromisoformat(row["born_on"]),
        class_id=ClassId(row["class_id"]),
        class_name=row["class_name"],
        colour=row["colour"],
        tariff=Tariff(row["tariff"]),
        day=dt.date.fromisoformat(row["day"]),
        from_minute=row["from_minute"],
        to_minute=row["to_minute"],
        note=row["note"],
        override_reason=row["override_reason"],
        series=None if row["series_id"] is None else SeriesId(row["series_id"]),
        moved_from=None if row["moved_from_id"] is None else BookingId(row["moved_from_id"]),
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        cancelled_by=row["cancelled_by"],
        cancel_reason=row["cancel_reason"],
        told_at=moment_or_none(row["told_at"]),
        ended_at=moment_or_none(row["ended_at"]),
        made_by=row["made_by"] or "",
        came=bool(row["came"]),
    )
