"""Illness that keeps a child at home: until when, what must be seen, clusters, and a class under observation.

The numbers come from ``resources/tables/exclusions.toml`` and from what the centre has set instead; none of
them stands here (domain.md §3.4: the sources differ, so a certificate is always asked for).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.domain.errors import RuleError
from app.domain.ids import CaseId, ChildId, ClassId, VisitId
from app.domain.record import record
from app.domain.told_illness import claims_any, claims_fever, tells_fever
from app.domain.visits import VisitError
from app.domain.whose_illness import about_her_now, spelt

LONGEST_PAST = 400  # days back that a case may have begun
_CENTRE = "全园"
_TOLD = dt.timedelta(days=6)  # a week, with the day on which a cluster came to be known
OTHER, FEVER = "other", "fever"


class IllnessError(RuleError):
    """A case that cannot be kept as it is."""


class ExcludedError(VisitError):
    """She is at home until a day and until a paper was seen; the sentence says which."""


class ObservationError(RuleError):
    """A class in which somebody fell ill takes nobody in for a while."""


@record
class Disease:
    """One line of the table with the numbers in force. All numbers are days, ``cases`` is a count.

    ``days`` run from what ``basis`` names, ``least`` from the onset; the later of both counts.
    """

    code: str
    label: str
    short: str
    words: tuple[str, ...]
    basis: str
    basis_words: str
    days: int
    least: int
    observe: int
    cases: int
    window: int
    scope: str  # class or centre
    needs: str
    source: str = ""
    fever: bool = False
    unless: tuple[str, ...] = ()  # what holds one of the words and is another thing

    @property
    def infectious(self) -> bool:
        """Whether it stands in the register of infectious diseases (T4)."""
        return not self.fever

    def names(self, text: str) -> bool:
        """Whether what was told speaks of it."""
        said = self._without(text)
        words = spelt(said)
        return any(word in words for word in self.words) or (self.fever and tells_fever(said))

    def told(self, text: str) -> bool:
        """Whether what was told says that somebody has or had it: neither denied nor a vaccine's."""
        said = self._without(text)
        return claims_fever(said) if self.fever else claims_any(spelt(said), self.words)

    def claimed(self, text: str) -> bool:
        """Whether what was told says that she has it now, or may."""
        return self.told(about_her_now(text))

    def _without(self, text: str) -> str:
        """The text without what only sounds like it: 荨麻疹 is no 麻疹, 红眼圈 no 红眼.

        Something that can be denied stays in its place: 没有荨麻疹、麻疹 denies both.
        """
        for one in self.unless:
            text = text.replace(one, "症状")
        return text

    def until_words(self) -> str:
        """``疱疹全部结痂，且发病满 14 天``: how the table counts, in words."""
        counted = f"{self.basis_words}后 {self.days} 天" if self.days else self.basis_words
        if not self.least or (self.basis == "onset" and self.least <= self.days):
            return counted
        return f"{counted}，且发病满 {self.least} 天"


# The illnesses by their codes, with the numbers in force on a day.
Book = Callable[[dt.date], Mapping[str, Disease]]


def day_words(day: dt.date) -> str:
    """12月17日."""
    return f"{day.month}月{day.day}日"


def named(text: str, diseases: Iterable[Disease], *, claimed: bool = False) -> Disease | None:
    """The first disease of the table that a text names; fever only where nothing else is named.

    ``claimed`` takes only what the text says she has or may have now; what it denies, what is somebody else's
    or long over is to be asked about.
    """
    found = [one for one in diseases if (one.claimed(text) if claimed else one.names(text))]
    return next((one for one in found if not one.fever), found[0] if found else None)


def earliest_day(disease: Disease, onset: dt.date, basis_on: dt.date | None) -> dt.date:
    """The first day on which she may come back, if what the days count from is known; else as soon as can be.

    Args:
        disease: with the numbers in force.
        onset: 发病日期.
        basis_on: the day of the rash, of the last crust, of no fever …; None while nobody knows it.
    """
    counted = onset if basis_on is None else max(basis_on, onset)
    return max(counted + dt.timedelta(days=disease.days), onset + dt.timedelta(days=disease.least))


def paper_counts(disease: Disease, onset: dt.date, basis_on: dt.date | None, seen_on: dt.date) -> bool:
    """Whether a paper says that she may come back, and not only that she was ill.

    Seen before she could come back at all, it does so only where it is known from which day the days count
    (the last crust, no fever): a paper of the first day cannot say when the last crust was.
    """
    known = basis_on is not None or disease.basis == "onset"
    return known or seen_on >= earliest_day(disease, onset, None)


@record
class Heat:
    """The fever with which a child went home, or with which she was not let in: then without a ``visit``.

    ``tenths`` of a degree. At the door it may have been measured more than once that day.
    """

    at: dt.datetime
    tenths: int
    visit: VisitId | None
    last: dt.datetime

    @property
    def words(self) -> str:
        """``发热 38.5℃（10:12）``, ``入园时发热 38.2℃（08:12），没有收下``."""
        told = f"发热 {self.tenths / 10:.1f}℃（{self.at:%H:%M}）"
        return told if self.visit is not None else f"入园时{told}，没有收下"


