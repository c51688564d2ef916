"""登记表: any register of the health room on A4 across, 晨午检记录 as well as 传染病登记 and its like.

Forms whose columns rest on memory of the norm's annex say 参考格式 in their head (domain §3.2).
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, Style, style

_MARGIN = 14 * MM
_SIZE = (paper.A4[1], paper.A4[0])
_TITLE = style(19, bold=True, colour=paper.BRAND, leading=27)
_FORM = style(10, bold=True, colour=paper.LABEL, leading=15)
_FACTS = style(10.5, colour=paper.INK_2, leading=16)
_HEAD = style(9.5, bold=True, leading=13)
_CELL = style(9.5, leading=13.5)
_TIGHT_HEAD = style(8, bold=True, leading=11)
_TIGHT = style(8, leading=11)
_BLANK = style(9.5, leading=15)
_BODY = style(11, leading=17)
_SMALL = style(9, colour=paper.INK_2, leading=13)
_FORM_WIDE = 120.0  # points at the right of the title, for 表6　参考格式
_LATIN = re.compile("[A-Za-zÀ-ɏ]{5,}")
_WIDEN = 1.8  # times its share a column grows at most for a word
_NARROW = 70.0  # points: a column of no more gives nothing away
_SIGNED = 96.0  # points to sign on
_WEEKDAYS = "一二三四五六日"


@record
class TableColumn:
    """One column; ``share`` of the width among all. ``below`` is under its title; a day off is ``shaded``."""

    title: str
    share: float
    align: str = "left"
    below: str = ""
    shaded: bool = False


def day_columns(
    days: Iterable[dt.date], is_open: Collection[dt.date], share: float
) -> tuple[TableColumn, ...]:
    """A column for each day, with its weekday; days on which the centre is closed are shaded."""
    return tuple(
        TableColumn(str(day.day), share, "center", _WEEKDAYS[day.weekday()], day not in is_open)
        for day in days
    )


@record
class RegisterTable:
    """A register of a month, frozen for paper. ``rows`` have a text for each column.

    ``form`` is 表6, ``reference`` prints 参考格式, ``summary`` is a sentence under the table. A register
    without a row says ``empty``; one with fewer rows than ``least`` is ruled to the foot of the page.
    """

    centre: str
    title: str
    month: str  # 2025-12; what the file is named by
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    made_on: dt.date
    made_by: str
    form: str = ""
    where: str = ""  # 抱抱龙班, 全园
    source: str = ""
    summary: str = ""
    notes: tuple[str, ...] = ()
    signers: tuple[str, ...] = ("保健人员签名", "负责人签名")
    empty: str = "本月没有记录。"
    reference: bool = False
    tight: bool = False
    pad: float | None = None  # of a cell, in points, where a month of narrow columns stands on one line
    least: int = 8
    practice: bool = False
    span: str = ""  # what the head says instead of the month: 2025年12月3日

    @property
    def when(self) -> str:
        """Of which time it is."""
        return self.span or month_words(self.month)


def draw_many(tables: Sequence[RegisterTable]) -> bytes:
    """Draw registers into one PDF, each counting its own pages."""
    return paper.render(_sheets(one) for one in tables)


def month_words(month: str) -> str:
    """2025年12月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def _sheets(one: RegisterTable) -> Sheets:
    def again(flow: Flow) -> None:
        parts = (f"{one.title[:24]}（续）", one.where[:16], one.when)
        words = "　".join(part for part in parts if part)
        # A choice of rows ends up in the period's words: what is longer than the line is cut off.
        (first, *_), look = flow.broken(words, _SMALL, flow.measure)
        flow.page.text(flow.left, flow.baseline(look), first, look)
        flow.y += _SMALL.leading + 4

    flow = Flow(_SIZE, (_MARGIN, 13 * MM, _MARGIN, 15 * MM), again)
    _head(flow, one)
    if one.rows or one.least:
        _rows(flow, one)
    else:
        flow.paragraph(one.empty, _BODY, after=6)
    _close(flow, one)
    left = "　".join(part for part in (one.centre[:20], one.title[:20], one.source[:30]) if part)
    return Sheets(
        flow.pages, f"{one.title} {one.month}", one.centre, one.practice, paper.plain_footer(left, _MARGIN)
    )


