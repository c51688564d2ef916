"""Why each child may eat what names her allergy: chosen or typed for her before she joins the batch."""

import itertools
from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.domain.swaps import Way
from app.services.class_views import AllergyClash, Answer, Cleared
from app.ui.classroom.form import Choices
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fields import Field

_NONE, _OWN = "none", "own"
# What was done is asked, and not guessed from words: 来不及换餐 has a word of a change in it, too.
_REASONS = {
    "已换替餐": Way.SWAPPED,
    "已挑出来，没有吃": Way.PICKED,
    "配料逐样核对过，不含": Way.SAFE,
    "家长书面同意": Way.SAFE,
}
# All of them stand in one line.
_SHOWN = {"已挑出来，没有吃": "已挑出来", "配料逐样核对过，不含": "配料核对过"}


class ClearingRow(QWidget):
    """One child and her allergens. Nothing is chosen beforehand: then she is left out."""

    changed = Signal()
    walked_on = Signal()

    def __init__(self, theme: Theme, number: int, visit: VisitId, name: str, named: tuple[str, ...]) -> None:
        super().__init__()
        self.number, self.visit, self.named = number, visit, named
        self._name = name
        choices = [(_NONE, "先不记"), *((one, _SHOWN.get(one, one)) for one in _REASONS)]
        choices.append((_OWN, "可以吃，写原因…"))
        self._who = label("", "label", wrap=True)
        self.reasons = Choices(
            theme,
            f"classroom.clear.{number}",
            f"{name}过敏核对",
            choices,
            kind="choice",
            stretch=False,
            wrap=True,
        )
        self.own = Field(
            theme, f"classroom.clear_own.{number}", f"{name}可以吃的原因", placeholder="如 医生诊断已耐受"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s1)
        for widget in (self._who, self.reasons, self.own):
            column.addWidget(widget)
        self.reasons.chosen.connect(self._on_chosen)
        self.reasons.walked_on.connect(self.walked_on)
        self.own.edited.connect(lambda _text: self.changed.emit())
        self.own.entered.connect(self.walked_on)
        self.look_at(named)
        self.answer("")

    def look_at(self, named: tuple[str, ...]) -> None:
        """The food names these of her allergens: what was said of fewer is void."""
        more = not set(named) <= set(self.named)
        self.named = named
        self._who.setText(f"{self._name}　{'、'.join(named)}过敏")
        if more:
            self.answer("")

    def reason(self) -> str:
        """Why she may, or empty while nobody has said."""
        chosen = self.reasons.value()
        if chosen == _OWN:
            return self.own.text().strip()
        return "" if chosen == _NONE else chosen

    def way(self) -> str:
        """What was done: her own words are always about why she may eat it; empty while nobody has said."""
        return _REASONS.get(self.reason(), Way.SAFE).value if self.reason() else ""

    def answer(self, reason: str) -> None:
        """Show a reason, silently; an empty one leaves her out."""
        own = bool(reason) and reason not in _REASONS
        self.reasons.set_value(_OWN if own else reason or _NONE)
        self.own.set_text(reason if own else "")
        self.own.setVisible(own)

    def take_focus(self) -> None:
        """Where the reason is chosen."""
        self.reasons.setFocus(Qt.FocusReason.TabFocusReason)
        _bring(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Her own words have their line below the others: it may have to be scrolled to."""
        super().resizeEvent(event)
        if self.own.edit.hasFocus():
            _bring(self)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self.own.setVisible(value == _OWN)
        if value == _OWN:
            self.own.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()


class Clearing(QWidget):
    """A row for each child whose allergies the food names; a key gives one reason to those without any."""

    changed = Signal()
    keep_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looked: dict[VisitId, tuple[str, ...]] = {}
        self._asked: dict[VisitId, tuple[str, ...]] = {}
        self._names: dict[VisitId, str] = {}
        self._food = ""
        self.rows: list[ClearingRow] = []
        self._last: ClearingRow | None = None  # whose reason was chosen last
        self._same = KeyButton(
            theme,
            "其余的也用这个原因",
            "Ctrl+D",
            kind="quiet",
            size="tight",
            object_name="classroom.clear_same",
        )
        self._same.clicked.connect(self._on_same_clicked)
        head = QHBoxLayout()
        head.setSpacing(theme.metrics.s2)
        head.addWidget(label("过敏的孩子先不记；确认可以吃的，逐个选原因：", "small", wrap=True), 1)
        head.addWidget(self._same)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.metrics.s2)
        self._column.addLayout(head)
        self._settle()

    def answered(self) -> frozenset[VisitId]:
        """Of whom somebody has said why."""
        return frozenset(row.visit for row in self.rows if row.reason())

    def cleared(self) -> Cleared:
        """Why, of each, and which of her allergies stood on the screen when it was said."""
        return Cleared(
            tuple(
                Answer(row.visit, frozenset(row.named), row.reason(), row.way())
                for row in self.rows
                if row.reason()
            )
        )

    def see(self, clashes: Iterable[AllergyClash]) -> None:
        """These stand above; without any there is nothing to say why."""
        found = tuple(clashes)
        self._looked = {clash.visit: clash.named for clash in found if clash.named}
        self._names |= {clash.visit: clash.name for clash in found}
        self._settle()

    def ask_about(self, looked: frozenset[tuple[VisitId, str]], names: Mapping[VisitId, str]) -> None:
        """The food names more than the menu had said: why may they eat that?"""
        self._asked = {
            visit: tuple(sorted(one for own, one in looked if own == visit))
            for visit in sorted({visit for visit, _name in looked})
        }
        self._names |= names
        self._settle()

    def eats(self, food: str) -> None:
        """What is on the table: why she may eat one dish says nothing of another that names the same."""
        before, self._food = self._food, food or self._food
        if before and self._food != before and self.answered():
            for row in self.rows:
                row.answer("")
            self._show_same()
            self.changed.emit()

    def forget(self) -> None:
        """The next batch is looked at anew."""
        self._food = ""
        self._looked, self._asked = {}, {}
        self._settle()

    def take_focus(self) -> None:
        """The first of whom nothing is said."""
        open_rows = [row for row in self.rows if not row.reason()]
        for row in (open_rows or self.rows)[:1]:
            row.take_focus()

    def _settle(self) -> None:
        """A row for each; one whose child and allergens are as before keeps what was said."""
        wanted = {
            visit: tuple(dict.fromkeys((*self._looked.get(visit, ()), *self._asked.get(visit, ()))))
            for visit in (*self._looked, *self._asked)
        }
        kept = {row.visit: row for row in self.rows if row.visit in wanted}
        for row in self.rows:
            if row.visit not in kept:
                self._column.removeWidget(row)
                row.hide()
                row.deleteLater()
        used = {row.number for row in kept.values()}
        free = (number for number in itertools.count(1) if number not in used)
        self.rows = []
        for visit, named in wanted.items():
            if visit in kept:
                kept[visit].look_at(named)
                self.rows.append(kept[visit])
                continue
            row = ClearingRow(self._theme, next(free), visit, self._names.get(visit, ""), named)
            self.rows.append(self._made(row))
        self._last = self._last if self._last in self.rows else None
        self.setVisible(bool(self.rows))
        self._show_same()

    def _made(self, row: ClearingRow) -> ClearingRow:
        row.changed.connect(self._on_row_changed)
        row.walked_on.connect(self._on_walked_on)
        self._column.addWidget(row)
        row.show()  # at once: a layout shows what comes late only when the loop is idle
        return row

    def _show_same(self) -> None:
        source = self._source()
        self._same.setVisible(len(self.rows) > 1)
        self._same.setEnabled(source is not None and len(self.answered()) < len(self.rows))

    def _source(self) -> ClearingRow | None:
        """Whose reason the others may take: the one chosen last, else the first."""
        given = [row for row in self.rows if row.reason()]
        return self._last if self._last in given else next(iter(given), None)

    @Slot()
    def _on_row_changed(self) -> None:
        sender = self.sender()
        self._last = sender if isinstance(sender, ClearingRow) else self._last
        self._show_same()
        self.changed.emit()

    @Slot()
    def _on_walked_on(self) -> None:
        """Enter goes to the next child, after the last one to the record."""
        sender = self.sender()
        at = next((at for at, row in enumerate(self.rows) if row is sender), len(self.rows))
        if at + 1 < len(self.rows):
            self.rows[at + 1].take_focus()
        else:
            self.keep_requested.emit()

    @Slot()
    def _on_same_clicked(self) -> None:
        source = self._source()
        if source is None:
            return
        for row in self.rows:
            if not row.reason():
                row.answer(source.reason())
        self._show_same()
        self.changed.emit()


def _bring(row: QWidget) -> None:
    """Scroll to a row: the focus moves on by itself here, which no scroll area follows."""
    at = row.parentWidget()
    while at is not None and not isinstance(at, QScrollArea):
        at = at.parentWidget()
    if at is not None:
        at.ensureWidgetVisible(row, 0, 0)
