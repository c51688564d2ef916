"""Nobody is put to bed who is outside with a group."""

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.domain.places import PLACES, SICKROOM
from app.services.bundle import build
from app.services.outside import OutsideError
from tests.services.class_room import come


@pytest.fixture
def room(world):
    room = come(build(world.database, world.clock, world.rng), world, ("张沐阳", "周乐瑶"), 10)
    room.walk = room.services.classes.walks.start(room.teacher, "院子", room.visits[:1], [room.teacher.id])
    return room


def test_who_is_outside_is_not_put_to_bed_and_is_named(room):
    room.world.clock.at(10, 30)
    with pytest.raises(OutsideError, match=r"^张沐阳还在院子.*请先记返回。$"):
        room.log(EntryDraft(EntryKind.SLEEP, room.at(10, 25)))
    with pytest.raises(OutsideError, match=r"^张沐阳还在院子.*先不记外出的孩子"):
        room.log(EntryDraft(EntryKind.SLEEP, room.at(10, 25)), all_of=True)
    with pytest.raises(OutsideError):
        room.log(EntryDraft(EntryKind.SLEEP, room.at(9, 50), until=room.at(10, 20)))
    assert room.rows() == ()


def test_a_sleep_that_was_over_when_they_went_and_one_after_they_are_back(room):
    room.world.clock.at(10, 30)
    room.log(EntryDraft(EntryKind.SLEEP, room.at(9, 20), until=room.at(10)))
    room.services.classes.walks.back(room.teacher, room.walk.value, room.visits[:1])
    room.log(EntryDraft(EntryKind.SLEEP, room.at(10, 30)))
    assert len(room.rows()) == 2


def test_who_was_taken_to_the_sickroom_may_lie_down_there(room):
    room.services.classes.walks.back(room.teacher, room.walk.value, room.visits[:1])
    room.services.classes.walks.start(room.teacher, SICKROOM, room.visits[:1], [room.teacher.id])
    room.world.clock.at(10, 30)
    room.log(EntryDraft(EntryKind.SLEEP, room.at(10, 25)))
    assert [row.kind for row in room.rows()] == ["sleep"]


def test_the_sickroom_is_one_of_the_places_a_group_goes_to():
    assert SICKROOM in PLACES


def test_who_is_in_the_sickroom_is_nowhere_called_outdoors_and_gets_no_minutes(room):
    classes, teacher = room.services.classes, room.teacher
    classes.walks.back(teacher, room.walk.value, room.visits[:1])
    walk = classes.walks.start(teacher, SICKROOM, room.visits[:1], [teacher.id])
    dragons = room.world.dragons
    cards = room.services.classroom.roster(teacher, dragons).cards
    chips = {card.name: [chip.words for chip in card.chips] for card in cards}
    assert SICKROOM in chips["张沐阳"]
    assert "户外" not in chips["张沐阳"]
    assert classes.band.of(teacher, dragons).heads_words == "在园 2 人，医务室 1"
    (tile,) = [one for one in room.services.desk.board(room.world.desk).classes if one.id == dragons]
    assert tile.out == ((SICKROOM, 1),)
    (state,) = [one.state_words for one in classes.duty.sheet(teacher).people if one.outside]
    assert "户外" not in state
    heads = repr(room.services.rollcall.roll(room.world.desk))
    assert SICKROOM in heads
    assert "户外" not in heads
    room.world.clock.at(10, 40)
    done = classes.walks.back(teacher, walk.value, room.visits[:1], minutes=True)
    assert done.undo.label == "医务室返回 1 人"
    assert room.rows() == ()
