"""Reading papers back as a person with a viewer would: text, pages, pictures, QR codes."""

import re
import zlib

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument


class Reading:
    """An opened PDF."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument()
        self._document.load(self._buffer)
        assert self._document.status() == QPdfDocument.Status.Ready

    @property
    def pages(self) -> int:
        return self._document.pageCount()

    def title(self) -> str:
        return self._document.metaData(QPdfDocument.MetaDataField.Title)

    def size_mm(self, page: int = 0) -> tuple[int, int]:
        size = self._document.pagePointSize(page)
        return round(size.width() / 72 * 25.4), round(size.height() / 72 * 25.4)

    def text(self, page: int | None = None) -> str:
        """The text as a viewer selects it, without blanks: where a viewer puts those is its own affair."""
        pages = range(self.pages) if page is None else [page]
        return re.sub(r"\s", "", "".join(self._document.getAllText(number).text() for number in pages))

    def lines(self, page: int) -> str:
        """The text of a page with its blanks and line ends, as the viewer tells them."""
        return self._document.getAllText(page).text()

    def picture(self, dpi: int, page: int = 0) -> QImage:
        size = self._document.pagePointSize(page)
        pixels = QSize(round(size.width() * dpi / 72), round(size.height() * dpi / 72))
        sheet = QImage(pixels, QImage.Format.Format_RGB32)
        sheet.fill(QColor("white"))
        painter = QPainter(sheet)
        painter.drawImage(0, 0, self._document.render(page, pixels))
        painter.end()
        return sheet

    def codes(self, dpi: int, page: int = 0) -> list[str]:
        """What a scanner reads from this page printed in black dots, so many to the inch."""
        import zxingcpp

        dots = self.picture(dpi, page).convertToFormat(
            QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither
        )
        print_out = dots.convertToFormat(QImage.Format.Format_Grayscale8)
        return [found.text for found in zxingcpp.read_barcodes(print_out)]

    def fonts(self) -> set[str]:
        """Names of the fonts used, each with its subset tag."""
        return {name.decode() for name in re.findall(rb"/BaseFont /([^\s/>]+)", self.data)}

    def embedded(self) -> int:
        """How many font programs the file carries."""
        return len(re.findall(rb"/FontFile2 ", self.data))

    def streams(self) -> bytes:
        """All page streams, unpacked."""
        parts = []
        for packed in re.findall(rb"stream\r?\n(.*?)endstream", self.data, re.DOTALL):
            try:
                parts.append(zlib.decompress(packed))
            except zlib.error:
                continue
        return b"".join(parts)
