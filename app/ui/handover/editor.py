"""One note in the middle of the handover: the words to the parents, the sections, the signature."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.domain.looks import Chip, Tone
from app.domain.prose import NoteText
from app.domain.staff import Actor, Permission
from app.services.handover import NoteView, overdue_words
from app.ui.handover.sections import SectionBox
from app.ui.icons import Icons
from app.ui.theme import Theme
from app.ui.widgets.act_row import ActRow
from app.ui.widgets.basic import Card, ChipLabel, ElidedLabel, label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import scrolled
from app.ui.widgets.states import EmptyState

# In which section a missing thing would stand.
_HOME = {
    "活动": "activity",
    "点心": "food",
    "午餐": "food",
    "喝水": "food",
    "睡眠": "sleep",
    "起床": "sleep",
    "情绪": "mood",
    "如厕": "toilet",
    "健康": "health",
}
_LATER = "还没有写在这张单子上；要写进去，请按记录重新成稿，再签字。"
# The short sections in two columns of about equal height: NoteText field, title, icon.
_LEFT = (
    ("activity", "活动参与", "palette-outline"),
    ("sleep", "睡眠", "sleep"),
    ("mood", "情绪", "emoticon-happy-outline"),
    ("toilet", "如厕", "toilet"),
)
_RIGHT = (
    ("food", "饮食", "rice"),
    ("health", "健康", "thermometer"),
)


class NoteEditor(Card):
    """Shows a note and says when it was written in. Keeps and signs nothing itself."""

    edited = Signal()
    sign_requested = Signal()
    redraft_requested = Signal()
    preview_requested = Signal()
    print_requested = Signal()
    save_requested = Signal()
    log_requested = Signal()  # go and log what is missing
    tell_requested = Signal()  # the family stands at the door

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._view: NoteView | None = None
        self._loading = False
        self._may_sign = False
        self._boxes: dict[str, SectionBox] = {}
        self._build(theme, icons)
        self.show_note(None, None)

    def _build(self, theme: Theme, icons: Icons) -> None:
        m = theme.metrics
        self._name = label("", "h1")
        self._caption = ElidedLabel("", "small")
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state = ChipLabel(theme)
        head = QHBoxLayout()
        head.setSpacing(m.s2)
        head.addWidget(self._name)
        head.addWidget(self._caption, 1)
        head.addWidget(self._state)
        self._log = KeyButton(theme, "去补记", "F6", object_name="handover.log")
        self._log.clicked.connect(self.log_requested)
        head.addWidget(self._log)
        body = QWidget()
        parts = QVBoxLayout(body)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(m.s1 + 2)
        self._stale = label("", "error", wrap=True)
        self._stale.setObjectName("handover.stale")
        self._stale.hide()
        parts.addWidget(self._stale)
        self._door = label("", "small", wrap=True)
        self._door.setObjectName("handover.door")
        self._door.hide()
        parts.addWidget(
            self._box(theme, icons, "prose", "给家长的话", ground="surface_2", line=26, size="name")
        )
        parts.addLayout(self._columns(theme, icons))
        parts.addWidget(self._box(theme, icons, "notice", "请家长留意", hint="没有要特别留意的，可以不写"))
        parts.addWidget(self._door)
        parts.addStretch(1)
        self._scroll = scrolled(body, "handover.sections")
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(m.s2 - 1)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self._problem = label("", "error", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addWidget(self._foot(theme))
        empty = EmptyState(
            theme, icons, "clipboard-text-outline", "没有选中孩子", "在左边选一个孩子，看她的交接单。"
        )
        self._stack = QStackedLayout()
        self.column(margins=(m.s4, m.s3, m.s4, m.s3)).addLayout(self._stack)
        self._stack.addWidget(empty)
        self._stack.addWidget(full)

    def _box(
        self, theme: Theme, icons: Icons, part: str, title: str, *, icon: str = "",
        ground: str = "surface", line: int = 21, size: str = "body", hint: str = "",
    ) -> SectionBox:  # fmt: skip
        box = SectionBox(theme, icons, part, title, icon=icon, ground=ground, line=line, size=size, hint=hint)
        box.edited.connect(self._on_box_edited)
        self._boxes[part] = box
        return box

    def _columns(self, theme: Theme, icons: Icons) -> QHBoxLayout:
        """Two columns rather than a grid: a long menu must not stretch the box beside it."""
        both = QHBoxLayout()
        both.setSpacing(theme.metrics.s1 + 2)
        for sections in (_LEFT, _RIGHT):
            column = QVBoxLayout()
            column.setSpacing(theme.metrics.s1 + 2)
            for part, title, icon in sections:
                column.addWidget(self._box(theme, icons, part, title, icon=icon, hint="没有记录"))
            both.addLayout(column, 1)
        return both

    def _foot(self, theme: Theme) -> ActRow:
        self._redraft = KeyButton(theme, "重新成稿", "F7", object_name="handover.redraft")
        self._redraft.clicked.connect(self.redraft_requested)
        self._sign = KeyButton(theme, "签字", "Ctrl+Return", kind="primary", object_name="handover.sign")
        self._sign.clicked.connect(self.sign_requested)
        self._preview = KeyButton(theme, "看纸面", "F5", object_name="handover.show_paper", bind=False)
        self._preview.clicked.connect(self.preview_requested)
        self._tell = KeyButton(theme, "说给家长", "F2", object_name="handover.tell")
        self._tell.clicked.connect(self.tell_requested)
        self.acts = ActRow(theme, "handover", spread=1)
        print_ = KeyButton(theme, "打印", "Ctrl+P", object_name="handover.print_note")
        print_.clicked.connect(self.print_requested)
        save = KeyButton(theme, "保存 PDF", "Ctrl+S", object_name="handover.save_note")
        save.clicked.connect(self.save_requested)
        self._paper_acts = (self._preview, print_, save)
        for act in (self._tell, self._redraft, self._sign, *self._paper_acts):
            self.acts.add(act)
        self.offer_paper(False)
        return self.acts

    @property
    def view(self) -> NoteView | None:
        """The note as it was given."""
        return self._view

    def show_note(self, view: NoteView | None, actor: Actor | None) -> None:
        """Show a note to somebody, or none."""
        other = self._view is None or view is None or self._view.visit != view.visit
        self._view = view
        self._stack.setCurrentIndex(0 if view is None else 1)
        if view is None or actor is None:
            return
        self._may_sign = actor.may(Permission.SIGN_NOTE)
        self._loading = True
        for part, box in self._boxes.items():
            box.words.show_words(getattr(view.text, part), getattr(view.drafted, part))
            box.set_read_only(not self._may_sign)
        self._loading = False
        self.show_problem("")
        if other:
            self.show_door("")
        self._name.setText(f"{view.name} 的交接单")
        again = view.version > 1 or (bool(view.stale or view.later) and view.signed_at is not None)
        self._sign.set_text(f"{actor.name} {'签字修订' if again else '签字'}")
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        self._show_state()

    def text(self) -> NoteText:
        """What is written now."""
        return NoteText(**{part: box.words.words() for part, box in self._boxes.items()})

    @property
    def dirty(self) -> bool:
        """Whether something was written since the note was given."""
        return self._view is not None and self.text() != self._view.text

    def show_problem(self, sentence: str, part: str = "") -> None:
        """Say why it was not signed or kept, and go to the part it is about; empty takes it back."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if part in self._boxes:
            self._boxes[part].words.setFocus()
            self._scroll.ensureWidgetVisible(self._boxes[part])

    def show_door(self, words: str) -> None:
        """What goes home with her, to whom the day was told, whether the family signed; empty for nothing."""
        self._door.setText(words)
        self._door.setVisible(bool(words))

    def offer_paper(self, offered: bool) -> None:
        """Offer the paper and what is done with it by buttons, where it has no room beside the note."""
        for act in self._paper_acts:
            act.setVisible(offered)

    def write(self) -> None:
        """Begin to write: the words to the parents have the focus."""
        words = self._boxes["prose"].words
        words.setFocus()
        words.moveCursor(QTextCursor.MoveOperation.End)

    def writing(self) -> bool:
        """Whether the cursor stands in a part of the note."""
        return any(box.words.hasFocus() for box in self._boxes.values())

    def _show_state(self) -> None:
        view = self._view
        if view is None:
            return
        signed = view.signed_at is not None and not self.dirty and not (view.stale or view.later)
        lacking = (
            "、".join(view.missing)
            if len(view.missing) <= 2
            else f"{view.missing[0]} 等 {len(view.missing)} 项"
        )
        if view.stale and view.signed_at is not None and not self.dirty:
            chip = Chip("要修订", Tone.BAD)
            caption = f"{view.signed_by} {view.signed_at:%H:%M} 签过"
        elif view.later and view.signed_at is not None and not self.dirty:
            chip = Chip(view.later, Tone.WARN)
            caption = f"{view.signed_by} {view.signed_at:%H:%M} 签过"
        elif signed and view.signed_at is not None:
            chip = Chip(f"已签字 {view.signed_by} {view.signed_at:%H:%M}", Tone.OK)
            caption = f"{view.number or ''} · 第 {view.version} 版" if view.version > 1 else view.number or ""
        elif view.signed_at is not None or view.version > 1:
            chip = Chip("修订中", Tone.WARN)
            caption = "再次签字后生成新编号，旧的一份作废"
        elif lacking:
            chip = Chip(f"缺 {lacking}", view.press)
            caption = f"由 {view.entries} 条记录成稿"
        elif view.doses:
            chip = Chip("待喂药", Tone.BAD)
            caption = overdue_words(view.doses)
        else:
            chip = Chip("齐全，待签", Tone.INFO)
            caption = f"由 {view.entries} 条记录自动成稿，可直接改"
        self._state.set_chip(chip)
        self._state.setToolTip("缺：" + "、".join(view.missing) if view.missing else "")
        self._caption.setText(caption)
        self._show_looks(view, signed=signed)
        self._log.setVisible(bool(lacking) and not signed)
        advice = "请写进去或去掉，或按记录重新成稿，再签字。" if view.stale else _LATER
        since = view.stale or view.later
        self._stale.setText(f"{since}。{advice}" if since else "")
        self._stale.setVisible(bool(since))
        self._sign.setEnabled(self._may_sign and not signed)
        self._redraft.setEnabled(self._may_sign and self.text() != view.drafted)
        why = "" if self._may_sign else "你的岗位不能签交接单，请换带班老师登录。"
        self._sign.setToolTip(why)

    def _show_looks(self, view: NoteView, *, signed: bool) -> None:
        """Edge what is missing in red, and ground what is to be heeded."""
        bare = {_HOME.get(one, "") for one in view.missing} if not signed else set()
        for part, _title, _icon in (*_LEFT, *_RIGHT):
            self._boxes[part].set_look(ground="surface", border="bad" if part in bare else "line")
        heed = bool(self._boxes["notice"].words.words().strip())
        self._boxes["notice"].set_look(
            ground="warn_soft" if heed else "surface", border="warn" if heed else "line"
        )

    @Slot()
    def _on_box_edited(self) -> None:
        if self._loading:
            return
        self.show_problem("")
        self._show_state()
        self.edited.emit()
