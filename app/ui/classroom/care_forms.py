"""The forms of care: sleep and looking at sleepers, toilet, a new food, washing."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.ids import StaffId, VisitId
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealGrade,
    Position,
    PottyStep,
    Reaction,
    SleepSign,
    SleepWay,
    Stool,
    StoolColour,
    Toilet,
    Washing,
)
from app.services.class_views import Offer, RosterCard
from app.ui.classroom.form import Choices, FormProblem, KindForm
from app.ui.classroom.words import read_clock
from app.ui.widgets.basic import label, name_widget


class SleepForm(KindForm):
    """Falling asleep now, waking up now, or a nap written down afterwards.

    Of a class some of whom sleep, one act must not wake these and put the others to bed: it asks which.
    """

    kind = EntryKind.SLEEP

    def build(self) -> None:
        """Says who falls asleep and who wakes; an end only for those who were awake."""
        self._asleep: frozenset[VisitId] | None = None
        self._loaded = False
        self._turn = self.pills("turn", "入睡还是起床", [], numbered=True)
        self._turn.chosen.connect(self._on_turn_chosen)
        self._turn.hide()
        self._says = label("入睡：选中的孩子从上面的时间开始睡。", "muted", wrap=True)
        # It holds the focus where nothing need be chosen: Enter keeps.
        self._says.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name_widget(self._says, "classroom.form.sleep", "睡眠")
        self._column.addWidget(self._says)
        self._way = self.pills("way", "怎样入睡", [(way.value, way.label) for way in SleepWay], small=True)
        self._lying = self.pills("lying", "睡姿", [(one.value, one.label) for one in Position], small=True)
        self._helper = self.pills("helper", "谁哄睡", [], small=True)
        self._helper.hide()
        self._until = self.line("until", "已经起床的，补上起床时间（还在睡就留空）", "如 13:35")
        self._helper_id: StaffId | None = None
        self._last_way, self._way_known = "", False
        self._way.chosen.connect(self._on_way_chosen)
        self._meant: tuple[RosterCard, ...] = ()

    @property
    def known(self) -> bool:
        """Whether it is known by now who sleeps."""
        return self._asleep is not None

    @property
    def mixed(self) -> bool:
        """Whether some sleep and others do not."""
        return not self._turn.isHidden()

    def show_offer(self, offer: Offer) -> None:
        """Those asleep wake up at the time above."""
        if not self._loaded:
            self._asleep = frozenset(offer.asleep)
            self._last_way = "" if offer.last is None else offer.last.detail or ""
        self._helper.set_choices([(str(key), f"{name}哄睡") for key, name in offer.helpers[:4]])
        self._helper.set_value("" if self._helper_id is None else str(self._helper_id))
        self._on_turn_chosen()

    def say(self, meant: Sequence[RosterCard]) -> None:
        """Name who falls asleep and who wakes; where there are both, ask, proposing what more of them do."""
        self._meant = tuple(meant)
        if len(self._meant) == 1 and not (self._way_known or self._loaded):
            self._way.set_value(self._last_way)  # as she fell asleep last time; of several nobody knows
        waking, falling = self._waking(), self._falling()
        if waking and falling:
            chosen = self._turn.value() or ("wake" if len(waking) >= len(falling) else "sleep")
            self._turn.set_choices([("wake", f"起床 {len(waking)} 人"), ("sleep", f"入睡 {len(falling)} 人")])
            self._turn.set_value(chosen)
            self._turn.show()
        self._on_turn_chosen()

    def whom(self, meant: Sequence[RosterCard]) -> tuple[RosterCard, ...]:
        """Those who wake, or those who fall asleep, where there are both."""
        if not self.mixed:
            return tuple(meant)
        return self._waking() if self._turn.value() == "wake" else self._falling()

    def wakes(self) -> bool:
        """Whether the act wakes those it is about."""
        return self._turn.value() == "wake" if self.mixed else bool(self._waking())

    def draft(self, at: dt.datetime) -> EntryDraft:
        """A sleep that begins, or a whole one. The service ends the sleep of those who are asleep."""
        until = None
        if self._until.isVisibleTo(self) and self._until.text().strip():
            time = read_clock(self._until.text())
            if time is None:
                raise FormProblem("起床时间看不懂，请写成 13:35 的样子。")
            until = at.replace(hour=time.hour, minute=time.minute)
            if until <= at:
                raise FormProblem("起床时间要晚于入睡时间。")
        return EntryDraft(
            EntryKind.SLEEP,
            at,
            until=until,
            detail=self._way.value() or None,
            quality=self._lying.value() or None,
            helper=StaffId(int(self._helper.value())) if self._helper.value() else self._helper_id,
        )

    def load(self, draft: EntryDraft) -> None:
        """The sleep as it was: both its ends can be changed."""
        self._loaded, self._asleep, self._helper_id = True, frozenset(), draft.helper
        self._way.set_value(draft.detail or "")
        self._lying.set_value(draft.quality or "")
        self._until.set_text("" if draft.until is None else f"{draft.until:%H:%M}")
        self._on_turn_chosen()

    def first(self) -> QWidget:
        """The choice between the two, or the words: Enter keeps."""
        return self._turn if self.mixed else self._says

    def _on_way_chosen(self, _value: str) -> None:
        self._way_known = True

    def _waking(self) -> tuple[RosterCard, ...]:
        return tuple(card for card in self._meant if card.visit in (self._asleep or ()))

    def _falling(self) -> tuple[RosterCard, ...]:
        return tuple(card for card in self._meant if card.visit not in (self._asleep or ()))

    def _on_turn_chosen(self, _value: str = "") -> None:
        about = self.whom(self._meant)
        word = "起床" if self.wakes() else "入睡"
        self._says.setText(f"{word} {len(about)} 人：{_names([card.name for card in about])}")
        for row in (self._until, self._way, self._lying):
            row.setVisible(not self.wakes())
        self._helper.setVisible(not self.wakes() and bool(self._helper.choices()))


class ToiletForm(KindForm):
    """What came, in which form, and how."""

    kind = EntryKind.TOILET

    def build(self) -> None:
        """Kinds for the digits; the form of a stool only where there is one."""
        kinds = [(kind.value, kind.label) for kind in Toilet]
        self._what = self.pills("toilet", "如厕", kinds, on=Toilet.WET.value, numbered=True)
        self._what.chosen.connect(self._on_what_chosen)
        self._stool = self.pills(
            "stool", "大便性状", [(form.value, form.label) for form in Stool], on=Stool.FORMED.value
        )
        self._colour = self.pills(
            "colour", "大便颜色", [(one.value, one.label) for one in StoolColour], small=True
        )
        hows = [("自己完成", "自己完成"), ("老师协助", "老师协助"), ("换尿布", "换尿布")]
        self._how = self.pills("how", "怎样完成", hows, small=True)
        self._steps = self.pills(
            "steps", "自己做到的步骤", [(one.value, one.label) for one in PottyStep], small=True, many=True
        )
        self._loaded = False
        self._on_what_chosen(Toilet.WET.value)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Kind, form of a stool, and how."""
        has_stool = self._what.value() in (Toilet.STOOL, Toilet.BOTH)
        return EntryDraft(
            EntryKind.TOILET,
            at,
            detail=self._what.value(),
            quality=self._stool.value() if has_stool else None,
            note=self._how.value(),
            colour=(self._colour.value() or None) if has_stool else None,
            steps=self._steps.values(),
        )

    def show_offer(self, offer: Offer) -> None:
        """How it was done last time: a child in diapers is in diapers again."""
        if offer.last is not None and not self._how.value() and not self._loaded:
            self._how.set_value(offer.last.note)

    def load(self, draft: EntryDraft) -> None:
        """All as it was."""
        self._loaded = True
        self._what.set_value(draft.detail or "")
        self._stool.set_value(draft.quality or Stool.FORMED.value)
        self._colour.set_value(draft.colour or "")
        self._how.set_value(draft.note)
        self._steps.set_values(draft.steps)
        self._on_what_chosen(self._what.value())

    def first(self) -> QWidget:
        """The kinds."""
        return self._what

    def main(self) -> Choices:
        """The kinds."""
        return self._what

    def _on_what_chosen(self, value: str) -> None:
        for row in (self._stool, self._colour):
            row.setVisible(value in (Toilet.STOOL, Toilet.BOTH))


