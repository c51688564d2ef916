"""The director's PIN while the centre is made: signing in is choosing a name, and hers opens every door."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.pins import check_pin
from app.domain.staff import Role
from app.services.setup import StaffPlan
from app.ui.theme import Theme
from app.ui.widgets.basic import label, mark
from app.ui.widgets.fields import Field

_LONGEST = 12


class _Pair(QWidget):
    """The PIN of one director, and the same once more."""

    edited = Signal()

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        base = "welcome.pin" if number == 1 else f"welcome.pin.{number}"
        self.pin, self.again = _secret(theme, base, ""), _secret(theme, f"{base}_again", "再输一次")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.metrics.s3)
        for field in (self.pin, self.again):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            field.edited.connect(lambda _text: self._on_edited())

    def name(self, who: str) -> None:
        """Say whose it is."""
        director = Role.DIRECTOR.label
        words = f"{who}（{director}）" if who and who != director else director
        words += "的口令，4–6 位数字"
        self.pin.set_label(words)
        self.pin.edit.setAccessibleName(words)
        self.again.edit.setAccessibleName(f"{who or '园长'}的口令，再输一次")

    def problem(self) -> bool:
        """Say what is wrong with what was typed; nothing typed is not wrong."""
        pin, again = self.pin.text(), self.again.text()
        if not (pin or again):
            return False
        try:
            check_pin(pin)
        except RuleError as error:
            self._blame(self.pin, error.sentence)
            return True
        if pin != again:
            self._blame(self.again, "两次输的口令不一样，请再输一次。")
            return True
        return False

    def _blame(self, field: Field, sentence: str) -> None:
        field.show_problem(sentence)
        field.edit.setFocus(Qt.FocusReason.TabFocusReason)
        field.edit.selectAll()

    def _on_edited(self) -> None:
        for field in (self.pin, self.again):
            field.show_problem("")
        self.edited.emit()


class DirectorPins(QWidget):
    """A pair of lines for each director. Without a PIN one goes on only at the second word."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._names: tuple[str, ...] = ()
        self._pairs: list[_Pair] = []
        self._insisted = False
        self._hint = label("", "small", wrap=True)
        self._hint.setObjectName("welcome.pin_words")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.metrics.s1)
        self._column.addWidget(self._hint)

    def show_staff(self, staff: Sequence[StaffPlan]) -> None:
        """Offer lines for those who are directors now; what was typed for one stays hers."""
        names = tuple(one.name.strip() for one in staff if one.role is Role.DIRECTOR)
        if len(names) != len(self._pairs):
            typed = dict(zip(self._names, self._pairs, strict=True))
            held = {name: (typed[name].pin.text(), typed[name].again.text()) for name in typed}
            self._insisted = False
            self._build(len(names))
            for name, pair in zip(names, self._pairs, strict=True):
                pin, again = held.pop(name, ("", ""))
                pair.pin.set_text(pin)
                pair.again.set_text(again)
        for name, pair in zip(names, self._pairs, strict=True):
            pair.name(name)
        self._names = names
        self._say()

    def with_pins(self, staff: Sequence[StaffPlan]) -> tuple[StaffPlan, ...]:
        """The plans with what the directors have chosen."""
        pins = iter([pair.pin.text() for pair in self._pairs])
        return tuple(replace(one, pin=next(pins, "")) if one.role is Role.DIRECTOR else one for one in staff)

    def lacking(self) -> tuple[str, ...]:
        """The directors who have chosen none."""
        return tuple(
            name or "园长" for name, pair in zip(self._names, self._pairs, strict=True) if not pair.pin.text()
        )

    def may_go_on(self) -> bool:
        """Whether all is well here; else it is said, and going on once more leaves an empty one for later."""
        if any(pair.problem() for pair in self._pairs):
            return False
        if not self.lacking() or self._insisted:
            return True
        self._insisted = True
        self._say()
        empty = next(pair for pair in self._pairs if not pair.pin.text())
        empty.pin.edit.setFocus(Qt.FocusReason.TabFocusReason)
        return False

    def walk(self, held: QWidget | None) -> bool:
        """From one of these lines to the next; False where none follows, or nothing stands in it."""
        lines = [field.edit for pair in self._pairs for field in (pair.pin, pair.again)]
        at = next((at for at, line in enumerate(lines) if line is held), len(lines))
        if at + 1 >= len(lines) or not lines[at].text():
            return False
        lines[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def blame(self, sentence: str) -> None:
        """A PIN was refused after all."""
        if self._pairs:
            self._pairs[0].pin.show_problem(sentence)

    def _build(self, count: int) -> None:
        for pair in self._pairs:
            self._column.removeWidget(pair)
            pair.hide()
            pair.deleteLater()
        self._pairs = [_Pair(self._theme, number) for number in range(1, count + 1)]
        for at, pair in enumerate(self._pairs):
            pair.edited.connect(self._on_edited)
            self._column.insertWidget(at, pair)

    def _on_edited(self) -> None:
        self._insisted = False
        self._say()

    def _say(self) -> None:
        lacking = "、".join(self.lacking())
        words = ""
        if lacking and self._insisted:
            words = f"还没有设口令。{meaning(lacking)}确定先不设，请再按一次“下一步”。"
        elif lacking:
            words = "登录只要选名字；看受限的档案、放行这些事要输口令。请园长本人现在设好。"
        self._hint.setText(words)
        mark(self._hint, role="warning" if self._insisted else "small")
        self._hint.setVisible(bool(words))


def meaning(names: str) -> str:
    """What it means to begin without a PIN."""
    return (
        f"先不设，就等以后第一次用到时再定；在那之前，谁登录时选了{names}的名字，就能当园长用，"
        "也能替她定口令。"
    )


def _secret(theme: Theme, name: str, text: str) -> Field:
    field = Field(theme, name, text)
    field.edit.setEchoMode(QLineEdit.EchoMode.Password)
    field.edit.setMaxLength(_LONGEST)
    field.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return field
