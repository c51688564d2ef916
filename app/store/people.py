"""Grown-ups: staff with their shifts, and the adults who bring and collect children."""

import datetime as dt
import sqlite3

from app.domain.calendar import booked_on
from app.domain.ids import AdultId, ChildId, ClassId, StaffId
from app.domain.record import record
from app.domain.staff import Actor, Role
from app.store.database import Database, Unit
from app.store.day import is_make_up
from app.store.stamps import stamp


@record
class Shift:
    """A teacher in a class for part of one day, minutes after midnight."""

    staff: StaffId
    name: str
    class_id: ClassId
    from_minute: int
    to_minute: int


@record
class NewAdult:
    """An adult to be kept. ``phone`` is canonical digits; the keys are for searching."""

    name: str
    phone: str
    pinyin: str
    initials: str
    identity_seen: bool = False
    born_on: dt.date | None = None  # by the identity number that was shown


@record
class Tie:
    """What an adult is to a child. ``only_day`` limits a permission to collect to one day."""

    relation: str
    is_guardian: bool = False
    may_collect: bool = False
    is_emergency: bool = False
    barred: bool = False
    only_day: dt.date | None = None
    sort: int = 0


@record
class AdultOf:
    """An adult of one child, as kept."""

    id: AdultId
    name: str
    phone: str
    identity_seen: bool
    tie: Tie
    born_on: dt.date | None = None


_ROLE_ORDER = " ".join(f"when '{role.value}' then {place}" for place, role in enumerate(Role))
_STAFF = (
    "select id, name, role, class_id, coalesce((select g.name from class_group g where g.id = class_id), '')"
    " as class_name from staff where starts_on <= :day and (ends_on is null or ends_on >= :day)"
)


def list_staff(database: Database, day: dt.date) -> tuple[Actor, ...]:
    """Who works here on a day: front desk first, then by the order of roles and of joining."""
    rows = database.rows(f"{_STAFF} order by case role {_ROLE_ORDER} end, id", {"day": day.isoformat()})
    return tuple(_actor(**row) for row in rows)


def staff_names(database: Database) -> dict[int, str]:
    """The names of everybody who ever worked here, by key."""
    return {row["id"]: row["name"] for row in database.rows("select id, name from staff")}


def staff_roles(database: Database) -> dict[StaffId, Role]:
    """What everybody who ever worked here does or did, by key."""
    rows = database.rows("select id, role from staff")
    return {StaffId(row["id"]): Role(row["role"]) for row in rows}


def add_staff(unit: Unit, name: str, role: Role, class_id: ClassId | None, starts_on: dt.date) -> StaffId:
    """Enter a staff member."""
    row = {"name": name, "role": role.value, "class_id": class_id, "starts_on": starts_on.isoformat()}
    return StaffId(unit.insert("staff", row))


def add_shift(
    unit: Unit, staff: StaffId, class_id: ClassId, when: int | dt.date, from_minute: int, to_minute: int
) -> int:
    """Enter a shift for an ISO weekday (1-7), or for one day, which then replaces the weekly ones."""
    return unit.insert(
        "shift",
        {
            "staff_id": staff,
            "class_id": class_id,
            "weekday": when if isinstance(when, int) else None,
            "day": when.isoformat() if isinstance(when, dt.date) else None,
            "from_minute": from_minute,
            "to_minute": to_minute,
        },
    )


def list_shifts(database: Database | Unit, day: dt.date) -> tuple[Shift, ...]:
    """The carers' shifts of an open day. Only teachers count as carers (58号文 Art 20).

    A shift for the day itself goes before the weekly ones. On a make-up working day at the weekend whoever
    works the whole week works as on Monday.
    """
    rows = database.rows(
        "select h.staff_id, s.name, h.class_id, h.from_minute, h.to_minute, h.day, h.weekday"
        " from shift h join staff s on s.id = h.staff_id"
        " where h.ended_at is null and (h.day = :day or h.weekday is not null) and s.role = 'teacher'"
        " and s.starts_on <= :day and (s.ends_on is null or s.ends_on >= :day) order by h.from_minute, h.id",
        {"day": day.isoformat()},
    )
    make_up = is_make_up(database, day)
    own: dict[int, set[str]] = {}
    for row in rows:
        own.setdefault(row["staff_id"], set()).add("day" if row["day"] else str(row["weekday"]))
    return tuple(
        Shift(
            StaffId(row["staff_id"]),
            row["name"],
            ClassId(row["class_id"]),
            row["from_minute"],
            row["to_minute"],
        )
        for row in rows
        if _holds_on(row["weekday"], own[row["staff_id"]], day, make_up=make_up)
    )


