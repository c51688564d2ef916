"""What happened at the door, to be read again: departures with their releases, alarms, calls."""

import datetime as dt
import json
import re
import sqlite3
from collections.abc import Collection

from app.domain.barred import Mark
from app.domain.ids import AdultId, AlarmId, ChildId, GrantId, ReleaseId, VisitId
from app.domain.record import record
from app.store.alarms import RELATION
from app.store.among import among
from app.store.database import Database
from app.store.stamps import moment, moment_or_none


@record
class Leaving:
    """One departure. ``release`` is None where she left before releases were kept: the stay alone tells.

    ``left_at`` is None where the release was taken back and she has not left since. ``act`` is the same for
    those who left in one act.
    """

    visit: VisitId
    release: ReleaseId | None
    act: int
    day: dt.date
    child: ChildId
    child_name: str
    class_name: str
    left_at: dt.datetime | None
    written_at: dt.datetime | None
    who: str
    proof: str
    released_by: str
    confirmed_by: str
    reason: str
    grant: GrantId | None
    undone_at: dt.datetime | None
    undone_by: str
    adult: AdultId | None  # who took her, as it stands


@record
class DoorAlarm:
    """One alarm with the names of both people. ``decided_at`` is None while nobody has decided."""

    id: AlarmId
    day: dt.date
    child: ChildId
    child_name: str
    barred: str  # 爸爸 朱强
    place: str
    typed: str
    marks: tuple[Mark, ...]
    raised_at: dt.datetime
    raised_by: str
    decision: str
    decided_at: dt.datetime | None
    decided_by: str
    reason: str


@record
class DoorGrant:
    """One authorisation by phone for one child. ``phone`` is in full: whoever shows it masks it."""

    id: GrantId
    day: dt.date
    child: ChildId
    child_name: str
    caller: str
    comer: str
    phone: str
    identity_tail: str
    made_at: dt.datetime
    made_by: str
    ended_at: dt.datetime | None
    ended_by: str
    used_at: dt.datetime | None


@record
class PutOff:
    """A paper that was left open at a release, and why."""

    release: ReleaseId
    words: str
    reason: str


_WILD = re.compile(r"[%_!]")  # what would stand for any character
# Of a stay before releases were kept: who took her, as the family is on file.
_TIE = (
    "(select t.relation from child_adult t where t.adult_id = v.collected_by and t.child_id = v.child_id"
    " order by t.ended_at is null desc, t.id desc limit 1)"
)
_LEAVING = (
    "select v.id, r.id as release, coalesce(r.together_id, r.id) as act, v.day, v.child_id, c.name as child,"
    " g.name as class_name, v.left_at, r.at, r.who, coalesce(r.proof, v.proof) as proof, r.reason,"
    f" r.grant_id, r.undone_at, u.name as undoer, f.name as confirmer, v.collected_by, a.name as adult,"
    f" {_TIE} as relation, s.name as releaser"
    " from visit v join child c on c.id = v.child_id join class_group g on g.id = v.class_id"
    " left join release r on r.visit_id = v.id left join adult a on a.id = v.collected_by"
    " left join staff s on s.id = coalesce(r.released_by, v.released_by)"
    " left join staff f on f.id = r.confirmed_by left join staff u on u.id = r.undone_by"
    " where v.day between :first and :last"
    " and (r.id is not null or (v.left_at is not null and v.undone_at is null))"
)
_ALARM = (
    "select m.id, m.day, m.child_id, c.name as child, a.name as barred, m.place, m.typed, m.marks,"
    " m.raised_at, s.name as raiser, m.decision, m.decided_at, d.name as decider, m.reason,"
    f" {RELATION}"
    " from barred_alarm m join child c on c.id = m.child_id join adult a on a.id = m.barred_id"
    " join staff s on s.id = m.raised_by left join staff d on d.id = m.decided_by"
    " where m.day between :first and :last"
)
_GRANT = (
    "select p.id, p.day, k.child_id, c.name as child, p.name, p.relation, p.phone, p.identity_tail,"
    " p.made_at, s.name as maker, p.ended_at, e.name as ender, a.name as caller,"
    " (select t.relation from child_adult t where t.adult_id = p.caller_id and t.child_id = k.child_id"
    " order by t.ended_at is null desc, t.id desc limit 1) as caller_relation,"
    " (select max(r.at) from release r join visit v on v.id = r.visit_id where r.grant_id = p.id"
    " and v.child_id = k.child_id and r.undone_at is null) as used_at"
    " from pickup_grant p join pickup_grant_child k on k.grant_id = p.id"
    " join child c on c.id = k.child_id join adult a on a.id = p.caller_id"
    " join staff s on s.id = p.made_by left join staff e on e.id = p.ended_by"
    " where p.day between :first and :last"
)


