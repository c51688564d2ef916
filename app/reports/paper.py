"""What every paper shares: pages that remember marks, page n of m, the practice watermark, the seal's QR.

Pages are laid out first and painted after, because a page must know how many there are. ``y`` runs down from
the top edge; all lengths are points. Text is taken as it stands: nothing here reads mark-up.
"""

import datetime as dt
import functools
import io
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.record import record
from app.reports import qr
from app.reports.fonts import Typeface, fit_glyphs, typeface

MM: Final = 72 / 25.4
A4: Final = (210 * MM, 297 * MM)
A5: Final = (148 * MM, 210 * MM)

INK: Final = "#1F2A28"
INK_2: Final = "#56625F"
BRAND: Final = "#17463F"
BRAND_LINE: Final = "#1F7A6D"
LABEL: Final = "#6E5A36"
LINE: Final = "#B9AF9D"
SUNKEN: Final = "#EFEBE3"
AMBER: Final = "#FCF5E4"
AMBER_LINE: Final = "#D9A441"
RED: Final = "#A62B1F"
WATERMARK: Final = "#F7E7BF"

_painting = threading.Lock()  # a ReportLab font face keeps a read position: one document at a time
_WEEKDAYS = "一二三四五六日"


@record
class Style:
    """How text is set. ``leading`` is the distance between base lines."""

    size: float
    leading: float
    bold: bool = False
    colour: str = INK


def style(size: float, *, bold: bool = False, colour: str = INK, leading: float | None = None) -> Style:
    """Make a style; the leading is 1.5 of the size unless told."""
    return Style(size, leading if leading is not None else round(size * 1.5, 2), bold, colour)


@record
class _Text:
    x: float
    y: float
    words: str
    face: Typeface
    size: float
    colour: str
    spacing: float


@dataclass(slots=True)
class Page:
    """One page: shapes below, text above. ``missing`` collects what the font could not draw."""

    width: float
    height: float
    shapes: list[Callable[[Any, float], None]] = field(default_factory=list)
    texts: list[_Text] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        look: Style,
        *,
        align: str = "left",
        spacing: float = 0,
    ) -> float:
        """Set one line with its base line at ``y``; ``align`` says what ``x`` is. Return its width."""
        words, bold = fit_glyphs(words.replace("\n", " "), bold=look.bold, missing=self.missing)
        face = typeface(bold=bold)
        wide = face.width(words, look.size) + spacing * max(len(words) - 1, 0)
        if align != "left":
            x -= wide if align == "right" else wide / 2
        if words:
            self.texts.append(_Text(x, y, words, face, look.size, look.colour, spacing))
        return wide

    def blank(self, x: float, y: float, words: str, look: Style, room: float) -> float:
        """Set ``words`` and after them a line of ``room`` to write on by hand. Return where the line ends."""
        start = x + self.text(x, y, words, look) + 2
        self.line(start, y + 3, start + room, y + 3, INK, 0.7)
        return start + room

    def line(
        self, x0: float, y0: float, x1: float, y1: float, colour: str, width: float, *dash: float
    ) -> None:
        """Draw a straight line."""

        def paint(canvas: Any, height: float) -> None:
            _pen(canvas, colour, width, dash)
            canvas.line(x0, height - y0, x1, height - y1)

        self.shapes.append(paint)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        edge: str | None = None,
        pen: float = 0.7,
        radius: float = 0,
        dash: Sequence[float] = (),
    ) -> None:
        """Draw a rectangle with its top left corner at (x, y)."""

        def paint(canvas: Any, page: float) -> None:
            if fill:
                canvas.setFillColor(_colour(fill))
            if edge:
                _pen(canvas, edge, pen, dash)
            how = {"fill": int(bool(fill)), "stroke": int(bool(edge))}
            if radius:
                canvas.roundRect(x, page - y - height, width, height, radius, **how)
            else:
                canvas.rect(x, page - y - height, width, height, **how)

        self.shapes.append(paint)

    def picture(self, x: float, y: float, width: float, height: float, jpeg: bytes) -> None:
        """Draw a JPEG into a box, whole and in its own proportions; nothing when there is none."""
        if not jpeg:
            return

        def paint(canvas: Any, page: float) -> None:
            from reportlab.lib.utils import ImageReader

            image = ImageReader(io.BytesIO(jpeg))
            canvas.drawImage(
                image, x, page - y - height, width, height, preserveAspectRatio=True, anchor="ne"
            )

        self.shapes.append(paint)

    def qr(self, x: float, y: float, side: float, text: str) -> None:
        """Draw a QR code with its quiet zone into a square of ``side``; nothing when ``text`` is empty."""
        if not text:
            return
        count, black = qr.outline(text)

        def paint(canvas: Any, height: float) -> None:
            canvas.saveState()
            canvas.setFillColor(_colour("#FFFFFF"))
            canvas.rect(x, height - y - side, side, side, fill=1, stroke=0)
            canvas.setFillColor(_colour("#000000"))
            canvas.translate(x, height - y)
            canvas.scale(side / count, -side / count)
            canvas.addLiteral(black)
            canvas.restoreState()

        self.shapes.append(paint)

    def signature(self, x: float, y: float, width: float, height: float, png: bytes) -> None:
        """Draw a PNG into a rectangle, whole and undistorted, white left out; nothing when it is empty."""
        if not png:
            return

        def paint(canvas: Any, page: float) -> None:
            from reportlab.lib.utils import ImageReader

            canvas.drawImage(
                ImageReader(io.BytesIO(png)),
                x,
                page - y - height,
                width,
                height,
                mask=[255, 255],
                preserveAspectRatio=True,
                anchor="sw",
            )

        self.shapes.append(paint)


