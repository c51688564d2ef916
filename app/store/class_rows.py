"""Classes as the settings show them: open and closed ones, who is enrolled, who is inside."""

import datetime as dt

from app.domain.classes import ClassKind
from app.domain.ids import ClassId
from app.domain.record import record
from app.store.database import Database, Unit


@record
class ClassRow:
    """One class. ``closed_on`` is its last day."""

    id: ClassId
    name: str
    kind: ClassKind
    seats: int
    colour: str
    sort: int
    opened_on: dt.date
    closed_on: dt.date | None


@record
class Occupant:
    """A child because of whom a class cannot close: enrolled, booked or inside, and until when."""

    name: str
    why: str
    until: dt.date | None


def list_class_rows(database: Database | Unit) -> tuple[ClassRow, ...]:
    """Every class there ever was, in the centre's order; one whose opening was taken back is left out."""
    rows = database.rows(
        "select id, name, kind, seats, colour, sort, opened_on, closed_on from class_group"
        " where closed_on is null or closed_on >= opened_on order by sort, id"
    )
    return tuple(
        ClassRow(
            ClassId(row["id"]),
            row["name"],
            ClassKind(row["kind"]),
            row["seats"],
            row["colour"],
            row["sort"],
            dt.date.fromisoformat(row["opened_on"]),
            None if row["closed_on"] is None else dt.date.fromisoformat(row["closed_on"]),
        )
        for row in rows
    )


def find_name(database: Database | Unit, name: str) -> ClassId | None:
    """The class of that name, open or closed."""
    row = database.row("select id from class_group where name = :name", {"name": name})
    return None if row is None else ClassId(row["id"])


def count_enrolled(database: Database | Unit, day: dt.date) -> dict[ClassId, int]:
    """Children under contract by class on a day."""
    rows = database.rows(
        "select class_id, count(distinct child_id) as children from enrolment"
        " where undone_at is null and starts_on <= :day and (ends_on is null or ends_on >= :day)"
        " group by class_id",
        {"day": day.isoformat()},
    )
    return {ClassId(row["class_id"]): row["children"] for row in rows}


def list_occupants(database: Database | Unit, class_id: ClassId, last: dt.date) -> tuple[Occupant, ...]:
    """Who would be left without a class if ``last`` were its last day, and who is inside now."""
    params = {"class": class_id, "last": last.isoformat()}
    enrolled = database.rows(
        "select c.name, e.ends_on from enrolment e join child c on c.id = e.child_id"
        " where e.undone_at is null and e.class_id = :class and (e.ends_on is null or e.ends_on > :last)"
        " order by e.id",
        params,
    )
    booked = database.rows(
        "select c.name, b.day from booking b join child c on c.id = b.child_id"
        " where b.class_id = :class and b.ended_at is null and b.day > :last order by b.day, b.id",
        params,
    )
    inside = database.rows(
        "select c.name from visit v join child c on c.id = v.child_id where v.class_id = :class"
        " and v.left_at is null and v.undone_at is null order by v.id",
        {"class": class_id},
    )
    return (
        *(Occupant(row["name"], "在园", None) for row in inside),
        *(
            Occupant(
                row["name"],
                "在册",
                None if row["ends_on"] is None else dt.date.fromisoformat(row["ends_on"]),
            )
            for row in enrolled
        ),
        *(Occupant(row["name"], "已预约", dt.date.fromisoformat(row["day"])) for row in booked),
    )


def list_seats(database: Database | Unit) -> tuple[tuple[int, dt.date, int], ...]:
    """备案托位 as dated rows (key, from, seats), the newest first."""
    rows = database.rows(
        "select id, valid_from, seats from licensed_seats where ended_at is null order by valid_from desc"
    )
    return tuple((row["id"], dt.date.fromisoformat(row["valid_from"]), row["seats"]) for row in rows)


def find_seats_row(unit: Unit, day: dt.date) -> int | None:
    """The row of 备案托位 that begins on a day, also one taken back."""
    row = unit.row("select id from licensed_seats where valid_from = :day", {"day": day.isoformat()})
    return None if row is None else int(row["id"])
