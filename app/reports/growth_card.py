"""生长监测卡: what was measured of one child, and her curves, on A4 for the parents."""

import datetime as dt
import itertools
from collections.abc import Callable, Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Page, Sheets, style

_MARGIN = 16 * MM
_SMALL = style(9, colour=paper.INK_2, leading=13)
_TINY = style(7.5, colour=paper.INK_2, leading=10)
_CELL = style(10, leading=14)
_STRONG = style(10, bold=True, leading=14)
_TITLE = style(10.5, bold=True, colour=paper.BRAND, leading=15)
_LOW, _HIGH = 116.0, 252.0  # a chart is as high as the page allows between these
_LINES = {"P50": paper.BRAND_LINE, "P97": "#C98B3C", "P3": "#C98B3C"}
_POINT = "#A62B1F"
_CORRECTED = "#2B5FA6"
_CLOSING = 60.0  # points: the words under the charts, the warning and the line to sign on
WARNING = "本卡用于生长筛查，仅供参考，请咨询医生。"

Points = tuple[tuple[float, float], ...]


@record
class CardMeasure:
    """One line of the table, in words."""

    day: dt.date
    age: str
    weight: str
    stature: str
    how: str  # 卧, 立
    head: str
    scores: str


@record
class CardChart:
    """One chart: named percentile lines, the child's points, the same by the corrected age."""

    title: str
    across: str
    lines: tuple[tuple[str, Points], ...]
    points: Points
    corrected: Points = ()


@record
class GrowthCard:
    """One child's card, frozen."""

    centre: str
    day: dt.date
    child: str
    sex: str
    born_on: dt.date
    class_name: str
    weeks: int | None
    standard: str
    measures: tuple[CardMeasure, ...]
    charts: tuple[CardChart, ...]
    made_by: str = ""
    practice: bool = False


def draw_many(cards: Sequence[GrowthCard]) -> bytes:
    """Draw cards into one PDF, each counting its own pages."""
    return paper.render(_sheets(card) for card in cards)


def _sheets(card: GrowthCard) -> Sheets:
    def again(flow: Flow) -> None:
        flow.page.text(flow.left, flow.baseline(_SMALL), f"{card.child[:20]} 生长监测卡（续）", _SMALL)
        flow.y += _SMALL.leading + 4

    flow = Flow(paper.A4, (_MARGIN, 15 * MM, _MARGIN, 17 * MM), again)
    _head(flow, card)
    _measures(flow, card)
    _charts(flow, card)
    _close(flow, card)
    left = f"{card.centre[:20]}　生长监测卡　{card.child[:20]}"
    return Sheets(
        flow.pages, f"生长监测卡 {card.child}", card.centre, card.practice, paper.plain_footer(left, _MARGIN)
    )


def _head(flow: Flow, card: GrowthCard) -> None:
    title = style(20, bold=True, colour=paper.BRAND, leading=28)
    flow.page.text(flow.left, flow.baseline(title), "生长监测卡", title)
    flow.y += title.leading
    flow.paragraph(card.centre, style(11, colour=paper.INK_2, leading=17), after=2)
    who = (card.child, paper.class_words(card.class_name))
    flow.paragraph("　".join(part for part in who if part), style(13, bold=True, leading=20))
    facts = [
        card.sex,
        f"{paper.day_words(card.born_on)}出生",
        f"出生孕周 {card.weeks} 周" if card.weeks else "",
        f"标准 {card.standard}" if card.standard else "",
    ]
    flow.paragraph("　".join(fact for fact in facts if fact), style(11, leading=17), after=3)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 8


def _measures(flow: Flow, card: GrowthCard) -> None:
    wide = (66.0, 78.0, 48.0, 62.0, 46.0)
    columns = [Column(width) for width in wide]
    columns.append(Column(flow.measure - sum(wide)))
    heads = ("测量日", "年龄", "体重 kg", "身长/高 cm", "头围 cm", "评价（水平和 z 值）")
    head = [Cell(words, _STRONG) for words in heads]
    table = Table(flow, columns, head=head, pad=2.6, edge=paper.LINE, head_fill=paper.SUNKEN)
    for one in card.measures:
        stature = f"{one.stature} {one.how}" if one.stature else "—"
        cells = (
            f"{one.day:%Y-%m-%d}",
            one.age,
            one.weight or "—",
            stature,
            one.head or "—",
            one.scores or "—",
        )
        table.row([Cell(words, _CELL) for words in cells])
    flow.y += 8


