"""口令: each person sets or changes her own; the director takes a forgotten one back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.ids import StaffId
from app.domain.staff import Role
from app.services.pins import Holder, vouching
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.fields import Field
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.second_person import SecondPerson, secret

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services


class PinSheet(FormSheet):
    """For who is signed in; the director also chooses whose PIN is to be forgotten."""

    def __init__(self, context: RoomContext, host: QWidget, holders: Sequence[Holder]) -> None:
        super().__init__(context, host, "pins", f"{context.actor.name}的口令", "保存")
        own = next((one for one in holders if one.actor.id == context.actor.id), None)
        self._has_pin = own is not None and own.has_pin
        self.form.addWidget(
            label(
                self.tr(
                    "口令是 4 到 6 位数字。别人在同一台电脑上办需要两个人的事时，由您本人选名字、输口令。"
                ),
                "muted",
                wrap=True,
            )
        )
        old = self._secret("old", self.tr("现在的口令"))
        self.add_row(old)
        old.setVisible(self._has_pin)
        self.add_row(self._secret("new", self.tr("新口令")), self._secret("again", self.tr("再输一次")))
        heads = vouching(holders, context.actor)
        self.vouching = SecondPerson(
            context.theme, "pins.director", self.tr("园长确认：第一次设自己的口令，要园长在场输园长的口令"),
            heads, practice=context.practice,
        )  # fmt: skip
        self.vouching.entered.connect(self.keep.setFocus)
        self.form.addWidget(self.vouching)
        self.vouching.setVisible(bool(heads))
        others = [one for one in holders if one.has_pin and one.actor.id != context.actor.id]
        forgot = self.tr("忘了口令的同事（选了就重设，本人再设新的）")
        names = [(str(one.actor.id), one.actor.name) for one in others]
        self.whose = self.choice("reset", forgot, names, kind="segment")
        reset = self.labelled(forgot, self.whose)
        self.form.addWidget(reset)
        reset.setVisible(context.actor.role is Role.DIRECTOR and bool(others) and self._has_pin)
        self.fields["pin"] = self.fields["old" if self._has_pin else "new"]

    def focus_first(self) -> None:
        """The first line that is shown."""
        self.fit()
        self.fields["pin"].edit.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Keep a new PIN, or take the chosen colleague's back."""
        actor, old, new = self.context.actor, self.text("old"), self.text("new")
        whose = self.whose.value()
        if whose and new:
            self.say(self.tr("重设别人的口令时，新口令请留空。"), "new")
            return
        if not whose and new != self.text("again"):
            self.say(self.tr("两次输的口令不一样，请再输一次。"), "again")
            return
        vouched = self.vouching.isVisibleTo(self)
        if vouched and (lacking := self.vouching.lacking()):
            self.say(lacking)
            self.vouching.pin.edit.setFocus(Qt.FocusReason.TabFocusReason)
            return
        head = self.vouching.second() if vouched else None

        def verb(services: "Services") -> "Done[None]":
            if whose:
                return services.pins.reset(actor, old, StaffId(int(whose)))
            return services.pins.choose(actor, new, old, head)

        words = self.tr("已重设，请本人再设一个。") if whose else self.tr("口令已保存。")
        self.submit(verb, words=words)

    def _secret(self, key: str, text: str) -> Field:
        return secret(self.add_field(key, text))


def open_pins(context: RoomContext) -> None:
    """Read who has a PIN and lay the sheet over the window."""
    actor, host = context.actor, context.host

    def show(holders: tuple[Holder, ...]) -> None:
        if host is not None and host.isEnabled():
            PinSheet(context, host, holders).present()

    context.ask(lambda s: s.pins.holders(actor), show)
