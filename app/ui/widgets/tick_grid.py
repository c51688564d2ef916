"""Names to be ticked one by one: a painted grid that works by arrows and Space, by touch too."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.looks import Tone
from app.domain.record import record
from app.ui.theme import Theme
from app.ui.widgets.cells import CellGrid
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.paint import paint_avatar, paint_mark

_WIDE, _HIGH = 148, 56
_ROWS = 7  # more than that scroll


@record
class Tick:
    """One name. ``note`` stands under it; ``colour`` is the class's (``#RRGGBB`` or a role)."""

    key: Hashable
    name: str
    note: str = ""
    colour: str = "brand"
    on: bool = False


class TickModel(KeyedModel[Tick]):
    """The names."""

    def key_of(self, item: Tick) -> Hashable:
        """As given."""
        return item.key

    def words_of(self, item: Tick) -> str:
        """张沐阳，抱抱龙，已勾."""
        return "，".join(part for part in (item.name, item.note, "已勾" if item.on else "没勾") if part)

    def short_of(self, item: Tick) -> str:
        """The name."""
        return item.name


class _TickDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The cell of the grid."""
        view = self.parent()
        return view.gridSize() if isinstance(view, QListView) else QSize(self._theme.px(_WIDE), 52)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A card with the first character, the name, what stands under it, and a tick in shape and colour."""
        tick = index.data(ITEM_ROLE)
        if not isinstance(tick, Tick):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect).adjusted(3, 3, -3, -3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        held = option.state & QStyle.StateFlag.State_HasFocus
        edge = "focus" if held else "brand" if tick.on else "line_strong"
        painter.setPen(QPen(theme.color(edge), 2 if held or tick.on else 1))
        painter.setBrush(theme.color("brand_soft" if tick.on else "surface"))
        painter.drawRoundedRect(box, 10, 10)
        side = min(px(32), box.height() - px(12))
        face = QRectF(box.x() + px(8), box.center().y() - side / 2, side, side)
        paint_avatar(painter, theme, face, tick.name[:1], tick.colour)
        mark = QRectF(box.right() - px(24), box.center().y() - px(7), px(14), px(14))
        if tick.on:
            paint_mark(painter, mark, Tone.OK, theme.color("ok_ink"))
        else:
            painter.setPen(QPen(theme.color("line_strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(mark)
        left = face.right() + px(8)
        room = mark.left() - px(4) - left
        whole = QRectF(left, box.y(), room, box.height())
        upper = whole if not tick.note else QRectF(left, box.y() + px(5), room, px(22))
        self._line(painter, upper, tick.name, "body", "ink", bold=True)
        if tick.note:
            self._line(painter, QRectF(left, upper.bottom(), room, px(18)), tick.note, "small", "ink_2")
        painter.restore()

    def _line(
        self, painter: QPainter, box: QRectF, words: str, size: str, ink: str, *, bold: bool = False
    ) -> None:
        painter.setFont(self._theme.font(size, bold=bold))
        painter.setPen(self._theme.color(ink))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class TickGrid(CellGrid):
    """Space or a tap ticks and goes on; Ctrl+A ticks everybody, once more nobody."""

    ticked = Signal()
    finished = Signal()  # Enter
    grown = Signal()  # it takes another height

    def __init__(self, theme: Theme, object_name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(object_name, spoken, parent)
        self._theme = theme
        self._model = TickModel(self)
        self.setItemDelegate(_TickDelegate(theme, self))
        self.setModel(self._model)
        theme.changed.connect(self._fit)

    @property
    def items(self) -> tuple[Tick, ...]:
        """Every name as it stands."""
        return self._model.items

    def ticked_keys(self) -> tuple[Hashable, ...]:
        """Who is ticked, in order."""
        return tuple(one.key for one in self._model.items if one.on)

    def show_names(self, names: Sequence[Tick]) -> None:
        """Take the names; ticks given by hand so far stay."""
        before = {one.key: one.on for one in self._model.items}
        self._model.replace([replace(one, on=before.get(one.key, one.on)) for one in names])
        if names and not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0))
        self._fit()

    def tick(self, keys: Collection[Hashable]) -> None:
        """Tick these and nobody else."""
        self._model.replace([replace(one, on=one.key in keys) for one in self._model.items])

    def tick_all(self) -> None:
        """Everybody; nobody where everybody was."""
        on = not all(one.on for one in self._model.items)
        self._model.replace([replace(one, on=on) for one in self._model.items])
        self.ticked.emit()

    def toggle(self, index: QModelIndex) -> None:
        """Tick one, or take the tick away."""
        item = self._model.item_at(index)
        if item is None:
            return
        fresh = [replace(one, on=not one.on) if one.key == item.key else one for one in self._model.items]
        self._model.replace(fresh)
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks and goes on, Enter finishes, Ctrl+A is for all."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Space and not held:
            at = self.currentIndex()
            self.toggle(at)
            if at.row() + 1 < self._model.rowCount():
                self.setCurrentIndex(self._model.index(at.row() + 1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held:
            self.finished.emit()
        elif key == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier:
            self.tick_all()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A tap ticks."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.toggle(self.indexAt(event.position().toPoint()))

    def event(self, event: QEvent) -> bool:
        """Tab leaves; the arrows walk."""
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The list keeps room for a bar that may come, beside the one that has come: it is told which it is.
        width, bars, least = self.width() - 2, Qt.ScrollBarPolicy, self._theme.px(_WIDE)
        columns = max(1, width // least)
        scrolls = self._model.rowCount() > _ROWS * columns
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOn if scrolls else bars.ScrollBarAlwaysOff)
        if scrolls:
            width -= self.verticalScrollBar().sizeHint().width() + 2
            columns = max(1, width // least)
        cell = QSize(max(1, width // columns), max(52, self._theme.px(_HIGH)))
        if self.gridSize() != cell:
            self.setGridSize(cell)
        high = min(_ROWS, -(-max(1, self._model.rowCount()) // columns)) * cell.height() + 4
        if high != self.maximumHeight():
            self.setFixedHeight(high)
            self.grown.emit()
