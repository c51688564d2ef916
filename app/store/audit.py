"""The audit trail: reading it, and checking that it is whole.

What the chain shows: a line changed, put in or cut out anywhere but at the end. What the newest back-up shows
besides (``Tail``): lines cut off at the end since it was made. What neither shows: a change of other tables
(the lines name what was done, they hold no digest of the rows), and anybody who computes the whole chain anew
and replaces the back-ups, too: the chain has no secret. It guards against slips and quiet repairs, not
against a skilled owner of the machine.
"""

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

from app.domain.errors import SurroundingsError
from app.domain.ids import StaffId
from app.domain.record import record
from app.store.database import CHAIN_START, Clock, Database, link
from app.store.stamps import moment, stamp

_STRIDE = 10_000
# The subject of lines that say nothing of whom or what: a reading of the trail leaves them out.
HIDDEN = "restricted"


@record
class AuditLine:
    """Who did what to what, when."""

    id: int
    at: dt.datetime
    staff: StaffId | None
    verb: str
    subject: str
    subject_id: int | None
    detail: str


def list_lines(database: Database, subject: str, subject_id: int) -> tuple[AuditLine, ...]:
    """The lines about one thing, oldest first. What is restricted has none for anybody."""
    if subject == HIDDEN:
        return ()
    rows = database.rows(
        "select id, at, staff_id, verb, subject, subject_id, detail from audit"
        " where subject = :subject and subject_id = :id order by id",
        {"subject": subject, "id": subject_id},
    )
    return tuple(
        AuditLine(
            row["id"],
            moment(row["at"]),
            None if row["staff_id"] is None else StaffId(row["staff_id"]),
            row["verb"],
            row["subject"],
            row["subject_id"],
            row["detail"],
        )
        for row in rows
    )


def runs_past(database: Database, subject: str, subject_id: int, at: dt.datetime) -> bool:
    """Whether anything was written at ``at`` or later since the first line about a thing.

    So much time has gone by then, whatever a clock that was set back says now.
    """
    found = database.row(
        "select 1 as found from audit where at >= :at and id >"
        " (select min(id) from audit where subject = :subject and subject_id = :id) limit 1",
        {"at": stamp(at), "subject": subject, "id": subject_id},
    )
    return found is not None


@record
class Tail:
    """The last line of a trail: its id (0 where there is none) and the chain's value at it."""

    line: int
    chain: str


def find_tail(database: Database) -> Tail:
    """The end of the trail as it stands."""
    last = database.row("select id, chain from audit order by id desc limit 1")
    return Tail(0, CHAIN_START) if last is None else Tail(int(last["id"]), str(last["chain"]))


def find_tail_of(copy: Path, clock: Clock) -> Tail | None:
    """The same of a copy that is not open; None when it cannot be read."""
    try:
        with contextlib.closing(Database.peek(copy, clock)) as database:
            return find_tail(database)
    except (SurroundingsError, sqlite3.Error):
        return None


def holds(database: Database, tail: Tail) -> bool:
    """Whether the trail still holds the line with which a copy of it ended."""
    row = database.row("select chain from audit where id = :line", {"line": tail.line})
    return not tail.line or (row is not None and row["chain"] == tail.chain)


class Walk:
    """Goes along the chain in strides, so that whoever shares the thread need not wait for years of lines."""

    def __init__(self) -> None:
        self._after = 0
        self._chain = CHAIN_START
        self.ended = False
        self.broken: int | None = None

    def go_on(self, database: Database, lines: int = _STRIDE) -> None:
        """Check the next lines; ``ended`` at the last one or at the first that is ``broken`` (its id)."""
        rows = database.rows(
            "select id, at, staff_id, verb, subject, subject_id, detail, chain from audit"
            " where id > :after order by id limit :lines",
            {"after": self._after, "lines": lines},
        )
        for row in rows:
            said = (row["at"], row["staff_id"], row["verb"], row["subject"], row["subject_id"], row["detail"])
            self._chain = link(self._chain, *said)
            self._after = int(row["id"])
            if self._chain != row["chain"]:
                self.broken = self._after
                break
        self.ended = self.broken is not None or len(rows) < lines


def first_broken_line(database: Database) -> int | None:
    """The id of the first line that does not follow from the one before; None when the trail is whole."""
    walk = Walk()
    while not walk.ended:
        walk.go_on(database)
    return walk.broken
