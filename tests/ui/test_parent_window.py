"""The screen that faces the parents, from the desk's keys to what a family reads."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.reports import qr
from app.ui.parent_screen import Face
from app.ui.parent_window import ParentsWindow

Key = Qt.Key


@pytest.fixture
def calm(application, qtbot):
    def wait():
        qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)

    wait()
    return wait


@pytest.fixture
def press(window, calm):
    def do(key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
        calm()

    window.activateWindow()
    return do


@pytest.fixture
def shown(application, press):
    press(Key.Key_F11)
    found = application.standby._parents
    assert isinstance(found, ParentsWindow)
    assert found.isVisible()
    return found


def find_child(press, window, calm, letters):
    press(Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(QApplication.focusWidget(), letters)
    calm()
    press(Key.Key_Return)
    calm()


def test_it_greets_by_the_time_of_day_and_names_the_centre(shown):
    assert shown.words() == ("下午好", "欢迎来到向阳托育中心")


def test_f11_opens_and_closes_it_and_the_choice_is_kept(application, shown, press):
    assert application.preferences.choices.parents_open
    press(Key.Key_F11)
    assert not shown.isVisible()
    assert application.context.parents is None
    assert not application.preferences.choices.parents_open


def test_it_comes_up_by_itself_where_it_was_open(application, shown, calm):
    shown.close()
    application.preferences.choose(parents_open=True)
    application.standby.begin()
    calm()
    assert application.standby.parents_open


def test_looking_through_the_list_shows_no_family(application, shown, press, window, calm):
    find_child(press, window, calm, "zyq")
    press(Key.Key_Escape)
    press(Key.Key_Down)
    assert application.context.parents.shown.face is Face.GREETING


def test_handing_back_shows_the_money_then_thanks_with_the_receipts_code(
    application, shown, press, window, calm
):
    find_child(press, window, calm, "zyq")
    press(Key.Key_1)
    words = shown.words()
    assert words[:3] == ("予＊", "正在办理离园", "请出示接送凭条")
    assert words[3].startswith("应付 ¥")
    assert "朱予晴" not in "".join(words)
    press(Key.Key_M)
    QTest.keyClicks(QApplication.focusWidget(), "ZZZZ")
    assert "接送码不对，请看一下凭条" in shown.words()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Delete)
    card = window.room("desk").panel.pickup.card
    QTest.keyClicks(QApplication.focusWidget(), card.code)
    assert "接送码已核对" in shown.words()
    assert card.code not in "".join(shown.words())
    press(Key.Key_C)
    press(Key.Key_Return)
    calm()
    assert shown.words()[0] == "谢谢，慢走！"
    assert shown.words()[2].startswith("已收 ¥")
    assert shown.words()[-1] == "拍下来，到前台扫一扫可核对真假", "a telephone reads no seal"
    assert not shown._qr.isNull()


def test_another_child_chosen_clears_the_family_before(application, shown, press, window, calm):
    find_child(press, window, calm, "zyq")
    press(Key.Key_1)
    assert application.context.parents.shown.face is Face.SERVING
    find_child(press, window, calm, "wzx")
    assert application.context.parents.shown.face is Face.GREETING


def test_a_family_thanked_goes_when_the_desk_turns_to_the_next(application, shown, press, window, calm):
    find_child(press, window, calm, "zyq")
    press(Key.Key_1)
    press(Key.Key_C)
    press(Key.Key_Return)
    calm()
    assert shown.words()[2].startswith("已收 ¥")
    find_child(press, window, calm, "wzx")
    assert shown.words() == ("下午好", "欢迎来到向阳托育中心")
    assert shown._qr.isNull()


def test_opened_in_the_midst_of_an_act_it_shows_it(application, shown, press, window, calm):
    press(Key.Key_F11)
    find_child(press, window, calm, "zyq")
    press(Key.Key_1)
    press(Key.Key_F11)
    assert shown.words()[:2] == ("予＊", "正在办理离园")


def test_another_room_in_front_leaves_the_act(application, shown, press, window, calm):
    find_child(press, window, calm, "zyq")
    press(Key.Key_1)
    assert application.context.parents.shown.face is Face.SERVING
    press(Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert application.context.parents.shown.face is Face.GREETING


def test_the_code_is_painted_with_its_quiet_zone(qapp):
    picture = QImage.fromData(qr.bitmap("TDH1.R.2025-000018.K7Q2M9XA4C"))
    assert picture.width() == picture.height() > 20
    assert picture.pixelColor(0, 0).lightness() == 255
    assert picture.pixelColor(qr.QUIET, qr.QUIET).lightness() == 0


def test_its_own_keys_close_it(application, shown, calm):
    QTest.keyClick(shown, Key.Key_Escape)
    assert not application.standby.parents_open


def test_with_one_screen_it_is_a_window_of_its_own(application, shown, window):
    assert not shown.isFullScreen()
    shown.open_on("nothing of that name", None)  # the desk has none: the first will do
    assert shown.isFullScreen()


def test_settings_have_buttons_for_what_the_keys_do(application, press, window, calm):
    press(Key.Key_0, Qt.KeyboardModifier.AltModifier)
    room = window.room("settings")

    def click(name):
        from PySide6.QtWidgets import QPushButton

        button = room.findChild(QPushButton, name)
        button.click()
        calm()
        return button

    toggle = click("settings.parents")
    assert application.standby.parents_open
    assert toggle.text() == "关闭家长屏"
    screen = application.app.screens()[0].name()
    click("settings.parents_screen.s0")
    assert application.preferences.choices.parents_screen == screen
    click("settings.parents_screen.auto")
    assert application.preferences.choices.parents_screen == ""
    click("settings.parents")
    assert toggle.text() == "打开家长屏"
    click("settings.print_again")
    click("settings.roll_call")
    assert application.standby._roll_call is not None


def test_a_family_just_registered_is_thanked_with_the_code_of_its_slip(application, shown, calm):
    from app.domain.ids import ChildId
    from app.ui.parent_push import show_seal

    screen = application.context.parents
    gone = screen.thank(ChildId(2), "张沐阳", "")
    ticket = screen.thank(ChildId(1), "朱予晴", "")

    class Slip:
        seal = "TDH1.S.S-20251203-0001.K7Q2M9XA4C"

    show_seal(application.context, gone, Slip)  # of another child: dropped
    calm()
    assert screen.shown.qr == b""
    show_seal(application.context, ticket, Slip)
    calm()
    assert screen.shown.qr.startswith(b"P1")
