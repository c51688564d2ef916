"""The paper beside a note: as it will print, its two buttons, and printing, saving and enlarging it."""

import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app.domain.ids import VisitId
from app.domain.prose import NoteText
from app.ui.rooms import RoomContext
from app.ui.widgets.basic import Card
from app.ui.widgets.buttons import KeyButton

# Whose paper it is with the words as they stand on the screen; None while no child is chosen.
Subject = Callable[[], tuple[VisitId, NoteText] | None]


class PaperSide(Card):
    """Draws nothing itself: it asks for the frozen paper of ``subject`` and hands it to the printer."""

    about_to_use = Signal()  # keep what was written: what is printed is what is read

    def __init__(self, context: RoomContext, subject: Subject) -> None:
        super().__init__(context.theme, ground="sunken")
        self._context = context
        self._whose = weakref.WeakMethod(subject)  # held outright, the room would outlive its window
        self._paper: Any = None
        theme, m = context.theme, context.theme.metrics
        self.view = context.printing.view()
        self.view.setObjectName("handover.preview")
        self.view.setCursor(Qt.CursorShape.PointingHandCursor)
        self.view.setToolTip("点一下放大（F5）")
        self.view.installEventFilter(self)
        self.print_button = KeyButton(
            theme, "打印", "Ctrl+P", icon="printer-outline", icons=context.icons,
            object_name="handover.print",
        )  # fmt: skip
        self.print_button.clicked.connect(self._on_print)
        self.save_button = KeyButton(theme, "保存 PDF", "Ctrl+S", object_name="handover.save")
        self.save_button.clicked.connect(self._on_save)
        buttons = QHBoxLayout()
        buttons.setSpacing(m.s2)
        buttons.addWidget(self.print_button, 1)
        buttons.addWidget(self.save_button, 1)
        column = self.column(margins=(m.s2, m.s2, m.s2, m.s3), spacing=m.s2)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)

    def _subject(self) -> tuple[VisitId, NoteText] | None:
        subject = self._whose()
        return None if subject is None else subject()

    def draw(self) -> None:
        """Freeze the paper with the words as they stand on the screen, and show it."""
        asked, actor = self._subject(), self._context.actor
        if asked is None:
            return
        visit, text = asked

        def show(paper: Any) -> None:
            now = self._subject()
            if now is None or now[0] != visit:
                return
            self._paper = paper
            self.print_button.setEnabled(True)
            self.save_button.setEnabled(True)
            self.view.show_paper(paper)

        self._context.ask(lambda s: s.papers.pickup_report(actor, visit, text), show)

    def show_nothing(self) -> None:
        """No child is chosen."""
        self._paper = None
        self.view.clear("选一个孩子，这里显示要打印的交接报告。")
        self.print_button.setEnabled(False)
        self.save_button.setEnabled(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the paper shows it large enough to be read."""
        if watched is self.view and self._subject() is not None:
            if event.type() == QEvent.Type.MouseButtonPress:
                return True  # else nobody would be told of the release
            if event.type() == QEvent.Type.MouseButtonRelease:
                self.preview()
                return True
        return super().eventFilter(watched, event)

    def _current(self, use: Callable[[Any], None]) -> None:
        """Hand the paper with the words on the screen to ``use``."""
        actor = self._context.actor
        self.about_to_use.emit()
        asked = self._subject()
        if asked is not None:
            visit, text = asked
            self._context.ask(lambda s: s.papers.pickup_report(actor, visit, text), use)

    def _counter(self) -> Callable[[], None]:
        """What counts a print of this note, whatever is on the screen when the printer is done."""
        asked, actor = self._subject(), self._context.actor

        def count() -> None:
            if asked is not None:
                visit = asked[0]
                self._context.act(lambda s: s.papers.printed(actor, "pickup_report", visit), initiator=self)

        return count

    @Slot()
    def preview(self) -> None:
        """Show the paper large."""
        count = self._counter()
        self._current(lambda paper: self._context.printing.preview(paper, count))

    @Slot()
    def _on_print(self) -> None:
        count = self._counter()
        self._current(lambda paper: self._context.printing.send(paper, count))

    @Slot()
    def _on_save(self) -> None:
        from app.services import papers

        if self._paper is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(folder) / papers.file_name(self._paper))
        path, _filter = QFileDialog.getSaveFileName(self, "保存 PDF", name, "PDF (*.pdf)")
        if path:
            self._current(lambda paper: self._context.printing.save(paper, Path(path)))
