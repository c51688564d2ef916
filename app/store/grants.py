"""Authorisations by phone (电话授权): one for a day, for one child or siblings, with a code of its own."""

import datetime as dt
import sqlite3

from app.domain.grants import Comer
from app.domain.ids import AdultId, ChildId, GrantId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment


@record
class NewGrant:
    """A guardian rang. ``adult`` is who comes, where that person is on file already."""

    day: dt.date
    code: str
    caller: AdultId
    comer: Comer
    children: tuple[ChildId, ...]
    made_by: StaffId
    adult: AdultId | None = None


@record
class Grant:
    """An authorisation as kept. ``caller_words`` is ``妈妈 赵敏``; ``used`` for the child it was asked of.

    ``waiting`` are those of its children who have not left by it.
    """

    id: GrantId
    day: dt.date
    code: str
    caller: AdultId
    caller_words: str
    adult: AdultId | None
    comer: Comer
    children: tuple[ChildId, ...]
    made_at: dt.datetime
    maker_name: str
    ended: bool
    used: bool
    waiting: tuple[ChildId, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nobody can leave by it any more: all have, or it was taken back."""
        return self.ended or not self.waiting


_GRANT = (
    "select g.id, g.day, g.code, g.adult_id, g.name, g.relation, g.phone, g.identity_tail, g.made_at,"
    " g.ended_at, s.name as maker, g.caller_id, a.name as caller,"
    " (select t.relation from child_adult t where t.adult_id = g.caller_id and t.child_id = c.child_id"
    " order by t.ended_at is null desc, t.id desc limit 1) as caller_relation,"
    " exists (select 1 from release r join visit v on v.id = r.visit_id where r.grant_id = g.id"
    " and v.child_id = c.child_id and r.undone_at is null) as used"
    " from pickup_grant g join pickup_grant_child c on c.grant_id = g.id"
    " join adult a on a.id = g.caller_id join staff s on s.id = g.made_by"
)


def add_grant(unit: Unit, grant: NewGrant) -> GrantId:
    """Keep an authorisation at the unit's moment."""
    key = GrantId(
        unit.insert(
            "pickup_grant",
            {
                "day": grant.day.isoformat(),
                "code": grant.code,
                "caller_id": grant.caller,
                "adult_id": grant.adult,
                "name": grant.comer.name,
                "relation": grant.comer.relation,
                "phone": grant.comer.phone,
                "identity_tail": grant.comer.identity_tail,
                "made_by": grant.made_by,
                "made_at": unit.stamp,
            },
        )
    )
    for child in grant.children:
        unit.insert("pickup_grant_child", {"grant_id": key, "child_id": child})
    return key


def end_grant(unit: Unit, grant: GrantId, staff: StaffId) -> bool:
    """The guardian has taken it back; False when it had ended before."""
    done = unit.execute(
        "update pickup_grant set ended_at = :at, ended_by = :staff where id = :id and ended_at is null",
        {"at": unit.stamp, "staff": staff, "id": grant},
    )
    return done.rowcount == 1


def reopen_grant(unit: Unit, grant: GrantId) -> bool:
    """The withdrawal was a slip; the audit keeps both lines. False when it had not ended."""
    done = unit.execute(
        "update pickup_grant set ended_at = null, ended_by = null where id = :id and ended_at is not null",
        {"id": grant},
    )
    return done.rowcount == 1


def note_comer(unit: Unit, grant: GrantId, adult: AdultId) -> None:
    """Who came is on file as this adult."""
    unit.execute(
        "update pickup_grant set adult_id = :adult where id = :id and adult_id is null",
        {"adult": adult, "id": grant},
    )


def list_grants(database: Database | Unit, child: ChildId, day: dt.date) -> tuple[Grant, ...]:
    """The authorisations that stand for a child on a day, used or not."""
    rows = database.rows(
        f"{_GRANT} where c.child_id = :child and g.day = :day and g.ended_at is null order by g.id",
        {"child": child, "day": day.isoformat()},
    )
    return tuple(_grant(database, row) for row in rows)


def find_grant(database: Database | Unit, grant: GrantId) -> Grant | None:
    """One authorisation, ended or not; ``used`` when any child has left by it."""
    rows = database.rows(f"{_GRANT} where g.id = :id order by c.id", {"id": grant})
    if not rows:
        return None
    found = _grant(database, rows[0])
    return found if not any(row["used"] for row in rows) else _grant(database, rows[0], used=True)


def find_by_code(database: Database | Unit, day: dt.date, code: str) -> Grant | None:
    """The authorisation that a code of a day stands for, withdrawn or not."""
    row = database.row(
        "select id from pickup_grant where day = :day and code = :code",
        {"day": day.isoformat(), "code": code},
    )
    return None if row is None else find_grant(database, GrantId(row["id"]))


def list_of_day(database: Database | Unit, day: dt.date) -> tuple[Grant, ...]:
    """All authorisations of a day, withdrawn ones too, the latest first."""
    rows = database.rows(
        "select id from pickup_grant where day = :day order by id desc", {"day": day.isoformat()}
    )
    found = (find_grant(database, GrantId(row["id"])) for row in rows)
    return tuple(one for one in found if one is not None)


def find_dead_code(database: Database | Unit, day: dt.date, code: str) -> Grant | None:
    """The last authorisation before a day that had this code: it died at its midnight."""
    row = database.row(
        "select id from pickup_grant where day < :day and code = :code order by day desc, id desc limit 1",
        {"day": day.isoformat(), "code": code},
    )
    return None if row is None else find_grant(database, GrantId(row["id"]))


def _grant(database: Database | Unit, row: sqlite3.Row, *, used: bool | None = None) -> Grant:
    children = database.rows(
        "select c.child_id, exists (select 1 from release r join visit v on v.id = r.visit_id"
        " where r.grant_id = c.grant_id and v.child_id = c.child_id and r.undone_at is null) as used"
        " from pickup_grant_child c join child k on k.id = c.child_id"
        # What stays behind of a record that went into another is a child who stands in it already.
        " where c.grant_id = :id and k.superseded_by is null order by c.id",
        {"id": row["id"]},
    )
    return Grant(
        id=GrantId(row["id"]),
        day=dt.date.fromisoformat(row["day"]),
        code=row["code"],
        caller=AdultId(row["caller_id"]),
        caller_words=f"{row['caller_relation'] or ''} {row['caller']}".strip(),
        adult=None if row["adult_id"] is None else AdultId(row["adult_id"]),
        comer=Comer(row["name"], row["relation"], row["phone"], row["identity_tail"]),
        children=tuple(ChildId(one["child_id"]) for one in children),
        made_at=moment(row["made_at"]),
        maker_name=row["maker"],
        ended=row["ended_at"] is not None,
        used=bool(row["used"]) if used is None else used,
        waiting=tuple(ChildId(one["child_id"]) for one in children if not one["used"]),
    )
