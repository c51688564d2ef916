"""Parts of the sheet of a shift: every number has its word, an empty section says so, a row has its state."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtWidgets import QLabel

from app.domain.ids import PointId, SheetId
from app.domain.looks import Tone
from app.domain.shifts import Closing, Figures, Line, Point, Section, Sheet
from app.ui.handover.shift_parts import HeadRow, Sections, point_records, sheet_records
from tests.ui.handover.data import DRAGON, NOW

FIGURES = Figures(
    expected=20, came=18, guests=1, went=2, sick=1, personal=2, other=0, later=0, unheard=0, early=1
)
LEAK = Point(PointId(1), DRAGON, "水龙头漏水", NOW - dt.timedelta(days=1), "许静")
SHEET = Sheet(
    SheetId(1), DRAGON, "抱抱龙", NOW.date(), FIGURES, 16, "", "", "许静", "孟佳", NOW
)  # fmt: skip


def test_every_number_is_read_out_with_its_word(qtbot, context):
    row = HeadRow(context.theme)
    qtbot.addWidget(row)
    row.show_figures(FIGURES)
    spoken = [one.accessibleName() for one in row.findChildren(QLabel) if one.accessibleName()]
    assert {"应到 20", "来了 18", "病假 1", "事假 2", "已离园 2", "早走 1", "应在班 16"} <= set(spoken)


def test_a_section_with_nothing_says_so_and_one_with_more_has_a_line_each(qtbot, context):
    made = Sections(context.theme)
    qtbot.addWidget(made)
    made.show_lines([Line(Section.MOOD, "何宇轩 想家"), Line(Section.MOOD, "朱予晴 愉快")])
    read = {one.objectName(): one for one in made.findChildren(QLabel) if not one.isHidden()}
    assert read["shift.section.mood"].text() == "何宇轩 想家\n朱予晴 愉快"
    assert read["shift.section.medicine"].text() == "没有登记用药"
    made.show_lines([Line(Section.POINT, "水龙头漏水", PointId(1))])
    again = {one.objectName(): one for one in made.findChildren(QLabel) if not one.isHidden()}
    assert again["shift.section.mood"].text() == "没有特别的"
    assert "shift.section.point" not in again, "points have a list of their own"


def test_an_open_point_says_how_often_it_travelled_and_a_closed_one_how_it_ended():
    travelled = dataclasses.replace(LEAK, id=PointId(2), sheets=3)
    mended = dataclasses.replace(LEAK, id=PointId(3), closing=Closing("已修好", "孟佳", NOW))
    still_open = dataclasses.replace(LEAK, id=PointId(4))
    forgotten = Line(Section.POINT, "昨天没有离园记录：张沐阳")
    seen = Line(Section.WATCH, "何宇轩：体温 37.4")
    rows = point_records([LEAK, travelled], [mended, still_open], [forgotten, seen])
    assert rows[0].title == forgotten.words
    assert [(row.words, row.faint) for row in rows] == [
        ("处理好后自动消失", False),
        ("12月2日 13:52 许静提出", False),
        ("12月2日 13:52 许静提出 · 已交过 3 班", False),
        ("13:52 孟佳办结：已修好", True),
    ]


@pytest.mark.parametrize(
    ("changed", "chip", "tone"),
    [
        ({}, "已交接", Tone.OK),
        ({"counted": 15, "reason": "一个在保健室"}, "人数有出入", Tone.WARN),
        ({"counted": 15, "void": True}, "已作废", Tone.PLAIN),
    ],
)
def test_a_sheet_is_judged_by_its_count_unless_it_was_taken_back(changed, chip, tone):
    (row,) = sheet_records([dataclasses.replace(SHEET, **changed)])
    assert [(one.words, one.tone) for one in row.chips] == [(chip, tone)]
    assert row.words.endswith(changed.get("reason", "人"))
    assert row.faint is changed.get("void", False)
