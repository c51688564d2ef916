"""身高体重: the monthly round of measuring, the curves of a child, and the card for her parents (§4)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from app.domain.ages import age_words
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.growth import (
    Score,
    Standard,
    check_likely,
    days_early,
    evaluate,
    is_corrected,
    measured_lying,
)
from app.domain.growth_entry import (
    DoubtfulMeasureError,
    MeasureError,
    Measures,
    check_against,
    read_measures,
)
from app.domain.ids import ChildId, ClassId
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.domain.typed_days import Direction, read_day
from app.reports.growth_card import GrowthCard
from app.services.growth_children import GrowingChild, list_growing
from app.services.growth_curves import Curve, draw_curves
from app.services.growth_papers import freeze_card
from app.services.scope import Scope
from app.store import centre, growth, growth_standards
from app.store.centre import ClassGroup
from app.store.database import Clock, Database
from app.store.growth import KeptMeasure, NewMeasure
from app.store.growth_tables import WhoStandard
from app.store.stamps import day_of

__all__ = ["Curve", "Growth", "GrowthView", "KeptMeasure", "Round", "RoundLine", "Score", "Typed"]

_EARLIER = dt.timedelta(days=400)  # so far back a measure is still one to compare with


@record
class Typed:
    """What was typed for one child; ``sure`` overrules a doubt, ``replaces`` corrects a measuring."""

    child: ChildId
    day: str
    weight: str = ""
    stature: str = ""
    head: str = ""
    sure: bool = False
    replaces: int | None = None


@record
class RoundLine:
    """One child of the round: what was measured in this month, if anything, and the time before."""

    child: GrowingChild
    age_words: str
    lying: bool
    before: KeptMeasure | None
    now: KeptMeasure | None


@record
class Round:
    """The month's round of one class."""

    day: dt.date
    class_id: ClassId | None
    classes: tuple[ClassGroup, ...]
    lines: tuple[RoundLine, ...]
    standard: str

    @property
    def done(self) -> int:
        """How many have been measured this month."""
        return sum(line.now is not None for line in self.lines)


@record
class GrowthView:
    """One child's growth: every measuring, and the curves."""

    child: GrowingChild
    age_words: str
    corrected: bool
    measures: tuple[KeptMeasure, ...]
    curves: tuple[Curve, ...]
    standard: str


