"""The lists of 招生: what a row says, who is marked, how one walks from class to class, what gives way."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.ids import ApplicantId, ChildId, ClassId
from app.domain.life import Owner, Stage
from app.domain.looks import Chip, Tone
from app.services.admission_lists import LifeLine, Line
from app.services.forecast_lines import ClassOutlook, SeatLine, Way
from app.ui.admissions.lists import (
    MARK_ROLE,
    LifeDelegate,
    LifeModel,
    LineDelegate,
    LineModel,
    MarkedRows,
)
from tests.ui.painting import words_of_row
from tests.ui.support import make_context

DAY = dt.date(2025, 12, 15)
ZHIWEI = Line(
    Owner(applicant=ApplicantId(1)), "严知微", "13 个月 · 想上小海豚", Chip("候补", Tone.INFO), "#3D8EB0",
    Stage.WAITING, hint="该联系", place=1,
)  # fmt: skip
MUYANG = Line(Owner(child=ChildId(2)), "张沐阳", "2岁3个月", Chip("在托", Tone.OK), "#6B9A4B", Stage.ENROLLED)


def seat(number, class_id, way, name="张沐阳"):
    owner = Owner(child=ChildId(number))
    return SeatLine(
        ClassId(class_id), owner, name, DAY, way, f"12月15日 {name}", "转班", Chip("转出"), "#000"
    )


def outlook(number, name, *lines):
    return ClassOutlook(ClassId(number), name, "#E07A5F", "现在 8 / 10", lines)


OUT, IN = seat(2, 1, Way.OUT), seat(2, 2, Way.IN)
NEXT = seat(4, 2, Way.STAY, "王梓萱")
BOARD = (outlook(1, "小星星", OUT), OUT, outlook(3, "抱抱龙"), outlook(2, "小海豚", IN, NEXT), IN, NEXT)


@pytest.fixture
def around(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def model(around):
    return LineModel(around)


@pytest.fixture
def theme(qtbot):
    return make_context(qtbot, None).theme


@pytest.mark.parametrize(
    "other",
    [
        seat(2, 2, Way.OUT),  # in another class
        seat(2, 1, Way.IN),
        dataclasses.replace(OUT, on_day=DAY + dt.timedelta(1)),
        seat(4, 1, Way.OUT, "王梓萱"),
    ],
)
def test_a_line_of_the_forecast_is_of_one_child_class_day_and_way(model, other):
    assert model.key_of(other) != model.key_of(OUT)
    assert model.key_of(dataclasses.replace(OUT, title="12月15日 张沐阳（改名）")) == model.key_of(OUT)


def test_the_name_of_a_class_can_be_neither_chosen_nor_focused(model):
    model.replace(BOARD)
    chosen = [bool(model.flags(model.index(at)) & Qt.ItemFlag.ItemIsSelectable) for at in range(len(BOARD))]
    assert chosen == [False, True, False, False, True, True]


@pytest.mark.parametrize(
    ("row", "way", "there"), [(1, 1, 4), (5, 1, None), (5, -1, 1), (4, -1, 1), (1, -1, None)]
)
def test_one_walks_to_the_first_line_of_the_class_beside_and_past_one_without_any(model, row, way, there):
    model.replace(BOARD)
    assert model.next_class(row, way) == there


def test_a_row_is_read_with_its_place_its_hint_and_whether_it_is_chosen(model):
    model.replace((ZHIWEI, MUYANG))
    model.mark(ZHIWEI.owner, on=True)
    assert model.words_of(ZHIWEI) == "1. 严知微，13 个月 · 想上小海豚，候补，该联系"
    model.marking = True
    assert model.words_of(ZHIWEI).startswith("已选，1. 严知微")
    assert model.words_of(MUYANG) == "张沐阳，2岁3个月，在托"


def test_a_mark_is_told_for_its_row_only_and_counts_while_the_child_is_in_the_list(model):
    model.replace((ZHIWEI, MUYANG))
    told = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.mark(MUYANG.owner, on=True)
    assert told == [1]
    assert model.data(model.index(1), MARK_ROLE) is None  # nobody is being chosen
    model.marking = True
    assert [model.data(model.index(at), MARK_ROLE) for at in range(2)] == [False, True]
    model.replace((ZHIWEI,))
    assert model.marked() == ()
    model.replace((ZHIWEI, MUYANG))
    assert model.marked() == (MUYANG,)
    told.clear()
    model.clear_marks()
    assert (model.marked(), told) == ((), [1])


def test_where_a_row_is_narrow_the_state_stays_and_the_hint_moves_below(model, theme, around):
    model.replace((dataclasses.replace(ZHIWEI, name="阿卜杜热合曼·买买提艾力"),))
    delegate = LineDelegate(theme, around)
    wide = words_of_row(delegate, model.index(0), 700)
    assert wide[-4:] == ["候补", "该联系", "1. 阿卜杜热合曼·买买提艾力", "13 个月 · 想上小海豚"]
    narrow = words_of_row(delegate, model.index(0), 280)
    assert "候补" in narrow
    assert narrow[-1].startswith("该联系 · 13 个月")
    assert "该联系" not in narrow


def test_a_line_of_a_life_says_when_and_that_it_is_still_to_come(theme, around):
    lines = (
        LifeLine(dt.date(2025, 9, 1), "入托 小海豚", "林晓", future=False),
        LifeLine(dt.date(2026, 9, 1), "毕业", "", future=True),
    )
    life = LifeModel(around)
    life.replace(tuple(enumerate(lines)))
    delegate = LifeDelegate(theme, around)
    assert words_of_row(delegate, life.index(0), 400) == ["2025-09-01", "入托 小海豚", "林晓"]
    assert words_of_row(delegate, life.index(1), 400) == ["2026-09-01", "毕业（未到）"]
    assert life.words_of((0, lines[0])) == "2025-09-01，入托 小海豚，林晓"


def test_space_marks_and_left_and_right_turn_but_not_with_a_modifier(qtbot, theme, around):
    rows = MarkedRows(theme, "admissions.list", "孩子")
    rows.setParent(around)
    told = []
    rows.marked_row.connect(lambda: told.append("marked"))
    rows.turned.connect(told.append)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(rows, key)
        QTest.keyClick(rows, key, Qt.KeyboardModifier.ControlModifier)
    assert told == ["marked", 1, -1]
