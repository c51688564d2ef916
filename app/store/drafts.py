"""Work that is not finished: what was typed, kept at each pause, there again after a crash."""

import datetime as dt

from app.domain.ids import DraftId, StaffId
from app.domain.names import drop_halves
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, stamp


@record
class Draft:
    """One draft. ``held`` means put aside on purpose (挂起); ``kind`` says what it is a draft of."""

    id: DraftId
    title: str
    body: str
    held: bool
    saved_at: dt.datetime
    kind: str = ""


_DRAFT = "select id, kind, title, body, held, saved_at from draft where kind = :kind and done_at is null"


def add_draft(unit: Unit, kind: str, staff: StaffId, title: str, body: str) -> DraftId:
    """Begin a draft."""
    typed = {"title": drop_halves(title), "body": drop_halves(body)}
    row = {"kind": kind, "staff_id": staff, **typed, "saved_at": unit.stamp}
    return DraftId(unit.insert("draft", row))


def keep_draft(unit: Unit, draft: DraftId, staff: StaffId, title: str, body: str) -> bool:
    """Keep the newest state of one's own draft; False when it is finished or somebody else has it."""
    done = unit.execute(
        "update draft set title = :title, body = :body, saved_at = :at"
        " where id = :id and staff_id = :staff and done_at is null",
        {
            "title": drop_halves(title),
            "body": drop_halves(body),
            "at": unit.stamp,
            "id": draft,
            "staff": staff,
        },
    )
    return done.rowcount == 1


def hold_draft(unit: Unit, draft: DraftId, staff: StaffId, *, held: bool) -> bool:
    """Put a draft aside, or take it up as one's own; False when it is finished or another has it."""
    done = unit.execute(
        "update draft set held = :held, staff_id = :staff where id = :id and done_at is null"
        " and (held = 1 or :held = 1 or staff_id = :staff)",
        {"held": int(held), "staff": staff, "id": draft},
    )
    return done.rowcount == 1


def end_draft(unit: Unit, draft: DraftId) -> bool:
    """The work is done or given up; False when it was."""
    done = unit.execute(
        "update draft set done_at = :at where id = :id and done_at is null", {"at": unit.stamp, "id": draft}
    )
    return done.rowcount == 1


def find_draft(database: Database | Unit, kind: str, draft: DraftId) -> Draft | None:
    """One unfinished draft."""
    rows = _list(database, f"{_DRAFT} and id = :id", {"kind": kind, "id": draft})
    return rows[0] if rows else None


def ended_body(database: Database, draft: DraftId) -> str | None:
    """The last state of a finished draft; None while it is not finished."""
    row = database.row("select body from draft where id = :id and done_at is not null", {"id": draft})
    return None if row is None else str(row["body"])


def list_takeable(database: Database | Unit, kind: str, staff: StaffId) -> tuple[Draft, ...]:
    """What this staff member may take up, oldest first: put aside by anybody, or her own."""
    sql = f"{_DRAFT} and (held = 1 or staff_id = :staff) order by saved_at, id"
    return _list(database, sql, {"kind": kind, "staff": staff})


def find_open(database: Database | Unit, kind: str, staff: StaffId) -> Draft | None:
    """The draft this staff member was typing when the program stopped."""
    sql = f"{_DRAFT} and held = 0 and staff_id = :staff order by saved_at desc, id desc limit 1"
    rows = _list(database, sql, {"kind": kind, "staff": staff})
    return rows[0] if rows else None


def list_open(database: Database, prefix: str, staff: StaffId) -> tuple[Draft, ...]:
    """What one staff member was typing of every kind that begins so, the newest first."""
    sql = (
        "select id, kind, title, body, held, saved_at from draft where substr(kind, 1, :length) = :prefix"
        " and done_at is null and held = 0 and staff_id = :staff order by saved_at desc, id desc"
    )
    return _list(database, sql, {"prefix": prefix, "length": len(prefix), "staff": staff})


def list_ended_at(database: Database | Unit, kind: str, at: dt.datetime) -> tuple[Draft, ...]:
    """What was finished at an instant."""
    sql = (
        "select id, kind, title, body, held, saved_at from draft"
        " where kind = :kind and done_at = :at order by id"
    )
    return _list(database, sql, {"kind": kind, "at": stamp(at)})


def put_aside_again(unit: Unit, draft: DraftId) -> None:
    """A draft that had been finished is unfinished after all, and anybody's who takes it up."""
    unit.execute("update draft set done_at = null, held = 1 where id = :id", {"id": draft})


def reopen_draft(unit: Unit, draft: DraftId, staff: StaffId) -> bool:
    """One's own draft that was given up is open again; False when it was saved or another took its place."""
    done = unit.execute(
        "update draft set done_at = null where id = :id and staff_id = :staff and done_at is not null"
        " and body <> '' and not exists (select 1 from draft o where o.kind = draft.kind"
        " and o.staff_id = draft.staff_id and o.done_at is null and o.held = 0)",
        {"id": draft, "staff": staff},
    )
    return done.rowcount == 1


def count_held(database: Database | Unit, kind: str) -> int:
    """How many were put aside."""
    row = database.row(
        "select count(*) as heads from draft where kind = :kind and done_at is null and held = 1",
        {"kind": kind},
    )
    return 0 if row is None else int(row["heads"])


def _list(database: Database | Unit, sql: str, params: dict[str, object]) -> tuple[Draft, ...]:
    return tuple(
        Draft(
            DraftId(row["id"]),
            row["title"],
            row["body"],
            bool(row["held"]),
            moment(row["saved_at"]),
            row["kind"],
        )
        for row in database.rows(sql, params)
    )
