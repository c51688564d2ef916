"""A list of things to choose from and to change: a title, a line of words, and chips."""

from collections.abc import Hashable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QListView, QSizePolicy, QStyleOptionViewItem

from app.domain.looks import Chip
from app.domain.record import record
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label, name_widget
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.paint import chip_size, paint_avatar
from app.ui.widgets.rows import RowDelegate, RowsView

_HIGHEST = 16_777_215  # pixels: as high as it likes
_TITLE = 116  # pixels at the normal font: titles of a slim list up to this width have their words in one line


@record
class Record:
    """One line. ``colour`` (``#RRGGBB`` or a role) adds a swatch, with ``letter`` the round badge of a child;
    ``faint`` is over and done with.
    """

    key: Hashable
    title: str
    words: str = ""
    chips: tuple[Chip, ...] = ()
    colour: str = ""
    faint: bool = False
    letter: str = ""


class RecordModel(KeyedModel[Record]):
    """The records of a list."""

    def key_of(self, item: Record) -> Hashable:
        """As given."""
        return item.key

    def words_of(self, item: Record) -> str:
        """Title, words and chips."""
        parts = (item.title, item.words, *(chip.words for chip in item.chips))
        return "，".join(part for part in parts if part)

    def short_of(self, item: Record) -> str:
        """The title: what typing ahead looks for."""
        return item.title


class RecordDelegate(RowDelegate):
    """Paints a ``Record``; a ``slim`` one has its words beside the title, and lower rows."""

    slim = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(self._theme.px(160), max(44, self._theme.px(38 if self.slim else 56)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        record = index.data(ITEM_ROLE)
        if not isinstance(record, Record):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, box, option.state)
        left = box.x() + px(14)
        if record.letter:
            side = px(28 if self.slim else 36)
            badge = QRectF(left, box.center().y() - side / 2, side, side)
            paint_avatar(painter, theme, badge, record.letter, record.colour or "brand")
            left = badge.right() + px(10)
        elif record.colour:
            swatch = QRectF(left, box.center().y() - px(12), px(24), px(24))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(record.colour))
            painter.drawRoundedRect(swatch, 6, 6)
            left = swatch.right() + px(10)
        right = self._paint_chips(painter, box, record.chips)
        middle, end = box.center().y(), box.right() - px(10)
        title, words = QRectF(left, middle - px(22), right - left, px(24)), QRectF()
        if self.slim:
            title = QRectF(left, middle - px(13), right - left, px(24))
            wide = QFontMetricsF(theme.font("body", bold=True)).horizontalAdvance(record.title)
            beside = left + max(px(_TITLE), wide + px(14))
            words = QRectF(beside, middle - px(11), max(0.0, right - beside), px(22))
        else:
            words = QRectF(left, middle + px(2), end - left, px(20))
        ink = "ink_2" if record.faint else "ink"
        self.paint_words(painter, title, record.title, theme.font("body", bold=not record.faint), ink)
        self.paint_words(painter, words, record.words, theme.font("small", tabular=True), "ink_2")
        painter.restore()

    def _paint_chips(self, painter: QPainter, box: QRectF, chips: Sequence[Chip]) -> float:
        """Chips stand beside the title, the first outermost; returns where the title must end."""
        theme, px = self._theme, self._theme.px
        right = box.right() - px(10)
        for chip in chips[:2]:
            size = chip_size(theme, chip)
            width = min(size.width(), box.width() * 0.4)
            top = box.center().y() - (0 if self.slim else px(10)) - size.height() / 2
            self.paint_chip(painter, QRectF(right - width, top, width, size.height()), chip)
            right -= width + px(6)
        return right


class _View(RowsView):
    def sizeHint(self) -> QSize:
        """It takes what room there is, and asks for little."""
        return QSize(160, self.minimumHeight())


class Shape(Enum):
    """How much of a list is in sight."""

    LIST = auto()  # what its room holds; it scrolls
    STRIP = auto()  # the lit one alone, beside the heading: arrows walk on
    TALL = auto()  # all of it: what it stands in scrolls


