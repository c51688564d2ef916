"""一周食谱 for the door: the meals of a week, grams per child and dish, allergens in red; A4 across."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Cell, Column, Flow, Table
from app.reports.paper import MM, Sheets, style

_MARGIN = 14 * MM
_TITLE = style(24, bold=True, colour=paper.BRAND, leading=32)
_HEAD = style(13.5, bold=True, leading=21)
_SLOT = style(16, bold=True, colour=paper.BRAND, leading=22)
_DISH = style(15, leading=23)
_RED = style(13, colour=paper.RED, leading=19)
_SMALL = style(11, colour=paper.INK_2, leading=16)
_WEEKDAYS = "一二三四五六日"


@record
class MenuCell:
    """One meal of a day: (dish, grams per child or None), and what of it children react to."""

    dishes: tuple[tuple[str, int | None], ...] = ()
    allergens: tuple[str, ...] = ()


@record
class MenuRow:
    """One meal over the days of the week."""

    meal: str  # 午餐
    cells: tuple[MenuCell, ...]


@record
class MenuPaper:
    """A week for the door. Each row has a cell for each of ``days``."""

    centre: str
    monday: dt.date
    days: tuple[dt.date, ...]
    rows: tuple[MenuRow, ...]
    phone: str = ""
    practice: bool = False


def draw_many(menus: Sequence[MenuPaper]) -> bytes:
    """Draw weeks into one PDF, each counting its own pages."""
    return paper.render(_sheets(one) for one in menus)


def _sheets(menu: MenuPaper) -> Sheets:
    def again(flow: Flow) -> None:
        flow.paragraph(f"一周食谱（续）　{_week_words(menu)}", _SMALL, after=4)

    width, height = paper.A4
    flow = Flow((height, width), (_MARGIN, 12 * MM, _MARGIN, 15 * MM), again)
    baseline = flow.baseline(_TITLE)
    flow.page.text(flow.left, baseline, "一周食谱", _TITLE)
    flow.page.text(flow.right, baseline, _week_words(menu), style(14, leading=32), align="right")
    flow.y += _TITLE.leading
    flow.rule(paper.BRAND_LINE, 1.6)
    flow.y += 8
    _table(flow, menu)
    flow.y += 6
    weighed = any(grams for row in menu.rows for cell in row.cells for _, grams in cell.dishes)
    words = "克数是每个孩子每餐的量（带量食谱）。" if weighed else ""
    flow.paragraph(
        f"{words}红字是食谱登记的过敏原，没有写到的不等于没有。孩子对食物过敏或有特殊喂养要求，请告诉班级老师。",
        _SMALL,
    )
    if menu.phone:
        flow.paragraph(f"电话 {menu.phone}", _SMALL)
    left = f"{menu.centre[:24]}　一周食谱　{menu.monday:%Y-%m-%d}"
    title = f"一周食谱 {menu.monday:%Y-%m-%d}"
    return Sheets(flow.pages, title, menu.centre, menu.practice, paper.plain_footer(left, _MARGIN))


def _table(flow: Flow, menu: MenuPaper) -> None:
    first = 52.0
    width = (flow.measure - first) / max(1, len(menu.days))
    heads = [Cell("餐次", _HEAD, align="center")]
    for day in menu.days:
        heads.append(Cell(f"周{_WEEKDAYS[day.weekday()]}　{day.month}月{day.day}日", _HEAD, align="center"))
    table = Table(
        flow,
        [Column(first), *(Column(width) for _ in menu.days)],
        head=heads,
        pad=6,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
    )
    for row in menu.rows:
        cells = [Cell(row.meal, _SLOT, align="center")]
        for cell in row.cells:
            dishes = "\n".join(name if grams is None else f"{name} {grams} 克" for name, grams in cell.dishes)
            listed = f"含 {'、'.join(cell.allergens)}" if cell.allergens else ""
            cells.append(Cell(dishes or "—", _DISH, below=listed, below_look=_RED))
        table.row(cells)


def _week_words(menu: MenuPaper) -> str:
    first = menu.days[0] if menu.days else menu.monday
    last = menu.days[-1] if menu.days else menu.monday
    return f"{first.year}年{first.month}月{first.day}日 – {last.month}月{last.day}日"
