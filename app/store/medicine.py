"""Requests for medicine, their doses, what became of each, and what went home again.

What was done while the child was handed back stands as long as that release does. A request lasts for the
day: of a child who went home and came back it is one of the stay that she is in now.
"""

import datetime as dt
import functools
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from app.domain.ids import ChildId, ClassId, DoseId, ReleaseId, RequestId, StaffId, VisitId
from app.domain.medicine import Dose, DoseState, Request, RequestDraft, TakenBack
from app.domain.record import record
from app.store import tables
from app.store.database import Database, Unit
from app.store.stamps import moment, moment_or_none, stamp

_STANDS = (
    "{t}.undone_at is null and not exists"
    " (select 1 from release r where r.id = {t}.release_id and r.undone_at is not null)"
)
_ACT, _RETURN = _STANDS.format(t="a"), _STANDS.format(t="b")
_REQUEST = (
    "select q.id, q.visit_id as taken_visit, n.id as visit_id, v.child_id, c.name, n.class_id,"
    " g.name as class_name, v.day, n.left_at, n.arrived_at,"
    " (select max(w.left_at) from visit w where w.child_id = v.child_id and w.day = v.day"
    " and w.undone_at is null and w.id <> n.id) as left_before,"
    " q.medicine, q.dose, q.way, q.reason, q.allergy, q.expires_on, q.brought, q.home_at, q.signer,"
    " q.signed_how, q.signature, q.taken_at, s.name as taker"
    " from medicine_request q join visit v on v.id = q.visit_id join child c on c.id = v.child_id"
    " join staff s on s.id = q.taken_by"
    # Outer joins: there always is one, and it is looked for only where there is a request.
    " left join visit n on n.id = (select w.id from visit w where w.child_id = v.child_id and w.day = v.day"
    " and w.undone_at is null order by w.arrived_at desc, w.id desc limit 1)"
    " left join class_group g on g.id = n.class_id"
    " where q.undone_at is null and v.undone_at is null"
)
_HELD = f" and not exists (select 1 from medicine_return b where b.request_id = q.id and {_RETURN})"


@record
class Slip:
    """What a slip said of a dose at home, whether it stands or was taken back."""

    medicine: str
    home_at: dt.datetime | None
    undone: bool


@functools.cache
def substances() -> tuple[tuple[str, ...], ...]:
    """Names under which one substance is sold, a line each."""
    return tuple(tuple(row["names"]) for row in tables.read("health.toml")["substance"])


