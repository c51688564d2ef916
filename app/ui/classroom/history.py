"""记录历史: the log of a class as far back as it goes, read page by page while it is scrolled."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.domain.days import month_day
from app.domain.ids import ChildId
from app.domain.logbook import EntryKind
from app.services.class_history import Cursor, PastLine, PastPage
from app.services.class_views import ClassTab, RosterCard
from app.ui.classroom.words import KIND_COLOURS
from app.ui.rooms import RoomContext
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.keyed import ITEM_ROLE
from app.ui.widgets.overlay import Overlay

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class HistoryModel(QAbstractListModel):
    """Lines come a page at a time, when the view asks; nothing is read before it is wanted."""

    page_wanted = Signal(object)  # Cursor or None

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._lines: list[PastLine] = []
        self._more: Cursor | None = None
        self._asked = False

    def begin(self) -> None:
        """Forget what stands and ask for the first page."""
        self.beginResetModel()
        self._lines, self._more, self._asked = [], None, True
        self.endResetModel()
        self.page_wanted.emit(None)

    def take(self, page: PastPage) -> None:
        """Put a page at the end."""
        self._asked, self._more = False, page.more
        if not page.lines:
            return
        first = len(self._lines)
        self.beginInsertRows(_NONE, first, first + len(page.lines) - 1)
        self._lines += page.lines
        self.endInsertRows()

    def line(self, row: int) -> PastLine | None:
        """A line by its row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def rowCount(self, parent: Index = _NONE) -> int:
        """The lines read so far."""
        return 0 if parent.isValid() else len(self._lines)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are older ones, and nobody is fetching them already."""
        return not parent.isValid() and self._more is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page."""
        del parent
        self._asked = True
        self.page_wanted.emit(self._more)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line under ``ITEM_ROLE``; its words to whoever reads aloud."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == ITEM_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{month_day(line.day)} {line.at:%H:%M} {line.name} {line.title} {line.words}"
        return None


class HistoryDelegate(QStyledItemDelegate):
    """One line of one height: day and hour, child, what, by whom."""

    def __init__(self, theme: Theme, model: HistoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for every line, so that a long list is laid out at once."""
        del option, index
        return QSize(100, self._theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line; the day is said where it begins."""
        line = index.data(ITEM_ROLE)
        if not isinstance(line, PastLine):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(box, theme.color("brand_soft"))
        above = self._model.line(index.row() - 1)
        if above is None or above.day != line.day:
            painter.setPen(theme.color("line"))
            painter.drawLine(box.topLeft(), box.topRight())
            self._text(
                painter, QRectF(box.x() + px(8), box.y(), px(66), box.height()), month_day(line.day), "ink"
            )
        x = box.x() + px(74)
        self._text(painter, QRectF(x, box.y(), px(50), box.height()), f"{line.at:%H:%M}", "ink_2")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(KIND_COLOURS.get(line.kind, "ink_3")))
        painter.drawEllipse(QRectF(x + px(50), box.center().y() - px(5), px(10), px(10)))
        self._text(painter, QRectF(x + px(68), box.y(), px(84), box.height()), line.name, "ink")
        by = px(80)
        words = QRectF(x + px(156), box.y(), box.right() - x - px(156) - by - px(16), box.height())
        self._text(painter, words, f"{line.title}　{line.words}", "ink")
        self._text(painter, QRectF(box.right() - by - px(8), box.y(), by, box.height()), line.by, "ink_2")
        painter.restore()

    def _text(self, painter: QPainter, box: QRectF, words: str, role: str) -> None:
        font = self._theme.font("small", tabular=True)
        painter.setFont(font)
        painter.setPen(self._theme.color(role))
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class HistoryList(QTableView):
    """One column of lines of one height. A table places rows without asking the model for each of them.

    A list view asks for every row at each new page: after some thousand lines a frame took 100 ms.
    """

    def __init__(self, theme: Theme, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        name_widget(self, "history.list", "记录历史")
        self.setModel(model)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(HistoryDelegate(theme, model, self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit()
        theme.changed.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc is the sheet's; the rest moves through the lines."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    @Slot()
    def _fit(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self._theme.px(34))
        self.verticalHeader().setDefaultSectionSize(self._theme.px(34))


class HistorySheet(Overlay):
    """The list, and what it is narrowed to: one kind, one child."""

    def __init__(self, context: RoomContext, host: QWidget, group: ClassTab, card: RosterCard | None) -> None:
        super().__init__(context.theme, host, object_name="history")
        self.setAccessibleName("记录历史")
        self._context, self._group, self._card = context, group, card
        self._round = 0  # answers to an earlier filter find nobody
        theme, m = context.theme, context.theme.metrics
        self.model = HistoryModel(self)
        self.model.page_wanted.connect(self._on_page_wanted)
        self.view = HistoryList(theme, self.model)
        kinds = [("", "全部"), *((kind.value, kind.label) for kind in EntryKind)]
        self.kinds = Segmented(
            theme, "history.kind", "种类", [(value or "all", words) for value, words in kinds],
            kind="choice", stretch=False, wrap=True,
        )  # fmt: skip
        self.kinds.set_value("all")
        self.kinds.chosen.connect(self._begin)
        whose = [("class", f"{group.name}全班")]
        if card is not None:
            whose.append(("child", card.name))
        self.whose = Segmented(theme, "history.whose", "谁的", whose, kind="choice", stretch=False)
        self.whose.set_value("class")
        self.whose.chosen.connect(self._begin)
        self.empty = label("", "muted")
        self._close = KeyButton(theme, "关闭", bind=False, shown="Esc", object_name="history.close")
        self._close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setSpacing(m.s3)
        head.addWidget(label("记录历史", "h1"))
        head.addWidget(self.whose)
        head.addStretch(1)
        head.addWidget(self._close)
        column = self.card.column(spacing=m.s2)
        column.addLayout(head)
        column.addWidget(self.kinds)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
        self.fill()
        self._begin()

    def focus_first(self) -> None:
        """The list."""
        self.view.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; nothing leaks to what is below."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    @Slot()
    def _begin(self, _value: str = "") -> None:
        self._round += 1
        self.empty.hide()
        self.model.begin()

    @Slot(object)
    def _on_page_wanted(self, before: Cursor | None) -> None:
        chosen = self.kinds.value()
        kind = None if chosen in ("", "all") else EntryKind(chosen)
        child = self._card.child if self._card is not None and self.whose.value() == "child" else None
        self._context.ask(_reading(self._context, self._group, before, kind, child), self._taker(self._round))

    def _taker(self, round_: int) -> Callable[[PastPage], None]:
        def take(page: PastPage) -> None:
            if round_ != self._round:
                return
            self.model.take(page)
            none = self.model.rowCount() == 0
            self.empty.setText("没有这样的记录。换一个种类，或看全班的。" if none else "")
            self.empty.setVisible(none)

        return take


def _reading(
    context: RoomContext,
    group: ClassTab,
    before: Cursor | None,
    kind: EntryKind | None,
    child: ChildId | None,
) -> Callable[[Any], PastPage]:
    actor = context.actor

    def read(services: Any) -> PastPage:
        page: PastPage = services.classes.history.page(actor, group.id, before, kind=kind, child=child)
        return page

    return read


def open_history(context: RoomContext, group: ClassTab, card: RosterCard | None) -> None:
    """Lay the history of a class over the window."""
    host = context.host
    if host is not None and host.isEnabled():
        HistorySheet(context, host, group, card).present()
