"""The sheets of 交接班: signing by two, closing a point, and the centre's safety check list."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from app.domain.ids import PointId
from app.domain.shifts import CheckMark, Point
from app.services.sheet_drafts import SheetKind
from app.services.shifts import ShiftDraft, ShiftWish
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.confirmed_sheet import ConfirmedSheet
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.sheet_keeper import SheetKeeper

_STATES = (("good", "好"), ("bad", "有问题"))


class SignShiftSheet(ConfirmedSheet):
    """The count, the safety checks, and the one who takes over with her PIN."""

    WIDE = 760
    signed = Signal(object)  # SheetId

    def __init__(self, context: RoomContext, host: QWidget, draft: ShiftDraft) -> None:
        super().__init__(context, host, "shift", f"{draft.class_name} 签字交接", "两人签字")
        self._draft = draft
        theme = context.theme
        self.counted = self.add_field("counted", "现在数到几个孩子", required=True, longest=2)
        self.counted.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.counted.edited.connect(self._on_counted)
        self.reason = self.add_field(
            "reason", f"和应在班 {draft.figures.present} 人不一样，原因", longest=200
        )
        self.add_row(self.counted, self.reason)
        self.reason.hide()
        head = QHBoxLayout()
        head.addWidget(label("安全检查，逐项看过", "label"), 1)
        self.all_good = KeyButton(theme, "都好", "F6", kind="quiet", object_name="shift.all_good")
        self.all_good.clicked.connect(self._on_all_good)
        head.addWidget(self.all_good)
        self.form.addLayout(head)
        self._marks: list[tuple[str, Segmented, Field]] = []
        for at, item in enumerate(draft.items, 1):
            self.form.addWidget(self._check(at, item))
        self.form.addWidget(
            self.add_field("remark", "补充（可以不写）", placeholder="写下午的安排、要注意的事", longest=500)
        )
        self.add_second("接班的老师", draft.holders)
        slot = SheetKind.SHIFT, draft.class_id
        self._keeper = SheetKeeper(context, self, slot, self._fields, self._fill)
        for field in (self.counted, self.reason, self.fields["remark"]):
            field.edited.connect(lambda _text: self._keeper.touch())
        self._keeper.begin()

    def dismiss(self) -> None:
        """Go away; what was filled in is there when the sheet is opened again soon."""
        self._keeper.keep()
        super().dismiss()

    def _fields(self) -> dict[str, str]:
        """What was written; who takes over and her PIN are never kept."""
        marks = [(f"check {item}", state.value()) for item, state, _ in self._marks]
        notes = [(f"note {item}", note.text()) for item, _, note in self._marks]
        return {**dict([*marks, *notes]), **{key: field.text() for key, field in self.fields.items()}}

    def _fill(self, fields: Mapping[str, str], words: str) -> None:
        for key, field in self.fields.items():
            field.set_text(fields.get(key, ""))
        for item, state, note in self._marks:
            if value := fields.get(f"check {item}", ""):
                state.set_value(value)
            note.set_text(fields.get(f"note {item}", ""))
            note.setVisible(value == "bad")
        self._on_counted(self.counted.text())
        self.say(words)

    def _check(self, at: int, item: str) -> QWidget:
        theme = self.context.theme
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.metrics.s3)
        state = Segmented(theme, f"shift.check.{at}", item, list(_STATES), kind="choice", stretch=False)
        for value, _ in _STATES:
            state.button(value).setMinimumWidth(theme.px(52))
        note = Field(theme, f"shift.note.{at}", "是什么问题、怎么处理")
        note.edit.setMaxLength(200)
        note.entered.connect(self.walk)
        note.edited.connect(lambda _text: self._keeper.touch())
        note.hide()
        state.chosen.connect(lambda value: self._on_checked(note, value))
        state.walked_on.connect(self.walk)
        words = label(item, "", wrap=True)
        line.addWidget(words, 3)
        line.addWidget(state)
        line.addWidget(note, 3)
        self._marks.append((item, state, note))
        return row

    def finish(self) -> None:
        """Both sign; the service says what is missing."""
        text = self.text("counted")
        if not text.isdecimal():
            self.say("请数一数现在班里有几个孩子，填一个数字。", "counted")
            return
        if not self.confirmed():
            return
        marks = tuple(
            CheckMark(item, state.value() == "good", note.text().strip())
            for item, state, note in self._marks
            if state.value()
        )
        wish = ShiftWish(self._draft.class_id, int(text), marks, self.text("reason"), self.text("remark"))
        actor, taker = self.context.actor, self.second.second()
        self.submit(lambda s: s.classes.shifts.sign(actor, wish, taker))

    def _on_answered(self, value: Any) -> None:
        """Signed: what was half written is no more, even if the sheet has gone meanwhile."""
        self._keeper.end()
        super()._on_answered(value)

    def settled(self, value: Any) -> None:
        """It hangs on the wall."""
        self.dismiss()
        self.signed.emit(value)

    def failed(self, error: BaseException) -> None:
        """Heads that differ ask for the reason."""
        if getattr(error, "field", None) == "reason" and not self.gone:
            self.reason.show()
        super().failed(error)

    def _on_counted(self, text: str) -> None:
        differs = text.strip().isdecimal() and int(text) != self._draft.figures.present
        self.reason.setVisible(differs)
        self.fit()

    def _on_checked(self, note: Field, value: str) -> None:
        self._keeper.touch()
        self.say("")
        note.setVisible(value == "bad")
        self.fit()
        if value == "bad":
            note.edit.setFocus()

    def _on_all_good(self) -> None:
        for _item, state, note in self._marks:
            if not state.value():
                state.set_value("good")
                note.hide()
        self._keeper.touch()
        self.say("")
        self.fields["remark"].edit.setFocus(Qt.FocusReason.TabFocusReason)


class ClosePointSheet(FormSheet):
    """How a point was settled."""

    WIDE = 560

    def __init__(self, context: RoomContext, host: QWidget, point: Point) -> None:
        super().__init__(context, host, "point", "办结", "办结")
        self._key: PointId = point.id
        self.form.addWidget(label(point.words, "h2", wrap=True))
        self.form.addWidget(
            self.add_field(
                "outcome", "怎么办结的", required=True, placeholder="如 已修好、已告诉妈妈", longest=200
            )
        )

    def finish(self) -> None:
        """Close it."""
        actor, key, words = self.context.actor, self._key, self.text("outcome")
        self.submit(lambda s: s.classes.shifts.close_point(actor, key, words))


class CheckListSheet(FormSheet):
    """The safety check list of the centre, a line each."""

    WIDE = 560

    def __init__(self, context: RoomContext, host: QWidget, items: tuple[str, ...]) -> None:
        super().__init__(context, host, "checklist", "交接班安全检查清单", "用这份清单")
        words = "一行一项，下一张交接班表起用。全部删掉就用回程序自带的清单。"
        self.form.addWidget(label(words, "muted", wrap=True))
        self.lines = QPlainTextEdit("\n".join(items))
        self.lines.setTabChangesFocus(True)
        self.lines.setMinimumHeight(context.theme.px(220))
        name_widget(self.lines, "checklist.items", "检查项目，一行一项")
        self.form.addWidget(Labelled(context.theme, "检查项目", self.lines))

    def finish(self) -> None:
        """Keep it."""
        actor, items = self.context.actor, self.lines.toPlainText().splitlines()
        self.submit(
            lambda s: s.classes.shifts.set_check_items(actor, items), words="交接班安全检查清单已更新"
        )
