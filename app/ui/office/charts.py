"""Pictures of a month: bars by day, and shares by kind of care. Painted, no chart library."""

import calendar
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.domain.record import record
from app.services.month import DayFigures
from app.ui.theme import Theme

_WEEKDAYS = "一二三四五六日"


@record
class Share:
    """One line of the shares: a name, how many, in which colour."""

    name: str
    value: int
    colour: str


class DayChart(QWidget):
    """A bar per open day: present by contract, visits at the door on top, a line at what was expected."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._days: tuple[DayFigures, ...] = ()
        self.setObjectName("office.days")
        self.setMinimumHeight(theme.px(100))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_days(self, days: Sequence[DayFigures]) -> None:
        """Show a month."""
        self._days = tuple(days)
        spoken = "，".join(f"{d.day.day}日 {d.present + d.guests} 人" for d in self._days)
        self.setAccessibleName(f"每日在园人数：{spoken or '还没有结束的开放日'}")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(600, self._theme.px(100))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axis, bars, line and day numbers."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        if not self._days:
            painter.setPen(theme.color("ink_3"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "本月还没有结束的开放日")
            painter.end()
            return
        plot, top = self._plot()
        self._paint_axis(painter, plot, top)
        places = [self._bar(plot, day) for day in self._days]
        for day, place in zip(self._days, places, strict=True):
            self._paint_bar(painter, plot, top, day, place)
        painter.setPen(QPen(theme.color("brand"), 2))
        line = [
            QPointF(place.center().x(), plot.bottom() - plot.height() * day.expected / top)
            for day, place in zip(self._days, places, strict=True)
        ]
        painter.drawPolyline(line)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say the numbers of the bar below the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._days:
            plot, _top = self._plot()
            for day in self._days:
                if self._bar(plot, day).adjusted(-3, 0, 3, 0).contains(QPointF(event.pos())):
                    words = f"{day.day.month}月{day.day.day}日 星期{_WEEKDAYS[day.day.weekday()]}"
                    numbers = f"应到 {day.expected}，实到 {day.present}，临时托 {day.guests}"
                    QToolTip.showText(event.globalPos(), f"{words}：{numbers}", self)
                    return True
            QToolTip.hideText()
        return super().event(event)

    def _plot(self) -> tuple[QRectF, int]:
        px = self._theme.px
        plot = QRectF(px(30), px(8), self.width() - px(34), self.height() - px(34))
        most = max(max(day.present + day.guests, day.expected) for day in self._days)
        step = 20 if most > 40 else 10
        return plot, max(step, -(-most // step) * step)

    def _bar(self, plot: QRectF, day: DayFigures) -> QRectF:
        """Where a day stands: the axis is the whole month, however much of it has been."""
        pitch = plot.width() / calendar.monthrange(day.day.year, day.day.month)[1]
        wide = min(pitch * 0.68, self._theme.px(30))
        return QRectF(plot.x() + pitch * (day.day.day - 0.5) - wide / 2, plot.y(), wide, plot.height())

    def _paint_axis(self, painter: QPainter, plot: QRectF, top: int) -> None:
        theme = self._theme
        for part in range(3):
            y = plot.bottom() - plot.height() * part / 2
            painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(QPointF(plot.x(), y), QPointF(plot.right(), y))
            painter.setPen(theme.color("ink_3"))
            words = QRectF(0, y - theme.px(10), plot.x() - theme.px(6), theme.px(20))
            painter.drawText(
                words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(top * part // 2)
            )

    def _paint_bar(self, painter: QPainter, plot: QRectF, top: int, day: DayFigures, place: QRectF) -> None:
        theme = self._theme
        whole = plot.height() * (day.present + day.guests) / top
        guests = plot.height() * day.guests / top
        bar = QRectF(place.x(), plot.bottom() - whole, place.width(), whole)
        path = QPainterPath()
        path.addRoundedRect(bar, 3, 3)
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(bar, theme.color("bar"))
        painter.fillRect(QRectF(bar.x(), bar.y(), bar.width(), guests), theme.color("accent"))
        painter.restore()
        painter.setPen(theme.color("ink_2"))
        below = QRectF(place.x() - 8, plot.bottom() + 3, place.width() + 16, theme.px(20))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(day.day.day))


class ShareBars(QWidget):
    """A bar per kind, as long as its share of the largest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shares: tuple[Share, ...] = ()
        self.setObjectName("office.modes")
        theme.changed.connect(self.update)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show other shares."""
        self._shares = tuple(shares)
        self.setAccessibleName("，".join(f"{share.name} {share.value}" for share in shares))
        self.setMinimumHeight(self._theme.px(25) * len(self._shares))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint names, bars, numbers."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small", tabular=True))
        most = max((share.value for share in self._shares), default=0) or 1
        names, numbers = px(66), px(62)
        room = self.width() - names - numbers
        pitch = min(px(80), self.height() / max(1, len(self._shares)))
        for at, share in enumerate(self._shares):
            line = QRectF(0, at * pitch, self.width(), pitch)
            painter.setPen(theme.color("ink"))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, share.name)
            long = max(4.0, room * share.value / most) if share.value else 0.0
            high = min(px(32), pitch * 0.53)
            bar = QRectF(names, line.center().y() - high / 2, long, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(share.colour))
            painter.drawRoundedRect(bar, 4, 4)
            painter.setPen(theme.color("ink_2"))
            words = QRectF(names + long + px(8), line.y(), numbers, pitch)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, f"{share.value:,}".replace(",", " "))
        painter.end()
