"""What stands on a card that is carried in the street: enough for its owner, nothing for whoever finds it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.cards import card_number, shown_name
from app.domain.names import given_name

HAN = st.sampled_from("朱予晴尉迟嘉木张沐阳周乐瑶马思睿曾雨桐𬱖㛃")


@given(st.text(HAN, min_size=3, max_size=4), st.sampled_from(["", " ", "晴晴"]))
def test_neither_the_whole_name_nor_the_given_name_is_read_off_a_card(name, nickname):
    assume(name[:2] != name[2:])  # of 予晴予晴 the surname reads as the given name does
    shown = shown_name(name, nickname)
    assert name not in shown
    if given_name(name) != nickname:
        assert given_name(name) not in shown


def test_a_long_name_at_home_is_cut_so_that_the_card_holds_it():
    assert shown_name("朱予晴", "小" * 30) == "小" * 12


@pytest.mark.parametrize(
    ("name", "nickname", "shown"),
    [
        ("朱予晴", "朱予晴", "朱小朋友"),
        ("朱予晴", "我家朱予晴", "朱小朋友"),
        ("朱予晴", " 朱 予晴 ", "朱小朋友"),
        ("朱予晴", "朱·予晴", "朱小朋友"),
        ("古丽·买买提", "古丽买买提", "古小朋友"),
        ("Emma Li", "emma li", "E小朋友"),
    ],
)
def test_a_name_at_home_that_holds_the_whole_name_however_it_is_written_is_none(name, nickname, shown):
    assert shown_name(name, nickname) == shown


def test_blanks_about_a_name_tell_no_more_of_it():
    assert shown_name("  尉迟嘉木 ", "  ") == "尉迟小朋友"


def test_numbers_of_cards_are_as_long_as_each_other_for_as_long_as_a_centre_lasts():
    assert len({len(card_number(place)) for place in (1, 999, 999_999)}) == 1
    assert card_number(1_000_000) == "C-1000000", "a seventh digit is no second card 000000"
