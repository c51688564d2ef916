"""What the log panel asks goes to the service that keeps it, and says who was left out."""

import dataclasses
from types import SimpleNamespace

import pytest

from app.domain.changes import Done
from app.domain.ids import EntryId
from app.domain.logbook import EntryDraft, EntryKind
from app.services.class_views import Except
from app.ui.classroom.wish import Wish
from tests.ui.classroom import data

TWO = (data.YUQING.visit, data.MUYANG.visit)
WATER = EntryDraft(EntryKind.WATER, data.NOW, amount_ml=120)
LESS = Except(data.MUYANG.visit, dataclasses.replace(WATER, amount_ml=80))


@pytest.fixture
def services():
    return data.make_services()


def test_an_entry_is_logged_with_whoever_differs(services):
    done = Wish(TWO, WATER, but=(LESS,)).log(services, data.TEACHER, WATER)
    assert services.classroom.logged == [(TWO, WATER)]
    assert services.classroom.but == [(LESS,)]
    assert done.undo.label == "喝水"


def test_a_correction_takes_the_place_of_its_entry_and_logs_nothing_new(services):
    Wish(TWO, WATER, corrects=EntryId(12), jpeg=b"jpeg").log(services, data.TEACHER, WATER)
    assert services.classes.corrected == [(EntryId(12), WATER)]
    assert (services.classroom.logged, services.classes.photographed) == ([], [])


def test_a_photo_goes_with_its_picture(services):
    Wish(TWO, WATER, jpeg=b"jpeg").log(services, data.TEACHER, WATER)
    assert services.classes.photographed == [(TWO, WATER, b"jpeg")]
    assert services.classroom.logged == []


def test_who_sleeps_and_was_left_out_is_told_with_the_way_back(services):
    done = Wish(TWO, WATER, asleep=3).log(services, data.TEACHER, WATER)
    assert done.undo.label == "喝水；睡着的 3 人没有记"
    assert done.undo.key == 1


def test_an_act_that_cannot_be_taken_back_is_told_as_it_is():
    kept = Done(7)
    services = SimpleNamespace(classroom=SimpleNamespace(log=lambda *_args, **_kept: kept))
    assert Wish(TWO, WATER, asleep=3).log(services, data.TEACHER, WATER) is kept
