"""Today beside the child's own last days, as the prose and the words at the door tell it.

A stay that is a part of her day is compared with nothing: the last days are counted whole. Nor is said of a
day that still runs what its evening may turn.
"""

from app.domain.dayfacts import DayFacts
from app.domain.logbook import EntryKind, MealSlot, Mood, Part
from app.domain.prose_words import covers, is_told, minute
from app.domain.usual import Beside

# Being tired is no trouble of the heart: it does not count as a low mood here.
_NAP = (12 * 60 + 30, 14 * 60 + 30)  # minutes after midnight
TROUBLED = frozenset({Mood.HOMESICK, Mood.CRYING, Mood.ANXIOUS})


def lunch_beside(facts: DayFacts) -> Beside:
    """How lunch stands beside the last days; nothing is said of a lunch nobody logged."""
    grades = [one.grade for one in facts.of(EntryKind.MEAL) if one.detail == MealSlot.LUNCH]
    known = [grade for grade in grades if grade is not None]
    if facts.usual is None or facts.again or not known:
        return Beside.AS_USUAL
    return facts.usual.lunch(max(known))


def sleep_beside(facts: DayFacts) -> Beside:
    """How long she slept beside the last days; said only once no sleep is open.

    Who was not here at noon, or may sleep again, has not slept less.
    """
    sleeps = facts.of(EntryKind.SLEEP)
    if facts.usual is None or facts.again or not sleeps:
        return Beside.AS_USUAL
    minutes = 0
    for one in sleeps:
        if one.until is None:
            return Beside.AS_USUAL
        minutes += max(0, minute(one.until) - minute(one.at))
    beside = facts.usual.sleep(minutes)
    if beside is Beside.LESS and not (covers(facts, *_NAP) and is_told(facts)):
        return Beside.AS_USUAL
    return beside


def mood_beside(facts: DayFacts) -> Beside:
    """How she felt beside the last days."""
    moods = facts.of(EntryKind.MOOD)
    if facts.usual is None or facts.again:
        return Beside.AS_USUAL
    beside = facts.usual.mood(len(moods), sum(one.detail in TROUBLED for one in moods))
    return Beside.AS_USUAL if beside is Beside.MORE and not is_told(facts) else beside


def water_beside(facts: DayFacts) -> Beside:
    """How much water she drank beside the last days, where each drink has its amount."""
    amounts = [one.amount_ml for one in facts.of(EntryKind.WATER)]
    known = [amount for amount in amounts if amount is not None]
    if facts.usual is None or facts.again or not known or len(known) < len(amounts):
        return Beside.AS_USUAL
    return facts.usual.water(sum(known))


def part_beside(facts: DayFacts) -> Beside:
    """How she took part beside the last days."""
    parts = [one.detail for one in facts.of(EntryKind.ACTIVITY) if one.detail]
    if facts.usual is None or facts.again or not parts:
        return Beside.AS_USUAL
    beside = facts.usual.part(len(parts), parts.count(Part.EAGER))
    return beside if is_told(facts) else Beside.AS_USUAL
