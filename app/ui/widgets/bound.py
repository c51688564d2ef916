"""What was said of one subject holds for no other: a reason for one name, a look at one identity card.

A subject is whatever the words were about, as it stands in the form: a name and a birth date, who is chosen,
which class. ``None`` says that nobody is named yet (or not known at this moment): it takes nothing away, and
what was said before anybody was named belongs to who is named next.
"""

from collections.abc import Callable, Hashable, Iterable

from PySide6.QtWidgets import QAbstractButton, QLineEdit


class BoundWords:
    """A reason in a line. It goes when its subject does, and comes back with it."""

    def __init__(self, line: QLineEdit, subject: Callable[[], Hashable]) -> None:
        self._line, self._subject = line, subject
        self._kept: dict[Hashable, str] = {}
        self._of = subject()

    def begin(self) -> None:
        """Another form stands there: its words are about its own subject."""
        self._kept.clear()
        self._of = self._subject()

    def follow(self) -> bool:
        """The form has changed; whether other words stand in the line now."""
        now, words = self._subject(), self._line.text()
        if now is None or now == self._of:
            return False
        before, self._of = self._of, now
        if before is None:
            return False
        if words.strip():
            self._kept[before] = words
        back = self._kept.pop(now, "")
        if back == words:
            return False
        self._line.setText(back)
        return True


class BoundTicks:
    """Confirmations by button: another subject has to be looked at anew."""

    def __init__(self, ticks: Iterable[QAbstractButton], subject: Callable[[], Hashable]) -> None:
        self._ticks, self._subject = tuple(ticks), subject
        self._of = subject()

    def begin(self) -> None:
        """Another form stands there."""
        self._of = self._subject()

    def follow(self) -> bool:
        """The form has changed; whether a confirmation has gone."""
        now = self._subject()
        if now is None or now == self._of:
            return False
        before, self._of = self._of, now
        lit = [one for one in self._ticks if one.isChecked()] if before is not None else []
        for one in lit:
            one.setChecked(False)
        return bool(lit)


class BoundSecrets:
    """PINs typed for what stood there: somebody else or something else is confirmed anew."""

    def __init__(self, lines: Iterable[QLineEdit], subject: Callable[[], Hashable]) -> None:
        self._lines, self._subject = tuple(lines), subject
        self._of = subject()

    def follow(self) -> bool:
        """The form has changed; whether a PIN has gone."""
        now = self._subject()
        if now is None or now == self._of:
            return False
        before, self._of = self._of, now
        typed = [one for one in self._lines if one.text()] if before is not None else []
        for one in typed:
            one.clear()
        return bool(typed)
