import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.pins import MOST_TRIES, Try, WeakPinError, check_pin, locked_until, tries_left, was_set_back

NOW = dt.datetime(2025, 12, 3, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def tries(*good):
    return tuple(Try(NOW - dt.timedelta(seconds=len(good) - at), one) for at, one in enumerate(good))


@pytest.mark.parametrize("pin", ["5927", "38161", "704359", " 5927 ", "５９２７"])
def test_four_to_six_digits_are_a_pin(pin):
    assert check_pin(pin).isdecimal()


@pytest.mark.parametrize(
    "pin",
    [
        *("", "592", "5927384", "abcd", "59 27", "५९२७"),
        *("0000", "111111", "1234", "9876", "2468", "1212", "123123"),
    ],
)
def test_what_anybody_would_try_first_is_none(pin):
    with pytest.raises(WeakPinError) as said:
        check_pin(pin)
    assert said.value.field == "pin"


@given(st.text("0123456789", min_size=4, max_size=6))
def test_a_pin_is_kept_as_it_was_typed(pin):
    try:
        assert check_pin(pin) == pin
    except WeakPinError:
        steps = {int(b) - int(a) for a, b in itertools.pairwise(pin)}
        assert len(steps) == 1 or pin[: len(pin) // 2] * 2 == pin


def test_five_wrong_in_a_row_lock_it_for_some_minutes_and_then_no_more():
    wrong = tries(*[False] * MOST_TRIES)
    assert locked_until(wrong[:-1], NOW, 5) is None
    end = locked_until(wrong, NOW, 5)
    assert end == wrong[-1].at + dt.timedelta(minutes=5)
    assert locked_until(wrong, end, 5) is None
    assert (tries_left(()), tries_left(wrong[:2]), tries_left(wrong)) == (5, 3, 5)


def test_nobody_who_never_failed_is_locked_out():
    for none in ((), tries(True)):
        assert locked_until(none, NOW, 5) is None
        assert tries_left(none) == MOST_TRIES
    assert not was_set_back((), NOW)


def test_a_try_on_a_clock_set_back_counts_while_nothing_is_locked():
    wrong = (*tries(False, False), Try(NOW - dt.timedelta(days=3), good=False))
    assert tries_left(wrong) == 2


def test_a_right_one_in_between_begins_the_count_anew():
    assert locked_until(tries(False, False, False, True, False, False), NOW, 5) is None


def test_five_more_lock_it_again():
    assert locked_until(tries(*[False] * 9), NOW, 5) is None
    assert locked_until(tries(*[False] * 10), NOW, 5) is not None


def test_a_clock_set_back_neither_ends_a_lock_nor_makes_it_last_for_days():
    wrong, before = tries(*[False] * 5), NOW - dt.timedelta(days=3)
    minutes = dt.timedelta(minutes=5)
    assert locked_until(wrong, before, 5) == before + minutes
    assert was_set_back(wrong, before)
    told = (*wrong, Try(before, good=False))  # the try that met the lock
    assert not was_set_back(told, before)
    assert locked_until(told, before + dt.timedelta(minutes=2), 5) == before + minutes
    assert locked_until(told, before + minutes, 5) is None
    assert tries_left(told) == 5
    again = (*told, *(Try(before + minutes, good=False) for _ in range(4)))
    assert (locked_until(again, before + minutes, 5), tries_left(again)) == (None, 1)
