"""The right side of the desk while no child is chosen: all that the start of the program shows of it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel

from app.ui.desk.ink import DeskInk
from app.ui.widgets.basic import Card, label


def empty_words() -> QLabel:
    """How to choose a child."""
    words = QCoreApplication.translate(
        "SidePanel",
        "选一个孩子：按方向键，或按 Ctrl K 输入姓名、拼音首字母、手机尾号。\n\n没登记过的孩子按 F2。",
    )
    made = label(words, "muted", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def empty_side(ink: DeskInk) -> Card:
    """The card that keeps the panel's place until the panel is built."""
    card = Card(ink.theme)
    card.setObjectName("desk.side")
    # As in the panel, so that the words stay where they are when it takes over.
    card.column(margins=(ink.px(16), ink.px(14), ink.px(12) + 4, ink.px(14))).addWidget(empty_words())
    return card
