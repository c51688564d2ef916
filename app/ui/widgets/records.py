"""A list of things to choose from and to change: a title, a line of words, and chips."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.looks import Chip
from app.domain.record import record
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.paint import chip_size, paint_avatar
from app.ui.widgets.rows import RowDelegate, RowsView

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
        self._column, self._edge = column, m.s2

    def slim(self) -> None:
        """One line a record and no heading, so that as many as can be are in sight at once."""
        self._delegate.slim = True
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
        if not self._quiet:
            self.chosen.emit(self.key())
