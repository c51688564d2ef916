"""巡诊: the doctor's monthly visits, and who is due for an exam or a look at the vaccination book."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from app.domain.looks import Chip, Tone
from app.services.doctor_visits import HINT, DoctorVisit, Due, VisitsView
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.layouts import BendingPage, FlowLayout, scrolled
from app.ui.widgets.records import Record, RecordList

_ROOMY = 900  # pixels at the normal font for two columns
_DUES = (("exams", "定期体检"), ("vaccines", "疫苗提示"))


class DoctorPage(BendingPage):
    """Visits at the left, the one that is lit beside them, the due lists below."""

    def __init__(self, context: RoomContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("health.doctor")
        theme = context.theme
        m = theme.metrics
        self._view: VisitsView | None = None
        self._after: int | None = None
        self.reminder = label("", "warning", wrap=True)
        self.reminder.setObjectName("doctor.reminder")
        self.list = RecordList(
            theme, "doctor.list", "医生巡诊", "还没有巡诊记录。医生来过以后按 Ctrl N 记一次。"
        )
        self.dues = RecordList(theme, "doctor.dues", "到期提醒", "最近没有到期的。")
        body = QWidget()
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._body.setContentsMargins(m.s5, 0, m.s5, m.s2)
        self._body.setSpacing(m.s4)
        left = QVBoxLayout()
        left.setSpacing(m.s3)
        left.addWidget(self.list, 1)
        self._body.addLayout(left, 2)
        right = QVBoxLayout()
        right.setSpacing(m.s3)
        right.addWidget(self._told(), 1)
        right.addWidget(self._due(), 1)
        self._body.addLayout(right, 3)
        foot = QWidget()
        row = FlowLayout(foot)
        for button in self._buttons():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, m.s3)
        column.setSpacing(m.s2)
        around = QVBoxLayout()
        around.setContentsMargins(m.s5, 0, m.s5, 0)
        around.addWidget(self.reminder)
        column.addLayout(around)
        column.addWidget(scrolled(body, "doctor.scroll"), 1)
        below = QVBoxLayout()
        below.setContentsMargins(m.s5, 0, m.s5, 0)
        below.addWidget(foot)
        column.addLayout(below)
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(self._on_correct)
        self.dues.entered.connect(self._on_due_entered)

    def _told(self) -> Card:
        card = Card(self.context.theme)
        column = card.column(spacing=self.context.theme.metrics.s2)
        self.title, self.words = label("", "h1", wrap=True), label("", wrap=True)
        self.words.setObjectName("doctor.words")
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.words)
        rows.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(scrolled(inner, "doctor.told"), 1)
        card.setMinimumHeight(self.context.theme.px(170))
        return card

    def _due(self) -> QWidget:
        theme = self.context.theme
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.metrics.s2)
        self.kinds = Segmented(theme, "doctor.due_kind", "到期提醒", _DUES, stretch=False, wrap=True)
        self.kinds.set_value("exams")
        self.kinds.chosen.connect(self._show_dues)
        self.hint = label(HINT, "small", wrap=True)
        column.addWidget(self.kinds)
        column.addWidget(self.dues, 1)
        column.addWidget(self.hint)
        return made

    def _buttons(self) -> Sequence[KeyButton]:
        def made(words: str, name: str, key: str, *, kind: str = "", icon: str = "") -> KeyButton:
            context = self.context
            return KeyButton(
                context.theme, words, key, kind=kind, icon=icon, icons=context.icons,
                object_name=f"doctor.{name}",
            )  # fmt: skip

        self.new = made("记一次巡诊", "new", "Ctrl+N", kind="primary", icon="plus")
        self.correct = made("更正", "correct", "F2", icon="pencil-outline")
        self.paper = made("打印记录", "print", "Ctrl+P", icon="printer-outline")
        self.new.clicked.connect(self._on_new)
        self.correct.clicked.connect(self._on_correct)
        self.paper.clicked.connect(self._on_paper)
        return self.new, self.correct, self.paper

    # -- what a page of the room must be able to do

    def freshen(self) -> None:
        """Read everything again."""
        actor = self.context.actor
        self.context.ask(lambda s: s.health.doctor.view(actor), self._show)

    def hints(self) -> str:
        """Keys of the page."""
        return "Ctrl N 记一次巡诊 · F2 更正 · Ctrl P 打印记录"

    def take_focus(self) -> None:
        """The list of visits."""
        self.list.view.setFocus()

    # -- showing

    def _show(self, view: VisitsView) -> None:
        self._view = view
        self.reminder.setText(view.reminder)
        self.reminder.setVisible(bool(view.reminder))
        wanted, self._after = self._after, None
        self.list.show_records([_record(one) for one in view.visits], wanted)
        for value, words, dues in (
            ("exams", "定期体检", view.exams),
            ("vaccines", "疫苗提示", view.vaccines),
        ):
            due = len(dues) if value == "exams" else sum(one.late for one in dues)  # the rest is a hint
            self.kinds.button(value).setText(f"{words} {due}" if due else words)
        self._show_dues(self.kinds.value())

    @Slot(str)
    def _show_dues(self, _value: str) -> None:
        view = self._view
        if view is None:
            return
        vaccines = self.kinds.value() == "vaccines"
        self.hint.setVisible(vaccines)
        lines = view.vaccines if vaccines else view.exams
        self.dues.set_title("看接种证的提示" if vaccines else "1–3 岁定期体检、血红蛋白、听力、视力")
        self.dues.show_records([_due_record(one, vaccines=vaccines) for one in lines])

    def _visit(self) -> DoctorVisit | None:
        key = self.list.key()
        visits = () if self._view is None else self._view.visits
        return next((one for one in visits if one.id == key), None)

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        visit = self._visit()
        for button in (self.correct, self.paper):
            button.setEnabled(visit is not None)
        if visit is None:
            self.title.setText("没有记录")
            self.words.setText("医疗机构每月来园一次：日期、医生、单位、看了哪些孩子、结论和建议。")
            return
        told = visit.told
        self.title.setText(f"{told.day}　{told.doctor} · {told.clinic}")
        lines = [f"结论和建议：{told.conclusion}"]
        if told.content:
            lines.append(f"内容：{told.content}")
        advised = [f"{one.name}：{one.words}" for one in told.children if one.words]
        others = [one.name for one in told.children if not one.words]
        lines += advised
        if others:
            lines.append(f"看过、无特殊：{'、'.join(others)}")
        lines.append(f"记录：{visit.noted_by}")
        self.words.setText("\n".join(lines))

    # -- acting

    @Slot()
    def _on_new(self) -> None:
        self._sheet(None)

    @Slot()
    def _on_correct(self) -> None:
        visit = self._visit()
        if visit is not None:
            self._sheet(visit)

    def _sheet(self, visit: DoctorVisit | None) -> None:
        if self._view is None:
            return
        from app.ui.health.doctor_sheet import DoctorSheet  # once a month

        host = self.context.host or self.window()
        sheet = DoctorSheet(self.context, host, self._view, visit)
        sheet.kept.connect(self._on_kept)
        sheet.present()

    @Slot(object)
    def _on_kept(self, key: Any) -> None:
        self._after = key
        self.freshen()

    @Slot()
    def _on_paper(self) -> None:
        visit = self._visit()
        if visit is None:
            return
        actor, key = self.context.actor, visit.id

        def count() -> None:
            self.context.act(lambda s: s.papers.printed(actor, "doctor_visit", key))

        self.context.ask(
            lambda s: s.health.doctor.paper(actor, key),
            lambda paper: self.context.printing.preview(paper, count),
        )

    @Slot()
    def _on_due_entered(self) -> None:
        """To the record of the child: the exam and the vaccination book are noted there."""
        from app.ui.rooms import Target

        key: Any = self.dues.key()
        if key is not None:
            self.context.go("records", Target(child=key))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(_ROOMY)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._body.setDirection(way)
        for part in (self.list, self.dues):
            part.view.setMinimumHeight(self.context.theme.px(180 if narrow else 120))


def _record(visit: DoctorVisit) -> Record:
    told = visit.told
    advised = sum(bool(one.words) for one in told.children)
    chips = (Chip(f"{advised} 条建议", Tone.INFO),) if advised else ()
    return Record(visit.id, f"{told.day}　{told.doctor}", f"{told.clinic} · {len(told.children)} 名", chips)


def _due_record(due: Due, *, vaccines: bool) -> Record:
    words = "先查验" if vaccines else "过期" if due.late else ""
    chips = (Chip(words, Tone.WARN),) if due.late and words else ()
    return Record(due.child, f"{due.name}　{due.age_words}", due.words, chips)
