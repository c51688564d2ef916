"""The log of one day and the hand-over notes written from it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from db import practice_words as words
from db.practice_people import CLASSES, HEALTH, STAR
from db.practice_scene import Centre, Stay, dishes, menu_row, planned, stamp

# Rounds just after the nap: from the first, from the late one, from the afternoon proper.
_SIGNING = 827  # when some notes are signed ahead of the pick-up on the story's day
_FIRST_UP, _LATE_ROUND, _AFTERNOON = 815, 870, 900
_GRADES = (4, 4, 4, 4, 3, 3, 2, 5, 1)
_GRADE_WORDS = ("拒食", "少量", "一半", "大半", "吃完", "添了一份")
_MOOD_WORDS = {"happy": "开心", "calm": "平静", "sleepy": "困倦", "homesick": "想家", "crying": "哭闹"}
_PARTS = {"eager": "主动参与", "joined": "跟着参与", "watched": "在旁观看"}
_ALLERGENS_AT = {"morning_snack": 1, "lunch": 3, "afternoon_snack": 5}
_SLOT_WORDS = {"morning_snack": "早点", "lunch": "午餐", "afternoon_snack": "午点"}


@dataclass(slots=True)
class _Told:
    """What a note can say of one stay."""

    activity: list[str] = field(default_factory=list)
    food: list[str] = field(default_factory=list)
    sleep: list[str] = field(default_factory=list)
    mood: list[str] = field(default_factory=list)
    toilet: int = 0
    water: int = 0
    remark: str = ""
    notice: str = ""


@dataclass(slots=True)
class _Logger:
    """Writes the entries of one class on one day."""

    centre: Centre
    day: dt.date
    cut: int
    teachers: list[int]
    told: dict[int, _Told]

    def sees(self, stay: Stay, minute: int) -> bool:
        """Whether the child is inside at that minute, and the minute is not still to come."""
        return stay.arrive < minute < stay.leave and minute <= self.cut

    def batch(self, kind: str, minute: int, lines: Iterable[tuple[Stay, Mapping[str, object]]]) -> None:
        """One round of the class: a batch with a line for each child inside at that minute."""
        if minute > self.cut:
            return
        inside = [(stay, line) for stay, line in lines if self.sees(stay, minute)]
        if not inside:
            return
        teacher = self.centre.rng.choice(self.teachers)
        made, day = stamp(self.day, minute, 20), self.day.isoformat()
        batch = self.centre.book.add("log_batch", kind, teacher, made, None, None)
        at = stamp(self.day, minute)
        for stay, line in inside:
            until = line.get("until")
            ended = stamp(self.day, until) if isinstance(until, int) and until <= self.cut else None
            self.centre.book.add(
                "log_entry", batch, stay.id, stay.kid.id, day, kind, at, ended, line.get("detail"),
                "formed" if line.get("detail") == "both" else None,
                line.get("grade"), line.get("ml"), line.get("tenths"), line.get("text", ""),
                line.get("note", ""), teacher, None, None,
            )  # fmt: skip


def log_stays(centre: Centre, day: dt.date, stays: list[Stay], cut: int) -> None:
    """Log the day class by class, then write the notes of those who leave (or left)."""
    told = {stay.id: _Told() for stay in stays}
    menu = dishes(centre, day)
    for cls, (_, kind, _, _, _) in enumerate(CLASSES, 1):
        group = [stay for stay in stays if stay.class_id == cls]
        logger = _Logger(centre, day, cut, centre.teachers[cls], told)
        _meals(logger, group, menu)
        _sleeps(logger, group, infants=cls == STAR)
        _drinks(logger, group, infants=cls == STAR)
        _moods(logger, group)
        for minute, name in zip((600, 960), planned(centre, day, cls, kind), strict=True):
            _activity(logger, group, minute, name)
        _toilets(logger, group)
        _notes(logger, group)
    _noon_checks(centre, day, stays, cut)
    _write_notes(centre, day, stays, told, cut)


def _meals(log: _Logger, group: list[Stay], menu: dict[str, str]) -> None:
    for slot, minute in (("morning_snack", 630), ("lunch", 690), ("afternoon_snack", 905)):
        lines = []
        for stay in group:
            clash = set(stay.kid.allergies) & _allergens(log, slot)
            grade = 4 if stay.kid.story == "guest" else log.centre.rng.choice(_GRADES)
            note = f"{'、'.join(clash)}过敏，已换替餐" if clash else ""
            lines.append((stay, {"detail": slot, "grade": grade, "text": menu[slot], "note": note}))
            if log.sees(stay, minute):
                log.told[stay.id].food.append(f"{_SLOT_WORDS[slot]} {_GRADE_WORDS[grade]}")
        log.batch("meal", minute, lines)


def _allergens(log: _Logger, slot: str) -> set[str]:
    return set(menu_row(log.centre, log.day)[_ALLERGENS_AT[slot]].split("、"))


def _rested(group: list[Stay], minute: int) -> list[Stay]:
    """Those a round at this minute reaches: one just after the nap leaves the sleepers to a later one."""
    if minute < _FIRST_UP:
        return group
    if minute < _LATE_ROUND:
        return [stay for stay in group if stay.woken <= minute]
    if minute < _AFTERNOON:
        return [stay for stay in group if stay.woken > minute - 58]
    return group


def _drinks(log: _Logger, group: list[Stay], *, infants: bool) -> None:
    rng = log.centre.rng
    for minute in (645, 820, 878, 945):
        lines = []
        for stay in _rested(group, minute):
            ml = 120 if stay.kid.story == "guest" else rng.choice((60, 80, 80, 100, 100, 120, 150))
            lines.append((stay, {"ml": ml // 2 if infants else ml}))
            if log.sees(stay, minute):
                log.told[stay.id].water += ml // 2 if infants else ml
        log.batch("water", minute, lines)
    if infants:
        for minute in (585, 788, 970):
            milk = [(stay, {"detail": "formula", "ml": rng.choice((120, 150, 180))}) for stay in group]
            log.batch("milk", minute, milk)


def _sleeps(log: _Logger, group: list[Stay], *, infants: bool) -> None:
    rng = log.centre.rng
    if infants:
        _sleep_round(log, 668, [(stay, 668 + rng.randint(17, 21)) for stay in group if rng.random() < 0.4])
    start, longest = (790, 82) if infants else (740, 120)
    early = {"left_1341": 50, "left_1333": 50, "left_1250": 50, "overdue": 30, "woken": 60}
    lines = []
    for stay in group:
        drawn = start + rng.randint(55, longest)
        until = stay.sleep[1] if stay.sleep else start + early.get(stay.kid.story, drawn - start)
        if stay.arrive < start and until < stay.leave:
            stay.woken = until
            lines.append((stay, until))
    _sleep_round(log, start, lines)


def _sleep_round(log: _Logger, start: int, lines: list[tuple[Stay, int]]) -> None:
    stays = [(stay, until) for stay, until in lines if until < stay.leave]
    log.batch("sleep", start, [(stay, {"until": until}) for stay, until in stays])
    for stay, until in stays:
        if log.sees(stay, start) and until <= log.cut:
            minutes = until - start
            log.told[stay.id].sleep.append(
                f"{start // 60:02d}:{start % 60:02d}–{until // 60:02d}:{until % 60:02d}"
                f"（{minutes // 60}小时{minutes % 60:02d}分）"
            )


def _moods(log: _Logger, group: list[Stay]) -> None:
    rng = log.centre.rng
    rounds: list[tuple[int, Callable[[], str]]] = [
        (580, lambda: rng.choice(("calm", "happy", "happy", "calm", "homesick"))),
        (818, lambda: rng.choice(("happy", "calm", "sleepy"))),
        (876, lambda: rng.choice(("happy", "calm", "sleepy"))),
        (985, lambda: rng.choice(("happy", "happy", "calm"))),
    ]
    for minute, pick in rounds:
        lines = []
        for stay in _rested(group, minute):
            guest = stay.kid.story == "guest"
            mood = {580: "homesick"}.get(minute, "happy") if guest else pick()
            getting_up = _FIRST_UP <= minute < _AFTERNOON
            if (getting_up and not stay.woken) or stay.kid.story == "soon":  # no nap; not asked yet
                continue
            note = "十分钟后就平静下来" if guest and minute == 580 else ""
            lines.append((stay, {"detail": mood, "note": note}))
            if log.sees(stay, minute):
                log.told[stay.id].mood.append(_MOOD_WORDS[mood])
        log.batch("mood", minute, lines)
    calm = [(stay, {"detail": "calm"}) for stay in group if stay.kid.story == "guest"]
    log.batch("mood", 590, calm)


def _activity(log: _Logger, group: list[Stay], minute: int, name: str) -> None:
    lines = []
    for stay in group:
        guest = stay.kid.story == "guest"
        part = "eager" if guest else log.centre.rng.choice(("eager", "eager", "joined", "joined", "watched"))
        note = "自己选颜色、贴了五片" if guest and minute == 600 else ""
        lines.append((stay, {"detail": part, "text": name, "note": note}))
        if log.sees(stay, minute):
            log.told[stay.id].activity.append(f"{name} · {_PARTS[part]}")
    log.batch("activity", minute, lines)


def _toilets(log: _Logger, group: list[Stay]) -> None:
    rng = log.centre.rng
    for minute in (665, 822, 879, 950):
        lines = []
        for stay in _rested(group, minute):
            guest = stay.kid.story == "guest"
            if not guest and rng.random() < 0.15:
                continue
            own = guest or (stay.class_id != STAR and rng.random() < 0.5)
            kind = "wet" if guest else rng.choice(("wet", "wet", "wet", "both"))
            lines.append((stay, {"detail": kind, "note": "自己完成" if own else ""}))
            if log.sees(stay, minute):
                log.told[stay.id].toilet += 1
        log.batch("toilet", minute, lines)


def _notes(log: _Logger, group: list[Stay]) -> None:
    rng = log.centre.rng
    for stay in group:
        guest = stay.kid.story == "guest"
        minute = 828 if guest else min(stay.leave - 25, 975)
        if minute <= stay.arrive:
            continue
        if guest or rng.random() < 0.04:
            notice = "鞋子偏小，走路时常踮脚；建议换大半码。" if guest else rng.choice(words.NOTICES)
            log.batch("note", minute, [(stay, {"detail": "notice", "text": notice})])
            log.told[stay.id].notice = notice
        if not guest and rng.random() < 0.25:
            remark = rng.choice(words.BABY_REMARKS if stay.class_id == STAR else words.REMARKS)
            log.batch("note", minute, [(stay, {"detail": "remark", "text": remark})])
            log.told[stay.id].remark = remark


def _noon_checks(centre: Centre, day: dt.date, stays: list[Stay], cut: int) -> None:
    for stay in stays:
        guest = stay.kid.story == "guest"
        minute = 820 if guest else 875
        if minute <= cut and stay.arrive < minute < stay.leave:
            tenths = 366 if guest else centre.rng.choice((363, 364, 365, 366, 367))
            at = stamp(day, minute)
            centre.book.add(
                "health_check", stay.id, "noon", at, tenths, "forehead", "normal", "", HEALTH, None
            )


def _write_notes(centre: Centre, day: dt.date, stays: list[Stay], told: dict[int, _Told], cut: int) -> None:
    """A signed note for nearly everybody who left, and on the story's day for some who have just woken."""
    order = sorted(
        (stay for stay in stays if stay.kid.story != "guest"), key=lambda stay: (stay.leave, stay.id)
    )
    story = day == centre.last_day
    for stay in order:
        if stay.leave <= cut and (story or centre.rng.random() >= 0.01):
            _sign(centre, day, stay, told[stay.id], max(stay.arrive + 1, stay.leave - 15))
        elif story and stay.leave > cut >= _SIGNING and stay.kid.story == "woken":
            _sign(centre, day, stay, told[stay.id], _SIGNING)


