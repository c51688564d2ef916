"""临时托育服务协议: two pages of A4, read and signed at the desk (58号文 管理规范 Art 9, 10, 30)."""

import datetime as dt
from collections.abc import Sequence

from app.domain.money import Money
from app.domain.record import record
from app.reports import agreement_words as words
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, Style, style

_MARGIN = 18 * MM
_QR = 26 * MM
_BODY = style(12, leading=18)
_BOLD = Style(12, 18, bold=True)
_LABEL = Style(12, 18, colour=paper.LABEL)
_ALARM = Style(13, 18, bold=True, colour=paper.RED)
_SECTION = style(13.5, bold=True, colour=paper.BRAND, leading=21)
_BLANK = "＿＿＿＿＿＿"


@record
class AgreementAdult:
    """An adult named in the agreement."""

    name: str
    relation: str
    phone: str  # as it is to be printed: 138 0000 6021
    identity_seen: bool = False


@record
class AgreementFee:
    """One line of the fee."""

    purpose: str  # 半日临时托 到 14:00
    amount: Money


@record
class Agreement:
    """One temporary stay as both sides agree to it.

    ``fee_words`` is the fee rule in words, as it is read out to the parent. Empty texts print as a blank line
    to be filled in by hand where the law asks for the fact, and are left out elsewhere.
    """

    centre: str
    day: dt.date
    child: str
    sex: str
    born_on: dt.date
    age: str  # 27 个月
    class_name: str
    care: str  # 半日临时托
    arrived: dt.datetime
    promised: dt.datetime | None
    bringer: AgreementAdult
    collectors: tuple[AgreementAdult, ...]
    allergy: str  # 鸡蛋 / 没有已知的过敏 / 不清楚，先不进食
    fees: tuple[AgreementFee, ...]
    total: Money
    fee_words: str
    stretches: str = ""  # 9:00–11:00、15:00–17:00: all hours of the day, where they are several
    second: AgreementAdult | None = None  # the other emergency contact
    document: str = ""  # identity number of the child, masked
    body: str = ""  # 正常 / 带药：… / 有不适：…
    check: str = ""  # 36.5℃ 正常
    reason: str = ""  # 家中来客
    age_note: str = ""  # why a child outside 6-36 months is taken
    address: str = ""  # of the centre
    phone: str = ""  # of the centre
    handled_by: str = ""
    number: str = ""
    seal: str = ""
    practice: bool = False
    print_count: int = 1


def draw_many(agreements: Sequence[Agreement]) -> bytes:
    """Draw agreements into one PDF, each counting its own pages."""
    return paper.render(_sheets(agreement) for agreement in agreements)


def _sheets(agreement: Agreement) -> Sheets:
    def again(flow: Flow) -> None:
        small = style(10, colour=paper.INK_2)
        child = agreement.child[:12]
        flow.page.text(flow.left, flow.baseline(small), f"临时托育服务协议（续）　{child}", small)
        flow.y += small.leading + 2
        flow.rule(paper.LINE)
        flow.y += 6

    flow = Flow(paper.A4, (_MARGIN, 15 * MM, _MARGIN, 17 * MM), again)
    _head(flow, agreement)
    _facts(flow, agreement)
    _fee(flow, agreement)
    _clauses(flow)
    _signatures(flow, agreement)
    left = f"编号 {agreement.number}" if agreement.number else agreement.centre[:24]
    if agreement.print_count > 1:
        left += f"　第 {agreement.print_count} 次打印"
    title = f"临时托育服务协议 {agreement.child} {agreement.day.isoformat()}"
    footer = paper.plain_footer(left, _MARGIN)
    return Sheets(flow.pages, title, agreement.centre, agreement.practice, footer)


def _head(flow: Flow, agreement: Agreement) -> None:
    title = style(21, bold=True, colour=paper.BRAND, leading=28)
    top = flow.y
    flow.page.text(flow.width / 2, flow.baseline(title), "临时托育服务协议", title, align="center", spacing=1)
    flow.y += title.leading
    small = style(11, colour=paper.INK_2, leading=16)
    flow.paragraph("（参考格式）", small, align="center")
    flow.page.qr(flow.right - _QR + 9, top - 9, _QR, agreement.seal)
    flow.y = max(flow.y, top + _QR - 22)
    where = "，".join(
        part for part in (agreement.address, agreement.phone and f"电话 {agreement.phone}") if part
    )
    beside = flow.measure - _QR
    flow.paragraph(
        f"甲方（托育机构）：{agreement.centre}" + (f"（{where}）" if where else ""), _BODY, width=beside
    )
    by = agreement.bringer
    flow.paragraph(
        f"乙方（送托人）：{by.name or _BLANK}，孩子的{by.relation or _BLANK}，手机 {by.phone or _BLANK}",
        _BODY,
        width=beside,
        after=4,
    )
    flow.y = max(flow.y, top + _QR - 6)


