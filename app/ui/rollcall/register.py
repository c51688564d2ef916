"""What a roll call leaves: the words the drill register asks for, and the register of past calls."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.looks import Chip, Tone
from app.domain.rollcall import CallKind, CallNote
from app.services.exporting import ListKind
from app.services.rollcall import PastCall
from app.ui.rollcall.models import PastModel
from app.ui.rooms import RoomContext
from app.ui.theme import Theme
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.export import ExportButton
from app.ui.widgets.fields import Labelled
from app.ui.widgets.keyed import ITEM_ROLE, Index
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.paint import chip_size, paint_chip, paint_choice
from app.ui.widgets.states import EmptyState

_FIELDS = (
    ("course", "过程", "怎么报警、怎么撤、在哪里集合"),
    ("problems", "发现的问题", "没有就不写"),
    ("improvements", "改进措施", "谁、什么时候改好"),
    ("remarks", "备注", ""),
)


class _Text(QPlainTextEdit):
    """Tab leaves; no rich text."""

    def __init__(self, theme: Theme, name: str, spoken: str, hint: str, prefix: str) -> None:
        super().__init__()
        name_widget(self, f"{prefix}.{name}", spoken)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(max(58, theme.px(44)))


class NoteForm(QWidget):
    """过程, 问题, 改进, 备注: what the register of drills asks (domain §3.2)."""

    edited = Signal()

    def __init__(self, theme: Theme, prefix: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s2)
        self._boxes: dict[str, _Text] = {}
        for name, title, hint in _FIELDS:
            box = _Text(theme, name, title, hint, prefix)
            box.textChanged.connect(self.edited)
            self._boxes[name] = box
            held = Labelled(theme, title, box)
            column.addWidget(held, 1)
            held.setSizePolicy(box.sizePolicy())

    def note(self) -> CallNote:
        """What was typed."""
        return CallNote(**{name: box.toPlainText() for name, box in self._boxes.items()})

    def show_note(self, note: CallNote) -> None:
        """Show what stands."""
        for name, box in self._boxes.items():
            if box.toPlainText() != getattr(note, name):
                box.setPlainText(getattr(note, name))

    def focus_first(self) -> None:
        """Typing begins with the course."""
        self._boxes["course"].setFocus()


class EndingPage(QWidget):
    """Before a call ends: who is still missing, and room for the words of the register."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.metrics.s4, 0, theme.metrics.s4, 0)
        self.words = label("", "h1", wrap=True)
        self.words.setObjectName("rollcall.ending_words")
        self.form = NoteForm(theme, "rollcall.note")
        self.back = KeyButton(theme, "继续点名", bind=False, shown="Esc", object_name="rollcall.back")
        self.finish = KeyButton(
            theme, "结束，存记录", "Ctrl+Return", kind="primary", object_name="rollcall.finish"
        )
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.finish)
        column.addWidget(self.words)
        column.addWidget(label("现在可以不写，以后在“点名记录”里补。", "muted", wrap=True))
        column.addWidget(scrolled(self.form, "rollcall.note.scroll"), 1)
        column.addLayout(row)


class PastDelegate(QStyledItemDelegate):
    """One call of the past: when, drill or real, how many, how long."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(200, self._theme.px(66))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the line."""
        past = index.data(ITEM_ROLE)
        if not isinstance(past, PastCall):
            return
        theme, px, call = self._theme, self._theme.px, past.call
        box = QRectF(option.rect).adjusted(2, 2, -3, -2)
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_choice(painter, theme, box, on=on)
        chip = Chip(call.kind.label, Tone.BAD if call.kind is CallKind.REAL else Tone.WARN)
        size = chip_size(theme, chip)
        place = QRectF(box.right() - size.width() - px(12), box.y() + px(9), size.width(), size.height())
        paint_chip(painter, theme, place, chip)
        left, room = box.x() + px(14), place.x() - box.x() - px(22)
        plan = f"　{call.plan}" if call.plan else ""
        lines = (
            (f"{call.started_at:%Y-%m-%d %H:%M}{plan}", theme.font("name", bold=True), "ink", room),
            (_told(past), theme.font("small"), "ink_2", box.width() - px(28)),
        )
        for at, (words, font, role, width) in enumerate(lines):
            painter.setFont(font)
            painter.setPen(theme.color(role))
            line = QRectF(left, box.y() + px(6 + 28 * at), width, px(26))
            told = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, told)
        painter.restore()


