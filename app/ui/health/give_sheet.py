"""喂药: which child, which dose, and two people with their PINs."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.ids import ChildId
from app.domain.medicine import Request
from app.domain.staff import Permission, Role
from app.services.medicine import Giving
from app.services.medicine_view import ChildChoice
from app.services.pins import Holder
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.bound import BoundSecrets
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.second_person import SecondPerson

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

_LEAST_OTHERS = 2
_FACES = 6  # names to choose the child in front from


class GiveSheet(FormSheet):
    """The giver is who is signed in; the other checks child, medicine and dose with her own eyes."""

    WIDE = 760

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        request: Request,
        holders: Sequence[Holder],
        children: Sequence[ChildChoice],
        taken_back: str = "",
        asked: str = "",
        asked_reason: str = "",
    ) -> None:
        dose = request.waiting[0]
        title = f"喂药 · {request.name} {dose.due_at:%H:%M}"
        super().__init__(context, host, "give", title, "两人都核对，喂了")
        self._request, self._dose, self._asked = request, dose, (asked, asked_reason)
        theme = context.theme
        words = f"{request.words}。{request.reason}；药物过敏：{request.allergy}"
        self.form.addWidget(label(words, "h2", wrap=True))
        if asked:
            self.form.addWidget(label(f"到点时不在园：{asked}说在家没喂。", "warning", wrap=True))
        self.form.addWidget(
            label("看药瓶：姓名、药名、有效期、剂量。看孩子：叫名字。对不上就停。", "muted", wrap=True)
        )
        self.child = Segmented(
            theme,
            "give.child",
            "面前的孩子是",
            [(str(one.child), one.name) for one in _faces(request, children)],
            kind="choice",
            stretch=False,
            wrap=True,
        )
        self.child.walked_on.connect(self.focusNextChild)
        self.stops["child"] = self.child
        self.form.addWidget(Labelled(theme, "面前的孩子是谁？", self.child))
        self.form.addWidget(
            self.add_field(
                "dose", "量出来是多少？", required=True, placeholder="照量杯写，如 5 ml", longest=30
            )
        )
        self._asks = bool(taken_back)
        if taken_back:
            words = f"{taken_back}。先问清孩子到底有没有喝下去。"
            self.form.addWidget(label(words, "warning", wrap=True))
            self.form.addWidget(
                self.add_field(
                    "cleared", "没喝下去，怎么知道的？", required=True, placeholder="如 问过老师，药还在杯里"
                )
            )
        self._add_people([one for one in holders if one.actor.may(Permission.HEALTH_CHECK)])
        self._bind()

    def _add_people(self, able: Sequence[Holder]) -> None:
        context, theme = self.context, self.context.theme
        self.giver = SecondPerson(
            theme,
            "give.giver",
            "喂的人（登录的人）",
            [one for one in able if one.actor.id == context.actor.id],
            own=True,
        )
        self.checker = SecondPerson(
            theme,
            "give.checker",
            "核对的人",
            _checkers(context, self._request, able),
            practice=context.practice,
        )
        self.giver.entered.connect(self.checker.who.setFocus)
        self.checker.entered.connect(self.keep.setFocus)
        self.form.addWidget(self.giver)
        self.form.addWidget(self.checker)

    def _bind(self) -> None:
        """Both confirm this child and this dose with their own eyes: another one is looked at anew."""
        pins = [line.edit for one in (self.giver, self.checker) for line in (one.pin, one.again)]
        self._confirmed = BoundSecrets(pins, self._what)
        self.child.chosen.connect(lambda _value: self._confirmed.follow())
        self.fields["dose"].edited.connect(lambda _text: self._confirmed.follow())

    def _what(self) -> tuple[str, str] | None:
        """What two people confirm; None while it is not said."""
        child, dose = self.child.value(), self.text("dose")
        return (child, dose) if child and dose else None

    def finish(self) -> None:
        """Say what is missing; else the giver's first PIN is kept, and the dose is given."""
        if not self.child.value():
            self.say("请选面前的孩子。")
            self.child.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if not self.text("dose"):
            self.say("请写量出来的剂量。", "dose")
            return
        if self._asks and not self.text("cleared"):
            self.say("请写明先前那次没喝下去是怎么知道的。", "cleared")
            return
        for person in (self.giver, self.checker):
            if lacking := person.lacking():
                self.say(lacking)
                (person.pin.edit if person.chosen else person.who).setFocus()
                return
        giver, second = self.giver.second(), self.checker.second()
        if giver is None or second is None:
            return
        fresh = self.giver.first_pin()
        cleared = self.text("cleared") if self._asks else ""
        child = ChildId(int(self.child.value()))
        giving = Giving(self._dose.id, child, self.text("dose"), giver, second, cleared, *self._asked)
        actor = self.context.actor
        kept: list[str] = []

        def verb(services: "Services") -> "Done[int]":
            if fresh is not None:
                services.pins.choose(actor, fresh)
                kept.append(fresh)
            return services.health.medicine.give(actor, giving)

        def failed(error: BaseException) -> None:
            if kept and not self.gone:
                self.giver.mark_kept()
            self.failed(error)

        self.keep.setEnabled(False)
        self.context.act(verb, self._on_answered, failed)

    def failed(self, error: BaseException) -> None:
        """A wrong PIN is typed again; all else stands."""
        super().failed(error)
        if getattr(error, "field", None) in {"pin", "second"} and not self.gone:
            for person in (self.checker, self.giver):
                person.clear_pin()


def _faces(request: Request, children: Sequence[ChildChoice]) -> list[ChildChoice]:
    """Her name among those of her class, in the order of the class: whoever gives has to look."""
    own = [one for one in children if one.class_id == request.class_id]
    at = next((place for place, one in enumerate(own) if one.child == request.child), 0)
    first = max(0, min(at - request.id % _FACES, len(own) - _FACES))
    return own[first : first + _FACES]


def _checkers(context: RoomContext, request: Request, able: Sequence[Holder]) -> list[Holder]:
    """Who may check: her class's teachers, the health worker, the director; everybody if they are few."""
    others = [one for one in able if one.actor.id != context.actor.id]
    near = [
        one
        for one in others
        if one.actor.class_id == request.class_id
        or one.actor.role in {Role.HEALTH_WORKER, Role.DIRECTOR, Role.FRONT_DESK}
    ]
    return near if len(near) >= _LEAST_OTHERS else others
