"""设置: how it looks, where the data lies, the back-ups and the way back, and whether a paper is genuine."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

import app
from app.domain.changes import Topic
from app.domain.looks import Chip, Tone
from app.services.safekeeping import KeepingStatus, KeptCopies
from app.services.seals import Verdict
from app.ui.rooms import Room, RoomContext
from app.ui.theme import SCALES
from app.ui.widgets.basic import Card, ChipLabel, label, mark
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.word_table import WordTable

_SHOWN = 8  # newest back-ups in the list


class SettingsRoom(Room):
    """What concerns this machine and this file."""

    topics = frozenset({Topic.SETTINGS})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName("settings")
        m = context.theme.metrics
        page = QWidget()
        self._columns = QGridLayout(page)
        self._columns.setContentsMargins(m.s5, m.s4, m.s5, m.s4)
        self._columns.setSpacing(m.s4)
        self._left, self._right = QWidget(), QWidget()
        cards = (
            (self._look_card(), self._data_card()),
            (self._copies_card(), self._seal_card(), self._about_card()),
        )
        for side, held in zip((self._left, self._right), cards, strict=True):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(m.s4)
            for card in held:
                column.addWidget(card)
            column.addStretch(1)
        self._arrange(narrow=False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(page, "settings.scroll"))
        context.theme.changed.connect(self._on_theme_changed)

    def _arrange(self, *, narrow: bool) -> None:
        """Two columns where there is room, one with large type."""
        self._columns.addWidget(self._left, 0, 0)
        self._columns.addWidget(self._right, 1 if narrow else 0, 0 if narrow else 1)
        self._columns.setColumnStretch(0, 1)
        self._columns.setColumnStretch(1, 0 if narrow else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange when the width calls for it."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < self.context.theme.px(900))

    def title(self) -> str:
        """设置."""
        return "设置"

    def hints(self) -> str:
        """Keys."""
        return "Ctrl L 换人 · Alt 1 回前台"

    # -- cards

    def _card(self, title: str, words: str) -> tuple[Card, QVBoxLayout]:
        m = self.context.theme.metrics
        card = Card(self.context.theme)
        column = card.column(spacing=m.s3)
        column.addWidget(label(title, "h1"))
        column.addWidget(label(words, "muted", wrap=True))
        return card, column

    def _look_card(self) -> Card:
        theme = self.context.theme
        card, column = self._card("外观", "改了马上生效，只影响这台电脑。")
        self._theme_choice = Segmented(theme, "settings.theme", "颜色", [("light", "浅色"), ("dark", "深色")])
        self._scale_choice = Segmented(
            theme, "settings.scale", "字号", [(str(scale), f"{scale}%") for scale in SCALES]
        )
        self._theme_choice.chosen.connect(self._on_look_chosen)
        self._scale_choice.chosen.connect(self._on_look_chosen)
        column.addWidget(Labelled(theme, "颜色", self._theme_choice))
        column.addWidget(Labelled(theme, "字号", self._scale_choice))
        self._on_theme_changed()
        return card

    def _data_card(self) -> Card:
        theme, icons = self.context.theme, self.context.icons
        card, column = self._card("数据", "所有资料都在这个文件夹里，不上网。换电脑时把整个文件夹拷走即可。")
        self._folder = Field(theme, "settings.folder", "数据文件夹", read_only=True)
        self._folder.set_text(str(self.context.data))
        self._keeping = label("", "muted", wrap=True)
        self._keeping.setObjectName("settings.keeping")
        back_up = KeyButton(
            theme,
            "现在备份",
            kind="primary",
            icon="database-check-outline",
            icons=icons,
            object_name="settings.back_up",
        )
        folder = KeyButton(
            theme, "打开数据文件夹", icon="folder-open-outline", icons=icons, object_name="settings.open"
        )
        copy = KeyButton(theme, "复制路径", object_name="settings.copy")
        back_up.clicked.connect(self._on_back_up_clicked)
        folder.clicked.connect(self._on_open_clicked)
        copy.clicked.connect(self._on_copy_clicked)
        self._back_up = back_up
        row = QHBoxLayout()
        for button in (back_up, folder, copy):
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(self._folder)
        column.addWidget(self._keeping)
        column.addLayout(row)
        return card

    def _copies_card(self) -> Card:
        theme = self.context.theme
        card, column = self._card("备份", "每天自动备份一份，做好就验。要退回以前，照下面的话做。")
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

    def _seal_card(self) -> Card:
        theme, icons = self.context.theme, self.context.icons
        words = "把单据上的二维码扫进来，或把码下面的字打进来，就知道这张纸是不是本中心开出的、还作不作数。"
        card, column = self._card("验真", words)
        self._seal = Field(theme, "settings.seal", "单据上的码", placeholder="TDH1.R.2025-000018.…")
        self._seal.entered.connect(self._on_check_clicked)
        self._seal.edited.connect(self._on_seal_edited)
        check = KeyButton(
            theme,
            "验一验",
            shown="Enter",
            icon="shield-check-outline",
            icons=icons,
            object_name="settings.check",
        )
        check.clicked.connect(self._on_check_clicked)
        self._verdict = ChipLabel(theme)
        self._verdict_words = label("", wrap=True)
        self._verdict_words.setObjectName("settings.verdict")
        row = QHBoxLayout()
        row.addWidget(check)
        row.addSpacing(theme.metrics.s3)
        row.addWidget(self._verdict)
        row.addStretch(1)
        column.addWidget(self._seal)
        column.addLayout(row)
        column.addWidget(self._verdict_words)
        self._verdict_words.hide()
        return card

    def _about_card(self) -> Card:
        card, column = self._card("关于托得好", f"版本 {app.__version__}。单机使用，数据不出这台电脑。")
        column.addWidget(
            label(
                "字体：霞鹜文楷（SIL OFL 1.1）。图标：Material Design Icons（Apache 2.0）。",
                "small",
                wrap=True,
            )
        )
        return card

    # -- data

    def refresh(self) -> None:
        """Ask how the keeping stands."""
        actor = self.context.actor
        self.context.ask(lambda s: s.safekeeping.status(), self._show_status)
        self.context.ask(lambda s: s.safekeeping.copies(actor), self._show_copies)

    def _show_status(self, status: KeepingStatus) -> None:
        saved = f"最近一次保存 {status.saved_at:%m月%d日 %H:%M:%S}。" if status.saved_at else ""
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
    def _on_look_chosen(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            scale = int(self._scale_choice.value() or "100")
            self.context.theme.apply(application, self._theme_choice.value() or "light", scale)

    @Slot()
    def _on_theme_changed(self) -> None:
        theme = self.context.theme
        self._theme_choice.set_value(theme.name)
        self._scale_choice.set_value(str(round(theme.metrics.scale * 100)))

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

        self.context.act(lambda s: s.safekeeping.back_up_now(actor), done, failed, initiator=self)

    @Slot()
    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.data)))

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(str(self.context.data))
        self.context.messages.say("路径已复制。", Tone.PLAIN)

    @Slot()
    def _on_copy_restore_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._restore.text())
        self.context.messages.say("恢复办法已复制。", Tone.PLAIN)

    @Slot()
    def _on_seal_edited(self) -> None:
        self._verdict.set_chip(Chip(""))
        self._verdict_words.hide()

    @Slot()
    def _on_check_clicked(self) -> None:
        actor, text = self.context.actor, self._seal.text()
        if not text.strip():
            self._seal.show_problem("请先扫码，或把码打进来。", Tone.WARN)
            return
        self._seal.show_problem("")
        self.context.ask(lambda s: s.seals.verify(actor, text), self._show_verdict)

    def _show_verdict(self, verdict: Verdict) -> None:
        self._verdict.set_chip(Chip(verdict.title, verdict.tone))
        self._verdict_words.setText(verdict.words)
        mark(self._verdict_words, role="muted")
        self._verdict_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._verdict_words.show()
        self._seal.edit.selectAll()
