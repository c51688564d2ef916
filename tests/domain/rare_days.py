"""Days that a random search would hardly ever draw: every kind of entry, comparison and first time.

Each stands as an example beside the drawn ones, so that what a property says of it is asked in every run.
"""

import dataclasses

from hypothesis import example

from app.domain.dayfacts import CheckFact, DayFacts
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    MealSlot,
    Mood,
    NoteKind,
    Part,
    Position,
    PottyStep,
    Reaction,
    SleepSign,
    Stool,
    StoolColour,
    Toilet,
    Washing,
)
from app.domain.usual import Before, PastDay, Usual
from tests.domain.day import at

QUIET = DayFacts(
    given_name="予晴", sex="f", arrived=at(8), brought_by_words="奶奶", leaving=at(17, 30), left=at(17, 30)
)


def each(days):
    """The days as examples of a property, before those at random."""

    def wrap(test):
        for day in days:
            test = example(day)(test)
        return test

    return wrap


def day_with(*entries, **changes):
    return dataclasses.replace(QUIET, entries=entries, **changes)


def lunch(grade, **parts):
    return EntryDraft(
        EntryKind.MEAL, at(11, 30), detail=MealSlot.LUNCH, grade=grade, text="番茄牛腩饭", **parts
    )


def food(quality=Reaction.NONE, grade=None, **parts):
    return EntryDraft(EntryKind.FOOD, at(10), quality=quality, grade=grade, text="猪肝泥", **parts)


def stool(quality=None, colour=None, steps=()):
    return EntryDraft(
        EntryKind.TOILET, at(9), detail=Toilet.STOOL, quality=quality, colour=colour, steps=steps
    )


def nap(minutes):
    return EntryDraft(EntryKind.SLEEP, at(12), until=at(12 + minutes // 60, minutes % 60))


def mood(kind):
    return EntryDraft(EntryKind.MOOD, at(15), detail=kind)


def played(part):
    return EntryDraft(EntryKind.ACTIVITY, at(10), detail=part, text="手工课：贴雪花")


def water(amount):
    return EntryDraft(EntryKind.WATER, at(10), amount_ml=amount)


RARE_ENTRIES = (
    *map(lunch, MealGrade),
    *map(food, Reaction),
    food(Reaction.OTHER, note="甲乙丙"),
    food(grade=MealGrade.REFUSED),
    *map(stool, Stool),
    *(stool(colour=one) for one in StoolColour),
    *(
        EntryDraft(EntryKind.SLEEP_CHECK, at(13), detail=Position.BACK, quality=one, note="甲乙丙")
        for one in SleepSign
    ),
    EntryDraft(EntryKind.OUTDOOR, at(9), until=at(9), text="壬癸"),
    EntryDraft(EntryKind.OUTDOOR, at(9), until=at(9, 25), text="子丑"),
    *(EntryDraft(EntryKind.WASHING, at(9), detail=one) for one in Washing),
    *map(mood, Mood),
    *map(played, Part),
    *(EntryDraft(EntryKind.NOTE, at(9), detail=one, text="甲乙丙") for one in NoteKind),
    EntryDraft(EntryKind.TEMPERATURE, at(9), tenths=373),
)
RARE = (
    *map(day_with, RARE_ENTRIES),
    day_with(checks=(CheckFact("morning", at(8), 365, "abnormal", "甲乙丙"),)),
)


def usual(**parts):
    return Usual((PastDay(at(8).date(), **parts),) * 3)


COMPARED = (
    day_with(lunch(MealGrade.ALL), usual=usual(lunch=MealGrade.LITTLE)),
    day_with(lunch(MealGrade.LITTLE), usual=usual(lunch=MealGrade.ALL)),
    day_with(nap(110), usual=usual(slept=60)),
    day_with(nap(30), usual=usual(slept=90)),
    day_with(mood(Mood.HAPPY), usual=usual(moods=1, low_moods=1)),
    day_with(mood(Mood.CRYING), usual=usual(moods=1)),
    day_with(water(300), usual=usual(water=100)),
    day_with(played(Part.EAGER), usual=usual(parts=1)),
    # Of these nothing is to be said.
    day_with(played(Part.EAGER), usual=usual(parts=1, eager=1)),
    day_with(played(Part.JOINED), usual=usual(parts=1)),
    day_with(nap(30), usual=usual(slept=90), again=True),
)
FIRST = (
    day_with(food(), before=Before(foods=())),
    day_with(nap(125), before=Before(slept=90)),
    *(day_with(stool(steps=(one.value,)), before=Before(steps=frozenset())) for one in PottyStep),
    day_with(before=Before(whole_day=False)),
    # Of these nothing is to be said.
    day_with(food(), before=Before(foods=("猪肝泥",))),
    day_with(food(Reaction.RASH), before=Before(foods=())),
    day_with(food(grade=MealGrade.REFUSED), before=Before(foods=())),
    day_with(nap(119), before=Before(slept=60)),
    day_with(nap(125), before=Before(slept=120)),
    day_with(before=Before(whole_day=True)),
)
