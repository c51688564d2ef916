"""Open papers at the door: each is ticked as settled, or put off with a reason."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.services.open_papers import Answer, OpenPaper
from app.ui.desk.parts import KeyCap
from app.ui.theme import Theme
from app.ui.widgets.basic import Card, label, name_widget
from app.ui.widgets.buttons import Segmented

_SETTLE, _DEFER = "settle", "defer"


class _PaperRow(QWidget):
    """One paper."""

    changed = Signal()

    def __init__(self, theme: Theme, visit: VisitId, name: str, paper: OpenPaper) -> None:
        super().__init__()
        self.visit, self.name, self.paper = visit, name, paper
        key = f"pickup.paper.{paper.kind}.{paper.subject}"
        said = f"{name} {paper.words}".strip()
        self.choice = Segmented(
            theme, key, said, ((_SETTLE, paper.settle_words), (_DEFER, self.tr("以后办…"))), stretch=False
        )
        self.choice.page_keys = True
        self.reason = QLineEdit()
        name_widget(self.reason, f"{key}.reason", self.tr("{said}：以后办的理由").format(said=said))
        self.reason.setPlaceholderText(self.tr("为什么以后办"))
        self.reason.setMaxLength(200)
        self.reason.hide()
        self.choice.set_choice_enabled(_SETTLE, enabled=not paper.lacks, why=paper.lacks)
        words = said if not paper.deferred else f"{said}（{paper.deferred}）"
        words = f"{words}。{paper.lacks}" if paper.lacks else words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._cap = KeyCap(theme, "O")
        row = QHBoxLayout()
        row.addWidget(self._cap)
        row.addWidget(label(words, wrap=True), 1)
        row.addWidget(self.choice)
        column.addLayout(row)
        column.addWidget(self.reason)
        self.choice.chosen.connect(self._on_chosen)
        self.reason.textEdited.connect(lambda _text: self.changed.emit())

    def answer(self) -> Answer | None:
        """What becomes of it; None while that is not said."""
        if self.choice.value() == _SETTLE:
            return Answer(self.paper.kind, self.paper.subject)
        reason = self.reason.text().strip()
        if self.choice.value() == _DEFER and reason:
            return Answer(self.paper.kind, self.paper.subject, reason)
        return None

    def show_next(self, is_next: bool) -> None:
        """Show the key if this is the one it settles."""
        self._cap.setVisible(is_next)

    def settle(self) -> None:
        """Tick it; what cannot be settled yet asks why it is put off."""
        value = _DEFER if self.paper.lacks else _SETTLE
        self.choice.set_value(value)
        self._on_chosen(value)

    def _on_chosen(self, value: str) -> None:
        self.reason.setVisible(value == _DEFER)
        if value == _DEFER:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()


class PapersBox(Card):
    """The open papers of a child and of the siblings who go along."""

    changed = Signal()
    looked_at = Signal(QWidget)  # the one that was answered, or is to be given a reason

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, ground="warn_soft", border="", radius=theme.metrics.r_m, parent=parent)
        name_widget(self, "pickup.papers", self.tr("走之前要办的"))
        self._rows: list[_PaperRow] = []
        column = self.column(margins=(12, 5, 12, 5), spacing=4)
        self._lines = column
        self.hide()

    def show_papers(self, papers: Sequence[tuple[VisitId, str, OpenPaper]]) -> None:
        """Show these (visit, name of a sibling or empty, paper); answers given stay."""
        wanted = [(visit, name, paper) for visit, name, paper in papers]
        if [(row.visit, row.paper) for row in self._rows] == [(v, p) for v, _, p in wanted]:
            return
        kept = {(row.paper.kind, row.paper.subject): row for row in self._rows}
        fresh = []
        for visit, name, paper in wanted:
            row = _PaperRow(self._theme, visit, name, paper)
            row.changed.connect(self._point)
            row.changed.connect(self.changed)
            row.changed.connect(lambda row=row: self.looked_at.emit(row))
            old = kept.get((paper.kind, paper.subject))
            if old is not None and not (paper.lacks and old.choice.value() == _SETTLE):
                row.choice.set_value(old.choice.value())
                row.reason.setText(old.reason.text())
                row.reason.setVisible(old.choice.value() == _DEFER)
            fresh.append(row)
        for old in self._rows:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = fresh
        for row in fresh:
            self._lines.addWidget(row)
        self._point()
        self.setVisible(bool(fresh))

    def _point(self) -> None:
        """The key stands at the first that nobody has answered."""
        following = next((row for row in self._rows if row.answer() is None), None)
        for row in self._rows:
            row.show_next(row is following)

    def answers(self, visit: VisitId) -> tuple[Answer, ...]:
        """What was said of one child's papers."""
        given = (row.answer() for row in self._rows if row.visit == visit)
        return tuple(answer for answer in given if answer is not None)

    def settle_next(self) -> bool:
        """Tick the first that nobody has answered."""
        row = next((row for row in self._rows if row.answer() is None), None)
        if row is None:
            return False
        row.settle()
        return True

    def lacking(self) -> OpenPaper | None:
        """The first that nobody has answered."""
        return next((row.paper for row in self._rows if row.answer() is None), None)

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self._rows)

    def open_count(self) -> int:
        """How many nobody has answered."""
        return sum(row.answer() is None for row in self._rows)

    def urging(self) -> str:
        """What is still to be done, and by which key; empty when all is answered."""
        paper = self.lacking()
        if paper is None:
            return ""
        if paper.lacks:
            return f"{paper.words}：{paper.lacks}，或按 O 写明以后办的理由。"
        return f"走之前还要办：{paper.words}。按 O 记为{paper.settle_words}，或选“以后办”。"

    def settled_money(self) -> tuple[tuple[str, OpenPaper], ...]:
        """What is ticked to be paid now, each with the name of the sibling or empty."""
        return tuple(
            (row.name, row.paper)
            for row in self._rows
            if row.paper.amount is not None and row.choice.value() == _SETTLE
        )