@functools.cache
def _colour(code: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(code)


def _pen(canvas: Any, colour: str, width: float, dash: Sequence[float]) -> None:
    canvas.setStrokeColor(_colour(colour))
    canvas.setLineWidth(width)
    canvas.setDash(list(dash))


Footer = Callable[[Page, int, int], None]  # the page, its number, how many there are


@record
class Sheets:
    """One finished paper: its pages and what is drawn once the number of pages is known."""

    pages: Sequence[Page]
    title: str
    author: str
    practice: bool
    footer: Footer


def render(papers: Iterable[Sheets]) -> bytes:
    """Paint papers into one PDF. The same papers give the same bytes."""
    first = typeface().name  # instead of Helvetica, which would not be embedded
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    with _painting:
        canvas = Canvas(out, invariant=1, pageCompression=1, initialFontName=first, lang="zh-CN")
        for number, sheets in enumerate(papers, 1):
            _describe(canvas, sheets, number)
            for index, page in enumerate(sheets.pages, 1):
                sheets.footer(page, index, len(sheets.pages))
                _paint(canvas, page, practice=sheets.practice)
        canvas.save()
    return out.getvalue()


def _describe(canvas: Any, sheets: Sheets, number: int) -> None:
    """Title the file: one paper by its own title, several by their kind and how many they are."""
    title = sheets.title if number == 1 else f"{sheets.title.partition(' ')[0]} 共 {number} 份"
    canvas.setTitle(title)
    canvas.setAuthor(sheets.author)
    canvas.setCreator("托得好")
    canvas.setViewerPreference("PrintScaling", "None")


def _paint(canvas: Any, page: Page, *, practice: bool) -> None:
    canvas.setPageSize((page.width, page.height))
    if practice:
        _watermark(canvas, page)
    _own_up(page)
    for shape in page.shapes:
        shape(canvas, page.height)
    block = canvas.beginText()
    face, size, colour, spacing = None, 0.0, "", 0.0
    for text in page.texts:
        if text.face is not face or text.size != size:
            face, size = text.face, text.size
            block.setFont(face.name, size, size)
        if text.colour != colour:
            colour = text.colour
            block.setFillColor(_colour(colour))
        if text.spacing != spacing:
            spacing = text.spacing
            block.setCharSpace(spacing)
        block.setTextOrigin(text.x, page.height - text.y)
        block.textOut(text.words)
    canvas.drawText(block)
    canvas.showPage()


def _watermark(canvas: Any, page: Page) -> None:
    """练习 across the page, below everything else."""
    size = min(page.width, page.height) * 0.36
    canvas.saveState()
    canvas.setFillColor(_colour(WATERMARK))
    canvas.setFont(typeface().name, size)
    canvas.translate(page.width / 2, page.height / 2)
    canvas.rotate(30)
    canvas.drawCentredString(0, -size * 0.35, "练习")
    canvas.restoreState()


def _own_up(page: Page) -> None:
    """Say at the foot which characters could not be printed, so that somebody writes them in."""
    if page.missing:
        codes = " ".join(f"U+{ord(letter):04X}" for letter in sorted(page.missing)[:6])
        more = " 等" if len(page.missing) > 6 else ""
        words = f"字体缺字：□ 处印不出（{codes}{more}），请手写补上。"
        room = page.width - 16 * MM
        size = min(8.0, room / len(words) * 1.4)
        page.text(page.width / 2, page.height - 4.2 * MM, words, style(size, colour=RED), align="center")


def plain_footer(left: str, margin: float) -> Footer:
    """Make the usual footer: ``left`` words, and 第 n 页 / 共 m 页 at the right."""

    def footer(page: Page, number: int, of: int) -> None:
        small = style(9, colour=INK_2)
        y = page.height - 9 * MM
        page.text(margin, y, left, small)
        page.text(page.width - margin, y, f"第 {number} 页 / 共 {of} 页", small, align="right")

    return footer


def day_words(day: dt.date, *, weekday: bool = False) -> str:
    """2025年12月3日, with ``weekday`` 2025年12月3日 星期三."""
    words = f"{day.year}年{day.month}月{day.day}日"
    return f"{words} 星期{_WEEKDAYS[day.weekday()]}" if weekday else words


def class_words(name: str) -> str:
    """抱抱龙 → 抱抱龙班; a name that already ends so is left alone."""
    return name if not name or name.endswith("班") else f"{name}班"
