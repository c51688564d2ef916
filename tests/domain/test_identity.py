import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identity import (
    Identity,
    IdentityError,
    check_character,
    check_identity,
    disagreements,
    is_birth_certificate,
    mask_identity,
)

TODAY = dt.date(2025, 12, 3)
born = st.dates(dt.date(1930, 1, 1), TODAY)


@pytest.mark.parametrize(
    ("text", "day", "sex"),
    [
        ("11010519491231002X", "1949-12-31", "f"),
        ("440524188001010014", "1880-01-01", "m"),
        ("620302202402290013", "2024-02-29", "m"),
        (" 110105 19491231 002x", "1949-12-31", "f"),
        ("１１０１０５１９４９１２３１００２Ｘ", "1949-12-31", "f"),
    ],
)
def test_the_examples_of_the_standard_pass(text, day, sex):
    found = check_identity(text, TODAY)
    assert (found.born, found.sex) == (dt.date.fromisoformat(day), sex)
    assert len(found.number) == 18


@given(born, st.integers(0, 999), st.integers(0, 999_999))
def test_made_numbers_pass_and_any_wrong_digit_is_caught(day, order, area):
    stem = f"{area:06d}{day:%Y%m%d}{order:03d}"
    number = stem + check_character(stem)
    assert check_identity(number, TODAY) == Identity(number, day, "m" if order % 2 else "f")
    for place in range(17):
        other = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        with pytest.raises(IdentityError):
            check_identity(other, TODAY)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("123", "18 位"),
        ("1" * 10_000, "18 位"),
        ("110105194912310021", "校验位"),
        (f"11010520250230001{check_character('11010520250230001')}", "不存在"),
        (f"11010520251204001{check_character('11010520251204001')}", "还没有到"),
    ],
)
def test_wrong_numbers_are_refused_with_a_sentence(text, says):
    with pytest.raises(IdentityError) as caught:
        check_identity(text, TODAY)
    assert says in caught.value.sentence


def test_differences_from_the_form_are_named_and_nothing_is_overwritten():
    paper = check_identity("620302202402290013", TODAY)
    assert disagreements(paper, dt.date(2024, 2, 29), "m") == ()
    assert disagreements(paper, dt.date(2024, 2, 29), "") == ()
    day, sex = disagreements(paper, dt.date(2024, 3, 1), "f")
    assert "2024-02-29" in day
    assert "男" in sex
    girl = check_identity("11010519491231002X", TODAY)
    assert "女" in disagreements(girl, girl.born, "m")[0]


def test_birth_certificates_and_masks():
    assert is_birth_certificate(" t123456789")
    assert not is_birth_certificate("T12345678")
    assert mask_identity("11010519491231002X") == "110105********002X"
    assert mask_identity("T123456789") == "********89"
    assert mask_identity("") == ""
