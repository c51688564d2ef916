"""Running text and tables over as many pages as they need. A row taller than a page is split."""

from collections.abc import Callable, Sequence

from app.domain.record import record
from app.reports.fonts import fit_glyphs, typeface
from app.reports.paper import INK, Page, Style
from app.reports.wrap import wrap

_SINK = 0.36  # how far below a line's middle its base line lies, in sizes


@record
class Column:
    """One column of a table."""

    width: float
    align: str = "left"
    fill: str | None = None  # of its cells, where their row has none of its own


@record
class Cell:
    """One cell. ``below`` is set smaller under the text."""

    text: str
    look: Style
    below: str = ""
    below_look: Style | None = None
    align: str | None = None


class Flow:
    """A cursor that runs down pages of one size and starts a new page when there is no room.

    ``margins`` are left, top, right, bottom. ``on_page`` is called for every page after the first, to
    repeat a heading; it may move ``y``.
    """

    def __init__(
        self,
        size: tuple[float, float],
        margins: tuple[float, float, float, float],
        on_page: Callable[["Flow"], None] | None = None,
    ) -> None:
        self.width, self.height = size
        self.left, self.top, right, bottom = margins
        self.right = self.width - right
        self.bottom = self.height - bottom
        self.on_page = on_page
        self.carried: tuple[str, Style] | None = None  # a heading whose part may go on over the page
        self.missing: set[str] = set()  # shared by all pages of the paper
        self.pages: list[Page] = [Page(*size, missing=self.missing)]
        self.y = self.top

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.bottom - self.y

    @property
    def measure(self) -> float:
        """The width between the margins."""
        return self.right - self.left

    def new_page(self) -> None:
        """Go on at the top of a fresh page."""
        self.pages.append(Page(self.width, self.height, missing=self.missing))
        self.y = self.top
        if self.on_page:
            self.on_page(self)
        if self.carried is not None:
            words, look = self.carried
            self.page.text(self.left, self.baseline(look), f"{words}（续）", look)
            self.y += look.leading + 2

    def need(self, height: float) -> None:
        """Start a new page unless ``height`` is left on this one."""
        if self.room < height and self.y > self.top:
            self.new_page()

    def width_of(self, text: str, look: Style) -> float:
        """How wide a text is on one line, in points."""
        words, bold = fit_glyphs(text, bold=look.bold, missing=self.missing)
        return typeface(bold=bold).width(words, look.size)

    def broken(self, text: str, look: Style, width: float) -> tuple[tuple[str, ...], Style]:
        """Break a text into lines; the style comes back regular when the bold lacks a glyph."""
        words, bold = fit_glyphs(text, bold=look.bold, missing=self.missing)
        look = look if bold == look.bold else Style(look.size, look.leading, bold, look.colour)
        return wrap(words, typeface(bold=bold), look.size, width), look

    def paragraph(
        self,
        text: str,
        look: Style,
        *,
        x: float | None = None,
        width: float | None = None,
        align: str = "left",
        after: float = 0,
    ) -> None:
        """Set running text at the cursor, over pages if need be. Two lines at least stay together."""
        x = self.left if x is None else x
        width = self.right - x if width is None else width
        lines, look = self.broken(text, look, width)
        self.need(look.leading * min(2, len(lines)))
        at = {"left": x, "center": x + width / 2, "right": x + width}[align]
        for line in lines:
            self.need(look.leading)
            self.page.text(at, self.baseline(look), line, look, align=align)
            self.y += look.leading
        self.y += after

    def baseline(self, look: Style) -> float:
        """Where the next line's base line goes."""
        return self.y + look.leading / 2 + look.size * _SINK

    def rule(self, colour: str = INK, width: float = 0.7, *dash: float) -> None:
        """Draw a line across at the cursor."""
        self.page.line(self.left, self.y, self.right, self.y, colour, width, *dash)

    def go_on(
        self, words: str, look: Style, line: str = "", width: float = 0.7, *, after: float = 0.0
    ) -> None:
        """Say at the head of a further page what goes on there; over a ``line`` of that colour, if any."""
        self.page.text(self.left, self.baseline(look), words, look)
        self.y += look.leading + 4
        if line:
            self.rule(line, width)
            self.y += after


