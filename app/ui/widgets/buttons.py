"""Buttons that show their key, and rows of exclusive choices."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyleOptionButton,
    QWidget,
)

from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.basic import mark, name_widget
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.paint import key_size, paint_key

_LEANEST = 3  # of KeyButton.set_lean
_DEEP = ("notice", "alarm")  # kinds with a ground too deep for a plain cap
_BESIDE = {"large": 22, "tight": 10, "snug": 5}  # pixels at either end, 16 for the rest


class KeyButton(QPushButton):
    """A button that shows the key that does the same: ``＋ 临时托登记 [F2]``.

    ``key`` is a ``QKeySequence`` text (``F2``, ``Ctrl+Return``); it works while ``scope`` (default: the
    window) has the focus. ``kind``: primary, danger, alarm, quiet or empty. ``shown`` is the text of the
    cap if other than the key. ``size``: large, tight (less air at the ends), snug (hardly any, and a small
    cap, which it gives up where it is squeezed) or empty.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        key: str = "",
        *,
        kind: str = "",
        size: str = "",
        icon: str = "",
        icons: Icons | None = None,
        object_name: str = "",
        shown: str | None = None,
        bind: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._icons, self._icon_name = theme, icons, icon
        self._cap = _cap_text(key) if shown is None else shown
        self._kind, self._lean, self._brief = kind, 0, ""
        self._holder: QWidget | None = None
        self._shortcut: QShortcut | None = None
        for name, value in (("kind", kind), ("grade", size)):
            if value:
                self.setProperty(name, value)
        name_widget(self, object_name or f"button.{text}", text)
        if self._cap:
            self.setAccessibleDescription(f"快捷键 {self._cap}")
        if key and bind:
            # Not setShortcut: that would print the key into the tooltip and die with hidden menus.
            self._shortcut = QShortcut(QKeySequence(key), self)
            self._shortcut.activated.connect(self._on_shortcut_activated)
        theme.changed.connect(self._on_theme_changed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Change the words, and what a screen reader says."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_kind(self, kind: str, shown: str) -> None:
        """Look otherwise, with another cap or none: an act that must wait must not look ready."""
        if (kind, shown) == (self._kind, self._cap):
            return
        self._kind, self._cap = kind, shown
        mark(self, kind=kind)
        self.setAccessibleDescription(f"快捷键 {shown}" if shown else "")
        self.updateGeometry()

    def offer_brief(self, words: str) -> None:
        """Fewer words for where the button is squeezed."""
        self._brief = words
        self.update()

    def set_lean(self, level: int) -> None:
        """Where a row is too narrow for all: 1 gives the key up, 2 the icon as well, 3 says it briefly."""
        if level != self._lean:
            self._lean = level
            self.updateGeometry()
            self.update()

    def tuck(self, holder: QWidget | None) -> None:
        """Be a line of a list mostly out of sight: the key works while ``holder`` is in it. None ends it."""
        self._holder = holder
        mark(self, tucked="yes" if holder is not None else "")
        if self._shortcut is not None:
            self._shortcut.setParent(holder or self)  # that of a button out of sight is dead
            self._shortcut.setEnabled(holder is None or self.isEnabled())

    @property
    def tucked(self) -> bool:
        """Whether it is a line of such a list."""
        return self._holder is not None

    def width_at(self, level: int) -> int:
        """How wide it would like to be at a level of ``set_lean``."""
        beside = self._theme.px(
            _BESIDE.get(self.property("grade"), 16)
            // (2 if level and self._kind != "pill" else 1)  # round ends need their air
        )
        return max(44, round(self._wide(*self._parts(level)) + 2 * beside + 2))

    def sizeHint(self) -> QSize:
        """Room for icon, words and key."""
        px, large = self._theme.px, self.property("grade") == "large"
        return QSize(self.width_at(self._lean), max(44, px(52 if large else 40)))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        hint = self.sizeHint()
        return QSize(self.width_at(max(1, self._lean)), hint.height()) if self._snug else hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the sheet paint the ground, then icon, words and key by hand, centred."""
        super().paintEvent(event)
        painter = QPainter(self)
        px, enabled = self._theme.px, self.isEnabled()
        lit = self._kind == "primary" or self.isChecked()
        inks = {"danger": "bad_ink", "notice": "rail_on_ink", "alarm": "alarm_ink"}
        inks["waiting"] = "warn_ink"
        role = ("brand_ink" if lit else inks.get(self._kind, "ink")) if enabled else "ink_3"
        words, icon, cap, wide = self._fitting()
        x, middle = px(12) if self.tucked else (self.width() - wide) / 2, self.height() / 2
        if icon and self._icons is not None:
            side = px(20)
            self._icons.paint(painter, QRectF(x, middle - side / 2, side, side), self._icon_name, role)
            x += side + px(7)
        painter.setFont(self._text_font())
        painter.setPen(self._theme.color(role))
        width = QFontMetricsF(painter.font()).horizontalAdvance(words)
        painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if cap:
            size = self._cap_size()
            at = self.width() - px(12) - size.width() if self.tucked else x + width + px(self._gap)
            place = QRectF(at, middle - size.height() / 2, size.width(), size.height())
            paint_key(
                painter, self._theme, place, self._cap, on_brand=lit or self._kind in _DEEP,
                enabled=enabled, on_alarm=self._kind == "alarm",
            )  # fmt: skip
        painter.end()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """What the sheet paints: all but the words."""
        super().initStyleOption(option)
        option.text = ""

    @property
    def fits(self) -> bool:
        """Whether its words, or the fewer it was offered, are shown whole."""
        return self._fitting()[0] in {self.text(), self._brief}

    @property
    def _snug(self) -> bool:
        return bool(self.property("grade") == "snug")

    @property
    def _gap(self) -> int:
        tight_pill = self._kind == "pill" and self.property("grade") == "tight"
        return 4 if self._snug or tight_pill else 12

    def _cap_size(self) -> QSizeF:
        size = key_size(self._theme, self._cap)
        return QSizeF(size.width() - self._theme.px(5), size.height()) if self._snug else size

    def _text_font(self) -> QFont:
        font = self._theme.font("body", bold=True)
        if self.property("grade") == "large":
            font.setPixelSize(self._theme.px(17))
        return font

    def _parts(self, level: int) -> tuple[str, bool, bool]:
        """Words, and whether icon and key are shown."""
        words = (self._brief or self.text()) if level >= _LEANEST else self.text()
        return words, bool(self._icon_name) and (level <= 1 or not words), bool(self._cap) and level < 1

    def _wide(self, words: str, icon: bool, cap: bool) -> float:
        px = self._theme.px
        width = QFontMetricsF(self._text_font()).horizontalAdvance(words)
        if icon:
            width += px(27)
        if cap:
            width += px(self._gap) + self._cap_size().width()
        return width

    def _fitting(self) -> tuple[str, bool, bool, float]:
        """Words, icon, key and their width: in too little room the words stay whole as long as they can."""
        room = self.width() - 2 * self._theme.px(5)
        for level in range(self._lean, _LEANEST + 1):
            parts = self._parts(level)
            if (wide := self._wide(*parts)) <= room:
                return *parts, wide
        words, icon, _cap = self._parts(_LEANEST)
        if not icon:
            words = QFontMetricsF(self._text_font()).elidedText(words, Qt.TextElideMode.ElideRight, room)
        return words, icon, False, self._wide(words, icon, False)

    @Slot()
    def _on_shortcut_activated(self) -> None:
        if self.isEnabled() and (self.isVisible() or (self.tucked and not self.isHidden())):
            self.click()  # at once: the show of animateClick costs a tenth of a second

    @Slot()
    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


def page_turners(
    theme: Theme, icons: Icons, name: str, back_words: str, on_words: str
) -> tuple[KeyButton, KeyButton]:
    """Two arrows, ``<name>.back`` by PgUp and ``<name>.on`` by PgDn, without words but for who listens."""
    made = []
    for part, key, icon, words in (
        ("back", "PgUp", "chevron-left", back_words),
        ("on", "PgDown", "chevron-right", on_words),
    ):
        button = KeyButton(theme, "", key, icon=icon, icons=icons, object_name=f"{name}.{part}", shown="")
        button.setAccessibleName(words)
        made.append(button)
    return made[0], made[1]


class Segmented(QWidget):
    """Choices side by side. One of them (or, with ``many``, any) can be on.

    One stop in the tab order: arrows move, Space or Enter chooses, digits 1-9 choose at once. Buttons are
    named ``<object_name>.<value>``. ``keys`` are the caps of the first, the second …, whose shortcuts are
    the owner's; wrapped, all give their caps up where these would cost a second line. ``size`` is that of
    buttons with caps.
    """

    chosen = Signal(str)  # the value just switched on (or off, with ``many``)
    walked_on = Signal()  # Enter on the chosen one: the form may go to its next field

    def __init__(
        self,
        theme: Theme,
        object_name: str,
        spoken: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        many: bool = False,
        kind: str = "segment",
        stretch: bool = True,
        wrap: bool = False,
        keys: Sequence[str] = (),
        size: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._many, self._kind, self._stretch = theme, many, kind, stretch
        self._keys, self._wrap, self._size = tuple(keys), wrap, size
        self._buttons: dict[str, QPushButton] = {}
        name_widget(self, object_name, spoken)
        # Wrapped, they take as many lines as they need; else they share one.
        self._row = FlowLayout(self) if wrap else QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(5) if size in {"snug", "tight"} else theme.metrics.s2)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer other choices; those that remain keep their state and their widget."""
        wanted = dict(choices)
        self._caps = dict(zip(wanted, self._keys, strict=False))
        for value in [value for value in self._buttons if value not in wanted]:
            button = self._buttons.pop(value)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for at, (value, text) in enumerate(choices):
            button = self._buttons.get(value) or self._make(value)
            self._buttons[value] = button
            button.setText(text)
            button.setAccessibleName(f"{self.accessibleName()} {text}")
            self._row.removeWidget(button)
            self._row.insertWidget(at, button, 1 if self._stretch else 0)
            button.show()  # at once: a layout shows what comes late only when the loop is idle
        self._buttons = {value: self._buttons[value] for value in wanted}
        self._settle_focus()
        self._spare_line()

    def value(self) -> str:
        """The one that is on, or empty."""
        return next(iter(self.values()), "")

    def values(self) -> tuple[str, ...]:
        """All that are on, in order."""
        return tuple(value for value, button in self._buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Switch on exactly this one (or none, for a value not offered), silently."""
        self.set_values((value,))

    def set_values(self, values: Sequence[str]) -> None:
        """Switch on exactly these, silently."""
        for name, button in self._buttons.items():
            button.setChecked(name in values)
        chosen, held = self._buttons.get(self.value()), self.focusWidget()
        if not self._many and chosen is not None and held is not None and held.hasFocus():
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        self._settle_focus()

    def wanted_width(self) -> int:
        """How wide all are side by side."""
        wide = [one.sizeHint().width() for one in self._buttons.values()]
        return sum(wide) + self._row.spacing() * max(0, len(wide) - 1)

    def width_at(self, level: int) -> int:
        """How wide all are side by side at a level of ``set_lean``; only with ``keys``."""
        wide = [one.width_at(level) for one in self._buttons.values() if isinstance(one, KeyButton)]
        return sum(wide) + self._row.spacing() * max(0, len(wide) - 1)

    def set_lean(self, level: int) -> None:
        """1 gives the caps up, as that of ``KeyButton``."""
        for one in self._buttons.values():
            if isinstance(one, KeyButton):
                one.set_lean(level)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Caps may not cost a line, and are there for all or for none."""
        super().resizeEvent(event)
        self._spare_line()

    def _spare_line(self) -> None:
        if self._keys and (self._wrap or self._size == "snug"):
            self.set_lean(0 if self.width_at(0) <= self.width() else 1)

    def set_choice_enabled(self, value: str, enabled: bool, why: str = "") -> None:
        """Grey one choice out, with the reason as its tooltip."""
        button = self._buttons[value]
        button.setEnabled(enabled)
        button.setToolTip(why)

    page_keys = False  # set where digits and Enter are the page's, whichever choice was clicked last

    def button(self, value: str) -> QPushButton:
        """The button of a choice (to relabel it or to click it in a test)."""
        return self._buttons[value]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the focus, digits choose."""
        buttons = [button for button in self._buttons.values() if button.isEnabled()]
        held = self.focusWidget()
        at = buttons.index(held) if isinstance(held, QPushButton) and held in buttons else 0
        key = event.key()
        if self.page_keys and key not in _ARROWS:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down) and buttons:
            buttons[(at + 1) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up) and buttons:
            buttons[(at - 1) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.modifiers():
            offered = list(self._buttons.values())
            if key - Qt.Key.Key_1 < len(offered) and offered[key - Qt.Key.Key_1].isEnabled():
                # The focus goes along, so that Enter keeps what the digit chose.
                offered[key - Qt.Key.Key_1].setFocus(Qt.FocusReason.TabFocusReason)
                offered[key - Qt.Key.Key_1].click()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._on_enter(held)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrow keys before the buttons do: a button's own would leave the row."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ARROWS:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _on_enter(self, held: QWidget | None) -> None:
        if isinstance(held, QPushButton) and not held.isChecked() and not self._many:
            held.click()
        self.walked_on.emit()

    def _make(self, value: str) -> QPushButton:
        key = self._caps.get(value, "")
        button = (
            KeyButton(self._theme, "", key, kind=self._kind, size=self._size, bind=False)
            if key
            else QPushButton(self)
        )
        button.setParent(self)
        button.setObjectName(f"{self.objectName()}.{value}")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setProperty("kind", self._kind)
        button.clicked.connect(self._on_button_clicked)
        button.installEventFilter(self)
        return button

    @Slot()
    def _on_button_clicked(self) -> None:
        sender = self.sender()
        for value, button in self._buttons.items():
            if button is sender:
                if not self._many:
                    self.set_value(value)
                self._settle_focus(button)
                self.chosen.emit(value)
                return

    def _settle_focus(self, onto: QPushButton | None = None) -> None:
        """Keep one button in the tab order: the focused, else the chosen, else the first."""
        buttons = list(self._buttons.values())
        stop = onto or next((b for b in buttons if b.isChecked()), None)
        stop = stop or next((b for b in buttons if b.isEnabled()), None)
        for button in buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is stop or self._many else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        if stop is not None:
            self.setFocusProxy(stop)


_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def _cap_text(key: str) -> str:
    words = {"Return": "Enter", "Meta": "Win", "PgDown": "PgDn", "Up": "↑", "Down": "↓", "Backspace": "退格"}
    return " ".join(words.get(part, part) for part in key.split("+"))
