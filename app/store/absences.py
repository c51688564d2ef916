"""Spells of absence, and what was found out by asking (缺勤追访). Single days stay rows of ``absence``."""

import datetime as dt
import sqlite3

from app.domain.ids import AbsenceId, BookingId, ChildId, FollowUpId, SpellId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, stamp


@record
class NewSpell:
    """A child stays away for some days, as told."""

    child: ChildId
    kind: str
    from_day: dt.date
    to_day: dt.date
    disease: str = ""
    reason: str = ""
    told_by: str = ""
    told_how: str = ""
    told_at: dt.datetime | None = None


@record
class FollowUp:
    """What was found out about one absence (the columns of T3b)."""

    child: ChildId
    day: dt.date
    away_since: dt.date
    way: str
    whom: str
    result: str
    illness: str = ""
    hospital: str = ""
    diagnosis: str = ""
    infectious: str = "unknown"
    handling: str = ""
    returns_on: dt.date | None = None
    again_on: dt.date | None = None
    again_by: StaffId | None = None


@record
class KeptFollowUp:
    """A follow-up as kept, with who did it and who is to do it again."""

    id: FollowUpId
    child_name: str
    told: FollowUp
    spell: SpellId | None
    traced_by: str
    traced_at: dt.datetime
    again_by_name: str
    undone: bool


@record
class AwayDay:
    """One noted day of absence. ``unsaid`` is a sick day of which nobody has named the disease."""

    child: ChildId
    kind: str
    spell: SpellId | None
    since: dt.date
    words: str
    unsaid: bool


@record
class ToldAway:
    """A day on which she is said to stay away: of which kind, and who told it (empty where nobody wrote)."""

    kind: str
    told_by: str


@record
class NotedAway:
    """When an absence was noted, and its days that hold."""

    child: ChildId
    child_name: str
    noted_at: dt.datetime
    days: tuple[dt.date, ...]


def add_spell(unit: Unit, spell: NewSpell, days: tuple[dt.date, ...], staff: StaffId) -> SpellId:
    """Note a spell with its days; days that are noted already are left as they are."""
    key = unit.insert(
        "absence_spell",
        {
            "child_id": spell.child,
            "kind": spell.kind,
            "from_day": spell.from_day.isoformat(),
            "to_day": spell.to_day.isoformat(),
            "disease": spell.disease,
            "reason": spell.reason,
            "told_by": spell.told_by,
            "told_how": spell.told_how,
            "told_at": None if spell.told_at is None else stamp(spell.told_at),
            "noted_by": staff,
            "noted_at": unit.stamp,
        },
    )
    words = "，".join(part for part in (spell.disease, spell.reason) if part)
    for day in days:
        unit.insert(
            "absence",
            {
                "child_id": spell.child,
                "day": day.isoformat(),
                "kind": spell.kind,
                "reason": words,
                "told_by": spell.told_by,
                "noted_by": staff,
                "noted_at": unit.stamp,
                "spell_id": key,
            },
        )
    return SpellId(key)


def noted_days(
    database: Database | Unit, child: ChildId, first: dt.date, last: dt.date
) -> frozenset[dt.date]:
    """The days between two for which an absence stands."""
    rows = database.rows(
        "select day from absence where child_id = :child and day between :first and :last"
        " and undone_at is null",
        {"child": child, "first": first.isoformat(), "last": last.isoformat()},
    )
    return frozenset(dt.date.fromisoformat(row["day"]) for row in rows)


def list_told(
    database: Database | Unit, child: ChildId, first: dt.date, last: dt.date
) -> dict[dt.date, ToldAway]:
    """The absences that stand between two days, as they were told."""
    rows = database.rows(
        "select day, kind, told_by from absence where child_id = :child and day between :first and :last"
        " and undone_at is null",
        {"child": child, "first": first.isoformat(), "last": last.isoformat()},
    )
    return {dt.date.fromisoformat(row["day"]): ToldAway(row["kind"], row["told_by"]) for row in rows}


