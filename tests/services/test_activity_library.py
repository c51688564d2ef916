"""The library: what ships, what the centre adds, changed by superseding, ended, brought back."""

import dataclasses

import pytest

from app.domain.curriculum import Activity, Area, Band
from app.domain.names import BadTextError
from app.domain.staff import NotPermittedError
from app.services.activity_library import ActivityError
from app.services.bundle import build

OWN = Activity("手工课：贴窗花", "红纸", "折一折再剪，贴到窗上。", (Area.MOTOR, Area.COGNITION), 24, 36)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def library(services):
    return services.classes.library


def found(world, library, **asked):
    return [one.name for one in library.library(world.teacher, **asked).activities]


def test_own_activities_stand_beside_those_that_ship(world, library):
    shipped = library.library(world.teacher)
    assert shipped.total == len(shipped.activities) >= 60
    library.add(world.teacher, dataclasses.replace(OWN, name=" 手工课：贴窗花 "))
    assert found(world, library)[0] == OWN.name
    assert library.library(world.teacher).total == shipped.total + 1
    assert OWN.name in found(world, library, band=Band(24, 36), area=Area.MOTOR, words="红纸")
    assert OWN.name not in found(world, library, band=Band(12, 18))


def test_an_own_one_takes_the_place_of_a_shipped_one_of_its_name(world, library):
    before = library.library(world.teacher).total
    library.add(world.teacher, dataclasses.replace(OWN, name="洗手歌"))
    assert library.library(world.teacher).total == before
    assert [one.id is not None for one in library.all() if one.name == "洗手歌"] == [True]


def test_a_change_supersedes_and_can_be_taken_back(world, services, library):
    key = library.add(world.teacher, OWN).value
    done = library.change(world.teacher, key, dataclasses.replace(OWN, materials="彩纸"))
    assert library.all()[0].materials == "彩纸"
    rows = world.database.rows("select ended_at from activity order by id")
    assert [row["ended_at"] is None for row in rows] == [False, True]
    services.undo(world.teacher, done.undo)
    assert library.all()[0].materials == "红纸"
    with pytest.raises(ActivityError):
        services.undo(world.teacher, done.undo)
    assert library.change(world.teacher, key, OWN).undo is None


def test_an_ended_one_is_offered_no_more_until_it_is_brought_back(world, services, library):
    added = library.add(world.teacher, OWN)
    done = library.end(world.teacher, added.value)
    assert OWN.name not in found(world, library)
    with pytest.raises(ActivityError, match="停用或改过"):
        library.end(world.teacher, added.value)
    services.undo(world.teacher, done.undo)
    assert OWN.name in found(world, library)
    with pytest.raises(ActivityError, match="恢复过了"):
        services.undo(world.teacher, done.undo)
    services.undo(world.teacher, added.undo)
    assert OWN.name not in found(world, library)


def test_a_name_taken_meanwhile_cannot_come_back_twice(world, services, library):
    key = library.add(world.teacher, OWN).value
    done = library.end(world.teacher, key)
    library.add(world.teacher, OWN)
    with pytest.raises(ActivityError, match="已经有一项"):
        services.undo(world.teacher, done.undo)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"areas": ()}, "areas"),
        ({"months_from": 36, "months_to": 24}, "months"),
        ({"months_from": 24, "months_to": 49}, "months"),
    ],
)
def test_what_cannot_be_kept_says_where(world, library, change, field):
    with pytest.raises(ActivityError) as refused:
        library.add(world.teacher, dataclasses.replace(OWN, **change))
    assert refused.value.field == field


def test_names_are_given_once_and_texts_are_short(world, library):
    library.add(world.teacher, OWN)
    with pytest.raises(ActivityError, match="已经有一项"):
        library.add(world.teacher, OWN)
    with pytest.raises(BadTextError):
        library.add(world.teacher, dataclasses.replace(OWN, name="另", steps="长" * 301))


def test_the_library_needs_the_right_to_log(world, library):
    for verb in (
        lambda: library.library(world.desk),
        lambda: library.add(world.desk, OWN),
        lambda: library.change(world.desk, 1, OWN),
        lambda: library.end(world.desk, 1),
        lambda: library.undo_added(world.desk, 1),
        lambda: library.undo_ended(world.desk, 1),
    ):
        with pytest.raises(NotPermittedError):
            verb()
