"""请假: from when to when, why, with the disease where she is sick, who said so and at what time."""

from PySide6.QtWidgets import QWidget

from app.domain.absences import KINDS
from app.domain.errors import RuleError
from app.domain.typed_days import Direction
from app.services.absences import AbsenceNote
from app.services.desk import ChildRow
from app.ui.rooms import RoomContext
from app.ui.widgets.day_field import reader
from app.ui.widgets.form_sheet import FormSheet

_DISEASES = tuple((one, one) for one in ("发热", "咳嗽", "腹泻", "呕吐", "皮疹", "手足口病", "流感"))
_HOW = (("phone", "电话"), ("wechat", "微信"), ("in_person", "当面"))


class AbsenceSheet(FormSheet):
    """Asks what the register needs. Decides nothing."""

    WIDE = 720

    def __init__(self, context: RoomContext, host: QWidget, row: ChildRow) -> None:
        super().__init__(context, host, "desk.absence", f"{row.name} 请假", "登记请假")
        self._row, self._today = row, context.clock().date()
        self.beside.setText(f"{row.class_name}　{row.mode_words}")
        self.kind = self.choice("kind", "为什么不来", tuple(KINDS.items()), "sick")
        says = "看不懂{}，请填 12-5、明天或周五这样的日子。"
        first = reader(context.clock, Direction.NEAR, "from_day", refused=says.format("从哪天"))
        self.first = self.add_day("from_day", "从哪天", first, "如 12-3、明天")
        last = reader(
            context.clock, Direction.COMING, "to_day", since=self.first.day, refused=says.format("到哪天")
        )
        self.last = self.add_day("to_day", "到哪天（含）", last, "如 12-5")
        self.first.edit.textChanged.connect(self.last.reread)
        self.first.set_day(self._today)
        self.last.set_day(self._today)
        self.quick = self.choice("quick", "病名或症状", _DISEASES)
        self.disease = self.add_field("disease", "或写病名、症状（病假必填）", "如 发热、手足口病")
        self.reason = self.add_field("reason", "事由或备注", "如 回老家")
        self.told_by = self.add_field("told_by", "谁说的", "如 妈妈")
        self.how = self.choice("told_how", "怎么说的", _HOW, "phone")
        self.told_at = self.add_field("told_at", "几点说的（今天）", "空着就是现在")
        self.form.addWidget(self.labelled("为什么不来", self.kind))
        self.row(self.first, self.last)
        self._quick = self.labelled("病名或症状", self.quick)
        self.form.addWidget(self._quick)
        self.row(self.disease, self.reason)
        self.row(self.told_by, self.labelled("怎么说的", self.how), self.told_at, stretches=(2, 3, 2))
        self.form.addStretch(1)
        self.kind.chosen.connect(self._on_kind_chosen)
        self.quick.chosen.connect(self.disease.set_text)

    def finish(self) -> None:
        """Note the absence."""
        try:
            first, last = self.first.read(), self.last.read()
        except RuleError as error:
            self.say(error.sentence, error.field)
            return
        note = AbsenceNote(
            self._row.child,
            self.kind.value(),
            first,
            last,
            self.disease.text() if self.kind.value() == "sick" else "",
            self.reason.text(),
            self.told_by.text(),
            self.how.value(),
            self.told_at.text(),
        )
        actor = self.context.actor
        self.submit(lambda s: s.absences.note(actor, note))

    def _on_kind_chosen(self, value: str) -> None:
        self._quick.setVisible(value == "sick")
        self.disease.setVisible(value == "sick")
        self.fit()
