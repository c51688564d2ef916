"""意外伤害 as kept: versions of the form, and what was added below it."""

import datetime as dt
import sqlite3
from dataclasses import field

from app.domain.ids import ChildId, ClassId, InjuryId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none, stamp


@record
class NewInjury:
    """The form (表9). ``minute`` is minutes after midnight, ``other`` the child who bit or scratched."""

    child: ChildId
    class_id: ClassId | None
    class_name: str
    day: dt.date
    minute: int
    duty: StaffId
    kind: str
    subtype: str
    other: ChildId | None
    place: str
    activity: str
    company: str
    handling: str
    aid: tuple[str, ...]
    regions: tuple[str, ...]
    story: str
    diagnosis: str = ""
    rest_days: int | None = None
    outcome: str = ""


@record
class Addition:
    """Something added. ``kind``: words, told (a guardian) or signed (a version).

    ``stale``: who was told heard of another injury than the one that stands since a correction, or was not
    told after all (``undone``): what was said at the door can be taken back.
    """

    kind: str
    words: str = ""
    whom: str = ""
    how: str = ""
    told_at: dt.datetime | None = None
    version: int | None = None
    by: str = ""
    by_id: StaffId | None = None
    at: dt.datetime | None = None
    stale: bool = False
    undone: bool = False


@record
class Injury:
    """One injury as it stands, with its additions. ``id`` is that of its first version and never changes."""

    id: InjuryId
    version: int
    told: NewInjury
    child_name: str
    sex: str | None
    born_on: dt.date
    duty_name: str
    other_name: str
    noted_by: str
    noter: StaffId
    first_at: dt.datetime
    additions: tuple[Addition, ...] = field(default_factory=tuple)

    @property
    def tellings(self) -> tuple[Addition, ...]:
        """Whenever somebody of the family was told of what stands."""
        return tuple(one for one in self.additions if one.kind == "told" and not one.stale)

    @property
    def telling(self) -> Addition | None:
        """The first of them."""
        return next(iter(self.tellings), None)

    @property
    def signature(self) -> Addition | None:
        """The second signature under the version that stands."""
        own = (one for one in self.additions if one.kind == "signed" and one.version == self.version)
        return next(own, None)

    @property
    def done(self) -> bool:
        """Whether a guardian was told and a second person has signed."""
        return self.telling is not None and self.signature is not None


def add_injury(unit: Unit, new: NewInjury, staff: StaffId, replaces: Injury | None = None) -> InjuryId:
    """Keep the form, or a corrected one in place of a version; returns the key of the first version."""
    row = {
        "root_id": None if replaces is None else replaces.id,
        "child_id": new.child,
        "class_id": new.class_id,
        "class_name": new.class_name,
        "day": new.day.isoformat(),
        "minute": new.minute,
        "duty_id": new.duty,
        "kind": new.kind,
        "subtype": new.subtype,
        "other_id": new.other,
        "place": new.place,
        "activity": new.activity,
        "company": new.company,
        "handling": new.handling,
        "aid": ",".join(new.aid),
        "regions": ",".join(new.regions),
        "diagnosis": new.diagnosis,
        "rest_days": new.rest_days,
        "outcome": new.outcome,
        "story": new.story,
        "noted_by": staff,
        "noted_at": unit.stamp,
        "replaces_id": None if replaces is None else replaces.version,
    }
    if replaces is not None:
        unit.execute(
            "update injury set ended_at = :at where id = :id", {"at": unit.stamp, "id": replaces.version}
        )
    key = unit.insert("injury", row)
    return InjuryId(key) if replaces is None else replaces.id


def end_injury(unit: Unit, injury: Injury) -> None:
    """The form does not stand: it was noted by mistake."""
    unit.execute("update injury set ended_at = :at where id = :id", {"at": unit.stamp, "id": injury.version})


def add_addition(unit: Unit, injury: InjuryId, one: Addition, staff: StaffId) -> int:
    """Add something below the form."""
    return unit.insert(
        "injury_addition",
        {
            "injury_id": injury,
            "kind": one.kind,
            "words": one.words,
            "whom": one.whom,
            "how": one.how,
            "told_at": None if one.told_at is None else stamp(one.told_at),
            "version_id": one.version,
            "added_by": staff,
            "added_at": unit.stamp,
        },
    )


def list_hours(
    database: Database | Unit, child: ChildId, day: dt.date
) -> tuple[tuple[dt.datetime, dt.datetime | None], ...] | None:
    """When a child came and left on a day; None where nobody was checked in: there was no program yet."""
    rows = database.rows(
        "select child_id, arrived_at, left_at from visit where day = :day and undone_at is null"
        " order by arrived_at",
        {"day": day.isoformat()},
    )
    if not rows:
        return None
    own = (row for row in rows if row["child_id"] == child)
    return tuple((moment(row["arrived_at"]), moment_or_none(row["left_at"])) for row in own)


