"""Three months of measuring 抱抱龙 and two visits of the doctor. The dice are its own: nothing else moves."""

import datetime as dt
import random
from collections.abc import Sequence

from db.practice_book import Book
from db.practice_people import HEALTH, Kid

_CLASS = "抱抱龙"
_DAYS = (dt.date(2025, 9, 4), dt.date(2025, 10, 10), dt.date(2025, 11, 6))
_VISIT = dt.date(2025, 11, 13)
_HALF_YEAR = dt.date(2025, 10, 16)
_TAKEN_NOW = 6  # of December: the round is under way
_ROUND = "09:40"
_LATER = 10  # days in which who was at home is measured after all
_ADVICE = ("", "", "多吃深色蔬菜，晒太阳", "两颗门牙有龋斑，去口腔科看", "", "体重增长偏慢，两周后复称")


def add_growth(book: Book, kids: Sequence[Kid], names: dict[int, str], today: dt.date, seed: int) -> None:
    """Enter what was measured on days of the history, without evaluations: the program makes those."""
    rng = random.Random(seed + 423)  # noqa: S311 - dice, not secrets
    here = _Here(book)
    dragons = [
        kid for kid in kids if names[kid.class_id] == _CLASS and kid.mode != "temporary" and kid.ends is None
    ]
    taken = [kid for kid in dragons if here.at(kid, today, _ROUND)][:_TAKEN_NOW]
    for kid in dragons:
        days = [*_DAYS, today] if kid in taken and today > _DAYS[-1] else _DAYS
        _measure(book, here, kid, rng, days, today)
    if today >= _VISIT and dragons:
        told = "抱抱龙班生长总体良好；口腔问题 1 名，体重偏慢 1 名。"
        seen = [kid for kid in dragons if here.on(kid, _VISIT)]
        _visit(book, _VISIT, "身高体重复核，口腔、皮肤、心肺听诊，膳食指导", told, seen, _ADVICE)
    others = [kid for kid in kids if kid not in dragons and kid.mode != "temporary" and kid.ends is None]
    others = [kid for kid in others if kid.starts <= _HALF_YEAR]
    if today >= _HALF_YEAR and others:
        told = "半年体检完成，结果已写进各班名单；没来的孩子请家长补检。"
        seen = [kid for kid in others if here.on(kid, _HALF_YEAR)]
        _visit(
            book,
            _HALF_YEAR,
            "1–3 岁儿童半年体检，血红蛋白，听力筛查，眼和视力",
            told,
            seen,
            ("", "", "复查血红蛋白"),
        )


def _visit(
    book: Book, day: dt.date, content: str, told: str, seen: Sequence[Kid], advice: Sequence[str]
) -> None:
    at = f"{day.isoformat()}T11:10:00+08:00"
    visit = book.add(
        "doctor_visit", day.isoformat(), "李医生", "向阳社区卫生服务中心", content, told, at, HEALTH, None,
        None, None, None,
    )  # fmt: skip
    for place, kid in enumerate(seen):
        book.add("doctor_child", visit, kid.id, advice[place] if place < len(advice) else "")


class _Here:
    """Who was in the centre when. Of a day before the history nothing is known: everybody may have been."""

    def __init__(self, book: Book) -> None:
        self._stays: dict[tuple[int, dt.date], list[tuple[str, str]]] = {}
        for _, row in book.named("visit"):
            key = int(str(row["child_id"])), dt.date.fromisoformat(str(row["day"]))
            self._stays.setdefault(key, []).append((str(row["arrived_at"]), str(row["left_at"] or "~")))
        self._days = sorted({day for _, day in self._stays})

    def on(self, kid: Kid, day: dt.date) -> bool:
        """Whether a child came on a day."""
        return not self._days or day < self._days[0] or (kid.id, day) in self._stays

    def at(self, kid: Kid, day: dt.date, clock: str) -> bool:
        """Whether a child was inside at ``09:40`` of a day."""
        moment = f"{day.isoformat()}T{clock}"
        if not self._days or day < self._days[0]:
            return True
        return any(came <= moment < left for came, left in self._stays.get((kid.id, day), ()))

    def taken(self, kid: Kid, due: dt.date, today: dt.date) -> tuple[dt.date, str] | None:
        """When she is measured who is to be on a day: then or soon after, in her afternoon if she has one."""
        for past in range(_LATER):
            day = due + dt.timedelta(days=past)
            clock = next((clock for clock in (_ROUND, "15:10") if self.at(kid, day, clock)), None)
            if clock is not None and (day == due or day < today):
                return (day, clock) if day <= today else None
        return None


def _measure(
    book: Book, here: _Here, kid: Kid, rng: random.Random, days: Sequence[dt.date], today: dt.date
) -> None:
    """A child keeps her place between the lines; weight rises some 180 g a month, length a centimetre."""
    months = (_DAYS[0] - kid.born).days / 30.4375
    boy = kid.sex == "m"
    weight = (9.6 if boy else 9.0) + 0.2 * (months - 12) + rng.gauss(0, 0.8)
    stature = (75.7 if boy else 74.0) + 0.98 * (months - 12) - 0.006 * (months - 12) ** 2 + rng.gauss(0, 2)
    head = (47.2 if boy else 46.2) + 0.06 * (months - 18) + rng.gauss(0, 0.8)
    for due in days:
        found = here.taken(kid, due, today)
        if found is None or due < kid.starts:
            continue
        day, clock = found
        weight += 0.12 + rng.random() * 0.14
        stature += 0.6 + rng.random() * 0.5
        head += 0.05
        lying = (day - kid.born).days < 731
        book.add(
            "growth_measure", kid.id, day.isoformat(), round(weight * 100) * 10, round(stature * 10),
            int(lying), round(head * 10), "", f"{day.isoformat()}T{clock}:00+08:00", HEALTH, None, None, None,
            None,
        )  # fmt: skip
