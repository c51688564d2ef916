"""接走记录 on the screen: a day, a month, a year; found, printed, taken out, and a number on demand."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import StaffId
from app.domain.staff import Actor, Role
from app.ui.widgets import door_sheet
from app.ui.widgets.door_sheet import DoorSheet, open_door_book
from tests.ui.support import make_context, settle


@pytest.fixture
def host(qtbot):
    frame = QWidget()  # a sheet lies beside what it covers
    qtbot.addWidget(frame)
    made = QWidget()
    QVBoxLayout(frame).addWidget(made)
    frame.resize(1278, 700)
    frame.show()
    yield made
    del frame


@pytest.fixture
def context(qtbot, services, actors, host):
    made = make_context(qtbot, services, actor=actors[Role.FRONT_DESK])
    made.host = host
    made.shown = []
    made.printing.preview = lambda paper, count=None: made.shown.append(paper)
    return made


@pytest.fixture
def sheet(qtbot, context, host):
    made = DoorSheet(context, host)
    made.present()
    settle(qtbot, context)
    return made


def titles(sheet):
    return [record.title for record in sheet.list.records]


def test_a_day_is_shown_and_the_keys_go_to_the_day_before(qtbot, context, sheet):
    today = titles(sheet)
    assert any("徐梦洁 · 抱抱龙" in title for title in today)
    assert sheet.list._title.text().startswith("2025年12月3日 · 接走 3 次")
    sheet.before.click()
    settle(qtbot, context)
    assert (sheet.day.text(), len(titles(sheet)) > len(today)) == ("12-2", True)
    sheet.after.click()
    sheet.after.click()  # nothing lies after today
    settle(qtbot, context)
    assert titles(sheet) == today


def test_a_year_wants_a_name_and_finds_whoever_took_her(qtbot, context, sheet):
    sheet.span.button("year").click()
    settle(qtbot, context)
    assert (titles(sheet), sheet.print.isEnabled(), sheet.export.isEnabled()) == ([], False, False)
    assert sheet.list._empty.text() == "一年的记录很多，请先写孩子或接走人的姓名。"
    sheet.search.edit.setText("xumengjie")
    QTest.keyClick(sheet.search.edit, Qt.Key.Key_Return)
    settle(qtbot, context)
    found = titles(sheet)
    assert found
    assert all("徐梦洁" in title for title in found)
    assert found[0].startswith("12月3日 12:50")


def test_the_number_of_who_took_her_is_shown_on_demand(qtbot, context, sheet):
    line = next(key for key, one in sheet._lines.items() if one.child_name == "徐梦洁")
    sheet.list.light(line)
    sheet._on_chosen(line)
    assert "接送码 · 林晓放行" in sheet.notes.text()
    sheet.reveal.click()
    settle(qtbot, context)
    assert sheet.notes.text().startswith("外公 王德胜：1")
    row = context._services._database.row("select verb from audit order by id desc limit 1")
    assert row["verb"] == "reveal_phone"
    call = next(key for key, one in sheet._lines.items() if one.kind == "call")
    sheet.list.light(call)
    sheet._on_chosen(call)
    assert not sheet.reveal.isEnabled()


def test_what_is_shown_is_printed_and_taken_out(qtbot, context, sheet, tmp_path, monkeypatch):
    sheet.print.click()
    settle(qtbot, context)
    (paper,) = context.shown
    assert len(paper.rows) == len(titles(sheet))
    target = tmp_path / "接走记录.xlsx"
    monkeypatch.setattr(door_sheet, "ask_path", lambda *_: target)
    sheet.export.click()
    settle(qtbot, context)
    qtbot.waitUntil(target.exists)
    page = openpyxl.load_workbook(target).active
    assert page.max_row == len(titles(sheet)) + 1


def test_one_child_is_shown_over_the_year_without_a_search(qtbot, context, host):
    child = context._services.desk.board(context.actor).just_left[0]
    open_door_book(context, child.child, child.name)
    settle(qtbot, context)
    sheet = host.parentWidget().findChild(DoorSheet)
    assert sheet.title.text() == f"接走记录 · {child.name}"
    assert sheet.search.isHidden()
    assert len(titles(sheet)) > 1
    assert all(child.name in title for title in titles(sheet))


def test_who_may_not_hand_children_back_may_not_read_it(qtbot, services, host):
    context = make_context(qtbot, services, actor=Actor(StaffId(9), "方芸", Role.CASHIER))
    context.host = host
    open_door_book(context)
    assert host.parentWidget().findChild(DoorSheet) is None
