"""Choosing a child in a form: by a few letters of her name, or by her class among those inside. Passive."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.ids import ChildId, ClassId
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Field, Labelled

_OFFERED = 6  # so many who fit the letters


class Choosable(Protocol):
    """A child as offered. ``keys`` is what letters are held against, in small letters."""

    @property
    def id(self) -> ChildId:
        """Who she is."""

    @property
    def name(self) -> str:
        """Her name."""

    @property
    def class_id(self) -> ClassId | None:
        """Where she is."""

    @property
    def class_name(self) -> str:
        """The same in words."""

    @property
    def keys(self) -> str:
        """Name, nickname, pinyin and initials, parted by blanks."""


class ChildPicker(QWidget):
    """Something to narrow the children by, and a row of those that are left; ``name`` begins object names."""

    picked = Signal()  # somebody, or nobody any more
    offered = Signal()  # another number of lines may be needed
    walked_on = Signal()

    def __init__(self, theme: Theme, name: str, text: str, choices: Sequence[Choosable]) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._by_key = {str(one.id): one for one in choices}
        self.hits = Segmented(theme, f"{name}.hits", text, (), kind="choice", stretch=False, wrap=True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)

    @property
    def child(self) -> ChildId | None:
        """Who was chosen."""
        found = self._by_key.get(self.hits.value())
        return None if found is None else found.id

    def offer(self, found: Sequence[tuple[Choosable, str]]) -> None:
        """Show who is left, each with her words; nobody is chosen yet."""
        self.hits.set_choices([(str(one.id), words) for one, words in found])


class LetterPicker(ChildPicker):
    """A line to type in and the children that fit; those inside come first. Enter takes the first one."""

    def __init__(
        self, theme: Theme, name: str, text: str, choices: Sequence[Choosable], *, required: bool = False
    ) -> None:
        super().__init__(theme, name, text, choices)
        self.field = Field(theme, name, text, required=required, placeholder="姓名、小名或拼音首字母")
        self.field.edit.setMaxLength(30)
        self.rows.setSpacing(theme.metrics.s1)
        self.rows.addWidget(self.field)
        self.rows.addWidget(self.hits)
        self.setFocusProxy(self.field.edit)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.field.edited.connect(self._on_edited)
        self.field.entered.connect(self._on_entered)
        self.hits.chosen.connect(self._on_chosen)
        self.hits.walked_on.connect(self.walked_on)
        self._narrow("")

    def choose(self, child: ChildId | None) -> None:
        """Show somebody as chosen, silently."""
        found = self._by_key.get(str(child))
        if found is not None:
            self.field.set_text(found.name)
            self.offer([(found, _words(found))])
            self.hits.set_value(str(found.id))
            self.hits.show()

    def _on_edited(self, text: str) -> None:
        self.hits.set_value("")
        self._narrow(text)

    def _narrow(self, text: str) -> None:
        plain = text.strip().lower()
        found = [one for one in self._choices if _fits(one, plain)] if plain else []
        self.hits.setVisible(bool(found))
        self.offer([(one, _words(one)) for one in found[:_OFFERED]])
        self.offered.emit()
        if len(found) == 1:
            self.hits.set_value(str(found[0].id))
            self.picked.emit()

    def _on_entered(self) -> None:
        plain = self.field.text().strip().lower()
        fitting = [one for one in self._choices if _fits(one, plain)]
        if self.child is None and fitting and plain:
            self.hits.set_value(str(fitting[0].id))
            self.picked.emit()
        self.walked_on.emit()

    def _on_chosen(self, key: str) -> None:
        found = self._by_key.get(key)
        if found is not None:
            self.field.set_text(found.name)
            self.picked.emit()


class ClassPicker(ChildPicker):
    """A row of classes, ``own`` first chosen, and every child of the class that is chosen."""

    def __init__(
        self, theme: Theme, name: str, text: str, choices: Sequence[Choosable], own: ClassId | None = None
    ) -> None:
        super().__init__(theme, name, text, choices)
        classes = list({str(one.class_id): one.class_name for one in choices}.items())
        self.classes = Segmented(theme, f"{name}.class", "班级", classes, stretch=False, wrap=True)
        self.rows.setSpacing(theme.metrics.s2)
        self.rows.addWidget(Labelled(theme, "班级", self.classes))
        self.rows.addWidget(Labelled(theme, text, self.hits))
        known = [value for value, _ in classes]
        self.classes.set_value(str(own) if str(own) in known else next(iter(known), ""))
        self.classes.chosen.connect(self._on_class)
        self.classes.walked_on.connect(self.hits.setFocus)
        self.hits.walked_on.connect(self.focusNextChild)
        self.hits.chosen.connect(lambda _value: self.picked.emit())
        self._on_class()

    def choose(self, child: ChildId | None) -> None:
        """Choose somebody, with her class."""
        found = self._by_key.get(str(child))
        if found is not None:
            self.classes.set_value(str(found.class_id))
            self._on_class()
            self.hits.set_value(str(found.id))
            self.picked.emit()

    def _on_class(self) -> None:
        wanted = self.classes.value()
        self.offer([(one, one.name) for one in self._choices if str(one.class_id) == wanted])
        self.hits.set_value("")
        self.picked.emit()
        self.offered.emit()


def _fits(one: Choosable, plain: str) -> bool:
    return not plain or any(part.startswith(plain) for part in one.keys.split()) or plain in one.name.lower()


def _words(one: Choosable) -> str:
    return f"{one.name} {one.class_name}".strip()
