"""One line of a register over the window: its form is made of the columns of the table."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.ids import ClassId
from app.domain.registers import ColumnSpec, RegisterSpec, read_moment
from app.domain.typed_days import Direction
from app.services.health_people import Choices
from app.services.registers import Entry, Filled
from app.ui.health.child_picker import LetterPicker
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.day_field import full_text
from app.ui.widgets.fields import Field
from app.ui.widgets.form_sheet import FormSheet

_IN_A_ROW = 3
_WIDE = {"long", "text", "choice", "many", "child", "staff"}
_PLACEHOLDERS = {"day": "如 今天、12-3", "time": "如 8:10", "moment": "如 12-3 11:40", "number": ""}


class RegisterSheet(FormSheet):
    """Filled in already with what is usual: Ctrl+Enter keeps it."""

    WIDE = 820

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        spec: RegisterSpec,
        people: Choices,
        presets: Mapping[str, str],
        group: ClassId | None,
        entry: Entry | None = None,
    ) -> None:
        super().__init__(context, host, "register", spec.name, "记下" if entry is None else "保存更正")
        self._spec, self._entry, self._group = spec, entry, group
        self._lines: dict[str, Field] = {}
        self._choices: dict[str, Segmented] = {}
        self._child: LetterPicker | None = None
        if spec.hint:
            self.form.addWidget(label(spec.hint, "muted", wrap=True))
        self.day = self.add_day("day", "日期", Direction.PAST, "如 今天、12-3")
        self.day.set_text(context.clock().date().isoformat() if entry is None else entry.told.day.isoformat())
        short: list[QWidget] = [self.day]
        if spec.by_class:
            pairs = [(str(one.id), one.name) for one in people.classes]
            self._choices["class_id"] = self.choice("class_id", "班级", pairs, str(group or ""))
            self.row(self.day, self.labelled("班级", self._choices["class_id"]), stretches=(1, 3))
            short = []
        for column in spec.asked:
            made = self._make(column, people, presets.get(column.name, ""))
            if column.kind in _WIDE:
                if len(short) == 1 and column.kind != "long":
                    line = self.row(short.pop(), made, stretches=(1, 2))
                    line.setAlignment(Qt.AlignmentFlag.AlignTop)
                    continue
                short = self._flush(short)
                self.form.addWidget(made)
            else:
                short.append(made)
                short = self._flush(short) if len(short) == _IN_A_ROW else short
        self._flush(short)
        self.form.addStretch(1)
        if entry is not None:
            self._show(entry)

    def _flush(self, short: list[QWidget]) -> list[QWidget]:
        if short:
            self.row(*short)
        return []

    def _make(self, column: ColumnSpec, people: Choices, preset: str) -> QWidget:
        words = f"{column.label}（{column.unit}）" if column.unit else column.label
        words = f"{words} *" if column.required else words
        if column.kind == "child":
            self._child = LetterPicker(self.context.theme, f"register.{column.name}", words, people.children)
            self._child.walked_on.connect(self.focusNextChild)
            self._child.offered.connect(self.fit)
            self.stops[column.name] = self._child.field.edit
            return self._child
        if column.kind in {"choice", "many"}:
            pairs = [(one, one) for one in column.choices]
            made = self.choice(column.name, words, pairs, preset, many=column.kind == "many")
            self._choices[column.name] = made
            return self.labelled(words, made)
        line = self._line(column, words)
        line.edit.setMaxLength(1000 if column.kind == "long" else 200)
        line.set_text(preset)
        self._lines[column.name] = line
        return line

    def _line(self, column: ColumnSpec, words: str) -> Field:
        hint, clock = _PLACEHOLDERS.get(column.kind, ""), self.context.clock
        if column.kind == "day":
            return self.add_day(column.name, words, Direction.NEAR, hint)
        if column.kind == "moment":
            return self.add_day(
                column.name, words, lambda text: read_moment(column, text, clock().date()), hint
            )
        return self.add_field(column.name, words, hint)

    def _show(self, entry: Entry) -> None:
        for name, line in self._lines.items():
            line.set_text(entry.answer(name))
        for name, choice in self._choices.items():
            if name == "class_id":
                choice.set_value(str(entry.told.class_id or ""))
            else:
                choice.set_values(tuple(entry.answer(name).split("、")))
        if self._child is not None:
            self._child.choose(entry.told.child)

    def focus_first(self) -> None:
        """To the first needed line that is empty; where there is none 记下 is one key away."""
        super().focus_first()
        needed = [one.name for one in self._spec.asked if one.required]
        if self._child is not None and self._child.child is None:
            self._child.setFocus()
            return
        empty = (self._lines[name] for name in needed if name in self._lines and not self._lines[name].text())
        first = next(empty, None)
        if first is not None:
            first.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """记下."""
        answers = {name: full_text(line) for name, line in self._lines.items()}
        answers |= {
            name: "、".join(one.values()) for name, one in self._choices.items() if name != "class_id"
        }
        place = self._choices.get("class_id")
        group = ClassId(int(place.value())) if place is not None and place.value() else None
        child = None if self._child is None else self._child.child
        filled = Filled(self.day.full_text(), answers, group, child)
        actor, key = self.context.actor, self._spec.key
        # A line out of a fever's steps has no number of its own: what is added to it is a line by hand.
        replaces = None if self._entry is None or self._entry.id < 0 else self._entry.id
        self.submit(lambda s: s.health.registers.keep(actor, key, filled, replaces))
