"""发热: who has a fever, how far each case is, and the next step by Enter."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.days import month_day
from app.domain.fever import Ladder, StepKind, recheck_words
from app.domain.ids import ChildId
from app.domain.logbook import Site, degrees
from app.domain.looks import Chip, Tone
from app.services.exporting import ListKind
from app.services.fevers import FeverView, Guardian
from app.ui.health.fever_sheets import BeginSheet, FeverStepSheet
from app.ui.health.steps import StepLine
from app.ui.health.steps_page import StepsPage
from app.ui.rooms import RoomContext, Target
from app.ui.widgets.records import Record

if TYPE_CHECKING:
    from app.services.medicine_view import ChildChoice

_NEXT = {
    StepKind.RECHECK: "复测",
    StepKind.CALL: "打电话给家长",
    StepKind.ISOLATE: "进隔离室",
    StepKind.COLLECTED: "家长接走",
    StepKind.BACK: "回班",
}
_ORDER = (StepKind.RECHECK, StepKind.CALL, StepKind.ISOLATE, StepKind.COLLECTED)


class FeverPage(StepsPage):
    """The ladder of who is lit; what is to be done next stands below what was done."""

    key = "fever"

    def __init__(self, context: RoomContext) -> None:
        empty = "这两周没有发热的孩子。量到发热线以上，会自动列在这里，一步一步处理。"
        super().__init__(context, "发热的孩子", empty, ("muted",), ("steps", "处理步骤"))
        self._view: FeverView | None = None
        self.next = self.button("下一步", "next", "Enter", kind="primary", icon="arrow-right")
        self.again = self.button("再量一次", "again", "F6", icon="thermometer")
        self.room = self.button("进隔离室", "room", "F8", icon="door-open")
        self.call = self.button("电话", "call", "F7", icon="phone-outline")
        self.end = self.button("接走", "end", "F4", icon="logout")
        self.back = self.button("撤销", "back", "Del", icon="undo-variant")
        self.begin = self.button("记一次发热", "begin", "Ctrl+N", icon="plus")
        self.offer_table(ListKind.FEVERS)
        self.next.clicked.connect(self.enter)
        self.again.clicked.connect(lambda: self._step(StepKind.RECHECK))
        self.call.clicked.connect(lambda: self._step(StepKind.CALL))
        self.room.clicked.connect(self._on_room)
        self.end.clicked.connect(lambda: self._step(StepKind.COLLECTED))
        self.back.clicked.connect(self._on_back)
        self.begin.clicked.connect(self._on_begin)

    def hints(self) -> str:
        """Keys; those of the steps stand on their buttons while a fever is under way."""
        return "Enter 下一步 · Ctrl N 记一次发热"

    def refresh(self) -> None:
        """Read the cases again."""
        actor = self.context.actor
        self.context.ask(lambda s: s.health.fevers.view(actor), self._show)

    # -- showing

    def _show(self, view: FeverView) -> None:
        self._view = view
        records = [
            Record(
                one.id,
                one.name,
                f"{one.class_name} · {month_day(one.started_at)} {one.started_at:%H:%M} 起",
                (one.chip(view.at),),
                faint=not one.open,
            )
            for one in (*view.open, *view.over)
        ]
        self.list.show_records(records)

    def _ladder(self) -> Ladder | None:
        view = self._view
        every = () if view is None else (*view.open, *view.over)
        return self.lit(every, lambda one: one.id)

    def show_lit(self) -> None:
        """How far the case is, and its next step."""
        one, may = self._ladder(), self.may_act
        running = one is not None and one.open and may
        self.begin.setEnabled(may)
        for button in (self.next, self.again, self.room, self.call, self.end):
            button.setEnabled(running)
            button.setVisible(running)
        self.back.setEnabled(one is not None and may)
        self.back.setVisible(one is not None)
        if one is None or self._view is None:
            self.say("没有选中的孩子", Chip(""), ("Ctrl N 给在园的孩子记一次发热。",), ())
            return
        isolated = self._view.isolated
        there = f" · 隔离室现有 {isolated} 人" if isolated else ""
        found = f"{one.class_name} · {one.started_by} {one.started_at:%H:%M} 发现"
        words = f"{found} · 发热线 {degrees(one.line)}{there}"
        self.say(one.name, one.chip(self._view.at), (words,), self._lines(one))
        self.next.set_text(_next_words(one))
        self.room.set_text("出隔离室" if one.isolated else "进隔离室")
        self.again.setEnabled(running and one.next_step is not StepKind.RECHECK)
        self.back.set_text("撤销一步" if one.steps else "撤销")

    def _lines(self, one: Ladder) -> list[StepLine]:
        heat = f"{Site(one.site).label} {degrees(one.tenths)} · {one.started_by}"
        lines = [StepLine(f"{one.started_at:%H:%M}", "发现发热", heat, Tone.WARN)]
        for step in one.steps:
            words = " · ".join(part for part in (step.said, step.by) if part)
            lines.append(StepLine(f"{step.at:%H:%M}", step.kind.label, words))
        wanted = one.next_step
        if wanted is None or self._view is None:
            return lines
        words = recheck_words(one.recheck_at, self._view.at) if wanted is StepKind.RECHECK else "下一步"
        lines.append(StepLine("", _NEXT[wanted], words, Tone.BAD))
        if wanted in _ORDER:
            rest = _ORDER[_ORDER.index(wanted) + 1 :]
            names = [_NEXT[kind] if kind is not StepKind.COLLECTED else "家长接走或回班" for kind in rest]
            lines += [StepLine("", name, "", Tone.PLAIN, faint=True) for name in names]
        return lines

    # -- acts

    @Slot()
    def enter(self) -> None:
        """The next step of the ladder."""
        one = self._ladder()
        if one is not None and one.next_step is not None and self.may_act:
            self._step(one.next_step)

    @Slot()
    def _on_room(self) -> None:
        one = self._ladder()
        if one is not None:
            self._step(StepKind.RELEASE if one.isolated else StepKind.ISOLATE)

    def _step(self, kind: StepKind) -> None:
        one, actor = self._ladder(), self.context.actor
        if one is None or not one.open:
            return
        if kind is StepKind.COLLECTED and not one.gone:
            self.context.go("desk", Target(visit=one.visit))  # who takes her is checked at the door
            return

        def show(people: tuple[Guardian, ...]) -> None:
            host = self.host()
            if host is not None:
                FeverStepSheet(self.context, host, one, kind, people).present()

        self.context.ask(lambda s: s.health.fevers.guardians(actor, one.child), show)

    @Slot()
    def _on_back(self) -> None:
        one, actor = self._ladder(), self.context.actor
        if one is None:
            return
        if not one.steps:
            self.act(lambda s: s.health.fevers.undo_case(actor, one.id), words=f"已撤销 {one.name} 发热")
            return
        last = one.steps[-1]
        self.act(
            lambda s: s.health.fevers.undo_step(actor, last.id), words=f"已撤销 {one.name} {last.kind.label}"
        )

    @Slot()
    def _on_begin(self) -> None:
        self.open_new()

    def open_new(self, child: ChildId | None = None) -> None:
        """记一次发热, with the child chosen who is meant."""

        def show(host: QWidget, children: "tuple[ChildChoice, ...]") -> None:
            sheet = BeginSheet(self.context, host, children)
            sheet.present()
            if child is not None:
                sheet.pick.choose(child)
                sheet.fields["tenths"].edit.setFocus()

        self.with_children(show, nobody="现在没有孩子在园。")


def _next_words(one: Ladder) -> str:
    """What Enter does next."""
    if one.next_step is None:
        return "已结束"
    if one.next_step is StepKind.COLLECTED and not one.gone:
        return "去前台办离园"
    return _NEXT[one.next_step]
