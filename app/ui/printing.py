"""Paper: shown as it will print, saved, and sent to the printer without anybody waiting.

Everything heavy (drawing, rasterising, spooling) happens on the drawing thread. A paper is written to the
print queue's folder first and leaves it when the printer has it: with no printer it stays there as a PDF,
and says so.
"""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QWidget

from app.domain.errors import SurroundingsError
from app.domain.looks import Tone
from app.ui.jobs import Jobs
from app.ui.messages import Messages
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.paperview import PaperView
    from app.ui.preview import PreviewOverlay

Counted = Callable[[], None]
_PRINT_DPI = 300


class NoPrinterError(SurroundingsError):
    """There is no printer to send to. The paper is kept as a PDF."""


@dataclass(frozen=True, slots=True)
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
    ) -> None:
        super().__init__(parent)
        self._theme, self._jobs, self._messages, self._folder = theme, jobs, messages, queue_folder
        self._draw, self._file_name = draw, file_name
        self._host: QWidget | None = None
        self._preview: PreviewOverlay | None = None

    def set_host(self, host: QWidget) -> None:
        """The widget previews are laid over."""
        self._host = host

    def view(self, parent: QWidget | None = None, *, zoom: float = 1.7) -> "PaperView":
        """A view of a paper to stand inside a room; ``zoom`` is the most it is enlarged."""
        from app.ui.paperview import PaperView

        return PaperView(self._theme, self._jobs, self._draw, parent, zoom=zoom)

    def preview(self, paper: Any, count: Counted | None = None) -> None:
        """Show a paper over the window, with 打印 and 另存为. ``count`` is called once it went to the
        printer.
        """
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

    def send(self, paper: Any, count: Counted | None = None) -> None:
        """Print, quietly. A notice says what became of it."""

        def done(sent: Sent) -> None:
            if count is not None:
                count()
            if sent.printed:
                self._messages.say(f"已送打印机：{self._file_name(paper)}")
            elif sent.path is not None:
                words = f"没有连接打印机，已存为 PDF：{sent.path.name}"
                self._messages.say(words, Tone.WARN, action="打开文件夹", act=self._open_folder)
            self.sent.emit(sent)

        self._jobs.draw(self._print, paper, done=done, failed=self._messages.fail)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def save(self, paper: Any, path: Path) -> None:
        """Write the PDF to a place the person chose."""

        def done(_nothing: Any) -> None:
            self._messages.say(f"已保存：{path.name}")

        self._jobs.draw(lambda: write_whole(path, self._draw(paper)), done=done, failed=self._messages.fail)

    def _print(self, paper: Any) -> Sent:
        pdf = self._draw(paper)
        path = free_name(self._folder / self._file_name(paper))
        write_whole(path, pdf)
        printer = default_printer()
        if not printer:
            return Sent(printed=False, printer="", path=path)
        spool(pdf, printer)
        path.unlink()
        return Sent(printed=True, printer=printer, path=None)

    def _on_preview_dismissed(self) -> None:
        self._preview = None


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target, fsync, replace: there is a whole file or none.

    Raises:
        SurroundingsError: the folder cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        msg = f"文件写不进去：{path}。请检查磁盘空间和文件夹权限，再试一次。"
        raise SurroundingsError(msg) from error


def free_name(path: Path) -> Path:
    """The path itself, or with （2）, （3） … if it is taken."""
    tried, number = path, 2
    while tried.exists():
        tried = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return tried


def default_printer() -> str:
    """The name of the system's default printer; empty when there is none or ``TUODEHAO_PRINTER=none``."""
    if os.environ.get("TUODEHAO_PRINTER") == "none":
        return ""
    from PySide6.QtPrintSupport import QPrinterInfo

    info = QPrinterInfo.defaultPrinter()
    return "" if info.isNull() else info.printerName()


def spool(pdf: bytes, printer_name: str) -> None:
    """Send a PDF to a printer, page by page at its true size. Runs on the drawing thread.

    Raises:
        SurroundingsError: the printer does not take it.
    """
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize, QPainter
    from PySide6.QtPrintSupport import QPrinter

    from app.ui.paperview import open_pdf, render_page

    with open_pdf(pdf) as document:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(printer_name)
        printer.setFullPage(True)
        size = document.pagePointSize(0)
        upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
        page = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
        lying = size.width() > size.height()
        turn = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
        printer.setPageLayout(QPageLayout(page, turn, QMarginsF()))
        painter = QPainter()
        if not painter.begin(printer):
            msg = f"打印机“{printer_name}”没有响应。请检查电源、纸张和连线，再按打印；PDF 已保留。"
            raise SurroundingsError(msg)
        try:
            for number in range(document.pageCount()):
                if number:
                    printer.newPage()
                points = document.pagePointSize(number)
                image: QImage = render_page(document, number, round(points.width() * _PRINT_DPI / 72))
                painter.drawImage(painter.viewport(), image)
        finally:
            painter.end()
