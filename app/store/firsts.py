"""What the log holds of children before a day, for those who may have done something for the first time.

Only what was asked for is looked up, and only of children whose log goes back to their first days here.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from app.domain.firsts import STEPS, WHOLE_FROM, WHOLE_TO
from app.domain.ids import ChildId
from app.domain.record import record
from app.domain.usual import Before
from app.store.database import Database
from app.store.history import LISTED, minute

# A contract may begin so many days before the first visit, and her log still holds her whole time here.
_LATE_START = dt.timedelta(days=14)
_WHOLE_DAY = 24 * 60


@record
class Asked:
    """What of a child's earlier days is to be known."""

    foods: bool = False
    slept: bool = False
    steps: bool = False
    whole_day: bool = False


def list_before(database: Database, asked: Mapping[ChildId, Asked], day: dt.date) -> dict[ChildId, Before]:
    """What the log holds of each child before a day; who was here before there was a log is left out."""
    new = _never_whole(database, [child for child, wish in asked.items() if wish.whole_day], day)
    left = {
        child: wish for child, wish in asked.items() if wish.foods or wish.slept or wish.steps or child in new
    }
    known = _logged_whole(database, left, day)
    return {
        child: Before(
            foods=_foods(database, child, day) if wish.foods else None,
            slept=_slept(database, child, day) if wish.slept else None,
            steps=_steps(database, child, day) if wish.steps else None,
            whole_day=child not in new if wish.whole_day else None,
        )
        for child, wish in left.items()
        if child in known
    }


def _never_whole(database: Database, children: Iterable[ChildId], day: dt.date) -> frozenset[ChildId]:
    """Those who have not stayed from morning to late afternoon before; who was not signed out may have."""
    chosen = _listed(children)
    if not chosen:
        return frozenset()
    rows = database.rows(
        f"select c.id from child c where c.id in ({chosen}) and not exists (select 1 from visit v"
        " where v.child_id = c.id and v.day < :day and v.undone_at is null"
        " and substr(v.arrived_at, 12, 5) <= :from_ and"
        " (v.left_at is null or substr(v.left_at, 12, 5) >= :to or substr(v.left_at, 1, 10) > v.day))",
        {"day": day.isoformat(), "from_": _clock(WHOLE_FROM), "to": _clock(WHOLE_TO)},
    )
    return frozenset(ChildId(row["id"]) for row in rows)


def _logged_whole(database: Database, children: Iterable[ChildId], day: dt.date) -> frozenset[ChildId]:
    chosen = _listed(children)
    if not chosen:
        return frozenset()
    rows = database.rows(
        "select c.id, (select min(v.day) from visit v where v.child_id = c.id and v.undone_at is null)"
        " as came, (select min(e.starts_on) from enrolment e where e.child_id = c.id"
        f" and e.undone_at is null) as began from child c where c.id in ({chosen}) and not {LISTED}",
    )
    return frozenset(
        ChildId(row["id"])
        for row in rows
        if row["came"] is not None
        and row["came"] < day.isoformat()
        and (
            row["began"] is None
            or dt.date.fromisoformat(row["came"]) - dt.date.fromisoformat(row["began"]) <= _LATE_START
        )
    )


_BEFORE = " from log_entry where child_id = :child and day < :day and ended_at is null"


def _foods(database: Database, child: ChildId, day: dt.date) -> tuple[str, ...]:
    rows = database.rows(
        f"select distinct text{_BEFORE} and kind in ('food', 'meal') and text <> ''",
        {"child": child, "day": day.isoformat()},
    )
    return tuple(row["text"] for row in rows)


def _slept(database: Database, child: ChildId, day: dt.date) -> int:
    """The longest sleep; who was fetched asleep had slept till then, and of no known end it may be any."""
    rows = database.rows(
        "select e.at, e.until, v.left_at from log_entry e join visit v on v.id = e.visit_id"
        " where e.child_id = :child and e.day < :day and e.ended_at is null and e.kind = 'sleep'",
        {"child": child, "day": day.isoformat()},
    )
    ends = [(row["at"], row["until"] or row["left_at"]) for row in rows]
    return max((_WHOLE_DAY if end is None else minute(end) - minute(at) for at, end in ends), default=0)


def _steps(database: Database, child: ChildId, day: dt.date) -> frozenset[str]:
    rows = database.rows(
        f"select distinct steps{_BEFORE} and kind = 'toilet' and steps <> '' and detail <> 'dry'",
        {"child": child, "day": day.isoformat()},
    )
    done = {step for row in rows for step in row["steps"].split()}
    return frozenset(step.value for step in STEPS if step.value in done)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _listed(children: Iterable[ChildId]) -> str:
    return ", ".join(str(int(child)) for child in children)
