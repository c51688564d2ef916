"""The form of each kind of entry: what can be chosen, and the draft it comes to.

A form starts with the usual answer chosen where there is one, so that Enter alone keeps it. Its first row has
the focus: digits and arrows choose there.
"""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.ids import VisitId
from app.domain.logbook import (
    EntryDraft,
    EntryError,
    EntryKind,
    MealGrade,
    MealSlot,
    Milk,
    Mood,
    NoteKind,
    Part,
    Site,
    Stool,
    Toilet,
    parse_temperature,
)
from app.services.checks import HealthCheck
from app.services.classroom import Offer, RosterCard
from app.ui.classroom.form import FormProblem, KindForm
from app.ui.classroom.words import read_amount, read_clock
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.layouts import FlowLayout


class MealForm(KindForm):
    """Which meal, and how much of it."""

    kind = EntryKind.MEAL

    def build(self) -> None:
        """Grades first (the digits choose them), the meal of the day above."""
        self._dishes: dict[str, str] = {}
        self._touched = False
        self._slot = self.pills("slot", "餐次", [(slot.value, slot.label) for slot in MealSlot], small=True)
        self._slot.chosen.connect(self._on_slot_chosen)
        grades = [(str(grade.value), grade.label) for grade in reversed(MealGrade)]
        self._grade = self.pills("grade", "吃了多少", grades, on=str(MealGrade.ALL.value))

    def show_offer(self, offer: Offer) -> None:
        """Take the menus, and the meal by the clock unless one was chosen by hand."""
        self._dishes = dict(offer.menus)
        if not self._touched:
            self._slot.set_value(offer.slot or "")

    def slot(self) -> str:
        """The chosen meal (a ``MealSlot`` value), or empty."""
        return self._slot.value()

    def dishes(self) -> str:
        """The menu of the chosen meal."""
        return self._dishes.get(self.slot(), "")

    def draft(self, at: dt.datetime) -> EntryDraft:
        """The meal and its grade."""
        if not self.slot():
            raise FormProblem("请选是哪一餐。")
        grade = int(self._grade.value())
        return EntryDraft(EntryKind.MEAL, at, detail=self.slot(), grade=grade, text=self.dishes())

    def first(self) -> QWidget:
        """The grades."""
        return self._grade

    def _on_slot_chosen(self, _value: str) -> None:
        self._touched = True


class _AmountForm(KindForm):
    amounts: tuple[int, ...] = ()

    def add_amounts(self, on: int) -> None:
        self._amounts = self.pills(
            "amount", "毫升", [(str(ml), f"{ml} ml") for ml in self.amounts], on=str(on)
        )
        self._own = self.line("own_amount", "其他毫升数", "例如 95")
        self._chosen_by_hand = False
        self._amounts.chosen.connect(self._on_amount_chosen)

    def show_offer(self, offer: Offer) -> None:
        """The amount of last time, unless one was chosen by hand."""
        if offer.last_ml in self.amounts and not self._chosen_by_hand:
            self._amounts.set_value(str(offer.last_ml))

    def amount(self) -> int:
        if not self._own.text().strip():
            return int(self._amounts.value())
        if (own := read_amount(self._own.text())) is None:
            raise FormProblem("毫升数看不懂，请写数字，例如 95。")
        return own

    def _on_amount_chosen(self, _value: str) -> None:
        self._chosen_by_hand = True
        self._own.set_text("")


class MilkForm(_AmountForm):
    """Kind of milk and how much."""

    kind = EntryKind.MILK
    amounts = (60, 90, 120, 150, 180, 210)

    def build(self) -> None:
        """Kinds above, amounts for the digits."""
        kinds = [(milk.value, milk.label) for milk in Milk]
        self._milk = self.pills("milk", "奶的种类", kinds, on=Milk.FORMULA.value, small=True)
        self.add_amounts(120)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Milk and millilitres."""
        return EntryDraft(EntryKind.MILK, at, detail=self._milk.value(), amount_ml=self.amount())

    def first(self) -> QWidget:
        """The amounts."""
        return self._amounts


class WaterForm(_AmountForm):
    """How much water."""

    kind = EntryKind.WATER
    amounts = (50, 80, 100, 120, 150, 200)

    def build(self) -> None:
        """Amounts."""
        self.add_amounts(120)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Millilitres."""
        return EntryDraft(EntryKind.WATER, at, amount_ml=self.amount())

    def first(self) -> QWidget:
        """The amounts."""
        return self._amounts