def _holds_on(weekday: int | None, own: set[str], day: dt.date, *, make_up: bool) -> bool:
    """Whether one of a carer's shifts is hers on a day, of all she has."""
    if "day" in own:
        return weekday is None
    today = str(day.isoweekday())
    if today in own or not make_up or not booked_on("".join(own), day):
        return str(weekday) == today
    return weekday == 1


def add_adult(unit: Unit, adult: NewAdult) -> AdultId:
    """Keep an adult."""
    return AdultId(
        unit.insert(
            "adult",
            {
                "name": adult.name,
                "phone": adult.phone,
                "pinyin": adult.pinyin,
                "initials": adult.initials,
                "identity_seen_at": unit.stamp if adult.identity_seen else None,
                "born_on": None if adult.born_on is None else adult.born_on.isoformat(),
                "added_at": unit.stamp,
            },
        )
    )


def find_adult(database: Database | Unit, name: str, phone: str) -> AdultId | None:
    """The adult of this name and number, whoever's family it is."""
    row = database.row(
        "select id from adult where phone = :phone and name = :name and gone_at is null order by id limit 1",
        {"phone": phone, "name": name},
    )
    return None if row is None else AdultId(row["id"])


def list_births(
    database: Database, child: ChildId, name: str, phone: str, identity_tail: str
) -> tuple[dt.date, ...]:
    """Birth dates on file of whoever is called so and is in the child's family, has that number, or an
    identity number with that end. Empty numbers are nobody's."""
    rows = database.rows(
        "select a.born_on from adult a where a.name = :name and a.gone_at is null and a.born_on is not null"
        " and ((:phone <> '' and a.phone = :phone) or exists (select 1 from child_adult t"
        " where t.adult_id = a.id and t.child_id = :child and t.ended_at is null)"
        " or (:tail <> '' and exists (select 1 from record_change c where c.subject = 'adult'"
        " and c.subject_id = a.id and c.field = 'document_number' and c.ended_at is null"
        " and c.value like '%' || :tail)))",
        {"name": name, "phone": phone, "child": child, "tail": identity_tail},
    )
    return tuple(dt.date.fromisoformat(row["born_on"]) for row in rows)


def list_born(database: Database) -> dict[tuple[str, str], dt.date]:
    """The birth dates on file, by name and number; of two that are told of one the younger."""
    rows = database.rows(
        "select name, phone, max(born_on) as born_on from adult"
        " where born_on is not null and phone <> '' and gone_at is null group by name, phone"
    )
    return {(row["name"], row["phone"]): dt.date.fromisoformat(row["born_on"]) for row in rows}


def note_identity_seen(unit: Unit, adult: AdultId) -> bool:
    """The identity card was looked at; the first time stays on file. Whether this was the first."""
    done = unit.execute(
        "update adult set identity_seen_at = :at where id = :id and identity_seen_at is null",
        {"at": unit.stamp, "id": adult},
    )
    return done.rowcount == 1


def note_born(unit: Unit, adult: AdultId, born_on: dt.date) -> None:
    """The birth date by the identity number that was shown."""
    unit.execute(
        "update adult set born_on = :born where id = :id", {"born": born_on.isoformat(), "id": adult}
    )


def add_tie(unit: Unit, child: ChildId, adult: AdultId, tie: Tie) -> None:
    """Say what an adult is to a child."""
    unit.insert(
        "child_adult",
        {
            "child_id": child,
            "adult_id": adult,
            "relation": tie.relation,
            "is_guardian": int(tie.is_guardian),
            "may_collect": int(tie.may_collect),
            "is_emergency": int(tie.is_emergency),
            "barred": int(tie.barred),
            "only_day": None if tie.only_day is None else tie.only_day.isoformat(),
            "sort": tie.sort,
            "added_at": unit.stamp,
        },
    )


def end_tie(unit: Unit, child: ChildId, adult: AdultId) -> None:
    """What held between the two so far holds no more; it stays on file."""
    unit.execute(
        "update child_adult set ended_at = :at"
        " where child_id = :child and adult_id = :adult and ended_at is null",
        {"at": unit.stamp, "child": child, "adult": adult},
    )


