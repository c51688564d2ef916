"""What of a day a family must not go home without: each with the words by which a note tells it."""

from collections.abc import Iterable
from dataclasses import astuple, replace

from app.domain.care_words import (
    concern_words,
    odd_colour,
    odd_colours,
    reacted,
    reaction_words,
    sleep_concerns,
)
from app.domain.dayfacts import CaseFact, CheckFact, DayFacts, InjuryFact, check_name, clause, outcome_word
from app.domain.dose_facts import DoseFact, tells
from app.domain.ill_words import ill_words
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    NoteKind,
    Reaction,
    Stool,
    clock_words,
    degrees,
    title_of,
)
from app.domain.prose import NoteText
from app.domain.record import record
from app.domain.said import says_any, sentences
from app.domain.sections import fevers, loose_stools, stools_words, toilet_finding
from app.domain.swaps import SWAP, as_eaten, swapped, swapped_plainly

_SHOWN = 24
# Beside the part of the body that was hurt: 额头上贴了小红花 tells of no fall.
_HURT = (
    "伤", "摔", "跌", "撞", "磕", "碰", "破", "擦", "划", "抓", "咬", "夹", "烫", "扭", "崴", "肿", "鼓",
    "起包", "个包", "小包", "大包", "血", "疼", "痛", "淤", "瘀", "发青", "青了", "红了", "发红", "缝",
)  # fmt: skip


@record
class Alert:
    """One exceptional fact.

    ``key`` tells it from every other of the day. A text speaks of it that holds one of its ``quotes`` as they
    are, one of the words ``told_by`` without denying it, or, in one sentence, a word of ``beside`` and one of
    ``then``. A ``dose`` is told by the medicine's name and by what became of it, beside the ``doses`` of
    the day. Nobody signs without a ``grave`` one; the others are the teacher's own words, which she may
    put differently. ``ill`` words are said at the door even where the note passes over them. What went as
    the family asked (a dose in time, a meal swapped) is ``routine``: the note tells it, and it is no news.
    """

    key: str
    words: str  # 体温 39.0℃
    told_by: tuple[str, ...] = ()
    grave: bool = True
    dose: DoseFact | None = None
    doses: tuple[DoseFact, ...] = ()
    quotes: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    ill: bool = False
    routine: bool = False

    def told(self, text: NoteText) -> bool:
        """Whether a note speaks of it."""
        whole = "\n".join(astuple(text))
        if self.dose is not None:
            return tells(whole, self.dose, self.doses)
        if any(one in whole for one in self.quotes if one) or says_any(whole, self.told_by):
            return True
        return bool(self.beside) and any(
            says_any(one, self.then) for one in sentences(whole) if any(part in one for part in self.beside)
        )


def alerts(facts: DayFacts) -> tuple[Alert, ...]:
    """The exceptional facts of a day.

    Illness registered of her, fevers, injuries, loose or oddly coloured stools, new food not borne, findings,
    medicine, allergens, what to heed, and what in the teacher's own words speaks of illness or of a hurt.
    """
    found = _apart([_case(one) for one in facts.cases])
    found += _apart([_fever(clock_words(at), tenths) for at, tenths in fevers(facts)])
    found += _apart([_injury(one) for one in facts.injuries])
    found += _stools(loose_stools(facts))
    found += [_check(one, facts.checks) for one in facts.checks if one.outcome != "normal"]
    found += _apart([_reaction(one) for one in reacted(as_eaten(facts))])
    found += _apart([_colour(one) for one in odd_colours(facts)])
    for one in sleep_concerns(facts):
        words, note = concern_words(one), clause(one.note)
        quotes = (note,) if len(note) > 1 else ()
        found.append(Alert(words, words[:_SHOWN], quotes=quotes, beside=("巡视",), then=("异常",)))
    for one, naming in facts.met():
        words = f"{title_of(one)}{naming.words}"
        shown = f"{title_of(one)}{SWAP}（{naming.substance}过敏）" if swapped(facts, one) else words
        key = f"{clock_words(one.at)} {words}"
        found.append(Alert(key, shown, (naming.substance,), routine=swapped_plainly(facts, one)))
    for told in facts.medicine:
        found.append(Alert(told.words, told.short, dose=told, doses=facts.medicine, routine=told.as_asked))
    for one in facts.of(EntryKind.TOILET):
        note = toilet_finding(one)
        if note:
            words = f"如厕（{note[:_SHOWN]}）"
            found.append(Alert(f"{clock_words(one.at)} {words}", words, grave=False, quotes=(note,)))
    for ill in ill_words(facts):
        key = f"{clock_words(ill.entry.at)} {ill.words}"
        found.append(Alert(key, ill.words[:_SHOWN], grave=False, quotes=(ill.own,), ill=True))
    for one in facts.notes(NoteKind.NOTICE):
        note = clause(one.text)
        found.append(Alert(f"{clock_words(one.at)} {note}", note[:_SHOWN], grave=False, quotes=(note,)))
    return tuple(found)


