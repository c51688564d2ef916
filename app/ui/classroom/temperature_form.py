"""The form of a temperature, or of the noon check of one child."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.ids import VisitId
from app.domain.logbook import EntryDraft, EntryError, EntryKind, Site, parse_temperature
from app.services.checks import HealthCheck
from app.services.class_views import Except, Offer, RosterCard
from app.ui.classroom.form import FormProblem, KindForm
from app.ui.widgets.basic import label
from app.ui.widgets.fields import Field


class TemperatureForm(KindForm):
    """Degrees, and where they were taken. A reading is one child's: of several each is asked for hers."""

    kind = EntryKind.TEMPERATURE

    def build(self) -> None:
        """Degrees are typed; the site is a row of pills."""
        self._meant: tuple[RosterCard, ...] = ()
        self._each: dict[VisitId, Field] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(self._theme.metrics.s2)
        self._column.addLayout(self._grid)
        self._degrees = self.line("temperature", "体温 ℃", "如 36.5")
        self._degrees.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._site = self.pills(
            "site", "测量部位", [(s.value, s.label) for s in Site], on=Site.FOREHEAD.value
        )
        self._site_known = False
        self._site.chosen.connect(self._on_site_chosen)
        kinds = [("temperature", "只记体温"), ("noon", "记作午检")]
        self._as = self.pills("as", "记作", kinds, on="temperature", small=True)
        self._as.chosen.connect(self._on_as_chosen)
        # No finding is filled in beforehand: somebody must have looked.
        found = [("normal", "正常"), ("recheck", "复测"), ("abnormal", "异常")]
        self._outcome = self.pills("outcome", "午检结果", found)
        self._finding = self.line("finding", "看到了什么、怎么处理（正常可不填）", "如 左手背有抓痕，已涂药")
        self._on_as_chosen("temperature")

    def show_offer(self, offer: Offer) -> None:
        """Where it was taken last time, unless that was chosen by hand."""
        if offer.last is not None and offer.last.detail and not self._site_known:
            self._site.set_value(offer.last.detail)

    def meet(self, meant: Sequence[RosterCard]) -> None:
        """A line for each child where there are several; a noon check is of one."""
        if len(meant) < 2:
            return
        self._meant = tuple(meant)
        self._degrees.hide()
        self._as.hide()
        columns = 4 if self._theme.metrics.scale < 1.25 else 2
        for at, card in enumerate(meant):
            field = Field(
                self._theme,
                f"classroom.form.temperature.{at + 1}",
                f"{card.name} ℃",
                placeholder="没量就空着",
            )
            field.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
            field.edited.connect(lambda _text: self.changed.emit())
            field.entered.connect(lambda visit=card.visit: self._walk_on(visit))
            self._grid.addWidget(field, at // columns, at % columns)
            self._each[card.visit] = field
        self._column.addWidget(
            label("没量的空着。全班午检请到“卫生—晨午检”，一个孩子的午检请只选她。", "muted", wrap=True)
        )

    def whom(self, meant: Sequence[RosterCard]) -> tuple[RosterCard, ...]:
        """Of several those whose reading is typed; all of them while none is."""
        typed = tuple(card for card in meant if card.visit in self._each and self._typed(card))
        return typed or tuple(meant)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Tenths of a degree and the site; of several, those of the first."""
        if self._each:
            return self._read_each(at)[0][1]
        return EntryDraft(EntryKind.TEMPERATURE, at, detail=self._site.value(), tenths=self._tenths())

    def each(self, at: dt.datetime) -> tuple[Except, ...]:
        """The reading of each but the first."""
        return tuple(Except(visit, draft) for visit, draft in self._read_each(at)[1:]) if self._each else ()

    def check(self) -> HealthCheck | None:
        """The noon check, if it is one: degrees, finding and words."""
        if self._as.value() != "noon" or self._each:
            return None
        tenths = self._tenths()
        if not self._outcome.value():
            raise FormProblem("请选午检结果：正常、复测或异常。")
        note = self._finding.text().strip()
        return HealthCheck("noon", tenths, self._site.value(), self._outcome.value(), note)

    def load(self, draft: EntryDraft) -> None:
        """Degrees and site as they were."""
        self._site_known = True
        self._degrees.set_text("" if draft.tenths is None else f"{draft.tenths / 10:.1f}")
        self._site.set_value(draft.detail or "")
        self._as.hide()

    def _tenths(self) -> int:
        if not self._degrees.text().strip():
            raise FormProblem("请写体温，例如 36.5。")
        try:
            return parse_temperature(self._degrees.text())
        except EntryError as error:
            raise FormProblem(error.sentence) from error

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the line of one of several went to the next: it must not keep, too."""
        if not self._each or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _typed(self, card: RosterCard) -> str:
        return self._each[card.visit].text().strip()

    def _read_each(self, at: dt.datetime) -> list[tuple[VisitId, EntryDraft]]:
        found = []
        for card in self._meant:
            if not self._typed(card):
                continue
            try:
                tenths = parse_temperature(self._typed(card))
            except EntryError as error:
                msg = f"{card.name}：{error.sentence}"
                raise FormProblem(msg) from error
            draft = EntryDraft(EntryKind.TEMPERATURE, at, detail=self._site.value(), tenths=tenths)
            found.append((card.visit, draft))
        if not found:
            raise FormProblem("请给每个量过的孩子各写一个体温，例如 36.5；没量的空着。")
        return found

    def _walk_on(self, visit: VisitId) -> None:
        """Enter goes to the next child who has none yet, and keeps after the last."""
        order = list(self._each)
        later = (one for one in order[order.index(visit) + 1 :] if not self._each[one].text().strip())
        following = next(later, None) if self._each[visit].text().strip() else None
        if following is None:
            self.keep_requested.emit()
        else:
            self._each[following].edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_site_chosen(self, _value: str) -> None:
        self._site_known = True

    def _on_as_chosen(self, value: str) -> None:
        self._outcome.setVisible(value == "noon")
        self._finding.setVisible(value == "noon")

    def first(self) -> QWidget:
        """The degrees: of several, those of the first."""
        return next(iter(self._each.values()), self._degrees).edit
