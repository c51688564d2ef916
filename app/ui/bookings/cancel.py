"""取消预约: who said so, when and why; for a weekly one this day only, or all that follow."""

from PySide6.QtWidgets import QWidget

from app.domain.bookings import day_words
from app.services.booking_card import BookingRow
from app.ui.rooms import RoomContext
from app.ui.widgets.form_sheet import FormSheet

_WHO = tuple((who, who) for who in ("妈妈", "爸爸", "奶奶", "外婆", "本园"))
_WHY = tuple((why, why) for why in ("孩子生病", "家里有人带", "行程变了", "本园原因"))


class CancelSheet(FormSheet):
    """Asks what the record needs. Decides nothing."""

    WIDE = 640

    def __init__(self, context: RoomContext, host: QWidget, row: BookingRow) -> None:
        super().__init__(context, host, "bookings.cancelling", "取消预约", "取消这条预约")
        self._row = row
        self.beside.setText(f"{row.name}　{day_words(row.day)} {row.time_words}　{row.class_name}")
        self.cancel.set_text("不取消了")
        self.by_words = self.choice("by_words", "谁取消的", _WHO)
        self.by = self.add_field("by", "或写是谁", "如 小姨")
        self.why_words = self.choice("why_words", "原因", _WHY)
        self.reason = self.add_field("reason", "或写原因", "如 孩子发热")
        self.told = self.add_field("told_at", "几点告诉我们的（今天）", "空着就是现在")
        self.rest = self.choice(
            "rest", "取消哪几次", (("one", "只这一次"), ("rest", "这次和以后的都取消")), "one"
        )
        rest = self.labelled("取消哪几次", self.rest)
        self.form.addWidget(rest)
        self.form.addWidget(self.labelled("谁取消的", self.by_words))
        self.row(self.by, self.told)
        self.form.addWidget(self.labelled("原因", self.why_words))
        self.form.addWidget(self.reason)
        self.form.addStretch(1)
        rest.setVisible(row.weekly)
        self.by_words.chosen.connect(self._on_by_chosen)
        self.why_words.chosen.connect(self._on_why_chosen)

    def finish(self) -> None:
        """Cancel."""
        actor, booking = self.context.actor, self._row.id
        by, reason, told = self.by.text(), self.reason.text(), self.told.text()
        rest = self._row.weekly and self.rest.value() == "rest"
        self.submit(lambda s: s.bookings.cancel(actor, booking, by, reason, told, rest=rest))

    def _on_by_chosen(self, value: str) -> None:
        self.by.set_text(value)

    def _on_why_chosen(self, value: str) -> None:
        self.reason.set_text(value)
