"""A letter that no paper can show is told at the desk."""

import dataclasses

import pytest

from app.domain.looks import Tone
from app.services import intake_glyphs
from app.services.bundle import build
from tests.services.test_intake import STORY


@pytest.fixture
def intake(world):
    return build(world.database, world.clock, world.rng).intake


@pytest.mark.parametrize(
    ("changes", "field", "letters"),
    [({"name": "小𪚥😀𪚥"}, "name", "𪚥😀"), ({"bringer": "王𪚥"}, "bringer", "𪚥")],
)
def test_it_is_named_and_stands_in_nobodys_way(world, intake, changes, field, letters):
    found = intake.assess(world.desk, dataclasses.replace(STORY, **changes))
    (told,) = [one for one in found.problems if one.field == field]
    assert told.sentence.startswith(f"“{letters}”单据上印不出来")
    assert told.tone is Tone.INFO
    assert found.ready


@pytest.mark.parametrize(
    "name", ["朱予晴", "欧阳·明月", "㛃儿", "阿卜杜·热依木", "Anna-Lena", "玥玥", "龚喆"]
)
def test_what_prints_is_not_spoken_of(world, intake, name):
    found = intake.assess(world.desk, dataclasses.replace(STORY, name=name))
    assert [one for one in found.problems if "印不出来" in one.sentence] == []


def test_common_names_never_open_the_font(world, intake, monkeypatch):
    monkeypatch.setattr(intake_glyphs, "_lacking", lambda name: pytest.fail(f"read the font for {name}"))
    intake.assess(world.desk, STORY)
