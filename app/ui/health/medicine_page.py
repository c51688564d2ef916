"""带药: today's requests, what is due when, and giving it by two people."""

from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from app.domain.ids import ChildId, RequestId, VisitId
from app.domain.intolerances import stop_words
from app.domain.looks import Chip, Tone
from app.domain.medicine import Dose, DoseState, Request, due_tone, due_words, early_words
from app.services.exporting import ListKind
from app.services.medicine_view import ChildChoice, MedicineDay
from app.services.pins import Holder
from app.ui.health.give_sheet import GiveSheet
from app.ui.health.home_sheet import HomeSheet
from app.ui.health.medicine_sheets import ReturnSheet, SkipSheet, TakeSheet
from app.ui.health.steps import StepLine
from app.ui.health.steps_page import StepsPage
from app.ui.rooms import RoomContext
from app.ui.widgets.records import Record

if TYPE_CHECKING:
    from app.services.bundle import Services

_Asked: TypeAlias = tuple[tuple[Holder, ...], tuple[ChildChoice, ...], str]


class MedicinePage(StepsPage):
    """What waits stands first, by its minutes."""

    key = "medicine"

    def __init__(self, context: RoomContext) -> None:
        empty = "今天没有家长带药来。Ctrl N 收药。"
        super().__init__(context, "今天的药", empty, ("h2", "muted"), ("doses", "喂药"))
        self._day: MedicineDay | None = None
        self._due: VisitId | None = None
        self.lines[1].setObjectName("health.medicine.facts")
        self.give = self.button("喂药", "give", "Enter", kind="primary", icon="pill")
        self.skip = self.button("没喂", "skip", "F6", icon="cancel")
        self.rest = self.button("交还剩药", "rest", "F8", icon="tray-arrow-up")
        self.take = self.button("收药", "take", "Ctrl+N", icon="plus")
        self.back = self.button("撤销最后一步", "back", "Del", icon="undo-variant")
        self.slip = self.button("服药单", "slip", "Ctrl+P", icon="printer-outline")
        self.paper = self.button("本月登记", "paper", icon="printer-outline")
        self.offer_table(ListKind.MEDICINE)
        self.give.clicked.connect(self.enter)
        self.skip.clicked.connect(self._on_skip)
        self.rest.clicked.connect(self._on_rest)
        self.take.clicked.connect(self._on_take)
        self.back.clicked.connect(self._on_back)
        self.slip.clicked.connect(self._on_slip)
        self.paper.clicked.connect(self._on_paper)

    def hints(self) -> str:
        """Keys."""
        return "Enter 喂药 · F6 没喂 · F8 交还 · Ctrl N 收药 · Ctrl P 服药单"

    def refresh(self) -> None:
        """Read the requests again."""
        actor = self.context.actor
        self.context.ask(lambda s: s.health.medicine.day(actor), self._show)

    # -- showing

    def _show(self, day: MedicineDay) -> None:
        self._day = day
        every = sorted(day.requests, key=_order)
        due, self._due = self._due, None
        wanted = next((one.id for one in every if one.visit == due and one.waiting), None)
        self.list.show_records([self._record(one) for one in every], wanted)

    def light_due(self, visit: VisitId | None) -> None:
        """Go to what waits of a visit, from another room."""
        self._due = visit
        self.refresh()

    def _record(self, one: Request) -> Record:
        words = f"{one.class_name} · {one.words}"
        return Record(one.id, one.name, words, (self._state(one),), faint=bool(one.returned))

    def _state(self, one: Request) -> Chip:
        """The next dose with its minutes, else what becomes of the rest."""
        day = self._day
        if one.returned or day is None:
            return Chip("已交还 · 还没写为什么没喂", Tone.WARN) if one.waiting else Chip("已交还", Tone.OK)
        if not one.inside:
            return Chip("人已离园，药还在", Tone.BAD)
        if held := day.clashes.get(one.id):
            return Chip(f"{one.waiting[0].due_at:%H:%M} · 停喂，{stop_words(held)}", Tone.BAD)
        if one.waiting and (ask := one.ask_words(one.waiting[0])):
            return Chip(f"{one.waiting[0].due_at:%H:%M} · {ask}", Tone.BAD)
        if one.waiting:
            return one.waiting[0].chip(day.at, day.rules.late)
        given = sum(dose.state is DoseState.GIVEN for dose in one.doses)
        return Chip(f"已喂 {given} 次 · 待交还", Tone.INFO)

    def _request(self) -> Request | None:
        every = () if self._day is None else self._day.requests
        return self.lit(every, lambda one: one.id)

    def show_lit(self) -> None:
        """What was asked for, which doses wait, and what may be done."""
        one, may = self._request(), self.may_act
        waits = one is not None and bool(one.waiting) and may
        here = one is not None and one.inside and not one.returned
        self.give.setEnabled(waits and here and one is not None and not self._held(one))
        self.skip.setEnabled(waits)
        self.rest.setEnabled(one is not None and not one.waiting and not one.returned and may)
        self.back.setEnabled(one is not None and may)
        self.slip.setEnabled(one is not None)
        self.take.setEnabled(may)
        if one is None:
            self.say("没有选中的药", Chip(""), ("", ""), ())
        else:
            doses = [self._line(one, dose) for dose in one.doses]
            self.say(one.name, self._state(one), (one.words, _facts(one)), doses)
        self.give.set_text(f"喂 {one.waiting[0].due_at:%H:%M} 的药" if one and one.waiting else "喂药")

    def _held(self, one: Request) -> tuple[str, ...]:
        """What she does not tolerate of a medicine that waits: it must not be given."""
        return () if self._day is None else self._day.clashes.get(one.id, ())

    def _line(self, one: Request, dose: Dose) -> StepLine:
        at, held = f"{dose.due_at:%H:%M}", self._held(one)
        if dose.state is DoseState.GIVEN and dose.at is not None:
            late = f"，晚 {dose.late} 分钟" if dose.late else ""
            by = (f"{dose.giver_name} 喂", f"{dose.second_name} 核对", dose.home_words)
            return StepLine(at, f"{dose.at:%H:%M} 已喂{late}", " · ".join(part for part in by if part))
        if dose.state is DoseState.HOME:
            return StepLine(at, "在家喂过", f"{dose.home_words} · {dose.giver_name} 记")
        if dose.state is DoseState.SKIPPED:
            return StepLine(at, "没喂", f"{dose.reason} · {dose.giver_name}", Tone.WARN)
        if one.returned:
            return StepLine(at, "没喂", f"{dose.undone_words}：记“没喂”和原因", Tone.WARN)
        if held:
            return StepLine(at, "停喂", f"{stop_words(held)}：告诉家长，记“没喂”", Tone.BAD)
        if ask := one.ask_words(dose):
            return StepLine(at, "先问家长", ask, Tone.BAD)
        if self._day is None:
            return StepLine(at, "待喂", "", Tone.INFO)
        tone = due_tone(dose.due_at, self._day.at, self._day.rules.late)
        words = due_words(dose.due_at, self._day.at).partition(" · ")[2]
        return StepLine(at, "待喂", words, tone)

    # -- acts

    @Slot()
    def enter(self) -> None:
        """Give the next dose."""
        one, actor = self._request(), self.context.actor
        if one is None or not one.waiting or not one.inside or one.returned or not self.may_act:
            return
        if held := self._held(one):
            words = f"{one.name} {stop_words(held)}，{one.medicine}不能喂。请告诉家长，再记“没喂”。"
            self.context.messages.say(words, Tone.BAD)
            return
        dose, day = one.waiting[0].id, self._day
        early = "" if day is None else early_words(one.waiting[0].due_at, self.context.clock(), day.rules)

        def read(services: "Services") -> _Asked:
            kept = services.health.medicine
            return services.pins.holders(actor), kept.children(actor), kept.taken_back(actor, dose)

        def give(host: QWidget, found: _Asked, asked: str = "", reason: str = "") -> None:
            sheet = GiveSheet(self.context, host, one, *found, asked, reason)
            sheet.present()
            if early:
                sheet.say(early, warning=True)  # before two people have typed all they know

        def show(found: _Asked) -> None:
            host = self.host()
            if host is None:
                return
            if one.ask_words(one.waiting[0]):
                adults = next((each.adults for each in found[1] if each.child == one.child), ())
                ask = HomeSheet(self.context, host, one, adults)
                ask.not_given.connect(lambda asked, reason: give(host, found, asked, reason))
                ask.present()
            else:
                give(host, found)

        self.context.ask(read, show)

    @Slot()
    def _on_skip(self) -> None:
        one, host = self._request(), self.host()
        if one is not None and one.waiting and host is not None:
            SkipSheet(self.context, host, one, one.waiting[0]).present()

    @Slot()
    def _on_rest(self) -> None:
        one = self._request()
        if one is None:
            return

        def show(host: QWidget, children: tuple[ChildChoice, ...]) -> None:
            adults = next((each.adults for each in children if each.child == one.child), ())
            ReturnSheet(self.context, host, one, adults).present()

        self.with_children(show)

    @Slot()
    def _on_take(self) -> None:
        self.open_new()

    def open_new(self, child: ChildId | None = None) -> None:
        """收药, with the child chosen who is meant."""

        def show(host: QWidget, children: tuple[ChildChoice, ...]) -> None:
            sheet = TakeSheet(self.context, host, children)
            sheet.taken.connect(self._on_taken)
            sheet.present()
            sheet.choose(child)

        self.with_children(show, nobody="现在没有孩子在园，先办入园再收药。")

    @Slot(object)
    def _on_taken(self, request: RequestId) -> None:
        self.list.light(request)
        self._on_chosen(request)

    @Slot()
    def _on_back(self) -> None:
        """The last of what was done with this request, else the request itself."""
        one, actor = self._request(), self.context.actor
        if one is None:
            return
        done = [dose for dose in one.doses if dose.state is not DoseState.WAITING and dose.at is not None]
        if one.returned and not one.return_key:
            self.context.messages.say("离园时交还的，跟着离园一起撤销：请在前台撤销离园。", Tone.PLAIN)
        elif one.returned:
            self.act(
                lambda s: s.health.medicine.undo_return(actor, one.return_key),
                words=f"已撤销 {one.name} 交还",
            )
        elif done:
            last = max(done, key=lambda dose: (dose.at, dose.act))
            self.act(
                lambda s: s.health.medicine.undo_act(actor, last.act),
                words=f"已撤销 {one.name} {last.due_at:%H:%M}",
            )
        else:
            self.act(
                lambda s: s.health.medicine.undo_take(actor, one.id),
                words=f"已撤销 {one.name} {one.medicine}",
            )

    @Slot()
    def _on_slip(self) -> None:
        one, actor = self._request(), self.context.actor
        if one is not None:
            self.print(lambda s: s.health.papers.medicine_slip(actor, one.id))

    @Slot()
    def _on_paper(self) -> None:
        actor, month = self.context.actor, self.context.clock().date()
        self.print(lambda s: s.health.papers.medicine_month(actor, month))


def _order(one: Request) -> tuple[bool, bool, object]:
    """What waits by its time, then what is still here, then what has gone home."""
    at = one.waiting[0].due_at if one.waiting else one.taken_at
    return bool(one.returned), not one.waiting, at


def _facts(one: Request) -> str:
    home = f"{one.home_at:%H:%M} 在家喂过" if one.home_at is not None else "在家没喂过"
    signed = "屏幕签名" if one.signed_how == "screen" else "纸上签"
    lines = [
        f"{one.class_name} · {one.reason} · 药物过敏：{one.allergy}",
        f"原包装，有效期到 {one.expires_on:%Y-%m-%d} · 带来 {one.brought} 份 · {home}",
        f"{one.signer} {signed} · {one.taken_at:%H:%M} {one.taken_by} 收",
    ]
    return "\n".join([*lines, one.returned] if one.returned else lines)
