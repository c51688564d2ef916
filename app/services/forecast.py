"""月龄预测: who outgrows her class, and which seats come free, in the six months to come (domain §7.4)."""

import datetime as dt
from collections.abc import Iterable

from app.domain.ages import month_day
from app.domain.life import Owner
from app.domain.record import record
from app.services.admission_rules import Seating
from app.services.forecast_lines import ClassOutlook, as_proposed, list_outlooks
from app.services.forecast_turning import list_turnings
from app.store import applicants, centre, life
from app.store.centre import ClassGroup
from app.store.database import Database

MONTHS = 6


@record
class MonthSeats:
    """One class at the end of one month: seats free of seats, and how many left or came in that month."""

    month: str
    free: int
    limit: int
    leaving: int
    coming: int
    booked: int = 0  # seats that bookings of later days have been promised
    proposed: int = 0  # seats free if everybody moved up as proposed; below none where some are short

    @property
    def words(self) -> str:
        """``3/20``, and on lines of their own 走2, 来1, 约1; what does not happen is not said."""
        told = (("走", self.leaving), ("来", self.coming), ("约", self.booked))
        moves = "".join(f"\n{word}{count}" for word, count in told if count)
        return f"{self.free}/{self.limit}{moves}"

    @property
    def proposed_words(self) -> str:
        """``余 3``, ``满``, ``缺 2``."""
        if not self.proposed:
            return "满"
        return f"余 {self.proposed}" if self.proposed > 0 else f"缺 {-self.proposed}"


@record
class ClassSeats:
    """One class over the months."""

    name: str
    colour: str
    months: tuple[MonthSeats, ...]


@record
class Forecast:
    """The six months to come, by class.

    ``licensed`` is seats held and licensed seats today; ``turning`` how often somebody completes an age.
    """

    outlooks: tuple[ClassOutlook, ...]
    classes: tuple[ClassSeats, ...]
    months: tuple[str, ...]
    licensed: tuple[int, int]
    turning: int


def make_forecast(database: Database, today: dt.date) -> Forecast:
    """Read everything once and look ahead."""
    lives = life.list_lives(database)
    seating = Seating(database, today)
    groups = centre.list_classes(database, today)
    names = _names(database, lives)
    span = (today, month_day(today, MONTHS))
    turnings = list_turnings(lives, names, groups, seating, span)
    owners, holds = as_proposed(turnings, lives, names, today)
    proposed = Seating(database, today, owners, beside=holds)
    ends = _month_ends(today)
    return Forecast(
        list_outlooks(groups, turnings, lives, names, seating, span),
        tuple(_class_seats(group, seating, proposed, ends) for group in groups),
        months_ahead(today),
        seating.licensed(today),
        len(turnings),
    )


def _names(database: Database, lives: Iterable[Owner]) -> dict[Owner, tuple[str, dt.date]]:
    """Name and birth date of everybody on file, and of families who ask."""
    children = applicants.list_children(database)
    asked = applicants.list_applicants(database)
    found = {}
    for owner in lives:
        if owner.child is not None:
            if owner.child in children:
                found[owner] = children[owner.child]
        elif owner.applicant in asked:
            found[owner] = (asked[owner.applicant].name, asked[owner.applicant].birth)
    return found


def _class_seats(
    group: ClassGroup, seating: Seating, proposed: Seating, ends: tuple[dt.date, ...]
) -> ClassSeats:
    months = []
    for end in ends:
        room = seating.room(group, end)
        first = end.replace(day=1)
        leaving = seating.ending(group.id, first, end)
        coming = seating.beginning(group.id, first, end)
        then = proposed.room(group, end)
        left = then.limit - then.taken - then.booked
        months.append(MonthSeats(f"{end:%Y-%m}", room.free, room.limit, leaving, coming, room.booked, left))
    return ClassSeats(group.name, group.colour, tuple(months))


def months_ahead(today: dt.date) -> tuple[str, ...]:
    """The months that the forecast shows, this one first: ``2025-12``."""
    return tuple(f"{end:%Y-%m}" for end in _month_ends(today))


def _month_ends(today: dt.date) -> tuple[dt.date, ...]:
    found = []
    for ahead in range(MONTHS):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead + 1, 12)
        found.append(dt.date(year, month + 1, 1) - dt.timedelta(days=1))
    return tuple(found)
