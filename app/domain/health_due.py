"""Who is due for a regular exam or should look into the vaccination book: hints, no verdict (§3.1, §3.3)."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ages import month_day
from app.domain.record import record


@record
class ExamRule:
    """One kind of regular check: from and to which months of age, every how many, how early to remind.

    ``item`` is check, blood, hearing or vision; ``words`` of a visit's content say that it was done there.
    """

    valid_from: dt.date
    months_from: int
    months_to: int
    every_months: int
    remind_days: int
    item: str = "check"
    label: str = "定期体检"
    words: tuple[str, ...] = ()

    def done_in(self, content: str) -> bool:
        """Whether a visit of the doctor with this content was such a check; the regular one always is."""
        return self.item == "check" or any(word in content for word in self.words)


@record
class VaccineRule:
    """A vaccine and the months of age of its doses, for children born in a span of days."""

    name: str
    months: tuple[int, ...]
    born_from: dt.date | None = None
    born_to: dt.date | None = None

    def is_for(self, born: dt.date) -> bool:
        """Whether a child born on a day follows this line."""
        after = self.born_from is None or born >= self.born_from
        return after and (self.born_to is None or born <= self.born_to)


def exam_due(rule: ExamRule, born: dt.date, last: dt.date | None, today: dt.date) -> dt.date | None:
    """The day of the next regular exam when it is near or over; None while nothing is due.

    The first falls on the day of twelve months. Without any exam on file a child of that age is due today.
    """
    until = today + dt.timedelta(days=rule.remind_days)
    starts, ends = month_day(born, rule.months_from), month_day(born, rule.months_to)
    if today >= ends or until < starts:
        return None
    due = max(starts, today) if last is None else max(starts, month_day(last, rule.every_months))
    return due if due <= until and due < ends else None


def exam_words(due: Sequence[tuple[dt.date, str, dt.date | None]]) -> str:
    """What is due of one child: ``2025-12-20 前定期体检（上次 2025-06-20）；2025-12-03 前听力（没有记录）``.

    Args:
        due: (by when, its label, when it was last done) of each check; those alike share their words.
    """
    groups: dict[tuple[dt.date, dt.date | None], list[str]] = {}
    for on, label, last in sorted(due, key=lambda one: one[0]):
        groups.setdefault((on, last), []).append(label)
    return "；".join(
        f"{on} 前{'、'.join(labels)}（{'没有记录' if last is None else f'上次 {last}'}）"
        for (on, last), labels in groups.items()
    )


def vaccines_near(
    rules: tuple[VaccineRule, ...], born: dt.date, today: dt.date, days: int
) -> tuple[str, ...]:
    """``18 月龄：百白破`` for each dose whose month was completed or is within so many days of today."""
    found = []
    reach = dt.timedelta(days=days)
    for rule in rules:
        if not rule.is_for(born):
            continue
        for number, month in enumerate(rule.months, 1):
            if today - reach <= month_day(born, month) <= today + reach:
                dose = f"第 {number} 剂" if len(rule.months) > 1 else ""
                found.append((month, f"{month} 月龄：{rule.name}{dose}"))
    return tuple(words for _, words in sorted(found))


def month_lacks(days: tuple[dt.date, ...], today: dt.date) -> bool:
    """Whether no doctor's visit is on file for the month of today (医育结合: one every month)."""
    return not any((day.year, day.month) == (today.year, today.month) for day in days)
