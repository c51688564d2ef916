"""A form that a second person confirms with her name and PIN."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.domain.staff import Permission
from app.services.pins import Holder
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.second_person import SecondPerson, secret


class ConfirmedSheet(FormSheet):
    """Call ``add_second`` where she has her place in the form, and ``confirmed`` before acting."""

    second: SecondPerson

    def add_second(self, title: str, holders: Sequence[Holder]) -> None:
        """Who confirms, as the next row; Enter after the PIN goes to the button that keeps."""
        self.second = SecondPerson(
            self.context.theme, self._name, title, holders, practice=self.context.practice
        )
        self.second.entered.connect(self._on_second_entered)
        self.form.addWidget(self.second)

    def add_own_pin(self, needed: Permission = Permission.RELEASE_EXCEPTION) -> None:
        """A line for the PIN of who is signed in, where the right is hers: the sign-in asks none."""
        if self.context.actor.may(needed):
            words = self.tr("{name}本人的口令（确认的不是园长时）").format(name=self.context.actor.name)
            self.form.addWidget(secret(self.add_field("own_pin", words)))
            self.fields["own_pin"].entered.connect(self.keep.setFocus)

    def own_pin(self) -> str:
        """What was typed there; empty where nothing is asked."""
        return self.text("own_pin") if "own_pin" in self.fields else ""

    def confirmed(self) -> bool:
        """Whether a name and a PIN stand there; else it is said what is missing."""
        lacking = self.second.lacking()
        if lacking:
            self.say(lacking)
            (self.second.pin.edit if self.second.chosen else self.second.who).setFocus()
        return not lacking

    def failed(self, error: BaseException) -> None:
        """A wrong PIN is typed again; all else stands."""
        super().failed(error)
        if getattr(error, "field", None) in {"pin", "second"} and not self.gone:
            self.second.clear_pin()
        if getattr(error, "field", None) == "own_pin" and not self.gone:
            self.fields["own_pin"].edit.clear()

    def _on_second_entered(self) -> None:
        own = self.fields.get("own_pin")
        (self.keep if own is None else own.edit).setFocus(Qt.FocusReason.TabFocusReason)
