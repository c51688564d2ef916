"""A paper for each child of a class, each family its own file: with progress, and it can be cancelled."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.looks import Tone
from app.ui.jobs import Job
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.services.bundle import Services

Freeze = Callable[["Services", ChildId], Any]


class Batch(QObject):
    """Freezes one paper on the keeper thread, draws and writes it on the drawing thread, then the next.

    The desk goes on between two children: nothing is held while a paper is drawn. What is written when
    somebody cancels stays written, and the notice says how many there are.
    """

    ended = Signal()

    def __init__(
        self,
        context: RoomContext,
        title: str,
        children: Sequence[tuple[ChildId, str]],
        freeze: Freeze,
        folder: Path,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._context, self._folder, self._freeze = context, folder, freeze
        self._children = tuple(children)
        self._at, self._written = 0, 0
        self._left_out: list[str] = []
        self.job = Job(title, self)

    def start(self) -> None:
        """Begin with the first."""
        self._next()

    def _next(self) -> None:
        if self.job.cancelled or self._at >= len(self._children):
            self._end()
            return
        self.job.progressed.emit(self._at, len(self._children))
        child, _ = self._children[self._at]
        self._context.ask(lambda s: self._freeze(s, child), self._draw, self._refused)

    def _draw(self, paper: Any) -> None:
        from app.services import papers
        from app.ui.printing import free_name, write_whole

        def write() -> Path:
            path = free_name(self._folder / papers.file_name(paper))
            write_whole(path, papers.draw(paper))
            return path

        def done(_path: Path) -> None:
            self._written += 1
            self._at += 1
            self._next()

        def failed(error: BaseException) -> None:
            self._context.messages.fail(error)
            self.job.cancel()
            self._end()

        self._context.draw(write, done=done, failed=failed)

    def _refused(self, error: BaseException) -> None:
        """A child there is no paper for is left out and named; anything else ends it."""
        if not isinstance(error, RuleError):
            self._context.messages.fail(error)
            self.job.cancel()
            self._end()
            return
        self._left_out.append(self._children[self._at][1])
        self._at += 1
        self._next()

    def _end(self) -> None:
        self.job.ended.emit()
        stopped = self.job.cancelled and self._at < len(self._children)
        words = f"{'已停下，' if stopped else ''}已存 {self._written} 份到 {self._folder.name}。"
        if self._left_out:
            more = " 等" if len(self._left_out) > 3 else ""
            words += f"没有内容、没有存的：{'、'.join(self._left_out[:3])}{more}。"
        words += "每份只给自己家的家长，用完请删除。" if self._written else ""
        self._context.messages.say(words, Tone.WARN if stopped else Tone.OK)
        self.ended.emit()
        self.deleteLater()


def ask_folder(parent: QWidget, words: str) -> Path | None:
    """Ask where the files go."""
    chosen = QFileDialog.getExistingDirectory(parent, words)
    return Path(chosen) if chosen else None
