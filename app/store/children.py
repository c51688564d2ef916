"""The children on file, what they must not eat, and where they belong."""

import datetime as dt
import sqlite3

from app.domain.ids import ChildId, ClassId
from app.domain.modes import CareMode, HalfDay
from app.domain.record import record
from app.store.database import Database, Unit


@record
class Child:
    """A child as kept. ``allergy`` is none, has or unknown; ``substances`` are those that hold now."""

    id: ChildId
    name: str
    nickname: str
    sex: str | None
    born_on: dt.date
    allergy: str
    substances: tuple[str, ...]
    document_number: str


@record
class NewChild:
    """A child to be kept. The keys are for searching."""

    name: str
    born_on: dt.date
    allergy: str
    pinyin: str
    initials: str
    nickname: str = ""
    sex: str | None = None
    document_kind: str | None = None
    document_number: str | None = None
    note: str = ""


@record
class Sounding:
    """How a child is called, and since when: enough to tell who may be the same."""

    child: ChildId
    name: str
    born_on: dt.date
    pinyin: str


@record
class Enrolment:
    """A contract (在册) as kept. ``weekdays`` are ISO digits; clock times are minutes after midnight."""

    child: ChildId
    class_id: ClassId
    mode: CareMode
    half: HalfDay | None
    weekdays: str
    arrive_minute: int
    leave_minute: int
    starts_on: dt.date
    ends_on: dt.date | None = None


def add_child(unit: Unit, child: NewChild) -> ChildId:
    """Put a child on file."""
    return ChildId(
        unit.insert(
            "child",
            {
                "name": child.name,
                "nickname": child.nickname,
                "sex": child.sex,
                "born_on": child.born_on.isoformat(),
                "document_kind": child.document_kind,
                "document_number": child.document_number,
                "allergy": child.allergy,
                "pinyin": child.pinyin,
                "initials": child.initials,
                "note": child.note,
                "added_at": unit.stamp,
            },
        )
    )


def find_child(database: Database | Unit, child: ChildId) -> Child | None:
    """One child; None where her record holds no more (entered by mistake, or merged into another)."""
    row = database.row(
        "select id, name, nickname, sex, born_on, allergy, document_number from child"
        " where id = :id and gone_at is null",
        {"id": child},
    )
    if row is None:
        return None
    substances = database.rows(
        "select substance from child_allergy where child_id = :id and ended_at is null order by id",
        {"id": child},
    )
    return Child(
        ChildId(row["id"]),
        row["name"],
        row["nickname"],
        row["sex"],
        dt.date.fromisoformat(row["born_on"]),
        row["allergy"],
        tuple(one["substance"] for one in substances),
        row["document_number"] or "",
    )


def list_same(database: Database | Unit, name: str, born_on: dt.date) -> tuple[ChildId, ...]:
    """The children on file with this name and birth date: the same child most often, not always."""
    rows = database.rows(
        "select id from child where name = :name and born_on = :born and gone_at is null order by id",
        {"name": name, "born": born_on.isoformat()},
    )
    return tuple(ChildId(row["id"]) for row in rows)


def list_born(database: Database | Unit, born_on: dt.date) -> tuple[Sounding, ...]:
    """The children on file born on a day."""
    rows = database.rows(
        "select id, name, born_on, pinyin from child where born_on = :born and gone_at is null order by id",
        {"born": born_on.isoformat()},
    )
    return tuple(_sounding(row) for row in rows)


@record
class Beside:
    """A child from whom somebody is barred, beside another one: in what the two agree."""

    other: Sounding
    own: str  # how the child herself sounds
    same_birth: bool
    same_number: bool  # an adult of each has the same number


