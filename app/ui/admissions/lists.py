"""Painted lists of the room: children with their state, and the dated lines of one life."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.domain.looks import Chip, Tone
from app.services.admission_lists import LifeLine, Line
from app.services.forecast_lines import ClassOutlook, SeatLine
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel
from app.ui.widgets.paint import chip_size, paint_avatar
from app.ui.widgets.rows import RowDelegate, RowsView

MARK_ROLE = ITEM_ROLE + 1
_TICK = ((0.22, 0.54), (0.43, 0.75), (0.8, 0.28))


Item = Line | SeatLine | ClassOutlook


class LineModel(KeyedModel[Item]):
    """Children in a list; some may be marked (转班). The forecast stands under the names of its classes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.marking = False
        self._marked: set[Hashable] = set()

    def key_of(self, item: Item) -> Hashable:
        """Whose life it is; in the forecast a child may stand in two classes and on several days."""
        if isinstance(item, ClassOutlook):
            return item.class_id
        return item.owner if isinstance(item, Line) else (item.owner, item.class_id, item.on_day, item.way)

    def words_of(self, item: Item) -> str:
        """Everything that is painted."""
        if isinstance(item, ClassOutlook):
            return f"{item.name}，{item.words}"
        chosen = "已选" if self.marking and self.key_of(item) in self._marked else ""
        title, hint = (item.numbered, item.hint) if isinstance(item, Line) else (item.title, "")
        parts = (chosen, title, item.note, item.chip.words, hint)
        return "，".join(part for part in parts if part)

    def short_of(self, item: Item) -> str:
        """The name."""
        return item.name

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The name of a class can be neither chosen nor focused."""
        heading = isinstance(self.item_at(index), ClassOutlook)
        return Qt.ItemFlag.NoItemFlags if heading else super().flags(index)

    def next_class(self, row: int, way: int) -> int | None:
        """The first line of the class after that of a row (``way`` 1), or of the one before (-1)."""
        heads = [
            at
            for at, item in enumerate(self.items)
            if isinstance(item, ClassOutlook) and item.lines and self.items[at + 1 :]
        ]
        own = max((at for at in heads if at < row), default=-1)
        beside = [at for at in heads if (at > row if way > 0 else at < own)]
        return None if not beside else (min(beside) if way > 0 else max(beside)) + 1

    def mark(self, key: Hashable, *, on: bool) -> None:
        """Mark one, or not any more."""
        (self._marked.add if on else self._marked.discard)(key)
        at = self.position(key)
        if at is not None:
            self.dataChanged.emit(self.index(at), self.index(at))

    def marked(self) -> tuple[Line, ...]:
        """Those of the list that are marked."""
        return tuple(one for one in self.items if isinstance(one, Line) and self.key_of(one) in self._marked)

    def clear_marks(self) -> None:
        """Mark nobody."""
        for key in tuple(self._marked):
            self.mark(key, on=False)  # each row tells it: its tick would stay painted

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The usual roles, and whether it is marked."""
        if role == MARK_ROLE:
            item = self.item_at(index)
            return None if item is None or not self.marking else self.key_of(item) in self._marked
        return super().data(index, role)


class LifeModel(KeyedModel[tuple[int, LifeLine]]):
    """The lines of one life, in order."""

    def key_of(self, item: tuple[int, LifeLine]) -> Hashable:
        """Its place."""
        return item[0]

    def words_of(self, item: tuple[int, LifeLine]) -> str:
        """Day, what happened, by whom and why."""
        line = item[1]
        return f"{line.on_day}，{line.words}，{line.note}"


