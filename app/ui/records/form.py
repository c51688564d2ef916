"""A form made of field descriptions: each says why it is asked; Enter walks; problems stand below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.looks import Tone
from app.domain.record_fields import BARRING_FIELDS, FieldSpec, Kind, Need, check_day, spec_of
from app.services.record_cards import FieldValue
from app.ui import taborder
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.day_field import DayField, Reader, birth_reader
from app.ui.widgets.fields import Field, Labelled

LEGEND = "带 * 的必填；标“按规定”的，规章要求有；其余选填。"
_YES = (("1", "是"), ("", "否"))
# Asked only where another field has this answer; hidden otherwise, and then empty.
_ONLY_IF = {
    "allergens": ("allergy", {"has"}),
    "allergy_told": ("allergy", {"has", "none"}),  # somebody must have said so
    **dict.fromkeys(BARRING_FIELDS, ("barred", {"1"})),
}
_TOUCH = 44  # pixels: what a finger hits
_WIDE = {"note", "address", "diet", "chronic", "allergens"}


class FieldForm(QWidget):
    """Fields in two columns (one where it is narrow). Knows texts; decides nothing."""

    edited = Signal()

    def __init__(
        self, context: RoomContext, prefix: str, values: Sequence[FieldValue], title: str = ""
    ) -> None:
        super().__init__()
        theme = context.theme
        self._theme, self._clock, self._prefix = theme, context.clock, prefix
        self._parts: dict[str, Labelled] = {}
        self._before: dict[str, str] = {}
        self._wide: set[str] = set()
        self._title = label(title, "h2")
        if not title:
            self._title.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.metrics.s4)
        self._grid.setVerticalSpacing(theme.metrics.s3)
        for value in values:
            part = self._make(value)
            self._parts[value.spec.name] = part
            self._before[value.spec.name] = value.text
            wide = value.spec.name in _WIDE or len(value.spec.choices) > 3
            if wide:
                self._wide.add(value.spec.name)
        self._columns = 0
        self.arrange(2)
        self._ask()

    def arrange(self, columns: int) -> None:
        """Lay the fields out in so many columns."""
        if columns == self._columns:
            return
        self._columns = columns
        row = column = 0
        self._grid.addWidget(self._title, 0, 0, 1, columns)
        row = 1
        for name, part in self._parts.items():
            wide = name in self._wide or columns == 1
            if wide and column:
                row, column = row + 1, 0
            top = Qt.AlignmentFlag.AlignTop  # what stands below a field moves no label
            self._grid.addWidget(part, row, column, 1, columns if wide else 1, top)
            column += columns if wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def texts(self) -> dict[str, str]:
        """What stands in every field."""
        return {name: self._text(part) if self._asked(name) else "" for name, part in self._parts.items()}

    def changed(self) -> dict[str, str]:
        """What was changed by hand."""
        return {name: text for name, text in self.texts().items() if text != self._before[name]}

    def put(self, name: str, text: str) -> None:
        """Put a text into a field, as a person would."""
        part = self._parts[name]
        if isinstance(part, Field):
            part.set_text(text)
        elif isinstance(part.widget, Segmented):
            part.widget.set_value(text)
        self._ask()

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put texts of a draft into their fields; of a field that is asked no more nothing is left."""
        for name, text in texts.items():
            if name in self._parts:
                self.put(name, text)

    def show_problem(self, name: str, sentence: str) -> bool:
        """Say what is wrong with a field and go there; False for a field it does not have."""
        self.clear_problems()
        part = self._parts.get(name)
        if part is None:
            return False
        part.show_problem(sentence, Tone.BAD)
        part.setFocus()
        return True

    def clear_problems(self) -> None:
        """Nothing is wrong any more."""
        for part in self._parts.values():
            if part.problem:
                part.show_problem("")

    def focus_first(self, name: str = "") -> None:
        """Go to a field, or to the first."""
        part = self._parts.get(name) or next(iter(self._parts.values()))
        part.setFocus()

    def _make(self, value: FieldValue) -> Labelled:
        spec, name = value.spec, f"{self._prefix}.{value.spec.name}"
        words = marked(spec)
        if spec.kind in {Kind.CHOICE, Kind.YES}:
            choices = _YES if spec.kind is Kind.YES else spec.choices
            row = Segmented(self._theme, name, spec.label, choices, wrap=True, stretch=False, kind="segment")
            row.set_value(value.text)
            for choice, _ in choices:
                row.button(choice).setMinimumWidth(_TOUCH)
            row.chosen.connect(self._on_edited)
            row.walked_on.connect(self._on_entered)
            return Labelled(self._theme, words, row)
        hint = placeholder(value)
        if spec.kind is Kind.DATE:
            made: Field = DayField(self._theme, name, words, self._reader(spec), placeholder=hint)
        else:
            made = Field(self._theme, name, words, placeholder=hint)
        made.set_text(value.text)
        made.edited.connect(self._on_edited)
        made.entered.connect(self._on_entered)
        return made

    def _reader(self, spec: FieldSpec) -> Reader:
        """The rule by which the services read it."""
        clock = self._clock
        if spec == spec_of("child", "born_on"):
            return birth_reader(clock)
        return lambda text: check_day(spec, text, clock().date())

    def _text(self, part: Labelled) -> str:
        if isinstance(part, Field):
            return part.text()
        return part.widget.value() if isinstance(part.widget, Segmented) else ""

    def _asked(self, name: str) -> bool:
        """Whether a field is asked as the others stand."""
        other, answers = _ONLY_IF.get(name, ("", set[str]()))
        return other not in self._parts or self._text(self._parts[other]) in answers

    def _ask(self) -> None:
        for name in _ONLY_IF:
            if name in self._parts:
                self._parts[name].setVisible(self._asked(name))

    def _on_edited(self) -> None:
        self._ask()
        self.edited.emit()

    def _on_entered(self) -> None:
        taborder.step(self, forward=True)


def marked(spec: FieldSpec) -> str:
    """The label with why the field is asked: ``姓名 *``, ``性别 · 按规定``, ``小名``."""
    if spec.need is Need.REQUIRED:
        return f"{spec.label} *"
    return f"{spec.label} · {spec.need.label}" if spec.need is Need.LAW else spec.label


def placeholder(value: FieldValue) -> str:
    """What an empty field says: that a number is on file, or an example."""
    masked = value.shown and not value.text
    return f"已登记 {value.shown}，不改就留空" if masked else value.spec.hint
