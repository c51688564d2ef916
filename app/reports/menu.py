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
_DISHES = (20, 18.5, 17, 16, 15)  # points: it is read from across the hall, so the largest that fits a page
_CENTRE = style(13, colour=paper.INK_2, leading=20)
_SMALL = style(11.5, colour=paper.INK_2, leading=17)
_PAD = 6.0  # points within a cell
_GAP = 6.0  # points under the table
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
    flow.paragraph(menu.centre, _CENTRE, after=3)
    flow.rule(paper.BRAND_LINE, 1.6)
    flow.y += 8
    notes = _notes(menu)
    lines = sum(len(flow.broken(note, _SMALL, flow.measure)[0]) for note in notes)
    _table(flow, menu, flow.room - _GAP - lines * _SMALL.leading)
    flow.y += _GAP
    for note in notes:
        flow.paragraph(note, _SMALL)
    left = f"{menu.centre[:24]}　一周食谱　{menu.monday:%Y-%m-%d}"
    title = f"一周食谱 {menu.monday:%Y-%m-%d}"
    return Sheets(flow.pages, title, menu.centre, menu.practice, paper.plain_footer(left, _MARGIN))


def _notes(menu: MenuPaper) -> list[str]:
    weighed = any(grams for row in menu.rows for cell in row.cells for _, grams in cell.dishes)
    words = "克数是每个孩子每餐的量（带量食谱）。" if weighed else ""
    told = "红字是食谱登记的过敏原，没有写到的不等于没有。孩子对食物过敏或有特殊喂养要求，请告诉班级老师。"
    return [f"{words}{told}", *([f"电话 {menu.phone}"] if menu.phone else [])]


def _table(flow: Flow, menu: MenuPaper, room: float) -> None:
    """The meals, as large as they fit in ``room`` points; what is left of them goes to the rows alike."""
    first = 52.0
    width = (flow.measure - first) / max(1, len(menu.days))
    heads = [Cell("餐次", _HEAD, align="center")]
    for day in menu.days:
        heads.append(Cell(f"周{_WEEKDAYS[day.weekday()]}　{day.month}月{day.day}日", _HEAD, align="center"))
    table = Table(
        flow,
        [Column(first), *(Column(width) for _ in menu.days)],
        head=heads,
        pad=_PAD,
        edge=paper.LINE,
        head_fill=paper.SUNKEN,
    )
    for size in _DISHES:
        rows = [_cells(row, size) for row in menu.rows]
        spare = room - table.height(()) - sum(table.height(cells) for cells in rows)
        if spare >= 0 and _is_unbroken(flow, menu, size, width - 2 * _PAD):
            break
    share = max(0.0, spare - 1) / max(1, len(rows))
    for cells in rows:
        table.row(cells, least=table.height(cells) + share)


def _is_unbroken(flow: Flow, menu: MenuPaper, size: float, width: float) -> bool:
    """Whether every dish stands on one line with its grams."""
    dishes = {_dish(*dish) for row in menu.rows for cell in row.cells for dish in cell.dishes}
    return all(len(flow.broken(dish, style(size), width)[0]) == 1 for dish in dishes)


def _dish(name: str, grams: int | None) -> str:
    return name if grams is None else f"{name} {grams} 克"


def _cells(row: MenuRow, size: float) -> list[Cell]:
    dish, red = style(size), style(size - 2, colour=paper.RED)
    cells = [Cell(row.meal, _SLOT, align="center")]
    for cell in row.cells:
        dishes = "\n".join(_dish(*dish) for dish in cell.dishes)
        listed = f"含 {'、'.join(cell.allergens)}" if cell.allergens else ""
        cells.append(Cell(dishes or "—", dish, below=listed, below_look=red))
    return cells


def _week_words(menu: MenuPaper) -> str:
    first = menu.days[0] if menu.days else menu.monday
    last = menu.days[-1] if menu.days else menu.monday
    return f"{first.year}年{first.month}月{first.day}日 – {last.month}月{last.day}日"
