"""保护: suspected harm. Everybody can write one down; the list shows only what the reader may know of."""

import datetime as dt
from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from app.domain.concerns import CHANNELS, SIGNS
from app.domain.ids import ConcernId, StaffId
from app.domain.staff import Role
from app.domain.typed_days import Direction
from app.services.concerns import ConcernCard, ConcernView, ReportCard
from app.services.health_people import Choices
from app.services.pins import Holder
from app.ui.health.child_picker import LetterPicker
from app.ui.health.two_sides import TwoSides
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.form_sheet import FormSheet
from app.ui.widgets.records import Record
from app.ui.widgets.second_person import SecondPerson

_RULE = "发现孩子可能受到伤害，要立即报告公安（110），不用先确定。写看到的、听到的原话，不加判断。"
_LOCKED = "记录已锁上"
_OPEN_FOR = dt.timedelta(minutes=5)  # then the PIN is asked for again


class ConcernSheet(FormSheet):
    """What was seen."""

    WIDE = 860

    def __init__(self, context: RoomContext, host: QWidget, people: Choices) -> None:
        super().__init__(context, host, "concern", "记录疑似侵害", "记下")
        self.child = LetterPicker(context.theme, "concern.child", "孩子", people.children, required=True)
        self.stops["child"] = self.child.field.edit
        self.child.walked_on.connect(self.focusNextChild)
        self.day = self.add_day("day", "哪天看到的", Direction.PAST, "如 今天、12-3", required=True)
        self.day.set_text(context.clock().date().isoformat())
        staff = [(str(one.id), one.name) for one in people.staff]
        self.observer = self.choice("observer", "谁看到的", staff, str(context.actor.id))
        self.facts = self.add_field(
            "facts", "看到、听到了什么（原话）", "如 背上三处圆形烫痕；问她说“不要回家”", required=True
        )
        self.facts.edit.setMaxLength(2000)
        self.photos = self.add_field("photos", "照片放在哪里", "如 园长保险柜；照片不存在电脑里")
        self.decided = self.add_field("decided_by", "谁决定报告", "如 园长 王芳")
        self.form.addWidget(
            label(f"{_RULE}只有园长和您能看到这条记录，记下后只能补充、不能改。", "warning", wrap=True)
        )
        line = self.row(self.child, self.day, stretches=(3, 1))
        for widget in (self.child, self.day):
            line.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        self.form.addWidget(self.labelled("谁看到的", self.observer))
        self.form.addWidget(self.facts)
        self.row(self.photos, self.decided)
        self.form.addStretch(1)
        self.child.offered.connect(self.fit)

    def finish(self) -> None:
        """记下."""
        card = ConcernCard(
            self.child.child,
            self.day.full_text(),
            StaffId(int(self.observer.value())) if self.observer.value() else None,
            self.facts.text(),
            self.photos.text(),
            self.decided.text(),
        )
        actor = self.context.actor
        self.submit(lambda s: s.health.concerns.note(actor, card), words="已记下。")


