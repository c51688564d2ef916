"""The checks of the rounds with what was found; the check itself is a row of ``health_check``."""

import datetime as dt
import functools
from collections.abc import Sequence

from app.domain.health_round import Card, Finding
from app.domain.ids import CheckId, ChildId, ClassId, StaffId, VisitId
from app.domain.record import record
from app.store import tables
from app.store.database import Database, Unit
from app.store.stamps import moment


@record
class KeptCheck:
    """A check as kept. ``card`` is None for one that was made without a round (at the door, in the class)."""

    id: CheckId
    visit: VisitId
    child: ChildId
    name: str
    class_id: ClassId
    day: dt.date
    kind: str
    at: dt.datetime
    tenths: int | None
    site: str | None
    outcome: str
    note: str
    by: str
    card: Card | None
    findings: tuple[str, ...]
    told: str
    treatment: str
    batch: int


_CHECK = (
    "select h.id, h.visit_id, v.child_id, c.name, v.class_id, v.day, h.kind, h.at, h.tenths, h.site,"
    " h.outcome, h.note, s.name as staff_name, d.card, d.findings, d.told, d.treatment, d.batch"
    " from health_check h join visit v on v.id = h.visit_id join child c on c.id = v.child_id"
    " join staff s on s.id = h.staff_id left join check_detail d on d.check_id = h.id"
    " where h.undone_at is null and v.undone_at is null"
)


@functools.cache
def findings() -> tuple[Finding, ...]:
    """一摸二看三问四查, read from ``health.toml`` once."""
    rows = tables.read("health.toml")["finding"]
    return tuple(Finding(row["code"], row["group"], row["words"], red=row.get("red", False)) for row in rows)


def list_of_visits(database: Database | Unit, visits: Sequence[VisitId]) -> tuple[KeptCheck, ...]:
    """The standing checks of some visits in order."""
    if not visits:
        return ()
    marks = ", ".join(str(int(visit)) for visit in visits)
    return tuple(_check(row) for row in database.rows(f"{_CHECK} and v.id in ({marks}) order by h.at, h.id"))


def list_of_days(database: Database, first: dt.date, last: dt.date) -> tuple[KeptCheck, ...]:
    """The standing checks of some days in order of day, child and time."""
    rows = database.rows(
        f"{_CHECK} and v.day between :first and :last order by v.day, v.class_id, c.name, v.id, h.at, h.id",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_check(row) for row in rows)


def find_check(database: Database | Unit, check: CheckId) -> KeptCheck | None:
    """One standing check."""
    row = database.row(f"{_CHECK} and h.id = :id", {"id": check})
    return None if row is None else _check(row)


def list_batch(database: Database | Unit, batch: int) -> tuple[KeptCheck, ...]:
    """The standing checks of one act."""
    rows = database.rows(f"{_CHECK} and d.batch = :batch order by h.id", {"batch": batch})
    return tuple(_check(row) for row in rows)


def next_batch(unit: Unit) -> int:
    """The number of the next act."""
    row = unit.row("select coalesce(max(batch), 0) + 1 as next from check_detail")
    return 1 if row is None else int(row["next"])


def add_detail(
    unit: Unit,
    check: CheckId,
    batch: int,
    card: Card,
    found: Sequence[str] = (),
    told: str = "",
    treatment: str = "",
) -> None:
    """What a check found beside the temperature."""
    unit.insert(
        "check_detail",
        {
            "check_id": check,
            "batch": batch,
            "card": card.value,
            "findings": " ".join(found),
            "told": told,
            "treatment": treatment,
        },
    )


def reverse_check(unit: Unit, check: CheckId) -> bool:
    """Take one check back; False when it was taken back before."""
    done = unit.execute(
        "update health_check set undone_at = :at where id = :id and undone_at is null",
        {"at": unit.stamp, "id": check},
    )
    return done.rowcount == 1


def count_children(database: Database, first: dt.date, last: dt.date, staff: StaffId | None = None) -> int:
    """How many visits of some days had a morning check (晨检人次)."""
    row = database.row(
        "select count(distinct v.id) as seen from health_check h join visit v on v.id = h.visit_id"
        " where h.undone_at is null and v.undone_at is null and h.kind = 'morning'"
        " and v.day between :first and :last and (:staff is null or h.staff_id = :staff)",
        {"first": first.isoformat(), "last": last.isoformat(), "staff": staff},
    )
    return 0 if row is None else int(row["seen"])


def _check(row: object) -> KeptCheck:
    got = dict(row)  # type: ignore[call-overload]
    return KeptCheck(
        id=CheckId(got["id"]),
        visit=VisitId(got["visit_id"]),
        child=ChildId(got["child_id"]),
        name=got["name"],
        class_id=ClassId(got["class_id"]),
        day=dt.date.fromisoformat(got["day"]),
        kind=got["kind"],
        at=moment(got["at"]),
        tenths=got["tenths"],
        site=got["site"],
        outcome=got["outcome"],
        note=got["note"],
        by=got["staff_name"],
        card=None if got["card"] is None else Card(got["card"]),
        findings=tuple((got["findings"] or "").split()),
        told=got["told"] or "",
        treatment=got["treatment"] or "",
        batch=got["batch"] or 0,
    )
