"""Any paper of any month or day, from the director's page."""

import datetime as dt

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import StaffId
from app.domain.staff import Actor, Role
from app.ui.office.papers_sheet import CHOICES, PapersSheet
from tests.ui.support import make_context, settle


@pytest.fixture
def context(qtbot, services, actors):
    made = make_context(qtbot, services, actor=actors[Role.DIRECTOR])
    made.shown = []
    made.printing.preview = lambda paper, count: made.shown.append((paper, count))
    return made


@pytest.fixture
def sheet(qtbot, context):
    frame = QWidget()  # a sheet lies beside what it covers
    qtbot.addWidget(frame)
    host = QWidget()
    QVBoxLayout(frame).addWidget(host)
    frame.resize(1278, 676)
    frame.show()
    made = PapersSheet(context, host, "2025-11")
    made.present()
    settle(qtbot, context)
    yield made
    del frame


def choose(sheet, key):
    sheet.which.set_value(key)
    sheet._on_chosen()


def finish(qtbot, sheet):
    sheet.keep.click()
    settle(qtbot, sheet.context)


@pytest.mark.parametrize("key", ["summary", "rounds", "medicine", "attendance", "absences"])
def test_each_register_comes_of_the_month_that_is_asked_for(qtbot, sheet, context, key):
    choose(sheet, key)
    assert sheet.text("when") == "2025-11", "the month that the page shows"
    sheet.when.edit.setText("10月")
    finish(qtbot, sheet)
    ((paper, count),) = context.shown
    assert "2025-10" in str(paper) or "2025年10月" in str(paper)
    assert (count is None) == (key in {"rounds", "medicine", "attendance"})


def test_the_list_of_who_is_to_come_has_a_day_and_proposes_the_next_open_one(qtbot, sheet, context):
    choose(sheet, "expected")
    assert sheet.text("when") == "2025-12-04"
    sheet.when.edit.setText("1208")
    finish(qtbot, sheet)
    ((paper, count),) = context.shown
    assert paper.day == dt.date(2025, 12, 8)
    count()
    settle(qtbot, context)
    line = context._services._database.row("select verb, detail from audit where verb = 'read_expected'")
    assert "12月8日" in line["detail"], "whole numbers were seen"


def test_keys_step_by_month_and_by_day(qtbot, sheet):
    sheet.back.click()
    sheet.back.click()
    assert sheet.text("when") == "2025-09"
    sheet.on.click()
    assert sheet.text("when") == "2025-10"
    choose(sheet, "expected")
    sheet.on.click()
    assert sheet.text("when") == "2025-12-05"
    choose(sheet, "rounds")
    assert sheet.text("when") == "2025-10", "each sort of paper keeps its own"


@pytest.mark.parametrize(("text", "words"), [("哪天", "看不懂月份"), ("2026-02", "还没有到")])
def test_what_cannot_be_printed_is_said_at_the_field(qtbot, sheet, context, text, words):
    choose(sheet, "absences")
    sheet.when.edit.setText(text)
    finish(qtbot, sheet)
    assert words in sheet.message.text()
    assert context.shown == []


def test_only_what_the_role_may_see_is_offered(qtbot, services):
    cashier = Actor(StaffId(1), "方芸", Role.CASHIER)
    context = make_context(qtbot, services, actor=cashier)
    frame = QWidget()
    qtbot.addWidget(frame)
    sheet = PapersSheet(context, QWidget(frame), "2025-11")
    settle(qtbot, context)
    assert set(sheet._offered) == {one.key for one in CHOICES if cashier.may(one.permission)}
    assert not {"rounds", "medicine", "absences"} & set(sheet._offered), "of health nothing is for her"
    assert "expected" not in sheet._offered
    assert "summary" in sheet._offered
