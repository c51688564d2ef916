"""接走记录: of a day, a month or a year; searched, printed and taken out. Any room may open it."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.days import month_day
from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.staff import Permission
from app.domain.typed_days import Direction
from app.services.door_book import DoorLine, DoorPage, DoorQuery, Span, bounds
from app.services.exporting import ListKind
from app.ui.rooms import RoomContext, Target
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.day_field import next_day
from app.ui.widgets.export import ExportButton, ask_path, save_table
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList

_SPANS = ((Span.DAY, "一天"), (Span.MONTH, "一个月"), (Span.YEAR, "一年"))
_LIST_SHARE = 0.5  # of the window
_MOST = 500  # lines that are shown; the table and the paper hold them all


class DoorSheet(FormSheet):
    """PgUp and PgDn step; Enter in the search finds; F5 takes out what is shown, Ctrl+P prints it."""

    WIDE = 1000

    def __init__(
        self, context: RoomContext, host: QWidget, child: ChildId | None = None, name: str = ""
    ) -> None:
        title = f"接走记录 · {name}" if name else "接走记录"
        super().__init__(context, host, "door", title, "")
        self._child, self._query = child, DoorQuery(context.clock().date(), child=child)
        self._lines: dict[object, DoorLine] = {}
        self._shown = ""
        self._build_search()
        self.list = RecordList(context.theme, "door.list", "", "")
        # In large type it must leave room for the search above it.
        self.list.setFixedHeight(min(context.theme.px(330), round(host.height() * _LIST_SHARE)))
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._on_entered)
        self.form.addWidget(self.list)
        self.notes = label("", wrap=True)
        self.notes.setObjectName("door.notes")
        self.form.addWidget(self.notes)
        self._build_foot()
        self.span.set_value(Span.DAY if child is None else Span.YEAR)
        self.day.set_day(self._query.day)
        self._read()

    def _build_search(self) -> None:
        self.day = self.add_day("day", "哪一天", Direction.PAST, "如 12-3、昨天", required=True)
        self.span = self.choice("span", "看多久", [(one.value, words) for one, words in _SPANS])
        self.search = self.add_field("text", "找孩子或接走人", "姓名或拼音，按 Enter", longest=50)
        self.row(self.day, self.labelled("看多久", self.span), self.search, stretches=(2, 3, 4))
        self.search.setVisible(self._child is None)
        self.day.edited.connect(lambda _text: self._read())
        self.span.chosen.connect(lambda _value: self._read())
        self.search.entered.connect(self._read)

    def _build_foot(self) -> None:
        context, theme = self.context, self.context.theme
        self.before = KeyButton(theme, "往前", "PgUp", object_name="door.before")
        self.after = KeyButton(theme, "往后", "PgDown", object_name="door.after")
        self.export = KeyButton(theme, "导出", "F5", object_name="door.export")
        self.alarms = ExportButton(context, ListKind.ALARMS, "door.alarms", text="导出警报", key="F6")
        self.print = KeyButton(theme, "打印", "Ctrl+P", object_name="door.print")
        self.reveal = KeyButton(theme, "看完整号码", "F8", object_name="door.reveal")
        self.reveal.setAccessibleDescription("快捷键 F8，看接走人的完整号码，会留下记录")
        line = QHBoxLayout()
        line.addWidget(self.notes, 1)
        line.addWidget(self.reveal)
        self.form.addLayout(line)
        for at, button in enumerate((self.before, self.after, self.export, self.alarms, self.print)):
            self.foot.insertWidget(at, button)
        for button in (self.before, self.after, self.export, self.alarms, self.print, self.reveal):
            self.take_enter(button)
        self.export.setVisible(context.actor.may(Permission.EXPORT))
        self.alarms.setVisible(self.alarms.allowed)
        self.only_close()
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.export.clicked.connect(self._on_export_clicked)
        self.print.clicked.connect(self._on_print_clicked)
        self.reveal.clicked.connect(self._on_reveal_clicked)

    def focus_first(self) -> None:
        """The list of one child, else the search."""
        self.fit()
        (self.search.edit if self._child is None else self.list.view).setFocus()

    def finish(self) -> None:
        """Close."""
        self.dismiss()

    # -- reading

    @Slot()
    def _read(self) -> None:
        try:
            day = self.day.read()
        except RuleError:
            return  # half typed
        self._query = DoorQuery(day, Span(self.span.value()), self.search.text().strip(), self._child)
        first, last = bounds(self._query)
        self.alarms.when = f"{first}..{last}"
        actor, query = self.context.actor, self._query

        def show(page: DoorPage) -> None:
            if not self.gone and query == self._query:
                self._show(page)

        self.context.ask(lambda s: s.records.door.page(actor, query), show, self.failed)

    def _show(self, page: DoorPage) -> None:
        self.say("")
        self._lines = {line.key: line for line in page.lines}
        more = f" · 只列最近 {_MOST} 条" if len(page.lines) > _MOST else ""
        self.list.set_title(" · ".join(part for part in (page.title, page.counts) if part) + more)
        self.list.set_empty(page.hint)
        dated = self._query.span is not Span.DAY
        self.list.show_records([_record(line, dated=dated) for line in page.lines[:_MOST]])
        for button in (self.export, self.print):
            button.setEnabled(bool(page.lines))
        self.fit()

    def _turn(self, by: int) -> None:
        """The day, month or year before or after; nothing lies after today."""
        day, today = self._query.day, self.context.clock().date()
        match self._query.span:
            case Span.DAY:
                day = next_day(day, by)
            case Span.MONTH:
                edge = day.replace(day=1)
                day = (edge + dt.timedelta(days=31)).replace(day=1) if by > 0 else edge - dt.timedelta(days=1)
            case Span.YEAR:
                day = next_day(day, 365 * by)
        self.day.set_day(min(day, today))
        self._read()

    # -- the chosen line

    def _line(self) -> DoorLine | None:
        return self._lines.get(self.list.key())

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        line = self._line()
        self.notes.setText("" if line is None else "；".join((line.words, *line.notes)))
        self.reveal.setEnabled(line is not None and line.adult is not None)
        self.fit()

    @Slot()
    def _on_entered(self) -> None:
        if (line := self._line()) is not None:
            self.dismiss()
            self.context.go("records", Target(child=line.child))

    @Slot()
    def _on_reveal_clicked(self) -> None:
        line, actor = self._line(), self.context.actor
        if line is None or (visit := line.visit) is None:
            return

        def show(number: Any) -> None:
            if not self.gone and self._line() is line:
                self.notes.setText(f"{line.who}：{number}")

        self.context.act(lambda s: s.records.door.reveal(actor, visit), show, self.failed)

    # -- taking out

    @Slot()
    def _on_export_clicked(self) -> None:
        actor, query = self.context.actor, self._query
        if path := ask_path(self, "接走记录"):
            save_table(self.context, path, lambda s, form: s.exporting.export_door(actor, query, form))

    @Slot()
    def _on_print_clicked(self) -> None:
        actor, query, context = self.context.actor, self._query, self.context
        context.ask(
            lambda s: s.records.door.paper(actor, query),
            context.printing.preview,
            self.failed,
        )


def _record(line: DoorLine, *, dated: bool) -> Record:
    when = f"{month_day(line.day)} {line.at:%H:%M}" if dated else f"{line.at:%H:%M}"
    title = " · ".join(part for part in (f"{when}  {line.child_name}", line.class_name) if part)
    # An ordinary departure says its proof in the words; a chip is for what stands out.
    chips = () if line.ordinary else (line.chip,)
    words = "；".join((line.words, *line.notes))
    return Record(line.key, title, words, chips, faint=line.kind == "undone")


def open_door_book(context: RoomContext, child: ChildId | None = None, name: str = "") -> None:
    """Lay the book over the window, where who is signed in may read it."""
    host = context.host
    if host is not None and host.isEnabled() and context.actor.may(Permission.CHECK_OUT):
        DoorSheet(context, host, child, name).present()
