"""家长嘱咐: what holds for a child or a class, read and acknowledged; one more taken down."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, InstructionId
from app.domain.instructions import Category, NewInstruction, Way, last_day
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.typed_days import Direction
from app.services.instructions import ToHeed
from app.ui.rooms import RoomContext
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList

if TYPE_CHECKING:
    from app.services.bundle import Services

_UNTIL = (("today", "今天"), ("date", "到某天"), ("always", "一直"))


@record
class WishSubject:
    """Whom the sheet is about: one child, and the class whose list is shown (None: the child's alone)."""

    child: ChildId | None
    name: str
    class_id: ClassId | None = None
    class_name: str = ""


class WishSheet(FormSheet):
    """The list above, a new one below. F6 has read all; Del ends the one lit; Ctrl+Enter takes one down."""

    WIDE = 860
    ROWS = 4

    def __init__(
        self, context: RoomContext, host: QWidget, subject: WishSubject, found: Sequence[ToHeed]
    ) -> None:
        of = subject.class_name or subject.name
        super().__init__(context, host, "wish", f"家长嘱咐 · {of}", "记下")
        self._subject, self._found = subject, tuple(found)
        theme = context.theme
        self.list = RecordList(theme, "wish.list", "要照做的", "现在没有嘱咐。")
        self.form.addWidget(self.list)
        categories = [(one.value, one.label) for one in Category]
        self.category = self.choice("category", "关于什么", categories, "meal", kind="segment")
        self.until = self.choice("until", "到什么时候", _UNTIL, "today", kind="segment")
        ways = [(one.value, one.label) for one in Way]
        self.way = self.choice("way", "怎么说的", ways, "door", kind="segment")
        self.words = self.add_field(
            "words", f"{subject.name}的家长嘱咐了什么" if subject.name else "嘱咐", required=True,
            placeholder="如 牛奶只喝温的", longest=120,
        )  # fmt: skip
        self.date = self.add_day("date", "到哪天", Direction.NEAR, "12-05")
        told = self.add_field("told_by", "谁说的", required=True, placeholder="妈妈", longest=50)
        self._entry = QWidget()
        self.add_row(self.labelled("关于什么", self.category), self.labelled("怎么说的", self.way))
        self.form.addWidget(self.words)
        self.add_row(self.labelled("到什么时候", self.until), self.date, told)
        self.read = KeyButton(theme, "我都看到了", "F6", object_name="wish.read")
        self.end = KeyButton(theme, "结束这条", "Del", kind="quiet", object_name="wish.end")
        self.foot.insertWidget(0, self.end)
        self.foot.insertWidget(self.foot.count() - 1, self.read)
        for button in (self.read, self.end):
            self.take_enter(button)
        self.cancel.set_text("关闭")
        self.read.clicked.connect(self._on_read)
        self.end.clicked.connect(self._on_end)
        self.until.chosen.connect(self._on_until)
        self.list.entered.connect(self.category.setFocus)
        self.date.setVisible(False)
        self.keep.setEnabled(subject.child is not None)
        self.show_found(self._found)

    def show_found(self, found: Sequence[ToHeed]) -> None:
        """Show what holds."""
        self._found = tuple(found)
        with_name = self._subject.class_id is not None
        self.list.show_records([_line(one, with_name=with_name) for one in found])
        rows = min(self.ROWS, max(1, len(found)))
        self.list.setFixedHeight(rows * max(44, self.context.theme.px(56)) + self.context.theme.px(56))
        unread = sum(not one.read for one in found)
        self.read.set_text(f"我都看到了（{unread} 条没看）" if unread else "都看过了")
        self.read.setEnabled(bool(unread))
        self.end.setEnabled(bool(found))
        self.fit()

    def focus_first(self) -> None:
        """What is to be read, else what is to be written."""
        self.fit()
        (self.list.view if self._found else self.words.edit).setFocus()

    def finish(self) -> None:
        """Take one down; the sheet stays to show it."""
        child, today = self._subject.child, self.context.clock().date()
        if child is None:
            self.say("先在名单里选一个孩子，再记嘱咐。")
            return
        try:
            until = last_day(self.until.value(), today, self._date())
        except RuleError as error:
            self.say(error.sentence, error.field)
            return
        new = NewInstruction(
            child, Category(self.category.value()), self.text("words"), self.text("told_by"),
            Way(self.way.value()), today, until,
        )  # fmt: skip
        actor = self.context.actor

        def done(_key: Any) -> None:
            self.keep.setEnabled(True)
            for key in ("words", "date"):
                self.fields[key].set_text("")
            self._again()

        self.keep.setEnabled(False)
        self.context.act(lambda s: s.classes.instructions.add(actor, new), done, self.failed)

    def _date(self) -> dt.date | None:
        return self.date.read() if self.text("date") and self.until.value() == "date" else None

    def _on_until(self, value: str) -> None:
        self.date.setVisible(value == "date")
        self.fit()
        if value == "date":
            self.date.edit.setFocus()

    def _on_read(self) -> None:
        keys, actor = tuple(one.instruction.id for one in self._found if not one.read), self.context.actor
        self.context.act(
            lambda s: s.classes.instructions.acknowledge(actor, keys),
            lambda _count: self._again(),
            self.failed,
        )

    def _on_end(self) -> None:
        key, actor, why = self.list.key(), self.context.actor, ""
        if key is not None:
            wanted = InstructionId(int(str(key)))
            self.context.act(
                lambda s: s.classes.instructions.end(actor, wanted, why),
                lambda _value: self._again(),
                self.failed,
            )

    def _again(self) -> None:
        def show(found: tuple[ToHeed, ...]) -> None:
            if not self.gone:
                self.show_found(found)

        subject, actor = self._subject, self.context.actor
        self.context.ask(lambda s: _read(s, actor, subject), show)


def open_wishes(context: RoomContext, subject: WishSubject) -> None:
    """Read what holds and lay the sheet over the window."""
    host, actor = context.host, context.actor
    if host is None or not host.isEnabled():
        return

    def show(found: tuple[ToHeed, ...]) -> None:
        if host.isEnabled():
            WishSheet(context, host, subject, found).present()

    context.ask(lambda s: _read(s, actor, subject), show)


def _read(services: "Services", actor: Any, subject: WishSubject) -> tuple[ToHeed, ...]:
    if subject.class_id is not None:
        return services.classes.instructions.for_class(actor, subject.class_id)
    if subject.child is None:
        return ()
    return services.classes.instructions.for_child(actor, subject.child)


def _line(one: ToHeed, *, with_name: bool) -> Record:
    wish = one.instruction
    title = f"{wish.child_name} · {wish.words}" if with_name else wish.words
    chips = (Chip(wish.category.label, Tone.INFO), Chip("已读" if one.read else "未读", _tone(one)))
    slots = f"{'、'.join(slot.label for slot in wish.slots)} · " if wish.slots else ""
    readers = f" · 已读 {'、'.join(wish.read_by)}" if wish.read_by else ""
    return Record(wish.id, title, f"{slots}{wish.until_words} · {wish.source_words}{readers}", chips)


def _tone(one: ToHeed) -> Tone:
    return Tone.OK if one.read else Tone.WARN
