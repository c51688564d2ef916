"""Roll calls as kept: the call, the people on it, their marks, and what was noted of it."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence

from app.domain.ids import AdultId, ChildId, ClassId, RollCallId, StaffId, VisitId
from app.domain.record import record
from app.domain.rollcall import Call, CallKind, CallNote, Contact, HeadKey, HeadState
from app.store.database import Database, Unit
from app.store.formers import list_formers, other_phones
from app.store.stamps import moment, moment_or_none, stamp


class OpenCallExistsError(Exception):
    """The file already holds an open roll call. The service says it in words."""


@record
class Person:
    """Somebody on a roll, with the mark that stands. ``id`` is the key of the row."""

    id: int
    key: HeadKey
    class_id: ClassId | None
    name: str
    class_name: str
    listed_at: dt.datetime
    state: HeadState = HeadState.MISSING
    at: dt.datetime | None = None
    by: str = ""


_CALL = (
    "select r.id, r.kind, r.plan, r.started_at, s.name as starter, r.ended_at, e.name as ender, r.undone_at"
    " from roll_call r join staff s on s.id = r.started_by left join staff e on e.id = r.ended_by"
)


def add_call(unit: Unit, kind: CallKind, plan: str, day: dt.date, staff: StaffId) -> RollCallId:
    """Begin a roll call at the unit's moment.

    Raises:
        OpenCallExistsError: one is under way.
    """
    row = {
        "kind": kind.value,
        "plan": plan,
        "day": day.isoformat(),
        "started_at": unit.stamp,
        "started_by": staff,
    }
    try:
        return RollCallId(unit.insert("roll_call", row))
    except sqlite3.IntegrityError as error:
        if "roll_call_open_once" in str(error) or "UNIQUE" in str(error):
            raise OpenCallExistsError from error
        raise


def add_person(
    unit: Unit, call: RollCallId, key: HeadKey, name: str, class_id: ClassId | None, class_name: str
) -> int:
    """Put somebody on the roll; returns the key of the row."""
    return unit.insert(
        "roll_call_person",
        {
            "roll_call_id": call,
            "visit_id": key.visit,
            "staff_id": key.staff,
            "class_id": class_id,
            "name": name,
            "class_name": class_name,
            "listed_at": unit.stamp,
        },
    )


def add_mark(unit: Unit, person: int, batch: int, state: HeadState, how: str, staff: StaffId) -> int:
    """Mark somebody at the unit's moment. ``how`` is tap, class, scan or departure."""
    return unit.insert(
        "roll_call_mark",
        {
            "person_id": person,
            "batch": batch,
            "state": state.value,
            "how": how,
            "at": unit.stamp,
            "staff_id": staff,
        },
    )


def next_batch(unit: Unit) -> int:
    """A number for the marks of one act, so that one undo takes them all back."""
    row = unit.row("select max(batch) as last from roll_call_mark")
    return 1 if row is None or row["last"] is None else int(row["last"]) + 1


def reverse_batch(unit: Unit, batch: int, staff: StaffId) -> int:
    """Take the marks of one act back; returns how many stood."""
    done = unit.execute(
        "update roll_call_mark set undone_at = :at, undone_by = :staff"
        " where batch = :batch and undone_at is null",
        {"at": unit.stamp, "staff": staff, "batch": batch},
    )
    return done.rowcount


def find_call_of_batch(unit: Unit, batch: int) -> RollCallId | None:
    """The roll call that the marks of one act belong to."""
    row = unit.row(
        "select p.roll_call_id as id from roll_call_mark m join roll_call_person p on p.id = m.person_id"
        " where m.batch = :batch limit 1",
        {"batch": batch},
    )
    return None if row is None else RollCallId(row["id"])


def find_broken_off(unit: Unit, by: Call) -> Call | None:
    """The drill that ended at the moment in which this call began."""
    row = unit.row(
        f"{_CALL} where r.kind = 'drill' and r.ended_at = :at and r.undone_at is null and r.id < :id"
        " order by r.id desc limit 1",
        {"at": stamp(by.started_at), "id": by.id},
    )
    return None if row is None else _call(row)