def find_tie_at(database: Database | Unit, child: ChildId, adult: AdultId, at: dt.datetime) -> Tie | None:
    """What an adult was to a child at an instant, by the file of then; None for nothing yet or no more."""
    row = database.row(
        "select relation, is_guardian, may_collect, is_emergency, barred, only_day, sort from child_adult"
        " where child_id = :child and adult_id = :adult and added_at <= :at"
        " and (ended_at is null or ended_at > :at) order by id desc limit 1",
        {"child": child, "adult": adult, "at": stamp(at)},
    )
    return None if row is None else _tie(row)


def list_adults(database: Database | Unit, child: ChildId, day: dt.date) -> tuple[AdultOf, ...]:
    """The adults of a child on a day, first contact first. Whoever is barred is so on every day."""
    rows = database.rows(
        "select a.id, a.name, a.phone, a.identity_seen_at, a.born_on, t.relation, t.is_guardian,"
        " t.may_collect, t.is_emergency, t.barred, t.only_day, t.sort"
        " from child_adult t join adult a on a.id = t.adult_id"
        " where t.child_id = :child and t.ended_at is null"
        " and (t.only_day is null or t.only_day = :day or t.barred = 1) order by t.sort, t.id",
        {"child": child, "day": day.isoformat()},
    )
    return tuple(
        AdultOf(
            AdultId(row["id"]),
            row["name"],
            row["phone"],
            row["identity_seen_at"] is not None,
            _tie(row),
            None if row["born_on"] is None else dt.date.fromisoformat(row["born_on"]),
        )
        for row in rows
    )


def list_tied(database: Database | Unit, child: ChildId, day: dt.date) -> dict[AdultId, bool]:
    """Who of ``list_adults`` there is, and whether barred: asked at each arrival, and no more of them."""
    rows = database.rows(
        "select adult_id, barred from child_adult where child_id = :child and ended_at is null"
        " and (only_day is null or only_day = :day or barred = 1)",
        {"child": child, "day": day.isoformat()},
    )
    return {AdultId(adult): bool(barred) for adult, barred in rows}


def _tie(row: sqlite3.Row) -> Tie:
    return Tie(
        row["relation"],
        bool(row["is_guardian"]),
        bool(row["may_collect"]),
        bool(row["is_emergency"]),
        bool(row["barred"]),
        None if row["only_day"] is None else dt.date.fromisoformat(row["only_day"]),
        row["sort"],
    )


def is_barred(database: Database | Unit, adult: AdultId) -> bool:
    """Whether an adult must not collect some child or other."""
    row = database.row(
        "select 1 from child_adult where adult_id = :adult and barred = 1 and ended_at is null limit 1",
        {"adult": adult},
    )
    return row is not None


@record
class BarredFrom:
    """Somebody who must not collect a child, and that child."""

    name: str
    phone: str
    relation: str
    child: str


def list_all_barred(database: Database) -> tuple[BarredFrom, ...]:
    """Everybody on file who must not collect some child, once for each child."""
    rows = database.rows(
        "select a.name, a.phone, t.relation, c.name as child from child_adult t"
        " join adult a on a.id = t.adult_id join child c on c.id = t.child_id"
        " where t.barred = 1 and t.ended_at is null and a.gone_at is null and c.gone_at is null"
        " order by t.id",
        {},
    )
    return tuple(BarredFrom(row["name"], row["phone"], row["relation"], row["child"]) for row in rows)


def children_by_phone(database: Database | Unit, phone: str) -> tuple[ChildId, ...]:
    """Children who have an adult with this number."""
    found: set[ChildId] = set()
    for row in database.rows(
        "select id, superseded_by from adult where phone = :phone order by id", {"phone": phone}
    ):
        who: sqlite3.Row | None = row
        while who is not None and who["superseded_by"] is not None:  # merged: hers all the same
            who = database.row(
                "select id, superseded_by from adult where id = :id", {"id": who["superseded_by"]}
            )
        if who is not None:
            ties = database.rows(
                "select t.child_id from child_adult t join child c on c.id = t.child_id"
                " where t.adult_id = :adult and t.ended_at is null and c.gone_at is null",
                {"adult": who["id"]},
            )
            found.update(ChildId(tie["child_id"]) for tie in ties)
    return tuple(sorted(found))


def _actor(id: int, name: str, role: str, class_id: int | None, class_name: str) -> Actor:  # noqa: A002
    group = None if class_id is None else ClassId(class_id)
    return Actor(StaffId(id), name, Role(role), group, class_name)
