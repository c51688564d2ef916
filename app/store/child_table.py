"""Every child on file with her class and everybody she has, for the table of children."""

import datetime as dt

from app.domain.ids import ChildId
from app.domain.record import record
from app.store.database import Database


@record
class TableAdult:
    """A grown-up of a child. ``paper`` holds kind, number, day and end of what bars somebody, as texts."""

    name: str
    relation: str
    phone: str
    is_guardian: bool
    may_collect: bool
    is_emergency: bool
    barred: bool
    born_on: str
    paper: tuple[str, str, str, str]


@record
class TableChild:
    """A child with her current or next contract; what is not known is empty."""

    id: ChildId
    name: str
    nickname: str
    sex: str
    born_on: str
    document_kind: str
    document_number: str
    allergy: str
    substances: tuple[str, ...]
    note: str
    class_name: str
    mode: str
    half: str
    starts_on: str
    adults: tuple[TableAdult, ...]


def list_table(database: Database, day: dt.date) -> tuple[TableChild, ...]:
    """Every child on file, by class. Whoever was named for one day only is nobody of hers tomorrow."""
    adults = _adults(database)
    substances: dict[int, list[str]] = {}
    for row in database.rows(
        "select child_id, substance from child_allergy where ended_at is null order by id"
    ):
        substances.setdefault(row["child_id"], []).append(row["substance"])
    rows = database.rows(
        "select c.id, c.name, c.nickname, c.sex, c.born_on, c.document_kind, c.document_number,"
        " c.allergy, c.note, g.name as class_name, e.mode, e.half, e.starts_on from child c"
        " left join enrolment e on e.id = (select max(x.id) from enrolment x where x.child_id = c.id"
        " and x.undone_at is null and (x.ends_on is null or x.ends_on >= :day))"
        " left join class_group g on g.id = e.class_id where c.gone_at is null order by g.sort, c.id",
        {"day": day.isoformat()},
    )
    return tuple(
        TableChild(
            ChildId(row["id"]),
            row["name"],
            row["nickname"],
            row["sex"] or "",
            row["born_on"],
            (row["document_kind"] or "") if row["document_number"] else "",
            row["document_number"] or "",
            row["allergy"],
            tuple(substances.get(row["id"], ())),
            row["note"],
            row["class_name"] or "",
            row["mode"] or "",
            row["half"] or "",
            row["starts_on"] or "",
            tuple(adults.get(row["id"], ())),
        )
        for row in rows
    )


def _adults(database: Database) -> dict[int, list[TableAdult]]:
    """Everybody of each child, first contact first. Whoever is barred is so on every day."""
    found: dict[int, list[TableAdult]] = {}
    for row in database.rows(
        "select t.child_id, a.name, t.relation, a.phone, t.is_guardian, t.may_collect, t.is_emergency,"
        " t.barred, a.born_on, b.paper_kind, b.paper_number, b.paper_on, b.valid_until"
        " from child_adult t join adult a on a.id = t.adult_id"
        " left join barring b on b.child_id = t.child_id and b.adult_id = t.adult_id and b.ended_at is null"
        " where t.ended_at is null and (t.only_day is null or t.barred = 1) order by t.sort, t.id"
    ):
        paper = (row["paper_kind"], row["paper_number"], row["paper_on"], row["valid_until"])
        adult = TableAdult(
            row["name"],
            row["relation"],
            row["phone"],
            bool(row["is_guardian"]),
            bool(row["may_collect"]),
            bool(row["is_emergency"]),
            bool(row["barred"]),
            row["born_on"] or "",
            (paper[0] or "", paper[1] or "", paper[2] or "", paper[3] or ""),
        )
        found.setdefault(row["child_id"], []).append(adult)
    return found
