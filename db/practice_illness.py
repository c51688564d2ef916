"""Injuries, illness and the rounds of the practice centre. Who is here today stays here."""

import datetime as dt
import json

from db.practice_book import Book
from db.practice_people import DIRECTOR, HEALTH, TRAIN, Kid
from db.practice_scene import Centre, stamp

_ITEMS = (
    ("air", "开窗", "", "15"), ("floor", "擦拭", "含氯 250 mg/L", "20"),
    ("tables", "擦拭", "含氯 250 mg/L", "20"),
    ("dining", "擦拭", "含氯 250 mg/L", "20"), ("dishes", "煮沸", "", "15"), ("cups", "煮沸", "", "15"),
    ("towels", "浸泡", "含氯 250–400 mg/L", "20"), ("toys", "浸泡擦拭", "含氯 250 mg/L", "20"),
    ("beds", "擦拭、翻晒", "含氯 250 mg/L", "20"), ("toilet", "浸泡", "含氯 400–700 mg/L", "30"),
    ("handles", "擦拭", "含氯 250 mg/L", "20"), ("uv", "照射", "", "60"),
)  # fmt: skip
_WEEKLY = {"toys": 2, "beds": 4}  # done on this weekday only
_AGAIN = {"air": (872,), "dining": (688, 903), "dishes": (751, 948)}  # the other times of a day, minutes
_TICKED_DAYS = 24


def add_illness(centre: Centre) -> None:
    """Write it all, once every day has been lived through."""
    _add_injuries(centre)
    _add_cases(centre)
    _add_rounds(centre)
    _add_lists(centre)


def _inside(centre: Centre) -> list[tuple[Kid, int]]:
    """Children of 小火车 who are inside now and have no part in the story, with their visits."""
    today = centre.last_day.isoformat()
    open_ = {row[0]: key for key, row in centre.book.rows("visit") if row[2] == today and row[11] is None}
    return [
        (kid, open_[kid.id])
        for kid in centre.kids
        if kid.class_id == TRAIN and not kid.story and kid.id in open_
    ]


def _add_injuries(centre: Centre) -> None:
    """A scratch of this morning that the family was told of, and a fall of last week that is done."""
    book, today = centre.book, centre.last_day
    found = _inside(centre)
    if len(found) < 4 or centre.cut < 650:
        return
    (child, _), (other, _) = found[-1], found[-2]
    teacher = centre.teachers[TRAIN][0]
    key = _injury(
        book, child, today, 628, teacher, "12", "scratch", other.id, "2", "front.left_cheek", "wash,clean",
        f"10:28 玩积木时两人抢一块，{other.name}抓了{child.name}左脸，有两道浅红印，没破皮。"
        "清水冲洗后消毒，没有肿。",
    )  # fmt: skip
    mother = child.adults[0]
    _addition(book, key, "told", "", f"{mother.relation} {mother.name}", "phone", stamp(today, 641), None,
              teacher, stamp(today, 641))  # fmt: skip
    day = next(today - dt.timedelta(days=back) for back in (8, 7, 9, 6) if _is_weekday(today, back))
    (older, _) = found[0]
    key = _injury(
        book, older, day, 945, teacher, "2", "", None, "1", "front.right_knee", "wash,clean,plaster",
        f"15:45 户外跑动时{older.name}自己绊了一下，右膝擦破约一厘米，冲洗、消毒、贴创可贴。"
        "哭了两分钟，继续玩。",
    )  # fmt: skip
    mother = older.adults[0]
    told = stamp(day, 1030)
    _addition(
        book, key, "told", "", f"{mother.relation} {mother.name}", "in_person", told, None, teacher, told
    )
    _addition(book, key, "signed", "", "", "", None, key, DIRECTOR, stamp(day, 990))
    later = stamp(day + dt.timedelta(days=1), 520)
    _addition(book, key, "words", "已结痂，不影响活动。", "", "", None, None, HEALTH, later)


def _is_weekday(today: dt.date, back: int) -> bool:
    return (today - dt.timedelta(days=back)).weekday() < 5


def _injury(
    book: Book,
    kid: Kid,
    day: dt.date,
    minute: int,
    teacher: int,
    kind: str,
    subtype: str,
    other: int | None,
    place: str,
    regions: str,
    aid: str,
    story: str,
) -> int:
    name = str(book.row("class_group", kid.class_id)[0])
    company = "3" if other else "1"
    return book.add(
        "injury", None, kid.id, kid.class_id, name, day.isoformat(), minute, teacher, kind, subtype, other,
        place, "1", company, "1", aid, regions, "", None, "2", story, teacher, stamp(day, minute + 9),
        None, None,
    )  # fmt: skip


def _addition(book: Book, *values: object) -> None:
    book.add("injury_addition", *values)


def _add_cases(centre: Centre) -> None:
    """A guest who fell ill after her last visit, and one of weeks ago who may come again."""
    today = centre.last_day
    last: dict[int, tuple[dt.date, int]] = {}
    for _, row in centre.book.rows("visit"):
        last[int(str(row[0]))] = (dt.date.fromisoformat(str(row[2])), int(str(row[1])))
    guests = [kid for kid in centre.visitors if not kid.story and kid.id in last]
    fresh = [kid for kid in guests if 1 <= (today - last[kid.id][0]).days <= 9]
    older = [kid for kid in guests if 14 <= (today - last[kid.id][0]).days <= 40]
    if fresh:
        kid = fresh[-1]
        day, place = last[kid.id]
        _case(centre, kid, place, day, "hfmd", diagnosed=1, by="市妇幼保健院")
    if older:
        kid = older[-1]
        day, place = last[kid.id]
        key = _case(centre, kid, place, day, "influenza", diagnosed=0, by="向阳社区卫生服务中心", basis=3)
        seen = day + dt.timedelta(days=6)
        centre.book.add(
            "illness_clearance", key, "certificate", seen.isoformat(), "社区卫生服务中心复课证明",
            (day + dt.timedelta(days=3)).isoformat(), HEALTH, None, stamp(seen, 500), None, None,
        )  # fmt: skip


