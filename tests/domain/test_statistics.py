from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.statistics import Attendance, Rate, add_up


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(1408, 1540, "91.4%"), (0, 5, "0.0%"), (5, 5, "100.0%"), (1, 8, "12.5%"), (0, 0, "—"), (3, 0, "—"),
     (2001, 4000, "50.0%"), (1, 16, "6.3%"), (9995, 10_000, "100.0%"), (1, 3, "33.3%")],
)  # fmt: skip
def test_one_decimal_half_up(part, whole, words):
    assert Rate(part, whole).percent_words == words


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_half_up_agrees_with_whole_numbers(part, whole):
    thousandths = (part * 1000 * 2 + whole) // (whole * 2)
    assert Rate(part, whole).percent == Decimal(thousandths) / 10


def test_a_whole_comes_from_sums_never_from_rates():
    assert (Rate(1, 2) + Rate(1, 100)).percent_words == "2.0%"
    parts = [Attendance(20, 18, 1, 1), Attendance(40, 35, 2, 1)]
    whole = add_up(parts)
    assert whole == Attendance(60, 53, 3, 2)
    assert (whole.absent, whole.other, whole.rate) == (7, 2, Rate(53, 60))
    assert add_up([]).rate.percent_words == "—"


def test_more_reasons_than_absences_leave_nothing_over():
    assert Attendance(10, 9, 1, 1).other == 0
