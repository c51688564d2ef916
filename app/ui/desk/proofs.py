"""The line below the adults: by what somebody is known who is not known by face, and who else may release."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.desk.parts import choice_button
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.paint import key_size, paint_key


def asked_line(name: str, spoken: str, placeholder: str, longest: int) -> QLineEdit:
    """A line that asks for something."""
    made = QLineEdit()
    made.setObjectName(name)
    made.setAccessibleName(spoken)
    made.setPlaceholderText(placeholder)
    made.setMaxLength(longest)
    return made


class CodeLine(QLineEdit):
    """A line that shows, while it is empty, the key that leads to it."""

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self._theme, self._key = theme, key

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, and the key at its right."""
        super().paintEvent(event)
        size, px = key_size(self._theme, self._key), self._theme.px
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        if self.text() or self.hasFocus() or px(24) + words + size.width() > self.width():
            return
        painter = QPainter(self)
        place = QRectF(
            self.width() - px(9) - size.width(), (self.height() - size.height()) / 2, *size.toTuple()
        )
        paint_key(painter, self._theme, place, self._key, on_brand=False)
        painter.end()


class Proofs(QWidget):
    """The code of the slip, the identity card, and the two ways for somebody who is on no list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.code = CodeLine(theme, "M")
        self.code.setObjectName("pickup.code")
        self.code.setAccessibleName(self.tr("凭条上的接送码，按 M"))
        self.code.setPlaceholderText(self.tr("接送码"))
        self.code.setMaxLength(12)
        self.identity = choice_button(theme, self.tr("身份证"), "I", "pickup.identity")
        self.identity.setCheckable(True)
        self.grant = choice_button(theme, self.tr("授权"), "P", "pickup.grant")
        self.grant.setAccessibleName(self.tr("电话授权，按 P"))
        # 放行 alone, beside 确认接走, would read as if it let her go with whoever stands there.
        self.exception = choice_button(theme, self.tr("园长放行"), "X", "pickup.exception")
        self.exception.setAccessibleName(self.tr("园长放行，按 X"))
        self.belonging = asked_line(
            "pickup.belonging", self.tr("记一件随身物品，按 Enter"), self.tr("水杯、外套… 按 Enter 记下"), 50
        )
        self.later_reason = asked_line(
            "pickup.later_reason", self.tr("以后再付的理由"), self.tr("为什么以后再付"), 200
        )
        self.words = label("", "small", wrap=True)
        self.words.setObjectName("pickup.quote_words")
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.code, 1)
        for made in (self.identity, self.grant, self.exception):
            line.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(line)
        for part in (self.belonging, self.later_reason, self.words):
            column.addWidget(part)
            part.hide()