def _head(flow: Flow, one: RegisterTable) -> None:
    form = "　".join(part for part in (one.form[:8], "参考格式" if one.reference else "") if part)
    flow.page.text(flow.right, flow.baseline(_TITLE), form, _FORM, align="right")
    flow.paragraph(one.title, _TITLE, width=flow.measure - _FORM_WIDE)
    facts = (one.centre, one.where, one.when)
    flow.paragraph("　".join(part for part in facts if part), _FACTS, after=3)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 8


def _rows(flow: Flow, one: RegisterTable) -> None:
    look, head = (_TIGHT, _TIGHT_HEAD) if one.tight else (_CELL, _HEAD)
    pad = one.pad if one.pad is not None else 3 if one.tight else 3.6
    table = Table(
        flow,
        [
            Column(width, column.align, paper.SUNKEN if column.shaded else None)
            for width, column in zip(_widths(flow, one, look, pad), one.columns, strict=True)
        ],
        head=[
            Cell(column.title, head, align="center", below=column.below, below_look=head)
            for column in one.columns
        ],
        pad=pad,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
        wrap_head=True,
    )
    for row in one.rows:
        table.row([Cell(text, look) for text in row])
    if len(one.rows) < one.least:  # the rest of the page is ruled, to write into by hand
        blank = [Cell(" ", _BLANK) for _ in one.columns]
        if not one.rows:
            table.row(blank)
        while flow.room > _closing(flow, one) + _BLANK.leading + 8:
            table.row(blank)


def _widths(flow: Flow, one: RegisterTable, look: Style, pad: float) -> list[float]:
    """The shares of the page's width, a column with a long Latin word in it at the cost of the roomy ones.

    A Chinese text may break anywhere; a name like Muhammad may not.
    """
    whole = sum(column.share for column in one.columns)
    widths = [flow.measure * column.share / whole for column in one.columns]
    lack = [0.0] * len(widths)
    for row in one.rows:
        for at, text in enumerate(row):
            for word in _LATIN.findall(text):
                wanted = flow.width_of(word, look) + 2 * pad + 0.5
                lack[at] = max(lack[at], min(wanted, _WIDEN * widths[at]) - widths[at])
    missing = sum(lack)
    if not missing:
        return widths
    roomy = [0.0 if lack[at] else max(0.0, width - _NARROW) for at, width in enumerate(widths)]
    taken = min(1.0, missing / sum(roomy)) if sum(roomy) else 0.0
    given = min(1.0, sum(roomy) * taken / missing)
    return [width + lack[at] * given - roomy[at] * taken for at, width in enumerate(widths)]


def _kept_whole(flow: Flow, note: str) -> str:
    """Items of a note set off by 　 go to the next line whole, rather than leave a character behind."""
    lines = [""]
    for item in note.split("　"):
        longer = f"{lines[-1]}　{item}" if lines[-1] else item
        if lines[-1] and len(flow.broken(longer, _SMALL, flow.measure)[0]) > 1:
            lines.append(item)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _closing(flow: Flow, one: RegisterTable) -> float:
    """How high what stands under the table is, in points."""
    notes = (_kept_whole(flow, note) for note in one.notes)
    lines = sum(len(flow.broken(note, _SMALL, flow.measure)[0]) for note in notes)
    summary = len(flow.broken(one.summary, _BODY, flow.measure)[0]) if one.summary else 0
    return 40 + lines * _SMALL.leading + summary * (_BODY.leading + 4)


def _close(flow: Flow, one: RegisterTable) -> None:
    flow.y += 8
    if one.summary:
        flow.paragraph(one.summary, _BODY, after=4)
    for note in one.notes:
        flow.paragraph(_kept_whole(flow, note), _SMALL)
    flow.need(30)
    flow.y += 10
    page, y, x = flow.page, flow.baseline(_BODY), flow.left
    for signer in one.signers:
        x = page.blank(x, y, f"{signer[:12]}：", _BODY, _SIGNED) + 36
    made = f"制表：{one.made_by[:12]}　{paper.day_words(one.made_on)}"
    page.text(flow.right, y, made, _SMALL, align="right")
    flow.y += _BODY.leading
