"""The panel over the dock: one kind of entry for those who are meant, kept with Enter."""

import datetime as dt

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.ids import EntryId, VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Chip, Tone
from app.services.checks import HealthCheck
from app.services.class_log import AllergyClashError
from app.services.class_views import AllergyClash, Except, Offer, RosterCard
from app.ui.classroom.care_forms import SleepForm
from app.ui.classroom.clearing import Clearing
from app.ui.classroom.exceptions import LEFT_OUT, ExceptionStrip
from app.ui.classroom.form import Choices, FormProblem, KindForm, TimeEdit
from app.ui.classroom.form_kinds import FORMS
from app.ui.classroom.forms import MealForm, NoteForm, PhotoForm
from app.ui.classroom.wish import Wish
from app.ui.classroom.words import NOBODY, LeftOut, slot_label, whom_words
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import FlowLayout, height_at, scrolled

_SHADOW = 14
_NOWHERE = QRect()


class LogPanel(QFrame):
    """Floats over the grid. Says what to log; decides nothing and keeps nothing itself."""

    keep_requested = Signal(object)  # Wish
    phrases_wanted = Signal()
    slot_wanted = Signal(str)
    menu_wanted = Signal()
    closed = Signal()
    resized = Signal()

    def __init__(self, context: RoomContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self.setObjectName("classroom.panel")
        self.setAccessibleName("记录")
        self._meant: tuple[RosterCard, ...] = ()
        self._offer: Offer | None = None
        self._form: KindForm | None = None
        self._day = context.clock()
        self._room, self._below, self._spare = QRect(), 0, _NOWHERE
        self._hurried = False  # Enter came before it was known who sleeps
        self._whole, self._left = False, NOBODY  # the whole class is meant, but so many
        self._corrects: EntryId | None = None
        self._build()
        self.hide()

    def _build(self) -> None:
        theme, m = self._theme, self._theme.metrics
        self._title = label("", "h1")
        self._menu = label("", "small", wrap=True)
        self._time = TimeEdit()
        self._time.returnPressed.connect(self._on_keep)
        head = QHBoxLayout()
        head.setSpacing(m.s3)
        head.addWidget(self._title)
        head.addWidget(self._menu, 1)
        # The key belongs to the button of the room; this one is for fingers.
        self._enter_menu = KeyButton(
            theme, "录入食谱", "F8", bind=False, object_name="classroom.enter_menu", kind="quiet"
        )
        self._enter_menu.clicked.connect(self.menu_wanted)
        head.addWidget(self._enter_menu)
        head.addWidget(self._time)
        # Head and foot stay; what lies between scrolls where large text leaves no room for all of it.
        self._body = QWidget()
        self._place = QVBoxLayout(self._body)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(m.s3)
        self._clashes = QWidget()
        self._clearing = Clearing(theme)
        self._clearing.changed.connect(self._on_cleared)
        self._clearing.keep_requested.connect(self._on_keep)
        self._strip = ExceptionStrip(theme)
        self._strip.changed.connect(self._relabel)
        self._strip.keep_requested.connect(self._on_keep)
        self._place.addWidget(self._clashes)
        self._place.addWidget(self._clearing)
        self._place.addWidget(self._strip)
        self._scroll = scrolled(self._body, "classroom.form")
        self._clash_flow = FlowLayout(self._clashes, m.s2)
        self._chips: list[ChipLabel] = []
        self._problem = label("", "error", wrap=True)
        self._problem.setObjectName("classroom.problem")
        self._hint = label("", "small")
        self._cancel = KeyButton(
            theme, "取消", "Esc", bind=False, object_name="classroom.cancel", kind="quiet"
        )
        self._cancel.clicked.connect(self.dismiss)
        self._keep = KeyButton(
            theme, "记录", "Return", kind="primary", bind=False, object_name="classroom.keep"
        )
        self._keep.clicked.connect(self._on_keep)
        foot = QHBoxLayout()
        foot.setSpacing(m.s2)
        foot.addWidget(self._hint)
        foot.addWidget(self._problem, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._keep)
        self._card = Card(theme, radius=18)
        column = self._card.column(margins=(m.s4 + 4, m.s4, m.s4 + 4, m.s4), spacing=m.s3)
        column.addLayout(head)
        column.addWidget(self._scroll)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_SHADOW, _SHADOW, _SHADOW, _SHADOW)
        outer.addWidget(self._card)

    @property
    def kind(self) -> EntryKind | None:
        """The kind whose form is open; None while closed."""
        return self._form.kind if self._form is not None and not self.isHidden() else None

    @property
    def form(self) -> KindForm | None:
        """The open form."""
        return self._form

    def present(
        self,
        kind: EntryKind,
        meant: tuple[RosterCard, ...],
        now: dt.datetime,
        *,
        whole: bool = False,
        left: LeftOut = NOBODY,
    ) -> None:
        """Open for a kind and some children, of the class but ``left``. The offer comes a moment later."""
        self._meant, self._day, self._offer, self._hurried = meant, now, None, False
        self._whole, self._left, self._corrects = whole, left, None
        self._clearing.forget()
        self._time.setText(f"{now:%H:%M}")
        self._time.setFixedWidth(self._theme.px(92))
        form = self._change_form(kind)
        form.meet(meant)
        main = form.main()
        several = main is not None and len(meant) > 1
        self._strip.setVisible(several)
        if several and main is not None:
            self._strip.present(meant, main.choices())
        self._show_clashes(())
        self._say("")
        self._keep.setEnabled(True)
        self._relabel()
        self.show()
        self.raise_()
        self._focus_form()

    def present_correction(
        self, entry: EntryId, draft: EntryDraft, card: RosterCard, now: dt.datetime
    ) -> None:
        """Open on an entry that is to be corrected; everything stands there as it was."""
        self.present(draft.kind, (card,), now)
        self._corrects = entry
        if self._form is not None:
            self._form.load(draft)
            self._time.setText(f"{self._form.moment(draft):%H:%M}")
            self._day = draft.at
        self._relabel()
        self._focus_form()

    def show_offer(self, offer: Offer) -> None:
        """Take what the service offers, if it is about this form."""
        if self._form is None or offer.kind is not self._form.kind:
            return
        self._offer = offer
        self._form.show_offer(offer)
        held = self._form.first().hasFocus()
        if isinstance(self._form, SleepForm):
            self._form.say(self._meant)
            if held:
                self._focus_form()
        self._show_clashes(offer.clashes)
        self._relabel()
        if self._hurried:
            self._hurried = False
            self._keep.setEnabled(True)
            if isinstance(self._form, SleepForm) and self._form.mixed:
                self.show_problem("有的在睡，有的醒着：请选起床还是入睡，再按 Enter。")
            else:
                self._on_keep()

    def offer_failed(self) -> None:
        """Nothing is offered: what stands in the form can be kept all the same."""
        if self._form is not None and self._offer is None:
            none = Offer(self._form.kind, None, "", (), (), (), (), None, ())
            self.show_offer(none)

    @property
    def acknowledged(self) -> bool:
        """Whether somebody said of a child with an allergy why she may eat it."""
        return bool(self._clearing.answered())

    def warn(self, error: AllergyClashError) -> None:
        """Say whose allergy the food names, and ask why she may have it all the same."""
        self._clearing.ask_about(error.looked, {card.visit: card.name for card in self._meant})
        self._relabel()
        self.show_problem(error.sentence)
        self._clearing.take_focus()

    def show_problem(self, sentence: str) -> None:
        """Say why it was not kept; everything typed stays."""
        self._say(sentence)
        self._keep.setEnabled(True)
        self._settle()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        by_digit = self._form is not None and isinstance(self._form.first(), Choices)
        several = not self._strip.isHidden()
        self._hint.setText("字母选孩子，数字改她的，0 不记" if several else "数字键或方向键选择，Enter 记录")
        self._hint.setVisible(by_digit and not problem)

    @Slot()
    def dismiss(self) -> None:
        """Close without keeping."""
        if self.isHidden():
            return
        self.hide()
        self.closed.emit()

    def settle_in(self, room: QRect, below: int = 0, spare: QRect = _NOWHERE) -> None:
        """Stand at the lower left of this rectangle, as large as needed and never larger than it.

        Where that is too low for the form, the panel may cover ``below`` pixels under it, too. It stands at
        the right instead where it would then hide less of ``spare``: the card of the child it is about.
        """
        self._room, self._below, self._spare = room, below, spare
        self._settle()

    def event(self, event: QEvent) -> bool:
        """Grow or shrink with what the form has come to hold."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle()
        return taken

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc closes; digits that nobody took do nothing behind the panel."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not isinstance(self.focusWidget(), QLineEdit):  # a line has said so itself
                self._on_keep()
        elif Qt.Key.Key_A <= key <= Qt.Key.Key_Z and not event.modifiers() and not self._strip.isHidden():
            self._strip.go_to(chr(key))
        else:
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft shadow round the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(self._theme.color("shadow"))
        card = QRectF(self._card.geometry())
        for spread in range(_SHADOW, 0, -2):
            shade.setAlphaF(0.022)
            painter.setBrush(shade)
            grown = card.adjusted(-spread, -spread + 4, spread, spread)
            painter.drawRoundedRect(grown, 18 + spread, 18 + spread)
        painter.end()

    def _change_form(self, kind: EntryKind) -> KindForm:
        if self._form is not None:
            self._place.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = FORMS[kind](self._context, self)
        self._form.keep_requested.connect(self._on_keep)
        self._form.changed.connect(self._on_form_changed)
        if isinstance(self._form, NoteForm):
            self._form.phrases_wanted.connect(self.phrases_wanted)
        self._place.insertWidget(0, self._form)
        self._form.show()
        return self._form

    def _focus_form(self) -> None:
        if self._form is not None:
            first = self._form.first()
            if first is self._form:
                first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            first.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.verticalScrollBar().setValue(0)

    def _relabel(self) -> None:
        form = self._form
        if form is None:
            return
        form.differ(() if self._strip.isHidden() else self._strip.marks.items)
        about = form.whom(self._meant)
        if not about:
            return
        count = len(about) - (0 if self._strip.isHidden() else self._strip.left_out())
        kept = f"{count} 人" if len(about) != 1 else about[0].name
        whom = whom_words(about, whole=self._whole and about == self._meant, left=self._left)
        what = slot_label(form.slot() or None) if isinstance(form, MealForm) else form.kind.label
        if isinstance(form, SleepForm) and form.known:
            what = "起床" if form.wakes() else "入睡"
        self._title.setText(f"更正：{what} · {whom}" if self._corrects is not None else f"{what} · {whom}")
        dishes = form.dishes() if isinstance(form, MealForm) else ""
        lacking = isinstance(form, MealForm) and self._offer is not None and not dishes
        meal = slot_label(form.slot() or None) if isinstance(form, MealForm) else ""
        self._clearing.eats(f"{meal}{dishes}" if dishes else "")
        self._menu.setText(f"食谱：{dishes}" if dishes else f"今天还没有录入{meal}食谱" if lacking else "")
        self._enter_menu.setVisible(lacking)
        word = "更正" if self._corrects is not None else "记录"
        self._keep.set_text(f"已核对过敏，{word} {kept}" if self.acknowledged else f"{word} {kept}")
        self._settle()

    def _clashing(self) -> tuple[AllergyClash, ...]:
        return self._offer.clashes if self._offer is not None else ()

    def _show_clashes(self, clashes: tuple[AllergyClash, ...]) -> None:
        for chip in self._chips:
            self._clash_flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        # Those whose allergen is on the table first.
        ranked = sorted(clashes, key=lambda clash: not clash.in_menu)
        fixing, offer = self._corrects is not None, self._offer
        asked = offer.reminders(correcting=fixing) if offer is not None else ()
        said = [Chip(clash.words, Tone.BAD) for clash in ranked] + [Chip(line, Tone.WARN) for line in asked]
        self._chips = [ChipLabel(self._theme, chip, self._clashes) for chip in said]
        for chip in self._chips:
            self._clash_flow.addWidget(chip)
            chip.show()
        self._clashes.setVisible(bool(said))
        self._clearing.see(clash for clash in ranked if clash.in_menu and not clash.unknown)
        self._mark_clashing()

    def _mark_clashing(self) -> None:
        """Those whose allergen is on the table stay out of the batch until somebody says why not."""
        cleared = self._clearing.answered()
        out = {
            one.visit for one in self._clashing() if one.in_menu and (one.unknown or one.visit not in cleared)
        }
        self._strip.show_clashing(frozenset(out))

    @Slot()
    def _on_cleared(self) -> None:
        self._say("")
        self._mark_clashing()
        self._relabel()

    def _settle(self) -> None:
        room, outer = self._room, self.layout()
        if room.isEmpty() or self.isHidden() or outer is None:
            return
        # Large text wants the whole width rather than more lines.
        least = room.width() if self._theme.metrics.scale >= 1.25 else self._theme.px(660)
        width = min(room.width(), max(least, self._card.sizeHint().width() + 2 * _SHADOW))
        outer.activate()
        form = self._form_height(width)
        rest = height_at(outer, width) - self._scroll.minimumHeight()
        if rest + form > room.height():
            room = room.adjusted(0, 0, 0, self._below)
        shown = min(form, max(self._theme.px(60), room.height() - rest))
        if (self._scroll.minimumHeight(), self._scroll.maximumHeight()) != (shown, shown):
            self._scroll.setFixedHeight(shown)
            outer.activate()
        if self._body.minimumHeight() != form:  # at once, so that what has to be scrolled to can be
            self._body.setMinimumHeight(form)
            self._body.resize(self._body.width(), max(form, shown))
        height = min(room.height(), rest + shown)
        wanted = QRect(room.left(), room.bottom() - height + 1, width, height)
        right = wanted.translated(room.right() - wanted.right(), 0)
        if wanted.intersected(self._spare).width() > right.intersected(self._spare).width():
            wanted = right
        if self.geometry() != wanted:
            self.setGeometry(wanted)
            self.resized.emit()
            held = self.focusWidget()
            if held is not None and self._body.isAncestorOf(held):
                self._scroll.ensureWidgetVisible(held, 0, 0)

    def _form_height(self, width: int) -> int:
        """How high form and warnings are in a panel of this width."""
        inner = self._card.layout()
        margins = inner.contentsMargins() if inner is not None else self.contentsMargins()
        within = width - 2 * _SHADOW - margins.left() - margins.right()
        if not self._strip.isHidden():
            bar = self._scroll.verticalScrollBar()
            self._strip.fit_width(within - bar.width() * bar.isVisible())
        return height_at(self._place, within)

    def visits(self) -> tuple[VisitId, ...]:
        """Whom it is about."""
        return tuple(card.visit for card in self._meant)

    @Slot()
    def _on_form_changed(self) -> None:
        self._say("")
        slot = self._form.slot() if isinstance(self._form, MealForm) and self._offer is not None else ""
        if slot and self._offer is not None and slot != self._offer.slot:
            self.slot_wanted.emit(slot)
        self._relabel()

    @Slot()
    def _on_keep(self) -> None:
        if self._form is None or not self._keep.isEnabled():
            return
        if self._offer is None and self._corrects is None:
            # Enter came before what is usual: who sleeps, which meal, how much last time.
            self._hurried = True
            self._keep.setEnabled(False)
            return
        time = self._time.time()
        if time is None:
            self.show_problem("时间看不懂，请写成 11:30 的样子。")
            self._time.setFocus()
            return
        at = self._day.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
        try:
            draft: EntryDraft | HealthCheck = self._form.check() or self._form.draft(at)
            but = self._exceptions(at)
            if self._whole and len(self._meant) > 1:
                self._form.ask_of_all()
        except FormProblem as problem:
            self.show_problem(str(problem))
            return
        # Until the keeper answers a second Enter must not log twice.
        self._keep.setEnabled(False)
        about = tuple(card.visit for card in self._form.whom(self._meant))
        jpeg = self._form.jpeg if isinstance(self._form, PhotoForm) else b""
        wish = Wish(about, draft, but, self._clearing.cleared(), jpeg, self._corrects, self._left)
        self.keep_requested.emit(wish)

    def _exceptions(self, at: dt.datetime) -> tuple[Except, ...]:
        """Who differs, and those nobody may feed until it is known what they must not eat."""
        form, found = self._form, {}
        if form is None or self._strip.isHidden():
            return () if form is None else form.each(at)
        for visit, value in self._strip.different():
            found[visit] = Except(visit, None if value == LEFT_OUT else form.draft_as(at, value, visit))
        for clash in self._clashing():
            if clash.unknown:
                found[clash.visit] = Except(clash.visit, None)
        return tuple(found.values())
