"""家长嘱咐: what holds for a child or a class, read and acknowledged; one more taken down."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, InstructionId
from app.domain.instructions import Category, NewInstruction, Way, last_day
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.typed_days import Direction
from app.services.instructions import ToHeed
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
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
    """The list above, a new one below. F6 has read all; Del ends the one lit; Ctrl+Enter takes one down.

    Among a class the new one is for the child whose line is lit, and heading and button name her: what is
    typed under a line must not be kept for whoever the roster happened to have the focus on.
    """

    WIDE = 860
    ROWS = 4

    def __init__(
        self, context: RoomContext, host: QWidget, subject: WishSubject, found: Sequence[ToHeed]
    ) -> None:
        of = subject.class_name or subject.name
        super().__init__(context, host, "wish", f"家长嘱咐 · {of}", "记下")
        self._child, self._called = subject.child, subject.name  # whom the new one is for
        self._subject, self._found = subject, tuple(found)
        theme = context.theme
        self.list = RecordList(theme, "wish.list", "要照做的", "现在没有嘱咐。")
        self.form.addWidget(self.list)
        self.heading = label("", "h2")
        self.form.addWidget(self.heading)
        categories = [(one.value, one.label) for one in Category]
        self.category = self.choice("category", "关于什么", categories, "meal", kind="segment")
        self.until = self.choice("until", "到什么时候", _UNTIL, "today", kind="segment")
        ways = [(one.value, one.label) for one in Way]
        self.way = self.choice("way", "怎么说的", ways, "door", kind="segment")
        self.words = self.add_field(
            "words", "嘱咐了什么", required=True, placeholder="如 牛奶只喝温的", longest=120
        )
        self.date = self.add_day("date", "到哪天", Direction.NEAR, "如 12-05")
        told = self.add_field("told_by", "谁说的", required=True, placeholder="如 妈妈", longest=50)
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
        self.list.chosen.connect(self._on_chosen)
        self.show_found(self._found)

    def show_found(self, found: Sequence[ToHeed], lit: object = None) -> None:
        """Show what holds: ``lit``, else the line lit before, else one of the child's own is lit, or none."""
        self._found, before = tuple(found), self.list.key()
        with_name = self._subject.class_id is not None
        with QSignalBlocker(self.list):  # that the first is lit is no choice
            self.list.show_records([_line(one, with_name=with_name) for one in found])
        hers = {one.instruction.id for one in found if one.instruction.child == self._child}
        self.list.light(next((key for key in (lit, before, *sorted(hers)) if key in hers), None))
        rows = min(self.ROWS, max(1, len(found)))
        self.list.setFixedHeight(rows * max(44, self.context.theme.px(56)) + self.context.theme.px(56))
        unread = sum(not one.read for one in found)
        self.read.set_text(f"我都看到了（{unread} 条没看）" if unread else "都看过了")
        self.read.setEnabled(bool(unread))
        self._name_her()
        self.fit()

    def _name_her(self) -> None:
        """Say whom the new one is for, and whether a line is lit that could be ended."""
        known = self._child is not None
        self.heading.setText(f"给 {self._called} 记一条" if known else "在上面或名单里选一个孩子，再记")
        self.keep.set_text(f"记给 {self._called}" if known else "记下")
        self.keep.setEnabled(known)
        self.end.setEnabled(self.list.key() is not None)

    def _on_chosen(self, key: object) -> None:
        one = next((one.instruction for one in self._found if one.instruction.id == key), None)
        if one is None:
            return
        self.list.light(key)
        changed = one.child != self._child
        self._child, self._called = one.child, one.child_name
        self._name_her()
        if changed and self.text("words"):
            self.say(f"写好的这条改记给 {one.child_name} 了，请核对。", warning=True)
        elif changed:
            self.fields["told_by"].set_text("")  # the grandmother of another
            self.say("")

    def fit(self) -> None:
        """In large type the keys of the foot give way to the name."""
        for level in (0, 1):
            for button in (self.end, self.cancel, self.read, self.keep):
                button.set_lean(level)
            self.foot.invalidate()
            super().fit()
            layout = self.card.layout()
            if layout is None or layout.minimumSize().width() <= self.card.width():
                return

    def focus_first(self) -> None:
        """What is to be read, else what is to be written: a list that takes the focus lights a line."""
        self.fit()
        (self.words.edit if self.list.key() is None else self.list.view).setFocus()

    def finish(self) -> None:
        """Take one down; the sheet stays to show it."""
        child, today = self._child, self.context.clock().date()
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

        def done(key: Any) -> None:
            self.keep.setEnabled(True)
            for name in ("words", "date"):
                self.fields[name].set_text("")
            self._again(key)

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

    def _again(self, lit: object = None) -> None:
        def show(found: tuple[ToHeed, ...]) -> None:
            if not self.gone:
                self.show_found(found, lit)

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
