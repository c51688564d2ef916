"""临时托登记: a child nobody has heard of is in class thirty seconds later. Joins form, service and bus."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.changes import Topic
from app.domain.errors import RuleError
from app.domain.ids import ChildId, DraftId
from app.domain.looks import Chip, Tone
from app.services.intake import Assessment, IntakeCard, ParkedDraft, Registered
from app.ui.intake.after import print_papers, thank
from app.ui.intake.form import IntakeForm
from app.ui.intake.parked import ParkedList
from app.ui.intake.side import IntakeSide
from app.ui.intake.told import first_in_the_way, is_worth_saying, lacking, required
from app.ui.rooms import Room, RoomContext, Target
from app.ui.widgets.basic import ChipLabel
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.own_pin import act_proved

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.ui.widgets.alarm_screen import AlarmKeeper

KEEP_AFTER = 400  # ms of quiet before a draft is kept
ASSESS_AFTER = 120  # ms of quiet before the rules are asked


class IntakeRoom(Room):
    """The intake card. Everything by keyboard; what is typed is never lost."""

    topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.DRAFTS, Topic.STAFF, Topic.SETTINGS})

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context)
        theme = context.theme
        self._draft: DraftId | None = None
        self._kept = IntakeCard()  # as it stands on disk
        self._asked = 0  # number of the latest question to the rules
        self._assessment: Assessment | None = None
        self._tried = False  # from then on what is missing is said at its field
        self._registering = False
        self._keeper: AlarmKeeper | None = None
        self._narrow = False
        self._began: dt.datetime | None = None
        self._parked: tuple[ParkedDraft, ...] = ()
        self._chip = ChipLabel(theme)
        self._chip.setObjectName("intake.draft")
        self._park = KeyButton(theme, self.tr("挂起"), "F4", object_name="intake.park")
        self._back = KeyButton(theme, self.tr("取回挂起"), "F5", object_name="intake.take_back")
        self.form, self.side = IntakeForm(theme), IntakeSide(theme)
        self._list = ParkedList(theme, self)
        self._build()
        self._keeping = self._timer(KEEP_AFTER, self._keep)
        self._assessing = self._timer(ASSESS_AFTER, self._assess)
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.hints_changed)
        self._connect()

    def _build(self) -> None:
        self._row = QHBoxLayout(self)
        self._scroll = scrolled(self.form, "intake.scroll")
        self._row.addWidget(self._scroll, 1)
        self._row.addWidget(self.side)
        self._fit()

    def _timer(self, pause: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause)
        timer.timeout.connect(act)
        return timer

    def _fit(self) -> None:
        m = self.context.theme.metrics
        self._row.setContentsMargins(m.s5, m.s3, m.s5, m.s2)
        self._row.setSpacing(m.s4)
        px = self.context.theme.px
        wide = min(px(392), max(280, round(self.width() * 0.36)))
        self._narrow = wide < px(370)
        self.side.setFixedWidth(wide)
        self._name_button()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_form_edited)
        self.form.went_to.connect(lambda field: self._scroll.ensureWidgetVisible(field, 0, 60))
        self.form.unseen.connect(self._on_unseen)
        self.form.last_passed.connect(self.side.register.setFocus)
        self.side.register.clicked.connect(self._on_register_clicked)
        self.side.missing.field_wanted.connect(self.form.go_to)
        self.side.alike.chosen.connect(self._on_alike_chosen)
        self._park.clicked.connect(self._on_park_clicked)
        self._back.clicked.connect(self._on_back_clicked)
        self._list.chosen.connect(self._on_draft_chosen)
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self)
        keypad.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keypad.activated.connect(self.side.register.click)
        self.context.theme.changed.connect(self._fit)

    # What the shell asks ------------------------------------------------------------------

    def title(self) -> str:
        """临时托登记."""
        return self.tr("临时托登记")

    def left_widgets(self) -> list[QWidget]:
        """The state of the draft."""
        return [self._chip] if self._chip.chip.words else []

    def top_widgets(self) -> list[QWidget]:
        """挂起 and 取回."""
        return [self._park, self._back]

    def wants_search(self) -> bool:
        """No search here: the keys belong to the card."""
        return False

    def hints(self) -> str:
        """How long it has taken, and the keys."""
        took = ""
        if self._began is not None:
            seconds = max(0, int((self.context.clock() - self._began).total_seconds()))
            took = f"用时 {seconds // 60}:{seconds % 60:02d} · "
        return took + self.tr("Enter 下一格 · Ctrl Enter 完成 · F4 挂起 · Esc 返回")

    def refresh(self) -> None:
        """Others have acted: seats and ratios may have changed, and the list of cards put aside."""
        actor = self.context.actor
        self.context.ask(lambda s: s.intake.parked(actor, self._draft), self._show_parked)
        if not self.form.is_blank():
            self._assess()

    def entered(self, target: Target | None) -> None:
        """Go on with the card as it was left, or begin with a child, or recover after a crash."""
        actor = self.context.actor
        if target is not None and target.child is not None:
            child = target.child
            self._set_aside()
            self.context.ask(
                lambda s: s.intake.card_for(actor, child), lambda card: self._take_up(None, card)
            )
        elif target is not None and target.act == "recover":
            self.context.ask(lambda s: s.intake.unfinished(actor), self._recover)
        elif self._began is None:
            self._began = self.context.clock()
            self._assess()
        self._second.start()
        self.form.start()
        self.hints_changed.emit()

    def leaving(self) -> bool:
        """Keep the draft at once: nobody waits for the pause."""
        self._second.stop()
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep()
        return True

    def escape(self) -> bool:
        """Back to the desk; the card stays as it is."""
        if self._list.isVisible():
            self._list.hide()
            self.form.start()
        else:
            self.context.go("desk")
        return True

    # Typing -------------------------------------------------------------------------------

    def _on_form_edited(self) -> None:
        self._assessing.start()
        self._keeping.start()

    def _on_unseen(self) -> None:
        self.context.messages.say(self.tr("送来的人改了，身份证请重新核对。"), Tone.WARN)

    def _assess(self, then: Callable[[Assessment], None] | None = None) -> None:
        """Ask the rules; an answer to an older question is dropped."""
        card = self.form.card()
        self._asked += 1
        number = self._asked

        def answered(assessment: Assessment) -> None:
            if number == self._asked:
                self._show(assessment, card)
                if then is not None:
                    then(assessment)

        actor = self.context.actor
        self.context.ask(lambda s: s.intake.assess(actor, card), answered)

    def _show(self, assessment: Assessment, card: IntakeCard) -> None:
        self._assessment = assessment
        self.form.show_age(assessment.age_words)
        self.form.show_classes(assessment.classes)
        self.form.fill_allergens(assessment.file_allergens)
        self.side.show_assessment(assessment)
        spoken = [one for one in assessment.problems if self._tried or is_worth_saying(card, one.field)]
        problems = {one.field: (one.sentence, one.tone) for one in reversed(spoken)}
        if self._tried:
            problems = {one.field: (lacking(one), Tone.BAD) for one in required(assessment)} | problems
        self.form.show_problems(problems)

    # Drafts -------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Write what has been typed; the chip says when it was on disk."""
        card, actor, draft = self.form.card(), self.context.actor, self._draft
        if self._registering or card == self._kept or (draft is None and self.form.is_blank()):
            return

        def kept(key: DraftId) -> None:
            self._draft, self._kept = key, card
            if isValid(self) and isValid(self._chip):  # both may have gone with the window meanwhile
                self._say_draft(f"草稿已保存 {self.context.clock():%H:%M:%S}")

        self.context.act(lambda s: s.intake.keep_draft(actor, card, draft), kept, initiator=self)

    def _say_draft(self, words: str) -> None:
        appears = bool(words) != bool(self._chip.chip.words)
        self._chip.set_chip(Chip(words, Tone.INFO))
        if appears:
            self.top_changed.emit()

    def _on_park_clicked(self) -> None:
        """挂起: keep the card, put it aside, begin a fresh one."""
        if self.form.is_blank():
            self.context.messages.say(self.tr("还没有填写，不用挂起。"), Tone.PLAIN)
            return
        self._keeping.stop()
        card, actor, draft = self.form.card(), self.context.actor, self._draft
        title = card.name or card.bringer or self.tr("未填姓名")

        def put_aside(services: "Services") -> Any:
            kept = services.intake.keep_draft(actor, card, draft)
            return services.intake.park(actor, kept.value)

        def done(_nothing: Any) -> None:
            self._clear()
            self.refresh()

        words = self.tr("已挂起：{name}。按 F5 取回。").format(name=title)
        self.context.act(put_aside, done, words=words, initiator=self)

    def _set_aside(self) -> None:
        """Another card is wanted: what stands here goes on the list of cards put aside."""
        if not self.form.is_blank():
            self._on_park_clicked()

    def _on_back_clicked(self) -> None:
        actor = self.context.actor

        def show(parked: tuple[ParkedDraft, ...]) -> None:
            self._show_parked(parked)
            if not parked:
                self.context.messages.say(self.tr("没有挂起的登记。"), Tone.PLAIN)
            elif len(parked) == 1 and self.form.is_blank():
                self._on_draft_chosen(parked[0].id)
            else:
                self._list.show_drafts(parked)

        self.context.ask(lambda s: s.intake.parked(actor, self._draft), show)

    def _on_draft_chosen(self, draft: DraftId) -> None:
        actor = self.context.actor
        self._set_aside()

        def taken(card: IntakeCard) -> None:
            self._take_up(draft, card)
            self.refresh()

        self.context.ask(lambda s: s.intake.take_back(actor, draft), taken)

    def _recover(self, found: tuple[DraftId, IntakeCard] | None) -> None:
        if found is None:
            self.context.messages.say(self.tr("那张登记已经处理过了。"), Tone.PLAIN)
        elif found[0] != self._draft:
            self._take_up(*found)

    def _take_up(self, draft: DraftId | None, card: IntakeCard) -> None:
        self._draft, self._kept, self._tried = draft, card, False
        self._began = self.context.clock()
        self.form.show_card(card)
        self._say_draft("")
        self._assess()
        self.form.start()

    def _on_alike_chosen(self, child: ChildId) -> None:
        """就是这个孩子: the card goes on with the record on file, under the draft it has."""
        if self._registering:
            return
        card, actor = self.form.card(), self.context.actor

        def filled(taken: IntakeCard) -> None:
            if self.form.card() != card:
                return  # typed on meanwhile: the box is still there, and asks again
            self._replace(taken)
            words = self.tr("已取出{name}的档案，不会另建一份。").format(name=taken.name)
            act = self.tr("不是，退回")
            self.context.messages.say(words, action=act, act=lambda: self._give_back(taken, card))

        self.context.ask(lambda s: s.intake.go_on_with(actor, card, child), filled)

    def _give_back(self, taken: IntakeCard, before: IntakeCard) -> None:
        """It was another child after all: the card as it was typed, if it is still this one."""
        if isValid(self) and self.form.card().child == taken.child and not self._registering:
            self._replace(before)

    def _replace(self, card: IntakeCard) -> None:
        """Show the same card filled otherwise; the draft follows, and the focus goes to what is missing."""
        self._tried = False
        self.form.show_card(card)
        self._keeping.start()
        self._assess(then=self._go_on)

    def _go_on(self, found: Assessment) -> None:
        fields = [one.field for one in required(found)]
        if not fields or not self.form.go_to(fields[0]):
            self.side.register.setFocus()

    def _clear(self) -> None:
        self._draft, self._kept, self._assessment, self._tried = None, IntakeCard(), None, False
        self._began = self.context.clock() if self.isVisible() else None
        self._asked += 1
        self._keeping.stop()
        self._assessing.stop()
        self.form.show_card(IntakeCard())
        self.side.show_assessment(None)
        self._say_draft("")
        self.form.start()

    def _show_parked(self, parked: tuple[ParkedDraft, ...]) -> None:
        self._parked = parked
        self._back.set_text(f"取回挂起 {len(parked)}" if parked else self.tr("取回挂起"))
        self._back.setEnabled(bool(parked))

    # Registering --------------------------------------------------------------------------

    def _on_register_clicked(self) -> None:
        """Ask the rules once more on exactly this card; then register, or go to what is missing."""
        if self._registering:
            return
        self._keeping.stop()
        self._assessing.stop()
        self._asked += 1
        card, actor, draft = self.form.card(), self.context.actor, self._draft
        self._hold(on=True)

        def assessed(found: Assessment) -> None:
            self._tried = not found.ready
            self._show(found, card)
            if not found.ready and not any(one.barred for one in found.problems):
                self._hold(on=False)
                self._go_to_first(found)
                return
            act_proved(
                self.context,
                lambda s, pin: s.intake.register(actor, card, draft, pin),
                self._on_registered,
                self._on_refused,
            )

        self.context.ask(lambda s: s.intake.assess(actor, card), assessed, self._on_refused)

    def _hold(self, *, on: bool) -> None:
        self._registering = on
        self.side.register.setEnabled(not on)
        self._name_button()

    def _name_button(self) -> None:
        words = self.tr("登记并入园") if self._narrow else self.tr("登记并入园，打印接送凭条")
        words = self.tr("正在保存…") if self._registering else words
        if self.side.register.text() != words:
            self.side.register.set_text(words)

    def _go_to_first(self, found: Assessment) -> None:
        """Jump to the first field that stands in the way, with its sentence."""
        first = first_in_the_way(found)
        if first is None:
            self.context.messages.say(self.tr("现在没有能收的班级。"), Tone.WARN)
            return
        field, sentence = first
        self.context.messages.say(sentence, Tone.WARN)
        if not self.form.go_to(field):
            self.form.start()

    def _on_refused(self, error: BaseException) -> None:
        self._hold(on=False)
        if (alarm := getattr(error, "alarm", None)) is not None:
            self._alarms.raise_(alarm, self._on_alarm_decided)
            self._keeping.start()
            return
        if isinstance(error, RuleError) and error.field:
            self.form.show_problems({error.field: (error.sentence, Tone.BAD)})
            self.form.go_to(error.field)
        self.context.messages.fail(error)
        self._keeping.start()

    @property
    def _alarms(self) -> "AlarmKeeper":
        """Brings 禁止接走 up; loaded when somebody is like a barred person."""
        if self._keeper is None:
            from app.ui.widgets.alarm_screen import AlarmKeeper

            self._keeper = AlarmKeeper(self.context)
        return self._keeper

    def _on_alarm_decided(self, decision: str) -> None:
        """It was another person: go on. Else the card stays as it is, at who stands in the way."""
        if decision == "cleared":
            self._on_register_clicked()
        elif self._assessment is not None:
            self._go_to_first(self._assessment)

    def _on_registered(self, registered: Registered) -> None:
        self._hold(on=False)
        child: ChildId = registered.child
        print_papers(self.context, registered, self, thank(self.context, registered))
        self._clear()
        self._began = None
        self.context.go("desk", Target(child=child))

    # Size ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side column's width follows."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """A window put away keeps its draft too."""
        super().changeEvent(event)
        if (
            event.type() == QEvent.Type.ActivationChange
            and not self.isActiveWindow()
            and self._keeping.isActive()
        ):
            self._keeping.stop()
            self._keep()