_STANDING = (
    "select i.id, i.child_id, i.class_id, i.class_name, i.day, i.minute, i.duty_id, i.kind, i.subtype,"
    " i.other_id, i.place, i.activity, i.company, i.handling, i.aid, i.regions, i.story, i.diagnosis,"
    " i.rest_days, i.outcome, i.noted_by, i.noted_at, coalesce(i.root_id, i.id) as key,"
    " c.name as child_name, c.sex, c.born_on, d.name as duty_name,"
    " coalesce(o.name, '') as other_name, s.name as noter_name,"
    " (select r.noted_at from injury r where r.id = coalesce(i.root_id, i.id)) as first_at"
    " from injury i join child c on c.id = i.child_id join staff d on d.id = i.duty_id"
    " join staff s on s.id = i.noted_by left join child o on o.id = i.other_id where i.ended_at is null"
)


# What a family hears: a correction of it makes another injury, of which they were not told. A slip in the
# story or in who was on duty makes none. What was said at the door can be taken back there.
_UNDONE = (
    "(a.kind = 'told' and 0 = coalesce((select max(t.undone_at is null) from note_told t"
    " join visit w on w.id = t.visit_id"
    " where w.child_id = i.child_id and t.told_at = a.told_at and t.who = a.whom), 1))"
)
_STALE = (
    f"({_UNDONE} or a.kind = 'told' and exists (select 1 from injury v"
    " where (v.id = a.injury_id or v.root_id = a.injury_id)"
    " and v.ended_at > a.added_at and (v.kind <> i.kind or v.subtype <> i.subtype or v.regions <> i.regions"
    " or v.handling <> i.handling)))"
)


def find_injury(database: Database | Unit, injury: InjuryId) -> Injury | None:
    """One injury as it stands."""
    rows = database.rows(f"{_STANDING} and coalesce(i.root_id, i.id) = :id", {"id": injury})
    return next(iter(_injuries(database, rows)), None)


def list_injuries(database: Database | Unit, first: dt.date, last: dt.date) -> tuple[Injury, ...]:
    """What happened between two days, the latest first."""
    rows = database.rows(
        f"{_STANDING} and i.day between :first and :last order by i.day desc, i.minute desc, i.id desc",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return _injuries(database, rows)


def list_injuries_of(database: Database | Unit, child: ChildId) -> tuple[Injury, ...]:
    """All injuries of one child, the latest first."""
    rows = database.rows(
        f"{_STANDING} and i.child_id = :child order by i.day desc, i.minute desc, i.id desc", {"child": child}
    )
    return _injuries(database, rows)


def list_undone(database: Database | Unit) -> tuple[Injury, ...]:
    """Injuries of any day of which no guardian was told or which no second person has signed."""
    rows = database.rows(
        f"{_STANDING} and (not exists (select 1 from injury_addition a where a.kind = 'told'"
        f" and a.injury_id = coalesce(i.root_id, i.id) and not {_STALE})"
        " or not exists (select 1 from injury_addition a where a.kind = 'signed' and a.version_id = i.id))"
        " order by i.day, i.minute, i.id"
    )
    return _injuries(database, rows)


def list_names(database: Database | Unit) -> tuple[tuple[ChildId, str, str], ...]:
    """Every child on file with name and nickname, those merged or gone, too: none may be told to others."""
    rows = database.rows("select id, name, nickname from child order by id")
    return tuple((ChildId(row["id"]), row["name"], row["nickname"] or "") for row in rows)


def _injuries(database: Database | Unit, rows: list[sqlite3.Row]) -> tuple[Injury, ...]:
    return tuple(_injury(row, _additions(database, row["key"], row["id"])) for row in rows)


def _additions(database: Database | Unit, key: int, version: int) -> tuple[Addition, ...]:
    rows = database.rows(
        "select a.kind, a.words, a.whom, a.how, a.told_at, a.version_id, s.id as by_id, s.name as by_name,"
        f" a.added_at, {_STALE} as stale, {_UNDONE} as undone"
        " from injury_addition a join staff s on s.id = a.added_by join injury i on i.id = :version"
        " where a.injury_id = :id order by a.id",
        {"id": key, "version": version},
    )
    return tuple(
        Addition(
            row["kind"],
            row["words"],
            row["whom"],
            row["how"],
            moment_or_none(row["told_at"]),
            row["version_id"],
            row["by_name"],
            StaffId(row["by_id"]),
            moment(row["added_at"]),
            bool(row["stale"]),
            bool(row["undone"]),
        )
        for row in rows
    )


def _injury(row: sqlite3.Row, additions: tuple[Addition, ...]) -> Injury:
    told = NewInjury(
        child=ChildId(row["child_id"]),
        class_id=None if row["class_id"] is None else ClassId(row["class_id"]),
        class_name=row["class_name"],
        day=dt.date.fromisoformat(row["day"]),
        minute=row["minute"],
        duty=StaffId(row["duty_id"]),
        kind=row["kind"],
        subtype=row["subtype"],
        other=None if row["other_id"] is None else ChildId(row["other_id"]),
        place=row["place"],
        activity=row["activity"],
        company=row["company"],
        handling=row["handling"],
        aid=_codes(row["aid"]),
        regions=_codes(row["regions"]),
        story=row["story"],
        diagnosis=row["diagnosis"],
        rest_days=row["rest_days"],
        outcome=row["outcome"],
    )
    return Injury(
        InjuryId(row["key"]),
        row["id"],
        told,
        row["child_name"],
        row["sex"],
        dt.date.fromisoformat(row["born_on"]),
        row["duty_name"],
        row["other_name"],
        row["noter_name"],
        StaffId(row["noted_by"]),
        moment(row["first_at"]),
        additions,
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)
