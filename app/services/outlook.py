"""One day as it is expected, class by class: who fills a seat from when to when, and the carers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain.ages import months_between
from app.domain.capacity import ClassDay, Presence, ShiftSpan
from app.domain.ids import ChildId, ClassId
from app.domain.modes import CareMode, HalfDay, Tariff
from app.domain.record import record
from app.services.carers import counting_shifts
from app.services.plans import Plans
from app.services.rows import leaves_at
from app.store import centre, day, life, settings
from app.store.database import Database
from app.store.stamps import day_of, minute_of

if TYPE_CHECKING:
    from app.store.centre import ClassGroup
    from app.store.day import Expected
    from app.store.settings import Settings

# Who should have been collected is taken to stay a little longer: she still fills her seat.
_OVERDUE_STAYS = 30


@record
class Place:
    """One child in a class from a minute to a minute. ``halves`` says that she is a half-day child."""

    class_id: ClassId
    stay: Presence
    halves: bool


class Outlook:
    """Seats and carers of one day, read once. ``without`` leaves a child out who asks for herself.

    Who asks about many days hands in whom each of them expects (``day.list_expected_on``).
    """

    def __init__(
        self,
        database: Database,
        on: dt.date,
        now: dt.datetime,
        without: ChildId | None = None,
        expected: "Sequence[Expected] | None" = None,
    ) -> None:
        self.day = on
        self.kept: Settings = settings.current(database, on)
        self.open = day.is_open(database, on)
        self.classes: tuple[ClassGroup, ...] = centre.list_classes(database, on)
        self._licensed = centre.licensed_seats(database, on)
        self._shifts = counting_shifts(database, on) if self.open else ()
        # Whoever is to come that day, by booking or by contract.
        if expected is None:
            expected = day.list_expected(database, on) if self.open else ()
        self.plans = Plans(expected if self.open else ())
        self._places = self._find_places(database, now, without) if self.open else []
        # A seat offered for a day to come is as good as taken: 招生 and 预约 promise the same seats.
        self._database, self._asking, self._today = database, without, day_of(now)
        ahead = self.open and on > self._today
        self._offered = tuple(self._find_offered(database, now, without)) if ahead else ()

    def class_day(self, group: "ClassGroup") -> ClassDay:
        """One class with everybody else around it."""
        own = [place for place in self._places if place.class_id == group.id]
        rest = [place for place in self._places if place.class_id != group.id]
        return ClassDay(
            name=group.name,
            kind=group.kind,
            seats=group.seats,
            children=tuple(place.stay for place in own),
            carers=tuple(
                ShiftSpan(shift.from_minute, shift.to_minute)
                for shift in self._shifts
                if shift.class_id == group.id
            ),
            elsewhere=tuple(place.stay for place in rest),
            licensed_seats=self._licensed or sum(one.seats for one in self.classes),
            held=(*self._held(own), *self._of_offers(group, here=True)),
            held_elsewhere=(*self._held(rest), *self._of_offers(group, here=False)),
            closed=self._observed.get(group.id, ""),
        )

    @cached_property
    def _observed(self) -> dict[ClassId, str]:
        """Why a class takes nobody new in on this day; who is in it by contract is not new."""
        from app.services.illness_gate import observed_words  # not at every start

        return observed_words(self._database, self.day, self._today, self._asking)

    def held_beside(self, stay: Presence, tariff: Tariff) -> tuple[Presence, ...]:
        """The hours for which a half-day child who asks would keep her seat empty."""
        if self.kept.half_share or tariff is not Tariff.TEMP_HALF_DAY:
            return ()
        from app.domain.load import kept_empty

        return kept_empty(stay, self.kept.opening, self.kept.closing)

    def _held(self, places: Iterable[Place]) -> Iterable[Presence]:
        if self.kept.half_share:
            return
        from app.domain.load import kept_empty

        for place in places:
            if place.halves:
                yield from kept_empty(place.stay, self.kept.opening, self.kept.closing)

    def _of_offers(self, group: "ClassGroup", *, here: bool) -> tuple[Presence, ...]:
        return tuple(stay for class_id, stay in self._offered if (class_id == group.id) is here)

    def _find_offered(
        self, database: Database, now: dt.datetime, without: ChildId | None
    ) -> Iterator[tuple[ClassId, Presence]]:
        """When the seats are kept that the waiting list has offered for this day."""
        half, kept = self.kept.half_day_minutes, self.kept
        for owner, hold in life.list_offered(database, day_of(now)):
            if not hold.on(self.day) or (without is not None and owner.child == without):
                continue
            first, last = kept.opening, kept.closing
            if hold.mode is CareMode.HALF_DAY and hold.half is HalfDay.MORNING:
                last = min(last, first + half)
            elif hold.mode is CareMode.HALF_DAY:
                first = max(first, last - half)
            yield hold.class_id, Presence(first, last, 0)

    def _find_places(self, database: Database, now: dt.datetime, without: ChildId | None) -> list[Place]:
        """Who fills a seat from when to when: today those inside and still expected, else the expected."""
        on, today = self.day, self.day == day_of(now)
        minute = minute_of(now) if today else 0
        away = {one.who.id for one in day.list_away(database, on)}
        places: list[Place] = []
        seen: dict[ChildId, list[day.Stay]] = {}
        for stay in day.list_stays(database, on) if today else ():
            seen.setdefault(stay.who.id, []).append(stay)
            if stay.left_at is not None or stay.who.id == without:
                continue
            leaving = leaves_at(*self.plans.of(stay, minute))
            until = self.kept.closing if leaving is None or day_of(leaving) != on else minute_of(leaving)
            until = max(until, minute + _OVERDUE_STAYS)
            presence = Presence(0, until, months_between(stay.who.born_on, on))
            halves = stay.mode is CareMode.HALF_DAY or stay.tariff is Tariff.TEMP_HALF_DAY
            halves = halves and stay.who.id not in self.plans.several  # she fills her other half herself
            places.append(Place(stay.class_id, presence, halves))
        used = {child: self.plans.used(stays, minute) for child, stays in seen.items()}
        for one in self.plans.every:
            child = one.who.id
            if one in used.get(child, ()) or child in away or child == without or one.to_minute <= minute:
                continue
            months = months_between(one.who.born_on, on)
            presence = Presence(max(one.from_minute, minute), one.to_minute, months)
            halves = one.mode is CareMode.HALF_DAY or one.tariff is Tariff.TEMP_HALF_DAY
            halves = halves and child not in self.plans.several
            places.append(Place(one.class_id, presence, halves))
        return places
