"""Lists of painted rows: the ground of a row, its words, and a view whose Enter says that a row is meant."""

from PySide6.QtCore import QItemSelectionModel, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.looks import Chip
from app.ui.theme import Theme
from app.ui.widgets.basic import name_widget
from app.ui.widgets.keyed import Index
from app.ui.widgets.paint import paint_chip

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowDelegate(QStyledItemDelegate):
    """What painted rows share. ``SIZE``: the least width and the height in pixels at the normal font."""

    SIZE = (160, 60)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lit = False  # whether the row being painted is the chosen one

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        del option, index
        wide, high = self.SIZE
        return QSize(self._theme.px(wide), self._theme.px(high))

    def paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        """Selected, hovered, focused, and the line below."""
        theme, px = self._theme, self._theme.px
        self._lit = bool(state & QStyle.StateFlag.State_Selected)
        if self._lit:
            painter.fillRect(box, theme.color("brand_soft"))
            painter.fillRect(QRectF(box.x(), box.y(), px(4), box.height()), theme.color("brand"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("hover"))
        painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), 6, 6)

    def paint_chip(self, painter: QPainter, box: QRectF, chip: Chip) -> None:
        """A chip on the ground painted last, set off from it where the row is the chosen one."""
        paint_chip(painter, self._theme, box, chip, halo=self._lit)

    def paint_words(self, painter: QPainter, box: QRectF, words: str, font: QFont, role: str) -> None:
        """One line of text, elided."""
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class RowsView(QListView):
    """Rows of one height that move by keys; Enter says that the lit one is meant."""

    entered_row = Signal()

    def __init__(self, theme: Theme, object_name: str, spoken: str) -> None:
        super().__init__()
        name_widget(self, object_name, spoken)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.doItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is told; the rest moves in the list."""
        if event.key() in _ENTERS and not event.modifiers():
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)

    def light(self, row: int) -> None:
        """Make a row the current one, in sight."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
