"""What each reason and confirmation of the card is about: changed, they do not go along."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from app.domain.ages import read_birth
from app.domain.visits import read_clock
from app.ui.widgets.bound import BoundWords
from app.ui.widgets.day_field import understood

if TYPE_CHECKING:
    from app.ui.intake.form import IntakeForm

_CHILD = ("name", "born_on")
_ADULTS = ("bringer", "relation", "second", "second_relation", "other", "other_relation")
SUBJECTS = {
    "age_reason": (*_CHILD, "class"),
    "same_reason": (*_CHILD, "phone", "second_phone", "other_phone"),
    "allergy_reason": (*_CHILD, "allergy", "allergens"),
    "collect_reason": (*_CHILD, *_ADULTS, "collectors"),
    "capacity_reason": (*_CHILD, "class", "tariff", "promised"),
    "health_reason": (*_CHILD, "temperature", "check", "check_note"),
    "identity_number": ("bringer",),
}


class IntakeBonds:
    """Follows the form. The identity card that was looked at is the one of who stands there."""

    def __init__(self, form: "IntakeForm") -> None:
        self._form = form
        self._words = [BoundWords(form.lines[name], self._about(name)) for name in SUBJECTS]
        self._bringer = self._value("bringer")

    def begin(self) -> None:
        """Another card."""
        for one in self._words:
            one.begin()
        self._bringer = self._value("bringer")

    def follow(self) -> bool:
        """Something was typed or answered; whether 已核 was taken back: another person has come."""
        for one in self._words:
            one.follow()
        before, self._bringer = self._bringer, self._value("bringer")
        seen = self._form.answers["identity"]
        if not before or self._bringer == before or seen.value() != "seen":
            return False
        seen.set_value("none")
        return True

    def _about(self, name: str) -> Callable[[], Hashable]:
        def subject() -> Hashable:
            if "class" in SUBJECTS[name] and not self._form.answers["class"].value():
                return None  # the classes are being worked out
            return tuple(self._value(field) for field in SUBJECTS[name])

        return subject

    def _value(self, field: str) -> str:
        """A field as it is understood: tidied up, it is the same."""
        form = self._form
        if field == "collectors":
            return " ".join(form.collectors.values())
        if field in form.answers:
            return form.answers[field].value()
        text = form.lines[field].text().strip()
        if field == "born_on":
            return str(understood(text, read_birth) or text)
        if field == "promised":
            return str(read_clock(text) or text)
        if field == "temperature" or field.endswith("phone"):
            return "".join(sign for sign in text if sign.isalnum())
        return text
