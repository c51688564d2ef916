"""What of a day a family must not go home without: each with the words by which a note tells it."""

from dataclasses import astuple, replace

from app.domain.care_words import (
    concern_words,
    odd_colour,
    odd_colours,
    reacted,
    reaction_words,
    sleep_concerns,
)
from app.domain.dayfacts import DayFacts, check_name, clause
from app.domain.dose_facts import DoseFact, tells
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
from app.domain.sections import fevers, loose_stools, toilet_finding
from app.domain.swaps import SWAP, as_eaten, swapped

_SHOWN = 24


@record
class Alert:
    """One exceptional fact.

    ``key`` tells it from every other of the day. ``told_by`` are words any one of which shows that a text
    speaks of it; a ``dose`` is told by the medicine's name and by what became of it, beside the ``doses`` of
    the day. Nobody signs without a ``grave`` one; the others are the teacher's own words, which she may
    put differently.
    """

    key: str
    words: str  # 体温 39.0℃
    told_by: tuple[str, ...]
    grave: bool = True
    dose: DoseFact | None = None
    doses: tuple[DoseFact, ...] = ()

    def told(self, text: NoteText) -> bool:
        """Whether a note speaks of it."""
        whole = "\n".join(astuple(text)).replace("无异常", "")
        if self.dose is not None:
            return tells(whole, self.dose, self.doses)
        return any(word in whole for word in self.told_by if word)


def alerts(facts: DayFacts) -> tuple[Alert, ...]:
    """The exceptional facts of a day.

    Fevers, injuries, loose or oddly coloured stools, new food not borne, findings, medicine, allergens, what
    to heed.
    """
    found = _apart([_fever(clock_words(at), tenths) for at, tenths in fevers(facts)])
    found += _apart(
        [
            Alert(f"{clock_words(one.at)} {one.words}", clause(one.words[:_SHOWN]), one.told_by)
            for one in facts.injuries
        ]
    )
    found += _apart([_stool(one) for one in loose_stools(facts)])
    for check in facts.checks:
        if check.outcome != "normal":
            said = "异常" if check.outcome == "abnormal" else "复测"
            note = clause(check.note)
            words = f"{check_name(check.kind)}{said}" + (f"（{note[:_SHOWN]}）" if note else "")
            found.append(Alert(f"{clock_words(check.at)} {words}", words, (said, note)))
    found += _apart([_reaction(one) for one in reacted(as_eaten(facts))])
    found += _apart([_colour(one) for one in odd_colours(facts)])
    for one in sleep_concerns(facts):
        words = concern_words(one)
        found.append(Alert(words, words[:_SHOWN], ("巡视", clause(one.note))))
    for one, naming in facts.met():
        words = f"{title_of(one)}{naming.words}"
        shown = f"{title_of(one)}{SWAP}（{naming.substance}过敏）" if swapped(facts, one) else words
        found.append(Alert(f"{clock_words(one.at)} {words}", shown, (naming.substance,)))
    for told in facts.medicine:
        found.append(Alert(told.words, told.short, (), dose=told, doses=facts.medicine))
    for one in facts.of(EntryKind.TOILET):
        note = toilet_finding(one)
        if note:
            words = f"如厕（{note[:_SHOWN]}）"
            found.append(Alert(f"{clock_words(one.at)} {words}", words, (note,), grave=False))
    for one in facts.notes(NoteKind.NOTICE):
        note = clause(one.text)
        found.append(Alert(f"{clock_words(one.at)} {note}", note[:_SHOWN], (note,), grave=False))
    return tuple(found)


def _apart(found: list[Alert]) -> list[Alert]:
    """What happened twice is told by its hour from the second time on: one 稀便 in the text is not both."""
    said: list[Alert] = []
    for alert in found:
        if any(alert.words == other.words for other in found[: len(said)]):
            said.append(replace(alert, words=alert.key, told_by=(alert.key.partition(" ")[0],)))
        else:
            said.append(alert)
    return said


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


def _stool(one: EntryDraft) -> Alert:
    label = Stool(one.quality or "").label
    return Alert(f"{clock_words(one.at)} {label}", label, (label[:2], "腹泻", "拉肚"))
