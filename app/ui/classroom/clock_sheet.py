"""打卡: a name and one key; who is where, who rests, and what was forgotten."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.duty import DutyKind, Source, Stretch
from app.domain.ids import ClassId
from app.domain.looks import Chip, Tone
from app.domain.staff import Permission
from app.services.duty import DutyPerson, DutySheet
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton, Segmented
from app.ui.widgets.fields import Labelled
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record, RecordList


class ClockSheet(FormSheet):
    """Arrows choose a name, Enter brings her into the class, F6 a break, Del home. It stays for the next."""

    WIDE = 980

    def __init__(
        self, context: RoomContext, host: QWidget, content: DutySheet, class_id: ClassId | None
    ) -> None:
        super().__init__(context, host, "clock", "打卡", "上班")
        theme = context.theme
        self._content = content
        self.told = label("", "muted", wrap=True)
        self.where = Segmented(
            theme, "clock.class", "到哪个班",
            [(str(key), name) for key, name, _source in content.classes], stretch=False, wrap=True,
        )  # fmt: skip
        first = class_id if class_id is not None else next((key for key, *_ in content.classes), None)
        self.where.set_value(str(first or ""))
        self.people = RecordList(theme, "clock.people", "谁", "今天没有人。")
        self.form.addWidget(Labelled(theme, "到哪个班", self.where))
        self.form.addWidget(self.told)
        self.form.addWidget(self.people, 1)
        self.rest = KeyButton(theme, "休息", "F6", object_name="clock.rest")
        self.home = KeyButton(theme, "下班", "Del", object_name="clock.home")
        self.mend = KeyButton(theme, "更正", "F4", kind="quiet", object_name="clock.mend")
        self.missed = KeyButton(theme, "补记", "F2", kind="quiet", object_name="clock.missed")
        self.hours = KeyButton(theme, "工时", "F8", kind="quiet", object_name="clock.hours")
        self.post = KeyButton(theme, "岗位", "F7", kind="quiet", object_name="clock.post")
        for at, button in enumerate((self.mend, self.missed, self.hours, self.post)):
            self.foot.insertWidget(at, button)
        if not context.actor.may(Permission.CHANGE_SETTINGS):
            self.post.hide()
        for button in (self.home, self.rest):
            self.foot.insertWidget(self.foot.count() - 1, button)
        for button in (self.rest, self.home, self.mend, self.missed, self.hours, self.post):
            self.take_enter(button)
        self.cancel.set_text("关闭")
        self.rest.clicked.connect(lambda: self._do("take_break"))
        self.home.clicked.connect(lambda: self._do("clock_out"))
        self.mend.clicked.connect(self._on_mend)
        self.missed.clicked.connect(self._on_missed)
        self.hours.clicked.connect(self._on_hours)
        self.post.clicked.connect(self._on_post)
        self.where.chosen.connect(lambda _value: self._on_where())
        self.where.walked_on.connect(self.people.view.setFocus)
        self.people.chosen.connect(lambda _key: self._show_buttons())
        self.people.entered.connect(self._on_keep_clicked)
        context.bus.changed.connect(self._on_changed)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(context.messages.undo)
        self.show_sheet(content)

    def show_sheet(self, content: DutySheet) -> None:
        """Show everybody as they stand; the one lit stays lit."""
        self._content = content
        own = ClassId(int(self.where.value() or 0))
        lines = [_forgotten(one) for one in content.unended]
        ranked = sorted(content.people, key=lambda one: (one.own_class != own, not one.post.counts))
        lines += [_line(one) for one in ranked]
        rows = min(7, max(4, len(lines)))
        self.people.setFixedHeight(rows * max(44, self.context.theme.px(56)) + self.context.theme.px(56))
        self.people.show_records(lines, self.people.key() or ("staff", self.context.actor.id))
        self._on_where(again=False)
        self.fit()

    def focus_first(self) -> None:
        """The names: who is signed in is lit."""
        self.fit()
        self.people.view.setFocus()

    def finish(self) -> None:
        """Bring the one lit into the class."""
        person = self._person()
        if person is None or not self.where.value():
            self.say("选一个名字和一个班，再按 Enter。昨天没下班的先按 F4 更正。")
            return
        actor, place = self.context.actor, ClassId(int(self.where.value()))
        self._act(lambda s: s.classes.duty.clock_in(actor, person.staff, place))

    def _do(self, verb: str) -> None:
        actor, person = self.context.actor, self._person()
        if person is not None:
            self._act(lambda s: getattr(s.classes.duty, verb)(actor, person.staff))

    def _act(self, verb: Any) -> None:
        self.say("")
        self.keep.setEnabled(False)

        def done(_value: Any) -> None:
            self.keep.setEnabled(True)
            self._read()

        self.context.act(verb, done, self.failed)

    def _read(self) -> None:
        actor = self.context.actor

        def show(content: DutySheet) -> None:
            if not self.gone:
                self.show_sheet(content)

        self.context.ask(lambda s: s.classes.duty.sheet(actor), show)

    def _on_changed(self, *_told: object) -> None:
        if not self.gone and self.isVisible():
            self._read()

    def _on_where(self, *, again: bool = True) -> None:
        sources = {str(key): (name, source) for key, name, source in self._content.classes}
        name, source = sources.get(self.where.value(), ("", Source.ROTA))
        if not self._content.by_clock:
            words = "设置里定的是一律按排班算师生比；打卡只记工时。"
        elif source is Source.CLOCK:
            words = f"{name}今天有人打卡：师生比按打卡算。只有保育人员计入（58号文第二十条）。"
        else:
            words = f"{name}今天还没有人打卡：师生比暂按排班算，一打卡就改按打卡。"
        self.told.setText(words)
        self._show_buttons()
        if again:
            self.show_sheet(self._content)

    def _person(self) -> DutyPerson | None:
        key = self.people.key()
        return next((one for one in self._content.people if ("staff", one.staff) == key), None)

    def _stretch(self) -> Stretch | None:
        """What 更正 is about: a forgotten end, else the last stretch of who is lit."""
        key = self.people.key()
        for one in self._content.unended:
            if ("duty", one.id) == key:
                return one
        person = self._person()
        return person.today[-1] if person is not None and person.today else None

    def _show_buttons(self) -> None:
        person = self._person()
        now = None if person is None else person.now
        names = {str(key): name for key, name, _source in self._content.classes}
        place = names.get(self.where.value(), "")
        back = now is not None and now.kind is DutyKind.BREAK and str(now.class_id) == self.where.value()
        cover = person is not None and person.own_class is not None
        cover = cover and person is not None and str(person.own_class) != self.where.value()
        word = "回到" if back else "顶班到" if cover else "上班到"
        self.keep.set_text(f"{word}{place}")
        here = now is not None and now.kind is DutyKind.WORK and str(now.class_id) == self.where.value()
        self.keep.setEnabled(person is not None and not here)
        self.rest.setEnabled(now is not None and now.kind is DutyKind.WORK)
        self.home.setEnabled(now is not None)
        self.mend.setEnabled(self._stretch() is not None)
        self.missed.setEnabled(person is not None)
        self.post.setEnabled(person is not None)

    def _on_mend(self) -> None:
        stretch = self._stretch()
        if stretch is not None:
            from app.ui.classroom.duty_correction import open_correction

            open_correction(self.context, self._around, stretch, self._read)

    def _on_missed(self) -> None:
        person = self._person()
        if person is not None and self.where.value():
            from app.ui.classroom.duty_correction import MissedSheet

            place = ClassId(int(self.where.value()))
            sheet = MissedSheet(self.context, self._around, person, place, self._content.at.date())
            sheet.dismissed.connect(self._read)
            sheet.present()

    def _on_post(self) -> None:
        person = self._person()
        if person is not None:
            from app.ui.classroom.duty_correction import PostSheet

            sheet = PostSheet(self.context, self._around, person, self._content.posts)
            sheet.dismissed.connect(self._read)
            sheet.present()

    def _on_hours(self) -> None:
        from app.ui.classroom.hours_sheet import open_hours

        open_hours(self.context, self._around)


def _line(person: DutyPerson) -> Record:
    chips = [] if person.post.counts else [Chip(f"{person.post.label} 不计入")]
    now = person.now
    if now is not None:
        resting = now.kind is DutyKind.BREAK
        chips.append(Chip("休息", Tone.WARN) if resting else Chip(now.class_name, Tone.OK))
    told = person.today if len(person.today) > 1 else ()
    done = [one for one in told if one.to_at is not None]  # what is still running was just said
    spans = "、".join(f"{one.span_words}{' 休息' if one.kind is DutyKind.BREAK else ''}" for one in done)
    words = " · ".join(part for part in (person.state_words, spans, person.shift_words) if part)
    return Record(("staff", person.staff), person.name, words, tuple(chips), faint=now is None)


def _forgotten(stretch: Stretch) -> Record:
    words = (
        f"{stretch.day.month}月{stretch.day.day}日 {stretch.from_at:%H:%M} 起在{stretch.class_name}，没有下班"
    )
    return Record(("duty", stretch.id), stretch.name, words, (Chip("待更正", Tone.BAD),))
