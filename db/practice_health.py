"""The health room of the practice centre: medicine of today, a fever of last week, a finding at noon.

Nothing here changes a row of the desk but the chips of the cards.
"""

import datetime as dt

from db.practice_people import DRAGON, HEALTH, TRAIN, Kid
from db.practice_scene import Centre, stamp

_NOON_DOSE, _AFTERNOON_DOSE = 12 * 60 + 30, 16 * 60
_GIVEN, _TAKEN = 12 * 60 + 33, 8 * 60 + 25
_FOUND = 10 * 60 + 12
_COUGHS = "吴嘉懿"  # a child of the story's class
_STROKES = (
    "420x132:38,40 96,38|66,22 66,96|40,66 94,64|44,98 60,82 68,70|70,72 84,86 100,98"
    "|132,30 120,62 112,84|128,52 172,48|150,24 150,100|126,76 178,74|196,34 250,30|222,34 218,70 204,98"
    "|222,60 238,84 256,96"
)


def add_health(centre: Centre) -> None:
    """Write it all, once every day has been lived through."""
    inside = _inside(centre)
    dragons = [pair for pair in inside if pair[0].class_id == DRAGON and pair[0].name == _COUGHS]
    trains = [pair for pair in inside if pair[0].class_id == TRAIN and not pair[0].story]
    if centre.cut >= _TAKEN and dragons and len(trains) > 4:
        _add_noon_medicine(centre, *dragons[0])
        _add_afternoon_medicine(centre, *trains[4])
    _add_fever(centre)
    _add_finding(centre)


def _inside(centre: Centre) -> list[tuple[Kid, int]]:
    today = centre.last_day.isoformat()
    kids = {kid.id: kid for kid in centre.kids}
    return [
        (kids[int(str(row[0]))], key)
        for key, row in centre.book.rows("visit")
        if row[2] == today and row[11] is None and row[0] in kids
    ]


def _request(centre: Centre, kid: Kid, visit: int, *words: str, signature: str = "") -> int:
    medicine, dose, reason, expires = words
    how = "screen" if signature else "paper"
    adult = kid.adults[0]
    return centre.book.add(
        "medicine_request", visit, medicine, dose, "口服", reason, "无", 1, expires, 1,
        stamp(centre.last_day, 7 * 60 + 30), f"{adult.relation} {adult.name}", how, signature,
        max(stamp(centre.last_day, _TAKEN), str(centre.book.row("visit", visit)[8])), HEALTH, None, None,
    )  # fmt: skip


def _add_noon_medicine(centre: Centre, kid: Kid, visit: int) -> None:
    """One dose due at 12:30, given three minutes later by two people."""
    expires = (centre.last_day + dt.timedelta(days=200)).isoformat()
    request = _request(
        centre, kid, visit, "小儿止咳糖浆", "5 ml", "咳嗽两天，遵医嘱", expires, signature=_STROKES
    )
    dose = centre.book.add("medicine_dose", request, stamp(centre.last_day, _NOON_DOSE))
    if centre.cut >= _GIVEN:
        giver, second = centre.teachers[DRAGON][:2]
        centre.book.add(
            "medicine_act", dose, "given", stamp(centre.last_day, _GIVEN), "5 ml", giver, second, 0, "",
            None, None, None,
        )  # fmt: skip


def _add_afternoon_medicine(centre: Centre, kid: Kid, visit: int) -> None:
    expires = (centre.last_day + dt.timedelta(days=90)).isoformat()
    request = _request(centre, kid, visit, "口服补液盐", "半包冲 125 ml", "昨天拉肚子，已好转", expires)
    centre.book.add("medicine_dose", request, stamp(centre.last_day, _AFTERNOON_DOSE))


def _earlier(centre: Centre, days: int, *, morning: bool = False) -> tuple[int, Kid, str] | None:
    """A stay of an earlier day that has ended (before one o'clock): visit, child, when she left."""
    kids = {kid.id: kid for kid in (*centre.kids, *centre.visitors)}
    last = (centre.last_day - dt.timedelta(days=days)).isoformat()
    for key, row in reversed(list(centre.book.rows("visit"))):
        early = str(row[8])[11:16] < "09:30"
        fits = str(row[11])[11:13] in {"11", "12"} if morning else row[1] == DRAGON
        if str(row[2]) <= last and row[11] is not None and fits and early:
            kid = kids.get(int(str(row[0])))
            if kid is not None and kid.story != "guest":
                return key, kid, str(row[11])
    return None


def _add_fever(centre: Centre) -> None:
    """A week ago: found in the morning, measured again, rung, put apart, fetched."""
    found = _earlier(centre, 6, morning=True)
    if found is None:
        return
    visit, kid, left = found
    day = dt.date.fromisoformat(left[:10])
    adult, book = kid.adults[0], centre.book
    whom = f"{adult.relation} {adult.name}"
    check = book.add(
        "health_check", visit, "day", stamp(day, _FOUND), 381, "forehead", "abnormal",
        "额头烫、精神差；已复测并通知家长", HEALTH, None,
    )  # fmt: skip
    book.add("check_detail", check, 1, "yellow", "hot listless", "", "已复测并通知家长")
    case = book.add(
        "fever_case", visit, check, None, 381, "forehead", stamp(day, _FOUND + 5), stamp(day, _FOUND), HEALTH,
        None, None,
    )  # fmt: skip
    steps = (
        ("recheck", _FOUND + 5, 384, "ear", "", 0, ""),
        ("call", _FOUND + 7, None, None, whom, 1, "四十分钟到，先多喝水"),
        ("isolate", _FOUND + 9, None, None, "顾红", 0, ""),
        ("collected", int(left[11:13]) * 60 + int(left[14:16]) - 1, None, None, whom, 0, "带去儿童医院"),
    )
    for kind, minute, tenths, site, who, reached, words in steps:
        book.add(
            "fever_step", case, kind, stamp(day, minute), HEALTH, tenths, site, who, "", reached, words,
            None, None, None,
        )  # fmt: skip


def _add_finding(centre: Centre) -> None:
    """Two days ago: a red throat at noon, told to the parents."""
    found = _earlier(centre, 2)
    if found is None:
        return
    visit, _, left = found
    day = dt.date.fromisoformat(left[:10])
    note = "咽红、咳嗽；已告诉妈妈，多喝水"
    check = centre.book.add(
        "health_check", visit, "day", stamp(day, 11 * 60 + 5), 368, "forehead", "abnormal", note, HEALTH, None
    )
    centre.book.add("check_detail", check, 2, "yellow", "throat cough", "", "已告诉妈妈，多喝水")
