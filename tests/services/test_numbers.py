"""Numbers of papers that hang on a visit."""

import datetime as dt

import pytest

from app.domain.seals import SealKind, seal
from app.services.numbers import agreement_number, month_number, slip_number, visit_of

DAY = dt.date(2025, 12, 3)


@pytest.mark.parametrize("visit", [1, 61, 4377, 123_456])
@pytest.mark.parametrize("number", [slip_number, agreement_number])
def test_the_visit_is_found_again(number, visit):
    assert visit_of(number(DAY, visit)) == visit


def test_a_number_looks_as_on_paper():
    assert slip_number(DAY, 61) == "S-20251203-0061"
    assert agreement_number(DAY, 61) == "A-20251203-0061"


@pytest.mark.parametrize("text", ["", "H-20251203-0061", "S-20251203-61", "S-2025-0061", "2025-000018"])
def test_other_numbers_belong_to_no_visit(text):
    assert visit_of(text) is None


def test_the_number_of_a_month_tells_one_count_from_another():
    made = dt.date(2025, 12, 3)
    number = month_number("2025-11", made, (19, 83, 1503))
    assert number.startswith("2025-11-20251203-")
    assert number == month_number("2025-11", made, (19, 83, 1503))
    assert number != month_number("2025-11", made, (19, 83, 1502))
    assert seal(bytes(32), SealKind.MONTH, number)  # it can be sealed
    assert visit_of(number) is None