def list_leavings(
    database: Database,
    first: dt.date,
    last: dt.date,
    only: Collection[ChildId] | None = None,
    *,
    meant: Collection[ChildId] = (),
    named: str = "",
) -> tuple[Leaving, ...]:
    """The departures of some days in order; what was taken back is among them.

    ``only`` of these children. With ``named`` those of the children ``meant``, and whoever was taken by
    somebody of that name.
    """
    chosen, params = among(only, "v.child_id")
    if named:
        chosen += (
            " and (v.child_id in (select value from json_each(:meant))"
            " or r.who like :named escape '!' or a.name like :named escape '!')"
        )
        plain = _WILD.sub(r"!\g<0>", named)
        params |= {"meant": json.dumps(sorted(meant)), "named": f"%{plain}%"}
    rows = database.rows(f"{_LEAVING}{chosen} order by v.day, v.id, r.id", {**_span(first, last), **params})
    return tuple(map(_leaving, rows))


def list_together(database: Database, first: dt.date, last: dt.date) -> dict[int, tuple[str, ...]]:
    """By the first release of an act the names of all who left in it; who left alone is left out."""
    rows = database.rows(
        "select coalesce(r.together_id, r.id) as act, c.name from release r"
        " join visit v on v.id = r.visit_id join child c on c.id = v.child_id"
        " where v.day between :first and :last and r.undone_at is null and (r.together_id is not null"
        " or exists (select 1 from release o where o.together_id = r.id and o.undone_at is null))"
        " order by r.id",
        _span(first, last),
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        found[row["act"]] = (*found.get(row["act"], ()), row["name"])
    return found


def list_alarms(
    database: Database, first: dt.date, last: dt.date, only: Collection[ChildId] | None = None
) -> tuple[DoorAlarm, ...]:
    """The alarms of some days, oldest first."""
    chosen, params = among(only, "m.child_id")
    rows = database.rows(f"{_ALARM}{chosen} order by m.id", {**_span(first, last), **params})
    return tuple(
        DoorAlarm(
            AlarmId(row["id"]),
            dt.date.fromisoformat(row["day"]),
            ChildId(row["child_id"]),
            row["child"],
            f"{row['relation'] or ''} {row['barred']}".strip(),
            row["place"],
            row["typed"],
            tuple(Mark(one) for one in row["marks"].split()),
            moment(row["raised_at"]),
            row["raiser"],
            row["decision"] or "",
            moment_or_none(row["decided_at"]),
            row["decider"] or "",
            row["reason"],
        )
        for row in rows
    )


def list_grants(
    database: Database, first: dt.date, last: dt.date, only: Collection[ChildId] | None = None
) -> tuple[DoorGrant, ...]:
    """The authorisations of some days, a line for each child, oldest first; withdrawn ones too."""
    chosen, params = among(only, "k.child_id")
    rows = database.rows(f"{_GRANT}{chosen} order by p.id, k.id", {**_span(first, last), **params})
    return tuple(
        DoorGrant(
            GrantId(row["id"]),
            dt.date.fromisoformat(row["day"]),
            ChildId(row["child_id"]),
            row["child"],
            f"{row['caller_relation'] or ''} {row['caller']}".strip(),
            f"{row['relation']} {row['name']}".strip(),
            row["phone"],
            row["identity_tail"],
            moment(row["made_at"]),
            row["maker"],
            moment_or_none(row["ended_at"]),
            row["ender"] or "",
            moment_or_none(row["used_at"]),
        )
        for row in rows
    )


def list_put_off(database: Database, first: dt.date, last: dt.date) -> tuple[PutOff, ...]:
    """The papers left open at the releases of some days, those of a release taken back left out."""
    rows = database.rows(
        "select d.release_id, d.words, d.reason from deferral d join release r on r.id = d.release_id"
        " join visit v on v.id = r.visit_id where v.day between :first and :last and d.undone_at is null"
        " order by d.id",
        _span(first, last),
    )
    return tuple(PutOff(ReleaseId(row["release_id"]), row["words"], row["reason"]) for row in rows)


def find_phone(database: Database, adult: AdultId) -> str:
    """The number of an adult; empty where nobody has told it."""
    row = database.row("select phone from adult where id = :id", {"id": adult})
    return "" if row is None else str(row["phone"])


def _span(first: dt.date, last: dt.date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _leaving(row: sqlite3.Row) -> Leaving:
    on_file = f"{row['relation'] or ''} {row['adult'] or ''}".strip()
    return Leaving(
        visit=VisitId(row["id"]),
        release=None if row["release"] is None else ReleaseId(row["release"]),
        act=int(row["act"] or 0),
        day=dt.date.fromisoformat(row["day"]),
        child=ChildId(row["child_id"]),
        child_name=row["child"],
        class_name=row["class_name"],
        left_at=moment_or_none(row["left_at"]),
        written_at=moment_or_none(row["at"]),
        who=row["who"] or on_file,
        proof=row["proof"] or "",
        released_by=row["releaser"] or "",
        confirmed_by=row["confirmer"] or "",
        reason=row["reason"] or "",
        grant=None if row["grant_id"] is None else GrantId(row["grant_id"]),
        undone_at=moment_or_none(row["undone_at"]),
        undone_by=row["undoer"] or "",
        adult=None if row["collected_by"] is None else AdultId(row["collected_by"]),
    )
