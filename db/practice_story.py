"""2025-12-03: who is where at 13:52, as the pictures of the desk show it."""

from db import practice_words as words
from db.practice_people import DRAGON, Adult, Kid
from db.practice_scene import Centre, Stay, stamp

GUEST_ARRIVES = 9 * 60 + 12


def story_stays(centre: Centre, drawn: list[Stay]) -> tuple[list[Stay], list[tuple[Kid, str, str]]]:
    """Replace the dice of the last day: fixed absences, fixed visitors, nobody else due before 14:22."""
    rng = centre.rng
    stays, absent = [], []
    for kid in centre.kids:
        if kid.ends is not None and kid.ends < centre.last_day:
            continue  # has left the centre in a year before
        match kid.story:
            case "sick":
                absent.append((kid, "sick", rng.choice(words.SICK[:3])))
            case "fever":
                absent.append((kid, "sick", "发热"))
            case "personal":
                absent.append((kid, "personal", rng.choice(words.PERSONAL)))
            case "late":  # 说好要来，下午才到
                stays.append(Stay(kid, kid.class_id, 14 * 60 + 20, kid.leave))
            case _:
                stays.append(_contract(centre, kid))
    stays += [_visitor(kid) for kid in centre.visitors if kid.story and kid.story != "booked_1430"]
    _book(centre)
    if centre.cut >= GUEST_ARRIVES:
        stays.append(_guest(centre))
    return stays, absent


def _contract(centre: Centre, kid: Kid) -> Stay:
    rng = centre.rng
    arrive, leave = kid.arrive + rng.randint(-18, 22), kid.leave + rng.randint(-12, 10)
    if kid.half == "pm":
        arrive = kid.arrive + rng.randint(-5, 3)
    fixed = {"overdue": 840, "left_1250": 770, "soon": 869, "left_1341": 821, "left_1333": 813}
    leave = fixed.get(kid.story, leave)
    if kid.story == "expected_pm":
        arrive = 842
    if kid.story == "pm_late":  # the seat of the child who leaves at 13:41
        arrive = kid.arrive
    return Stay(kid, kid.class_id, arrive, leave)


def _visitor(kid: Kid) -> Stay:
    match kid.story:
        case "hourly_1415":
            return Stay(kid, kid.class_id, 735, 856, "hourly", 855, "妈妈加班")
        case "half_pm":
            return Stay(kid, kid.class_id, 522, 1022, "temp_full_day", 1020, "家里装修")
        case _:
            return Stay(kid, kid.class_id, 505 + kid.id % 25, 1030, "temp_full_day", 1035, "试一试再报名")


def _book(centre: Centre) -> None:
    for kid in centre.visitors:
        if kid.story == "booked_1430":
            day = centre.last_day
            centre.book.add(
                "booking", kid.id, kid.class_id, "hourly", "hourly", day.isoformat(), 870, 990, 2,
                stamp(day, 490), None, None, "", None, "", "", None, None,
            )  # fmt: skip


def _guest(centre: Centre) -> Stay:
    """朱予晴, whom nobody knew at nine: as the intake card registers her."""
    book, day = centre.book, centre.last_day
    added = stamp(day, GUEST_ARRIVES)
    born = day.fromordinal(day.toordinal() - 837)
    keys = centre.keys
    child = book.add(
        "child", "朱予晴", "", "f", born.isoformat(), None, None, "has", *keys("朱予晴"), "", added
    )
    book.add("child_allergy", child, "鸡蛋", added, None)
    adults = []
    family = (("王秀兰", "奶奶", "13800006021", added, 0), ("赵敏", "妈妈", "13900001177", None, 1))
    for sort, (name, relation, phone, seen, guardian) in enumerate(family):
        adult = book.add("adult", name, phone, *keys(name), seen, added)
        book.add("child_adult", child, adult, relation, guardian, 1, 1, 0, None, sort, added, None)
        adults.append(Adult(adult, name, relation, may_collect=True))
    kid = Kid(
        child, "朱予晴", "f", born, DRAGON, "temporary", starts=day, allergies=("鸡蛋",),
        adults=tuple(adults), story="guest",
    )  # fmt: skip
    return Stay(
        kid, DRAGON, GUEST_ARRIVES, 840, "temp_half_day", 840, "家中来客", bringer=adults[0], sleep=(740, 815)
    )
