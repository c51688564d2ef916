"""缺勤追访: one child after the other, by keys: whom to ring, what was found out, who asks again."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from app.domain.absences import INFECTIOUS, RESULTS, WAYS
from app.domain.errors import RuleError
from app.domain.ids import AdultId, ChildId, StaffId
from app.domain.typed_days import Direction
from app.services.absences import Trace, TraceRound, TraceRow
from app.services.exporting import ListKind
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.day_field import reader
from app.ui.widgets.export import ExportButton
from app.ui.widgets.form_sheet import FormSheet


class TraceSheet(FormSheet):
    """The round. After each child the next one stands there; when nobody is left it says so."""

    WIDE = 900

    def __init__(self, context: RoomContext, host: QWidget, found: TraceRound) -> None:
        super().__init__(context, host, "desk.tracing", "缺勤追访", "记下，下一个")
        self._round, self._row = found, found.rows[0] if found.rows else None
        self._today = found.day
        self._filled: ChildId | None = None  # for whom what was found out before stands there already
        self.cancel.set_text("关闭")
        self.child = self.choice("child", "问谁的家长", ())
        self.why = label("", "", wrap=True)
        self.why.setObjectName("desk.tracing.why")
        self.adult = self.choice("adult", "打给谁", ())
        self.reveal = KeyButton(context.theme, "看完整号码", "F8", object_name="desk.tracing.reveal")
        self.number = label("", "h1")
        self.number.setObjectName("desk.tracing.number")
        self.result = self.choice("result", "问到什么", tuple(RESULTS.items()))
        self.way = self.choice("way", "怎么问的", tuple(WAYS.items()), "phone")
        self.illness = self.add_field("illness", "病名或症状", "如 发热、咳嗽")
        self.hospital = self.add_field("hospital", "就诊医院", "没去就空着")
        self.diagnosis = self.add_field("diagnosis", "诊断", "医生怎么说")
        self.infectious = self.choice("infectious", "是不是传染病", tuple(INFECTIOUS.items()), "unknown")
        self.handling = self.add_field("handling", "处理", "如 居家休息")
        clock, says = context.clock, "看不懂这个日子，请填 12-8、后天或周五这样的。"
        returns = reader(clock, Direction.NEAR, "returns_on", refused=says)
        again = reader(clock, Direction.NEAR, "again_on", refused=says)
        self.returns = self.add_day("returns_on", "预计哪天回来", returns, "如 12-8")
        self.again = self.add_day("again_on", "哪天再问", again, "如 后天")
        staff = [(str(one.id), one.name) for one in found.staff if one.role.value != "cashier"]
        self.by = self.choice("again_by", "谁再问", staff[:8])
        self.done_words = label("", "small", wrap=True)
        self.done_words.setObjectName("desk.tracing.done")
        self.empty = label("今天没有要追访的孩子。", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.paper = KeyButton(context.theme, "打印追访登记", "Ctrl+P", object_name="desk.tracing.paper")
        self.paper.clicked.connect(self._on_paper_clicked)
        self.export = ExportButton(
            context, ListKind.FOLLOW_UPS, "desk.tracing.export", key="F5", text="导出本月"
        )
        for at, button in enumerate((self.paper, self.export)):
            self.foot.insertWidget(at, button)
            self.take_enter(button)
        self.export.setVisible(self.export.allowed)
        self._lay_out()
        self.child.chosen.connect(self._on_child_chosen)
        self.adult.chosen.connect(lambda _value: self.number.clear())
        self.reveal.clicked.connect(self._on_reveal_clicked)
        self.result.chosen.connect(self._show_parts)
        self.again.edited.connect(self._show_parts)
        self._show_round()

    def _lay_out(self) -> None:
        self.form.addWidget(self.empty)
        self._form = [self.labelled("待追访（按数字键或方向键换人）", self.child), self.why]
        self._form.append(self.labelled("打给谁", self.adult))
        for part in self._form[:3]:
            self.form.addWidget(part)
        self.row(self.reveal, self.number, stretches=(0, 1))
        asked = self.labelled("问到什么", self.result)
        way = self.labelled("怎么问的", self.way)
        self.row(asked, way, stretches=(5, 4))
        self.row(self.illness, self.hospital, self.diagnosis)
        self._sick = self.labelled("是不是传染病", self.infectious)
        self.row(self._sick, self.handling, self.returns, stretches=(3, 3, 2))
        self._by = self.labelled("谁再问", self.by)
        self.row(self.again, self._by, stretches=(2, 5))
        self.form.addWidget(self.done_words)
        self.form.addStretch(1)
        self._form += [self.reveal, self.number, asked, way, self.again]

    # -- what it shows --------------------------------------------------------------------------------

    def focus_first(self) -> None:
        """What was found out: the person to ring is chosen already."""
        target = self.result if self._row is not None else self.cancel
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.fit()

    def _show_round(self) -> None:
        rows = self._round.rows
        self.beside.setText(f"还有 {len(rows)} 个要问" if rows else "")
        self.child.set_choices([(str(row.child), f"{row.name} {row.class_name}") for row in rows])
        self.child.set_value("" if self._row is None else str(self._row.child))
        self.done_words.setText("今天问过：" + "；".join(self._round.done) if self._round.done else "")
        self.done_words.setVisible(bool(self._round.done))
        self.empty.setVisible(self._row is None)
        self.empty.setText("都问到了。" if self._round.done else "今天没有要追访的孩子。")
        self.keep.setEnabled(self._row is not None)
        self._show_row()

    def _show_row(self) -> None:
        row = self._row
        for part in self._form:
            part.setVisible(row is not None)
        if row is not None:
            kind = "有预约" if row.booked else ""
            words = (f"{row.name} {row.age_words}", row.class_name, kind, row.words, row.last_words)
            self.why.setText("　".join(part for part in words if part))
            people = [(str(one.adult), f"{one.words}　{one.phone_masked}") for one in row.callees]
            self.adult.set_choices(people)
            self.adult.set_value(people[0][0] if people else "")
        self.number.clear()
        self._filled = None
        self.result.set_value("")
        self.infectious.set_value("unknown")
        self.by.set_value(str(self.context.actor.id))
        for line in (self.illness, self.hospital, self.diagnosis, self.handling, self.returns, self.again):
            line.set_text("")
        self._show_parts()

    @Slot()
    def _show_parts(self, *_args: object) -> None:
        result, somebody = self.result.value(), self._row is not None
        sick = somebody and result == "sick"
        if sick:
            self._fill_known()
        for part in (self.illness, self.hospital, self.diagnosis, self._sick):
            part.setVisible(sick)
        away = somebody and result in {"sick", "personal", "other"}
        self.handling.setVisible(away)
        self.returns.setVisible(away)
        self._by.setVisible(somebody and bool(self.again.text().strip()))
        self.fit()

    def _fill_known(self) -> None:
        """Still ill: of what, and who said so, was asked before; what is new is written over it."""
        known = None if self._row is None else self._row.known
        if known is None or known.result != "sick" or self._filled == known.child:
            return
        self._filled = known.child
        lines = {self.illness: known.illness, self.hospital: known.hospital, self.diagnosis: known.diagnosis}
        for line, words in lines.items():
            if not line.text().strip():
                line.set_text(words)
        self.infectious.set_value(known.infectious)

    @Slot()
    def _on_paper_clicked(self) -> None:
        from app.ui.widgets.day_papers import print_follow_ups

        print_follow_ups(self.context, f"{self._today:%Y-%m}")

    # -- acts -----------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Keep what was found out."""
        if self._row is None:
            return
        try:
            returns, again = self.returns.read_or_none(), self.again.read_or_none()
        except RuleError as error:
            self.say(error.sentence, error.field)
            return
        adult, by = self.adult.value(), self.by.value()
        trace = Trace(
            self._row.child,
            AdultId(int(adult)) if adult else None,
            self.result.value(),
            self.way.value(),
            self.illness.text(),
            self.hospital.text(),
            self.diagnosis.text(),
            self.infectious.value(),
            self.handling.text(),
            returns,
            again,
            StaffId(int(by)) if by else None,
        )
        actor = self.context.actor
        self.submit(lambda s: s.absences.trace(actor, trace))

    def settled(self, value: Any) -> None:
        """Stay for the next one."""
        self.kept.emit(value)
        actor, at = self.context.actor, self._row

        def show(found: TraceRound) -> None:
            if self.gone:
                return
            before = [one.child for one in self._round.rows]
            self._round = found
            self._row = self._next(before, at)
            self._show_round()
            self.focus_first()

        self.context.ask(lambda s: s.absences.round(actor), show, self.failed)

    def _next(self, before: list[Any], at: TraceRow | None) -> TraceRow | None:
        """Who stood below the one just asked after; the first where nobody did."""
        left = {row.child: row for row in self._round.rows}
        place = before.index(at.child) + 1 if at is not None and at.child in before else 0
        following = [left[child] for child in (*before[place:], *before[:place]) if child in left]
        return following[0] if following else next(iter(self._round.rows), None)

    @Slot(str)
    def _on_child_chosen(self, value: str) -> None:
        self._row = next((row for row in self._round.rows if str(row.child) == value), None)
        self._show_row()

    @Slot()
    def _on_reveal_clicked(self) -> None:
        row, adult, actor = self._row, self.adult.value(), self.context.actor
        if row is None or not adult:
            return

        def show(number: Any) -> None:
            if not self.gone and self._row is row:
                self.number.setText(str(number))

        self.context.act(lambda s: s.ringing.reveal(actor, row.child, AdultId(int(adult))), show, self.failed)
