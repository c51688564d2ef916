"""The place where something of a record is written: forms one below the other, problems, save and leave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.record_drafts import Slot as DraftSlot
from app.ui.records.form import LEGEND, FieldForm
from app.ui.theme import Theme
from app.ui.widgets.basic import label, mark
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.layouts import FlowLayout, scrolled

UNSAVED = "填的内容还没有保存。再按一次 Esc 就不保存离开，按 Ctrl Enter 保存。"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to write: its title, its forms by key, and where to begin (``form.field``)."""

    title: str
    forms: tuple[tuple[str, FieldForm], ...]
    save: Callable[[], None] = field(compare=False)
    begin: str = ""
    words: str = ""
    slot: DraftSlot | None = None  # as what its half-typed texts are kept; None for a form soon typed again


class Editor(QWidget):
    """Shows one task at a time. Ctrl+Enter saves, Esc leaves and asks where something would be lost."""

    left = Signal()
    edited = Signal()
    saving = Signal()  # before the task's own save
    dropped = Signal()  # somebody goes without saving; the forms still stand
    alike_chosen = Signal(object)  # ChildId

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._task: Task | None = None
        self._asked = False
        m = theme.metrics
        self._title = label("", "h1")
        self._legend = label(LEGEND, "small", wrap=True)
        self._words = label("", "muted", wrap=True)
        self._body = QWidget()
        self._alike = QWidget()
        self._alike_flow = FlowLayout(self._alike, m.s2)
        self._alike.hide()
        self._message = label("", "error", wrap=True)
        self._message.setObjectName("records.message")
        self._message.hide()
        self._scroll = scrolled(self._body, "records.form")
        self._cancel = KeyButton(
            theme, "取消", shown="Esc", bind=False, kind="quiet", object_name="records.cancel"
        )
        self._cancel.clicked.connect(self.leave)
        self._save = KeyButton(theme, "保存", "Ctrl+Return", kind="primary", object_name="records.save")
        self._save.clicked.connect(self._on_save)
        foot = QHBoxLayout()
        foot.setSpacing(m.s2)
        self._kept = label("", "small", wrap=True)
        self._kept.setObjectName("records.kept")
        foot.addWidget(self._kept, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(m.s2)
        for widget in (self._title, self._legend, self._words):
            column.addWidget(widget)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._alike)
        column.addWidget(self._message)
        column.addLayout(foot)

    @property
    def task(self) -> Task | None:
        """What is being written."""
        return self._task

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._task is not None

    @property
    def changed(self) -> bool:
        """Whether something stands in it that is not on disk."""
        return self._task is not None and any(form.changed() for _, form in self._task.forms)

    def form(self, key: str) -> FieldForm:
        """One of the task's forms."""
        if self._task is None:
            raise LookupError(key)
        return dict(self._task.forms)[key]

    def begin(self, task: Task) -> None:
        """Show a task and put the focus where writing begins."""
        self._task, self._asked = task, False
        self._title.setText(task.title)
        self._words.setText(task.words)
        self._words.setVisible(bool(task.words))
        m = self._theme.metrics
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, m.s3, 0)
        column.setSpacing(m.s4)
        for _, form in task.forms:
            form.edited.connect(self._on_edited)
            column.addWidget(form)
        column.addStretch(1)
        self._body = body
        self._scroll.setWidget(body)  # deletes the one before
        self.say("")
        self.say_kept("")
        self.show_alike(())
        self._save.setEnabled(True)
        self._fit()
        key, _, name = task.begin.partition(".")
        dict(task.forms).get(key, task.forms[0][1]).focus_first(name)

    def end(self) -> None:
        """Nothing is written any more."""
        self._task = None
        self._scroll.setWidget(QWidget())
        self.left.emit()

    @Slot()
    def leave(self) -> None:
        """Go if nothing was changed; else ask, and a second Esc goes."""
        if self.changed and not self._asked:
            self._asked = True
            self.say(UNSAVED, warning=True)
            return
        self.dropped.emit()
        self.end()

    def failed(self, sentence: str, name: str) -> None:
        """It could not be kept: say why, at the field if it is one's."""
        self._save.setEnabled(True)
        if self._task is None:
            return
        key, dot, rest = name.partition(".")
        for own, form in self._task.forms:
            if form.show_problem(rest if dot and own == key else name, sentence) and (not dot or own == key):
                self._scroll.ensureWidgetVisible(form)
                self.say("")
                return
        self.say(sentence)

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """A sentence above the buttons; empty for none."""
        mark(self._message, role="warning" if warning else "error")
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))

    def say_kept(self, words: str) -> None:
        """How far what is typed is kept as a draft."""
        self._kept.setText(words)

    def show_alike(self, found: Sequence[tuple[object, str]]) -> None:
        """Name those who may be the same child; a button opens her record instead."""
        while (item := self._alike_flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (child, words) in enumerate(found, 1):
            made = KeyButton(self._theme, words, object_name=f"records.alike.{place}")
            made.clicked.connect(lambda _=False, one=child: self.alike_chosen.emit(one))
            self._alike_flow.addWidget(made)
            made.show()
        self._alike.setVisible(bool(found))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column of fields where two have no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        columns = 2 if self.width() >= self._theme.px(600) else 1
        for _, form in self._task.forms if self._task is not None else ():
            form.arrange(columns)

    @Slot()
    def _on_edited(self) -> None:
        self._asked = False
        self.say("")
        self.edited.emit()

    @Slot()
    def _on_save(self) -> None:
        if self._task is None or not self._save.isEnabled():
            return
        for _, form in self._task.forms:
            form.clear_problems()
        self._save.setEnabled(False)  # until the keeper answers
        self.saving.emit()
        self._task.save()
