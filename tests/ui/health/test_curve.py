"""The painted growth chart: lines, the child's points, and the same by the corrected age."""

from itertools import pairwise

import pytest

from app.domain.growth import Indicator
from app.services.growth_curves import Curve, CurveLine
from app.ui.health.curve import CurveView, apart
from app.ui.theme import Theme

LINES = tuple(CurveLine(name, ((0.0, low), (36.0, low + 10))) for name, low in (("P97", 5.0), ("P50", 3.5)))


def curve(points=(), corrected=(), lines=LINES):
    return Curve(Indicator.WEIGHT, "年龄别体重", "kg", "月龄", lines, points, corrected)


@pytest.fixture
def view(qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", 100)
    made = CurveView(theme, "growth.curve")
    qtbot.addWidget(made)
    made.resize(500, 260)
    return made


def count(view, role):
    image, wanted = view.grab().toImage(), view._theme.color(role).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_points_and_lines_are_painted_and_spoken(view):
    view.show_curve(curve())
    assert count(view, "brand") > 100
    assert count(view, "bad") == 0
    view.show_curve(curve(((12.0, 9.0),)))
    assert count(view, "bad") > 20
    assert count(view, "info") == 0
    assert "12.0 时 9.00 kg" in view.accessibleName()
    view.show_curve(curve(((12.0, 9.0),), ((10.0, 9.0),)))
    assert count(view, "info") > 8


def test_without_a_curve_it_says_why(view):
    view.show_curve(None)
    assert count(view, "brand") == 0
    view.show_curve(curve(lines=()))
    assert count(view, "brand") == 0


def test_names_at_the_ends_of_the_lines_never_lie_over_each_other():
    assert apart([10.0, 40.0, 80.0], 15) == [10.0, 40.0, 80.0]
    moved = apart([10.0, 12.0, 14.0, 80.0], 15)
    assert all(two - one >= 15 for one, two in pairwise(moved))
    assert apart([], 15) == []
