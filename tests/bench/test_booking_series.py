"""A long series asked for in the booking sheet: every weekday of half a year, in a full centre of 190 seats.

It is asked anew after each edit, on the one thread that owns the file: what a day of the series costs is held
beside what the week view's reading of that day alone costs.
"""

import datetime as dt
import time

from app.domain.modes import CareMode, Tariff
from app.domain.staff import Role
from app.services.booking_card import Wish
from app.services.outlook import Outlook
from app.store import centre, children
from app.store.children import Enrolment, NewChild
from tests.bench.ratio import Figure, report

FULL, DAYS, FEW, BAR = 190, 196, 14, 2.0
BAR_S = 2.0


def fill(database, today):
    """So many contracts that the centre is full of a weekday."""
    groups = centre.list_classes(database, today)
    held = database.row("select count(*) as n from enrolment where ends_on is null and undone_at is null")[
        "n"
    ]
    with database.unit(None, "fill") as unit:
        for at in range(FULL - held):
            child = children.add_child(unit, NewChild(f"孩{at}", dt.date(2023, 8, 1), "none", "hai", "h"))
            place = groups[at % len(groups)].id
            since = dt.date(2025, 9, 1)
            enrolment = Enrolment(child, place, CareMode.FULL_DAY, None, "12345", 500, 1040, since)
            children.add_enrolment(unit, enrolment)
        unit.audit("child", None)


def test_half_a_year_of_weekdays_is_answered_for_little_more_than_reading_its_days(
    benchmark, figures, services, actors, database, clock
):
    today = clock().date()
    fill(database, today)
    span = FEW if benchmark.disabled else DAYS
    wish = Wish(
        name="新小孩", born_on="2023-05-05", phone="13800001111", day=today + dt.timedelta(days=1),
        until=today + dt.timedelta(days=span), weekdays="12345", from_minute=540, to_minute=1000,
        tariff=Tariff.TEMP_FULL_DAY,
    )  # fmt: skip
    told, floors = [], []

    def ask():
        begun = time.thread_time()
        answer = services.bookings.ask(actors[Role.FRONT_DESK], wish)
        told.append((len(answer.days), time.thread_time() - begun))
        begun = time.thread_time()
        for one in answer.days:
            Outlook(database, one.day, clock())
        floors.append(time.thread_time() - begun)

    benchmark.pedantic(ask, rounds=1 if benchmark.disabled else 3)
    days, seconds = min(told, key=lambda one: one[1])
    assert 0.6 * span < days <= span * 5 / 7 + 1
    if not benchmark.disabled:
        words = f"a series of {days} days / reading them"
        figures.append(Figure(words, seconds * 1000, "ms", BAR, min(floors) * 1000))
        report(figures, Figure(f"a series of {days} days, of the processor", seconds, "s", BAR_S))
        assert not figures[-2].above, figures[-2].line()