class LineDelegate(RowDelegate):
    """Paints a child: mark, face, name, what is known, and the state at the right."""

    SIZE = (160, 56)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        item = index.data(ITEM_ROLE)
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        if isinstance(item, ClassOutlook):
            self._paint_class(painter, box, item)
        if not isinstance(item, Line | SeatLine):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, box, option.state)
        left = box.x() + px(14)
        marked = index.data(MARK_ROLE)
        if marked is not None:
            left = self._paint_mark(painter, box, left, marked=bool(marked))
        side = px(34)
        face = QRectF(left, box.center().y() - side / 2, side, side)
        paint_avatar(painter, theme, face, item.name[:1] or "?", item.colour)
        self._paint_told(painter, box, item, face.right() + px(10))
        painter.restore()

    def _paint_told(self, painter: QPainter, box: QRectF, item: Line | SeatLine, left: float) -> None:
        """Two lines with the chips beside both; where the second has no room there, beside the first only."""
        theme, px = self._theme, self._theme.px
        title = item.title if isinstance(item, SeatLine) else item.numbered
        note, hint = item.note, item.hint if isinstance(item, Line) else ""
        bold, small = theme.font("body", bold=True), theme.font("small", tabular=True)
        chips = [item.chip, *([Chip(hint, Tone.INFO)] if hint else [])]
        beside = left + sum(chip_size(theme, chip).width() + px(8) for chip in chips) + px(14)
        roomy = beside + QFontMetricsF(small).horizontalAdvance(note) <= box.right()
        first = QRectF(box.x(), box.center().y() - px(24), box.width(), px(26))
        if not roomy and hint and beside + QFontMetricsF(bold).horizontalAdvance(title) > box.right():
            chips, note = [item.chip], f"{hint} · {note}"
        edge = self._paint_chips(painter, box if roomy else first, chips)
        upper = QRectF(left, box.center().y() - px(22), edge - left, px(23))
        self.paint_words(painter, upper, title, bold, "ink")
        end = edge if roomy else box.right() - px(14)
        lower = QRectF(left, box.center().y() + px(1 if roomy else 3), end - left, px(20))
        self.paint_words(painter, lower, note, small, "ink_2")

    def _paint_class(self, painter: QPainter, box: QRectF, item: ClassOutlook) -> None:
        """The class in its colour, and what happens in it, on the ground of the page."""
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, theme.color("sunken"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(item.colour))
        bar = QRectF(box.x() + px(14), box.center().y() - px(11), px(5), px(22))
        painter.drawRoundedRect(bar, px(2), px(2))
        room = QRectF(bar.right() + px(10), box.center().y() - px(13), box.width() - px(48), px(26))
        strong = theme.font("body", bold=True)
        self.paint_words(painter, room, item.name, strong, "ink")
        room.setLeft(room.left() + QFontMetricsF(strong).horizontalAdvance(item.name) + px(14))
        self.paint_words(painter, room, item.words, theme.font("small", tabular=True), "ink_2")
        painter.restore()

    def _paint_mark(self, painter: QPainter, box: QRectF, left: float, *, marked: bool) -> float:
        theme, side = self._theme, self._theme.px(20)
        square = QRectF(left, box.center().y() - side / 2, side, side)
        painter.setPen(QPen(theme.color("brand" if marked else "line_strong"), 1.5))
        painter.setBrush(theme.color("brand" if marked else "surface"))
        painter.drawRoundedRect(square, 5, 5)
        if marked:
            painter.setPen(QPen(theme.color("brand_ink"), 2.2))
            corner = [QPointF(across * side, down * side) for across, down in _TICK]
            painter.drawPolyline(QPolygonF([square.topLeft() + point for point in corner]))
        return square.right() + theme.px(12)

    def _paint_chips(self, painter: QPainter, box: QRectF, chips: Sequence[Chip]) -> float:
        """The state, and left of it a hint; returns where they begin."""
        theme, px = self._theme, self._theme.px
        edge = box.right() - px(14)
        for chip in chips:
            size = chip_size(theme, chip)
            width = min(size.width(), box.width() * 0.4)
            place = QRectF(edge - width, box.center().y() - size.height() / 2, width, size.height())
            self.paint_chip(painter, place, chip)
            edge = place.left() - px(8)
        return edge


class LifeDelegate(RowDelegate):
    """Paints a dated line: the day, a dot on the thread of the life, what happened, who noted it and why."""

    SIZE = (160, 46)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        item = index.data(ITEM_ROLE)
        if not isinstance(item, tuple):
            return
        line: LifeLine = item[1]
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self.paint_ground(painter, box, option.state)
        day_width = px(92)
        days = QRectF(box.x() + px(8), box.y() + px(4), day_width, px(20))
        self.paint_words(painter, days, f"{line.on_day}", theme.font("small", tabular=True), "ink_2")
        x = days.right() + px(10)
        last = index.row() + 1 == index.model().rowCount()
        painter.setPen(QPen(theme.color("line_strong"), 2))
        top = box.top() if index.row() else box.y() + px(14)
        painter.drawLine(round(x), round(top), round(x), round(box.y() + px(14) if last else box.bottom()))
        painter.setPen(QPen(theme.color("brand"), 2))
        painter.setBrush(theme.color("surface" if line.future else "brand"))
        painter.drawEllipse(QRectF(x - px(5), box.y() + px(9), px(10), px(10)))
        left = x + px(14)
        room = box.right() - px(8) - left
        title = f"{line.words}（未到）" if line.future else line.words
        upper = QRectF(left, box.y() + px(3), room, px(22))
        self.paint_words(painter, upper, title, theme.font("body", bold=True), "ink")
        lower = QRectF(left, box.y() + px(24), room, px(18))
        self.paint_words(painter, lower, line.note, theme.font("small"), "ink_2")
        painter.restore()


class MarkedRows(RowsView):
    """Rows of which Space marks some; left and right turn to the part before and after."""

    marked_row = Signal()
    turned = Signal(int)  # -1 or 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space is told too."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.marked_row.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self.turned.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)
