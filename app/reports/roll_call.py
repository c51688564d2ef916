"""点名记录: one roll call or drill on A4, with what the drill register asks (domain §3.2).

日期 类型 参加人数 过程 问题 改进; before them who was missing, and by class who was safe when.
"""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 18 * MM
_TITLE = style(22, bold=True, colour=paper.BRAND, leading=30)
_BODY = style(11.5, leading=18)
_BOLD = style(11.5, bold=True, leading=18)
_CELL = style(10.5, leading=14)
_STRONG = style(10.5, bold=True, leading=14)
_RED = style(10.5, bold=True, leading=14, colour=paper.RED)
_SMALL = style(9.5, colour=paper.INK_2, leading=13.5)
_SECTION = style(13, bold=True, colour=paper.BRAND, leading=20)
_LABEL = style(11, colour=paper.LABEL, leading=18)
_RED_GROUND = "#FCEBE7"
_QR = 25 * MM
_HANDWRITING = 32.0  # points left to be written into by hand


@record
class RollCallHead:
    """One person. ``state`` is 安全, 已接走, 不在园 or 未到; ``missing`` says that nobody found this one."""

    name: str
    state: str
    at: dt.datetime | None = None
    by: str = ""
    missing: bool = False
    note: str = ""  # 点名开始后入园


@record
class RollCallClass:
    """One class, or the staff."""

    name: str
    heads: tuple[RollCallHead, ...]


@record
class RollCallPaper:
    """A roll call, frozen for paper. ``took`` is words: 4 分 12 秒; ``ended`` None while it is under way."""

    centre: str
    day: dt.date
    real: bool
    plan: str  # 火灾
    started: dt.datetime
    started_by: str
    ended: dt.datetime | None
    ended_by: str
    took: str
    children: int
    staff: int
    classes: tuple[RollCallClass, ...]
    course: str = ""
    problems: str = ""
    improvements: str = ""
    remarks: str = ""
    number: str = ""
    seal: str = ""
    practice: bool = False
    made_by: str = ""

    @property
    def kind(self) -> str:
        """演练 or 真实."""
        return "真实" if self.real else "演练"


def draw_many(calls: Sequence[RollCallPaper]) -> bytes:
    """Draw roll calls into one PDF, each counting its own pages."""
    return paper.render(_sheets(call) for call in calls)


def _sheets(call: RollCallPaper) -> Sheets:
    def again(flow: Flow) -> None:
        words = f"{_title(call)}（续）　{paper.day_words(call.day)}　{call.centre[:20]}"
        flow.go_on(words, _SMALL, paper.BRAND_LINE, 1, after=8)

    flow = Flow(paper.A4, (_MARGIN, 16 * MM, _MARGIN, 16 * MM), again)
    _head(flow, call)
    _facts(flow, call)
    _missing(flow, call)
    _classes(flow, call)
    _words(flow, call)
    _close(flow, call)
    left = f"{call.centre[:20]}　{_title(call)}" + (f"　{call.number}" if call.number else "")
    title = f"点名记录 {call.day.isoformat()}"
    return Sheets(flow.pages, title, call.centre, call.practice, paper.plain_footer(left, _MARGIN))


def _title(call: RollCallPaper) -> str:
    return "紧急点名记录" if call.real else "应急演练点名记录"


def _head(flow: Flow, call: RollCallPaper) -> None:
    """The title, and in a frame of its own colour whether it was a drill or the real thing."""
    flow.page.text(flow.left, flow.baseline(_TITLE), _title(call), _TITLE)
    ink, ground = (paper.RED, _RED_GROUND) if call.real else (paper.LABEL, paper.AMBER)
    mark = style(15, bold=True, leading=22, colour=ink)
    width = 62.0
    edge = paper.RED if call.real else paper.AMBER_LINE
    flow.page.box(flow.right - width, flow.y + 3, width, 24, fill=ground, edge=edge, pen=1.2, radius=5)
    flow.page.text(flow.right - width / 2, flow.y + 20.5, call.kind, mark, align="center")
    flow.y += _TITLE.leading
    flow.paragraph(call.centre, style(11, colour=paper.INK_2, leading=17), after=4)
    flow.rule(paper.BRAND_LINE, 1.6)
    flow.y += 8


