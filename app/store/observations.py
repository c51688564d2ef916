"""Observations (观察记录): each written in an act that can be taken back whole; edited by superseding."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.curriculum import Area
from app.domain.ids import ChildId, ClassId, ObservationActId, ObservationId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment


@record
class NewObservation:
    """What is to be kept of one child. ``months`` is her age on the day."""

    child: ChildId
    day: dt.date
    area: Area
    months: int
    words: str


@record
class Observation:
    """One as kept. ``standing`` is False once it was edited or taken away."""

    id: ObservationId
    act: ObservationActId
    what: NewObservation
    by: str
    standing: bool


@record
class ObservationAct:
    """One act of writing: ``note``, ``edit`` or ``end``."""

    id: ObservationActId
    kind: str
    made_at: dt.datetime
    undone: bool


_ROW = (
    "select o.id, o.act_id, o.child_id, o.day, o.area, o.months, o.words, s.name as staff_name, o.ended_at"
    " from observation o join staff s on s.id = o.staff_id"
)


def add_act(unit: Unit, kind: str) -> ObservationActId:
    """Begin an act."""
    row = {"kind": kind, "staff_id": unit.actor_id, "made_at": unit.stamp}
    return ObservationActId(unit.insert("observation_act", row))


def add_observation(
    unit: Unit, act: ObservationActId, what: NewObservation, replaces: ObservationId | None = None
) -> ObservationId:
    """Keep one; what it replaces has to be ended in the same act."""
    return ObservationId(
        unit.insert(
            "observation",
            {
                "act_id": act,
                "child_id": what.child,
                "day": what.day.isoformat(),
                "area": what.area.value,
                "months": what.months,
                "words": what.words,
                "staff_id": unit.actor_id,
                "replaces_id": replaces,
            },
        )
    )


def end_observation(unit: Unit, act: ObservationActId, key: ObservationId) -> None:
    """It holds no more, by an act."""
    unit.execute(
        "update observation set ended_at = :at, ended_in = :act where id = :id and ended_at is null",
        {"at": unit.stamp, "act": act, "id": key},
    )


def find_observation(database: Database | Unit, key: ObservationId) -> Observation | None:
    """One, whether it holds or not."""
    row = database.row(f"{_ROW} where o.id = :id", {"id": key})
    return None if row is None else _observation(row)


def find_act(database: Database | Unit, key: ObservationActId) -> ObservationAct | None:
    """One act."""
    row = database.row("select id, kind, made_at, undone_at from observation_act where id = :id", {"id": key})
    if row is None:
        return None
    return ObservationAct(
        ObservationActId(row["id"]), row["kind"], moment(row["made_at"]), row["undone_at"] is not None
    )


def list_of_act(database: Database | Unit, act: ObservationActId) -> tuple[Observation, ...]:
    """What an act wrote and what it ended."""
    rows = database.rows(f"{_ROW} where o.act_id = :act or o.ended_in = :act order by o.id", {"act": act})
    return tuple(_observation(row) for row in rows)


def reverse_act(unit: Unit, act: ObservationActId) -> None:
    """Take an act back: what it wrote holds no more, what it ended holds again."""
    unit.execute(
        "update observation_act set undone_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": unit.actor_id, "id": act},
    )
    unit.execute(
        "update observation set ended_at = :at, ended_in = :act where act_id = :act and ended_at is null",
        {"at": unit.stamp, "act": act},
    )
    unit.execute(
        "update observation set ended_at = null, ended_in = null where ended_in = :act and act_id <> :act",
        {"act": act},
    )


def list_of_child(
    database: Database | Unit, child: ChildId, first: dt.date, last: dt.date
) -> tuple[Observation, ...]:
    """What holds of one child between two days, the newest first."""
    rows = database.rows(
        f"{_ROW} where o.child_id = :child and o.ended_at is null and o.day between :first and :last"
        " order by o.day desc, o.id desc",
        {"child": child, "first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_observation(row) for row in rows)


def list_all(database: Database | Unit, first: dt.date, last: dt.date) -> tuple[Observation, ...]:
    """What holds of all children between two days, the newest first."""
    rows = database.rows(
        f"{_ROW} where o.ended_at is null and o.day between :first and :last order by o.day desc, o.id desc",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_observation(row) for row in rows)


def list_of_class(
    database: Database | Unit, class_id: ClassId, first: dt.date, last: dt.date
) -> tuple[Observation, ...]:
    """What holds between two days of those who were in a class on the day it was seen, the newest first.

    By contract, or because the class had her that day, for the whole of it or since a move.
    """
    rows = database.rows(
        f"{_ROW} where o.ended_at is null and o.day between :first and :last and ("
        "exists (select 1 from enrolment e where e.child_id = o.child_id and e.class_id = :class"
        " and e.undone_at is null and e.starts_on <= o.day and (e.ends_on is null or e.ends_on >= o.day))"
        " or exists (select 1 from visit v where v.child_id = o.child_id and v.day = o.day"
        " and v.undone_at is null and (v.class_id = :class or exists (select 1 from day_move m"
        " where m.visit_id = v.id and m.undone_at is null"
        " and (m.from_class_id = :class or m.to_class_id = :class)))))"
        " order by o.day desc, o.id desc",
        {"class": class_id, "first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_observation(row) for row in rows)


def last_days(database: Database | Unit, children: Sequence[ChildId]) -> dict[ChildId, tuple[int, dt.date]]:
    """How many observations hold of each child, and the day of the newest."""
    if not children:
        return {}
    params = {f"key{at}": int(child) for at, child in enumerate(children)}
    marks = ", ".join(f":{name}" for name in params)
    rows = database.rows(
        "select child_id, count(*) as many, max(day) as last from observation"
        f" where ended_at is null and child_id in ({marks}) group by child_id",
        params,
    )
    return {ChildId(row["child_id"]): (int(row["many"]), dt.date.fromisoformat(row["last"])) for row in rows}


def _observation(row: sqlite3.Row) -> Observation:
    what = NewObservation(
        ChildId(row["child_id"]),
        dt.date.fromisoformat(row["day"]),
        Area(row["area"]),
        row["months"],
        row["words"],
    )
    return Observation(
        ObservationId(row["id"]),
        ObservationActId(row["act_id"]),
        what,
        row["staff_name"],
        row["ended_at"] is None,
    )
