"""Three sentences to say at the door (当面说三句), from the log and the note as it stands.

What a family must know comes first; then food and sleep; then what was done and how she felt. A thing that
was not logged is not spoken of, and a day with nothing logged says that there is nothing written.
"""

from collections.abc import Sequence

from app.domain.alerts import alerts
from app.domain.care_words import new_foods, outdoor_words
from app.domain.dayfacts import LOW_MOODS, DayFacts, clause, joined
from app.domain.firsts import first_words
from app.domain.helpings import as_meals
from app.domain.logbook import EntryDraft, EntryKind, MealGrade, Mood, Part, minutes_between
from app.domain.prose import NoteText
from app.domain.prose_body import little_words
from app.domain.prose_words import SETTLING, half_of, kind_of, names
from app.domain.sections import activity_name, drink_words, slept, slot_word, still_asleep
from app.domain.swaps import REST, SWAP, as_eaten

_LONGEST_HEED = 90


def door_sentences(facts: DayFacts, text: NoteText, things: Sequence[str] = ()) -> tuple[str, ...]:
    """One to three sentences. ``text`` is the note as signed or drafted; ``things`` go home with her."""
    ate = as_meals(as_eaten(facts))
    fed = joined((*_meals(ate), *new_foods(ate)[:1], drink_words(ate, "，"), _slept(facts)), "，")
    outside = outdoor_words(facts, facts.of(EntryKind.OUTDOOR), "")
    heed = _heed(facts, text)
    done = joined((*first_words(ate), _played(facts), outside, _felt(facts, heed)), "；")
    said = [
        heed,
        _sentence(f"今天{fed}" if fed else ""),
        _sentence(done),
        _sentence(f"要带回的东西：{'、'.join(things)}" if things else ""),
    ]
    found = tuple(one for one in said if one)
    if not facts.entries and not any(said[:1]):
        return (f"今天{facts.given_name}入园以后没有记录，请老师当面说。", *found)[:3]
    if not fed and not done and (little := little_words(facts)):
        found = (
            (*found[:1], f"今天记了{little}，别的请老师当面说。", *found[1:])
            if said[0]
            else (f"今天记了{little}，别的请老师当面说。", *found)
        )
    return found[:3] or (f"今天{facts.given_name}的记录很少，请老师当面说。",)


def _heed(facts: DayFacts, text: NoteText) -> str:
    """请留意…: the teacher's words, and any grave fact they pass over."""
    notice = clause(text.notice)
    found = alerts(facts)
    grave = [one.words for one in found if one.grave or (one.ill and not one.told(text))]
    # What the notice tells in other words (14:00 有一次稀便, 今天稀便 1 次) is not said twice.
    silent = NoteText(notice=text.notice)
    missing = [one.words for one in found if one.words in grave and not one.stands(silent)]
    if not notice and not missing:
        return ""
    if missing and len(notice) > _LONGEST_HEED:
        # What the long text tells is not said then: so every grave fact is, not only what it passes over.
        return _sentence(f"请留意：{'、'.join(dict.fromkeys(grave))}；其余写在单子上")
    return _sentence(f"请留意：{joined(('、'.join(missing), notice), '；')}")


_ATE = {
    MealGrade.REFUSED: "没有吃",
    MealGrade.LITTLE: "只吃了少量",
    MealGrade.HALF: "吃了一半",
    MealGrade.MOST: "吃了大半",
    MealGrade.ALL: "吃完了",
    MealGrade.SECONDS: "吃完又添了一份",
}


def _meals(facts: DayFacts) -> list[str]:
    """``晚餐没有吃``, ``早餐、早点和午餐都吃完了``: every meal, what was refused or hardly touched first.

    What she had instead of a dish (替餐) stands by itself: it is said of no other meal.
    """
    said: dict[MealGrade, list[str]] = {}
    for one in facts.of(EntryKind.MEAL):
        if one.grade is not None:
            instead = one.text if one.text in {SWAP, REST} else ""
            said.setdefault(MealGrade(one.grade), []).append(f"{slot_word(one)}{instead}")
    poor = [grade for grade in (MealGrade.REFUSED, MealGrade.LITTLE) if grade in said]
    found = []
    for grade in (*poor, *(grade for grade in said if grade not in poor)):
        every = list(dict.fromkeys(said[grade]))
        slots = [slot for slot in every if not slot.endswith((SWAP, REST))]
        if len(slots) > 1:
            found.append(f"{'、'.join(slots[:-1])}和{slots[-1]}都{_ATE[grade]}")
        found += [f"{slot}{_ATE[grade]}" for slot in every if len(slots) == 1 or slot not in slots]
    return found


def _slept(facts: DayFacts) -> str:
    sleeps = facts.of(EntryKind.SLEEP)
    ended = slept(sleeps)
    said = f"睡了 {ended}" if ended else ""
    if any(one.until is None for one in sleeps):
        return joined((said, f"{'又' if said else ''}睡下了，{still_asleep(facts.left)}"), "，")
    return said


def _played(facts: DayFacts) -> str:
    activities = facts.of(EntryKind.ACTIVITY)
    said = [
        f"{activity_name(one.text)}{Part(one.detail).label if one.detail else ''}" for one in activities[:2]
    ]
    return "，".join(said)


_FELT = {
    Mood.HAPPY: "开心",
    Mood.CALM: "平静",
    Mood.SLEEPY: "有些困倦",
    Mood.HOMESICK: "有点想家",
    Mood.CRYING: "有哭闹",
    Mood.ANXIOUS: "有些焦虑",
}


def _felt(facts: DayFacts, heed: str) -> str:
    """``起初有点想家，后来平静、开心``: each change once; of many the first, every low one and the last.

    That she was drowsy between two others is how one wakes, and no news at the door. What came long after her
    arrival was not so at first; the teacher's own words stand beside a mood unless they are said already.
    """
    steps: list[tuple[EntryDraft, str]] = []
    every = facts.of(EntryKind.MOOD)
    for place, one in enumerate(every):
        after = (kind_of(other) for other in every[place : place + 2])
        own = clause(one.note)
        own = "" if own in heed or any(names(own, mood) for mood in after) else own
        if kind_of(one) is Mood.SLEEPY and 0 < place < len(every) - 1 and not own:
            continue
        if steps and kind_of(steps[-1][0]) == kind_of(one):
            steps[-1] = (steps[-1][0], joined((steps[-1][1], own), "；"))
        else:
            steps.append((one, own))
    if not steps:
        return ""
    (first, own), *rest = steps
    if not rest:
        alone = {Mood.HAPPY: "情绪愉快", Mood.CALM: "情绪平静"}
        return alone.get(kind_of(first), _FELT[kind_of(first)]) + (f"（{own}）" if own else "")
    early = minutes_between(facts.arrived, first.at) <= SETTLING
    lead = f"{'起初' if early else half_of(first.at)}{_mood((first, own))}"
    if len(rest) > 1 and any(kind_of(one) in LOW_MOODS for one, _own in rest):
        between = dict.fromkeys(_mood(one) for one in rest[:-1] if kind_of(one[0]) in LOW_MOODS or one[1])
        low = f"中间{'、'.join(between)}，" if between else ""
        return f"{lead}，{low}后来{_mood(rest[-1])}"
    return f"{lead}，后来{'、'.join(dict.fromkeys(map(_mood, rest)))}"


def _mood(step: tuple[EntryDraft, str]) -> str:
    one, own = step
    return _FELT[kind_of(one)] + (f"（{own}）" if own else "")


def _sentence(words: str) -> str:
    return f"{words}。" if words else ""
