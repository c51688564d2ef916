"""The grid of people and the list of classes, painted: 190 children and their carers fit one screen, each as
wide as a thumb.
"""

from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.looks import Tone
from app.domain.record import record
from app.domain.rollcall import Head, HeadKey, HeadState
from app.ui.rollcall.models import GroupFace, GroupModel, Tile, TileModel
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget
from app.ui.widgets.cells import ReadingGrid
from app.ui.widgets.keyed import ITEM_ROLE, Index
from app.ui.widgets.paint import paint_choice, paint_key, paint_mark

_TONES = {
    HeadState.MISSING: Tone.BAD,
    HeadState.SAFE: Tone.OK,
    HeadState.LEFT: Tone.INFO,
    HeadState.AWAY: Tone.PLAIN,
}
_THUMB = 44
_NARROWEST, _LEAST_WIDTH, _LEAST_HEIGHT, _TWO_LINES, _MOST_HEIGHT = 62, 92, 44, 58, 82
_USUAL_WIDTH = 190
_GROUP_ROW = 66
_IN_A_LINE = 3  # characters of a name on the narrowest tile


@record
class Fit:
    """The size of a cell in pixels, how many stand in a line, and whether all are seen at once."""

    columns: int
    width: int
    height: int
    whole: bool


def fit_tiles(room: QSize, count: int, unit: float) -> Fit:
    """The largest cells with which everybody is seen at once; never smaller than a thumb.

    ``unit`` is 1.0 at a 15-pixel font.
    """
    wide, high = max(1, room.width() - 1), max(1, room.height())
    widths = (_NARROWEST * unit, _LEAST_WIDTH * unit, max(_THUMB, _THUMB * unit))
    most, roomy, all_ = (max(1, int(wide // width)) for width in widths)
    usual = max(1, min(most, int(wide // (_USUAL_WIDTH * unit))))
    least, tall = round(max(_THUMB, _LEAST_HEIGHT * unit)), round(_MOST_HEIGHT * unit)
    two_lines = round(_TWO_LINES * unit)
    for wanted, widest in ((two_lines, roomy), (least, roomy), (least, most), (least, all_)):
        for columns in range(usual, widest + 1):
            height = high // max(1, -(-count // columns))
            if height >= wanted:
                return Fit(columns, wide // columns, min(height, tall), True)
    return Fit(roomy, wide // roomy, least, False)


class TileDelegate(QStyledItemDelegate):
    """Paints one person: the name, and how she stands in word, shape and colour."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cell = QSize(120, 60)
        self.with_class = True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The cell."""
        return self.cell

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the tile."""
        tile = index.data(ITEM_ROLE)
        if not isinstance(tile, Tile):
            return
        theme, px, head = self._theme, self._theme.px, tile.head
        tone = _TONES[head.state] if tile.counting else Tone.PLAIN
        ground, ink = theme.tone(tone)
        if not tile.counting:
            ground, ink = theme.color("surface"), theme.color("ink")
        box = QRectF(option.rect).adjusted(3, 3, -3, -3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        pen = QPen(theme.color("focus"), 3) if current else QPen(theme.color("line"), 1)
        painter.setPen(pen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 9, 9)
        narrow, slim = box.width() < px(_LEAST_WIDTH - 8), box.width() < px(_NARROWEST - 8)
        bar = QRectF(box.x() + (2 if slim else 4), box.y() + 7, px(3 if slim else 4), box.height() - 14)
        painter.fillRect(bar, theme.color(head.colour))
        left, right = (6, 1) if slim else (11, 3) if narrow else (15, 8)
        inner = box.adjusted(px(left), 0, -px(right), 0)
        if tile.counting and tone is not Tone.PLAIN:
            side = px(11 if narrow else 13)
            top = box.bottom() - side - px(5) if narrow else box.y() + px(8)
            paint_mark(painter, QRectF(inner.right() - side - 1, top, side, side), tone, ink)
            inner.setRight(inner.right() if narrow else inner.right() - px(15))
        painter.setPen(ink)
        if narrow:
            line = QRectF(inner.x(), box.y() + px(2), inner.width(), px(22))
            half = -(-len(head.name) // 2) if slim and len(head.name) > _IN_A_LINE else len(head.name)
            for part in filter(None, (head.name[:half], head.name[half:])):  # 尉迟 over 嘉木, beside the mark
                line.setHeight(px(22 if part == head.name else 17))
                _fitted(painter, line, part, theme.font("name", bold=True), px(10))
                line = QRectF(line.x(), line.bottom(), line.width() - px(12), line.height())
        else:
            self._paint_words(painter, inner, box, tile)
        painter.restore()

    def _paint_words(self, painter: QPainter, inner: QRectF, box: QRectF, tile: Tile) -> None:
        theme, px, head = self._theme, self._theme.px, tile.head
        name = theme.font("name", bold=True)
        two = box.height() >= px(_TWO_LINES - 8)
        top = box.center().y() - px(23) if two else box.y()
        line = QRectF(inner.x(), top, inner.width(), px(24) if two else box.height())
        _fitted(painter, line, head.name, name, px(12))
        if two:
            below = QRectF(inner.x(), line.bottom(), box.right() - px(8) - inner.x(), px(19))
            _elided(painter, below, self._second(tile), theme.font("small"))

    def _second(self, tile: Tile) -> str:
        head = tile.head
        if not tile.counting:
            return head.where or (head.class_name or head.role if self.with_class else head.age or head.role)
        if head.state is HeadState.MISSING:
            where = head.class_name if self.with_class else ""
            return f"未到　{where or head.where or head.role}".strip()
        at = "" if head.at is None else f"{head.at:%H:%M} "
        return f"{head.state.label} {at}{head.by}".strip()


def _fitted(painter: QPainter, line: QRectF, words: str, font: QFont, least: int) -> None:
    """Names are made smaller, then broken into two lines, before they are cut."""
    while QFontMetricsF(font).horizontalAdvance(words) > line.width() and font.pixelSize() > least:
        font.setPixelSize(font.pixelSize() - 1)
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(words) > line.width() and line.height() >= 2 * metrics.height():
        painter.setFont(font)
        flags = Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, flags, words)
        return
    _elided(painter, line, words, font)


def _elided(painter: QPainter, line: QRectF, words: str, font: QFont) -> None:
    painter.setFont(font)
    told = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, told)


class HeadGrid(ReadingGrid):
    """Arrows move, Space and a tap mark or take back, digits ask for a class."""

    pressed_head = Signal(object)  # Head
    moved = Signal(object)  # Head or None
    digit_pressed = Signal(int)

    def __init__(self, theme: Theme, model: TileModel, parent: QWidget | None = None) -> None:
        super().__init__("rollcall.grid", "要清点的人", parent)
        self._theme, self._model = theme, model
        self.tiles = TileDelegate(theme, self)
        self.setItemDelegate(self.tiles)
        self.setModel(model)
        for told in (model.rowsInserted, model.rowsRemoved):
            told.connect(self._fit)
        theme.changed.connect(self._fit)

    def head(self) -> Head | None:
        """Who has the focus."""
        tile = self._model.item_at(self.currentIndex())
        return None if tile is None else tile.head

    def go_to(self, key: HeadKey | None) -> None:
        """Move the focus to somebody, to the first where she is not shown."""
        at = self._model.position(key) if key is not None else None
        if at is None and self._model.rowCount():
            at = 0
        if at is not None:
            self.setCurrentIndex(self._model.index(at))

    def go_on(self) -> None:
        """To the next who is missing, round from the end to the beginning."""
        count, at = self._model.rowCount(), max(0, self.currentIndex().row())
        for step in range(1, count):
            row = (at + step) % count
            if not self._model.items[row].head.accounted:
                self.setCurrentIndex(self._model.index(row))
                return

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell who has the focus now."""
        super().currentChanged(current, previous)
        tile = self._model.item_at(current)
        self.moved.emit(None if tile is None else tile.head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space marks, digits choose a class; Enter is the sheet's; no search by typing."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            if (head := self.head()) is not None and not event.isAutoRepeat():
                self.pressed_head.emit(head)
        elif (
            Qt.Key.Key_0 <= key <= Qt.Key.Key_9
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.digit_pressed.emit(key - Qt.Key.Key_0)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap marks."""
        super().mouseReleaseEvent(event)
        tile = self._model.item_at(self.indexAt(event.position().toPoint()))
        if tile is not None and event.button() == Qt.MouseButton.LeftButton:
            self.pressed_head.emit(tile.head)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cells to the new room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self, *_: Any) -> None:
        bar, unit, count = self.verticalScrollBar(), self._theme.metrics.scale, self._model.rowCount()
        room = self.contentsRect().size()
        fit = fit_tiles(room, count, unit)
        if not fit.whole:
            fit = fit_tiles(QSize(room.width() - bar.sizeHint().width(), room.height()), count, unit)
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if fit.whole else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        if self.verticalScrollBarPolicy() is not policy:
            self.setVerticalScrollBarPolicy(policy)
        self.columns = fit.columns
        self.tiles.cell = QSize(fit.width, fit.height)
        if self.gridSize() != self.tiles.cell:
            self.setGridSize(self.tiles.cell)
        bar.setSingleStep(max(20, fit.height // 3))
        self.viewport().update()


class GroupDelegate(QStyledItemDelegate):
    """Paints one class: its digit, its name, and in huge figures who is still missing."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.height = _GROUP_ROW

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(100, self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line."""
        face = index.data(ITEM_ROLE)
        if not isinstance(face, GroupFace):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect).adjusted(2, 3, -3, -3)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_choice(painter, theme, box, on=on, edge=2.5)
        painter.fillRect(QRectF(box.x() + 4, box.y() + 8, px(5), box.height() - 16), theme.color(face.colour))
        left = box.x() + px(16)
        if face.digit:
            side = min(px(22), box.height() - 8)
            cap = QRectF(left, box.center().y() - side / 2, px(22), side)
            paint_key(painter, theme, cap, face.digit, on_brand=False)
        left += px(30)
        figure = self._figure(painter, box, face)
        room = figure - left - px(4)
        painter.setPen(theme.color("ink"))
        two = box.height() >= px(42)  # in large type the lines are thumbs, and the name has one for itself
        top = (
            QRectF(left, box.center().y() - px(22), room, px(24))
            if two
            else QRectF(left, box.y(), room, box.height())
        )
        _fitted(painter, top, face.name, theme.font("name", bold=True), px(11))
        if not two:
            painter.restore()
            return
        painter.setPen(theme.color("ink_2"))
        safe = f"共 {face.total}" if face.missing is None else f"{face.total - face.missing} / {face.total}"
        _elided(painter, QRectF(left, box.center().y() + px(1), room, px(20)), safe, theme.font("small"))
        painter.restore()

    def _figure(self, painter: QPainter, box: QRectF, face: GroupFace) -> float:
        """Paint the figure at the right and return where it begins."""
        theme, px = self._theme, self._theme.px
        font = theme.font("huge", bold=True, tabular=True)
        font.setPixelSize(min(px(40), round(box.height() * 0.72)))
        done = face.missing == 0
        words = str(face.total if face.missing is None else face.missing)
        width = QFontMetricsF(font).horizontalAdvance(words)
        right = box.right() - px(12)
        if done:
            side = min(px(26), box.height() * 0.6)
            paint_mark(
                painter,
                QRectF(right - side, box.center().y() - side / 2, side, side),
                Tone.OK,
                theme.color("ok"),
            )
            return right - side
        painter.setFont(font)
        painter.setPen(theme.color("ink_2" if face.missing is None else "bad_ink"))
        place = QRectF(right - width - 2, box.y(), width + 4, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        return right - width - 2


class GroupList(QListView):
    """Classes one below the other; the chosen one is what the grid shows."""

    chosen = Signal(int)  # key of the line

    def __init__(self, theme: Theme, model: GroupModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self._lines = GroupDelegate(theme, self)
        name_widget(self, "rollcall.groups", "班级，数字键选")
        self.setItemDelegate(self._lines)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for told in (model.rowsInserted, model.rowsRemoved):
            told.connect(self.fit)
        theme.changed.connect(self.fit)

    def choose(self, key: int) -> None:
        """Light a line."""
        at = self._model.position(key)
        if at is not None and self.currentIndex().row() != at:
            self.setCurrentIndex(self._model.index(at))

    def key(self) -> int | None:
        """The line that is lit."""
        face = self._model.item_at(self.currentIndex())
        return None if face is None else face.key

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which is lit now."""
        super().currentChanged(current, previous)
        face = self._model.item_at(current)
        if face is not None:
            self.chosen.emit(face.key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height."""
        super().resizeEvent(event)
        self.fit()

    def fit(self, *_: Any) -> None:
        """Lines grow smaller, down to a thumb, before they scroll."""
        count = max(1, self._model.rowCount())
        px = self._theme.px
        height = min(px(_GROUP_ROW), max(_THUMB, self.contentsRect().height() // count))
        if height != self._lines.height:
            self._lines.height = height
            self.scheduleDelayedItemsLayout()