def _facts(flow: Flow, call: RollCallPaper) -> None:
    ended = "还没有结束" if call.ended is None else f"{call.ended:%H:%M:%S} 结束（{call.ended_by}）"
    found = sum(not head.missing for group in call.classes for head in group.heads)
    total = call.children + call.staff
    facts = (
        ("日期", paper.day_words(call.day, weekday=True)),
        ("类型", f"{call.kind}{f' · {call.plan}' if call.plan else ''}"),
        ("时间", f"{call.started:%H:%M:%S} 开始（{call.started_by}），{ended}"),
        ("用时", call.took or "—"),
        ("参加人数", f"{total} 人：孩子 {call.children}，教职工 {call.staff}"),
        ("结果", f"找到 {found} 人，未到 {total - found} 人"),
    )
    flow.page.qr(flow.right - _QR + 8, flow.y, _QR, call.seal)
    for name, words in facts:
        flow.need(_LABEL.leading)
        flow.page.text(flow.left, flow.baseline(_LABEL), name, _LABEL)
        look = _BOLD if name in {"结果", "用时"} else _BODY
        flow.paragraph(words, look, x=flow.left + 62, width=flow.measure - 62 - _QR)
    flow.y += 6


def _missing(flow: Flow, call: RollCallPaper) -> None:
    """Who was missing when it ended, by class, in red: the first thing to read."""
    lines = [
        f"{group.name}：{'、'.join(head.name for head in group.heads if head.missing)}"
        for group in call.classes
        if any(head.missing for head in group.heads)
    ]
    if not lines:
        flow.paragraph("没有人未到。", _BOLD, after=6)
        return
    _section(flow, "未到的人", 30)
    for line in lines:
        flow.paragraph(line, _RED, after=1)
    flow.y += 6


def _section(flow: Flow, words: str, keep: float) -> None:
    flow.need(_SECTION.leading + keep)
    flow.y += 2
    flow.paragraph(words, _SECTION, after=2)


def _classes(flow: Flow, call: RollCallPaper) -> None:
    """Two people to a line: name, result, time and who marked."""
    half = flow.measure / 2
    widths = (half - 138, 48.0, 46.0, 44.0)
    for group in call.classes:
        safe = sum(not head.missing for head in group.heads)
        _section(flow, f"{group.name}　{safe} / {len(group.heads)}", 50)
        names = ("姓名", "结果", "时间", "标记人")
        table = Table(
            flow,
            [Column(width) for width in widths * 2],
            head=tuple(Cell(name, _STRONG) for name in names * 2),
            pad=2.4,
            edge=paper.LINE,
            head_fill=paper.SUNKEN,
        )
        for at in range(0, len(group.heads), 2):
            pair = group.heads[at : at + 2]
            cells = [cell for head in pair for cell in _cells(head)]
            table.row(cells + [Cell("", _CELL)] * (8 - len(cells)))
        flow.y += 6


def _cells(head: RollCallHead) -> list[Cell]:
    look = _RED if head.missing else _CELL
    at = "" if head.at is None else f"{head.at:%H:%M:%S}"
    name = Cell(head.name, look, below=head.note, below_look=style(8, colour=paper.INK_2, leading=10))
    return [name, Cell(head.state, look), Cell(at, style(8.5, leading=14)), Cell(head.by, _SMALL)]


def _words(flow: Flow, call: RollCallPaper) -> None:
    """What the register asks in words; what nobody typed has room to be written by hand."""
    for name, text in (
        ("过程", call.course),
        ("发现的问题", call.problems),
        ("改进措施", call.improvements),
        ("备注", call.remarks),
    ):
        _section(flow, name, _HANDWRITING)
        if text:
            flow.paragraph(text, _BODY, after=4)
            continue
        for _ in range(2):
            flow.y += _HANDWRITING / 2
            flow.rule(paper.LINE, 0.6, 2, 2)
        flow.y += 4


def _close(flow: Flow, call: RollCallPaper) -> None:
    flow.need(42)
    flow.y += 4
    page, y = flow.page, flow.baseline(_BODY)
    for x, words in ((flow.left, "记录人签字："), (flow.left + 180, "负责人签字：")):
        page.blank(x, y, words, _BODY, 82)
    if call.made_by:
        page.text(flow.left, y + 24, f"制表：{call.made_by[:12]}", _SMALL)
