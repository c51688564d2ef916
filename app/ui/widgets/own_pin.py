"""The PIN of who is signed in, where an act asks for it: at the sign-in a name is only chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Undo
from app.domain.errors import SpokenError
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.second_person import secret

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

Verb = Callable[["Services", str], "Done[Any]"]  # the services and the PIN as typed; empty at first
FIELD = "own_pin"  # what a refusal names that asks for it


class OwnPinSheet(FormSheet):
    """Asks for the PIN and does the act with it; ``left`` says that nobody typed one."""

    left = Signal()

    def __init__(self, context: RoomContext, host: QWidget, words: str, verb: Verb, notice: str = "") -> None:
        title = self.tr("{name}本人的口令").format(name=context.actor.name)
        super().__init__(context, host, FIELD, title, self.tr("确认"))
        self._verb, self._notice = verb, notice
        self.form.addWidget(label(words, "muted", wrap=True))
        self.form.addWidget(secret(self.add_field("pin", self.tr("口令"), field=FIELD, required=True)))

    def focus_first(self) -> None:
        """The line for the PIN."""
        self.fit()
        self.fields[FIELD].edit.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Do it, with what was typed."""
        pin = self.text(FIELD)
        if not pin:
            self.say(self.tr("请{name}输自己的口令。").format(name=self.context.actor.name), FIELD)
            return
        self.submit(lambda s: self._verb(s, pin), words=self._notice)

    def failed(self, error: BaseException) -> None:
        """A wrong PIN is typed again."""
        super().failed(error)
        if not self.gone:
            self.fields[FIELD].edit.clear()

    def leave(self) -> None:
        """Esc: it was not done."""
        super().leave()
        self.left.emit()


def act_proved(
    context: RoomContext,
    verb: Verb,
    done: Callable[[Any], None],
    failed: Callable[[BaseException], None],
    *,
    initiator: QObject | None = None,
    words: str = "",
) -> None:
    """Do something, and where it is refused for want of the actor's own PIN, ask for it and do it then.

    ``done`` and ``failed`` hear of the end of it, the latter also where nobody types a PIN. ``words`` is the
    notice, as of ``RoomContext.act``.
    """

    def refused(error: BaseException) -> None:
        host = context.host
        if getattr(error, "field", None) != FIELD or not isinstance(error, SpokenError) or host is None:
            failed(error)
            return
        sheet = OwnPinSheet(context, host, error.sentence, verb, words)
        sheet.kept.connect(done)
        sheet.left.connect(lambda: failed(error))
        sheet.present()

    context.act(lambda s: verb(s, ""), done, refused, words=words, initiator=initiator)


def undo_proved(context: RoomContext, undo: Undo) -> None:
    """Take something back, with the actor's own PIN where it frees somebody barred."""
    actor = context.actor

    def verb(services: "Services", pin: str) -> "Done[Any]":
        return services.undo(actor, undo, pin)

    act_proved(context, verb, _nothing, context.messages.fail, words=f"已撤销：{undo.label}")


def _nothing(_value: Any) -> None:
    """The notice says it all."""
