"""排班: the painted week, by arrows and keys."""

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from app.domain.rota import HourNeed
from app.services.rota import RotaClass, RotaDay
from app.ui.settings.rota_grid import RotaGrid
from app.ui.theme import Theme
from tests.services.world import DAY
from tests.ui.stage import Stage

PLAIN = Qt.KeyboardModifier.NoModifier


def test_arrows_walk_the_week_and_the_hours_are_told(hands):
    page = hands.page("rota")
    assert page.grid.hasFocus()
    assert "抱抱龙　周三 12-03" in page.hours.text()
    assert "9:00\N{NO-BREAK SPACE}2/1" in page.hours.text()
    hands.key(Qt.Key.Key_Down, PLAIN)
    hands.key(Qt.Key.Key_Left, PLAIN)
    assert "小星星　周二 12-02" in page.hours.text()
    for _ in range(9):
        hands.key(Qt.Key.Key_Right, PLAIN)
    assert page.hours.text().endswith("本园休息。")


def test_a_shift_is_added_refused_when_it_overlaps_and_dropped(hands):
    page = hands.page("rota")
    hands.choose("settings.rota.carer", "许静")
    hands.save()
    assert "已经在抱抱龙，和 07:30–18:00 重叠" in page.start.problem
    page.when.button("day").click()
    hands.fill("settings.rota.from", "8:00")
    hands.fill("settings.rota.to", "12:00")
    hands.save()
    assert "许静　08:00–12:00" in [record.title for record in page.list.records]
    assert "9:00\N{NO-BREAK SPACE}2/1" in page.hours.text()
    assert "15:00\N{NO-BREAK SPACE}1/1" in page.hours.text()
    hands.fill("settings.rota.from", "6:00")
    hands.row("settings.rota.list", "许静　08:00–12:00")
    assert (page.start.text(), page.end.text(), page.when.value()) == ("08:00", "12:00", "day")
    hands.key(Qt.Key.Key_D)
    assert "许静　08:00–12:00" not in [record.title for record in page.list.records]


def test_a_day_off_and_last_week_again(hands):
    page = hands.page("rota")
    hands.choose("settings.rota.carer", "孟佳")
    hands.key(Qt.Key.Key_O)
    assert "9:00\N{NO-BREAK SPACE}1/1" in page.hours.text()
    hands.key(Qt.Key.Key_PageDown, PLAIN)
    assert "9:00\N{NO-BREAK SPACE}2/1" in page.hours.text()
    hands.key(Qt.Key.Key_B)
    assert "9:00\N{NO-BREAK SPACE}1/1" in page.hours.text()
    hands.key(Qt.Key.Key_B)
    assert page.problem.text().startswith("上周没有单日")


def test_times_that_are_no_times_stand_at_their_field(hands):
    page = hands.page("rota")
    hands.fill("settings.rota.from", "八点")
    hands.save()
    assert page.start.problem == "看不懂时间“八点”，请按 07:30 填写。"


def test_a_click_chooses_a_cell_and_short_hours_are_spoken(qtbot):
    grid = RotaGrid(Theme())
    qtbot.addWidget(grid)
    days = tuple(RotaDay(DAY - dt.timedelta(days=2 - at), at < 5, (HourNeed(8, 1, 2, 9),)) for at in range(7))
    grid.show_week((RotaClass(1, "抱抱龙", "#6B9A4B", days, ""),))
    grid.resize(700, 120)
    grid.show()
    heard = []
    grid.chosen.connect(lambda row, column: heard.append((row, column)))
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(690, 60))
    assert heard == [(0, 6)]
    assert grid.accessibleDescription() == "抱抱龙 周日 休"
    grid.choose(0, 0)
    assert grid.accessibleDescription() == "抱抱龙 周一 8 点 1 人，要 2 人"
    assert not grid.grab().isNull()


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
def test_the_heads_of_the_days_never_lie_over_each_other(scale, qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", scale)
    grid = RotaGrid(theme)
    qtbot.addWidget(grid)
    days = tuple(RotaDay(DAY - dt.timedelta(days=2 - at), at < 5, (HourNeed(8, 1, 2, 9),)) for at in range(7))
    grid.show_week((RotaClass(1, "抱抱龙", "#6B9A4B", days, ""),))
    metrics = QFontMetricsF(theme.font("small", tabular=True))
    stacked = set()
    for width in (theme.px(540), theme.px(900)):
        grid.resize(width, 300)
        grid.grab()  # a widget that is not shown takes its size only now
        words = [grid.head_words(at, day) for at, day in enumerate(days)]
        widest = max(metrics.horizontalAdvance(line) for one in words for line in one.split("\n"))
        assert widest <= grid._wide()
        stacked.add("\n" in words[0])
        high = 1 + words[0].count("\n")
        assert metrics.height() * high <= grid._head()
    assert stacked == {True, False}
    theme.apply(qapp, "light", 100)


def test_on_a_high_screen_the_hours_are_higher_bars(qtbot):
    grid = RotaGrid(Theme())
    qtbot.addWidget(grid)
    days = tuple(RotaDay(DAY - dt.timedelta(days=2 - at), at < 5, (HourNeed(8, 1, 2, 9),)) for at in range(7))
    grid.show_week([RotaClass(at, "抱抱龙", "#6B9A4B", days, "") for at in range(1, 3)])
    grid.resize(700, grid.minimumSizeHint().height())
    low = grid._high()
    grid.resize(700, grid.height() + 60)
    assert grid._high() == low + 30
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(690, grid._head() + grid._high() + 5))
    assert (grid.row, grid.column) == (1, 6)
    grid.resize(700, 2000)
    assert grid._high() < 200


def test_five_classes_and_two_changes_fit_a_small_screen(qapp, practice_file, clock):
    stage = Stage(practice_file, clock)
    try:
        stage.show("settings-rota")
        page = stage.window.room("settings").page
        bar = page.middle.verticalScrollBar()
        assert bar.maximum() == 0
        for _ in range(2):  # a shift given up, and another
            stage.hands.key("Ctrl+D")
            stage.settle()
        assert page._history.text().count("\n") == 1
        assert bar.maximum() == 0
        assert not bar.isVisible()
    finally:
        stage.close()
