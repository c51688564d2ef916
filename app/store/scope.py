"""Which children belong to a class on a day: under contract, booked, or here."""

import datetime as dt
from collections.abc import Collection

from app.domain.ids import ChildId, ClassId
from app.store.database import Database


def list_children_of(database: Database, classes: Collection[ClassId], today: dt.date) -> frozenset[ChildId]:
    """Children whose contract with one of these classes holds, or who come or came to it on this day.

    A contract that begins later counts too: the class prepares for the child.
    """
    if not classes:
        return frozenset()
    marks = {f"c{at}": key for at, key in enumerate(sorted(classes))}
    own = ", ".join(f":{mark}" for mark in marks)
    rows = database.rows(
        f"select child_id from enrolment where class_id in ({own}) and undone_at is null"
        " and (ends_on is null or ends_on >= :day)"
        f" union select child_id from booking where class_id in ({own}) and day = :day and ended_at is null"
        f" union select child_id from visit where class_id in ({own}) and day = :day and undone_at is null",
        {"day": today.isoformat(), **marks},
    )
    return frozenset(ChildId(row["child_id"]) for row in rows)


def is_inside(database: Database, child: ChildId) -> bool:
    """Whether a child is in the house, since whatever day."""
    row = database.row(
        "select count(*) as n from visit where child_id = :child and left_at is null and undone_at is null",
        {"child": child},
    )
    return row is not None and row["n"] > 0