class UnlockSheet(FormSheet):
    """Who is signed in shows by her own PIN that it is she; without one she chooses it here."""

    opened = Signal(object, str, object)  # StaffId, PIN, the records

    def __init__(self, context: RoomContext, host: QWidget, holders: Sequence[Holder]) -> None:
        super().__init__(context, host, "unlock", "看记录", "打开")
        own = [one for one in holders if one.actor.id == context.actor.id]
        self.form.addWidget(
            label(
                "请输自己的口令。离开这一页，或过几分钟，就会重新锁上。"
                "第一次设口令时没有园长确认的，看不到那以前记下的；记录人再补充一句，就能看到。",
                "muted",
                wrap=True,
            )
        )
        self.person = SecondPerson(context.theme, "unlock", "本人", own, practice=context.practice, own=True)
        self.person.entered.connect(self.keep.setFocus)
        self.form.addWidget(self.person)

    def focus_first(self) -> None:
        """The PIN: whose it is is known."""
        self.fit()
        self.person.pin.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Say what is missing; else keep a first PIN, and read."""
        if lacking := self.person.lacking():
            self.say(lacking)
            self.person.pin.edit.setFocus()
            return
        actor, pin, first = self.context.actor, self.person.pin.text(), self.person.first_pin()
        self.keep.setEnabled(False)

        def read() -> None:
            self.context.ask(lambda s: s.health.concerns.list(actor, pin), show, self.failed)

        def show(views: tuple[ConcernView, ...]) -> None:
            if self.gone:
                return  # Esc came first: nothing of it is laid open
            self.opened.emit(actor.id, pin, views)
            self.dismiss()

        if first is None:
            read()
        else:
            self.context.act(lambda s: s.pins.choose(actor, pin), lambda _none: read(), self.failed)

    def failed(self, error: BaseException) -> None:
        """A wrong PIN is typed again."""
        super().failed(error)
        if not self.gone:
            self.person.clear_pin()


class ReportSheet(FormSheet):
    """To whom it was reported."""

    WIDE = 760

    def __init__(self, context: RoomContext, host: QWidget, pin: str, concern: ConcernId) -> None:
        super().__init__(context, host, "report", "登记报告", "记下")
        self._key, self._pin = concern, pin
        now = context.clock()
        self.channel = self.choice("channel", "向谁报告", tuple(CHANNELS.items()), "110")
        self.day = self.add_day(
            "day", "哪天", Direction.PAST, "如 今天、12-3", field="report_day", required=True
        )
        self.at = self.add_field("at", "几点", "如 10:40", required=True)
        self.receipt = self.add_field("receipt", "回执、接警编号", "没有就空着")
        self.decided = self.add_field("decided_by", "谁决定报告", "如 园长 王芳")
        self.words = self.add_field("words", "说明", "民警姓名、怎么答复的")
        self.day.set_text(now.date().isoformat())
        self.at.set_text(f"{now:%H:%M}")
        self.form.addWidget(self.labelled("向谁报告", self.channel, required=True))
        self.row(self.day, self.at, self.receipt)
        self.row(self.decided, self.words, stretches=(1, 2))

    def finish(self) -> None:
        """记下."""
        card = ReportCard(
            self.channel.value(), self.day.full_text(), self.at.text(), self.receipt.text(),
            self.decided.text(), self.words.text(),
        )  # fmt: skip
        actor, pin, key = self.context.actor, self._pin, self._key
        self.submit(lambda s: s.health.concerns.report(actor, pin, key, card), words="已记下。")


class MoreSheet(FormSheet):
    """Words below what stands."""

    WIDE = 680

    def __init__(self, context: RoomContext, host: QWidget, pin: str, concern: ConcernId) -> None:
        super().__init__(context, host, "more", "补充", "补充")
        self._key, self._pin = concern, pin
        self.words = self.add_field("words", "补充的内容", "后来看到的、谁来过、怎么处理的", required=True)
        self.words.edit.setMaxLength(2000)
        self.form.addWidget(self.words)

    def finish(self) -> None:
        """补充."""
        actor, pin, key, words = self.context.actor, self._pin, self._key, self.words.text()
        self.submit(lambda s: s.health.concerns.add_words(actor, pin, key, words), words="已补充。")


def open_concern(context: RoomContext) -> None:
    """Lay the sheet over the window for anybody who is signed in: whoever works here must report.

    The room of the page is not everybody's; nothing that was written before is shown here.
    """
    actor = context.actor

    def show(people: Choices) -> None:
        host = context.host
        if host is not None and host.isEnabled() and context.signed_in and context.actor == actor:
            ConcernSheet(context, host, people).present()

    context.ask(lambda s: s.health.people.choices(actor), show)


class ConcernPage(TwoSides):
    """What the reader may know of, once her PIN was typed; to others it looks empty."""

    key = "concern"
    name = "保护"

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, _LOCKED, "")
        self._views: tuple[ConcernView, ...] = ()
        self._people: Choices | None = None
        self._open: tuple[StaffId, str, dt.datetime] | None = None  # who, her PIN, since when
        new = self.button("记录情况", "new", "F2", kind="primary", icon="shield-alert-outline")
        unlock = self.button("看记录", "unlock", "F6", icon="lock-outline")
        self.report = self.button("登记报告", "report", "F4", icon="phone-outline")
        self.more = self.button("补充", "add", "F7", icon="note-edit-outline")
        new.clicked.connect(self._on_new_clicked)
        unlock.clicked.connect(self._on_unlock_clicked)
        self.report.clicked.connect(lambda: self._lay(ReportSheet))
        self.more.clicked.connect(lambda: self._lay(MoreSheet))
        self.say_band(_RULE)
        self._lock()

    def hints(self) -> str:
        """Keys."""
        return "F2 记录 · F6 输口令看记录 · F4 登记报告 · F7 补充"

    def freshen(self) -> None:
        """Read what the reader may know of, if it is open to her."""
        actor = self.context.actor
        self.context.ask(lambda s: s.health.people.choices(actor), self._keep_people)
        if self._open is None or not self._is_hers():
            self._lock()  # nothing of who was signed in before stays on the screen
            return
        reader, pin, _ = self._open
        self.context.ask(
            lambda s: s.health.concerns.list(actor, pin), lambda views: self._take(reader, views)
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves the page leaves it locked."""
        super().hideEvent(event)
        self._lock()

    def _is_hers(self) -> bool:
        """Whether what is open is open to who is signed in, and not too long since."""
        if self._open is None or not self.context.signed_in or self._open[0] != self.context.actor.id:
            return False
        return dt.timedelta() <= self.context.clock() - self._open[2] < _OPEN_FOR

    def _lock(self) -> None:
        self._open = None
        self._show(())
        self.list.set_title(_LOCKED)
        self.list.set_empty("按 F6 输自己的口令，看您能看的记录。发现情况按 F2 记下，并立即报 110。")

    def _on_opened(self, reader: StaffId, pin: str, views: tuple[ConcernView, ...]) -> None:
        self._open = (reader, pin, self.context.clock())
        self._take(reader, views)

    def _take(self, reader: StaffId, views: tuple[ConcernView, ...]) -> None:
        if self._open is None or self._open[0] != reader or not self._is_hers():
            self._lock()
            return
        self.list.set_empty("没有您能看的记录。发现情况按 F2 记下，并立即报 110。")
        director = self.context.actor.role is Role.DIRECTOR
        self.list.set_title("全部记录（只有园长和记录人能看）" if director else "我记的（只有园长和我能看）")
        self._show(views)

    def _keep_people(self, people: Choices) -> None:
        self._people = people

    def _show(self, views: tuple[ConcernView, ...]) -> None:
        self._views = views
        self.show_records([Record(one.concern.id, one.title, one.words, (one.chip,)) for one in views])
        if not views:
            self._light(None)

    def show_one(self, key: Hashable | None) -> None:
        """Tell the one that is lit."""
        self._light(next((one for one in self._views if one.concern.id == key), None))

    def _light(self, one: ConcernView | None) -> None:
        self.report.setEnabled(one is not None)
        self.more.setEnabled(one is not None)
        if one is None:
            self.detail.show_lines("这些情况要报告", (), SIGNS, "拿不准也先报告：")
        else:
            self.detail.show_lines(one.title, one.lines, one.additions or ("还没有。",), "报告和补充")

    def _on_new_clicked(self) -> None:
        host = self.context.host
        if self.free and host is not None and self._people is not None:
            sheet = ConcernSheet(self.context, host, self._people)
            sheet.kept.connect(lambda _key: self.freshen())
            sheet.present()

    def _on_unlock_clicked(self) -> None:
        actor = self.context.actor

        def show(holders: tuple[Holder, ...]) -> None:
            host = self.context.host
            if self.free and host is not None:
                sheet = UnlockSheet(self.context, host, holders)
                sheet.opened.connect(self._on_opened)
                sheet.present()

        self.context.ask(lambda s: s.pins.holders(actor), show)

    def _lay(self, kind: type[ReportSheet] | type[MoreSheet]) -> None:
        host, key = self.context.host, self.list.key()
        found = next((one.concern.id for one in self._views if one.concern.id == key), None)
        if self.free and host is not None and found is not None and self._open is not None:
            sheet = kind(self.context, host, self._open[1], found)
            sheet.kept.connect(lambda _key: self.freshen())
            sheet.present()
