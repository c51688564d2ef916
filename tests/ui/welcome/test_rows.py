"""Rows of a plan: what is shown is what is read back."""

import pytest
from PySide6.QtWidgets import QPushButton

from app.domain.classes import ClassKind
from app.domain.errors import RuleError
from app.domain.money import Money
from app.domain.staff import Role
from app.services.setup import ClassPlan, PricePlan, StaffPlan
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.welcome.failure import FailurePage
from app.ui.welcome.rows import ClassRows, PriceRows, StaffRows


@pytest.fixture
def theme(qapp):
    return Theme()


@pytest.fixture
def icons(theme):
    return Icons(theme)


def test_classes_and_prices_come_back_as_they_went_in(qtbot, theme, icons):
    classes = (
        ClassPlan("小海豚", ClassKind.TODDLER, 15, "#3D8EB0"),
        ClassPlan("曙光", ClassKind.MIXED, 18, "#D4A017"),
    )
    prices = (PricePlan("lunch", "午餐", "agency", "份", Money(1500)),)
    for rows, plans in ((ClassRows(theme, icons), classes), (PriceRows(theme, icons), prices)):
        qtbot.addWidget(rows)
        rows.show_plans(plans)
        assert rows.plans() == plans


def test_a_teacher_keeps_a_class_that_is_offered_and_loses_one_that_is_gone(qtbot, theme, icons):
    rows = StaffRows(theme, icons)
    qtbot.addWidget(rows)
    rows.offer_classes(["小海豚", "抱抱龙"])
    rows.show_plans([StaffPlan("许静", Role.TEACHER, "抱抱龙")])
    rows.offer_classes(["小海豚"])
    assert rows.plans() == (StaffPlan("许静", Role.TEACHER, None),)


def test_a_price_that_is_no_amount_is_refused_in_words(qtbot, theme, icons):
    rows = PriceRows(theme, icons)
    qtbot.addWidget(rows)
    rows.show_plans([PricePlan("lunch", "午餐", "agency", "份", Money(1500))])
    rows._rows[0][1].setText("十五")
    with pytest.raises(RuleError, match="十五"):
        rows.plans()


def test_the_failure_page_offers_to_try_again(qtbot, theme, icons, tmp_path):
    page = FailurePage(theme, icons, "文件正被使用。", tmp_path)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.again_wanted):
        page.findChild(QPushButton, "failure.again").click()
