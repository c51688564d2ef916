"""What two records of a child both have of one day, where only one row may hold: a measuring, an absence."""

import datetime as dt

from app.domain.ids import ChildId, StaffId, VisitId
from app.domain.record import record
from app.store.database import Database, Unit


@record
class OfDay:
    """A row of a day: ``said`` are its facts as kept, ``at`` the stamp of when it was written."""

    id: int
    day: dt.date
    said: tuple[str | int | None, ...]
    at: str


@record
class DayPair:
    """The rows of both records of one day; ``table`` is growth_measure or absence."""

    table: str
    kept: OfDay
    merged: OfDay

    @property
    def same(self) -> bool:
        """Whether the merged one says nothing that the kept one does not."""
        return self.kept.said == self.merged.said


def list_day_pairs(database: Database | Unit, kept: ChildId, merged: ChildId) -> tuple[DayPair, ...]:
    """Every day of which both records hold a measuring or an absence, the earliest first."""
    found = []
    for table, columns, at, holds in (
        (
            "growth_measure",
            ("weight_g", "stature_mm", "head_mm", "doubt"),
            "measured_at",
            "ended_at is null and",
        ),
        ("absence", ("kind", "reason", "told_by"), "noted_at", ""),
    ):
        mine, others = (
            {
                row["day"]: OfDay(
                    row["id"],
                    dt.date.fromisoformat(row["day"]),
                    tuple(row[column] for column in columns),
                    row[at],
                )
                for row in database.rows(
                    f"select id, day, {at}, {', '.join(columns)} from {table}"
                    f" where child_id = :child and {holds} undone_at is null",
                    {"child": child},
                )
            }
            for child in (kept, merged)
        )
        found += [DayPair(table, mine[day], others[day]) for day in sorted(mine.keys() & others.keys())]
    return tuple(found)


def list_away_while_here(database: Database | Unit, kept: ChildId, merged: ChildId) -> tuple[OfDay, ...]:
    """The absences of one record on days on which the other has a stay: she was here, so she was not away."""
    rows = database.rows(
        "select a.id, a.day, a.kind, a.reason, a.told_by, a.noted_at from absence a"
        " where a.undone_at is null and a.child_id in (:kept, :merged)"
        " and exists (select 1 from visit v where v.child_id in (:kept, :merged)"
        " and v.child_id <> a.child_id and v.day = a.day and v.undone_at is null) order by a.day, a.id",
        {"kept": kept, "merged": merged},
    )
    return tuple(
        OfDay(
            row["id"],
            dt.date.fromisoformat(row["day"]),
            (row["kind"], row["reason"], row["told_by"]),
            row["noted_at"],
        )
        for row in rows
    )


def list_doubled(database: Database | Unit, child: ChildId) -> tuple[VisitId, ...]:
    """The stays of a child, over and not taken back, in whose hours another of hers lies, by arrival."""
    rows = database.rows(
        "select v.id from visit v where v.child_id = :child and v.undone_at is null and v.left_at is not null"
        " and exists (select 1 from visit o where o.child_id = :child and o.day = v.day and o.id <> v.id"
        " and o.undone_at is null and o.arrived_at < v.left_at"
        " and (o.left_at is null or o.left_at > v.arrived_at)) order by v.arrived_at, v.id",
        {"child": child},
    )
    return tuple(VisitId(row["id"]) for row in rows)


def reverse_stay(unit: Unit, visit: VisitId, staff: StaffId) -> None:
    """A stay that is over never was: the row stays as undone with all it says, its checks with it."""
    params = {"at": unit.stamp, "staff": staff, "id": visit}
    unit.execute("update visit set undone_at = :at, undone_by = :staff where id = :id", params)
    unit.execute(
        "update health_check set undone_at = :at where visit_id = :id and undone_at is null",
        {"at": unit.stamp, "id": visit},
    )
