"""The steps of each child's life, and the contracts they opened and ended. Steps are only ever added."""

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from app.domain.ids import ApplicantId, ChildId, ClassId, StaffId, StepId
from app.domain.life import ASKING, Ending, Life, Owner, Stage, Step, StepKind
from app.domain.modes import CareMode, HalfDay
from app.domain.record import record
from app.domain.seats import Hold, held_beside
from app.store.children import Enrolment
from app.store.database import Database, Unit
from app.store.stamps import moment

_COLUMNS = (
    "s.id, s.kind, s.on_day, s.class_id, s.mode, s.half, s.starts_on, s.ends_on, s.seat_kept, s.ending,"
    " s.deadline, s.before_id, s.reason, s.batch, s.made_at, s.applicant_id,"
    " coalesce(s.child_id, a.child_id) as child_id, t.name as by_name, c.gone_at"
    " from life_step s left join applicant a on a.id = s.applicant_id join staff t on t.id = s.made_by"
    " left join child c on c.id = coalesce(s.child_id, a.child_id)"
    " where s.undone_at is null"
)


# The steps of a child, by her own key and by those of whoever asked for her.
_OF_CHILD = (
    " and (s.child_id = :child or s.applicant_id in (select id from applicant where child_id = :child))"
)
_CHILD_OF = (
    "select child_id from applicant where id = :applicant and child_id is not null"
    " union all select child_id from life_step"
    " where applicant_id = :applicant and child_id is not null and undone_at is null limit 1"
)


@record
class Contract:
    """A contract row with its key."""

    id: int
    what: Enrolment


def add_step(unit: Unit, owner: Owner, step: Step, staff: StaffId) -> StepId:
    """Keep a step."""
    row = {
        "applicant_id": owner.applicant,
        "child_id": owner.child,
        "kind": step.kind.value,
        "on_day": step.on_day.isoformat(),
        "class_id": step.class_id,
        "mode": step.mode,
        "half": step.half,
        "starts_on": _iso(step.starts_on),
        "ends_on": _iso(step.ends_on),
        "seat_kept": int(step.seat_kept),
        "ending": step.ending,
        "deadline": _iso(step.deadline),
        "before_id": step.before,
        "reason": step.reason,
        "batch": step.batch,
        "made_by": staff,
        "made_at": unit.stamp,
    }
    plain = {name: str(value) if hasattr(value, "value") else value for name, value in row.items()}
    return StepId(unit.insert("life_step", plain))


def reverse_step(unit: Unit, step: StepId, staff: StaffId) -> None:
    """Take a step back with what it did to contracts: what it opened never held, what it ended holds on."""
    for row in unit.rows(
        "select enrolment_id, opened, ended_before from life_effect where step_id = :step", {"step": step}
    ):
        if row["opened"]:
            sql = "update enrolment set undone_at = :value where id = :id"
            unit.execute(sql, {"value": unit.stamp, "id": row["enrolment_id"]})
        else:
            sql = "update enrolment set ends_on = :value where id = :id"
            unit.execute(sql, {"value": row["ended_before"], "id": row["enrolment_id"]})
    unit.execute(
        "update life_step set undone_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": staff, "id": step},
    )


def open_contract(unit: Unit, step: StepId, contract: Enrolment) -> int:
    """Begin a contract because of a step."""
    from app.store.children import add_enrolment

    key = add_enrolment(unit, contract)
    unit.insert("life_effect", {"step_id": step, "enrolment_id": key, "opened": 1})
    return key


def end_contract(unit: Unit, step: StepId, contract: Contract, last: dt.date) -> None:
    """End a contract because of a step; what end it had is kept for taking it back."""
    row = {
        "step_id": step,
        "enrolment_id": contract.id,
        "opened": 0,
        "ended_before": _iso(contract.what.ends_on),
    }
    unit.insert("life_effect", row)
    unit.execute(
        "update enrolment set ends_on = :last where id = :id", {"last": last.isoformat(), "id": contract.id}
    )


def find_contract(database: Database | Unit, child: ChildId, day: dt.date) -> Contract | None:
    """The contract of a child that holds on a day."""
    row = database.row(
        "select id, child_id, class_id, mode, half, weekdays, arrive_minute, leave_minute, starts_on, ends_on"
        " from enrolment where child_id = :child and starts_on <= :day"
        " and (ends_on is null or ends_on >= :day) and undone_at is null order by id desc limit 1",
        {"child": child, "day": day.isoformat()},
    )
    return None if row is None else _contract(row)


