"""A child's days before this one, each summed: what is usual for her, and whether she has been here."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ids import ChildId, VisitId
from app.domain.usual import PastDay, Usual
from app.store.database import Database

_LOOK_BACK = dt.timedelta(days=16)  # calendar days: some ten days of care
# A list of children says of none that she is new, unless her contract begins after it was taken in: where it
# has no such column, the contract begins that day.
LISTED = (
    "exists (select 1 from import_row i join import_batch m on m.id = i.batch_id"
    " left join enrolment k on k.id = i.enrolment_id where i.child_id = c.id and m.undone_at is null"
    " and (k.id is null or k.starts_on <= substr(m.made_at, 1, 10)))"
)


def list_usual(database: Database, children: Sequence[ChildId], day: dt.date) -> dict[ChildId, Usual]:
    """What was usual for each of these children before a day; three queries, however many they are.

    Who had a contract or a booking before, or stood on a list, counts as having been here: her first days may
    lie before the log.
    """
    if not children:
        return {}
    params: dict[str, object] = {"day": day.isoformat(), "since": (day - _LOOK_BACK).isoformat()}
    marks = []
    for place, child in enumerate(children):
        params[f"child{place}"] = int(child)
        marks.append(f":child{place}")
    chosen = ", ".join(marks)
    # A centre that begins with the program has children of long standing without a visit on file: a contract
    # or a booking of an earlier day says that this one may not be the first.
    before = database.rows(
        f"select c.id from child c where c.id in ({chosen}) and (exists (select 1 from visit v"
        " where v.child_id = c.id and v.day < :day and v.undone_at is null)"
        " or exists (select 1 from enrolment e where e.child_id = c.id and e.starts_on < :day"
        " and e.undone_at is null)"
        " or exists (select 1 from booking b where b.child_id = c.id and b.day < :day"
        f" and b.outcome is null) or {LISTED})",
        {name: value for name, value in params.items() if name != "since"},
    )
    been = {row["id"] for row in before}
    days = _days(database, chosen, params)
    return {child: Usual(tuple(days.get(child, ())), child in been) for child in children}


def list_twice(database: Database, day: dt.date) -> dict[ChildId, VisitId]:
    """Who came more than once on a day, each with her first stay of it."""
    rows = database.rows(
        "select id, child_id from visit where day = :day and undone_at is null and child_id in"
        " (select child_id from visit where day = :day and undone_at is null"
        " group by child_id having count(*) > 1) order by arrived_at desc, id desc",
        {"day": day.isoformat()},
    )
    return {ChildId(row["child_id"]): VisitId(row["id"]) for row in rows}


def _days(database: Database, chosen: str, params: dict[str, object]) -> dict[int, list[PastDay]]:
    where = (
        f" from log_entry where child_id in ({chosen}) and day >= :since and day < :day and ended_at is null"
    )
    counted = database.rows(
        "select child_id, day, max(case when kind = 'meal' and detail = 'lunch' then grade end) as lunch,"
        " sum(case when kind = 'mood' then 1 else 0 end) as moods,"
        " sum(case when kind = 'mood' and detail in ('homesick', 'crying', 'anxious') then 1 else 0 end)"
        " as low_moods, sum(case when kind = 'water' then amount_ml end) as water,"
        " sum(case when kind = 'water' and amount_ml is null then 1 else 0 end) as unmeasured,"
        " sum(case when kind = 'activity' and detail is not null then 1 else 0 end) as parts,"
        " sum(case when kind = 'activity' and detail = 'eager' then 1 else 0 end) as eager"
        f"{where} and kind in ('meal', 'mood', 'sleep', 'water', 'activity') group by child_id, day"
        " order by child_id, day desc",
        params,
    )
    slept: dict[tuple[int, str], list[int]] = {}
    open_ended = set()  # nobody knows how long she slept that day
    for row in database.rows(f"select child_id, day, at, until{where} and kind = 'sleep'", params):
        key = (row["child_id"], row["day"])
        if row["until"] is None:
            open_ended.add(key)
        else:
            slept.setdefault(key, []).append(max(0, minute(row["until"]) - minute(row["at"])))
    found: dict[int, list[PastDay]] = {}
    for row in counted:
        child, day = row["child_id"], row["day"]
        sleeps = slept.get((child, day))
        found.setdefault(child, []).append(
            PastDay(
                dt.date.fromisoformat(day),
                row["lunch"],
                None if sleeps is None or (child, day) in open_ended else sum(sleeps),
                row["moods"],
                row["low_moods"],
                None if row["unmeasured"] else row["water"],
                None if sleeps is None else max(sleeps),
                row["parts"],
                row["eager"],
            )
        )
    return found


def minute(stamp: str) -> int:
    """Minutes after midnight of a stamp as the file keeps it, without making a moment of it."""
    return int(stamp[11:13]) * 60 + int(stamp[14:16])
