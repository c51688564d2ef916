"""The minutes of a group outside, by the clock on the wall."""

import dataclasses
import datetime as dt

import pytest

from app.domain.ids import ChildId, WalkId
from app.domain.logbook import EntryDraft, EntryKind
from app.services.bundle import build
from app.services.walk_minutes import Minutes, ReturnedError, walked
from app.store.walks import Walk
from tests.services.class_room import come

OUT = dt.datetime(2025, 12, 3, 10, 10, 40, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_seconds_are_no_minutes():
    walk = Walk(WalkId(1), OUT.date(), "公园", OUT, "许静", None, "", ())
    draft = walked(walk, OUT.replace(minute=52, second=5))
    assert (f"{draft.at:%H:%M:%S}", f"{draft.until:%H:%M:%S}") == ("10:10:00", "10:52:00")


def test_what_was_logged_and_what_was_not_is_said():
    assert Minutes(0).words == ""
    assert Minutes(42, (ChildId(1), ChildId(2))).words == "户外 42 分钟 2 人"
    assert Minutes(42, (), ("夏小舟",)).words == "户外未记 夏小舟（和已有的记录冲突）"


@pytest.fixture
def room(world):
    """Two children back at half past ten from a walk since ten."""
    room = come(build(world.database, world.clock, world.rng), world, ("张沐阳", "周乐瑶"), 10)
    walk = room.services.classes.walks.start(room.teacher, "院子", room.visits, [room.teacher.id])
    world.clock.at(10, 30)
    room.back = room.services.classes.walks.back(room.teacher, walk.value, room.visits, minutes=True)
    return room


def test_who_has_been_in_bed_since_is_not_outside_after_all(room):
    room.world.clock.at(10, 50)
    room.log(EntryDraft(EntryKind.SLEEP, room.at(10, 35)))
    with pytest.raises(ReturnedError, match=r"张沐阳睡了.*先撤销那条睡眠"):
        room.undo(room.back)
    room.log(EntryDraft(EntryKind.SLEEP, room.at(10, 45)))  # up again: she did not sleep outside
    with pytest.raises(ReturnedError, match=r"10:35–10:45"):
        room.undo(room.back)


def test_minutes_that_were_corrected_are_not_left_standing_while_she_is_outside(room):
    (out,) = room.rows()
    done = room.correct(out.entry, dataclasses.replace(out.draft, until=room.at(10, 20)))
    with pytest.raises(ReturnedError, match=r"张沐阳这次户外的时间后来更正过"):
        room.undo(room.back)
    room.undo(done)
    room.undo(room.back)
    assert room.rows() == ()


def test_an_earlier_nap_and_a_child_whose_minutes_were_taken_back_hinder_nothing(room):
    room.log(EntryDraft(EntryKind.SLEEP, room.at(9, 10), until=room.at(9, 40)))
    (out,) = (row for row in room.rows() if row.kind == "outdoor")
    room.undo_entry(out.entry)
    room.undo(room.back)
    assert [row.kind for row in room.rows()] == ["sleep"]
