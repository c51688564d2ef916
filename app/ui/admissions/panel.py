"""The side of the room: one child's life with its next steps, the batch of class moves, the seats to come."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import StepId
from app.domain.life import StepKind
from app.domain.looks import Chip, Tone
from app.domain.typed_days import Direction
from app.services.admission_lists import ClassChoice, LifePanel
from app.services.class_moves import MovePreview
from app.services.forecast import Forecast
from app.ui.admissions.lists import LifeDelegate, LifeModel, MarkedRows
from app.ui.rooms import RoomContext
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.basic import Card, ChipLabel, ElidedLabel, label, mark
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.day_field import DayField, reader
from app.ui.widgets.fields import Field, Labelled
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.word_table import WordTable

_MOST_STEPS = 6


class LifeCard(Card):
    """A child's life line, what is missing, and what may follow, each with its digit."""

    step_requested = Signal(object)  # StepKind
    undo_requested = Signal(object)  # StepId
    phone_requested = Signal()

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context.theme)
        theme = context.theme
        m = theme.metrics
        self._kinds: tuple[StepKind, ...] = ()
        self._undo_step: StepId | None = None
        self._name = ElidedLabel("", "h1")
        self._chip = ChipLabel(theme)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._chip)
        self._words = label("", "muted", wrap=True)
        self._gaps = label("", "warning", wrap=True)
        self._gaps.setObjectName("admissions.gaps")
        self._model = LifeModel(self)
        self._lines = MarkedRows(theme, "admissions.life", "去向记录")
        self._lines.setModel(self._model)
        self._lines.setItemDelegate(LifeDelegate(theme, self._lines))
        self._buttons = [
            KeyButton(theme, "", str(at), object_name=f"admissions.step.{at}")
            for at in range(1, _MOST_STEPS + 1)
        ]
        self._undo = KeyButton(theme, "撤销", "Ctrl+Backspace", object_name="admissions.undo")
        self.acts = ActRow(theme, "admissions", lines=2)
        for at, button in enumerate(self._buttons):
            button.clicked.connect(lambda _=False, at=at: self._on_button_clicked(at))
            self.acts.add(button)
        self._phone = KeyButton(theme, "看完整号码", "F8", object_name="admissions.phone")
        self._phone.setAccessibleDescription("快捷键 F3，会留下记录")
        self._phone.clicked.connect(self.phone_requested)
        self.acts.add(self._phone)
        self.acts.add(self._undo)
        self._undo.clicked.connect(self._on_undo_clicked)
        self._lines.setMinimumHeight(theme.px(46))  # the last step at the least; it scrolls to the others
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(m.s2)
        whole = self.column(spacing=m.s2)
        whole.addLayout(head)
        whole.addWidget(scrolled(body, "admissions.life_body"), 1)
        whole.addWidget(self.acts)
        column.addWidget(self._words)
        column.addWidget(self._gaps)
        column.addWidget(self._lines, 1)
        self.show_panel(None)

    def show_panel(self, panel: LifePanel | None) -> None:
        """Show a child, or nobody."""
        self._name.setText(panel.name if panel is not None else "还没有选中孩子")
        self._name.setAccessibleName(self._name.text())
        self._chip.set_chip(panel.chip if panel is not None else Chip(""))
        self._words.setText(
            panel.words if panel is not None else "在左边选一个孩子，这里是她的去向和下一步。"
        )
        gaps = panel.gaps if panel is not None else ()
        self._gaps.setText(f"还缺：{'、'.join(gaps)}" if gaps else "")
        self._gaps.setVisible(bool(gaps))
        self._model.replace(list(enumerate(panel.lines)) if panel is not None else [])
        self._kinds = panel.next[:_MOST_STEPS] if panel is not None else ()
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(self._kinds))
            if at < len(self._kinds):
                button.set_text(panel.next_words[at] if panel is not None else "")
        self._phone.setVisible(panel is not None and panel.has_phone)
        self._undo_step = panel.undo if panel is not None else None
        self._undo.setVisible(self._undo_step is not None)
        if panel is not None:
            self._undo.set_text(panel.undo_words)
        self._lines.scrollToBottom()

    def focus_steps(self) -> None:
        """To the first thing that can be done."""
        if self._kinds:
            self._buttons[0].setFocus()

    def _on_button_clicked(self, at: int) -> None:
        if at < len(self._kinds):
            self.step_requested.emit(self._kinds[at])

    @Slot()
    def _on_undo_clicked(self) -> None:
        if self._undo_step is not None:
            self.undo_requested.emit(self._undo_step)


