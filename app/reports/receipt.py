"""收款收据 and 退款单: A5 across, one number, one print count (domain: 收据 is not 发票)."""

import datetime as dt
from collections.abc import Sequence

from app.domain.money import Money, in_words
from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, Style, style

_SIZE = (paper.A5[1], paper.A5[0])
_MARGIN = 14 * MM
_QR = 27 * MM
_SIGNING = 26  # points from the line of the tender down to the one for a hand
_FOOT = 40 * MM  # tender, hands, stamp and seal
_BODY = style(12, leading=16)
_SUM = style(13, bold=True, leading=18)
_SMALL = style(9.5, colour=paper.INK_2, leading=12.5)


@record
class ReceiptPaperLine:
    """One line of 收款事由."""

    purpose: str  # 半日临时托 09:12–14:00
    quantity: int
    unit: str  # 次
    unit_price: Money
    amount: Money
    explanation: str = ""


@record
class ReceiptPaper:
    """A receipt, or with ``refund`` its reversal, which names the ``original`` and prints in red.

    ``reversed_by`` is the number of the refund that took this receipt back; it is then marked 已退款.
    Amounts of a refund are handed in as kept (negative); the paper says 退款 and shows them with their sign.
    """

    centre: str
    day: dt.date
    payer: str  # 王秀兰
    child: str
    class_name: str
    lines: tuple[ReceiptPaperLine, ...]
    total: Money
    tender: str  # 微信
    handled_by: str
    number: str  # 2025-000018
    seal: str = ""
    practice: bool = False
    print_count: int = 1
    refund: bool = False
    original: str = ""
    original_day: dt.date | None = None
    reason: str = ""
    reversed_by: str = ""


def draw_many(receipts: Sequence[ReceiptPaper]) -> bytes:
    """Draw receipts into one PDF, each counting its own pages."""
    return paper.render(_sheets(receipt) for receipt in receipts)


def _title(receipt: ReceiptPaper) -> str:
    return "退款单" if receipt.refund else "收款收据"


def _sheets(receipt: ReceiptPaper) -> Sheets:
    ink = paper.RED if receipt.refund else paper.INK

    def again(flow: Flow) -> None:
        words = f"{_title(receipt)}（续）　No. {receipt.number}"
        flow.page.text(flow.left, flow.baseline(_BODY), words, _BODY)
        flow.y += _BODY.leading + 6

    flow = Flow(_SIZE, (_MARGIN, 11 * MM, _MARGIN, 14 * MM), again)
    _head(flow, receipt, ink)
    _lines(flow, receipt, ink)
    _foot(flow, receipt)
    title = f"{_title(receipt)} {receipt.number}"
    return Sheets(flow.pages, title, receipt.centre, receipt.practice, _footer(receipt))


def _head(flow: Flow, receipt: ReceiptPaper, ink: str) -> None:
    title = style(22, bold=True, colour=ink, leading=30)
    flow.page.text(flow.width / 2, flow.baseline(title), _title(receipt), title, align="center", spacing=14)
    flow.y += title.leading + 4
    again = f"第 {receipt.print_count} 次打印" + ("（补打）" if receipt.print_count > 1 else "")
    _pair(flow, receipt.centre, f"No. {receipt.number}　{again}")
    of = " · ".join(part for part in (receipt.child, paper.class_words(receipt.class_name)) if part)
    role = "收款人" if receipt.refund else "交款人"
    payer = f"{role}：{receipt.payer}" + (f"（{of}）" if of else "")
    _pair(flow, payer, paper.day_words(receipt.day))
    if receipt.refund and receipt.original:
        when = f"（{paper.day_words(receipt.original_day)}）" if receipt.original_day else ""
        red = Style(_BODY.size, _BODY.leading, colour=paper.RED)
        why = f"　退款原因：{receipt.reason}" if receipt.reason else ""
        flow.paragraph(f"冲销原收据 No. {receipt.original}{when}{why}", red)
    if receipt.reversed_by:
        red = Style(_BODY.size, _BODY.leading, bold=True, colour=paper.RED)
        flow.paragraph(f"本收据已作废：已由退款单 No. {receipt.reversed_by} 全额退回。", red)
    flow.y += 5


