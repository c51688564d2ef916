"""The rules of a full record (档案): what it lacks, how long an exam holds, who looks alike, consents."""

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.domain.ages import month_day
from app.domain.errors import RuleError
from app.domain.looks import Chip, Tone
from app.domain.minors import ADULT_AGE, Doubt, doubt
from app.domain.record import record
from app.domain.visits import years_between

HAS_NONE = frozenset({"无", "没有", "否"})


class RecordError(RuleError):
    """A record that cannot be kept as it is."""


class Standing(StrEnum):
    """Whether a child is enrolled (在托), visits only (临时), or has left (离园)."""

    ENROLLED = "enrolled"
    GUEST = "guest"
    LEFT = "left"

    @property
    def label(self) -> str:
        """在托, 临时, 离园."""
        return {"enrolled": "在托", "guest": "临时", "left": "离园"}[self.value]


@record
class NeedRule:
    """One thing a record must hold, for children of these standings; ``source`` names the rule."""

    key: str
    words: str
    section: str
    states: tuple[str, ...]
    source: str


@record
class Validity:
    """Months an entry exam holds, months away after which it is due anew, days a reminder comes before."""

    exam_months: int
    away_months: int
    remind_days: int


@record
class Facts:
    """What the rules ask of one record. ``phones`` are those of adults who may be rung, each once."""

    standing: Standing
    sex: str = ""
    document_number: str = ""
    guardians: int = 0
    guardian_seen: bool = False
    collectors: int = 0
    phones: frozenset[str] = frozenset()
    allergy: str = "unknown"
    chronic: str = ""
    diet: str = ""
    vaccination: str = ""
    exam: str = ""
    exam_due: str = ""  # why the exam on file does not hold
    papers: frozenset[str] = frozenset()
    consents: frozenset[str] = frozenset()  # purposes given


@record
class Gap:
    """Something that is missing: what, where to enter it, and which rule asks for it."""

    key: str
    words: str
    section: str
    source: str


def list_gaps(facts: Facts, rules: Iterable[NeedRule]) -> tuple[Gap, ...]:
    """还缺: what the rules ask for and the record lacks. Nothing is asked of a child who has left."""
    if facts.standing is Standing.LEFT:
        return ()
    held, state, found = _held(facts), facts.standing.value, []
    for rule in rules:
        if state in rule.states and not held.get(rule.key, True):
            words = _why(rule.key, facts) or rule.words
            found.append(Gap(rule.key, words, rule.section, rule.source))
    return tuple(found)


def _held(facts: Facts) -> dict[str, bool]:
    """Of each thing that can be asked for, whether it is there."""
    return {
        "sex": bool(facts.sex),
        "document_number": bool(facts.document_number),
        "guardian": facts.guardians > 0,
        "guardian_identity": facts.guardian_seen or not facts.guardians,
        "phone": bool(facts.phones),
        "second_phone": len(facts.phones) != 1,
        "collector": facts.collectors > 0,
        "allergy": facts.allergy in {"none", "has"},
        "chronic": bool(facts.chronic),
        "vaccination": facts.vaccination == "complete",
        "exam": facts.exam == "fit" and not facts.exam_due,
        "feeding_paper": not facts.diet or facts.diet in HAS_NONE or "feeding" in facts.papers,
        "agreement": "agreement" in facts.papers,
        "consent_care": "care" in facts.consents,
        "consent_health": "health" in facts.consents,
    }


def _why(key: str, facts: Facts) -> str:
    """Words that say more than the rule's own, where there are any."""
    if key == "vaccination":
        return {"catch_up": "接种证：需要补种", "no_book": "没有接种证"}.get(facts.vaccination, "")
    if key == "exam" and facts.exam:
        return "入托体检不合格" if facts.exam == "unfit" else facts.exam_due
    return ""


@record
class ExamState:
    """How an entry exam stands: a chip, and why it does not hold (empty where it does)."""

    chip: Chip
    due: str = ""


