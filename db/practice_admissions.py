"""Families that ask the practice centre for a place. Nothing of its day changes."""

import datetime as dt

from db.practice_book import Book
from db.practice_people import DESK, DIRECTOR, DRAGON, STAR

# name, days old (negative: due), contact, phone tail, kind, mode, half, priority, applied days ago, note
_FAMILIES = (
    ("姚星遥", 410, "妈妈 姚雪", "7101", "toddler", "full_day", None, "sibling", 41, "哥哥在小火车"),
    ("邹时安", 760, "爸爸 邹凯", "7102", "older_toddler", "full_day", None, "none", 36, ""),
    ("严知微", 690, "妈妈 白露", "7103", "toddler", "half_day", "am", "staff", 20, "妈妈是本园老师"),
    ("石沐言", 300, "外婆 苏桂芬", "7104", "infant", "full_day", None, "large_family", 33, "二孩"),
    ("纪清和", 720, "妈妈 纪芸", "7105", "older_toddler", "full_day", None, "none", 12, "想三月入园"),
    ("温家宝宝", -75, "妈妈 温岚", "7106", "infant", "full_day", None, "none", 6, "预产期在二月，先问一问"),
    ("柏子衿", 520, "爸爸 柏松", "7107", "toddler", "full_day", None, "none", 3, "从社区公告栏知道"),
    ("蓝月", 455, "姑姑 蓝婷", "7108", "toddler", "half_day", "pm", "none", 1, ""),
)
_WAITING = ("姚星遥", "邹时安", "严知微", "石沐言", "纪清和")


def add_admissions(book: Book, today: dt.date) -> None:
    """Eight families: five on the list (one notice out, one expired), three that only asked."""
    for name, days_old, contact, tail, kind, mode, half, priority, ago, note in _FAMILIES:
        applied = today - dt.timedelta(days=ago)
        at = f"{applied.isoformat()}T10:20:00+08:00"
        day = (today - dt.timedelta(days=days_old)).isoformat()
        born, due = (day, None) if days_old > 0 else (None, day)
        start = dt.date(today.year + (today.month == 12), today.month % 12 + 1, 1).isoformat()
        key = book.add(
            "applicant", None, name, born, due, contact, f"1370000{tail}", kind, mode, half, start, priority,
            note, applied.isoformat(), DESK, at,
        )  # fmt: skip
        _add_step(book, key, "wait" if name in _WAITING else "inquire", applied, at)
        if name == "邹时安":
            _offer(book, key, today - dt.timedelta(days=6), DRAGON, start)
        elif name == "石沐言":
            _offer(book, key, today - dt.timedelta(days=1), STAR, start)


def _offer(book: Book, key: int, day: dt.date, class_id: int, start: str) -> None:
    deadline = (day + dt.timedelta(days=3)).isoformat()
    book.add(
        "life_step", key, None, "notify", day.isoformat(), class_id, "full_day", None, start, None, 0, None,
        deadline, None, "", None, DIRECTOR, f"{day.isoformat()}T16:05:00+08:00", None, None,
    )  # fmt: skip


def _add_step(book: Book, key: int, kind: str, day: dt.date, at: str) -> None:
    book.add(
        "life_step", key, None, kind, day.isoformat(), None, None, None, None, None, 0, None, None, None, "",
        None, DESK, at, None, None,
    )  # fmt: skip
