"""更正打卡: other hours with a reason; what stood before is shown and stays."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.duty import Post, Stretch
from app.domain.ids import ClassId
from app.domain.visits import read_clock
from app.services.duty import DutyPerson
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet


class _HoursForm(FormSheet):
    """From, to and why."""

    WIDE = 560

    def __init__(self, context: RoomContext, host: QWidget, name: str, title: str, keep: str) -> None:
        super().__init__(context, host, name, title, keep)
        self.above = label("", "muted", wrap=True)
        self.form.addWidget(self.above)
        self.add_row(
            self.add_field("from", "几点上班", required=True, placeholder="如 07:30", longest=12),
            self.add_field("to", "几点下班", placeholder="如 17:30", longest=12),
        )
        self.form.addWidget(
            self.add_field(
                "reason", "原因", required=True, placeholder="如 忘了打卡，同班老师证明", longest=100
            )
        )

    def minute(self, key: str) -> int | None:
        """What stands in a field, as minutes after midnight."""
        clock = read_clock(self.text(key))
        return None if clock is None else clock.hour * 60 + clock.minute

    def unreadable(self) -> bool:
        """Say so where an hour cannot be read."""
        for key, needed in (("from", True), ("to", False)):
            if self.minute(key) is None and (needed or self.text(key)):
                self.say("看不懂这个时间，请写成 07:30 的样子。", key)
                return True
        return False


class CorrectionSheet(_HoursForm):
    """Other hours for a stretch."""

    def __init__(
        self, context: RoomContext, host: QWidget, stretch: Stretch, before: tuple[Stretch, ...]
    ) -> None:
        title = f"更正 {stretch.name} {stretch.day.month}月{stretch.day.day}日 {stretch.class_name}"
        super().__init__(context, host, "mend", title, "更正")
        self._stretch = stretch
        old = "；".join(f"之前 {one.span_words}" for one in before)
        words = f"现在记的是 {stretch.span_words}{stretch.kind.label}"
        self.above.setText(f"{words}。{old}" if old else f"{words}。改了以后原来的也留着。")
        self.fields["from"].set_text(f"{stretch.from_at:%H:%M}")
        self.fields["to"].set_text("" if stretch.to_at is None else f"{stretch.to_at:%H:%M}")

    def finish(self) -> None:
        """Keep the other hours."""
        if self.unreadable():
            return
        actor, key, start, end = self.context.actor, self._stretch.id, self.minute("from"), self.minute("to")
        reason = self.text("reason")
        self.submit(lambda s: s.classes.duty.correct(actor, key, start or 0, end, reason))


class MissedSheet(_HoursForm):
    """A stretch that nobody clocked."""

    def __init__(
        self, context: RoomContext, host: QWidget, person: DutyPerson, place: ClassId, day: dt.date
    ) -> None:
        super().__init__(context, host, "missed", f"补记 {person.name} 今天的一段", "补记")
        self._person, self._place, self._day = person, place, day
        self.above.setText("忘了打卡的一段，要写清几点到几点和原因。还在班上的用“上班”。")

    def finish(self) -> None:
        """Keep the stretch."""
        if self.unreadable():
            return
        start, end = self.minute("from"), self.minute("to")
        if end is None:
            self.say("补记要写几点下班。", "to")
            return
        actor, person, place, day = self.context.actor, self._person.staff, self._place, self._day
        minutes, reason = (start or 0, end), self.text("reason")
        self.submit(lambda s: s.classes.duty.add_missed(actor, person, place, day, minutes, reason))


class PostSheet(FormSheet):
    """岗位: who does another work than her role's, and whether she counts."""

    WIDE = 640

    def __init__(
        self, context: RoomContext, host: QWidget, person: DutyPerson, posts: tuple[Post, ...]
    ) -> None:
        super().__init__(context, host, "post", f"{person.name} 的岗位", "保存")
        self._person = person
        words = "只有保育人员计入师生比（58号文第二十条）；实习、见习的不计入。"
        self.form.addWidget(label(words, "muted", wrap=True))
        choices = [(one.code, f"{one.label}{'' if one.counts else '（不计入）'}") for one in posts]
        self.post = self.choice("post", "岗位", choices, person.post.code, kind="segment")
        self.form.addWidget(self.labelled("岗位", self.post))
        self.form.addWidget(
            self.add_field("reason", "原因", required=True, placeholder="如 见习到 12月31日", longest=100)
        )

    def finish(self) -> None:
        """Keep it."""
        actor, staff, post = self.context.actor, self._person.staff, self.post.value()
        reason = self.text("reason")
        self.submit(lambda s: s.classes.duty.set_post(actor, staff, post, reason), words="岗位已改。")


def open_correction(context: RoomContext, host: QWidget, stretch: Stretch, after: Callable[[], None]) -> None:
    """Read what it said before, and lay the sheet over what is there."""
    actor = context.actor

    def show(before: tuple[Stretch, ...]) -> None:
        sheet = CorrectionSheet(context, host, stretch, before)
        sheet.dismissed.connect(after)
        sheet.present()

    context.ask(lambda s: s.classes.duty.before(actor, stretch.id), show)
