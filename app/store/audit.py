"""The audit trail: reading it, and proving that no line was changed or cut out."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ids import StaffId
from app.store.database import Database, link
from app.store.stamps import moment

_START = "tuodehao"


@dataclass(frozen=True, slots=True)
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
    """The lines about one thing, oldest first."""
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


def first_broken_line(database: Database) -> int | None:
    """The id of the first line that does not follow from the one before; None when the trail is whole."""
    before = _START
    for row in database.rows(
        "select id, at, staff_id, verb, subject, subject_id, detail, chain from audit order by id"
    ):
        before = link(
            before,
            row["at"],
            row["staff_id"],
            row["verb"],
            row["subject"],
            row["subject_id"],
            row["detail"],
        )
        if before != row["chain"]:
            return int(row["id"])
    return None
