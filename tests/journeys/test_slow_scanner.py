"""A scanner as slow as a typist, or one that is switched off: what it types does nothing to any child."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPushButton

from app.domain.rollcall import HeadState
from app.domain.seals import SealKind
from app.services.numbers import slip_number
from app.store import day, releases
from app.ui.rollcall.sheet import RollCallSheet
from tests.journeys.test_scanner import Hands
from tests.ui.stage import DESK, TEACHER, Stage

DAY = dt.date(2025, 12, 3)
CHILD = "夏小舟"  # her father is 1, her mother 2
FOREIGN = "6921234567891"  # of a tin of milk: its 1 and 2 would choose who takes her


@pytest.fixture
def hands(qapp, practice_file, clock):
    stage = Stage(practice_file, clock)
    stage.rest()
    yield Hands(stage)
    stage.close()


def at_desk(hands):
    """Every stay of who is inside now, and the code of somebody's slip who is not CHILD."""
    hands.stage.sign_in(DESK)
    hands.stage.hands.key("Alt+1")
    hands.stage.settle()
    here = [one for one in hands.read(lambda db: day.list_stays(db, DAY)) if one.left_at is None]
    other = next(one for one in here if one.who.name not in {CHILD, "何宇轩"})
    return here, other, hands.code(SealKind.SLIP, slip_number(DAY, other.visit))


def released(hands):
    return hands.read(lambda db: [one.who.name for one in day.list_stays(db, DAY) if one.left_at is not None])


def logged(hands):
    return hands.read(lambda db: db.row("select count(*) as n from log_entry")["n"])


@pytest.mark.parametrize("gap", [45, 70, 110])
def test_the_slip_of_another_child_releases_nobody_and_opens_its_own(hands, gap):
    stage = hands.stage
    _, other, code = at_desk(hands)
    gone = released(hands)
    stage.row("desk.present", CHILD)
    stage.hands.key("F4")
    stage.settle()
    hands.scan(code, gap=gap)
    assert released(hands) == gone
    assert stage.window.room("desk").panel.row.name == other.who.name
    for _ in range(2):  # only lit in the list
        stage.row("desk.present", CHILD)
        hands.scan(code, gap=gap)
    assert released(hands) == gone


def test_a_tin_of_milk_chooses_nobody_and_confirms_nothing(hands):
    stage = hands.stage
    at_desk(hands)
    gone = released(hands)
    stage.row("desk.present", CHILD)
    stage.hands.key("F4")
    stage.settle()
    hands.scan(FOREIGN, gap=60)
    assert released(hands) == gone
    assert stage.window.room("desk").panel.pickup.adults.chosen is None
    assert hands.said[-1].startswith(f"扫到“{FOREIGN}”，不是本中心的卡或单据")


def test_what_it_typed_into_the_search_is_taken_out_again(hands):
    stage = hands.stage
    at_desk(hands)
    field = stage.window.findChild(QLineEdit, "desk.search")
    field.setFocus()
    hands.scan(FOREIGN, gap=45)
    assert field.text() == ""
    assert hands.said[-1].startswith(f"扫到“{FOREIGN}”，不是本中心的卡或单据")


def test_in_the_list_of_who_is_expected_it_takes_nobody_in(hands):
    stage = hands.stage
    here, _, code = at_desk(hands)
    expected = stage.window.findChild(QAbstractItemView, "desk.expected")
    name = next(iter(expected.model().child_rows())).name
    stage.row("desk.expected", name)
    for text in (FOREIGN, FOREIGN, code, code):  # Enter of the first would turn to her, of the second act
        hands.scan(text, gap=60)
    assert len(hands.read(lambda db: day.list_stays(db, DAY))) == len(here) + len(released(hands))


@pytest.mark.parametrize("gap", [50, 100])
def test_in_the_classroom_a_card_logs_nothing_and_chooses_its_child(hands, gap):
    stage = hands.stage
    stage.sign_in(TEACHER)
    stage.hands.key("Alt+2")
    stage.settle()
    before, card = logged(hands), hands.code(SealKind.CARD, hands.card_of("孙一诺"))
    for _ in range(2):
        hands.scan(card, gap=gap)
    room = stage.window.room("classroom")
    assert [one.name for one in room._grid.meant()] == ["孙一诺"]
    hands.scan(FOREIGN, gap=gap)
    stage.hands.key("Escape")
    assert logged(hands) == before


def test_in_a_roll_call_it_marks_its_child(hands):
    stage = hands.stage
    _, other, code = at_desk(hands)
    for key in ("F9", "F8"):
        stage.hands.key(key)
        stage.settle()
    hands.scan(code, gap=60)
    heads = stage.window.findChild(RollCallSheet)._roll.heads
    assert [one.name for one in heads if one.state is HeadState.SAFE] == [other.who.name]


@pytest.mark.parametrize("gap", [8, 60])
def test_switched_off_a_scan_over_an_open_pick_up_does_nothing_and_says_so(hands, gap):
    stage = hands.stage
    stage.show("settings")
    stage.window.findChild(QPushButton, "settings.scanner.0").click()
    _, _, code = at_desk(hands)
    gone = released(hands)
    for text in (code, FOREIGN):
        stage.row("desk.present", CHILD)
        stage.hands.key("F4")
        stage.settle()
        hands.scan(text, gap=gap)
        assert released(hands) == gone
        assert hands.said[-1].startswith("扫码枪在这台电脑上没有打开")
    assert stage.window.room("desk").panel.pickup.adults.chosen is None


@pytest.mark.parametrize("gap", [20, 60, 110, 250])
def test_a_clerk_presses_1_and_enter_as_fast_as_she_likes(hands, gap):
    stage = hands.stage
    here, _, _ = at_desk(hands)
    stage.row("desk.present", CHILD)
    stage.hands.key("F4")
    stage.settle()
    hands.keys.rest(300)
    hands.keys.press("1")
    hands.keys.press("\r", after=gap)
    stage.settle()
    assert CHILD in released(hands)
    stay = next(one for one in here if one.who.name == CHILD)
    kept = hands.read(lambda db: releases.find_release_of_visit(db, stay.visit))
    assert kept.who.startswith("爸爸")
