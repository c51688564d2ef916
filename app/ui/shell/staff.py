"""Signing in by choosing a name: a full page at the start, a sheet over the window later."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.ids import StaffId
from app.domain.staff import Actor
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label, name_widget
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.overlay import Overlay
from app.ui.widgets.paint import paint_avatar

_COLUMNS = 4


_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: _COLUMNS,
    Qt.Key.Key_Up: -_COLUMNS,
}


class PersonButton(QPushButton):
    """One staff member: avatar, name, role. Says in which direction the arrows want to go on."""

    walked = Signal(int)  # how many names on

    def __init__(self, theme: Theme, actor: Actor) -> None:
        super().__init__()
        self._theme, self.actor = theme, actor
        name_widget(self, f"staff.{actor.id}", f"{actor.name}，{actor.post}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A card for a finger."""
        return QSize(self._theme.px(190), self._theme.px(66))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand arrows on (a push button would walk by its own order); Enter chooses."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.walked.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus = self.hasFocus()
        painter.setPen(QPen(theme.color("focus" if focus else "line"), 2 if focus else 1))
        painter.setBrush(theme.color("brand_faint" if focus else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        side = theme.px(40)
        place = QRectF(theme.px(12), (self.height() - side) / 2, side, side)
        paint_avatar(painter, theme, place, self.actor.name[:1], "accent", ink="accent_ink")
        left, middle = place.right() + theme.px(10), self.height() / 2
        room = self.width() - left - 8
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("name", bold=True))
        painter.setPen(theme.color("ink"))
        name = QFontMetricsF(painter.font()).elidedText(self.actor.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, middle - theme.px(23), room, theme.px(23)), flags, name)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink_2"))
        painter.drawText(QRectF(left, middle + 1, room, theme.px(20)), flags, self.actor.post)
        painter.end()


class StaffChoice(QWidget):
    """All staff as cards. Arrows walk, Enter chooses."""

    chosen = Signal(object)  # Actor

    def __init__(
        self, theme: Theme, centre: str, staff: Sequence[Actor], last: StaffId | None = None
    ) -> None:
        super().__init__()
        name_widget(self, "staff", "选择您的名字")
        m = theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(m.s5, m.s5, m.s5, m.s5)
        column.setSpacing(m.s2)
        column.addWidget(label("今天是谁在用？", "title"))
        column.addWidget(label(f"{centre}。点自己的名字，或用方向键选好后按 Enter。", "muted", wrap=True))
        column.addSpacing(m.s3)
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(2, 2, 2, 2)
        grid.setSpacing(m.s3)
        self._buttons: list[PersonButton] = []
        for at, actor in enumerate(staff):
            button = PersonButton(theme, actor)
            button.clicked.connect(self._on_button_clicked)
            button.walked.connect(self._on_button_walked)
            grid.addWidget(button, at // _COLUMNS, at % _COLUMNS)
            self._buttons.append(button)
        grid.setRowStretch(len(staff) // _COLUMNS + 1, 1)
        column.addWidget(scrolled(inner), 1)
        rows = -(-len(staff) // _COLUMNS)
        self.setMinimumWidth(theme.px(880))
        self.high = (theme.px(66) + m.s3) * rows + theme.px(92) + 2 * m.s5
        self._first = next((b for b in self._buttons if b.actor.id == last), None) or (
            self._buttons[0] if self._buttons else None
        )

    def focus_first(self) -> None:
        """Whoever was here last, else the first name."""
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _on_button_walked(self, step: int) -> None:
        held = next((at for at, button in enumerate(self._buttons) if button is self.sender()), 0)
        if 0 <= held + step < len(self._buttons):
            self._buttons[held + step].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, PersonButton):
            self.chosen.emit(sender.actor)


def fit_choice(card: Card, choice: StaffChoice, theme: Theme, around: QWidget) -> None:
    """Make a card as large as the names need and the window allows."""
    width = min(around.width() - 60, theme.px(960))
    choice.setMinimumWidth(min(width, choice.minimumWidth()))
    card.setFixedSize(width, min(around.height() - 60, choice.high))


class StaffPage(QWidget):
    """The choice on a page of its own, before there is a room to show."""

    chosen = Signal(object)  # Actor

    def __init__(
        self, theme: Theme, around: QWidget, centre: str, staff: Sequence[Actor], last: StaffId | None
    ) -> None:
        super().__init__()
        self._theme = theme
        self._choice = StaffChoice(theme, centre, staff, last)
        self._choice.chosen.connect(self.chosen)
        self._card = Card(theme)
        self._card.column(margins=(0, 0, 0, 0)).addWidget(self._choice)
        fit_choice(self._card, self._choice, theme, around)
        column = QVBoxLayout(self)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the card to the window."""
        super().resizeEvent(event)
        fit_choice(self._card, self._choice, self._theme, self)

    def focus_first(self) -> None:
        """Whoever was here last."""
        self._choice.focus_first()


class StaffOverlay(Overlay):
    """换人: the same choice over the window."""

    chosen = Signal(object)  # Actor

    def __init__(
        self, theme: Theme, host: QWidget, centre: str, staff: Sequence[Actor], last: StaffId | None
    ) -> None:
        super().__init__(theme, host, object_name="staff_overlay")
        self._choice = StaffChoice(theme, centre, staff, last)
        self._choice.chosen.connect(self._on_choice_chosen)
        column = self.card.column(margins=(0, 0, 0, 0))
        column.addWidget(self._choice)
        fit_choice(self.card, self._choice, theme, host)

    def focus_first(self) -> None:
        """The name that is signed in now."""
        self._choice.focus_first()

    @Slot(object)
    def _on_choice_chosen(self, actor: Actor) -> None:
        self.dismiss()
        self.chosen.emit(actor)
