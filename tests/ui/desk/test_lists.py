"""The three columns: one class of the board, walking between them, and one at a time where type is large."""

import dataclasses

import pytest

from app.domain.ids import ClassId
from app.ui.desk.lists import DeskLists
from tests.ui.desk import data

NOBODY_DUE = dataclasses.replace(data.BOARD, due=(), just_left=())


@pytest.fixture
def lists(qtbot, ink):
    made = DeskLists(ink)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.activateWindow()
    made.show_board(data.BOARD, None, None)
    return made


def names(column):
    return [row.name for row in column.model.child_rows()]


def counts(lists):
    return [column.head.count for column in lists.columns]


def test_of_one_class_only_its_own_are_shown_and_counted(lists):
    assert counts(lists) == [2, 3, 75]
    lists.show_board(data.BOARD, ClassId(3), None)
    assert [names(column) for column in lists.columns] == [
        ["马思睿", "韩奕辰"],
        ["朱予晴", "陈可欣"],
        ["张沐阳", "孙一诺"],
    ]
    assert counts(lists) == [1, 1, 3]  # who is to be collected is still inside


def test_who_was_chosen_stays_so_in_the_column_she_moves_to(lists):
    lists.select(data.LEYAO.child)
    arrived = dataclasses.replace(data.LEYAO, state=data.PRESENT[0].state)
    moved = dataclasses.replace(data.BOARD, expected=(data.SIRUI,), present=(arrived, *data.PRESENT))
    lists.show_board(moved, None, data.LEYAO.child)
    assert lists.present.model.row_at(lists.present.view.currentIndex()).name == "周乐瑶"
    assert not lists.expected.view.currentIndex().isValid()


def test_walking_to_the_side_passes_over_a_column_where_nobody_stands(lists):
    lists.show_board(NOBODY_DUE, None, None)
    lists.expected.view.setFocus()
    assert lists.walk(1).name == data.PRESENT[0].name
    assert lists.held() is lists.present
    assert lists.walk(1) is None
    assert lists.held() is lists.present


def test_the_focus_goes_to_the_chosen_child_else_to_who_is_to_be_collected(lists):
    lists.take_focus(data.PRESENT[2].child)
    assert lists.held() is lists.present
    lists.take_focus(None)
    assert lists.held() is lists.due
    lists.show_board(NOBODY_DUE, None, None)
    lists.take_focus(data.YUQING.child)
    assert lists.held() is lists.expected


def test_after_a_child_comes_who_is_expected_below_and_nobody_who_is_excused(lists):
    assert lists.after(data.LEYAO.child) == data.SIRUI.child
    assert lists.after(data.SIRUI.child) is None  # below stands who is ill
    assert lists.after(data.YUQING.child) is None


def test_one_at_a_time_the_tabs_count_and_bring_a_column_up(lists):
    lists.fit(narrow=True, gap=8)
    assert [lists.tabs.button(f"desk.{key}").text() for key in ("expected", "due", "present")] == [
        "待到 2",
        "待接 3",
        "在园 75",
    ]
    assert [column.isHidden() for column in lists.columns] == [True, False, True]
    lists.tabs.button("desk.present").click()
    assert [column.isHidden() for column in lists.columns] == [True, True, False]
    lists.select(data.LEYAO.child)
    assert [column.isHidden() for column in lists.columns] == [False, True, True]
    lists.show_board(NOBODY_DUE, None, None)
    assert lists.tabs.button("desk.due").text() == "待接 0"
