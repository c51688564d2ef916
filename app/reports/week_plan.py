"""周计划: a class's week on one A4 sheet across, to hang at its door."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import A4, MM, Sheets, style

_MARGIN = 15 * MM
_FIRST = 62.0
_PAD = 9  # points inside a cell
_CELL = style(12, leading=18)
_STRONG = style(12, bold=True, leading=18)
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
    _table(flow, plan)
    _notes(flow, plan)
    return Sheets(
        flow.pages,
        f"周计划 {plan.class_name} {plan.monday:%Y-%m-%d}",
        plan.centre,
        plan.practice,
        paper.plain_footer("计划会按孩子当天的情况调整。", _MARGIN),
    )


def _table(flow: Flow, plan: WeekPlanPaper) -> None:
    wide = (flow.measure - _FIRST) / max(len(plan.days), 1)
    columns = [Column(_FIRST), *(Column(wide) for _ in plan.days)]
    head = [Cell("", _STRONG), *(Cell(_head(day), _STRONG, align="center") for day in plan.days)]
    table = Table(flow, columns, head=head, pad=_PAD, edge=paper.LINE, head_fill=paper.SUNKEN)
    for row in plan.rows:
        cells = (Cell(_below_time(flow, words, wide - 2 * _PAD) or " ", _CELL) for words in row.cells)
        table.row([Cell(row.label, _STRONG), *cells])


def _below_time(flow: Flow, words: str, width: float) -> str:
    """An activity that has no room beside its time stands below it."""
    lines = words.split("\n")
    return "\n".join(
        line.replace(" ", "\n", 1) if len(flow.broken(line, _CELL, width)[0]) > 1 else line for line in lines
    )


def _notes(flow: Flow, plan: WeekPlanPaper) -> None:
    """How the activities go, for whoever stands in; as many as the week has."""
    if not plan.notes:
        return
    flow.need(60)
    flow.y += 12
    flow.paragraph("活动怎么玩", style(14, bold=True, colour=paper.BRAND, leading=23))
    for name, words in plan.notes:
        flow.paragraph(f"{name}　{words}", _NOTE, after=2)


def _head(day: PlanDay) -> str:
    words = f"周{_WEEKDAYS[day.day.weekday()]} {day.day.month}月{day.day.day}日"
    return f"{words} {day.note[:4]}" if day.note else words