class SleepCheckForm(KindForm):
    """A look at those who sleep: how they lie, and what was seen."""

    kind = EntryKind.SLEEP_CHECK

    def build(self) -> None:
        """How they lie for the digits, what was seen, and words where something is odd."""
        self._lying = self.pills(
            "lying",
            "睡姿",
            [(one.value, one.label) for one in Position],
            on=Position.BACK.value,
            numbered=True,
        )
        self._sign = self.pills(
            "sign",
            "看到什么",
            [(one.value, one.label) for one in SleepSign],
            on=SleepSign.CALM.value,
            small=True,
        )
        self._note = self.line(
            "sign_note", "有异常、俯卧没翻回时，写明看到什么、怎么处理", "如 口鼻被被子遮住，已移开"
        )

    def draft(self, at: dt.datetime) -> EntryDraft:
        """How she lies, and what was seen."""
        note = self.own_words()
        return EntryDraft(self.kind, at, detail=self._lying.value(), quality=self._sign.value(), note=note)

    def own_words(self) -> str:
        """What is odd."""
        return self._note.text().strip()

    def load(self, draft: EntryDraft) -> None:
        """All as it was."""
        self._lying.set_value(draft.detail or "")
        self._sign.set_value(draft.quality or "")
        self._note.set_text(draft.note)

    def first(self) -> QWidget:
        """How they lie."""
        return self._lying

    def main(self) -> Choices:
        """How they lie."""
        return self._lying