class Table:
    """A ruled table that goes on over pages with its head repeated."""

    def __init__(
        self,
        flow: Flow,
        columns: Sequence[Column],
        *,
        head: Sequence[Cell] = (),
        pad: float = 5,
        edge: str = INK,
        pen: float = 0.6,
        head_fill: str | None = None,
        x: float | None = None,
        wrap_head: bool = False,
    ) -> None:
        self._flow = flow
        self._x = flow.left if x is None else x
        self._columns = columns
        self._head = head
        self._pad = pad
        self._edge = edge
        self._pen = pen
        self._head_fill = head_fill
        self._started = False
        self._head_stacks = [
            self._stack(cell, column) if wrap_head else [(cell.text, cell.look)]
            for cell, column in zip(head, columns, strict=bool(head))
        ]

    def height(self, cells: Sequence[Cell]) -> float:
        """How high a row of one cell a column is; of no cells, how high the head is."""
        if not cells:
            return self._head_height()
        stacks = (self._stack(cell, column) for cell, column in zip(cells, self._columns, strict=True))
        return max(sum(look.leading for _, look in stack) for stack in stacks) + 2 * self._pad

    def row(
        self,
        cells: Sequence[Cell],
        *,
        spans: Sequence[int] = (),
        fill: str | None = None,
        least: float = 0,
    ) -> None:
        """Add a row. ``spans`` says how many columns each cell covers, one each unless told.

        It is ``least`` points high, if the page has them.
        """
        flow = self._flow
        columns = self._merged(spans)
        stacks = [self._stack(cell, column) for cell, column in zip(cells, columns, strict=True)]
        whole = max(sum(look.leading for _, look in stack) for stack in stacks) + 2 * self._pad
        if not self._started:
            self._started = True
            flow.need(self._head_height() + min(whole, 60))
            self._draw_head()
        page_room = flow.bottom - flow.top - self._head_height()
        if whole > flow.room and whole <= page_room:
            self._turn()
        while any(stacks):
            if flow.room < 2 * self._pad + 12 and flow.y > flow.top + self._head_height():
                self._turn()
            stacks = self._slice(stacks, columns, cells, fill, min(least, flow.room))
            if any(stacks):
                self._turn()

    def keep(self, height: float) -> None:
        """Turn the page, head and all, unless ``height`` is left for what comes next."""
        if self._started and self._flow.room < height:
            self._turn()

    def _merged(self, spans: Sequence[int]) -> list[Column]:
        if not spans:
            return list(self._columns)
        merged, at = [], 0
        for span in spans:
            part = self._columns[at : at + span]
            merged.append(Column(sum(column.width for column in part), part[0].align))
            at += span
        return merged

    def _stack(self, cell: Cell, column: Column) -> list[tuple[str, Style]]:
        inner = column.width - 2 * self._pad
        lines, look = self._flow.broken(cell.text, cell.look, inner)
        stack = [(line, look) for line in lines]
        if cell.below and cell.below_look:
            lines, look = self._flow.broken(cell.below, cell.below_look, inner)
            stack += [(line, look) for line in lines]
        return stack

    def _turn(self) -> None:
        self._flow.new_page()
        self._draw_head()

    def _head_height(self) -> float:
        tall = max((sum(look.leading for _, look in stack) for stack in self._head_stacks), default=0)
        return tall + 2 * self._pad if self._head else 0

    def _draw_head(self) -> None:
        if self._head:
            self._slice(self._head_stacks, self._columns, self._head, self._head_fill)

    def _slice(
        self,
        stacks: Sequence[list[tuple[str, Style]]],
        columns: Sequence[Column],
        cells: Sequence[Cell],
        fill: str | None,
        least: float = 0,
    ) -> list[list[tuple[str, Style]]]:
        """Draw as much of a row as the page holds and return what is left of each cell."""
        flow, pad = self._flow, self._pad
        limit = max(flow.room - 2 * pad, 12)
        taken = [_fitting(stack, limit) for stack in stacks]
        tall = max(least, max(sum(look.leading for _, look in part) for part in taken) + 2 * pad)
        x = self._x
        for part, column, cell in zip(taken, columns, cells, strict=True):
            ground = fill or column.fill
            flow.page.box(x, flow.y, column.width, tall, fill=ground, edge=self._edge, pen=self._pen)
            align = cell.align or column.align
            at = {"left": x + pad, "center": x + column.width / 2, "right": x + column.width - pad}[align]
            y = flow.y + (tall - sum(look.leading for _, look in part)) / 2
            for words, look in part:
                flow.page.text(at, y + look.leading / 2 + look.size * _SINK, words, look, align=align)
                y += look.leading
            x += column.width
        flow.y += tall
        return [stack[len(part) :] for stack, part in zip(stacks, taken, strict=True)]


def _fitting(stack: list[tuple[str, Style]], limit: float) -> list[tuple[str, Style]]:
    """The first lines of a cell that are no taller than ``limit`` together; one at least."""
    used, count = 0.0, 0
    for _, look in stack:
        used += look.leading
        if used > limit and count:
            break
        count += 1
    return stack[:count]
