"""医疗机构巡诊记录: one visit of the doctor on A4 (domain §3.2; a reference form, no legal one)."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 18 * MM
_BODY = style(11.5, leading=18)
_LABEL = style(11.5, bold=True, colour=paper.LABEL, leading=18)
_SMALL = style(9, colour=paper.INK_2, leading=13)
_CELL = style(10.5, leading=15)
_STRONG = style(10.5, bold=True, leading=15)


@record
class SeenChild:
    """One child and what was advised."""

    name: str
    class_name: str
    age: str
    advice: str


@record
class DoctorVisitPaper:
    """One visit, frozen."""

    centre: str
    day: dt.date
    doctor: str
    clinic: str
    content: str
    conclusion: str
    children: tuple[SeenChild, ...]
    noted_by: str = ""
    practice: bool = False


def draw_many(visits: Sequence[DoctorVisitPaper]) -> bytes:
    """Draw visits into one PDF, each counting its own pages."""
    return paper.render(_sheets(visit) for visit in visits)


def _sheets(visit: DoctorVisitPaper) -> Sheets:
    def again(flow: Flow) -> None:
        words = f"医疗机构巡诊记录（续）　{visit.day:%Y-%m-%d}"
        flow.page.text(flow.left, flow.baseline(_SMALL), words, _SMALL)
        flow.y += _SMALL.leading + 4

    flow = Flow(paper.A4, (_MARGIN, 16 * MM, _MARGIN, 17 * MM), again)
    title = style(20, bold=True, colour=paper.BRAND, leading=28)
    flow.page.text(flow.left, flow.baseline(title), "医疗机构巡诊记录", title)
    flow.page.text(flow.right, flow.baseline(title), "参考格式", _SMALL, align="right")
    flow.y += title.leading
    flow.paragraph(visit.centre, style(11, colour=paper.INK_2, leading=17), after=3)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 8
    facts = (
        ("巡诊日期", paper.day_words(visit.day, weekday=True)),
        ("医生", visit.doctor),
        ("单位", visit.clinic),
        ("对象", f"{len(visit.children)} 名儿童"),
        ("内容", visit.content or "—"),
    )
    table = Table(flow, [Column(72), Column(flow.measure - 72)], pad=4, edge=paper.LINE)
    for name, words in (*facts, ("结论和建议", visit.conclusion)):
        table.row([Cell(name, _LABEL), Cell(words, _BODY)])
    flow.y += 10
    _children(flow, visit)
    _close(flow, visit)
    left = f"{visit.centre[:20]}　医疗机构巡诊记录 {visit.day:%Y-%m-%d}"
    title_words = f"巡诊记录 {visit.day:%Y-%m-%d}"
    return Sheets(flow.pages, title_words, visit.centre, visit.practice, paper.plain_footer(left, _MARGIN))


def _children(flow: Flow, visit: DoctorVisitPaper) -> None:
    columns = (Column(26, "right"), Column(84), Column(70), Column(60), Column(flow.measure - 240))
    head = [Cell(words, _STRONG) for words in ("序", "姓名", "班级", "年龄", "建议")]
    table = Table(flow, columns, head=head, pad=3, edge=paper.LINE, head_fill=paper.SUNKEN)
    for at, one in enumerate(visit.children, 1):
        cells = (str(at), one.name, one.class_name, one.age, one.advice or "无特殊")
        table.row([Cell(words, _CELL) for words in cells])
    flow.y += 14


def _close(flow: Flow, visit: DoctorVisitPaper) -> None:
    flow.need(60)
    y = flow.baseline(_BODY)
    for x, words in ((flow.left, "医生签字："), (flow.left + 250, "保健人员签字：")):
        flow.page.blank(x, y, words, _BODY, 108)
    flow.y += 30
    made = f"记录：{visit.noted_by[:12]}　" if visit.noted_by else ""
    flow.paragraph(f"{made}医生的建议仅供参考，就诊请到医疗机构。", _SMALL)
