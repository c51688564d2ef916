"""新预约, and 改期: who, when, what kind, where; 能不能收 answers at every pause of the typing."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.bookings import WEEKDAYS
from app.domain.capacity import Verdict, clock
from app.domain.errors import RuleError
from app.domain.ids import ClassId
from app.domain.mending import Mend, MendKind
from app.domain.modes import Tariff
from app.domain.staff import Role
from app.domain.typed_days import Direction
from app.domain.visits import read_clock
from app.services.booking_card import Answer, Booked, BookingRow, OpenDays, Wish
from app.ui.bookings.answer import AnswerBox
from app.ui.bookings.pick import ChildPick, who_choice
from app.ui.rooms import RoomContext
from app.ui.widgets.alarm_raising import raise_alarm_of
from app.ui.widgets.bound import BoundWords
from app.ui.widgets.day_field import birth_reader, reader
from app.ui.widgets.fields import Field
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.own_pin import act_proved

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services

_PAUSE_MS = 150
_TARIFFS = (
    (Tariff.TEMP_HALF_DAY.value, "半日临时"),
    (Tariff.TEMP_FULL_DAY.value, "全日临时"),
    (Tariff.HOURLY.value, "计时"),
)
_LENGTHS = {Tariff.TEMP_HALF_DAY: 180, Tariff.TEMP_FULL_DAY: 480, Tariff.HOURLY: 120}
_NINE, _CLOSING = 9 * 60, 18 * 60  # what is proposed; what may be is the service's to say


class BookingSheet(FormSheet):
    """Asks for one booking or a weekly one; with ``moving`` it moves the one there is."""

    WIDE = 880

    def __init__(
        self,
        context: RoomContext,
        host: QWidget,
        day: dt.date,
        class_id: ClassId | None,
        hour: int | None,
        moving: BookingRow | None = None,
    ) -> None:
        words = "保存改期" if moving is not None else "预约"
        super().__init__(context, host, "bookings.sheet", "改期" if moving is not None else "新预约", words)
        self._today, self._moving = context.clock().date(), moving
        self._class: ClassId | None = class_id if moving is not None or hour is not None else None
        self._by_hand = moving is not None  # whether the class was chosen, or is only where the grid stood
        self._asked = 0
        self._answer: Answer | None = None
        self._build_form()
        self._fill(day, hour)
        self._bound = (
            BoundWords(self.same.edit, self._whom),
            BoundWords(self.override.edit, self._what),
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._listen()
        self._show_parts()
        self._pause.start()
        actor = context.actor
        context.ask(lambda s: s.bookings.open_days(actor), self._show_open_days)

    # -- the form -------------------------------------------------------------------------------------

    def _build_form(self) -> None:
        self.who = who_choice(self.context, "bookings.sheet.who")
        self.pick = ChildPick(self.context, "bookings.sheet")
        self.name = self.add_field("name", "孩子姓名")
        self.born = self.add_day("born_on", "出生日期", birth_reader(self.context.clock), "如 2023-08-19")
        self.phone = self.add_field("phone", "家长电话", "填 11 位手机号")
        self.relation = self.add_field("relation", "谁的电话", "如 妈妈")
        self.same = self.add_field("same_reason", "不是那个孩子：怎么知道的", "问了谁、看了什么")
        self.same.hide()
        says, clock = "看不懂哪天，请填 12-5、明天或周五这样的日子。", self.context.clock
        self.day = self.add_day(
            "day", "哪天", reader(clock, Direction.NEAR, refused=says), "如 12-5、明天、周五"
        )
        self.open = self.choice("open", "近几天和周末补班", ())
        self.start = self.add_field("from", "几点送来", "如 9:00")
        self.end = self.add_field("to", "几点接走", "如 12:00")
        self.tariff = self.choice("tariff", "托育方式", _TARIFFS, Tariff.TEMP_HALF_DAY.value)
        self.repeat = self.choice("repeat", "重复", (("once", "只这一次"), ("weekly", "每周")), "once")
        days = [(str(at), f"周{word}") for at, word in enumerate(WEEKDAYS[:5], 1)]
        self.weekdays = self.choice("weekdays", "每周哪几天", days, many=True)
        until = reader(clock, Direction.COMING, "until", since=self.day.day)
        self.until = self.add_day("until", "到哪天为止", until, "如 12-31")
        self.day.edit.textChanged.connect(self.until.reread)
        self.full = self.choice(
            "full", "有放不下的日子", (("all", "都放得下才约"), ("skip", "只约放得下的")), "all"
        )
        self.group = self.choice("class_id", "班级", ())
        self.note = self.add_field("note", "备注", "如 午睡要抱")
        self.override = self.add_field("override_reason", "仍收的理由（园长）", "写明为什么破例")
        self.answer = AnswerBox(self.context.theme)
        self._known = self.labelled("孩子", self.pick)
        self.form.addWidget(self.who)
        self.form.addWidget(self._known)
        self._new_row = self.row(self.name, self.born, self.phone, self.relation, stretches=(3, 3, 3, 2))
        self.form.addWidget(self.same)
        self.row(
            self.day, self.start, self.end, self.labelled("托育方式", self.tariff), stretches=(2, 2, 2, 4)
        )
        self._open = self.labelled("近几天和周末补班", self.open)
        self._open.hide()  # until they are known
        self.form.addWidget(self._open)
        self._repeat = self.labelled("重复", self.repeat)
        self._weekdays = self.labelled("每周哪几天", self.weekdays)
        self._full = self.labelled("有放不下的日子", self.full)
        self._group = self.labelled("班级", self.group)
        self.row(self._repeat, self._group, stretches=(2, 5))
        self.row(self._weekdays, self.until, self._full, stretches=(4, 2, 4))
        self.form.addWidget(self.answer)
        self.row(self.note, self.override)
        self.form.addStretch(1)

    def _fill(self, day: dt.date, hour: int | None) -> None:
        moving = self._moving
        now = self.context.clock()
        first = (now.hour * 60 + now.minute) // 30 * 30 + 30 if day == now.date() else 0
        start = max(first, _NINE if hour is None else hour * 60)
        tariff = Tariff.TEMP_HALF_DAY if moving is None else moving.tariff
        end = min(start + _LENGTHS[tariff], _CLOSING)
        if moving is not None:
            start, end = moving.from_minute, moving.to_minute
            self.pick.show_child(moving.child, moving.name, moving.age_words)
            self.pick.box.setReadOnly(True)
            self.note.set_text(moving.note)
        self.tariff.set_value(tariff.value)
        self.day.set_day(day)
        self.start.set_text(clock(start))
        self.end.set_text(clock(end))
        self.weekdays.set_values((str(day.isoweekday()),))

    def _listen(self) -> None:
        for line in (
            self.name, self.born, self.phone, self.same, self.day, self.start, self.end, self.until,
            self.override,
        ):  # fmt: skip
            line.edited.connect(self._on_changed)
        for choice in (self.repeat, self.weekdays, self.full):
            choice.chosen.connect(self._on_changed)
        for line in (self.start, self.end):
            line.edit.installEventFilter(self)
        self.repeat.chosen.connect(self._show_parts)
        self.who.chosen.connect(self._on_who_chosen)
        self.who.walked_on.connect(self.walk)
        self.open.chosen.connect(self._on_open_chosen)
        self.day.edited.connect(lambda _text: self._show_open_day())
        self.tariff.chosen.connect(self._on_tariff_chosen)
        self.group.chosen.connect(self._on_group_chosen)
        self.pick.chosen.connect(self._on_changed)
        self.pick.box.left.connect(self.dismiss)
        self.pick.walked_on.connect(self._on_child_taken)
        self.answer.mend_wanted.connect(self._on_mend_wanted)

    def focus_first(self) -> None:
        """The child, or the day where she is known."""
        (self.day.edit if self._moving is not None else self.pick.box).setFocus(Qt.FocusReason.TabFocusReason)
        self.fit()

    def _show_open_days(self, found: OpenDays) -> None:
        """Offer the next open days, and the weekend in a weekly booking where the centre opens on one."""
        if self.gone:
            return
        self.open.set_choices([(one.day.isoformat(), one.words) for one in found.days])
        self._show_open_day()
        lit = self.weekdays.values()
        days = [(str(at), f"周{word}") for at, word in enumerate(WEEKDAYS, 1)]
        self.weekdays.set_choices([one for one in days if one[0] in f"12345{found.weekend}"])
        self.weekdays.set_values(lit)
        self._open.setVisible(bool(found.days))
        self.fit()

    def _show_open_day(self) -> None:
        """Light the open day that is typed, none for any other."""
        day = self.day.day()
        self.open.set_value("" if day is None else day.isoformat())

    @Slot(str)
    def _on_open_chosen(self, value: str) -> None:
        day = dt.date.fromisoformat(value)
        self.day.set_day(day)
        if not self.weekdays.values() or self.repeat.value() != "weekly":
            self.weekdays.set_values((str(day.isoweekday()),))
        self._on_changed()

    @Slot()
    def _show_parts(self) -> None:
        new, weekly = self.who.value() == "new", self.repeat.value() == "weekly"
        self.who.setVisible(self._moving is None)
        self._known.setVisible(not new)
        for field in (self.name, self.born, self.phone, self.relation):
            field.setVisible(new)
        asked = self._answer is not None and any(one.field == "same_reason" for one in self._answer.problems)
        self.same.setVisible(new and (asked or bool(self.same.text())))
        self._repeat.setVisible(self._moving is None)
        self._weekdays.setVisible(weekly and self._moving is None)
        self.until.setVisible(weekly and self._moving is None)
        answer = self._answer
        refused = answer is not None and answer.verdict is Verdict.NO and answer.title != "还缺"
        self._full.setVisible(weekly and refused)
        self._group.setVisible(answer is not None and bool(answer.classes))
        in_the_way = answer is not None and any(one.field == "class_id" for one in answer.problems)
        may = self.context.actor.role is Role.DIRECTOR
        self.override.setVisible((may and (refused or in_the_way)) or bool(self.override.text()))
        self.fit()

    # -- asking ---------------------------------------------------------------------------------------

    def wish(self) -> Wish | None:
        """What stands in the form; None, with a sentence in the answer, while it cannot be read."""
        self._follow()
        day = self.day.day()
        start, end = read_clock(self.start.text()), read_clock(self.end.text())
        weekly = self.repeat.value() == "weekly" and self._moving is None
        until = self.until.day() if weekly else None
        unread = weekly and until is None and bool(self.until.text().strip())
        if unread or day is None or start is None or end is None:
            return None
        new = self.who.value() == "new" and self._moving is None
        return Wish(
            day=day,
            from_minute=start.hour * 60 + start.minute,
            to_minute=end.hour * 60 + end.minute,
            tariff=Tariff(self.tariff.value() or Tariff.TEMP_HALF_DAY.value),
            child=None if new else self.pick.child,
            name=self.name.text() if new else "",
            born_on=self.born.full_text() if new else "",
            phone=self.phone.text() if new else "",
            relation=self.relation.text() if new else "",
            same_reason=self.same.text() if new else "",
            class_id=self._class if self._by_hand else None,
            weekdays="".join(self.weekdays.values()) if weekly else "",
            until=until,
            note=self.note.text(),
            override_reason=self.override.text() if not self.override.isHidden() else "",
            skip_full=weekly and self.full.value() == "skip",
        )

    def _unread(self) -> tuple[str, str]:
        """The first field that cannot be read, with its sentence."""
        try:
            self.day.read()
            if self.repeat.value() == "weekly":
                self.until.read_or_none()
        except RuleError as error:
            return error.sentence, error.field or "day"
        if read_clock(self.start.text()) is None:
            return "看不懂几点送来，请填 9:00 这样的时间。", "from"
        return "看不懂几点接走，请填 12:00 这样的时间。", "to"

    @Slot()
    def _ask(self) -> None:
        wish = self.wish()
        self._asked += 1
        asked = self._asked
        if wish is None:
            self._answer = None
            self.answer.show_waiting(self._unread()[0])
            return
        if wish.child is None and self.who.value() == "known":
            self._answer = None
            self.answer.show_waiting("先查找并选一个孩子；没来过的选“新的孩子”。")
            self._show_parts()
            return
        actor, moving = self.context.actor, None if self._moving is None else self._moving.id

        def show(answer: Answer) -> None:
            if asked == self._asked and not self.gone:
                self._show_answer(answer)

        self.context.ask(lambda s: s.bookings.ask(actor, wish, moving), show)

    def _show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self.answer.show_answer(answer)
        self.beside.setText(answer.age_words)
        held = self.group.hasFocus() or self.group.focusWidget() is not None
        choices = [(str(one.id), f"{one.name} {one.words}") for one in answer.classes]
        self.group.set_choices(choices)
        lit = next((one for one in answer.classes if one.chosen), None)
        if lit is not None:
            self._class = lit.id
            if not held or self.group.value() != str(lit.id):
                self.group.set_value(str(lit.id))
        self._show_parts()

    # -- acts -----------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Book, or move."""
        wish = self.wish()
        if wish is None:
            self.say(*self._unread())
            return
        if wish.child is None and self.who.value() == "known" and self._moving is None:
            self.say("先查找并选一个孩子；没来过的选“新的孩子”。")
            self.pick.box.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if not self.keep.isEnabled():
            return
        self.keep.setEnabled(False)  # until the keeper answers
        actor, moving = self.context.actor, self._moving

        def verb(services: "Services", pin: str) -> "Done[Booked]":
            if moving is not None:
                return services.bookings.move(actor, moving.id, wish, pin)
            return services.bookings.book(actor, wish, pin)

        act_proved(self.context, verb, self._on_answered, self.failed)

    def failed(self, error: BaseException) -> None:
        """Say what is wrong, and bring what would mend it into sight below the field."""
        super().failed(error)
        if not self.gone and self._answer is not None and self._answer.mends:
            self._scroll.ensureWidgetVisible(self.answer, 0, 0)
        raise_alarm_of(self.context, error, self.finish)

    def settled(self, value: Any) -> None:
        """Say which days were left out, beside the notice of what was booked."""
        super().settled(value)
        if not isinstance(value, Booked):
            return
        full = "、".join(f"{day.month}月{day.day}日" for day in value.left_out)
        told = [f"{full} 放不下，没有约。"] if full else []
        if value.closed_words:
            told.append(value.closed_words)
        if told:
            self.context.messages.say(f"{value.name}：{''.join(told)}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move a time by half an hour; the area around would scroll by them."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if step is not None and self._step(step):
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> bool:
        for line in (self.start, self.end):
            time = read_clock(line.text())
            if line.edit.hasFocus() and time is not None:
                minute = min(23 * 60 + 30, max(0, time.hour * 60 + time.minute + 30 * by))
                line.set_text(clock(minute))
                self._on_changed()
                return True
        return False

    def _whom(self) -> tuple[str, ...]:
        """Of whom it was said that she is nobody on file."""
        return self.name.text().strip(), self.born.full_text(), self.phone.text().strip()

    def _what(self) -> tuple[object, ...] | None:
        """For what an exception was made; None while nobody is named or the class is being worked out."""
        new = self.who.value() == "new"
        who = (self._whom() if self.name.text().strip() else None) if new else self.pick.child
        if self._class is None or who is None:
            return None
        hours = read_clock(self.start.text()), read_clock(self.end.text())
        times = self.day.day(), hours, self.tariff.value(), self._class
        weekly = (self.weekdays.values(), self.until.day()) if self.repeat.value() == "weekly" else ()
        return who, times, weekly

    @Slot()
    def _on_changed(self) -> None:
        self._follow()
        self._pause.start()

    def _follow(self) -> None:
        """What was said of another child or another hour is not said of this one."""
        for one in self._bound:
            one.follow()

    @Slot()
    def _on_who_chosen(self) -> None:
        self._show_parts()
        first: Field | None = self.name if self.who.value() == "new" else None
        (first.edit if first is not None else self.pick.box).setFocus(Qt.FocusReason.TabFocusReason)
        self._pause.start()

    @Slot()
    def _on_child_taken(self) -> None:
        self.day.edit.setFocus(Qt.FocusReason.TabFocusReason)
        self.day.edit.selectAll()
        self._pause.start()

    @Slot(str)
    def _on_tariff_chosen(self, value: str) -> None:
        """Another kind has another usual length."""
        start = read_clock(self.start.text())
        if start is not None:
            minute = start.hour * 60 + start.minute + _LENGTHS[Tariff(value)]
            self.end.set_text(clock(min(minute, _CLOSING)))
        self._pause.start()

    @Slot(str)
    def _on_group_chosen(self, value: str) -> None:
        self._class, self._by_hand = ClassId(int(value)), True
        self._pause.start()

    @Slot(object)
    def _on_mend_wanted(self, mend: Mend) -> None:
        if mend.kind is MendKind.HOUR and mend.stay is not None:
            self.start.set_text(clock(mend.stay.from_minute))
            self.end.set_text(clock(mend.stay.to_minute))
        elif mend.kind is MendKind.CLASS and self._answer is not None:
            named = next((one for one in self._answer.classes if one.name == mend.class_name), None)
            if named is not None:
                self._class, self._by_hand = named.id, True
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)
        self._ask()
