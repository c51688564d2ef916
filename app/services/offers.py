"""What the log panel offers before anything is typed: menus, allergies met, activities, phrases."""

import datetime as dt
from collections.abc import Sequence

from app.domain.allergens import FOOD, Naming, named_in
from app.domain.ids import StaffId, VisitId
from app.domain.logbook import EntryDraft, EntryKind, MealSlot, NoteKind
from app.services.carers import carers_now
from app.services.class_seams import NAP, OTHER, Seams
from app.services.class_views import AllergyClash, Offer
from app.services.dish_answers import KnownLine, known_lines, unsure_of, unsure_words
from app.services.outdoors import least_outdoors
from app.store import centre, logbook, menus, people, phrases, presets, settings, tables
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
# What a child does alike from one day to the next.
_AS_LAST = frozenset(
    {EntryKind.MILK, EntryKind.WATER, EntryKind.TEMPERATURE, EntryKind.SLEEP, EntryKind.TOILET}
)


def make_offer(
    database: Database,
    kind: EntryKind,
    visits: Sequence[VisitId],
    slot: str | None,
    now: dt.datetime,
    seams: Seams | None = None,
) -> Offer:
    """What to offer for one kind of entry, now, for these children."""
    today, seams = day_of(now), seams or Seams()
    subjects = logbook.list_subjects(database, visits)
    lines = menus.list_menu(database, today) if kind is EntryKind.MEAL else ()
    known = known_lines(database, lines)
    meal = None
    if kind is EntryKind.MEAL:
        meal = MealSlot(slot) if slot is not None else meal_by_clock(minute_of(now), lines)
    served = next((one for one in known if one.line.slot is meal), None)
    line = None if served is None else served.line
    last = _last(database, kind, visits, subjects, today)
    return Offer(
        kind=kind,
        slot=None if meal is None else meal.value,
        dishes="" if line is None else line.dishes,
        menus=tuple((one.slot.value, one.dishes) for one in lines),
        clashes=_clashes(database, kind, subjects, meal, served),
        activities=_activities(database, subjects, today) if kind is EntryKind.ACTIVITY else (),
        phrases=stock_phrases(database) if kind is EntryKind.NOTE else (),
        last_ml=None if last is None else last.amount_ml,
        asleep=tuple(logbook.open_sleeps(database, visits)) if kind is EntryKind.SLEEP else (),
        last=last,
        helpers=_helpers(database, subjects, now) if kind is EntryKind.SLEEP else (),
        instructions=_instructions(seams, kind, subjects, today, meal or meal_by_clock(minute_of(now), ())),
        outdoors=_outdoors(database, visits, today) if kind is EntryKind.OUTDOOR else (0, 0),
        served="" if meal is None else _served(database, subjects, meal),
    )


def _last(
    database: Database,
    kind: EntryKind,
    visits: Sequence[VisitId],
    subjects: Sequence[Subject],
    today: dt.date,
) -> EntryDraft | None:
    """What was logged last of a kind: today, else on one of the last days they were here."""
    found = logbook.last_entry(database, kind, visits)
    if found is not None or kind not in _AS_LAST:
        return found
    return logbook.last_entry_of(database, kind, [one.child for one in subjects], today - _RECENT)


def stock_phrases(database: Database) -> tuple[tuple[str, str], ...]:
    """The centre's own phrases, each with the kind of note it is for; the program's while it has none."""
    plain = presets.defaults().phrases
    return tuple(
        (kind.value, phrase)
        for kind in NoteKind
        for phrase in phrases.list_phrases(database, kind) or plain.get(kind.value, ())
    )


def _helpers(
    database: Database, subjects: Sequence[Subject], now: dt.datetime
) -> tuple[tuple[StaffId, str], ...]:
    """Who is with these children's classes now, whoever clocked in as cover among them; then today's rota.

    Carers come before trainees, those in the room before those on a walk or a break.
    """
    today = day_of(now)
    classes = {subject.class_id for subject in subjects}
    groups = [group for group in centre.list_classes(database, today) if group.id in classes]
    found = [carers for _, carers in sorted(carers_now(database, now, groups).by_class.items())]
    here = sorted((one for each in found for one in each.here), key=lambda one: (one.outside, not one.counts))
    resting = (one for each in found for one in each.resting)
    shifts = (shift for shift in people.list_shifts(database, today) if shift.class_id in classes)
    present = [(one.staff, one.name) for one in (*here, *resting)]
    return tuple(dict.fromkeys([*present, *((shift.staff, shift.name) for shift in shifts)]))


