"""The child that is lit at a round of measuring: what she is, what was taken, and where Enter goes next."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.domain.growth import Indicator
from app.domain.growth_entry import Measures
from app.domain.ids import ChildId, ClassId
from app.services.growth import GrowthView, KeptMeasure, RoundLine
from app.services.growth_children import GrowingChild
from app.services.growth_curves import Curve
from app.ui.health.growth_panel import GrowthPanel

CHILD = GrowingChild(
    ChildId(8),
    "朱予晴",
    "f",
    dt.date(2023, 11, 1),
    ClassId(3),
    40,
    "",
    None,
    "",
    dt.date(2025, 3, 1),
    "zhuyuqing",
)
TAKEN = KeptMeasure(
    1,
    CHILD.id,
    dt.date(2025, 11, 5),
    Measures(12350, 865, None),
    lying=False,
    by="许静",
    standard="",
    scores=(),
)
LINE = RoundLine(CHILD, "2岁1月", lying=False, before=None, now=None)


@pytest.fixture
def panel(ground):
    return ground.put(GrowthPanel(ground.context))


def of(**child):
    return dataclasses.replace(LINE, child=dataclasses.replace(CHILD, **child))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (LINE, "朱予晴　女 · 2岁1月 · 立位量身高"),
        (of(weeks=36), "朱予晴　女 · 2岁1月 · 立位量身高 · 孕 36 周早产"),
        (of(weeks=37, sex="m"), "朱予晴　男 · 2岁1月 · 立位量身高"),
        (of(weeks=None, sex=""), "朱予晴　性别未填 · 2岁1月 · 立位量身高"),
    ],
)
def test_who_was_born_before_the_thirty_seventh_week_is_told_apart(panel, line, told):
    panel.show_line(line)
    assert panel.name.text() == told
    assert panel.before.text() == "还没有测量过。"


def test_under_two_years_it_is_length_lying_and_the_field_says_so(panel):
    panel.show_line(dataclasses.replace(LINE, lying=True))
    assert panel.name.text().endswith("卧位量身长")
    assert panel.fields["stature"].edit.accessibleName() == "身长 cm（卧）"


def test_what_was_taken_this_month_stands_there_to_be_corrected(panel):
    panel.show_line(dataclasses.replace(LINE, now=TAKEN))
    assert panel.texts() == ("", "12.35", "86.5", "")
    assert panel.before.text() == "11月5日 已量，许静记。改了再保存就是更正。"
    assert panel.keep.text() == "保存更正"
    assert not panel.typing
    assert panel.corrects(TAKEN)
    panel.fields["day"].set_text("2025-11-20")
    assert not panel.corrects(TAKEN), "of another day it is another measuring"
    panel.show_line(dataclasses.replace(LINE, before=TAKEN))
    assert (panel.before.text(), panel.keep.text()) == ("上次 11月5日：12.35 kg · 86.5 cm", "保存，下一个")


def test_the_day_of_a_round_stays_from_child_to_child_and_the_measures_do_not(ground, panel):
    panel.show_line(LINE)
    panel.fields["day"].set_text("2025-12-01")
    ground.type(panel.fields["weight"].edit, "12.4")
    assert panel.typing
    panel.show_line(of(name="何宇轩"))
    assert panel.texts() == ("2025-12-01", "", "", "")
    assert not panel.typing


def test_enter_goes_from_measure_to_measure_and_keeps_after_the_last(ground, panel):
    panel.show_line(LINE)
    panel.focus_first()
    ground.press(Qt.Key.Key_Return)
    assert panel.fields["stature"].edit.hasFocus()
    ground.press(Qt.Key.Key_Return)
    assert panel.fields["head"].edit.hasFocus()
    with ground.qtbot.waitSignal(panel.keep_wanted):
        ground.press(Qt.Key.Key_Return)


def test_a_doubt_leaves_the_cursor_where_enter_keeps_and_an_error_goes_to_its_field(panel):
    panel.show_line(LINE)
    panel.complain("体重比上次轻了 1.2 kg。", "weight", doubt=True)
    assert panel.fields["head"].edit.hasFocus()
    assert panel.fields["weight"].problem == "请核对"
    panel.complain("身高填 45 到 130 厘米。", "stature", doubt=False)
    assert panel.fields["stature"].edit.hasFocus()
    assert panel.fields["weight"].problem == ""
    panel.fields["stature"].edited.emit("9")
    assert panel.fields["stature"].problem == ""


def test_nobody_lit_asks_for_nothing_and_shows_no_curve(panel):
    points = ((24.0, 12.35),)
    curve = Curve(Indicator.WEIGHT, "年龄别体重", "kg", "月龄", (), points, ())
    panel.show_line(LINE)
    panel.show_view(GrowthView(CHILD, "2岁1月", corrected=False, measures=(), curves=(curve,), standard=""))
    assert not panel.scores.isVisible()
    spoken = panel.curve.accessibleName() + panel.curve.accessibleDescription()
    panel.show_line(None)
    assert (panel.name.text(), panel.before.text(), panel.isEnabled()) == ("没有孩子", "", False)
    assert panel.curve.accessibleName() + panel.curve.accessibleDescription() != spoken
