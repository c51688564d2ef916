"""What the practice centre's settings were before, and who changed them: nothing of today changes."""

import datetime as dt

from db.practice_book import Book

_SEATS_BEFORE = 65
_PRICES_BEFORE = (
    ("month_full_day", "全日托保育费", "basic", "月", 228000),
    ("month_half_day", "半日托保育费", "basic", "月", 128000),
    ("lunch", "午餐", "other", "份", 1200),
)
_TEACHER = "许静"
_CLASS = "小树苗"


def add_settings(book: Book, opened: dt.date, first: dt.date, director: int) -> None:
    """Dated rows of the year before today's prices and seats, and a few changes with their cells."""
    year_before = opened - dt.timedelta(days=365)
    eve = (opened - dt.timedelta(days=1)).isoformat()
    book.add("licensed_seats", year_before.isoformat(), _SEATS_BEFORE)
    for code, name, category, unit, fen in _PRICES_BEFORE:
        book.add("price", code, name, category, unit, fen, year_before.isoformat(), eve)
    changed = _changes(book, opened, first)
    for days, (area, subject, words, cell) in enumerate(changed):
        at = f"{(first + dt.timedelta(days=7 * days + 3)).isoformat()}T16:20:00+08:00"
        key = book.add("settings_change", area, subject, words, None, at, director, None, None)
        book.add("settings_cell", key, *cell)


def _changes(book: Book, opened: dt.date, first: dt.date) -> list[tuple[str, int, str, tuple[object, ...]]]:
    """Area, subject, words and the cell (table, key, field, old, new) of each."""
    teacher, phone = _find(book, "staff", _TEACHER, 3)
    group, _ = _find(book, "class_group", _CLASS, 2)
    at = f"{opened.isoformat()}T09:00:00+08:00"
    early = book.add("setting", "due_minutes", "20", opened.isoformat(), at)
    start = first + dt.timedelta(days=10)
    later = book.add("setting", "due_minutes", "30", start.isoformat(), f"{start.isoformat()}T16:20:00+08:00")
    return [
        (
            "centre",
            1,
            "电话 0000-8600001 → 0000-8600000",
            ("centre", "1", "phone", "0000-8600001", "0000-8600000"),
        ),
        (
            "rule",
            early,
            f"{start:%Y-%m-%d} 起快到点提醒 20 分钟 → 30 分钟",
            ("setting", str(later), "ended_at", "@now", None),
        ),
        ("class", group, "托位 16 → 18", ("class_group", str(group), "seats", "16", "18")),
        ("staff", teacher, f"电话 空 → {phone}", ("staff", str(teacher), "phone", "", phone)),
    ]


def _find(book: Book, table: str, name: str, column: int) -> tuple[int, object]:
    """The key of the row of that name, and one of its columns."""
    for key in range(1, book.count(table) + 1):
        row = book.row(table, key)
        if row[0] == name:
            return key, row[column]
    raise LookupError(name)
