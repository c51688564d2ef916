"""The tables of growing up, as the program asks them."""

import pytest

from app.domain.curriculum import Area
from app.store import curriculum_rules, tables


def test_no_table_that_everybody_shares_can_be_written_into():
    with pytest.raises(TypeError):
        curriculum_rules.prompts()[6, Area.MOTOR] = ()
    shared = (curriculum_rules.bands, curriculum_rules.slots, curriculum_rules.terms, curriculum_rules.starts)
    assert {type(table()) for table in (*shared, curriculum_rules.area_words)} == {tuple}


def test_the_usual_hour_of_each_part_of_the_day_lies_in_that_part():
    slots = curriculum_rules.slots()
    ends = [one.from_minute for one in slots[1:]] + [24 * 60]
    for slot, end in zip(slots, ends, strict=True):
        assert slot.from_minute <= slot.usual < end, slot.label


def test_a_word_that_says_an_area_is_not_hidden_behind_a_shorter_one_of_another():
    earlier: dict[str, Area] = {}
    for area, words in curriculum_rules.area_words():
        for word in words:
            hidden = [said for said, other in earlier.items() if said in word and other is not area]
            assert not hidden, f"{word} is told as {hidden}"
            earlier[word] = area


def test_a_nickname_that_is_a_word_as_well_is_known_with_the_letters_that_tell_a_thing():
    ordinary = curriculum_rules.ordinary()
    assert {"石头", "可乐", "小米"} <= ordinary.words
    assert "捡" in ordinary.before
    assert "粥" in ordinary.after
    assert not set(ordinary.before) & set(ordinary.after)


def test_each_activity_is_read_with_its_two_ages_in_their_order(monkeypatch):
    row = {
        "name": "贴窗花",
        "materials": "红纸",
        "steps": "贴。",
        "areas": ["motor", "habit"],
        "months": [24, 36],
    }
    monkeypatch.setattr(tables, "read", lambda _name: {"activity": [row]})
    (found,) = curriculum_rules.shipped_activities.__wrapped__()
    assert (found.months_from, found.months_to, found.areas) == (24, 36, (Area.MOTOR, Area.HABIT))
