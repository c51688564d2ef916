# ruff: noqa: F811  # the fixtures of another module are asked for by their names
"""What was scanned for a child at the desk proves something about her, and about nobody else."""

import dataclasses

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.ids import AdultId, VisitId
from app.services.collecting import CheckOut
from app.ui.desk.scanned import PassCard, Scanned, along, scanned_for
from app.ui.rooms import Target
from tests.ui.desk import data
from tests.ui.desk.test_release import SISTER, YUQING, desk, press, room  # noqa: F401, as fixtures
from tests.ui.support import settle

Key = Qt.Key
CARD = "C-000038"


def test_the_slip_of_a_child_who_has_left_fills_in_nobody_elses_code(room, qtbot, desk):
    room.show_yuqing()
    view = room.panel.pickup
    press(qtbot, room, Key.Key_1)
    room.entered(Target(visit=data.GONE.visit, act="code"))
    settle(qtbot, room.context)
    assert (room.panel.row.child, view.code.text()) == (data.GONE.child, "")
    room.show_yuqing()
    assert (view.code.text(), view.adults.chosen) == ("", None)
    press(qtbot, room, Key.Key_2, Key.Key_C, Key.Key_Return)
    assert desk.calls == [CheckOut(YUQING, AdultId(2), "known", "cash")]


def test_her_own_slip_fills_in_her_code(room, qtbot, desk):
    room.entered(Target(visit=YUQING, act="code"))
    settle(qtbot, room.context)
    press(qtbot, room, Key.Key_1, Key.Key_C, Key.Key_Return)
    assert desk.calls == [CheckOut(YUQING, AdultId(1), "code", "cash", "K7QM")]


def test_a_scanned_card_is_a_proof_and_goes_with_its_number(room, qtbot, desk):
    room.show_yuqing()
    press(qtbot, room, Key.Key_1, Key.Key_C)
    room.entered(Target(child=data.YUQING.child, visit=YUQING, act=f"card {CARD}"))
    settle(qtbot, room.context)
    tick = room.panel.pickup.pass_card
    assert (tick.isChecked(), CARD in tick.accessibleName()) == (True, True)
    press(qtbot, room, Key.Key_Return)
    assert desk.calls == [CheckOut(YUQING, AdultId(1), "card", "cash", card=CARD)]


def test_without_a_scan_j_says_what_is_missing_and_proves_nothing(room, qtbot, desk):
    room.show_yuqing()
    press(qtbot, room, Key.Key_1, Key.Key_C, Key.Key_J)
    assert not room.panel.pickup.pass_card.isChecked()
    assert "接送卡扫过才算" in room.panel.complaint.text()
    press(qtbot, room, Key.Key_Return)
    assert desk.calls == [CheckOut(YUQING, AdultId(1), "known", "cash")]


def test_a_scanned_card_can_be_put_aside_and_is_of_one_child(qtbot):
    tick = QPushButton()
    tick.setCheckable(True)
    tick.setAccessibleName("接送卡")
    qtbot.addWidget(tick)
    card, lacked = PassCard(tick), []
    card.lacking.connect(lambda: lacked.append(1))
    tick.click()
    assert (tick.isChecked(), card.number, lacked) == (False, "", [1])
    card.show_number(CARD)
    assert (card.number, tick.accessibleName()) == (CARD, f"接送卡 {CARD}")
    tick.click()
    assert card.number == ""
    tick.click()
    assert (card.number, lacked) == (CARD, [1])
    card.show_number("")
    assert (card.number, tick.accessibleName(), tick.isChecked()) == ("", "接送卡", False)
    act = CheckOut(YUQING, AdultId(1), "card", card=CARD)
    hers = CheckOut(SISTER.visit, AdultId(1), "card", card=CARD, beside=YUQING)
    assert list(along(act, iter([SISTER.visit]))) == [hers]
    for plain in (CheckOut(YUQING, AdultId(1)), CheckOut(YUQING, AdultId(1), "identity")):
        assert list(along(plain, iter([SISTER.visit]))) == [dataclasses.replace(plain, visit=SISTER.visit)]


def test_what_was_scanned_of_an_earlier_stay_of_hers_proves_nothing_now(room):
    room.show_yuqing()
    view = room.panel.pickup
    for kind, words in (("code", ""), ("card", CARD)):
        Scanned(VisitId(4), kind, words).hand_to(view)
    assert (view.code.text(), view.pass_card.isChecked()) == ("", False)


def test_only_a_code_or_a_card_of_a_stay_proves_anything():
    assert scanned_for(Target(child=data.YUQING.child, act=f"card {CARD}")) is None
    assert scanned_for(Target(visit=VisitId(3))) is None
    assert scanned_for(Target(visit=VisitId(3), act="code 95N3")) == Scanned(VisitId(3), "code", "95N3")
