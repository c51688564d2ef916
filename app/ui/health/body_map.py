"""The body map: front and back of a child, painted. A tap or the space bar marks a region; arrows go on."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.injuries import Code
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget

# A figure stands in a box of 100 by 196; each region is a rounded box (left, top, width, height) in it.
# In front the child's own left is at the viewer's right.
Box = tuple[float, float, float, float]
_WIDE, _TALL, _GAP = 100.0, 196.0, 12.0
_HALF_FRONT: dict[str, Box] = {
    "eye": (31, 29, 16, 10),
    "cheek": (29, 41, 14, 14),
    "shoulder": (25, 72, 20, 10),
    "arm": (22, 83, 12, 18),
    "forearm": (18, 102, 12, 18),
    "hand": (14, 121, 14, 13),
    "thigh": (35, 131, 14, 19),
    "knee": (36, 151, 12, 9),
    "shin": (36, 161, 12, 20),
    "foot": (31, 182, 17, 12),
}
_FRONT: dict[str, Box] = {
    "head": (34, 2, 32, 14),
    "forehead": (33, 17, 34, 11),
    "nose": (45, 33, 10, 14),
    "mouth": (42, 48, 16, 9),
    "chin": (42, 58, 16, 8),
    "neck": (43, 67, 14, 8),
    "chest": (36, 83, 28, 18),
    "belly": (36, 102, 28, 18),
    "hip": (42, 121, 16, 9),
}
_HALF_BACK: dict[str, Box] = {
    "ear": (22, 26, 9, 15),
    "shoulder": (25, 72, 20, 10),
    "arm": (22, 83, 12, 18),
    "forearm": (18, 102, 12, 18),
    "hand": (14, 121, 14, 13),
    "thigh": (35, 135, 14, 17),
    "calf": (36, 153, 12, 27),
    "heel": (33, 182, 15, 12),
}
_BACK: dict[str, Box] = {
    "head": (32, 4, 36, 58),
    "neck": (42, 63, 16, 12),
    "back": (36, 83, 28, 20),
    "waist": (36, 104, 28, 14),
    "buttocks": (35, 119, 30, 15),
}
# Torso, arms, hands, legs and feet below the regions.
_BODY: tuple[Box, ...] = (
    (40, 62, 20, 20), (23, 69, 54, 18), (33, 76, 34, 58), (20, 76, 16, 48), (64, 76, 16, 48),
    (16, 98, 16, 26),
    (68, 98, 16, 26), (12, 118, 18, 18), (70, 118, 18, 18), (33, 118, 17, 72), (50, 118, 17, 72),
    (29, 179, 21, 17), (50, 179, 21, 17),
)  # fmt: skip
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def _mirrored(box: Box) -> Box:
    left, top, wide, tall = box
    return _WIDE - left - wide, top, wide, tall


def _shapes() -> dict[str, QRectF]:
    """Every region by its code, in one drawing of both figures."""
    found: dict[str, Box] = {f"front.{name}": box for name, box in _FRONT.items()}
    for name, box in _HALF_FRONT.items():
        found[f"front.right_{name}"], found[f"front.left_{name}"] = box, _mirrored(box)
    shifted = {f"back.{name}": box for name, box in _BACK.items()}
    for name, box in _HALF_BACK.items():
        shifted[f"back.left_{name}"], shifted[f"back.right_{name}"] = box, _mirrored(box)
    found |= {code: (left + _WIDE + _GAP, *rest) for code, (left, *rest) in shifted.items()}  # type: ignore[misc]
    return {code: QRectF(*box) for code, box in found.items()}


SHAPES = _shapes()


class BodyMap(QWidget):
    """One stop in the tab order. ``changed`` comes with each mark, ``walked_on`` with Enter."""

    changed = Signal()
    walked_on = Signal()

    def __init__(self, theme: Theme, name: str, regions: Sequence[Code]) -> None:
        super().__init__()
        self._theme = theme
        self._words = {one.code: one.words for one in regions}
        self._order = [one.code for one in regions if one.code in SHAPES]
        self._marked: set[str] = set()
        self.current = self._order[0]
        name_widget(self, name, "受伤部位")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self._tell()

    def marked(self) -> tuple[str, ...]:
        """The marked regions in the order of the table."""
        return tuple(code for code in self._order if code in self._marked)

    def mark(self, regions: Sequence[str]) -> None:
        """Mark exactly these, silently."""
        self._marked = {code for code in regions if code in SHAPES}
        self._tell()
        self.update()

    def words(self) -> str:
        """左前臂、额头."""
        return "、".join(self._words[code] for code in self.marked())

    def toggle(self, code: str) -> None:
        """Mark a region, or take the mark off."""
        self.current = code
        self._marked ^= {code}
        self._tell()
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        """Both figures beside each other and a line of words below: whole on a small screen."""
        return QSize(self._theme.px(420), self._theme.px(350))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next region that way, the space bar marks, Enter goes on."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._go(*_ARROWS[key])
        elif key == Qt.Key.Key_Space:
            self.toggle(self.current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.walked_on.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap marks the region under it, or the nearest one: fingers are thicker than regions."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        unit, left, top = self._frame()
        at = QPointF((event.position().x() - left) / unit, (event.position().y() - top) / unit)
        near = min(self._order, key=lambda code: _distance(SHAPES[code], at))
        if _distance(SHAPES[near], at) < 64:
            self.toggle(near)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both figures, the marks, where the arrows stand, and the words."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit, left, top = self._frame()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink_2"))
        for side, words in enumerate(("正面（孩子的左在画面右边）", "背面")):
            x = left + side * (_WIDE + _GAP) * unit
            painter.drawText(
                QRectF(x - px(20), 0, _WIDE * unit + px(40), px(22)), Qt.AlignmentFlag.AlignCenter, words
            )
        for side in (0, 1):
            self._paint_body(painter, left + side * (_WIDE + _GAP) * unit, top, unit)
        for code, shape in SHAPES.items():
            box = QRectF(
                left + shape.x() * unit, top + shape.y() * unit, shape.width() * unit, shape.height() * unit
            )
            self._paint_region(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), code)
        painter.setPen(theme.color("ink"))
        painter.setFont(theme.font("body"))
        told = f"{self._words[self.current]}（空格标记）" if self.hasFocus() else "点按或用方向键和空格标记"
        foot = QRectF(0, self.height() - px(24), self.width(), px(24))
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self.words() or told)
        painter.end()

    def _paint_body(self, painter: QPainter, left: float, top: float, unit: float) -> None:
        """The outline below the regions: a big head, as small children have."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addEllipse(QRectF(left + 24 * unit, top, 52 * unit, 68 * unit))
        for x, y, wide, tall in _BODY:
            box = QRectF(left + x * unit, top + y * unit, wide * unit, tall * unit)
            radius = min(box.width(), box.height()) * 0.45
            path.addRoundedRect(box, radius, radius)
        painter.setPen(QPen(self._theme.color("line_strong"), 1))
        painter.setBrush(self._theme.color("sunken"))
        painter.drawPath(path.simplified())

    def _paint_region(self, painter: QPainter, box: QRectF, code: str) -> None:
        theme, on = self._theme, code in self._marked
        here = code == self.current and self.hasFocus()
        painter.setBrush(theme.color("bad_soft" if on else "surface"))
        painter.setPen(QPen(theme.color("bad" if on else "line_strong"), 1.6 if on else 1.0))
        radius = min(box.width(), box.height()) * 0.42
        painter.drawRoundedRect(box, radius, radius)
        if on:
            arm = min(box.width(), box.height()) * 0.22
            painter.setPen(QPen(theme.color("bad"), 2.2))
            middle = box.center()
            painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm))
            painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm))
        if here:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2.4))
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)

    def _frame(self) -> tuple[float, float, float]:
        """How large a unit is, and where the drawing begins."""
        px = self._theme.px
        head, foot = px(24), px(28)
        whole = 2 * _WIDE + _GAP
        unit = min(self.width() / whole, (self.height() - head - foot) / _TALL)
        return unit, (self.width() - whole * unit) / 2, head

    def _go(self, right: int, down: int) -> None:
        """To the nearest region that lies that way."""
        here = SHAPES[self.current].center()
        found: list[tuple[float, str]] = []
        for code in self._order:
            there = SHAPES[code].center() - here
            along = there.x() * right + there.y() * down
            aside = abs(there.x() * down) + abs(there.y() * right)
            if along > 0.5 and code != self.current:
                found.append((along + 2.5 * aside, code))
        if found:
            self.current = min(found)[1]
            self._tell()
            self.update()

    def _tell(self) -> None:
        on = "，已标记" if self.current in self._marked else ""
        marked = f"；已标：{self.words()}" if self._marked else ""
        self.setAccessibleDescription(f"{self._words[self.current]}{on}{marked}")


def _distance(shape: QRectF, at: QPointF) -> float:
    """How far a point lies from a region, squared; inside it the middle counts a little."""
    x = max(shape.left() - at.x(), 0.0, at.x() - shape.right())
    y = max(shape.top() - at.y(), 0.0, at.y() - shape.bottom())
    middle = shape.center() - at
    return x * x + y * y + 0.001 * (middle.x() ** 2 + middle.y() ** 2)
