"""The sheet into which a year's notice of holidays is pasted, read, looked at and kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QWidget

from app.domain.errors import RuleError
from app.services.calendar_settings import NoticePreview
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from app.domain.holidays import NoticeDay

_LARGEST = 200_000  # bytes of a file that can be a notice


class NoticeSheet(Overlay):
    """Text at the left, what was read of it at the right. Nothing is kept before it was seen."""

    keep_requested = Signal(object)  # tuple[NoticeDay, ...]

    def __init__(self, context: RoomContext, host: QWidget, year: int) -> None:
        super().__init__(context.theme, host, object_name="notice")
        self._context, self._year = context, year
        self._days: tuple[NoticeDay, ...] = ()
        theme, m = context.theme, context.theme.metrics
        column = self.card.column(margins=(m.s5, m.s4, m.s5, m.s4), spacing=m.s3)
        column.addWidget(label("录入放假安排", "title"))
        column.addWidget(
            label(
                "粘贴国务院办公厅的通知全文，或一行一天的表格（日期,放假或上班,名称）。先看一遍再保存。",
                "muted",
                wrap=True,
            )
        )
        self.text = QPlainTextEdit()
        name_widget(self.text, "notice.text", "放假通知或表格")
        self.text.setPlaceholderText("如 一、元旦：1月1日至3日放假，共3天。1月4日上班。")
        self.text.setTabChangesFocus(True)
        self.words = label("", wrap=True)
        self.words.setObjectName("notice.words")
        self.lines = label("", "small", wrap=True)
        self.lines.setObjectName("notice.lines")
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop)
        middle = QHBoxLayout()
        middle.setSpacing(m.s4)
        middle.addWidget(self.text, 3)
        middle.addWidget(scrolled(self.lines, "notice.scroll"), 2)
        column.addLayout(middle, 1)
        column.addWidget(self.words)
        row = QHBoxLayout()
        load = KeyButton(
            theme, "从文件读", icon="folder-open-outline", icons=context.icons, object_name="notice.load"
        )
        self.keep = KeyButton(theme, "保存这些日子", "Ctrl+Return", kind="primary", object_name="notice.keep")
        leave = KeyButton(theme, "不录了", shown="Esc", object_name="notice.leave")
        self.keep.setEnabled(False)
        load.clicked.connect(self._on_load_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        leave.clicked.connect(self.dismiss)
        row.addWidget(load)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.keep)
        column.addLayout(row)
        self.text.textChanged.connect(self._on_text_changed)
        self.fill()

    def focus_first(self) -> None:
        """The text."""
        self.text.setFocus()

    def load(self, path: Path) -> None:
        """Read a text or CSV file, in Unicode or as a Chinese Windows writes it."""
        self._context.draw(_text_of, path, done=self.text.setPlainText, failed=self._refuse)

    @Slot()
    def _on_text_changed(self) -> None:
        text, year, actor = self.text.toPlainText(), self._year, self._context.actor
        self._days = ()
        self.keep.setEnabled(False)
        if not text.strip():
            self.words.clear()
            self.lines.clear()
            return

        def show(seen: NoticePreview) -> None:
            if text == self.text.toPlainText():
                self._show(seen)

        self._context.ask(lambda s: s.manage.calendar.preview(actor, text, year), show, self._refuse)

    def _show(self, seen: NoticePreview) -> None:
        self._days = seen.days
        self.words.setText(f"{seen.year} 年：{seen.words} {seen.clashes}".strip())
        self.lines.setText("\n".join(seen.lines))
        self.keep.setEnabled(True)

    def _refuse(self, error: BaseException) -> None:
        if not isinstance(error, RuleError):
            self._context.messages.fail(error)
            return
        self._days = ()
        self.keep.setEnabled(False)
        self.words.setText(error.sentence)
        self.lines.clear()

    @Slot()
    def _on_load_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "放假通知", "", "文字或表格 (*.txt *.csv);;全部 (*)")
        if name:
            self.load(Path(name))

    @Slot()
    def _on_keep_clicked(self) -> None:
        if self._days:
            self.keep_requested.emit(self._days)
            self.dismiss()


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        msg = f"读不出文件 {path.name}。请核对后再选一次。"
        raise RuleError(msg) from error
    if len(raw) > _LARGEST:
        msg = f"{path.name} 太大了，不像是放假通知。请只选通知的文字，或者复制后粘贴进来。"
        raise RuleError(msg)
    from app.services.import_files import FileError, decode_text  # as seldom as a notice is read

    try:
        return decode_text(raw)[0]
    except FileError as error:
        msg = f"看不懂 {path.name} 的编码。请打开它，把通知的文字复制后粘贴进来。"
        raise RuleError(msg) from error
