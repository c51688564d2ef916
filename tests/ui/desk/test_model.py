"""The column model: what views are told, and that it is always true."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt

from app.domain.looks import Chip
from app.ui.desk.model import ChildRowModel, DeskRole, Heading
from tests.ui.desk import data

ROWS = (data.YUQING, data.LATE, data.HOURLY, *data.PRESENT)


def names(model: ChildRowModel) -> list[str]:
    return [model.data(model.index(at)) for at in range(model.rowCount())]


def test_model_keeps_the_model_contract(qtmodeltester):
    model = ChildRowModel()
    qtmodeltester.check(model)
    model.replace([data.YUQING, Heading("刚刚离园", 1), data.GONE])
    qtmodeltester.check(model)
    model.replace([data.GONE, data.YUQING])
    qtmodeltester.check(model)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(ROWS), unique=True), min_size=1, max_size=5))
def test_after_any_history_the_model_is_what_was_last_given_and_views_were_told(boards):
    model = ChildRowModel()
    mirror: list[str] = []

    def inserted(_parent: QModelIndex, first: int, last: int) -> None:
        mirror[first:first] = [names(model)[at] for at in range(first, last + 1)]

    def removed(_parent: QModelIndex, first: int, last: int) -> None:
        del mirror[first : last + 1]

    def moved(_parent: QModelIndex, first: int, _last: int, _to: QModelIndex, target: int) -> None:
        mirror.insert(target if target < first else target - 1, mirror.pop(first))

    model.rowsInserted.connect(inserted)
    model.rowsRemoved.connect(removed)
    model.rowsMoved.connect(moved)
    for board in boards:
        model.replace(board)
        assert names(model) == [row.name for row in board]
        assert mirror == names(model)


def test_an_unchanged_board_says_nothing_and_a_changed_chip_says_one_row(qtbot):
    model = ChildRowModel()
    model.replace(ROWS)
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.replace(ROWS)
    assert told == []
    later = dataclasses.replace(data.LATE, overdue_minutes=23, chip=Chip("超 23 分"))
    model.replace((data.YUQING, later, *ROWS[2:]))
    assert told == [(1, 1)]


def test_saving_is_shown_on_the_one_row_and_forgotten_when_the_child_goes(qtbot):
    model = ChildRowModel()
    model.replace(ROWS)
    model.mark_saving(data.LATE.child, saving=True)
    assert [model.data(model.index(at), DeskRole.SAVING) for at in range(3)] == [False, True, False]
    model.replace(ROWS[2:])
    model.replace(ROWS)
    assert model.data(model.index(1), DeskRole.SAVING) is False


def test_headings_cannot_be_chosen(qtbot):
    model = ChildRowModel()
    model.replace([data.YUQING, Heading("刚刚离园", 2)])
    assert model.flags(model.index(1)) == Qt.ItemFlag.NoItemFlags
    assert model.row_at(model.index(1)) is None
    assert model.row_at(model.index(0)) == data.YUQING


def test_a_row_is_spoken_with_its_allergy(qtbot):
    model = ChildRowModel()
    model.replace([data.YUQING])
    spoken = model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "朱予晴，2岁3个月，抱抱龙，半日临时托，14:00，过敏：鸡蛋"