def _facts(flow: Flow, agreement: Agreement) -> None:
    """What is true today: the child, the stay, who may collect, and the declaration of health."""
    table = Table(flow, (Column(80), Column(flow.measure - 80)), pad=4, edge=paper.LINE)
    born = paper.day_words(agreement.born_on)
    child = [agreement.sex, f"{born}生（{agreement.age}）"]
    child.append(f"证件 {agreement.document}" if agreement.document else "")
    _fact(table, "孩子", agreement.child, "　".join(part for part in child if part), look=_BOLD)
    until = f"{agreement.promised:%H:%M}" if agreement.promised else _BLANK
    stay = (
        f"{paper.day_words(agreement.day, weekday=True)}　{agreement.arrived:%H:%M} 入园，说好 {until} 接走"
    )
    more = [agreement.care, paper.class_words(agreement.class_name)]
    more.append(f"这一天约好 {agreement.stretches}" if agreement.stretches else "")
    more.append(f"事由：{agreement.reason}" if agreement.reason else "")
    _fact(table, "托育", stay, "　".join(part for part in more if part), look=_BOLD)
    alarm = _BOLD if agreement.allergy.startswith("没有") else _ALARM
    _fact(table, "过敏禁忌", agreement.allergy or _BLANK, "", look=alarm)
    health = "　".join(
        part
        for part in (
            agreement.check and f"晨检 {agreement.check}",
            agreement.body and f"今天身体：{agreement.body}",
            agreement.age_note and f"月龄说明：{agreement.age_note}",
        )
        if part
    )
    _fact(
        table,
        "健康申明",
        health or _BLANK,
        "\n".join(f"{mark}{line}" for mark, line in zip("①②", words.DECLARATION, strict=True)),
    )
    _fact(table, "谁可以接", "\n".join(_adult(adult) for adult in agreement.collectors) or _BLANK, "")
    if agreement.second:
        _fact(table, "紧急联系", _adult(agreement.second), "")
    flow.y += 6


def _fact(table: Table, label: str, text: str, below: str, *, look: Style = _BODY) -> None:
    table.row((Cell(label, _LABEL), Cell(text, look, below, _BODY)))


def _adult(adult: AgreementAdult) -> str:
    seen = "　身份证件已核" if adult.identity_seen else ""
    relation = f"（{adult.relation}）" if adult.relation else ""
    return f"{adult.name}{relation}　{adult.phone}{seen}".rstrip("　")


def _fee(flow: Flow, agreement: Agreement) -> None:
    _section(flow, "费用")
    for fee in agreement.fees:
        y = flow.y
        flow.paragraph(fee.purpose, _BODY, width=flow.measure - 90)
        flow.page.text(flow.right, y + _BODY.leading / 2 + 4, fee.amount.grouped, _BODY, align="right")
    flow.rule(paper.LINE, 0.6, 2, 2)
    flow.page.text(flow.left, flow.baseline(_BOLD), "按说好的时间接走，应收", _BOLD)
    flow.page.text(flow.right, flow.baseline(_BOLD), agreement.total.yuan_words, _BOLD, align="right")
    flow.y += _BOLD.leading
    flow.paragraph(agreement.fee_words, Style(12, 18, colour=paper.INK_2), after=2)


def _clauses(flow: Flow) -> None:
    for title, clauses in (("甲方承诺", words.CENTRE_DUTIES), ("乙方承诺", words.FAMILY_DUTIES)):
        counts = [len(flow.broken(clause, _BODY, flow.measure - 16)[0]) for clause in clauses]
        _section(flow, title, sum(counts))
        for number, (clause, count) in enumerate(zip(clauses, counts, strict=True), 1):
            flow.need(_BODY.leading * count)
            flow.page.text(flow.left, flow.baseline(_BODY), f"{number}.", _BODY)
            flow.paragraph(clause, _BODY, x=flow.left + 16)
    for title, clause in (("个人信息告知", words.PRIVACY), ("争议", words.DISPUTE)):
        lines, _ = flow.broken(clause, _BODY, flow.measure)
        _section(flow, title, len(lines))
        flow.paragraph(clause, _BODY)


def _section(flow: Flow, title: str, lines: int = 2) -> None:
    """Head a section whose first ``lines`` belong on one page with it."""
    flow.need(_SECTION.leading + _BODY.leading * lines + 4)
    flow.y += 4
    flow.page.text(flow.left, flow.baseline(_SECTION), title, _SECTION)
    flow.y += _SECTION.leading


def _signatures(flow: Flow, agreement: Agreement) -> None:
    flow.need(96)
    flow.y += 6
    flow.paragraph(words.CONSENT, _BOLD, after=10)
    y = flow.y + 14
    half = flow.measure / 2
    for x, label, hint in (
        (flow.left, "甲方经手人：", agreement.handled_by[:12]),
        (flow.left + half, "乙方签字：", ""),
    ):
        wide = flow.page.text(x, y, label, _BODY)
        flow.page.line(x + wide + 2, y + 3, x + half - 24, y + 3, paper.INK, 0.7)
        flow.page.text(x + wide + 14, y, hint, _BODY)
        flow.page.text(x, y + 28, f"日期：{paper.day_words(agreement.day)}", _BODY)
    flow.page.text(flow.left, y + 50, "（盖章）", Style(10.5, 15, colour=paper.INK_2))
    flow.y = y + 56