def reverse_mark_of(unit: Unit, person: int, staff: StaffId) -> bool:
    """Take back the mark that stands for somebody; False when there is none."""
    done = unit.execute(
        "update roll_call_mark set undone_at = :at, undone_by = :staff"
        " where person_id = :person and undone_at is null",
        {"at": unit.stamp, "staff": staff, "person": person},
    )
    return done.rowcount == 1


def reverse_departures(unit: Unit, call: RollCallId, staff: StaffId) -> None:
    """What the end of a call wrote down of those who had gone holds no more: the call goes on."""
    unit.execute(
        "update roll_call_mark set undone_at = :at, undone_by = :staff where how = 'departure'"
        " and undone_at is null and person_id in"
        " (select id from roll_call_person where roll_call_id = :call)",
        {"at": unit.stamp, "staff": staff, "call": call},
    )


def end_call(unit: Unit, call: Call, staff: StaffId, at: dt.datetime | None = None) -> bool:
    """End a call, now or ``at``, never before its beginning (a clock set back); False when it is not open."""
    done = unit.execute(
        "update roll_call set ended_at = :at, ended_by = :staff"
        " where id = :id and ended_at is null and undone_at is null",
        {"at": stamp(max(at or unit.at, call.started_at)), "staff": staff, "id": call.id},
    )
    return done.rowcount == 1


def reopen_call(unit: Unit, call: RollCallId) -> bool:
    """The call goes on after all; the audit line keeps that it had ended. False when it is not ended.

    Raises:
        OpenCallExistsError: another one is under way by now.
    """
    try:
        done = unit.execute(
            "update roll_call set ended_at = null, ended_by = null"
            " where id = :id and ended_at is not null and undone_at is null",
            {"id": call},
        )
    except sqlite3.IntegrityError as error:
        raise OpenCallExistsError from error
    return done.rowcount == 1


def reverse_call(unit: Unit, call: RollCallId, staff: StaffId) -> bool:
    """Declare an open call void: it was begun by mistake. False when it is not open."""
    done = unit.execute(
        "update roll_call set undone_at = :at, undone_by = :staff"
        " where id = :id and ended_at is null and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": call},
    )
    return done.rowcount == 1


def add_note(unit: Unit, call: RollCallId, note: CallNote, staff: StaffId) -> int:
    """Keep what was noted of a call, in place of what stood before, which is kept, too."""
    unit.execute(
        "update roll_call_note set ended_at = :at where roll_call_id = :call and ended_at is null",
        {"at": unit.stamp, "call": call},
    )
    return unit.insert(
        "roll_call_note",
        {
            "roll_call_id": call,
            "course": note.course,
            "problems": note.problems,
            "improvements": note.improvements,
            "remarks": note.remarks,
            "noted_at": unit.stamp,
            "noted_by": staff,
        },
    )


def find_call(database: Database | Unit, call: RollCallId) -> Call | None:
    """One roll call, also one declared void."""
    row = database.row(f"{_CALL} where r.id = :id", {"id": call})
    return None if row is None else _call(row)


def find_open(database: Database | Unit) -> Call | None:
    """The roll call under way, if any: also one left open by a crash."""
    row = database.row(f"{_CALL} where r.ended_at is null and r.undone_at is null")
    return None if row is None else _call(row)


def list_calls(database: Database | Unit, limit: int = 200) -> tuple[Call, ...]:
    """Roll calls, newest first, those declared void left out."""
    rows = database.rows(
        f"{_CALL} where r.undone_at is null order by r.started_at desc, r.id desc limit :limit",
        {"limit": limit},
    )
    return tuple(_call(row) for row in rows)


def list_people(database: Database | Unit, call: RollCallId) -> tuple[Person, ...]:
    """Everybody on a roll with the mark that stands, in the order of listing."""
    rows = database.rows(
        "select p.id, p.visit_id, p.staff_id, p.class_id, p.name, p.class_name, p.listed_at,"
        " m.state, m.at, s.name as marker from roll_call_person p"
        " left join roll_call_mark m on m.person_id = p.id and m.undone_at is null"
        " left join staff s on s.id = m.staff_id where p.roll_call_id = :call order by p.id",
        {"call": call},
    )
    return tuple(_person(row) for row in rows)


