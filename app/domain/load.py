"""How full a class is expected to be, hour by hour, with nobody asking: the colours of the week view."""

from collections.abc import Iterable

from app.domain.capacity import ClassDay, Presence, ShiftSpan, clock
from app.domain.classes import NATIONAL_RULES, RatioRule, carers_needed, rule_for
from app.domain.looks import Tone
from app.domain.record import record

_SEVERITY = {Tone.PLAIN: 0, Tone.OK: 1, Tone.INFO: 1, Tone.WARN: 2, Tone.BAD: 3}


@record
class HourLoad:
    """One hour at its worst moment. ``free`` is how many children of the class's youngest age still fit."""

    hour: int
    present: int
    carers: int
    needed: int
    free: int
    tone: Tone
    words: str  # 余 3, 已满, 缺 1 名老师, 超 1 人, 老师不够再收

    @property
    def short(self) -> str:
        """The words for a narrow cell: 余3, 满, 缺1师, 超1."""
        if self.needed > self.carers:
            return f"缺{self.needed - self.carers}师"
        if self.tone is Tone.BAD:
            return self.words.replace(" ", "").removesuffix("人")
        return f"余{self.free}" if self.free else "满"


def load_of(
    day: ClassDay, *, opens: int, closes: int, rules: Iterable[RatioRule] = NATIONAL_RULES
) -> tuple[HourLoad, ...]:
    """The hours between opening and closing (minutes after midnight)."""
    rules = tuple(rules)
    return tuple(
        max(
            (_at(day, hour, minute, rules) for minute in _minutes(day, hour, opens, closes)),
            key=lambda one: (_SEVERITY[one.tone], one.needed - one.carers, one.present, -one.free),
        )
        for hour in range(opens // 60, -(-closes // 60))
    )


def worst_of(hours: Iterable[HourLoad]) -> HourLoad | None:
    """The hour to worry about: what breaks, then what is full, then the fullest."""
    return max(
        hours, key=lambda one: (_SEVERITY[one.tone], one.needed - one.carers, one.present), default=None
    )


def hour_words(load: HourLoad) -> str:
    """``12:00–13:00 19 人、3 名老师，余 2``."""
    return (
        f"{clock(load.hour * 60)}–{clock(load.hour * 60 + 60)} {load.present} 人、{load.carers} 名老师，"
        f"{load.words}"
    )


def kept_empty(stay: Presence, opens: int, closes: int) -> tuple[Presence, ...]:
    """The rest of the day, for which a half-day child holds her seat where two may not share one."""
    parts = ((opens, stay.from_minute), (stay.to_minute, closes))
    return tuple(Presence(start, end, stay.months) for start, end in parts if end > start)


def seat_missing(day: ClassDay, spans: Iterable[Presence]) -> str:
    """Why a seat cannot be held during some spans; empty where it can."""
    spans = tuple(spans)
    every = (*day.children, *day.elsewhere, *day.held, *day.held_elsewhere)
    for span in spans:
        edges = {one.from_minute for one in every if span.from_minute < one.from_minute < span.to_minute}
        for minute in sorted(edges | {span.from_minute}):
            own = _count(day.children, minute) + _count(day.held, minute)
            rest = _count(day.elsewhere, minute) + _count(day.held_elsewhere, minute)
            if own >= day.seats or own + rest >= day.licensed_seats:
                return (
                    f"{clock(minute)} 起 {day.name}班没有空位可以留：本园半日托各占一个托位。请换班级或改期。"
                )
    return ""


def _minutes(day: ClassDay, hour: int, opens: int, closes: int) -> list[int]:
    start, end = max(hour * 60, opens), min(hour * 60 + 60, closes)
    spans: list[Presence | ShiftSpan] = [*day.children, *day.carers, *day.elsewhere]
    spans += [*day.held, *day.held_elsewhere]
    cuts = {edge for one in spans for edge in (one.from_minute, one.to_minute) if start < edge < end}
    return sorted(cuts | {start})


def _count(children: Iterable[Presence], minute: int) -> int:
    return sum(one.from_minute <= minute < one.to_minute for one in children)


def _at(day: ClassDay, hour: int, minute: int, rules: tuple[RatioRule, ...]) -> HourLoad:
    ages = [one.months for one in day.children if one.from_minute <= minute < one.to_minute]
    carers = sum(one.from_minute <= minute < one.to_minute for one in day.carers)
    held = _count(day.held, minute)
    rest = _count(day.elsewhere, minute) + _count(day.held_elsewhere, minute)
    needed = carers_needed(day.kind, ages, rules)
    seats = min(day.seats - len(ages) - held, day.licensed_seats - len(ages) - held - rest)
    youngest, more = rule_for(day.kind, rules).months_from, 0
    while more < seats and carers_needed(day.kind, [*ages, *[youngest] * (more + 1)], rules) <= carers:
        more += 1
    tone, words = _say(len(ages), needed - carers, seats, more)
    return HourLoad(hour, len(ages), carers, needed, more, tone, words)


def _say(present: int, lack: int, seats: int, free: int) -> tuple[Tone, str]:
    if lack > 0:
        return Tone.BAD, f"缺 {lack} 名老师"
    if seats < 0:
        return Tone.BAD, f"超 {-seats} 人"
    if not free:
        return (Tone.WARN, "已满") if seats <= 0 else (Tone.WARN if present else Tone.PLAIN, "老师不够再收")
    return (Tone.OK if present else Tone.PLAIN), f"余 {free}"
