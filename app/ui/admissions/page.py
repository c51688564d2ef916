"""招生: four lists by Ctrl+1 to Ctrl+4, and beside them the life of the one that is lit."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, StepId
from app.domain.life import Owner, QueueState, Stage, StepKind
from app.domain.looks import Tone
from app.services.admission_lists import ClassChoice, LifePanel, Line
from app.services.exporting import ListKind
from app.services.forecast import Forecast, months_ahead
from app.services.forecast_lines import ClassOutlook, SeatLine
from app.ui.admissions.lists import Item, LineDelegate, LineModel, MarkedRows
from app.ui.admissions.panel import LifeCard, MoveCard, SeatsCard, expired_chip
from app.ui.admissions.sheets import AskingSheet, InquirySheet, StepSheet
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.export import ExportButton
from app.ui.widgets.own_pin import act_proved
from app.ui.widgets.states import EmptyState

TABS = (
    ("roster", "名单与去向", "Ctrl+1"),
    ("queue", "候补", "Ctrl+2"),
    ("forecast", "月龄预测", "Ctrl+3"),
    ("moves", "转班", "Ctrl+4"),
)
_FILTERS = (("care", "在托"), ("away", "停托"), ("asks", "咨询候补"), ("left", "离园"), ("all", "全部"))
_SHOWN = {
    "care": {Stage.TRIAL, Stage.ENROLLED},
    "away": {Stage.SUSPENDED},
    "asks": {Stage.INQUIRY, Stage.WAITING, Stage.NONE},
    "left": {Stage.LEFT},
    "all": set(Stage),
}
_EMPTY = {
    "roster": ("这里还没有孩子", "有人来问就按 F2 登记：姓名、生日（或预产期）、电话，三样就够。"),
    "queue": ("没有人在排队", "在“名单与去向”里给咨询的孩子“排候补”，或按 F2 直接登记候补。"),
    "forecast": ("还没有开班的班级", "设好班级后，各班半年内谁升班、哪天空出托位，都在这里。"),
    "moves": ("没有在托的孩子", "孩子入园后，可以在这里几个一起转班。"),
}


class AdmissionsRoom(Room):
    """Who comes, who waits, who goes. Lists are asked for; nothing is decided here."""

    topics = frozenset({Topic.CHILDREN, Topic.SETTINGS, Topic.STAFF})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName("admissions")
        self._tab, self._quiet = "roster", False
        self._owner: Owner | None = None
        self._roster: tuple[Line, ...] = ()
        self._classes: tuple[ClassChoice, ...] = ()
        self._panel: LifePanel | None = None
        self._build_top()
        self._build_page()
        self._show_tab("roster")

    # -- building

    def _build_top(self) -> None:
        theme, icons = self.context.theme, self.context.icons
        self._new = KeyButton(
            theme, "咨询登记", "F2", kind="primary", icon="account-plus-outline", icons=icons,
            object_name="admissions.new",
        )  # fmt: skip
        self._new.clicked.connect(self._on_new_clicked)
        self._outs = {
            "queue": ExportButton(self.context, ListKind.WAITING, "admissions.export"),
            "roster": ExportButton(self.context, ListKind.ROSTER, "admissions.export.roster"),
        }
        self._expired = ChipLabel(theme)

    def _build_page(self) -> None:
        theme, icons = self.context.theme, self.context.icons
        m = theme.metrics
        self._tabs: dict[str, KeyButton] = {}
        strip = QHBoxLayout()
        strip.setSpacing(m.s2)
        for key, words, keycap in TABS:
            tab = KeyButton(theme, words, keycap, kind="segment", object_name=f"admissions.tab.{key}")
            tab.setCheckable(True)
            tab.clicked.connect(partial(self._show_tab, key))
            strip.addWidget(tab)
            self._tabs[key] = tab
        strip.addStretch(1)
        self._filter = Segmented(theme, "admissions.filter", "看谁", _FILTERS)
        self._filter.set_value("care")
        self._filter.chosen.connect(self._on_filter_chosen)
        self._list = MarkedRows(theme, "admissions.list", "孩子")
        self._model = LineModel(self._list)
        self._list.setModel(self._model)
        self._list.setItemDelegate(LineDelegate(theme, self._list))
        self._list.entered_row.connect(self._on_row_entered)
        self._list.marked_row.connect(self._on_row_marked)
        self._list.turned.connect(self._on_class_turned)
        self._list.clicked.connect(self._on_row_clicked)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._empty = EmptyState(theme, icons, "account-plus-outline", *_EMPTY["roster"])
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._list)
        self._count = label("", "small", wrap=True)
        left = Card(theme)
        column = left.column(margins=(m.s3, m.s3, m.s3, m.s2), spacing=m.s2)
        column.addWidget(self._filter)
        column.addWidget(self._count)
        column.addWidget(self._stack, 1)
        self._life = LifeCard(self.context)
        self._life.step_requested.connect(self._on_step_requested)
        self._life.undo_requested.connect(self._on_undo_requested)
        self._life.phone_requested.connect(self._on_phone_requested)
        self._moves = MoveCard(self.context)
        self._moves.preview_requested.connect(self._on_preview_requested)
        self._moves.move_requested.connect(self._on_move_requested)
        self._seats = SeatsCard(self.context, months_ahead(self.context.clock().date()))
        self._side = QStackedWidget()
        for card in (self._life, self._moves, self._seats):
            self._side.addWidget(card)
        row = QHBoxLayout()
        row.setSpacing(m.s3)
        row.addWidget(left, 5)
        row.addWidget(self._side, 4)
        page = QVBoxLayout(self)
        page.setContentsMargins(m.s5, m.s3, m.s5, m.s3)
        page.setSpacing(m.s3)
        page.addLayout(strip)
        page.addLayout(row, 1)

    # -- the room

    def title(self) -> str:
        """招生."""
        return "招生"

    def left_widgets(self) -> list[QWidget]:
        """How many notices were not answered."""
        return [self._expired]

    def top_widgets(self) -> list[QWidget]:
        """The first call, and beside the roster and the waiting list the table of it."""
        out = self._outs.get(self._tab)
        return [self._new] if out is None or not out.allowed else [out, self._new]

    def hints(self) -> str:
        """Keys of the list in front."""
        if self._tab == "moves":
            return "空格 勾选 · F4 看影响 · Ctrl Enter 一起转班"
        if self._tab == "forecast":
            return "↑ ↓ 选孩子 · ← → 换班级 · Ctrl 1–4 换页 · F2 咨询登记"
        return "↑ ↓ 选孩子 · 数字 办下一步 · Ctrl 退格 撤销 · F2 咨询登记"

    def entered(self, target: Target | None) -> None:
        """Show a child who was found elsewhere, the list named, or ``new`` for a first call."""
        act = "" if target is None else target.act
        if any(key == act for key, _, _ in TABS):
            self._show_tab(act)
        elif act == "new":
            self._on_new_clicked()
        if target is not None and (target.child is not None or target.applicant is not None):
            self._owner = Owner(target.applicant, target.child)
            self._filter.set_value("all")
            self._show_tab("roster")
        self._list.setFocus()

    def escape(self) -> bool:
        """Back to the list, then to the first tab."""
        if not self._list.hasFocus() and self._list.isVisible():
            self._list.setFocus()
            return True
        if self._tab != "roster":
            self._show_tab("roster")
            return True
        return False

    def refresh(self) -> None:
        """Ask for the list in front and for the one who is lit."""
        actor, tab = self.context.actor, self._tab
        self.context.ask(lambda s: s.admission_lists.classes(actor), self._show_classes)
        self.context.ask(lambda s: s.admission_lists.queue(actor), self._show_queue)
        self.context.ask(lambda s: s.admission_lists.roster(actor), self._show_roster)
        if tab == "forecast":
            self.context.ask(lambda s: s.admission_lists.forecast(actor), self._show_forecast)

    # -- showing

    def _show_tab(self, tab: str, _checked: bool = False) -> None:
        self._tab = tab
        for key, button in self._tabs.items():
            button.setChecked(key == tab)
        self._filter.setVisible(tab == "roster")
        self._model.marking = tab == "moves"
        card = {"moves": self._moves, "forecast": self._seats}.get(tab, self._life)
        self._side.setCurrentWidget(card)
        self._empty.say(*_EMPTY[tab])
        self._list.setAccessibleName({key: words for key, words, _ in TABS}[tab])
        self.hints_changed.emit()
        self.top_changed.emit()
        if self.context.open and self.context.signed_in:
            self.refresh()
        self._list.setFocus()

    def _show_classes(self, classes: tuple[ClassChoice, ...]) -> None:
        self._classes = classes
        self._moves.show_classes(classes)

    def _show_queue(self, lines: tuple[Line, ...]) -> None:
        expired = sum(line.chip.words == QueueState.EXPIRED.label for line in lines)
        self._expired.set_chip(expired_chip(expired))
        if self._tab == "queue":
            waiting = sum(line.stage is Stage.WAITING for line in lines)
            self._put(lines, f"{waiting} 家在排队，按优先、再按申请日期；手工调整要写理由")

    def _show_roster(self, lines: tuple[Line, ...]) -> None:
        self._roster = lines
        if self._tab == "moves":
            care = tuple(line for line in lines if line.owner.child and line.stage.in_care)
            self._put(care, f"{len(care)} 人在托")
            self._moves.show_names([line.name for line in self._model.marked()])
        elif self._tab == "roster":
            self._show_filtered()

    def _show_filtered(self) -> None:
        wanted = _SHOWN[self._filter.value() or "care"]
        shown = tuple(line for line in self._roster if line.stage in wanted)
        self._put(shown, f"{len(shown)} 人")

    def _show_forecast(self, forecast: Forecast) -> None:
        self._seats.show_forecast(forecast)
        if self._tab == "forecast":
            lines: list[Item] = []
            for one in forecast.outlooks:
                lines += [one, *one.lines]
            count = f"按班级看：半年内 {forecast.turning} 人次满 12、24、36 个月"
            self._put(lines, count)

    def _put(self, lines: Sequence[Item], count: str) -> None:
        self._quiet = True
        self._model.replace(lines)
        self._count.setText(count)
        self._stack.setCurrentIndex(1 if lines else 0)
        people = [at for at, one in enumerate(lines) if not isinstance(one, ClassOutlook)]
        at = next((at for at in people if self._is_lit(lines[at])), people[0] if people else None)
        if at is not None:
            self._choose(at)
        self._quiet = False
        self._light(next((one.owner for one in lines[at or 0 :] if not isinstance(one, ClassOutlook)), None))

    def _choose(self, at: int) -> None:
        index = self._model.index(at)
        self._list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._list.scrollTo(index)

    def _is_lit(self, line: Item) -> bool:
        wanted = self._owner
        if wanted is None or isinstance(line, ClassOutlook):
            return False
        if wanted.child is not None:
            return line.owner.child == wanted.child
        return line.owner.applicant == wanted.applicant

    def _light(self, owner: Owner | None) -> None:
        self._owner = owner
        if owner is None:
            self._show_panel(None)
            return
        actor = self.context.actor
        self.context.ask(lambda s: s.admission_lists.panel(actor, owner), self._show_panel)

    def _show_panel(self, panel: LifePanel | None) -> None:
        self._panel = panel
        self._life.show_panel(panel)

    # -- hands

    @Slot()
    def _on_current_changed(self) -> None:
        item = self._model.item_at(self._list.currentIndex())
        if isinstance(item, Line | SeatLine) and not self._quiet:
            self._light(item.owner)

    @Slot(int)
    def _on_class_turned(self, way: int) -> None:
        at = self._model.next_class(self._list.currentIndex().row(), way)
        if at is not None and self._tab == "forecast":
            self._choose(at)
            self._list.scrollTo(self._model.index(at - 1), MarkedRows.ScrollHint.PositionAtTop)

    @Slot()
    def _on_filter_chosen(self) -> None:
        self._show_filtered()

    @Slot()
    def _on_row_entered(self) -> None:
        if self._tab == "moves":
            self._moves.target.setFocus()
        elif self._tab == "forecast":
            self._filter.set_value("all")
            self._show_tab("roster")
        else:
            self._life.focus_steps()

    @Slot()
    def _on_row_clicked(self) -> None:
        if self._tab == "moves":
            self._on_row_marked()

    @Slot()
    def _on_row_marked(self) -> None:
        item = self._model.item_at(self._list.currentIndex())
        if self._tab != "moves" or not isinstance(item, Line):
            return
        marked = item in self._model.marked()
        self._model.mark(self._model.key_of(item), on=not marked)
        self._moves.show_names([line.name for line in self._model.marked()])

    # -- acts

    @Slot()
    def _on_new_clicked(self) -> None:
        self.context.ask(lambda s: s.admission_lists.priorities(), self._open_inquiry)

    def _open_inquiry(self, ranks: object) -> None:
        host = self.context.host
        if host is None or not host.isEnabled() or not isinstance(ranks, tuple):
            return
        sheet = InquirySheet(self.context, host, ranks)
        sheet.submitted.connect(partial(self._inquire, sheet))
        sheet.present()

    def _inquire(self, sheet: AskingSheet, card: object) -> None:
        actor = self.context.actor

        def done(applicant: object) -> None:
            sheet.dismiss()
            self._owner = Owner(applicant=applicant)  # type: ignore[arg-type]
            if self._tab != "queue":
                self._filter.set_value("asks")
                self._show_tab("roster")
            else:
                self.refresh()

        self.context.act(
            lambda s: s.admissions.inquire(actor, card),  # type: ignore[arg-type]
            done,
            sheet.failed,
            initiator=self,
        )

    def _on_step_requested(self, kind: StepKind) -> None:
        self.context.ask(lambda s: s.admissions.notice_deadline(), partial(self._open_step, kind))

    def _open_step(self, kind: StepKind, deadline: object) -> None:
        host, panel = self.context.host, self._panel
        if host is None or not host.isEnabled() or panel is None or kind not in panel.next:
            return
        sheet = StepSheet(self.context, host, kind, panel, self._classes, deadline)  # type: ignore[arg-type]
        sheet.submitted.connect(partial(self._take, sheet, panel.owner))
        sheet.present()

    def _take(self, sheet: AskingSheet, owner: Owner, wish: object) -> None:
        actor = self.context.actor

        def done(_step: object) -> None:
            sheet.dismiss()
            self.refresh()

        act_proved(
            self.context,
            lambda s, pin: s.admissions.take_step(actor, owner, wish, pin),  # type: ignore[arg-type]
            done,
            sheet.failed,
            initiator=self,
        )

    def _on_undo_requested(self, step: StepId) -> None:
        actor = self.context.actor
        self.context.act(
            lambda s: s.admissions.undo_step(actor, step),
            lambda _: self.refresh(),
            words="已撤销。",
            initiator=self,
        )

    @Slot()
    def _on_phone_requested(self) -> None:
        panel, actor, messages = self._panel, self.context.actor, self.context.messages
        if panel is None or panel.owner.applicant is None:
            return
        name, applicant = panel.name, panel.owner.applicant
        self.context.act(
            lambda s: s.admissions.reveal_phone(actor, applicant),
            lambda number: messages.say(f"{name}：{number}（已记录）", Tone.PLAIN),
        )

    def _asked_move(self) -> tuple[tuple[ChildId, ...], ClassId] | None:
        target = self._moves.target.value()
        chosen = tuple(line.owner.child for line in self._model.marked() if line.owner.child is not None)
        if not target or not chosen:
            words = "请先选要转到的班级。" if chosen else "请先在左边用空格键勾选孩子。"
            self._moves.show_failure(words, None)
            return None
        return chosen, ClassId(int(target))

    @Slot()
    def _on_preview_requested(self) -> None:
        asked, actor, reason = self._asked_move(), self.context.actor, self._moves.reason.text()
        if asked is None:
            return
        chosen, class_id = asked
        try:
            on_day = self._moves.on_day.read()
        except RuleError as error:
            self._moves.show_failure(error.sentence, error.field)
            return

        self.context.ask(
            lambda s: s.class_moves.preview(actor, chosen, class_id, on_day, reason), self._moves.show_preview
        )

    @Slot()
    def _on_move_requested(self) -> None:
        asked, actor, reason = self._asked_move(), self.context.actor, self._moves.reason.text()
        if asked is None:
            return
        chosen, class_id = asked
        on_day = self._moves.on_day.read()

        def done(_step: object) -> None:
            self._model.clear_marks()
            self.refresh()

        def failed(error: BaseException) -> None:
            if isinstance(error, RuleError):
                self._moves.show_failure(error.sentence, error.field)
            else:
                self.context.messages.fail(error)

        act_proved(
            self.context, lambda s, pin: s.class_moves.move(actor, chosen, class_id, on_day, reason, pin),
            done, failed, initiator=self,
        )  # fmt: skip
