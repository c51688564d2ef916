"""A settings page with a list at the left; at the right the form of what is lit, and its history."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot

from app.ui.rooms import RoomContext
from app.ui.settings.base import SettingsPage
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.day_field import DayField
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.records import RecordList

if TYPE_CHECKING:
    from app.services.altering import Change
    from app.services.bundle import Services


class ListPage(SettingsPage):
    """Fill ``form`` below its heading; override ``show_lit``, ``clear_form`` and ``save_lit``."""

    #: The words of an empty list, and the heading of the form while a new one is written ("" : none can be).
    empty = ""
    new_words = ""
    #: Under which name the log keeps the changes of these things.
    logged = ""
    #: Whether Enter in the list marks what stands in the first field.
    typed_over = False

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self._warning = label("", "warning", wrap=True)
        self._warning.hide()
        self.list = RecordList(context.theme, f"settings.{self.key}.list", self.name, self.empty)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._on_entered)
        self._whole.insertWidget(0, self._warning)  # above both columns, which begin at one height
        self.left.addWidget(self.list, 1)
        card, self.form = self.card("")
        self._head = label("", "h1")
        self.form.addWidget(self._head)
        self.right.addWidget(card)
        self.right.addWidget(self.history_card())
        self.right.addStretch(1)

    # What a page overrides -----------------------------------------------------------------

    def show_lit(self) -> bool:
        """Show the one that is lit; False where none is."""
        raise NotImplementedError

    def clear_form(self) -> None:
        """Empty the form for a new one."""

    def save_lit(self) -> None:
        """Keep what stands in the form."""

    def first(self, *, new: bool) -> Field:
        """Where writing a new one begins, or changing the one that is lit."""
        raise NotImplementedError

    # Building ------------------------------------------------------------------------------

    def lay_fields(self, fields: Sequence[tuple[str, Labelled]]) -> None:
        """Two columns of fields in reading order, each with the name of its problems ("" : told below)."""
        grid = self.two_columns()
        for at, (error, field) in enumerate(fields):
            if error:
                self.field(error, field)
            grid.addWidget(field, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        self.lock(*(field for _, field in fields))
        self.form.addLayout(grid)

    def save_button(self, words: str = "保存") -> KeyButton:
        """Ctrl+Enter."""
        made = self.button(words, "save", "Ctrl+Return", kind="primary", icon="content-save-outline")
        made.clicked.connect(self._on_save_clicked)
        return made

    def new_button(self, words: str) -> KeyButton:
        """Ctrl+N."""
        made = self.button(words, "new", "Ctrl+N", icon="plus")
        made.clicked.connect(self._on_new_clicked)
        return made

    # Working -------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """The list."""
        self.list.view.setFocus()

    def warn(self, sentence: str) -> None:
        """Say above the list what is amiss with the whole of it; empty: nothing."""
        self._warning.setText(sentence)
        self._warning.setVisible(bool(sentence))

    def read_history(self, key: int | None) -> None:
        """Tell the changes of the one that is lit, which the log knows as ``key``."""
        actor, lit = self.context.actor, self.list.key()

        def read(services: "Services") -> "tuple[Change, ...]":
            return services.manage.log.history(actor, self.logged, key) if key else ()

        def show(changes: "tuple[Change, ...]") -> None:
            if self.list.key() == lit:
                self.show_history(changes)

        self.context.ask(read, show)

    def typed_day(self, field: DayField) -> dt.date | None:
        """The day in a field; None, with the problem shown, where it is none."""
        day: dt.date | None = self.try_read(field.read)
        return day

    def begin_new(self) -> None:
        """Let nothing be lit: what is written now is a new one."""
        self.list.light(None)
        self._head.setText(self.new_words)
        self.clear_form()
        self.show_history(())

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        self.begin()
        if not self.show_lit() and self.new_words:
            self.begin_new()

    @Slot()
    def _on_entered(self) -> None:
        if self.editable:
            edit = self.first(new=False).edit
            edit.setFocus()
            if self.typed_over:
                edit.selectAll()

    @Slot()
    def _on_new_clicked(self) -> None:
        self.begin_new()
        self.first(new=True).edit.setFocus()

    @Slot()
    def _on_save_clicked(self) -> None:
        self.save_lit()
