"""What takes the paper: the system's default printer through Qt, on the printer's own thread."""

import os
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QImage, QPainter

from app.domain.errors import SurroundingsError

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument
    from PySide6.QtPrintSupport import QPrinter

_PRINT_DPI = 300


class Printer(Protocol):
    """What takes the paper. Both are called on the printer's own thread and may take as long as they like."""

    def name(self) -> str:
        """The printer's name; empty where there is none."""

    def spool(self, pdf: bytes, name: str) -> None:
        """Print, or raise a ``SurroundingsError`` that says what to do."""


class SystemPrinter:
    """The printer the system prints on."""

    def name(self) -> str:
        """The system's default printer."""
        return default_printer()

    def spool(self, pdf: bytes, name: str) -> None:
        """Through Qt, page by page."""
        spool(pdf, name)


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
        SurroundingsError: the printer does not take it, or not the whole of it.
    """
    from PySide6.QtPrintSupport import QPrinter

    from app.ui.paperview import open_pdf

    with open_pdf(pdf) as document:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(printer_name)
        _lay_out(printer, document)
        painter = QPainter()
        if not painter.begin(printer):
            msg = f"打印机“{printer_name}”没有响应。请检查电源、纸张和连线，再按打印；PDF 已保留。"
            raise SurroundingsError(msg)
        try:
            taken = _paint(painter, printer, document)
        finally:
            ended = painter.end()
        whole = ended and taken == document.pageCount()
    if not whole or printer.printerState() in {QPrinter.PrinterState.Aborted, QPrinter.PrinterState.Error}:
        msg = f"打印机“{printer_name}”没有打完这一份。请检查纸张和连线；再打时从第一页打起。"
        raise SurroundingsError(msg)


def _lay_out(printer: "QPrinter", document: "QPdfDocument") -> None:
    """The paper of the first page, upright or lying."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize

    printer.setFullPage(True)
    size = document.pagePointSize(0)
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    page = QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    lying = size.width() > size.height()
    turn = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(page, turn, QMarginsF()))


def _paint(painter: QPainter, printer: "QPrinter", document: "QPdfDocument") -> int:
    """Paint the pages, and say how many the printer has taken; after one it refuses there are no more."""
    from app.ui.paperview import render_page

    for number in range(document.pageCount()):
        if number and not printer.newPage():
            printer.abort()  # half an agreement is none: what waits in it is not to come out later
            return number
        points = document.pagePointSize(number)
        image: QImage = render_page(document, number, round(points.width() * _PRINT_DPI / 72))
        painter.drawImage(painter.viewport(), image)
    return document.pageCount()
