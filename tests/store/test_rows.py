"""Rows as the settings read them."""

import datetime as dt

import pytest

from app.domain.calendar import DayMark
from app.domain.money import Money
from app.store import calendar_rows, centre, class_rows, price_rows, prices, staff_rows
from app.store.alterations import Alteration
from app.store.calendar_rows import CalendarRow
from app.store.price_rows import PriceTag
from tests.services.world import DAY, make_world


@pytest.fixture
def world(tmp_path):
    made = make_world(tmp_path)
    yield made
    made.database.close()


@pytest.fixture
def altered(world):
    """Does something with an alteration in a unit of its own."""

    def run(act):
        with world.database.unit(world.director.id, "test") as unit:
            value = act(Alteration(unit))
            unit.audit("settings", 1)
        return value

    return run


def test_a_price_entered_between_two_others_holds_until_the_later(world, altered):
    def tag(yuan):
        return PriceTag("trial", "试托", "basic", "天", Money.yuan(yuan))

    days = [dt.date(2026, month, 1) for month in (1, 2, 3)]
    for day, yuan in ((days[0], 10), (days[2], 30), (days[1], 20)):
        altered(lambda a, day=day, yuan=yuan: price_rows.add_price_row(a, tag(yuan), day))
    rows = [row for row in price_rows.list_price_rows(world.database) if row.tag.code == "trial"]
    assert [(row.valid_from.month, row.valid_to) for row in rows] == [
        (3, None),
        (2, dt.date(2026, 2, 28)),
        (1, dt.date(2026, 1, 31)),
    ]
    assert price_rows.first_price_key(world.database, "trial") == rows[-1].id
    assert price_rows.first_price_key(world.database, "nothing") == 0
    altered(lambda a: price_rows.end_price_row(a, "trial", dt.date(2026, 2, 10)))
    assert "trial" not in {one.code for one in prices.list_prices(world.database, dt.date(2026, 4, 1))}
    assert altered(lambda a: price_rows.end_price_row(a, "trial", dt.date(2020, 1, 1))) is None


def test_a_day_taken_back_speaks_no_more(world, altered):
    row = CalendarRow(DAY, DayMark.CLOSED, "台风", "周敏")
    altered(lambda a: calendar_rows.put_day(a, row))
    assert calendar_rows.list_calendar_rows(world.database, 2025) == (row,)
    altered(lambda a: calendar_rows.end_day(a, DAY))
    assert calendar_rows.list_calendar_rows(world.database, 2025) == ()
    assert centre.calendar_kinds(world.database, DAY, DAY) == {}


def test_who_is_in_a_class_is_named_with_why(world):
    found = class_rows.list_occupants(world.database, world.stars, DAY)
    assert [(one.name, one.why) for one in found] == [("曾雨桐", "在册")]
    assert class_rows.count_enrolled(world.database, DAY) == {world.dragons: 3, world.stars: 1}
    assert class_rows.find_name(world.database, "抱抱龙") == world.dragons
    assert class_rows.list_seats(world.database)[0][1:] == (dt.date(2024, 1, 1), 30)


def test_staff_and_shifts_are_read_as_entered(world):
    assert [row.name for row in staff_rows.list_staff_rows(world.database)][:2] == ["林晓", "许静"]
    shifts = staff_rows.list_week_shifts(world.database)
    assert len(shifts) == 15
    assert staff_rows.find_shift(world.database, shifts[0].id) == shifts[0]
    assert staff_rows.list_day_shifts(world.database, DAY, DAY) == ()
