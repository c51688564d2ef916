import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import ClassId, RollCallId, StaffId, VisitId
from app.domain.rollcall import (
    Call,
    CallKind,
    Head,
    HeadKey,
    HeadState,
    clock_words,
    count_missing,
    group_heads,
    is_left_over,
    took_minutes,
)

TZ = dt.timezone(dt.timedelta(hours=8))
NOON = dt.datetime(2025, 12, 3, 12, 0, tzinfo=TZ)
CLASSES = [(ClassId(2), "小海豚", "#111111"), (ClassId(1), "小星星", "#222222")]


def child(number, class_id=1, state=HeadState.MISSING):
    return Head(HeadKey(visit=VisitId(number)), f"孩子{number}", ClassId(class_id), "甲", state=state)


def staff(number, state=HeadState.MISSING):
    return Head(HeadKey(staff=StaffId(number)), f"老师{number}", None, "甲", state=state)


def test_a_key_means_exactly_one_person():
    with pytest.raises(ValueError, match="a head"):
        HeadKey()
    with pytest.raises(ValueError, match="a head"):
        HeadKey(VisitId(1), StaffId(1))
    assert HeadKey(visit=VisitId(1)) != HeadKey(staff=StaffId(1))


def test_groups_stand_in_the_order_of_the_classes_with_the_staff_last():
    groups = group_heads([child(1), staff(9), child(2, 2), child(3)], CLASSES)
    assert [(group.name, group.digit, group.total) for group in groups] == [
        ("小海豚", 1, 1),
        ("小星星", 2, 2),
        ("教职工", 3, 1),
    ]


def test_a_teacher_of_a_class_stands_among_the_staff():
    teacher = dataclasses.replace(staff(9), class_id=ClassId(1))
    groups = group_heads([teacher, child(1)], CLASSES)
    assert [(group.name, group.total) for group in groups] == [("小星星", 1), ("教职工", 1)]


def test_a_class_that_has_closed_since_keeps_its_children_on_the_roll():
    groups = group_heads([child(1, 7)], CLASSES)
    assert [(group.class_id, group.name) for group in groups] == [(7, "甲")]


def test_only_nine_groups_have_a_digit():
    classes = [(ClassId(n), f"班{n}", "#000000") for n in range(1, 13)]
    groups = group_heads([child(n, n) for n in range(1, 13)], classes)
    assert [group.digit for group in groups] == [*range(1, 10), 0, 0, 0]


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(HeadState), st.booleans()), max_size=40))
def test_nobody_is_lost_or_counted_twice_in_groups(people):
    heads = [
        child(n, cls, state) if is_child else staff(n, state)
        for n, (cls, state, is_child) in enumerate(people, 1)
    ]
    groups = group_heads(heads, CLASSES)
    assert sorted((h.key.visit or 0, h.key.staff or 0) for g in groups for h in g.heads) == sorted(
        (h.key.visit or 0, h.key.staff or 0) for h in heads
    )
    assert count_missing(groups) == sum(state is HeadState.MISSING for _, state, _ in people)
    assert all(group.heads for group in groups)


def test_times_are_told_in_words_and_on_the_watch():
    end = NOON + dt.timedelta(minutes=4, seconds=12)
    assert took_minutes(NOON, end) == "4 分 12 秒"
    assert took_minutes(end, NOON) == "0 分 0 秒"
    assert clock_words(NOON, end) == "04:12"
    assert clock_words(NOON, NOON + dt.timedelta(hours=1, seconds=5)) == "1:00:05"
    assert clock_words(end, NOON) == "00:00"


def test_a_call_is_open_until_it_ends_or_is_void():
    call = Call(RollCallId(1), CallKind.DRILL, "火灾", NOON, "林晓")
    assert call.open
    assert not Call(RollCallId(1), CallKind.REAL, "", NOON, "林晓", NOON, "林晓").open
    assert not Call(RollCallId(1), CallKind.REAL, "", NOON, "林晓", void=True).open
    assert (CallKind.DRILL.label, CallKind.REAL.label) == ("演练", "真实")


@pytest.mark.parametrize(("kind", "after", "left"), [
    (CallKind.DRILL, dt.timedelta(hours=5), False),
    (CallKind.DRILL, dt.timedelta(hours=16), True),
    (CallKind.DRILL, dt.timedelta(hours=13, minutes=59), False),  # begun at ten: until midnight
    (CallKind.DRILL, dt.timedelta(hours=14), True),
    (CallKind.REAL, dt.timedelta(hours=12), False),
    (CallKind.REAL, dt.timedelta(hours=12, seconds=1), True),
])  # fmt: skip
def test_a_call_that_nobody_is_at_any_more_is_left_over(kind, after, left):
    begun = dt.datetime(2025, 12, 3, 10, 0, tzinfo=dt.UTC)
    call = Call(RollCallId(1), kind, "", begun, "林晓")
    assert is_left_over(call, begun + after) is left
