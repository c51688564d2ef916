"""Lists that were taken in: what each has made, what came of it since, and its way back."""

import datetime as dt

from app.domain.ids import ChildId, StaffId
from app.domain.record import record
from app.store import record_acts
from app.store.bound import list_bound
from app.store.database import Database, Unit
from app.store.record_acts import Act
from app.store.stamps import moment


@record
class OnFile:
    """A child on file as far as a new list could name her again."""

    id: ChildId
    name: str
    born_on: str
    pinyin: str
    document: tuple[str, str] | None
    phones: tuple[str, ...] = ()  # of her adults


@record
class Batch:
    """A list that was taken in."""

    id: int
    file_name: str
    rows: int
    made_at: dt.datetime
    made_by: str
    undone: bool


def list_on_file(database: Database) -> tuple[OnFile, ...]:
    """Every child on file."""
    phones: dict[int, list[str]] = {}
    for row in database.rows(
        "select t.child_id, a.phone from child_adult t join adult a on a.id = t.adult_id"
        " where t.ended_at is null and a.phone <> ''"
    ):
        phones.setdefault(row["child_id"], []).append(row["phone"])
    rows = database.rows(
        "select id, name, born_on, pinyin, document_kind, document_number from child"
        " where gone_at is null order by id"
    )
    return tuple(
        OnFile(
            ChildId(row["id"]),
            row["name"],
            row["born_on"],
            row["pinyin"],
            None if row["document_number"] is None else (row["document_kind"], row["document_number"]),
            tuple(phones.get(row["id"], ())),
        )
        for row in rows
    )


def add_batch(unit: Unit, file_name: str, rows: int, staff: StaffId) -> int:
    """Note a list that is being taken in."""
    row = {"file_name": file_name, "rows": rows, "made_at": unit.stamp, "made_by": staff}
    return unit.insert("import_batch", row)


def add_row(unit: Unit, batch: int, number: int, child: ChildId, enrolment: int | None) -> None:
    """Note what a row of the list has made."""
    unit.insert(
        "import_row",
        {"batch_id": batch, "row_number": number, "child_id": child, "enrolment_id": enrolment},
    )


def find_batch(database: Database, batch: int) -> Batch | None:
    """One list."""
    return next((one for one in list_batches(database) if one.id == batch), None)


def list_batches(database: Database) -> tuple[Batch, ...]:
    """All lists, newest first."""
    rows = database.rows(
        "select b.id, b.file_name, b.rows, b.made_at, b.undone_at, s.name as maker"
        " from import_batch b join staff s on s.id = b.made_by order by b.id desc"
    )
    return tuple(
        Batch(
            row["id"],
            row["file_name"],
            row["rows"],
            moment(row["made_at"]),
            row["maker"],
            row["undone_at"] is not None,
        )
        for row in rows
    )


def list_children(database: Database, batch: int) -> tuple[ChildId, ...]:
    """The children a list has made."""
    rows = database.rows(
        "select child_id from import_row where batch_id = :batch order by row_number", {"batch": batch}
    )
    return tuple(ChildId(row["child_id"]) for row in rows)


def list_moved(database: Database, batch: int) -> tuple[tuple[str, frozenset[str]], ...]:
    """The children of a list of whom anything speaks since: the name, and the tables that do (``bound``).

    Empty tables are those of a child whose record itself was looked at or changed.
    """
    speaking = list_bound(database, database, list_children(database, batch))
    rows = database.rows(
        "select c.id, c.name, (c.gone_at is not null"
        " or exists (select 1 from audit a where a.subject = 'child' and a.subject_id = c.id"
        "            and a.verb <> 'import_children')"
        " or exists (select 1 from child_adult t where t.child_id = c.id and t.ended_at is not null))"
        " as moved from import_row r join child c on c.id = r.child_id"
        " where r.batch_id = :batch order by r.row_number",
        {"batch": batch},
    )
    return tuple(
        (row["name"], speaking.get(ChildId(row["id"]), frozenset()))
        for row in rows
        if row["moved"] or row["id"] in speaking
    )


def list_telling_acts(database: Database | Unit, batch: int) -> tuple[Act, ...]:
    """The acts of a list that changed what is on file of grown-ups."""
    rows = database.rows(
        "select a.id from import_row r join record_act a on a.subject = 'child' and a.subject_id = r.child_id"
        " where r.batch_id = :batch and a.verb = 'import_children' and a.undone_at is null"
        " and exists (select 1 from record_change c where c.act_id = a.id and c.subject = 'adult')"
        " order by a.id",
        {"batch": batch},
    )
    found = (record_acts.find_act(database, row["id"]) for row in rows)
    return tuple(act for act in found if act is not None)


def reverse_batch(unit: Unit, batch: int, staff: StaffId) -> None:
    """Take a list back: nothing is deleted, all it made is marked as undone or ended.

    A number of identity is kept under another kind, so that the child may be taken in again.
    """
    params = {"batch": batch, "at": unit.stamp, "staff": staff}
    made = "(select child_id from import_row where batch_id = :batch)"
    for sql in (
        "update child set gone_at = :at, document_kind = case when document_kind is null then null"
        f" else document_kind || ' undone ' || id end where id in {made}",
        f"update enrolment set undone_at = :at where child_id in {made}",
        f"update child_adult set ended_at = :at where child_id in {made} and ended_at is null",
        f"update child_allergy set ended_at = :at where child_id in {made} and ended_at is null",
        f"update barring set ended_at = :at where child_id in {made} and ended_at is null",
        "update import_batch set undone_at = :at, undone_by = :staff where id = :batch",
    ):
        unit.execute(sql, params)
