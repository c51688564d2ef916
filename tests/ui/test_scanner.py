"""Telling codes from names."""

import pytest

from app.ui import scanner

SEAL = "TDH1.R.2025-000018.K7Q2M9XA4C"


@pytest.mark.parametrize(
    "text",
    [
        SEAL,
        SEAL.lower(),
        f" {SEAL} ",
        "ＴＤＨ１．Ｒ．2025-000018.K7Q2M9XA4C",
        "TDH1.R. 2025-000018 .K7Q2M9XA4C",
    ],
)
def test_a_seal_is_known_however_it_was_typed(text):
    assert scanner.looks_like_seal(text)


@pytest.mark.parametrize("text", ["朱予晴", "zyq", "6021", "TDH1.R", "", "TDH1..x.y"])
def test_names_and_tails_are_no_seals(text):
    assert not scanner.looks_like_seal(text)


def test_a_code_of_four_needs_a_letter_and_a_digit():
    assert scanner.looks_like_pickup_code("k7m2")
    assert not scanner.looks_like_pickup_code("6021")
    assert not scanner.looks_like_pickup_code("wang")


def test_only_slips_and_pickup_codes_open_a_child():
    assert scanner.opens_child("TDH1.S.20251203-K7M2.K7Q2M9XA4C")
    assert scanner.opens_child("K7M2")
    assert not scanner.opens_child(SEAL)
    assert scanner.opens_child("bgxw")  # of a file with another alphabet
    assert not scanner.may_be_pickup_code("朱予晴子")
