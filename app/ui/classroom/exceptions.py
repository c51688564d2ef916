"""Those of a batch, each with a letter: a letter goes to a child, a digit says what was different for her."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.ids import VisitId
from app.domain.record import record
from app.services.class_views import RosterCard
from app.ui.theme import Theme
from app.ui.widgets.cells import CellGrid
from app.ui.widgets.keyed import ITEM_ROLE, Index, KeyedModel

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEFT_OUT = "-"  # the value of a child for whom nothing is logged
_OUT_WORDS = "不记"


@record
class Mark:
    """One child of the batch. ``value`` is empty for the rest, else what was different; ``words`` say it."""

    visit: VisitId
    name: str
    letter: str
    value: str = ""
    words: str = ""
    clash: bool = False  # left out until somebody says why she may eat it


class MarkModel(KeyedModel[Mark]):
    """The children of the batch in the order of the roster."""

    def key_of(self, item: Mark) -> Hashable:
        """The visit."""
        return item.visit

    def words_of(self, item: Mark) -> str:
        """Name and what is different."""
        different = item.words or ("过敏，先不记" if item.clash else "和大家一样")
        return f"{item.letter} {item.name}，{different}"


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QListView) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        mark = index.data(ITEM_ROLE)
        if not isinstance(mark, Mark):
            return
        theme, px = self._theme, self._theme.px
        box = QRectF(option.rect).adjusted(2, 2, -2, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        held = bool(option.state & QStyle.StateFlag.State_HasFocus)
        ground = "bad_soft" if mark.clash else "warn_soft" if mark.value else "surface"
        painter.setPen(QPen(theme.color("focus"), 2) if held else QPen(theme.color("line"), 1))
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 10, 10)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(theme.color("brand"))
        letter = QRectF(box.x() + px(8), box.y(), px(14), box.height())
        painter.drawText(letter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, mark.letter)
        words = mark.words or ("过敏不记" if mark.clash else "")
        font = theme.font("small")
        room = box.adjusted(px(24), 0, -px(6), 0)
        if words:
            painter.setPen(theme.color("bad_ink" if mark.clash else "warn_ink"))
            painter.setFont(theme.font("small", bold=True))
            wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
            room = room.adjusted(0, 0, -wide - px(4), 0)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        shown = QFontMetricsF(font).elidedText(mark.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class ExceptionStrip(CellGrid):
    """Says which children differ, and in what. With a touch a child takes the next value of the row."""

    changed = Signal()
    keep_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("classroom.exceptions", "和大家不同的孩子", parent)
        self._theme = theme
        self._choices: tuple[tuple[str, str], ...] = ()
        self.marks = MarkModel(self)
        self.setAccessibleDescription("字母选孩子，数字改她的，0 不记，退格改回")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setModel(self.marks)
        self.setItemDelegate(_Delegate(theme, self))
        self.clicked.connect(self._on_clicked)

    def present(self, meant: Sequence[RosterCard], choices: Sequence[tuple[str, str]]) -> None:
        """Show a batch, nobody different yet."""
        self._choices = tuple(choices)
        self.marks.replace(
            [
                Mark(card.visit, card.name, LETTERS[at] if at < len(LETTERS) else "")
                for at, card in enumerate(meant)
            ]
        )
        self._fit()

    def show_clashing(self, visits: frozenset[VisitId]) -> None:
        """Mark who is left out because of an allergy, until a reason is given."""
        self.marks.replace([replace(one, clash=one.visit in visits) for one in self.marks.items])

    def different(self) -> tuple[tuple[VisitId, str], ...]:
        """Who differs, and the value of the row, or ``LEFT_OUT``."""
        return tuple((one.visit, one.value) for one in self.marks.items if one.value)

    def left_out(self) -> int:
        """For how many nothing is logged, by hand or because of an allergy."""
        return sum(one.value == LEFT_OUT or one.clash for one in self.marks.items)

    def go_to(self, letter: str) -> bool:
        """Put the focus on the child with that letter."""
        at = next((at for at, one in enumerate(self.marks.items) if letter and one.letter == letter), None)
        if at is None:
            return False
        self.setCurrentIndex(self.marks.index(at))
        self.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters go to a child; digits say what was different, 0 that nothing is logged."""
        key = event.key()
        if Qt.Key.Key_A <= key <= Qt.Key.Key_Z and not event.modifiers():
            self.go_to(chr(key))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(self._choices):
            self._mark(self._choices[key - Qt.Key.Key_1])
        elif key == Qt.Key.Key_0:
            self._mark((LEFT_OUT, _OUT_WORDS))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._mark(("", ""))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep_requested.emit()
        elif key == Qt.Key.Key_Space:
            self._on_clicked(self.currentIndex())
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cells to the new width."""
        super().resizeEvent(event)
        self._fit()

    def heightForWidth(self, width: int) -> int:
        """As high as its lines of children need."""
        columns = self._columns(width)
        return -(-max(1, self.marks.rowCount()) // columns) * self._high() + 2

    def hasHeightForWidth(self) -> bool:
        """Its height follows its width."""
        return True

    def minimumSizeHint(self) -> QSize:
        """One line at least."""
        return QSize(self._theme.px(150), self._high() + 2)

    def sizeHint(self) -> QSize:
        """As it stands."""
        return QSize(self._theme.px(620), self.heightForWidth(max(self.width(), self._theme.px(620))))

    def _high(self) -> int:
        return max(46, self._theme.px(44))

    def _columns(self, width: int) -> int:
        return max(1, width // self._theme.px(136))

    def _fit(self) -> None:
        self.fit_width(self.width())

    def fit_width(self, width: int) -> None:
        """Choose cells and height for a width it has, or is about to have."""
        columns = self._columns(width)
        cell = QSize(max(40, (width - 1) // columns), self._high())
        if self.gridSize() != cell:
            self.setGridSize(cell)
        high = self.heightForWidth(width)
        if self.minimumHeight() != high:
            self.setFixedHeight(high)

    def _mark(self, choice: tuple[str, str]) -> None:
        item = self.marks.item_at(self.currentIndex())
        if item is None:
            return
        value, words = choice
        marked = replace(item, value=value, words=words)
        self.marks.replace([marked if one.visit == item.visit else one for one in self.marks.items])
        self.changed.emit()

    def _on_clicked(self, index: Index) -> None:
        """The next value, then left out, then as the rest."""
        item = self.marks.item_at(index)
        if item is None:
            return
        ring = [("", ""), *self._choices, (LEFT_OUT, _OUT_WORDS)]
        at = next((at for at, (value, _) in enumerate(ring) if value == item.value), 0)
        self.setCurrentIndex(self.marks.index(index.row()))
        self._mark(ring[(at + 1) % len(ring)])
