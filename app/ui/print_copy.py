"""A paper that is printed again says so: it is drawn with its count, or stamped where only a PDF is left."""

import dataclasses
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPdfWriter, QPen

STAMP = "补打"
_DPI = 300
_RED = "#B3261E"


def says_its_count(paper: Any) -> bool:
    """Whether a paper says how often it was printed."""
    return hasattr(paper, "print_count")


class Copies:
    """How often each such paper was sent: what one was frozen with may have been printed since."""

    def __init__(self) -> None:
        self._sent: dict[tuple[str, str], int] = {}

    def next(self, paper: Any) -> Any:
        """The same paper with the count of this print; any other as it is."""
        if not says_its_count(paper):
            return paper
        key = (type(paper).__name__, paper.number)
        self._sent[key] = max(paper.print_count, self._sent.get(key, 0) + 1)
        return dataclasses.replace(paper, print_count=self._sent[key])


def stamped(pdf: bytes) -> bytes:
    """The same pages with the stamp in the upper right corner. Runs on the drawing thread."""
    from app.ui.paperview import open_pdf, render_page  # the start of the program needs it not yet

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    with open_pdf(pdf) as document:
        writer = QPdfWriter(buffer)
        writer.setResolution(_DPI)
        writer.setPageMargins(QMarginsF())
        painter = QPainter()
        for number in range(document.pageCount()):
            points: QSizeF = document.pagePointSize(number)
            size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
            writer.setPageSize(size)
            if number:
                writer.newPage()
            else:
                painter.begin(writer)
            image: QImage = render_page(document, number, round(points.width() * _DPI / 72))
            painter.drawImage(painter.viewport(), image)
            _stamp(painter)
        painter.end()
    buffer.close()
    return bytes(data.data())


def _stamp(painter: QPainter) -> None:
    page, unit = QRectF(painter.viewport()), _DPI / 25.4
    place = QRectF(page.right() - 30 * unit, page.top() + 4 * unit, 22 * unit, 9 * unit)
    red = QColor(_RED)
    painter.setPen(QPen(red, 0.5 * unit))
    painter.drawRect(place)
    font = QFont(painter.font())
    font.setPixelSize(round(6 * unit))
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, STAMP)
