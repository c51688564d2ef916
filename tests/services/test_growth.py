"""The round of measuring: kept with its evaluation, doubted, corrected, taken back, shown."""

import datetime as dt
import random

import pytest

from app.domain.growth import Indicator
from app.domain.growth_entry import DoubtfulMeasureError, MeasureError
from app.domain.staff import NotPermittedError
from app.reports import registry
from app.services.bundle import build
from app.services.growth import Typed
from app.store import record_acts
from app.store.record_acts import Change
from tests.reports.reading import Reading


@pytest.fixture
def all_of(world):
    with world.database.unit(world.director.id, "prepare") as unit:
        for name in ("张沐阳", "周乐瑶"):
            unit.execute(
                "update child set sex = :sex where id = :id",
                {"sex": "m" if name == "张沐阳" else "f", "id": world.children[name]},
            )
        unit.audit("child", 1)
    return build(world.database, world.clock, random.Random(7))


@pytest.fixture
def growth(all_of):
    return all_of.health.growth


def keep(world, growth, weight="12.35", stature="", head="", *, day="", name="张沐阳", **more):
    return growth.keep(world.teacher, Typed(world.children[name], day, weight, stature, head, **more))


def note_weeks(world, name, weeks):
    with world.database.unit(world.director.id, "change_child") as unit:
        child = world.children[name]
        act = record_acts.add_act(unit, "child", child, "孕周")
        record_acts.add_change(unit, act, Change("child", child, "gestation", "", str(weeks)))
        unit.audit("child", child)


def test_a_measure_is_kept_with_its_evaluation_and_standard(world, growth):
    kept = keep(world, growth, "12.35", "89.5", "48.2").value
    assert (kept.taken.weight_g, kept.taken.stature_mm, kept.taken.head_mm) == (12350, 895, 482)
    assert kept.standard == "WHO 2006"
    assert [one.indicator for one in kept.scores] == list(Indicator)
    assert not kept.lying  # 30 months: standing
    assert keep(world, growth, "9", "78", name="周乐瑶").value.lying
    row = world.database.row("select standard, z from growth_score where indicator = 'weight'")
    assert row["standard"] == "WHO 2006"
    assert row["z"] == kept.scores[0].z  # unrounded


def test_the_round_lists_the_class_with_this_month_and_the_time_before(world, growth):
    keep(world, growth, "12.10", day="2025-11-05")
    round_ = growth.round(world.teacher, world.dragons)
    assert [line.child.name for line in round_.lines] == ["马思睿", "张沐阳", "周乐瑶"] or len(
        round_.lines
    ) == 3
    line = next(one for one in round_.lines if one.child.name == "张沐阳")
    assert (line.now, line.before.taken.weight_g, round_.done) == (None, 12100, 0)
    keep(world, growth, "12.35")
    assert growth.round(world.teacher, world.dragons).done == 1


def test_a_fall_is_doubted_until_somebody_is_sure_and_the_doubt_stays_on_file(world, growth):
    keep(world, growth, "12.35", "89.5", day="2025-11-05")
    with pytest.raises(DoubtfulMeasureError) as doubted:
        keep(world, growth, "12.00", "89.5")
    assert doubted.value.field == "weight"
    assert growth.round(world.teacher, world.dragons).done == 0
    keep(world, growth, "12.00", "89.5", sure=True)
    row = world.database.row("select doubt from growth_measure where weight_g = 12000")
    assert "12.35" in row["doubt"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"weight": "1.24"}, "weight"),  # a first measuring: nothing to compare with
        ({"weight": "24.50"}, "weight"),
        ({"weight": "", "stature": "119.0"}, "stature"),
        ({"weight": "", "head": "29.0"}, "head"),
        ({"weight": "17.50", "stature": "78.0"}, "weight"),  # each can be, both together hardly
    ],
)
def test_what_hardly_can_be_is_doubted_at_the_first_measuring_too(world, growth, typed, field):
    with pytest.raises(DoubtfulMeasureError, match="很少见") as doubted:
        keep(world, growth, **typed)
    assert doubted.value.field == field
    kept = keep(world, growth, **typed, sure=True).value
    row = world.database.row("select doubt from growth_measure where id = :id", {"id": kept.id})
    assert "很少见" in row["doubt"]