def reverse_day(unit: Unit, child: ChildId, day: dt.date) -> bool:
    """Take one day back, and its spell with the last of them; False when none stood."""
    params = {"at": unit.stamp, "child": child, "day": day.isoformat()}
    done = unit.execute(
        "update absence set undone_at = :at where child_id = :child and day = :day and undone_at is null",
        params,
    )
    unit.execute(
        "update absence_spell set undone_at = :at where child_id = :child and undone_at is null"
        " and id in (select a.spell_id from absence a where a.child_id = :child and a.day = :day)"
        " and not exists (select 1 from absence a where a.spell_id = absence_spell.id"
        " and a.undone_at is null)",
        params,
    )
    return done.rowcount == 1


def restore_day(unit: Unit, booking: BookingId) -> bool:
    """The day holds again that a booking took back, unless its spell was taken back since; False for none."""
    row = unit.row(
        "select a.id, a.spell_id from booking b join absence a on a.child_id = b.child_id and a.day = b.day"
        " and a.undone_at = b.made_at left join absence_spell p on p.id = a.spell_id"
        " where b.id = :booking and (p.undone_at is null or p.undone_at = b.made_at)"
        " and not exists (select 1 from absence o where o.child_id = a.child_id and o.day = a.day"
        " and o.undone_at is null) and not exists (select 1 from visit v where v.child_id = a.child_id"
        " and v.day = a.day and v.undone_at is null) order by a.id desc limit 1",
        {"booking": booking},
    )
    if row is None:
        return False
    unit.execute("update absence set undone_at = null where id = :id", {"id": row["id"]})
    unit.execute("update absence_spell set undone_at = null where id = :id", {"id": row["spell_id"]})
    return True


def reverse_spell(unit: Unit, spell: SpellId, since: dt.date = dt.date.min) -> int:
    """Take the days of a spell back, from a day on; returns how many. All of them end the spell itself."""
    done = unit.execute(
        "update absence set undone_at = :at where spell_id = :spell and day >= :since and undone_at is null",
        {"at": unit.stamp, "spell": spell, "since": since.isoformat()},
    )
    unit.execute(
        "update absence_spell set undone_at = :at where id = :spell and undone_at is null"
        " and not exists (select 1 from absence a where a.spell_id = :spell and a.undone_at is null)",
        {"at": unit.stamp, "spell": spell},
    )
    return done.rowcount


def find_spell(database: Database | Unit, spell: SpellId) -> NotedAway | None:
    """Whose spell it is, with its days; None when it was taken back."""
    rows = database.rows(
        "select p.child_id, c.name, p.noted_at, a.day from absence_spell p join child c on c.id = p.child_id"
        " left join absence a on a.spell_id = p.id and a.undone_at is null"
        " where p.id = :id and p.undone_at is null order by a.day",
        {"id": spell},
    )
    return _away(rows)


def find_day(database: Database | Unit, absence: AbsenceId) -> NotedAway | None:
    """One day of absence that holds, as it was noted."""
    rows = database.rows(
        "select a.child_id, c.name, a.noted_at, a.day from absence a join child c on c.id = a.child_id"
        " where a.id = :id and a.undone_at is null",
        {"id": absence},
    )
    return _away(rows)


def find_spell_on(database: Database | Unit, child: ChildId, day: dt.date) -> SpellId | None:
    """The spell that an absence of a day belongs to."""
    row = database.row(
        "select spell_id from absence where child_id = :child and day = :day and undone_at is null",
        {"child": child, "day": day.isoformat()},
    )
    return None if row is None or row["spell_id"] is None else SpellId(row["spell_id"])


def add_follow_up(unit: Unit, told: FollowUp, spell: SpellId | None, staff: StaffId) -> FollowUpId:
    """Keep what was found out."""
    row = {
        "child_id": told.child,
        "day": told.day.isoformat(),
        "away_since": told.away_since.isoformat(),
        "spell_id": spell,
        "traced_by": staff,
        "traced_at": unit.stamp,
        "way": told.way,
        "whom": told.whom,
        "result": told.result,
        "illness": told.illness,
        "hospital": told.hospital,
        "diagnosis": told.diagnosis,
        "infectious": told.infectious,
        "handling": told.handling,
        "returns_on": None if told.returns_on is None else told.returns_on.isoformat(),
        "again_on": None if told.again_on is None else told.again_on.isoformat(),
        "again_by": told.again_by,
    }
    return FollowUpId(unit.insert("absence_follow_up", row))


