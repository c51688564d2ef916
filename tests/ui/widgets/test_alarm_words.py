"""The words of an alarm: true of where the person is, and on the phone they give nothing away."""

import pytest

from app.domain.ids import AlarmId, StaffId
from app.services.alarms import AlarmView
from app.ui.widgets.alarm_words import words_of
from tests.ui.support import STORY

PLACES = ("collect", "release", "card", "grant", "bring")


def alarm(place, *, inside):
    return AlarmView(
        AlarmId(1),
        "胡俊杰",
        "",
        "胡绍华",
        (),
        place,
        STORY,
        StaffId(1),
        certain=False,
        inside=inside,
        to_ring=(),
    )


@pytest.mark.parametrize(
    ("place", "inside", "keep"),
    [
        ("collect", True, "不放行"),
        ("collect", False, "不登记"),  # a card names who shall collect later
        ("grant", True, "不授权"),
        ("grant", False, "不授权"),
        ("bring", True, "不登记"),
        ("bring", False, "不登记"),
    ],
)
def test_the_button_says_what_is_not_done_there(place, inside, keep):
    found = words_of(alarm(place, inside=inside))
    assert (found.keep, found.until) == (keep, keep.replace("不", "不要", 1))


@pytest.mark.parametrize("inside", [True, False])
def test_a_caller_is_never_told_to_wait_and_learns_nothing_of_the_child(inside):
    found = words_of(alarm("grant", inside=inside))
    assert "不要说孩子在不在园" in found.then
    assert "挂断" in found.then
    assert found == words_of(alarm("grant", inside=not inside))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("inside", [True, False])
def test_wherever_it_is_raised_the_guardians_are_rung_and_both_are_named(place, inside):
    found = words_of(alarm(place, inside=inside))
    told = found.wish.format(typed="胡绍华", child="胡俊杰") + found.then.format(ring="妈妈 139 0000 1177")
    assert all(part in told for part in ("胡绍华", "胡俊杰", "妈妈 139 0000 1177", "110"))
    assert "{" not in told
