"""The right column of the intake: 能不能收 by hour, the fee in words, what is missing, the big button."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.capacity import SlotAnswer, Verdict
from app.domain.looks import Chip, Tone
from app.domain.pricing import Quote
from app.services.intake import Assessment, Missing, Problem
from app.ui.intake.alike import AlikeBox
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ChipLabel, Rule, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.hour_strip import HourStrip
from app.ui.widgets.layouts import ColumnScroll

_TONES = {Verdict.YES: Tone.OK, Verdict.TIGHT: Tone.WARN, Verdict.NO: Tone.BAD}
_SAID = {
    "required": Chip("必填", Tone.BAD),
    "later": Chip("可后补", Tone.WARN),
    "have": Chip("已有", Tone.OK),
}
_SHOWN = 5
_TOUCH = 44  # pixels that a finger meets without its neighbour


class SlotBox(Card):
    """能不能收？"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        px = theme.px
        column = self.column(margins=(px(18), px(12), px(18), px(12)), spacing=px(6))
        head = QHBoxLayout()
        head.addWidget(label("能不能收？", "h2"))
        self.chip = ChipLabel(theme)
        self.chip.setObjectName("intake.verdict")
        head.addWidget(self.chip)
        head.addStretch(1)
        column.addLayout(head)
        self._whose = label("", "small", wrap=True)
        self.hours = HourStrip(theme, "intake.hours")
        self.words = label("", "small", wrap=True)
        self.words.setObjectName("intake.slot_words")
        for part in (self._whose, self.hours, self.words):
            column.addWidget(part)
        self.show_answer(None, "")

    def show_answer(self, answer: SlotAnswer | None, class_name: str) -> None:
        """Show another answer; None while too little is known."""
        known = answer is not None and bool(answer.hours)
        self.chip.set_chip(Chip(answer.title, _TONES[answer.verdict]) if answer else Chip(""))
        self._whose.setText(f"{class_name}班 今天按小时：绿 能收 · 黄 刚好 · 红 不够" if class_name else "")
        self._whose.setVisible(known and bool(class_name))
        self.hours.setVisible(known)
        self.hours.show_hours(answer.hours if answer else ())
        self.words.setText(answer.words if answer else "填了出生日期和说好几点接，这里就按小时回答。")


class FeeBox(Card):
    """费用（说给家长听）."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        px = theme.px
        column = self.column(margins=(px(18), px(12), px(18), px(12)), spacing=px(5))
        column.addWidget(label("费用（说给家长听）", "h2"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(px(4))
        column.addLayout(self._grid)
        self.words = label("", "small", wrap=True)
        self.words.setObjectName("intake.fee_words")
        column.addWidget(self.words)
        column.addWidget(Rule(theme, dashed=True))
        foot = QHBoxLayout()
        foot.addWidget(label("接走时应收", "h2"))
        foot.addStretch(1)
        self.total = label("", "title")
        self.total.setObjectName("intake.total")
        foot.addWidget(self.total)
        column.addLayout(foot)
        self.show_quote(None)

    def show_quote(self, quote: Quote | None) -> None:
        """Show another fee; None while too little is known."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, line in enumerate(quote.lines if quote else ()):
            self._grid.addWidget(label(line.purpose, wrap=True), at, 0)
            self._grid.addWidget(label(line.amount.grouped, "h2"), at, 1, Qt.AlignmentFlag.AlignRight)
        self.words.setText(quote.words if quote else "填了说好几点接，这里就算出来。")
        self.total.setText(quote.total.yuan_words if quote else "—")