def reverse_follow_up(unit: Unit, follow_up: FollowUpId) -> bool:
    """Take a follow-up back; False when it was."""
    done = unit.execute(
        "update absence_follow_up set undone_at = :at where id = :id and undone_at is null",
        {"at": unit.stamp, "id": follow_up},
    )
    return done.rowcount == 1


_FOLLOW_UP = (
    "select f.id, f.child_id, c.name, f.day, f.away_since, f.spell_id, s.name as traced_by, f.traced_at,"
    " f.way, f.whom, f.result, f.illness, f.hospital, f.diagnosis, f.infectious, f.handling, f.returns_on,"
    " f.again_on, f.again_by, n.name as again_by_name, f.undone_at"
    " from absence_follow_up f join child c on c.id = f.child_id join staff s on s.id = f.traced_by"
    " left join staff n on n.id = f.again_by"
)


def find_follow_up(database: Database | Unit, follow_up: FollowUpId) -> KeptFollowUp | None:
    """One follow-up, taken back or not."""
    row = database.row(f"{_FOLLOW_UP} where f.id = :id", {"id": follow_up})
    return None if row is None else _follow_up(row)


def list_follow_ups(database: Database, first: dt.date, last: dt.date) -> tuple[KeptFollowUp, ...]:
    """The register of some days, in the order of the asking."""
    rows = database.rows(
        f"{_FOLLOW_UP} where f.day between :first and :last and f.undone_at is null order by f.id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_follow_up(row) for row in rows)


def last_follow_ups(database: Database, since: dt.date) -> dict[ChildId, KeptFollowUp]:
    """The latest follow-up of each child since a day."""
    rows = database.rows(
        f"{_FOLLOW_UP} where f.day >= :since and f.undone_at is null order by f.id",
        {"since": since.isoformat()},
    )
    return {ChildId(row["child_id"]): _follow_up(row) for row in rows}


def list_away_days(database: Database, day: dt.date) -> dict[ChildId, AwayDay]:
    """The absences of a day with the first day of their spell."""
    rows = database.rows(
        "select a.child_id, a.kind, a.spell_id, a.reason, coalesce(p.from_day, a.day) as since"
        " from absence a left join absence_spell p on p.id = a.spell_id"
        " where a.day = :day and a.undone_at is null order by a.id",
        {"day": day.isoformat()},
    )
    return {
        ChildId(row["child_id"]): AwayDay(
            ChildId(row["child_id"]),
            row["kind"],
            None if row["spell_id"] is None else SpellId(row["spell_id"]),
            dt.date.fromisoformat(row["since"]),
            row["reason"],
            row["kind"] == "sick" and not row["reason"],
        )
        for row in rows
    }


def _away(rows: list[sqlite3.Row]) -> NotedAway | None:
    if not rows:
        return None
    days = tuple(dt.date.fromisoformat(row["day"]) for row in rows if row["day"] is not None)
    return NotedAway(ChildId(rows[0]["child_id"]), rows[0]["name"], moment(rows[0]["noted_at"]), days)


def _follow_up(row: sqlite3.Row) -> KeptFollowUp:
    told = FollowUp(
        ChildId(row["child_id"]),
        dt.date.fromisoformat(row["day"]),
        dt.date.fromisoformat(row["away_since"]),
        row["way"],
        row["whom"],
        row["result"],
        row["illness"],
        row["hospital"],
        row["diagnosis"],
        row["infectious"],
        row["handling"],
        _day(row["returns_on"]),
        _day(row["again_on"]),
        None if row["again_by"] is None else StaffId(row["again_by"]),
    )
    return KeptFollowUp(
        FollowUpId(row["id"]),
        row["name"],
        told,
        None if row["spell_id"] is None else SpellId(row["spell_id"]),
        row["traced_by"],
        moment(row["traced_at"]),
        row["again_by_name"] or "",
        row["undone_at"] is not None,
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
