"""What the file holds of a child over a span of days: stays, absences, activities; and who is in a class."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.day_moves import CLASS_AT_ENTRY


@record
class ClassChild:
    """A child of a class: enrolled there, or a guest of the last days."""

    id: ChildId
    name: str
    nickname: str
    born_on: dt.date
    enrolled: bool


@record
class LoggedActivity:
    """One activity a child was logged for. ``detail`` is how she took part, empty where nobody said."""

    child: ChildId
    day: dt.date
    name: str
    detail: str
    note: str


def list_class_children(
    database: Database | Unit,
    class_id: ClassId,
    day: dt.date,
    guests_since: dt.date,
    *,
    enrolled_since: dt.date | None = None,
) -> tuple[ClassChild, ...]:
    """Who belongs to a class on a day, and who visited it since another; the enrolled first, by name.

    Who was moved into it within a day is a guest, too. ``enrolled_since`` takes those who belonged to it on
    any day since: a month tells of the children that the class had, not only of those it has.
    """
    rows = database.rows(
        "select c.id, c.name, c.nickname, c.born_on, max(x.enrolled) as enrolled from ("
        "select child_id, 1 as enrolled from enrolment where class_id = :class and undone_at is null"
        " and starts_on <= :day and (ends_on is null or ends_on >= :held)"
        " union all select v.child_id, 0 from visit v where v.class_id = :class and v.undone_at is null"
        " and v.tariff <> 'contract' and v.day between :since and :day"
        " union all select v.child_id, 0 from visit v join day_move m on m.visit_id = v.id"
        " where m.to_class_id = :class and m.undone_at is null and v.undone_at is null"
        " and v.day between :since and :day) x"
        " join child c on c.id = x.child_id where c.gone_at is null"
        " group by c.id, c.name, c.nickname, c.born_on, c.pinyin order by enrolled desc, c.pinyin, c.id",
        {
            "class": class_id,
            "day": day.isoformat(),
            "since": guests_since.isoformat(),
            "held": (enrolled_since or day).isoformat(),
        },
    )
    return tuple(
        ClassChild(
            ChildId(row["id"]),
            row["name"],
            row["nickname"],
            dt.date.fromisoformat(row["born_on"]),
            bool(row["enrolled"]),
        )
        for row in rows
    )


def list_visits(
    database: Database | Unit, child: ChildId, first: dt.date, last: dt.date
) -> tuple[tuple[VisitId, dt.date], ...]:
    """The stays of a child between two days, by day."""
    rows = database.rows(
        "select id, day from visit where child_id = :child and undone_at is null"
        " and day between :first and :last order by day, arrived_at, id",
        {"child": child, "first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple((VisitId(row["id"]), dt.date.fromisoformat(row["day"])) for row in rows)


def count_visit_days(
    database: Database | Unit, children: Sequence[ChildId], first: dt.date, last: dt.date
) -> dict[ChildId, int]:
    """On how many days each of these was here."""
    if not children:
        return {}
    params: dict[str, object] = {f"key{at}": int(child) for at, child in enumerate(children)}
    marks = ", ".join(f":{name}" for name in params)
    rows = database.rows(
        "select child_id, count(distinct day) as days from visit where undone_at is null"
        f" and day between :first and :last and child_id in ({marks}) group by child_id",
        {**params, "first": first.isoformat(), "last": last.isoformat()},
    )
    return {ChildId(row["child_id"]): int(row["days"]) for row in rows}


def count_absences(
    database: Database | Unit, child: ChildId, first: dt.date, last: dt.date
) -> dict[str, int]:
    """Noted absences by kind: sick, personal, other."""
    rows = database.rows(
        "select kind, count(*) as days from absence where child_id = :child and undone_at is null"
        " and day between :first and :last group by kind",
        {"child": child, "first": first.isoformat(), "last": last.isoformat()},
    )
    return {row["kind"]: int(row["days"]) for row in rows}


def list_activities(
    database: Database | Unit, child: ChildId, first: dt.date, last: dt.date
) -> tuple[LoggedActivity, ...]:
    """The activities of one child between two days, by time."""
    rows = database.rows(
        f"{_LOGGED} and e.child_id = :child and e.day between :first and :last order by e.at, e.id",
        {"child": child, "first": first.isoformat(), "last": last.isoformat()},
    )
    return tuple(_logged(row) for row in rows)


def list_class_activities(
    database: Database | Unit, class_id: ClassId, day: dt.date
) -> tuple[tuple[str, LoggedActivity], ...]:
    """The activities of those in a class at the hour, on one day with the children's names, by time."""
    rows = database.rows(
        f"{_LOGGED} and {CLASS_AT_ENTRY} = :class and v.day = :day order by e.at, c.pinyin, e.id",
        {"class": class_id, "day": day.isoformat()},
    )
    return tuple((row["child_name"], _logged(row)) for row in rows)


def list_names(database: Database | Unit) -> tuple[tuple[ChildId, str, str], ...]:
    """Every child there ever was on file, with the name used at home: also who has gone."""
    rows = database.rows("select id, name, nickname from child order by id")
    return tuple((ChildId(row["id"]), row["name"], row["nickname"]) for row in rows)


_LOGGED = (
    "select e.child_id, e.day, e.text, e.detail, e.note, c.name as child_name from log_entry e"
    " join visit v on v.id = e.visit_id join child c on c.id = e.child_id"
    " where e.kind = 'activity' and e.ended_at is null and v.undone_at is null and e.text <> ''"
)


def _logged(row: sqlite3.Row) -> LoggedActivity:
    return LoggedActivity(
        ChildId(row["child_id"]),
        dt.date.fromisoformat(row["day"]),
        row["text"],
        row["detail"] or "",
        row["note"],
    )