class FoodForm(KindForm):
    """A food she has never had, and how she bore it."""

    kind = EntryKind.FOOD

    def build(self) -> None:
        """The food is typed; the reaction of who ate has to be chosen: somebody must have looked."""
        self._food = self.line("food", "新添的食物", "如 猪肝泥")
        self._grade = self.pills(
            "eaten", "吃了多少", [(str(one.value), one.label) for one in reversed(MealGrade)],
            on=str(MealGrade.LITTLE.value), small=True,
        )  # fmt: skip
        self._reaction = self.pills("reaction", "吃后反应", [(one.value, one.label) for one in Reaction])
        self._note = self.line("food_note", "补一句（选“其他”时必填）", "如 嘴边发红，半小时后消退")

    def draft(self, at: dt.datetime) -> EntryDraft:
        """The food, how much, and the reaction."""
        if not self._food.text().strip():
            raise FormProblem("请写吃了什么新食物。")
        grade, reaction = int(self._grade.value()), self._reaction.value()
        if grade == MealGrade.REFUSED and reaction == Reaction.NONE:
            reaction = ""  # of what she did not eat there is nothing to say
        if not reaction and grade != MealGrade.REFUSED:
            raise FormProblem("请选吃后反应；没有异常也要选。")
        return EntryDraft(
            self.kind,
            at,
            quality=reaction or None,
            grade=grade,
            text=self._food.text().strip(),
            note=self._note.text().strip(),
        )

    def load(self, draft: EntryDraft) -> None:
        """All as it was."""
        self._food.set_text(draft.text)
        self._grade.set_value(str(draft.grade))
        self._reaction.set_value(draft.quality or "")
        self._note.set_text(draft.note)

    def first(self) -> QWidget:
        """The food."""
        return self._food.edit


class WashingForm(KindForm):
    """Hands washed, and when."""

    kind = EntryKind.WASHING

    def build(self) -> None:
        """When, for the digits."""
        self._when = self.pills(
            "washing",
            "洗手时机",
            [(one.value, one.label) for one in Washing],
            on=Washing.BEFORE_FOOD.value,
            numbered=True,
        )

    def draft(self, at: dt.datetime) -> EntryDraft:
        """When."""
        return EntryDraft(self.kind, at, detail=self._when.value())

    def load(self, draft: EntryDraft) -> None:
        """As it was."""
        self._when.set_value(draft.detail or "")

    def first(self) -> QWidget:
        """When."""
        return self._when

    def main(self) -> Choices:
        """When."""
        return self._when


def _names(names: Sequence[str]) -> str:
    shown = "、".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} 等"
