"""合并: choose the other record of the same child; it is merged into the one that is open."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.ids import ChildId
from app.services.record_cards import RecordRow
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


class MergeSheet(Overlay):
    """Search, choose, Ctrl+Enter. Decides nothing: the service says what may not be merged."""

    merge_requested = Signal(object)  # ChildId

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        name: str,
        search: Callable[[str, Callable[[tuple[RecordRow, ...]], None]], None],
    ) -> None:
        super().__init__(context.theme, host, object_name="merge")
        theme = context.theme
        self._search, self._gone = search, False
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
        self._message = label("", "error", wrap=True)
        self._message.setObjectName("merge.message")
        self._message.hide()
        cancel = KeyButton(theme, "取消", shown="Esc", bind=False, kind="quiet", object_name="merge.cancel")
        cancel.clicked.connect(self.dismiss)
        self.keep = KeyButton(theme, f"并入 {name}", "Ctrl+Return", kind="primary", object_name="merge.keep")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self._on_keep)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.keep)
        column = self.card.column(spacing=theme.metrics.s3)
        column.addWidget(label(f"把另一份档案并入 {name}", "h1"))
        words = label(_WORDS, "muted", wrap=True)
        words.setMinimumWidth(theme.px(460))
        column.addWidget(words)
        column.addWidget(self.box)
        self.rows.setMinimumHeight(min(theme.px(240), host.height() // 3))
        column.addWidget(self._none)
        column.addWidget(self.rows, 1)
        column.addWidget(self._message)
        column.addLayout(foot)

    def show_rows(self, rows: Sequence[RecordRow]) -> None:
        """Offer these records."""
        if self._gone:
            return
        self._model.replace(rows)
        if rows:
            self.rows.light(0)
        self._none.setVisible(not rows)
        self.keep.setEnabled(bool(rows))

    def refuse(self, sentence: str) -> None:
        """The service said no."""
        if not self._gone:
            self._message.setText(sentence)
            self._message.show()
            self.keep.setEnabled(True)

    def chosen(self) -> ChildId | None:
        """The record that is lit."""
        item = self._model.item_at(self.rows.currentIndex())
        return None if item is None else item.child

    def dismiss(self) -> None:
        """Go away; an answer that comes later finds nobody here."""
        self._gone = True
        super().dismiss()

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._message.hide()
        self._search(text, self.show_rows)

    @Slot(int)
    def _on_moved(self, by: int) -> None:
        to = self.rows.currentIndex().row() + by
        if 0 <= to < self._model.rowCount():
            self.rows.light(to)

    @Slot()
    def _on_current(self) -> None:
        self.keep.setEnabled(self.chosen() is not None)

    @Slot()
    def _on_keep(self) -> None:
        child = self.chosen()
        if child is not None:
            self.keep.setEnabled(False)
            self.merge_requested.emit(child)
