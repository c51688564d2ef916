"""服药单: what a parent asked for, what was given by whom, and the parent's own signature; A5."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Page, Sheets, style

_MARGIN = 13 * MM
_TITLE = style(19, bold=True, colour=paper.BRAND, leading=28)
_SUB = style(10, colour=paper.INK_2, leading=15)
_LABEL = style(10.5, colour=paper.LABEL, leading=17)
_BODY = style(11.5, leading=17)
_BOLD = style(12.5, bold=True, leading=19)
_HEAD = style(9.5, bold=True, leading=13)
_CELL = style(10.5, leading=15)
_SMALL = style(9, colour=paper.INK_2, leading=13)
_PAD_HIGH = 44.0  # points that a signature is drawn into

Stroke = tuple[tuple[int, int], ...]


@record
class SlipDose:
    """One dose: when it was asked for, when it was given and by whom, or why not."""

    due: dt.datetime
    given: dt.datetime | None = None
    giver: str = ""
    second: str = ""
    note: str = ""


@record
class MedicineSlip:
    """A request frozen for paper. ``drawing`` is the signature: width, height and strokes of the pad."""

    centre: str
    day: dt.date
    child: str
    class_name: str
    medicine: str
    dose: str
    way: str
    reason: str
    allergy: str
    expires: dt.date
    brought: int
    home: dt.datetime | None
    signer: str
    on_paper: bool
    doses: tuple[SlipDose, ...]
    taken_by: str
    taken_at: dt.datetime
    number: str
    drawing: tuple[int, int, tuple[Stroke, ...]] = (0, 0, ())
    returned: str = ""
    practice: bool = False


def draw_many(slips: Sequence[MedicineSlip]) -> bytes:
    """Draw slips into one PDF."""
    return paper.render(_sheets(slip) for slip in slips)


def _sheets(slip: MedicineSlip) -> Sheets:
    flow = Flow(paper.A5, (_MARGIN, 11 * MM, _MARGIN, 14 * MM))
    flow.page.text(flow.left, flow.baseline(_TITLE), "服药单", _TITLE)
    flow.page.text(flow.right, flow.baseline(_TITLE), "参考格式", _SMALL, align="right")
    flow.y += _TITLE.leading
    words = f"{slip.centre}　{paper.day_words(slip.day, weekday=True)}"
    flow.paragraph(words, _SUB, after=3)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 7
    _facts(flow, slip)
    _doses(flow, slip)
    _sign(flow, slip)
    left = f"编号 {slip.number}　服药单"
    return Sheets(
        flow.pages,
        f"服药单 {slip.child} {slip.day.isoformat()}",
        slip.centre,
        slip.practice,
        paper.plain_footer(left, _MARGIN),
    )


def _facts(flow: Flow, slip: MedicineSlip) -> None:
    home = "没喂过" if slip.home is None else f"{slip.home:%H:%M} 喂过"
    facts = (
        ("宝宝", f"{slip.child}　{paper.class_words(slip.class_name)}", _BOLD),
        ("药名", slip.medicine, _BOLD),
        ("剂量", f"每次 {slip.dose}，{slip.way}", _BOLD),
        ("原因", slip.reason, _BODY),
        ("药物过敏", slip.allergy, _BODY),
        ("药品", f"原包装，有效期到 {slip.expires:%Y-%m-%d}，带来 {slip.brought} 份", _BODY),
        ("在家", home, _BODY),
    )
    for name, words, look in facts:
        flow.need(look.leading)
        flow.page.text(flow.left, flow.baseline(look), name, _LABEL)
        flow.paragraph(words, look, x=flow.left + 54, after=1)
    flow.y += 6


def _doses(flow: Flow, slip: MedicineSlip) -> None:
    widths = (0.17, 0.23, 0.24, 0.36)
    table = Table(
        flow,
        [Column(flow.measure * width) for width in widths],
        head=tuple(Cell(words, _HEAD) for words in ("约定时间", "实际喂药", "喂药人", "核对人和说明")),
        pad=4,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
    )
    for dose in slip.doses:
        given = "" if dose.given is None else f"{dose.given:%H:%M}"
        last = "　".join(part for part in (dose.second, dose.note) if part)
        table.row([Cell(text, _CELL) for text in (f"{dose.due:%H:%M}", given, dose.giver, last)])
    flow.y += 8
    if slip.returned:
        flow.paragraph(f"剩余药品：{slip.returned}", _BODY, after=4)
    else:
        flow.paragraph("剩余药品和药瓶离园时交还家长。", _SMALL, after=4)


def _sign(flow: Flow, slip: MedicineSlip) -> None:
    flow.need(_PAD_HIGH + 44)
    flow.y += 4
    page, y = flow.page, flow.y
    wide = page.text(flow.left, y + _PAD_HIGH - 8, "家长签字：", _BODY)
    x, room = flow.left + wide + 2, 150.0
    page.line(x, y + _PAD_HIGH - 4, x + room, y + _PAD_HIGH - 4, paper.INK, 0.7)
    drawn = _draw(page, slip.drawing, x + 4, y, room - 8, _PAD_HIGH - 6)
    words = "（原单已签）" if slip.on_paper else f"（{slip.taken_at:%H:%M} 屏幕签）" if drawn else ""
    page.text(x + room + 4, y + _PAD_HIGH - 8, words, _SMALL)
    flow.y += _PAD_HIGH + 6
    flow.paragraph(f"签字人：{slip.signer[:60]}", _BODY)
    flow.paragraph(f"收药人：{slip.taken_by[:60]}　{slip.taken_at:%H:%M}", _BODY)


def _draw(
    page: Page, drawing: tuple[int, int, tuple[Stroke, ...]], x: float, y: float, wide: float, high: float
) -> bool:
    """The signature as it was drawn, as large as there is room; False when there is none."""
    points = [point for stroke in drawing[2] for point in stroke]
    if not points:
        return False
    left, top = min(px for px, _ in points), min(py for _, py in points)
    span_x = max(1, max(px for px, _ in points) - left)
    span_y = max(1, max(py for _, py in points) - top)
    scale = min(wide / span_x, high / span_y)
    for stroke in drawing[2]:
        for (x0, y0), (x1, y1) in pairwise(stroke):
            page.line(
                x + (x0 - left) * scale,
                y + (y0 - top) * scale,
                x + (x1 - left) * scale,
                y + (y1 - top) * scale,
                paper.INK,
                1.1,
            )
    return True
