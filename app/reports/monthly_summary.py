"""月报: the director's month on A4, attendance by the national formula with one decimal."""

import datetime as dt
from collections.abc import Sequence

from app.domain.money import Money
from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 18 * MM
_BODY = style(12, leading=21)
_SMALL = style(9.5, colour=paper.INK_2, leading=13.5)
_SECTION = style(13, bold=True, colour=paper.BRAND, leading=20)
_CELL = style(10.5, leading=14)
_STRONG = style(10.5, bold=True, leading=14)
_BAR = "#A9D3CB"
_BAR_MARKED = "#DC8A7D"
_TOTAL = "#FBF9F5"
_CHART = 54.0
_ROW = 19.4  # of a one-line table row


@record
class DayBar:
    """One open day. ``marked`` paints the bar red (an exceptional day); ``note`` says why."""

    day: dt.date
    expected: int
    present: int
    marked: bool = False
    note: str = ""


@record
class ClassMonth:
    """One class. ``rate`` is words with one decimal, ``91.4%`` or ``—``."""

    name: str  # 抱抱龙
    kind: str  # 托大班
    seats: int
    enrolled: int
    expected: int  # 应出勤人次
    actual: int  # 实出勤人次
    rate: str
    sick: int  # 病假人次
    personal: int  # 事假人次


@record
class ModeMonth:
    """One kind of care (托育方式)."""

    mode: str  # 全日托
    children: int
    visits: int
    rate: str = "—"  # temporary visits have no expected days


@record
class IncomeMonth:
    """One kind of income."""

    name: str  # 半日临时托
    count: int
    amount: Money


@record
class MonthlySummary:
    """One month, frozen for paper. ``sentences`` is the month in words, as the director would tell it."""

    centre: str
    month: str  # 2025-11
    licensed_seats: int
    open_days: int
    sentences: tuple[str, ...]
    days: tuple[DayBar, ...]
    classes: tuple[ClassMonth, ...]
    total: ClassMonth
    modes: tuple[ModeMonth, ...]
    income: tuple[IncomeMonth, ...]
    income_total: Money
    made_on: dt.date
    made_by: str = ""
    notes: tuple[str, ...] = ()
    number: str = ""
    seal: str = ""
    practice: bool = False


def draw_many(summaries: Sequence[MonthlySummary]) -> bytes:
    """Draw months into one PDF, each counting its own pages."""
    return paper.render(_sheets(summary) for summary in summaries)


def month_words(month: str) -> str:
    """``2025-11`` → ``2025 年 11 月``."""
    year, number = month.split("-")
    return f"{year} 年 {int(number)} 月"


def _sheets(month: MonthlySummary) -> Sheets:
    def again(flow: Flow) -> None:
        words = f"{month_words(month.month)} 月报（续）　{month.centre[:20]}"
        flow.go_on(words, _SMALL, paper.BRAND_LINE, 1, after=8)

    flow = Flow(paper.A4, (_MARGIN, 16 * MM, _MARGIN, 16 * MM), again)
    _head(flow, month)
    _chart(flow, month)
    _classes(flow, month)
    _modes_and_income(flow, month)
    _close(flow, month)
    left = f"{month.centre[:20]}　{month_words(month.month)}月报" + (
        f"　{month.number}" if month.number else ""
    )
    title = f"月报 {month.month}"
    return Sheets(flow.pages, title, month.centre, month.practice, paper.plain_footer(left, _MARGIN))


def _head(flow: Flow, month: MonthlySummary) -> None:
    title = style(22, bold=True, colour=paper.BRAND, leading=30)
    flow.page.text(flow.left, flow.baseline(title), f"{month_words(month.month)} 月报", title)
    flow.y += title.leading
    facts = (
        month.centre,
        f"备案托位 {month.licensed_seats}",
        f"开放 {month.open_days} 天",
        f"制表 {paper.day_words(month.made_on)}",
    )
    flow.paragraph("　".join(facts), style(11, colour=paper.INK_2, leading=17), after=4)
    flow.rule(paper.BRAND_LINE, 1.6)
    flow.y += 9
    for sentence in month.sentences:
        flow.paragraph(sentence, _BODY, after=2)
    flow.y += 6


def _section(flow: Flow, words: str, keep: float, x: float | None = None) -> None:
    flow.need(_SECTION.leading + keep)
    flow.y += 4
    flow.page.text(flow.left if x is None else x, flow.baseline(_SECTION), words, _SECTION)
    flow.y += _SECTION.leading + 2


