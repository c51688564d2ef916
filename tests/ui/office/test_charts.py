"""The pictures of a month."""

import datetime as dt

from app.services.month import DayFigures
from app.ui.office.charts import DayChart, Share, ShareBars
from app.ui.theme import Theme


def test_a_chart_is_painted_and_told_to_the_ear(qtbot):
    chart = DayChart(Theme())
    qtbot.addWidget(chart)
    chart.resize(600, 200)
    chart.show_days([DayFigures(dt.date(2025, 11, day), 75, 70, 5) for day in range(3, 8)])
    assert "3日 75 人" in chart.accessibleName()
    theme, image = Theme(), chart.grab().toImage()
    inks = {image.pixelColor(x, y).name() for x in range(0, 600, 2) for y in range(0, 200, 2)}
    assert {theme.color("bar").name(), theme.color("accent").name()} <= inks


def test_the_axis_is_the_whole_month(qtbot):
    theme = Theme()
    chart = DayChart(theme)
    qtbot.addWidget(chart)
    chart.resize(620, 200)
    chart.show_days([DayFigures(dt.date(2025, 12, day), 60, 58, 1) for day in (1, 2)])
    plot, _top = chart._plot()
    places = [chart._bar(plot, day) for day in chart._days]
    assert places[0].left() >= plot.left()
    assert places[1].right() < plot.left() + plot.width() / 10
    last = chart._bar(plot, DayFigures(dt.date(2025, 12, 31), 60, 58, 1))
    assert plot.right() - plot.width() / 20 < last.right() <= plot.right()


def test_an_empty_month_says_so(qtbot):
    chart = DayChart(Theme())
    qtbot.addWidget(chart)
    chart.show_days([])
    assert "还没有" in chart.accessibleName()
    assert not chart.grab().isNull()


def test_shares_of_nothing_divide_by_nothing(qtbot):
    bars = ShareBars(Theme())
    qtbot.addWidget(bars)
    bars.show_shares([Share("全日托", 0, "brand"), Share("计时托", 0, "accent")])
    assert not bars.grab().isNull()