class _Step(QAbstractButton):
    """An arrow at the end of a strip, for a finger; the keys are the list's."""

    def __init__(self, theme: Theme, name: str, words: str, by: int) -> None:
        super().__init__()
        self._theme, self.by = theme, by
        name_widget(self, name, words)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """A finger's."""
        return QSize(44, max(44, self._theme.px(38)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Up or down."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.color("ink_2" if self.isEnabled() else "line_strong")
        painter.setPen(QPen(ink, self._theme.px(2), c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        middle, wide, high = QRectF(self.rect()).center(), self._theme.px(6), self._theme.px(3) * self.by
        painter.drawPolyline(
            [middle + QPointF(-wide, -high), middle + QPointF(0, high), middle + QPointF(wide, -high)]
        )
        painter.end()


class RecordList(Card):
    """A card with a heading and the list. One record is lit while there is one."""

    chosen = Signal(object)  # the key, or None
    entered = Signal()  # Enter: to the form

    def __init__(self, theme: Theme, object_name: str, title: str, empty: str) -> None:
        super().__init__(theme)
        m = theme.metrics
        self._model = RecordModel(self)
        self._quiet = False
        self._title, self._empty = label(title, "h2"), label(empty, "muted", wrap=True)
        self._title.setContentsMargins(m.s4, m.s3, m.s4, m.s2)
        self._empty.setContentsMargins(m.s4, 0, m.s4, m.s3)
        self.view = _View(theme, object_name, title)
        self.view.setModel(self._model)
        self._delegate = RecordDelegate(theme, self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setMinimumHeight(theme.px(120))
        self.view.entered_row.connect(self.entered)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        column = self.column(margins=(1, 0, 1, m.s2), spacing=0)
        column.addWidget(self._title)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        self._column, self._edge, self._shape = column, m.s2, Shape.LIST
        self._least, self._slim = self.view.minimumHeight(), False
        self._place = label("", "small")
        self._steps = tuple(
            _Step(theme, f"{object_name}.{name}", words, by)
            for name, words, by in (("before", "上一个", -1), ("after", "下一个", 1))
        )
        for part in (self._place, *self._steps):
            column.addWidget(part)
            part.hide()
        for step in self._steps:
            step.clicked.connect(lambda _on=False, by=step.by: self._walk(by))
        self.view.viewport().installEventFilter(self)
        theme.changed.connect(self._measure)

    def set_shape(self, shape: Shape) -> None:
        """Be a list, one line of it, or all of it: where there is little room a list in a page that scrolls
        would scroll inside what scrolls.
        """
        if shape is self._shape:
            return
        if self._shape is Shape.LIST:
            self._least = self.view.minimumHeight()
        self._shape = shape
        strip, bars, m = shape is Shape.STRIP, Qt.ScrollBarPolicy, self._theme.metrics
        way = QBoxLayout.Direction.LeftToRight if strip else QBoxLayout.Direction.TopToBottom
        self._column.setDirection(way)
        edge = m.s1 if strip else self._edge
        self._column.setContentsMargins(1, edge if strip or self._slim else 0, 1, edge)
        self._column.setSpacing(m.s1 if strip else 0)
        self._title.setContentsMargins(m.s4, *((0, m.s3, 0) if strip else (m.s3, m.s4, m.s2)))
        self._delegate.slim = strip or self._slim
        off = bars.ScrollBarAlwaysOff if shape is not Shape.LIST else bars.ScrollBarAsNeeded
        self.view.setVerticalScrollBarPolicy(off)
        mode = QListView.ScrollMode
        self.view.setVerticalScrollMode(mode.ScrollPerItem if strip else mode.ScrollPerPixel)
        for part in (self._place, *self._steps):
            part.setVisible(strip)
        high = QSizePolicy.Policy.Fixed if strip else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, high)
        self.view.doItemsLayout()
        self._measure()

    @Slot()
    def _measure(self) -> None:
        """As high as its shape asks for."""
        if self._shape is Shape.LIST:
            self.view.setMinimumHeight(self._least)
            self.view.setMaximumHeight(_HIGHEST)
        else:
            row = max(44, self._theme.px(38 if self._delegate.slim else 56))
            self.view.setFixedHeight(row * (1 if self._shape is Shape.STRIP else max(1, len(self.records))))
        self._tell_place()

    def _tell_place(self) -> None:
        at, all_ = self.view.currentIndex().row(), len(self.records)
        self._place.setText(f"{at + 1}/{all_}" if at >= 0 else str(all_))
        for step in self._steps:
            step.setEnabled(0 <= at + step.by < all_)
        if self._shape is Shape.STRIP:
            self.view.scrollTo(self.view.currentIndex())

    def _walk(self, by: int) -> None:
        at = self.view.currentIndex().row() + by
        if 0 <= at < len(self.records):
            self.view.light(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On a strip the wheel walks: what is shown there is what is lit."""
        if self._shape is Shape.STRIP and isinstance(event, QWheelEvent):
            self._walk(-1 if event.angleDelta().y() > 0 else 1)
            return True
        return super().eventFilter(watched, event)

    def slim(self) -> None:
        """One line a record and no heading, so that as many as can be are in sight at once."""
        self._delegate.slim = self._slim = True
        self._title.hide()
        self._column.setContentsMargins(1, self._edge, 1, self._edge)

    def set_empty(self, words: str) -> None:
        """What is said where there is nothing to show."""
        self._empty.setText(words)

    def set_title(self, title: str) -> None:
        """Another heading."""
        self._title.setText(title)
        self.view.setAccessibleName(title)

    def show_records(self, records: Sequence[Record], wanted: Hashable | None = None) -> None:
        """Replace the list; ``wanted``, else the one lit before, else the first is lit, and told."""
        before = self.key()
        self._quiet = True
        self._model.replace(records)
        self._quiet = False
        self._empty.setVisible(not records)
        self._measure()
        found = [key for key in (wanted, before) if key is not None and self._model.position(key) is not None]
        self.light(found[0] if found else records[0].key if records else None)
        self.chosen.emit(self.key())

    def light(self, key: Hashable | None) -> None:
        """Light a record, silently; None lights nothing (a new one is being written)."""
        self._quiet = True
        row = None if key is None else self._model.position(key)
        if row is None:
            self.view.selectionModel().clear()
        else:
            self.view.light(row)
        self._quiet = False
        self._tell_place()

    def key(self) -> Hashable | None:
        """What is lit."""
        record = self._model.item_at(self.view.currentIndex())
        return None if record is None else record.key

    @property
    def records(self) -> tuple[Record, ...]:
        """All lines."""
        return self._model.items

    @Slot()
    def _on_current_changed(self) -> None:
        self._tell_place()
        if not self._quiet:
            self.chosen.emit(self.key())
