"""离园交接报告: one A5 sheet in large print that goes home with the child."""

import datetime as dt
from collections.abc import Sequence

from app.domain.prose import NoteText
from app.domain.record import record
from app.reports import paper
from app.reports.flow import Flow
from app.reports.paper import MM, Sheets, Style, style

_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0)  # the largest at which all fits one sheet; never below 11
_MARGIN = 12.5 * MM
_LABEL = 50.0  # width of the column of labels
_QR = 25 * MM
_LEAST = 4  # lines of a part that may stand at the foot of a page while the rest goes on overleaf
_TOGETHER = 2  # its last lines stay together
_LONG = 1200  # more characters than this never fit one sheet


@record
class PickupReport:
    """One child's day, frozen for paper.

    An empty ``number`` or ``signed_by`` prints as a draft (未签字). ``collector`` and ``relation`` are empty
    until somebody has come. Empty parts of ``text`` leave their line out. ``later`` is what the log has held
    since the words were written; it prints in red under the heading.
    """

    centre: str
    day: dt.date
    child: str
    sex: str  # 女, 男, empty when unknown
    age: str  # 2岁3个月
    class_name: str
    care: str  # 半日临时托
    arrived: dt.datetime
    until: dt.datetime | None  # left, or else promised
    text: NoteText
    number: str = ""  # H-20251203-0007
    seal: str = ""
    practice: bool = False
    signed_by: str = ""
    signed_at: dt.datetime | None = None
    collector: str = ""  # 王秀兰
    relation: str = ""  # 奶奶
    allergies: tuple[str, ...] = ()
    version: int = 1
    later: str = ""  # 签字后另有记录：体温 39.0℃。请当面问老师。
    things: tuple[str, ...] = ()  # belongings and medicine that go home with her: 水杯, 退热药
    family: str = ""  # 奶奶 王秀兰: who signed for the family; empty while nobody has
    family_at: dt.datetime | None = None
    family_png: bytes = b""  # what was written on the screen; empty when it stands on paper


def draw_many(reports: Sequence[PickupReport]) -> bytes:
    """Draw reports into one PDF, each counting its own pages."""
    return paper.render(_sheets(report) for report in reports)


def _sheets(report: PickupReport) -> Sheets:
    words = sum(len(getattr(report.text, part)) for part in NoteText.__dataclass_fields__)
    sizes = (12.0,) if words > _LONG else _SIZES
    for size in sizes:
        flow = _Layout(report, size).flow
        if len(flow.pages) == 1:
            break
    else:
        flow = _Layout(report, 12.0).flow
    return Sheets(
        flow.pages,
        f"离园交接报告 {report.child} {report.day.isoformat()}",
        report.centre,
        report.practice,
        paper.plain_footer(f"编号 {report.number}" if report.number else "未签字，仅供核对", _MARGIN),
    )