def last_contract(database: Database | Unit, child: ChildId) -> Contract | None:
    """The contract of a child that was entered last: its hours and weekdays are proposed for the next."""
    row = database.row(
        "select id, child_id, class_id, mode, half, weekdays, arrive_minute, leave_minute, starts_on, ends_on"
        " from enrolment where child_id = :child and undone_at is null order by starts_on desc, id desc",
        {"child": child},
    )
    return None if row is None else _contract(row)


def find_step(database: Database | Unit, step: StepId) -> tuple[Owner, Step] | None:
    """One step that holds."""
    row = database.row(f"select {_COLUMNS} and s.id = :id", {"id": step})
    return None if row is None else (_owner(row), _step(row))


def list_batch(database: Database | Unit, step: StepId) -> tuple[StepId, ...]:
    """The steps made together, the one that gave the batch its name first."""
    rows = database.rows(
        "select id from life_step where (batch = :id or id = :id) and undone_at is null order by id",
        {"id": step},
    )
    return tuple(StepId(row["id"]) for row in rows)


def list_lives(database: Database | Unit) -> dict[Owner, Life]:
    """Every life on file, also of children whose contract was entered without steps."""
    return _lives(database, "", "", {})


def _lives(
    database: Database | Unit, steps: str, contracts: str, params: dict[str, int | None]
) -> dict[Owner, Life]:
    """The lives of whose steps and contracts meet two conditions."""
    owners: dict[tuple[str, int], Owner] = {}
    told: dict[tuple[str, int], list[Step]] = {}
    for row in database.rows(f"select {_COLUMNS}{steps} order by s.id", params):
        if row["gone_at"] is not None:
            continue  # merged: what counts of her asking was taken along
        owner = _owner(row)
        key = _key(owner)
        # A child who asks again later has another applicant: the newest stands for her.
        kept = owners.get(key, owner)
        owners[key] = Owner(owner.applicant or kept.applicant, owner.child or kept.child)
        told.setdefault(key, []).append(_step(row))
    bare = database.rows(
        "select e.child_id, e.class_id, e.mode, e.half, e.starts_on, e.ends_on, f.ended_before,"
        " f.id as effect from enrolment e left join life_effect f on f.enrolment_id = e.id"
        " and f.opened = 0 and f.step_id in (select id from life_step where undone_at is null)"
        " where e.undone_at is null and e.mode in ('full_day', 'half_day') and not exists"
        f" (select 1 from life_effect o where o.enrolment_id = e.id and o.opened = 1){contracts}"
        " order by e.starts_on, e.id",
        params,
    )
    before: dict[ChildId, list[Step]] = {}
    for row in bare:
        before.setdefault(ChildId(row["child_id"]), []).append(_bare_step(row))
    for child, implied in before.items():
        key = ("child", child)
        owners.setdefault(key, Owner(child=child))
        own = told.get(key, [])
        # What was asked before she came is older than a contract entered by hand.
        asked = [one for one in own if one.kind in ASKING and one.on_day <= implied[0].on_day]
        told[key] = [*asked, *_as_life(implied), *(one for one in own if one not in asked)]
    return {owners[key]: Life(tuple(found)) for key, found in told.items()}


def _key(owner: Owner) -> tuple[str, int]:
    return ("child", owner.child) if owner.child is not None else ("applicant", owner.applicant or 0)


def find_life(database: Database | Unit, owner: Owner) -> tuple[Owner, Life]:
    """One life, with both keys of its owner where she has both."""
    child = owner.child
    if child is None and (row := database.row(_CHILD_OF, {"applicant": owner.applicant})) is not None:
        child = row["child_id"]
    params: dict[str, int | None] = {"child": child, "applicant": owner.applicant}
    if child is None:
        found = _lives(database, " and s.applicant_id = :applicant", " and 0", params)
    else:
        found = _lives(database, _OF_CHILD, " and e.child_id = :child", params)
    return next(iter(found.items()), (owner, Life()))


