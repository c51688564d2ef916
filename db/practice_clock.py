"""What surrounds the classes of the practice centre: who clocked in, heads counted, walks, wishes.

No dice are thrown: nothing else moves. Today's clock says what the rota says, so that no figure changes.
"""

import datetime as dt

from db.practice_book import Book
from db.practice_people import DRAGON, STAR
from db.practice_scene import Centre, stamp

_DAYS = 12  # so many days back carers clock in
_NOON = 750  # the carer lent to 抱抱龙 is back in her class
_ENDS = (1050, 1080, 1110)
_STARTS = (448, 452, 478)  # minutes after midnight: a little before the shift
_ROUNDS = (500, 700, 810)
_WISHES = (
    # child, category, words, slots, days back, days it holds (None: always), told by, way, hour
    ("朱予晴", "nap", "要抱着小兔子才睡，先拍一会儿背", "", 0, 0, "奶奶", "door", 555),
    ("张沐阳", "meal", "有点咳，水果用温水泡一下再给", "morning_snack", 1, 4, "妈妈", "message", 470),
    ("刘安然", "medicine", "湿疹还没好，换尿布后涂自带的润肤霜", "", 6, None, "妈妈", "paper", 480),
    ("孙一诺", "pickup", "今天外公来接，戴灰帽子", "", 0, 0, "爸爸", "phone", 500),
    ("赵予安", "meal", "牛奶只喝温的", "", 20, None, "外婆", "door", 490),
)  # fmt: skip
Visits = dict[dt.date, list[tuple[int, str, tuple[object, ...]]]]


def add_clock(centre: Centre) -> None:
    """Enter everything up to the moment of the file."""
    book, days = centre.book, _days(centre)
    for day in days:
        cut = centre.cut if day == centre.last_day else 24 * 60
        for cls, staff in centre.teachers.items():
            if day == centre.last_day and cls in {DRAGON, STAR} and cut < _NOON:
                continue  # in the morning one of 小星星 helps 抱抱龙 by the rota
            for nth, key in enumerate(staff):
                _clock(book, day, cls, key, nth, cut)
    visits = _visits(centre, days[-3:])
    _rounds(centre, days[-3:], visits)
    _walk(centre, days[-2:], visits)
    _wish(centre)


def _days(centre: Centre) -> list[dt.date]:
    """The last days on which anybody came."""
    found = {str(row[2]) for _, row in centre.book.rows("visit")}
    return sorted(dt.date.fromisoformat(one) for one in found)[-_DAYS:]


def _clock(book: Book, day: dt.date, cls: int, staff: int, nth: int, cut: int) -> None:
    lent = cls == STAR and nth == 2
    start, end = _STARTS[nth] + day.day % 3, _ENDS[nth] + day.day % 4
    spans = [(cls, 0, start, end)]
    if lent:
        spans = [(DRAGON, 1, 446, 721), (STAR, 0, 748, 1051)]
    for place, cover, begin, finish in spans:
        if begin > cut:
            continue
        over = finish <= cut
        book.add(
            "duty", staff, place, day.isoformat(), "work", cover, stamp(day, begin),
            stamp(day, finish) if over else None, staff, staff if over else None, None, None, "", None, None,
        )  # fmt: skip


def _visits(centre: Centre, days: list[dt.date]) -> Visits:
    """The visits of these days, each with her name: a long history is walked once."""
    found: Visits = {day: [] for day in days}
    wanted = {day.isoformat(): day for day in days}
    for key, row in centre.book.rows("visit"):
        if str(row[2]) in wanted:
            name = str(centre.book.row("child", int(str(row[0])))[0])
            found[wanted[str(row[2])]].append((key, name, row))
    return found


def _inside(visits: Visits, day: dt.date, cls: int, minute: int) -> list[tuple[int, str]]:
    at = stamp(day, minute)
    return [
        (key, name)
        for key, name, row in visits[day]
        if row[1] == cls and str(row[8]) <= at and (row[11] is None or str(row[11]) > at)
    ]


def _rounds(centre: Centre, days: list[dt.date], visits: Visits) -> None:
    for day in days:
        for cls, staff in centre.teachers.items():
            for minute in (start + cls for start in _ROUNDS):
                heads = _inside(visits, day, cls, minute)
                if heads and (day < centre.last_day or minute <= centre.cut):
                    where = "round", cls, None, f"{centre.names[cls]}活动室"
                    _count(centre.book, day, minute, where, heads, staff[0])


def _walk(centre: Centre, days: list[dt.date], visits: Visits) -> None:
    for day in days:
        if day == centre.last_day and centre.cut < 660:
            continue
        staff, heads = centre.teachers[DRAGON][:2], _inside(visits, day, DRAGON, 640)
        out, back = stamp(day, 610), stamp(day, 652)
        walk = centre.book.add(
            "walk", day.isoformat(), "户外活动场", out, staff[0], back, staff[0], None, None
        )
        heads = [one for one in heads if one in _inside(visits, day, DRAGON, 609)]
        for visit, name in heads:
            centre.book.add("walk_member", walk, visit, None, DRAGON, name)
        for key in staff:
            centre.book.add("walk_member", walk, None, key, DRAGON, str(centre.book.row("staff", key)[0]))
        for stage, minute in (("leave", 610), ("arrive", 613), ("return", 652)):
            _count(centre.book, day, minute, (stage, None, walk, "户外活动场"), heads, staff[0])


def _count(
    book: Book,
    day: dt.date,
    minute: int,
    where: tuple[str, int | None, int | None, str],
    heads: list[tuple[int, str]],
    staff: int,
) -> None:
    stage, cls, walk, place = where
    count = book.add(
        "head_count", day.isoformat(), stage, cls, walk, place, len(heads), len(heads), "",
        stamp(day, minute), staff, None, None,
    )  # fmt: skip
    for visit, name in heads:
        book.add("head_count_child", count, visit, name, "here")


def _wish(centre: Centre) -> None:
    book, today = centre.book, centre.last_day
    keys = {str(row[0]): key for key, row in book.rows("child")}
    for name, category, words, slots, back, holds, told, way, minute in _WISHES:
        day = today - dt.timedelta(days=back)
        child = keys.get(name)
        if child is None or (day == today and minute > centre.cut):
            continue
        until = None if holds is None else (day + dt.timedelta(days=holds)).isoformat()
        added = str(book.row("child", child)[10])
        taken = max(stamp(day, minute), added)
        wish = book.add(
            "instruction", child, category, words, slots, day.isoformat(), until, told, way, taken, 2,
            None, None, "",
        )  # fmt: skip
        if back:
            book.add("instruction_read", wish, centre.teachers[DRAGON][0], stamp(day, minute + 40))
