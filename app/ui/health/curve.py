"""A growth chart: percentile lines, the child's points, and the same by the corrected age. Painted."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.growth_curves import Curve
from app.ui.theme import Theme

_MAIN = "P50"
_STEPS = (1, 2, 5, 10, 20, 50)


class CurveView(QWidget):
    """One chart, spoken as its title and the child's points."""

    def __init__(self, theme: Theme, object_name: str) -> None:
        super().__init__()
        self._theme = theme
        self._curve: Curve | None = None
        self.setObjectName(object_name)
        self.setMinimumHeight(theme.px(150))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_curve(self, curve: Curve | None) -> None:
        """Show another chart; None says why there is none."""
        self._curve = curve
        self.setAccessibleName("" if curve is None else _spoken(curve))
        self.update()

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(520, self._theme.px(190))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, lines, points."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small", tabular=True))
        curve = self._curve
        spots = [] if curve is None else _spots(curve)
        if curve is None or not spots:
            painter.setPen(self._theme.color("ink_3"))
            words = "档案里还没有性别，没有曲线可比" if curve is None else "这个标准里没有这张曲线"
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
        else:
            self._paint(painter, curve, spots)
        painter.end()

    def _paint(self, painter: QPainter, curve: Curve, spots: Sequence[tuple[float, float]]) -> None:
        theme, px = self._theme, self._theme.px
        plot = QRectF(px(40), px(24), self.width() - px(84), self.height() - px(50))
        low_x, high_x = min(x for x, _ in spots), max(x for x, _ in spots)
        low_y, high_y = min(y for _, y in spots), max(y for _, y in spots)
        pad = (high_y - low_y) * 0.05 or 1.0
        low_y, high_y = low_y - pad, high_y + pad

        def spot(at: tuple[float, float]) -> QPointF:
            across = (at[0] - low_x) / ((high_x - low_x) or 1)
            return QPointF(
                plot.x() + across * plot.width(),
                plot.bottom() - (at[1] - low_y) / (high_y - low_y) * plot.height(),
            )

        self._paint_axes(painter, curve, plot, (low_x, high_x, low_y, high_y))
        for line in curve.lines:
            main = line.name == _MAIN
            painter.setPen(QPen(theme.color("brand_text" if main else "bar"), 2.6 if main else 1.4))
            painter.drawPolyline([spot(at) for at in line.points])
        ends = sorted((spot(line.points[-1]).y(), line.name) for line in curve.lines if line.points)
        for middle, (_end, name) in zip(apart([end for end, _name in ends], px(15)), ends, strict=True):
            painter.setPen(theme.color("ink" if name == _MAIN else "ink_2"))
            place = QRectF(plot.right() + px(5), middle - px(10), px(38), px(20))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_points(painter, [spot(at) for at in curve.points], "bad", filled=True)
        self._paint_points(painter, [spot(at) for at in curve.corrected], "info", filled=False)

    def _paint_points(self, painter: QPainter, places: Sequence[QPointF], role: str, *, filled: bool) -> None:
        colour, radius = self._theme.color(role), self._theme.px(4)
        painter.setPen(QPen(colour, 1.6, Qt.PenStyle.SolidLine if filled else Qt.PenStyle.DashLine))
        for one, two in pairwise(places):
            painter.drawLine(one, two)
        painter.setPen(QPen(colour, 1.8))
        painter.setBrush(colour if filled else self._theme.color("surface"))
        for place in places:
            painter.drawEllipse(place, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_axes(
        self, painter: QPainter, curve: Curve, plot: QRectF, span: tuple[float, float, float, float]
    ) -> None:
        theme, px = self._theme, self._theme.px
        low_x, high_x, low_y, high_y = span
        step = 6 if high_x <= 60 else 5
        for mark in range(-(-int(low_x) // step) * step, int(high_x) + 1, step):
            x = plot.x() + (mark - low_x) / (high_x - low_x) * plot.width()
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(x, plot.y()), QPointF(x, plot.bottom()))
            painter.setPen(theme.color("ink_2"))
            below = QRectF(x - px(20), plot.bottom() + px(3), px(40), px(20))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(mark))
        fits = max(2, int(plot.height() / px(34)))
        step = next(one for one in _STEPS if (high_y - low_y) / one <= fits)
        for mark in range(-(-int(low_y + 0.999) // step) * step, int(high_y) + 1, step):
            y = plot.bottom() - (mark - low_y) / (high_y - low_y) * plot.height()
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
            painter.setPen(theme.color("ink_2"))
            left = QRectF(0, y - px(10), plot.x() - px(6), px(20))
            painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(mark))
        painter.setPen(theme.color("ink_2"))
        above = QRectF(px(6), 0, self.width() - px(12), px(20))
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, curve.unit)
        beside = QRectF(
            plot.right() + px(13), plot.bottom() + px(3), self.width() - plot.right() - px(13), px(20)
        )
        if painter.fontMetrics().horizontalAdvance(curve.across) <= beside.width():
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, curve.across)
        else:
            painter.drawText(above, Qt.AlignmentFlag.AlignRight, curve.across)


def apart(middles: Sequence[float], least: float) -> list[float]:
    """Move ascending places apart until each is so far below the one before; as a whole they stay."""
    moved: list[float] = []
    for middle in middles:
        moved.append(max(middle, moved[-1] + least) if moved else middle)
    back = max(0.0, moved[-1] - middles[-1]) / 2 if moved else 0.0
    return [place - back for place in moved]


def _spots(curve: Curve) -> list[tuple[float, float]]:
    return [at for line in curve.lines for at in line.points]


def _spoken(curve: Curve) -> str:
    points = "，".join(f"{x:.1f} 时 {y:.2f} {curve.unit}" for x, y in curve.points)
    return f"{curve.title}曲线：{points or '还没有测量'}"
