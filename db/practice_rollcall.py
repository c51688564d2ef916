"""Two drills of the practice centre's past. No dice are thrown: nothing else moves."""

import datetime as dt

from db.practice_book import Book
from db.practice_people import DIRECTOR
from db.practice_scene import stamp

_AT = 10 * 60  # minutes after midnight: everybody is in and awake
_DRILLS = (
    (
        dt.date(2025, 10, 16),
        "地震",
        "听到哨声后孩子先护头蹲到墙角，震停后按班撤到操场，逐班清点。",
        "小星星班抱孩子的老师不够，最后一班到达用了 4 分钟多。",
        "乳儿班撤离时请前台和保健员各抱一名；把推床放到门边。",
        50,
    ),
    (
        dt.date(2025, 11, 18),
        "火灾",
        "厨房报警后各班用湿毛巾捂口鼻，走西侧楼梯到操场，按名单清点。",
        "西侧楼梯口两个班挤在一起，小火车班等了约一分钟。",
        "小火车班改走东侧楼梯；楼梯口每次放一个班。",
        42,
    ),
)


def add_drills(book: Book, names: dict[int, str], teachers: dict[int, list[int]]) -> None:
    """Enter the drills whose days lie in the history. ``teachers`` are staff by class."""
    for day, plan, course, problems, improvements, pace in _DRILLS:
        visits = _inside(book, day)
        if visits:
            _add_drill(book, names, teachers, visits, day, plan, (course, problems, improvements, pace))


def _inside(book: Book, day: dt.date) -> dict[int, list[int]]:
    """The visits of a day that stand at ten o'clock, by class."""
    found: dict[int, list[int]] = {}
    at = stamp(day, _AT)
    for key in range(1, book.count("visit") + 1):
        row = book.row("visit", key)
        if row[2] == day.isoformat() and str(row[8]) < at and (row[11] is None or str(row[11]) > at):
            found.setdefault(int(str(row[1])), []).append(key)
    return dict(sorted(found.items()))


def _add_drill(
    book: Book,
    names: dict[int, str],
    teachers: dict[int, list[int]],
    visits: dict[int, list[int]],
    day: dt.date,
    plan: str,
    told: tuple[str, str, str, int],
) -> None:
    course, problems, improvements, pace = told
    seconds = pace * (len(visits) + 1)
    began, ended = stamp(day, _AT), _after(day, seconds)
    call = book.add("roll_call", "drill", plan, day.isoformat(), began, DIRECTOR, ended, DIRECTOR, None, None)
    marked: set[int] = set()
    first = book.count("roll_call_mark") + 1
    for place, (cls, keys) in enumerate(visits.items(), 1):
        own = [key for key in teachers.get(cls, []) if key not in marked]
        marked.update(own)
        batch, marker, at = first + place, (own or [DIRECTOR])[0], _after(day, pace * place)
        people = [
            book.add(
                "roll_call_person", call, key, None, cls,
                str(book.row("child", int(str(book.row("visit", key)[0])))[0]), names[cls], began,
            )
            for key in keys
        ]  # fmt: skip
        people += [
            book.add(
                "roll_call_person", call, None, key, None, str(book.row("staff", key)[0]), names[cls], began
            )
            for key in own
        ]
        for person in people:
            book.add("roll_call_mark", person, batch, "safe", "class", at, marker, None, None)
    book.add(
        "roll_call_note", call, course, problems, improvements, "", _after(day, seconds + 900), DIRECTOR, None
    )


def _after(day: dt.date, seconds: int) -> str:
    return stamp(day, _AT + seconds // 60, seconds % 60)
