"""Measures of growth and their evaluations. Corrected ones are superseded, none is changed."""

import datetime as dt
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from app.domain.growth import Indicator, Score
from app.domain.growth_entry import Measures
from app.domain.ids import ChildId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit

_CURRENT = "m.ended_at is null and m.undone_at is null"
_COLUMNS = (
    "m.id, m.child_id, m.day, m.weight_g, m.stature_mm, m.lying, m.head_mm, m.replaces_id,"
    " s.name as staff_name"
)


@record
class KeptMeasure:
    """One measuring of a child, with its evaluation by the standard that held then."""

    id: int
    child: ChildId
    day: dt.date
    taken: Measures
    lying: bool
    by: str
    standard: str
    scores: tuple[Score, ...]
    replaces: int | None = None


@record
class NewMeasure:
    """What is added. ``doubt`` is the warning that was heard and overruled."""

    child: ChildId
    day: dt.date
    taken: Measures
    lying: bool
    doubt: str = ""
    replaces: int | None = None


def add_measure(unit: Unit, new: NewMeasure, staff: StaffId, standard: str, scores: Iterable[Score]) -> int:
    """Enter a measuring and its evaluation; the one it replaces is ended."""
    if new.replaces is not None:
        unit.execute(
            "update growth_measure set ended_at = :at where id = :id and ended_at is null",
            {"at": unit.stamp, "id": new.replaces},
        )
    row = {
        "child_id": new.child,
        "day": new.day.isoformat(),
        "weight_g": new.taken.weight_g,
        "stature_mm": new.taken.stature_mm,
        "lying": int(new.lying),
        "head_mm": new.taken.head_mm,
        "doubt": new.doubt,
        "measured_at": unit.stamp,
        "measured_by": staff,
        "replaces_id": new.replaces,
    }
    key = unit.insert("growth_measure", row)
    for score in scores:
        unit.insert(
            "growth_score",
            {
                "measure_id": key,
                "standard": standard,
                "indicator": score.indicator.value,
                "corrected": int(score.corrected),
                "z": score.z,
                "level": score.level,
                "finding": score.finding,
            },
        )
    return key


def reverse_measure(unit: Unit, measure: KeptMeasure, staff: StaffId) -> None:
    """It was entered by mistake; what it had replaced holds again."""
    unit.execute(
        "update growth_measure set undone_at = :at, undone_by = :by where id = :id",
        {"at": unit.stamp, "by": staff, "id": measure.id},
    )
    if measure.replaces is not None:
        unit.execute("update growth_measure set ended_at = null where id = :id", {"id": measure.replaces})


def find_measure(database: Database | Unit, key: int) -> KeptMeasure | None:
    """One measuring that holds."""
    rows = database.rows(
        f"select {_COLUMNS} from growth_measure m join staff s on s.id = m.measured_by"
        f" where m.id = :id and {_CURRENT}",
        {"id": key},
    )
    return next(iter(_kept(rows, _scores(database, "m.id = :id", {"id": key}))), None)


def list_of_child(database: Database | Unit, child: ChildId) -> tuple[KeptMeasure, ...]:
    """All that hold, the oldest first."""
    rows = database.rows(
        f"select {_COLUMNS} from growth_measure m join staff s on s.id = m.measured_by"
        f" where m.child_id = :child and {_CURRENT} order by m.day, m.id",
        {"child": child},
    )
    return _kept(rows, _scores(database, "m.child_id = :child", {"child": child}))


def list_since(database: Database | Unit, first: dt.date, last: dt.date) -> tuple[KeptMeasure, ...]:
    """All that hold of days from ``first`` to ``last``, the oldest first."""
    span = {"first": first.isoformat(), "last": last.isoformat()}
    rows = database.rows(
        f"select {_COLUMNS} from growth_measure m join staff s on s.id = m.measured_by"
        f" where m.day between :first and :last and {_CURRENT} order by m.day, m.id",
        span,
    )
    return _kept(rows, _scores(database, "m.day between :first and :last", span))


def _scores(
    database: Database | Unit, where: str, params: Mapping[str, object]
) -> dict[int, tuple[str, list[Score]]]:
    found: dict[int, tuple[str, list[Score]]] = {}
    for row in database.rows(
        "select g.measure_id, g.standard, g.indicator, g.corrected, g.z, g.level, g.finding"
        f" from growth_score g join growth_measure m on m.id = g.measure_id where {where} order by g.id",
        dict(params),
    ):
        score = Score(
            Indicator(row["indicator"]), row["z"], bool(row["corrected"]), row["level"], row["finding"]
        )
        found.setdefault(row["measure_id"], (row["standard"], []))[1].append(score)
    return found


def _kept(
    rows: Sequence[sqlite3.Row], scores: Mapping[int, tuple[str, list[Score]]]
) -> tuple[KeptMeasure, ...]:
    made = []
    for row in rows:
        standard, own = scores.get(row["id"], ("", []))
        made.append(
            KeptMeasure(
                row["id"],
                ChildId(row["child_id"]),
                dt.date.fromisoformat(row["day"]),
                Measures(row["weight_g"], row["stature_mm"], row["head_mm"]),
                bool(row["lying"]),
                row["staff_name"],
                standard,
                tuple(own),
                row["replaces_id"],
            )
        )
    return tuple(made)
