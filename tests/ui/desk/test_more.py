"""更多 beside the act of going home: a list by keys, whose lines keep the keys they had."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.domain.looks import Tone
from tests.ui import walk
from tests.ui.desk import data
from tests.ui.desk.test_page import desk, focused, room  # noqa: F401

Key = Qt.Key


@pytest.fixture
def more(room):  # noqa: F811
    room.show_for_test(data.YUQING.child)
    return room.panel.more


def names(more):
    return [line.objectName() for line in more.lines if line.isVisible()]


def test_q_opens_it_above_its_button_and_arrows_walk_it(room, more, qtbot):  # noqa: F811
    assert not more.isVisible()
    qtbot.keyClick(focused(room), Key.Key_Q)
    assert names(more) == [
        "pickup.pass_card", "pickup.note_belonging", "pickup.later", "pickup.grants", "desk.check_in_undo",
    ]  # fmt: skip
    assert all(walk.shown_part(line).size() == line.size() for line in more.lines if line.isVisible())
    assert min(line.height() for line in more.lines if line.isVisible()) >= 44
    assert focused(room).objectName() == "pickup.pass_card"
    qtbot.keyClick(focused(room), Key.Key_Up)
    assert focused(room).objectName() == "desk.check_in_undo"
    for _ in range(2):
        qtbot.keyClick(focused(room), Key.Key_Down)
    qtbot.keyClick(focused(room), Key.Key_Return)
    assert not more.isVisible()
    assert room.panel.pickup.belonging.hasFocus()


def test_esc_puts_it_away_and_gives_the_focus_back(room, more, qtbot):  # noqa: F811
    room.panel.foot.more.click()
    assert more.isVisible()
    qtbot.keyClick(focused(room), Key.Key_Escape)
    assert not more.isVisible()
    assert focused(room) is room.panel.foot.more
    room.panel.foot.more.click()
    room.panel.foot.more.click()
    assert not more.isVisible()


@pytest.mark.parametrize("opened", [False, True])
def test_each_line_is_done_by_its_key_whether_it_is_up_or_not(room, more, qtbot, opened):  # noqa: F811
    view = room.panel.pickup
    for key, done in (
        (Key.Key_J, lambda: "扫过才算" in room.panel.complaint.text()),
        (Key.Key_Z, view.later.isChecked),
        (Key.Key_N, view.belonging.isVisible),
    ):
        room.panel.check_out.setFocus()
        if opened:
            qtbot.keyClick(focused(room), Key.Key_Q)
        qtbot.keyClick(focused(room), key)
        assert done(), key
        assert not more.isVisible()


def test_what_is_ticked_out_of_sight_is_told_where_the_adults_are(room, more, qtbot):  # noqa: F811
    view = room.panel.pickup
    before = view._others.text()
    for height in (676, 480):  # the question has given way in the second
        room.resize(1278, height)
        QApplication.processEvents()
        assert view._others.isVisible() == (height == 676)
        view.show_pass("C-000038")
        QApplication.processEvents()
        assert "接送卡" in view._others.text()
        assert view._others.isVisible()
        qtbot.keyClick(focused(room), Key.Key_J)
        assert view._others.text() == before


def test_it_goes_when_the_focus_goes_elsewhere_or_another_child_is_shown(room, more, qtbot):  # noqa: F811
    for leave in (room.due.view.setFocus, lambda: room.show_for_test(data.LATE.child)):
        room.show_for_test(data.YUQING.child)
        room.panel.foot.more.click()
        assert more.isVisible()
        leave()
        assert not more.isVisible()


def test_the_report_stands_beside_the_act_or_in_the_list(room, more, qtbot):  # noqa: F811
    foot = room.panel.foot
    assert (foot.report.isVisible(), foot.report_line.isHidden()) == (True, True)
    qtbot.keyClick(focused(room), Key.Key_R)
    room.context.theme.apply(QApplication.instance(), "light", 200)
    room.resize(1229, 556)
    assert (foot.report.isVisible(), foot.report_line.isHidden()) == (False, False)
    foot.more.click()
    assert more.rect().height() <= room.height()
    assert foot.report_line.isVisible()
    more.close_list()
    room.context.theme.apply(QApplication.instance(), "light", 100)
    room.resize(1278, 676)
    room.show_for_test(data.GONE.child)
    assert (foot.more.isVisible(), foot.report.isVisible()) == (False, True)


def test_a_line_that_is_on_shows_the_mark_of_what_is_well(room, more, qtbot):  # noqa: F811
    theme = room.context.theme
    line = room.panel.pickup.pass_card
    line.setChecked(True)
    room.panel.foot.more.click()
    image = line.grab().toImage()
    ok = theme.color("ok").name()
    found = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert ok in found, Tone.OK