def list_of_days(database: Database | Unit, first: dt.date, last: dt.date) -> tuple[Request, ...]:
    """The requests of some days in the order in which they were taken."""
    rows = database.rows(
        f"{_REQUEST} and v.day between :first and :last order by v.day, q.taken_at, q.id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return _requests(database, rows)


def list_of_visit(database: Database | Unit, visit: VisitId) -> tuple[Request, ...]:
    """The requests of one stay, each with what became of it in this one.

    What was taken in an earlier stay of the day waits in the last, and what was done is of the stay it was
    done in: a note of the morning tells nothing of the afternoon.
    """
    rows = database.rows(
        f"{_REQUEST} and v.child_id = (select t.child_id from visit t where t.id = :visit)"
        " and v.day = (select t.day from visit t where t.id = :visit) order by q.id",
        {"visit": visit},
    )
    if not rows or all(row["taken_visit"] == row["visit_id"] == visit for row in rows):
        return _requests(database, rows)
    stays = _stays(database, visit)
    found = []
    for row, one in zip(rows, _requests(database, rows), strict=True):
        doses = tuple(dose for dose in one.doses if _stay_of(dose, row["taken_visit"], stays) == visit)
        if doses or row["taken_visit"] == visit:
            found.append(replace(one, doses=doses))
    return tuple(found)


def _stays(database: Database | Unit, visit: VisitId) -> tuple[tuple[VisitId, dt.datetime], ...]:
    """The stays of a child on the day of one of them, each with when it began."""
    rows = database.rows(
        "select v.id, v.arrived_at from visit v join visit t on t.child_id = v.child_id and t.day = v.day"
        " where t.id = :visit and v.undone_at is null order by v.arrived_at, v.id",
        {"visit": visit},
    )
    return tuple((VisitId(row["id"]), moment(row["arrived_at"])) for row in rows)


def list_stays(
    database: Database, child: ChildId, day: dt.date
) -> tuple[tuple[dt.datetime, dt.datetime | None], ...]:
    """When a child came and left on a day, each time."""
    rows = database.rows(
        "select arrived_at, left_at from visit where child_id = :child and day = :day and undone_at is null"
        " order by arrived_at, id",
        {"child": child, "day": day.isoformat()},
    )
    return tuple((moment(row["arrived_at"]), moment_or_none(row["left_at"])) for row in rows)


def _stay_of(dose: Dose, taken: int, stays: Sequence[tuple[VisitId, dt.datetime]]) -> VisitId:
    """In which stay something became of a dose; what waits does so in the last."""
    first = next((at for at, stay in enumerate(stays) if stay[0] == taken), 0)
    later = stays[first:]
    began = [stay for stay, since in later if dose.at is None or since <= dose.at]
    return began[-1] if began else later[0][0]


def list_slips(database: Database | Unit, child: ChildId, day: dt.date) -> tuple[Slip, ...]:
    """Every slip of a child on a day as it was taken, those taken back too, the newest last."""
    rows = database.rows(
        "select q.medicine, q.home_at, q.undone_at from medicine_request q join visit v on v.id = q.visit_id"
        " where v.child_id = :child and v.day = :day order by q.id",
        {"child": child, "day": day.isoformat()},
    )
    return tuple(
        Slip(row["medicine"], moment_or_none(row["home_at"]), row["undone_at"] is not None) for row in rows
    )


def list_held(database: Database | Unit, child: ChildId) -> tuple[Request, ...]:
    """Medicine of a child that has not gone home, of this stay and of earlier ones."""
    return _requests(
        database, database.rows(f"{_REQUEST}{_HELD} and v.child_id = :child order by q.id", {"child": child})
    )


def find_request(database: Database | Unit, request: RequestId) -> Request | None:
    """One request that stands."""
    found = _requests(database, database.rows(f"{_REQUEST} and q.id = :id", {"id": request}))
    return found[0] if found else None


def find_by_dose(database: Database | Unit, dose: DoseId) -> Request | None:
    """The request that a dose belongs to."""
    row = database.row("select request_id from medicine_dose where id = :id", {"id": dose})
    return None if row is None else find_request(database, RequestId(row["request_id"]))


def find_by_act(database: Database | Unit, act: int) -> tuple[Request, Dose] | None:
    """The request and the dose that a standing act was done for."""
    row = database.row("select dose_id from medicine_act where id = :id and undone_at is null", {"id": act})
    if row is None or (request := find_by_dose(database, DoseId(row["dose_id"]))) is None:
        return None
    return next(((request, dose) for dose in request.doses if dose.act == act), None)


def add_request(unit: Unit, visit: VisitId, draft: RequestDraft, staff: StaffId) -> RequestId:
    """Take a request with its doses at the unit's moment."""
    row = {
        "visit_id": visit,
        "medicine": draft.medicine,
        "dose": draft.dose,
        "way": draft.way,
        "reason": draft.reason,
        "allergy": draft.allergy,
        "original_pack": int(draft.original_pack),
        "expires_on": draft.expires_on.isoformat(),
        "brought": draft.brought,
        "home_at": None if draft.home_at is None else stamp(draft.home_at),
        "signer": draft.signer,
        "signed_how": draft.signed_how,
        "signature": draft.signature if draft.signed_how == "screen" else "",
        "taken_at": unit.stamp,
        "taken_by": staff,
    }
    key = unit.insert("medicine_request", row)
    for at in draft.times:
        unit.insert("medicine_dose", {"request_id": key, "due_at": stamp(at)})
    return RequestId(key)


def reverse_request(unit: Unit, request: RequestId, staff: StaffId) -> bool:
    """It was not taken after all; False when it was taken back before."""
    done = unit.execute(
        "update medicine_request set undone_at = :at, undone_by = :staff"
        " where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": request},
    )
    return done.rowcount == 1


