"""The first start, on a real empty file."""

import random
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from app import main
from app.domain.staff import Role
from app.paths import Places


@pytest.fixture
def application(tmp_path, clock, qtbot):
    application = main.build_application(Places(tmp_path / "data"), clock, rng=random.Random(7))
    application.start()
    qtbot.waitUntil(lambda: application.window.findChild(QWidget, "welcome") is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)
    yield application
    application.close()


@pytest.fixture
def page(application):
    return application.window.findChild(QWidget, "welcome")


def title(page):
    return page.findChild(QLabel, "welcome.title").text()


def press_enter(qtbot, application):
    qtbot.keyClick(application.app.focusWidget() or application.window, Qt.Key.Key_Return)


def finish(qtbot, application, page):
    page._go(5)
    page.findChild(QPushButton, "welcome.next").click()
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)


def test_the_centre_is_made_with_the_keyboard_alone(qtbot, application, page):
    qtbot.keyClick(page.findChild(QPushButton, "welcome.own"), Qt.Key.Key_Return)
    name = page.findChild(QLineEdit, "welcome.name")
    name.selectAll()
    name.insert("朝阳托育中心")  # QTest types ASCII only
    for _ in range(2):
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert title(page) == "老师和同事"
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    for _ in range(2):  # it asked for the director's PIN; Enter goes from one line to the next
        qtbot.keyClicks(application.app.focusWidget(), "4826")
        press_enter(qtbot, application)
        assert not page.pins._pairs[0].again.problem
    assert title(page) == "价目"
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert title(page) == "都好了"
    assert "园长口令：已设" in page._sum.text()
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: application.window.findChild(QWidget, "staff") is not None, timeout=10_000)
    press_enter(qtbot, application)
    qtbot.waitUntil(lambda: application.ready, timeout=10_000)
    assert application.window.current_key == "desk"
    found = []
    application.context.ask(lambda s: s.setup.state(), found.append)
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)
    assert found[0].name == "朝阳托育中心"
    assert not found[0].practice
    director = next(one for one in ask(qtbot, application, lambda s: s.people.staff()) if one.name == "园长")
    assert ask(qtbot, application, lambda s: s.pins.verify(director.id, "4826")) == director


def test_every_step_begins_in_its_first_line_and_typing_replaces_what_is_proposed(qtbot, application, page):
    qtbot.keyClick(page.findChild(QPushButton, "welcome.own"), Qt.Key.Key_Return)
    found = []
    for _ in range(3):
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        held = application.app.focusWidget()
        found.append((held.objectName(), held.selectedText() == held.text()))
        if title(page) == "老师和同事":
            qtbot.keyClicks(held, "Zhou Min")
            qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # no PIN, said once
    assert found == [
        ("welcome.classes.1.name", True),
        ("welcome.staff.1.name", True),
        ("welcome.prices.temp_full_day", True),
    ]
    assert page.staff.plans()[0].name == "Zhou Min"


def ask(qtbot, application, read):
    found = []
    application.context.ask(read, found.append)
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)
    return found[0]


def go_on(qtbot, page):
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def pin_lines(page, which=""):
    return [page.findChild(QLineEdit, f"welcome.pin{which}{part}") for part in ("", "_again")]


