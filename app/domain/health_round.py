"""晨检, 午检, 全日观察 as rounds: 一摸二看三问四查, the cards, what a check must say (§3.1)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.looks import Tone
from app.domain.record import record
from app.domain.thermometer import read_degrees

LONGEST = 200


class RoundError(RuleError):
    """A check of a round that cannot be kept as it is."""


class RoundKind(StrEnum):
    """Which of the day's rounds."""

    MORNING = "morning"
    NOON = "noon"
    DAY = "day"

    @property
    def label(self) -> str:
        """晨检, 午检, 全日观察."""
        return {"morning": "晨检", "noon": "午检", "day": "全日观察"}[self.value]

    @property
    def once(self) -> bool:
        """Whether a child is asked once a day; all-day observations are two rounds, and may be more."""
        return self is not RoundKind.DAY


_HALF = dt.time(12)  # where the morning's visit to a class ends and the afternoon's begins


def half_words(at: dt.datetime) -> str:
    """上午, 下午: every class is visited twice a day (§3.1), and each visit is a round of its own."""
    return "上午" if at.time() < _HALF else "下午"


class Card(StrEnum):
    """The card a child wears after the check. Names are the centre's own; shapes and colours are not."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def tone(self) -> Tone:
        """Colour and shape."""
        return {"green": Tone.OK, "yellow": Tone.WARN, "red": Tone.BAD}[self.value]


@record
class Finding:
    """One thing to look for. ``group`` is touch, look, ask or check; ``red`` asks for the red card."""

    code: str
    group: str
    words: str
    red: bool = False


@record
class Mark:
    """What somebody found at one child. ``told`` is what the parents said, ``treatment`` what was done."""

    tenths: int | None = None
    site: str = "forehead"
    findings: tuple[str, ...] = ()
    told: str = ""
    treatment: str = ""
    card: Card | None = None  # None: as the findings suggest

    @property
    def plain(self) -> bool:
        """Whether nothing was found."""
        return not (self.findings or self.told or self.treatment)


def read_tenths(text: str) -> int | None:
    """``36.5``, ``365`` or ``36`` as tenths of a degree; None for nothing typed.

    Raises:
        RoundError: it is no temperature of a living child.
    """
    if not text.strip():
        return None
    tenths = read_degrees(text)
    if tenths is None:
        msg = f"体温“{text.strip()[:8]}”看不懂。请按 36.5 或 365 填写。"
        raise RoundError(msg, field="tenths")
    return tenths


def suggest_card(findings: Iterable[Finding], *, fever: bool, medicine: bool = False) -> Card:
    """红 who brings medicine, 黄 who is unwell, 绿 everybody else (domain §3.1).

    ``medicine`` is a dose of today that waits.
    """
    found = tuple(findings)
    if medicine or any(one.red for one in found):
        return Card.RED
    return Card.YELLOW if found or fever else Card.GREEN


def outcome_of(mark: Mark, card: Card, line: int, *, medicine: bool = False) -> str:
    """``normal`` or ``abnormal`` as the file keeps it; ``line`` is the fever line in tenths.

    A child who is well and has a dose waiting wears the red card and is normal.
    """
    fever = mark.tenths is not None and mark.tenths >= line
    plain = card is Card.GREEN or (medicine and card is Card.RED)
    return "abnormal" if fever or mark.findings or not plain else "normal"


def require_mark(mark: Mark, outcome: str, known: Sequence[Finding]) -> None:
    """Pass if a check says what was found.

    Raises:
        RoundError: an item nobody knows, or an abnormal check without a word of what was found.
    """
    if unknown := [code for code in mark.findings if all(code != one.code for one in known)]:
        msg = f"没有“{unknown[0]}”这一项，请重新选择。"
        raise RoundError(msg, field="findings")
    if outcome != "normal" and mark.plain and mark.tenths is None:
        raise RoundError("异常要写明看到了什么：选一项，或写家长主诉、处理。", field="findings")
    for field, text in (("told", mark.told), ("treatment", mark.treatment)):
        if len(text) > LONGEST:
            msg = f"文字太长，最多 {LONGEST} 个字，请写短一些。"
            raise RoundError(msg, field=field)


def note_of(mark: Mark, known: Sequence[Finding]) -> str:
    """What was found in one line, for timeline and handover note: ``咽红、咳嗽；家长说…；已通知妈妈``."""
    words = {one.code: one.words for one in known}
    found = "、".join(words[code] for code in mark.findings)
    told = f"家长说{mark.told}" if mark.told else ""
    return "；".join(part for part in (found, told, mark.treatment) if part)
