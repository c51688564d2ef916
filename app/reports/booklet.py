"""成长月册: a child's month day by day on A4, to be kept at home."""

import datetime as dt
from collections.abc import Sequence

from app.domain.record import record
from app.reports import paper
from app.reports.flow import Flow
from app.reports.paper import MM, Sheets, Style, style

_MARGIN = 18 * MM
_DATE = 74.0  # width of the column of dates
_LABEL = 36.0
_PHOTO = 34 * MM
_BODY = style(11, leading=16.5)
_SMALL = style(9.5, colour=paper.INK_2, leading=13)
_PART = Style(11, 16.5, colour=paper.LABEL)
_WEEKDAYS = "一二三四五六日"


@record
class BookletDay:
    """One stay. Empty parts leave their line out."""

    day: dt.date
    came: str  # 09:12–14:00
    activities: str = ""
    food: str = ""
    sleep: str = ""
    mood: str = ""
    notes: str = ""


@record
class BookletPaper:
    """One child's month, frozen for paper. ``photo`` is a JPEG, empty where there is none to be shown."""

    centre: str
    month: str  # 2025-11
    child: str
    sex: str
    age: str
    class_name: str
    days: tuple[BookletDay, ...]
    figures: str  # 来园 18 天 · 活动 34 次
    photo: bytes = b""
    practice: bool = False


def draw_many(booklets: Sequence[BookletPaper]) -> bytes:
    """Draw booklets into one PDF, each counting its own pages."""
    return paper.render(_sheets(booklet) for booklet in booklets)


def month_words(month: str) -> str:
    """``2025-11`` → ``2025年11月``."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def _sheets(booklet: BookletPaper) -> Sheets:
    def again(flow: Flow) -> None:
        words = f"{month_words(booklet.month)}成长月册（续）　{booklet.child[:16]}"
        flow.go_on(words, _SMALL, paper.BRAND_LINE, 1, after=6)

    flow = Flow(paper.A4, (_MARGIN, 16 * MM, _MARGIN, 17 * MM), again)
    _heading(flow, booklet)
    for day in booklet.days:
        _day(flow, day)
    flow.need(34)
    flow.y += 8
    words = "由老师当天的记录整理，没有记录的不写；别的小朋友的名字已经隐去。"
    flow.paragraph(words, _SMALL)
    return Sheets(
        flow.pages,
        f"成长月册 {booklet.child} {booklet.month}",
        booklet.centre,
        booklet.practice,
        paper.plain_footer(f"{booklet.centre[:20]}　{month_words(booklet.month)}", _MARGIN),
    )


def _heading(flow: Flow, booklet: BookletPaper) -> None:
    top, right = flow.y, flow.right
    width = flow.measure - (_PHOTO + 14 if booklet.photo else 0)
    if booklet.photo:
        flow.page.picture(right - _PHOTO, top, _PHOTO, _PHOTO, booklet.photo)
    title = style(24, bold=True, colour=paper.BRAND, leading=34)
    flow.page.text(flow.left, flow.baseline(title), f"{month_words(booklet.month)} 成长月册", title)
    flow.y += title.leading
    flow.paragraph(booklet.centre, style(12, colour=paper.LABEL, leading=18), width=width, after=6)
    flow.paragraph(booklet.child, Style(17, 25, bold=True), width=width)
    who = [part for part in (booklet.sex, booklet.age, paper.class_words(booklet.class_name)) if part]
    flow.paragraph("　".join(who), style(12, colour=paper.INK_2, leading=18), width=width)
    flow.paragraph(booklet.figures, style(12, bold=True, leading=20), width=width, after=4)
    if booklet.photo and len(flow.pages) == 1:
        flow.y = max(flow.y, top + _PHOTO + 8)
    flow.rule(paper.BRAND_LINE, 1.4)
    flow.y += 2


def _day(flow: Flow, day: BookletDay) -> None:
    """The date at the left, the parts beside it; a long day goes on over the page."""
    parts = (
        ("活动", day.activities),
        ("饮食", day.food),
        ("睡眠", day.sleep),
        ("情绪", day.mood),
        ("老师说", day.notes),
    )
    told = [(label, words.strip()) for label, words in parts if words.strip()]
    flow.need(min(max(len(told), 2) * _BODY.leading + 14, 120))
    flow.y += 6
    page = flow.page
    date = style(12.5, bold=True, leading=17)
    page.text(flow.left, flow.y + 12, f"{day.day.month}月{day.day.day}日", date)
    small = f"星期{_WEEKDAYS[day.day.weekday()]}"
    page.text(flow.left, flow.y + 27, small, _SMALL)
    page.text(flow.left, flow.y + 40, day.came[:14], _SMALL)
    least = flow.y + 44
    if not told:
        flow.paragraph("这天没有别的记录。", style(11, colour=paper.INK_2, leading=16.5), x=flow.left + _DATE)
    for label, words in told:
        for number, line in enumerate(words.splitlines()):
            flow.need(_BODY.leading * 2 if number == 0 else _BODY.leading)
            if number == 0:
                flow.page.text(flow.left + _DATE, flow.baseline(_PART), label, _PART)
            flow.paragraph(line.strip(), _BODY, x=flow.left + _DATE + _LABEL + 8)
    if flow.page is page:
        flow.y = max(flow.y, least)
    flow.y += 6
    flow.rule(paper.LINE, 0.6, 1, 2)
