"""The booking book of the practice centre: this week's and next week's, single and weekly, kept and not kept.

Nothing of it stands on the story day itself: the desk shows what it always showed.
"""

import datetime as dt

from db.practice_people import DESK, HEALTH, Kid
from db.practice_scene import Centre, stamp

_MORNING, _AFTERNOON, _DAY, _TWO_HOURS = (510, 720), (810, 1020), (510, 1020), (570, 690)
_TRACED_AT = 9 * 60 + 40
_OPEN_WEEKDAYS = 5
# How many open days after the story day, hours, kind and tariff, and what the family asked for.
_SINGLE = (
    (1, _MORNING, "temporary", "temp_half_day", ""),
    (1, _TWO_HOURS, "hourly", "hourly", "妈妈产检，可能早接"),
    (1, _AFTERNOON, "temporary", "temp_half_day", ""),
    (2, _DAY, "temporary", "temp_full_day", "第一次来，带小毯子"),
    (2, _MORNING, "temporary", "temp_half_day", ""),
    (3, _TWO_HOURS, "hourly", "hourly", ""),
    (4, _MORNING, "temporary", "temp_half_day", "不午睡"),
    (6, _DAY, "temporary", "temp_full_day", ""),
)


def add_bookings(centre: Centre) -> None:
    """Book some of those who visit now and then, and note one call about a sick child."""
    # Who has no part in the story and has been here: the last on the list of visitors.
    guests = [kid for kid in centre.visitors if not kid.story]
    for (ahead, hours, mode, tariff, note), kid in zip(_SINGLE, guests, strict=False):
        _book(centre, kid, _nth(centre.last_day, ahead), hours, mode, tariff, note)
    _add_weekly(centre, guests[len(_SINGLE)])
    _add_ended(centre, guests[len(_SINGLE) + 1 :])
    if centre.cut >= _TRACED_AT:
        _add_follow_up(centre)


def _add_weekly(centre: Centre, kid: Kid) -> None:
    """Two mornings a week for a month."""
    first, made = _nth(centre.last_day, 1), stamp(_nth(centre.last_day, -2), 605)
    until = first + dt.timedelta(days=27)
    series = centre.book.add("booking_series", kid.id, "24", first.isoformat(), until.isoformat(), DESK, made)
    for past in range((until - first).days + 1):
        day = first + dt.timedelta(days=past)
        if day.isoweekday() in {2, 4}:
            _book(centre, kid, day, _MORNING, "temporary", "temp_half_day", "", series)


def _add_ended(centre: Centre, guests: list[Kid]) -> None:
    """One cancelled in time, one that nobody kept, and one of yesterday of which nobody has said so yet."""
    yesterday, before = _nth(centre.last_day, -1), _nth(centre.last_day, -2)
    came = {(row[0], row[2]) for row in _visits(centre)}
    idle = [
        kid for kid in guests if not {(kid.id, yesterday.isoformat()), (kid.id, before.isoformat())} & came
    ]
    for kid, day, ending in zip(
        idle,
        (before, before, yesterday),
        (
            ("cancelled", "妈妈", "孩子发热", stamp(before, 460), DESK),
            ("no_show", "", "", None, DESK),
            (None, "", "", None, None),
        ),
        strict=False,
    ):
        outcome = ending[0]
        ended = None if outcome is None else stamp(day, 460 if outcome == "cancelled" else 1090)
        centre.book.add(
            "booking", kid.id, kid.class_id, "temporary", "temp_half_day", day.isoformat(), *_MORNING, DESK,
            stamp(_nth(day, -3), 640), ended, None, "", *ending,
        )  # fmt: skip


def _add_follow_up(centre: Centre) -> None:
    """The health worker rang the mother of the child with the fever."""
    day = centre.last_day
    kid = next((one for one in centre.kids if one.story == "fever"), None)
    if kid is None or (kid.ends is not None and kid.ends < day):
        return
    mother = kid.adults[0]
    centre.book.add(
        "absence_follow_up", kid.id, day.isoformat(), day.isoformat(), HEALTH, stamp(day, _TRACED_AT),
        "phone", f"{mother.relation} {mother.name}", "sick", "发热 38.2℃", "社区医院", "上呼吸道感染",
        "no", "居家休息",
        _nth(day, 2).isoformat(), _nth(day, 1).isoformat(), HEALTH,
    )  # fmt: skip


def _visits(centre: Centre) -> list[tuple[object, ...]]:
    return [centre.book.row("visit", key) for key in range(1, centre.book.count("visit") + 1)]


def _book(
    centre: Centre,
    kid: Kid,
    day: dt.date,
    hours: tuple[int, int],
    mode: str,
    tariff: str,
    note: str,
    series: int | None = None,
) -> None:
    made = stamp(_nth(centre.last_day, -2), 600 + kid.id % 50)
    centre.book.add(
        "booking", kid.id, kid.class_id, mode, tariff, day.isoformat(), *hours, DESK, made, None, series,
        note, None, "", "", None, None,
    )  # fmt: skip


def _nth(day: dt.date, ahead: int) -> dt.date:
    """The day so many Mondays to Fridays later (or before)."""
    step = dt.timedelta(days=1 if ahead > 0 else -1)
    while ahead:
        day += step
        if day.isoweekday() <= _OPEN_WEEKDAYS:
            ahead -= 1 if ahead > 0 else -1
    return day
