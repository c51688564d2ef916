"""What the pages of the settings share: a body that scrolls, acts that stay in sight, and who may change."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.staff import Permission
from app.domain.typed_days import ANY_FAR, Direction
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.day_field import DayField, reader
from app.ui.widgets.fields import Labelled
from app.ui.widgets.two_columns import TwoColumns

if TYPE_CHECKING:
    from app.services.altering import Change

_SHOWN = 12  # changes in the history of a thing


class SettingsPage(TwoColumns):
    """One page. Fill ``left`` and ``right``; what is locked only the director may change."""

    room = "settings"
    name = ""

    def __init__(self, context: RoomContext, *, shares: tuple[int, int] = (2, 3)) -> None:
        m = context.theme.metrics
        super().__init__(context, shares, m.s4, m.s3)
        self._locked: list[QWidget] = []
        self._undoable: int | None = None
        self._undo: KeyButton | None = None
        self.fields: dict[str, Labelled] = {}
        self._only = label("", "warning", wrap=True)
        self._only.setObjectName(f"settings.{self.key}.only")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, m.s3)
        column.setSpacing(m.s2)
        around = QVBoxLayout()
        around.setContentsMargins(m.s5, 0, m.s5, 0)
        around.addWidget(self._only)
        column.addLayout(around)
        column.addWidget(self.middle, 1)
        below = QVBoxLayout()
        below.setContentsMargins(m.s5, 0, m.s5, 0)
        below.addWidget(self.problem)
        below.addWidget(self._foot)
        self._below, self._tight = below, False
        column.addLayout(below)

    # What a page overrides -----------------------------------------------------------------

    def hints(self) -> str:
        """Keys of the page, for the status line."""
        return self.told("Ctrl 1–9 换页", "Ctrl Enter 保存")

    def told(self, everybody: str, director: str) -> str:
        """The keys that work for who is signed in."""
        return f"{everybody} · {director}" if self.editable else everybody

    # Building ------------------------------------------------------------------------------

    def card(self, title: str, words: str = "") -> tuple[Card, QVBoxLayout]:
        """A card with a heading."""
        made = Card(self.context.theme)
        column = made.column(spacing=self.context.theme.metrics.s3)
        if title:
            column.addWidget(label(title, "h1"))
        if words:
            column.addWidget(label(words, "muted", wrap=True))
        return made, column

    def history_card(self) -> Card:
        """The history of what is shown, newest first."""
        made, column = self.card("改动记录")
        self._history = label("", "small", wrap=True)
        self._history.setObjectName(f"settings.{self.key}.history")
        self._history.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._history.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._history)
        return made

    def two_columns(self) -> QGridLayout:
        """A grid of fields in two columns of one width."""
        grid = QGridLayout()
        grid.setSpacing(self.context.theme.metrics.s3)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        return grid

    def field(self, error: str, field: Labelled) -> Labelled:
        """Note which field shows the problems of that name."""
        self.fields[error] = field
        return field

    def day_field(self, name: str, words: str, direction: Direction, hint: str, error: str) -> DayField:
        """A line for a day; papers and staff reach far back and ahead, and the services say how far."""
        reads = reader(self.context.clock, direction, error, far=ANY_FAR)
        return DayField(self.context.theme, name, words, reads, placeholder=hint)

    def button(
        self, words: str, name: str, key: str = "", *, kind: str = "", icon: str = "", locked: bool = True
    ) -> KeyButton:
        """An act at the foot; ``locked`` ones are the director's."""
        made = self.add_button(words, name, key, kind=kind, icon=icon)
        if locked:
            self._locked.append(made)
        return made

    def undo_button(self) -> KeyButton:
        """撤销最近一次 of what is shown."""
        self._undo = self.button("撤销最近一次", "undo", "Alt+Z", icon="undo-variant")
        self._undo.clicked.connect(self._on_undo_clicked)
        return self._undo

    def lock(self, *widgets: QWidget) -> None:
        """These can be used by who may change the settings, and are only read by others."""
        self._locked += widgets

    # Working -------------------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        """The centre's day."""
        return self.context.clock().date()

    @property
    def editable(self) -> bool:
        """Whether who is signed in may change anything."""
        return self.context.actor.may(Permission.CHANGE_SETTINGS)

    def freshen(self) -> None:
        """Read everything again, unless something half typed stands there."""
        if self.typing:
            self.show_rights()
        else:
            self.refresh()

    def show_rights(self) -> None:
        """Lock what is not for who is signed in, and say who may."""
        may = self.editable
        for widget in self._locked:
            if isinstance(widget, QPushButton):
                widget.setVisible(may)
            else:
                widget.setEnabled(may)
        actor = self.context.actor
        self._only.setText(
            "" if may else f"只有园长能改。{actor.name}（{actor.role.label}）可以看；要改请按 Ctrl L 换园长。"
        )
        self._only.setVisible(not may)
        self._show_undo()
        self._foot.setVisible(not self._foot.bare)

    def try_read(self, read: Callable[[], Any]) -> Any:
        """What was typed, or None with the problem shown."""
        self.complain("")
        try:
            return read()
        except RuleError as error:
            self.refused(error)
            return None

    def complain(self, sentence: str, field: str | None = None) -> None:
        """Say what is wrong at its field, or below where there is none."""
        for name, widget in self.fields.items():
            widget.show_problem(sentence if name == field else "")
        known = field in self.fields
        self.problem.setText("" if known else sentence)
        self.problem.setVisible(bool(self.problem.text()))
        if sentence and known and field is not None:
            self.fields[field].widget.setFocus()

    def show_history(self, changes: "Iterable[Change]") -> None:
        """Tell the changes, and offer the newest that holds to be taken back."""
        changes = tuple(changes)
        self._undoable = next((one.id for one in changes if not one.undone), None)
        lines = [
            f"{one.at:%Y-%m-%d %H:%M} {one.by}：{one.words}" + ("（已撤销）" if one.undone else "")
            for one in changes[:_SHOWN]
        ]
        self._history.setText("\n".join(lines) or "还没有改过。")
        self._show_undo()

    def _show_undo(self) -> None:
        """Only while there is something to take back: greyed out it would cost the room of an act."""
        if self._undo is not None:
            self._undo.setVisible(self.editable and self._undoable is not None)

    @Slot()
    def _on_undo_clicked(self) -> None:
        actor, change = self.context.actor, self._undoable
        if change is not None:
            self.act_proved(lambda s, pin: s.manage.log.undo(actor, change, pin), words="已撤销。")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In very large type the acts scroll with the rest."""
        super().resizeEvent(event)
        if (tight := self.height() < self.context.theme.px(240)) != self._tight:
            self._tight = tight
            (self._whole if tight else self._below).addWidget(self._foot)
