"""The settings, page by page: a page that nobody opens is not made, and what one changes all of them know."""

import datetime as dt

import pytest

from app.services.bundle import build
from app.services.manage import Manage
from app.services.pins import Pins
from app.store import day as days


@pytest.fixture
def manage(world):
    return Manage(world.database, world.clock, Pins(world.database, world.clock, world.rng))


def test_a_page_is_made_when_it_is_first_shown_and_stays(manage):
    before = set(vars(manage))
    prices = manage.prices
    assert set(vars(manage)) - before == {"prices"}
    assert manage.prices is prices


def test_every_page_of_the_settings_has_a_service_that_can_be_made(manage):
    pages = [name for name in vars(Manage) if not name.startswith("_")]
    made = [getattr(manage, name) for name in pages]
    assert len({type(one) for one in made}) == len(pages), "no page does the work of another"
    assert set(pages) >= {"centre", "classes", "staff", "rota", "prices", "calendar", "rules", "log"}


def test_what_is_changed_on_a_page_stands_in_the_log_and_is_taken_back_there(world, manage):
    services = build(world.database, world.clock, world.rng)
    day = dt.date(2025, 12, 12)
    done = manage.calendar.mark(world.director, day, day, is_open=False, reason="停电检修")
    (line,) = services.manage.log.history(world.director, "calendar")
    assert line.by == "周敏"
    assert not days.is_open(world.database, day)
    services.undo(world.director, done.undo)
    assert days.is_open(world.database, day)
