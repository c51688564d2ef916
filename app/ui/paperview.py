"""A PDF as it will print: pages of white paper in a scrolling column, rasterised off the GUI thread."""

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.domain.errors import SpokenError
from app.ui.answers import while_there
from app.ui.jobs import Job, Jobs
from app.ui.theme import Theme
from app.ui.widgets.basic import label
from app.ui.widgets.layouts import scrolled

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

_SETTLE_MS = 140


@contextlib.contextmanager
def open_pdf(pdf: bytes) -> "Iterator[QPdfDocument]":
    """Open PDF bytes for reading, on whichever thread asks."""
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)  # type: ignore[call-overload]
    document.load(buffer)
    try:
        if document.status() is not QPdfDocument.Status.Ready:
            msg = f"not a readable PDF: {document.error()}"
            raise ValueError(msg)
        yield document
    finally:
        document.close()
        buffer.close()


def render_page(document: "QPdfDocument", number: int, width: int) -> QImage:
    """One page on white paper, ``width`` pixels wide. (The document renders with a transparent ground.)"""
    points = document.pagePointSize(number)
    size = QSize(max(1, width), max(1, round(width * points.height() / points.width())))
    page = document.render(number, size)
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, page)
    painter.end()
    return sheet


class Pages:
    """Rasterised pages and the bytes they came from."""

    def __init__(self, pdf: bytes, images: list[QImage], sizes: list[QSizeF]) -> None:
        self.pdf, self.images, self.sizes = pdf, images, sizes


def rasterise(pdf: bytes, width: int) -> Pages:
    """All pages, the widest of them ``width`` pixels wide. For the drawing thread."""
    with open_pdf(pdf) as document:
        sizes = [document.pagePointSize(number) for number in range(document.pageCount())]
        widest = max(size.width() for size in sizes)
        images = [
            render_page(document, number, round(width * size.width() / widest))
            for number, size in enumerate(sizes)
        ]
    return Pages(pdf, images, sizes)


class _Column(QWidget):
    """Paints the pages one below the other."""

    def __init__(self, theme: Theme, zoom: float) -> None:
        super().__init__()
        self._theme = theme
        self._pages: Pages | None = None
        self._zoom = zoom
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_pages(self, pages: Pages | None) -> None:
        self._pages = pages
        self._fit()
        self.update()

    def paper_width(self, available: int) -> int:
        """How wide the widest page is shown: as the room allows, up to the zoom."""
        if self._pages is None:
            return max(80, available - 24)
        points = max(size.width() for size in self._pages.sizes)
        return round(min(available - 24, points * 96 / 72 * self._zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _places(self) -> list[QRectF]:
        if self._pages is None:
            return []
        width = self.paper_width(self.width())
        widest = max(size.width() for size in self._pages.sizes)
        y, places = 10.0, []
        for size in self._pages.sizes:
            wide = width * size.width() / widest
            high = wide * size.height() / size.width()
            places.append(QRectF((self.width() - wide) / 2, y, wide, high))
            y += high + 16
        return places

    def _fit(self) -> None:
        places = self._places()
        self.setFixedHeight(round(places[-1].bottom()) + 14 if places else 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pages is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shadow = QColor(self._theme.color("shadow"))
        for image, place in zip(self._pages.images, self._places(), strict=True):
            for spread, alpha in ((5, 0.03), (3, 0.05), (1, 0.07)):
                shadow.setAlphaF(alpha)
                painter.fillRect(place.adjusted(-spread, -spread + 2, spread, spread + 2), shadow)
            painter.drawImage(place, image)
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawRect(place)
        painter.end()


class PaperView(QWidget):
    """Shows a paper: 正在排版 while it is drawn, then its pages; the old pages stay up while redrawing.

    ``zoom`` is the most a page is enlarged beyond its true size.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        draw: Callable[[Any], bytes],
        parent: QWidget | None = None,
        *,
        zoom: float = 1.7,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("纸面预览")
        self._jobs, self._draw = jobs, draw
        self._pdf: bytes | None = None
        self._job: Job | None = None
        self._asked = 0
        self._column = _Column(theme, zoom)
        self._words = label("", "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._column)
        row.addStretch(1)
        self._scroll = scrolled(holder)
        self._stack.addWidget(self._words)
        self._stack.addWidget(self._scroll)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        theme.changed.connect(self._column.update)

    @property
    def pdf(self) -> bytes | None:
        """The bytes on show, once drawn."""
        return self._pdf

    def show_paper(self, paper: Any) -> None:
        """Draw and show; an earlier drawing not yet shown is dropped."""
        width = self._pixels()
        self._start(lambda: rasterise(self._draw(paper), width))

    def show_pdf(self, pdf: bytes) -> None:
        """Show bytes drawn elsewhere."""
        width = self._pixels()
        self._start(lambda: rasterise(pdf, width))

    def clear(self, words: str = "") -> None:
        """Show no paper, and say why."""
        self._drop_job()
        self._pdf = None
        self._column.show_pages(None)
        self._words.setText(words)
        self._stack.setCurrentIndex(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sharpen the pages once the size has settled."""
        super().resizeEvent(event)
        if self._pdf is not None:
            self._settle.start()

    def _start(self, task: Callable[[], Pages]) -> None:
        self._drop_job()
        if self._pdf is None:
            self._words.setText("正在排版…")
            self._stack.setCurrentIndex(0)
        self._asked += 1
        asked = self._asked

        def show(pages: Pages) -> None:
            if asked == self._asked:  # else another was wanted while this one was on its way
                self._show(pages)

        def fail(error: BaseException) -> None:
            if asked == self._asked:
                self._fail(error)

        # A preview is often closed before its paper is there.
        self._job = self._jobs.draw(task, done=while_there(show), failed=while_there(fail))

    def _drop_job(self) -> None:
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _show(self, pages: Pages) -> None:
        self._job = None
        self._pdf = pages.pdf
        self._column.show_pages(pages)
        self._stack.setCurrentIndex(1)

    def _fail(self, error: BaseException) -> None:
        self._job = None
        if not isinstance(error, SpokenError):
            raise error
        self.clear(error.sentence)

    def _pixels(self) -> int:
        wide = self._column.paper_width(max(200, self.width()))
        return min(2400, round(wide * self.devicePixelRatioF()))

    @Slot()
    def _on_settled(self) -> None:
        if self._pdf is not None:
            self.show_pdf(self._pdf)
