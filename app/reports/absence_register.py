"""缺勤追访登记 (T3b): who was asked after in a month, by whom, and what was found out; A4 across."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 10 * MM
_TITLE = style(19, bold=True, colour=paper.BRAND, leading=26)
_CELL = style(9, leading=12.5)
_HEAD = style(9, bold=True, leading=12.5)
_RED = style(9, bold=True, leading=12.5, colour=paper.RED)
_SMALL = style(9.5, colour=paper.INK_2, leading=14)
_SIGN = style(11, leading=17)
_HEADS = (
    ("日期", 34.0), ("班级", 44.0), ("姓名", 44.0), ("缺勤起日", 44.0), ("追访人", 42.0), ("方式", 34.0),
    ("对象", 66.0), ("原因", 30.0), ("病名/症状", 84.0), ("就诊医院", 84.0), ("诊断", 74.0),
    ("传染病", 38.0), ("处理", 0.0), ("返园日", 40.0),
)  # fmt: skip


@record
class FollowUpLine:
    """One asking, column by column of T3b (domain §3.2)."""

    day: dt.date
    class_name: str
    name: str
    away_since: dt.date
    traced_by: str
    way: str
    whom: str
    cause: str
    illness: str
    hospital: str
    diagnosis: str
    infectious: str
    handling: str
    returned: dt.date | None


@record
class AbsenceRegister:
    """The register of one month. ``month`` is ``2025-12``."""

    centre: str
    month: str
    lines: tuple[FollowUpLine, ...]
    practice: bool = False


def draw_many(registers: Sequence[AbsenceRegister]) -> bytes:
    """Draw registers into one PDF, each counting its own pages."""
    return paper.render(_sheets(one) for one in registers)


def _sheets(register: AbsenceRegister) -> Sheets:
    size = (paper.A4[1], paper.A4[0])

    def again(flow: Flow) -> None:
        words = f"缺勤追访登记（续）　{register.month}"
        flow.go_on(words, _SMALL)

    flow = Flow(size, (_MARGIN, 12 * MM, _MARGIN, 15 * MM), again)
    flow.page.text(flow.left, flow.baseline(_TITLE), "缺勤追访登记", _TITLE)
    year, number = register.month.split("-")
    flow.page.text(flow.right, flow.baseline(_TITLE), f"{year} 年 {int(number)} 月", _TITLE, align="right")
    flow.y += _TITLE.leading
    words = f"{register.centre}　共 {len(register.lines)} 次追访。病假写明病名，疑似传染病当日报告。"
    flow.paragraph(words, _SMALL, after=3)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 7
    if not register.lines:
        flow.paragraph("这个月没有追访。", style(13, leading=24), after=4)
    else:
        _table(flow, register)
    _sign(flow)
    left = f"{register.centre[:20]}　缺勤追访登记　{register.month}"
    title = f"缺勤追访登记 {register.month}"
    return Sheets(flow.pages, title, register.centre, register.practice, paper.plain_footer(left, _MARGIN))


def _table(flow: Flow, register: AbsenceRegister) -> None:
    rest = flow.measure - sum(width for _, width in _HEADS)
    table = Table(
        flow,
        [Column(width or rest) for _, width in _HEADS],
        head=tuple(Cell(head, _HEAD) for head, _ in _HEADS),
        pad=2.2,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
    )
    for one in register.lines:
        words = (
            _short(one.day), one.class_name, one.name, _short(one.away_since), one.traced_by, one.way,
            one.whom, one.cause, one.illness, one.hospital, one.diagnosis, one.infectious, one.handling,
            "" if one.returned is None else _short(one.returned),
        )  # fmt: skip
        cells = [Cell(text, _CELL) for text in words]
        if one.infectious == "是":
            cells[11] = Cell(one.infectious, _RED)
        table.row(cells)


def _sign(flow: Flow) -> None:
    """Who kept the register, and who answers for it."""
    flow.need(34)
    flow.y += 14
    page, y, x = flow.page, flow.baseline(_SIGN), flow.left
    for signer in ("保健人员签名：", "负责人签名："):
        x = page.blank(x, y, signer, _SIGN, 110) + 36
    flow.y += _SIGN.leading


def _short(day: dt.date) -> str:
    return f"{day.month}-{day.day}"