class MoveCard(Card):
    """转班 of those who are marked: where, from when, why; first what it does, then doing it."""

    preview_requested = Signal()
    move_requested = Signal()

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context.theme)
        theme = context.theme
        m = theme.metrics
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, m.s2, 0)
        inner.setSpacing(m.s3)
        self._who = label("", "h2", wrap=True)
        self.target = Segmented(theme, "moves.class", "转到", (), wrap=True, stretch=False)
        self._target_box = Labelled(theme, "转到", self.target)
        reads = reader(context.clock, Direction.NEAR, "on_day")
        self.on_day = DayField(
            theme, "moves.on_day", "从哪天起", reads, required=True, placeholder="如 2026-01-05 或 1-5"
        )
        self.on_day.set_text("今天")
        self.reason = Field(theme, "moves.reason", "理由", placeholder="如 升班")
        self._effects = label("", wrap=True)
        self._effects.setObjectName("moves.effects")
        self._warnings = label("", "warning", wrap=True)
        for widget in (self._who, self._target_box, self.on_day, self.reason, self._effects, self._warnings):
            inner.addWidget(widget)
        inner.addStretch(1)
        self._look = KeyButton(theme, "看影响", "F4", object_name="moves.preview")
        self._keep = KeyButton(theme, "一起转班", "Ctrl+Return", kind="primary", object_name="moves.keep")
        self._look.clicked.connect(self.preview_requested)
        self._keep.clicked.connect(self.move_requested)
        self.on_day.entered.connect(self.reason.edit.setFocus)
        self.reason.entered.connect(self.preview_requested)
        self.target.chosen.connect(self._on_edited)
        self.target.walked_on.connect(self.on_day.edit.setFocus)
        for field in (self.on_day, self.reason):
            field.edited.connect(self._on_edited)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._look)
        foot.addWidget(self._keep)
        column = self.column(spacing=m.s3)
        column.addWidget(label("几个孩子一起转班", "h1"))
        column.addWidget(scrolled(body, "moves.body"), 1)
        column.addLayout(foot)
        self.show_names(())

    def show_classes(self, classes: Sequence[ClassChoice]) -> None:
        """Offer the classes with their free seats."""
        self.target.set_choices([(str(one.id), one.words) for one in classes])

    def show_names(self, names: Sequence[str]) -> None:
        """Say who is marked; what was seen before holds no more."""
        words = f"已选 {len(names)} 人：{'、'.join(names)}" if names else "还没有选。在左边用空格键勾选。"
        self._who.setText(words)
        self._on_edited()

    def show_preview(self, preview: MovePreview) -> None:
        """What it would do; only then it can be done."""
        mark(self._effects, role="error" if preview.refusal else "")
        self._effects.setText(preview.refusal or "\n".join(one.words for one in preview.effects))
        self._warnings.setText("\n".join(preview.warnings))
        self._warnings.setVisible(bool(preview.warnings))
        self._keep.setEnabled(not preview.refusal)

    def show_failure(self, sentence: str, field: str | None) -> None:
        """A refusal, at its field where there is one."""
        self.on_day.show_problem(sentence if field == "on_day" else "")
        self.reason.show_problem(sentence if field == "reason" else "")
        if field not in {"on_day", "reason"}:
            self.show_preview(MovePreview((), (), sentence))

    @Slot()
    def _on_edited(self) -> None:
        self._effects.setText("先看影响：托位和师生比会怎样，然后才能办。")
        mark(self._effects, role="muted")
        self._warnings.hide()
        self._keep.setEnabled(False)
        self.on_day.show_problem("")
        self.reason.show_problem("")


class SeatsCard(Card):
    """Free seats at the end of each month, by class: as agreed, and if everybody moved up as proposed."""

    def __init__(self, context: RoomContext, months: Sequence[str]) -> None:
        super().__init__(context.theme)
        m = context.theme.metrics
        heads = ("班级", *(f"{int(month[5:])}月" for month in months))
        self._table = WordTable(context.theme, "admissions.seats", heads)
        self._proposed = WordTable(context.theme, "admissions.proposed", heads)
        self._licence = label("", "muted", wrap=True)
        self._licence.setObjectName("admissions.licence")
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, m.s2, 0)
        inner.setSpacing(m.s2)
        inner.addWidget(label("各班月底余位", "h1"))
        words = "余位 / 班级上限；走、来是当月合同到期、离园、转班和新入园的人数。"
        inner.addWidget(label(words, "muted", wrap=True))
        inner.addWidget(self._table)
        inner.addWidget(self._licence)
        inner.addSpacing(m.s3)
        inner.addWidget(label("都按建议升班，月底余位", "h1"))
        words = "到月龄就升、毕业的到期离开。缺位的班要先留位。"
        inner.addWidget(label(words, "muted", wrap=True))
        inner.addWidget(self._proposed)
        inner.addStretch(1)
        self.column(spacing=m.s2).addWidget(scrolled(body, "admissions.seats_body"), 1)

    def show_forecast(self, forecast: Forecast) -> None:
        """Show the months."""
        classes = forecast.classes
        self._table.show_rows([(one.name, *(month.words for month in one.months)) for one in classes])
        self._proposed.show_rows(
            [(one.name, *(month.proposed_words for month in one.months)) for one in classes]
        )
        held, seats = forecast.licensed
        share = f"{held} / {seats}" if seats else f"{held} / —（没有登记备案托位）"
        self._licence.setText(f"今天按合同占用备案托位 {share}。半日托按设置可两人合用一个托位。")


def expired_chip(count: int) -> Chip:
    """答复过期 2, where some notice was not answered."""
    return Chip(f"答复过期 {count}", Tone.BAD) if count else Chip("")
