"""Injuries: the day of correcting, and no other child's name on a family's paper."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.injuries import (
    CORRECTABLE,
    SOMEBODY,
    InjuryError,
    check_subtype,
    is_settled,
    lacking,
    names_of,
    without_names,
)
from app.store.health_rules import injury_codes
from app.ui.health.body_map import SHAPES

NOW = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))
NAMES = st.text("李王明小红花儿", min_size=2, max_size=3)


def test_after_a_day_it_is_settled():
    assert not is_settled(NOW, NOW + CORRECTABLE - dt.timedelta(seconds=1))
    assert is_settled(NOW, NOW + CORRECTABLE)


def test_what_is_lacking_is_said():
    assert lacking(told=False, signed=False) == "没告诉家长、没第二人签"
    assert lacking(told=True, signed=True) == ""


def test_the_longer_name_goes_first_and_her_own_is_never_broken():
    assert without_names("李明明推了李明", ("李明",), ("李明明",)) == f"{SOMEBODY}推了李明"
    assert without_names("李明明哭了", ("李明明",), ("李明",)) == "李明明哭了"
    assert without_names("小红咬了她", ("小花",), ("小红", "红", "")) == f"{SOMEBODY}咬了她"
    assert without_names("没有别人", ("小花",), ()) == "没有别人"


@given(st.lists(NAMES, max_size=6), NAMES, st.text("李王明小红花儿咬了推", max_size=30))
def test_no_other_name_is_left_but_inside_her_own(others, own, story):
    told = without_names(story, (own,), others)
    for name in {one for one in others if one not in own}:
        assert name not in told.replace(own, "▇").replace(SOMEBODY, "▇")


@pytest.mark.parametrize(
    ("kind", "subtype", "other", "field"),
    [
        ("2", "bite", None, "subtype"),
        ("12", "", None, "subtype"),
        ("12", "bite", 1, "other"),
        ("2", "", 2, "other"),
    ],
)
def test_a_subtype_belongs_to_its_kind(kind, subtype, other, field):
    with pytest.raises(InjuryError) as refused:
        check_subtype(injury_codes(), kind, subtype, other, 1)
    assert refused.value.field == field


def test_the_codes_are_those_of_the_form():
    codes = injury_codes()
    assert [one.code for one in codes.of("kind")] == [str(number) for number in range(1, 13)]
    assert [len(codes.of(name)) for name in ("place", "activity", "company", "handling", "outcome")] == [
        6,
        9,
        5,
        3,
        4,
    ]
    assert {one.code for one in codes.subtypes("12")} >= {"bite", "scratch"}
    assert codes.words("kind", "99") == ""


def test_every_region_of_the_table_has_its_place_on_the_body():
    assert {one.code for one in injury_codes().of("region")} == set(SHAPES)


@pytest.mark.parametrize(
    ("name", "nickname", "called"),
    [
        ("朱予晴", "晴晴", ("朱予晴", "予晴", "晴晴")),
        ("王芳", "", ("王芳",)),
        ("王芳", "芳", ("王芳",)),
        ("Emma Li", "Emma", ("Emma Li", "Emma")),
    ],
)
def test_a_child_is_called_by_more_than_her_name(name, nickname, called):
    assert names_of(name, nickname) == called
