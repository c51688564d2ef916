"""收费公示: the fee catalogue to hang at the door (58号文 Art 15), on A4 in large print."""

import datetime as dt
from collections.abc import Sequence

from app.domain.money import Money
from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 18 * MM
_TITLE = style(30, bold=True, colour=paper.BRAND, leading=42)
_BODY = style(13, leading=22)
_SMALL = style(10, colour=paper.INK_2, leading=15)
_SECTION = style(15, bold=True, colour=paper.BRAND, leading=24)
_CELL = style(13.5, leading=19)
_STRONG = style(13.5, bold=True, leading=19)
_HEAD = style(11, bold=True, colour=paper.INK_2, leading=15)
_SEAL = 70  # points: where to turn to, the seal and the date
_FILL = "#FBF9F5"


@record
class FeeLine:
    """One item. ``cap`` is the most that may be charged, by ``cap_source``; ``since`` is its first day."""

    name: str
    unit: str
    price: Money
    since: dt.date
    cap: Money | None = None
    cap_source: str = ""


@record
class FeeGroup:
    """基本服务费, 其他服务费 or 代收费, with what that means for the parents."""

    title: str
    words: str
    lines: tuple[FeeLine, ...]


@record
class FeeNotice:
    """What is charged from a day on. ``coming`` are prices already decided; ``rules`` how time is counted."""

    centre: str
    day: dt.date
    groups: tuple[FeeGroup, ...]
    rules: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    practice: bool = False


def draw_many(notices: Sequence[FeeNotice]) -> bytes:
    """Draw notices into one PDF, each counting its own pages."""
    return paper.render(_sheets(notice) for notice in notices)


def _sheets(notice: FeeNotice) -> Sheets:
    def again(flow: Flow) -> None:
        words = f"收费公示（续）　{notice.centre[:20]}"
        flow.go_on(words, _SMALL, paper.BRAND_LINE, 1, after=8)

    flow = Flow(paper.A4, (_MARGIN, 15 * MM, _MARGIN, 16 * MM), again)
    flow.page.text((flow.left + flow.right) / 2, flow.baseline(_TITLE), "收费公示", _TITLE, align="center")
    flow.y += _TITLE.leading
    facts = (notice.centre, f"执行日期 {paper.day_words(notice.day)}起")
    flow.paragraph("　".join(facts), style(13, colour=paper.INK_2, leading=20), after=4)
    flow.rule(paper.BRAND_LINE, 1.6)
    flow.y += 8
    capped = any(line.cap is not None or line.cap_source for group in notice.groups for line in group.lines)
    for group in notice.groups:
        _group(flow, group, capped=capped)
    _words(flow, "怎么算时间", notice.rules)
    _words(flow, "已经定下的调整", notice.coming)
    _close(flow, notice)
    left = f"{notice.centre[:20]}　收费公示 {notice.day:%Y-%m-%d}"
    title = f"收费公示 {notice.day:%Y-%m-%d}"
    return Sheets(flow.pages, title, notice.centre, notice.practice, paper.plain_footer(left, _MARGIN))


def _group(flow: Flow, group: FeeGroup, *, capped: bool) -> None:
    """One part of the list; the column of caps only where the notice tells of any."""
    flow.need(_SECTION.leading + 70)
    flow.paragraph(group.title, _SECTION)
    if group.words:
        flow.paragraph(group.words, _SMALL, after=3)
    widths = ((70, "left"), (90, "right"), (120, "left")) if capped else ((110, "left"), (130, "right"))
    sized = [Column(flow.measure - sum(wide for wide, _ in widths)), *(Column(*one) for one in widths)]
    named = ("收费项目", "单位", "价格（元）", "限价与依据")[: len(sized)]
    head = tuple(Cell(words, _HEAD) for words in named)
    table = Table(flow, sized, head=head, pad=4, edge=paper.LINE, head_fill=paper.SUNKEN, x=flow.left)
    for at, line in enumerate(group.lines):
        cap = "" if line.cap is None else f"≤ {line.cap.grouped}"
        cap = " ".join(part for part in (cap, line.cap_source) if part)
        cells = [
            Cell(line.name, _CELL),
            Cell(line.unit, _CELL),
            Cell(line.price.grouped, _STRONG),
            Cell(cap, _SMALL),
        ]
        table.row(cells[: len(sized)], fill=_FILL if at % 2 else None)
    flow.y += 8


def _words(flow: Flow, title: str, sentences: Sequence[str]) -> None:
    if not sentences:
        return
    flow.need(_SECTION.leading + _BODY.leading)
    flow.page.text(flow.left, flow.baseline(_SECTION), title, _SECTION)
    flow.y += _SECTION.leading
    for sentence in sentences:
        flow.paragraph(sentence, _BODY, after=1)
    flow.y += 8


def _close(flow: Flow, notice: FeeNotice) -> None:
    """What is not on the list is not charged, and where to turn to."""
    told = (
        "没有列在本公示里的项目一律不收。其他服务费和代收费由家长自愿选择，代收费按实际发生收取，不加价。"
        "退费按服务协议办理。价格投诉电话 12315。"
    )
    lines = len(flow.broken(told, _BODY, flow.measure)[0])
    flow.need(lines * _BODY.leading + _SEAL)  # a seal never stands alone on a page
    flow.paragraph(told, _BODY, after=4)
    reach = "　".join(part for part in (notice.address, notice.phone and f"电话 {notice.phone}") if part)
    if reach:
        flow.paragraph(reach, _SMALL, after=2)
    flow.need(36)
    flow.y += 12
    page, y = flow.page, flow.baseline(_BODY)
    for x, label in ((flow.left, "单位（盖章）："), (flow.left + 260, "公示日期：")):
        page.blank(x, y, label, _BODY, 118)
    flow.y += 24