def find_note(database: Database | Unit, call: RollCallId) -> CallNote:
    """What stands noted of a call; an empty note before anybody wrote one."""
    row = database.row(
        "select course, problems, improvements, remarks from roll_call_note"
        " where roll_call_id = :call and ended_at is null",
        {"call": call},
    )
    if row is None:
        return CallNote()
    return CallNote(row["course"], row["problems"], row["improvements"], row["remarks"])


def count_people(database: Database | Unit) -> dict[RollCallId, tuple[int, int]]:
    """How many were on each roll, and how many of them nobody has marked."""
    rows = database.rows(
        "select p.roll_call_id as id, count(*) as heads, count(*) - count(m.id) as missing"
        " from roll_call_person p"
        " left join roll_call_mark m on m.person_id = p.id and m.undone_at is null group by p.roll_call_id"
    )
    return {RollCallId(row["id"]): (row["heads"], row["missing"]) for row in rows}


def list_contacts(
    database: Database | Unit, children: Sequence[ChildId]
) -> dict[ChildId, tuple[Contact, ...]]:
    """Whom to ring for these children, guardians first, with all whole numbers; nobody who is barred."""
    wanted = set(children)
    found: dict[ChildId, tuple[Contact, ...]] = {}
    rows = database.rows(
        "select t.child_id, a.id, a.name, t.relation, a.phone from child_adult t"
        " join adult a on a.id = t.adult_id where t.ended_at is null and t.barred = 0 and t.child_id in"
        " (select child_id from visit where left_at is null and undone_at is null"
        "  union select v.child_id from visit v join roll_call_person p on p.visit_id = v.id"
        "  join roll_call r on r.id = p.roll_call_id where r.ended_at is null and r.undone_at is null)"
        " order by t.child_id, t.is_guardian desc, t.is_emergency desc, t.sort, t.id"
    )
    formers = list_formers(database)
    for row in rows:
        child = ChildId(row["child_id"])
        if child in wanted:
            others = other_phones(formers.get(AdultId(row["id"]), ()), row["phone"])
            phones = [phone for phone in (row["phone"], *(one.phone for one in others)) if phone]
            own = tuple(Contact(row["name"], row["relation"], phone) for phone in phones)
            found[child] = (*found.get(child, ()), *own)
    return found


def departures(
    database: Database | Unit, visits: Iterable[VisitId]
) -> dict[VisitId, tuple[HeadState, dt.datetime]]:
    """Those of these stays that are over: handed over, or taken back (she never came), and when.

    Nobody need look for either; but only one of them was fetched.
    """
    keys = list(visits)
    if not keys:
        return {}
    marks = ", ".join(f":v{at}" for at in range(len(keys)))
    rows = database.rows(
        "select id, coalesce(undone_at, left_at) as gone_at, undone_at is null as came from visit"
        f" where (left_at is not null or undone_at is not null) and id in ({marks})",
        {f"v{at}": key for at, key in enumerate(keys)},
    )
    return {
        VisitId(row["id"]): (HeadState.LEFT if row["came"] else HeadState.AWAY, moment(row["gone_at"]))
        for row in rows
    }


def _call(row: sqlite3.Row) -> Call:
    return Call(
        RollCallId(row["id"]),
        CallKind(row["kind"]),
        row["plan"],
        moment(row["started_at"]),
        row["starter"],
        moment_or_none(row["ended_at"]),
        row["ender"] or "",
        row["undone_at"] is not None,
    )


def _person(row: sqlite3.Row) -> Person:
    visit, staff, group = row["visit_id"], row["staff_id"], row["class_id"]
    return Person(
        id=row["id"],
        key=HeadKey(None if visit is None else VisitId(visit), None if staff is None else StaffId(staff)),
        class_id=None if group is None else ClassId(group),
        name=row["name"],
        class_name=row["class_name"],
        listed_at=moment(row["listed_at"]),
        state=HeadState.MISSING if row["state"] is None else HeadState(row["state"]),
        at=moment_or_none(row["at"]),
        by=row["marker"] or "",
    )
