"""The panel over the dock: one kind of entry for those who are meant, kept with Enter."""

import datetime as dt

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.domain.ids import VisitId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Chip, Tone
from app.services.checks import HealthCheck
from app.services.classroom import AllergyClash, Offer, RosterCard
from app.ui.classroom.form import Choices, FormProblem, KindForm, TimeEdit
from app.ui.classroom.forms import FORMS, MealForm, SleepForm
from app.ui.classroom.words import slot_label
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, ChipLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import FlowLayout, scrolled

_SHADOW = 14
_NOWHERE = QRect()


class LogPanel(QFrame):
    """Floats over the grid. Says what to log; decides nothing and keeps nothing itself."""

    keep_requested = Signal(object, object)  # tuple[VisitId, ...], EntryDraft or HealthCheck
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
        self._place.addWidget(self._clashes)
        self._scroll = scrolled(self._body, "classroom.form")
        self._clash_flow = FlowLayout(self._clashes, m.s2)
        self._chips: list[ChipLabel] = []
        self._warned = False
        self._problem = label("", "error", wrap=True)
        self._problem.setObjectName("classroom.problem")
        self._hint = label("数字键或方向键选择，Enter 记录", "small")
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

    def present(self, kind: EntryKind, meant: tuple[RosterCard, ...], now: dt.datetime) -> None:
        """Open for a kind and some children. What the service offers comes a moment later."""
        self._meant, self._day, self._offer, self._hurried = meant, now, None, False
        self._warned = False
        self._time.setText(f"{now:%H:%M}")
        self._time.setFixedWidth(self._theme.px(92))
        self._change_form(kind)
        self._show_clashes(())
        self._say("")
        self._keep.setEnabled(True)
        self._relabel()
        self.show()
        self.raise_()
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

    @property
    def acknowledged(self) -> bool:
        """Whether the button that was pressed said 已核对过敏."""
        return self._warned or any(clash.in_menu for clash in self._clashing())

    def warn(self, sentence: str) -> None:
        """Say whose allergy the food names; the next press of the button says that it was looked at."""
        self._warned = True
        self._relabel()
        self.show_problem(sentence)

    def show_problem(self, sentence: str) -> None:
        """Say why it was not kept; everything typed stays."""
        self._say(sentence)
        self._keep.setEnabled(True)
        self._settle()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        by_digit = self._form is not None and isinstance(self._form.first(), Choices)
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
            self._on_keep()
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

    def _change_form(self, kind: EntryKind) -> None:
        if self._form is not None:
            self._place.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._form = FORMS[kind](self._context, self)
        self._form.keep_requested.connect(self._on_keep)
        self._form.changed.connect(self._on_form_changed)
        self._place.insertWidget(0, self._form)
        self._form.show()

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
        about = form.whom(self._meant)
        whom = f"{len(about)} 人" if len(about) != 1 else about[0].name
        what = slot_label(form.slot() or None) if isinstance(form, MealForm) else form.kind.label
        if isinstance(form, SleepForm) and form.known:
            what = "起床" if form.wakes() else "入睡"
        self._title.setText(f"{what} · {whom}")
        dishes = form.dishes() if isinstance(form, MealForm) else ""
        lacking = isinstance(form, MealForm) and self._offer is not None and not dishes
        meal = slot_label(form.slot() or None) if isinstance(form, MealForm) else ""
        self._menu.setText(f"食谱：{dishes}" if dishes else f"今天还没有录入{meal}食谱" if lacking else "")
        self._enter_menu.setVisible(lacking)
        self._keep.set_text(f"已核对过敏，记录 {whom}" if self.acknowledged else f"记录 {whom}")
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
        self._chips = [ChipLabel(self._theme, Chip(clash.words, Tone.BAD), self._clashes) for clash in ranked]
        for chip in self._chips:
            self._clash_flow.addWidget(chip)
            chip.show()
        self._clashes.setVisible(bool(ranked))

    def _settle(self) -> None:
        room = self._room
        if room.isEmpty() or self.isHidden():
            return
        # Large text wants the whole width rather than more lines.
        least = room.width() if self._theme.metrics.scale >= 1.25 else self._theme.px(660)
        width = min(room.width(), max(least, self._card.sizeHint().width() + 2 * _SHADOW))
        outer = self.layout()
        if outer is None:
            return
        outer.activate()
        form = self._form_height(width)
        rest = _height_at(outer, width) - self._scroll.minimumHeight()
        if rest + form > room.height():
            room = room.adjusted(0, 0, 0, self._below)
        shown = min(form, max(self._theme.px(60), room.height() - rest))
        if (self._scroll.minimumHeight(), self._scroll.maximumHeight()) != (shown, shown):
            self._scroll.setFixedHeight(shown)
            outer.activate()
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
        return _height_at(self._place, width - 2 * _SHADOW - margins.left() - margins.right())

    def visits(self) -> tuple[VisitId, ...]:
        """Whom it is about."""
        return tuple(card.visit for card in self._meant)

    @Slot()
    def _on_form_changed(self) -> None:
        self._say("")
        self._warned = False
        if isinstance(self._form, MealForm) and self._offer is not None:
            slot = self._form.slot()
            if slot and slot != self._offer.slot:
                self.slot_wanted.emit(slot)
        self._relabel()

    @Slot()
    def _on_keep(self) -> None:
        if self._form is None or not self._keep.isEnabled():
            return
        time = self._time.time()
        if time is None:
            self.show_problem("时间看不懂，请写成 11:30 的样子。")
            self._time.setFocus()
            return
        at = self._day.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
        try:
            draft: EntryDraft | HealthCheck = self._form.check() or self._form.draft(at)
        except FormProblem as problem:
            self.show_problem(str(problem))
            return
        # Until the keeper answers a second Enter must not log twice.
        self._keep.setEnabled(False)
        if isinstance(self._form, SleepForm) and not self._form.known:
            self._hurried = True
            return
        about = tuple(card.visit for card in self._form.whom(self._meant))
        self.keep_requested.emit(about, draft)


def _height_at(layout: QLayout, width: int) -> int:
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )
