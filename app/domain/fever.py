"""发热处理: the steps from a temperature at the fever line to the child's going home or back to her class.

复测 → 打电话给监护人 → 隔离 → 接走或回班 (35号文; 58号文 Art 24: the guardian is told at once). Instants are
aware, temperatures tenths of a degree.
"""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, FeverId, FeverStepId, ReleaseId, VisitId
from app.domain.logbook import Site, degrees, minutes_between
from app.domain.looks import Chip, Tone
from app.domain.record import record


class FeverStepError(RuleError):
    """A step out of its order, or without what it must say."""


# What is taken back within so short a time was a slip of the hand.
SLIP = dt.timedelta(minutes=10)


class StepKind(StrEnum):
    """One step of the ladder."""

    RECHECK = "recheck"
    CALL = "call"
    ISOLATE = "isolate"
    RELEASE = "release"
    COLLECTED = "collected"
    BACK = "back"

    @property
    def label(self) -> str:
        """复测, 通知家长, 进隔离室, 出隔离室, 家长接走, 回班."""
        words = {
            "recheck": "复测",
            "call": "通知家长",
            "isolate": "进隔离室",
            "release": "出隔离室",
            "collected": "家长接走",
            "back": "回班",
        }
        return words[self.value]


ENDS = frozenset({StepKind.COLLECTED, StepKind.BACK})


@record
class NewStep:
    """A step to be kept; see ``FeverStep``."""

    kind: StepKind
    tenths: int | None = None
    site: str | None = None
    whom: str = ""
    phone: str = ""
    reached: bool = False
    words: str = ""
    release: ReleaseId | None = None
    reason: str = ""  # why somebody was rung who is not on file


@record
class FeverStep:
    """One step as kept. ``whom``: who was rung, who is with the child, who took her."""

    id: FeverStepId
    kind: StepKind
    at: dt.datetime
    by: str
    tenths: int | None = None
    site: str | None = None
    whom: str = ""
    phone: str = ""
    reached: bool = False
    words: str = ""

    @property
    def said(self) -> str:
        """What stands beside the step's name."""
        if self.kind is StepKind.RECHECK and self.tenths is not None:
            heat = f"{Site(self.site).label} {degrees(self.tenths)}" if self.site else degrees(self.tenths)
            return "；".join(part for part in (heat, self.words) if part)
        if self.kind is StepKind.CALL:
            who = " ".join(part for part in (self.whom, self.phone) if part)
            reached = "接通" if self.reached else "没接通"
            return f"{who} {reached}" + (f"：{self.words}" if self.words else "")
        who = f"{self.whom}陪着" if self.kind is StepKind.ISOLATE and self.whom else self.whom
        return "；".join(part for part in (who, self.words) if part)