def list_taken_back(database: Database | Unit, child: ChildId, since: dt.datetime) -> tuple[TakenBack, ...]:
    """Doses of a child noted as given since a moment and taken back, its request too or not."""
    rows = database.rows(
        "select q.medicine, a.at, g.name as giver_name, s.name as second_name, a.undone_at, u.name as undoer"
        " from medicine_act a join medicine_dose m on m.id = a.dose_id"
        " join medicine_request q on q.id = m.request_id join visit v on v.id = q.visit_id"
        " join staff g on g.id = a.giver_id join staff s on s.id = a.second_id"
        " join staff u on u.id = a.undone_by"
        " where v.child_id = :child and a.kind = 'given' and a.at >= :since order by a.id",
        {"child": child, "since": stamp(since)},
    )
    return tuple(
        TakenBack(
            row["medicine"],
            moment(row["at"]),
            row["giver_name"],
            row["second_name"],
            moment(row["undone_at"]),
            row["undoer"],
        )
        for row in rows
    )


def add_given(
    unit: Unit,
    dose: DoseId,
    measured: str,
    people: tuple[StaffId, StaffId],
    late: int,
    cleared: str = "",
    asked: str = "",
) -> int:
    """A dose was given at the unit's moment by the first of two people; ``late`` in minutes.

    ``cleared`` as ``TakenBack`` asks, ``asked`` who of the family said that they had not given it.
    """
    _clear(unit, dose)
    giver, second = people
    row = {"dose_id": dose, "kind": "given", "at": unit.stamp, "dose": measured, "giver_id": giver}
    more = {"second_id": second, "late_minutes": late, "reason": cleared, "asked": asked}
    return unit.insert("medicine_act", {**row, **more})


def add_at_home(unit: Unit, dose: DoseId, at: dt.datetime, asked: str, staff: StaffId) -> int:
    """A dose was not given here: the family gave it at a moment, as one of them says."""
    _clear(unit, dose)
    row = {"dose_id": dose, "kind": "skipped", "at": unit.stamp, "giver_id": staff}
    return unit.insert("medicine_act", {**row, "home_at": stamp(at), "asked": asked})


def add_skipped(
    unit: Unit, dose: DoseId, reason: str, staff: StaffId, release: ReleaseId | None = None
) -> int:
    """A dose was left out, and why."""
    _clear(unit, dose)
    row = {"dose_id": dose, "kind": "skipped", "at": unit.stamp, "giver_id": staff, "reason": reason}
    return unit.insert("medicine_act", {**row, "release_id": release})


def reverse_act(unit: Unit, act: int, staff: StaffId) -> bool:
    """What was noted of a dose was a mistake; False when it was taken back before."""
    done = unit.execute(
        "update medicine_act set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": act},
    )
    return done.rowcount == 1


def add_return(
    unit: Unit,
    request: RequestId,
    whom: str,
    words: str,
    staff: StaffId,
    release: ReleaseId | None = None,
) -> int:
    """The rest of a medicine went home with somebody."""
    row = {"request_id": request, "at": unit.stamp, "staff_id": staff, "whom": whom, "words": words}
    return unit.insert("medicine_return", {**row, "release_id": release})


def reverse_return(unit: Unit, key: int, staff: StaffId) -> bool:
    """It is still here; False when that was said before."""
    done = unit.execute(
        "update medicine_return set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": key},
    )
    return done.rowcount == 1


def find_return(database: Database, key: int) -> RequestId | None:
    """The request that a standing return belongs to."""
    row = database.row(
        "select request_id from medicine_return where id = :id and undone_at is null and release_id is null",
        {"id": key},
    )
    return None if row is None else RequestId(row["request_id"])


