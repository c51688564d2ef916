"""Loading WS/T 423: the template, a look at a file's bad rows, then all or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import RuleError
from app.services.growth_tables import NAME, TablePreview
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList

if TYPE_CHECKING:
    from app.ui.rooms import RoomContext

_ABOUT = (
    "内置的是 WHO 2006。国内表格多用 WS/T 423，它的数据要由中心自己从标准原文录入：先存模板，"
    "在 Excel 里照标准附录填七列标准差，再选这个文件。已经评过的不会改，之后的测量按新标准评。"
)
_SHOWN = 200


class TablesSheet(FormSheet):
    """Nothing is kept until every row is right."""

    WIDE = 720

    def __init__(self, context: "RoomContext", host: QWidget) -> None:
        super().__init__(context, host, "tables", "导入生长标准", "整份导入")
        self._data: tuple[str, bytes] | None = None
        self.about = label(_ABOUT, "muted", wrap=True)
        self.name = self.add_field("name", "标准名称", field="standard")
        self.name.set_text(NAME)
        self.template = KeyButton(context.theme, "存模板", "Alt+T", object_name="tables.template")
        self.open = KeyButton(context.theme, "选文件", "Alt+O", object_name="tables.open")
        self.told = label("还没有选文件。", wrap=True)
        self.told.setObjectName("tables.told")
        self.bad = RecordList(context.theme, "tables.bad", "不对的行", "没有不对的行。")
        self.form.addWidget(self.about)
        self.row(self.name)
        line = self.row(self.template, self.open)
        line.addStretch(3)
        self.form.addWidget(self.told)
        self.form.addWidget(self.bad)
        self.bad.setVisible(False)
        self.keep.setEnabled(False)
        self.template.clicked.connect(self._on_template)
        self.open.clicked.connect(self._on_open)

    def focus_first(self) -> None:
        """Choosing a file."""
        self.fit()
        self.open.setFocus()

    def open_file(self, path: Path) -> None:
        """Look at a file; nothing is kept."""
        try:
            data = path.read_bytes()
        except OSError as error:
            self.say(f"打不开这个文件（{error.strerror}）。请检查后再选。")
            return
        actor = self.context.actor
        self._data = (path.name, data)
        self.context.ask(
            lambda s: s.health.growth_tables.preview(actor, path.name, data), self._show, self._on_unread
        )

    def finish(self) -> None:
        """Take the whole file over."""
        actor, held, name = self.context.actor, self._data, self.name.text()
        if held is not None:
            self.submit(lambda s: s.health.growth_tables.load(actor, held[0], held[1], name))

    def _show(self, found: TablePreview) -> None:
        if self.gone:
            return
        self.say(found.problem)
        self.told.setText(f"读到 {len(found.rows)} 行好的，{len(found.bad)} 行不对。")
        self.bad.setVisible(bool(found.bad))
        self.bad.show_records([Record(one.line, f"第 {one.line} 行", one.why) for one in found.bad[:_SHOWN]])
        self.keep.setEnabled(not found.problem)
        self.fit()

    def _on_unread(self, error: BaseException) -> None:
        self._data = None
        if self.gone or not isinstance(error, RuleError):
            self.context.messages.fail(error)
            return
        self.keep.setEnabled(False)
        self.bad.setVisible(False)
        self.told.setText("这个文件不能用。")
        self.say(error.sentence)

    @Slot()
    def _on_open(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, "选文件", "", "表格 (*.csv *.xlsx)")
        if chosen:
            self.open_file(Path(chosen))

    @Slot()
    def _on_template(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(self, "存模板", "WST423模板.csv", "CSV (*.csv)")
        if chosen:
            self.save_template(Path(chosen))

    def save_template(self, path: Path) -> None:
        """Write the empty table to a place the person chose."""
        from app.ui.printing import ended_name, write_whole

        actor, target = self.context.actor, ended_name(path, ".csv")

        def write(data: bytes) -> None:
            self.context.draw(
                write_whole, target, data, done=lambda _n: self.context.messages.say(f"已保存：{target.name}")
            )

        self.context.ask(lambda s: s.health.growth_tables.template(actor), write)