def heat_refusal(
    heat: Heat,
    rule: Disease,
    on_day: dt.date,
    today: dt.date,
    first_open: Callable[[dt.date], dt.date] = lambda day: day,
) -> str:
    """Why a fever of which nobody has made a case keeps its child at home, as the end of a sentence.

    Args:
        heat: the fever.
        rule: the line of the table for fevers.
        on_day: the day it was found.
        today: today.
        first_open: the first day from one on on which the centre is open.
    """
    day = earliest_day(rule, on_day, None)
    when = "昨天" if (today - on_day).days == 1 else day_words(on_day)
    where, out = ("", "") if heat.visit is not None else ("入园时", "，没有收下")
    told = f"{when} {heat.at:%H:%M} {where}体温 {heat.tenths / 10:.1f}℃{out}"
    if today < day:
        told += f"，最早 {day_words(first_open(day))}可以来（{rule.until_words()}），来时要量体温"
    else:
        told += "。请量体温、问清什么时候退的热"
    return f"{told}，要看{rule.needs}。保健员在“卫生—病例”登记后再入园。"


def check_days(onset: dt.date, today: dt.date, later: Sequence[tuple[dt.date | None, str, str]]) -> None:
    """Pass if a case began neither tomorrow nor long ago, and what follows it does not come before.

    Args:
        onset: 发病日期.
        today: today.
        later: (day, what it is called, its field) of what cannot come before the onset.

    Raises:
        IllnessError: ``field`` says which.
    """
    if onset > today or (today - onset).days > LONGEST_PAST:
        raise IllnessError("发病日期要在今天以前，请核对。", field="onset_on")
    for day, words, field in later:
        if day is not None and not onset <= day <= today:
            msg = f"{words}要在发病日期和今天之间，请核对。"
            raise IllnessError(msg, field=field)


@record
class Sick:
    """One standing case, as clusters and observation count it. ``last_day`` is the last one in her class.

    ``noted`` is when it was first written down, where that was later than its onset.
    """

    case: CaseId
    child: ChildId
    disease: str
    onset: dt.date
    class_id: ClassId | None
    class_name: str
    last_day: dt.date
    noted: dt.date = dt.date.min


@record
class Cluster:
    """聚集: so many cases within so many days in one class or in the centre."""

    disease: Disease
    count: int
    first: dt.date
    last: dt.date
    where: str  # a class's name, 全园

    @property
    def words(self) -> str:
        """小火车班 手足口病 7 天内 2 例."""
        return f"{self.where} {self.disease.short} {self.disease.window} 天内 {self.count} 例"


def find_clusters(cases: Iterable[Sick], book: Book, today: dt.date) -> tuple[Cluster, ...]:
    """Every cluster to be told of today: rolling, counted by onset, a child once.

    It is told as long as its last case counts for another one, and for a week since all of it was written
    down: two children of the holidays are entered after them, and nobody has told the authorities yet. Each
    is judged by the numbers of the day on which the last of its cases fell ill: a number set later does not
    call off, or make up, what came to be before it.
    """
    known = [one for one in cases if one.onset <= today]
    found: list[Cluster] = []
    groups: dict[tuple[str, str], list[Sick]] = {}
    for one in known:
        for place in filter(None, dict.fromkeys((one.class_name, _CENTRE))):
            groups.setdefault((one.disease, place), []).append(one)
    for code in book(today):
        found += filter(
            None, (_cluster(*key, sick, book, today) for key, sick in groups.items() if key[0] == code)
        )
    return tuple(found)


def _cluster(code: str, place: str, sick: Sequence[Sick], book: Book, today: dt.date) -> Cluster | None:
    """The latest one of an illness in a place that is to be told of."""
    for last in sorted({one.onset for one in sick}, reverse=True):
        disease = book(last).get(code)
        if disease is None or (disease.scope == "class") == (place == _CENTRE):
            continue
        span = dt.timedelta(days=disease.window - 1)
        within = [one for one in sick if last - span <= one.onset <= last]
        days = {one.child: one.onset for one in reversed(within)}
        known = max(max(one.noted, one.onset) for one in within)
        if len(days) >= disease.cases and today <= max(last + span, known + _TOLD):
            where = place if place == _CENTRE or place.endswith("班") else f"{place}班"
            return Cluster(disease, len(days), min(days.values()), max(days.values()), where)
    return None


@record
class Observation:
    """班级医学观察: until a day, inclusive, the class takes nobody new."""

    class_id: ClassId
    class_name: str
    disease: Disease
    until: dt.date


def find_observations(cases: Iterable[Sick], book: Book, today: dt.date) -> tuple[Observation, ...]:
    """Classes under observation today: from the last day in class of each case on, one line a disease.

    Each case counts as many days as were set when she fell ill; the latest end stands.
    """
    latest: dict[tuple[ClassId, str], Observation] = {}
    for one in cases:
        disease = book(one.onset).get(one.disease)
        if one.class_id is None or disease is None or not disease.observe:
            continue
        until = one.last_day + dt.timedelta(days=disease.observe)
        before = latest.get((one.class_id, one.disease))
        if until >= today and (before is None or before.until < until):
            latest[one.class_id, one.disease] = Observation(one.class_id, one.class_name, disease, until)
    return tuple(sorted(latest.values(), key=lambda one: (one.class_id, -one.until.toordinal())))