def _charts(flow: Flow, card: GrowthCard) -> None:
    half = (flow.measure - 16) / 2
    rows = max(1, -(-len(card.charts) // 2))
    flow.need(rows * (_LOW + 26) + _CLOSING)  # a long table: all curves stand on one page, with the warning
    high = min(_HIGH, max(_LOW, (flow.room - 74) / rows - 26))
    for at in range(0, len(card.charts), 2):
        flow.need(high + 24)
        for place, chart in enumerate(card.charts[at : at + 2]):
            _chart(flow.page, chart, flow.left + place * (half + 16), flow.y, (half, high))
        flow.y += high + 26
    if any(chart.corrected for chart in card.charts):
        words = "红点：实际年龄；蓝圈：矫正年龄（按孕 40 周算起，到 24 月龄）。"
        flow.paragraph(words, _SMALL, after=2)


def _chart(page: Page, chart: CardChart, x: float, y: float, size: tuple[float, float]) -> None:
    width, high = size
    page.text(x, y + 11, chart.title[:18], _TITLE)
    page.text(x + width, y + 11, chart.across[:6], _TINY, align="right")
    top, left, right, bottom = y + 18, x + 22, x + width - 22, y + high
    spots = [spot for _, line in chart.lines for spot in line] + [*chart.points, *chart.corrected]
    if not spots:
        return
    low_x, high_x = min(at for at, _ in spots), max(at for at, _ in spots)
    low_y, high_y = min(value for _, value in spots), max(value for _, value in spots)
    pad = (high_y - low_y) * 0.05 or 1
    low_y, high_y = low_y - pad, high_y + pad

    def spot(at: float, value: float) -> tuple[float, float]:
        return (
            left + (at - low_x) / ((high_x - low_x) or 1) * (right - left),
            bottom - (value - low_y) / (high_y - low_y) * (bottom - top),
        )

    _axes(page, (low_x, high_x, low_y, high_y), spot, (left, top, right, bottom))
    for name, line in chart.lines:
        placed = [spot(at, value) for at, value in line]
        for one, two in itertools.pairwise(placed):
            page.line(*one, *two, _LINES.get(name, "#9BB8B2"), 1.1 if name == "P50" else 0.7)
        if placed:
            page.text(right + 3, placed[-1][1] + 2.5, name[:4], _TINY)
    placed = [spot(at, value) for at, value in chart.points]
    for one, two in itertools.pairwise(placed):
        page.line(*one, *two, _POINT, 0.9)
    for px, py in placed:
        page.box(px - 1.9, py - 1.9, 3.8, 3.8, fill=_POINT, radius=1.9)
    for at, value in chart.corrected:
        px, py = spot(at, value)
        page.box(px - 2, py - 2, 4, 4, fill="#FFFFFF", edge=_CORRECTED, pen=0.9, radius=2)


def _axes(
    page: Page,
    span: tuple[float, float, float, float],
    spot: Callable[[float, float], tuple[float, float]],
    place: tuple[float, float, float, float],
) -> None:
    low_x, high_x, low_y, high_y = span
    left, top, right, bottom = place
    page.box(left, top, right - left, bottom - top, edge=paper.LINE, pen=0.6)
    step = 6 if high_x <= 60 else 10
    for mark in range(-(-int(low_x) // step) * step, int(high_x) + 1, step):
        px, _ = spot(mark, low_y)
        page.line(px, top, px, bottom, "#E4DED2", 0.4)
        page.text(px, bottom + 9, str(mark), _TINY, align="center")
    reach = high_y - low_y
    step = next(one for one in (1, 2, 5, 10, 20) if reach / one <= 8)
    for mark in range(-(-int(low_y + 0.999) // step) * step, int(high_y) + 1, step):
        _, py = spot(left, mark)
        page.line(left, py, right, py, "#E4DED2", 0.4)
        page.text(left - 3, py + 2.5, str(mark), _TINY, align="right")


def _close(flow: Flow, card: GrowthCard) -> None:
    flow.need(46)
    flow.y += 2
    flow.page.box(flow.left, flow.y, flow.measure, 22, fill=paper.AMBER, edge=paper.AMBER_LINE, radius=4)
    flow.page.text(flow.left + 8, flow.y + 14.5, WARNING, _STRONG)
    flow.y += 26
    made = f"制卡 {paper.day_words(card.day)}" + (f"　{card.made_by[:12]}" if card.made_by else "")
    flow.page.text(flow.left, flow.baseline(_SMALL), made, _SMALL)
    flow.page.blank(flow.right - 135, flow.baseline(_SMALL), "家长签字：", _SMALL, 88)
    flow.y += _SMALL.leading
