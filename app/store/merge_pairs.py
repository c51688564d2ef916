"""What two records both have, side by side, so that it is settled before one of them moves."""

import datetime as dt
import sqlite3

from app.domain.ids import AdultId, BookingId, ChildId, ClassId, VisitId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.merging import ADDED, ENDED
from app.store.people import Tie
from app.store.record_papers import Barring, Consent, list_barrings, list_consents

_OTHER = {"child": "adult", "adult": "child"}
RIGHTS = ("is_guardian", "may_collect", "is_emergency")


@record
class TieRow:
    """One row that says, or said, what an adult is to a child."""

    id: int
    child: ChildId
    adult: AdultId
    tie: Tie
    ended: bool

    @property
    def flags(self) -> frozenset[str]:
        """What the adult may by it."""
        return frozenset(name for name in RIGHTS if getattr(self.tie, name))


@record
class Booked:
    """A booking that holds, as far as another may say the same."""

    id: BookingId
    child: ChildId
    class_id: ClassId
    day: dt.date
    from_minute: int
    to_minute: int
    tariff: str
    note: str


def list_ties(database: Database | Unit, subject: str, key: int) -> tuple[TieRow, ...]:
    """Every tie of a child (or an adult) that holds or held, oldest first.

    Left out is what a merging ended, or its way back: nobody took that away.
    """
    rows = database.rows(
        "select id, child_id, adult_id, relation, is_guardian, may_collect, is_emergency, barred, only_day,"
        f" sort, ended_at from child_adult where {subject}_id = :key and not (ended_at is not null and id in"
        " (select r.row_id from merging_row r join merging m on m.id = r.merging_id"
        " where (r.place = :ended and m.undone_at is null)"
        " or (r.place = :added and m.undone_at is not null))) order by id",
        {"key": key, "ended": f"{ENDED}child_adult", "added": f"{ADDED}child_adult"},
    )
    return tuple(_tie_row(row) for row in rows)


def list_brought_ties(database: Database | Unit, visit: VisitId, child: ChildId) -> tuple[TieRow, ...]:
    """The ties of a child that hold by the registration that began a stay: its own, as they moved with its
    record, and those into which a merging joined one of its own.
    """
    rows = database.rows(
        "select t.id, t.child_id, t.adult_id, t.relation, t.is_guardian, t.may_collect, t.is_emergency,"
        " t.barred, t.only_day, t.sort, t.ended_at from child_adult t join audit a on a.subject = 'visit'"
        " and a.subject_id = :visit and a.verb = 'register'"
        " where t.child_id = :child and t.ended_at is null and (t.added_at = a.at or t.id in"
        " (select n.row_id from merging_row n join merging m on m.id = n.merging_id and m.undone_at is null"
        " join merging_row r on r.merging_id = m.id and r.place = :ended"
        " join child_adult e on e.id = r.row_id and e.added_at = a.at and e.child_id = t.child_id"
        " and e.adult_id = t.adult_id where n.place = :added)) order by t.id",
        {"visit": visit, "child": child, "ended": f"{ENDED}child_adult", "added": f"{ADDED}child_adult"},
    )
    return tuple(_tie_row(row) for row in rows)


def find_tie_beside(database: Database | Unit, visit: VisitId, tie: TieRow) -> int | None:
    """The tie of the other record that a merging ended for one of ``list_brought_ties``, if there was one."""
    row = database.row(
        "select e.id from child_adult e join merging_row r on r.row_id = e.id and r.place = :ended"
        " join merging m on m.id = r.merging_id and m.undone_at is null"
        " where e.child_id = :child and e.adult_id = :adult and e.id <> :id and e.ended_at is not null"
        " and e.added_at not in (select a.at from audit a where a.subject = 'visit'"
        " and a.subject_id = :visit and a.verb = 'register') order by e.id desc limit 1",
        {
            "ended": f"{ENDED}child_adult",
            "child": tie.child,
            "adult": tie.adult,
            "id": tie.id,
            "visit": visit,
        },
    )
    return None if row is None else int(row["id"])


