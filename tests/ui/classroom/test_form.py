"""What the forms share: the time that is typed or stepped, and rows that wrap."""

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.classroom.form import KindForm, TimeEdit
from tests.ui.classroom import data


def test_up_and_down_step_the_time_by_five_minutes_over_midnight(qtbot):
    edit = TimeEdit()
    qtbot.addWidget(edit)
    edit.setText("23:58")
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.time() == dt.time(0, 3)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.text() == "23:53"
    edit.setText("半夜")
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == "半夜"  # what cannot be read is not made up
    assert edit.time() is None


def test_a_row_of_pills_takes_more_lines_where_it_is_narrow(qtbot, context):
    form = KindForm(context)
    qtbot.addWidget(form)
    row = form.pills("row", "一行", [(str(at), f"第 {at} 个选项") for at in range(8)], on="2")
    form.resize(1200, 300)
    form.show()
    wide = form.layout().totalHeightForWidth(1200)
    assert form.layout().totalHeightForWidth(300) > 2 * wide
    form.resize(300, 600)
    qtbot.waitUntil(lambda: row.button("7").y() > row.button("0").y())
    assert all(row.button(str(at)).geometry().right() <= row.width() for at in range(8))


def test_a_form_is_about_all_who_are_meant_and_says_each_change(qtbot, context):
    form = KindForm(context)
    qtbot.addWidget(form)
    row = form.pills("row", "一行", [("a", "甲"), ("b", "乙")], on="a")
    changes = []
    form.changed.connect(lambda: changes.append(row.value()))
    form.show()
    row.button("b").click()
    assert changes == ["b"]
    assert form.whom(data.CARDS) == data.CARDS
