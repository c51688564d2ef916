"""Two records side by side: what weighs stands first, and no right that was taken away comes back."""

import datetime as dt

import pytest

from app.domain.joining import Side
from app.domain.records import RecordError
from app.services.bundle import build
from app.services.merge_sides import adult_sides, child_sides, consent_sides
from app.services.merge_ties import join_ties
from app.store import people
from app.store.people import Tie
from tests.services.world import DAY, add_adult, add_child

BORN = dt.date(2023, 6, 1)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def pair(world):
    with world.database.unit(None, "twin") as unit:
        twin = add_child(unit, world, "张沐洋", BORN, sex="m")
        add_adult(unit, world, twin, "王桂芳", "奶奶", "13600001111", is_guardian=True)
    return world.children["张沐阳"], twin


@pytest.fixture
def adults(world, pair):
    """张母 and a second record of her, of the same child."""
    with world.database.unit(None, "mother") as unit:
        add_adult(unit, world, pair[0], "张妈", "家长", "13612345678")
        unit.audit("child", pair[0])
    return world.adults["张母"], world.adults["张妈"]


def lines(sides):
    return {one.label: one for one in sides.lines}


def retie(world, child, name, tie):
    with world.database.unit(None, "tie") as unit:
        people.end_tie(unit, child, world.adults[name])
        people.add_tie(unit, child, world.adults[name], tie)
        unit.audit("child", child)


def test_what_a_childs_health_hangs_on_stands_first_and_is_never_chosen_away(world, services, pair):
    keep = services.record_keeping.change_child
    keep(world.desk, pair[0], {"chronic": "湿疹", "address": "甲路 1 号"})
    keep(world.desk, pair[1], {"chronic": "癫痫", "address": "乙路 2 号"})
    sides = child_sides(world.database, *pair, DAY)
    found = lines(sides)
    weighing = [one.weighs for one in sides.lines]
    assert weighing == sorted(weighing, reverse=True)
    assert found["过敏"].result == "都留：有 花生"
    (chronic,) = [one for one in sides.lines if "湿疹" in one.kept]
    assert (chronic.result, chronic.choice, chronic.weighs) == ("都留：湿疹；癫痫", "", True)
    (address,) = [one for one in sides.lines if one.choice == "address"]
    assert (address.kept, address.merged, address.side) == ("甲路 1 号", "乙路 2 号", Side.KEPT)


def test_what_only_one_has_is_filled_in_and_shown_as_missing_in_the_other(world, services, pair):
    services.record_keeping.change_child(world.desk, pair[1], {"nickname": "洋洋"})
    (line,) = [one for one in child_sides(world.database, *pair, DAY).lines if one.merged == "洋洋"]
    assert (line.kept, line.result, line.choice) == ("—", "补上", "")


def test_records_that_agree_have_no_line_and_one_that_is_gone_is_refused(world, pair):
    sides = child_sides(world.database, *pair, DAY)
    assert (sides.kept, sides.merged, sides.refusal) == ("张沐阳", "张沐洋", "")
    assert not [one for one in sides.lines if "性别" in one.label]
    with pytest.raises(RecordError):
        child_sides(world.database, pair[0], 9999, DAY)


def test_of_two_answers_the_latest_holds_and_one_given_twice_is_no_line(world, services, pair):
    def answer(child, said, on_day, purpose="photo_public"):
        given = {"answer": said, "signer": "张母", "day": on_day, "signer_reason": "代签"}
        services.record_papers.keep_consent(world.desk, child, purpose, given)

    answer(pair[0], "given", "2025-11-01")
    answer(pair[1], "refused", "2025-12-01")
    answer(pair[0], "given", "2025-11-01", "care")
    answer(pair[1], "given", "2025-11-01", "care")
    sides = {mine.purpose: side for mine, _, side in consent_sides(world.database, *pair)}
    assert sides["photo_public"] is Side.MERGED
    told = [one for one in child_sides(world.database, *pair, DAY).lines if one.result.startswith("按 ")]
    assert [(one.result, one.weighs) for one in told] == [("按 2025-12-01 的“不同意”", True)]


def test_a_right_that_was_taken_away_is_said_and_not_given_back(world, pair):
    with world.database.unit(None, "tie") as unit:
        people.add_tie(unit, pair[1], world.adults["张母"], Tie("妈妈", is_guardian=True, may_collect=True))
        unit.audit("child", pair[1])
    retie(world, pair[0], "张母", Tie("妈妈", is_guardian=True))
    join = next(
        one
        for one in join_ties(world.database, "child", *pair, DAY)
        if one.merged.adult == world.adults["张母"]
    )
    assert (join.tie.is_guardian, join.tie.may_collect) == (True, False)
    assert join.lost == {"may_collect"}
    notes = child_sides(world.database, *pair, DAY).notes
    assert "张母的“可以接孩子”以前取消过，合并后也不恢复。" in notes


def test_the_stronger_of_what_two_records_of_an_adult_may_is_shown_before_it_is(world, pair, adults):
    retie(world, pair[0], "张妈", Tie("家长", may_collect=True, is_emergency=True))
    found = lines(adult_sides(world.database, pair[0], *adults, DAY))
    assert found["权限"].result == "合并后：监护人 可接 紧急联系"
    assert found["权限"].weighs
    (join,) = join_ties(world.database, "adult", *adults, DAY, relation=(pair[0], "母亲"))
    assert (join.tie.relation, join.tie.is_guardian, join.tie.is_emergency) == ("母亲", True, True)


def test_a_name_and_a_number_that_go_are_said_to_be_found_all_the_same(world, pair, adults):
    sides = adult_sides(world.database, pair[0], *adults, DAY)
    assert {one.choice for one in sides.lines} >= {"name", "phone"}
    assert any("搜得到，也还打得通。" in one for one in sides.notes)
    assert not any("门口照样报警" in one for one in sides.notes)


def test_another_child_of_the_same_adult_is_named_by_number(world, pair, adults):
    with world.database.unit(None, "tie") as unit:
        people.add_tie(unit, pair[1], adults[1], Tie("妈妈"))
        unit.audit("child", pair[1])
    notes = adult_sides(world.database, pair[0], *adults, DAY).notes
    assert "这位家人还有另外 1 个孩子，一起合并。" in notes


def test_an_adult_of_another_child_cannot_be_compared_here(world, pair, adults):
    with pytest.raises(RecordError):
        adult_sides(world.database, pair[0], adults[0], world.adults["周母"], DAY)
