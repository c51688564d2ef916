"""成长月册: a child's month as it prints, and the whole class's into a folder."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import ChildId
from app.services.booklets import BookletRow
from app.ui.curriculum.base import CurriculumPage
from app.ui.curriculum.batch import ask_folder
from app.ui.rooms import RoomContext
from app.ui.widgets.records import Record, RecordList, Shape
from app.ui.widgets.states import EmptyState


class BookletPage(CurriculumPage):
    """Children at the left, the paper at the right."""

    key = "booklets"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(2, 5))
        now = context.clock()
        self._last = f"{now:%Y-%m}"
        self._month = self._last
        self._rows: tuple[BookletRow, ...] = ()
        self.shown = self.walker("上个月", "下个月", self._turn)
        self.list = RecordList(context.theme, "curriculum.booklets.list", "孩子", "这个月没有孩子来过。")
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._on_print_clicked)
        self.left.addWidget(self.list, 1)
        self.bend(self.list, Shape.STRIP)
        self._paper = context.printing.view(zoom=1.0)
        self._none = EmptyState(
            context.theme,
            context.icons,
            "sprout-outline",
            "这个月没有来园",
            "来过的日子才有月册。按 PgUp 看上个月，或在左边换一个孩子。",
        )
        frame = QWidget()
        frame.setMinimumHeight(context.theme.px(200))
        stack = QVBoxLayout(frame)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self._paper, 1)
        stack.addWidget(self._none, 1)
        self._none.hide()
        self.right.addWidget(frame, 1)
        self.print = self.add_button("打印", "print", "Ctrl+P", kind="primary", icon="printer-outline")
        self.all = self.add_button("存全班", "all", "Ctrl+B", icon="folder-outline")
        self.print.clicked.connect(self._on_print_clicked)
        self.all.clicked.connect(self._on_all_clicked)

    def hints(self) -> str:
        """Keys."""
        return "PgUp PgDn 换月 · Enter 看和打印 · Ctrl P 打印 · Ctrl B 存全班"

    def take_focus(self) -> None:
        """The children."""
        self.list.view.setFocus()

    @property
    def child(self) -> ChildId | None:
        """The child that is lit."""
        key = self.list.key()
        return ChildId(key) if isinstance(key, int) else None

    def read(self) -> None:
        """Read who was here in the month."""
        actor, class_id, month = self.context.actor, self.class_id, self._month
        if class_id is None:
            return
        year, number = month.split("-")
        self.shown.setText(f"{year}年{int(number)}月")

        def show(rows: tuple[BookletRow, ...]) -> None:
            if (class_id, month) == (self.class_id, self._month):
                self._show(rows)

        self.context.ask(lambda s: s.classes.booklets.worklist(actor, class_id, month), show)

    def _show(self, rows: tuple[BookletRow, ...]) -> None:
        self._rows = rows
        here = sum(one.days > 0 for one in rows)
        self.list.set_title(f"孩子 {here} / {len(rows)} 来过")
        self.list.show_records(
            [
                Record(int(one.child), one.name, f"{one.age}　来园 {one.days} 天", faint=not one.days)
                for one in rows
            ]
        )

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        actor, child, month = self.context.actor, self.child, self._month
        row = next((one for one in self._rows if one.child == child), None)
        there = row is not None and row.days > 0
        self._paper.setVisible(there)
        self._none.setVisible(not there)
        self.print.setEnabled(there)
        if child is None or not there:
            return

        def show(paper: object) -> None:
            if (child, month) == (self.child, self._month):
                self._paper.show_paper(paper)

        self.context.ask(lambda s: s.classes.booklets.paper(actor, child, month), show, self.refused)

    def _turn(self, step: int) -> None:
        year, number = map(int, self._month.split("-"))
        count = year * 12 + number - 1 + step
        month = f"{count // 12:04d}-{count % 12 + 1:02d}"
        if month <= self._last:
            self._month = month
            self.read()

    @Slot()
    def _on_print_clicked(self) -> None:
        actor, child, month = self.context.actor, self.child, self._month
        if child is None or not self.print.isEnabled():
            return
        key = int(child)

        def count() -> None:
            self.context.act(lambda s: s.papers.printed(actor, "booklet", key))

        self.context.ask(
            lambda s: s.classes.booklets.paper(actor, child, month),
            lambda paper: self.context.printing.preview(paper, count),
            self.refused,
        )

    @Slot()
    def _on_all_clicked(self) -> None:
        actor, month = self.context.actor, self._month
        children = [(one.child, one.name) for one in self._rows if one.days]
        if self._batch is not None:
            return
        if not children:
            self.complain("这个班这个月没有孩子来过，没有月册可存。")
            return
        folder = ask_folder(self, "全班的成长月册存到哪个文件夹")
        if folder is None:
            return
        self.start_batch(
            "成长月册", children, lambda s, child: s.classes.booklets.paper(actor, child, month), folder
        )
