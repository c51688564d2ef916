"""The side panel by itself: which face a child has, which acts it offers, and what its keys mean there."""

import dataclasses

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.domain.ids import ReceiptId, VisitId
from app.domain.modes import CareMode
from app.services.desk import ChildCard
from app.services.pickup import PickupCard
from app.ui.desk.panel import SidePanel
from tests.ui.desk import data, fakes

STRANGER = data.row(
    9, "石榴", data.LEYAO.state, mode=CareMode.TEMPORARY, expected_minute=None, mode_words="临时托"
)
INSIDE = PickupCard(VisitId(101), data.CARD, "K7QM", fakes.QUOTE, "交接单未签（缺：情绪）", False, None)


@pytest.fixture
def panel(qtbot, ink):
    made = SidePanel(ink)
    qtbot.addWidget(made)
    made.resize(380, 640)
    made.show()
    return made


def card(row, words="今天还没来"):
    return ChildCard(row, (data.MOTHER,), words)


def acts(panel):
    foot = panel.foot
    offered = (*foot.acts, foot.undo_left, foot.again, foot.report, foot.receipt)
    return [made.text() for made in offered if not made.isHidden()]


def press(panel, key, modifiers=Qt.KeyboardModifier.NoModifier):
    return panel.press(QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


@pytest.mark.parametrize(
    ("row", "face", "offered"),
    [
        (data.LEYAO, "arrival", ["晨检正常，入园"]),
        (data.SICK, "left", ["撤销请假"]),
        (STRANGER, "left", ["临时托登记，资料已带出"]),
        (data.GONE, "left", ["撤销离园", "再次入园", "打印报告"]),  # nobody paid
    ],
)
def test_where_she_is_today_says_what_is_to_be_done_next(panel, row, face, offered):
    panel.show_row(row)
    panel.show_card(card(row))
    assert panel.face is getattr(panel, face)
    assert acts(panel) == offered


def test_until_her_card_is_read_nothing_can_be_done_with_her(panel):
    panel.show_card(card(data.LEYAO))
    panel.complain("还差体温")
    panel.show_row(data.YUQING)
    assert (panel.day.text(), acts(panel)) == ("正在读取…", [])
    assert panel.complaint.isHidden()
    panel.show_nothing()
    assert panel.face is panel.empty
    assert (panel.head.isHidden(), panel.row, panel.hints()) == (True, None, "")


def test_the_same_row_read_again_keeps_the_card_that_stands_there(panel):
    panel.show_pickup(INSIDE)
    panel.show_row(dataclasses.replace(data.YUQING, chip=data.LATE.chip))
    assert panel.face is panel.pickup
    assert panel.row.chip == data.LATE.chip


def test_the_gaps_of_her_note_are_news_only_once_she_is_to_go(panel):
    panel.show_pickup(INSIDE)
    assert panel.day.text().endswith("预计 14:00 接 · 交接单未签（缺：情绪）")
    early = dataclasses.replace(data.CARD, row=dataclasses.replace(data.YUQING, state=data.PRESENT[0].state))
    panel.show_pickup(dataclasses.replace(INSIDE, card=early))
    assert "交接单" not in panel.day.text()


def test_keys_with_a_modifier_belong_to_the_window_and_those_of_the_keypad_count(panel):
    panel.show_pickup(INSIDE)
    assert not press(panel, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert panel.pickup.adults.chosen is None
    assert press(panel, Qt.Key.Key_2, Qt.KeyboardModifier.KeypadModifier)
    assert panel.pickup.adults.chosen == data.MOTHER.adult


def test_a_child_who_left_without_a_valid_receipt_is_asked_how_it_is_paid(panel):
    gone = dataclasses.replace(data.GONE, child=data.YUQING.child, name="朱予晴", visit=VisitId(101))
    panel.show_pickup(dataclasses.replace(INSIDE, card=card(gone)))
    assert "没有有效的收据，应收 ¥95.00。" in panel.left.text()
    issued = []
    panel.receipt_issued.connect(lambda visit, tender: issued.append((visit, tender)))
    assert press(panel, Qt.Key.Key_Return)
    assert issued == []
    assert "先选怎么付" in panel.complaint.text()
    assert press(panel, Qt.Key.Key_W)
    assert panel.complaint.isHidden()
    assert press(panel, Qt.Key.Key_Return)
    assert issued == [(VisitId(101), "wechat")]


def test_a_paid_departure_offers_its_receipt_and_an_unpaid_one_none(panel):
    gone = card(dataclasses.replace(data.GONE, visit=VisitId(107)))
    left = dataclasses.replace(INSIDE, card=gone, quote=None)
    panel.show_pickup(left)
    assert panel.receipt.isHidden()
    assert not press(panel, Qt.Key.Key_S)
    paid = fakes.Taken(ReceiptId(1), "2025-000643", fakes.QUOTE.lines, fakes.QUOTE.total)
    panel.show_pickup(dataclasses.replace(left, receipt=ReceiptId(1), taken=(paid,)))
    asked = []
    panel.receipt_requested.connect(asked.append)
    assert press(panel, Qt.Key.Key_S)
    assert asked == [VisitId(107)]


def test_while_an_act_is_on_its_way_enter_does_it_no_second_time(panel):
    panel.show_card(card(data.LEYAO))
    asked = []
    panel.arrival.check_in_requested.connect(asked.append)
    panel.insists = False
    panel.set_saving(True)
    assert not press(panel, Qt.Key.Key_Return)
    panel.set_saving(False)
    assert press(panel, Qt.Key.Key_Return)
    assert len(asked) == 1


def test_l_rings_the_family_of_who_is_inside_at_any_time_and_nobody_elses(panel):
    rung = []
    panel.ring_requested.connect(lambda row: rung.append(row.name))
    panel.show_card(card(data.LEYAO))
    assert not press(panel, Qt.Key.Key_L)
    panel.show_pickup(INSIDE)
    assert panel.ring.isHidden() is not data.YUQING.to_ring
    assert press(panel, Qt.Key.Key_L)
    assert rung == ["朱予晴"]
