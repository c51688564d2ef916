"""The shell around the rooms, in the real window on the practice file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.looks import Tone
from app.domain.staff import Role
from app.store.errors import DiskFullError, of_copy
from app.ui.rooms import ROOMS


@pytest.fixture
def calm(qtbot, window):
    """Wait until the program has nothing under way."""
    jobs = window._context.jobs

    def wait():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=10_000)

    return wait


@pytest.fixture
def sign_in(window, calm):
    def sign(role):
        found = []
        window._context.ask(lambda s: s.people.staff(), found.append)
        calm()
        window._context.sign_in(next(actor for actor in found[0] if actor.role is role))
        calm()

    return sign


def text_of(window, name):
    return window.findChild(QLabel, name).text()


def test_it_starts_at_the_desk_in_the_amber_frame_with_somebody_signed_in(window):
    assert window.current_key == "desk"
    assert window.windowTitle().startswith("练习")
    assert window._context.actor.role is Role.FRONT_DESK
    assert text_of(window, "shell.date") == "2025年12月3日 星期三 · 13:52"
    assert window.findChild(QWidget, "shell.who").accessibleName().startswith("林晓")


def test_rooms_are_entered_by_key_and_light_their_button(window, qtbot, calm):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    calm()
    assert window.current_key == "classroom"
    assert window.findChild(QPushButton, "rail.classroom").isChecked()
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    calm()
    assert window.current_key == "settings"


def test_a_room_one_may_not_enter_has_no_button_and_no_key(window, qtbot, calm, sign_in):
    assert window.findChild(QPushButton, "rail.office").isHidden()
    qtbot.keyClick(window, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert window.current_key == "desk"
    sign_in(Role.DIRECTOR)
    assert not window.findChild(QPushButton, "rail.office").isHidden()
    window.enter("office")
    calm()
    sign_in(Role.TEACHER)
    assert window.current_key == "desk"


def test_every_room_opens_and_closes_for_the_director_in_both_themes_at_any_font(window, calm, sign_in, qapp):
    sign_in(Role.DIRECTOR)
    for name, scale in (("light", 100), ("dark", 200)):
        window._context.theme.apply(qapp, name, scale)
        for spec in ROOMS:
            window.enter(spec.key)
            calm()
            assert window.current_key == spec.key
            assert not window.grab().isNull()
    window._context.theme.apply(qapp, "light", 100)


def test_the_search_finds_a_child_by_initials_and_enter_goes_there(window, qtbot, calm):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(QLineEdit, "desk.search")
    assert box.hasFocus()
    qtbot.keyClicks(box, "zyq")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    calm()
    assert box.text() == ""
    assert window.findChild(QWidget, "finder").isHidden()


def test_a_command_is_done_from_the_search(window, qtbot, calm):
    box = window.findChild(QLineEdit, "desk.search")
    for text, seen in (("jiesongka", "cards"), ("huanren", "staff_overlay")):
        qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        calm()
        qtbot.waitUntil(lambda seen=seen: window.findChild(QWidget, seen) is not None, timeout=5000)
        calm()
        assert window.findChild(QWidget, seen).isVisible()


def test_the_search_says_when_nobody_is_found_and_esc_leaves(window, qtbot, calm):
    box = window.findChild(QLineEdit, "desk.search")
    box.setFocus()
    qtbot.keyClicks(box, "xqz")
    qtbot.waitUntil(lambda: not window.findChild(QWidget, "finder").isHidden(), timeout=3000)
    assert "没有找到" in text_of(window, "finder.title")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert window.findChild(QWidget, "finder").isHidden()


def test_esc_gives_the_focus_back_to_where_it_was_in_the_room(window, qtbot, calm):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    calm()
    qtbot.waitUntil(lambda: "finder" in vars(window))  # it is made when the room has been drawn
    cards = window.findChild(QWidget, "classroom.grid")
    cards.setFocus()
    qtbot.waitUntil(cards.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(QLineEdit, "desk.search")
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert cards.hasFocus()


def test_esc_out_of_the_search_never_leaves_the_focus_nowhere(window, qtbot, calm):
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.findChild(QLineEdit, "desk.search")
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)  # where it was has gone
    calm()
    qtbot.waitUntil(lambda: "finder" in vars(window))  # it is made when the room has been drawn
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() not in {None, box}


def test_a_forged_code_is_called_false_without_pressing_enter(window, qtbot, calm):
    box = window.findChild(QLineEdit, "desk.search")
    box.setFocus()
    qtbot.keyClicks(box, "TDH1.R.2025-000001.AAAAAAAAAA")
    calm()
    assert text_of(window, "finder.title") == "假"


def test_ctrl_z_takes_the_latest_act_back_and_says_so(window, qtbot, calm):
    said, asked = [], []
    messages = window._context.messages
    messages.said.connect(lambda notice: said.append(notice.words))
    messages.undo_wanted.connect(asked.append)
    messages.say("朱予晴 入园", undo=Undo("nothing", 1, "朱予晴 入园"))
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    calm()
    assert [undo.label for undo in asked] == ["朱予晴 入园"]
    assert said[-1] == "“朱予晴 入园”不能撤销。"


def test_another_person_may_not_take_back_what_the_first_one_did(window, calm, sign_in):
    window._context.messages.say("x", undo=Undo("check_in", 1, "x"))
    notice = window.findChild(QWidget, "notice")
    assert notice.isVisible()
    sign_in(Role.TEACHER)
    assert window._context.messages.next_undo() is None
    assert notice.isHidden()


def test_the_banner_of_a_full_disk_goes_with_the_next_act_that_is_saved(window, calm):
    context, full = window._context, [DiskFullError("满了，刚才这一步没有保存。")]

    def verb(services):
        if full:
            raise full.pop()
        return Done(None, Changes(frozenset({Topic.DRAFTS})))

    context.act(verb)
    calm()
    assert window._banners.keys() == ("DiskFullError",)
    context.ask(lambda s: None, lambda _none: None)  # only looked: nothing is known of the disk
    calm()
    assert window._banners.keys() == ("DiskFullError",)
    context.act(verb)
    calm()
    assert window._banners.keys() == ()


def test_the_banner_of_a_back_up_that_failed_outlives_the_next_act(window, calm):
    context = window._context
    context.messages.fail(of_copy(DiskFullError("满了。")))
    context.act(lambda s: Done(None, Changes(frozenset({Topic.DRAFTS}))))
    calm()
    assert window._banners.keys() == ("DiskFullError",)


def test_a_banner_stays_until_its_cause_is_gone(window):
    messages = window._context.messages
    pressed = []
    messages.banner("disk", "磁盘满了。", Tone.BAD, "再试一次", lambda: pressed.append(1))
    assert window._banners.keys() == ("disk",)
    window.findChild(QPushButton, "banner.disk.act").click()
    assert pressed == [1]
    messages.end_banner("disk")
    assert window._banners.keys() == ()


def test_staff_change_by_ctrl_l_and_the_room_below_is_deaf_meanwhile(window, qtbot, calm):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    calm()
    overlay = window.findChild(QWidget, "staff_overlay")
    assert overlay.isVisible()
    assert not window.host.isEnabled()
    names = [b for b in overlay.findChildren(QPushButton) if "园长" in b.accessibleName()]
    names[0].click()
    calm()
    assert window.host.isEnabled()
    assert window._context.actor.role is Role.DIRECTOR


def test_whoever_acts_has_a_name_for_the_tests_and_one_for_the_ear(window, calm, sign_in):
    sign_in(Role.DIRECTOR)
    window.enter("settings")
    calm()
    mute = [
        widget.objectName() or widget.text()
        for widget in window.findChildren(QPushButton)
        if not widget.objectName() or not (widget.accessibleName() or widget.text())
    ]
    assert mute == []
