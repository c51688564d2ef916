"""The form of a time outdoors; who was out shorter than the rest has a reason of her own."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.services.class_views import Offer
from app.ui.classroom.exceptions import LEFT_OUT, Mark
from app.ui.classroom.form import Choices, FormProblem, KindForm
from app.ui.classroom.words import read_amount
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.fields import Field

_REASONS = ("下雨", "雾霾", "高温", "寒冷大风", "活动调整")
_OWN = "own"


class ReasonRow(QWidget):
    """Why a time outdoors was too short: a pill, or words of one's own."""

    changed = Signal()
    walked_on = Signal()

    def __init__(self, theme: Theme, name: str, spoken: str) -> None:
        super().__init__()
        choices = [*((one, one) for one in _REASONS), (_OWN, "其他…")]
        self.who = label(spoken, "label", wrap=True)
        self.pills = Choices(
            theme, f"classroom.form.{name}", spoken, choices, kind="choice", stretch=False, wrap=True
        )
        self.own = Field(
            theme, f"classroom.form.{name}_own", f"{spoken}（自己写）", placeholder="如 脚扭了，在室内活动"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s1)
        for widget in (self.who, self.pills, self.own):
            column.addWidget(widget)
        self.own.hide()
        self.pills.chosen.connect(self._on_chosen)
        self.pills.walked_on.connect(self.walked_on)
        self.own.edited.connect(lambda _text: self.changed.emit())
        self.own.entered.connect(self.walked_on)

    def reason(self) -> str:
        """In words; empty while nobody has said."""
        chosen = self.pills.value()
        return self.own.text().strip() if chosen == _OWN else chosen

    def set_reason(self, words: str) -> None:
        """Show a reason, silently."""
        own = bool(words) and words not in _REASONS
        self.pills.set_value(_OWN if own else words)
        self.own.set_text(words if own else "")
        self.own.setVisible(own)

    @Slot(str)
    def _on_chosen(self, value: str) -> None:
        self.own.setVisible(value == _OWN)
        if value == _OWN:
            self.own.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()


class OutdoorForm(KindForm):
    """So many minutes outdoors, until the time above; or why nobody went."""

    kind = EntryKind.OUTDOOR
    minutes = (30, 45, 60, 90, 120)

    def build(self) -> None:
        """Minutes for the digits; a reason where the day stays short of its duty."""
        choices = [(str(one), f"{one} 分") for one in self.minutes] + [("0", "今天没出去")]
        self._minutes = self.pills("minutes", "户外时间", choices, on="60", numbered=True)
        self._says = label("上面的时间是回到室内的时间。", "muted", wrap=True)
        self._column.addWidget(self._says)
        self._own = self.line("own_minutes", "其他分钟数", "如 75")
        self._minutes.chosen.connect(lambda _value: self._own.set_text(""))
        self._why = self._reason_row("why", "不够时的原因")
        self._hers: dict[VisitId, ReasonRow] = {}
        self._names: dict[VisitId, str] = {}

    def show_offer(self, offer: Offer) -> None:
        """How long they were out, and what the day should have."""
        least, duty = offer.outdoors
        if duty:
            self._says.setText(f"上面的时间是回到室内的时间。今天已户外 {least} 分钟，每天应有 {duty} 分钟。")

    def differ(self, marks: Sequence[Mark]) -> None:
        """A reason for each child who was not out as long as the rest."""
        wanted = {one.visit: one for one in marks if one.value and one.value != LEFT_OUT}
        for visit in [visit for visit in self._hers if visit not in wanted]:
            row = self._hers.pop(visit)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for visit, mark in wanted.items():
            if visit not in self._hers:
                self._hers[visit] = self._reason_row(f"why.{visit}", f"{mark.name}的原因")
            self._hers[visit].who.setText(f"{mark.name}（{mark.words}）的原因")
            self._names[visit] = mark.name

    def draft(self, at: dt.datetime) -> EntryDraft:
        """From so many minutes before ``at`` until then."""
        minutes = int(self._minutes.value() or 0)
        if self._own.text().strip():
            read = read_amount(self._own.text())
            if read is None:
                raise FormProblem("分钟数看不懂，请写数字，例如 75。")
            minutes = read
        why = self._why.reason()
        if not minutes and not why:
            raise FormProblem("没有出去的，请选一个原因。")
        return EntryDraft(self.kind, at - dt.timedelta(minutes=minutes), until=at, text=why)

    def draft_as(self, at: dt.datetime, value: str, visit: VisitId | None = None) -> EntryDraft:
        """Her own minutes and her own reason, never those of the rest."""
        row = None if visit is None else self._hers.get(visit)
        why = "" if row is None else row.reason()
        if value == "0" and not why and visit is not None and row is not None:
            row.pills.setFocus(Qt.FocusReason.TabFocusReason)
            msg = f"{self._names[visit]} 没有出去，请选她的原因。"
            raise FormProblem(msg)
        return EntryDraft(self.kind, at - dt.timedelta(minutes=int(value or 0)), until=at, text=why)

    def load(self, draft: EntryDraft) -> None:
        """As it was; the time above is its end."""
        until = draft.until or draft.at
        minutes = int((until - draft.at).total_seconds()) // 60
        self._minutes.set_value(str(minutes))
        self._own.set_text("" if self._minutes.value() else str(minutes))
        self._why.set_reason(draft.text)

    def moment(self, draft: EntryDraft) -> dt.datetime:
        """The time above is when they came back."""
        return draft.until or draft.at

    def first(self) -> QWidget:
        """The minutes."""
        return self._minutes

    def main(self) -> Choices:
        """The minutes."""
        return self._minutes

    def _reason_row(self, name: str, spoken: str) -> ReasonRow:
        row = ReasonRow(self._theme, name, spoken)
        row.changed.connect(self.changed)
        row.walked_on.connect(self.keep_requested)
        self._column.addWidget(row)
        row.show()
        return row
