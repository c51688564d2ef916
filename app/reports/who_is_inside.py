"""在园名单: who is inside, on A4, kept fresh on disk for the day the power goes, and printed by hand."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 12 * MM
_TITLE = style(21, bold=True, colour=paper.BRAND, leading=28)
_TOTAL = style(21, bold=True, leading=28)
_SECTION = style(13, bold=True, colour=paper.BRAND, leading=20)
_CELL = style(10.5, leading=14)
_STRONG = style(10.5, bold=True, leading=14)
_NAME = style(11.5, bold=True, leading=15)
_RED = style(10.5, bold=True, leading=14, colour=paper.RED)
_PHONE = style(10, leading=13.5)
_PAD = 2.4  # points inside a cell
_SMALL = style(9.5, colour=paper.INK_2, leading=13.5)
CONFIDENTIAL = "保密：名单里有完整的电话。只在停电或紧急时给工作人员看，用完锁好或销毁。"


@record
class InsideChild:
    """One child. ``contacts`` are whole: ``妈妈 赵敏 139 0000 1177``; ``allergy`` empty for none known."""

    name: str
    age: str
    allergy: str
    contacts: tuple[str, ...]
    where: str  # 午睡; empty for the class


@record
class InsideClass:
    """One class with who is inside and who looks after them now."""

    name: str
    children: tuple[InsideChild, ...]
    carers: tuple[str, ...] = ()


@record
class WhoIsInside:
    """Everybody inside at one moment. ``others`` are staff without a class: ``园长 周敏``."""

    centre: str
    at: dt.datetime
    classes: tuple[InsideClass, ...]
    others: tuple[str, ...] = ()
    phone: str = ""  # of the centre
    practice: bool = False

    @property
    def total(self) -> int:
        """How many children are inside."""
        return sum(len(group.children) for group in self.classes)


def draw_many(lists: Sequence[WhoIsInside]) -> bytes:
    """Draw lists into one PDF, each counting its own pages."""
    return paper.render(_sheets(one) for one in lists)


def _sheets(inside: WhoIsInside) -> Sheets:
    def again(flow: Flow) -> None:
        words = f"在园名单（续）　{inside.at:%Y-%m-%d %H:%M}　保密"
        flow.go_on(words, _SMALL, paper.BRAND_LINE, 1, after=6)

    flow = Flow(paper.A4, (_MARGIN, 13 * MM, _MARGIN, 15 * MM), again)
    _head(flow, inside)
    for group in inside.classes:
        _class(flow, group)
    _staff(flow, inside)
    left = f"{inside.centre[:20]}　在园名单　{inside.at:%Y-%m-%d %H:%M:%S}"
    title = f"在园名单 {inside.at:%Y-%m-%d}"
    return Sheets(flow.pages, title, inside.centre, inside.practice, paper.plain_footer(left, _MARGIN))


def _head(flow: Flow, inside: WhoIsInside) -> None:
    baseline = flow.baseline(_TITLE)
    flow.page.text(flow.left, baseline, "在园名单", _TITLE)
    flow.page.text(flow.right, baseline, f"{inside.total} 个孩子", _TOTAL, align="right")
    flow.y += _TITLE.leading
    phone = f"　电话 {inside.phone}" if inside.phone else ""
    when = f"{paper.day_words(inside.at.date(), weekday=True)} {inside.at:%H:%M:%S} 的情况"
    flow.paragraph(f"{when}　{inside.centre}{phone}", style(11, colour=paper.INK_2, leading=17), after=2)
    flow.paragraph(CONFIDENTIAL, style(10.5, bold=True, leading=15, colour=paper.RED), after=4)
    flow.rule(paper.BRAND_LINE, 1.6)
    flow.y += 6
    if not inside.total:
        flow.paragraph("现在没有孩子在园。", style(13, leading=24), after=4)


def _class(flow: Flow, group: InsideClass) -> None:
    flow.need(_SECTION.leading + 52)
    words = f"{paper.class_words(group.name)}　{len(group.children)} 人"
    if group.carers:
        words += f"　当班：{'、'.join(group.carers)}"
    flow.paragraph(words, _SECTION, after=2)
    flow.carried = (paper.class_words(group.name), _SECTION)
    widths = (60.0, 60.0, 50.0, 60.0)
    columns = [*(Column(width) for width in widths), Column(flow.measure - sum(widths) - 22), Column(22.0)]
    heads = ("姓名", "年龄", "过敏", "现在", "监护人电话", "安全")
    table = Table(
        flow,
        columns,
        head=tuple(Cell(head, _STRONG if head != "安全" else style(8, leading=14)) for head in heads),
        pad=_PAD,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
    )
    room = columns[4].width - 2 * _PAD
    for child in group.children:
        contacts = _side_by_side(flow, child.contacts, room) or "没有留电话"
        table.row(
            [
                Cell(child.name, _NAME),
                Cell(child.age, _CELL),
                Cell(child.allergy or "—", _RED if child.allergy else _CELL),
                Cell(child.where or "班里", _CELL),
                Cell(contacts, _PHONE if child.contacts else _RED),
                Cell("", _CELL),
            ]
        )
    flow.carried = None
    flow.y += 7


def _side_by_side(flow: Flow, contacts: Sequence[str], room: float) -> str:
    """Two on a line where there is room: the list is carried out in a hurry, and fewer pages are lost."""
    lines: list[str] = []
    for contact in contacts:
        joined = f"{lines[-1]}　{contact}" if lines else contact
        if lines and "　" not in lines[-1] and flow.width_of(joined, _PHONE) <= room:
            lines[-1] = joined
        else:
            lines.append(contact)
    return "\n".join(lines)


def _staff(flow: Flow, inside: WhoIsInside) -> None:
    if not inside.others:
        return
    flow.need(_SECTION.leading + 20)
    flow.paragraph("其他教职工（没有排班记录，请当面核对是否在园）", _SECTION, after=2)
    flow.paragraph("、".join(inside.others), style(11.5, leading=18))
