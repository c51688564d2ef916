"""A layout that flows like words, and scroll areas for columns and for whole pages."""

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QLayoutItem, QScrollArea, QSizePolicy, QWidget

_MARGIN = 8  # pixels below what is brought into sight


class FlowLayout(QLayout):
    """Lays widgets out in lines, breaking where the width ends.

    What it needs is worked out once and kept until an item changes, as Qt's own layouts do: every layout
    around it asks many times over.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # by width
        self._least: QSize | None = None
        self.setContentsMargins(QMargins(0, 0, 0, 0))
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item at the end."""
        self._items.append(item)
        self.invalidate()

    def insertWidget(self, at: int, widget: QWidget, stretch: int = 0) -> None:
        """Take a widget in at a place; nothing stretches here."""
        del stretch
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Neither: it takes what it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high at a width."""
        if (height := self._heights.get(width)) is None:
            height = self._heights[width] = self._lay(QRect(0, 0, width, 0), move=False)
        return height

    def invalidate(self) -> None:
        """An item came, went, or needs another size."""
        self._heights.clear()
        self._least = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """At least the widest item."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest item."""
        if self._least is None:
            self._least = QSize()
            for item in self._items:
                self._least = self._least.expandedTo(item.minimumSize())
        return self._least

    def _lay(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if size.width() > rect.width():  # what may become narrower does, rather than be cut off
                size.setWidth(max(item.minimumSize().width(), rect.width()))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


class ColumnScroll(QScrollArea):
    """Scrolls up and down, and only where the column is really too high.

    Qt asks how high the column is beside the bar that is there: words that wrap once more beside it keep it
    there, though without it everything would fit.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, another need."""
        self._judge()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something in the column grew or shrank."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._judge()
        return super().eventFilter(watched, event)

    def _judge(self) -> None:
        column = self.widget()
        layout = column.layout() if column is not None else None
        if column is None or layout is None or not layout.hasHeightForWidth():
            return
        room, bars = self.maximumViewportSize(), Qt.ScrollBarPolicy
        needed = layout.totalHeightForWidth(room.width())
        fits = needed <= room.height()
        if not fits:
            beside = room.width() - self.verticalScrollBar().sizeHint().width()
            needed = layout.totalHeightForWidth(beside)
        # Said here, since Qt reckons the least height of rows that wrap at their least width.
        if column.minimumHeight() != needed:
            column.setMinimumHeight(needed)
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if fits else bars.ScrollBarAsNeeded)


class SparingScroll(ColumnScroll):
    """Scrolls a column only after the parts of it that may be missing have given way, the first one first."""

    def __init__(self) -> None:
        super().__init__()
        self._spares: dict[QWidget, bool] = {}
        # The range is known before what is in the column has its place.
        self._laid_out = QTimer(self, singleShot=True, interval=0)
        self._laid_out.timeout.connect(self._keep_in_sight)
        self.verticalScrollBar().rangeChanged.connect(self._laid_out.start)

    @Slot()
    def _keep_in_sight(self) -> None:
        """Where the column or what stands beside it has grown, whatever is typed into stays in sight."""
        held, column = QApplication.focusWidget(), self.widget()
        if held is not None and column is not None and column.isAncestorOf(held):
            _show_whole(self, held, _MARGIN)

    def spare(self, part: QWidget, *, wanted: bool) -> None:
        """Show a part while there is room for it, if it is ``wanted`` at all."""
        self._spares[part] = wanted
        part.setVisible(wanted)

    def hold(self, part: QWidget) -> None:
        """Show a part whatever room there is: what it says matters now."""
        self._spares[part] = False
        part.show()

    def _judge(self) -> None:
        column = self.widget()
        layout = column.layout() if column is not None else None
        if self._spares and layout is not None and layout.hasHeightForWidth():
            room = self.maximumViewportSize()
            wanted = [part for part, wanted in self._spares.items() if wanted]
            high = {part: self._height(part, room.width()) + layout.spacing() for part in wanted}
            needed = layout.totalHeightForWidth(room.width())
            needed += sum(high[part] for part in wanted if part.isHidden())
            for part in wanted:
                part.setVisible(needed <= room.height())
                needed -= high[part] if needed > room.height() else 0
        super()._judge()

    @staticmethod
    def _height(part: QWidget, width: int) -> int:
        return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()


def scrolled(content: QWidget, object_name: str = "", area: ColumnScroll | None = None) -> QScrollArea:
    """Put a column into a scroll area that never scrolls sideways and shows no frame."""
    area = area or ColumnScroll()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    area.setWidget(content)
    if object_name:
        area.setObjectName(object_name)
    return area


def bring(area: QScrollArea, part: QWidget, margin: int) -> None:
    """Scroll to a part that may have been put there, or have grown, a moment ago."""
    at: QWidget | None = part
    while at is not None and at is not area.viewport():
        if (layout := at.layout()) is not None:
            layout.activate()
        at = at.parentWidget()
    QApplication.sendEvent(area, QEvent(QEvent.Type.LayoutRequest))  # it learns how high its content is now
    _show_whole(area, part, margin)


def _show_whole(area: QScrollArea, part: QWidget, margin: int) -> None:
    """Scroll to the whole of a part: of a field Qt itself brings no more than the cursor."""
    column = area.widget()
    if column is None or not column.isAncestorOf(part):
        return  # it stands beside the column, and in sight
    top = part.mapTo(column, QPoint(0, 0)).y()
    for y in (top + part.height() + margin, max(0, top - margin)):
        area.ensureVisible(0, y, 0, 0)


class BendingPage(QWidget):
    """A page for ``PageScroll`` whose parts scroll by themselves, so that the acts at its foot stay in sight.

    Qt would make it as high as its parts would like to be, and scroll the whole of it.
    """

    def heightForWidth(self, width: int) -> int:
        """The least."""
        layout = self.layout()
        return -1 if layout is None else layout.totalMinimumHeightForWidth(width)


class PageScroll(QScrollArea):
    """A whole page that bends to the window as long as it can, and scrolls up and down where it cannot."""

    def __init__(self, page: QWidget, object_name: str = "") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setMinimumWidth(1)  # squeezed rather than cut off at the right
        self.setWidget(page)
        page.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height that is needed."""
        self._fit()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something in the page grew or shrank."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self.widget()
        layout = page.layout() if page is not None else None
        if page is None or layout is None:
            return
        flows = layout.hasHeightForWidth()
        width = self.viewport().width()
        needed = layout.totalMinimumHeightForWidth(width) if flows else layout.totalMinimumSize().height()
        if page.minimumHeight() != needed:
            page.setMinimumHeight(needed)


def height_at(layout: QLayout, width: int) -> int:
    """How high a layout is in a given width."""
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height()
