"""One day of the practice centre after another: arrivals, the log, hand-over notes, departures, receipts.

Clock times are minutes after midnight. Nothing that lies after ``Centre.cut`` on the last day is written:
that is how the file stands in the middle of a morning.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from db import practice_words as words
from db.practice_log import log_stays
from db.practice_people import CLASSES, DESK, HEALTH, Kid
from db.practice_scene import Centre, Stay, menu_row, planned, stamp
from db.practice_story import story_stays

CODE_LETTERS = "23456789BCDFGHJKMNPQRTVWXY"
_LETTERS, _DIGITS = "CDFHJKMNPQRTVWXY", "23456789"  # a letter, a digit and again: fair by any rule
FULL_DAY, HALF_DAY, HOURLY, LUNCH = 12000, 8000, 2500, 1500
MONTH_FULL, MONTH_HALF, MONTH_MEALS, MONTH_HALF_MEALS = 238000, 138000, 40000, 24000
_REFUND_EACH = 40  # by the number of receipts, so that no month is without
_CASHING_UP = 18 * 60 + 5
_TENDERS = ("wechat", "wechat", "wechat", "alipay", "alipay", "cash", "card", "transfer")


def live(centre: Centre, day: dt.date, *, makeup: bool, logged: bool = True) -> None:
    """Write one open day, with its log or without."""
    cut = centre.cut if day == centre.last_day else 24 * 60
    _add_menu_and_plan(centre, day)
    stays, absent = _who_comes(centre, day, makeup=makeup)
    if day == centre.last_day:
        stays, absent = story_stays(centre, stays)
    for kid, kind, reason in absent:
        minute = centre.rng.randint(7 * 60 + 30, 8 * 60 + 50)
        if minute <= cut:
            told = kid.adults[0].relation
            centre.book.add(
                "absence", kid.id, day.isoformat(), kind, reason, told, DESK, stamp(day, minute), None
            )
    drawn: set[str] = set()
    codes: set[str] = set()
    stays = sorted(
        (stay for stay in stays if stay.arrive <= cut), key=lambda stay: (stay.arrive, stay.kid.id)
    )
    for stay in stays:
        _arrive(centre, day, stay, drawn, codes, cut)
    if logged:
        log_stays(centre, day, stays, cut)
    paid = [stay for stay in stays if stay.leave <= cut and stay.tariff != "contract"]
    receipts = [(stay, _charge(centre, day, stay)) for stay in sorted(paid, key=lambda stay: stay.leave)]
    if cut >= _CASHING_UP:
        for stay, receipt in receipts:
            if receipt % _REFUND_EACH == 0:
                _refund(centre, day, stay, receipt)


def _who_comes(
    centre: Centre, day: dt.date, *, makeup: bool
) -> tuple[list[Stay], list[tuple[Kid, str, str]]]:
    rng, stays, absent = centre.rng, [], []
    for kid in centre.kids:
        if kid.starts > day or (kid.ends is not None and kid.ends < day):
            continue
        if kid.weekdays != "12345" if makeup else str(day.isoweekday()) not in kid.weekdays:
            continue
        dice = rng.random()
        if dice < 0.038:
            absent.append((kid, "sick", rng.choice(words.SICK)))
        elif dice < 0.072:
            absent.append((kid, "personal", rng.choice(words.PERSONAL)))
        elif dice >= 0.085:  # between the two: did not come and nobody told us
            arrive = kid.arrive + rng.randint(-18, 25)
            stays.append(Stay(kid, kid.class_id, arrive, kid.leave + rng.randint(-20, 12)))
    return stays + _visitors(centre, Counter(stay.class_id for stay in stays)), absent


def _visitors(centre: Centre, taken: Counter[int]) -> list[Stay]:
    """As many walk-ins as the dice say and the classes have seats for."""
    rng, stays = centre.rng, []
    for kid in rng.sample(centre.visitors, rng.randint(4, 8)):
        if taken[kid.class_id] >= CLASSES[kid.class_id - 1][2]:
            continue
        taken[kid.class_id] += 1
        tariff = rng.choice(("temp_half_day", "temp_half_day", "temp_full_day", "hourly"))
        arrive = rng.randint(490, 600)
        length = {"temp_half_day": rng.randint(225, 290), "temp_full_day": rng.randint(440, 500)}.get(
            tariff, rng.randint(110, 235)
        )
        promised = min((arrive + length) // 30 * 30, 17 * 60 + 30)
        leave = promised + rng.randint(-12, 8)
        stays.append(
            Stay(kid, kid.class_id, arrive, leave, tariff, promised, rng.choice(words.VISIT_REASONS))
        )
    return stays


def _draw_code(centre: Centre, drawn: set[str], codes: set[str]) -> str:
    """A pick-up code of the day. The dice are thrown as often whatever the program calls fair."""
    while (code := "".join(centre.rng.choices(CODE_LETTERS, k=4))) in drawn:
        pass
    drawn.add(code)
    at = sum(CODE_LETTERS.index(sign) * len(CODE_LETTERS) ** place for place, sign in enumerate(code))
    while code in codes or not centre.fair(code):
        at, rest, code = at + 1, at, ""
        for signs in (_LETTERS, _DIGITS, _LETTERS, _DIGITS):
            rest, sign = divmod(rest, len(signs))
            code += signs[sign]
    codes.add(code)
    return code


def _arrive(centre: Centre, day: dt.date, stay: Stay, drawn: set[str], codes: set[str], cut: int) -> None:
    rng, kid = centre.rng, stay.kid
    collectors = [adult for adult in kid.adults if adult.may_collect]
    stay.bringer = stay.bringer or rng.choice(
        kid.adults if len(collectors) == len(kid.adults) else collectors
    )
    collector = rng.choice(collectors)
    code = _draw_code(centre, drawn, codes)
    gone = stay.leave <= cut
    promised = None if stay.promised is None else stamp(day, stay.promised)
    stay.id = centre.book.add(
        "visit", kid.id, stay.class_id, day.isoformat(), stay.mode, stay.tariff, stay.reason, promised, code,
        stamp(day, stay.arrive, rng.randint(0, 59) if stay.arrive < cut else 0), stay.bringer.id, DESK,
        stamp(day, stay.leave) if gone else None, collector.id if gone else None,
        rng.choice(("known", "known", "code")) if gone else None, DESK if gone else None, None, None,
    )  # fmt: skip
    if gone and stay.leave == stay.arrive:
        msg = "a stay of no length"
        raise RuntimeError(msg)
    tenths = 365 if kid.story == "guest" else rng.choice((362, 363, 364, 365, 365, 366, 367, 368))
    centre.book.add(
        "health_check", stay.id, "morning", stamp(day, stay.arrive), tenths, "forehead", "normal", "",
        HEALTH if rng.random() < 0.7 else DESK, None,
    )  # fmt: skip


def _add_menu_and_plan(centre: Centre, day: dt.date) -> None:
    row = menu_row(centre, day)
    for slot, position in (("morning_snack", 0), ("lunch", 2), ("afternoon_snack", 4)):
        centre.book.add("menu", day.isoformat(), slot, row[position], row[position + 1])
    for cls, (_, kind, _, _, _) in enumerate(CLASSES, 1):
        morning, afternoon = planned(centre, day, cls, kind)
        centre.book.add("day_plan", day.isoformat(), cls, 600, morning)
        centre.book.add("day_plan", day.isoformat(), cls, 960, afternoon)


def _charge(centre: Centre, day: dt.date, stay: Stay) -> int:
    name = CLASSES[stay.class_id - 1][0]
    return issue(centre, day, stay.leave, stay.kid, name, _payer(stay.kid), list(_lines(stay)), stay.id)


def _payer(kid: Kid) -> str:
    return next((adult.name for adult in kid.adults if adult.may_collect), kid.name)


def _lines(stay: Stay) -> Iterable[tuple[str, str, int, str, int, str]]:
    clock = f"{stay.arrive // 60:02d}:{stay.arrive % 60:02d}–{stay.leave // 60:02d}:{stay.leave % 60:02d}"
    if stay.tariff == "temp_full_day":
        yield "temp_full_day", f"全日临时托 {clock}", 1, "次", FULL_DAY, ""
    elif stay.tariff == "temp_half_day":
        yield "temp_half_day", f"半日临时托 {clock}", 1, "次", HALF_DAY, ""
    else:
        stayed = stay.leave - stay.arrive
        hours = max(1, -(-(stayed - 10) // 60))
        capped = hours * HOURLY > HALF_DAY
        said = f"{stayed // 60} 小时 {stayed % 60} 分 → {hours} 小时 × 25"
        if capped:
            yield "hourly", f"计时托 {clock}", 1, "次", HALF_DAY, said + "，封顶半日价 80"
        else:
            yield "hourly", f"计时托 {clock}", hours, "小时", HOURLY, said
    if stay.arrive < 690 and stay.leave > 750:
        yield "lunch", "午餐", 1, "份", LUNCH, ""


def issue(
    centre: Centre,
    day: dt.date,
    minute: int,
    kid: Kid,
    class_name: str,
    payer: str,
    lines: Iterable[tuple[str, str, int, str, int, str]],
    visit: int | None = None,
) -> int:
    """Write a receipt with the year's next number."""
    lines = list(lines)
    tender = centre.rng.choice(_TENDERS)
    total = sum(quantity * fen for _, _, quantity, _, fen, _ in lines)
    number = f"{day.year}-{centre.number(f'receipt-{day.year}'):06d}"
    key = centre.book.add(
        "receipt", number, "receipt", None, visit, kid.id, class_name, payer, tender, total,
        stamp(day, minute), day.isoformat(), DESK,
    )  # fmt: skip
    _add_lines(centre, key, lines, 1)
    return key


