"""禁止接走 alarms: who was taken for whom and why, and what a second person decided."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.barred import Mark
from app.domain.ids import AdultId, AlarmId, ChildId, StaffId
from app.domain.record import record
from app.store import people, record_acts
from app.store.database import Database, Unit
from app.store.formers import list_formers
from app.store.stamps import moment


@record
class NewAlarm:
    """Somebody is like a barred person. ``typed`` is name and relation as given, never a number."""

    child: ChildId
    barred: AdultId
    place: str  # collect | grant | bring
    typed: str
    marks: tuple[Mark, ...]
    day: dt.date
    raised_by: StaffId
    adult: AdultId | None = None


@record
class KeptAlarm:
    """An alarm as kept. ``decision`` is refused, cleared, or empty while nobody has decided."""

    id: AlarmId
    child: ChildId
    child_name: str
    barred: AdultId
    barred_words: str  # 爸爸 朱强
    place: str
    typed: str
    adult: AdultId | None
    marks: tuple[Mark, ...]
    raised_at: dt.datetime
    raised_by: StaffId
    decision: str
    reason: str
    day: dt.date
    decided_by: StaffId | None = None


# What the barred person of an alarm ``m`` is to the child, else to who bars him: she may only be like her.
RELATION = (
    "coalesce((select t.relation from child_adult t"
    " where t.adult_id = m.barred_id and t.child_id = m.child_id"
    " order by t.ended_at is null desc, t.id desc limit 1),"
    " (select t.relation from child_adult t where t.adult_id = m.barred_id and t.barred = 1"
    " order by t.ended_at is null desc, t.id desc limit 1)) as relation"
)
_ALARM = (
    "select m.id, m.child_id, c.name as child, m.barred_id, a.name as barred, m.place, m.typed, m.adult_id,"
    " m.marks, m.raised_at, m.raised_by, m.decision, m.reason, m.day, m.decided_by,"
    f" {RELATION}"
    " from barred_alarm m join child c on c.id = m.child_id join adult a on a.id = m.barred_id"
)


def add_alarm(unit: Unit, alarm: NewAlarm) -> AlarmId:
    """Keep an alarm at the unit's moment."""
    return AlarmId(
        unit.insert(
            "barred_alarm",
            {
                "child_id": alarm.child,
                "barred_id": alarm.barred,
                "place": alarm.place,
                "typed": alarm.typed,
                "adult_id": alarm.adult,
                "marks": " ".join(alarm.marks),
                "day": alarm.day.isoformat(),
                "raised_at": unit.stamp,
                "raised_by": alarm.raised_by,
            },
        )
    )


def end_alarm(unit: Unit, alarm: AlarmId, staff: StaffId, decision: str, reason: str) -> bool:
    """Keep what a second person decided; False when it was decided before."""
    done = unit.execute(
        "update barred_alarm set decided_at = :at, decided_by = :staff, decision = :decision,"
        " reason = :reason where id = :id and decided_at is null",
        {"at": unit.stamp, "staff": staff, "decision": decision, "reason": reason, "id": alarm},
    )
    return done.rowcount == 1


def find_alarm(database: Database | Unit, alarm: AlarmId) -> KeptAlarm | None:
    """One alarm."""
    row = database.row(f"{_ALARM} where m.id = :id", {"id": alarm})
    return None if row is None else _alarm(row)


def list_undecided(database: Database | Unit) -> tuple[KeptAlarm, ...]:
    """Alarms that nobody has decided (the program may have been ended under one), oldest first."""
    rows = database.rows(f"{_ALARM} where m.decided_at is null order by m.id")
    return tuple(_alarm(row) for row in rows)


def list_of_child(database: Database | Unit, child: ChildId) -> tuple[KeptAlarm, ...]:
    """All alarms about a child, oldest first."""
    rows = database.rows(f"{_ALARM} where m.child_id = :child order by m.id", {"child": child})
    return tuple(_alarm(row) for row in rows)


def list_cleared(
    database: Database | Unit, child: ChildId, typed: str, adult: AdultId | None, day: dt.date
) -> dict[AdultId, frozenset[Mark]]:
    """The barred persons who this one was found not to be, and by what he was like them.

    For good where he is on file, else for the day; and until one decides otherwise of him.
    """
    rows = database.rows(
        "select barred_id, marks, decision from barred_alarm where child_id = :child"
        " and ((adult_id is not null and adult_id = :adult) or (typed = :typed and day = :day))"
        " and decided_at is not null order by decided_at, id",
        {"child": child, "typed": typed, "adult": adult, "day": day.isoformat()},
    )
    found: dict[AdultId, frozenset[Mark]] = {}
    for row in rows:
        key = AdultId(row["barred_id"])
        held = found.get(key, frozenset()) | {Mark(one) for one in row["marks"].split()}
        found[key] = held if row["decision"] == "cleared" else frozenset()
    return found


def list_said(database: Database | Unit, adult: AdultId) -> frozenset[str]:
    """What was said last of whether an adult on file is somebody barred: cleared, refused, empty for nothing
    yet. One word for each child and each barred person; none where nobody is barred any more.
    """
    rows = database.rows(
        "select child_id, barred_id, decision from barred_alarm"
        " where adult_id = :adult and barred_id <> :adult order by decided_at is null, decided_at, id",
        {"adult": adult},
    )
    last = {(row["child_id"], row["barred_id"]): row["decision"] or "" for row in rows}
    return frozenset(
        said for (_, barred), said in last.items() if people.is_barred(database, AdultId(barred))
    )


