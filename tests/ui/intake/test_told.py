"""What of an assessment is said: an empty field is missing, not wrong; the form goes to the first stop."""

import dataclasses

from app.domain.looks import Tone
from app.services.intake import Assessment, IntakeCard, Missing, Problem
from app.ui.intake import told

NAME = Missing("required", "孩子姓名", "name")
NOTHING = Assessment("", (), None, None, (), ())


def test_a_field_still_empty_is_not_called_wrong_but_a_why_is_asked_at_once():
    card = IntakeCard(born_on="2030-01-01")
    assert told.is_worth_saying(card, "born_on")
    assert not told.is_worth_saying(card, "name")
    assert told.is_worth_saying(card, "age_reason")
    assert told.is_worth_saying(card, "tariff_of_tomorrow"), "what is no field is said of the whole card"


def test_the_first_in_the_walk_comes_first_whether_it_is_wrong_or_missing():
    found = dataclasses.replace(
        NOTHING,
        missing=(Missing("required", "说好几点接", "promised"), Missing("later", "照片", "photo"), NAME),
        problems=(Problem("born_on", "出生日期在今天之后。"),),
    )
    assert told.first_in_the_way(found) == ("name", "还缺：孩子姓名。")
    named = dataclasses.replace(found, missing=found.missing[:2])
    assert told.first_in_the_way(named) == ("born_on", "出生日期在今天之后。")


def test_a_field_is_placed_by_the_stop_it_is_answered_at():
    found = dataclasses.replace(
        NOTHING,
        problems=(
            Problem("somewhere", "别处有问题。"),
            Problem("check_outcome", "晨检结果没有填。"),
            Problem("bringer_collects", "谁来接？"),
        ),
    )
    assert told.first_in_the_way(found) == ("bringer_collects", "谁来接？")


def test_a_remark_and_what_may_follow_stand_in_nobodys_way():
    remark = Problem("born_on", "满 36 个月了。", Tone.INFO)
    found = dataclasses.replace(NOTHING, problems=(remark,), missing=(Missing("later", "照片", "photo"),))
    assert told.first_in_the_way(found) is None
    assert told.required(found) == []
