"""What takes the paper: the system's default printer through Qt, on the printer's own thread."""

import os
from typing import Protocol

from PySide6.QtGui import QImage

from app.domain.errors import SurroundingsError

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
