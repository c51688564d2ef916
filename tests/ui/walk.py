"""What a walk through the window looks at: the widgets that act, where Tab leads, and what is cut off."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionButton,
    QTextEdit,
    QWidget,
)

from app.ui.rooms import Room
from app.ui.widgets.basic import ElidedLabel
from app.ui.widgets.buttons import KeyButton, Segmented

_ACTING = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QAbstractSlider,
)
_LONGEST_WALK = 250


def name(widget: QWidget | None) -> str:
    """How a finding calls a widget: its name and its ancestors' names up to the first one."""
    if widget is None:
        return "nothing"
    parts = []
    at: QWidget | None = widget
    while at is not None:
        parts.append(at.objectName() or type(at).__name__)
        if at.objectName() and at is not widget:
            break
        at = at.parentWidget()
    return "/".join(reversed(parts))


def acts(widget: QWidget) -> bool:
    """Whether a person does something with this very widget: not with a part of another, not with a frame."""
    if isinstance(widget, QScrollBar | QHeaderView) or isinstance(widget.parentWidget(), QAbstractSpinBox):
        return False
    if isinstance(widget, QLineEdit) and isinstance(widget.parentWidget(), QComboBox):
        return False
    if isinstance(widget, _ACTING):
        return True
    plain = isinstance(widget, Room | Segmented | QAbstractScrollArea) or widget.focusProxy() is not None
    return not plain and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def acting(window: QWidget) -> list[QWidget]:
    """Every acting widget that is shown and not greyed out, in the window or in a sheet over it."""
    return [w for w in window.findChildren(QWidget) if w.isVisible() and w.isEnabled() and acts(w)]


def stops(window: QWidget) -> list[QWidget]:
    """Where Tab leads, round to where it began."""
    start = QApplication.focusWidget()
    found: list[QWidget] = []
    for _ in range(_LONGEST_WALK):
        held = QApplication.focusWidget()
        if held is not None:
            if held in found:
                return found
            found.append(held)
        QTest.keyClick(held or window, Qt.Key.Key_Tab)
        if held is None and QApplication.focusWidget() is None:
            return found
    msg = f"Tab never comes round from {name(start)}"
    raise AssertionError(msg)


def group_of(widget: QWidget) -> QWidget | None:
    """The row of choices a button belongs to: Tab stops there once, arrows and digits do the rest."""
    parent = widget.parentWidget()
    return parent if isinstance(widget, QAbstractButton) and isinstance(parent, Segmented) else None


def shown_part(widget: QWidget) -> QRect:
    """The part of a widget that no ancestor cuts off, in its own coordinates."""
    part = widget.rect()
    at = widget
    while (parent := at.parentWidget()) is not None and not at.isWindow():
        seen = QRect(at.mapFrom(parent, QPoint(0, 0)), parent.size())
        part = part.intersected(QRect(widget.mapFrom(at, seen.topLeft()), seen.size()))
        at = parent
    return part


def bring(widget: QWidget) -> None:
    """Scroll to a widget as Tab does when it comes to it."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            at.ensureWidgetVisible(widget)
        at = at.parentWidget()
    QApplication.processEvents()


def scrolls(widget: QWidget) -> bool:
    """Whether a widget stands in something that scrolls up and down to it."""
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QAbstractScrollArea) and not isinstance(at, QAbstractItemView):
            return at.verticalScrollBar().maximum() > 0
        at = at.parentWidget()
    return False


def cut(widget: QWidget) -> str:
    """Why a label or button does not show all its words, or empty."""
    if isinstance(widget, QLabel):
        return "" if isinstance(widget, ElidedLabel) else _cut_label(widget)  # those end in … themselves
    if isinstance(widget, QAbstractButton) and widget.text():
        words = widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, widget.text())
        needed = widget.minimumSizeHint().expandedTo(words)
        room = _room(widget)
        if words.width() > room or needed.height() > widget.height() + 2:
            return f"{widget.text()!r} needs {words.width()}x{needed.height()}, has {room} of {_size(widget)}"
    return ""


def _room(button: QAbstractButton) -> int:
    """The width a button's words may take: what the style leaves of it between its borders and its air."""
    if isinstance(button, KeyButton):  # gives up its key and its icon before its words
        return button.width() if button.fits else 0
    if not isinstance(button, QPushButton) or type(button).paintEvent is not QPushButton.paintEvent:
        return button.width() - 4  # painted by hand
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()


def _cut_label(label: QLabel) -> str:
    if not label.text():
        return ""
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + 1:
            return f"{label.text()!r} needs {label.width()}x{needed}, has {_size(label)}"
        return ""
    hint = label.sizeHint()
    if hint.width() > label.width() + 1 or hint.height() > label.height() + 1:
        return f"{label.text()!r} needs {hint.width()}x{hint.height()}, has {_size(label)}"
    return ""


def _size(widget: QWidget) -> str:
    return f"{widget.width()}x{widget.height()}"
