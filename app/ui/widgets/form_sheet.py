"""A sheet with a form: rows that scroll where room is short, a line that says what is wrong, two buttons."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import RuleError, SpokenError
from app.domain.typed_days import Direction
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, mark
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.day_field import DayField, Reader, reader
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.overlay import Overlay

if TYPE_CHECKING:
    from app.services.bundle import Services

_NARROW = 700  # pixels at the normal font: a window that is narrower has room for one part of a ``row``
_FINGER = 52  # pixels at the normal font: 病 and 是 are short words


class FormSheet(Overlay):
    """Enter walks the fields, Ctrl+Enter finishes, Esc leaves.

    Fill ``form`` with ``add_field``, ``choice`` and rows; override ``finish``, which should end in
    ``submit``. ``name`` is the prefix of all object names: ``grant`` makes ``grant.keep`` and
    ``grant.cancel``. ``fields`` and ``stops`` say where a problem is mended that names its field.
    """

    WIDE = 620  # pixels at the normal font
    kept = Signal(object)  # what the service returned to ``submit``

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        name: str,
        title: str,
        keep_words: str,
        kind: str = "primary",
    ) -> None:
        super().__init__(context.theme, host, object_name=name)
        self.setAccessibleName(title)
        self.context, self._around, self._name = context, host, name
        self.gone = False  # an answer of the keeper may come after Esc
        self.fields: dict[str, Field] = {}
        self.stops: dict[str, QWidget] = {}
        theme = context.theme
        self.title, self.beside = label(title, "h1"), label("", "small")
        self._frame = QWidget()
        self.form = QVBoxLayout(self._frame)
        self.form.setContentsMargins(2, 2, theme.metrics.s2, 2)
        self.form.setSpacing(theme.metrics.s2)
        self._scroll: QScrollArea = scrolled(self._frame, f"{name}.body")
        self.message = label("", "error", wrap=True)
        self.message.setObjectName(f"{name}.message")
        self.message.setAccessibleName(self.tr("还差什么"))
        self.message.hide()
        self.cancel = KeyButton(
            theme, self.tr("取消"), bind=False, shown="Esc", kind="quiet", object_name=f"{name}.cancel"
        )
        self.keep = KeyButton(theme, keep_words, "Ctrl+Return", kind=kind, object_name=f"{name}.keep")
        self.head, self.foot = QHBoxLayout(), QHBoxLayout()
        self._lay_out_sheet()
        self.cancel.clicked.connect(self.leave)
        self.keep.clicked.connect(self._on_keep_clicked)
        for button in (self.cancel, self.keep):
            self.take_enter(button)
        theme.changed.connect(self.fit)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._on_focus_moved)

    def _lay_out_sheet(self) -> None:
        m = self.context.theme.metrics
        self.head.setSpacing(m.s3)
        self.head.addWidget(self.title)
        self.head.addWidget(self.beside, 1)
        self.foot.setSpacing(m.s2)
        self.foot.setContentsMargins(2, 0, m.s2, 0)  # in line with the form
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.keep)
        column = self.card.column(spacing=m.s3)
        column.addLayout(self.head)
        column.addWidget(self._scroll)
        column.addWidget(self.message)
        column.addLayout(self.foot)

    def only_close(self) -> None:
        """There is nothing to keep: one quiet button, Esc."""
        self.keep.hide()
        self.cancel.set_text(self.tr("关闭"))

    # -- building the form ----------------------------------------------------------------------------

    def add_field(
        self,
        key: str,
        text: str,
        placeholder: str = "",
        *,
        required: bool = False,
        longest: int = 200,
        field: str = "",
    ) -> Field:
        """A line of text, ``<name>.<key>``; Enter goes on. ``field`` is what problems call it if not so."""
        made = Field(
            self.context.theme, f"{self._name}.{key}", text, required=required, placeholder=placeholder
        )
        made.edit.setMaxLength(longest)
        self.take_field(field or key, made)
        return made

    def add_day(
        self,
        key: str,
        text: str,
        reads: Direction | Reader,
        placeholder: str = "",
        *,
        required: bool = False,
        field: str = "",
    ) -> DayField:
        """A line for a day, with its direction or a rule of its own; else as ``add_field``."""
        if isinstance(reads, Direction):
            reads = reader(self.context.clock, reads, field or key)
        name = f"{self._name}.{key}"
        made = DayField(self.context.theme, name, text, reads, required=required, placeholder=placeholder)
        made.edit.setMaxLength(200)
        self.take_field(field or key, made)
        return made

    def take_field(self, key: str, made: Field) -> None:
        """Let a line made elsewhere walk and be blamed as those of the sheet."""
        if isinstance(made, DayField):
            made.told.connect(self.fit)
        made.entered.connect(self.walk)
        made.edited.connect(lambda _text: self.say(""))
        self.fields[key] = made

    def choice(
        self,
        key: str,
        spoken: str,
        choices: Sequence[tuple[str, str]],
        on: str = "",
        *,
        many: bool = False,
        kind: str = "choice",
    ) -> Segmented:
        """A row of choices, ``<name>.<key>``, that wraps; Enter goes on. Put ``labelled`` round it."""
        theme = self.context.theme
        made = Segmented(
            theme, f"{self._name}.{key}", spoken, choices, many=many, kind=kind, stretch=False, wrap=True
        )
        for value, _ in choices:
            made.button(value).setMinimumWidth(theme.px(_FINGER))
        made.set_value(on)
        made.walked_on.connect(lambda: self.walk_past(made))
        made.chosen.connect(lambda _value: self.say(""))
        self.stops[key] = made
        return made

    def labelled(self, text: str, widget: QWidget, *, required: bool = False) -> Labelled:
        """A widget under its label, which says with a star that it is not kept without."""
        return Labelled(self.context.theme, text, widget, required=required)

    def add_row(self, *parts: QWidget) -> QBoxLayout:
        """Put short parts side by side as the next row, in large type too."""
        return self._add_row(parts, (), -1, narrow=False)

    def row(self, *parts: QWidget, stretches: Sequence[int] = (), at: int = -1) -> QBoxLayout:
        """Put parts side by side as the next row, or as the row ``at``; narrow windows stack them."""
        narrow = self._around.width() < self.context.theme.px(_NARROW)
        return self._add_row(parts, stretches, at, narrow=narrow)

    def _add_row(
        self, parts: Sequence[QWidget], stretches: Sequence[int], at: int, *, narrow: bool
    ) -> QBoxLayout:
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(self.context.theme.metrics.s3)
        for place, part in enumerate(parts):
            row.addWidget(part, stretches[place] if place < len(stretches) else 1)
            if isinstance(part, Labelled) and not narrow:
                row.setAlignment(part, Qt.AlignmentFlag.AlignTop)  # labels stand on one line
        self.form.insertLayout(at, row)
        return row

    # -- what it says and does ------------------------------------------------------------------------

    def text(self, key: str) -> str:
        """What stands in a field."""
        return self.fields[key].text().strip()

    def finish(self) -> None:
        """Ctrl+Enter or the button: do what the sheet is for."""

    def submit(self, verb: "Callable[[Services], Any]", *, words: str = "") -> None:
        """Do it, once; the sheet goes when it is done and says why when it is not."""
        if self.keep.isEnabled():
            self.keep.setEnabled(False)  # until the keeper answers
            self.context.act(verb, self._on_answered, self.failed, words=words)

    def _on_answered(self, value: Any) -> None:
        if not self.gone:
            self.settled(value)

    def settled(self, value: Any) -> None:
        """What was submitted is kept: go. Override to stay for the next one."""
        self.dismiss()
        self.kept.emit(value)

    def say(self, sentence: str, key: str | None = None, *, warning: bool = False) -> None:
        """Say what is wrong (empty: nothing), and put the cursor where it is mended."""
        field = self.fields.get(key or "")
        if isinstance(field, DayField) and field.problem:
            field.show_problem("")  # not twice
        self._tell(sentence, warning=warning)
        self._go_to(key, sentence)

    def _tell(self, sentence: str, *, warning: bool = False) -> None:
        if self.message.text() != sentence or self.message.isHidden() == bool(sentence):
            mark(self.message, role="warning" if warning else "error")
            self.message.setText(sentence)
            self.message.setVisible(bool(sentence))
            self.fit()

    def _go_to(self, key: str | None, sentence: str) -> None:
        field = self.fields.get(key or "")
        place = field.edit if field is not None else self.stops.get(key or "")
        if place is None or place.isHidden():
            return
        place.setAccessibleDescription(sentence)
        place.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(place, QLineEdit):
            place.selectAll()
        self._scroll.ensureWidgetVisible(field or place)

    def failed(self, error: BaseException) -> None:
        """Let what was typed stand, and say why it was not kept."""
        if self.gone:
            self.context.messages.fail(error)
            return
        self.keep.setEnabled(True)
        if not isinstance(error, RuleError):
            self.context.messages.fail(error)
        sentence = error.sentence if isinstance(error, SpokenError) else self.tr("还没有保存，请再试一次。")
        self.say(sentence, getattr(error, "field", None))

    @Slot()
    def _on_keep_clicked(self) -> None:
        if self.keep.isEnabled():
            self.finish()

    # -- coming and going -----------------------------------------------------------------------------

    def dismiss(self) -> None:
        """Go away; whatever is still to be answered finds nobody here. Once: an answer may come after Esc."""
        if not self.gone:
            self.gone = True
            super().dismiss()

    def leave(self) -> None:
        """Esc was pressed."""
        self.dismiss()

    def step_aside(self) -> None:
        """Make room for another sheet, keeping what was typed; ``present`` comes back, ``drop`` does not."""
        self._host.removeEventFilter(self)
        self._host.setEnabled(True)
        self.hide()

    def drop(self) -> None:
        """After having stepped aside: do not come back."""
        self.gone = True
        self.deleteLater()

    # -- keys and places ------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """The first stop of the form."""
        self.fit()
        self.setFocus()
        self.focusNextChild()

    @Slot()
    def walk(self) -> None:
        """Enter in a field: go on to the next; from the last one to the button that keeps."""
        self.focusNextChild()
        if self.cancel.hasFocus():  # another Enter would throw away what was typed
            self.focusNextChild()

    def walk_past(self, row: QWidget) -> None:
        """Enter in a row of choices: on to what follows it. Each of its buttons may be a stop for Tab.

        Where choosing has moved the focus on already, it stays there: the next field is not to be skipped.
        """
        held = QApplication.focusWidget()
        if held is not None and self.isAncestorOf(held) and held is not row and not row.isAncestorOf(held):
            return
        self.walk()
        while (held := QApplication.focusWidget()) is not None and row.isAncestorOf(held):
            self.walk()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; nothing leaks to what is below."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    def take_enter(self, button: QAbstractButton) -> None:
        """Let Enter on a button press it, and walk on from a box to tick."""
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter where the focus is on a button: a line's own Enter has come to the line before."""
        if not isinstance(watched, QAbstractButton):
            return super().eventFilter(watched, event)
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if watched.isCheckable():
            self.focusNextChild()
        elif not event.isAutoRepeat():
            watched.click()
        return True

    @Slot(QWidget, QWidget)
    def _on_focus_moved(self, _left: QWidget | None, held: QWidget | None) -> None:
        """Whatever takes the focus, by whichever way, comes into sight."""
        if held is not None and self._frame.isAncestorOf(held):
            around = held.parentWidget()  # a day's line below it belongs to it
            beside = held.height() // 2 if isinstance(held, QLineEdit) else 0  # Qt looks for its cursor alone
            self._scroll.ensureWidgetVisible(around if isinstance(around, DayField) else held, 0, 8 + beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay inside the window."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """As large as the rows need and the window allows; what is too high scrolls."""
        theme, layout = self.context.theme, self.card.layout()
        if layout is None:
            return
        margin = 2 * theme.metrics.s5
        width = min(self._around.width() - margin, theme.px(self.WIDE))
        self.card.setFixedWidth(width)
        self._scroll.setFixedHeight(0)
        layout.activate()
        rest = _height(layout, width)
        wanted = _height(self.form, width - theme.px(48))
        room = self._around.height() - margin - rest
        self._scroll.setFixedHeight(max(theme.px(60), min(wanted, room)))
        layout.activate()
        self._on_focus_moved(None, QApplication.focusWidget())


def _height(layout: QLayout, width: int) -> int:
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.sizeHint().height()
