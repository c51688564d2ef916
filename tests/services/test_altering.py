"""The history of the settings, and taking changes back."""

import datetime as dt

import pytest

from app.domain.changes import Topic, Undo
from app.domain.staff import NotPermittedError
from app.services.altering import (
    NothingChangedError,
    NotUndoneError,
    WrongDayError,
    diff_words,
    require_day,
)
from app.services.bundle import build
from app.services.centre_settings import CentreSettings
from tests.services.world import DAY, settings_log


@pytest.fixture
def log(world):
    return settings_log(world)


@pytest.fixture
def centre(world):
    return CentreSettings(world.database, world.clock)


def test_a_change_is_told_with_both_values_who_and_when(world, log, centre):
    done = centre.change(world.director, "向阳托育园", "向阳路 12 号", "0000-8600000")
    (change,) = log.history(world.desk, "centre")
    assert (change.words, change.by, change.at) == (
        "名称 向阳托育中心 → 向阳托育园",
        "周敏",
        world.clock.now,
    )
    assert done.changes.topics == {Topic.SETTINGS, Topic.STAFF}


def test_undo_goes_through_the_bundle_and_keeps_both_lines(world, log, centre):
    done = centre.change(world.director, "新名字", "", "")
    build(world.database, world.clock, world.rng).undo(world.director, done.undo)
    assert centre.view(world.director).name == "向阳托育中心"
    assert [one.undone for one in log.history(world.desk, "centre")] == [True]
    with pytest.raises(NotUndoneError, match="已经撤销"):
        log.undo(world.director, done.undo.key)


def test_the_newest_change_goes_first(world, log, centre):
    first = centre.change(world.director, "甲", "", "")
    second = centre.change(world.director, "乙", "", "")
    with pytest.raises(NotUndoneError, match="先撤销后一次"):
        log.undo(world.director, first.undo.key)
    log.undo(world.director, second.undo.key)
    log.undo(world.director, first.undo.key)
    assert centre.view(world.director).name == "向阳托育中心"


def test_only_who_may_change_settings_takes_them_back(world, log, centre):
    done = centre.change(world.director, "甲", "", "")
    with pytest.raises(NotPermittedError):
        log.undo(world.desk, done.undo.key)


def test_what_was_written_over_elsewhere_is_not_taken_back(world, log, centre):
    done = centre.change(world.director, "甲", "", "")
    with world.database.unit(None, "test") as unit:
        unit.execute("update centre set name = '别处改的'")
        unit.audit("centre", 1)
    with pytest.raises(NotUndoneError, match="撤不回去"):
        log.undo(world.director, done.undo.key)
    assert centre.view(world.director).name == "别处改的"


def test_saving_what_stands_there_is_refused(world, centre):
    with pytest.raises(NothingChangedError):
        centre.change(world.director, "向阳托育中心", "向阳路 12 号", "0000-8600000")
    assert isinstance(centre.change(world.director, "甲", "", "").undo, Undo)


def test_days_too_far_away_or_in_the_past_are_refused():
    require_day(DAY, DAY)
    require_day(dt.date(2020, 1, 1), DAY, past=True)
    for day, past in (
        (DAY - dt.timedelta(days=1), False),
        (dt.date(2099, 1, 1), False),
        (dt.date(1990, 1, 1), True),
    ):
        with pytest.raises(WrongDayError):
            require_day(day, DAY, past=past)


def test_a_difference_names_what_was_empty():
    assert diff_words((("电话", "", "1"), ("名", "甲", "甲"), ("址", "乙", ""))) == "电话 空 → 1；址 乙 → 空"
