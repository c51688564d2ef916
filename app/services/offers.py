"""What the log panel offers before anything is typed: menus, allergies met, activities, phrases."""

import datetime as dt
from collections.abc import Sequence

from app.domain.allergens import FOOD, Naming, named_in
from app.domain.ids import VisitId
from app.domain.logbook import EntryKind, MealSlot
from app.services.classroom import AllergyClash, Offer
from app.store import logbook, menus, presets, tables
from app.store.allergies import list_allergies
from app.store.database import Database
from app.store.logbook import Subject
from app.store.menus import MenuLine
from app.store.stamps import day_of, minute_of

# Until when each meal is the one by the clock, in minutes after midnight.
_UNTIL = (
    (9 * 60, MealSlot.BREAKFAST),
    (11 * 60, MealSlot.MORNING_SNACK),
    (13 * 60 + 30, MealSlot.LUNCH),
    (16 * 60 + 30, MealSlot.AFTERNOON_SNACK),
    (24 * 60, MealSlot.DINNER),
)
_RECENT = dt.timedelta(days=21)
_MOST_RECENT = 8


def make_offer(
    database: Database, kind: EntryKind, visits: Sequence[VisitId], slot: str | None, now: dt.datetime
) -> Offer:
    """What to offer for one kind of entry, now, for these children."""
    today = day_of(now)
    subjects = logbook.list_subjects(database, visits)
    lines = menus.list_menu(database, today) if kind is EntryKind.MEAL else ()
    meal = None
    if kind is EntryKind.MEAL:
        meal = MealSlot(slot) if slot is not None else meal_by_clock(minute_of(now), lines)
    line = next((one for one in lines if one.slot is meal), None)
    phrases = presets.defaults().phrases if kind is EntryKind.NOTE else {}
    return Offer(
        kind=kind,
        slot=None if meal is None else meal.value,
        dishes="" if line is None else line.dishes,
        menus=tuple((one.slot.value, one.dishes) for one in lines),
        clashes=_clashes(database, kind, subjects, meal, line),
        activities=_activities(database, subjects, today) if kind is EntryKind.ACTIVITY else (),
        phrases=(*phrases.get("remark", ()), *phrases.get("notice", ())),
        last_ml=_last_ml(database, kind, visits),
        asleep=tuple(logbook.open_sleeps(database, visits)) if kind is EntryKind.SLEEP else (),
    )


def meal_by_clock(minute: int, lines: Sequence[MenuLine]) -> MealSlot:
    """The meal of this hour; where the menu does not serve it, the next one it does, else the last one."""
    meal = next(slot for until, slot in _UNTIL if minute < until)
    served = [line.slot for line in lines]
    if not served or meal in served:
        return meal
    order = list(MealSlot)
    return next((slot for slot in served if order.index(slot) > order.index(meal)), served[-1])


def holds(line: MenuLine, substances: Sequence[str]) -> tuple[Naming, ...]:
    """What of these a meal names, among its allergens or in its dishes."""
    return named_in(substances, f"{'、'.join(line.allergens)} {line.dishes}", tables.allergens())


def _clashes(
    database: Database,
    kind: EntryKind,
    subjects: Sequence[Subject],
    meal: MealSlot | None,
    line: MenuLine | None,
) -> tuple[AllergyClash, ...]:
    if kind not in FOOD:
        return ()
    allergies = list_allergies(database)
    clashes = []
    for subject in subjects:
        substances = allergies.get(subject.child, ())
        if subject.allergy == "unknown":
            words = f"{subject.name} 过敏情况不清，先不进食"
            clashes.append(AllergyClash(subject.visit, subject.name, substances, True, words))
        elif substances and meal is not None:
            clashes.append(_meal_clash(subject, substances, meal, line))
        elif milky := tuple(one.substance for one in named_in(substances, "牛奶", tables.allergens())):
            words = f"{subject.name} {'、'.join(milky)}过敏：请核对奶的种类！"
            clashes.append(AllergyClash(subject.visit, subject.name, milky, True, words))
    return tuple(sorted(clashes, key=lambda clash: not clash.in_menu))


def _meal_clash(
    subject: Subject, substances: tuple[str, ...], meal: MealSlot, line: MenuLine | None
) -> AllergyClash:
    """What the menu says, and no more: a dish that does not name an allergen may hold it all the same."""
    name = f"{subject.name} {'、'.join(substances)}过敏"
    if line is None:
        words = f"{name}：今天没有录入{meal.label}食谱，请核对"
        return AllergyClash(subject.visit, subject.name, substances, False, words)
    if found := holds(line, substances):
        words = f"{name}：今日{meal.label}{'、'.join(one.words for one in found)}！"
        return AllergyClash(subject.visit, subject.name, substances, True, words)
    words = f"{name}：{meal.label}食谱未写{'、'.join(substances)}，请核对配料"
    return AllergyClash(subject.visit, subject.name, substances, False, words)


def _activities(database: Database, subjects: Sequence[Subject], today: dt.date) -> tuple[str, ...]:
    """What the chosen children's classes have planned, what they did lately, then what the centre offers."""
    names: list[str] = []
    classes = list(dict.fromkeys(subject.class_id for subject in subjects))
    for class_id in classes:
        names += [planned.name for planned in menus.list_plan(database, today, class_id)]
    for class_id in classes:
        names += logbook.recent_activities(database, class_id, today - _RECENT, _MOST_RECENT)
    return tuple(dict.fromkeys([*names, *presets.defaults().phrases.get("activities", ())]))


def _last_ml(database: Database, kind: EntryKind, visits: Sequence[VisitId]) -> int | None:
    return logbook.last_amount(database, kind, visits) if kind in {EntryKind.WATER, EntryKind.MILK} else None
