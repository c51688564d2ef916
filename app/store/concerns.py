"""疑似侵害 as kept. Every reading names the reader: nobody else's record leaves this module.

The audit line of each writing names nobody and nothing (``HIDDEN``); who wrote what when stands in the row.
"""

import datetime as dt
import sqlite3
from dataclasses import field

from app.domain.concerns import may_read
from app.domain.ids import ChildId, ConcernId, StaffId
from app.domain.record import record
from app.domain.staff import Actor
from app.store.audit import HIDDEN
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none, stamp


@record
class NewConcern:
    """What was seen. ``photos`` says where pictures lie; none is kept here."""

    child: ChildId
    day: dt.date
    observer: StaffId
    facts: str
    photos: str = ""
    decided_by: str = ""


@record
class ConcernAddition:
    """Words added, or a report (``reported_at``, ``channel``, ``receipt``: number of the receipt)."""

    kind: str
    words: str = ""
    reported_at: dt.datetime | None = None
    channel: str = ""
    receipt: str = ""
    decided_by: str = ""
    by: str = ""
    at: dt.datetime | None = None


@record
class Concern:
    """One record with its additions, oldest first."""

    id: ConcernId
    told: NewConcern
    child_name: str
    observer_name: str
    reporter: StaffId
    reporter_name: str
    noted_at: dt.datetime
    additions: tuple[ConcernAddition, ...] = field(default_factory=tuple)

    @property
    def report(self) -> ConcernAddition | None:
        """The first report that was made."""
        return next((one for one in self.additions if one.kind == "report"), None)


def add_concern(unit: Unit, new: NewConcern, reporter: StaffId) -> ConcernId:
    """Keep what was seen."""
    key = unit.insert(
        "concern",
        {
            "child_id": new.child,
            "day": new.day.isoformat(),
            "observer_id": new.observer,
            "facts": new.facts,
            "photos": new.photos,
            "decided_by": new.decided_by,
            "reporter_id": reporter,
            "noted_at": unit.stamp,
        },
    )
    unit.audit(HIDDEN, None)
    return ConcernId(key)


def add_concern_addition(unit: Unit, concern: ConcernId, one: ConcernAddition, staff: StaffId) -> int:
    """Add words or a report."""
    key = unit.insert(
        "concern_addition",
        {
            "concern_id": concern,
            "kind": one.kind,
            "words": one.words,
            "reported_at": None if one.reported_at is None else stamp(one.reported_at),
            "channel": one.channel,
            "receipt": one.receipt,
            "decided_by": one.decided_by,
            "added_by": staff,
            "added_at": unit.stamp,
        },
    )
    unit.audit(HIDDEN, None)
    return key


_CONCERN = (
    "select n.id, n.child_id, n.day, n.observer_id, n.facts, n.photos, n.decided_by, n.reporter_id,"
    " n.noted_at, c.name as child_name, o.name as observer_name, r.name as reporter_name from concern n"
    " join child c on c.id = n.child_id join staff o on o.id = n.observer_id"
    " join staff r on r.id = n.reporter_id"
)


def find_concern(database: Database | Unit, reader: Actor, concern: ConcernId) -> Concern | None:
    """One record; None for whoever may not read it, as for one that is not there."""
    row = database.row(f"{_CONCERN} where n.id = :id", {"id": concern})
    if row is None or not may_read(reader, StaffId(row["reporter_id"])):
        return None
    return _concern(row, _additions(database, concern))


def list_concerns(database: Database | Unit, reader: Actor) -> tuple[Concern, ...]:
    """Every record the reader may know of, the latest first."""
    rows = database.rows(f"{_CONCERN} order by n.day desc, n.id desc")
    return tuple(
        _concern(row, _additions(database, row["id"]))
        for row in rows
        if may_read(reader, StaffId(row["reporter_id"]))
    )


def _additions(database: Database | Unit, concern: int) -> tuple[ConcernAddition, ...]:
    rows = database.rows(
        "select a.kind, a.words, a.reported_at, a.channel, a.receipt, a.decided_by, a.added_at,"
        " s.name as by_name from concern_addition a join staff s on s.id = a.added_by"
        " where a.concern_id = :id order by a.id",
        {"id": concern},
    )
    return tuple(
        ConcernAddition(
            row["kind"], row["words"], moment_or_none(row["reported_at"]), row["channel"], row["receipt"],
            row["decided_by"], row["by_name"], moment(row["added_at"]),
        )
        for row in rows
    )  # fmt: skip


def _concern(row: sqlite3.Row, additions: tuple[ConcernAddition, ...]) -> Concern:
    told = NewConcern(
        ChildId(row["child_id"]),
        dt.date.fromisoformat(row["day"]),
        StaffId(row["observer_id"]),
        row["facts"],
        row["photos"],
        row["decided_by"],
    )
    return Concern(
        ConcernId(row["id"]),
        told,
        row["child_name"],
        row["observer_name"],
        StaffId(row["reporter_id"]),
        row["reporter_name"],
        moment(row["noted_at"]),
        additions,
    )
