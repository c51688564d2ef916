"""A second person at the same screen, for papers of health: a PIN, and sometimes a reason."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.ids import StaffId
from app.domain.staff import Permission
from app.services.pins import Holder, Second
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.confirmed_sheet import ConfirmedSheet

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

Verb = Callable[["Services", Second | None, str, str], "Done[Any]"]  # services, second, reason, own PIN


class SigningSheet(ConfirmedSheet):
    """Asks for a second person; ``reason`` asks for words, too. ``verb`` is what she confirms.

    She is another than ``first``, who is signed in unless told. Where the act ``needs`` a right that is the
    actor's, her own PIN is asked for, too.
    """

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        name: str,
        title: str,
        words: str,
        holders: Sequence[Holder],
        verb: Verb,
        *,
        reason: str = "",
        keep: str = "签字",
        first: StaffId | None = None,
        needs: Permission | None = None,
    ) -> None:
        super().__init__(context, host, name, title, keep)
        self._verb, self._asks = verb, reason
        self.form.addWidget(label(words, "muted", wrap=True))
        if reason:
            self.form.addWidget(self.add_field("reason", reason, required=True))
        others = [one for one in holders if one.actor.id != (first or context.actor.id)]
        self.add_second("确认的同事", others)
        if needs is not None:
            self.add_own_pin(needs)

    def finish(self) -> None:
        """Say what is missing, or ask for it."""
        if self._asks and not self.text("reason"):
            self.say("请先写明理由。", "reason")
            return
        if not self.confirmed():
            return
        second, reason = self.second.second(), self.text("reason") if self._asks else ""
        own = self.own_pin()
        self.submit(lambda s: self._verb(s, second, reason, own))

    def failed(self, error: BaseException) -> None:
        """A wrong PIN is typed again; all else stands."""
        super().failed(error)
        if not self.gone and getattr(error, "field", None) not in {"pin", "second", *self.fields}:
            self.second.pin.edit.setFocus(Qt.FocusReason.TabFocusReason)


def open_signing(
    context: RoomContext,
    name: str,
    title: str,
    words: str,
    verb: Verb,
    *,
    reason: str = "",
    keep: str = "签字",
    first: StaffId | None = None,
    needs: Permission | None = None,
) -> None:
    """Read who has a PIN and lay the sheet over the window."""
    actor, host = context.actor, context.host

    def show(holders: tuple[Holder, ...]) -> None:
        if host is not None and host.isEnabled():
            sheet = SigningSheet(
                context, host, name, title, words, holders, verb,
                reason=reason, keep=keep, first=first, needs=needs,
            )  # fmt: skip
            sheet.present()

    context.ask(lambda s: s.pins.holders(actor), show)