@record
class Ladder:
    """One fever with its standing steps in order. ``line`` is the fever line as it stood then, in tenths.

    ``tenths`` is what the log holds now of the reading it began with, ``first`` what was read at first; that
    is ``void`` once it was taken back, and the ladder stands for what was done since.
    """

    id: FeverId
    visit: VisitId
    child: ChildId
    name: str
    class_id: ClassId
    class_name: str
    line: int
    tenths: int
    site: str
    started_at: dt.datetime
    started_by: str
    recheck_at: dt.datetime
    steps: tuple[FeverStep, ...] = ()
    gone: bool = False  # she has left the centre
    first: int | None = None  # as tenths where nobody corrected it
    void: bool = False

    def of(self, kind: StepKind) -> tuple[FeverStep, ...]:
        """The steps of one kind."""
        return tuple(step for step in self.steps if step.kind is kind)

    @property
    def open(self) -> bool:
        """Whether it goes on: only going home and going back to the class end it."""
        return not any(step.kind in ENDS for step in self.steps)

    def answers_for(self, known_at: dt.datetime) -> bool:
        """Whether a reading that was kept at a moment was dealt with here: it goes on, or ended since."""
        return self.open or any(step.at >= known_at for step in self.steps if step.kind in ENDS)

    @property
    def last_tenths(self) -> int:
        """The last temperature."""
        heats = [step.tenths for step in self.of(StepKind.RECHECK) if step.tenths is not None]
        return heats[-1] if heats else self.tenths

    @property
    def confirmed(self) -> bool:
        """Whether a second measurement found the fever, too."""
        return any(step.tenths is not None and step.tenths >= self.line for step in self.of(StepKind.RECHECK))

    @property
    def keeps_home(self) -> bool:
        """Whether she went home with it: it was neither refuted by a second reading, nor did she go back."""
        if self.of(StepKind.BACK):
            return False
        return self.confirmed or (self.last_tenths >= self.line and not self.mistaken)

    @property
    def mistaken(self) -> bool:
        """Whether the reading it began with was taken back, or corrected to less than a fever."""
        return self.void or self.tenths < self.line

    @property
    def begun_words(self) -> str:
        """``先量得 38.0℃（后更正为 36.6℃）`` of a reading that does not hold; else what was read."""
        if not self.mistaken:
            return degrees(self.tenths)
        first = degrees(self.tenths if self.first is None else self.first)
        return f"先量得 {first}（{'后来撤销了' if self.void else f'后更正为 {degrees(self.tenths)}'}）"

    @property
    def told(self) -> bool:
        """Whether a guardian was reached."""
        return any(step.reached for step in self.of(StepKind.CALL))

    @property
    def isolated(self) -> bool:
        """Whether she is in the isolation room now."""
        return self.open and len(self.of(StepKind.ISOLATE)) > len(self.of(StepKind.RELEASE))

    @property
    def stretches(self) -> tuple[tuple[dt.datetime, dt.datetime | None], ...]:
        """From when to when she was in the isolation room; None while she is."""
        found: list[tuple[dt.datetime, dt.datetime | None]] = []
        for step in self.steps:
            inside = bool(found) and found[-1][1] is None
            if step.kind is StepKind.ISOLATE and not inside:
                found.append((step.at, None))
            elif inside and (step.kind is StepKind.RELEASE or step.kind in ENDS):
                found[-1] = (found[-1][0], step.at)
        return tuple(found)

    @property
    def apart(self) -> bool:
        """Whether she is kept from the others.

        In the isolation room, with a fever that was measured twice, or until a second reading refutes it.
        """
        waits = not self.of(StepKind.RECHECK)
        return self.open and not self.gone and (waits or self.isolated or self.confirmed)

    @property
    def next_step(self) -> StepKind | None:
        """What is to be done next; None when it is over."""
        if not self.open:
            return None
        if self.gone:
            return StepKind.COLLECTED
        if not self.of(StepKind.RECHECK):
            return StepKind.RECHECK
        if not self.confirmed:
            return StepKind.BACK
        if not self.told:
            return StepKind.CALL
        hot = self.last_tenths >= self.line
        if not self.of(StepKind.ISOLATE) or (hot and not self.isolated):
            return StepKind.ISOLATE
        return StepKind.COLLECTED if hot else StepKind.BACK

    def chip(self, now: dt.datetime) -> Chip:
        """Where it stands, with the minutes: ``发热 38.2℃ · 3 分钟后复测``."""
        heat = degrees(self.last_tenths)
        if self.gone and self.open:
            return Chip(f"发热 {heat} · 已离园，还没记家长知道", Tone.BAD)
        match self.next_step:
            case None:
                return Chip(f"{self.steps[-1].kind.label} {self.steps[-1].at:%H:%M}", Tone.OK)
            case StepKind.RECHECK:
                found = self.begun_words if self.mistaken else f"发热 {heat}"
                return Chip(f"{found} · {recheck_words(self.recheck_at, now)}", Tone.BAD)
            case StepKind.CALL:
                return Chip(f"发热 {heat} · 还没联系上家长", Tone.BAD)
            case StepKind.ISOLATE:
                return Chip(f"发热 {heat} · 还没隔离", Tone.BAD)
            case StepKind.COLLECTED:
                return Chip(f"发热 {heat} · 等家长来接", Tone.BAD)
            case _:
                return Chip(f"退到 {heat} · 可以回班", Tone.WARN)


def apart_words(names: Sequence[str], what: str) -> str:
    """Why children who are kept apart with a fever do not go with others; ``what``: 去别的班, 一起外出."""
    return (
        f"{'、'.join(names)}发热处理中，不能{what}。请先在“卫生—发热”办完：还没复测的先复测，退烧的回班，"
        "或家长接走；别的孩子请去掉她再办。"
    )