def _sign(centre: Centre, day: dt.date, stay: Stay, facts: _Told, minute: int) -> None:
    teacher = centre.teachers[stay.class_id][0]
    number = f"H-{day:%Y%m%d}-{centre.number(f'handover-{day:%Y%m%d}'):04d}"
    at = stamp(day, minute)
    centre.book.add(
        "handover_note", stay.id, number, _prose(stay, facts), "；".join(facts.activity),
        " · ".join([*facts.food, f"喝水 {facts.water} ml"]), "；".join(facts.sleep) or "没有睡",
        " → ".join(facts.mood), f"{facts.toilet} 次", "晨检正常", facts.notice, 0, at, teacher, at,
        teacher, None, None, "",
    )  # fmt: skip


def _prose(stay: Stay, facts: _Told) -> str:
    kid = stay.kid
    bringer = stay.bringer.relation if stay.bringer else "家人"
    parts = [f"{kid.given} {stay.arrive // 60}:{stay.arrive % 60:02d} 由{bringer}送到"]
    if facts.mood:
        parts[0] += f"，情绪{facts.mood[0]}"
    if facts.activity:
        name, _, part = facts.activity[0].partition(" · ")
        parts.append(f"{'上午' if stay.arrive < 660 else '下午'}“{name}”{part}")
    if facts.food:
        eaten = "，".join(line.replace(" ", "") for line in facts.food)
        parts.append(f"{eaten}，喝水 {facts.water} ml")
    if facts.sleep:
        parts.append(f"睡了 {facts.sleep[-1].replace('小时', ' 小时 ').replace('分）', ' 分）')}")
    if facts.remark:
        parts.append(facts.remark.removesuffix("。"))
    return "。".join(parts) + "。"