def _add_lines(centre: Centre, key: int, lines: list[tuple[str, str, int, str, int, str]], sign: int) -> None:
    for position, (code, purpose, quantity, unit, fen, explanation) in enumerate(lines, 1):
        centre.book.add(
            "receipt_line", key, position, code, purpose, sign * quantity, unit, fen, sign * quantity * fen,
            explanation,
        )  # fmt: skip


def _refund(centre: Centre, day: dt.date, stay: Stay, receipt: int) -> None:
    """Take a receipt back as the program does: every line the other way round, by the same tender."""
    original, _, _, _, _, _, payer, tender, *_ = centre.book.row("receipt", receipt)
    said = f"退 {original}：家长临时取消"
    lines = [(*line[:-1], said) for line in _lines(stay)]
    number = f"{day.year}-{centre.number(f'receipt-{day.year}'):06d}"
    total = -sum(quantity * fen for _, _, quantity, _, fen, _ in lines)
    refund = centre.book.add(
        "receipt", number, "refund", receipt, stay.id, stay.kid.id, CLASSES[stay.class_id - 1][0],
        payer, tender, total, stamp(day, _CASHING_UP), day.isoformat(), DESK,
    )  # fmt: skip
    _add_lines(centre, refund, lines, -1)


def bill_month(centre: Centre, day: dt.date) -> None:
    """The monthly fees, paid at the door on the first open day of a month."""
    cut = centre.cut if day == centre.last_day else 24 * 60
    here = [kid for kid in centre.kids if kid.starts <= day and (kid.ends is None or kid.ends >= day)]
    for position, kid in enumerate(here):
        minute = 470 + position
        if minute > cut:
            break
        half = kid.mode == "half_day"
        label = "半日托" if half else "全日托"
        lines = [
            (
                f"month_{kid.mode}",
                f"{label}保育费 {day.month} 月",
                1,
                "月",
                MONTH_HALF if half else MONTH_FULL,
                "",
            ),
            ("month_meals", f"伙食费 {day.month} 月", 1, "月", MONTH_HALF_MEALS if half else MONTH_MEALS, ""),
        ]
        issue(centre, day, minute, kid, centre.names[kid.class_id], kid.adults[0].name, lines)
