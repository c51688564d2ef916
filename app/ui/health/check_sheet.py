"""有异常: what was found at one child by 一摸二看三问四查, what was said and done, which card."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.health_round import Card, Mark, RoundError, RoundKind, read_tenths, suggest_card
from app.domain.logbook import Site, degrees
from app.services.rounds import RoundRow, RoundView
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import ChipLabel, label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet

_GROUPS = (("touch", "一摸"), ("look", "二看"), ("ask", "三问"), ("check", "四查"))


NO_SLIP = "{card}是带药的孩子，今天还没有她的服药单。保存后按 Ctrl N 收药，请家长签字。"


class CheckSheet(FormSheet):
    """Ctrl+Enter keeps it; a temperature at the fever line also begins the fever's steps."""

    WIDE = 760
    kept = Signal(object)  # VisitId

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        kind: RoundKind,
        row: RoundRow,
        view: RoundView,
        tenths: int | None,
        site: str,
    ) -> None:
        super().__init__(context, host, "check", f"{kind.label} · {row.name}", "保存")
        self._kind, self._row, self._view = kind, row, view
        theme = context.theme
        heat = self.add_field("tenths", "体温", placeholder="如 36.5 或 365", longest=6)
        heat.set_text("" if tenths is None else f"{tenths // 10}.{tenths % 10}")
        sites = [(one.value, one.label) for one in Site]
        self.site = Segmented(theme, "check.site", "在哪里量", sites, kind="choice", stretch=False)
        self.site.set_value(site)
        self.add_row(heat, Labelled(theme, "在哪里量", self.site))
        self._fever = label("", "error", wrap=True)
        self._fever.setObjectName("check.fever")
        self.form.addWidget(self._fever)
        self.found: list[Segmented] = []
        for group, words in _GROUPS:
            self._add_group(group, words)
        told = self.add_field("told", "家长怎么说", placeholder="如 昨晚咳嗽，没发热")
        treatment = self.add_field("treatment", "怎么处理", placeholder="如 已电话告诉妈妈，多喝水，继续观察")
        self.add_row(told, treatment)
        self.cards = Segmented(
            theme,
            "check.card",
            "牌子",
            [(card.value, view.names[card]) for card in Card],
            kind="choice",
            stretch=False,
        )
        self._chip = ChipLabel(theme)
        last = self.add_row(Labelled(theme, "牌子（不选就按看到的定）", self.cards), self._chip)
        last.setAlignment(self._chip, Qt.AlignmentFlag.AlignTop)
        self._slip = label("", "warning", wrap=True)
        self._slip.setObjectName("check.slip")
        self.form.addWidget(self._slip)
        for part in (*self.found, self.site, self.cards):
            part.walked_on.connect(self.focusNextChild)
            part.chosen.connect(self._on_changed)
        heat.edited.connect(self._on_changed)
        self._on_changed()

    def _add_group(self, group: str, words: str) -> None:
        choices = [(one.code, one.words) for one in self._view.findings if one.group == group]
        made = Segmented(
            self.context.theme,
            f"check.{group}",
            words,
            choices,
            many=True,
            kind="choice",
            stretch=False,
            wrap=True,
        )
        self.found.append(made)
        self.form.addWidget(Labelled(self.context.theme, words, made))

    def finish(self) -> None:
        """Keep it, or say what is missing."""
        try:
            mark = self._mark()
        except RoundError as error:
            self.say(error.sentence, "tenths")
            return
        actor, kind, visit = self.context.actor, self._kind, self._row.visit
        self.keep.setEnabled(False)

        def done(_key: object) -> None:
            self.dismiss()
            self.kept.emit(visit)

        self.context.act(lambda s: s.health.rounds.keep(actor, kind, visit, mark), done, self.failed)

    def _mark(self) -> Mark:
        return Mark(
            tenths=read_tenths(self.text("tenths")),
            site=self.site.value() or Site.FOREHEAD.value,
            findings=tuple(code for part in self.found for code in part.values()),
            told=self.text("told"),
            treatment=self.text("treatment"),
            card=Card(self.cards.value()) if self.cards.value() else None,
        )

    @Slot()
    def _on_changed(self) -> None:
        try:
            mark = self._mark()
        except RoundError:
            return  # half typed
        fever = mark.tenths is not None and mark.tenths >= self._view.line
        known = [one for one in self._view.findings if one.code in mark.findings]
        card = mark.card or suggest_card(known, fever=fever, medicine=bool(self._row.medicine))
        self._chip.set_chip(self._chip.chip.__class__(self._view.names[card], card.tone))
        asked = card is not Card.RED or bool(self._row.medicine)
        self._slip.setText("" if asked else NO_SLIP.format(card=self._view.names[Card.RED]))
        self._slip.setVisible(not asked)
        words = ""
        if fever and mark.tenths is not None:
            line = degrees(self._view.line)
            words = f"{degrees(mark.tenths)} 到了发热线 {line}。保存后开始发热处理：复测、通知家长、隔离。"
        self._fever.setText(words)
        self._fever.setVisible(bool(words))
        self.fit()
