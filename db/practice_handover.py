"""Two signed shift sheets of 抱抱龙 at the practice centre, with a point that travelled and is still open.

No dice are thrown: nothing else moves. The heads are counted from the visits that the history holds.
"""

import datetime as dt

from db.practice_people import DRAGON
from db.practice_scene import Centre, stamp

_AT = 13 * 60 + 5  # the early shift hands over while the children sleep
_CHECKS = (
    "门窗、围栏关好",
    "插座有盖，电器已关",
    "热水、药品、清洁用品孩子够不着",
    "地面干燥，没有小物件",
    "午睡室没有遗留的孩子",
    "监控正常",
)
_TRAVELS = "户外柜的门锁坏了，已报修，来人前先用绳子系好"
_DONE = "给新来的孩子缝上名牌"


def add_shifts(centre: Centre) -> None:
    """Write the sheets of the last two days of care before the day of the story, where there are two."""
    book = centre.book
    days = sorted({str(row[2]) for _, row in book.rows("visit")} - {centre.last_day.isoformat()})[-2:]
    teachers = centre.teachers[DRAGON]
    if len(days) < 2 or len(teachers) < 2:
        return
    first, last = (dt.date.fromisoformat(day) for day in days)
    early, late = teachers[0], teachers[1]
    travels = book.add("shift_point", DRAGON, _TRAVELS, stamp(first, _AT - 25), early, None, None)
    done = book.add("shift_point", DRAGON, _DONE, stamp(first, _AT - 20), early, None, None)
    book.add("shift_point_closing", done, "两件都缝好了", stamp(last, _AT - 200), late, None, None)
    _sheet(centre, first, (early, late), ((travels, _TRAVELS), (done, _DONE)), "")
    _sheet(centre, last, (early, late), ((travels, _TRAVELS),), "下午四点音乐老师来，先到活动室。")


def _sheet(
    centre: Centre,
    day: dt.date,
    signers: tuple[int, int],
    points: tuple[tuple[int, str], ...],
    remark: str,
) -> None:
    book = centre.book
    at, on = stamp(day, _AT), day.isoformat()
    visits = [row for _, row in book.rows("visit") if row[1] == DRAGON and row[2] == on and str(row[8]) <= at]
    gone = [row for row in visits if row[11] is not None and str(row[11]) <= at]
    names = {key: str(row[0]) for key, row in book.rows("child")}
    mine = {kid.id for kid in centre.kids if kid.class_id == DRAGON}
    away: dict[str, list[str]] = {"sick": [], "personal": []}
    for _, row in book.rows("absence"):
        if row[1] == on and row[0] in mine and row[2] in away:
            away[str(row[2])].append(names[int(str(row[0]))])
    sick, personal, counted = len(away["sick"]), len(away["personal"]), len(visits) - len(gone)
    guests = sum(row[4] != "contract" for row in visits)
    expected = len(visits) - guests + sick + personal
    heads = (expected, len(visits), guests, len(gone), sick, personal, 0, 0, 0, 0, counted)
    sheet = book.add("shift_sheet", DRAGON, on, *heads, "", remark, *signers, at, None, None)
    for kind, words in (("sick", "病假"), ("personal", "事假")):
        if away[kind]:
            line = f"{words} {len(away[kind])}：{'、'.join(away[kind])}"
            book.add("shift_line", sheet, "away", line, None)
    if visits:
        child = names[int(str(visits[0][0]))]
        book.add("shift_line", sheet, "mood", f"{child} 9:40 想家，抱了一会儿，后来开心", None)
    for point, words in points:
        book.add("shift_line", sheet, "point", words, point)
    for item in _CHECKS:
        book.add("shift_check", sheet, item, 1, "")