def _apart(found: list[Alert]) -> list[Alert]:
    """What happened twice is told by its hour from the second time on: one 稀便 in the text is not both.

    Whoever reads of several reads the hour of the first, too.
    """
    said: list[Alert] = []
    for place, alert in enumerate(found):
        if any(alert.words == other.words for other in found[:place]):
            clock = alert.key.partition(" ")[0]
            said.append(replace(alert, words=alert.key, told_by=(clock,), quotes=(), beside=()))
        elif any(alert.words == other.words for other in found[place + 1 :]):
            said.append(replace(alert, words=alert.key))
        else:
            said.append(alert)
    return said


def _case(one: CaseFact) -> Alert:
    key = f"{clock_words(one.at)} {one.words}"
    return Alert(key, one.words[:_SHOWN], one.told_by, quotes=(one.words,))


def _injury(one: InjuryFact) -> Alert:
    key = f"{clock_words(one.at)} {one.words}"
    words, quotes = clause(one.words[:_SHOWN]), (one.words,)
    return Alert(key, words, one.told_by, quotes=quotes, beside=one.regions, then=_HURT)


def _check(one: CheckFact, of_day: Iterable[CheckFact]) -> Alert:
    """Told by its own words, or by its name beside what was found: 异常 alone may be said of anything.

    Where such a check found something twice, its name tells neither.
    """
    name, said, note = check_name(one.kind), outcome_word(one.outcome), clause(one.note)
    words = f"{name}{said}" + (f"（{note[:_SHOWN]}）" if note else "")
    quotes = (note,) if len(note) > 1 else ()
    twice = sum((other.kind, other.outcome) == (one.kind, one.outcome) for other in of_day) > 1
    beside = () if quotes and twice else (name,)
    return Alert(f"{clock_words(one.at)} {words}", words, quotes=quotes, beside=beside, then=(said,))


def _fever(clock: str, tenths: int) -> Alert:
    words = f"体温 {degrees(tenths)}"
    short = f"{tenths // 10}.{tenths % 10}"
    told = (short, f"{tenths // 10}度", f"{tenths // 10} 度") if tenths % 10 == 0 else (short,)
    return Alert(f"{clock} {words}", words, told)


_SAID = {
    Reaction.RASH: ("皮疹", "疹子"),
    Reaction.VOMITING: ("呕吐", "吐了"),
    Reaction.DIARRHOEA: ("腹泻", "拉肚"),
    Reaction.SWELLING: ("红肿", "肿了"),
    Reaction.OTHER: (),
}


def _reaction(one: EntryDraft) -> Alert:
    words, note = reaction_words(one), clause(one.note)
    told = _SAID[Reaction(one.quality or Reaction.OTHER)] or (note, f"吃{clause(one.text)}后")
    return Alert(words, words.partition(" ")[2].partition("，")[0][:_SHOWN], told)


def _colour(one: EntryDraft) -> Alert:
    words = odd_colour(one)
    told = {"red": ("带血", "血"), "black": ("黑色", "黑便"), "pale": ("灰白",)}[one.colour or ""]
    return Alert(f"{clock_words(one.at)} {words}", words, told)


def _stools(stools: tuple[EntryDraft, ...]) -> list[Alert]:
    """Loose stools: 今天水样便 5 次 tells of each of the five, and of no sixth."""
    if len(stools) < 2:
        return [_stool(one) for one in stools]
    every = stools_words(stools)
    return [replace(one, quotes=(every,)) for one in _apart([_stool(stool) for stool in stools])]


def _stool(one: EntryDraft) -> Alert:
    label = Stool(one.quality or "").label
    return Alert(f"{clock_words(one.at)} {label}", label, (label[:2], "腹泻", "拉肚"))
