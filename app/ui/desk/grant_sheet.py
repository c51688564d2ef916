"""电话授权: who rang from which number, who will come; then the code, large, to be told to the caller."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import AdultId, ChildId
from app.services.desk import AdultRow, ChildRow
from app.services.grants import Call, Granted
from app.services.pickup_card import SiblingRow
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.own_pin import act_proved

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services


class GrantSheet(FormSheet):
    """A form that turns into the code. Ctrl+Enter gives it; Esc leaves."""

    alarmed = Signal(object)  # the error that carries the alarm
    given = Signal()

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        child: ChildRow,
        guardians: Sequence[AdultRow],
        siblings: Sequence[SiblingRow] = (),
    ) -> None:
        title = self.tr("电话授权 · {name}").format(name=child.name)
        super().__init__(context, host, "grant", title, self.tr("授权，取码"))
        self._child, self._guardians = child, tuple(guardians)
        self._done = False
        theme = context.theme
        words = self.tr("监护人打电话来，让别人今天来接。核对来电号码，记下谁来；授权码只用一次，今晚作废。")
        self._intro = label(words, "muted", wrap=True)
        self.form.addWidget(self._intro)
        self.caller = self._ask_caller(guardians)
        tail = self.add_field(
            "caller_tail", self.tr("来电号码后 4 位"), required=True, placeholder="照来电显示", longest=20
        )
        self.form.addWidget(Labelled(theme, self.tr("谁打来的"), self.caller))
        self.caller.chosen.connect(lambda _key: tail.edit.setFocus())
        self.caller.walked_on.connect(tail.edit.setFocus)
        self.add_row(tail, self.add_field("name", self.tr("谁来接"), required=True, longest=60))
        self.add_row(
            self.add_field(
                "relation", self.tr("是孩子的"), required=True, placeholder="如 姑姑、邻居", longest=20
            ),
            self.add_field("phone", self.tr("手机"), longest=30),
            self.add_field("identity_tail", self.tr("身份证后 4 位"), longest=20),
        )
        self.siblings = Segmented(
            theme,
            "grant.siblings",
            self.tr("也接"),
            [(str(one.child), f"{one.kin} {one.name}".strip()) for one in siblings],
            many=True,
            wrap=True,
            stretch=False,
        )
        self._also = Labelled(theme, self.tr("同一个人也接"), self.siblings)
        self.form.addWidget(self._also)
        self._also.setVisible(bool(siblings))
        self.code = label("", "huge")
        self.code.setObjectName("grant.code")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code_words = label("", wrap=True)
        self.code_words.setObjectName("grant.code_words")
        self.code_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for made in (self.code, self.code_words):
            made.hide()
            self.form.addWidget(made)
        if not guardians:
            self.keep.setEnabled(False)
            self.say(self.tr("档案里没有监护人，不能按电话授权。请改由园长放行。"))

    def _ask_caller(self, guardians: Sequence[AdultRow]) -> Segmented:
        callers = [
            (str(one.adult), f"{one.relation} {one.name} {one.phone_masked}".strip()) for one in guardians
        ]
        theme, words = self.context.theme, self.tr("谁打来的")
        made = Segmented(theme, "grant.caller", words, callers, kind="choice", wrap=True, stretch=False)
        made.set_value(callers[0][0] if len(callers) == 1 else "")
        return made

    def focus_first(self) -> None:
        """Who rang, or the number where there is no choice."""
        self.fit()
        stop = self.fields["caller_tail"].edit if self.caller.value() else self.caller
        stop.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Give the code, or close once it has been told."""
        if self._done:
            self.dismiss()
            return
        if not self.caller.value():
            self.say(self.tr("先选是哪位监护人打来的。"))
            self.caller.setFocus()
            return
        also = tuple(ChildId(int(key)) for key in self.siblings.values())
        call = Call(
            children=(self._child.child, *also),
            caller=AdultId(int(self.caller.value())),
            caller_tail=self.text("caller_tail"),
            name=self.text("name"),
            relation=self.text("relation"),
            phone=self.text("phone"),
            identity_tail=self.text("identity_tail"),
        )
        actor = self.context.actor
        self.keep.setEnabled(False)

        def verb(services: "Services", pin: str) -> "Done[Granted]":
            return services.grants.add(actor, call, pin)

        act_proved(self.context, verb, self._on_given, self._on_refused)

    def _on_given(self, granted: Granted) -> None:
        if self.gone:
            return
        self._done = True
        self.keep.setEnabled(True)
        self.say("")
        _hide_all(self.form.parentWidget(), {self.code, self.code_words})
        self.code.setText(" ".join(granted.code))
        self.code.setAccessibleName(granted.code)
        words = self.tr(
            "现在只说给来电的 {caller} 听，由她转告。{who}来接{children}时，要自己说出授权码、出示身份证；"
            "前台不替他说。关掉以后不再显示，今晚作废。"
        )
        words = words.format(caller=granted.caller, who=granted.who, children=granted.children)
        self.code_words.setText(words)
        self.code.show()
        self.code_words.show()
        self.cancel.hide()
        self.keep.set_text(self.tr("已告诉来电人"))
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)
        self.fit()
        self.given.emit()

    def _on_refused(self, error: BaseException) -> None:
        from app.services.alarms import BarredAlarmError

        if isinstance(error, BarredAlarmError) and not self.gone:
            self.keep.setEnabled(True)
            self.alarmed.emit(error)
            return
        self.failed(error)


def _hide_all(body: QWidget | None, but: set[QWidget]) -> None:
    """The form has done its work: only the code stays."""
    if body is None:
        return
    for one in body.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if one not in but:
            one.hide()
