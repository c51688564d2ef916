"""A child's day of forty entries composed to prose, with the phrases and her last days beside it."""

import dataclasses
import datetime as dt
import time

import pytest

from app.domain.dayfacts import ClassWord
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import compose
from app.domain.usual import PastDay, Usual
from app.store import tables
from tests.bench.ratio import Figure, report
from tests.domain.day import STORY, at

BAR = 2.0  # milliseconds


def forty():
    """A long day: forty entries of every kind."""
    entries = [EntryDraft(EntryKind.WATER, at(8 + n, 10), amount_ml=80) for n in range(9)]
    entries += [EntryDraft(EntryKind.TOILET, at(8 + n, 20), detail="wet") for n in range(5)]
    entries += [EntryDraft(EntryKind.WASHING, at(8 + n, 22), detail="after_toilet") for n in range(2)]
    entries.append(EntryDraft(EntryKind.OUTDOOR, at(10), until=at(10, 50)))
    entries.append(EntryDraft(EntryKind.FOOD, at(11, 40), quality="rash", grade=1, text="虾仁粥"))
    slots = ("breakfast", "morning_snack", "lunch", "afternoon_snack")
    entries += [
        EntryDraft(EntryKind.MEAL, at(8 + 2 * n, 35), detail=slot, grade=4 - n, text="番茄牛腩、西兰花、汤")
        for n, slot in enumerate(slots)
    ]
    entries += [EntryDraft(EntryKind.MOOD, at(8 + n, 40), detail=("calm", "happy")[n % 2]) for n in range(8)]
    entries += [
        EntryDraft(EntryKind.ACTIVITY, at(9 + n, 45), detail="eager", text=f"户外活动：第{n}回")
        for n in range(4)
    ]
    entries += [EntryDraft(EntryKind.SLEEP, at(9 + 3 * n), until=at(10 + 3 * n)) for n in range(2)]
    entries += [EntryDraft(EntryKind.TEMPERATURE, at(15, n), tenths=378) for n in range(2)]
    entries += [EntryDraft(EntryKind.NOTE, at(16, n), text="排队愿意等。") for n in range(2)]
    assert len(entries) == 40
    days = tuple(PastDay(dt.date(2025, 12, 2), lunch=1, slept=30, moods=2) for _ in range(10))
    return dataclasses.replace(
        STORY,
        entries=tuple(entries),
        phrases=tables.phrases(),
        seed=7,
        months=27,
        usual=Usual(days),
        class_words=(ClassWord("prose", "明天去公园"),),
        allergens=tables.allergens(),
        urgent=tables.urgent(),
    )


def test_a_day_of_forty_entries_is_told_in_two_milliseconds(benchmark, figures):
    day = forty()
    if benchmark.disabled:
        assert "达到发热线" in benchmark(compose, day).prose
        return
    benchmark.pedantic(compose, args=(day,), rounds=200, warmup_rounds=5)
    begun = time.perf_counter()
    compose(day)
    assert time.perf_counter() - begun < 1
    median = benchmark.stats.stats.median * 1000
    report(figures, Figure("a day of 40 entries to prose", median, "ms", BAR))


# A teacher who writes beside everything: some fourteen letters, usual words and small hurts, each its own.
NOTED = (
    "自己用勺子吃完了第{}碗饭", "跑得满头大汗，换了{}件衣服", "抢玩具时哭了{}分钟，后来好了",
    "擦了{}次鼻涕，精神很好",
    "额头碰了一下，揉了{}分钟就好了", "听老师讲了{}个故事，很专心", "带来的小毯子放回书包，第{}次",
    "吃面条弄得满脸都是，擦了{}遍",
)  # fmt: skip
DENIED = (
    "没有发烧、没有咳嗽、没吐，第{}次看",
    "没哭没闹，嘴唇没有发紫，玩了{}次",
    "没摔没碰，头没有撞到，滑了{}次",
    "没有呼吸困难，没有抽搐，看了{}次",
)


def noted(shapes, turn):
    """The long day with a note beside every entry, no two the same; another ``turn``, all other texts."""
    day = forty()
    entries = tuple(
        dataclasses.replace(one, note=shapes[n % len(shapes)].format(turn * 40 + n))
        for n, one in enumerate(day.entries)
    )
    assert len({one.note for one in entries}) == 40
    return dataclasses.replace(day, entries=entries)


@pytest.mark.parametrize(("said", "shapes"), [("noted", NOTED), ("denied", DENIED)])
def test_a_note_at_every_entry_keeps_the_two_milliseconds(benchmark, figures, said, shapes):
    """The day as it is told at an entry: thirty-nine notes were there at the last one, the fortieth is new.

    What was judged once is remembered, as in a class: each round changes the text of one entry and no more.
    Forty texts that no note ever held before, all at once, are not measured: no day comes so.
    """
    if benchmark.disabled:
        assert benchmark(compose, noted(shapes, 0)).prose
        return
    kept = noted(shapes, 0)
    compose(kept)
    fresh = iter(range(1, 1000))

    def next_entry():
        late = noted(shapes, next(fresh)).entries[-1]
        return (dataclasses.replace(kept, entries=(*kept.entries[:-1], late)),), {}

    benchmark.pedantic(compose, setup=next_entry, rounds=200, warmup_rounds=5)
    median = benchmark.stats.stats.median * 1000
    report(figures, Figure(f"a day of 40 entries, all {said}, to prose", median, "ms", BAR))
