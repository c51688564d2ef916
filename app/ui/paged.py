"""A room of pages: tabs above, one page below, each imported and built when it is first shown."""

import importlib
from collections.abc import Mapping
from typing import ClassVar, Protocol, cast

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.record import record
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.layouts import PageScroll


@record
class PageSpec:
    """One page. ``load`` is ``module:Class``; the class is given the context and nothing else."""

    key: str
    title: str
    load: str


class Page(Protocol):
    """What a page of such a room must be able to do; it is a widget, too."""

    def freshen(self) -> None:
        """Read everything again, unless something half typed stands there."""

    def hints(self) -> str:
        """Keys of the page, for the status line."""

    def take_focus(self) -> None:
        """Give the focus to where working begins."""


class PagedRoom(Room):
    """Ctrl+1 … turns to a page. ``Target.act`` may name the page to show.

    A page that has ``show_target(target)`` is told the whole target, too.
    """

    key = ""
    name = ""
    pages: ClassVar[tuple[PageSpec, ...]] = ()

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        self.setObjectName(self.key)
        m = context.theme.metrics
        choices = [(spec.key, spec.title) for spec in self.pages]
        self.tabs = Segmented(
            context.theme,
            f"{self.key}.pages",
            self.name,
            choices,
            kind="pill",
            stretch=False,
            wrap=True,
            keys=[f"Ctrl+{at}" for at in range(1, len(choices) + 1)],
        )
        self._stack = QStackedWidget()
        self._built: dict[str, QWidget] = {}
        self._places: dict[str, int] = {}
        above = QWidget()
        row = QVBoxLayout(above)
        row.setContentsMargins(m.s5, m.s3, m.s5, 0)
        row.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(m.s2)
        column.addWidget(above)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self.show_page)
        self.tabs.walked_on.connect(self._on_walked_on)
        for at, spec in enumerate(self.pages, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at}"), self)
            shortcut.activated.connect(lambda key=spec.key: self._go_to(key))
        self.show_page(self.pages[0].key)

    def title(self) -> str:
        """The name of the room."""
        return self.name

    def hints(self) -> str:
        """The keys of the page shown."""
        return self._at.hints()

    @property
    def page(self) -> QWidget:
        """The page shown."""
        return self._built[self.tabs.value()]

    @property
    def _at(self) -> Page:
        return cast("Page", self.page)

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show a page; it reads everything anew."""
        spec = next(one for one in self.pages if one.key == key)
        self.tabs.set_value(key)
        if key not in self._built:
            module, _, name = spec.load.partition(":")
            page: QWidget = getattr(importlib.import_module(module), name)(self.context)
            self._built[key] = page
            self._stack.addWidget(PageScroll(page, f"{self.key}.{key}.page"))
            self._places[key] = self._stack.count() - 1
        self._stack.setCurrentIndex(self._places[key])
        self.hints_changed.emit()
        if self.context.open and self.context.signed_in:
            self._at.freshen()

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say at each tab how much waits behind it: ``登记 2``."""
        self.tabs.set_choices(
            [
                (spec.key, f"{spec.title} {counts[spec.key]}" if counts.get(spec.key) else spec.title)
                for spec in self.pages
            ]
        )
        for spec in self.pages:
            words = f"，{counts[spec.key]} 项待办" if counts.get(spec.key) else ""
            self.tabs.button(spec.key).setAccessibleName(f"{self.name} {spec.title}{words}")

    def refresh(self) -> None:
        """Let the page shown read again; the others do when they are shown."""
        self.hints_changed.emit()  # somebody else may be signed in
        self._at.freshen()

    def entered(self, target: Target | None) -> None:
        """Show the page that is asked for, and let its keys work at once."""
        if target is not None and any(spec.key == target.act for spec in self.pages):
            self._go_to(target.act)
        else:
            self._at.take_focus()
        if target is not None and (show := getattr(self.page, "show_target", None)) is not None:
            show(target)

    def _go_to(self, key: str) -> None:
        self.show_page(key)
        self._at.take_focus()

    @Slot()
    def _on_walked_on(self) -> None:
        self._at.take_focus()