def exam_state(
    exam_on: dt.date | None,
    entered_on: dt.date | None,
    away_since: dt.date | None,
    rule: Validity,
    today: dt.date,
) -> ExamState:
    """Whether the exam of ``exam_on`` holds (58号文 Art 11).

    Args:
        exam_on: the day of the exam; None where there is none.
        entered_on: the day care began; an exam must hold on that day. None before it begins: then today.
        away_since: the last day she was here before an absence of ``away_months``; an exam must be later.
        rule: the numbers in force.
        today: the centre's day.
    """
    if exam_on is None:
        return ExamState(Chip("没有体检", Tone.WARN), "")
    until = month_day(exam_on, rule.exam_months)
    if away_since is not None and exam_on <= away_since:
        words = f"离园满 {rule.away_months} 个月，返园要重新体检"
        return ExamState(Chip("返园须重新体检", Tone.BAD), words)
    if entered_on is not None and entered_on <= today:
        if away_since is not None:
            return ExamState(Chip("返园时已体检", Tone.OK))
        if exam_on > entered_on:  # nothing is left to be done, but it was not passed before entry
            return ExamState(Chip(f"入托后补检（{exam_on}）", Tone.WARN))
        if entered_on <= until:
            return ExamState(Chip("入托时有效", Tone.OK))
        return ExamState(Chip(f"入托时已过期（{until}）", Tone.BAD), "入托体检在入托时已过期")
    if until < today:
        return ExamState(Chip(f"{until} 已过期", Tone.BAD), "入托体检已过期")
    return ExamState(Chip(f"有效至 {until}", Tone.OK))


def away_since(days: Sequence[dt.date], today: dt.date, months: int) -> dt.date | None:
    """The last day before the latest absence of at least ``months``; today ends the last one.

    ``days`` are the days she was here, in any order. None where she was never away so long.
    """
    latest = None
    ordered = sorted({day for day in days if day <= today} | {today}) if days else []
    for before, after in itertools.pairwise(ordered):
        if month_day(before, months) <= after:
            latest = before
    return latest


def expiry_chip(until: dt.date | None, today: dt.date, remind_days: int) -> Chip:
    """有效, 还剩 12 天, 已过期 3 天; empty where nothing expires."""
    if until is None:
        return Chip("")
    left = (until - today).days
    if left < 0:
        return Chip(f"已过期 {-left} 天", Tone.BAD)
    if left <= remind_days:
        return Chip("今天到期" if left == 0 else f"还剩 {left} 天", Tone.WARN)
    return Chip("有效", Tone.OK)


def same_sound(one: str, other: str) -> bool:
    """Whether two names can sound alike, by their search keys (alternatives parted by spaces)."""
    return bool(set(one.split()) & set(other.split()))


def check_collector(
    name: str, relation: str, born_on: dt.date | None, today: dt.date, *, identity_seen: bool
) -> None:
    """Only an adult may collect (58号文 Art 30).

    Raises:
        RecordError: under eighteen; said to be so (高中生) while no birth date is known; or by the relation
            perhaps so while nobody has seen a card.
    """
    age = None if born_on is None else years_between(born_on, today)
    against = doubt(relation, age, today, identity_seen=identity_seen, name=name)
    if against is Doubt.UNDER:
        msg = f"{name}未满 {ADULT_AGE} 周岁，不能接孩子。请去掉“可以接孩子”。"
        raise RecordError(msg, field="may_collect")
    if against is Doubt.SAID:
        msg = f"{name}（{relation}）写的是未成年人。已满 {ADULT_AGE} 周岁请填出生日期，否则去掉“可以接孩子”。"
        raise RecordError(msg, field="may_collect")
    if against is Doubt.MAYBE:
        msg = f"{name}（{relation}）可能未满 {ADULT_AGE} 周岁。请核对身份证并填出生日期，或去掉“可以接孩子”。"
        raise RecordError(msg, field="may_collect")


ANSWERS = {"given": "同意", "refused": "不同意", "withdrawn": "已撤回"}
PURPOSES = ("care", "health", "photo_inside", "photo_group", "photo_public", "clinic", "authority")


def check_answer(before: str | None, answer: str) -> None:
    """What may follow what: only what was given can be withdrawn (PIPL 15: as easily as it was given).

    Raises:
        RecordError: no such answer, or a withdrawal of what was never given.
    """
    if answer not in ANSWERS:
        raise RecordError("请选择同意、不同意或撤回。", field="answer")
    if answer == "withdrawn" and before != "given":
        raise RecordError("没有同意过，不用撤回；不愿意请选“不同意”。", field="answer")