def _told(past: PastCall) -> str:
    missing = f"未到 {past.missing} 人" if past.missing else "全部找到"
    return f"{past.heads} 人 · {missing} · {past.took or '还没有结束'} · {past.call.started_by}"


class RegisterPage(QWidget):
    """Past calls at the left, what was noted of the chosen one at the right, and its paper."""

    keep_wanted = Signal(object, object)  # PastCall, CallNote
    print_wanted = Signal(object)  # PastCall
    preview_wanted = Signal(object)  # PastCall

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        theme, icons = context.theme, context.icons
        self._shown: tuple[int, CallNote] | None = None
        self._model = PastModel(self)
        self.list = QListView()
        name_widget(self.list, "rollcall.past", "点名和演练记录")
        self._lines = PastDelegate(theme)
        self.list.setItemDelegate(self._lines)
        self.list.setModel(self._model)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        self._form = NoteForm(theme, "rollcall.past_note")
        self._empty = EmptyState(
            theme, icons, "clipboard-text-outline", "还没有点过名", "演练以后在这里补记问题和改进，打印存档。"
        )
        self._print = KeyButton(theme, "打印记录", "Ctrl+P", object_name="rollcall.print")
        self._look = KeyButton(theme, "看纸面", "F5", object_name="rollcall.preview")
        self.export = ExportButton(context, ListKind.ROLL_CALLS, "rollcall.export", key="Ctrl+E")
        self._keep = KeyButton(
            theme, "保存补记", "Ctrl+Return", kind="primary", object_name="rollcall.keep_note"
        )
        self._print.clicked.connect(lambda: self._emit(self.print_wanted))
        self._look.clicked.connect(lambda: self._emit(self.preview_wanted))
        self._keep.clicked.connect(self._on_keep)
        buttons = QHBoxLayout()
        for button in (self._print, self._look, self.export):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._keep)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        self._title = label("", "h1", wrap=True)
        right.addWidget(self._title)
        right.addWidget(scrolled(self._form, "rollcall.past_note.scroll"), 1)
        right.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.s4)
        row.addWidget(self.list, 2)
        row.addWidget(self._empty, 2)
        row.addWidget(self._right, 3)

    def show_calls(self, calls: Sequence[PastCall]) -> None:
        """Replace the list; the chosen one stays chosen, else the newest is."""
        shown = self.chosen()
        self._model.replace(calls)
        at = None if shown is None else self._model.position(shown.call.id)
        self.list.setCurrentIndex(self._model.index(at or 0))
        for part, visible in ((self.list, bool(calls)), (self._right, bool(calls)), (self._empty, not calls)):
            part.setVisible(visible)
        self._show_chosen()

    def chosen(self) -> PastCall | None:
        """The chosen call."""
        return self._model.item_at(self.list.currentIndex())

    def choose_first(self) -> None:
        """The newest: the one just ended."""
        self.list.setCurrentIndex(self._model.index(0))

    def _show_chosen(self) -> None:
        past = self.chosen()
        if past is None or self._shown == (past.call.id, past.note):
            return  # what is being typed must not be taken away by a fresh list
        self._shown = (past.call.id, past.note)
        self._title.setText(_told(past))
        self._form.show_note(past.note)

    def _emit(self, signal: object) -> None:
        if (past := self.chosen()) is not None:
            signal.emit(past)  # type: ignore[attr-defined]

    def _on_keep(self) -> None:
        if (past := self.chosen()) is not None:
            self.keep_wanted.emit(past, self._form.note())
