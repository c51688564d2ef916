"""先问家长: a dose fell due while the child was at home; what the family answers comes before it is given."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.errors import RuleError
from app.domain.medicine import Request
from app.ui.health.medicine_sheets import read_times
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet

_GIVEN, _NOT = "given", "not_given"


class HomeSheet(FormSheet):
    """Given at home is kept as such; ``not_given`` says who answered so, and giving it comes next."""

    WIDE = 640
    not_given = Signal(str, str)  # who, and why it is she

    def __init__(self, context: RoomContext, host: QWidget, request: Request, adults: Sequence[str]) -> None:
        dose = request.waiting[0]
        super().__init__(context, host, "home_dose", f"{request.name} {dose.due_at:%H:%M} 的药", "记下")
        self._dose = dose
        self.form.addWidget(label(f"{request.words}。{request.ask_words(dose)}。", "h2", wrap=True))
        answers = [(_NOT, "在家没喂"), (_GIVEN, "在家喂过了")]
        self.answer = self.choice("answer", "家长怎么说", answers)
        self.answer.chosen.connect(self._on_answer)
        self.form.addWidget(self.labelled("家长怎么说？", self.answer))
        if adults:
            who = self.choice("adult", "哪位家长", [(name, name) for name in adults])
            who.chosen.connect(self._on_adult)
            self.form.addWidget(self.labelled("问了哪位家长", who))
        self.form.addWidget(
            self.add_field("asked", "谁说的", required=True, placeholder="如 妈妈 王芳", longest=50)
        )
        self.form.addWidget(self.add_field("asked_reason", "档案里没有这个人，为什么问他", longest=100))
        self.fields["asked_reason"].hide()
        self.when = self.add_field(
            "home_at", "在家几点喂的", required=True, placeholder="如 12:40", longest=10
        )
        self.form.addWidget(self.when)
        self.when.hide()

    def finish(self) -> None:
        """Keep that it was given; that it was not is said to who gives it now."""
        answer, asked = self.answer.value(), self.text("asked")
        if not answer:
            self.say("请先问家长：在家喂过没有？")
            self.answer.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if not asked:
            self.say("请写是谁说的。", "asked")
            return
        actor, dose, reason = self.context.actor, self._dose.id, self.text("asked_reason")
        if answer == _NOT:

            def go_on(_kept: object) -> None:
                self.dismiss()
                self.not_given.emit(asked, reason)

            self.keep.setEnabled(False)
            self.context.ask(
                lambda s: s.health.medicine.heard(actor, dose, asked, reason), go_on, self.failed
            )
            return
        try:
            (at, *_) = read_times(self.text("home_at"), self.context.clock(), "home_at")
        except RuleError as error:
            self.say(error.sentence, error.field)
            return
        self.submit(lambda s: s.health.medicine.at_home(actor, dose, at, asked, reason))

    def failed(self, error: BaseException) -> None:
        """Who is not on file asks for the reason."""
        if getattr(error, "field", None) == "asked_reason" and not self.gone:
            self.fields["asked_reason"].show()
            self.fit()
        super().failed(error)

    @Slot(str)
    def _on_answer(self, answer: str) -> None:
        self.when.setVisible(answer == _GIVEN)
        self.fit()

    @Slot(str)
    def _on_adult(self, name: str) -> None:
        self.fields["asked"].set_text(name)
