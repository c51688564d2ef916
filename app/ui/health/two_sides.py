"""What the pages of injuries, illness and protection share: a list, the one that is lit, acts at the foot."""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.looks import Tone
from app.services.exporting import ListKind
from app.ui.rooms import RoomContext
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.export import ExportButton
from app.ui.widgets.layouts import BendingPage, scrolled
from app.ui.widgets.records import Record, RecordList, Shape

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

_LABEL_WIDTH = 84


class DetailCard(Card):
    """A heading, lines of (label, words), and what was added below."""

    def __init__(self, context: RoomContext, name: str) -> None:
        super().__init__(context.theme)
        self._context = context
        self._made: list[QWidget] = []
        m = context.theme.metrics
        self.head = label("", "h1", wrap=True)
        self.head.setObjectName(f"{name}.head")
        body = QWidget()
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, m.s2, 0)
        self._grid.setHorizontalSpacing(m.s3)
        self._grid.setVerticalSpacing(m.s2)
        self._grid.setColumnStretch(1, 1)
        column = self.column(spacing=m.s3)
        column.addWidget(self.head)
        column.addWidget(scrolled(body, f"{name}.scroll"), 1)

    def show_lines(
        self, head: str, lines: Sequence[tuple[str, str]], additions: Sequence[str] = (), title: str = ""
    ) -> None:
        """Tell another one; empty words leave the card bare."""
        for widget in self._made:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made = []
        self.head.setText(head)
        for row, (name, words) in enumerate(lines):
            self._put(name, "label", row, 0)
            self._put(words, "", row, 1)
        at = len(lines)
        if additions:
            self._put(title, "h2", at, 0, 2)
            for past, words in enumerate(additions, 1):
                self._put(words, "", at + past, 0, 2)
            at += len(additions) + 1
        for old in range(self._grid.rowCount()):
            self._grid.setRowStretch(old, 0)
        self._grid.setRowStretch(at, 1)

    def _put(self, words: str, role: str, row: int, column: int, span: int = 1) -> None:
        made = label(words, role, wrap=True)
        if role == "label":
            made.setMinimumWidth(self._context.theme.px(_LABEL_WIDTH))
            made.setWordWrap(False)
        made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._grid.addWidget(made, row, column, 1, span)
        self._made.append(made)


class TwoSides(BendingPage):
    """One page: ``list`` at the left, ``side`` at the right, buttons below, a band of words above."""

    key = ""
    name = ""
    #: So wide (in pixels at the normal font) that two columns have room.
    roomy = 760
    #: What becomes of the list where they have none.
    narrow_list = Shape.LIST

    def __init__(self, context: RoomContext, title: str, empty: str) -> None:
        super().__init__()
        self.context = context
        self.setObjectName(f"health.{self.key}")
        m = context.theme.metrics
        self.band = label("", "warning", wrap=True)
        self.band.setObjectName(f"health.{self.key}.band")
        self.band.hide()
        self.list = RecordList(context.theme, f"health.{self.key}.list", title, empty)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self.enter)
        self.detail = DetailCard(context, f"health.{self.key}.detail")
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(m.s3)
        self._body.addWidget(self.list, 2)
        self.side = QVBoxLayout()
        self.side.setSpacing(m.s3)
        self.side.addWidget(self.detail, 1)
        self._body.addLayout(self.side, 3)
        self._foot = ActRow(context.theme, f"health.{self.key}")
        column = QVBoxLayout(self)
        column.setContentsMargins(m.s5, m.s1, m.s5, m.s3)
        column.setSpacing(m.s2)
        column.addWidget(self.band)
        column.addLayout(self._body, 1)
        column.addWidget(self._foot)
        self.above = column

    # What a page overrides -----------------------------------------------------------------

    def freshen(self) -> None:
        """Read everything again."""

    def hints(self) -> str:
        """Keys of the page."""
        return ""

    def enter(self) -> None:
        """Enter on the list."""

    def show_one(self, key: Hashable | None) -> None:
        """Tell the one that is lit."""

    def reshape(self, narrow: bool) -> None:
        """What else changes where there is one column, and back."""
        del narrow

    # Building and working ------------------------------------------------------------------

    def take_focus(self) -> None:
        """The list."""
        self.list.view.setFocus()

    def button(self, words: str, name: str, key: str = "", *, kind: str = "", icon: str = "") -> KeyButton:
        """An act at the foot."""
        made = KeyButton(
            self.context.theme, words, key, kind=kind, icon=icon, icons=self.context.icons,
            object_name=f"health.{self.key}.{name}",
        )  # fmt: skip
        self._foot.add(made)
        return made

    def offer_table(self, kind: ListKind) -> ExportButton:
        """The month of the list as a table, at the end of the foot; hidden from who may not take it out."""
        made = ExportButton(self.context, kind, f"health.{self.key}.export", text="导出本月")
        self._foot.add(made)
        return made

    def say_band(self, words: str) -> None:
        """What is to be heeded, above everything; empty takes it away."""
        self.band.setText(words)
        self.band.setVisible(bool(words))

    def show_records(self, records: Sequence[Record], wanted: Hashable | None = None) -> None:
        """Replace the list."""
        self.list.show_records(records, wanted)

    def act(
        self,
        verb: "Callable[[Services], Done[Any]]",
        done: Callable[[Any], None] | None = None,
        words: str = "",
    ) -> None:
        """Do something at once; what a rule says against it is a notice."""

        def settled(value: Any) -> None:
            if done is not None:
                done(value)
            self.freshen()

        self.context.act(verb, settled, self._on_refused, words=words)

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, RuleError):
            self.context.messages.say(error.sentence, Tone.WARN)
        else:
            self.context.messages.fail(error)
        self.freshen()

    @property
    def free(self) -> bool:
        """Whether a sheet can be laid over the window now."""
        return self.context.host is not None and self.context.host.isEnabled()

    @Slot(object)
    def _on_chosen(self, key: object) -> None:
        self.show_one(key if isinstance(key, Hashable) else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(self.roomy)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._body.direction() != way:
            self._body.setDirection(way)
            self.list.set_shape(self.narrow_list if narrow else Shape.LIST)
            self.reshape(narrow)
