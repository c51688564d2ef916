"""What the desk reads of a child, by where she is, and who comes in by the intake card."""

import dataclasses
import types

import pytest

from app.domain.ids import ChildId, GrantId
from app.domain.modes import CareMode
from app.services.desk import RowState, UnknownChildError
from app.services.pickup_card import GrantRow, code_mark
from app.ui.desk.reading import as_adult, is_stranger, read_card, told_words
from tests.ui.desk import data

STRANGER = data.row(9, "石榴", RowState.EXPECTED, mode=CareMode.TEMPORARY, expected_minute=None)
BOOKED = dataclasses.replace(STRANGER, expected_minute=860, allergy_unknown=True)
SERVICES = types.SimpleNamespace(
    pickup=types.SimpleNamespace(prepare=lambda _actor, visit: ("stay", visit)),
    desk=types.SimpleNamespace(card=lambda _actor, child: ("child", child)),
)
LEFT_LONG_AGO = dataclasses.replace(data.GONE, child=ChildId(98))
ELSEWHERE = types.SimpleNamespace(  # who stands in no column
    pickup=SERVICES.pickup,
    desk=types.SimpleNamespace(card=lambda _actor, child: types.SimpleNamespace(row=off_board(child))),
)
SEEN = dataclasses.replace(data.LEYAO, visit=data.YUQING.visit)  # a stay that was taken back


@pytest.mark.parametrize(
    ("row", "read"),
    [
        (data.YUQING, ("stay", data.YUQING.visit)),
        (data.PRESENT[0], ("stay", data.PRESENT[0].visit)),
        (data.GONE, ("stay", data.GONE.visit)),
        (data.LEYAO, ("child", data.LEYAO.child)),
        (data.SICK, ("child", data.SICK.child)),
    ],
)
def test_of_who_is_or_was_inside_the_stay_is_read_and_of_others_the_child(row, read):
    assert read_card(SERVICES, None, data.BOARD, row.child) == read


def off_board(child):
    if child == ChildId(97):
        raise UnknownChildError("她的登记撤销了。")
    return LEFT_LONG_AGO if child == LEFT_LONG_AGO.child else dataclasses.replace(STRANGER, child=child)


def test_who_left_long_ago_is_read_by_her_stay_and_a_record_taken_back_is_nobodys():
    assert read_card(ELSEWHERE, None, data.BOARD, LEFT_LONG_AGO.child) == ("stay", LEFT_LONG_AGO.visit)
    assert read_card(ELSEWHERE, None, data.BOARD, ChildId(97)) is None


def test_a_child_who_is_on_no_board_or_expected_again_is_read_as_a_child(qapp):
    assert read_card(ELSEWHERE, None, data.BOARD, ChildId(99)).row.child == ChildId(99)
    board = dataclasses.replace(data.BOARD, expected=(SEEN,))
    assert read_card(SERVICES, None, board, SEEN.child) == ("child", SEEN.child)


@pytest.mark.parametrize(
    ("row", "stranger"),
    [
        (STRANGER, True),
        (BOOKED, True),
        (dataclasses.replace(BOOKED, allergy_unknown=False), False),  # booked, and known well enough
        (dataclasses.replace(STRANGER, mode=CareMode.FULL_DAY), False),
        (dataclasses.replace(STRANGER, state=RowState.PRESENT), False),
    ],
)
def test_who_nobody_expects_or_nobody_asked_about_comes_in_by_the_intake_card(row, stranger):
    assert is_stranger(row) is stranger


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (data.SICK, "今天请假：已随访。来了就先撤销请假，再入园。"),
        (BOOKED, "电话里预约的，资料还不全。按临时托登记补齐，预约的时间和班级会带出来。"),
        (STRANGER, "今天没有预约。按临时托登记，孩子和大人的资料会带出来。"),
    ],
)
def test_what_is_to_be_done_is_said_by_why_she_is_not_simply_taken_in(row, words):
    assert told_words(row) == words


@pytest.mark.parametrize("used", [False, True])
def test_who_comes_by_a_call_is_nobody_on_file_and_collects_only_once(used):
    grant = GrantRow(GrantId(4), "孙丽华", "姑姑", "138****9911", code_mark("95N3"), used)
    adult = as_adult(grant)
    assert adult.adult < 0
    assert (adult.grant, adult.may_collect, adult.barred, adult.detail) == (4, not used, False, "138****9911")
