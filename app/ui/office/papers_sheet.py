"""别的纸: any paper of any month or day, chosen in one sheet and shown before it is printed."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.changes import Done
from app.domain.days import month_text, month_words
from app.domain.errors import RuleError
from app.domain.record import record
from app.domain.staff import Permission
from app.domain.typed_days import Direction, read_day, read_month, spoken
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label, name_widget
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.day_field import DayField, next_day
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet

if TYPE_CHECKING:
    from app.domain.staff import Actor
    from app.services.bundle import Services

_Read = Callable[["Services", "Actor", dt.date], Any]


@record
class Choice:
    """A paper of a month, or of a day. ``kind`` is what its prints are counted under; empty for none."""

    key: str
    words: str
    note: str
    permission: Permission
    daily: bool
    kind: str
    read: _Read


def _month(day: dt.date) -> str:
    return f"{day:%Y-%m}"


def _summary(services: "Services", actor: "Actor", day: dt.date) -> Any:
    return services.papers.monthly_summary(actor, _month(day))


def _rounds(services: "Services", actor: "Actor", day: dt.date) -> Any:
    return services.health.papers.rounds_month(actor, day)


def _medicine(services: "Services", actor: "Actor", day: dt.date) -> Any:
    return services.health.papers.medicine_month(actor, day)


def _absences(services: "Services", actor: "Actor", day: dt.date) -> Any:
    return services.absences.paper(actor, _month(day))


def _attendance(services: "Services", actor: "Actor", day: dt.date) -> Any:
    return services.health.attendance.month(actor, _month(day))


def _expected(services: "Services", actor: "Actor", day: dt.date) -> Any:
    return services.bookings.expected_paper(actor, day)


def _door(services: "Services", actor: "Actor", day: dt.date) -> Any:
    from app.services.door_book import DoorQuery

    return services.records.door.paper(actor, DoorQuery(day))


_SUMMARY = "全中心一个月的人次、出勤和收入。"
_ROUNDS = "一个月里晨检、午检和全日观察异常的孩子（T1）。"
_MEDICINE = "一个月里每一次喂药，由哪两人核对（T2）。"
_ABSENCES = "一个月里追访了谁、怎么说、哪天返园（T3b）。"
_ATTENDANCE = "一个月里每个孩子哪天来、哪天病假事假、出勤率（T3）。"
_EXPECTED = "某一天谁来、几点、联系谁；有完整号码，会留下记录。"
_DOOR = "某一天谁接走了哪个孩子、怎样核对、谁放行，警报也在里面。"
CHOICES = (
    Choice("summary", "月报", _SUMMARY, Permission.SEE_MONTH, False, "monthly_summary", _summary),
    Choice("rounds", "晨午检登记", _ROUNDS, Permission.SEE_HEALTH, False, "", _rounds),
    Choice("medicine", "带药服药登记", _MEDICINE, Permission.SEE_HEALTH, False, "", _medicine),
    Choice("attendance", "出勤登记", _ATTENDANCE, Permission.CHECK_IN, False, "", _attendance),
    Choice("absences", "缺勤追访登记", _ABSENCES, Permission.CHECK_IN, False, "absence_register", _absences),
    Choice("expected", "应到名单", _EXPECTED, Permission.BOOK, True, "expected_list", _expected),
    Choice("door", "接走记录", _DOOR, Permission.CHECK_OUT, True, "", _door),
)


class PapersSheet(FormSheet):
    """Which paper, and of when: PgUp and PgDn step, Ctrl+Enter shows it."""

    def __init__(self, context: RoomContext, host: QWidget, month: str) -> None:
        super().__init__(context, host, "papers", "打印别的纸", "预览")
        theme, icons, m = context.theme, context.icons, context.theme.metrics
        self._today = context.clock().date()
        self._months = dt.date.fromisoformat(f"{month}-01")
        self._days = self._today + dt.timedelta(days=1)
        self._offered = {one.key: one for one in CHOICES if context.actor.may(one.permission)}
        pairs = [(key, one.words) for key, one in self._offered.items()]
        self.which = Segmented(theme, "papers.which", "哪张纸", pairs, wrap=True, stretch=False)
        self.which.chosen.connect(self._on_chosen)
        self._note = label("", "muted", wrap=True)
        self._note.setObjectName("papers.note")
        self.when = DayField(
            theme, "papers.when", "哪个月", self._read, required=True, says=self._words, steps=self._later,
            texts=self._text, always=True,
        )  # fmt: skip
        self.take_field("when", self.when)
        self.when.edited.connect(self._on_typed)
        self.back = KeyButton(theme, "", "PgUp", icon="chevron-left", icons=icons, object_name="papers.back")
        self.on = KeyButton(theme, "", "PgDown", icon="chevron-right", icons=icons, object_name="papers.on")
        name_widget(self.back, "papers.back", "往前一个")
        name_widget(self.on, "papers.on", "往后一个")
        self.back.clicked.connect(self._on_back_clicked)
        self.on.clicked.connect(self._on_on_clicked)
        steps = QHBoxLayout()
        steps.setSpacing(m.s2)
        steps.addWidget(self.back)
        steps.addWidget(self.on)
        steps.addStretch(1)
        which = Labelled(theme, "哪张纸", self.which)
        self.which.walked_on.connect(self.when.edit.setFocus)
        for part in (which, self._note, self.when):
            self.form.addWidget(part)
        self.form.addLayout(steps)
        self.which.set_value(next(iter(self._offered)))
        self._on_chosen()
        if "expected" in self._offered:
            context.ask(lambda s: s.bookings.next_open_day(context.actor), self._propose)

    @property
    def _choice(self) -> Choice:
        return self._offered[self.which.value() or next(iter(self._offered))]

    def _propose(self, day: dt.date) -> None:
        """The next open day is the one whose list is wanted; a person who has typed already knows better."""
        if not self.gone and self._days == self._today + dt.timedelta(days=1):
            self._days = day
            self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        daily = self._choice.daily
        self.when.set_label("哪一天" if daily else "哪个月")
        self.when.edit.setAccessibleName("哪一天（必填）" if daily else "哪个月（必填）")
        self.when.edit.setPlaceholderText("如 12-4、1204 或 明天" if daily else "如 2025-11、11 或 上月")
        self._note.setText(self._choice.note)
        self.when.set_text(self._text(self._days if daily else self._months))

    def _read(self, text: str) -> dt.date:
        if self._choice.daily:
            return read_day(text, self._today, Direction.NEAR, "when")
        return read_month(text, self._today, "when")

    def _text(self, day: dt.date) -> str:
        return f"{day}" if self._choice.daily else month_text(day)

    def _words(self, day: dt.date) -> str:
        return spoken(day) if self._choice.daily else month_words(day)

    def _later(self, day: dt.date, by: int) -> dt.date:
        if self._choice.daily:
            return next_day(day, by)
        at = day.year * 12 + day.month - 1 + by
        return dt.date(at // 12, at % 12 + 1, 1)

    @Slot()
    def _on_typed(self) -> None:
        """Keep what is typed for each sort of paper."""
        day = self.when.day()
        if day is not None and self._choice.daily:
            self._days = day
        elif day is not None:
            self._months = day

    def _step(self, by: int) -> None:
        if self._choice.daily:
            self._days = self._later(self._days, by)
        else:
            self._months = self._later(self._months, by)
        self.say("")
        self._on_chosen()

    @Slot()
    def _on_back_clicked(self) -> None:
        self._step(-1)

    @Slot()
    def _on_on_clicked(self) -> None:
        self._step(1)

    def finish(self) -> None:
        """Freeze the paper and show it; the sheet goes."""
        try:
            day = self.when.read()
        except RuleError as error:
            self.say(error.sentence, "when")
            return
        context, actor, choice = self.context, self.context.actor, self._choice
        if not choice.daily and day > self._today:
            self.say("这个月还没有到，没有可以打印的。请换一个月。", "when")
            return
        self.keep.setEnabled(False)

        def read(services: "Services") -> Any:
            found = choice.read(services, actor, day)
            return found.value if isinstance(found, Done) else found

        def count() -> None:
            subject = day.toordinal() if choice.daily else _subject(choice.kind, day)
            context.act(lambda s: s.papers.printed(actor, choice.kind, subject))

        def show(paper: Any) -> None:
            self.dismiss()
            context.printing.preview(paper, count if choice.kind else None)

        context.ask(read, show, self.failed)


def _subject(kind: str, month: dt.date) -> int:
    """Under which number the prints of a month are counted, as the pages of the papers themselves do."""
    return month.year * 12 + month.month if kind == "absence_register" else month.year * 100 + month.month
