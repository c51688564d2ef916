"""交接班表: what one shift handed to the next, on A4, with both names and the points that travel."""

from collections.abc import Sequence

from app.domain.record import record
from app.domain.shifts import CheckMark, Section, Sheet
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, Style, style

_MARGIN = 16 * MM
_TITLE = style(20, bold=True, colour=paper.BRAND, leading=27)
_UNDER = style(11.5, colour=paper.INK_2, leading=17)
_HEAD = style(10.5, leading=14, colour=paper.INK_2)
_NUMBER = style(15, bold=True, leading=20)
_BODY = style(11.5, leading=17)
_LABEL = Style(11.5, 17, bold=True, colour=paper.LABEL)
_QUIET = style(11.5, colour=paper.INK_2, leading=17)
_RED = style(11.5, bold=True, colour=paper.RED, leading=17)
_SMALL = style(10, colour=paper.INK_2, leading=14)
_WIDE = 70.0  # of the column of labels
_LONGEST = 20  # lines of one safety check, so that a pair of them fits a page


@record
class ShiftPaper:
    """One sheet, frozen for paper."""

    centre: str
    sheet: Sheet
    practice: bool = False


def draw_many(papers: Sequence[ShiftPaper]) -> bytes:
    """Draw sheets into one PDF, each counting its own pages."""
    return paper.render(_sheets(one) for one in papers)


def _sheets(one: ShiftPaper) -> Sheets:
    sheet = one.sheet

    def again(flow: Flow) -> None:
        words = f"交接班表（续）　{paper.class_words(sheet.class_name)}　{sheet.signed_at:%Y-%m-%d %H:%M}"
        flow.go_on(words, _SMALL, paper.LINE, after=6)

    flow = Flow(paper.A4, (_MARGIN, 14 * MM, _MARGIN, 16 * MM), again)
    _head(flow, one)
    _figures(flow, sheet)
    _sections(flow, sheet)
    _checks(flow, sheet.checks)
    _signatures(flow, sheet)
    left = f"{one.centre[:20]}　交接班表　{sheet.signed_at:%Y-%m-%d %H:%M}"
    title = f"交接班表 {sheet.class_name} {sheet.signed_at:%Y-%m-%d %H%M}"
    return Sheets(flow.pages, title, one.centre, one.practice, paper.plain_footer(left, _MARGIN))


def _head(flow: Flow, one: ShiftPaper) -> None:
    sheet = one.sheet
    flow.page.text(flow.left, flow.baseline(_TITLE), "交接班表", _TITLE)
    flow.page.text(
        flow.right, flow.baseline(_TITLE), paper.class_words(sheet.class_name[:16]), _TITLE, align="right"
    )
    flow.y += _TITLE.leading
    when = f"{paper.day_words(sheet.day, weekday=True)}　{sheet.signed_at:%H:%M} 交接"
    flow.paragraph(f"{one.centre}　{when}", _UNDER, after=4)
    if sheet.void:
        flow.paragraph("这张表已作废。", _RED, after=3)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 9


def _figures(flow: Flow, sheet: Sheet) -> None:
    """The heads in one row: by the day's plan, by reason, and counted."""
    found = sheet.figures
    cells = (
        ("应到", found.expected),
        ("来了", found.came),
        ("其中临时", found.guests),
        ("病假", found.sick),
        ("事假", found.personal),
        ("其他", found.other),
        ("未到点", found.later),
        ("没消息", found.unheard),
        ("已离园", found.went),
        ("早走", found.early),
        ("应在班", found.present),
        ("数到", sheet.counted),
    )
    width = flow.measure / len(cells)
    table = Table(
        flow,
        [Column(width, "center")] * len(cells),
        head=tuple(Cell(label, _HEAD) for label, _ in cells),
        pad=3,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
    )
    differs = sheet.counted != found.present
    red = Style(_NUMBER.size, _NUMBER.leading, bold=True, colour=paper.RED)
    table.row([Cell(str(n), red if differs and label == "数到" else _NUMBER) for label, n in cells])
    flow.y += 6
    if differs:
        flow.paragraph(f"人数不一致的原因：{sheet.reason}", _RED, after=2)
    flow.y += 4


def _sections(flow: Flow, sheet: Sheet) -> None:
    for section in Section:
        lines = [line.words for line in sheet.lines if line.section is section]
        numbered = section is Section.POINT and len(lines) > 1
        if numbered:
            lines = [f"{at}. {words}" for at, words in enumerate(lines, 1)]
        _row(flow, section.label, lines or [section.empty], _BODY if lines else _QUIET)
    if sheet.remark:
        _row(flow, "补充", [sheet.remark], _BODY)
    flow.y += 8


def _row(flow: Flow, label: str, lines: Sequence[str], look: Style) -> None:
    flow.need(look.leading * min(2, len(lines)) + 10)
    flow.y += 4
    flow.page.text(flow.left + 2, flow.baseline(_LABEL), label, _LABEL)
    for words in lines:
        flow.paragraph(words, look, x=flow.left + _WIDE)
    flow.y += 4
    flow.rule(paper.LINE, 0.6, 1, 2)


def _checks(flow: Flow, checks: Sequence[CheckMark]) -> None:
    """The safety checks in two columns: a tick drawn, or a cross with what is wrong."""
    if not checks:
        return
    flow.need(_LABEL.leading + 40)
    flow.paragraph("安全检查", _LABEL, after=3)
    half = flow.measure / 2
    for at in range(0, len(checks), 2):
        pair = checks[at : at + 2]
        broken = []
        for mark in pair:
            words = mark.item if mark.good else f"{mark.item}：{mark.note}"
            broken.append(flow.broken(words, _BODY if mark.good else _RED, half - 30))
        tall = min(_LONGEST, max(len(lines) for lines, _ in broken)) * _BODY.leading + 3
        flow.need(tall)
        for place, (mark, (lines, look)) in enumerate(zip(pair, broken, strict=True)):
            x, y = flow.left + place * half, flow.y
            _sign_of(flow, x + 4, y + 4, good=mark.good)
            for words in lines[:_LONGEST]:
                flow.page.text(x + 20, y + look.leading / 2 + look.size * 0.36, words, look)
                y += look.leading
        flow.y += tall
    flow.y += 6


def _sign_of(flow: Flow, x: float, y: float, *, good: bool) -> None:
    page, colour = flow.page, paper.BRAND_LINE if good else paper.RED
    if good:
        page.line(x, y + 5, x + 3.5, y + 9, colour, 1.6)
        page.line(x + 3.5, y + 9, x + 10, y, colour, 1.6)
    else:
        page.line(x, y, x + 9, y + 9, colour, 1.6)
        page.line(x, y + 9, x + 9, y, colour, 1.6)


def _signatures(flow: Flow, sheet: Sheet) -> None:
    flow.need(64)
    flow.y += 12
    look, top = style(12.5), flow.y + 18
    half = flow.measure / 2
    for place, (label, name) in enumerate((("交班：", sheet.given_by), ("接班：", sheet.taken_by))):
        x = flow.left + place * half
        flow.page.text(x, top, label, look)
        flow.page.line(x + 42, top + 4, x + half - 24, top + 4, paper.INK, 0.7)
        flow.page.text(x + 50, top, name[:16], look)
    flow.y = top + 16
    words = f"两人在程序里当面签字：{sheet.signed_at:%Y-%m-%d %H:%M}，接班人本人输了口令。"
    flow.paragraph(words, _SMALL)
