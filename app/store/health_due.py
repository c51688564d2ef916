"""The table of regular exams and vaccines, read when the list is first asked for."""

import datetime as dt
import functools

from app.domain.health_due import ExamRule, VaccineRule
from app.store import tables


@functools.cache
def exam_rules(day: dt.date) -> tuple[ExamRule, ...]:
    """The rule of each kind of check in force on a day; before its first, that one."""
    rows = sorted(tables.read("health_due.toml")["exam"], key=lambda row: str(row["valid_from"]))
    found = {}
    for row in rows:
        if row["valid_from"] <= day or row["item"] not in found:
            found[row["item"]] = ExamRule(
                row["valid_from"],
                row["months_from"],
                row["months_to"],
                row["every_months"],
                row["remind_days"],
                row["item"],
                row["label"],
                tuple(row["words"]),
            )
    return tuple(found.values())


def exam_rule(day: dt.date) -> ExamRule:
    """The rule of the regular check on a day."""
    return next(one for one in exam_rules(day) if one.item == "check")


@functools.cache
def vaccine_rules() -> tuple[VaccineRule, ...]:
    """Every line."""
    return tuple(
        VaccineRule(row["name"], tuple(row["months"]), row.get("born_from"), row.get("born_to"))
        for row in tables.read("health_due.toml")["vaccine"]
    )
