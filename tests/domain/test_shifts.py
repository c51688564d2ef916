"""The rules of 交接班: heads agree or a reason, every item looked at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.shifts import (
    CheckMark,
    Figures,
    HeadsDifferError,
    Section,
    ShiftError,
    check_heads,
    check_marks,
)


@given(st.integers(0, 40), st.integers(0, 99), st.sampled_from(["", "写了原因"]))
def test_heads_pass_only_where_they_agree_or_a_reason_is_given(present, counted, reason):
    if counted == present or reason:
        check_heads(present, counted, reason)
        return
    with pytest.raises(HeadsDifferError) as caught:
        check_heads(present, counted, reason)
    assert caught.value.field == "reason"
    assert str(abs(present - counted)) in caught.value.sentence


@pytest.mark.parametrize("counted", [None, -1, 100])
def test_a_count_must_be_given_and_possible(counted):
    with pytest.raises(ShiftError) as caught:
        check_heads(5, counted, "原因")
    assert caught.value.field == "counted"


def test_each_item_is_looked_at_and_what_is_bad_says_why():
    check_marks(("门",), (CheckMark("门", True),))
    check_marks(("门",), (CheckMark("门", False, "坏了"), CheckMark("别的", True)))
    for marks in ((), (CheckMark("门", False),)):
        with pytest.raises(ShiftError):
            check_marks(("门",), marks)


def test_present_is_in_minus_out_and_each_section_has_its_words():
    assert Figures(19, 19, 2, 1, 1, 0, 0, 1, 0, 0).present == 18
    assert all(one.label and one.empty for one in Section)