def is_watched(database: Database | Unit, adult: AdultId) -> bool:
    """Whether what an adult is known by stays a mark once it changes: barred from some child, or taken for
    somebody barred and not found to be another."""
    return people.is_barred(database, adult) or bool(list_said(database, adult) - {"cleared"})


def list_standing(
    database: Database | Unit, barred: Sequence[AdultId], day: dt.date
) -> tuple[KeptAlarm, ...]:
    """The alarms by which somebody is another than one of these barred persons, as it stands on a day."""
    found: dict[tuple[object, ...], KeptAlarm] = {}
    for key in barred:
        query = (
            f"{_ALARM} where m.barred_id = :barred and m.decided_at is not null order by m.decided_at, m.id"
        )
        for one in map(_alarm, database.rows(query, {"barred": key})):
            who = (one.typed, one.day) if one.adult is None else (one.adult,)
            found.pop((one.child, *who), None)
            if one.decision == "cleared" and (one.adult is not None or one.day == day):
                found[one.child, *who] = one
    return tuple(found.values())


def add_trait(unit: Unit, adult: AdultId, kind: str, value: str, staff: StaffId) -> int:
    """Note what else a barred person is known by: nickname, phone or identity (a number or its tail)."""
    row = {"adult_id": adult, "kind": kind, "value": value, "noted_by": staff, "noted_at": unit.stamp}
    return unit.insert("barred_trait", row)


def end_trait(unit: Unit, trait: int) -> bool:
    """It holds no more; False when it had ended before."""
    done = unit.execute(
        "update barred_trait set ended_at = :at where id = :id and ended_at is null",
        {"at": unit.stamp, "id": trait},
    )
    return done.rowcount == 1


def reopen_trait(unit: Unit, trait: int) -> bool:
    """It holds again; False when it had not ended."""
    done = unit.execute(
        "update barred_trait set ended_at = null where id = :id and ended_at is not null", {"id": trait}
    )
    return done.rowcount == 1


def find_trait(database: Database | Unit, trait: int) -> tuple[AdultId, str] | None:
    """Whose it is, and its kind."""
    row = database.row("select adult_id, kind from barred_trait where id = :id", {"id": trait})
    return None if row is None else (AdultId(row["adult_id"]), row["kind"])


def list_kept_traits(
    database: Database | Unit, adults: Sequence[AdultId]
) -> tuple[tuple[AdultId, int, str, str], ...]:
    """Whose, key, kind and value of what these are known by besides their names."""
    found: list[tuple[AdultId, int, str, str]] = []
    for adult in adults:
        rows = database.rows(
            "select id, kind, value from barred_trait where adult_id = :adult and ended_at is null"
            " order by id",
            {"adult": adult},
        )
        found += [(adult, row["id"], row["kind"], row["value"]) for row in rows]
    return tuple(found)


def list_traits(database: Database | Unit, adult: AdultId) -> tuple[tuple[str, str], ...]:
    """Kind and value of what else a person is known by, also by records that were merged into his.

    A merged record tells a ``name`` besides; it has no key and does not end.
    """
    rows = database.rows(
        "select kind, value from barred_trait where adult_id = :adult and ended_at is null order by id",
        {"adult": adult},
    )
    found = [(row["kind"], row["value"]) for row in rows]
    for one in list_formers(database, (adult,)).get(adult, ()):
        number = record_acts.list_values(database, "adult", one.id).get("document_number", "")
        told = (("name", one.name), ("phone", one.phone), ("identity", number))
        found += [(kind, value) for kind, value in told if value]
    return tuple(found)


def list_numbers(database: Database | Unit, adult: AdultId) -> tuple[str, ...]:
    """The numbers a person has, is known by or ever had on file, also in records merged into his.

    One that was noted as his and struck off again (by the director, with her PIN) is his no more, unless he
    has it now.
    """
    keys = (adult, *(one.id for one in list_formers(database, (adult,)).get(adult, ())))
    found: dict[str, set[str]] = {"held": set(), "once": set(), "struck": set()}
    found["held"].update(value for kind, value in list_traits(database, adult) if kind == "phone")
    for key in keys:
        for row in database.rows(
            "select phone as value, 'held' as kind from adult where id = :id"
            " union all select before, 'once' from record_change"
            " where subject = 'adult' and subject_id = :id and field = 'phone'"
            " union all select value, 'once' from record_change"
            " where subject = 'adult' and subject_id = :id and field = 'phone'"
            " union all select value, 'struck' from barred_trait"
            " where adult_id = :id and kind = 'phone' and ended_at is not null",
            {"id": key},
        ):
            found[row["kind"]].add(row["value"])
    return tuple(sorted(one for one in found["held"] | (found["once"] - found["struck"]) if one))


def _alarm(row: sqlite3.Row) -> KeptAlarm:
    return KeptAlarm(
        id=AlarmId(row["id"]),
        child=ChildId(row["child_id"]),
        child_name=row["child"],
        barred=AdultId(row["barred_id"]),
        barred_words=f"{row['relation'] or ''} {row['barred']}".strip(),
        place=row["place"],
        typed=row["typed"],
        adult=None if row["adult_id"] is None else AdultId(row["adult_id"]),
        marks=tuple(Mark(one) for one in row["marks"].split()),
        raised_at=moment(row["raised_at"]),
        raised_by=StaffId(row["raised_by"]),
        decision=row["decision"] or "",
        reason=row["reason"],
        day=dt.date.fromisoformat(row["day"]),
        decided_by=None if row["decided_by"] is None else StaffId(row["decided_by"]),
    )
