"""A form that a second person confirms with her name and PIN."""

from collections.abc import Sequence

from app.services.pins import Holder
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.second_person import SecondPerson


class ConfirmedSheet(FormSheet):
    """Call ``add_second`` where she has her place in the form, and ``confirmed`` before acting."""

    second: SecondPerson

    def add_second(self, title: str, holders: Sequence[Holder]) -> None:
        """Who confirms, as the next row; Enter after the PIN goes to the button that keeps."""
        self.second = SecondPerson(
            self.context.theme, self._name, title, holders, practice=self.context.practice
        )
        self.second.entered.connect(self.keep.setFocus)
        self.form.addWidget(self.second)

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
