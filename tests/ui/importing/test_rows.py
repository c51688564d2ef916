"""A row of a list as it was read: the worst is said first, in words, and no row widens the list."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from app.domain.classes import ClassKind
from app.domain.ids import ClassId
from app.domain.import_rows import ClassPlace, ImportedRow, RowAdult, RowProblem
from app.domain.looks import Tone
from app.ui.importing.rows import RowsDelegate, RowsModel, problem_words, tone_of
from app.ui.theme import Theme
from tests.ui.support import Heard

PLACE = ClassPlace(ClassId(3), "抱抱龙", ClassKind.OLDER_TODDLER)
ROW = ImportedRow(
    3, "李小满", "", "f", dt.date(2023, 6, 1), None, PLACE, None, None, dt.date(2025, 12, 3),
    "none", (), "", (), (),
)  # fmt: skip
ODD = RowProblem("sex", "sex", "性别没有填。", Tone.WARN)
BAD = RowProblem("born", "born_on", "出生日期“2030-1-1”在今天之后。")


@pytest.mark.parametrize(
    ("problems", "tone"), [((), Tone.OK), ((ODD,), Tone.WARN), ((ODD, BAD), Tone.BAD), ((BAD,), Tone.BAD)]
)
def test_one_thing_that_is_wrong_keeps_a_row_out_whatever_else_is_odd(problems, tone):
    assert tone_of(dataclasses.replace(ROW, problems=problems)) is tone


def test_the_worst_is_said_first_and_a_row_without_a_name_is_read_aloud_too():
    row = dataclasses.replace(ROW, name="", problems=(ODD, BAD))
    assert problem_words(row) == f"{BAD.sentence}　{ODD.sentence}"
    assert RowsModel().words_of(row) == f"第 3 行，没有姓名，{BAD.sentence}　{ODD.sentence}"
    assert RowsModel().words_of(ROW) == "第 3 行，李小满，没有问题"


def test_thousands_of_rows_are_shown_at_once_and_the_model_keeps_its_contract(qtmodeltester, qtbot):
    model = RowsModel()
    with qtbot.waitSignal(model.modelReset):
        model.show_rows(tuple(dataclasses.replace(ROW, number=at) for at in range(3000)))
    assert model.rowCount() == 3000
    model.show_rows((ROW, dataclasses.replace(ROW, number=4)))
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ROW, ["第3行", "李小满　2023-06-01　抱抱龙", ""]),
        (
            dataclasses.replace(ROW, name="", born_on=None, place=None, problems=(BAD,)),
            ["第3行", "（没有姓名）　不在册", BAD.sentence],
        ),
        (dataclasses.replace(ROW, name="古丽·阿卜杜热合曼·" * 12), ["第3行", "…", ""]),
    ],
)
def test_a_row_says_who_and_where_and_a_name_without_end_is_cut_with_dots(qtbot, qapp, row, words):
    theme, view, model = Theme(), QListView(), RowsModel()
    qtbot.addWidget(view)
    model.show_rows((row,))
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 480, theme.px(56))
    ground = QPixmap(480, 80)
    painter = Heard(ground)
    RowsDelegate(theme, view).paint(painter, option, model.index(0))
    painter.end()
    *_chip, number, first, second = [said for _room, said in painter.words]
    assert (number, second) == (words[0], words[2])
    assert first == words[1] or (words[1] == "…" and first.endswith("…"))
    assert painter.cut == []


def test_what_each_grown_up_will_be_is_said_where_nothing_is_wrong():
    mother = RowAdult("赵敏", "妈妈", "13700001111", is_guardian=True, is_emergency=False, may_collect=True)
    row = dataclasses.replace(ROW, adults=(mother,))
    assert RowsModel().words_of(row) == f"第 3 行，李小满，没有问题　{mother.words}"
    assert mother.words not in RowsModel().words_of(dataclasses.replace(row, problems=(BAD,)))
