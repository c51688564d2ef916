"""应到名单: who is to come on a day, by class with hours, care and whom to ring; A4, to be ticked."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 14 * MM
_TITLE = style(21, bold=True, colour=paper.BRAND, leading=28)
_TOTAL = style(15, bold=True, leading=28)
_SECTION = style(13, bold=True, colour=paper.BRAND, leading=20)
_CELL = style(10.5, leading=14)
_STRONG = style(10.5, bold=True, leading=14)
_NAME = style(11.5, bold=True, leading=15)
_RED = style(10.5, bold=True, leading=14, colour=paper.RED)
_WIDTHS = (62.0, 62.0, 78.0, 66.0, 148.0)


@record
class ExpectedChild:
    """One child. ``ring`` is whole: 妈妈 赵敏 139 0000 1177; ``note`` an allergy or what was agreed."""

    name: str
    age: str
    hours: str  # 9:00–12:00
    care: str  # 半日临时托
    ring: str
    note: str = ""
    booked: bool = False


@record
class ExpectedClass:
    """One class of the day."""

    name: str
    children: tuple[ExpectedChild, ...]


@record
class ExpectedList:
    """Everybody who is to come on one day, by contract and by booking, those who said no left out."""

    centre: str
    day: dt.date
    classes: tuple[ExpectedClass, ...]
    away: int = 0  # who asked for leave
    practice: bool = False

    @property
    def total(self) -> int:
        """How many are to come."""
        return sum(len(group.children) for group in self.classes)


def draw_many(lists: Sequence[ExpectedList]) -> bytes:
    """Draw lists into one PDF, each counting its own pages."""
    return paper.render(_sheets(one) for one in lists)


def _sheets(listed: ExpectedList) -> Sheets:
    def again(flow: Flow) -> None:
        words = f"应到名单（续）　{listed.day:%Y-%m-%d}"
        flow.go_on(words, _CELL, paper.BRAND_LINE, 1, after=6)

    flow = Flow(paper.A4, (_MARGIN, 13 * MM, _MARGIN, 15 * MM), again)
    flow.page.text(flow.left, flow.baseline(_TITLE), "应到名单", _TITLE)
    booked = sum(child.booked for group in listed.classes for child in group.children)
    total = f"应到 {listed.total} 人　其中预约 {booked} 人　请假 {listed.away} 人"
    flow.page.text(flow.right, flow.baseline(_TITLE), total, _TOTAL, align="right")
    flow.y += _TITLE.leading
    when = f"{paper.day_words(listed.day, weekday=True)}　{listed.centre}"
    flow.paragraph(when, style(11, colour=paper.INK_2, leading=17), after=2)
    flow.paragraph(
        "内有完整电话，仅供工作人员使用，用后收好或销毁。",
        style(9.5, colour=paper.INK_2, leading=14),
        after=4,
    )
    flow.rule(paper.BRAND_LINE, 1.6)
    flow.y += 6
    if not listed.total:
        flow.paragraph("这天没有要来的孩子。", style(13, leading=24), after=4)
    for group in listed.classes:
        _class(flow, group)
    left = f"{listed.centre[:20]}　应到名单　{listed.day:%Y-%m-%d}"
    title = f"应到名单 {listed.day:%Y-%m-%d}"
    return Sheets(flow.pages, title, listed.centre, listed.practice, paper.plain_footer(left, _MARGIN))


def _class(flow: Flow, group: ExpectedClass) -> None:
    flow.need(_SECTION.leading + 44)
    flow.paragraph(f"{paper.class_words(group.name)}　{len(group.children)} 人", _SECTION, after=2)
    flow.carried = (paper.class_words(group.name), _SECTION)
    columns = [*(Column(width) for width in _WIDTHS), Column(flow.measure - sum(_WIDTHS) - 24), Column(24.0)]
    table = Table(
        flow,
        columns,
        head=tuple(
            Cell(head, _STRONG)
            for head in ("姓名", "年龄", "几点到几点", "托育方式", "先打给谁", "备注", "到")
        ),
        pad=2.4,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
    )
    for child in group.children:
        table.row(
            [
                Cell(child.name, _NAME),
                Cell(child.age, _CELL),
                Cell(child.hours, _CELL),
                Cell(f"{child.care}（约）" if child.booked else child.care, _CELL),
                Cell(child.ring or "没有留电话", _CELL if child.ring else _RED),
                Cell(child.note, _RED if "过敏" in child.note else _CELL),
                Cell("", _CELL),
            ]
        )
    flow.carried = None
    flow.y += 7
