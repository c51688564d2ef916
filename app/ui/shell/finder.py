"""What the search found, in a sheet below the search box: children, or the verdict on a scanned code."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.looks import Tone
from app.services.desk import ChildRow, RowState
from app.ui import scanner
from app.ui.rooms import RoomContext, Target
from app.ui.theme import Theme
from app.ui.widgets.basic import label, mark, name_widget
from app.ui.widgets.fields import SearchBox
from app.ui.widgets.paint import chip_size, paint_avatar, paint_chip

if TYPE_CHECKING:
    from app.services.seals import Verdict

_PAUSE_MS = 60
_LIMIT = 8
_ROW = Qt.ItemDataRole.UserRole + 1
_STATES = {
    RowState.EXPECTED: "待到",
    RowState.PRESENT: "在园",
    RowState.DUE: "待接",
    RowState.LEFT: "已离园",
    RowState.ABSENT: "请假",
}
Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[ChildRow, ...] = ()

    def replace(self, rows: Sequence[ChildRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.name}，{row.age_words}，{row.class_name}，{_STATES[row.state]}"
        return None


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, self._theme.metrics.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        from PySide6.QtWidgets import QStyle  # not at the start: it brings a thousand names

        row: ChildRow = index.data(_ROW)
        theme, rect = self._theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("brand_soft"))
            painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), 8, 8)
        side = theme.metrics.avatar
        place = QRectF(rect.x() + 12, rect.center().y() - side / 2, side, side)
        paint_avatar(painter, theme, place, row.name[:1], row.colour)
        size = chip_size(theme, row.chip)
        chip = QRectF(
            rect.right() - size.width() - 12,
            rect.center().y() - size.height() / 2,
            size.width(),
            size.height(),
        )
        paint_chip(painter, theme, chip, row.chip)
        left, room = place.right() + 12, chip.left() - place.right() - 20
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("name", bold=True))
        painter.setPen(theme.color("ink"))
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, room * 0.6)
        middle = rect.center().y()
        painter.drawText(QRectF(left, middle - theme.px(23), room, theme.px(23)), flags, name)
        shift = metrics.horizontalAdvance(name) + theme.px(8)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink_2"))
        painter.drawText(
            QRectF(left + shift, middle - theme.px(22), room - shift, theme.px(22)), flags, row.age_words
        )
        below = f"{row.class_name} · {_STATES[row.state]} · {row.mode_words}"
        below = QFontMetricsF(painter.font()).elidedText(below, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, middle, room, theme.px(21)), flags, below)
        painter.restore()


class Finder(QFrame):
    """Joins the search box with the desk's find and the seals' verify. The results never take the focus."""

    chosen = Signal(object)  # Target

    def __init__(self, context: RoomContext, box: SearchBox, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._box, self._host = context, box, host
        self._asked = 0
        self.setProperty("kind", "popup")
        name_widget(self, "finder", "查找结果")
        self._title, self._words = label("", "h2", wrap=True), label("", "muted", wrap=True)
        self._title.setObjectName("finder.title")
        self._words.setObjectName("finder.words")
        self._model = _Model()
        self._list = QListView()
        name_widget(self._list, "finder.list", "找到的孩子")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_Delegate(context.theme))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.clicked.connect(self._on_list_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 10)
        column.setSpacing(0)
        self._told = QWidget()
        told = QVBoxLayout(self._told)
        told.setContentsMargins(10, 6, 10, 6)
        told.setSpacing(6)
        told.addWidget(self._title)
        told.addWidget(self._words)
        column.addWidget(self._told)
        column.addWidget(self._list)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        box.textEdited.connect(self._on_box_edited)
        box.moved.connect(self._on_box_moved)
        box.submitted.connect(self._on_box_submitted)
        box.left.connect(self.leave)
        self._submit_when_found = False
        self.hide()

    @Slot()
    def leave(self) -> None:
        """Empty the box, close the sheet, and give the focus back to the room."""
        self.close_sheet()
        self._box.clear()
        self._box.clearFocus()

    def close_sheet(self) -> None:
        """Close the sheet; what was asked for no longer matters."""
        self._asked += 1
        self._pause.stop()
        self._submit_when_found = False
        self._model.replace(())
        self.hide()

    @Slot(str)
    def _on_box_edited(self, text: str) -> None:
        self._pause.stop()
        if not text.strip():
            self.close_sheet()
        elif scanner.looks_like_seal(text):
            self._verify(text)
        elif scanner.begins_like_seal(text):
            self._say("正在扫码…", "")
        else:
            self._pause.start()

    @Slot(int)
    def _on_box_moved(self, by: int) -> None:
        count = len(self._model.rows)
        if count:
            at = min(count - 1, max(0, self._list.currentIndex().row() + by))
            self._list.setCurrentIndex(self._model.index(at))

    @Slot(str)
    def _on_box_submitted(self, text: str) -> None:
        if scanner.begins_like_seal(text):
            self._verify(text)
        elif self._pause.isActive() or (text.strip() and not self._model.rows):
            self._submit_when_found = True
            self._pause.stop()
            self._search()
        elif self._model.rows:
            self._choose(self._list.currentIndex())

    @Slot()
    def _search(self) -> None:
        if not (self._context.open and self._context.signed_in):
            return
        self._asked += 1
        asked, text, actor = self._asked, self._box.text(), self._context.actor
        self._context.ask(
            lambda s: s.desk.find(actor, text, _LIMIT), lambda rows: self._show_rows(asked, text, rows)
        )

    def _show_rows(self, asked: int, text: str, rows: Sequence[ChildRow]) -> None:
        if asked != self._asked:
            return
        if not rows and scanner.looks_like_pickup_code(text):
            self._verify(text)
            return
        self._model.replace(rows)
        self._list.setVisible(bool(rows))
        if rows:
            self._told.hide()
            self._list.setCurrentIndex(self._model.index(0))
            self._place()
            if self._submit_when_found:
                self._choose(self._list.currentIndex())
        else:
            self._say(
                f"没有找到“{text[:20]}”", "可以试试姓名里的任意一个字、拼音首字母，或手机号末三位以上。"
            )
        self._submit_when_found = False

    def _verify(self, text: str) -> None:
        if not (self._context.open and self._context.signed_in):
            return
        self._asked += 1
        asked, actor = self._asked, self._context.actor
        self._context.ask(
            lambda s: s.seals.verify(actor, text), lambda verdict: self._show_verdict(asked, verdict)
        )

    def _show_verdict(self, asked: int, verdict: "Verdict") -> None:
        if asked != self._asked:
            return
        visit = verdict.visit if scanner.opens_child(self._box.text()) else None
        if visit is not None:
            self.chosen.emit(Target(visit=visit, act="code"))
        self._say(verdict.title, verdict.words, verdict.tone)
        self._box.setFocus()
        self._box.selectAll()

    def _say(self, title: str, words: str, tone: Tone = Tone.PLAIN) -> None:
        self._model.replace(())
        self._list.hide()
        self._title.setText(title)
        theme = self._context.theme
        ink = theme.color("ink") if tone is Tone.PLAIN else theme.tone(tone)[1]
        self._title.setStyleSheet(f"color: {ink.name()};")
        mark(self._words, role="muted")
        self._words.setText(words)
        self._told.show()
        self._words.setVisible(bool(words))
        self._place()

    def _place(self) -> None:
        host, theme = self._host, self._context.theme
        width = max(self._box.width(), theme.px(420))
        top = self._box.mapTo(host, QPoint(0, self._box.height() + 6))
        left = min(top.x(), host.width() - width - 12)
        rows = len(self._model.rows)
        inner = rows * theme.metrics.row + 4 if rows else self._words_height(width - 40)
        self.setGeometry(max(12, left), top.y(), width, inner + 24)
        self.show()
        self.raise_()

    def _words_height(self, width: int) -> int:
        def high(words: QLabel) -> int:
            return words.heightForWidth(width) if words.text() else 0

        return high(self._title) + high(self._words) + 22

    @Slot(QModelIndex)
    def _on_list_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if row is None:
            return
        target = Target(child=row.child, visit=row.visit)
        self.leave()
        self.chosen.emit(target)
