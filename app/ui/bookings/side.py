"""The right side of the bookings: one class on one day, its bookings, and what to do with the chosen one."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.ids import BookingId
from app.services.booking_card import BookingCard, BookingRow
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keyed import ITEM_ROLE, KeyedModel
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.paint import chip_size, paint_avatar, paint_chip

Index = QModelIndex | QPersistentModelIndex


class BookingModel(KeyedModel[BookingRow]):
    """The bookings it is given."""

    def key_of(self, item: BookingRow) -> Hashable:
        """A booking is known by its number."""
        return item.id

    def words_of(self, item: BookingRow) -> str:
        """The whole line."""
        weekly = "每周" if item.weekly else ""
        parts = (
            item.name,
            item.age_words,
            item.time_words,
            item.tariff.label,
            weekly,
            item.chip.words,
            item.note,
        )
        return "，".join(part for part in parts if part)

    def short_of(self, item: BookingRow) -> str:
        """The child's name."""
        return item.name


class BookingDelegate(QStyledItemDelegate):
    """Paints one booking: name, hours and kind, and its state."""

    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(self._theme.px(180), self._theme.px(58))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        row: BookingRow = index.data(ITEM_ROLE)
        theme, px, box = self._theme, self._theme.px, QRectF(option.rect)
        chosen = self._view.selectionModel().isSelected(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(box, theme.color("brand_soft"))
            painter.fillRect(QRectF(box.left(), box.top(), px(4), box.height()), theme.color("brand"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("line"))
        if chosen and self._view.hasFocus():
            painter.setPen(theme.color("focus"))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), 6, 6)
        side = px(36)
        sign = QRectF(box.left() + px(10), box.center().y() - side / 2, side, side)
        paint_avatar(painter, theme, sign, row.name[:1] or "?", row.colour)
        size = chip_size(theme, row.chip)
        middle = box.center().y()
        chip = QRectF(box.right() - size.width() - px(8), middle - px(24), size.width(), size.height())
        paint_chip(painter, theme, chip, row.chip, halo=chosen)
        left = sign.right() + px(10)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(theme.font("name", bold=True))
        painter.setPen(theme.color("ink" if row.holds else "ink_2"))
        room = chip.left() - left - px(6)
        name = QFontMetricsF(painter.font()).elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, middle - px(24), room, px(24)), flags, name)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("ink_2"))
        below = " · ".join(
            part
            for part in (row.time_words, row.tariff.label, "每周" if row.weekly else "", row.note)
            if part
        )
        room = box.right() - px(8) - left
        below = QFontMetricsF(painter.font()).elidedText(below, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, middle + px(2), room, px(20)), flags, below)
        painter.restore()


class BookingList(QListView):
    """The bookings of one place. Arrows walk; other keys belong to the room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        name_widget(self, "bookings.list", "这一格的预约")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setItemDelegate(BookingDelegate(theme, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk; Enter, Del and letters go to the room."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tabbing in chooses the first."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def minimumSizeHint(self) -> QSize:
        """It scrolls."""
        return QSize(80, 60)


class SidePane(Card):
    """Shows a place and its bookings. Decides nothing."""

    chosen = Signal(object)  # BookingId or None

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setObjectName("bookings.pane")
        self._theme = theme
        px = theme.px
        self.title = label("", "h2", wrap=True)
        self.load = label("", "small", wrap=True)
        self.load.setObjectName("bookings.load")
        self.model = BookingModel(self)
        self.list = BookingList(theme)
        self.list.setModel(self.model)
        self.empty = label("这里还没有预约。按 N 新预约。", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.detail = label("", "small", wrap=True)
        self.detail.setObjectName("bookings.detail")
        self.change = KeyButton(theme, "改期", shown="Enter", bind=False, object_name="bookings.change")
        self.cancel = KeyButton(
            theme, "取消预约", "Delete", kind="danger", shown="Del", object_name="bookings.cancel"
        )
        self.miss = KeyButton(theme, "记未到", "X", object_name="bookings.miss")
        column = self.column(margins=(px(16), px(12), px(12), px(12)), spacing=px(6))
        column.addWidget(self.title)
        column.addWidget(self.load)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.detail)
        self._acts = QWidget()
        acts = FlowLayout(self._acts, px(8))
        for made in (self.change, self.cancel, self.miss):
            acts.addWidget(made)
        column.addWidget(self._acts)
        self.list.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit(self.booking))
        self.show_rows("", "", ())
        del icons

    @property
    def booking(self) -> BookingId | None:
        """The chosen booking."""
        row = self.row
        return None if row is None else row.id

    @property
    def row(self) -> BookingRow | None:
        """The chosen booking's row."""
        return self.model.item_at(self.list.currentIndex())

    def show_rows(self, title: str, load: str, rows: Sequence[BookingRow], empty: str = "") -> None:
        """Show another place; the chosen booking stays chosen while it is there."""
        self.title.setText(title)
        self.load.setText(load)
        self.load.setVisible(bool(load))
        self.model.replace(rows)
        self.empty.setText(empty or "这里还没有预约。按 N 新预约。")
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and self.row is None:
            self.list.setCurrentIndex(self.model.index(0))
        self.chosen.emit(self.booking)

    def show_card(self, card: BookingCard | None) -> None:
        """Show what is known of the chosen booking, and offer what can be done with it."""
        holds = card is not None and card.row.holds
        self.change.setVisible(holds)
        self.cancel.setVisible(holds)
        self.miss.setVisible(card is not None and card.may_miss)
        self._acts.setVisible(holds or (card is not None and card.may_miss))
        if card is None:
            self.detail.hide()
            return
        parts = (
            card.contact,
            card.history,
            card.series_words,
            f"破例：{card.override_reason}" if card.override_reason else "",
            card.end_words,
            card.made_words,
        )
        self.detail.setText("\n".join(part for part in parts if part))
        self.detail.setVisible(bool(self.detail.text()))

    def select(self, booking: BookingId) -> None:
        """Choose a booking if it is here."""
        at = self.model.position(booking)
        if at is not None:
            self.list.setCurrentIndex(self.model.index(at))
