"""The sheets of 招生: a first inquiry, and one step. Enter walks, Ctrl+Enter finishes, Esc leaves."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ages import read_birth
from app.domain.classes import ClassKind
from app.domain.errors import RuleError
from app.domain.ids import ApplicantId, ChildId, ClassId
from app.domain.life import OPENING, Ending, StepKind, endings
from app.domain.modes import CareMode, HalfDay
from app.domain.typed_days import DayTextError, Direction, read_day
from app.services.admission_family import SameChildError
from app.services.admission_lists import ClassChoice, LifePanel
from app.services.admissions import InquiryCard, StepWish
from app.ui.rooms import RoomContext
from app.ui.widgets.alarm_raising import raise_alarm_of
from app.ui.widgets.basic import label
from app.ui.widgets.bound import BoundWords
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.day_field import DayField, Reader, birth_reader
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.form_sheet import FormSheet

if TYPE_CHECKING:
    from app.domain.queue import Priority

MODES = (("full", "全日托"), ("am", "上午半日"), ("pm", "下午半日"))
_WEEK = (("1", "周一"), ("2", "周二"), ("3", "周三"), ("4", "周四"), ("5", "周五"))
_COVERED = "合同时间以内的，会随这一步取消。"
_BOOKED = {
    **dict.fromkeys(OPENING, _COVERED),
    StepKind.LEAVE: "最后在园日以后的，会随这一步取消。",
    StepKind.SUSPEND: "停托不会取消它们：不来的，请到预约里取消。",
}
_LAST, _OTHER = "last", "other"
_LONGEST = 10_000  # what is pasted by mistake is refused in words, not cut


def mode_of(value: str) -> tuple[CareMode | None, HalfDay | None]:
    """The mode behind a choice of ``MODES``; nothing chosen is None."""
    if not value:
        return None, None
    return (CareMode.FULL_DAY, None) if value == "full" else (CareMode.HALF_DAY, HalfDay(value))


class AskingSheet(FormSheet):
    """Fields with one act; a problem stands at its field. Subclasses build fields and read them."""

    WIDE = 640
    submitted = Signal(object)

    def __init__(self, context: RoomContext, host: QWidget, name: str, title: str, act: str) -> None:
        super().__init__(context, host, name, title, act)
        self._today = context.clock().date()
        self._parts: dict[str, Labelled] = {}
        m = context.theme.metrics
        self.form.setContentsMargins(0, 0, m.s2, 0)
        self.form.setSpacing(m.s3)

    def ask_text(
        self, key: str, words: str, *, required: bool = False, hint: str = "", value: str = ""
    ) -> None:
        """A line of text."""
        field = self.add_field(key, words, hint, required=required, longest=_LONGEST)
        field.set_text(value)
        self._take(key, field)

    def ask_day(
        self,
        key: str,
        words: str,
        reads: Direction | Reader,
        *,
        required: bool = False,
        hint: str = "",
        value: str = "",
    ) -> DayField:
        """A line for a day."""
        field = self.add_day(key, words, reads, hint, required=required)
        field.set_text(value)
        self._take(key, field)
        return field

    def ask_choice(
        self, key: str, words: str, choices: Sequence[tuple[str, str]], value: str = "", *, many: bool = False
    ) -> Segmented:
        """Choices side by side."""
        made = self.choice(key, words, choices, many=many, kind="segment")
        made.set_values(tuple(value) if many else (value,))
        self._take(key, self.labelled(words, made))
        return made

    def pair(self, *keys: str) -> None:
        """Put parts made one after the other into one row; in large type they stay below each other."""
        at = self.form.indexOf(self._parts[keys[0]])
        for key in keys:
            self.form.removeWidget(self._parts[key])
        self.row(*(self._parts[key] for key in keys), at=at)

    def read(self) -> object:
        """What was filled in; raises ``RuleError`` naming the field."""
        raise NotImplementedError

    def say(self, sentence: str, key: str | None = None, *, warning: bool = False) -> None:
        """Say a refusal at its field, or below where there is none."""
        wanted = {name: sentence if name == key else "" for name in self._parts}
        changed = [name for name, one in self._parts.items() if one.problem != wanted[name]]
        for name in changed:
            self._parts[name].show_problem(wanted[name])
        self._tell("" if key in self._parts else sentence, warning=warning)
        if changed:
            self.fit()
        self._go_to(key, sentence)

    def day_of(self, key: str, *, optional: bool = False) -> dt.date | None:
        """The day in a field; None for an empty one that may be.

        Raises:
            DayTextError: it is no day.
        """
        part = self._parts.get(key)
        if not isinstance(part, DayField):
            return None
        return part.read_or_none() if optional else part.read()

    def text_of(self, key: str) -> str:
        """The text in a field; empty where there is none."""
        part = self._parts.get(key)
        return part.text() if isinstance(part, Field) else ""

    def value_of(self, key: str) -> str:
        """What is chosen; empty where there is nothing to choose."""
        part = self._parts.get(key)
        return part.widget.value() if part is not None and isinstance(part.widget, Segmented) else ""

    def values_of(self, key: str) -> str:
        """All that is chosen, joined."""
        part = self._parts.get(key)
        return (
            "".join(part.widget.values()) if part is not None and isinstance(part.widget, Segmented) else ""
        )

    def finish(self) -> None:
        """Hand over what was filled in; the room acts."""
        try:
            wish = self.read()
        except RuleError as error:
            self.failed(error)
            return
        self.keep.setEnabled(False)
        self.submitted.emit(wish)

    def failed(self, error: BaseException) -> None:
        """As everywhere; whom the file bars is brought up as an alarm."""
        super().failed(error)
        raise_alarm_of(self.context, error, self.finish)

    def _take(self, key: str, part: Labelled) -> None:
        self._parts[key] = part
        self.form.addWidget(part)


class InquirySheet(AskingSheet):
    """A first call: a name, a date, a phone and a wish are enough."""

    def __init__(self, context: RoomContext, host: QWidget, ranks: "Sequence[Priority]") -> None:
        super().__init__(context, host, "inquiry", "咨询登记", "登记")
        self.ask_text("name", "孩子姓名", required=True, hint="还没起名可写“陆家宝宝”")
        kind = self.ask_choice("born_kind", "日期是", (("born", "出生日期"), ("due", "预产期")), "born")
        born = self.ask_day("born_on", "日期", self._read_birth, required=True, hint="如 2024-08-19")
        kind.chosen.connect(born.reread)
        self.ask_text("contact", "联系人", hint="如 妈妈 王芳")
        self.ask_text("phone", "电话", required=True, hint="填 11 位手机号")
        self.ask_choice("kind", "班型", tuple((kind.value, kind.label) for kind in ClassKind))
        self.ask_choice("wish", "想要", MODES, "full")
        self.ask_day("wish_start", "希望几时入园", Direction.COMING, hint="如 2026-03-01，可空")
        self.ask_day("applied_on", "申请日期", Direction.PAST, value="今天")
        self.ask_choice("priority", "优先", tuple((one.code, one.words) for one in ranks), "none")
        self.ask_choice("wait", "登记为", (("no", "咨询"), ("yes", "直接排候补")), "no")
        self.ask_text("note", "备注", hint="从哪里知道我们、特别的要求")
        for pair in (("born_kind", "born_on"), ("contact", "phone"), ("kind", "wish"),
                     ("wish_start", "applied_on"), ("wait", "note")):  # fmt: skip
            self.pair(*pair)

    def _whom(self) -> tuple[str, ...]:
        """Of whom it was said that she is nobody on file."""
        return tuple(self.text_of(key).strip() for key in ("name", "born_on", "phone"))

    def _read_birth(self, text: str) -> dt.date:
        """A child is born, which the year says, or due within the year."""
        if self.value_of("born_kind") == "due":
            return read_day(text, self._today, Direction.COMING, "born_on")
        return read_birth(text)

    def read(self) -> InquiryCard:
        """The card."""
        day, due = self.day_of("born_on"), self.value_of("born_kind") == "due"
        mode, half = mode_of(self.value_of("wish") or "full")
        kind = self.value_of("kind")
        return InquiryCard(
            name=self.text_of("name"),
            phone=self.text_of("phone"),
            born_on=None if due else day,
            due_on=day if due else None,
            contact=self.text_of("contact"),
            wish_kind=ClassKind(kind) if kind else None,
            wish_mode=mode or CareMode.FULL_DAY,
            wish_half=half,
            wish_start=self.day_of("wish_start", optional=True),
            priority=self.value_of("priority") or "none",
            note=self.text_of("note"),
            applied_on=self.day_of("applied_on", optional=True),
            wait=self.value_of("wait") == "yes",
            same_reason=self.text_of("same_reason"),
        )

    def failed(self, error: BaseException) -> None:
        """As everywhere; where she may be on file already, ask how one knows that she is another."""
        if getattr(error, "field", None) == "same_reason" and "same_reason" not in self._parts:
            self.ask_text("same_reason", "不是那个孩子：怎么知道的", hint="问了谁、看了什么")
            bound = BoundWords(self.fields["same_reason"].edit, self._whom)
            for key in ("name", "born_on", "phone"):
                self.fields[key].edited.connect(lambda _text: bound.follow())
        super().failed(error)


class StepSheet(AskingSheet):
    """One step, with what it asks and nothing else."""

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        kind: StepKind,
        panel: LifePanel,
        classes: Sequence[ClassChoice],
        deadline: dt.date,
    ) -> None:
        act = dict(zip(panel.next, panel.next_words, strict=True)).get(kind, kind.label)
        super().__init__(context, host, "step", f"{panel.name} · {act}", act)
        self._kind, self._panel = kind, panel
        builders: dict[StepKind, Callable[[Sequence[ClassChoice]], None]] = {
            StepKind.TRY: self._add_place,
            StepKind.ENROL: self._add_place,
            StepKind.MOVE: self._add_place,
            StepKind.NOTIFY: self._add_place,
        }
        if panel.booked and (heed := _BOOKED.get(kind)):
            self.form.addWidget(booked := label(f"她还约了 {panel.booked}。{heed}", "warning", wrap=True))
            booked.setObjectName("step.booked")
        day_words = {StepKind.LEAVE: "最后在园日", StepKind.NOTIFY: "通知日期"}.get(kind, "从哪天起")
        hint = "如 2026-01-05 或 1-5"
        self.ask_day("on_day", day_words, Direction.NEAR, required=True, value="今天", hint=hint)
        if kind in builders:
            builders[kind](classes)
        if kind is StepKind.NOTIFY:
            self.ask_day("starts_on", "入园日期", Direction.COMING, value="今天")
            self.ask_day("deadline", "答复期限", Direction.COMING, required=True, value=f"{deadline}")
            self.pair("starts_on", "deadline")
        if kind is StepKind.SUSPEND:
            self.ask_choice("seat_kept", "停托期间托位", (("yes", "保留"), ("no", "不保留")), "yes")
        if kind is StepKind.LEAVE:
            offered = endings(panel.endings_of)
            first = offered[0].value if len(offered) == 1 else ""
            self.ask_choice("ending", "怎样离开", tuple((one.value, one.label) for one in offered), first)
        if kind is StepKind.RANK:
            others = [(str(key), f"到{name.partition('. ')[2]}前") for key, name in panel.ahead]
            self.ask_choice("before", "排到", (*others, (_LAST, "到最后")), others[0][0] if others else _LAST)
        needs = kind in {StepKind.SUSPEND, StepKind.RANK}
        hint = "" if needs else "补登过去的日期、月龄不符时必填"
        self.ask_text("reason", "理由", required=needs, hint=hint)

    def _add_place(self, classes: Sequence[ClassChoice]) -> None:
        panel, kind = self._panel, self._kind
        place = panel.endings_of.place() or panel.offer
        if panel.offer is not None and kind is not StepKind.NOTIFY:
            place = panel.offer
        here = str(place.class_id) if place is not None and kind is not StepKind.MOVE else ""
        names = tuple((str(one.id), one.words) for one in classes)
        if kind in OPENING and panel.born_on is None:
            reads = birth_reader(self.context.clock)
            self.ask_day("born_on", "出生日期", reads, required=True, hint="登记的是预产期，请填出生日期")
        self.ask_choice("class_id", "班级", names, here)
        mode = panel.wish
        if place is not None:
            mode = "full"
        if place is not None and place.half is not None:
            mode = place.half.value
        self.ask_choice("half", "托育方式", MODES, mode)
        if kind is StepKind.NOTIFY:
            return
        self.ask_choice("weekdays", "来园的日子", _WEEK, "" if kind is StepKind.MOVE else "12345", many=True)
        self.ask_text("leave", "来园和离园时间", hint="如 08:20-17:20，可空")
        self.ask_day("ends_on", "合同到", Direction.COMING, hint="可空")
        self.pair("leave", "ends_on")

    def read(self) -> StepWish:
        """The wish."""
        mode, half = mode_of(self.value_of("half"))
        chosen, ending, before = self.value_of("class_id"), self.value_of("ending"), self.value_of("before")
        arrive, leave = read_hours(self.text_of("leave"))
        return StepWish(
            kind=self._kind,
            on_day=self.day_of("on_day") or self._today,
            class_id=ClassId(int(chosen)) if chosen else None,
            mode=mode,
            half=half,
            weekdays=self.values_of("weekdays"),
            arrive=arrive,
            leave=leave,
            starts_on=self.day_of("starts_on", optional=True),
            ends_on=self.day_of("ends_on", optional=True),
            seat_kept=self.value_of("seat_kept") == "yes",
            ending=Ending(ending) if ending else None,
            deadline=self.day_of("deadline", optional=True),
            before=ApplicantId(int(before)) if before and before != _LAST else None,
            born_on=self.day_of("born_on", optional=True),
            reason=self.text_of("reason"),
            same=ChildId(int(same)) if (same := self.value_of("same")) not in {"", _OTHER} else None,
            other=self.value_of("same") == _OTHER,
        )

    def failed(self, error: BaseException) -> None:
        """As everywhere; where a child of that name and birth date is on file, ask who she is."""
        if isinstance(error, SameChildError) and "same" not in self._parts:
            one = [(str(twin.child), f"同一个孩子：{twin.words}") for twin in error.twins]
            self.ask_choice("same", "档案里已有同名同生日的孩子", (*one, (_OTHER, "另一个孩子，另建档案")))
        super().failed(error)


def read_hours(text: str) -> tuple[int | None, int | None]:
    """``08:20-17:20`` as minutes after midnight; empty is nothing.

    Raises:
        DayTextError: it is no such span.
    """
    plain = text.strip().replace("：", ":").replace("–", "-").replace("—", "-").replace("到", "-")
    if not plain:
        return None, None
    found: list[int] = []
    for part in plain.split("-"):
        hours, _, minutes = part.strip().partition(":")
        if not hours.isdecimal() or not (minutes or "0").isdecimal():
            return _no_span()
        found.append(int(hours) * 60 + int(minutes or 0))
    if len(found) != 2 or not 0 <= found[0] < found[1] <= 1440:
        return _no_span()
    return found[0], found[1]


def _no_span() -> NoReturn:
    raise DayTextError("时间请写成 08:20-17:20。", field="leave")
