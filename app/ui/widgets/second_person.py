"""A second person at the same screen: chooses a name and types a PIN.

Who is signed in herself may choose her first one here, typed twice. Of anybody else none is chosen here, or
who sits at the screen would be both persons.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.pins import Holder, Second, unable_words
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Field, Labelled

_LONGEST = 12
_PRACTICE = "练习园的口令：周敏 5927，林晓 3816，许静 7043。"


class SecondPerson(QWidget):
    """Names to choose from, and the PIN. ``name`` is the prefix of the object names.

    ``own`` says that who types is signed in herself: then her first PIN may be chosen here.
    """

    entered = Signal()  # Enter on the last line

    def __init__(
        self,
        theme: Theme,
        name: str,
        title: str,
        holders: Sequence[Holder],
        *,
        practice: bool = False,
        own: bool = False,
    ) -> None:
        super().__init__()
        self._own = own
        self._practice = practice
        self._holders = {str(one.actor.id): one for one in holders}
        choices = [  # of a teacher the class alone: it is by it that one finds her among fourteen
            (key, f"{one.actor.name} · {one.actor.post.split(' · ')[0]}")
            for key, one in self._holders.items()
        ]
        self.who = Segmented(theme, f"{name}.second", title, choices, kind="choice", wrap=True, stretch=False)
        self.pin = secret(Field(theme, f"{name}.pin", self.tr("口令")))
        self.again = secret(Field(theme, f"{name}.pin_again", self.tr("再输一次")))
        self._hint = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s2)
        self.names = Labelled(theme, title, self.who)
        column.addWidget(self.names)
        row = QHBoxLayout()
        row.setSpacing(theme.metrics.s3)
        row.addWidget(self.pin, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.again, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._hint)
        self.who.chosen.connect(self._on_chosen)
        self.who.walked_on.connect(self.pin.edit.setFocus)
        self.pin.entered.connect(self._on_pin_entered)
        self.again.entered.connect(self.entered)
        if len(self._holders) == 1:
            self.who.set_value(next(iter(self._holders)))
        self._show_chosen()

    @property
    def chosen(self) -> Holder | None:
        """Who was chosen."""
        return self._holders.get(self.who.value())

    def second(self) -> Second | None:
        """Who confirms, with the PIN as typed; None while nobody is chosen."""
        chosen = self.chosen
        return None if chosen is None else Second(chosen.actor.id, self.pin.text())

    def first_pin(self) -> str | None:
        """Her first PIN, if it is being chosen here."""
        chosen = self.chosen
        return self.pin.text() if self._own and chosen is not None and not chosen.has_pin else None

    def lacking(self) -> str:
        """What is missing, in a sentence; empty when it can be asked."""
        chosen = self.chosen
        if chosen is None:
            return self.tr("请另一位同事选自己的名字，再输口令。")
        if refused := self._refusal(chosen):
            return refused
        if not self.pin.text():
            return self.tr("请{name}输口令。").format(name=chosen.actor.name)
        if not chosen.has_pin and self.pin.text() != self.again.text():
            return self.tr("两次输的口令不一样，请再输一次。")
        return ""

    def clear_pin(self) -> None:
        """After a wrong one."""
        self.pin.edit.clear()
        self.again.edit.clear()
        self.pin.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def mark_kept(self) -> None:
        """The first PIN was kept: from now on it is asked for."""
        chosen = self.chosen
        if chosen is not None:
            self._holders[str(chosen.actor.id)] = Holder(chosen.actor, has_pin=True)
            self._show_chosen()

    @property
    def can_confirm(self) -> bool:
        """Whether anybody offered can confirm as things stand."""
        return any(not self._refusal(one) for one in self._holders.values())

    def _refusal(self, chosen: Holder) -> str:
        """Why somebody cannot confirm here, and what she does about it."""
        return "" if self._own else unable_words(chosen)

    def _on_chosen(self, _value: str) -> None:
        self.pin.edit.clear()
        self.again.edit.clear()
        self._show_chosen()
        self.pin.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_pin_entered(self) -> None:
        if self.again.isHidden():
            self.entered.emit()
        else:
            self.again.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_chosen(self) -> None:
        chosen = self.chosen
        new = self.first_pin() is not None
        self.again.setVisible(new)
        self.pin.set_label(self.tr("设一个口令（4–6 位数字）") if new else self.tr("口令"))
        words = ""
        if new and chosen is not None:
            words = self.tr("{name}还没有口令：请本人现在设一个，以后确认都用它。").format(
                name=chosen.actor.name
            )
        elif chosen is not None and (refused := self._refusal(chosen)):
            words = refused
        elif not self._holders:
            words = self.tr("今天没有能确认的同事。")
        elif not self.can_confirm:
            words = self.tr(
                "这些同事都还没有自己的口令，现在没人能确认。请其中一位本人登录，在“设置—本机”设好口令。"
            )
        elif self._practice:
            words = _PRACTICE
        self._hint.setText(words)
        self._hint.setVisible(bool(words))


def secret(field: Field) -> Field:
    """A line for a PIN: dots, digits, and nothing kept by the keyboard of the screen."""
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    field.edit.setMaxLength(_LONGEST)
    field.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return field
