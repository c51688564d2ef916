"""Why a child may eat what names her allergy: chosen or typed before she joins the batch."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.services.class_views import AllergyClash, Cleared
from app.ui.classroom.form import Choices
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.fields import Field

_NONE = "none"
_REASONS = ("已换替餐", "配料逐样核对过，不含", "家长书面同意")


class ClearingRow(QWidget):
    """Nothing is chosen beforehand: then those with the allergy are left out."""

    changed = Signal()
    keep_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looked: frozenset[tuple[VisitId, str]] = frozenset()
        self._asked: frozenset[tuple[VisitId, str]] = frozenset()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s2)
        column.addWidget(label("过敏的孩子先不记；确认可以吃的，选原因：", "small", wrap=True))
        choices = [(_NONE, "先不记"), *((one, one) for one in _REASONS)]
        self._reasons = Choices(
            theme, "classroom.clear", "过敏核对", choices, kind="choice", stretch=False, wrap=True
        )
        self._own = Field(theme, "classroom.clear_own", "其他原因", placeholder="例如 医生诊断已耐受")
        column.addWidget(self._reasons)
        column.addWidget(self._own)
        self._reasons.chosen.connect(self._on_chosen)
        self._reasons.walked_on.connect(self.keep_requested)
        self._own.edited.connect(lambda _text: self.changed.emit())
        self._own.entered.connect(self.keep_requested)
        self.forget()

    def reason(self) -> str:
        """Why, or empty while nobody has said; hidden, it says nothing."""
        if self.isHidden():
            return ""
        own = self._own.text().strip()
        chosen = self._reasons.value()
        return own or ("" if chosen == _NONE else chosen)

    def cleared(self) -> Cleared:
        """Why, and whose allergies stood on the screen when it was said."""
        return Cleared(self.reason(), self._looked | self._asked)

    def see(self, clashes: Iterable[AllergyClash]) -> None:
        """These stand above the row; it is hidden where there is nothing to say why."""
        looked = frozenset((clash.visit, name) for clash in clashes for name in clash.named)
        if (
            not looked <= self._looked
        ):  # another meal, another menu: what was said was about what stood before
            self._reasons.set_value(_NONE)
            self._own.set_text("")
        self._looked = looked
        self.setVisible(bool(self._looked or self._asked))

    def ask_about(self, looked: frozenset[tuple[VisitId, str]]) -> None:
        """The food names more than the menu had said: why may they eat that? What was said before is void."""
        if not looked <= self._asked:
            self._reasons.set_value(_NONE)
            self._own.set_text("")
        self._asked = looked
        self.show()

    def forget(self) -> None:
        """The next batch is looked at anew."""
        self._reasons.set_value(_NONE)
        self._own.set_text("")
        self._looked = self._asked = frozenset()
        self.hide()

    def take_focus(self) -> None:
        """Where the reason is chosen."""
        self._reasons.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _on_chosen(self, _value: str) -> None:
        self._own.set_text("")
        self.changed.emit()