def _clear(unit: Unit, dose: DoseId) -> None:
    """What was done at a release that was undone does not stand: let another act take its place."""
    unit.execute(
        "update medicine_act set undone_at = :at, undone_by = giver_id where dose_id = :dose"
        " and undone_at is null and exists (select 1 from release r where r.id = release_id"
        " and r.undone_at is not null)",
        {"at": unit.stamp, "dose": dose},
    )


def _requests(database: Database | Unit, rows: Sequence[sqlite3.Row]) -> tuple[Request, ...]:
    if not rows:
        return ()
    keys = ", ".join(str(row["id"]) for row in rows)
    doses: dict[int, list[Dose]] = {}
    for row in database.rows(
        "select m.request_id, m.id, m.due_at, a.id as act, a.kind, a.at, a.giver_id, g.name as giver_name,"
        " a.second_id, s.name as second_name, a.late_minutes, a.reason, a.release_id, a.home_at, a.asked,"
        " (select max(b.at) from medicine_act b where b.dose_id = m.id and b.kind = 'given'"
        " and b.undone_at is not null) as taken_back"
        f" from medicine_dose m left join medicine_act a on a.dose_id = m.id and {_ACT}"
        " left join staff g on g.id = a.giver_id left join staff s on s.id = a.second_id"
        f" where m.request_id in ({keys}) order by m.due_at"
    ):
        doses.setdefault(row["request_id"], []).append(_dose(row))
    returned = {
        row["request_id"]: row
        for row in database.rows(
            "select b.id, b.request_id, b.at, b.whom, b.release_id from medicine_return b"
            f" where b.request_id in ({keys}) and {_RETURN} order by b.id"
        )
    }
    return tuple(_request(row, tuple(doses[row["id"]]), returned.get(row["id"])) for row in rows)


def _dose(row: sqlite3.Row) -> Dose:
    if row["kind"] is None:
        return Dose(DoseId(row["id"]), moment(row["due_at"]), taken_back=moment_or_none(row["taken_back"]))
    return Dose(
        id=DoseId(row["id"]),
        due_at=moment(row["due_at"]),
        state=DoseState(row["kind"]) if row["home_at"] is None else DoseState.HOME,
        act=row["act"],
        at=moment(row["at"]),
        giver=StaffId(row["giver_id"]),
        giver_name=row["giver_name"],
        second=None if row["second_id"] is None else StaffId(row["second_id"]),
        second_name=row["second_name"] or "",
        late=row["late_minutes"],
        reason=row["reason"],
        taken_home=row["release_id"] is not None and moment(row["due_at"]) > moment(row["at"]),
        taken_back=moment_or_none(row["taken_back"]),
        home_at=moment_or_none(row["home_at"]),
        asked=row["asked"],
    )


def _request(row: sqlite3.Row, doses: tuple[Dose, ...], back: sqlite3.Row | None) -> Request:
    return Request(
        id=RequestId(row["id"]),
        visit=VisitId(row["visit_id"]),
        child=ChildId(row["child_id"]),
        name=row["name"],
        class_id=ClassId(row["class_id"]),
        class_name=row["class_name"],
        day=dt.date.fromisoformat(row["day"]),
        medicine=row["medicine"],
        dose=row["dose"],
        way=row["way"],
        reason=row["reason"],
        allergy=row["allergy"],
        expires_on=dt.date.fromisoformat(row["expires_on"]),
        brought=row["brought"],
        home_at=moment_or_none(row["home_at"]),
        signer=row["signer"],
        signed_how=row["signed_how"],
        signature=row["signature"],
        taken_at=moment(row["taken_at"]),
        taken_by=row["taker"],
        doses=doses,
        returned="" if back is None else f"{moment(back['at']):%H:%M} 交还{back['whom']}",
        inside=row["left_at"] is None,
        since=moment(row["arrived_at"]),
        left_before=moment_or_none(row["left_before"]),
        return_key=0 if back is None or back["release_id"] is not None else back["id"],
    )
