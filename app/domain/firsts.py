"""第一次: what a child did today for the first time here, as far as her log goes back to her first day.

Nothing is said where nobody looked back, or where her time here began before the log did: then a first time
would be a guess.
"""

from app.domain.care_words import borne
from app.domain.dayfacts import DayFacts, clause
from app.domain.log_kinds import EntryKind, MealGrade, PottyStep, Toilet
from app.domain.logbook import minutes_between
from app.domain.swaps import REST, SWAP

# 一整天: she came by half past nine and was there at four. Minutes after midnight.
WHOLE_FROM, WHOLE_TO = 9 * 60 + 30, 16 * 60
STEPS = (PottyStep.TOLD, PottyStep.SAT)  # those of which the first time is told


def first_foods(facts: DayFacts) -> tuple[str, ...]:
    """New foods of which she ate, and bore well, that no entry before this day names."""
    before = facts.before
    if before is None or before.foods is None:
        return ()
    found = [
        clause(one.text)
        for one in facts.of(EntryKind.FOOD)
        if one.grade != MealGrade.REFUSED and borne(one) and clause(one.text) not in {"", SWAP, REST}
    ]
    return tuple(name for name in dict.fromkeys(found) if not any(name in told for told in before.foods))


def first_nap(facts: DayFacts) -> int:
    """How many whole hours she slept at a stretch as never before; 0 where she did not."""
    before = facts.before
    if before is None or before.slept is None:
        return 0
    hours = longest_sleep(facts) // 60
    return hours if hours * 60 > before.slept else 0


def longest_sleep(facts: DayFacts) -> int:
    """The longest sleep of the day that has ended, in minutes."""
    ended = [(one.at, one.until) for one in facts.of(EntryKind.SLEEP) if one.until is not None]
    return max((minutes_between(at, until) for at, until in ended), default=0)


def first_steps(facts: DayFacts) -> tuple[PottyStep, ...]:
    """What she did herself on the way to the potty for the first time, where something came of it."""
    before = facts.before
    if before is None or before.steps is None:
        return ()
    return tuple(step for step in steps_done(facts) if step.value not in before.steps)


def steps_done(facts: DayFacts) -> tuple[PottyStep, ...]:
    """What of it she did herself today, successfully."""
    done = {
        step
        for one in facts.of(EntryKind.TOILET)
        if one.detail not in {None, Toilet.DRY}
        for step in one.steps
    }
    return tuple(step for step in STEPS if step.value in done)


def first_whole_day(facts: DayFacts) -> bool:
    """Whether she stayed from morning to the late afternoon, and never did before."""
    return facts.before is not None and facts.before.whole_day is False and is_whole_day(facts)


def is_whole_day(facts: DayFacts) -> bool:
    """Whether the log shows her here from the morning to four: by when she left, or by what was logged."""
    came = facts.arrived.hour * 60 + facts.arrived.minute
    last = facts.left or max((one.until or one.at for one in facts.entries), default=facts.arrived)
    return came <= WHOLE_FROM and last.hour * 60 + last.minute >= WHOLE_TO


def first_words(facts: DayFacts) -> tuple[str, ...]:
    """Every first time of the day in plain words, for the door: ``第一次吃南瓜泥``."""
    hours = first_nap(facts)
    plain = {PottyStep.TOLD: "第一次自己表示要如厕", PottyStep.SAT: "第一次自己坐下来如厕"}
    found = [f"第一次在园里吃{name}" for name in first_foods(facts)]
    found += [f"第一次一觉睡满 {hours} 小时"] if hours else []
    found += [plain[step] for step in first_steps(facts)]
    found += ["第一次在园里待一整天"] if first_whole_day(facts) else []
    return tuple(found)
