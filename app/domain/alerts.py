"""What of a day a family must not go home without: each with the words by which a note tells it."""

import datetime as dt
from dataclasses import astuple, replace

from app.domain.care_words import (
    concern_words,
    loose_words,
    odd_colour,
    odd_colours,
    reacted,
    reaction_words,
    sleep_concerns,
)
from app.domain.dayfacts import (
    CaseFact,
    CheckFact,
    DayFacts,
    InjuryFact,
    check_name,
    check_title,
    clause,
    joined,
    outcome_word,
)
from app.domain.dose_facts import DoseFact, tells
from app.domain.ill_words import ill_words, speaks_of_illness
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    NoteKind,
    Reaction,
    Site,
    Stool,
    clock_words,
    degrees,
    title_of,
)
from app.domain.prose import NoteText
from app.domain.record import record
from app.domain.said import says_any, sentences
from app.domain.sections import LOOSE, allergen_head, fevers, loose_stools, stools_words, toilet_finding
from app.domain.swaps import SWAP, as_eaten, swapped, swapped_plainly
from app.domain.urgency import is_grave

_SHOWN = 24
# Beside the part of the body that was hurt: 额头上贴了小红花 tells of no fall.
_HURT = (
    "伤", "摔", "跌", "撞", "磕", "碰", "破", "擦", "划", "抓", "咬", "夹", "烫", "扭", "崴", "肿", "鼓",
    "起包", "个包", "小包", "大包", "血", "疼", "痛", "淤", "瘀", "发青", "青了", "红了", "发红", "缝",
)  # fmt: skip


@record
class Alert:
    """One exceptional fact.

    ``key`` tells it from every other of the day. A text that holds one of its ``quotes`` holds the sentence
    of this very fact, and ``stands`` for it. A text may seem to speak of it that holds one of its ``spoken``
    as they are, one of the words ``told_by`` without denying it, or, in one sentence, a word of ``beside``
    and one of ``then``: whether it does (咬了苹果 is no bite) only its teacher knows. A ``dose`` seems told
    by the medicine's name and by what became of it, beside the ``doses`` of the day. Nobody signs without a
    ``grave`` one; the others are the teacher's own words, which she may put differently. ``ill`` words are
    said at the door even where the note passes over them. What went as the family asked (a dose in time, a
    meal swapped) is ``routine``: the note tells it, and it is no news.
    """

    key: str
    words: str  # 体温 39.0℃
    quotes: tuple[str, ...]
    told_by: tuple[str, ...] = ()
    grave: bool = True
    dose: DoseFact | None = None
    doses: tuple[DoseFact, ...] = ()
    spoken: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    ill: bool = False
    routine: bool = False

    def stands(self, text: NoteText) -> bool:
        """Whether the sentence of this very fact stands in a note."""
        whole = _bare("。".join(("", *astuple(text), "")))
        return any(_holds(whole, _bare(one)) for one in self.quotes if one)

    def told(self, text: NoteText) -> bool:
        """Whether a note speaks of it, or seems to."""
        return self.stands(text) or bool(self.carried(text))

    def carried(self, text: NoteText) -> tuple[str, ...]:
        """The sentences of a note that seem to speak of it."""
        whole = "\n".join(astuple(text))
        found = [one for one in self.spoken if one and one in whole]
        return (*found, *(one.strip() for one in sentences(whole) if self._seems(one)))

    def _seems(self, sentence: str) -> bool:
        if self.dose is not None:
            return tells(sentence, self.dose, self.doses)
        return says_any(sentence, self.told_by) or (
            any(part in sentence for part in self.beside) and says_any(sentence, self.then)
        )


def _bare(text: str) -> str:
    """Without the air that a teacher may leave out: 14:30体温38.5."""
    return "".join(text.split())


def _holds(text: str, quote: str) -> bool:
    """Whether a text holds a quote; 11:30 holds no 1:30."""
    start = text.find(quote)
    while start >= 0:
        if not (quote[0].isdigit() and text[start - 1 : start].isdigit()):
            return True
        start = text.find(quote, start + 1)
    return False


def alerts(facts: DayFacts) -> tuple[Alert, ...]:
    """The exceptional facts of a day.

    Illness registered of her, fevers, injuries, loose or oddly coloured stools, new food not borne, findings,
    medicine, allergens, what to heed, and what in the teacher's own words speaks of illness or of a hurt.
    """
    found = _apart([_case(one) for one in facts.cases])
    found += _apart([_fever(facts, at, tenths) for at, tenths in fevers(facts)])
    found += _apart([_injury(one) for one in facts.injuries])
    found += _stools(loose_stools(facts))
    found += [_check(facts, one) for one in facts.checks if one.outcome != "normal"]
    found += _apart([_reaction(one) for one in reacted(as_eaten(facts))])
    found += _apart([_colour(one) for one in odd_colours(facts)])
    for one in sleep_concerns(facts):
        words, note = concern_words(one), clause(one.note)
        spoken = (note,) if len(note) > 1 else ()
        found.append(Alert(words, words[:_SHOWN], (words,), spoken=spoken, beside=("巡视",), then=("异常",)))
    for one, naming in facts.met():
        words = f"{title_of(one)}{naming.words}"
        shown = f"{title_of(one)}{SWAP}（{naming.substance}过敏）" if swapped(facts, one) else words
        key, quotes = f"{clock_words(one.at)} {words}", (allergen_head(one, naming),)
        found.append(Alert(key, shown, quotes, (naming.substance,), routine=swapped_plainly(facts, one)))
    for told in facts.medicine:
        found.append(
            Alert(
                told.words, told.short, (told.words,), dose=told, doses=facts.medicine, routine=told.as_asked
            )
        )
    return (*found, *_own_words(facts))


