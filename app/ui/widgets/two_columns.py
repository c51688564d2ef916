"""A page of a room: two columns that scroll, acts that stay in sight, and what a rule says against them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.ui.rooms import RoomContext
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.records import RecordList, Shape

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services


class TwoColumns(QWidget):
    """``left`` and ``right`` stand side by side, one below the other in large type.

    Whoever derives from it lays out ``middle`` (the columns), ``problem`` and the foot with its acts.
    """

    #: The object name of the room, and the name of the page in it: all names begin with both.
    room = ""
    key = ""
    #: So wide (in pixels at the normal font) that two columns have room.
    roomy = 780
    #: Where they have none the right one stands above: what the main act is about comes first.
    right_first = False

    def __init__(self, context: RoomContext, shares: tuple[int, int], between: int, below: int) -> None:
        """``between`` the columns and ``below`` each of their parts lie so many pixels."""
        super().__init__()
        self.context = context
        m = context.theme.metrics
        self.setObjectName(f"{self.room}.{self.key}")
        self.problem = label("", "error", wrap=True)
        self.problem.setObjectName(f"{self.room}.{self.key}.problem")
        self.problem.hide()
        body = QWidget()
        self._whole = QVBoxLayout(body)
        self._whole.setContentsMargins(m.s5, m.s1, m.s5, m.s2)
        self._whole.setSpacing(below)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(between)
        self._whole.addLayout(self._body, 1)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in zip((self.left, self.right), shares, strict=True):
            column.setSpacing(below)
            self._body.addLayout(column, share)
        self.middle: QScrollArea = scrolled(body, f"{self.room}.{self.key}.scroll")
        self._narrow = False
        self._bending: list[tuple[RecordList, Shape]] = []
        self._foot = ActRow(context.theme, f"{self.room}.{self.key}")

    # What a page overrides -----------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for everything again."""

    def read_again(self) -> None:
        """Ask for what an act may have changed; by default for everything."""
        self.refresh()

    def complain(self, sentence: str, field: str | None = None) -> None:
        """Say what is wrong below; ``field`` is what a rule was about."""
        del field
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def reshape(self, narrow: bool) -> None:
        """What else changes where there is one column, and back."""
        del narrow

    def take_focus(self) -> None:
        """Give the focus to where working begins."""

    # Building and working ------------------------------------------------------------------

    def add_button(
        self, words: str, name: str, key: str = "", *, kind: str = "", icon: str = "", bind: bool = True
    ) -> KeyButton:
        """An act at the foot, ``<room>.<page>.<name>``."""
        made = KeyButton(
            self.context.theme,
            words,
            key,
            kind=kind,
            icon=icon,
            icons=self.context.icons,
            bind=bind,
            object_name=f"{self.room}.{self.key}.{name}",
        )
        self._foot.add(made)
        return made

    def bend(self, lines: RecordList, shape: Shape) -> None:
        """In one column the list takes this shape: as it is it would scroll in what scrolls."""
        self._bending.append((lines, shape))

    @property
    def typing(self) -> bool:
        """Whether something half typed stands there: it is not to be read over."""
        lines = (edit for edit in self.findChildren(QLineEdit) if edit.isEnabled() and not edit.isReadOnly())
        if any(edit.isModified() for edit in lines):
            return True
        return any(edit.document().isModified() for edit in self.findChildren(QPlainTextEdit))

    def begin(self) -> None:
        """What stands in the fields is not half typed any more, and nothing is wrong with it."""
        self.complain("")
        for edit in self.findChildren(QLineEdit):
            edit.setModified(False)
        for text in self.findChildren(QPlainTextEdit):
            text.document().setModified(False)

    def act(
        self,
        verb: "Callable[[Services], Done[Any]]",
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        words: str = "",
    ) -> None:
        """Do something, then read again; what a rule says against it is told here."""
        self.complain("")
        # The page draws itself anew; the other rooms hear of it by the bus.
        settled, room = self._settling(done), self.window_room()
        self.context.act(verb, settled, failed or self.refused, words=words, initiator=room)

    def act_proved(
        self,
        verb: "Callable[[Services, str], Done[Any]]",
        done: Callable[[Any], None] | None = None,
        *,
        words: str = "",
    ) -> None:
        """As ``act``, and where the actor's own PIN is wanted for it, ask for it."""
        from app.ui.widgets.own_pin import act_proved  # not before something is changed

        self.complain("")
        settled, room = self._settling(done), self.window_room()
        act_proved(self.context, verb, settled, self.refused, words=words, initiator=room)

    def _settling(self, done: Callable[[Any], None] | None) -> Callable[[Any], None]:
        def settled(value: Any) -> None:
            self.begin()
            if done is not None:
                done(value)
            self.read_again()

        return settled

    def refused(self, error: BaseException) -> None:
        """A rule's sentence stands on the page; anything else is told as everywhere."""
        if isinstance(error, RuleError):
            self.complain(error.sentence, error.field)
        else:
            self.context.messages.fail(error)

    def window_room(self) -> QWidget:
        """The room the page stands in."""
        at: QWidget = self
        while (parent := at.parentWidget()) is not None and at.objectName() != self.room:
            at = parent
        return at

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(self.roomy)
        if narrow != self._narrow:
            self._narrow = narrow
            ways = QBoxLayout.Direction
            below = ways.BottomToTop if self.right_first else ways.TopToBottom
            self._body.setDirection(below if narrow else ways.LeftToRight)
            for lines, shape in self._bending:
                lines.set_shape(shape if narrow else Shape.LIST)
            self.reshape(narrow)
