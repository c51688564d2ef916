"""A choice of one from a list that drops down, and the colours a class may have."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from app.ui.widgets.basic import name_widget

CLASS_COLOURS = ("#E07A5F", "#3D8EB0", "#6B9A4B", "#B5838D", "#D4A017", "#7A6FB0", "#4E9C8F", "#C26D4A")


def choice_box(pairs: Sequence[tuple[str, str]], value: str, object_name: str, spoken: str) -> QComboBox:
    """Choose one of (value, words)."""
    made = QComboBox()
    name_widget(made, object_name, spoken)
    fill_choices(made, pairs, value)
    return made


def fill_choices(box: QComboBox, pairs: Sequence[tuple[str, str]], value: str) -> None:
    """Offer other choices, silently, with one chosen; an unknown value chooses the first."""
    box.blockSignals(True)
    box.clear()
    for key, words in pairs:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(value)))
    box.blockSignals(False)


def chosen(box: QComboBox) -> str:
    """The value chosen, or empty."""
    return str(box.currentData() or "")


def choose(box: QComboBox, value: str) -> None:
    """Choose a value, silently; one that is not offered chooses the first."""
    box.blockSignals(True)
    box.setCurrentIndex(max(0, box.findData(value)))
    box.blockSignals(False)
