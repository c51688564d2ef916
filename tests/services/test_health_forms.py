"""The papers of injuries, illness and registers: what the form asks, nothing a family must not read."""

import dataclasses

import pytest

from app.domain.staff import NotPermittedError
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]

MONTH = f"{DAY:%Y-%m}"


@pytest.fixture
def forms(stage):
    return stage.health.forms


@pytest.fixture
def note(stage):
    for name in ("张沐阳", "周乐瑶", "曾雨桐"):
        stage.arrive(name)
    stage.clock.at(11)
    card = InjuryCard(
        child=stage.world.children["张沐阳"],
        day=DAY,
        at="10:00",
        duty=stage.teacher.id,
        kind="2",
        place="2",
        activity="1",
        company="3",
        handling="1",
        regions=("front.left_forearm",),
        story="和乐瑶、雨桐追跑时摔倒，思睿不在场。",
    )
    return lambda **more: stage.health.injuries.note(stage.teacher, dataclasses.replace(card, **more)).value


def ill(stage, name, disease="hfmd", onset="今天", **more):
    return stage.health.illness.note(
        stage.nurse, CaseCard(stage.world.children[name], disease, onset, **more)
    )


def cells(table, at=0):
    return dict(zip((one.title for one in table.columns), table.rows[at], strict=True))


def test_the_family_reads_no_name_of_a_child_who_was_near_nor_of_who_filled_it_in(stage, forms, note):
    key = note()
    paper = forms.injury_notice(stage.teacher, key)
    told = dict(paper.lines)
    assert told["经过"] == "和另一名小朋友、另一名小朋友追跑时摔倒，思睿不在场。", (
        "who was not here is no witness"
    )
    assert not {"填表人", "当班责任人", "另一个孩子", "转归"} & set(told)
    assert not told["类型"][:1].isdigit(), "the register's number says nothing to a family"
    assert (paper.told, paper.signed_by) == ("", "")
    stage.health.injuries.tell(stage.teacher, key, "妈妈 张母", "phone")
    assert forms.injury_notice(stage.teacher, key).told == "12月3日 11:00 已告知妈妈 张母"
    with pytest.raises(LookupError):
        forms.injury_notice(stage.teacher, 99)


def test_the_register_of_injuries_goes_by_the_hour_and_leaves_unknown_days_of_rest_empty(stage, forms, note):
    note(at="10:40", rest_days=0)
    note(at="9:20")
    table = forms.injury_register(stage.nurse, MONTH)
    assert [cells(table, at)["时间"] for at in (0, 1)] == ["09:20", "10:40"]
    assert [cells(table, at)["休息天数"] for at in (0, 1)] == ["", "0"], "none is not unknown"
    assert cells(table)["类型"] == "2 跌伤"
    assert cells(table)["经过"].endswith("（左前臂）")
    assert forms.injury_register(stage.nurse, "2025-11").rows == ()


def test_cases_are_numbered_by_the_day_they_fell_ill_and_a_fever_is_none_of_them(stage, forms):
    ill(stage, "张沐阳", onset="今天", diagnosed="今天", diagnosed_by="市妇幼")
    ill(stage, "周乐瑶", "other", "12-01", detail="百日咳")
    ill(stage, "马思睿", "fever")
    table = forms.illness_register(stage.nurse, MONTH)
    assert [(row[0], row[2]) for row in table.rows] == [("1", "周乐瑶"), ("2", "张沐阳")]
    assert (cells(table, 0)["其他"], cells(table, 1)["手足口病"]) == ("√疑", "√")
    assert table.notes[1:] == ("周乐瑶：百日咳",)
    assert "疑似" in table.notes[0]


def test_without_a_suspicion_no_sign_is_explained(stage, forms):
    ill(stage, "张沐阳", diagnosed="今天", diagnosed_by="市妇幼")
    assert forms.illness_register(stage.nurse, MONTH).notes == ()


def test_a_grid_says_by_whom_and_on_which_days_in_runs(stage, forms):
    for day in (1, 2, 3, 5):
        stage.clock.now = stage.clock.now.replace(day=day)
        stage.health.ticks.tick(
            stage.teacher, "disinfection", stage.world.dragons, stage.clock.now.date(), "floor"
        )
    table = forms.register(stage.nurse, "disinfection", MONTH, stage.world.dragons)
    assert "执行人：许静 1–3、5日。" in table.notes
    assert [cells(table, -1)[str(day)] for day in (1, 4, 5)] == ["许", "", "许"]
    sheet = forms.sheet(table)
    assert min(one.width for one in sheet.columns) >= 6, "a column of one tick can still be read"
    assert sheet.personal


def test_an_empty_month_still_has_its_items_and_a_list_its_lines_to_write_on(stage, forms):
    grid = forms.register(stage.nurse, "disinfection", "2025-11", stage.world.dragons)
    assert grid.rows[0][0] == "通风"
    assert set(grid.rows[0][2:]) == {""}
    sample = forms.register(stage.nurse, "food_sample", "2025-11")
    assert (sample.rows, sample.least, sample.where) == ((), 8, "全园")


def test_nobody_at_the_till_draws_a_paper_of_health(stage, forms):
    for draw in (forms.injury_register, forms.illness_register):
        with pytest.raises(NotPermittedError):
            draw(stage.world.cashier, MONTH)