def _own_words(facts: DayFacts) -> list[Alert]:
    """What a teacher wrote: hers to put differently, unless the words ask for a doctor."""
    found = []
    for one in facts.of(EntryKind.TOILET):
        if note := toilet_finding(one):
            clock = clock_words(one.at)
            told = f"{clock} 如厕：{note}", f"{clock} 大便：{note}", loose_words(one) if one.quality else ""
            found.append(_own(facts, (clock, f"如厕（{note[:_SHOWN]}）"), note, told))
    for ill in ill_words(facts):
        clock = clock_words(ill.entry.at)
        quotes = (f"{clock} {ill.words}", "" if ill.beside else f"。{ill.own}。")  # a sentence by itself
        alert = _own(facts, (clock, ill.words), ill.own, quotes)
        found.append(replace(alert, words=ill.words[:_SHOWN], ill=True))
    for one in facts.notes(NoteKind.NOTICE):
        note = clause(one.text)
        alert = _own(facts, (clock_words(one.at), note), note, (note,))
        found.append(replace(alert, words=note[:_SHOWN]))
    return found


def _own(facts: DayFacts, key: tuple[str, str], own: str, quotes: tuple[str, ...]) -> Alert:
    words = key[1]
    if is_grave(facts, own):  # a word of hers may stand there for another thing
        return Alert(" ".join(key), words, quotes, (own,), ill=True)
    return Alert(" ".join(key), words, (own,), grave=False, ill=speaks_of_illness(own))


def _apart(found: list[Alert]) -> list[Alert]:
    """What happened twice is told by its hour: one 稀便 in the text is not both."""
    said: list[Alert] = []
    for place, alert in enumerate(found):
        clock = alert.key.partition(" ")[0]
        quotes = (alert.key, *(one for one in alert.quotes if clock in one))
        if any(alert.words == other.words for other in found[:place]):
            said.append(
                replace(alert, words=alert.key, quotes=quotes, told_by=(clock,), spoken=(), beside=())
            )
        elif any(alert.words == other.words for other in found[place + 1 :]):
            said.append(replace(alert, words=alert.key, quotes=quotes))
        else:
            said.append(alert)
    return said


def _case(one: CaseFact) -> Alert:
    key = f"{clock_words(one.at)} {one.words}"
    quotes = (f"登记{one.words}", f"{clock_words(one.at)} 登记{one.words}")
    return Alert(key, one.words[:_SHOWN], quotes, one.told_by, spoken=(one.words,))


def _injury(one: InjuryFact) -> Alert:
    key, own = f"{clock_words(one.at)} {one.words}", (one.words,)
    return Alert(
        key, clause(one.words[:_SHOWN]), own, one.told_by, spoken=own, beside=one.regions, then=_HURT
    )


def _check(facts: DayFacts, one: CheckFact) -> Alert:
    """Told by its own words, or by its name beside what was found: 异常 alone may be said of anything.

    Where such a check found something twice, its name tells neither.
    """
    name, said, note = check_name(one.kind), outcome_word(one.outcome), clause(one.note)
    words = f"{name}{said}" + (f"（{note[:_SHOWN]}）" if note else "")
    spoken = (note,) if len(note) > 1 else ()
    alike = [other for other in facts.checks if (other.kind, other.outcome) == (one.kind, one.outcome)]
    beside = () if spoken and len(alike) > 1 else (name,)
    title = name if note and len(alike) == 1 else check_title(facts, one)
    found = {"abnormal": "发现异常", "recheck": "做了复测"}.get(one.outcome, said)
    quotes = tuple(joined((f"{title}{how}", note), "：") for how in (found, said))
    return Alert(f"{clock_words(one.at)} {words}", words, quotes, spoken=spoken, beside=beside, then=(said,))


def _fever(facts: DayFacts, at: dt.datetime, tenths: int) -> Alert:
    clock, words = clock_words(at), f"体温 {degrees(tenths)}"
    short = f"{tenths // 10}.{tenths % 10}"
    told = (short, f"{tenths // 10}度", f"{tenths // 10} 度") if tenths % 10 == 0 else (short,)
    how = ("", "体温", "复测", *(one.label for one in Site))
    quotes = [f"{hour} {one} {short}" for hour in (clock, f"0{clock}") for one in how]
    quotes += [
        f"{check_title(facts, one)} {short}"
        for one in facts.checks
        if one.tenths == tenths and clock_words(one.at) == clock
    ]
    return Alert(f"{clock} {words}", words, tuple(quotes), told)


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
    return Alert(words, words.partition(" ")[2].partition("，")[0][:_SHOWN], (words,), told)


def _colour(one: EntryDraft) -> Alert:
    words = odd_colour(one)
    told = {"red": ("带血", "血"), "black": ("黑色", "黑便"), "pale": ("灰白",)}[one.colour or ""]
    key = f"{clock_words(one.at)} {words}"
    return Alert(key, words, (key, loose_words(one) if one.quality in LOOSE else ""), told)


def _stools(stools: tuple[EntryDraft, ...]) -> list[Alert]:
    """Loose stools: 今天水样便 5 次 tells of each of the five, and of no sixth."""
    found = _apart([_stool(one) for one in stools])
    every = stools_words(stools) if stools else ""
    return [replace(one, quotes=(every, *one.quotes)) for one in found]


def _stool(one: EntryDraft) -> Alert:
    clock, label = clock_words(one.at), Stool(one.quality or "").label
    told = (label[:2], "腹泻", "拉肚")
    return Alert(f"{clock} {label}", label, (f"{clock} {label}", f"{clock} 有一次{label}"), told)
