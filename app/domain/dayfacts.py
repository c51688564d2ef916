"""What the file holds about one child's day, as the handover note reads it."""

import datetime as dt
from collections.abc import Iterable, Iterator

from app.domain.allergens import FOOD, Allergen, Naming, Served, met
from app.domain.dose_facts import DoseFact
from app.domain.logbook import EntryDraft, EntryKind, Mood, NoteKind, clock_words, degrees
from app.domain.phrases import PLAIN, Phrases
from app.domain.record import record
from app.domain.usual import Before, Usual

LOW_MOODS = frozenset({Mood.SLEEPY, Mood.HOMESICK, Mood.CRYING, Mood.ANXIOUS})
FEVER_TENTHS = 373
HEED = "请在家继续留意"
_CHECKS = {"morning": "晨检", "noon": "午检", "day": "全日观察"}
_OUTCOMES = {"normal": "正常", "recheck": "复测", "abnormal": "异常"}


@record
class CheckFact:
    """A health check as kept: ``kind`` morning, noon or day; ``outcome`` normal, recheck or abnormal."""

    kind: str
    at: dt.datetime
    tenths: int | None = None
    outcome: str = "normal"
    note: str = ""
    site: str | None = "forehead"


@record
class InjuryFact:
    """What happened to her, in words that name no other child.

    ``told_by`` are words any one of which tells it; ``regions`` tell it beside a word for a hurt alone.
    ``heed`` is what her family is asked to do.
    """

    at: dt.datetime
    words: str  # 被小朋友咬伤（左前臂），清水冲洗、冷敷
    told_by: tuple[str, ...]
    regions: tuple[str, ...] = ()
    heed: str = HEED


@record
class CaseFact:
    """An illness that was registered of her while she was here, and would keep her out from now on."""

    at: dt.datetime
    words: str  # 手足口病（疑似）
    needs: str  # 医疗机构的痊愈证明
    told_by: tuple[str, ...]


@record
class Looked:
    """An entry that names her allergy, kept all the same: what it names in words, and why it was.

    ``way`` is what was done, as it was chosen (``swaps.Way``); empty for what was kept before one chose.
    """

    entry: EntryDraft
    words: str  # 朱予晴 鸡蛋过敏：午餐可能含鸡蛋
    reason: str  # 已换替餐
    way: str = ""


@record
class Sign:
    """A line of the table of what asks for a doctor (``urgency.heed_of``): how it is known, and what is said.

    ``least`` is in tenths of a degree for a fever, times on one day for a stool; ``until`` an age in months.
    Whatever ``words`` fit holds one of ``letters``.
    """

    heed: str  # 请尽快就医
    what: str = ""  # stool.red
    words: str = ""  # a regular expression
    least: int = 0
    until: int | None = None
    letters: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """By its words: each free word of a day asks for the whole table's."""
        return hash((self.heed, self.what, self.words))


@record
class ClassWord:
    """A sentence for every child of a class: ``part`` is prose (给家长的话) or notice (请家长留意)."""

    part: str
    words: str


