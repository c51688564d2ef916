"""意外伤害 over the window: the form of 表9 with the body map, telling the family, and additions."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import RuleError
from app.domain.ids import InjuryId, StaffId
from app.domain.injuries import ATTACK, Code, InjuryCodes
from app.domain.typed_days import Direction
from app.services.health_people import Choices
from app.services.injuries import Injury, InjuryCard
from app.ui.health.body_map import BodyMap
from app.ui.health.child_picker import LetterPicker
from app.ui.rooms import RoomContext
from app.ui.widgets.form_sheet import FormSheet


class InjurySheet(FormSheet):
    """Asks what the form asks. ``injury`` is the one that is corrected."""

    WIDE = 980

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        codes: InjuryCodes,
        people: Choices,
        injury: Injury | None = None,
    ) -> None:
        title = "意外伤害登记（表9）" if injury is None else "更正伤害登记（24 小时内）"
        super().__init__(context, host, "injury", title, "登记" if injury is None else "保存更正")
        self._injury = injury
        theme, today = context.theme, context.clock().date()
        self.child = LetterPicker(theme, "injury.child", "受伤的孩子", people.children, required=True)
        self.stops["child"] = self.child.field.edit
        self.child.walked_on.connect(self.focusNextChild)
        self.day = self.add_day("day", "日期", Direction.PAST, "如 今天、12-3", required=True)
        self.day.set_text(today.isoformat())
        self.at = self.add_field("at", "时间（24 小时）", "如 10:20", required=True)
        self.kind = self.choice("kind", "伤害类型", _pairs(codes.of("kind")))
        self.subtype = self.choice("subtype", "细类", _pairs(codes.subtypes(ATTACK)))
        self.other = LetterPicker(
            theme, "injury.other", "另一个孩子（不会出现在家长的单子上）", people.children
        )
        self.stops["other"] = self.other.field.edit
        self.other.walked_on.connect(self.focusNextChild)
        self.body = BodyMap(theme, "injury.region", codes.of("region"))
        self.stops["region"] = self.body
        self.body.walked_on.connect(self.focusNextChild)
        self.place = self.choice("place", "地点", _pairs(codes.of("place")), "2")
        self.activity = self.choice("activity", "在做什么", _pairs(codes.of("activity")), "1")
        self.company = self.choice("company", "和谁在一起", _pairs(codes.of("company")), "3")
        self.aid = self.choice("aid", "急救（可多选）", _pairs(codes.of("aid")), many=True)
        self.handling = self.choice("handling", "处理", _pairs(codes.of("handling")), "1")
        self.outcome = self.choice("outcome", "转归（知道了再填）", _pairs(codes.of("outcome")))
        self.story = self.add_field(
            "story",
            "经过：怎么伤的、看到了什么、怎么处理的",
            "如 抢车时跌倒，额头碰到桌角，红肿一块",
            required=True,
        )
        self.story.edit.setMaxLength(1000)
        self.diagnosis = self.add_field("diagnosis", "诊断", "没就诊就空着")
        self.rest = self.add_field("rest_days", "休息天数", "没休息就空着")
        staff = [(str(one.id), one.name) for one in people.staff if one.role.value != "cashier"]
        self.duty = self.choice("duty", "当班责任人", staff, str(context.actor.id))
        self._lay_out()
        self.kind.chosen.connect(self._on_kind_chosen)
        self.child.offered.connect(self.fit)
        self.other.offered.connect(self.fit)
        if injury is not None:
            self._show(injury)
        self._on_kind_chosen(self.kind.value())

    def _lay_out(self) -> None:
        head = self.row(self.child, self.day, self.at, stretches=(4, 2, 2))
        for widget in (self.child, self.day, self.at):
            head.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self.form.addWidget(self.labelled("伤害类型", self.kind, required=True))
        self._subtype = self.labelled("细类", self.subtype)
        self.form.addWidget(self._subtype)
        self.form.addWidget(self.other)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.context.theme.metrics.s2)
        for words, choice in (
            ("急救（可多选）", self.aid),
            ("地点", self.place),
            ("在做什么", self.activity),
            ("和谁在一起", self.company),
            ("处理", self.handling),
        ):
            column.addWidget(self.labelled(words, choice, required=choice is not self.aid))
        column.addStretch(1)
        where = self.labelled("受伤部位", self.body)
        self.row(where, beside, stretches=(5, 6)).setAlignment(where, Qt.AlignmentFlag.AlignTop)
        self.form.addWidget(self.story)
        self.row(self.diagnosis, self.rest, stretches=(3, 1))
        self.form.addWidget(self.labelled("转归（知道了再填）", self.outcome))
        self.form.addWidget(self.labelled("当班责任人", self.duty, required=True))

    def filled(self) -> InjuryCard:
        """The form as filled in.

        Raises:
            RuleError: a day or a number cannot be read.
        """
        rest = self.rest.text().strip()
        if rest and not (rest.isascii() and rest.isdigit()):
            raise RuleError("休息天数请填整数。", field="rest_days")
        attack = self.kind.value() == ATTACK
        return InjuryCard(
            child=self.child.child,
            day=self.day.read(),
            at=self.at.text(),
            duty=StaffId(int(self.duty.value())) if self.duty.value() else None,
            kind=self.kind.value(),
            subtype=self.subtype.value() if attack else "",
            other=self.other.child if attack else None,
            place=self.place.value(),
            activity=self.activity.value(),
            company=self.company.value(),
            handling=self.handling.value(),
            aid=self.aid.values(),
            regions=self.body.marked(),
            story=self.story.text(),
            diagnosis=self.diagnosis.text(),
            rest_days=int(rest) if rest else None,
            outcome=self.outcome.value(),
        )

    def finish(self) -> None:
        """登记."""
        try:
            card = self.filled()
        except RuleError as error:
            self.say(error.sentence, error.field)
            return
        actor, injury = self.context.actor, self._injury
        if injury is None:
            self.submit(lambda s: s.health.injuries.note(actor, card))
        else:
            self.submit(
                lambda s: s.health.injuries.correct(actor, injury.id, card), words="已更正，请重新签字。"
            )

    def _show(self, one: Injury) -> None:
        told = one.told
        self.child.choose(told.child)
        self.other.choose(told.other)
        self.day.set_text(told.day.isoformat())
        self.at.set_text(f"{told.minute // 60:02d}:{told.minute % 60:02d}")
        for choice, value in (
            (self.kind, told.kind), (self.subtype, told.subtype), (self.place, told.place),
            (self.activity, told.activity), (self.company, told.company), (self.handling, told.handling),
            (self.outcome, told.outcome), (self.duty, str(told.duty)),
        ):  # fmt: skip
            choice.set_value(value)
        self.aid.set_values(told.aid)
        self.body.mark(told.regions)
        self.story.set_text(told.story)
        self.diagnosis.set_text(told.diagnosis)
        self.rest.set_text("" if told.rest_days is None else str(told.rest_days))

    def _on_kind_chosen(self, value: str) -> None:
        self._subtype.setVisible(value == ATTACK)
        self.other.setVisible(value == ATTACK)
        self.fit()


class TellingSheet(FormSheet):
    """告知家长: who was told, how, when, and what the family said."""

    WIDE = 680

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        codes: InjuryCodes,
        injury: Injury,
        adults: Sequence[str] = (),
    ) -> None:
        super().__init__(context, host, "telling", f"告知家长 · {injury.child_name}", "记下")
        self._id: InjuryId = injury.id
        self.whom = self.add_field("whom", "告诉了谁", "如 妈妈 王芳", required=True)
        if adults:
            who = self.choice("adult", "告诉了哪位家长", [(name, name) for name in adults])
            who.chosen.connect(self.whom.set_text)
            self.form.addWidget(self.labelled("哪位家长（按数字选）", who))
        self.how = self.choice("telling", "怎么告知的", _pairs(codes.of("telling")), "phone")
        self.day = self.add_day("told_on", "哪天", Direction.PAST, "如 今天、昨天、12-3")
        self.day.set_text(context.clock().date().isoformat())
        self.at = self.add_field("told_at", "几点", "空着就是现在")
        self.words = self.add_field("words", "家长的意见", "可以空着")
        head = self.row(self.whom, self.day, self.at, stretches=(4, 3, 3))
        for widget in (self.whom, self.day, self.at):
            head.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self.reason = self.add_field("reason", "档案里没有这个人，为什么告诉他", longest=100)
        self.form.addWidget(self.reason)
        self.reason.hide()
        self.form.addWidget(self.labelled("怎么告知的", self.how, required=True))
        self.form.addWidget(self.words)

    def finish(self) -> None:
        """记下."""
        actor, key = self.context.actor, self._id
        told = (
            self.whom.text(), self.how.value(), self.at.text(), self.words.text(), self.day.full_text(),
            self.reason.text(),
        )  # fmt: skip
        self.submit(lambda s: s.health.injuries.tell(actor, key, *told), words="已记下告知。")

    def failed(self, error: BaseException) -> None:
        """Who is not on file asks for the reason."""
        if getattr(error, "field", None) == "reason" and not self.gone:
            self.reason.show()
            self.fit()
        super().failed(error)


class WordsSheet(FormSheet):
    """补充: words below what stands."""

    WIDE = 680

    def __init__(self, context: RoomContext, host: QWidget, injury: Injury) -> None:
        super().__init__(context, host, "addition", f"补充 · {injury.child_name}", "补充")
        self._id: InjuryId = injury.id
        self.words = self.add_field("words", "补充的内容", "写复诊结果、转归、家长的反馈", required=True)
        self.words.edit.setMaxLength(1000)
        self.beside.setText("原来写的不变，补充写在下面，带时间和姓名。")
        self.form.addWidget(self.words)

    def finish(self) -> None:
        """补充."""
        actor, key, words = self.context.actor, self._id, self.words.text()
        self.submit(lambda s: s.health.injuries.add_words(actor, key, words), words="已补充。")


def _pairs(codes: Sequence[Code]) -> list[tuple[str, str]]:
    return [(one.code, f"{one.code} {one.words}" if one.code.isdigit() else one.words) for one in codes]