class SleepForm(KindForm):
    """Falling asleep now, waking up now, or a nap written down afterwards.

    Of a class some of whom sleep, one act must not wake these and put the others to bed: it asks which.
    """

    kind = EntryKind.SLEEP

    def build(self) -> None:
        """Says who falls asleep and who wakes; an end only for those who were awake."""
        name_widget(self, "classroom.form.sleep", "睡眠")
        self._asleep: frozenset[VisitId] | None = None
        self._turn = self.pills("turn", "入睡还是起床", [])
        self._turn.chosen.connect(self._on_turn_chosen)
        self._turn.hide()
        self._says = label("入睡：选中的孩子从上面的时间开始睡。", "muted", wrap=True)
        self._column.addWidget(self._says)
        self._until = self.line("until", "已经起床的，补上起床时间（还在睡就留空）", "例如 13:35")
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
        self._asleep = frozenset(offer.asleep)

    def say(self, meant: Sequence[RosterCard]) -> None:
        """Name who falls asleep and who wakes; where there are both, ask, proposing what more of them do."""
        self._meant = tuple(meant)
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
        return EntryDraft(EntryKind.SLEEP, at, until=until)

    def first(self) -> QWidget:
        """The choice between the two, or the form itself: Enter keeps."""
        return self._turn if self.mixed else self

    def _waking(self) -> tuple[RosterCard, ...]:
        return tuple(card for card in self._meant if card.visit in (self._asleep or ()))

    def _falling(self) -> tuple[RosterCard, ...]:
        return tuple(card for card in self._meant if card.visit not in (self._asleep or ()))

    def _on_turn_chosen(self, _value: str = "") -> None:
        about = self.whom(self._meant)
        word = "起床" if self.wakes() else "入睡"
        self._says.setText(f"{word} {len(about)} 人：{_names([card.name for card in about])}")
        self._until.setVisible(not self.wakes())


class ToiletForm(KindForm):
    """What came, in which form, and how."""

    kind = EntryKind.TOILET

    def build(self) -> None:
        """Kinds for the digits; the form of a stool only where there is one."""
        kinds = [(kind.value, kind.label) for kind in Toilet]
        self._what = self.pills("toilet", "如厕", kinds, on=Toilet.WET.value)
        self._what.chosen.connect(self._on_what_chosen)
        self._stool = self.pills(
            "stool", "大便性状", [(form.value, form.label) for form in Stool], on=Stool.FORMED.value
        )
        hows = [("自己完成", "自己完成"), ("老师协助", "老师协助"), ("换尿布", "换尿布")]
        self._how = self.pills("how", "怎样完成", hows, small=True)
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
        )

    def first(self) -> QWidget:
        """The kinds."""
        return self._what

    def _on_what_chosen(self, value: str) -> None:
        self._stool.setVisible(value in (Toilet.STOOL, Toilet.BOTH))


