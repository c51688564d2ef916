"""One column of the desk: a heading with a count, and a list of painted rows."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from app.domain.ids import ChildId
from app.domain.looks import Tone
from app.services.desk import ChildRow
from app.ui.desk.delegates import ChildRowDelegate
from app.ui.desk.ink import DeskInk, draw_text, text_width
from app.ui.desk.model import ChildRowModel, Heading, Item

_OWN_KEYS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
}


class RowList(QListView):
    """A list that keeps the keys that walk it and leaves all others to the desk around it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustIgnored)

    def lay_out(self) -> None:
        """Give the rows their places now. Left to Qt they take them after the next painting, and all is
        painted twice.
        """
        self.executeDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrow keys; Enter, digits and letters belong to the desk, not to a type-ahead."""
        if event.key() in _OWN_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose nobody by merely having the focus; a list by itself would take its first."""
        if self.currentIndex().isValid():
            super().focusInEvent(event)
        else:
            QWidget.focusInEvent(self, event)

    def minimumSizeHint(self) -> QSize:
        """May become small: it scrolls."""
        return QSize(80, 60)


class ColumnHead(QWidget):
    """The painted heading: title and count."""

    def __init__(self, title: str, tone: Tone, ink: DeskInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self._tone, self._ink, self.count = title, tone, ink, 0
        self.set_ink(ink)

    @property
    def short(self) -> str:
        """The title without what stands in brackets."""
        return self.title.split("（", 1)[0]

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self.setFixedHeight(ink.px(46))
        self.update()

    def set_count(self, count: int) -> None:
        """Show another count."""
        if self.count == count and self.accessibleName():
            return
        self.count = count
        self.setAccessibleName(f"{self.title} {count}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint title, count and the line below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, box = self._ink, QRectF(self.rect())
        inner = box.adjusted(ink.px(16), 0, -ink.px(14), 0)
        ground, pen = ink.tones[self._tone if self.count else Tone.PLAIN]
        words, height = str(self.count), ink.px(24)
        wide = max(ink.px(28), text_width(words, ink.strong) + ink.px(16))
        pill = QRectF(inner.right() - wide, inner.center().y() - height / 2, wide, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(ink.strong)
        painter.setPen(pen)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)
        place = inner.adjusted(0, 0, -wide - ink.px(6), 0)
        title = self.title if text_width(self.title, ink.strong) <= place.width() else self.short
        draw_text(painter, place, title, ink.strong, ink.ink)
        painter.fillRect(QRectF(1, box.bottom() - 1, box.width() - 2, 1), ink.line)


class Column(QWidget):
    """A card with a heading and rows. Says which child was chosen; decides nothing."""

    chosen = Signal(object)  # ChildRow
    opened = Signal(object)  # ChildRow, by double click

    def __init__(
        self, key: str, title: str, empty: str, tone: Tone, ink: DeskInk, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ink, self._empty = ink, empty
        self.loading = True
        self._quiet = False
        self.model = ChildRowModel(self)
        self.head = ColumnHead(title, tone, ink)
        self.view = RowList()
        self.view.setObjectName(f"desk.{key}")
        self.view.setAccessibleName(title)
        self._delegate = ChildRowDelegate(ink, self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setModel(self.model)
        line = self._line = QVBoxLayout(self)
        line.setContentsMargins(1, 1, 1, ink.px(10))
        line.setSpacing(0)
        line.addWidget(self.head)
        line.addWidget(self.view, 1000)
        line.addStretch(1)  # keeps the heading on top where there is no list
        self.view.selectionModel().currentChanged.connect(self._on_view_current_changed)
        self.view.doubleClicked.connect(self._on_view_double_clicked)

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        self._delegate.set_ink(ink)
        self.head.set_ink(ink)
        self.view.scheduleDelayedItemsLayout()
        self.update()

    def show_head(self, shown: bool) -> None:
        """Show the heading, or only round the corners where tabs say the same."""
        self.head.setVisible(shown)
        self._line.setContentsMargins(1, 1 if shown else self._ink.px(10), 1, self._ink.px(10))

    def show_items(self, items: Sequence[Item], count: int) -> None:
        """Replace rows and count. A current row that goes hands the choice on to nobody."""
        self.head.set_count(count)
        self._quiet = True
        # Where all rows are of one height, the list need not ask for that of each of two hundred.
        self.view.setUniformItemSizes(not any(isinstance(item, Heading) for item in items))
        self.model.replace(items)
        self.view.lay_out()
        self._quiet = False
        if self.loading or self.view.isHidden() == bool(items):
            self.loading = False
            self.view.setVisible(bool(items))
            self.update()

    def show_failed(self, words: str) -> None:
        """Nothing could be read: say so instead of waiting for ever."""
        if self.loading:
            self.loading = False
            self._empty = words
            self.update()

    def select(self, child: ChildId | None, *, quiet: bool = True) -> bool:
        """Choose a child's row, or none; say whether it stands here. ``quiet`` tells nobody."""
        selection = self.view.selectionModel()
        at = None if child is None else self.model.position(child)
        self._quiet = quiet
        if at is None:
            if selection.currentIndex().isValid() or selection.hasSelection():
                selection.clear()
        elif selection.currentIndex().row() != at or not selection.isRowSelected(at):
            index = self.model.index(at)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)
        self._quiet = False
        return at is not None

    def first(self) -> ChildRow | None:
        """The topmost child."""
        return next(iter(self.model.child_rows()), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card, and what an empty or a loading column says."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._ink
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(ink.surface)
        painter.setPen(ink.line)
        painter.drawRoundedRect(box, ink.px(14), ink.px(14))
        if self.loading:
            self._paint_ghosts(painter, box)
        elif self.model.rowCount() == 0:
            painter.setFont(ink.body)
            painter.setPen(ink.ink_3)
            words = box.adjusted(ink.px(16), ink.px(70), -ink.px(16), -ink.px(16))
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(words, int(flags), self._empty)

    def _paint_ghosts(self, painter: QPainter, box: QRectF) -> None:
        ink = self._ink
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.sunken)
        for number in range(4):
            top = box.top() + ink.px(56) + number * ink.px(57)
            if top + ink.px(40) > box.bottom():
                return
            left = box.left() + ink.px(14)
            painter.drawEllipse(QRectF(left, top, ink.px(38), ink.px(38)))
            bar = QRectF(left + ink.px(50), top + ink.px(4), box.width() * 0.4, ink.px(13))
            painter.drawRoundedRect(bar, 4, 4)
            painter.drawRoundedRect(bar.translated(0, ink.px(19)), 4, 4)

    def _on_view_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row_at(current)
        if row is not None and not self._quiet:
            self.chosen.emit(row)

    def _on_view_double_clicked(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if row is not None:
            self.opened.emit(row)
