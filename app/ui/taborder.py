"""Where Tab leads: through what is shown, in the order in which it is laid out.

Qt's own chain follows the order in which widgets were made. Choices, forms and rows here are made when they
are needed, so its chain would jump from a choice made late to the rail, and leave out what lies between.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)  # their parts are no stops of their own


def step(root: QWidget, *, forward: bool) -> bool:
    """Give the focus to the next stop in ``root`` (or the one before); return whether there was one."""
    stops = _stops(root)
    if not stops:
        return False
    held = QApplication.focusWidget()
    if held in stops:
        to = stops[(stops.index(held) + (1 if forward else -1)) % len(stops)]
    else:
        to = _nearest(root, held, stops, forward=forward)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    to.setFocus(reason)
    _bring_into_sight(to)
    return True


def _nearest(root: QWidget, held: QWidget | None, stops: list[QWidget], *, forward: bool) -> QWidget:
    """From something that is no stop itself (a greyed choice, a frame): the stop that follows it."""
    if held is None or not root.isAncestorOf(held):
        return stops[0 if forward else -1]
    inside = [stop for stop in stops if held.isAncestorOf(stop)]
    if inside:
        return inside[0 if forward else -1]
    order = {widget: at for at, widget in enumerate(_all(root))}
    at = order.get(held, 0)
    if forward:
        return next((stop for stop in stops if order[stop] > at), stops[0])
    return next((stop for stop in reversed(stops) if order[stop] < at), stops[-1])


def _stops(root: QWidget) -> list[QWidget]:
    """Whatever takes Tab, but no frame round others: a room takes the focus only when nothing in it does."""
    found = [
        widget
        for widget in _all(root)
        if widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and widget.isEnabled()
        and widget.focusProxy() is None
    ]
    # Parents come before their children: a frame is followed at once by something in it.
    return [
        one for at, one in enumerate(found) if at + 1 == len(found) or not one.isAncestorOf(found[at + 1])
    ]


def _all(root: QWidget) -> Iterator[QWidget]:
    """Every widget shown, parents before what is laid out in them."""
    for child in _children(root):
        if child.isVisible() and not child.isWindow():
            yield child
            if not isinstance(child, _WHOLE):
                yield from _all(child)


def _children(parent: QWidget) -> list[QWidget]:
    """What is laid out first, in that order; then what floats."""
    layout = parent.layout()
    placed = list(_placed(layout)) if layout is not None else []
    floating = [one for one in parent.children() if isinstance(one, QWidget) and one not in placed]
    return placed + floating


def _placed(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places = sorted(places, key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index,assignment]
    for at in places:
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (inner := item.layout()) is not None:
            yield from _placed(inner)


def _bring_into_sight(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
