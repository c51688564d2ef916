"""合并: two records side by side before one goes into the other, of a child or of one of her adults."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import ChildId
from app.services.merge_sides import Sides
from app.services.record_cards import RecordRow
from app.ui.records.compare import CompareView
from app.ui.records.listing import RecordModel, RowList
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fields import SearchBox
from app.ui.widgets.overlay import Overlay

_WORDS = (
    "现在打开的档案保留，选中的那一份并进来：入园、收费、日志、家人、同意书都跟过来，"
    "两份的历史都留着。当天可以撤销。"
)
_TWINS = "两个登记合成一个：接送、签字和历史都并在一起。当天可以撤销。"

Search = Callable[[str, Callable[[tuple[RecordRow, ...]], None]], None]
Compare = Callable[[ChildId, Callable[[Sides], None]], None]


class ComparingSheet(Overlay):
    """The comparison, what speaks against it, and Ctrl+Enter. Decides nothing: the service does."""

    def __init__(self, context: RoomContext, host: QWidget, name: str, title: str, verb: str) -> None:
        super().__init__(context.theme, host, object_name=name)
        theme = context.theme
        self._gone = self._shown = False
        self.sides = CompareView(theme, name)
        self._message = label("", "error", wrap=True)
        self._message.setObjectName(f"{name}.message")
        self._message.hide()
        cancel = KeyButton(theme, "取消", shown="Esc", bind=False, kind="quiet", object_name=f"{name}.cancel")
        cancel.clicked.connect(self.dismiss)
        self.keep = KeyButton(theme, verb, "Ctrl+Return", kind="primary", object_name=f"{name}.keep")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._on_keep)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self._foot.addWidget(cancel)
        self._foot.addWidget(self.keep)
        self._title = label(title, "h1", wrap=True)

    def show_sides(self, sides: Sides) -> None:
        """Show what differs; with a refusal nothing can be kept."""
        if self._gone:
            return
        self.sides.show_sides(sides)
        self._shown = not sides.refusal
        self._say(sides.refusal)
        self.keep.setEnabled(not sides.refusal)

    def refuse(self, sentence: str) -> None:
        """The service said no; what was shown side by side may be tried again."""
        if not self._gone:
            self._say(sentence)
            self.keep.setEnabled(self._shown)

    @Slot()
    def dismiss(self) -> None:
        """Go away; an answer that comes later finds nobody here."""
        self._gone = True
        super().dismiss()

    def emit_wish(self) -> None:
        """Tell what was wished. Overridden by each sheet."""

    def _say(self, sentence: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    @Slot()
    def _on_keep(self) -> None:
        self.keep.setEnabled(False)
        self.emit_wish()


class MergeSheet(ComparingSheet):
    """Search, choose, compare, Ctrl+Enter."""

    merge_requested = Signal(object, object)  # ChildId, {field: Side}

    def __init__(
        self, context: RoomContext, host: QWidget, name: str, search: Search, compare: Compare
    ) -> None:
        super().__init__(context, host, "merge", f"把另一份档案并入 {name}", f"并入 {name}")
        theme = context.theme
        self._search, self._compare = search, compare
        self._compared: ChildId | None = None
        self._model = RecordModel(self)
        self.box = SearchBox(theme, context.icons, "merge.search", "找另一份档案")
        self.box.setPlaceholderText("姓名 / 拼音 / 电话尾号")
        self.box.textChanged.connect(self._on_text)
        self.box.moved.connect(self._on_moved)
        self.box.left.connect(self.dismiss)
        self.rows = RowList(theme, self._model, "merge.list", "可能是同一个孩子的档案")
        self.rows.selectionModel().currentChanged.connect(self._on_current)
        self._none = label("没有看着像的档案。请输入姓名、拼音或电话尾号找。", "muted", wrap=True)
        self._none.hide()
        left = QVBoxLayout()
        left.setSpacing(theme.metrics.s2)
        for part in (self.box, self._none):
            left.addWidget(part)
        left.addWidget(self.rows, 1)
        middle = QHBoxLayout()
        middle.setSpacing(theme.metrics.s4)
        middle.addLayout(left, 2)
        middle.addWidget(self.sides, 3)
        column = self.card.column(spacing=theme.metrics.s3)
        column.addWidget(self._title)
        column.addWidget(label(_WORDS, "muted", wrap=True))
        column.addLayout(middle, 1)
        self.fill()
        column.addWidget(self._message)
        column.addLayout(self._foot)

    def show_rows(self, rows: Sequence[RecordRow]) -> None:
        """Offer these records."""
        if self._gone:
            return
        self._model.replace(rows)
        self._none.setVisible(not rows)
        if rows:
            self.rows.light(0)  # which asks what differs
        else:
            self._ask()

    def chosen(self) -> ChildId | None:
        """The record that is lit."""
        item = self._model.item_at(self.rows.currentIndex())
        return None if item is None else item.child

    def emit_wish(self) -> None:
        """The record that was compared, and whose values stay."""
        child = self.chosen()
        if child is not None:
            self.merge_requested.emit(child, self.sides.choices())

    def _ask(self) -> None:
        """What was not shown side by side is not merged."""
        child, self._shown = self.chosen(), False
        self.keep.setEnabled(False)
        if child is None:
            self._compared = None
            self.sides.wait()
        else:
            self._compared = child
            self._compare(child, lambda sides: self._on_compared(child, sides))

    def _on_compared(self, child: ChildId, sides: Sides) -> None:
        if not self._gone and self._compared == child:
            self.show_sides(sides)

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._say("")
        self._search(text, self.show_rows)

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        to = self.rows.currentIndex().row() + by
        if 0 <= to < self._model.rowCount():
            self.rows.light(to)

    @Slot()
    def _on_current(self) -> None:
        self._say("")
        self._ask()


class TwinsSheet(ComparingSheet):
    """Two adults of a child who may be one: compare, Ctrl+Enter."""

    merge_requested = Signal(object)  # {field: Side}

    def __init__(self, context: RoomContext, host: QWidget, name: str) -> None:
        super().__init__(context, host, "twins", f"合并 {name} 的两位家人", "合并两人")
        column = self.card.column(spacing=context.theme.metrics.s3)
        column.addWidget(self._title)
        column.addWidget(label(_TWINS, "muted", wrap=True))
        column.addWidget(self.sides, 1)
        wide, high = context.theme.px(760), context.theme.px(360)
        self.sides.setMinimumSize(min(wide, host.width() * 4 // 5), min(high, host.height() // 2))
        column.addWidget(self._message)
        column.addLayout(self._foot)

    def focus_first(self) -> None:
        """The sheet itself until there is something to choose."""
        self.setFocus()

    def show_sides(self, sides: Sides) -> None:
        """Show what differs, and begin at the first choice."""
        super().show_sides(sides)
        first = self.sides.first()
        if not self._gone:
            (self.keep if first is None else first).setFocus()

    def emit_wish(self) -> None:
        """Whose values stay."""
        choices: Mapping[str, object] = self.sides.choices()
        self.merge_requested.emit(choices)