def is_later(database: Database | Unit, subject: str, one: int, other: int) -> bool:
    """Whether the record of a child or adult was made after another; each is as old as the first that went
    into it.

    That the two are becoming one just now does not count.
    """
    return _first_of(database, subject, one, other) > _first_of(database, subject, other, one)


def _first_of(database: Database | Unit, subject: str, key: int, other: int) -> int:
    """Keys count up."""
    row = database.row(
        "with recursive joint(id) as (select :key union select m.merged_id from merging m"
        " join joint j on m.kept_id = j.id where m.subject = :subject and m.undone_at is null"
        " and m.merged_id != :other) select min(id) as id from joint",
        {"subject": subject, "key": key, "other": other},
    )
    return key if row is None else int(row["id"])


def other_of(subject: str, row: TieRow) -> int:
    """The adult of a child's tie, the child of an adult's."""
    return row.adult if _OTHER[subject] == "adult" else row.child


def pair_consents(
    database: Database | Unit, kept: ChildId, merged: ChildId
) -> tuple[tuple[Consent, Consent], ...]:
    """The answers to one purpose that both records hold now: the kept one's and the merged one's."""
    mine, others = (
        {one.purpose: one for one in list_consents(database, child) if not one.ended}
        for child in (kept, merged)
    )
    return tuple((mine[purpose], one) for purpose, one in others.items() if purpose in mine)


def pair_barrings(
    database: Database | Unit, subject: str, kept: int, merged: int
) -> tuple[tuple[Barring, Barring], ...]:
    """The papers by which both records bar, of one child and one adult each."""
    if subject == "child":
        mine, others = (list_barrings(database, ChildId(child)) for child in (kept, merged))
        return tuple((mine[adult], one) for adult, one in others.items() if adult in mine)
    found = []
    for row in database.rows(
        "select child_id from barring where adult_id = :adult and ended_at is null", {"adult": merged}
    ):
        own = list_barrings(database, ChildId(row["child_id"]))
        if AdultId(kept) in own:
            found.append((own[AdultId(kept)], own[AdultId(merged)]))
    return tuple(found)


def list_booked(database: Database | Unit, child: ChildId, first: dt.date) -> tuple[Booked, ...]:
    """The bookings of a child that hold, from a day on."""
    rows = database.rows(
        "select id, child_id, class_id, day, from_minute, to_minute, tariff, note from booking"
        " where child_id = :child and day >= :first and ended_at is null order by day, from_minute",
        {"child": child, "first": first.isoformat()},
    )
    return tuple(
        Booked(
            BookingId(row["id"]), ChildId(row["child_id"]), ClassId(row["class_id"]),
            dt.date.fromisoformat(row["day"]), row["from_minute"], row["to_minute"],
            row["tariff"], row["note"],
        )
        for row in rows
    )  # fmt: skip


def add_tie(unit: Unit, child: ChildId, adult: AdultId, tie: Tie) -> int:
    """Say what an adult is to a child from now on; what held before has to be ended first."""
    from app.store import people

    people.add_tie(unit, child, adult, tie)
    row = unit.row(
        "select id from child_adult where child_id = :child and adult_id = :adult and ended_at is null",
        {"child": child, "adult": adult},
    )
    return 0 if row is None else int(row["id"])


def _tie_row(row: sqlite3.Row) -> TieRow:
    tie = Tie(
        row["relation"], bool(row["is_guardian"]), bool(row["may_collect"]), bool(row["is_emergency"]),
        bool(row["barred"]),
        None if row["only_day"] is None else dt.date.fromisoformat(row["only_day"]), row["sort"],
    )  # fmt: skip
    return TieRow(
        row["id"], ChildId(row["child_id"]), AdultId(row["adult_id"]), tie, row["ended_at"] is not None
    )
