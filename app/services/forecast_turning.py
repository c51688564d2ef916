"""Who completes 12, 24 or 36 months in the months to come, and the class that is proposed (domain §7.4)."""

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.ages import month_day
from app.domain.classes import kind_for_age
from app.domain.life import Life, Owner, Stage
from app.domain.record import record
from app.services.admission_rules import Room, Seating
from app.store import tables
from app.store.centre import ClassGroup

_MARKS = (12, 24, 36)
GRADUATION = 36


@record
class Turning:
    """A child who completes 12, 24 or 36 months.

    ``target`` is the class proposed with its seats on that day; None where she stays or graduates.
    """

    owner: Owner
    name: str
    here: ClassGroup
    on_day: dt.date
    months: int
    last_day: dt.date  # of a graduate: how long she may stay at most
    target: Room | None

    @property
    def graduates(self) -> bool:
        """Whether she is too old for care from then on."""
        return self.months == GRADUATION


def graduation_day(born: dt.date) -> dt.date:
    """The last day that a child may stay: the end of August after she has completed 36 months."""
    full = month_day(born, GRADUATION)
    return dt.date(full.year + (full > dt.date(full.year, 8, 31)), 8, 31)


def list_turnings(
    lives: Mapping[Owner, Life],
    names: Mapping[Owner, tuple[str, dt.date]],
    groups: Sequence[ClassGroup],
    seating: Seating,
    span: tuple[dt.date, dt.date],
) -> tuple[Turning, ...]:
    """Everybody in care or suspended who completes an age within the span, by day and name."""
    found: list[Turning] = []
    for owner, whole in lives.items():
        stage = whole.stage_on(span[0])
        if owner in names and (stage.in_care or stage is Stage.SUSPENDED):
            found += _of_child(owner, whole, names[owner], groups, seating, span)
    return tuple(sorted(found, key=lambda one: (one.on_day, one.name)))


def _of_child(
    owner: Owner,
    whole: Life,
    who: tuple[str, dt.date],
    groups: Sequence[ClassGroup],
    seating: Seating,
    span: tuple[dt.date, dt.date],
) -> list[Turning]:
    name, born = who
    place = whole.place()
    here = next((one for one in groups if place is not None and one.id == place.class_id), None)
    found = []
    for months in _MARKS:
        on_day = month_day(born, months)
        if not span[0] < on_day <= span[1] or here is None or whole.stage_on(on_day) is Stage.LEFT:
            continue
        target = None if months == GRADUATION else _proposal(here, months, on_day, groups, seating)
        found.append(Turning(owner, name, here, on_day, months, graduation_day(born), target))
    return found


def _proposal(
    here: ClassGroup, months: int, on_day: dt.date, groups: Sequence[ClassGroup], seating: Seating
) -> Room | None:
    """The class of her new age with most free seats; None where her own class goes on being right."""
    kind = kind_for_age(months, tables.ratio_rules(on_day))
    if here.kind is kind or (here.kind.value == "mixed" and months >= 18):
        return None
    rooms = [seating.room(group, on_day) for group in groups if group.kind is kind]
    return max(rooms, key=lambda room: room.free, default=None)
