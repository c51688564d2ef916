"""备份: what there is to go back to, a copy at once, and a copy to a folder of one's choice."""

import threading
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from app.domain.looks import Tone
from app.services.safekeeping import KeepingStatus, KeptCopies
from app.ui.jobs import CancelledError
from app.ui.rooms import RoomContext
from app.ui.settings.base import SettingsPage
from app.ui.widgets.basic import Card, label, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.states import Bar
from app.ui.widgets.word_table import WordTable

_SHOWN = 8  # newest back-ups in the list


class BackupPage(SettingsPage):
    """Copies beside the file, and one to carry away."""

    key = "backup"
    name = "备份"

    progressed = Signal(int, int)  # pages done, pages in all; told by the keeper thread

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(1, 1))
        self._stop = threading.Event()
        self.left.addWidget(self._now_card())
        self.left.addStretch(1)
        self.right.addWidget(self._copies_card())
        self.right.addStretch(1)
        self._back_up = self.button(
            "现在备份", "now", "Ctrl+Return", kind="primary", icon="database-check-outline", locked=False
        )
        self._out = self.button("备份到文件夹…", "out", "Ctrl+E", icon="folder-outline")
        self._back_up.clicked.connect(self._on_back_up_clicked)
        self._out.clicked.connect(self._on_out_clicked)
        self.progressed.connect(self._on_progressed)

    def hints(self) -> str:
        """Keys."""
        return self.told("Ctrl 1–9 换页 · Ctrl Enter 现在备份", "Ctrl E 备份到文件夹")

    def take_focus(self) -> None:
        """The back-up."""
        self._back_up.setFocus()

    def _now_card(self) -> Card:
        theme = self.context.theme
        card, column = self.card(
            "数据安全", "程序每天自动备份一份。U 盘上再放一份，电脑坏了也不怕：插好 U 盘，按“备份到文件夹”。"
        )
        self._keeping = label("", wrap=True)
        self._keeping.setObjectName("settings.keeping")
        column.addWidget(self._keeping)
        self._progress = QWidget()
        row = QHBoxLayout(self._progress)
        row.setContentsMargins(0, 0, 0, 0)
        self._far = label("", "small")
        self._bar = Bar(theme)
        stop = QPushButton("停下")
        name_widget(stop, "settings.backup.stop", "停下备份")
        stop.clicked.connect(self._stop.set)
        row.addWidget(self._far)
        row.addWidget(self._bar, 1)
        row.addWidget(stop)
        self._progress.hide()
        column.addWidget(self._progress)
        return card

    def _copies_card(self) -> Card:
        theme = self.context.theme
        card, column = self.card(
            "备份",
            "每天自动备份一份，做好就验。数据打不开时，程序会给出“用最近的备份恢复”的按钮；"
            "没坏也要退回以前，照下面的话做。",
        )
        self._copies = WordTable(theme, "settings.copies", ("时间", "大小", "好坏"))
        self._more = label("", "small", wrap=True)
        self._restore = label("", wrap=True)
        self._restore.setObjectName("settings.restore_words")
        self._restore.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = KeyButton(theme, "复制恢复办法", object_name="settings.copy_restore")
        copy.clicked.connect(self._on_copy_restore_clicked)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        column.addWidget(self._copies)
        column.addWidget(self._more)
        column.addWidget(self._restore)
        column.addLayout(row)
        return card

    # -- data

    def refresh(self) -> None:
        """Ask how the keeping stands."""
        actor = self.context.actor
        self.show_rights()
        self.context.ask(lambda s: s.safekeeping.status(), self._show_status)
        self.context.ask(lambda s: s.safekeeping.copies(actor), self._show_copies)

    def _show_status(self, status: KeepingStatus) -> None:
        at = status.saved_at
        saved = f"最近一次保存 {at.month}月{at.day}日 {at:%H:%M:%S}。" if at else ""
        self._keeping.setText(f"{status.words}。{saved}")

    def _show_copies(self, kept: KeptCopies) -> None:
        shown = kept.copies[:_SHOWN]
        self._copies.show_rows(
            [(f"{one.at:%Y-%m-%d %H:%M}", f"{one.size / 1_000_000:.1f} MB", one.words) for one in shown]
        )
        hidden = len(kept.copies) - len(shown)
        self._more.setText(f"更早的还有 {hidden} 份，在数据文件夹的 backups 里。")
        self._more.setVisible(hidden > 0)
        self._restore.setText(kept.restore_words)

    # -- acts

    @Slot()
    def _on_back_up_clicked(self) -> None:
        actor = self.context.actor
        self._back_up.setEnabled(False)
        self._keeping.setText("正在备份…")

        def done(path: Path) -> None:
            self._back_up.setEnabled(True)
            self.context.messages.say(f"备份好了：{path.name}")
            self.refresh()

        def failed(error: BaseException) -> None:
            self._back_up.setEnabled(True)
            self.context.messages.fail(error)
            self.refresh()

        self.context.act(
            lambda s: s.safekeeping.back_up_now(actor), done, failed, initiator=self.window_room()
        )

    @Slot()
    def _on_out_clicked(self) -> None:
        folder = self.pick_folder()
        if folder is not None:
            self.copy_to(folder)

    def pick_folder(self) -> Path | None:
        """Ask the person for a folder; None when she goes back."""
        name = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹")
        return Path(name) if name else None

    def copy_to(self, folder: Path) -> None:
        """Copy the file there, with progress; 停下 leaves nothing behind."""
        actor = self.context.actor
        self._stop.clear()
        self._show_progress(busy=True)

        def far(done: int, total: int) -> None:
            # On the keeper thread: a signal brings it over.
            if self._stop.is_set():
                raise CancelledError
            self.progressed.emit(done, total)

        def done(path: Path) -> None:
            self._show_progress(busy=False)
            self.context.messages.say(f"备份好了：{path}")

        def failed(error: BaseException) -> None:
            self._show_progress(busy=False)
            self.refused(error)

        job = self.context.act(
            lambda s: s.safekeeping.copy_out(actor, folder, far), done, failed, initiator=self.window_room()
        )
        job.ended.connect(self._on_ended)

    def _show_progress(self, *, busy: bool) -> None:
        self._progress.setVisible(busy)
        self._bar.show_share(0)
        self._far.setText("正在复制…")
        for button in (self._back_up, self._out):
            button.setEnabled(not busy)

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self._bar.show_share(done / total if total else 0)
        self._far.setText(f"已复制 {done * 100 // max(1, total)}%")

    @Slot()
    def _on_ended(self) -> None:
        if self._stop.is_set():
            self._show_progress(busy=False)
            self.context.messages.say("备份停下了，没有留下半份。", Tone.PLAIN)

    @Slot()
    def _on_copy_restore_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._restore.text())
        self.context.messages.say("恢复办法已复制。", Tone.PLAIN)
