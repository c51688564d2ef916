"""The columns that records change, and the rows of everybody for the list: read at once, for all."""

import datetime as dt
from collections.abc import Collection

from app.domain.ids import AdultId, ChildId, ClassId
from app.domain.record import record
from app.store.among import among
from app.store.database import Database, Unit

# Columns of ``child`` and ``adult`` that a record changes; every other field lives in ``record_change``.
CHILD_COLUMNS = frozenset({"name", "nickname", "sex", "born_on", "document_kind", "document_number", "note"})
ADULT_COLUMNS = frozenset({"name", "phone", "born_on", "identity_seen_at"})
_NULLABLE = frozenset({"sex", "document_kind", "document_number", "identity_seen_at"})


@record
class ChildBase:
    """A child's own columns, for the list."""

    id: ChildId
    name: str
    nickname: str
    sex: str
    born_on: dt.date
    allergy: str
    has_document: bool
    pinyin: str


@record
class Place:
    """The enrolment that counts: the current one, else the next, else the last."""

    class_id: ClassId
    mode: str
    starts_on: dt.date
    ends_on: dt.date | None


@record
class Kin:
    """What the list asks of one adult of a child."""

    adult: AdultId
    phone: str
    is_guardian: bool
    may_collect: bool
    barred: bool
    identity_seen: bool


def list_children(database: Database, only: Collection[ChildId] | None = None) -> tuple[ChildBase, ...]:
    """Every child whose record holds, or some of them."""
    some, params = among(only, "id")
    rows = database.rows(
        "select id, name, nickname, sex, born_on, allergy, document_number, pinyin from child"
        f" where gone_at is null{some} order by id",
        params,
    )
    return tuple(
        ChildBase(
            ChildId(row["id"]),
            row["name"],
            row["nickname"],
            row["sex"] or "",
            dt.date.fromisoformat(row["born_on"]),
            row["allergy"],
            bool(row["document_number"]),
            row["pinyin"],
        )
        for row in rows
    )


def list_places(
    database: Database, today: dt.date, only: Collection[ChildId] | None = None
) -> dict[ChildId, Place]:
    """Where each child, or some of them, is enrolled on a day, will be next, or was last."""
    found: dict[ChildId, Place] = {}
    some, params = among(only, "child_id")
    for row in database.rows(
        "select child_id, class_id, mode, starts_on, ends_on from enrolment where undone_at is null"
        f"{some} order by starts_on, id",
        params,
    ):
        place = Place(
            ClassId(row["class_id"]),
            row["mode"],
            dt.date.fromisoformat(row["starts_on"]),
            None if row["ends_on"] is None else dt.date.fromisoformat(row["ends_on"]),
        )
        held = found.get(child := ChildId(row["child_id"]))
        if held is None or not _holds(held, today):
            found[child] = place
    return found


def _holds(place: Place, today: dt.date) -> bool:
    return place.starts_on <= today and (place.ends_on is None or place.ends_on >= today)


def list_kin(database: Database, only: Collection[ChildId] | None = None) -> dict[ChildId, tuple[Kin, ...]]:
    """The adults of every child, or of some, without those who were named for one day only."""
    found: dict[ChildId, list[Kin]] = {}
    some, params = among(only, "t.child_id")
    for row in database.rows(
        "select t.child_id, a.id, a.phone, t.is_guardian, t.may_collect, t.barred, a.identity_seen_at"
        " from child_adult t join adult a on a.id = t.adult_id"
        f" where t.ended_at is null and t.only_day is null{some}",
        params,
    ):
        kin = Kin(
            AdultId(row["id"]),
            row["phone"],
            bool(row["is_guardian"]),
            bool(row["may_collect"]),
            bool(row["barred"]),
            row["identity_seen_at"] is not None,
        )
        found.setdefault(ChildId(row["child_id"]), []).append(kin)
    return {child: tuple(kin) for child, kin in found.items()}


def visit_spans(
    database: Database, only: Collection[ChildId] | None = None
) -> dict[ChildId, tuple[dt.date, dt.date]]:
    """The first and the last day each child, or each of some, was here."""
    some, params = among(only, "child_id")
    rows = database.rows(
        "select child_id, min(day) as first, max(day) as last from visit where undone_at is null"
        f"{some} group by child_id",
        params,
    )
    return {
        ChildId(row["child_id"]): (dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"]))
        for row in rows
    }


def visit_days(database: Database, child: ChildId) -> tuple[dt.date, ...]:
    """The days a child was here."""
    rows = database.rows(
        "select distinct day from visit where child_id = :child and undone_at is null order by day",
        {"child": child},
    )
    return tuple(dt.date.fromisoformat(row["day"]) for row in rows)


def set_column(unit: Unit, subject: str, key: int, column: str, value: str) -> None:
    """Put another value into a column that a record may change; empty is null where that is allowed.

    Raises:
        ValueError: a column that records do not change.
    """
    if column not in (CHILD_COLUMNS if subject == "child" else ADULT_COLUMNS):
        msg = f"{subject}.{column} is not changed here"
        raise ValueError(msg)
    empty = not value and (column in _NULLABLE or (subject, column) == ("adult", "born_on"))
    unit.execute(
        f"update {subject} set {column} = :value where id = :id",
        {"value": None if empty else value, "id": key},
    )


def find_columns(database: Database | Unit, subject: str, key: int) -> dict[str, str] | None:
    """The columns of one child or adult as texts; None for one that is not there or gone."""
    columns = sorted(CHILD_COLUMNS if subject == "child" else ADULT_COLUMNS)
    row = database.row(
        f"select {', '.join(columns)} from {subject} where id = :id and gone_at is null", {"id": key}
    )
    return None if row is None else {column: row[column] or "" for column in columns}


def end_record(unit: Unit, subject: str, key: int, superseded_by: int | None = None) -> None:
    """A record holds no more: entered by mistake, or merged into another one."""
    unit.execute(
        f"update {subject} set gone_at = :at, superseded_by = :by where id = :id",
        {"at": unit.stamp, "by": superseded_by, "id": key},
    )


def reopen_record(unit: Unit, subject: str, key: int) -> None:
    """A record that was merged holds again."""
    unit.execute(f"update {subject} set gone_at = null, superseded_by = null where id = :id", {"id": key})


def adults_with_phone(database: Database, phone: str) -> tuple[tuple[AdultId, str], ...]:
    """Adults with a number: key and name."""
    rows = database.rows(
        "select id, name from adult where phone = :phone and gone_at is null order by id", {"phone": phone}
    )
    return tuple((AdultId(row["id"]), row["name"]) for row in rows)


def find_tie_row(database: Database | Unit, child: ChildId, adult: AdultId) -> int | None:
    """The row that says what an adult is to a child now."""
    row = database.row(
        "select id from child_adult where child_id = :child and adult_id = :adult and ended_at is null",
        {"child": child, "adult": adult},
    )
    return None if row is None else int(row["id"])


def children_of(database: Database | Unit, adult: AdultId) -> tuple[ChildId, ...]:
    """The children an adult belongs to."""
    rows = database.rows(
        "select child_id from child_adult where adult_id = :adult and ended_at is null order by id",
        {"adult": adult},
    )
    return tuple(ChildId(row["child_id"]) for row in rows)
