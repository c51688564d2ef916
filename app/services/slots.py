"""能不能收: which class could take a child for a stretch of today, from everybody expected or inside."""

import datetime as dt
from dataclasses import dataclass

from app.domain.ages import months_between
from app.domain.capacity import ClassDay, Presence, ShiftSpan, SlotAnswer, Verdict, can_take, clock
from app.domain.classes import Fit, RatioRule, fit, kind_for_age
from app.domain.ids import ChildId, ClassId
from app.services.intake_card import ClassProposal
from app.services.rows import leaves_at
from app.store import centre, day, people, settings, tables
from app.store.centre import ClassGroup
from app.store.database import Database
from app.store.stamps import day_of, minute_of

# Who should have been collected is taken to stay a little longer: she still fills her seat.
_OVERDUE_STAYS = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """One class with its answer for the asked stretch."""

    group: ClassGroup
    answer: SlotAnswer
    free: int
    in_age: bool

    @property
    def fits(self) -> bool:
        """Whether it can be offered without a warning."""
        return self.in_age and self.free > 0 and self.answer.verdict is not Verdict.NO


class Slots:
    """Today's seats and carers, loaded once for a question."""

    def __init__(self, database: Database, now: dt.datetime, without: ChildId | None = None) -> None:
        self._now = now
        today = day_of(now)
        self._kept = settings.current(database, today)
        self._open = day.is_open(database, today)
        self._rules = tables.ratio_rules(today)
        self._classes = centre.list_classes(database, today)
        self._licensed = centre.licensed_seats(database, today)
        self._shifts = people.list_shifts(database, today)
        self._spans = _spans(database, now, self._kept.closing, without)

    def choices(self, months: int, until: dt.datetime) -> tuple[Choice, ...]:
        """Every class, the one to propose first."""
        child = Presence(minute_of(self._now), minute_of(until), months)
        made = [self._choice(group, child) for group in self._classes]
        wanted = kind_for_age(months, self._rules)
        return tuple(
            sorted(
                made,
                key=lambda one: (
                    not one.in_age,
                    one.free <= 0,
                    one.answer.verdict is Verdict.NO,
                    one.group.kind is not wanted,
                    -one.free,
                ),
            )
        )

    def _choice(self, group: ClassGroup, child: Presence) -> Choice:
        class_day = self._class_day(group)
        closed = self._closed_words()
        answer = (
            SlotAnswer(Verdict.NO, "不能", (), closed)
            if closed
            else can_take(
                class_day, child, opens=self._kept.opening, closes=self._kept.closing, rules=self._rules
            )
        )
        free = group.seats - _most(class_day.children, child)
        return Choice(group, answer, free, _in_age(group, child.months, self._rules))

    def _closed_words(self) -> str:
        """Why nobody can be taken at this hour at all; empty while the centre is open."""
        minute, kept = minute_of(self._now), self._kept
        if not self._open:
            return "今天不开园，请约开园的日子。"
        if minute < kept.opening:
            return f"还没开门，{clock(kept.opening)} 开门后再收。"
        return f"今天 {clock(kept.closing)} 已经关门。" if minute >= kept.closing else ""

    def _class_day(self, group: ClassGroup) -> ClassDay:
        return ClassDay(
            name=group.name,
            kind=group.kind,
            seats=group.seats,
            children=tuple(span for where, span in self._spans if where == group.id),
            carers=tuple(
                ShiftSpan(shift.from_minute, shift.to_minute)
                for shift in self._shifts
                if shift.class_id == group.id
            ),
            elsewhere=tuple(span for where, span in self._spans if where != group.id),
            licensed_seats=self._licensed or sum(one.seats for one in self._classes),
        )


def proposals(choices: tuple[Choice, ...], chosen: ClassId | None) -> tuple[ClassProposal, ...]:
    """What the card shows: classes of the right age, best first, and the chosen one whatever its age."""
    taken = chosen if chosen is not None else (choices[0].group.id if choices else None)
    shown = [one for one in choices if one.in_age or one.group.id == taken] or list(choices)
    return tuple(
        ClassProposal(
            id=one.group.id,
            name=one.group.name,
            colour=one.group.colour,
            words=f"余 {one.free}" if one.free > 0 else "已满",
            fits=one.fits,
            chosen=one.group.id == taken,
        )
        for one in shown
    )


def _spans(
    database: Database, now: dt.datetime, closing: int, without: ChildId | None
) -> list[tuple[ClassId, Presence]]:
    """Who fills a seat from when to when: those inside, and those still expected."""
    today, minute = day_of(now), minute_of(now)
    expected = {one.who.id: one for one in day.list_expected(database, today)}
    away = {one.who.id for one in day.list_away(database, today)}
    spans: list[tuple[ClassId, Presence]] = []
    seen: set[ChildId] = set()
    for stay in day.list_stays(database, today):
        seen.add(stay.who.id)
        if stay.left_at is not None:
            continue
        leaving = leaves_at(stay, expected.get(stay.who.id))
        until = closing if leaving is None or day_of(leaving) != today else minute_of(leaving)
        until = max(until, minute + _OVERDUE_STAYS)
        spans.append((stay.class_id, Presence(0, until, months_between(stay.who.born_on, today))))
    for child, one in expected.items():
        if child in seen or child in away or child == without or one.to_minute <= minute:
            continue
        months = months_between(one.who.born_on, today)
        spans.append((one.class_id, Presence(max(one.from_minute, minute), one.to_minute, months)))
    return spans


def _most(children: tuple[Presence, ...], asking: Presence) -> int:
    """The most children at any moment of the asked stretch."""
    edges = {asking.from_minute} | {
        one.from_minute for one in children if asking.from_minute < one.from_minute < asking.to_minute
    }
    return max(sum(one.from_minute <= edge < one.to_minute for one in children) for edge in edges)


def _in_age(group: ClassGroup, months: int, rules: tuple[RatioRule, ...]) -> bool:
    """By the table; a child no kind covers (under 6, 36 and over) goes where the nearest age is."""
    if fit(group.kind, months, rules) is Fit.FITS:
        return True
    covered = any(fit(rule.kind, months, rules) is Fit.FITS for rule in rules)
    return not covered and group.kind is kind_for_age(months, rules)
