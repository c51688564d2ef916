"""Before a note is signed: a dose of medicine that is late is given, or it is written down why it was not."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.services.handover import NoteView
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_sheet import FormSheet


class DoseSheet(FormSheet):
    """Ctrl+Enter keeps why the first late dose was left out; F2 goes to where two people give it."""

    WIDE = 640
    give_wanted = Signal()

    def __init__(self, context: RoomContext, host: QWidget, view: NoteView) -> None:
        super().__init__(context, host, "late_dose", f"{view.name} 的药还没喂", "没喂，记下原因")
        self._dose = view.doses[0]
        rest = "".join(f"\n之后还有：{one.words}" for one in view.doses[1:])
        self.form.addWidget(label(f"{self._dose.words}，已经过了时间。{rest}", "h2", wrap=True))
        words = "交接单签字以前，要么两个人去喂，要么写明为什么没喂：家长会在单子上看到。"
        self.form.addWidget(label(words, "muted", wrap=True))
        self.form.addWidget(
            self.add_field(
                "reason", "为什么没喂", required=True, placeholder="如 妈妈来电说烧退了，不用喂", longest=200
            )
        )
        self.give = KeyButton(
            context.theme, "现在去喂", "F2", icon="pill", icons=context.icons, object_name="late_dose.give"
        )
        self.give.clicked.connect(self._on_give)
        self.foot.insertWidget(0, self.give)

    @Slot()
    def _on_give(self) -> None:
        self.dismiss()
        self.give_wanted.emit()

    def focus_first(self) -> None:
        """To the reason: giving it is a key away."""
        super().focus_first()
        self.fields["reason"].edit.setFocus()

    def finish(self) -> None:
        """Keep the reason; the note is drafted with it."""
        actor, dose, reason = self.context.actor, self._dose.id, self.text("reason")

        def run(services: Any) -> Any:
            return services.health.medicine.skip(actor, dose, reason)

        self.submit(run)
