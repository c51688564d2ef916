"""导入名单: a file, its columns, its rows, on one screen; nothing is written before 导入."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Topic
from app.domain.errors import SurroundingsError
from app.domain.looks import Tone
from app.domain.staff import Permission
from app.services.exporting import ListKind
from app.services.importing import Imported, ImportTable, Preview
from app.ui.importing.mapping import MappingForm, SheetBox
from app.ui.importing.rows import RowsDelegate, RowsModel, tone_of
from app.ui.jobs import Job
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.basic import Card, label, mark, name_widget
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.export import ExportButton, ask_path, save_table
from app.ui.widgets.layouts import FlowLayout, scrolled
from app.ui.widgets.states import ProgressStrip

if TYPE_CHECKING:
    from app.services.bundle import Services

_FILTERS = (("bad", "有问题"), ("warn", "请确认"), ("all", "全部"))
_TONES = {"bad": {Tone.BAD}, "warn": {Tone.WARN}, "all": set(Tone)}


class ImportingRoom(Room):
    """Joins the three steps with the service. Leaving at any time leaves nothing behind.

    Who may only take lists out (the cashier) finds just that.
    """

    topics = frozenset({Topic.SETTINGS})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName("importing")
        self.setAcceptDrops(True)
        self._table: ImportTable | None = None
        self._preview: Preview | None = None
        self._news: Job | None = None  # of what is under way: reading, looking or taking in
        self._writing = False
        m = context.theme.metrics
        line = QHBoxLayout(self)
        line.setContentsMargins(m.s5, m.s4, m.s5, m.s4)
        line.setSpacing(m.s4)
        line.addWidget(scrolled(self._left(), "importing.scroll"), 2)
        self._rows_card = self._right()
        line.addWidget(self._rows_card, 3)
        self._show_nothing()
        self._show_rights()

    @property
    def may_import(self) -> bool:
        """Whether who is signed in may take children in."""
        return self.context.signed_in and self.context.actor.may(Permission.REGISTER_CHILD)

    def refresh(self) -> None:
        """Somebody else may be signed in."""
        self._show_rights()

    def _show_rights(self) -> None:
        if not self.may_import and self._table is not None:
            self._show_nothing()
        self._file_card.setVisible(self.may_import)
        self._rows_card.setVisible(self.may_import)
        self.title_changed.emit()
        self.hints_changed.emit()

    def title(self) -> str:
        """导入名单, or 导出名单 where nothing may be taken in."""
        return "导入名单" if self.may_import else "导出名单"

    def wants_search(self) -> bool:
        """Nobody is looked for here."""
        return False

    def hints(self) -> str:
        """Keys."""
        return "Ctrl O 选择文件 · Ctrl Enter 导入 · Esc 放弃" if self.may_import else ""

    # -- cards

    def _button(self, text: str, key: str, name: str, icon: str, kind: str = "") -> KeyButton:
        return KeyButton(
            self.context.theme,
            text,
            key,
            kind=kind,
            icon=icon,
            icons=self.context.icons,
            object_name=f"importing.{name}",
        )

    def _left(self) -> QWidget:
        theme = self.context.theme
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s4)
        file_card, self._form = Card(theme), MappingForm(theme)
        self._file_card = file_card
        inside = file_card.column(spacing=theme.metrics.s3)
        inside.addWidget(label("1　选择文件", "h1"))
        self._file_words = label("", "muted", wrap=True)
        self._file_words.setObjectName("importing.file_words")
        inside.addWidget(self._file_words)
        self._sheet = SheetBox(theme)
        self._sheet.chosen.connect(self._on_sheet_chosen)
        inside.addWidget(self._sheet)
        self._choose = self._button("选择文件", "Ctrl+O", "choose", "folder-open-outline", "primary")
        self._template = self._button("下载模板", "", "template", "tray-arrow-down")
        self._choose.clicked.connect(self._on_choose_clicked)
        self._template.clicked.connect(self._on_template_clicked)
        buttons = FlowLayout()
        for made in (self._choose, self._template):
            buttons.addWidget(made)
        inside.addLayout(buttons)
        self._mapping_card = Card(theme)
        inside = self._mapping_card.column(spacing=theme.metrics.s3)
        inside.addWidget(label("2　对应列", "h1"))
        inside.addWidget(
            label("左边是文件里的标题，右边是托得好里的项目。猜错了可以改。", "muted", wrap=True)
        )
        inside.addWidget(self._form)
        self._form.changed.connect(self._look)
        out = Card(theme)
        inside = out.column(spacing=theme.metrics.s3)
        inside.addWidget(label("导出名单", "h1"))
        inside.addWidget(label("存成 Excel 或 CSV。文件没有密码保护，请妥善保管。", "muted", wrap=True))
        buttons = FlowLayout()
        self._outs = [
            ExportButton(self.context, kind, f"importing.export.{kind.value}", text=kind.label)
            for kind in ListKind
        ]
        for out_button in self._outs:
            buttons.addWidget(out_button)
        inside.addLayout(buttons)
        for card in (file_card, self._mapping_card, out):
            column.addWidget(card)
        column.addStretch(1)
        return side

    def _right(self) -> QWidget:
        theme = self.context.theme
        card, self._model = Card(theme), RowsModel()
        self._model.setParent(card)
        whole, inner = card.column(spacing=theme.metrics.s3), QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s3)
        column.addWidget(label("3　核对每一行", "h1"))
        self._words = label("", "muted", wrap=True)
        self._words.setObjectName("importing.words")
        column.addWidget(self._words)
        self._filter = Segmented(theme, "importing.filter", "看哪些行", _FILTERS)
        self._filter.set_value("all")
        self._filter.chosen.connect(self._show_rows)
        self._hand_back = self._button("导出有问题的行", "", "hand_back", "tray-arrow-down")
        self._hand_back.clicked.connect(self._on_hand_back_clicked)
        above = FlowLayout()
        above.addWidget(self._filter)
        above.addWidget(self._hand_back)
        column.addLayout(above)
        self._view = QListView()
        name_widget(self._view, "importing.rows", "名单里的行")
        self._view.setModel(self._model)
        self._view.setItemDelegate(RowsDelegate(theme, self._view))
        self._view.setUniformItemSizes(True)
        self._view.setMinimumHeight(theme.px(114))  # two rows; in very large type the card scrolls
        self._detail = label("", wrap=True)
        self._detail.setObjectName("importing.detail")
        self._view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._empty = label("先选一个文件。有问题的行和原因先列出来，改好再导入。", "muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._empty, 1)
        column.addWidget(self._view, 1)
        column.addWidget(self._detail)
        self._progress = ProgressStrip(theme)
        column.addWidget(self._progress)
        self._leave_out = QCheckBox("跳过有问题的行")
        name_widget(self._leave_out, "importing.leave_out", self._leave_out.text())
        free = QSizePolicy.Policy.Preferred  # as high as the act
        self._leave_out.setSizePolicy(free, free)
        self._leave_out.toggled.connect(self._settle)
        self._run = self._button("导入", "Ctrl+Return", "run", "check", "primary")
        self._run.clicked.connect(self._on_run_clicked)
        whole.addWidget(scrolled(inner, "importing.right"), 1)
        foot = QHBoxLayout()  # outside of what scrolls
        foot.setSpacing(theme.metrics.s3)
        foot.addWidget(self._run)
        foot.addWidget(self._leave_out, 1)
        whole.addLayout(foot)
        return card

    # -- a file

    def entered(self, target: Target | None) -> None:
        """Begin at the file, or at what goes out."""
        out = not self.may_import or (target is not None and target.act == "export")
        (next(one for one in self._outs if one.allowed) if out else self._choose).setFocus()

    def open_file(self, path: Path) -> None:
        """Read a file and guess its columns."""
        if self._writing:
            return
        actor, news = self.context.actor, self._begin(f"正在读 {path.name}")
        self._file_words.setText(f"正在读 {path.name}…")

        def read(services: "Services") -> ImportTable:
            return services.importing.read(actor, path.name, _bytes_of(path), news.report)

        def show(found: ImportTable) -> None:
            if not news.cancelled:
                self._show_table(found)

        def failed(error: BaseException) -> None:
            if not news.cancelled:
                self._show_nothing()
            self.context.messages.fail(error)

        self._follow(news, self.context.ask(read, show, failed))

    def _show_table(self, table: ImportTable) -> None:
        """The headings of a sheet with what they seem to mean; which sheet it is, where there are others."""
        self._table = table
        self._form.show_table(table)
        self._mapping_card.show()
        mark(self._file_words, role="warning" if table.sheet_words else "muted")
        words = f"{table.file_name}（{table.source}），标题在第 {table.grid.rows[table.head].number} 行。"
        self._file_words.setText(words + table.sheet_words)
        self._sheet.show_table(table)
        self._look()

    @Slot(str)
    def _on_sheet_chosen(self, name: str) -> None:
        """Another sheet of the file that was read."""
        table, actor = self._table, self.context.actor
        if table is None or self._writing:
            return

        def failed(error: BaseException) -> None:
            self._sheet.show_table(self._table)
            self.context.messages.fail(error)

        self.context.ask(lambda s: s.importing.choose_sheet(actor, table, name), self._show_table, failed)

    @Slot()
    def _look(self) -> None:
        """Dry run: read every row by the columns chosen. Another choice stops the look under way."""
        table, keys, actor = self._table, self._form.keys(), self.context.actor
        if table is None or self._writing:
            return
        news = self._begin("正在核对每一行")

        def show(preview: Preview) -> None:
            if not news.cancelled:
                self._preview = preview
                skipped = f"　跳过：{'、'.join(preview.skipped)}。" if preview.skipped else ""
                self._words.setText(preview.words + skipped)
                self._filter.set_value("bad" if preview.bad else "all")
                self._show_rows()

        def failed(error: BaseException) -> None:
            self._preview = None
            self._words.setText(str(error))
            self._show_rows()
            self.context.messages.fail(error)

        self._follow(
            news,
            self.context.ask(lambda s: s.importing.preview(actor, table, keys, news.report), show, failed),
        )

    def _begin(self, title: str) -> Job:
        """News of what begins now, with 取消 beside it; what was under way stops, unseen."""
        if self._news is not None:
            self._news.cancel()
        self._news = Job(title, self)
        self._progress.follow(self._news)
        self._settle()
        return self._news

    def _follow(self, news: Job, job: Job) -> None:
        """The news end with the job. What was stopped by hand leaves nothing half done on the screen."""

        def ended() -> None:
            if news is self._news:
                self._news, writing = None, self._writing
                self._writing = False
                if news.cancelled and not writing:
                    self._show_nothing()
                if news.cancelled:
                    self._words.setText("已取消，什么都没有导入。")
                news.ended.emit()
            news.deleteLater()
            self._settle()

        job.ended.connect(ended)

    def _show_nothing(self) -> None:
        self._table = self._preview = None
        self._form.show_table(None)
        self._sheet.show_table(None)
        self._mapping_card.hide()
        mark(self._file_words, role="muted")
        self._file_words.setText(
            "把 Excel（.xlsx）或 CSV 文件拖到这里，或按“选择文件”。按“导入”以前，什么都不会改。"
        )
        self._words.setText("")
        self._show_rows()

    @Slot()
    def _show_rows(self) -> None:
        rows = () if self._preview is None else self._preview.rows
        wanted = _TONES[self._filter.value() or "all"]
        counts = {key: sum(tone_of(row) in tones for row in rows) for key, tones in _TONES.items()}
        self._filter.set_choices([(key, f"{words} {counts[key]}") for key, words in _FILTERS])
        for part in (self._filter, self._view):
            part.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        shown = [row for row in rows if tone_of(row) in wanted]
        self._model.show_rows(tuple(sorted(shown, key=lambda row: (not row.bad, row.number))))
        self._detail.setText("")
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """导入 can be pressed when there is something to take in."""
        preview = self._preview
        bad = preview is not None and preview.bad > 0
        ready = preview is not None and preview.good > 0
        if bad and not self._leave_out.isChecked():
            ready = False
        self._leave_out.setVisible(bad)
        self._choose.set_kind("primary" if self._table is None else "", "Ctrl O")  # one main act at a time
        self._hand_back.setVisible(bad and self.context.actor.may(Permission.EXPORT))
        self._run.setEnabled(ready and self._news is None)
        self._run.set_text(f"导入 {preview.good} 个孩子" if ready and preview is not None else "导入")

    def _on_current_changed(self) -> None:
        row = self._model.item_at(self._view.currentIndex())
        told = [] if row is None else [one.sentence for one in row.problems]
        if row is not None and not row.bad:
            told.append("　".join(one.words for one in row.adults))
        self._detail.setText("\n".join(told))

    # -- acts

    @Slot()
    def _on_hand_back_clicked(self) -> None:
        """The bad rows with their reasons go back to whoever made the list."""
        if (path := ask_path(self, "有问题的行")) is not None:
            self.hand_back(path)

    def hand_back(self, path: Path) -> None:
        """Write the bad rows there."""
        table, preview, actor = self._table, self._preview, self.context.actor
        if table is not None and preview is not None:
            save_table(
                self.context, path, lambda s, form: s.exporting.export_bad_rows(actor, table, preview, form)
            )

    @Slot()
    def _on_run_clicked(self) -> None:
        table, keys, actor = self._table, self._form.keys(), self.context.actor
        if table is None or self._news is not None:
            return
        news, self._writing = self._begin("正在导入"), True
        skip = self._leave_out.isChecked()

        def done(made: Imported) -> None:
            self._show_nothing()
            self._words.setText(made.words + table.sheet_words)

        job = self.context.act(
            lambda s: s.importing.run(actor, table, keys, leave_out_bad=skip, report=news.report), done
        )
        self._follow(news, job)

    def escape(self) -> bool:
        """Stop what is under way, else put the file away."""
        if self._news is not None:
            self._news.cancel()
            return True
        if self._table is not None:
            self._show_nothing()
            self._choose.setFocus()
            return True
        return False

    @Slot()
    def _on_choose_clicked(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(self, "选择名单", "", "名单 (*.xlsx *.csv *.txt)")
        if path:
            self.open_file(Path(path))

    @Slot()
    def _on_template_clicked(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, "模板存到", "幼儿名单模板.xlsx", "Excel 表格 (*.xlsx)"
        )
        if path:
            self.save_template(Path(path))

    def save_template(self, path: Path) -> None:
        """Write the template to hand out."""
        from app.ui.printing import ended_name, write_whole

        actor, target, context = self.context.actor, ended_name(path, ".xlsx"), self.context

        def write(data: bytes) -> None:
            say = f"模板已存好：{target.name}"
            context.draw(write_whole, target, data, done=lambda _: context.messages.say(say))

        self.context.ask(lambda s: s.importing.template(actor), write)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere in the room."""
        if event.mimeData().hasUrls() and self.may_import:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the first file that was dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            self.open_file(Path(paths[0]))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"文件读不出来：{path.name}。请先在 Excel 里关掉它，再试一次。"
        raise SurroundingsError(msg) from error