def list_holds(database: Database | Unit, today: dt.date, without: Iterable[Owner] = ()) -> tuple[Hold, ...]:
    """Every seat held from today on: contracts, seats kept in 停托, and offers that stand on the list."""
    left_out = tuple(without)
    children = {one.child for one in left_out if one.child is not None}
    rows = database.rows(
        "select child_id, class_id, mode, half, starts_on, ends_on from enrolment"
        " where undone_at is null and (ends_on is null or ends_on >= :today) order by id",
        {"today": today.isoformat()},
    )
    holds = [
        Hold(ClassId(row["class_id"]), CareMode(row["mode"]), _half(row["half"]), _date(row["starts_on"]),
             _date_or_none(row["ends_on"]))
        for row in rows
        if row["child_id"] not in children
    ]  # fmt: skip
    applicants = {one.applicant for one in left_out if one.applicant is not None}
    for owner, life in list_lives(database).items():
        if owner.child in children or (owner.applicant is not None and owner.applicant in applicants):
            continue
        holds += held_beside(life, today)
    return tuple(holds)


def list_offered(database: Database | Unit, today: dt.date) -> tuple[tuple[Owner, Hold], ...]:
    """The seats offered on the waiting list and not yet taken up: notified in time, or confirmed."""
    rows = database.rows(
        "select distinct s.applicant_id, s.child_id from life_step s where s.kind = 'notify'"
        " and s.undone_at is null and not exists (select 1 from life_step n where n.undone_at is null"
        " and n.id > s.id and n.kind in ('try', 'enrol', 'leave')"
        " and (n.applicant_id = s.applicant_id or n.child_id = s.child_id))"
    )
    found: list[tuple[Owner, Hold]] = []
    for row in rows:
        applicant, child = row["applicant_id"], row["child_id"]
        asked = Owner(
            None if applicant is None else ApplicantId(applicant), None if child is None else ChildId(child)
        )
        owner, whole = find_life(database, asked)
        if not whole.stage.in_care:
            found += [(owner, hold) for hold in held_beside(whole, today)]
    return tuple(found)


def _as_life(implied: list[Step]) -> list[Step]:
    """Contracts entered without steps, as steps: the first enrols, one that follows at once is a move."""
    made: list[Step] = []
    for step in implied:
        if made and Life(tuple(made)).stage is Stage.ENROLLED:
            last = made[-1]
            kind = StepKind.MOVE if (last.class_id, last.mode) != (step.class_id, step.mode) else last.kind
            made.append(replace(step, kind=kind))
            continue
        made.append(step)
    return made


def _bare_step(row: sqlite3.Row) -> Step:
    ends = row["ends_on"] if row["effect"] is None else row["ended_before"]
    return Step(
        StepKind.ENROL,
        _date(row["starts_on"]),
        None,
        ClassId(row["class_id"]),
        CareMode(row["mode"]),
        _half(row["half"]),
        ends_on=_date_or_none(ends),
    )


def _owner(row: sqlite3.Row) -> Owner:
    applicant, child = row["applicant_id"], row["child_id"]
    return Owner(
        None if applicant is None else ApplicantId(applicant), None if child is None else ChildId(child)
    )


def _step(row: sqlite3.Row) -> Step:
    return Step(
        kind=StepKind(row["kind"]),
        on_day=_date(row["on_day"]),
        id=StepId(row["id"]),
        class_id=None if row["class_id"] is None else ClassId(row["class_id"]),
        mode=None if row["mode"] is None else CareMode(row["mode"]),
        half=_half(row["half"]),
        starts_on=_date_or_none(row["starts_on"]),
        ends_on=_date_or_none(row["ends_on"]),
        seat_kept=bool(row["seat_kept"]),
        ending=None if row["ending"] is None else Ending(row["ending"]),
        deadline=_date_or_none(row["deadline"]),
        before=None if row["before_id"] is None else ApplicantId(row["before_id"]),
        reason=row["reason"],
        by=row["by_name"],
        made_at=moment(row["made_at"]),
        batch=None if row["batch"] is None else StepId(row["batch"]),
    )


def _contract(row: sqlite3.Row) -> Contract:
    what = Enrolment(
        ChildId(row["child_id"]),
        ClassId(row["class_id"]),
        CareMode(row["mode"]),
        _half(row["half"]),
        row["weekdays"],
        row["arrive_minute"],
        row["leave_minute"],
        _date(row["starts_on"]),
        _date_or_none(row["ends_on"]),
    )
    return Contract(row["id"], what)


def _half(text: str | None) -> HalfDay | None:
    return None if text is None else HalfDay(text)


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _date_or_none(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
