import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.duty import (
    DutyKind,
    OverlappingDutyError,
    Post,
    Stretch,
    minutes_of,
    post_of,
    posts_on,
    require_apart,
)
from app.domain.ids import ClassId, DutyId, StaffId
from app.domain.staff import Role
from app.store import duty

ZONE = dt.timezone(dt.timedelta(hours=8))
DAY = dt.date(2025, 12, 3)


def at(minute):
    return dt.datetime.combine(DAY, dt.time(), ZONE) + dt.timedelta(minutes=minute)


def stretch(start, end):
    until = None if end is None else at(end)
    return Stretch(
        DutyId(1), StaffId(2), "许静", ClassId(3), "抱抱龙", DAY, DutyKind.WORK, False, at(start), until
    )


def test_only_carers_count_by_the_table_that_ships():
    posts = posts_on(DAY, duty.posts())
    counts = {role: post_of(role, None, posts).counts for role in Role}
    assert counts == {role: role is Role.TEACHER for role in Role}
    for post in ("trainee", "cook", "guard", "director", "health_worker"):
        assert not post_of(Role.TEACHER, post, posts).counts


def test_a_later_norm_holds_from_its_day_on():
    old, new = Post("x", "旧", counts=False), Post("x", "新", counts=True, valid_from=dt.date(2026, 1, 1))
    assert post_of(Role.TEACHER, "x", posts_on(DAY, (new, old))).label == "旧"
    assert post_of(Role.TEACHER, "x", posts_on(dt.date(2026, 1, 1), (new, old))).counts


def test_what_no_row_knows_does_not_count():
    assert not post_of(Role.TEACHER, None, ()).counts


def test_minutes_run_today_and_are_never_invented_for_a_day_that_is_over():
    assert minutes_of(stretch(480, 540), at(900)) == 60
    assert minutes_of(stretch(480, None), at(510)) == 30
    assert minutes_of(stretch(480, None), at(510) + dt.timedelta(days=1)) is None


@given(
    st.integers(0, 1400), st.integers(1, 39), st.integers(0, 1400), st.one_of(st.none(), st.integers(1, 39))
)
def test_two_stretches_share_time_or_pass(start, length, other, other_length):
    end, other_end = start + length, None if other_length is None else other + other_length
    shared = start < (10_000 if other_end is None else other_end) and other < end
    if shared:
        with pytest.raises(OverlappingDutyError, match="抱抱龙"):
            require_apart((at(start), at(end)), [stretch(other, other_end)])
    else:
        require_apart((at(start), at(end)), [stretch(other, other_end)])
