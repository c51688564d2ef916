"""机构: name, address, telephone and the licensed seats by date."""

import datetime as dt

import pytest

from app.domain.names import BadTextError
from app.domain.phones import PhoneError
from app.domain.staff import NotPermittedError
from app.services.centre_settings import CentreSettings, CentreSettingsError
from app.store import centre as store
from tests.services.world import DAY, settings_log


@pytest.fixture
def centre(world):
    return CentreSettings(world.database, world.clock)


def test_seats_are_dated_and_the_history_is_shown(world, centre):
    centre.set_seats(world.director, 40, dt.date(2026, 1, 1), "向托备〔2025〕8号")
    view = centre.view(world.desk)
    assert [(row.valid_from, row.seats, row.state) for row in view.rows] == [
        (dt.date(2026, 1, 1), 40, "将来"),
        (dt.date(2024, 1, 1), 30, "现行"),
    ]
    assert (view.seats, view.class_seats) == (30, 30)
    assert view.history[0].words == "2026-01-01 起备案托位 30 → 40（向托备〔2025〕8号）"
    assert store.licensed_seats(world.database, dt.date(2026, 1, 1)) == 40
    assert store.licensed_seats(world.database, DAY) == 30


def test_seats_of_the_same_day_are_corrected_and_taken_back_step_by_step(world, centre):

    first = centre.set_seats(world.director, 40, DAY)
    second = centre.set_seats(world.director, 41, DAY)
    log = settings_log(world)
    assert store.licensed_seats(world.database, DAY) == 41
    log.undo(world.director, second.undo.key)
    assert store.licensed_seats(world.database, DAY) == 40
    log.undo(world.director, first.undo.key)
    assert store.licensed_seats(world.database, DAY) == 30
    centre.set_seats(world.director, 42, DAY)
    assert store.licensed_seats(world.database, DAY) == 42


@pytest.mark.parametrize("seats", [0, 2001])
def test_no_such_number_of_seats(world, centre, seats):
    with pytest.raises(CentreSettingsError) as refused:
        centre.set_seats(world.director, seats, DAY)
    assert refused.value.field == "seats"


def test_words_that_cannot_be_printed_are_refused(world, centre):
    for name, address, phone, error in (
        (" ", "", "", CentreSettingsError),
        ("甲", "长" * 201, "", BadTextError),
        ("甲", "", "打给我", PhoneError),
    ):
        with pytest.raises(error):
            centre.change(world.director, name, address, phone)


def test_the_desk_reads_and_changes_nothing(world, centre):
    assert centre.view(world.desk).name == "向阳托育中心"
    with pytest.raises(NotPermittedError):
        centre.change(world.desk, "甲", "", "")
    with pytest.raises(NotPermittedError):
        centre.set_seats(world.desk, 40, DAY)
