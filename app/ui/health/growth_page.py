"""发育: the month's round of one class, measure by measure, and the curves of the child that is lit."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.days import month_day
from app.domain.errors import RuleError
from app.domain.growth import WARNING_WORDS
from app.domain.growth_entry import DoubtfulMeasureError
from app.domain.ids import ChildId, ClassId
from app.domain.looks import Chip, Tone
from app.domain.staff import Permission
from app.services.growth import GrowthView, KeptMeasure, Round, RoundLine, Typed
from app.ui.health.growth_panel import GrowthPanel, taken_words
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import Segmented
from app.ui.widgets.layouts import BendingPage, scrolled
from app.ui.widgets.records import Record, RecordList

_ROOMY = 900  # pixels at the normal font for two columns


class GrowthPage(BendingPage):
    """Enter walks weight, length and head, keeps them and goes to the next child."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("health.growth")
        theme = context.theme
        m = theme.metrics
        self._class: ClassId | None = None
        self._round: Round | None = None
        self._doubted: Typed | None = None
        self._after: ChildId | None = None
        self.classes = Segmented(theme, "growth.class", "班级", kind="pill", stretch=False, wrap=True)
        self.told = label("", "muted", wrap=True)
        self.told.setObjectName("growth.told")
        self.list = RecordList(theme, "growth.list", "这个月的测量", "这个班没有在册的孩子。")
        self.panel = GrowthPanel(context)
        body = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._body.setContentsMargins(m.s5, 0, m.s5, m.s3)
        self._body.setSpacing(m.s4)
        self._body.addWidget(self.list, 2)
        self._body.addWidget(self.panel, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(m.s2)
        head = QVBoxLayout()
        head.setContentsMargins(m.s5, 0, m.s5, 0)
        head.addWidget(self.classes)
        head.addWidget(self.told)
        column.addLayout(head)
        column.addWidget(scrolled(body, "growth.scroll"), 1)
        self.classes.chosen.connect(self._on_class_chosen)
        self.classes.walked_on.connect(self.take_focus)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self.panel.focus_first)
        self.panel.keep_wanted.connect(self._on_keep)
        self.panel.paper_wanted.connect(self._on_paper)
        self.panel.tables_wanted.connect(self._on_tables)

    # -- what a page of the room must be able to do

    def freshen(self) -> None:
        """Read everything again, unless something half typed stands there."""
        if not self.panel.typing:
            self.refresh()

    def hints(self) -> str:
        """Keys of the page."""
        return "Enter 下一格 · Ctrl Enter 保存 · Ctrl P 打印生长卡"

    def take_focus(self) -> None:
        """The weight of the child that is lit."""
        self.panel.focus_first()

    def show_target(self, target: Any) -> None:
        """Light a child who was looked for."""
        if target.child is not None:
            self._after = target.child
            self.refresh()

    def refresh(self) -> None:
        """Read the round again."""
        actor, class_id = self.context.actor, self._class
        self.context.ask(lambda s: s.health.growth.round(actor, class_id), self._show)

    # -- showing

    def _show(self, found: Round) -> None:
        self._round, self._class = found, found.class_id
        self.classes.set_choices([(str(one.id), one.name) for one in found.classes])
        self.classes.set_value(str(found.class_id))
        self.panel.allow_tables(self.context.actor.may(Permission.CHANGE_SETTINGS))
        whole = len(found.lines)
        self.told.setText(
            f"{found.day.month} 月已量 {found.done} / {whole} 名 · 标准 {found.standard} · {WARNING_WORDS}"
        )
        self.list.set_title(f"{found.day.month} 月测量（{found.done} / {whole}）")
        wanted, self._after = self._after, None
        self.list.show_records([_record(line) for line in found.lines], wanted)

    @Slot(str)
    def _on_class_chosen(self, value: str) -> None:
        self.panel.clear()
        self._class = ClassId(int(value))
        self.refresh()

    def line(self) -> RoundLine | None:
        """The child that is lit."""
        key = self.list.key()
        lines = () if self._round is None else self._round.lines
        return next((one for one in lines if one.child.id == key), None)

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        line = self.line()
        self._doubted = None
        self.panel.show_line(line)
        if line is not None:
            actor, child = self.context.actor, line.child.id
            self.context.ask(lambda s: s.health.growth.view(actor, child), self._show_view)

    def _show_view(self, view: GrowthView) -> None:
        if self.list.key() == view.child.id:
            self.panel.show_view(view)

    # -- acting

    @Slot()
    def _on_keep(self) -> None:
        line = self.line()
        if line is None:
            return
        now = line.now
        replaces = None if now is None or not self.panel.corrects(now) else now.id
        typed = Typed(line.child.id, *self.panel.texts(), replaces=replaces)
        if typed == self._doubted:
            typed = Typed(line.child.id, *self.panel.texts(), sure=True, replaces=replaces)
        actor = self.context.actor

        def failed(error: BaseException) -> None:
            self._on_refused(error, typed)

        self.context.act(
            lambda s: s.health.growth.keep(actor, typed), self._on_kept, failed, initiator=self._room()
        )

    def _on_kept(self, kept: KeptMeasure) -> None:
        self._doubted = None
        self.panel.clear()
        self._after = self._next(kept.child)
        self.refresh()
        self.panel.focus_first()

    def _next(self, child: ChildId) -> ChildId | None:
        """The next child below who was not measured this month, else from the top; else the same."""
        lines = () if self._round is None else self._round.lines
        at = next((number for number, one in enumerate(lines) if one.child.id == child), 0)
        later = [one for one in (*lines[at + 1 :], *lines[:at]) if one.now is None]
        return later[0].child.id if later else child

    def _on_refused(self, error: BaseException, typed: Typed) -> None:
        if not isinstance(error, RuleError):
            self.context.messages.fail(error)
            return
        self._doubted = typed if isinstance(error, DoubtfulMeasureError) else None
        self.panel.complain(error.sentence, error.field or "weight", doubt=self._doubted is not None)

    @Slot()
    def _on_paper(self) -> None:
        line = self.line()
        if line is None:
            return
        actor, child = self.context.actor, line.child.id

        def count() -> None:
            self.context.act(lambda s: s.papers.printed(actor, "growth_card", int(child)))

        def failed(error: BaseException) -> None:
            if isinstance(error, RuleError):
                self.panel.complain(error.sentence, "", doubt=False)
            else:
                self.context.messages.fail(error)

        self.context.ask(
            lambda s: s.health.growth.card(actor, child),
            lambda paper: self.context.printing.preview(paper, count),
            failed,
        )

    @Slot()
    def _on_tables(self) -> None:
        from app.ui.health.tables_sheet import TablesSheet  # once in a centre's life

        host = self.context.host or self.window()
        sheet = TablesSheet(self.context, host)
        sheet.kept.connect(lambda _value: self.refresh())
        sheet.present()

    def _room(self) -> QWidget:
        at: QWidget = self
        while (parent := at.parentWidget()) is not None and at.objectName() != "health":
            at = parent
        return at

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(_ROOMY)
        # In large type the fields come first: typing is what the page is for.
        way = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)
        self.list.view.setMinimumHeight(self.context.theme.px(170 if narrow else 120))


def _record(line: RoundLine) -> Record:
    """``朱予晴　2岁3个月`` with what was measured this month, or the last time."""
    shown = line.now or line.before
    words = "没有测量过" if shown is None else taken_words(shown)
    if line.now is None and shown is not None:
        words = f"上次 {month_day(shown.day)}：{words}"
    finding = "" if line.now is None else _finding(line.now)
    chip = Chip("未量", Tone.PLAIN) if line.now is None else Chip("已量", Tone.OK)
    if finding:
        chip = Chip(finding, Tone.WARN)
    return Record(line.child.id, f"{line.child.name}　{line.age_words}", words, (chip,))


def _finding(one: KeptMeasure) -> str:
    """The first thing to look at; by the corrected age where there is one."""
    corrected = {score.indicator for score in one.scores if score.corrected}
    counted = [score for score in one.scores if score.corrected or score.indicator not in corrected]
    return next((score.finding for score in counted if score.finding), "")
