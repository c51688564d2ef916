"""What fewer seats or another kind of a class would break: whom it concerns, and from when."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ages import months_between
from app.domain.bookings import day_words
from app.domain.classes import Fit, fit
from app.domain.ids import ChildId, ClassId
from app.services.admission_rules import Seating
from app.services.carer_hours import Judged, broken_words, days_to_judge, judge
from app.store import centre, day, tables
from app.store.centre import ClassGroup
from app.store.class_rows import ClassRow
from app.store.database import Database, Unit
from app.store.day import Who
from app.store.stamps import day_of

_NAMED = 6  # so many children are named


def group_of(row: ClassRow) -> ClassGroup:
    """A class as the days know it."""
    return ClassGroup(row.id, row.name, row.kind, row.seats, row.colour)


def break_words(database: Database, unit: Unit, was: ClassGroup, opens_on: dt.date) -> str:
    """What breaks in a class as it stands in the unit that did not as it was before; empty for nothing.

    Hours in which a seat or a carer is missing on some day to come, seats held by contract, and ages.
    """
    today = day_of(unit.at)
    first = max(today, opens_on)
    group = next((one for one in centre.list_classes(database, first) if one.id == was.id), None)
    if group is None or (group.kind is was.kind and group.seats >= was.seats):
        return ""
    days = days_to_judge(database, {group.id}, first)
    found = judge(database, unit.at, days, {group.id}, was=was, seats=True)
    hours = broken_words(found)
    if hours:
        hours += _there_words(database, next(one for one in found if one.broken is not None))
    held = "" if hours else _held_words(database, today, was, group)
    return hours + held + _age_words(database, days, was, group)


def _there_words(database: Database, one: Judged) -> str:
    """Who would be there at the first hour that breaks."""
    hour = one.broken.hour * 60 if one.broken is not None else 0
    there = [
        plan.who.name
        for plan in day.list_expected(database, one.day)
        if plan.class_id == one.group.id and plan.from_minute < hour + 60 and hour < plan.to_minute
    ]
    return f"第一次涉及：{_named(there)}。" if there else ""


def _held_words(database: Database, today: dt.date, was: ClassGroup, group: ClassGroup) -> str:
    """Seats promised by contract beyond what it would have, though never used at one hour."""
    seating = Seating(database, today)
    full = seating.first_overfull(group)
    if full is None or seating.first_overfull(was) == full:
        return ""
    held = seating.held(group, full)
    return f"{day_words(full)}起按合同和预约占 {held} 个托位，多于 {group.seats} 个。"


def _age_words(database: Database, days: Iterable[dt.date], was: ClassGroup, group: ClassGroup) -> str:
    """Who is of no age for its new kind and was for the old one, of those who come there."""
    if group.kind is was.kind:
        return ""
    wrong: dict[ChildId, str] = {}
    for on, plans in day.list_expected_on(database, tuple(days)).items():
        rules = tables.ratio_rules(on)
        for who in _coming(plans, group.id):
            months = months_between(who.born_on, on)
            if fit(group.kind, months, rules) is not Fit.FITS and fit(was.kind, months, rules) is Fit.FITS:
                wrong.setdefault(who.id, who.name)
    return f"不在{group.kind.label}月龄段：{_named(list(wrong.values()))}。" if wrong else ""


def _coming(plans: Iterable[day.Expected], class_id: ClassId) -> Iterable[Who]:
    return (one.who for one in plans if one.class_id == class_id)


def _named(names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    return "、".join(names[:_NAMED]) + (f" 等 {len(names)} 人" if len(names) > _NAMED else "")
