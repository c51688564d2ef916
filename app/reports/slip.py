"""接送凭条: 80 mm of paper with a code and a QR, and no child's name."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Flow
from app.reports.paper import MM, Sheets, style

_WIDTH = 80 * MM
_MARGIN = 5 * MM  # roll printers reach 72 mm of the 80
_QR = 46 * MM
_ENDLESS = 2000 * MM


@record
class PickupSlip:
    """What the one who brought the child keeps, and shows again. Whoever finds it learns no name."""

    centre: str
    day: dt.date
    code: str  # K7M2
    class_name: str
    arrived: dt.datetime
    promised: dt.datetime | None
    number: str = ""
    seal: str = ""
    practice: bool = False
    phone: str = ""  # of the centre
    print_count: int = 1


def draw_many(slips: Sequence[PickupSlip]) -> bytes:
    """Draw slips into one PDF, each as tall as what stands on it."""
    return paper.render(_sheets(slip) for slip in slips)


def _sheets(slip: PickupSlip) -> Sheets:
    flow = Flow((_WIDTH, _ENDLESS), (_MARGIN, 6 * MM, _MARGIN, 6 * MM))
    _head(flow, slip)
    _code(flow, slip)
    _facts(flow, slip)
    _foot(flow, slip)
    flow.page.height = flow.y + (7 * MM if flow.missing else 4 * MM)
    title = f"接送凭条 {slip.day.isoformat()}"
    return Sheets(flow.pages, title, slip.centre, practice=False, footer=lambda page, number, of: None)


def _head(flow: Flow, slip: PickupSlip) -> None:
    _practice(flow, slip)
    title = style(18, bold=True, leading=24)
    flow.paragraph("接送凭条", title, align="center")
    flow.paragraph(slip.centre, style(12, leading=16), align="center")
    day = paper.day_words(slip.day, weekday=True)
    flow.paragraph(day, style(12, leading=16), align="center", after=5)
    flow.rule(paper.INK, 0.8, 3, 2)


def _practice(flow: Flow, slip: PickupSlip) -> None:
    """练习 in black bars at head and foot: a watermark would be lost behind the code."""
    if slip.practice:
        flow.page.box(flow.left, flow.y, flow.measure, 22, fill=paper.INK)
        bar = style(12, bold=True, leading=22, colour="#FFFFFF")
        flow.paragraph("练习 · 不能凭此接孩子", bar, align="center", after=4)


def _code(flow: Flow, slip: PickupSlip) -> None:
    """The code, as large as the roll allows, and the seal."""
    code = style(58, bold=True, leading=68, colour="#000000")
    flow.y += 3
    flow.page.text(flow.width / 2, flow.baseline(code) - 2, slip.code, code, align="center", spacing=8)
    flow.y += code.leading
    if slip.seal:
        flow.page.qr((flow.width - _QR) / 2, flow.y - 8, _QR, slip.seal)  # its own quiet zone is room enough
        flow.y += _QR - 12


def _facts(flow: Flow, slip: PickupSlip) -> None:
    label, value = style(13, leading=20), style(14.5, bold=True, leading=20)
    facts = [("班级", paper.class_words(slip.class_name))]
    facts.append(("说好接走", f"{slip.promised:%H:%M}" if slip.promised else "离园前"))
    facts.append(("入园", f"{slip.arrived:%H:%M}"))
    for name, words in facts:
        flow.page.text(flow.left, flow.baseline(label), name, label)
        lines, look = flow.broken(words, value, flow.measure - 70)
        for line in lines:
            flow.need(look.leading)
            flow.page.text(flow.right, flow.baseline(look), line, look, align="right")
            flow.y += look.leading
    flow.y += 4
    flow.rule(paper.INK, 0.8, 3, 2)
    flow.y += 5


def _foot(flow: Flow, slip: PickupSlip) -> None:
    small = style(11, leading=15.5)
    call = f"：{slip.phone}" if slip.phone else ""
    flow.paragraph("请凭此条接孩子。", style(13, bold=True, leading=18))
    flow.paragraph(f"遗失请立即告知前台{call}", small)
    flow.paragraph("本条不含孩子姓名。", small, after=3)
    again = f"第 {slip.print_count} 次打印" + ("（补打）" if slip.print_count > 1 else "")
    number = f"编号 {slip.number}\n" if slip.number else ""
    # A roll is one page, however long: nobody is to look for a second.
    flow.paragraph(f"{number}{again} · 第1页/共1页", style(9.5, colour=paper.INK_2, leading=13))
    flow.y += 4
    _practice(flow, slip)
