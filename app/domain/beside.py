"""Today beside the child's own last days, as the prose and the words at the door tell it."""

import datetime as dt

from app.domain.dayfacts import DayFacts
from app.domain.logbook import EntryKind, MealSlot, Mood, Part
from app.domain.usual import Beside

# Being tired is no trouble of the heart: it does not count as a low mood here.
TROUBLED = frozenset({Mood.HOMESICK, Mood.CRYING, Mood.ANXIOUS})


def lunch_beside(facts: DayFacts) -> Beside:
    """How lunch stands beside the last days; nothing is said of a lunch nobody logged."""
    grades = [one.grade for one in facts.of(EntryKind.MEAL) if one.detail == MealSlot.LUNCH]
    known = [grade for grade in grades if grade is not None]
    if facts.usual is None or not known:
        return Beside.AS_USUAL
    return facts.usual.lunch(max(known))


def sleep_beside(facts: DayFacts) -> Beside:
    """How long she slept beside the last days; said only once no sleep is open."""
    sleeps = facts.of(EntryKind.SLEEP)
    if facts.usual is None or not sleeps:
        return Beside.AS_USUAL
    minutes = 0
    for one in sleeps:
        if one.until is None:
            return Beside.AS_USUAL
        minutes += max(0, _minute(one.until) - _minute(one.at))
    return facts.usual.sleep(minutes)


def mood_beside(facts: DayFacts) -> Beside:
    """How she felt beside the last days."""
    moods = facts.of(EntryKind.MOOD)
    if facts.usual is None:
        return Beside.AS_USUAL
    return facts.usual.mood(len(moods), sum(one.detail in TROUBLED for one in moods))


def water_beside(facts: DayFacts) -> Beside:
    """How much water she drank beside the last days, where each drink has its amount."""
    amounts = [one.amount_ml for one in facts.of(EntryKind.WATER)]
    known = [amount for amount in amounts if amount is not None]
    if facts.usual is None or not known or len(known) < len(amounts):
        return Beside.AS_USUAL
    return facts.usual.water(sum(known))


def part_beside(facts: DayFacts) -> Beside:
    """How she took part beside the last days."""
    parts = [one.detail for one in facts.of(EntryKind.ACTIVITY) if one.detail]
    if facts.usual is None or not parts:
        return Beside.AS_USUAL
    return facts.usual.part(len(parts), parts.count(Part.EAGER))


def _minute(moment: dt.datetime) -> int:
    return moment.hour * 60 + moment.minute