def list_barring_beside(database: Database | Unit, child: ChildId) -> tuple[Beside, ...]:
    """Those from whom somebody is barred, born on the day of a child or with an adult of the same number.

    One query by indexes, and empty for nearly everybody: it is asked at arrivals.
    """
    rows = database.rows(
        "with near (id) as (select o.id from child c join child o on o.born_on = c.born_on where c.id = :id"
        " union select t2.child_id"
        " from child_adult t1 join adult a1 on a1.id = t1.adult_id and a1.phone <> ''"
        " join adult a2 on a2.phone = a1.phone join child_adult t2 on t2.adult_id = a2.id"
        " where t1.child_id = :id and t1.ended_at is null and t2.ended_at is null)"
        " select o.id, o.name, o.born_on, o.pinyin, c.pinyin as own, c.born_on as own_born,"
        " exists (select 1 from child_adult t1 join adult a1 on a1.id = t1.adult_id and a1.phone <> ''"
        " join adult a2 on a2.phone = a1.phone join child_adult t2 on t2.adult_id = a2.id"
        " where t1.child_id = c.id and t2.child_id = o.id and t1.ended_at is null and t2.ended_at is null)"
        " as shared from near n join child o on o.id = n.id and o.id <> :id and o.gone_at is null"
        " join child c on c.id = :id and c.gone_at is null where exists (select 1 from child_adult t"
        " where t.child_id = o.id and t.barred = 1 and t.ended_at is null) order by o.id",
        {"id": child},
    )
    return tuple(
        Beside(_sounding(row), row["own"], row["born_on"] == row["own_born"], bool(row["shared"]))
        for row in rows
    )


def find_sounding(database: Database | Unit, child: ChildId) -> Sounding | None:
    """How one child on file is called."""
    row = database.row(
        "select id, name, born_on, pinyin from child where id = :id and gone_at is null", {"id": child}
    )
    return None if row is None else _sounding(row)


def find_by_document(database: Database | Unit, kind: str, number: str) -> ChildId | None:
    """The child on file with this identity number, or with one that a record merged into hers had."""
    row = database.row(
        "select id, gone_at, superseded_by from child"
        " where document_kind = :kind and document_number = :number",
        {"kind": kind, "number": number},
    )
    while row is not None and row["gone_at"] is not None:
        row = database.row(
            "select id, gone_at, superseded_by from child where id = :id", {"id": row["superseded_by"]}
        )
    return None if row is None else ChildId(row["id"])


def release_document(unit: Unit, child: ChildId, kind: str, number: str) -> None:
    """A number left with a record merged into a child's is wanted by hers: it may be held once only."""
    if number and find_by_document(unit, kind, number) == child:
        unit.execute(
            "update child set document_number = null where document_kind = :kind"
            " and document_number = :number and gone_at is not null",
            {"kind": kind, "number": number},
        )


def answer_allergy(unit: Unit, child: ChildId, answer: str, substances: tuple[str, ...]) -> tuple[str, ...]:
    """Keep an answer about allergies and return what it ended: what no longer holds.

    Nobody's not knowing ends anything: after ``unknown`` what was held is held, and so is its answer.

    Raises:
        ValueError: ``has`` without a substance.
    """
    if answer == "has" and not substances:
        raise ValueError("an allergy to nothing")
    held = {
        row["substance"]: row["id"]
        for row in unit.rows(
            "select id, substance from child_allergy where child_id = :id and ended_at is null", {"id": child}
        )
    }
    if answer == "unknown" and held:
        return ()
    unit.execute("update child set allergy = :answer where id = :id", {"answer": answer, "id": child})
    for substance in substances:
        if substance not in held:
            unit.insert("child_allergy", {"child_id": child, "substance": substance, "added_at": unit.stamp})
    ended = {substance: key for substance, key in held.items() if substance not in substances}
    for key in ended.values():
        unit.execute("update child_allergy set ended_at = :at where id = :id", {"at": unit.stamp, "id": key})
    return tuple(ended)


def note_document(unit: Unit, child: ChildId, kind: str, number: str) -> None:
    """Add the identity number that was missing so far; one that is on file is not replaced here."""
    unit.execute(
        "update child set document_kind = :kind, document_number = :number"
        " where id = :id and document_number is null",
        {"kind": kind, "number": number, "id": child},
    )


def add_enrolment(unit: Unit, enrolment: Enrolment) -> int:
    """Enter a contract."""
    return unit.insert(
        "enrolment",
        {
            "child_id": enrolment.child,
            "class_id": enrolment.class_id,
            "mode": enrolment.mode.value,
            "half": None if enrolment.half is None else enrolment.half.value,
            "weekdays": enrolment.weekdays,
            "arrive_minute": enrolment.arrive_minute,
            "leave_minute": enrolment.leave_minute,
            "starts_on": enrolment.starts_on.isoformat(),
            "ends_on": None if enrolment.ends_on is None else enrolment.ends_on.isoformat(),
        },
    )


def _sounding(row: sqlite3.Row) -> Sounding:
    return Sounding(ChildId(row["id"]), row["name"], dt.date.fromisoformat(row["born_on"]), row["pinyin"])
