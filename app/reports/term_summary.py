"""成长小结: one A4 sheet of a child's term for her parents: facts, what was seen, and the teacher's words."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Flow
from app.reports.paper import MM, Sheets, Style, style

_SIZES = (13.5, 13.0, 12.5, 12.0, 11.5, 11.0)  # the largest at which all fits one sheet; never below 11
_MARGIN = 22 * MM
_LONG = 3000  # more characters than this never fit one sheet
_SIGNED_HEIGHT = 92.0


@record
class TermSummaryPaper:
    """One child's term, frozen for paper. Without ``number`` and ``signed_by`` it prints as 未定稿.

    Lines of ``activities`` and ``growth`` are parted by line breaks; empty parts leave their heading out.
    """

    centre: str
    term: str  # 2025年秋季学期
    child: str
    sex: str
    age: str
    class_name: str
    attendance: str
    activities: str
    growth: str
    words: str
    number: str = ""  # G-202509-0001
    signed_by: str = ""
    signed_at: dt.datetime | None = None
    version: int = 1
    practice: bool = False


def draw_many(summaries: Sequence[TermSummaryPaper]) -> bytes:
    """Draw summaries into one PDF, each counting its own pages."""
    return paper.render(_sheets(summary) for summary in summaries)


def _sheets(summary: TermSummaryPaper) -> Sheets:
    told = sum(len(part) for part in (summary.attendance, summary.activities, summary.growth, summary.words))
    for size in (12.0,) if told > _LONG else _SIZES:
        flow = _Layout(summary, size).flow
        if len(flow.pages) == 1:
            break
    return Sheets(
        flow.pages,
        f"成长小结 {summary.child} {summary.term}",
        summary.centre,
        summary.practice,
        paper.plain_footer(f"编号 {summary.number}" if summary.number else "未定稿，仅供核对", _MARGIN),
    )


class _Layout:
    """One summary at one size of print."""

    def __init__(self, summary: TermSummaryPaper, size: float) -> None:
        self._summary = summary
        self._body = style(size, leading=size * 1.62)
        self._head = style(size + 1.5, bold=True, colour=paper.BRAND, leading=size * 1.9)
        self.flow = Flow(paper.A4, (_MARGIN, 20 * MM, _MARGIN, 18 * MM), self._again)
        self._heading()
        self._section("出勤", summary.attendance)
        self._section("参加的活动", summary.activities)
        self._section("老师看到的", summary.growth)
        self._letter()
        self._signatures()

    def _again(self, flow: Flow) -> None:
        small = style(11, colour=paper.INK_2)
        words = f"成长小结（续）　{self._summary.child[:12]}　{self._summary.term[:20]}"
        flow.go_on(words, small, paper.LINE, after=8)

    def _heading(self) -> None:
        flow, summary = self.flow, self._summary
        title = style(26, bold=True, colour=paper.BRAND, leading=36)
        flow.page.text(flow.width / 2, flow.baseline(title), "成长小结", title, align="center", spacing=4)
        if not (summary.number and summary.signed_by):
            tag = style(11, bold=True, colour=paper.RED)
            flow.page.box(flow.right - 46, flow.y + 8, 46, 20, edge=paper.RED, pen=0.9, radius=4)
            flow.page.text(flow.right - 23, flow.y + 22, "未定稿", tag, align="center")
        flow.y += title.leading
        under = style(12.5, colour=paper.LABEL, leading=18)
        flow.paragraph(f"{summary.centre} · {summary.term}", under, align="center", after=8)
        if summary.version > 1:
            words = f"第 {summary.version} 版，代替以前交给您的那一份。"
            flow.paragraph(words, style(11, colour=paper.RED, leading=15), align="center", after=4)
        flow.rule(paper.BRAND_LINE, 1.4)
        flow.y += 8
        strong = Style(self._body.size + 2, self._body.leading + 2, bold=True)
        flow.paragraph(summary.child, strong)
        who = [part for part in (summary.sex, summary.age, paper.class_words(summary.class_name)) if part]
        flow.paragraph("　".join(who), style(self._body.size, colour=paper.INK_2), after=4)

    def _section(self, title: str, words: str) -> None:
        flow = self.flow
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        if not lines:
            return
        flow.need(self._head.leading + self._body.leading * 2)
        flow.y += self._body.size * 0.5
        flow.page.box(
            flow.left, flow.y + self._head.leading * 0.22, 3.5, self._head.size * 1.1, fill=paper.BRAND_LINE
        )
        flow.page.text(flow.left + 11, flow.baseline(self._head), title, self._head)
        flow.y += self._head.leading
        for line in lines:
            flow.paragraph(line, self._body, x=flow.left + 11, after=self._body.size * 0.22)

    def _letter(self) -> None:
        """老师的话 in a frame where it fits one, else as it runs."""
        flow, words = self.flow, self._summary.words.strip()
        if not words:
            return
        inner = flow.measure - 28
        paragraphs = [line.strip() for line in words.splitlines() if line.strip()]
        broken = [flow.broken(line, self._body, inner) for line in paragraphs]
        rows = sum(len(lines) for lines, _ in broken)
        tall = self._head.leading + rows * self._body.leading + 22
        flow.y += self._body.size
        framed = tall <= flow.bottom - flow.top - 60
        flow.need(tall if framed else self._head.leading + self._body.leading * 2)
        if framed:
            flow.page.box(
                flow.left, flow.y, flow.measure, tall, fill=paper.AMBER, edge=paper.AMBER_LINE, radius=7
            )
        flow.y += 8
        flow.page.text(flow.left + 14, flow.baseline(self._head), "老师的话", self._head)
        flow.y += self._head.leading
        for lines, look in broken:
            for line in lines:
                flow.need(look.leading)
                flow.page.text(flow.left + 14, flow.baseline(look), line, look)
                flow.y += look.leading
        flow.y += 14

    def _signatures(self) -> None:
        """Teacher and family beside each other at the foot of the last page, kept together."""
        flow, summary, look = self.flow, self._summary, style(12.5)
        flow.need(_SIGNED_HEIGHT)
        flow.y = max(flow.y + 18, flow.bottom - _SIGNED_HEIGHT + 30)
        page, y = flow.page, flow.y + 20
        day = "" if summary.signed_at is None else paper.day_words(summary.signed_at.date())
        half = flow.left + flow.measure / 2 + 6
        for x, label, name, when in (
            (flow.left, "带班老师：", summary.signed_by, day),
            (half, "家　　长：", "", ""),
        ):
            page.text(x, y, label, look)
            page.line(x + 66, y + 4, x + 186, y + 4, paper.INK, 0.7)
            page.text(x + 126, y, name[:7], look, align="center")
            page.text(x, y + 28, "日　　期：", look)
            page.line(x + 66, y + 32, x + 186, y + 32, paper.INK, 0.7)
            page.text(x + 126, y + 28, when, look, align="center")
        flow.y = y + 34