@record
class DayFacts:
    """One visit with all that stands about it. Undone and superseded entries are left out by the caller.

    ``leaving`` is when she goes home, by promise or contract; None when nobody knows. ``left`` is when she
    went. ``fever_tenths`` is the centre's fever line, ``allergens`` the table of how dishes name substances,
    ``menu`` what the day served; ``fever`` are phrases and ``heats`` (when, tenths) what was measured in its
    course, ``urgent`` the signs that ask for a doctor. ``months`` is her age, ``seed`` chooses among
    ``phrases``, ``usual`` and ``before`` are None where nobody looked back. ``looked`` are the entries that
    name an allergy and say why they were kept. ``again`` says that she was here another time on the same day:
    what stands here is a part of the day alone.
    """

    given_name: str
    sex: str | None
    arrived: dt.datetime
    brought_by_words: str = ""  # 奶奶
    leaving: dt.datetime | None = None
    entries: tuple[EntryDraft, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    allergies: tuple[str, ...] = ()
    fever_tenths: int = FEVER_TENTHS
    left: dt.datetime | None = None
    allergens: tuple[Allergen, ...] = ()
    medicine: tuple[DoseFact, ...] = ()
    fever: tuple[str, ...] = ()  # 10:05 38.2℃，10:10 复测 38.4℃，10:12 电话告诉了妈妈 赵敏
    months: int | None = None
    seed: int = 0
    phrases: Phrases = PLAIN
    usual: Usual | None = None
    class_words: tuple[ClassWord, ...] = ()
    menu: tuple[Served, ...] = ()
    injuries: tuple[InjuryFact, ...] = ()
    looked: tuple[Looked, ...] = ()
    before: Before | None = None
    heats: tuple[tuple[dt.datetime, int], ...] = ()
    cases: tuple[CaseFact, ...] = ()
    urgent: tuple[Sign, ...] = ()
    again: bool = False

    def say(self, key: str, plain: str, salt: str = "", turn: int = 0, **slots: str) -> str:
        """A phrase of the bank for this child's day, filled in; ``plain`` where the bank has none.

        What is said for the second time on a day (``turn`` 1) is said in the next words.
        """
        words = self.phrases.choose(key, plain, self.seed, self.months, salt, turn)
        return words.format_map(slots) if slots else words

    @property
    def latest(self) -> dt.datetime:
        """When the last of what was seen of her was: an entry, a check, a heat, her coming."""
        seen = [one.until or one.at for one in self.entries]
        seen += [one.at for one in self.checks]
        return max((self.arrived, *seen, *(at for at, _ in self.heats)))

    def of(self, *kinds: EntryKind) -> tuple[EntryDraft, ...]:
        """The entries of some kinds by time."""
        found = [one for one in self.entries if one.kind in kinds]
        if len(found) > 1:
            found.sort(key=lambda one: one.at)
        return tuple(found)

    def notes(self, kind: NoteKind) -> tuple[EntryDraft, ...]:
        """The free notes of one kind by time; a note without a kind is a remark."""
        return tuple(one for one in self.of(EntryKind.NOTE) if (one.detail or NoteKind.REMARK) == kind)

    def met(self) -> Iterator[tuple[EntryDraft, Naming]]:
        """Every meal, milk or new food that names what she must not eat, unless she ate none of it."""
        for one in self.of(*FOOD):
            for naming in met(self.allergies, one, self.allergens, self.menu):
                yield one, naming

    def looked_at(self, entry: EntryDraft) -> Looked | None:
        """Why an entry was kept that names her allergy; None where it names none, or nobody said."""
        return next((one for one in self.looked if one.entry == entry), None)

    @property
    def pronoun(self) -> str:
        """她, 他, or the name where the sex is not known."""
        return {"f": "她", "m": "他"}.get(self.sex or "", self.given_name)


def check_name(kind: str) -> str:
    """晨检, 午检, 全日观察."""
    return _CHECKS[kind]


def check_title(facts: DayFacts, check: CheckFact) -> str:
    """晨检; with its hour where there were several of its kind, which found different things."""
    name = check_name(check.kind)
    several = sum(one.kind == check.kind for one in facts.checks) > 1
    return f"{clock_words(check.at)} {name}" if several else name


def outcome_word(outcome: str) -> str:
    """正常, 复测, 异常."""
    return _OUTCOMES[outcome]


def check_words(check: CheckFact) -> str:
    """``36.5℃ 正常``; the note stands behind in brackets."""
    heat = "" if check.tenths is None else f"{degrees(check.tenths)} "
    note = f"（{check.note}）" if check.note else ""
    return f"{heat}{outcome_word(check.outcome)}{note}"


def joined(parts: Iterable[str], mark: str) -> str:
    """The parts that say something, with a mark between them."""
    return mark.join(part for part in parts if part)


def clause(text: str) -> str:
    """What a teacher typed as part of a sentence: one line, no mark at its end."""
    return " ".join(text.split()).rstrip("。．.！!？?；;，,、 ")


def remark(text: str) -> str:
    """What a teacher typed as a sentence of its own, closed as she closed it."""
    line = " ".join(text.split())
    return line if line.endswith(("。", "！", "？", "!", "?", "…", "”")) else f"{clause(line)}。"


def counted(count: int, unit: str = "次") -> str:
    """``2 次``."""
    return f"{count} {unit}"
