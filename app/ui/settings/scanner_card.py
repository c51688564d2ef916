"""扫码枪: how fast this machine's scanner types; and the way to the register of cards."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.fields import Labelled

# Milliseconds between two keys: what a wired scanner needs, a usual one, a slow radio one; none.
GAPS = (("20", "快"), ("35", "一般"), ("50", "慢（蓝牙）"), ("0", "不用扫码枪"))


class ScannerCard(Card):
    """The speed of the scanner, kept on this machine, and the way to the register of cards."""

    def __init__(self, context: RoomContext) -> None:
        theme, icons = context.theme, context.icons
        super().__init__(theme)
        self._context = context
        gap = context.preferences.choices.scanner_gap if context.preferences is not None else 0
        column = self.column(spacing=theme.metrics.s3)
        column.addWidget(label("扫码枪与接送卡", "h1"))
        words = (
            "插上就能用，光标在哪里、开没开中文输入法都可以扫；扫到的内容不会打进表格里。"
            "扫了没反应、字却打进了格子，就选慢一档。"
        )
        column.addWidget(label(words, "muted", wrap=True))
        choices = GAPS if any(value == str(gap) for value, _ in GAPS) else ((str(gap), f"{gap} 毫秒"), *GAPS)
        self._speed = Segmented(theme, "settings.scanner", "扫码枪", list(choices))
        self._speed.set_value(str(gap))
        self._speed.chosen.connect(self._on_speed_chosen)
        column.addWidget(Labelled(theme, "速度", self._speed))
        cards = KeyButton(
            theme,
            "接送卡登记",
            icon="card-account-details-outline",
            icons=icons,
            object_name="settings.cards",
        )
        cards.clicked.connect(self._on_cards_clicked)
        row = QHBoxLayout()
        row.addWidget(cards)
        row.addStretch(1)
        column.addLayout(row)

    @Slot()
    def _on_speed_chosen(self) -> None:
        gap, context = int(self._speed.value() or "0"), self._context
        if context.scans is not None:
            context.scans.set_gap(gap)
        elif context.preferences is not None:
            context.preferences.choose(scanner_gap=gap)

    @Slot()
    def _on_cards_clicked(self) -> None:
        self._context.go("cards")
