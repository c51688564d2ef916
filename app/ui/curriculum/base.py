"""What the pages of 课程 share: the class they show, two columns, acts at the foot, what a rule says."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.ids import ClassId
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import label
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.choices import choice_box, fill_choices
from app.ui.widgets.layouts import FlowLayout
from app.ui.widgets.states import ProgressStrip
from app.ui.widgets.two_columns import TwoColumns

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.ids import ChildId
    from app.services.curriculum import ClassFace
    from app.ui.curriculum.batch import Batch, Freeze

_NO_CLASS = "还没有班级。请园长先在“设置”里开班。"


class CurriculumPage(TwoColumns):
    """One page. Fill ``left`` and ``right``; override ``read``."""

    room = "curriculum"
    roomy = 860

    def __init__(self, context: RoomContext, *, shares: tuple[int, int] = (2, 3)) -> None:
        m = context.theme.metrics
        super().__init__(context, shares, m.s3, m.s2)
        self.faces: tuple[ClassFace, ...] = ()
        self._batch: Batch | None = None
        self.classes = choice_box((), "", f"curriculum.{self.key}.class", "班级")
        self.classes.setMinimumWidth(context.theme.px(132))
        self.classes.currentIndexChanged.connect(self._on_class_chosen)
        self.head, self._top = FlowLayout(None, m.s2), QWidget()
        self._top.setLayout(self.head)
        self.head.addWidget(self.classes)
        self.progress = ProgressStrip(context.theme)
        self._lay(self.middle)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self._step_class(step))

    def _lay(self, middle: QWidget) -> None:
        m = self.context.theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, m.s3)
        column.setSpacing(m.s2)
        for widgets, stretch in (
            ((self._top,), 0),
            ((middle,), 1),
            ((self.problem, self.progress, self._foot), 0),
        ):
            if stretch:
                column.addWidget(middle, stretch)
                continue
            around = QVBoxLayout()
            around.setContentsMargins(m.s5, 0, m.s5, 0)
            for widget in widgets:
                around.addWidget(widget)
            column.addLayout(around)

    # What a page overrides -----------------------------------------------------------------

    def read(self) -> None:
        """Ask for everything that is shown of the class."""

    def hints(self) -> str:
        """Keys of the page, for the status line."""
        return ""

    # Building ------------------------------------------------------------------------------

    def walker(self, back_words: str, on_words: str, turn: Callable[[int], None]) -> QLabel:
        """PgUp and PgDn in the head with what is shown between them; returns the label."""
        theme, icons = self.context.theme, self.context.icons
        name = f"curriculum.{self.key}"
        back = KeyButton(
            theme, back_words, "PgUp", icon="chevron-left", icons=icons, object_name=f"{name}.back"
        )
        on = KeyButton(theme, on_words, "PgDown", icon="chevron-right", icons=icons, object_name=f"{name}.on")
        back.clicked.connect(lambda: turn(-1))
        on.clicked.connect(lambda: turn(1))
        shown = label("", "h2")
        shown.setObjectName(f"{name}.shown")
        shown.setMinimumHeight(max(44, theme.px(40)))
        shown.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        for widget in (back, on, shown):
            self.head.addWidget(widget)
        return shown

    @staticmethod
    def beside(*widgets: QWidget, spacing: int = 8) -> QHBoxLayout:
        """Widgets in a row."""
        row = QHBoxLayout()
        row.setSpacing(spacing)
        for widget in widgets:
            row.addWidget(widget, 1)
        return row

    # Working -------------------------------------------------------------------------------

    @property
    def class_id(self) -> ClassId | None:
        """The class shown; None before there is one."""
        key = self.classes.currentData()
        return None if key in (None, "") else ClassId(int(key))

    @property
    def face(self) -> "ClassFace | None":
        """The class shown, with its ages."""
        return next((one for one in self.faces if one.id == self.class_id), None)

    def freshen(self) -> None:
        """Read everything again, unless something half typed stands there."""
        if not self.typing:
            self.refresh()

    def refresh(self) -> None:
        """Read the classes, then what the page shows of the one chosen."""
        actor = self.context.actor
        self.context.ask(lambda s: s.classes.curriculum.classes(actor), self._show_classes)

    def _show_classes(self, faces: "tuple[ClassFace, ...]") -> None:
        self.faces = faces
        before = self.class_id or self.context.actor.class_id
        pairs = [(str(one.id), one.name) for one in faces]
        fill_choices(self.classes, pairs, "" if before is None else str(before))
        if not faces:
            self.complain(_NO_CLASS)
            return
        if self.problem.text() == _NO_CLASS:  # one has been opened since
            self.complain("")
        self.read()

    def read_again(self) -> None:
        """What is shown of the class."""
        self.read()

    def start_batch(
        self, title: str, children: "Sequence[tuple[ChildId, str]]", freeze: "Freeze", folder: "Path"
    ) -> None:
        """Write a paper for each child into a folder, with progress; one batch at a time."""
        from app.ui.curriculum.batch import Batch

        self._batch = Batch(self.context, title, children, freeze, folder, self)
        self._batch.ended.connect(self._on_batch_ended)
        self.progress.follow(self._batch.job)
        self._batch.start()

    @Slot()
    def _on_batch_ended(self) -> None:
        self._batch = None

    def _step_class(self, step: int) -> None:
        at = self.classes.currentIndex() + step
        if 0 <= at < self.classes.count():
            self.classes.setCurrentIndex(at)

    @Slot()
    def _on_class_chosen(self) -> None:
        self.begin()
        if self.class_id is not None:
            self.read()