def _pair(flow: Flow, left: str, right: str) -> None:
    """Words at both margins of one line; the left ones wrap beside the right ones."""
    wide = flow.page.text(flow.right, flow.baseline(_BODY), right, _BODY, align="right")
    flow.paragraph(left, _BODY, width=flow.measure - wide - 16)


def _lines(flow: Flow, receipt: ReceiptPaper, ink: str) -> None:
    """The charges over as many pages as they need; 合计 stands once, on the last."""
    columns = (
        Column(flow.measure - 250),
        Column(66, "center"),
        Column(84, "right"),
        Column(100, "right"),
    )
    names = ("收款事由", "数量", "单价", "金额")
    if receipt.refund:
        names = ("退款事由", "数量", "单价", "金额")
    head = tuple(Cell(name, _BODY, align="center") for name in names)
    table = Table(flow, columns, head=head, edge=ink, pad=5 if len(receipt.lines) <= 6 else 3.2)
    for line in receipt.lines:
        table.row(
            (
                Cell(line.purpose, _BODY, line.explanation, _SMALL),
                Cell(f"{line.quantity} {line.unit}".strip(), _BODY),
                Cell(line.unit_price.grouped, _BODY),
                Cell(line.amount.grouped, _BODY),
            )
        )
    table.keep(_FOOT + 28)  # the sum and the signatures belong on one page
    label = "退款合计（大写）" if receipt.refund else "合计（大写）"
    total = Style(_SUM.size, _SUM.leading, bold=True, colour=ink)
    cells = (Cell(f"{label}　{in_words(receipt.total)}", _BODY), Cell(receipt.total.yuan_words, total))
    table.row(cells, spans=(3, 1))


def _foot(flow: Flow, receipt: ReceiptPaper) -> None:
    """How it was paid, by whom, room for the stamp, and the seal at the bottom right."""
    flow.need(_FOOT)
    flow.y += 9
    page, y = flow.page, flow.baseline(_BODY)
    by = "退款方式" if receipt.refund else "收款方式"
    page.text(flow.left, y, f"{by}：{receipt.tender}", _BODY)
    page.text(flow.left + flow.measure * 0.36, y, f"经手人：{_short(receipt.handled_by)}", _BODY)
    if receipt.refund:  # who hands out money has the hand of who took it
        page.blank(flow.left, y + _SIGNING, "收款人签字：", _BODY, 130)
    bottom = flow.bottom
    if receipt.seal:
        page.qr(flow.right - _QR + 9, bottom - _QR, _QR, receipt.seal)
    stamp = style(10.5, colour=paper.INK_2)
    page.text(flow.right - _QR - 10, y, "（单位盖章）", stamp, align="right")
    notes = ["第二联　收据联", "本收据不作报销发票，需要发票请向前台索取。"]
    if receipt.refund:
        notes = ["退款单与原收据一并保存。", "本单不作报销发票。"]
    notes.append("扫码可在前台核验真伪、作废与退款。")
    at = bottom - _SMALL.leading * (len(notes) - 1) - 5
    for words in notes:
        page.text(flow.left, at, words, _SMALL)
        at += _SMALL.leading
    if receipt.practice:
        red = style(10.5, bold=True, colour=paper.RED)
        page.text(flow.left, bottom - _SMALL.leading * len(notes) - 8, "练习单据，不收款，不作凭证。", red)


def _footer(receipt: ReceiptPaper) -> paper.Footer:
    return paper.plain_footer(f"{_title(receipt)} No. {receipt.number}", _MARGIN)


def _short(name: str) -> str:
    return name if len(name) <= 10 else f"{name[:9]}…"