class MissingBox(Card):
    """还缺: what must be filled, what may follow, what is there. A line leads to its field."""

    field_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._theme = theme
        px = theme.px
        column = self.column(margins=(px(18), px(12), px(18), px(12)), spacing=px(4))
        column.addWidget(label("还缺", "h2"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(px(4))
        column.addLayout(self._lines)
        self._shown: tuple[tuple[Chip, str, str, str], ...] | None = None

    def show_lines(self, missing: Sequence[Missing], problems: Sequence[Problem]) -> None:
        """Show other lines: problems first, then what is required, then the rest."""
        lines = [
            (Chip("留意" if one.tone is Tone.INFO else "须改正", one.tone), one.sentence, one.field, "")
            for one in problems
        ]
        order = {"required": 0, "later": 1, "have": 2}
        for one in sorted(missing, key=lambda one: order.get(one.kind, 3)):
            lines.append((_SAID.get(one.kind, Chip(one.kind)), one.label, one.field, one.hint))
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for chip, words, field, hint in lines[:_SHOWN]:
            self._lines.addWidget(self._line(chip, words, field, hint))
        if len(lines) > _SHOWN:
            rest = "、".join(words for _, words, _, _ in lines[_SHOWN:])
            self._lines.addWidget(label(f"还有：{rest}", "small", wrap=True))

    def _line(self, chip: Chip, words: str, field: str, hint: str) -> QWidget:
        line = _Way()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(10))
        row.addWidget(ChipLabel(self._theme, chip), 0, Qt.AlignmentFlag.AlignVCenter)
        line.setMinimumHeight(_TOUCH if field else self._theme.px(28))
        told = label(words, wrap=True)
        told.setMinimumWidth(self._theme.px(40))  # a name with a number in it would widen the column
        row.addWidget(told, 1)
        if hint:
            row.addWidget(label(hint, "small", wrap=True), 1)
        if field:
            go = QPushButton("填")
            go.setObjectName(f"intake.go.{field}")
            go.setAccessibleName(f"去填：{words}")
            go.setProperty("kind", "link")
            go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            go.clicked.connect(lambda: self.field_wanted.emit(field))
            go.setProperty("grade", "touch")
            line.lead(go)
            row.addWidget(go)
        return line


class _Way(QWidget):
    """A line that leads to its field wherever it is touched, not only where its word stands."""

    def __init__(self) -> None:
        super().__init__()
        self._go: QPushButton | None = None

    def lead(self, go: QPushButton) -> None:
        """Take the button that leads there."""
        self._go = go
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the touch: its release counts."""
        event.setAccepted(self._go is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there, unless the finger has slid off."""
        if self._go is not None and self.rect().contains(event.position().toPoint()):
            self._go.click()


class GrowingScroll(ColumnScroll):
    """As high as its content where there is room, and scrolling where there is not."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        self.setObjectName("intake.side")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(content)

    def sizeHint(self) -> QSize:
        """The content's height at the present width."""
        content = self._content
        return QSize(content.sizeHint().width(), content.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """May become small."""
        return QSize(100, 80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear that the content has changed."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._content:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class IntakeSide(QWidget):
    """The column as a whole. The button stays in sight whatever the font."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content = QWidget()
        inner = self._inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.metrics.s3)
        self.slots, self.fee, self.missing = SlotBox(theme), FeeBox(theme), MissingBox(theme)
        self.register = KeyButton(
            theme,
            "登记并入园，打印接送凭条",
            "Ctrl+Return",
            kind="primary",
            size="large",
            object_name="intake.register",
        )
        self.known = label("", "warning", wrap=True)
        self.known.setObjectName("intake.known")
        self.alike = AlikeBox(theme)
        for part in (self.known, self.alike, self.slots, self.fee, self.missing):
            inner.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s3)
        self._scroll = GrowingScroll(content)
        column.addWidget(self._scroll)
        column.addWidget(self.register)
        column.addStretch(1)
        self.show_assessment(None)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Paint what the rules say."""
        if assessment is None:
            self.known.hide()
            self.alike.show_filed(())
            self.slots.show_answer(None, "")
            self.fee.show_quote(None)
            self.missing.show_lines((), ())
            self._place_missing(first=False)
            return
        chosen = next((one.name for one in assessment.classes if one.chosen), "")
        self.slots.show_answer(assessment.slots, chosen)
        self.fee.show_quote(assessment.quote)
        self.missing.show_lines(assessment.missing, assessment.problems)
        self._place_missing(first=any(one.tone is Tone.BAD for one in assessment.problems))
        self.alike.show_filed(assessment.alike)
        known = "；".join(chip.words for chip in assessment.known)
        self.known.setText(known)
        self.known.setVisible(bool(known))

    def _place_missing(self, *, first: bool) -> None:
        """What must be put right stands above all: beside its field there is no room for the sentence."""
        at = 0 if first else self._inner.count() - 1
        if self._inner.indexOf(self.missing) != at:
            self._inner.removeWidget(self.missing)
            self._inner.insertWidget(at, self.missing)
            self._scroll.verticalScrollBar().setValue(0)