class _Layout:
    """One report at one size of print."""

    def __init__(self, report: PickupReport, size: float) -> None:
        self._report = report
        self._body = style(size, leading=size * 1.42)
        self._pad = size * 0.6 - 3.6  # 4.2 at 13, 3 at 11
        self._label = Style(size, self._body.leading, colour=paper.LABEL)
        self._strong = Style(size, self._body.leading, bold=True)
        self.flow = Flow(paper.A5, (_MARGIN, 11 * MM, _MARGIN, 13 * MM), self._again)
        self._heading()
        self._rows()
        self._notice()
        self._signatures()

    def _again(self, flow: Flow) -> None:
        """Head of the second page."""
        small = style(11, colour=paper.INK_2)
        child = self._report.child
        name = child if len(child) <= 12 else f"{child[:12]}…"
        words = f"离园交接报告（续）　{name}　{paper.day_words(self._report.day)}"
        flow.go_on(words, small, paper.LINE, after=4)

    def _heading(self) -> None:
        flow, report = self.flow, self._report
        title = style(21, bold=True, colour=paper.BRAND, leading=27)
        flow.page.text(flow.width / 2, flow.baseline(title), "离园交接报告", title, align="center", spacing=1)
        if not (report.number and report.signed_by):
            tag = style(11, bold=True, colour=paper.RED)
            flow.page.box(flow.right - 46, flow.y + 4, 46, 20, edge=paper.RED, pen=0.9, radius=4)
            flow.page.text(flow.right - 23, flow.y + 18, "未签字", tag, align="center")
        flow.y += title.leading
        under = style(12, colour=paper.LABEL, leading=17)
        when = paper.day_words(report.day, weekday=True)
        flow.paragraph(f"{report.centre} · {when}", under, align="center", after=6)
        if report.version > 1:
            words = f"第 {report.version} 版，代替以前交给您的那一份。"
            flow.paragraph(words, style(11, colour=paper.RED, leading=15), align="center", after=4)
        if report.later:
            flow.paragraph(report.later, style(12, bold=True, colour=paper.RED, leading=17), after=4)

    def _rows(self) -> None:
        report, text = self._report, self._report.text
        until = f" – {report.until:%H:%M}" if report.until else " 入园"
        who = [part for part in (report.sex, report.age, paper.class_words(report.class_name)) if part]
        self._name_row("　".join(who))
        if report.allergies:
            self._row(
                "过敏",
                "、".join(report.allergies),
                Style(self._body.size, self._body.leading, bold=True, colour=paper.RED),
            )
        self._row("托育", f"{report.care}　{report.arrived:%H:%M}{until}")
        for label, words in (
            ("活动", text.activity),
            ("饮食", text.food),
            ("睡眠", text.sleep),
            ("如厕", text.toilet),
            ("情绪", text.mood),
            ("健康", text.health),
            ("带回", "、".join(report.things)),
            ("老师说", text.prose),
        ):
            if words.strip():
                self._row(label, words)

    def _name_row(self, who: str) -> None:
        """The child's name in bold, the rest beside it, or below when the name is long."""
        flow, x = self.flow, self.flow.left + _LABEL
        lines, look = flow.broken(self._report.child, self._strong, flow.right - x)
        self._start_row("宝宝", self._body.leading * (len(lines) + 1))
        for line in lines:
            flow.need(look.leading)
            wide = flow.page.text(x, flow.baseline(look), line, look)
            flow.y += look.leading
        rest, plain = flow.broken(who, self._body, flow.right - x)
        beside = x + wide + self._body.size
        if len(lines) == 1 and len(rest) == 1:
            alone, _ = flow.broken(who, self._body, flow.right - beside)
            if len(alone) == 1:
                flow.y -= look.leading
                flow.page.text(beside, flow.baseline(plain), who, plain)
                flow.y += plain.leading
                self._end_row()
                return
        flow.paragraph(who, plain, x=x)
        self._end_row()

    def _row(self, label: str, words: str, look: Style | None = None) -> None:
        flow, look = self.flow, look or self._body
        x = flow.left + _LABEL
        lines, look = flow.broken(words.strip(), look, flow.right - x)
        room = int((flow.room - 2 * self._pad) / look.leading)
        if len(lines) > room and room < min(_LEAST, len(lines)):
            flow.new_page()  # a few lines at the foot, and the rest overleaf, are read as the whole
        self._start_row(label, look.leading)
        for at, line in enumerate(lines):
            left = len(lines) - at
            last_here = flow.room < 2 * look.leading + self._pad
            if flow.room < look.leading or (left == _TOGETHER and last_here):
                self._go_on(label)
            flow.page.text(x, flow.baseline(look), line, look)
            flow.y += look.leading
        self._end_row()

    def _go_on(self, label: str) -> None:
        """Overleaf the label stands again: who opens the second page knows what goes on."""
        self.flow.new_page()
        self.flow.y += self._pad
        self.flow.page.text(self.flow.left + 2, self.flow.baseline(self._label), label, self._label)

    def _start_row(self, label: str, height: float) -> None:
        self.flow.need(min(height, self._body.leading * 3) + 10)
        self.flow.y += self._pad
        self.flow.page.text(self.flow.left + 2, self.flow.baseline(self._label), label, self._label)

    def _end_row(self) -> None:
        self.flow.y += self._pad
        self.flow.rule(paper.LINE, 0.6, 1, 2)

    def _notice(self) -> None:
        """请留意 in a frame, so that it is read."""
        flow, words = self.flow, self._report.text.notice.strip()
        if not words:
            return
        inner = flow.measure - _LABEL - 10
        lines, look = flow.broken(words, self._body, inner)
        tall = look.leading * len(lines) + 12
        flow.y += 7
        framed = tall <= flow.bottom - flow.top - 40
        flow.need(tall if framed else look.leading * 2)
        if framed:
            flow.page.box(
                flow.left, flow.y, flow.measure, tall, fill=paper.AMBER, edge=paper.AMBER_LINE, radius=5
            )
        flow.y += 6
        strong = Style(look.size, look.leading, bold=True, colour=paper.LABEL)
        flow.page.text(flow.left + 6, flow.baseline(strong), "请留意", strong)
        for line in lines:
            flow.need(look.leading)
            flow.page.text(flow.left + _LABEL + 4, flow.baseline(look), line, look)
            flow.y += look.leading
        flow.y += 6

    def _signatures(self) -> None:
        """Teacher and collector at the left, the seal at the right, kept together."""
        flow, report, look = self.flow, self._report, style(12.5)
        flow.need(_QR + 16)
        flow.y += 10
        page, top = flow.page, flow.y
        line_from, line_to = flow.left + 66, flow.left + 166
        for index, (label, name, after) in enumerate(
            (("带班老师：", report.signed_by, ""), ("接走人：", "", self._collector()))
        ):
            y = top + 22 + index * 32
            page.text(flow.left, y, label, look)
            page.line(line_from, y + 4, line_to, y + 4, paper.INK, 0.7)
            page.text((line_from + line_to) / 2, y, _short(name, 7), look, align="center")
            if after:
                page.text(line_to + 4, y, after, look)
        small = style(11, colour=paper.INK_2)
        if report.signed_at:
            page.text(line_to + 6, top + 22, f"{report.signed_at:%H:%M}", small)
        if report.family_png:
            page.signature(line_from + 4, top + 54 - 27, line_to - line_from - 8, 30, report.family_png)
        if report.family_at:
            signed = "签字" if report.family_png else "纸上已签"
            words = f"{_short(report.family, 10)} {report.family_at:%H:%M} {signed}"
            page.text(line_from, top + 70, words, small)
        if report.seal:
            page.qr(flow.right - _QR + 8, top - 6, _QR, report.seal)
            small = style(9, colour=paper.INK_2)
            page.text(flow.right - _QR / 2 + 8, top + _QR, "在前台扫码核对", small, align="center")
        flow.y += _QR

    def _collector(self) -> str:
        who = " ".join(
            part for part in (_short(self._report.relation, 6), _short(self._report.collector, 4)) if part
        )
        return f"（{who}）" if who else ""


def _short(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1]}…"