def _instructions(
    seams: Seams, kind: EntryKind, subjects: Sequence[Subject], today: dt.date, meal: MealSlot
) -> tuple[str, ...]:
    """What families asked for that this entry is about, whichever class the children are in now.

    Milk and water count to the ``meal`` of the hour. What was asked for under no heading (别去户外, 多喝水)
    stands at everything but the food: nobody knows what it will be about.
    """
    if kind in FOOD:
        about: tuple[str, ...] = (meal.value,)
    elif kind is EntryKind.WATER:
        about = (meal.value, OTHER)
    elif kind in {EntryKind.SLEEP, EntryKind.SLEEP_CHECK}:
        about = (NAP, OTHER)
    else:
        about = (OTHER,)
    children = [one.child for one in subjects]
    asked = [seams.instructions(children, today, one) for one in about]
    lines = (f"{one.name}：{line}" for one in subjects for each in asked for line in each.get(one.child, ()))
    return tuple(dict.fromkeys(lines))


def _served(database: Database, subjects: Sequence[Subject], meal: MealSlot) -> str:
    """Whose meal is in the log already: where two look after a class, both may write it down."""
    found = logbook.list_served(database, [one.visit for one in subjects], meal)
    first = next((one for one in subjects if one.visit in found), None)
    if first is None:
        return ""
    more = f" 等 {len(found)} 人" if len(found) > 1 else ""
    return f"已记过{meal.label}：{first.name} {found[first.visit]:%H:%M}{more}"


def _outdoors(database: Database, visits: Sequence[VisitId], today: dt.date) -> tuple[int, int]:
    logs: dict[VisitId, list[EntryDraft]] = {visit: [] for visit in visits}
    for kept in logbook.list_entries(database, visits):
        logs[kept.entry.visit].append(kept.entry.what)
    return least_outdoors(list(logs.values())), settings.current(database, today).outdoor_minutes


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
    served: KnownLine | None,
) -> tuple[AllergyClash, ...]:
    if kind not in FOOD:
        return ()
    allergies = list_allergies(database)
    clashes = []
    for subject in subjects:
        substances = allergies.get(subject.child, ())
        if subject.allergy == "unknown":
            words = f"{subject.name} 过敏情况不清，先不进食"
            clashes.append(AllergyClash(subject.visit, subject.name, substances, True, words, unknown=True))
        elif substances and meal is not None:
            clashes.append(_meal_clash(subject, substances, meal, served))
        elif kind is EntryKind.FOOD and substances:
            words = f"{subject.name} {'、'.join(substances)}过敏：新添的食物请先核对配料"
            clashes.append(AllergyClash(subject.visit, subject.name, substances, False, words))
        elif milky := tuple(one.substance for one in named_in(substances, "牛奶", tables.allergens())):
            words = f"{subject.name} {'、'.join(milky)}过敏：请核对奶的种类！"
            clashes.append(AllergyClash(subject.visit, subject.name, milky, True, words, named=milky))
    return tuple(sorted(clashes, key=lambda clash: not clash.in_menu))


def _meal_clash(
    subject: Subject, substances: tuple[str, ...], meal: MealSlot, served: KnownLine | None
) -> AllergyClash:
    """What the menu says, and no more: a dish that does not name an allergen may hold it all the same.

    One whose name tells nothing of what it is made of counts as if it named all of hers.
    """
    name = f"{subject.name} {'、'.join(substances)}过敏"
    if served is None:
        words = f"{name}：今天没有录入{meal.label}食谱，请核对"
        return AllergyClash(subject.visit, subject.name, substances, False, words)
    found, unsure = holds(served.line, substances), unsure_of(substances, served.untold)
    if found or unsure:
        said = [one.words for one in found] + ([unsure_words(served.untold)] if unsure else [])
        words = f"{name}：今日{meal.label}{'、'.join(said)}！"
        named = tuple(dict.fromkeys((*(one.substance for one in found), *unsure)))
        return AllergyClash(subject.visit, subject.name, substances, True, words, named=named)
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
