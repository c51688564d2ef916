import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import pickup_codes
from app.domain.pickup_codes import (
    ALPHABET,
    LENGTH,
    CodesExhaustedError,
    is_fair,
    new_code,
    read_code,
    spell_code,
)


@given(st.integers())
def test_a_day_of_codes_is_unique_fair_and_from_the_seed(seed):
    rng, again, used = random.Random(seed), random.Random(seed), set()
    for _ in range(120):
        code = new_code(rng, used)
        assert code == new_code(again, used)
        assert code not in used
        assert is_fair(code)
        used.add(code)


@given(st.text(st.sampled_from(ALPHABET), min_size=LENGTH, max_size=LENGTH))
def test_a_fair_code_has_a_letter_a_digit_and_nothing_ugly(code):
    if is_fair(code):
        assert not code.isdigit()
        assert not code.isalpha()
        assert not any(word in code for word in ("TMD", "CNM", "FCK", "WTF", "44", "748", "38"))


_UGLY_AND_A_DIGIT = [f"{word}2" for word in ("CNM", "QNM", "RNM", "XNM", "NMD", "NMQ", "CTM", "TNN")]


@pytest.mark.parametrize(
    "code",
    [
        "",
        "K7M",
        "K7M22",
        "TMD2",
        "2TMD",
        "7484",
        "KMNP",
        "2345",
        "A2CD",
        "O2CD",
        "k7m2",
        "44KM",
        *_UGLY_AND_A_DIGIT,
    ],
)
def test_unfair_codes_are_known(code):
    assert not is_fair(code)


def test_no_look_alikes_and_no_vowels():
    assert not set(ALPHABET) & set("AEIOU01BLSZG")
    assert len(set(ALPHABET)) == len(ALPHABET)


@pytest.mark.parametrize("seed", range(5))
def test_the_last_code_is_found_and_then_none_is_left(monkeypatch, seed):
    monkeypatch.setattr(pickup_codes, "ALPHABET", "27CK")
    everything = pickup_codes._all_codes()
    last = random.Random(seed).choice(everything)
    assert new_code(random.Random(seed), set(everything) - {last}) == last
    with pytest.raises(CodesExhaustedError, match="用完"):
        new_code(random.Random(seed), everything)


def test_a_code_is_read_as_it_is_typed():
    assert read_code(" k7-m2 ") == "K7M2"
    assert read_code("Ｋ７Ｍ２") == "K7M2"
    assert read_code("朱予晴") is None
    assert read_code("6021") is None
    assert [spell_code(one) for one in ("ｂ7-gx", "6021", "wang", "朱予晴", "K7M", "K7M2X")] == [
        "B7GX", "6021", "WANG", None, None, None
    ]  # fmt: skip


@given(st.integers(), st.sets(st.text(st.sampled_from(ALPHABET), min_size=LENGTH, max_size=LENGTH)))
def test_no_code_is_drawn_that_a_slip_or_a_call_has_already(seed, taken):
    rng = random.Random(seed)
    for _ in range(20):
        code = new_code(rng, taken)
        assert code not in taken
        assert is_fair(code)
        assert read_code(f" {code[:2].lower()}-{code[2:]} ") == code
        taken.add(code)