def test_without_a_pin_one_goes_on_only_after_being_told_what_that_means(qtbot, application, page):
    page._go(3)
    go_on(qtbot, page)
    assert title(page) == "老师和同事"
    words = page.findChild(QLabel, "welcome.pin_words").text()
    assert "以后第一次用到时再定" in words
    assert "谁登录时选了园长的名字，就能当园长用" in words
    assert pin_lines(page)[0].hasFocus()
    go_on(qtbot, page)
    go_on(qtbot, page)
    assert "以后第一次用到时再定" in page._sum.text()
    go_on(qtbot, page)
    qtbot.waitUntil(lambda: application.window.findChild(QWidget, "staff") is not None, timeout=10_000)
    staff = ask(qtbot, application, lambda s: s.people.staff())
    assert not any(one.has_pin for one in ask(qtbot, application, lambda s: s.pins.holders(staff[0])))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (("1234", "1234"), "太好猜"),
        (("482", "482"), "4 到 6 位"),
        (("4826", "4862"), "两次输的口令不一样"),
        (("", "4826"), "4 到 6 位|只能用数字"),
    ],
)
def test_a_pin_that_cannot_be_holds_the_step_however_often_one_goes_on(qtbot, page, typed, problem):
    page._go(3)
    for line, text in zip(pin_lines(page), typed, strict=True):
        qtbot.keyClicks(line, text)
    for _ in range(3):
        go_on(qtbot, page)
        assert title(page) == "老师和同事"
        said = " ".join(one.text() for one in page.pins.findChildren(QLabel) if one.isVisible())
        assert re.search(problem, said)


def test_each_director_has_her_lines_and_keeps_what_she_typed(qtbot, page):
    page._go(3)
    for line in pin_lines(page):
        qtbot.keyClicks(line, "4826")
    role = page.staff._rows[2][1]
    role.setCurrentIndex(role.findData("director"))
    assert pin_lines(page)[0].text() == "4826"
    assert pin_lines(page, ".2")[0].text() == ""
    go_on(qtbot, page)
    assert "小海豚老师一" in page.findChild(QLabel, "welcome.pin_words").text()
    pins = {one.name: one.pin for one in page._plan().staff}
    assert (pins["园长"], pins["小海豚老师一"], pins["前台"]) == ("4826", "", "")
    role.setCurrentIndex(role.findData("teacher"))
    assert page.findChild(QLineEdit, "welcome.pin.2") is None or not pin_lines(page, ".2")[0].isVisible()
    go_on(qtbot, page)
    assert title(page) == "价目"


def test_what_a_rule_refuses_is_shown_at_its_field(qtbot, application, page):
    page._go(1)
    page.closing.set_text("06:00")
    finish(qtbot, application, page)
    assert title(page) == "您的中心"
    assert "关门时间" in page.closing.problem


def test_a_price_that_is_none_is_named_before_anything_is_kept(qtbot, application, page):
    price = page.prices.findChildren(QLineEdit)[0]
    price.setText("八十")
    finish(qtbot, application, page)
    assert title(page) == "价目"
    assert "“八十”不是金额" in page.findChild(QLabel, "welcome.problem").text()


def test_teachers_follow_a_class_that_is_renamed(application, page):
    page._go(2)
    page.classes.findChildren(QLineEdit)[0].setText("小蜜蜂")
    page._go(3)
    assert {plan.class_name for plan in page.staff.plans() if plan.role is Role.TEACHER} == {
        "小蜜蜂",
        "抱抱龙",
    }


def test_rows_can_be_added_and_taken_away_but_never_the_last(application, page):
    page._go(2)
    page.findChild(QPushButton, "welcome.classes.add").click()
    assert len(page.classes.plans()) == 3
    assert len({plan.colour for plan in page.classes.plans()}) == 3
    for _ in range(4):
        page.classes._rows[0][-1].click()
    assert len(page.classes.plans()) == 1


def test_the_kind_of_a_class_limits_its_seats(application, page):
    kind = page.classes.findChildren(QComboBox)[0]
    kind.setCurrentIndex(kind.findData("infant"))
    assert page.classes.plans()[0].seats == 10


def test_esc_goes_one_step_back(qtbot, application, page):
    page._go(3)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert title(page) == "班级"


def test_the_other_door_leads_to_the_practice_centre(qtbot, application, page):
    with qtbot.waitSignal(application.practice_wanted):
        page.findChild(QPushButton, "welcome.practice").click()


def test_enter_in_a_line_goes_one_step_on(qtbot, page):
    page._go(1)
    qtbot.keyClick(page.name.edit, Qt.Key.Key_Return)
    assert title(page) == "班级"
