"""A pad to sign on by finger, pen or mouse; what was written leaves it as a small PNG, black on white."""

import itertools

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.signatures import Signature
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget

WIDE, HIGH = 600, 200  # pixels of the picture; the pad keeps this shape whatever its size
_PEN = 4.5  # of those pixels
_SHORTEST = 40.0  # a slip of the finger is no signature


class SignaturePad(QWidget):
    """Remembers strokes in the units of the picture, so that a resized pad shows the same signature.

    Delete or Backspace clears it; somebody without a mouse or a touch screen signs on paper.
    """

    changed = Signal()

    def __init__(self, theme: Theme, object_name: str, spoken: str) -> None:
        super().__init__()
        self._theme = theme
        self._strokes: list[list[QPointF]] = []
        self._writing = False
        name_widget(self, object_name, spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(180, 72)
        theme.changed.connect(self.update)

    # -- what was written

    def png(self) -> bytes:
        """The signature as PNG of ``WIDE`` x ``HIGH`` pixels, black on white; empty when there is none."""
        if self.is_empty():
            return b""
        image = QImage(WIDE, HIGH, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, Qt.GlobalColor.black)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def signature(self) -> Signature:
        """The strokes themselves, in the units of the picture; without any where nothing was signed."""
        strokes = () if self.is_empty() else self._strokes
        return Signature(
            WIDE, HIGH, tuple(tuple((round(at.x()), round(at.y())) for at in one) for one in strokes)
        )

    def is_empty(self) -> bool:
        """Whether nothing was written yet that could be a signature."""
        return sum(_length(stroke) for stroke in self._strokes) < _SHORTEST

    def clear(self) -> None:
        """Take everything back."""
        if self._strokes:
            self._strokes.clear()
            self._writing = False
            self.update()
            self.changed.emit()

    # -- writing

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins; a touch arrives here, too."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._writing = True
            self._strokes.append([self._place(event.position())])
            self.update()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        if self._writing:
            self._strokes[-1].append(self._place(event.position()))
            self.update()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends; only now it is told."""
        if self._writing and event.button() is Qt.MouseButton.LeftButton:
            self._writing = False
            self.changed.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete or Backspace clears; Enter goes on in the form."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._strokes:
            self.clear()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
            return
        super().keyPressEvent(event)

    # -- looks

    def sizeHint(self) -> QSize:
        """As the picture, at the size of the text."""
        return QSize(self._theme.px(360), self._theme.px(120))

    def heightForWidth(self, width: int) -> int:
        """A third of the width."""
        return round(width * HIGH / WIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The field with a line to write on, and what was written."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, width = ("focus", 2) if self.hasFocus() else ("line_strong", 1)
        painter.setPen(QPen(theme.color(edge), width))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        field = self._field()
        level = field.top() + field.height() * 0.76
        painter.setPen(QPen(theme.color("line_strong"), 1, Qt.PenStyle.DashLine))
        inset = field.width() * 0.06
        painter.drawLine(QPointF(field.left() + inset, level), QPointF(field.right() - inset, level))
        if not self._strokes:
            painter.setPen(theme.color("ink_2"))
            painter.setFont(theme.font("body"))
            painter.drawText(field, Qt.AlignmentFlag.AlignCenter, self.tr("请在这里签名"))
        painter.translate(field.topLeft())
        painter.scale(field.width() / WIDE, field.height() / HIGH)
        self._draw(painter, theme.color("ink"))
        painter.end()

    def _draw(self, painter: QPainter, ink: object) -> None:
        pen = QPen(ink, _PEN)  # type: ignore[call-overload]
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            painter.drawPath(_smooth(stroke))

    def _field(self) -> QRectF:
        """Where the picture lies within the widget: as large as fits, in the middle."""
        room = QRectF(self.rect())
        scale = min(room.width() / WIDE, room.height() / HIGH)
        field = QRectF(0, 0, WIDE * scale, HIGH * scale)
        field.moveCenter(room.center())
        return field

    def _place(self, at: QPointF) -> QPointF:
        """A point of the widget in the units of the picture, kept inside it."""
        field = self._field()
        x = (at.x() - field.left()) / field.width() * WIDE
        y = (at.y() - field.top()) / field.height() * HIGH
        return QPointF(min(max(x, 0.0), float(WIDE)), min(max(y, 0.0), float(HIGH)))


def _length(stroke: list[QPointF]) -> float:
    return sum(
        abs(after.x() - before.x()) + abs(after.y() - before.y())
        for before, after in itertools.pairwise(stroke)
    )


def _smooth(stroke: list[QPointF]) -> QPainterPath:
    """The points joined by curves through their middles, as ink runs; a single point is a dot."""
    path = QPainterPath(stroke[0])
    if len(stroke) == 1:
        path.lineTo(stroke[0] + QPointF(0.1, 0))
        return path
    for before, after in itertools.pairwise(stroke[1:]):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(stroke[-1])
    return path
