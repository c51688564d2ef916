"""What the pages of the health room share: a list at the left, what is lit at the right, acts at the foot."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.staff import Permission
from app.services.exporting import ListKind
from app.ui.rooms import RoomContext
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.export import ExportButton
from app.ui.widgets.layouts import BendingPage, scrolled
from app.ui.widgets.records import RecordList

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

_NARROW = 560  # pixels at the normal font: below, the list stands above what is lit


class HealthPage(BendingPage):
    """``above``, then ``list`` beside ``right``, then the buttons. Fill them; override ``refresh``."""

    key = ""

    def __init__(self, context: RoomContext, title: str, empty: str) -> None:
        super().__init__()
        self.context = context
        self.setObjectName(f"health.{self.key}")
        theme, m = context.theme, context.theme.metrics
        self.above = QVBoxLayout()
        self.above.setSpacing(m.s2)
        self.list = RecordList(theme, f"health.{self.key}.list", title, empty)
        inside = QWidget()
        self.right = QVBoxLayout(inside)
        self.right.setContentsMargins(0, 0, 0, 0)
        self.right.setSpacing(m.s3)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(m.s3)
        self._body.addWidget(self.list, 3)
        self._body.addWidget(scrolled(inside, f"health.{self.key}.scroll"), 2)
        self._foot = ActRow(theme, f"health.{self.key}")
        column = QVBoxLayout(self)
        column.setContentsMargins(m.s5, m.s1, m.s5, m.s3)
        column.setSpacing(m.s3)
        column.addLayout(self.above)
        column.addLayout(self._body, 1)
        column.addWidget(self._foot)

    # What a page overrides

    def refresh(self) -> None:
        """Ask for everything again."""

    def hints(self) -> str:
        """Keys of the page, for the status line."""
        return ""

    # What the room asks

    def freshen(self) -> None:
        """Read everything again; sheets that are open keep what was typed."""
        self.refresh()

    def take_focus(self) -> None:
        """The list."""
        self.list.view.setFocus()

    # Building and working

    def button(self, words: str, name: str, key: str = "", *, kind: str = "", icon: str = "") -> KeyButton:
        """An act at the foot, ``health.<page>.<name>``."""
        made = KeyButton(
            self.context.theme,
            words,
            "" if key == "Enter" else key,  # Enter comes from the list
            kind=kind,
            icon=icon,
            icons=self.context.icons,
            shown="Enter" if key == "Enter" else None,
            object_name=f"health.{self.key}.{name}",
        )
        self._foot.add(made)
        return made

    def offer_table(self, kind: ListKind) -> ExportButton:
        """The month of the list as a table, at the end of the foot; hidden from who may not take it out."""
        made = ExportButton(self.context, kind, f"health.{self.key}.export", text="导出本月")
        self._foot.add(made)
        return made

    @property
    def may_act(self) -> bool:
        """Whether who is signed in may do more than look."""
        return self.context.actor.may(Permission.HEALTH_CHECK)

    def act(
        self,
        verb: "Callable[[Services], Done[Any]]",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        words: str = "",
    ) -> None:
        """Do something; the bus reads the page again."""

        def fail(error: BaseException) -> None:
            self.context.messages.fail(error)
            self.refresh()

        self.context.act(verb, done, failed or fail, words=words)

    def host(self) -> QWidget | None:
        """What sheets are laid over; None while another sheet is up."""
        host = self.context.host
        return host if host is not None and host.isEnabled() else None

    def print(self, read: "Callable[[Services], Any]") -> None:
        """Freeze a paper and show it."""
        self.context.ask(read, self.context.printing.preview)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(_NARROW)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._body.direction() != wanted:
            self._body.setDirection(wanted)
        self.list.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
