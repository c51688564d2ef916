"""登记: the registers kept in rounds. A list for each, or a grid to tick; by month, by class."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from app.domain.ids import ClassId, RegisterEntryId
from app.domain.looks import Tone
from app.domain.staff import Permission
from app.services.health_people import Choices
from app.services.registers import EntryView, MonthView, RegisterChoice
from app.ui.health.register_sheet import RegisterSheet
from app.ui.health.samples_sheet import SamplesSheet
from app.ui.health.tick_grid import TickGrid
from app.ui.health.tick_sheet import TickSheet
from app.ui.health.two_sides import TwoSides
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.export import ask_path, save_table
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.records import Record, RecordList, Shape

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.domain.registers import RegisterSpec
    from app.services.bundle import Services
    from app.services.exporting import Exported
    from app.services.food_samples import MealDishes


_ROOMY = 480  # pixels at the normal font


class RegistersPage(TwoSides):
    """The registers at the left; the one that is lit at the right, by month."""

    key = "registers"
    name = "登记"
    roomy = 900  # in large type a month needs the whole width
    narrow_list = Shape.STRIP

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, "登记册", "")
        theme, m = context.theme, context.theme.metrics
        self._choices: tuple[RegisterChoice, ...] = ()
        self._people: Choices | None = None
        self._view: MonthView | None = None
        self._month = f"{context.clock():%Y-%m}"
        self._group: ClassId | None = None
        self._register = ""
        self._narrow = False
        self.detail.hide()
        self._title, self._hint = label("", "h1"), label("", "muted", wrap=True)
        self._title.setObjectName("health.registers.title")
        self._under = label("", "small", wrap=True)
        self._under.setObjectName("health.registers.under")
        self.classes = Segmented(
            theme, "health.registers.class", "班级", (), kind="pill", stretch=False, wrap=True
        )
        self.classes.chosen.connect(self._on_class_chosen)
        self.entries = RecordList(theme, "health.registers.entries", "这个月", "这个月还没有。按 F2 记一条。")
        self.entries.view.setMinimumHeight(theme.px(60))
        self.entries.chosen.connect(lambda _key: self._show_acts())
        self.entries.entered.connect(
            lambda: self.close_.click() if self.close_.isEnabled() else self.correct.click()
        )
        self.grid = TickGrid(theme)
        self.grid.tick_requested.connect(self._on_tick)
        self.grid.untick_requested.connect(self._on_untick)
        self.grid.mend_requested.connect(self._on_mend)
        self.grid.day_requested.connect(self._on_tick_day)
        self.grid.moved.connect(self._on_moved)
        holder = Card(theme)
        inside = holder.column(margins=(m.s3, m.s3, m.s3, m.s2), spacing=m.s2)
        self._scroll = scrolled(self.grid, "health.registers.scroll")
        inside.addWidget(self._scroll, 1)
        inside.addWidget(self._under)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.entries)
        self._stack.addWidget(holder)
        self._head = QHBoxLayout()
        self._head.setSpacing(m.s3)
        self._head.addWidget(self._title)
        self.side.insertLayout(0, self._head)
        self.side.insertWidget(1, self._hint)
        self.side.insertWidget(2, self.classes)
        self.side.insertWidget(3, self._stack, 1)
        self._body.setStretch(0, 2)
        self._body.setStretch(1, 5)
        self._make_buttons()

    def _make_buttons(self) -> None:
        self.new = self.button("记一条", "new", "F2", kind="primary", icon="plus")
        self.close_ = self.button("办结", "close", "F4", icon="check-bold")
        self.correct = self.button("更正", "correct", "Ctrl+E", icon="pencil-outline")
        self.end = self.button("移除", "end", "Del", icon="trash-can-outline")
        before = self.button("上月", "before", "PgUp", icon="chevron-left")
        after = self.button("下月", "after", "PgDown", icon="chevron-right")
        paper = self.button("打印本月", "paper", "Ctrl+P", icon="printer-outline")
        self.out = self.button("导出", "export", icon="tray-arrow-down")
        self.new.clicked.connect(self._on_new_clicked)
        self.close_.clicked.connect(self._on_close_clicked)
        self.correct.clicked.connect(self._on_correct_clicked)
        self.end.clicked.connect(self._on_end_clicked)
        before.clicked.connect(lambda: self._turn(-1))
        after.clicked.connect(lambda: self._turn(1))
        paper.clicked.connect(self._on_paper_clicked)
        self.out.clicked.connect(self._on_export_clicked)

    def hints(self) -> str:
        """Keys."""
        return "↑ ↓ 选册 · Enter 进去 · PgUp · PgDn 换月 · Ctrl P 打印"

    def freshen(self) -> None:
        """Read everything again."""
        actor = self.context.actor
        self.out.setVisible(actor.may(Permission.EXPORT))
        self.context.ask(lambda s: s.health.people.choices(actor), self._keep_people)
        self.context.ask(lambda s: s.health.registers.choices(actor), self._show_choices)

    def _keep_people(self, people: Choices) -> None:
        self._people = people

    def _show_choices(self, choices: tuple[RegisterChoice, ...]) -> None:
        self._choices = choices
        left = sum(one.chip.tone is Tone.WARN for one in choices)
        self.list.set_title(f"登记册　{left} 本有事到期" if left else "登记册")
        self.show_records(
            [
                Record(one.spec.key, one.spec.name, one.words, (one.chip,) if one.chip.words else ())
                for one in choices
            ]
        )

    def show_one(self, key: object) -> None:
        """Turn to a register."""
        self._register = key if isinstance(key, str) else ""
        if self._register:
            self._read()

    def _read(self) -> None:
        actor, key, month, group = self.context.actor, self._register, self._month, self._group
        self.context.ask(lambda s: s.health.registers.month(actor, key, month, group), self._show_month)

    def _show_month(self, view: MonthView) -> None:
        if view.spec.key != self._register or view.month != self._month:
            return
        self._view = view
        self._tell_title()
        self._hint.setText(view.spec.hint)
        self._hint.setToolTip(view.spec.source)
        self.classes.setVisible(view.group is not None)
        if view.group is not None:
            self.classes.set_choices([(str(one.id), one.name) for one in view.classes])
            self.classes.set_value(str(view.group.id))
        if view.grid is not None:
            self.grid.show_grid(view.grid, self.context.clock().date())
            self._stack.setCurrentIndex(1)
        else:
            self._stack.setCurrentIndex(0)
            records = [
                Record(one.entry.id, one.title, one.words, (one.chip,) if one.chip.words else ())
                for one in view.entries
            ]
            self.entries.show_records(records)
        self._show_acts()

    def _tell_title(self) -> None:
        """Which register of which month; on a strip its name stands above."""
        if self._view is not None:
            year, _, number = self._view.month.partition("-")
            name = "" if self._narrow else f"{self._view.spec.name}　"
            self._title.setText(f"{name}{year}年{int(number)}月")

    def reshape(self, narrow: bool) -> None:
        """On a strip the classes stand beside the month."""
        self._narrow = narrow
        self._tell_title()
        if narrow:
            self._head.addWidget(self.classes, 1)
        else:
            self.side.insertWidget(2, self.classes)

    def _show_acts(self) -> None:
        view, lit = self._view, self._lit()
        listed = view is not None and view.grid is None
        closing = "" if view is None else view.spec.closing
        self.new.set_text("记一条" if listed else "每天要做的各记一次")
        self.close_.set_text(closing or "办结")
        self.close_.setVisible(listed and bool(closing))
        self.close_.setEnabled(lit is not None and lit.open and lit.entry.id > 0)
        for button in (self.correct, self.end):
            button.setEnabled(lit is not None if listed else bool(self.grid.ticks))
        elsewhere = lit is not None and lit.entry.id < 0  # a fever's step: taken back where it was made
        self.end.setEnabled(self.end.isEnabled() and not elsewhere)
        self.correct.set_text("更正" if listed or self.grid.ticks else "补记")
        if not listed and self.grid.day is not None:
            self.correct.setEnabled(self.grid.day <= self.context.clock().date())

    def _lit(self) -> EntryView | None:
        if self._view is None or self._view.grid is not None:
            return None
        key = self.entries.key()
        return next((one for one in self._view.entries if one.entry.id == key), None)

    def enter(self) -> None:
        """Into the register that is lit."""
        inside = self._view is not None and self._view.grid is not None
        (self.grid if inside else self.entries.view).setFocus(Qt.FocusReason.TabFocusReason)

    def _on_moved(self, words: str) -> None:
        self._under.setText(words)
        self._show_acts()
        self._scroll.ensureVisible(0, self.grid.middle(), 0, self.context.theme.px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large type the lines need the room of the hint."""
        super().resizeEvent(event)
        self._hint.setVisible(self.height() > self.context.theme.px(_ROOMY))

    # -- acts

    def _on_class_chosen(self, key: str) -> None:
        self._group = ClassId(int(key))
        self._read()

    def _turn(self, by: int) -> None:
        first = dt.date.fromisoformat(f"{self._month}-01")
        other = (first + dt.timedelta(days=31)) if by > 0 else (first - dt.timedelta(days=1))
        if other.replace(day=1) <= self.context.clock().date():
            self._month = f"{other:%Y-%m}"
            self._read()

    def _on_tick(self, item: str, day: dt.date) -> None:
        view, actor = self._view, self.context.actor
        if view is None or view.group is None:
            return
        key, group = view.spec.key, view.group.id
        self.act(lambda s: s.health.ticks.tick(actor, key, group, day, item))

    def _on_untick(self, item: str, day: dt.date) -> None:
        view, actor = self._view, self.context.actor
        if view is None or view.group is None:
            return
        key, group = view.spec.key, view.group.id
        self.act(lambda s: s.health.ticks.untick(actor, key, group, day, item))

    def _on_mend(self, _item: str, day: dt.date) -> None:
        view, host, item = self._view, self.context.host, self.grid.asked
        if view is None or view.group is None or host is None or not self.free:
            return
        if day > self.context.clock().date():
            self.context.messages.say("这一天还没有到。", Tone.PLAIN)
            return
        if item is None:
            self.context.messages.say("这一天不登记这一项。", Tone.PLAIN)
            return
        sheet = TickSheet(self.context, host, view.spec, item, view.group.id, day, self.grid.ticks)
        sheet.kept.connect(lambda _key: self.freshen())
        sheet.present()

    def _on_tick_day(self, day: dt.date) -> None:
        view, actor = self._view, self.context.actor
        if view is None or view.group is None:
            return
        key, group = view.spec.key, view.group.id
        self.act(lambda s: s.health.ticks.tick_day(actor, key, group, day))

    def _on_new_clicked(self) -> None:
        if self._gridded:
            self._on_tick_day(self.grid.day or self.context.clock().date())
        elif self._view is not None and self._view.spec.offers == "menu":
            self._open_samples()
        else:
            self._open(None)

    def _open_samples(self) -> None:
        """Today's dishes; where nobody has entered a menu, or all is kept, the plain form."""
        view, actor = self._view, self.context.actor
        if view is None or not self.free:
            return

        def show(found: "tuple[tuple[MealDishes, ...], RegisterSpec, dict[str, str]]") -> None:
            meals, spec, presets = found
            host = self.context.host
            if not any(one.left for one in meals):
                self._open(None)
            elif host is not None and host.isEnabled():
                sheet = SamplesSheet(self.context, host, spec, meals, presets)
                sheet.kept.connect(lambda _count: self.freshen())
                sheet.other_wanted.connect(lambda: self._open(None))
                sheet.present()

        key = view.spec.key
        self.context.ask(
            lambda s: (s.health.samples.today(actor), *s.health.registers.form(actor, key)), show
        )

    @property
    def _gridded(self) -> bool:
        return self._view is not None and self._view.grid is not None

    def _on_correct_clicked(self) -> None:
        if self._gridded and self.grid.item is not None and self.grid.day is not None:
            self._on_mend(self.grid.item.code, self.grid.day)
            return
        lit = self._lit()
        if lit is not None:
            self._open(lit)

    def _open(self, line: EntryView | None) -> None:
        view, actor = self._view, self.context.actor
        if view is None or not self.free:
            return

        def show(form: "tuple[RegisterSpec, dict[str, str]]") -> None:
            host, people = self.context.host, self._people
            if host is None or not host.isEnabled() or people is None:
                return
            group = None if view.group is None else view.group.id
            spec, entry = (form[0], None) if line is None else (line.spec, line.entry)
            sheet = RegisterSheet(self.context, host, spec, people, form[1], group, entry)
            sheet.kept.connect(lambda _key: self.freshen())
            sheet.present()

        self.context.ask(lambda s: s.health.registers.form(actor, view.spec.key), show)

    def _on_close_clicked(self) -> None:
        lit, actor = self._lit(), self.context.actor
        if lit is not None:
            key: RegisterEntryId = lit.entry.id
            self.act(lambda s: s.health.registers.close(actor, key))

    def _on_end_clicked(self) -> None:
        if self._gridded and self.grid.item is not None and self.grid.day is not None:
            self._on_untick(self.grid.item.code, self.grid.day)
            return
        lit, actor = self._lit(), self.context.actor
        if lit is not None:
            key: RegisterEntryId = lit.entry.id
            self.act(lambda s: s.health.registers.end(actor, key))

    def _on_paper_clicked(self) -> None:
        view, actor, printing = self._view, self.context.actor, self.context.printing
        if view is not None:
            asked = (view.spec.key, view.month, None if view.group is None else view.group.id)
            self.context.ask(lambda s: s.health.forms.register(actor, *asked), printing.preview)

    def _on_export_clicked(self) -> None:
        view = self._view
        if view is None:
            return
        if path := ask_path(self, f"{view.spec.title} {view.month}"):
            self.save(view, path)

    def save(self, view: MonthView, path: Path) -> None:
        """Write a month of a register as a table, whole."""
        actor, group = self.context.actor, None if view.group is None else view.group.id

        def take(services: "Services", form: str) -> "Done[Exported]":
            forms = services.health.forms
            sheet = forms.sheet(forms.register(actor, view.spec.key, view.month, group))
            return services.exporting.export_sheet(actor, sheet, form)

        save_table(self.context, path, take)