class Growth:
    """The verbs of measuring."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._scope = Scope(database, clock)
        self._read: tuple[int | None, Standard] | None = None

    def round(self, actor: Actor, class_id: ClassId | None) -> Round:
        """The round of a class (the first one for None) in the month of today; a teacher's are her own."""
        actor.require(Permission.HEALTH_CHECK)
        actor.require(Permission.SEE_HEALTH)
        today, own = day_of(self._clock()), self._scope.classes(actor)
        listed = centre.list_classes(self._database, today)
        classes = tuple(group for group in listed if own is None or group.id in own)
        known = {group.id for group in classes}
        wanted = class_id if class_id in known else next((group.id for group in classes), None)
        month = today.replace(day=1)
        before: dict[ChildId, KeptMeasure] = {}
        now: dict[ChildId, KeptMeasure] = {}
        for one in growth.list_since(self._database, today - _EARLIER, today):
            (now if one.day >= month else before)[one.child] = one
        growing = [one for one in list_growing(self._database, today) if one.class_id == wanted]
        lines = tuple(
            RoundLine(
                child,
                age_words(child.born_on, today),
                measured_lying(child.born_on, today),
                self._evaluated(child, before.get(child.id)),
                self._evaluated(child, now.get(child.id)),
            )
            for child in growing
        )
        return Round(today, wanted, classes, lines, self._standard().name)

    def keep(self, actor: Actor, typed: Typed) -> Done[KeptMeasure]:
        """Keep one measuring with its evaluation; a second one of a day corrects the first.

        Raises:
            MeasureError: unreadable, out of bounds, of a day to come or before the birth, no such child.
            DoubtfulMeasureError: a weight falls, a length shrinks, or it hardly can be of her age, and
                ``sure`` was not said.
        """
        actor.require(Permission.HEALTH_CHECK)
        taken = read_measures(typed.weight, typed.stature, typed.head)
        child = self._child(typed.child)
        day = self._day(typed.day, child)
        held = growth.list_of_child(self._database, child.id)
        old = self._corrected(held, typed, day)
        day = day if old is None else old.day
        lying = measured_lying(child.born_on, day)
        doubt = ""
        try:
            check_against(taken, *_last(held, day))
            self._check_likely(child, taken, day, lying=lying)
        except DoubtfulMeasureError as error:
            if not typed.sure:
                raise
            doubt = error.sentence.partition("。")[0]
        scores, standard = self._evaluate(child, taken, day, lying=lying), self._standard().name
        new = NewMeasure(child.id, day, taken, lying, doubt, None if old is None else old.id)
        words = f"{child.name} {'更正测量' if old else '测量'} {day}"
        with self._database.unit(actor.id, "measure") as unit:
            key = growth.add_measure(unit, new, actor.id, standard, scores)
            unit.audit("growth_measure", key, f"{words} {doubt}".strip())
        kept = growth.find_measure(self._database, key)
        if kept is None:
            raise LookupError(key)
        return Done(kept, _changes(child.id), Undo("growth.measure", key, words))

    def reverse(self, actor: Actor, measure: int) -> Done[None]:
        """Take a measuring (or a correction) back.

        Raises:
            MeasureError: it was taken back or corrected before.
        """
        actor.require(Permission.HEALTH_CHECK)
        kept = growth.find_measure(self._database, measure)
        if kept is None:
            raise MeasureError("这次测量已经撤销或更正过了，请刷新后再看。")
        with self._database.unit(actor.id, "undo_measure") as unit:
            growth.reverse_measure(unit, kept, actor.id)
            unit.audit("growth_measure", measure, f"{kept.day}")
        return Done(None, _changes(kept.child))

    def view(self, actor: Actor, child: ChildId) -> GrowthView:
        """One child's curves.

        Raises:
            MeasureError: she is not enrolled.
            OtherClassError: a teacher asks for a child of another class.
        """
        actor.require(Permission.HEALTH_CHECK)
        actor.require(Permission.SEE_HEALTH)
        self._scope.require(actor, child)
        today, found = day_of(self._clock()), self._child(child)
        held = tuple(
            self._evaluated(found, one) or one for one in growth.list_of_child(self._database, child)
        )
        standard = self._standard()
        return GrowthView(
            found,
            age_words(found.born_on, today),
            is_corrected(found.born_on, found.weeks, today),
            held,
            draw_curves(standard, found, held),
            standard.name,
        )

    def card(self, actor: Actor, child: ChildId) -> GrowthCard:
        """The growth card for the parents (生长监测卡).

        Raises:
            MeasureError: she is not enrolled, or was never measured.
        """
        shown = self.view(actor, child)
        if not shown.measures:
            msg = f"{shown.child.name} 还没有测量过，没有可以打印的。"
            raise MeasureError(msg)
        return freeze_card(
            self._database, shown.child, shown.measures, shown.curves, day_of(self._clock()), actor.name
        )

    def _standard(self) -> Standard:
        """The standard that holds; a set of tables is read once."""
        kept = growth_standards.find_current(self._database)
        key = None if kept is None else kept.id
        if self._read is None or self._read[0] != key:
            self._read = (key, growth_standards.current(self._database))
        return self._read[1]

    def _child(self, child: ChildId) -> GrowingChild:
        today = day_of(self._clock())
        found = next((one for one in list_growing(self._database, today) if one.id == child), None)
        if found is None:
            raise MeasureError("这个孩子现在不在册，不能测量。请刷新后再试。")
        return found

    def _day(self, text: str, child: GrowingChild) -> dt.date:
        today = day_of(self._clock())
        day = read_day(text, today, Direction.PAST, "day") if text.strip() else today
        if day > today:
            raise MeasureError("测量日还没有到，请核对。", field="day")
        if day < child.born_on:
            msg = f"测量日在 {child.name} 出生之前，请核对。"
            raise MeasureError(msg, field="day")
        return day

    def _corrected(self, held: tuple[KeptMeasure, ...], typed: Typed, day: dt.date) -> KeptMeasure | None:
        """Which measuring this one corrects: the one that was named, else one of the same day."""
        if typed.replaces is None:
            return next((one for one in held if one.day == day), None)
        old = next((one for one in held if one.id == typed.replaces), None)
        if old is None:
            raise MeasureError("要更正的这次测量已经变了，请刷新后再试。")
        return old

    def _check_likely(self, child: GrowingChild, taken: Measures, day: dt.date, *, lying: bool) -> None:
        """Judged by the WHO tables, whichever hold: those of the centre end at three deviations."""
        early = days_early(child.weeks) if is_corrected(child.born_on, child.weeks, day) else 0
        check_likely(WhoStandard(), taken, child.sex, child.born_on, day, lying=lying, early=early)

    def _evaluate(
        self, child: GrowingChild, taken: Measures, day: dt.date, *, lying: bool
    ) -> tuple[Score, ...]:
        if child.sex not in {"f", "m"}:
            return ()
        early = days_early(child.weeks) if is_corrected(child.born_on, child.weeks, day) else 0
        return evaluate(self._standard(), taken, child.sex, child.born_on, day, lying=lying, early=early)

    def _evaluated(self, child: GrowingChild, one: KeptMeasure | None) -> KeptMeasure | None:
        """What was measured before anybody noted her sex is evaluated when it is shown."""
        if one is None or one.scores:
            return one
        scores = self._evaluate(child, one.taken, one.day, lying=one.lying)
        return replace(one, scores=scores, standard=self._standard().name if scores else "")


def _last(held: tuple[KeptMeasure, ...], day: dt.date) -> tuple[Measures | None, dt.date | None]:
    """The newest measure of each kind before a day, and the day of the newest of them."""
    found: dict[str, int] = {}
    on: dt.date | None = None
    for one in held:
        if one.day < day:
            on = one.day
            found.update(_taken(one.taken))
    return (Measures(**found), on) if found else (None, None)


def _taken(taken: Measures) -> Mapping[str, int]:
    named = {"weight_g": taken.weight_g, "stature_mm": taken.stature_mm, "head_mm": taken.head_mm}
    return {name: value for name, value in named.items() if value is not None}


def _changes(child: ChildId) -> Changes:
    return Changes(frozenset({Topic.HEALTH}), frozenset({child}))
