"""Small passive parts of the side panel: adults chosen by digit, and what is due."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.domain.ids import AdultId
from app.services.desk import AdultRow
from app.ui.desk.ink import DeskInk
from app.ui.desk.persons import AdultChoice
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, ElidedLabel, label, mark, name_widget
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.paint import key_size, paint_key

if TYPE_CHECKING:
    from app.ui.desk.due import Due

TENDERS = (("cash", "现金"), ("wechat", "微信"), ("alipay", "支付宝"), ("transfer", "转账"), ("card", "刷卡"))
TENDER_KEYS = "CWATK"
_FEW = 4  # adults of a child who may be shown large


def button(words: str, name: str, kind: str = "") -> QPushButton:
    """A button with an object name; Enter on it presses it."""
    made = QPushButton(words)
    name_widget(made, name, words)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    return made


def enter_button(theme: Theme, words: str, name: str) -> KeyButton:
    """Not bound: Enter arrives as a key of the desk, which knows where the focus is."""
    return KeyButton(theme, words, kind="primary", size="large", shown="Enter", object_name=name, bind=False)


def choice_button(theme: Theme, words: str, key: str, name: str) -> KeyButton:
    """A small button of the panel. Not bound, as the key is one of the desk."""
    return KeyButton(theme, words, key, kind="choice", size="snug", object_name=name, bind=False)


class KeyCap(QWidget):
    """A key beside the words of what it does."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self._theme, self._key = theme, key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As large as on a button."""
        return key_size(self._theme, self._key).toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        paint_key(painter, self._theme, QRectF(self.rect()), self._key, on_brand=False)
        painter.end()


class AdultList(QWidget):
    """The adults of a child, chosen by digit, arrow or touch. Remembers the choice over redraws."""

    changed = Signal()

    def __init__(self, ink: DeskInk, *, collecting: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink, self._collecting = ink, collecting
        self._choices: list[AdultChoice] = []
        self._roomy = False
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(6)

    def set_ink(self, ink: DeskInk) -> None:
        """Take the colours and sizes of another theme."""
        self._ink = ink
        for choice in self._choices:
            choice.set_ink(ink)

    def show_adults(self, adults: Sequence[AdultRow], chosen: AdultId | None) -> None:
        """Show these adults, with one chosen if she may be."""
        for old in self._choices:
            old.toggled.disconnect(self.changed)  # the same one lit anew is no choice that somebody made
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._choices = []
        for number, adult in enumerate(adults, 1):
            choice = AdultChoice(adult, number, self._ink, collecting=self._collecting, parent=self)
            choice.roomy = self._spreads(len(adults))
            choice.setChecked(choice.possible and adult.adult == chosen)
            choice.toggled.connect(self.changed)
            self._line.addWidget(choice)
            self._choices.append(choice)
        self.setVisible(bool(adults))

    def set_roomy(self, roomy: bool) -> None:
        """In a high panel faces are as large as faces at a door are compared, as long as few are shown."""
        if roomy == self._roomy:
            return
        self._roomy = roomy
        for choice in self._choices:
            choice.roomy = self._spreads(len(self._choices))
            choice.updateGeometry()

    def _spreads(self, count: int) -> bool:
        return self._roomy and count <= _FEW

    @property
    def chosen(self) -> AdultId | None:
        """The chosen adult."""
        return next((choice.adult.adult for choice in self._choices if choice.isChecked()), None)

    @property
    def chosen_row(self) -> AdultRow | None:
        """The chosen adult with all that is shown."""
        return next((choice.adult for choice in self._choices if choice.isChecked()), None)

    @property
    def shown_first(self) -> QWidget | None:
        """Who must be in sight: the chosen adult, else the first."""
        chosen = (choice for choice in self._choices if choice.isChecked())
        return next(chosen, self._choices[0] if self._choices else None)

    @property
    def possible(self) -> int:
        """How many could be chosen."""
        return sum(choice.possible for choice in self._choices)

    def choose(self, number: int) -> bool:
        """Choose by digit; False where that adult does not exist or must not."""
        if not 1 <= number <= len(self._choices) or not self._choices[number - 1].possible:
            return False
        self._choices[number - 1].setChecked(True)
        return True

    def choose_adult(self, adult: AdultId) -> bool:
        """Choose by key; False where that adult is not shown or must not."""
        numbers = (number for number, one in enumerate(self._choices, 1) if one.adult.adult == adult)
        return self.choose(next(numbers, 0))

    def barred_at(self, number: int) -> AdultRow | None:
        """The adult behind a digit who cannot be chosen."""
        if 1 <= number <= len(self._choices) and not self._choices[number - 1].possible:
            return self._choices[number - 1].adult
        return None


class PriceBox(Card):
    """What is due: the lines and why, small at the left, and the sum beside them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="surface_2", radius=theme.metrics.r_m, parent=parent)
        self.setObjectName("pickup.quote")
        self.due = ""  # the sum in words
        self._shown: Due | None = None
        self._brief = False
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 12, 5)
        row.setSpacing(theme.px(8))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(0, 1)
        self._total = label("", "title")
        self._total.setObjectName("pickup.total")
        row.addLayout(self._grid, 1)
        row.addWidget(label(self.tr("应收"), "small"))
        row.addWidget(self._total)

    def set_brief(self, brief: bool) -> None:
        """All in one line, where there is little room."""
        if brief != self._brief:
            self._brief = brief
            mark(self._total, role="h1" if brief else "title")
            if self._shown is not None:
                self.show_due(self._shown)

    def show_due(self, due: "Due") -> None:
        """Show what is charged now."""
        self._shown = due
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self._brief:
            said = [f"{line.purpose} {line.amount.yuan_words}" for line in due.lines]
            self._grid.addWidget(ElidedLabel(" + ".join(said), "small"), 0, 0)
        for at, line in enumerate(() if self._brief else due.lines):
            purpose = label(line.purpose, "small", wrap=True)
            purpose.setToolTip(line.explanation)
            self._grid.addWidget(purpose, at, 0)
            if len(due.lines) > 1:  # alone it is the sum
                amount = label(line.amount.yuan_words, "small")
                self._grid.addWidget(amount, at, 1, Qt.AlignmentFlag.AlignRight)
        for at in range(self._grid.count()):
            if (item := self._grid.itemAt(at)) is not None and (made := item.widget()) is not None:
                made.show()  # at once: what is scrolled to next must know how high this is
        self.due = due.due.yuan_words
        self._total.setText(self.due)
        self.setAccessibleName(f"应收 {self.due}。{due.words}")
