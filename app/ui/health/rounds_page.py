"""晨检, 午检, 全日观察: one row a child, normal by Enter, the rest by F8, exceptions by F6."""

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from app.domain.health_round import Mark, RoundError, RoundKind, read_tenths
from app.domain.ids import ClassId, StaffId, VisitId
from app.domain.logbook import Site
from app.domain.looks import Chip, Tone
from app.services.exporting import ListKind
from app.services.rounds import RoundRow, RoundView
from app.ui.health.base import HealthPage
from app.ui.health.check_sheet import CheckSheet
from app.ui.rooms import RoomContext, Target
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.records import Record

if TYPE_CHECKING:
    from app.services.bundle import Services

_NOON, _AFTERNOON = 10 * 60 + 30, 15 * 60
_ALL = "0"
_TYPED = "在名单上直接敲数字就是体温：敲 365 再按 Enter，记 36.5℃ 正常，跳到下一个孩子。"
_UNASKED = "带药的牌子，今天还没有服药单：按 Ctrl N 收药。"
_LATER = "{done}做过了。现在量到、看到的，敲数字或按 F6，会记入全日观察。"


class RoundsPage(HealthPage):
    """The round of the hour; digits typed in the list are the temperature of who is lit."""

    key = "rounds"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, "孩子", "现在没有孩子在园。入园以后，这里每个孩子一行。")
        self._view: RoundView | None = None
        self._far: dict[str, tuple[str, str]] = {}  # a class, and how many of its children were looked at
        self._sent: set[VisitId] = set()  # kept by Enter, and not yet back from the file
        self._only: ClassId | None = None
        self._for: StaffId | None = None  # whose class is shown unless another was chosen
        theme, m = context.theme, context.theme.metrics
        kinds = [(kind.value, kind.label) for kind in RoundKind]
        self.kind = Segmented(theme, "health.rounds.kind", "哪一次", kinds, stretch=False)
        self.kind.set_value(_kind_of(context.clock()).value)
        self.classes = Segmented(
            theme, "health.rounds.class", "班级", [(_ALL, "全园")], stretch=False, wrap=True
        )
        self.classes.set_value(_ALL)
        row = QHBoxLayout()
        row.setSpacing(m.s5)
        row.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.classes, 1)
        self.above.addLayout(row)
        self.list.slim()
        self._build_panel()
        self.normal = self.button("正常", "normal", "Enter", kind="primary", icon="check")
        self.other = self.button("有异常", "other", "F6", icon="alert-circle-outline")
        self.rest = self.button("其余全部正常", "rest", "F8", icon="select-all")
        self.back = self.button("撤销这一条", "back", "Del", icon="undo-variant")
        self.slip = self.button("收药", "slip", "Ctrl+N", icon="pill")
        self.paper = self.button("本月登记", "paper", "Ctrl+P", icon="printer-outline")
        self.offer_table(ListKind.ROUNDS)
        self.normal.clicked.connect(self._on_normal)
        self.other.clicked.connect(self._on_other)
        self.rest.clicked.connect(self._on_rest)
        self.back.clicked.connect(self._on_back)
        self.slip.clicked.connect(self._on_slip)
        self.paper.clicked.connect(self._on_paper)
        self.list.entered.connect(self._on_normal)
        self.list.chosen.connect(self._on_chosen)
        self.list.view.installEventFilter(self)
        self.kind.chosen.connect(self._on_kind)
        self.classes.chosen.connect(self._on_class)
        for keys, step in (("PgUp", -1), ("PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self._step_class(step))

    def _build_panel(self) -> None:
        theme = self.context.theme
        card = Card(theme)
        column = card.column(spacing=theme.metrics.s3)
        head = QHBoxLayout()
        self._name, self._chip = label("", "h1", wrap=True), ChipLabel(theme)
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        self._words = label("", wrap=True)
        self._words.setObjectName("health.rounds.words")
        self.heat = Field(theme, "health.rounds.heat", "体温（可不填）", placeholder="如 36.5 或 365")
        self.heat.edit.setMaxLength(6)
        self.heat.entered.connect(self._on_normal)
        sites = [(site.value, site.label) for site in Site]
        self.site = Segmented(theme, "health.rounds.site", "在哪里量", sites, kind="choice", stretch=False)
        self.site.set_value(Site.FOREHEAD.value)
        self.site.walked_on.connect(self._on_normal)
        self._hint = label(_TYPED, "small", wrap=True)
        self._hint.setObjectName("health.rounds.hint")
        column.addLayout(head)
        for part in (self._words, self.heat, Labelled(theme, "在哪里量", self.site), self._hint):
            column.addWidget(part)
        column.addStretch(1)
        self.right.addWidget(card)

    # -- what the room asks

    def hints(self) -> str:
        """Keys."""
        return "Enter 正常 · F6 有异常 · F8 其余正常 · PgUp 上一班 · Ctrl P 登记"

    def refresh(self) -> None:
        """Read the round again; a teacher begins with her own class."""
        actor, kind = self.context.actor, self._kind
        if actor.id != self._for:
            self._for, self._only = actor.id, actor.class_id
        only = self._only
        self.context.ask(lambda s: s.health.rounds.view(actor, kind, only), self._show)

    # -- showing

    @property
    def _kind(self) -> RoundKind:
        return RoundKind(self.kind.value() or RoundKind.DAY)

    def _show(self, view: RoundView) -> None:
        if view.kind is not self._kind:
            return  # another round was chosen meanwhile
        self._view = view
        self._sent &= {row.visit for row in view.rows if row.check is None}
        self.kind.button(RoundKind.DAY.value).setText(f"{RoundKind.DAY.label} {view.half}")
        self._show_classes()
        self.list.show_records([self._record(row) for row in view.rows])
        self._show_rest()

    def _show_classes(self) -> None:
        classes = () if self._view is None else self._view.classes
        done, total = sum(one.done for one in classes), sum(one.total for one in classes)
        self._far = {_ALL: ("全园", f"{done}/{total}")}
        self._far |= {str(one.id): (one.name, f"{one.done}/{one.total}") for one in classes}
        self.classes.set_choices([(value, name) for value, (name, _) in self._far.items()])
        self.classes.set_value(_ALL if self._only is None else str(self._only))
        self._tell_classes()

    def _tell_classes(self) -> None:
        """How far each class is; where that costs a second line, only how far the one is that is shown.

        A layout is at work when the page is given another width: words may change then, widgets not.
        """
        edge = self.context.theme.metrics.s5
        room = self.width() - 3 * edge - self.kind.wanted_width()
        for every in (True, False):
            for value, (name, far) in self._far.items():
                told = every or value == self.classes.value()
                self.classes.button(value).setText(f"{name} {far}" if told else name)
            if self.classes.wanted_width() <= room:
                break

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer words."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._tell_classes()

    def _record(self, row: RoundRow) -> Record:
        said = f"{row.name}（{row.nickname}）" if row.nickname else row.name
        where = f"{row.class_name} · " if self._only is None else ""
        chip = row.chip
        if row.check is None and row.visit in self._sent:
            chip = Chip("正在保存", Tone.INFO)
        return Record(row.visit, said, f"{where}{row.words}", (chip,), row.colour, letter=row.name[:1])

    def _show_rest(self) -> None:
        waiting, rest = (0, 0) if self._view is None else (self._view.waiting, len(self._view.rest))
        where = "全园" if self._only is None else "本班"
        left = f"还有 {waiting} 人要单独检查" if waiting else "都做过了"
        self.rest.set_text(f"{where}其余 {rest} 人正常" if rest else left)
        self.rest.setEnabled(bool(waiting) and self.may_act)
        self._on_chosen(self.list.key())

    def _row(self) -> RoundRow | None:
        rows = () if self._view is None else self._view.rows
        return next((row for row in rows if row.visit == self.list.key()), None)

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        row = self._row()
        self._name.setText("选一个孩子" if row is None else row.name)
        self._chip.set_chip(Chip("") if row is None else row.chip)
        self._words.setText("" if row is None else row.words)
        later = row is not None and self._kind_for(row) is not self._kind
        self.normal.setEnabled(row is not None and not later and self.may_act)
        self.other.setEnabled(row is not None and self.may_act)
        unasked = row is not None and row.unasked
        said = _LATER.format(done=self._kind.label) if later else _TYPED
        self._hint.setText(f"{_UNASKED}{said}" if unasked else said)
        self.slip.setVisible(unasked)
        self.slip.setEnabled(unasked and self.may_act)
        taken = row is not None and row.check is not None and self.may_act
        self.back.setEnabled(taken)
        self.back.setVisible(taken)

    def _kind_for(self, row: RoundRow) -> RoundKind:
        """What is found at a child whose check was made is an observation of the day: it is never dropped."""
        made = row.check is not None or row.visit in self._sent
        return RoundKind.DAY if self._kind.once and made else self._kind

    # -- acts

    @Slot()
    def _on_normal(self) -> None:
        """Enter: keep it and go on at once; the file answers later."""
        row = self._row()
        if row is None or not self.may_act:
            return
        later = self._kind_for(row) is not self._kind
        if later and not self.heat.text().strip():
            self._go_on(row.visit)
            return
        try:
            tenths = read_tenths(self.heat.text())
        except RoundError as error:
            self.heat.show_problem(error.sentence)
            return
        self.heat.show_problem("")
        if tenths is not None and self._view is not None and tenths >= self._view.line:
            self._open_sheet(row, tenths)
            return
        actor, kind, visit = self.context.actor, self._kind_for(row), row.visit
        mark = Mark(tenths, self.site.value() or Site.FOREHEAD.value)
        self._sent.add(visit)

        def failed(error: BaseException) -> None:
            self._sent.discard(visit)
            self.context.messages.fail(error)
            self.refresh()

        self.heat.set_text("")
        self._go_on(visit)
        self.act(lambda s: s.health.rounds.keep(actor, kind, visit, mark), failed=failed)

    def _go_on(self, visit: VisitId) -> None:
        """To the next whom nobody has looked at, round the end of the list."""
        rows = () if self._view is None else self._view.rows
        at = next((at for at, row in enumerate(rows) if row.visit == visit), 0)
        for row in (*rows[at + 1 :], *rows[:at]):
            if row.check is None and row.visit not in self._sent:
                self.list.light(row.visit)
                break
        self._on_chosen(self.list.key())
        self.list.view.setFocus()

    @Slot()
    def _on_other(self) -> None:
        row = self._row()
        if row is None:
            return
        try:
            tenths = read_tenths(self.heat.text())
        except RoundError as error:
            self.heat.show_problem(error.sentence)
            return
        self._open_sheet(row, tenths)

    def _open_sheet(self, row: RoundRow, tenths: int | None) -> None:
        host = self.host()
        if host is None or self._view is None:
            return
        sheet = CheckSheet(
            self.context,
            host,
            self._kind_for(row),
            row,
            self._view,
            tenths,
            self.site.value() or Site.FOREHEAD.value,
        )
        sheet.kept.connect(self._on_sheet_kept)
        sheet.present()

    @Slot(object)
    def _on_sheet_kept(self, visit: VisitId) -> None:
        self.heat.set_text("")
        self._go_on(visit)

    @Slot()
    def _on_rest(self) -> None:
        actor, kind, only = self.context.actor, self._kind, self._only
        self.act(lambda s: s.health.rounds.rest_normal(actor, kind, only))

    @Slot()
    def _on_back(self) -> None:
        row, actor = self._row(), self.context.actor
        if row is None or row.check is None:
            return
        check = row.check.id
        self.act(
            lambda s: s.health.rounds.undo_check(actor, check), words=f"已撤销 {row.name} {self._kind.label}"
        )

    @Slot()
    def _on_slip(self) -> None:
        """Whoever wears the card for medicine must have a slip (domain §3.1)."""
        row = self._row()
        if row is not None:
            self.context.go("health", Target(child=row.child, act="medicine.new"))

    @Slot()
    def _on_paper(self) -> None:
        actor, only, month = self.context.actor, self._only, self.context.clock().date()

        def read(services: "Services") -> object:
            return services.health.papers.rounds_month(actor, month, only)

        self.print(read)

    @Slot(str)
    def _on_class(self, value: str) -> None:
        self._only = None if value == _ALL else ClassId(int(value))
        self._on_kind()

    @Slot()
    def _on_kind(self) -> None:
        self._sent.clear()
        self.refresh()

    def _step_class(self, step: int) -> None:
        values = [_ALL] + ([] if self._view is None else [str(one.id) for one in self._view.classes])
        now = _ALL if self._only is None else str(self._only)
        at = values.index(now) if now in values else 0
        self._on_class(values[(at + step) % len(values)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A digit typed on the list begins the temperature."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            typed = event.text()
            if len(typed) == 1 and typed.isascii() and typed.isdigit() and not event.modifiers():
                self.heat.set_text(typed)
                self.heat.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                self.heat.edit.end(False)
                return True
        return super().eventFilter(watched, event)


def _kind_of(now: dt.datetime) -> RoundKind:
    """The round of the hour."""
    minute = now.hour * 60 + now.minute
    if minute < _NOON:
        return RoundKind.MORNING
    return RoundKind.NOON if minute < _AFTERNOON else RoundKind.DAY