class MoodForm(KindForm):
    """How the child feels, and a word about it."""

    kind = EntryKind.MOOD

    def build(self) -> None:
        """Moods for the digits, then a line."""
        self._mood = self.pills("mood", "情绪", [(m.value, m.label) for m in Mood], on=Mood.HAPPY.value)
        self._note = self.line("mood_note", "补一句（可不填）", "例如 十分钟后就平静下来")

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Mood and words."""
        note = self._note.text().strip()
        return EntryDraft(EntryKind.MOOD, at, detail=self._mood.value(), note=note)

    def first(self) -> QWidget:
        """The moods."""
        return self._mood


class ActivityForm(KindForm):
    """Which activity, and what part the child took."""

    kind = EntryKind.ACTIVITY

    def build(self) -> None:
        """Part taken for the digits; the name from the plan, or typed."""
        self._names = self.pills("plan", "今天的活动", [])
        self._own = self.line("activity", "活动名称", "例如 手工课：贴雪花")
        self._names.chosen.connect(self._own.set_text)
        self._note = self.line("activity_note", "补一句（可不填）", "例如 自己选颜色、贴了五片", beside=True)
        self._part = self.pills("part", "参与", [(p.value, p.label) for p in Part], on=Part.EAGER.value)

    def show_offer(self, offer: Offer) -> None:
        """Names of today's plan first."""
        names = list(dict.fromkeys(offer.activities))[:5]
        self._names.set_choices([(name, name if len(name) <= 12 else f"{name[:11]}…") for name in names])
        if names and not self._own.text():
            self._names.set_value(names[0])
            self._own.set_text(names[0])

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Name, part and words."""
        name = self._own.text().strip()
        if not name:
            raise FormProblem("请写活动名称，或点一个今天的活动。")
        return EntryDraft(
            EntryKind.ACTIVITY, at, detail=self._part.value(), text=name, note=self._note.text().strip()
        )

    def first(self) -> QWidget:
        """The part taken."""
        return self._part


class TemperatureForm(KindForm):
    """Degrees, and where they were taken."""

    kind = EntryKind.TEMPERATURE

    def build(self) -> None:
        """Degrees are typed; the site is a row of pills."""
        self._degrees = self.line("temperature", "体温 ℃", "36.5")
        self._degrees.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self._site = self.pills(
            "site", "测量部位", [(s.value, s.label) for s in Site], on=Site.FOREHEAD.value
        )
        kinds = [("temperature", "只记体温"), ("noon", "记作午检")]
        self._as = self.pills("as", "记作", kinds, on="temperature", small=True)
        self._as.chosen.connect(self._on_as_chosen)
        # No finding is filled in beforehand: somebody must have looked.
        found = [("normal", "正常"), ("recheck", "复测"), ("abnormal", "异常")]
        self._outcome = self.pills("outcome", "午检结果", found)
        self._finding = self.line(
            "finding", "看到了什么、怎么处理（正常可不填）", "例如 左手背有抓痕，已涂药"
        )
        self._on_as_chosen("temperature")

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Tenths of a degree and the site."""
        return EntryDraft(EntryKind.TEMPERATURE, at, detail=self._site.value(), tenths=self._tenths())

    def check(self) -> HealthCheck | None:
        """The noon check, if it is one: degrees, finding and words."""
        if self._as.value() != "noon":
            return None
        tenths = self._tenths()
        if not self._outcome.value():
            raise FormProblem("请选午检结果：正常、复测或异常。")
        note = self._finding.text().strip()
        return HealthCheck("noon", tenths, self._site.value(), self._outcome.value(), note)

    def _tenths(self) -> int:
        if not self._degrees.text().strip():
            raise FormProblem("请写体温，例如 36.5。")
        try:
            return parse_temperature(self._degrees.text())
        except EntryError as error:
            raise FormProblem(error.sentence) from error

    def _on_as_chosen(self, value: str) -> None:
        self._outcome.setVisible(value == "noon")
        self._finding.setVisible(value == "noon")

    def first(self) -> QWidget:
        """The degrees."""
        return self._degrees


class NoteForm(KindForm):
    """Free words: for the note (老师说) or for the parents' attention (请家长留意)."""

    kind = EntryKind.NOTE

    def build(self) -> None:
        """What it is for, the words, and stock phrases that join them."""
        kinds = [(kind.value, kind.label) for kind in NoteKind]
        self._for = self.pills("note_kind", "写给谁看", kinds, on=NoteKind.REMARK.value, small=True)
        self._words = self.line("note", "内容", "例如 鞋子偏小，走路时常踮脚；建议换大半码。")
        self._phrases = QWidget()
        self._flow = FlowLayout(self._phrases, self._theme.metrics.s2)
        self._column.addWidget(self._phrases)
        self._buttons: list[QPushButton] = []

    def show_offer(self, offer: Offer) -> None:
        """The centre's stock phrases."""
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for at, phrase in enumerate(offer.phrases[: 8 if self._theme.metrics.scale < 1.3 else 3]):
            button = QPushButton(phrase)
            button.setProperty("kind", "choice")
            button.setAutoDefault(False)
            name_widget(button, f"classroom.form.phrase.{at + 1}", f"加上：{phrase}")
            button.clicked.connect(lambda _checked=False, phrase=phrase: self._add(phrase))
            self._flow.addWidget(button)
            button.show()
            self._buttons.append(button)

    def _add(self, phrase: str) -> None:
        self._words.set_text(f"{self._words.text().rstrip()}{phrase}")
        self._words.edit.setFocus()
        self._words.edit.end(False)

    def draft(self, at: dt.datetime) -> EntryDraft:
        """Words and whom they are for."""
        words = self._words.text().strip()
        if not words:
            raise FormProblem("请写一句话，或点一条常用语。")
        return EntryDraft(EntryKind.NOTE, at, detail=self._for.value(), text=words)

    def first(self) -> QWidget:
        """The words."""
        return self._words


def _names(names: Sequence[str]) -> str:
    shown = "、".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} 等"


FORMS: dict[EntryKind, type[KindForm]] = {
    form.kind: form
    for form in (
        MealForm,
        MilkForm,
        WaterForm,
        SleepForm,
        ToiletForm,
        MoodForm,
        ActivityForm,
        TemperatureForm,
        NoteForm,
    )
}
