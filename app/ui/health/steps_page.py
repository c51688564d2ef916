"""What 发热 and 带药 share: a list of cases, and beside it the lit one with her steps and their next act."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.looks import Chip, Tone
from app.ui.health.base import HealthPage
from app.ui.health.steps import StepColumn, StepLine
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, ChipLabel, label

if TYPE_CHECKING:
    from app.services.medicine_view import ChildChoice

One = TypeVar("One")


class StepsPage(HealthPage):
    """A card with a name, a chip, lines of words and steps. Override ``show_lit`` and ``enter``.

    ``lines`` are the roles of the labels between name and steps; ``steps`` the object name's end and the
    accessible name of the column of steps.
    """

    def __init__(
        self, context: RoomContext, title: str, empty: str, lines: Sequence[str], steps: tuple[str, str]
    ) -> None:
        super().__init__(context, title, empty)
        theme = context.theme
        card = Card(theme)
        column = card.column(spacing=theme.metrics.s3)
        head = QHBoxLayout()
        self._name, self._chip = label("", "h1", wrap=True), ChipLabel(theme)
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        column.addLayout(head)
        self.lines = tuple(label("", role, wrap=True) for role in lines)
        self.steps = StepColumn(theme, f"health.{self.key}.{steps[0]}", steps[1])
        for part in (*self.lines, self.steps):
            column.addWidget(part)
        column.addStretch(1)
        self.right.addWidget(card)
        self.list.entered.connect(self.enter)
        self.list.chosen.connect(self._on_chosen)

    # What a page overrides

    def enter(self) -> None:
        """The next act of the one that is lit."""

    def show_lit(self) -> None:
        """Say in the card what is lit, and which acts it allows."""

    # What it uses

    def lit(self, every: Iterable[One], key: Callable[[One], object]) -> One | None:
        """Which of these is lit in the list."""
        return next((one for one in every if key(one) == self.list.key()), None)

    def say(self, name: str, chip: Chip, words: Sequence[str], steps: Sequence[StepLine]) -> None:
        """Fill the card; ``words`` has a text for each of ``lines``."""
        self._name.setText(name)
        self._chip.set_chip(chip)
        for line, text in zip(self.lines, words, strict=True):
            line.setText(text)
        self.steps.show_lines(steps)

    def with_children(
        self, open_sheet: "Callable[[QWidget, tuple[ChildChoice, ...]], None]", nobody: str = ""
    ) -> None:
        """Read who is inside and lay a sheet over the host; with ``nobody`` say so when there is none."""
        actor = self.context.actor

        def show(children: "tuple[ChildChoice, ...]") -> None:
            host = self.host()
            if host is None:
                return
            if nobody and not children:
                self.context.messages.say(nobody, Tone.PLAIN)
                return
            open_sheet(host, children)

        self.context.ask(lambda s: s.health.medicine.children(actor), show)

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        self.show_lit()
