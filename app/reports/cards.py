"""接送卡: ten cards of 86 × 54 mm on an A4 sheet, with marks to cut along.

Whoever finds one in the street learns the centre's number and a name used at home, not which child it is.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.record import record
from app.reports import paper
from app.reports.fonts import fit_glyphs, typeface
from app.reports.paper import A4, MM, Page, Sheets, Style, style

_WIDE, _HIGH = 86 * MM, 54 * MM  # ISO/IEC 7810 ID-1, as wallets and laminating pouches have it
_ACROSS, _DOWN = 2, 5
_LEFT = (A4[0] - _ACROSS * _WIDE) / 2
_TOP = (A4[1] - _DOWN * _HIGH) / 2
_MARK = 5 * MM
_PAD = 4.5 * MM
_QR = 29 * MM
_TILE = 13 * MM
_SMALLEST = 6.0
_LONGEST = 120  # no line of a card holds as many letters, however small


@record
class CardFace:
    """One card. ``shown`` is what it calls the child; ``colour`` is her class's, ``#RRGGBB``."""

    number: str  # C-000012
    shown: str
    colour: str
    seal: str


@record
class CardSheet:
    """Cards to be printed together. ``title`` names whose: 抱抱龙班, 全园, or what one child is called."""

    centre: str
    phone: str
    cards: tuple[CardFace, ...]
    title: str
    practice: bool = False


def draw_many(sheets: Sequence[CardSheet]) -> bytes:
    """Draw sheets of cards into one PDF."""
    return paper.render(_sheets(sheet) for sheet in sheets)


def _sheets(sheet: CardSheet) -> Sheets:
    pages = []
    for first in range(0, max(len(sheet.cards), 1), _ACROSS * _DOWN):
        page = Page(*A4)
        _cut_marks(page)
        for place, face in enumerate(sheet.cards[first : first + _ACROSS * _DOWN]):
            x, y = _LEFT + place % _ACROSS * _WIDE, _TOP + place // _ACROSS * _HIGH
            _card(page, x, y, sheet, face)
        pages.append(page)
    return Sheets(pages, f"接送卡 {sheet.title}", sheet.centre, practice=sheet.practice, footer=_footer)


def _footer(page: Page, number: int, of: int) -> None:
    """Between the marks, below the last row: gone once the cards are cut."""
    small = style(8, colour=paper.INK_2)
    y = page.height - 6.5 * MM
    page.text(_LEFT + 4 * MM, y, "按实际大小（100%）打印，沿角线裁开。", small)
    words = f"第 {number} 页 / 共 {of} 页"
    page.text(page.width - _LEFT - 4 * MM, y, words, small, align="right")


def _cut_marks(page: Page) -> None:
    """Short lines outside the cards at every cut, and hairlines between them."""
    right, foot = _LEFT + _ACROSS * _WIDE, _TOP + _DOWN * _HIGH
    for column in range(_ACROSS + 1):
        x = _LEFT + column * _WIDE
        for y, on in ((_TOP - 1.5 * MM, -_MARK), (foot + 1.5 * MM, _MARK)):
            page.line(x, y, x, y + on, paper.INK_2, 0.4)
        page.line(x, _TOP, x, foot, paper.LINE, 0.3, 1, 3)
    for row in range(_DOWN + 1):
        y = _TOP + row * _HIGH
        for x, on in ((_LEFT - 1.5 * MM, -_MARK), (right + 1.5 * MM, _MARK)):
            page.line(x, y, x + on, y, paper.INK_2, 0.4)
        page.line(_LEFT, y, right, y, paper.LINE, 0.3, 1, 3)


def _card(page: Page, x: float, y: float, sheet: CardSheet, face: CardFace) -> None:
    """The centre above, who it is for at the left, the code at the right, whom to call at the foot."""
    left, right = x + _PAD, x + _WIDE - _PAD
    page.box(x, y, 2.6 * MM, _HIGH, fill=face.colour)
    _fit(page, left, y + 7.2 * MM, sheet.centre, style(11, bold=True, colour=paper.BRAND), right - left)
    page.line(left, y + 9.6 * MM, right, y + 9.6 * MM, paper.BRAND_LINE, 0.7)
    if face.seal:
        page.qr(right - _QR + 2 * MM, y + 11 * MM, _QR, face.seal)
    room = right - _QR - left - 1 * MM
    page.box(left, y + 12.6 * MM, _TILE, _TILE, fill=face.colour, radius=2.4 * MM)
    initial = style(19, bold=True, colour="#FFFFFF")
    page.text(left + _TILE / 2, y + 12.6 * MM + _TILE / 2 + 6.8, face.shown[:1], initial, align="center")
    page.text(left + _TILE + 2.4 * MM, y + 21.4 * MM, "接送卡", style(13, bold=True, colour=paper.INK))
    _fit(page, left, y + 33.2 * MM, face.shown, style(15, bold=True), room)
    page.text(left, y + 39.4 * MM, face.number, style(10.5, colour=paper.INK_2), spacing=0.6)
    if sheet.practice:
        page.text(left + 25 * MM, y + 39.4 * MM, "练习", style(10.5, bold=True, colour=paper.RED))
    page.line(left, y + 42 * MM, right, y + 42 * MM, paper.LINE, 0.5)
    call = f"请致电 {sheet.phone}" if sheet.phone else "请告知本中心"
    _fit(page, left, y + 46.2 * MM, f"遗失或捡到{call}", style(8.5), right - left)
    words = "接孩子时出示；前台仍会核对来接的人。"
    _fit(page, left, y + 50.6 * MM, words, style(8, colour=paper.INK_2), right - left)


def _fit(page: Page, x: float, y: float, words: str, look: Style, room: float) -> None:
    """Set a line smaller where it is too long, and end it with … where that is not enough."""
    clean, bold = fit_glyphs(words[:_LONGEST].replace("\n", " "), bold=look.bold, missing=page.missing)
    face, size = typeface(bold=bold), look.size
    while size > _SMALLEST and face.width(clean, size) > room:
        size -= 0.5
    if face.width(clean, size) > room:
        while clean and face.width(f"{clean}…", size) > room:
            clean = clean[:-1]
        clean = f"{clean}…"
    page.text(x, y, clean, replace(look, size=size))
