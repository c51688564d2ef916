"""周计划: a class's week on one A4 sheet across, to hang at its door."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import A4, MM, Sheets, Style, style

_MARGIN = 15 * MM
_FIRST = 62.0
_NEED = 60  # points: so much of how to play stands together
_MOST = 120.0  # points: a row of a week with little in it is stretched by no more
_PAD = 9  # points inside a cell
# Of the activities: as large as the sheet has room for, the first two only where each stands on one line.
_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0)
_CELL = style(12, leading=18)
_STRONG = style(13, bold=True, leading=19)
_PLAYED = style(14, bold=True, colour=paper.BRAND, leading=23)
_NOTE = style(11, leading=16.5)
_ACROSS = (A4[1], A4[0])
_WEEKDAYS = "一二三四五六日"


@record
class PlanDay:
    """The head of one column. ``note`` is why the day is unlike others: 补班, 元旦 放假."""

    day: dt.date
    note: str = ""


@record
class PlanRow:
    """One part of the day; a text for each column, activities parted by line breaks."""

    label: str
    cells: tuple[str, ...]


@record
class WeekPlanPaper:
    """One class's week, frozen for paper."""

    centre: str
    class_name: str
    monday: dt.date
    theme: str
    goals: str
    days: tuple[PlanDay, ...]
    rows: tuple[PlanRow, ...]
    notes: tuple[tuple[str, str], ...] = ()  # (name, materials and how it goes)
    practice: bool = False


def draw_many(plans: Sequence[WeekPlanPaper]) -> bytes:
    """Draw plans into one PDF, each counting its own pages."""
    return paper.render(_sheets(plan) for plan in plans)


def _sheets(plan: WeekPlanPaper) -> Sheets:
    flow = Flow(_ACROSS, (_MARGIN, 13 * MM, _MARGIN, 15 * MM))
    title = style(22, bold=True, colour=paper.BRAND, leading=31)
    flow.paragraph(f"{paper.class_words(plan.class_name)} 周计划", title)
    last = plan.days[-1].day if plan.days else plan.monday
    when = f"{paper.day_words(plan.monday)} – {last.month}月{last.day}日"
    flow.paragraph(f"{plan.centre}　{when}", style(12, colour=paper.LABEL, leading=18), after=4)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 6
    if plan.theme:
        flow.paragraph(f"主题：{plan.theme}", style(14, bold=True, leading=22))
    if plan.goals:
        flow.paragraph(f"目标：{plan.goals}", _CELL)
    flow.y += 6
    notes = sum(len(flow.broken(words, _NOTE, flow.measure)[0]) for words in _played(plan))
    below = max(_NEED, 12 + _PLAYED.leading + notes * _NOTE.leading + 2 * len(plan.notes)) if notes else 0
    _table(flow, plan, flow.room - below - 6)
    _notes(flow, plan)
    return Sheets(
        flow.pages,
        f"周计划 {plan.class_name} {plan.monday:%Y-%m-%d}",
        plan.centre,
        plan.practice,
        paper.plain_footer("计划会按孩子当天的情况调整。", _MARGIN),
    )


def _table(flow: Flow, plan: WeekPlanPaper, room: float) -> None:
    """The days, as large as they fit in ``room`` points; what is left of them goes to the rows alike."""
    wide = (flow.measure - _FIRST) / max(len(plan.days), 1)
    columns = [Column(_FIRST), *(Column(wide) for _ in plan.days)]
    head = [Cell("", _STRONG), *(Cell(_head(day), _STRONG, align="center") for day in plan.days)]
    table = Table(flow, columns, head=head, pad=_PAD, edge=paper.LINE, head_fill=paper.SUNKEN)
    for size, whole in (*((size, True) for size in _SIZES[:2]), *((size, False) for size in _SIZES[2:])):
        rows = [_cells(flow, row, style(size), wide - 2 * _PAD) for row in plan.rows]
        spare = room - table.height(()) - sum(table.height(cells) for cells in rows)
        if spare >= 0 and (not whole or _is_unbroken(flow, plan, style(size), wide - 2 * _PAD)):
            break
    share = min(_MOST, max(0.0, spare - 1) / max(1, len(rows)))
    for cells in rows:
        table.row(cells, least=table.height(cells) + share)


def _is_unbroken(flow: Flow, plan: WeekPlanPaper, look: Style, width: float) -> bool:
    """Whether every activity stands on one line below its time."""
    named = {line.partition(" ")[2] for row in plan.rows for words in row.cells for line in words.split("\n")}
    return all(len(flow.broken(one, look, width)[0]) == 1 for one in named)


def _cells(flow: Flow, row: PlanRow, look: Style, width: float) -> list[Cell]:
    texts = (_below_time(flow, words, look, width) or "—" for words in row.cells)
    return [Cell(row.label, _STRONG, align="center"), *(Cell(words, look) for words in texts)]


def _below_time(flow: Flow, words: str, look: Style, width: float) -> str:
    """An activity stands below its time, all of a cell alike, unless each has room beside it."""
    lines = words.split("\n")
    if all(len(flow.broken(line, look, width)[0]) == 1 for line in lines):
        return words
    return "\n".join(line.replace(" ", "\n", 1) for line in lines)


def _notes(flow: Flow, plan: WeekPlanPaper) -> None:
    """How the activities go, for whoever stands in; as many as the week has."""
    if not plan.notes:
        return
    flow.need(_NEED)
    flow.y += 12
    flow.paragraph("活动怎么玩", _PLAYED)
    for words in _played(plan):
        flow.paragraph(words, _NOTE, after=2)


def _played(plan: WeekPlanPaper) -> list[str]:
    return [f"{name}　{words}" for name, words in plan.notes]


def _head(day: PlanDay) -> str:
    words = f"周{_WEEKDAYS[day.day.weekday()]} {day.day.month}月{day.day.day}日"
    return f"{words} {day.note[:4]}" if day.note else words
