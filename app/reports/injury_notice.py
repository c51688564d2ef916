"""伤害告知单: what happened to a child, for her family, on A5. No other child is named on it."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 13 * MM
_TITLE = style(18, bold=True, colour=paper.BRAND, leading=26)
_FACTS = style(10, colour=paper.INK_2, leading=15)
_LABEL = style(10.5, bold=True, colour=paper.LABEL, leading=15)
_BODY = style(11, leading=16.5)
_NAME = style(12, bold=True, leading=17)
_SIGNED = 90  # points: both signatures and whom to ask
_SMALL = style(9, colour=paper.INK_2, leading=13)


@record
class InjuryNotice:
    """One injury, frozen for the family. ``lines`` are (label, words) with no other child's name in them."""

    centre: str
    child: str
    class_name: str
    day: dt.date
    lines: tuple[tuple[str, str], ...]
    additions: tuple[str, ...]
    signed_by: str
    told: str
    made_on: dt.date
    phone: str = ""
    practice: bool = False


def draw_many(notices: Sequence[InjuryNotice]) -> bytes:
    """Draw notices into one PDF, each counting its own pages."""
    return paper.render(_sheets(one) for one in notices)


def _sheets(one: InjuryNotice) -> Sheets:
    def again(flow: Flow) -> None:
        flow.go_on(f"{one.child[:20]} 伤害告知单（续）", _SMALL)

    flow = Flow(paper.A5, (_MARGIN, 12 * MM, _MARGIN, 14 * MM), again)
    flow.paragraph("伤害告知单", _TITLE)
    facts = (one.centre, paper.day_words(one.day, weekday=True))
    flow.paragraph("　".join(part for part in facts if part), _FACTS, after=3)
    flow.rule(paper.BRAND_LINE, 1.2)
    flow.y += 8
    wide = 74.0
    table = Table(flow, [Column(wide), Column(flow.measure - wide)], pad=4, edge=paper.LINE)
    who = "　".join(part for part in (one.child, paper.class_words(one.class_name)) if part)
    table.row([Cell("孩子", _LABEL), Cell(who, _NAME)])
    for at, (label, words) in enumerate(one.lines, 1):
        if at == len(one.lines) and not one.additions:
            table.keep(_SIGNED + 34)  # nobody signs a page on which nothing is told
        table.row([Cell(label, _LABEL), Cell(words, _BODY)])
    if one.additions:
        flow.y += 8
        flow.paragraph("告知和补充", _LABEL, after=2)
        for words in one.additions[:-1]:
            flow.paragraph(words, _BODY, after=2)
        last = one.additions[-1]  # nobody signs a page on which nothing is told
        lines = len(flow.broken(last, _BODY, flow.measure)[0])
        flow.need(lines * _BODY.leading + _SIGNED)
        flow.paragraph(last, _BODY, after=2)
    _sign(flow, one)
    left = f"{one.centre[:20]}　伤害告知单　{one.day:%Y-%m-%d}"
    return Sheets(
        flow.pages,
        f"伤害告知单 {one.day:%Y-%m-%d}",
        one.centre,
        one.practice,
        paper.plain_footer(left, _MARGIN),
    )


def _sign(flow: Flow, one: InjuryNotice) -> None:
    """Who of the centre answers for it, and room for the family's own hand."""
    flow.need(_SIGNED - 4)
    flow.y += 8
    half = flow.left + 128
    if one.signed_by:
        flow.paragraph(f"第二人：{one.signed_by}", _BODY, after=6)
        flow.need(62)
        flow.page.blank(flow.left, flow.baseline(_BODY), "园方签字：", _BODY, 58)
    else:
        flow.page.blank(flow.left, flow.baseline(_BODY), "第二人：", _BODY, 69)
        flow.page.blank(half, flow.baseline(_BODY), "园方签字：", _BODY, flow.right - half - 57)
        flow.y += _BODY.leading + 6
        half = flow.left
    flow.page.blank(half, flow.baseline(_BODY), "家长已知晓并签字：", _BODY, flow.right - half - 101)
    flow.y += _BODY.leading + 6
    flow.page.text(flow.right, flow.baseline(_BODY), "＿＿＿＿年＿＿月＿＿日", _BODY, align="right")
    flow.y += _BODY.leading + 6
    told = f"{one.told}。" if one.told else ""
    flow.paragraph(f"{told}有疑问请找园长" + (f"，电话 {one.phone}" if one.phone else "") + "。", _SMALL)
