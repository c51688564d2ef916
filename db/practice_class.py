"""What a class keeps beside: looks at sleeping infants, hands washed, time outdoors, portions."""

import datetime as dt

from db.practice_people import STAR
from db.practice_scene import Centre, dishes, stamp

_LOOKS = (805, 820)  # minutes of the day when somebody looked at the sleeping infants
_OUTDOORS = (650, 680)
_WASHED, _INFANTS_WASHED = 685, 690  # the infants sleep until just before
_GUEST = "朱予晴"
_GRAMS = (60, 80, 60, 100, 40)


def add_class_day(centre: Centre) -> None:
    """The story's day of every class, and the grams of two weeks of menus."""
    inside = _inside(centre)
    for cls, teachers in sorted(centre.teachers.items()):
        visits = [
            (visit, child)
            for visit, child, group, arrived in inside
            if group == cls and arrived < _OUTDOORS[0]
        ]
        if not visits:
            continue
        if cls != STAR:
            start, end = _OUTDOORS
            _batch(centre, "outdoor", start, visits, teachers[0], until=end)
        washed = _INFANTS_WASHED if cls == STAR else _WASHED
        _batch(centre, "washing", washed, visits, teachers[0], detail="before_food")
        if cls == STAR:
            _look_at_infants(centre, visits, teachers[-1])
    _add_portions(centre)


def _inside(centre: Centre) -> list[tuple[int, int, int, int]]:
    """Visit, child, class and minute of arrival of everybody still inside on the story's day."""
    day, found = centre.last_day.isoformat(), []
    for key, row in centre.book.rows("visit"):
        child, group, visited, arrived, left = row[0], row[1], row[2], row[8], row[11]
        if centre.book.row("child", _key(child))[0] == _GUEST:
            continue  # her day is the story's, to the entry
        if visited == day and left is None and isinstance(arrived, str):
            clock = dt.datetime.fromisoformat(arrived)
            found.append((key, _key(child), _key(group), clock.hour * 60 + clock.minute))
    return found


def _look_at_infants(centre: Centre, visits: list[tuple[int, int]], teacher: int) -> None:
    """Everybody was looked at twice; the last of them only once, so that one look is overdue."""
    day = centre.last_day.isoformat()
    asleep = {
        row[1]
        for _, row in centre.book.rows("log_entry")
        if row[3] == day and row[4] == "sleep" and row[6] is None
    }
    sleeping = [one for one in visits if one[0] in asleep]
    for look, minute in enumerate(_LOOKS):
        seen = sleeping[: len(sleeping) - look]
        if minute <= centre.cut and seen:
            _batch(centre, "sleep_check", minute, seen, teacher, detail="back", quality="calm")


def _batch(
    centre: Centre,
    kind: str,
    minute: int,
    visits: list[tuple[int, int]],
    teacher: int,
    *,
    until: int | None = None,
    detail: str | None = None,
    quality: str | None = None,
) -> None:
    if max(minute, until or 0) > centre.cut:
        return
    book, day = centre.book, centre.last_day
    batch = book.add("log_batch", kind, teacher, stamp(day, minute, 20), None, None)
    end = None if until is None else stamp(day, until)
    for visit, child in visits:
        book.add(
            "log_entry", batch, visit, child, day.isoformat(), kind, stamp(day, minute), end, detail, quality,
            None, None, None, "", "", teacher, None, None,
        )  # fmt: skip


def _add_portions(centre: Centre) -> None:
    added = stamp(centre.last_day - dt.timedelta(days=9), 960)
    for past in range(10):
        day = centre.last_day - dt.timedelta(days=past)
        if day.weekday() >= 5:
            continue
        for slot, text in dishes(centre, day).items():
            for position, dish in enumerate(text.split("、"), 1):
                grams = _GRAMS[(position + len(dish)) % len(_GRAMS)]
                centre.book.add(
                    "menu_portion", day.isoformat(), slot, position, dish, grams, added, None, None
                )


def _key(value: object) -> int:
    if not isinstance(value, int):
        msg = f"no key: {value!r}"
        raise TypeError(msg)
    return value
