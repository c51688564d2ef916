"""The week by class and day, or one day by class and hour: load as colour, word and number."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.bookings import WEEKDAYS
from app.domain.load import HourLoad, hour_words
from app.domain.looks import Tone
from app.domain.record import record
from app.services.booking_card import Cell, ClassLine, DayColumn, Week
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget
from app.ui.widgets.paint import paint_mark

_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEAST_ROW = 58
_STRIP_ROW = 70  # pixels at the normal font: a lower cell has no room for the hours below its words


@record
class Place:
    """What the focus stands on: a class, a day, and in the day's view an hour."""

    line: ClassLine
    day: DayColumn
    cell: Cell
    hour: HourLoad | None


class WeekGrid(QWidget):
    """Shows a week it is given and knows where the focus stands. Decides nothing."""

    moved = Signal()
    opened = Signal()
    page_wanted = Signal(int)  # -1 the week before, 1 the week after

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._week: Week | None = None
        self._row = self._day = self._hour = 0
        self._turned = 0  # over which edge the week was turned, until the other one is shown
        self.hourly = False
        name_widget(self, "bookings.grid", "各班每天的预约和人数")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._on_theme_changed)

    # -- what it shows --------------------------------------------------------------------------------

    def show_week(self, week: Week) -> None:
        """Show a week; the focus stays where it stood, and begins at today."""
        fresh = self._week is None or self._week.monday != week.monday
        self._week = week
        if fresh:
            days = [column.day for column in week.days]
            inside = week.today in days and not self._turned
            self._day = days.index(week.today) if inside else min(self._day, len(days) - 1)
            if self._turned:
                self._day, self._turned = (0 if self._turned > 0 else len(days) - 1), 0
            self._hour = max(self._hour, self._first_hour(week))
        self._row = min(self._row, max(0, len(week.lines) - 1))
        self._day = min(self._day, len(week.days) - 1)
        self._hour = min(self._hour, max(0, len(week.hours) - 1))
        self.updateGeometry()
        self._tell()

    def _first_hour(self, week: Week) -> int:
        """Where the hours begin that still count: today at the present one."""
        hours = week.lines[0].cells[self._day].hours if week.lines else ()
        return week.hours.index(hours[0].hour) if hours and hours[0].hour in week.hours else 0

    def set_hourly(self, hourly: bool) -> None:
        """Show the hours of the chosen day, or the days of the week."""
        self.hourly = hourly
        self._tell()

    def place(self) -> Place | None:
        """Where the focus stands; None before there is a class."""
        week = self._week
        if week is None or not week.lines:
            return None
        line = week.lines[self._row]
        cell = line.cells[self._day]
        hour = None
        if self.hourly:
            wanted = week.hours[self._hour]
            hour = next((one for one in cell.hours if one.hour == wanted), None)
        return Place(line, week.days[self._day], cell, hour)

    @property
    def focus_hour(self) -> int | None:
        """The hour under the focus in the day's view."""
        return self._week.hours[self._hour] if self.hourly and self._week is not None else None

    def focus_class(self, class_id: int) -> None:
        """Move the focus to a class."""
        for row, line in enumerate(self._week.lines if self._week is not None else ()):
            if line.id == class_id:
                self._row = row
                self._tell()

    # -- keys and mouse -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; over the edge they turn the week; Enter opens."""
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        key = Qt.Key(event.key())
        if self._week is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self._walk(*steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._column = 0 if key == Qt.Key.Key_Home else self._columns - 1
            self._tell()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the mouse or finger; the head of a day opens its hours."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for row, column, box in self._boxes():
            if box.contains(event.position()):
                self._row, self._column = row, column
                self._tell()
                return

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the cell."""
        self.mousePressEvent(event)
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    @property
    def _columns(self) -> int:
        if self._week is None:
            return 0
        return len(self._week.hours) if self.hourly else len(self._week.days)

    @property
    def _column(self) -> int:
        return self._hour if self.hourly else self._day

    @_column.setter
    def _column(self, at: int) -> None:
        if self.hourly:
            self._hour = at
        else:
            self._day = at

    def _walk(self, down: int, right: int) -> None:
        lines = len(self._week.lines) if self._week is not None else 0
        column = self._column + right
        if not 0 <= column < self._columns:
            if not self.hourly:
                self._turned = right
                self.page_wanted.emit(right)
            return
        self._column = column
        self._row = min(max(0, lines - 1), max(0, self._row + down))
        self._tell()

    def _tell(self) -> None:
        place = self.place()
        self.setAccessibleDescription("" if place is None else place_words(place))
        self.update()
        self.moved.emit()

    # -- painting -------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As high as its classes need."""
        rows = len(self._week.lines) if self._week is not None else 3
        px = self._theme.px
        return QSize(px(560), px(44) + rows * px(_LEAST_ROW))

    def minimumSizeHint(self) -> QSize:
        """Never so low that words are cut."""
        return QSize(self._theme.px(300), self.sizeHint().height())

    def _boxes(self) -> list[tuple[int, int, QRectF]]:
        """Row, column and rectangle of every cell."""
        if self._week is None or not self._week.lines or not self._columns:
            return []
        px, gap = self._theme.px, 4
        left, top = px(92), px(44)
        wide = (self.width() - left - 2) / self._columns  # the ring needs its width at the edge
        high = min(px(160), (self.height() - top - 2) / len(self._week.lines))
        return [
            (row, column, QRectF(left + column * wide + gap, top + row * high + gap, wide - gap, high - gap))
            for row in range(len(self._week.lines))
            for column in range(self._columns)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint heads, classes and cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        week = self._week
        if week is None:
            return
        for row, column, box in self._boxes():
            if row == 0:
                self._paint_head(painter, QRectF(box.left(), 0, box.width(), self._theme.px(44)), column)
            line = week.lines[row]
            if row == column == 0 and self.hourly:
                day = week.days[self._day]
                corner = QRectF(0, 0, box.left() - 6, self._theme.px(44))
                self._paint_date(painter, corner, day, today=day.day == week.today)
            if column == 0:
                self._paint_class(painter, QRectF(0, box.top(), box.left() - 6, box.height()), line)
            if self.hourly:
                self._paint_hour(painter, box, line.cells[self._day], week.hours[column])
            else:
                self._paint_day(painter, box, line.cells[column], week.days[column])
            if row == self._row and column == self._column:
                role = "focus" if self.hasFocus() else "line_strong"
                painter.setPen(QPen(self._theme.color(role), 3 if self.hasFocus() else 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 10, 10)
        painter.end()

    def _paint_head(self, painter: QPainter, box: QRectF, column: int) -> None:
        week, theme = self._week, self._theme
        if week is None:
            return
        if self.hourly:
            painter.setFont(theme.font("small", bold=column == self._hour, tabular=True))
            painter.setPen(theme.color("ink" if column == self._hour else "ink_2"))
            hour = week.hours[column]
            roomy = QFontMetricsF(painter.font()).horizontalAdvance("23:00") < box.width() - 4
            painter.drawText(box, _MIDDLE, f"{hour}:00" if roomy else str(hour))
            return
        self._paint_date(painter, box, week.days[column], today=week.days[column].day == week.today)

    def _paint_date(self, painter: QPainter, box: QRectF, day: DayColumn, *, today: bool) -> None:
        theme = self._theme
        half = box.height() / 2
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("brand_text" if today else "ink"))
        words = f"周{WEEKDAYS[day.day.isoweekday() - 1]}{' 今天' if today else ''}"
        painter.drawText(QRectF(box.left(), box.top(), box.width(), half + 2), _MIDDLE, words)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink_2"))
        date = f"{day.day.month}月{day.day.day}日{f' {day.name}' if day.name else ''}"
        date = QFontMetricsF(painter.font()).elidedText(date, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRectF(box.left(), box.top() + half - 2, box.width(), half), _MIDDLE, date)

    def _paint_class(self, painter: QPainter, box: QRectF, line: ClassLine) -> None:
        theme, px = self._theme, self._theme.px
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(line.colour))
        painter.drawRoundedRect(QRectF(box.left(), box.top() + 6, px(5), box.height() - 12), 2, 2)
        inner = box.adjusted(px(12), 0, 0, 0)
        painter.setFont(theme.font("body", bold=True))
        painter.setPen(theme.color("ink"))
        name = QFontMetricsF(painter.font()).elidedText(line.name, Qt.TextElideMode.ElideRight, inner.width())
        middle = inner.center().y()
        painter.drawText(QRectF(inner.left(), middle - px(22), inner.width(), px(22)), _LEFT, name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink_2"))
        painter.drawText(QRectF(inner.left(), middle, inner.width(), px(20)), _LEFT, f"{line.seats} 个托位")

    def _paint_day(self, painter: QPainter, box: QRectF, cell: Cell, day: DayColumn) -> None:
        """The worst hour in words, its children and carers, a strip of hours, and how many are booked."""
        theme, px = self._theme, self._theme.px
        if cell.worst is None or not day.is_open:
            self._ground(painter, box, Tone.PLAIN, closed=True)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("ink_2"))
            painter.drawText(box, _MIDDLE, "今天已关门" if day.is_open else "不开园")
            return
        worst = cell.worst
        self._ground(painter, box, worst.tone)
        inner = box.adjusted(px(9), px(5), -px(8), -px(7))
        ink = theme.tone(worst.tone)[1]
        side = px(9)
        left = inner.left()
        if worst.tone is not Tone.PLAIN:
            mark = QRectF(left, inner.top() + px(11) - side / 2, side, side)
            paint_mark(painter, mark, worst.tone, ink)
            left += side + px(5)
        held = sum(1 for row in cell.bookings if row.holds)
        tag_font, worst_font = theme.font("small", bold=True), theme.font("body", bold=True)
        below_font = theme.font("small", tabular=True)
        tag, worst_room, below_room = f"约 {held}" if held else "", inner.right() - left, inner.width()
        tagged = QFontMetricsF(tag_font).horizontalAdvance(tag) + (px(4) if tag else 0)
        # What is lacking comes first: where both do not fit, the bookings stand a line lower.
        lower = QFontMetricsF(worst_font).horizontalAdvance(worst.short) > worst_room - tagged
        if lower:
            below_room -= tagged
        else:
            worst_room -= tagged
        painter.setFont(tag_font)
        painter.setPen(theme.color("info_ink"))
        top = inner.top() + (px(23) if lower else 0)
        painter.drawText(QRectF(inner.left(), top, inner.width(), px(20 if lower else 22)), _RIGHT, tag)
        painter.setFont(worst_font)
        painter.setPen(ink)
        words = _first_that_fits((worst.words, worst.short), worst_font, worst_room)
        painter.drawText(QRectF(left, inner.top(), worst_room, px(22)), _LEFT, words)
        painter.setFont(below_font)
        painter.setPen(theme.color("ink_2"))
        below = _first_that_fits(
            (
                f"{worst.hour}点 {worst.present} 人 / {worst.carers} 老师",
                f"{worst.hour}点 {worst.present}人/{worst.carers}老师",
                f"{worst.present}人/{worst.carers}老师",
                f"{worst.present}/{worst.carers}",
            ),
            below_font,
            below_room,
        )
        painter.drawText(QRectF(inner.left(), inner.top() + px(23), below_room, px(20)), _LEFT, below)
        if box.height() >= px(_STRIP_ROW):
            strip = QRectF(inner.left(), inner.bottom() - px(12), inner.width(), px(12))
            self._paint_strip(painter, strip, cell)

    def _paint_strip(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        """The day's hours as small bars; where it breaks the bar is higher, so that not only colour tells."""
        hours = self._week.hours if self._week is not None else ()
        wide = box.width() / max(1, len(hours))
        painter.setPen(Qt.PenStyle.NoPen)
        for hour in cell.hours:
            at = hours.index(hour.hour) if hour.hour in hours else 0
            high = {Tone.BAD: 1.0, Tone.WARN: 0.75}.get(hour.tone, 0.45) * box.height()
            role = {Tone.BAD: "bad", Tone.WARN: "warn", Tone.OK: "ok"}.get(hour.tone, "line_strong")
            painter.setBrush(self._theme.color(role))
            bar = QRectF(box.left() + at * wide + 1, box.bottom() - high, wide - 2, high)
            painter.drawRoundedRect(bar, 2, 2)

    def _paint_hour(self, painter: QPainter, box: QRectF, cell: Cell, hour: int) -> None:
        theme, px = self._theme, self._theme.px
        load = next((one for one in cell.hours if one.hour == hour), None)
        if load is None:
            self._ground(painter, box, Tone.PLAIN, closed=True)
            return
        self._ground(painter, box, load.tone)
        ink, middle = theme.tone(load.tone)[1], box.center()
        booked = sum(1 for row in cell.bookings if row.holds and row.from_minute < hour * 60 + 60
                     and row.to_minute > hour * 60)  # fmt: skip
        low = box.height() < px(_STRIP_ROW)
        painter.setFont(theme.font("body" if low else "h1", bold=True, tabular=True))
        painter.setPen(theme.color("ink"))
        number = QRectF(box.left(), middle.y() - px(27 if low else 32), box.width(), px(22 if low else 28))
        painter.drawText(number, _MIDDLE, str(load.present))
        painter.setFont(theme.font("small", bold=load.tone is Tone.BAD))
        painter.setPen(ink)
        painter.drawText(QRectF(box.left(), middle.y() - px(5), box.width(), px(20)), _MIDDLE, load.short)
        if booked:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("info_ink"))
            painter.drawText(
                QRectF(box.left(), middle.y() + px(9 if low else 14), box.width(), px(20)),
                _MIDDLE,
                f"约{booked}",
            )
        if load.tone in {Tone.WARN, Tone.BAD}:
            side = px(8)
            corner = QPointF(box.right() - side - 5, box.top() + 5)
            paint_mark(painter, QRectF(corner.x(), corner.y(), side, side), load.tone, ink)

    def _ground(self, painter: QPainter, box: QRectF, tone: Tone, *, closed: bool = False) -> None:
        theme = self._theme
        soft = theme.color("sunken") if closed else theme.tone(tone)[0]
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface") if tone is Tone.PLAIN and not closed else soft)
        painter.drawRoundedRect(box, 9, 9)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


def _first_that_fits(tellings: Sequence[str], font: QFont, room: float) -> str:
    """The fullest words that are not cut; the last where none fits."""
    metrics = QFontMetricsF(font)
    return next((one for one in tellings if metrics.horizontalAdvance(one) <= room), tellings[-1])


def place_words(place: Place) -> str:
    """The cell under the focus as it should be said: class, day, and its hour or its worst hour."""
    day = place.day.day
    head = f"{place.line.name} 周{WEEKDAYS[day.isoweekday() - 1]} {day.month}月{day.day}日"
    load = place.hour or place.cell.worst
    if load is None or not place.day.is_open:
        return f"{head} {'已经过去' if place.day.is_open else '不开园'}"
    held = sum(1 for row in place.cell.bookings if row.holds)
    return f"{head}，{hour_words(load)}，预约 {held} 个"
