"""规则: every value the centre sets for itself, from a day on."""

from PySide6.QtCore import Slot

from app.domain.typed_days import Direction
from app.services.rule_settings import RuleLine
from app.ui.rooms import RoomContext
from app.ui.settings.list_page import ListPage
from app.ui.widgets.basic import label
from app.ui.widgets.fields import Field
from app.ui.widgets.records import Record
from app.ui.widgets.word_table import WordTable

_STEPS = 6  # values of one rule that are shown


class RulePage(ListPage):
    """The rules, and the one that is lit."""

    key, name, logged = "rules", "规则", "rule"
    typed_over = True

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        theme = context.theme
        self._lines: tuple[RuleLine, ...] = ()
        self._note, self._source = label("", "muted", wrap=True), label("", "small", wrap=True)
        self.value = Field(theme, "settings.rules.value", "多少", required=True)
        self.since = self.day_field(
            "settings.rules.since", "生效日", Direction.COMING, "如 2026-01-01", "valid_from"
        )
        self.steps = WordTable(theme, "settings.rules.steps", ("哪天起", "多少", ""))
        self.form.addWidget(self._note)
        self.lay_fields((("value", self.value), ("valid_from", self.since)))
        self.form.addWidget(self._source)
        self.form.addWidget(self.steps)
        self.save_button()
        self.undo_button()
        self.value.entered.connect(self._on_value_entered)
        self.since.entered.connect(self.save_lit)

    def first(self, *, new: bool) -> Field:
        """The value: no rule is new."""
        del new
        return self.value

    def refresh(self) -> None:
        """Read the rules again."""
        actor = self.context.actor
        self.show_rights()
        self.context.ask(lambda s: s.manage.rules.view(actor), self._show)

    def _show(self, lines: tuple[RuleLine, ...]) -> None:
        self._lines = lines
        self.list.show_records([_record(line) for line in lines])

    def _line(self) -> RuleLine | None:
        return next((line for line in self._lines if line.spec.name == self.list.key()), None)

    def show_lit(self) -> bool:
        """Show the rule that is lit."""
        line = self._line()
        if line is None:
            return False
        spec = line.spec
        self._head.setText(spec.label)
        self._note.setText(spec.note)
        self._note.setVisible(bool(spec.note))
        source = f"依据：{spec.source}。" if spec.source else "国家没有统一规定，由本中心自定。"
        self._source.setText(f"可填 {line.bounds}，默认 {line.default_words}。{source}")
        self.value.set_label(
            "几点（时:分）" if spec.kind == "clock" else f"多少（{spec.unit}）" if spec.unit else "多少"
        )
        self.value.set_text(line.typed)
        self.since.set_text(self.today.isoformat())
        rows = [(f"{day:%Y-%m-%d}", words, state) for day, words, state in line.steps[:_STEPS]]
        self.steps.show_rows(rows or [("—", line.words, "默认")])
        self.read_history(line.key)
        return True

    @Slot()
    def _on_value_entered(self) -> None:
        self.since.edit.setFocus()
        self.since.edit.selectAll()

    @Slot()
    def save_lit(self) -> None:
        """Let it hold from that day on."""
        actor, line, typed = self.context.actor, self._line(), self.value.text()
        day = self.typed_day(self.since)
        if line is not None and day is not None:
            name, label_ = line.spec.name, line.spec.label
            self.act(
                lambda s: s.manage.rules.set_rule(actor, name, typed, day),
                words=f"{label_} 从 {day:%Y-%m-%d} 起改了。",
            )


def _record(line: RuleLine) -> Record:
    spec = line.spec
    words = f"{spec.group} · {spec.source or spec.note or '本中心自定'}"
    return Record(spec.name, spec.label, words, (line.chip,))
