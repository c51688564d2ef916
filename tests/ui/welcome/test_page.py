"""The first start, on a real empty file."""

import random

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
    for _ in range(4):
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert title(page) == "都好了"
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
