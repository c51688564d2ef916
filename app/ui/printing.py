"""Paper: shown as it will print, saved, and printed by a queue that nobody waits for.

A paper is drawn on the drawing thread and lies in the queue's folder before the printer is asked; the printer
has a thread of its own, so that a dead one holds up neither the desk nor a preview. What could not be printed
stays in its order, also over the end of the program; without a printer it is kept as a PDF, and says so.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.domain.errors import SurroundingsError
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.ui.jobs import Jobs
from app.ui.messages import Messages
from app.ui.print_copy import Copies, says_its_count, stamped
from app.ui.print_store import UNDATED, JobState, PrintJob, PrintStore, ended_name, free_name, write_whole
from app.ui.printer import Printer, SystemPrinter
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.paperview import PaperView
    from app.ui.preview import PreviewOverlay
    from app.ui.print_panel import PrintPanel

__all__ = ["Printing", "Sent", "ended_name", "free_name", "write_whole"]

Counted = Callable[[], None]
_BANNER = "print_queue"
_RETRY_MS = 60_000


@record
class Sent:
    """What became of a paper: ``printed`` on ``printer``, or kept at ``path``."""

    printed: bool
    printer: str
    path: Path | None


def _draw(paper: Any) -> bytes:
    from app.services import papers

    drawn: bytes = papers.draw(paper)
    return drawn


def _file_name(paper: Any) -> str:
    from app.services import papers

    name: str = papers.file_name(paper)
    return name


class Printing(QObject):
    """Preview, save and print. One for the window; rooms reach it as ``context.printing``."""

    sent = Signal(object)  # Sent
    changed = Signal()  # the queue

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        messages: Messages,
        queue_folder: Path,
        parent: QObject | None = None,
        *,
        draw: Callable[[Any], bytes] = _draw,
        file_name: Callable[[Any], str] = _file_name,
        stamp: Callable[[bytes], bytes] = stamped,
        printer: Printer | None = None,
        clock: Callable[[], dt.datetime] = lambda: UNDATED,
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._messages = theme, jobs, messages
        self._store, self._printer, self._clock = PrintStore(queue_folder), printer or SystemPrinter(), clock
        self._draw, self._file_name, self._stamp = draw, file_name, stamp
        self._host: QWidget | None = None
        self._preview: PreviewOverlay | None = None
        self._panel: PrintPanel | None = None
        self._queue: list[PrintJob] = []
        # Of each job of this run how it is counted, and the paper itself where it says its count.
        self._sent: dict[int, tuple[Any, Counted | None]] = {}
        self._copies = Copies()
        self._last_number = 0
        self._noting: set[int] = set()  # of which a note is on its way to the disk
        self._stuck: int | None = None  # the number of the paper the printer did not take
        self._retry = QTimer(self, interval=_RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self.retry)

    # -- preview and save

    def set_host(self, host: QWidget) -> None:
        """The widget previews are laid over."""
        self._host = host

    def view(self, parent: QWidget | None = None, *, zoom: float = 1.7) -> "PaperView":
        """A view of a paper to stand inside a room; ``zoom`` is the most it is enlarged."""
        from app.ui.paperview import PaperView

        return PaperView(self._theme, self._jobs, self._draw, parent, zoom=zoom)

    def preview(self, paper: Any, count: Counted | None = None) -> None:
        """Show a paper over the window, with 打印 and 另存为. ``count`` is called once it is in the queue."""
        if self._host is None:
            raise LookupError("no host to lay the preview over")
        if self._preview is not None:
            self._preview.dismiss()
        from app.ui.preview import PreviewOverlay

        overlay = PreviewOverlay(self._theme, self._host, self.view(zoom=1.2), self._file_name(paper))
        overlay.print_wanted.connect(lambda: self.send(paper, count))
        overlay.save_wanted.connect(lambda path: self.save(paper, Path(path)))
        overlay.dismissed.connect(self._on_preview_dismissed)
        self._preview = overlay
        overlay.present()
        overlay.show_paper(paper)

    def save(self, paper: Any, path: Path) -> None:
        """Write the PDF to a place the person chose; a name without its ending gets it."""
        target = ended_name(path, ".pdf")

        def done(_nothing: Any) -> None:
            self._messages.say(f"已保存：{target.name}")

        self._jobs.draw(lambda: write_whole(target, self._draw(paper)), done=done, failed=self._messages.fail)

    def _on_preview_dismissed(self) -> None:
        self._preview = None

    # -- the queue

    @property
    def queue(self) -> tuple[PrintJob, ...]:
        """Every paper of today in its order, and those of before that have not been printed."""
        return tuple(self._queue)

    @property
    def folder(self) -> Path:
        """Where the papers lie."""
        return self._store.folder

    def chip(self) -> Chip:
        """How the queue stands, for the status line; empty while there is nothing to say."""
        waiting = sum(job.state in {JobState.WAITING, JobState.PRINTING} for job in self._queue)
        if self._stuck is not None:
            return Chip(f"打印停了 · {waiting + 1} 份没打", Tone.BAD)
        return Chip(f"打印 {waiting} 份", Tone.INFO) if waiting else Chip("")

    def send(self, paper: Any, count: Counted | None = None) -> None:
        """Print, quietly: the paper joins the queue, and a notice says what became of it.

        A paper that says how often it was printed says it of every copy, however it came to be sent twice.
        """
        paper, counted = self._copies.next(paper), says_its_count(paper)
        sent = (paper if counted else None, count)
        self._put(lambda: (self._file_name(paper), self._draw(paper)), sent, counted=counted)

    def _put(
        self, make: Callable[[], tuple[str, bytes]], sent: tuple[Any, Counted | None], *, counted: bool
    ) -> None:
        number, now = self._next_number(), self._clock()

        def put() -> PrintJob:
            return self._store.put(number, *make(), now, counted=counted)

        def done(job: PrintJob) -> None:
            self._prune(now)
            self._queue.append(job)
            if job.loose:
                words = f"{job.reason}“{job.name}”还没存到磁盘，先从内存里打印；打完之前请不要关程序。"
                self._messages.banner("print_folder", words)
            else:
                self._messages.end_banner("print_folder")
            self._sent[number] = sent
            if sent[1] is not None:
                sent[1]()
            self._go_on()

        self._jobs.draw(put, done=done, failed=self._messages.fail)

    def resume(self) -> None:
        """Take up what an earlier run left: at the start of the program, before anything is sent."""

        def done(found: tuple[PrintJob, ...]) -> None:
            known = {job.name for job in self._queue}
            old = [job for job in found if job.name not in known]
            self._queue = [*old, *self._queue]
            waiting = sum(job.state is JobState.WAITING for job in old)
            unsure = [job.name for job in old if job.state is JobState.FAILED]
            if waiting:
                self._messages.say(f"上次有 {waiting} 份没打完，接着打。", Tone.INFO)
            if unsure:
                words = f"上次打印到一半程序关了：{'、'.join(unsure[:3])}。请看打印机，缺的在打印队列里再打。"
                self._messages.banner(_BANNER, words, Tone.WARN, "打印队列", self.open_panel)
            self._go_on()

        now = self._clock()
        self._jobs.draw(lambda: self._store.load(now), done=done, failed=self._messages.fail)

    def retry(self) -> None:
        """Ask the printer again for what it did not take; the others follow in their order."""
        self._retry.stop()
        number, self._stuck = self._stuck, None
        if number is not None:
            self._change(number, state=JobState.WAITING, reason="")
        self._go_on()

    def again(self, number: int) -> None:
        """Print one again, after those that wait."""
        job = self._find(number)
        if job is None or job.state in {JobState.WAITING, JobState.PRINTING}:
            return
        if number == self._stuck:
            self.retry()
            return
        paper, count = self._sent.get(number, (None, None))
        if job.state is JobState.DONE and paper is not None:
            self.send(paper, count)
            return
        if job.state is JobState.DONE and job.counted:  # by an earlier run: only its PDF is left
            self._put(lambda: (job.name, self._stamp(self._store.pdf(job))), (None, None), counted=True)
            return
        if job.state is JobState.DONE and count is not None:
            count()  # the paper leaves the house once more
        self._queue.remove(job)
        fresh = dataclasses.replace(
            job, number=self._next_number(), state=JobState.WAITING, reason="", ended_at=None
        )
        self._sent[fresh.number] = self._sent.pop(number, (None, None))
        self._queue.append(fresh)
        self._note(fresh)
        self._go_on()

    def print_last_again(self) -> None:
        """The last paper once more, when the printer has eaten it; what was cancelled never was one."""
        printed = (one for one in reversed(self._queue) if one.state.ended)
        job = next((one for one in printed if one.state is not JobState.CANCELLED), None)
        if job is None:
            self._messages.say("今天还没有打印过。", Tone.PLAIN)
            return
        self._messages.say(f"再打一份：{job.name}", Tone.INFO)
        self.again(job.number)

    def cancel(self, number: int) -> None:
        """Leave one unprinted. Its PDF stays until the day ends."""
        job = self._find(number)
        if job is None or job.state in {JobState.PRINTING, JobState.DONE, JobState.CANCELLED}:
            return
        self._change(number, state=JobState.CANCELLED, ended_at=self._clock())
        if number == self._stuck:
            self._stuck = None
            self._retry.stop()
        self._go_on()

    def open_panel(self) -> None:
        """The list of the queue, over the window."""
        if self._host is None or self._panel is not None:
            return
        from app.ui.print_panel import PrintPanel

        panel = PrintPanel(self._theme, self._host, self)
        panel.dismissed.connect(self._on_panel_dismissed)
        self._panel = panel
        panel.present()

    def open_folder(self) -> None:
        """Show the folder of the queue in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    # -- inside

    def _on_panel_dismissed(self) -> None:
        self._panel = None

    def _next_number(self) -> int:
        """In the order of sending, also over the end of the program: milliseconds, counted on."""
        self._last_number = max(self._last_number + 1, int(self._clock().timestamp() * 1000))
        return self._last_number

    def _find(self, number: int) -> PrintJob | None:
        return next((job for job in self._queue if job.number == number), None)

    def _change(self, number: int, **changes: Any) -> None:
        job = self._find(number)
        if job is not None:
            fresh = dataclasses.replace(job, **changes)
            self._queue[self._queue.index(job)] = fresh
            self._note(fresh)

    def _note(self, job: PrintJob) -> None:
        """Write down how one stands. The printer's thread writes the same file: it waits for this."""
        self._noting.add(job.number)

        def noted(error: BaseException | None) -> None:
            self._noting.discard(job.number)
            if error is not None:
                self._messages.fail(error)
            self._go_on()

        self._jobs.draw(lambda: self._store.note(job), done=noted, failed=noted)

    def _prune(self, now: dt.datetime) -> None:
        """What has ended on an earlier day leaves the list."""
        old = [job for job in self._queue if job.state.ended and job.added_at.date() < now.date()]
        for job in old:
            self._queue.remove(job)
            self._sent.pop(job.number, None)
            self._store.drop(job, paper=job.state is not JobState.KEPT)

    def _go_on(self) -> None:
        """Give the printer the next paper, if it is free and takes any."""
        at_work = bool(self._noting) or any(job.state is JobState.PRINTING for job in self._queue)
        job = next((job for job in self._queue if job.state is JobState.WAITING), None)
        if self._stuck is None:
            if not at_work and job is None:
                self._messages.end_banner(f"{_BANNER}.stuck")
            if not at_work and job is not None:
                fresh = dataclasses.replace(job, state=JobState.PRINTING)
                self._queue[self._queue.index(job)] = fresh
                self._jobs.print(lambda: self._print(fresh), done=self._settle, failed=self._on_bug)
        self.changed.emit()

    def _print(self, job: PrintJob) -> tuple[PrintJob, SurroundingsError | None]:
        """On the printer's thread. What cannot be noted on disk is told; the paper prints all the same."""
        printer, trouble = self._printer.name(), None
        try:
            self._store.note(dataclasses.replace(job, printer=printer))
        except SurroundingsError as error:
            trouble = error
        try:
            if printer:
                self._printer.spool(self._store.pdf(job), printer)
            else:
                job = self._store.settle(job)  # without a printer it must be on the disk, or it is nowhere
        except SurroundingsError as error:
            ended = dataclasses.replace(
                job, state=JobState.FAILED, reason=error.sentence, printer=printer, ended_at=self._clock()
            )
        else:
            state = JobState.DONE if printer else JobState.KEPT
            ended = dataclasses.replace(job, state=state, printer=printer, ended_at=self._clock())
        try:
            self._store.note(ended)
        except SurroundingsError as error:
            trouble = error
        return ended, trouble

    def _settle(self, result: tuple[PrintJob, SurroundingsError | None]) -> None:
        job, trouble = result
        at = next((at for at, one in enumerate(self._queue) if one.number == job.number), None)
        if at is not None:
            self._queue[at] = job
        if trouble is not None:
            self._messages.fail(trouble)
        if job.state is JobState.FAILED:
            self._hold(job)
        elif job.state is JobState.DONE:
            self._messages.say(f"已送打印机：{job.name}", beside=True)
            self.sent.emit(Sent(printed=True, printer=job.printer, path=None))
        else:
            words = f"没有连接打印机，已存为 PDF：{job.name}"
            self._messages.say(words, Tone.WARN, action="打开文件夹", act=self.open_folder, beside=True)
            self.sent.emit(Sent(printed=False, printer="", path=self._store.path(job)))
        self._go_on()

    def _hold(self, job: PrintJob) -> None:
        self._stuck = job.number
        self._retry.start()
        waiting = sum(one.state is JobState.WAITING for one in self._queue)
        more = f"后面 {waiting} 份在等，" if waiting else ""
        words = f"{job.reason}{more}都没有丢，修好后会自动再试。不要了就在打印队列（Ctrl Shift P）里取消。"
        self._messages.banner(f"{_BANNER}.stuck", words, action="现在再试", act=self.retry)

    def _on_bug(self, error: BaseException) -> None:
        """Our own fault (a PDF that cannot be read): it must not hold up the others."""
        for job in [one for one in self._queue if one.state is JobState.PRINTING]:
            self._change(job.number, state=JobState.FAILED, reason="程序没能打印这一份。请取消它，重新打印。")
        self._messages.fail(error)
        self._go_on()
