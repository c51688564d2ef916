"""The right side of the register: one card, and what can be done with it. Passive."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.cards.models import CardLine
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fields import Field
from app.ui.widgets.layouts import scrolled

# Name of the button: words, key, kind. The first of those offered is the one that Enter means.
_ACTS = {
    "issue": ("发卡并打印", "Enter", "primary"),
    "reprint": ("打印这张", "Enter", "primary"),
    "replace": ("挂失并补发", "F7", ""),
    "lost": ("只挂失", "F8", "danger"),
    "another": ("再发一张", "F6", ""),
    "withdraw": ("收回", "", ""),
    "renew": ("补发新卡", "Enter", "primary"),
    "found": ("找回来了", "F8", ""),
}


class CardPanel(Card):
    """Shows a line of the register and offers what its state allows."""

    asked = Signal(str, str)  # the act, and the words beside it

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setObjectName("cards.panel")
        self._line: CardLine | None = None
        self._name = label("", "h1", wrap=True)
        self._chip = ChipLabel(theme)
        self._facts = label("", wrap=True)
        self._facts.setObjectName("cards.facts")
        self._why = Field(theme, "cards.words", "说明（可不填）", placeholder="如 公交车上丢了、洗坏了")
        self._why.edit.setMaxLength(50)
        self._hint = label(
            "卡上只印小名或姓，不印全名、班级和电话。扫卡只是找到孩子，来接的人照样要核对。",
            "small",
            wrap=True,
        )
        self._buttons = {
            name: KeyButton(
                theme,
                words,
                key if key.startswith("F") else "",
                kind=kind,
                shown=key or None,
                object_name=f"cards.{name}",
            )
            for name, (words, key, kind) in _ACTS.items()
        }
        for name, made in self._buttons.items():
            made.clicked.connect(lambda _=False, name=name: self.asked.emit(name, self._why.text().strip()))
        self._build(theme)
        self.show_line(None, may_issue=False, may_end=False)

    def _build(self, theme: Theme) -> None:
        m = theme.metrics
        middle = QWidget()
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(0, 0, m.s1, 0)
        inner.setSpacing(m.s3)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        inner.addLayout(head)
        for part in (self._facts, self._why, *self._buttons.values()):
            inner.addWidget(part)
        inner.addStretch(1)
        inner.addWidget(self._hint)
        self.column().addWidget(scrolled(middle, "cards.panel.scroll"))

    @property
    def line(self) -> CardLine | None:
        """The line shown."""
        return self._line

    def show_line(self, line: CardLine | None, *, may_issue: bool, may_end: bool) -> None:
        """Show a card, or a child without one, with the acts that this actor may do."""
        same = line is not None and self._line is not None and line.holder.child == self._line.holder.child
        self._line = line
        if not same:
            self._why.set_text("")
        self._name.setText("选一张卡" if line is None else line.holder.name)
        self._chip.set_chip(line.chip if line is not None else self._chip.chip)
        self._chip.setVisible(line is not None)
        self._facts.setText(_facts(line))
        offered = [] if line is None else _offered(line, may_issue=may_issue, may_end=may_end)
        self._why.setVisible(bool({"replace", "lost", "withdraw"} & set(offered)))
        for name, button in self._buttons.items():
            button.setVisible(name in offered)

    def offers(self, act: str) -> bool:
        """Whether this act can be done with what is shown."""
        return not self._buttons[act].isHidden()

    def main(self) -> KeyButton | None:
        """The button that Enter means."""
        for name in ("issue", "reprint", "renew"):
            if not self._buttons[name].isHidden() and self._buttons[name].isEnabled():
                return self._buttons[name]
        return None

    def set_saving(self, saving: bool) -> None:
        """Hold the buttons while an act is on its way to the disk."""
        for button in self._buttons.values():
            button.setEnabled(not saving)


def _offered(line: CardLine, *, may_issue: bool, may_end: bool) -> list[str]:
    card = line.card
    if card is None:
        return ["issue"] if may_issue else []
    if card.valid:
        wanted = ["reprint", *(("replace", "another", "withdraw") if may_issue else ())]
        return [*wanted, "lost"] if may_end else wanted
    if card.ended_as == "withdrawn" or line.replaced:
        return []
    return [*(("renew",) if may_issue else ()), *(("found",) if may_end else ())]


def _facts(line: CardLine | None) -> str:
    if line is None:
        return "按方向键选一行；Ctrl+P 打印上面这些孩子的卡，还没有卡的先发卡。"
    if line.card is None:
        return f"{line.holder.class_name} · 没有有效的卡。按 Enter 发一张并预览，十张一页，沿角线裁开。"
    card = line.card
    parts = [f"{line.holder.class_name} · 卡号 {card.number} · {card.issued_at:%Y-%m-%d} 发卡"]
    if card.ended_at is not None:
        how = "挂失" if card.ended_as == "lost" else "收回"
        why = f"（{card.ended_words}）" if card.ended_words else ""
        parts.append(f"{card.ended_at:%Y-%m-%d %H:%M} {how}{why}。再扫这张卡，前台会说{line.chip.words}。")
        if line.replaced:
            parts.append("已补发新卡，这张不能再用。")
    elif not line.printed:
        parts.append("还没有打印过。")
    return "\n".join(parts)
