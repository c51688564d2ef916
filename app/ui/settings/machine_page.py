"""本机: how it looks on this machine, where the data lies, and whether a paper is genuine."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

import app
from app.domain.looks import Chip, Tone
from app.services.seals import Verdict
from app.ui.rooms import RoomContext
from app.ui.settings.base import SettingsPage
from app.ui.settings.scanner_card import ScannerCard
from app.ui.settings.standby_card import StandbyCard
from app.ui.theme import SCALES
from app.ui.widgets.basic import Card, ChipLabel, label, mark
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.layouts import FlowLayout


class MachinePage(SettingsPage):
    """What concerns this machine and whoever sits at it: nothing here is the director's alone."""

    key = "machine"
    name = "本机"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(1, 1))
        self.left.addWidget(self._look_card())
        self.left.addWidget(self._data_card())
        self.left.addWidget(StandbyCard(context))
        self.left.addStretch(1)
        self.right.addWidget(self._pin_card())
        self.right.addWidget(self._seal_card())
        self.right.addWidget(ScannerCard(context))
        self.right.addWidget(self._about_card())
        self.right.addStretch(1)
        self._foot.hide()
        self._only.hide()
        context.theme.changed.connect(self._on_theme_changed)

    def hints(self) -> str:
        """Keys."""
        return "Ctrl 1–9 换页 · Ctrl L 换人 · Alt 1 回前台"

    def take_focus(self) -> None:
        """The colours."""
        self._theme_choice.setFocus()

    def _look_card(self) -> Card:
        theme = self.context.theme
        card, column = self.card("外观", "改了马上生效，只影响这台电脑。")
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

    def _pin_card(self) -> Card:
        """Everybody's own PIN; the sheet behind it is loaded when it is wanted."""
        theme, icons = self.context.theme, self.context.icons
        words = "需要两个人的事（园长放行、禁止接走警报），由另一位同事当面输口令。"
        card, column = self.card("口令", words)
        own = KeyButton(
            theme, "设置或修改口令", icon="lock-outline", icons=icons, object_name="settings.pins"
        )
        own.clicked.connect(self._on_pins_clicked)
        row = QHBoxLayout()
        row.addWidget(own)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _data_card(self) -> Card:
        theme, icons = self.context.theme, self.context.icons
        card, column = self.card("数据", "所有资料都在这个文件夹里，不上网。换电脑时把整个文件夹拷走即可。")
        self._folder = Field(theme, "settings.folder", "数据文件夹", read_only=True)
        self._folder.set_text(str(self.context.data))
        folder = KeyButton(
            theme, "打开数据文件夹", icon="folder-open-outline", icons=icons, object_name="settings.open"
        )
        copy = KeyButton(theme, "复制路径", object_name="settings.copy")
        folder.clicked.connect(self._on_open_clicked)
        copy.clicked.connect(self._on_copy_clicked)
        lists = KeyButton(
            theme, "导入导出名单", icon="tray-arrow-down", icons=icons, object_name="settings.lists"
        )
        lists.clicked.connect(self._on_lists_clicked)
        row = QWidget()
        flow = FlowLayout(row)
        for button in (folder, copy, lists):
            flow.addWidget(button)
        column.addWidget(self._folder)
        column.addWidget(row)
        return card

    def _seal_card(self) -> Card:
        theme, icons = self.context.theme, self.context.icons
        words = "把单据上的二维码扫进来，或把码下面的字打进来，就知道这张纸是不是本中心开出的、还作不作数。"
        card, column = self.card("验真", words)
        self._seal = Field(theme, "settings.seal", "单据上的码", placeholder="如 TDH1.R.2025-000018.…")
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
        card, column = self.card("关于托得好", f"版本 {app.__version__}。单机使用，数据不出这台电脑。")
        column.addWidget(
            label(
                "字体：霞鹜文楷（SIL OFL 1.1）。图标：Material Design Icons（Apache 2.0）。",
                "small",
                wrap=True,
            )
        )
        return card

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
    def _on_pins_clicked(self) -> None:
        from app.ui.widgets.pin_sheet import open_pins

        open_pins(self.context)

    @Slot()
    def _on_open_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.data)))

    @Slot()
    def _on_lists_clicked(self) -> None:
        self.context.go("importing")

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(str(self.context.data))
        self.context.messages.say("路径已复制。", Tone.PLAIN)

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
