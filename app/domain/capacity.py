"""能不能收: whether a class can take one more child, hour by hour, and what would mend it.

Everything is minutes after midnight of one day, and the numbers of ``classes``. Children count while they are
inside, carers while they are on shift in that class (58号文 Art 20: children present now, not enrolled).
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from app.domain.classes import NATIONAL_RULES, ClassKind, RatioRule, carers_needed, per_carer
from app.domain.looks import Tone
from app.domain.ratio import ratio
from app.domain.record import record

_FAR = 1000
_SEVERITY = {Tone.PLAIN: 0, Tone.OK: 1, Tone.INFO: 1, Tone.WARN: 2, Tone.BAD: 3}


class Verdict(StrEnum):
    """The answer."""

    YES = "yes"
    TIGHT = "tight"
    NO = "no"


@record
class Presence:
    """One child expected inside from a minute to a minute, with her age in months."""

    from_minute: int
    to_minute: int
    months: int


@record
class ShiftSpan:
    """One carer on shift in the class."""

    from_minute: int
    to_minute: int


@record
class ClassDay:
    """One class as expected today, without the child who asks.

    ``elsewhere`` are the children of the other classes: they use the centre's licensed seats (备案托位) too.
    ``held`` are seats of this class that stay empty all the same: a half-day child's other half where two
    may not share one; ``held_elsewhere`` are those of the other classes. ``closed`` says why it takes nobody
    in whatever its room (医学观察); empty where nothing does.
    """

    name: str
    kind: ClassKind
    seats: int
    children: tuple[Presence, ...] = ()
    carers: tuple[ShiftSpan, ...] = ()
    elsewhere: tuple[Presence, ...] = ()
    licensed_seats: int = _FAR
    held: tuple[Presence, ...] = ()
    held_elsewhere: tuple[Presence, ...] = ()
    closed: str = ""


@record
class HourCell:
    """One hour of the strip at its worst moment. ``limit`` is how many children its carers and seats allow.

    ``inside`` says whether the asking child would be there; then ``present`` counts her.
    """

    hour: int
    tone: Tone
    present: int
    carers: int
    limit: int
    inside: bool


@record
class SlotAnswer:
    """The answer with its reasons: a title for the chip, a cell per hour, and a sentence.

    ``lacking`` says in a word what a NO is for: 缺老师, 已满, 托位满, 观察期, 没开门.
    """

    verdict: Verdict
    title: str
    hours: tuple[HourCell, ...]
    words: str
    lacking: str = ""


@record
class Moment:
    """A stretch of her stay in which nothing changes, with her counted in."""

    start: int
    end: int
    present: int
    carers: int
    needed: int
    more: int  # children like her that the carers could still take
    share: int  # children like her that one carer may have
    seats_over: int
    licensed_over: int
    limit: int

    @property
    def lack(self) -> int:
        """How many carers are missing."""
        return max(0, self.needed - self.carers)

    @property
    def tone(self) -> Tone:
        """BAD where a seat or a carer is missing, WARN where less than half a carer is to spare."""
        if self.needed > self.carers or self.seats_over > 0 or self.licensed_over > 0:
            return Tone.BAD
        return Tone.WARN if self.more * 2 < self.share else Tone.OK


def can_take(
    day: ClassDay,
    child: Presence,
    *,
    opens: int,
    closes: int,
    rules: Iterable[RatioRule] = NATIONAL_RULES,
) -> SlotAnswer:
    """Say whether ``day`` can take ``child`` for her whole stay.

    Args:
        day: the class as expected, without her.
        child: when she would be there, and her age.
        opens: minute of opening; the strip of hours begins there.
        closes: minute of closing; the strip ends there.
        rules: staffing numbers in force.

    Returns:
        NO if the class is closed or at any minute of her stay a seat or a carer is missing,
        TIGHT if it just holds, else YES.
    """
    rules = tuple(rules)
    if child.to_minute <= child.from_minute:
        return SlotAnswer(Verdict.NO, "不能", (), "说好接走的时间不在到园之后，请核对。")
    moments = moments_of(day, child, rules)
    hours = range(opens // 60, -(-closes // 60))
    cells = tuple(_cell(hour, day, child, moments, rules) for hour in hours)
    worst = {moment.tone for moment in moments}
    if day.closed:
        return SlotAnswer(Verdict.NO, "不能", cells, day.closed, "观察期")
    if Tone.BAD in worst:
        return SlotAnswer(Verdict.NO, "不能", cells, _broken_words(day, moments), _lacking(moments))
    if Tone.WARN in worst:
        return SlotAnswer(Verdict.TIGHT, "可以", cells, _tight_words(moments))
    return SlotAnswer(Verdict.YES, "可以", cells, _easy_words(moments))


def clock(minute: int) -> str:
    """``12:00`` of minutes after midnight."""
    return f"{minute // 60}:{minute % 60:02d}"


def _inside(spans: Iterable[Presence | ShiftSpan], minute: int) -> int:
    return sum(span.from_minute <= minute < span.to_minute for span in spans)


def _ages(day: ClassDay, minute: int) -> list[int]:
    return [one.months for one in day.children if one.from_minute <= minute < one.to_minute]


def _room_for(
    kind: ClassKind, ages: Sequence[int], months: int, carers: int, rules: tuple[RatioRule, ...]
) -> int:
    """How many more children of that age the carers could take; none where they are too few already."""
    more = 0
    while more < _FAR and carers_needed(kind, [*ages, *[months] * (more + 1)], rules) <= carers:
        more += 1
    return more


def _limit(
    day: ClassDay, ages: Sequence[int], carers: int, months: int, rules: tuple[RatioRule, ...], held: int
) -> int:
    """The most children the carers and the seats allow, keeping the ages that are there."""
    seats = max(0, day.seats - held)
    if day.kind is ClassKind.MIXED and carers_needed(day.kind, ages, rules) <= carers:
        return min(seats, len(ages) + _room_for(day.kind, ages, months, carers, rules))
    return min(seats, carers * per_carer(day.kind, months, rules))


def _moment(day: ClassDay, child: Presence, start: int, end: int, rules: tuple[RatioRule, ...]) -> Moment:
    ages = [*_ages(day, start), child.months]
    carers, held = _inside(day.carers, start), _inside(day.held, start)
    elsewhere = _inside(day.elsewhere, start) + _inside(day.held_elsewhere, start)
    return Moment(
        start=start,
        end=end,
        present=len(ages),
        carers=carers,
        needed=carers_needed(day.kind, ages, rules),
        more=_room_for(day.kind, ages, child.months, carers, rules),
        share=per_carer(day.kind, child.months, rules),
        seats_over=len(ages) + held - day.seats,
        licensed_over=len(ages) + held + elsewhere - day.licensed_seats,
        limit=_limit(day, ages, carers, child.months, rules, held),
    )


def _edges(day: ClassDay, start: int, end: int) -> list[int]:
    """The minutes at which anybody comes or goes, with both ends."""
    spans: list[Presence | ShiftSpan] = [*day.children, *day.carers, *day.elsewhere]
    spans += [*day.held, *day.held_elsewhere]
    cuts = {edge for span in spans for edge in (span.from_minute, span.to_minute) if start < edge < end}
    return sorted(cuts | {start, end})


def moments_of(
    day: ClassDay, child: Presence, rules: tuple[RatioRule, ...] = NATIONAL_RULES
) -> tuple[Moment, ...]:
    """Her stay cut where anybody comes or goes, with her counted in."""
    edges = _edges(day, child.from_minute, child.to_minute)
    return tuple(_moment(day, child, *pair, rules) for pair in itertools.pairwise(edges))


def _cell(
    hour: int, day: ClassDay, child: Presence, moments: Iterable[Moment], rules: tuple[RatioRule, ...]
) -> HourCell:
    """One hour at its worst: with her where she is inside, else as expected."""
    start, end = hour * 60, hour * 60 + 60
    here = [moment for moment in moments if moment.start < end and moment.end > start]
    if here:
        worst = max(here, key=lambda one: (_SEVERITY[one.tone], one.present - one.limit))
        return HourCell(hour, worst.tone, worst.present, worst.carers, worst.limit, inside=True)
    at = max(_edges(day, start, end)[:-1], key=lambda minute: len(_ages(day, minute)))
    ages, carers = _ages(day, at), _inside(day.carers, at)
    limit = _limit(day, ages, carers, child.months, rules, _inside(day.held, at))
    return HourCell(hour, Tone.PLAIN, len(ages), carers, limit, inside=False)


def _span_words(moments: Sequence[Moment]) -> str:
    return f"{clock(moments[0].start)}–{clock(moments[-1].end)}"


def _run(moments: Sequence[Moment], first: Moment, same: Callable[[Moment], object]) -> list[Moment]:
    """The unbroken stretch around ``first`` in which ``same`` says the same."""
    at = moments.index(first)
    left = right = at
    while left > 0 and same(moments[left - 1]) == same(first):
        left -= 1
    while right + 1 < len(moments) and same(moments[right + 1]) == same(first):
        right += 1
    return list(moments[left : right + 1])


def _lacking(moments: Sequence[Moment]) -> str:
    """In a word what ``_broken_words`` tells."""
    if any(one.needed > one.carers for one in moments):
        return "缺老师"
    return "已满" if any(one.seats_over > 0 for one in moments) else "托位满"


def _broken_words(day: ClassDay, moments: Sequence[Moment]) -> str:
    """What breaks first and worst, and what mends it."""
    short = [one for one in moments if one.needed > one.carers]
    if short:
        worst = max(short, key=lambda one: (one.needed - one.carers, one.present))
        span = _span_words(_run(moments, worst, lambda one: (one.carers, one.needed > one.carers)))
        lack = worst.needed - worst.carers
        if not worst.carers:
            return f"{span} {day.name}班没有老师在岗，须安排 {lack} 名老师。"
        share = ratio(worst.present, worst.carers)
        return (
            f"{span} 只有 {worst.carers} 名老师，收后 {worst.present} 人 = 1 : {share}，不合规；"
            f"须再加 {lack} 名老师。"
        )
    full = [one for one in moments if one.seats_over > 0]
    if full:
        span = _span_words(_run(moments, full[0], lambda one: one.seats_over > 0))
        return f"{span} {day.name}班 {day.seats} 个位子已坐满；请换班级，或改到有空位的时段。"
    over = [one for one in moments if one.licensed_over > 0]
    span = _span_words(_run(moments, over[0], lambda one: one.licensed_over > 0))
    return f"{span} 全园 {day.licensed_seats} 个备案托位已用满；请改到有空位的时段。"


def _tight_words(moments: Sequence[Moment]) -> str:
    """The tightest stretch, and from which child on one more carer is needed."""
    worst = min((one for one in moments if one.tone is Tone.WARN), key=lambda one: (one.more, -one.present))
    run = _run(moments, worst, lambda one: (one.carers, one.tone))
    share = ratio(worst.present, worst.carers)
    return (
        f"{_span_words(run)} 只有 {worst.carers} 名老师，收后 {worst.present} 人 = 1 : {share}，刚好合规；"
        f"再收 {worst.more + 1} 人须加 1 名老师。"
    )


def _easy_words(moments: Sequence[Moment]) -> str:
    worst = max(moments, key=lambda one: (one.present / one.carers, one.present))
    return (
        f"{_span_words(moments)} 全程合规：最多 {worst.present} 人、{worst.carers} 名老师 "
        f"= 1 : {ratio(worst.present, worst.carers)}。"
    )