def _case(
    centre: Centre,
    kid: Kid,
    place: int,
    day: dt.date,
    disease: str,
    *,
    diagnosed: int,
    by: str,
    basis: int | None = None,
) -> int:
    name = str(centre.book.row("class_group", place)[0])
    return centre.book.add(
        "illness_case", None, kid.id, place, name, disease, "", 1, day.isoformat(),
        None if basis is None else (day + dt.timedelta(days=basis)).isoformat(), day.isoformat(),
        (day + dt.timedelta(days=diagnosed)).isoformat(), by, "家长电话告知", "register", None, HEALTH,
        stamp(day + dt.timedelta(days=diagnosed), 570), None, None, None,
    )  # fmt: skip


def _add_rounds(centre: Centre) -> None:
    """What was disinfected in each class on the days of the last weeks; today what is done by now."""
    open_days = sorted({str(row[2]) for _, row in centre.book.rows("visit")})[-_TICKED_DAYS:]
    for text in open_days:
        day = dt.date.fromisoformat(text)
        for place in centre.names:
            teacher = centre.teachers[place][0]
            for at, (item, method, strength, minutes) in enumerate(_ITEMS):
                missed = (day.toordinal() * 7 + place * 3 + at) % 41 == 0
                if missed or _WEEKLY.get(item, day.weekday()) != day.weekday():
                    continue
                pairs = {"method": method, "strength": strength, "minutes": minutes}
                for minute in (470 + at * 30, *_AGAIN.get(item, ())):
                    if day != centre.last_day or minute <= centre.cut:
                        _entry(centre, "disinfection", day, minute, pairs, teacher, place=place, item=item)


def _entry(
    centre: Centre,
    register: str,
    day: dt.date,
    minute: int,
    answers: dict[str, str],
    staff: int,
    *,
    place: int | None = None,
    child: int | None = None,
    item: str = "",
    open_: bool = False,
) -> None:
    kept = json.dumps({name: value for name, value in answers.items() if value}, ensure_ascii=False)
    centre.book.add(
        "register_entry", register, day.isoformat(), place, child, item, kept, int(open_), staff,
        stamp(day, minute), None, None, None,
    )  # fmt: skip


def _add_lists(centre: Centre) -> None:
    today = centre.last_day
    days = sorted({str(row[2]) for _, row in centre.book.rows("visit")})
    _add_samples(centre, [dt.date.fromisoformat(text) for text in days[-7:-1]])
    if not days:
        return
    talk = dt.date.fromisoformat(days[max(0, len(days) - 3)])
    _entry(centre, "health_talk", talk, 980, {
        "place": "门口宣传栏", "audience": "家长", "form": "专栏",
        "content": "冬季呼吸道传染病预防：洗手、通风、生病居家",
    }, HEALTH)  # fmt: skip
    _entry(centre, "safety", talk, 600, {
        "area": "门窗护栏", "hazard": "二楼窗限位器松动", "fix": "已联系维修，先锁窗", "checker": "周敏",
        "recheck_on": today.isoformat(),
    }, DIRECTOR, open_=True)  # fmt: skip
    _entry(centre, "safety", talk, 610, {"area": "消防", "hazard": "无", "checker": "周敏"}, DIRECTOR)
    _entry(centre, "safety", talk, 615, {"area": "监控录像", "hazard": "无", "checker": "周敏"}, DIRECTOR)
    kids = [kid for kid in centre.kids if not kid.story][:2]
    for kid, disease, measures in zip(
        kids, ("贫血", "龋齿"), ("铁剂按医嘱，每月复查血红蛋白", "口腔科就诊，餐后漱口"), strict=False
    ):
        _entry(centre, "common_illness", talk, 560, {
            "disease": disease, "diagnosed_on": (talk - dt.timedelta(days=20)).isoformat(),
            "measures": measures,
        }, HEALTH, child=kid.id, open_=True)  # fmt: skip


def _add_samples(centre: Centre, days: list[dt.date]) -> None:
    """Two dishes of each day, discarded after two days; those of the last days are still cold."""
    menu = {str(row[0]): str(row[2]) for _, row in centre.book.rows("menu") if row[1] == "lunch"}
    for day in days:
        for at, dish in enumerate(menu.get(day.isoformat(), "").split("、")[:2]):
            sampled, after = day, day + dt.timedelta(days=2)
            answers = {
                "meal": "午餐", "dish": dish, "grams": "130", "sampled": f"{sampled} 11:{20 + at:02d}",
                "discard_after": f"{after} 11:{20 + at:02d}", "keeper": "顾红",
            }  # fmt: skip
            gone = (centre.last_day - day).days > 2
            if gone:
                answers["discarded"] = f"{after} 11:40"
            _entry(centre, "food_sample", day, 682 + at, answers, HEALTH, open_=not gone)