def test_a_tiny_child_born_much_too_early_is_not_doubted_for_it(world, growth):
    note_weeks(world, "曾雨桐", 24)  # ten months old, six from the term
    keep(world, growth, "4.50", name="曾雨桐")


def test_a_correction_supersedes_and_its_undo_brings_the_old_back(world, growth, all_of):
    first = keep(world, growth, "12.35", day="2025-11-05").value
    second = keep(world, growth, "21.35", day="2025-11-05")  # the same day: it corrects
    held = growth.view(world.teacher, first.child).measures
    assert [one.taken.weight_g for one in held] == [21350]
    third = keep(world, growth, "12.53", replaces=second.value.id)
    assert third.value.day == dt.date(2025, 11, 5)
    assert len(world.database.rows("select id from growth_measure")) == 3
    all_of.undo(world.teacher, third.undo)
    held = growth.view(world.teacher, first.child).measures
    assert [one.taken.weight_g for one in held] == [21350]
    all_of.undo(world.teacher, second.undo)
    assert [one.taken.weight_g for one in growth.view(world.teacher, first.child).measures] == [12350]
    with pytest.raises(MeasureError):
        all_of.undo(world.teacher, third.undo)
    with pytest.raises(MeasureError):
        keep(world, growth, "12", replaces=third.value.id)


@pytest.mark.parametrize("day", ["2025-12-04", "2023-05-31", "13月"])
def test_a_day_that_cannot_be_is_refused(world, growth, day):
    with pytest.raises(Exception, match=r"测量日|日期") as refused:
        keep(world, growth, day=day)
    assert refused.value.field == "day"


def test_who_may_not_and_whom_there_is_not(world, growth):
    with pytest.raises(NotPermittedError):
        growth.keep(world.cashier, Typed(world.children["张沐阳"], "", "12"))
    with pytest.raises(NotPermittedError):
        growth.round(world.cashier, None)
    with pytest.raises(MeasureError, match="不在册"):
        growth.keep(world.teacher, Typed(999, "", "12"))


def test_a_child_born_too_early_has_both_ages_until_two(world, growth):
    note_weeks(world, "周乐瑶", 32)
    kept = keep(world, growth, "9.50", "78", name="周乐瑶").value
    by_age = {one.corrected: one.z for one in kept.scores if one.indicator is Indicator.WEIGHT}
    assert by_age[True] > by_age[False]
    curve = growth.view(world.teacher, kept.child).curves[0]
    assert curve.points[0][0] - curve.corrected[0][0] == pytest.approx(56 / 30.4375)
    note_weeks(world, "张沐阳", 32)  # 30 months: no more
    assert not any(one.corrected for one in keep(world, growth).value.scores)


def test_what_was_measured_before_the_sex_was_noted_is_evaluated_when_shown(world, growth):
    world.database.utils.execute("update child set sex = null where name = '马思睿'")
    kept = keep(world, growth, "12", name="马思睿").value
    assert kept.scores == ()
    assert growth.view(world.teacher, kept.child).curves == ()
    world.database.utils.execute("update child set sex = 'm' where name = '马思睿'")
    assert growth.view(world.teacher, kept.child).measures[0].scores


def test_the_card_is_for_the_parents_and_says_so(world, growth, qapp):
    child = world.children["张沐阳"]
    with pytest.raises(MeasureError, match="还没有测量"):
        growth.card(world.teacher, child)
    keep(world, growth, "12.10", "88.6", "48", day="2025-11-05")
    keep(world, growth, "12.35", "89.5", "48.2")
    text = Reading(registry.draw(growth.card(world.teacher, child))).text()
    for words in ("生长监测卡", "张沐阳", "12.35", "89.5立", "WHO2006", "仅供参考，请咨询医生", "P97"):
        assert words in text, words