def _chart(flow: Flow, month: MonthlySummary) -> None:
    """A bar for each open day: who came, with a tick where everybody expected would be."""
    if not month.days:
        return
    _section(flow, "每天实到", _CHART + 40)
    most = max(max(bar.present, bar.expected) for bar in month.days) or 1
    page, base = flow.page, flow.y + 12 + _CHART
    step = flow.measure / max(len(month.days), 12)
    tiny = style(8, colour=paper.INK_2)
    for index, bar in enumerate(month.days):
        x, wide = flow.left + index * step + step * 0.17, step * 0.66
        tall = bar.present / most * _CHART
        page.box(x, base - tall, wide, tall, fill=_BAR_MARKED if bar.marked else _BAR)
        tick = base - bar.expected / most * _CHART
        page.line(x - step * 0.08, tick, x + wide + step * 0.08, tick, paper.BRAND_LINE, 0.9)
        page.text(x + wide / 2, min(base - tall, tick) - 3, str(bar.present), tiny, align="center")
        page.text(x + wide / 2, base + 10, str(bar.day.day), tiny, align="center")
    page.line(flow.left, base, flow.right, base, paper.LINE, 0.8)
    flow.y = base + 16
    told = "柱高为实到人数，横线为应到人数，下方为日期。"
    marked = "；".join(
        f"{bar.day.month}月{bar.day.day}日{bar.note or '明显偏低'}" for bar in month.days if bar.marked
    )
    flow.paragraph(told + (f"红色：{marked}。" if marked else ""), _SMALL, after=6)


def _table(flow: Flow, columns: Sequence[tuple[str, float, str]], x: float, width: float) -> Table:
    """A table whose first column takes what the others leave."""
    left = width - sum(width for _, width, _ in columns)
    sized = [Column(width or left, align) for _, width, align in columns]
    head = tuple(Cell(name, _STRONG) for name, _, _ in columns)
    return Table(flow, sized, head=head, pad=2.6, edge=paper.LINE, head_fill=paper.SUNKEN, x=x)


def _classes(flow: Flow, month: MonthlySummary) -> None:
    _section(flow, "各班出勤", 60)
    table = _table(
        flow,
        (
            ("班级", 0, "left"),
            ("托位", 42, "right"),
            ("在册", 42, "right"),
            ("应出勤人次", 72, "right"),
            ("实出勤人次", 72, "right"),
            ("出勤率", 56, "right"),
            ("病假", 42, "right"),
            ("事假", 42, "right"),
        ),
        flow.left,
        flow.measure,
    )
    for line in (*month.classes, month.total):
        look = _STRONG if line is month.total else _CELL
        name = f"{line.name}（{line.kind}）" if line.kind else line.name
        numbers = (line.seats, line.enrolled, line.expected, line.actual, line.rate, line.sick, line.personal)
        table.row(
            [Cell(name, look), *(Cell(str(number), look) for number in numbers)],
            fill=_TOTAL if line is month.total else None,
        )
    flow.y += 8


def _modes_and_income(flow: Flow, month: MonthlySummary) -> None:
    """Side by side while both are short, else one below the other."""
    tallest = max(len(month.modes) + 1, len(month.income) + 2) * _ROW + _SECTION.leading + 10
    if not month.modes or tallest > flow.bottom - flow.top - 60:
        if month.modes:
            _modes(flow, month, flow.left, flow.measure)
        _income(flow, month, flow.left, flow.measure)
        _notes(flow, month, flow.measure)
        return
    flow.need(tallest)
    top, half = flow.y, (flow.measure - 14) / 2
    _modes(flow, month, flow.left, half)
    _notes(flow, month, half)  # the room beside the longer table
    below, flow.y = flow.y, top
    _income(flow, month, flow.left + half + 14, half)
    flow.y = max(flow.y, below)


def _modes(flow: Flow, month: MonthlySummary, x: float, width: float) -> None:
    _section(flow, "按托育方式", 60, x)
    columns = (("托育方式", 0, "left"), ("孩子", 42, "right"), ("人次", 50, "right"), ("出勤率", 56, "right"))
    table = _table(flow, columns, x, width)
    for line in month.modes:
        table.row([Cell(str(part), _CELL) for part in (line.mode, line.children, line.visits, line.rate)])
    flow.y += 8


def _income(flow: Flow, month: MonthlySummary, x: float, width: float) -> None:
    _section(flow, "实收", 60, x)
    table = _table(flow, (("项目", 0, "left"), ("笔数", 42, "right"), ("金额（元）", 78, "right")), x, width)
    for line in month.income:
        table.row([Cell(part, _CELL) for part in (line.name, str(line.count), line.amount.grouped)])
    count = str(sum(line.count for line in month.income))
    total = ("合计", count, month.income_total.grouped)
    table.row([Cell(part, _STRONG) for part in total], fill=_TOTAL)
    flow.y += 8


def _notes(flow: Flow, month: MonthlySummary, width: float) -> None:
    for note in month.notes:
        flow.paragraph(note, _SMALL, width=width, after=1)


def _close(flow: Flow, month: MonthlySummary) -> None:
    flow.need(62)
    flow.y += 12
    page, y = flow.page, flow.baseline(_BODY)
    for x, label in ((flow.left, "负责人签字："), (flow.left + 190, "日期：")):
        page.blank(x, y, label, _BODY, 94)
    if month.made_by:
        page.text(flow.left, y + 24, f"制表：{month.made_by[:12]}", _BODY)
    page.qr(flow.right - 23 * MM + 8, flow.y - 12, 23 * MM, month.seal)