def recheck_words(due: dt.datetime, now: dt.datetime) -> str:
    """``3 分钟后复测``, ``现在复测``, ``复测已超 4 分钟``."""
    if now < due:
        return f"{max(1, minutes_between(now, due))} 分钟后复测"
    late = minutes_between(due, now)
    return f"复测已超 {late} 分钟" if late else "现在复测"


def require_slip(name: str, since: dt.datetime, now: dt.datetime, *, keeper: bool) -> None:
    """Pass if a fever that was kept at a moment may be taken back: soon, or by who answers for it.

    Without it nobody measures her again, rings her family or asks her tomorrow; a second reading below the
    line is the way for whoever doubts the first.

    Args:
        name: whose fever.
        since: when it was kept.
        now: now; a clock that was set back opens no new minutes.
        keeper: whether the health worker or the director takes it back.

    Raises:
        FeverStepError: it is no slip of the hand any more, and it is neither of them.
    """
    if keeper or abs(now - since) <= SLIP:
        return
    minutes = SLIP // dt.timedelta(minutes=1)
    msg = (
        f"{name} 的发热已经记下超过 {minutes} 分钟，只有保健员或园长可以撤销、更正，请他们登录。"
        "疑心量错了的请复测：低于发热线就能回班。"
    )
    raise FeverStepError(msg)


def require_step(ladder: Ladder, kind: StepKind, now: dt.datetime) -> None:
    """Pass if the step may come now. Putting a child apart is never too early.

    Raises:
        FeverStepError: it is over, or a step before is missing; the sentence names it.
    """
    name = ladder.name
    if not ladder.open:
        msg = f"{name} 的发热处理已经结束。要继续，请先撤销最后一步。"
        raise FeverStepError(msg)
    rechecked = bool(ladder.of(StepKind.RECHECK))
    if kind is StepKind.RECHECK and not rechecked and now < ladder.recheck_at:
        msg = f"{ladder.recheck_at:%H:%M} 才到复测时间，{recheck_words(ladder.recheck_at, now)}。"
        raise FeverStepError(msg, field="tenths")
    if kind is StepKind.CALL and not rechecked:
        msg = f"请先给{name}复测体温，再把两次的温度告诉家长。"
        raise FeverStepError(msg)
    if kind is StepKind.ISOLATE and ladder.isolated:
        msg = f"{name} 已经在隔离室。"
        raise FeverStepError(msg)
    if kind is StepKind.RELEASE and not ladder.isolated:
        msg = f"{name} 不在隔离室。"
        raise FeverStepError(msg)
    if kind is StepKind.RELEASE and ladder.last_tenths >= ladder.line:
        msg = (
            f"{name} 上次 {degrees(ladder.last_tenths)}，还在发热线上，不能出隔离室。"
            "请再量：退到线下再出来；家长来接的，直接办离园。"
        )
        raise FeverStepError(msg, field="tenths")
    if kind in ENDS:
        _require_end(ladder, kind)


def _require_end(ladder: Ladder, kind: StepKind) -> None:
    name = ladder.name
    if ladder.gone and kind is StepKind.COLLECTED:
        return  # nobody can measure her any more: what her family was told is all there is to note
    if not ladder.of(StepKind.RECHECK):
        msg = f"{name} 还没有复测，不能结束。"
        raise FeverStepError(msg)
    if ladder.confirmed and not ladder.told:
        msg = f"还没有联系上{name}的家长，不能结束。请打通一个监护人的电话。"
        raise FeverStepError(msg)
    if kind is StepKind.BACK and ladder.last_tenths >= ladder.line:
        msg = f"{name} 上次 {degrees(ladder.last_tenths)}，还在发热线上，不能回班。请等家长来接。"
        raise FeverStepError(msg)
    if ladder.confirmed and not ladder.of(StepKind.ISOLATE):
        msg = f"{name} 还没有隔离，不能结束。请先带到隔离室，写明谁陪着。"
        raise FeverStepError(msg)
    if kind is StepKind.COLLECTED:
        # Who takes her is checked against her list at the door and told of the fever there; it notes it here.
        msg = f"{name} 还在园。请在前台办离园：当面告诉来接的人，这一步会自动记上。"
        raise FeverStepError(msg)
