"""成长小结: who of a class has one, what the file says of the term, and the teacher's words."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QVBoxLayout

from app.domain.curriculum import Term
from app.domain.ids import ChildId, ObservationId
from app.domain.looks import Chip, Tone
from app.domain.staff import Permission
from app.services.term_summaries import SummaryRow, SummaryState, SummaryView
from app.ui.curriculum.base import CurriculumPage
from app.ui.curriculum.batch import ask_folder
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card, ChipLabel, label, name_widget
from app.ui.widgets.choices import choice_box, fill_choices
from app.ui.widgets.records import Record, RecordList, Shape

_REST_MS = 2000
_CHIPS = {
    SummaryState.NONE: Chip("自动成稿", Tone.PLAIN),
    SummaryState.DRAFT: Chip("草稿", Tone.INFO),
    SummaryState.SIGNED: Chip("已签", Tone.OK),
}


class TermPage(CurriculumPage):
    """One child at a time; Ctrl+Enter signs and goes on to the next."""

    key = "terms"
    roomy = 1040

    def __init__(self, context: RoomContext) -> None:
        super().__init__(context, shares=(2, 5))
        self._terms: tuple[Term, ...] = ()
        self._rows: tuple[SummaryRow, ...] = ()
        self._view: SummaryView | None = None
        self._chosen: tuple[ObservationId, ...] = ()
        # Half-written words outlive a power cut: kept when the hands rest, and when the page is left.
        self._later = QTimer(self, interval=_REST_MS, singleShot=True)
        self._later.timeout.connect(self._keep_typed)
        self.term = choice_box((), "", "curriculum.terms.term", "学期")
        self.term.setMinimumWidth(context.theme.px(190))
        self.term.currentIndexChanged.connect(self._on_term_chosen)
        self.head.addWidget(self.term)
        self.list = RecordList(context.theme, "curriculum.terms.list", "孩子", "这个班还没有孩子。")
        self.list.chosen.connect(self._on_chosen)
        self.list.entered.connect(lambda: self.words.setFocus(Qt.FocusReason.OtherFocusReason))
        self.left.addWidget(self.list, 1)
        self.bend(self.list, Shape.STRIP)
        self.right.addWidget(self._editor(), 1)
        self.bend(self.picks, Shape.TALL)
        self.sign = self.add_button("签字", "sign", "Ctrl+Return", kind="primary", icon="draw-pen")
        self.keep = self.add_button("存草稿", "keep", "Ctrl+S")
        self.again = self.add_button("重新成稿", "again", "F7", icon="refresh")
        self.show_paper = self.add_button("看纸面", "paper", "Ctrl+P", icon="printer-outline")
        self.all = self.add_button("存全班", "all", "Ctrl+B", icon="folder-outline")
        self.sign.clicked.connect(self._on_sign_clicked)
        self.keep.clicked.connect(self._on_keep_clicked)
        self.again.clicked.connect(self._on_again_clicked)
        self.show_paper.clicked.connect(self._on_paper_clicked)
        self.all.clicked.connect(self._on_all_clicked)

    def _editor(self) -> Card:
        theme = self.context.theme
        card = Card(theme)
        column = card.column()
        self._name, self._state = label("", "h1"), ChipLabel(theme)
        head = self.beside(self._name)
        head.addWidget(self._state)
        self._stale = label("", "warning", wrap=True)
        self._facts = label("", wrap=True)
        self._facts.setObjectName("curriculum.terms.facts")
        self.picks = RecordList(
            theme,
            "curriculum.terms.picks",
            "老师看到的（Enter 选用或不用）",
            "这学期还没有观察。先在“观察”里记几条，小结会写得更具体。",
        )
        self.picks.view.setMinimumHeight(theme.px(70))
        self.picks.entered.connect(self._on_picked)
        self.picks.view.doubleClicked.connect(self._on_picked)
        self.words = QPlainTextEdit()
        name_widget(self.words, "curriculum.terms.words", "老师的话")
        self.words.setTabChangesFocus(True)
        self.words.textChanged.connect(self._later.start)
        self.words.setMinimumHeight(theme.px(120))
        column.addLayout(head)
        column.addWidget(self._stale)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(theme.metrics.s4)
        facts, own = QVBoxLayout(), QVBoxLayout()
        facts.addWidget(label("从记录里来的（签字时再算一次，不能改）", "label", wrap=True))
        facts.addWidget(self._facts)
        facts.addWidget(self.picks, 1)
        own.addWidget(label("老师的话", "label"))
        own.addWidget(self.words, 1)
        self._both.addLayout(facts, 2)
        self._both.addLayout(own, 1)
        column.addLayout(self._both, 1)
        return card

    def hints(self) -> str:
        """Keys."""
        return "Enter 写 · Ctrl Enter 签字 · Ctrl S 存草稿 · F7 重新成稿 · Ctrl P 看纸面 · Ctrl B 存全班"

    def take_focus(self) -> None:
        """The children."""
        self.list.view.setFocus()

    # -- showing --------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the terms once, then the work list."""
        actor = self.context.actor
        if not self._terms:
            self.context.ask(lambda s: s.classes.summaries.terms(actor), self._show_terms)
        else:
            self._read_rows()

    def _show_terms(self, terms: tuple[Term, ...]) -> None:
        self._terms = terms
        fill_choices(self.term, [(one.first.isoformat(), one.name) for one in terms], "")
        self._read_rows()

    @property
    def _term(self) -> Term | None:
        at = self.term.currentIndex()
        return self._terms[at] if 0 <= at < len(self._terms) else None

    def _read_rows(self) -> None:
        actor, class_id, term = self.context.actor, self.class_id, self._term
        if class_id is None or term is None:
            return
        first = term.first

        def show(rows: tuple[SummaryRow, ...]) -> None:
            if (class_id, term) == (self.class_id, self._term):
                self._show_rows(rows)

        self.context.ask(lambda s: s.classes.summaries.worklist(actor, class_id, first), show)

    def _show_rows(self, rows: tuple[SummaryRow, ...]) -> None:
        self._rows = rows
        signed = sum(one.state is SummaryState.SIGNED for one in rows)
        self.list.set_title(f"已签 {signed} / {len(rows)}")
        self.list.show_records(
            [
                Record(int(one.child), one.name, f"{one.age}　来园 {one.days} 天", (_CHIPS[one.state],))
                for one in rows
            ]
        )

    @property
    def child(self) -> ChildId | None:
        """The child that is lit."""
        key = self.list.key()
        return ChildId(key) if isinstance(key, int) else None

    @Slot(object)
    def _on_chosen(self, _key: object) -> None:
        if self.typing and self._view is not None and self._view.child != self.child:
            self._keep_quietly(self.words.toPlainText())
        self._read_view()

    def _read_view(self) -> None:
        actor, child, term = self.context.actor, self.child, self._term
        if child is None or term is None:
            return
        first = term.first

        def show(view: SummaryView) -> None:
            if (view.child, view.term) == (self.child, self._term) and not self._half(view):
                self._show(view)

        self.context.ask(lambda s: s.classes.summaries.view(actor, child, first), show, self.refused)

    def _half(self, view: SummaryView) -> bool:
        """Whether words are half typed for the very child that would be shown anew."""
        return self.typing and self._view is not None and self._view.child == view.child

    def _show(self, view: SummaryView) -> None:
        self._view = view
        self._name.setText(f"{view.name}　{view.term.name}")
        self._state.set_chip(_CHIPS[view.state])
        told = f"已由{view.signed_by}签字，编号 {view.number}。" if view.number else ""
        self._stale.setText(f"{told}{view.stale}")
        self._stale.setVisible(bool(self._stale.text()))
        self._facts.setText(f"{view.text.attendance}\n{view.text.activities}")
        self._chosen = tuple(one.id for one in view.choices if one.picked)
        self._show_picks(view)
        if self.words.toPlainText() != view.text.words:  # else the cursor stays where it is
            self.words.setPlainText(view.text.words)
        self.words.document().setModified(False)
        may = self.context.actor.may(Permission.SIGN_NOTE)
        self.words.setReadOnly(not may)
        for button in (self.sign, self.keep):
            button.setEnabled(may)
        self.again.setEnabled(may and view.state is SummaryState.DRAFT)

    def _show_picks(self, view: SummaryView) -> None:
        self.picks.show_records(
            [
                Record(
                    int(one.id),
                    one.words,
                    f"{one.area.label}　{one.day.month}月{one.day.day}日",
                    (Chip("写进", Tone.OK) if one.id in self._chosen else Chip("不写", Tone.PLAIN),),
                )
                for one in view.choices
            ]
        )

    # -- acts -----------------------------------------------------------------------------------------

    @Slot()
    def _on_term_chosen(self) -> None:
        self.begin()
        self._read_rows()

    @Slot()
    def _on_picked(self) -> None:
        """Tell the lit one, or tell it no more; kept at once. Words that nobody wrote follow it."""
        view, key = self._view, self.picks.key()
        if view is None or not isinstance(key, int) or not self.context.actor.may(Permission.SIGN_NOTE):
            return
        pick = ObservationId(key)
        kept = tuple(one for one in self._chosen if one != pick)
        self._chosen = kept if pick in self._chosen else (*kept, pick)
        self._show_picks(view)
        untouched = not self.words.document().isModified() and view.text.words == view.drafted
        self._keep_quietly(None if untouched else self.words.toPlainText())

    @Slot()
    def _keep_typed(self) -> None:
        if self.words.document().isModified():
            self._keep_quietly(self.words.toPlainText())

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page or room is wanted."""
        super().hideEvent(event)
        if self.context.open and self.context.signed_in:
            self._keep_typed()

    def _keep_quietly(self, words: str | None) -> None:
        actor, view = self.context.actor, self._view
        if view is None or not actor.may(Permission.SIGN_NOTE):
            return
        child, first, picks = view.child, view.term.first, self._chosen
        self.begin()
        self.context.act(
            lambda s: s.classes.summaries.keep(actor, child, first, words, picks),
            lambda _view: self._read_rows(),
            self.refused,
            initiator=self.window_room(),
        )

    @Slot()
    def _on_keep_clicked(self) -> None:
        actor, view = self.context.actor, self._view
        if view is not None:
            child, first = view.child, view.term.first
            words, picks = self.words.toPlainText(), self._chosen
            self.act(
                lambda s: s.classes.summaries.keep(actor, child, first, words, picks), words="草稿已存。"
            )

    @Slot()
    def _on_sign_clicked(self) -> None:
        actor, view = self.context.actor, self._view
        if view is None:
            return
        child, first = view.child, view.term.first
        words, picks = self.words.toPlainText(), self._chosen

        def signed(fresh: SummaryView) -> None:
            self.context.messages.say(f"{fresh.name} 的成长小结已签，编号 {fresh.number}。")

        self.act(lambda s: s.classes.summaries.sign(actor, child, first, words, picks), signed)

    @Slot()
    def _on_again_clicked(self) -> None:
        actor, view = self.context.actor, self._view
        if view is not None:
            child, first = view.child, view.term.first
            self.act(lambda s: s.classes.summaries.redraft(actor, child, first), words="已按记录重新成稿。")

    @Slot()
    def _on_paper_clicked(self) -> None:
        actor, view = self.context.actor, self._view
        if view is None:
            return
        child, first = view.child, view.term.first
        words, picks = self.words.toPlainText(), self._chosen

        def count() -> None:
            self.context.act(lambda s: s.papers.printed(actor, "term_summary", int(child)))

        self.context.ask(
            lambda s: s.classes.summaries.paper(actor, child, first, words, picks),
            lambda paper: self.context.printing.preview(paper, count),
            self.refused,
        )

    @Slot()
    def _on_all_clicked(self) -> None:
        actor, term = self.context.actor, self._term
        if self._batch is not None or term is None or not self._rows:
            return
        folder = ask_folder(self, "全班的成长小结存到哪个文件夹")
        if folder is None:
            return
        first = term.first
        children = [(one.child, one.name) for one in self._rows if one.state is SummaryState.SIGNED]
        if not children:
            self.complain("这个班还没有签过字的小结。签了字的才存：没签的不交给家长。")
            return
        self.start_batch(
            "成长小结", children, lambda s, child: s.classes.summaries.paper(actor, child, first), folder
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Facts and words below each other in large type: the words first, for nobody signs them unseen."""
        super().resizeEvent(event)
        narrow = self.width() < self.context.theme.px(1080)
        self._both.setDirection(
            QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        )
