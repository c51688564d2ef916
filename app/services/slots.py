"""能不能收: which class could take a child for a stretch of a day, from everybody expected or inside."""

import datetime as dt
from collections.abc import Sequence

from app.domain.capacity import Presence, SlotAnswer, Verdict, can_take, clock
from app.domain.classes import Fit, RatioRule, fit, kind_for_age
from app.domain.ids import ChildId, ClassId
from app.domain.modes import Tariff
from app.domain.record import record
from app.services.intake_card import ClassProposal
from app.services.outlook import Outlook
from app.store import tables
from app.store.centre import ClassGroup
from app.store.database import Database
from app.store.day import Expected
from app.store.stamps import day_of, minute_of


@record
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

    @property
    def words(self) -> str:
        """How many seats are free; where it cannot take her all the same, what is lacking."""
        if self.free <= 0:
            return "已满"
        return self.answer.lacking or f"余 {self.free}"


class Slots:
    """Seats and carers of one day, loaded once for a question: today, or the day ``on``."""

    def __init__(
        self,
        database: Database,
        now: dt.datetime,
        without: ChildId | None = None,
        *,
        on: dt.date | None = None,
        expected: Sequence[Expected] | None = None,
    ) -> None:
        self._now = now
        self.day = day_of(now) if on is None else on
        self.outlook = Outlook(database, self.day, now, without, expected)
        self.rules = tables.ratio_rules(self.day)

    @property
    def earliest(self) -> int:
        """The first minute at which a stay could still begin."""
        opening = self.outlook.kept.opening
        return max(opening, minute_of(self._now)) if self.day == day_of(self._now) else opening

    def choices(self, months: int, until: dt.datetime) -> tuple[Choice, ...]:
        """Every class from now on, the one to propose first."""
        return self.choices_for(Presence(minute_of(self._now), minute_of(until), months), Tariff.HOURLY)

    def choices_for(self, child: Presence, tariff: Tariff) -> tuple[Choice, ...]:
        """Every class for a stay at any hour of the day, the one to propose first."""
        made = [self._choice(group, child, tariff) for group in self.outlook.classes]
        wanted = kind_for_age(child.months, self.rules)
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

    def choice_for(self, class_id: ClassId, child: Presence, tariff: Tariff) -> Choice | None:
        """One class alone: the days of a long series ask about no other. None where it is not open."""
        group = next((one for one in self.outlook.classes if one.id == class_id), None)
        return None if group is None else self._choice(group, child, tariff)

    def _choice(self, group: ClassGroup, child: Presence, tariff: Tariff) -> Choice:
        class_day, kept = self.outlook.class_day(group), self.outlook.kept
        closed = self._closed_words(child.from_minute)
        answer = (
            SlotAnswer(Verdict.NO, "不能", (), closed, "没开门")
            if closed
            else can_take(class_day, child, opens=kept.opening, closes=kept.closing, rules=self.rules)
        )
        beside = self.outlook.held_beside(child, tariff)
        if beside and answer.verdict is not Verdict.NO:
            from app.domain.load import seat_missing

            if missing := seat_missing(class_day, beside):
                answer = SlotAnswer(Verdict.NO, "不能", answer.hours, missing, "没位子留")
        free = group.seats - _most((*class_day.children, *class_day.held), child)
        return Choice(group, answer, free, _in_age(group, child.months, self.rules))

    def _closed_words(self, minute: int) -> str:
        """Why nobody can be taken at this hour at all; empty while the centre is open."""
        kept = self.outlook.kept
        today = self.day == day_of(self._now)
        if not self.outlook.open:
            return f"{'今天' if today else f'{self.day.month}月{self.day.day}日'}不开园，请约开园的日子。"
        if minute < kept.opening:
            return f"还没开门，{clock(kept.opening)} 开门后再收。"
        return f"今天 {clock(kept.closing)} 已经关门。" if minute >= kept.closing else ""


def proposals(choices: tuple[Choice, ...], chosen: ClassId | None) -> tuple[ClassProposal, ...]:
    """What the card shows: classes of the right age, best first, and the chosen one whatever its age."""
    taken = chosen if chosen is not None else (choices[0].group.id if choices else None)
    shown = [one for one in choices if one.in_age or one.group.id == taken] or list(choices)
    return tuple(
        ClassProposal(
            id=one.group.id,
            name=one.group.name,
            colour=one.group.colour,
            words=one.words,
            fits=one.fits,
            chosen=one.group.id == taken,
            why="" if one.fits else one.answer.words,
        )
        for one in shown
    )


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
