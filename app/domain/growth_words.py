"""The sentences of a term's summary (成长小结): what the file holds, and never more.

Counts come from the log, observations are the teachers' own. Nothing here says how a child "is".
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from app.domain.curriculum import Area
from app.domain.dayfacts import clause
from app.domain.logbook import Part
from app.domain.record import record
from app.domain.sections import activity_name

_MOST_NAMES = 3
# Of these the first line tells; by area stands what she did, and nobody does an activity by watching it.
_NOT_DONE = frozenset({Part.WATCHED, Part.DECLINED})


@record
class Took:
    """One activity a child was logged for. ``part`` is empty where nobody said how she took part."""

    day: dt.date
    name: str
    part: str
    areas: tuple[Area, ...]
    note: str = ""


@record
class Seen:
    """One observation as it stands."""

    id: int
    day: dt.date
    area: Area
    words: str


@record
class TermFacts:
    """A term of one child as far as it has come. ``until`` is the last day counted."""

    given_name: str
    sex: str | None
    until: dt.date
    present: int  # days she was here
    sick: int
    personal: int
    took: tuple[Took, ...] = ()
    first_here: dt.date | None = None


@record
class SummaryText:
    """The four parts of a summary. ``words`` are the teacher's own, the others are read from the file."""

    attendance: str = ""
    activities: str = ""
    growth: str = ""
    words: str = ""


def attendance_words(facts: TermFacts) -> str:
    """``9月1日到12月3日，来园 52 天，病假 3 天，事假 1 天。``"""
    if facts.first_here is None:
        return f"到{_day(facts.until)}，这学期还没有来园的记录。"
    absent = [
        f"{word} {count} 天" for word, count in (("病假", facts.sick), ("事假", facts.personal)) if count
    ]
    parts = [f"{_day(facts.first_here)}到{_day(facts.until)}", f"来园 {facts.present} 天", *absent]
    return "，".join(parts) + "。"


def activity_words(facts: TermFacts) -> str:
    """``记录了 40 次活动：主动参与 22 次。`` and a line for each area with what she did most often."""
    if not facts.took:
        return "这学期还没有记录到活动。"
    parts = Counter(one.part for one in facts.took)
    said = [f"{part.label} {parts[part]} 次" for part in Part if parts[part]]
    if parts[""]:
        said.append(f"未写参与情况 {parts['']} 次")
    lines = [f"记录了 {len(facts.took)} 次活动：{'、'.join(said)}。"]
    for area in Area:
        took = [one for one in facts.took if area in one.areas and one.part not in _NOT_DONE]
        if took:
            names = Counter(activity_name(one.name) for one in took).most_common(_MOST_NAMES)
            told = "、".join(f"{name} {count} 次" if count > 1 else name for name, count in names)
            more = "等" if len({one.name for one in took}) > len(names) else ""
            lines.append(f"{area.label} {len(took)} 次：{told}{more}。")
    return "\n".join(lines)


def growth_words(seen: Sequence[Seen]) -> str:
    """The observations chosen, by area and day: ``动作：能自己穿鞋（11月12日）；……。``"""
    lines = []
    for area in Area:
        own = sorted((one for one in seen if one.area is area), key=lambda one: (one.day, one.id))
        if own:
            lines.append(
                f"{area.label}：" + "；".join(f"{clause(one.words)}（{_day(one.day)}）" for one in own) + "。"
            )
    return "\n".join(lines)


def draft_words(facts: TermFacts, seen: Sequence[Seen]) -> str:
    """What the teacher begins from: two or three sentences, each of them a fact of the file."""
    if facts.first_here is None:
        return ""
    sentences = [f"这学期{facts.given_name}来园 {facts.present} 天。"]
    eager = Counter(activity_name(one.name) for one in facts.took if one.part == Part.EAGER)
    if eager:
        names = [name for name, _ in eager.most_common(_MOST_NAMES)]
        sentences.append(
            f"{_pronoun(facts)}主动参与过{'、'.join(names)}{'等活动' if len(eager) > len(names) else ''}。"
        )
    newest = sorted(seen, key=lambda one: (one.day, one.id))[-2:]
    if newest:
        told = "；".join(f"{_day(one.day)}，{clause(one.words)}" for one in newest)
        sentences.append(f"老师记得：{told}。")
    return "".join(sentences)


def compose(facts: TermFacts, seen: Sequence[Seen]) -> SummaryText:
    """All four parts as the file writes them."""
    return SummaryText(
        attendance_words(facts), activity_words(facts), growth_words(seen), draft_words(facts, seen)
    )


def _pronoun(facts: TermFacts) -> str:
    return {"f": "她", "m": "他"}.get(facts.sex or "", facts.given_name)


def _day(day: dt.date) -> str:
    return f"{day.month}月{day.day}日"
