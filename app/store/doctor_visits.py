"""The doctor's visits (医疗机构巡诊记录) and what was advised for each child."""

import datetime as dt

from app.domain.ids import ChildId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit


@record
class Advice:
    """A child who was seen, and what the doctor advised; often nothing."""

    child: ChildId
    name: str
    words: str


@record
class NewVisit:
    """A visit as it is kept."""

    day: dt.date
    doctor: str
    clinic: str
    content: str
    conclusion: str
    children: tuple[Advice, ...]


@record
class DoctorVisit:
    """A visit that holds."""

    id: int
    told: NewVisit
    noted_by: str
    replaces: int | None


def add_visit(unit: Unit, new: NewVisit, staff: StaffId, replaces: int | None = None) -> int:
    """Enter a visit; the one it corrects is ended."""
    if replaces is not None:
        unit.execute(
            "update doctor_visit set ended_at = :at where id = :id", {"at": unit.stamp, "id": replaces}
        )
    row = {
        "day": new.day.isoformat(),
        "doctor": new.doctor,
        "clinic": new.clinic,
        "content": new.content,
        "conclusion": new.conclusion,
        "noted_at": unit.stamp,
        "noted_by": staff,
        "replaces_id": replaces,
    }
    key = unit.insert("doctor_visit", row)
    for one in new.children:
        unit.insert("doctor_child", {"visit_id": key, "child_id": one.child, "advice": one.words})
    return key


def reverse_visit(unit: Unit, visit: DoctorVisit, staff: StaffId) -> None:
    """It was entered by mistake; what it had corrected holds again."""
    unit.execute(
        "update doctor_visit set undone_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": staff, "id": visit.id},
    )
    if visit.replaces is not None:
        unit.execute("update doctor_visit set ended_at = null where id = :id", {"id": visit.replaces})


def list_visits(database: Database | Unit) -> tuple[DoctorVisit, ...]:
    """Every visit that holds, the newest first."""
    seen: dict[int, list[Advice]] = {}
    for row in database.rows(
        "select d.visit_id, d.child_id, c.name, d.advice from doctor_child d"
        " join child c on c.id = d.child_id order by d.id"
    ):
        advice = Advice(ChildId(row["child_id"]), row["name"], row["advice"])
        seen.setdefault(row["visit_id"], []).append(advice)
    rows = database.rows(
        "select v.id, v.day, v.doctor, v.clinic, v.content, v.conclusion, v.replaces_id, s.name as staff_name"
        " from doctor_visit v join staff s on s.id = v.noted_by"
        " where v.ended_at is null and v.undone_at is null order by v.day desc, v.id desc"
    )
    return tuple(
        DoctorVisit(
            row["id"],
            NewVisit(
                dt.date.fromisoformat(row["day"]),
                row["doctor"],
                row["clinic"],
                row["content"],
                row["conclusion"],
                tuple(seen.get(row["id"], ())),
            ),
            row["staff_name"],
            row["replaces_id"],
        )
        for row in rows
    )


def find_visit(database: Database | Unit, key: int) -> DoctorVisit | None:
    """One visit that holds."""
    return next((one for one in list_visits(database) if one.id == key), None)
