"""Enrolment as a life: 咨询 → 候补 → 试托 → 在托 ⇄ 停托 → 转班 → 离园 (domain §9), and who may go where.

A life is its steps in the order they were made. Steps are dated, and none in care goes back before the one
before, so that the stage on any day, past or to come, is read from them alone. What a family asked before is
no bar: a child may be put down on Wednesday who has been here since Monday.
"""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from app.domain.bookings import day_words
from app.domain.errors import RuleError
from app.domain.ids import ApplicantId, ChildId, ClassId, StepId
from app.domain.modes import CareMode, HalfDay
from app.domain.record import record

_DAY = dt.timedelta(days=1)


class LifeError(RuleError):
    """A step that this life cannot take, or not on that day."""


class Stage(StrEnum):
    """Where a child stands on a day."""

    NONE = "none"
    INQUIRY = "inquiry"
    WAITING = "waiting"
    TRIAL = "trial"
    ENROLLED = "enrolled"
    SUSPENDED = "suspended"
    LEFT = "left"

    @property
    def label(self) -> str:
        """咨询, 候补, 试托, 在托, 停托, 离园."""
        return _STAGE_WORDS[self]

    @property
    def in_care(self) -> bool:
        """Whether a contract holds and the child is expected."""
        return self in {Stage.TRIAL, Stage.ENROLLED}


_STAGE_WORDS = {
    Stage.NONE: "未登记",
    Stage.INQUIRY: "咨询",
    Stage.WAITING: "候补",
    Stage.TRIAL: "试托",
    Stage.ENROLLED: "在托",
    Stage.SUSPENDED: "停托",
    Stage.LEFT: "离园",
}


class StepKind(StrEnum):
    """What a step does. NOTIFY, CONFIRM and RANK happen on the waiting list and leave the stage."""

    INQUIRE = "inquire"
    WAIT = "wait"
    NOTIFY = "notify"
    CONFIRM = "confirm"
    RANK = "rank"
    TRY = "try"
    ENROL = "enrol"
    SUSPEND = "suspend"
    RESUME = "resume"
    MOVE = "move"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        """The word on the button and in the life line."""
        return _KIND_WORDS[self]


_KIND_WORDS = {
    StepKind.INQUIRE: "咨询",
    StepKind.WAIT: "排候补",
    StepKind.NOTIFY: "通知入园",
    StepKind.CONFIRM: "确认入园",
    StepKind.RANK: "调整次序",
    StepKind.TRY: "试托",
    StepKind.ENROL: "正式入托",
    StepKind.SUSPEND: "停托",
    StepKind.RESUME: "复托",
    StepKind.MOVE: "转班",
    StepKind.LEAVE: "离园",
}


class Ending(StrEnum):
    """How a life ends: 毕业, 退托, 转园 out of care; 放弃 before it."""

    GRADUATED = "graduated"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    GIVEN_UP = "given_up"

    @property
    def label(self) -> str:
        """毕业, 退托, 转园, 放弃."""
        words = {"graduated": "毕业", "withdrawn": "退托", "transferred": "转园", "given_up": "放弃"}
        return words[self.value]


@record
class Owner:
    """Whose life it is: an applicant until she has come, a child from then on (and the applicant she was)."""

    applicant: ApplicantId | None = None
    child: ChildId | None = None


@record
class Step:
    """One step as kept. ``on_day`` is its first day, of a LEAVE out of care the last day in care.

    ``ends_on`` is the contract's end, where one was agreed; ``starts_on`` the first day that a notice offers.
    ``id`` is None for what is read from a contract
    that was entered without steps.
    """

    kind: StepKind
    on_day: dt.date
    id: StepId | None = None
    class_id: ClassId | None = None
    mode: CareMode | None = None
    half: HalfDay | None = None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    seat_kept: bool = False
    ending: Ending | None = None
    deadline: dt.date | None = None
    before: ApplicantId | None = None
    reason: str = ""
    by: str = ""
    made_at: dt.datetime | None = None
    batch: StepId | None = None


@record
class Life:
    """A child's steps that hold, in the order they were made."""

    steps: tuple[Step, ...] = ()

    @property
    def last(self) -> Step | None:
        """The step that can be taken back."""
        return self.steps[-1] if self.steps else None

    @property
    def stage(self) -> Stage:
        """Where it ends, when every step has come about."""
        return _fold(self.steps)

    def stage_on(self, day: dt.date) -> Stage:
        """Where the child stands on a day; a contract that has run out has left."""
        begun = [step for step, first in self._dated() if first <= day]
        stage = _fold(begun)
        if stage.in_care and (end := self.contract_end(begun)) is not None and end < day:
            return Stage.LEFT
        return stage

    def contract_end(self, steps: Sequence[Step] | None = None) -> dt.date | None:
        """The agreed end of the contract that was opened last."""
        for step in reversed(self.steps if steps is None else steps):
            if step.kind in OPENING:
                return step.ends_on
        return None

    def place(self) -> Step | None:
        """The step that said the class last, of those in care."""
        return next((step for step in reversed(self.steps) if step.kind in OPENING), None)

    def earliest(self, kind: StepKind) -> dt.date | None:
        """The first day a next step may have; None when nothing came before."""
        settled = [pair for pair in self._dated() if pair[0].kind not in ASKING]
        if not settled:
            return None
        step, first = settled[-1]
        # A contract must have held for a day before another takes its place.
        closes = kind in CLOSING and step.kind in OPENING
        return first + _DAY if closes else first

    def _dated(self) -> list[tuple[Step, dt.date]]:
        """Each step with the first day on which it is so."""
        found: list[tuple[Step, dt.date]] = []
        stage = Stage.NONE
        for step in self.steps:
            later = step.kind is StepKind.LEAVE and stage.in_care
            found.append((step, step.on_day + _DAY if later else step.on_day))
            stage = _TO.get(step.kind, stage)
        return found


OPENING = frozenset({StepKind.TRY, StepKind.ENROL, StepKind.RESUME, StepKind.MOVE})
ASKING = frozenset({StepKind.INQUIRE, StepKind.WAIT, StepKind.NOTIFY, StepKind.CONFIRM, StepKind.RANK})
CLOSING = frozenset({StepKind.ENROL, StepKind.SUSPEND, StepKind.MOVE})
_TO = {
    StepKind.INQUIRE: Stage.INQUIRY,
    StepKind.WAIT: Stage.WAITING,
    StepKind.TRY: Stage.TRIAL,
    StepKind.ENROL: Stage.ENROLLED,
    StepKind.SUSPEND: Stage.SUSPENDED,
    StepKind.RESUME: Stage.ENROLLED,
    StepKind.LEAVE: Stage.LEFT,
}
_NEXT: dict[Stage, tuple[StepKind, ...]] = {
    Stage.NONE: (StepKind.INQUIRE, StepKind.WAIT, StepKind.TRY, StepKind.ENROL),
    Stage.INQUIRY: (StepKind.WAIT, StepKind.TRY, StepKind.ENROL, StepKind.LEAVE),
    Stage.WAITING: (
        StepKind.NOTIFY,
        StepKind.CONFIRM,
        StepKind.TRY,
        StepKind.ENROL,
        StepKind.RANK,
        StepKind.LEAVE,
    ),
    Stage.TRIAL: (StepKind.ENROL, StepKind.MOVE, StepKind.LEAVE),
    Stage.ENROLLED: (StepKind.MOVE, StepKind.SUSPEND, StepKind.LEAVE),
    Stage.SUSPENDED: (StepKind.RESUME, StepKind.LEAVE),
    Stage.LEFT: (StepKind.WAIT, StepKind.TRY, StepKind.ENROL),
}


class QueueState(StrEnum):
    """How far a family on the waiting list is (候补/已通知/已确认/放弃/过期)."""

    WAITING = "waiting"
    NOTIFIED = "notified"
    CONFIRMED = "confirmed"
    GIVEN_UP = "given_up"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """候补, 已通知, 已确认, 放弃, 过期."""
        words = {
            "waiting": "候补",
            "notified": "已通知",
            "confirmed": "已确认",
            "given_up": "放弃",
            "expired": "过期",
        }
        return words[self.value]


def offer_of(life: Life) -> Step | None:
    """The notice that stands: class, mode, first day and deadline; None where none was given."""
    for step in reversed(life.steps):
        if step.kind is StepKind.NOTIFY:
            return step
        if step.kind not in {StepKind.CONFIRM, StepKind.RANK}:
            return None
    return None


def queue_state(life: Life, today: dt.date) -> QueueState | None:
    """The state on the list; None for a child who is not on it. A notice expires after its deadline."""
    if life.stage is Stage.LEFT:
        last = life.last
        given_up = last is not None and last.ending is Ending.GIVEN_UP
        return QueueState.GIVEN_UP if given_up else None
    if life.stage is not Stage.WAITING:
        return None
    offer = offer_of(life)
    if offer is None:
        return QueueState.WAITING
    after = life.steps[life.steps.index(offer) :]
    if any(step.kind is StepKind.CONFIRM for step in after):
        return QueueState.CONFIRMED
    return (
        QueueState.EXPIRED if offer.deadline is not None and offer.deadline < today else QueueState.NOTIFIED
    )


def next_kinds(life: Life, today: dt.date) -> tuple[StepKind, ...]:
    """The steps that may follow, in the order the buttons stand."""
    kinds = _NEXT[_now(life, today)]
    state = queue_state(life, today)
    if state is QueueState.NOTIFIED:
        return tuple(kind for kind in kinds if kind is not StepKind.NOTIFY)
    if StepKind.CONFIRM in kinds:
        kinds = tuple(kind for kind in kinds if kind is not StepKind.CONFIRM)
    return tuple(k for k in kinds if k is not StepKind.NOTIFY) if state is QueueState.CONFIRMED else kinds


def endings(life: Life) -> tuple[Ending, ...]:
    """How the life may end from where it stands."""
    if life.stage in {Stage.INQUIRY, Stage.WAITING}:
        return (Ending.GIVEN_UP,)
    return (Ending.GRADUATED, Ending.WITHDRAWN, Ending.TRANSFERRED)


def check_step(life: Life, step: Step, today: dt.date) -> None:
    """Whether a life may take a step on its day.

    Raises:
        LifeError: the stage does not lead there, the day lies before the last step, before this month, or in
            the past without a reason; what the step asks for is missing.
    """
    stage = _now(life, today)
    if step.kind not in next_kinds(life, today):
        msg = f"现在是“{stage.label}”，不能办“{step.kind.label}”。请先核对去向记录。"
        raise LifeError(msg, field="kind")
    first = life.earliest(step.kind)
    if first is not None and step.on_day < first:
        msg = f"日期不能早于 {first}：上一步在那之前还没有生效。请改日期，或先撤销上一步。"
        raise LifeError(msg, field="on_day")
    _check_contract_end(life, step)
    if step.on_day > today and step.kind in ASKING:
        raise LifeError("咨询和候补按当天登记，日期不能在今天之后。", field="on_day")
    if step.on_day < today:
        if (step.on_day.year, step.on_day.month) != (today.year, today.month):
            raise LifeError("只能补登本月的日期；以前的月份已经统计，不能再改。", field="on_day")
        if not step.reason.strip():
            raise LifeError("日期已经过去，请写明为什么补登。", field="reason")
    _check_asked(life, step)


def _check_contract_end(life: Life, step: Step) -> None:
    end = life.contract_end() if life.stage.in_care else None
    if end is not None and step.kind in {*CLOSING, StepKind.LEAVE} and step.on_day > end:
        if step.kind is StepKind.ENROL:
            return
        msg = f"合同 {end} 到期，这一步要在那之前。"
        raise LifeError(msg, field="on_day")


def _check_asked(life: Life, step: Step) -> None:
    if step.kind in {StepKind.TRY, StepKind.ENROL, StepKind.MOVE, StepKind.NOTIFY} and step.class_id is None:
        raise LifeError("请选择班级。", field="class_id")
    if step.mode is CareMode.HALF_DAY and step.half is None:
        raise LifeError("半日托请选上午或下午。", field="half")
    if step.kind is StepKind.LEAVE and step.ending not in endings(life):
        words = "、".join(one.label for one in endings(life))
        msg = f"请选择怎样离开：{words}。"
        raise LifeError(msg, field="ending")
    if step.kind is StepKind.NOTIFY and (step.deadline is None or step.deadline < step.on_day):
        raise LifeError("请填答复期限，不早于通知当天。", field="deadline")
    if step.kind in {StepKind.RANK, StepKind.SUSPEND} and not step.reason.strip():
        raise LifeError("请写明理由。", field="reason")
    if step.ends_on is not None and step.ends_on < step.on_day:
        raise LifeError("合同结束日不能早于开始日。", field="ends_on")
    place = life.place()
    same = place is not None and (place.class_id, place.mode, place.half) == (
        step.class_id,
        step.mode,
        step.half,
    )
    if step.kind is StepKind.MOVE and same:
        raise LifeError("已经在这个班，托育方式也一样。请选别的班级。", field="class_id")


def days_without(step: Step, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days up to now that a step takes out of the contract that held: the second is first for none.

    Her last day is still of it. Who moves today may have come already: it is the class of the afternoon.
    """
    match step.kind:
        case StepKind.LEAVE:
            return step.on_day + _DAY, today
        case StepKind.SUSPEND:
            return step.on_day, today
        case StepKind.MOVE:
            return step.on_day, today - _DAY
        case _:
            return today + _DAY, today


def check_came(step: Step, name: str, came: dt.date | None) -> None:
    """Pass if nobody came by the contract on the days that a step takes out of it (``days_without``).

    Raises:
        LifeError: she did; the sentence names the last such day, and the first day that the step may have.
    """
    if came is None:
        return
    told = f"{name} {day_words(came)} 按合同来过"
    if step.kind is StepKind.LEAVE:
        msg = f"{told}，离园的最后一天不能早于那天。请改日期。"
    else:
        msg = f"{told}，{step.kind.label}要从 {day_words(came + _DAY)} 起。请改日期。"
    raise LifeError(msg, field="on_day")


def check_undo(step: Step, last: Step | None, made_on: dt.date, today: dt.date) -> None:
    """Whether a step may be taken back: the last one, made today or not yet begun.

    Raises:
        LifeError: a later step stands on it, or its day has passed.
    """
    if last is None or last.id != step.id:
        raise LifeError("后面还有别的步骤。请先撤销最后一步。")
    if made_on != today and step.on_day <= today:
        msg = f"“{step.kind.label}”已从 {step.on_day} 生效，只能在登记当天撤销。请另办一步来更正。"
        raise LifeError(msg)


def _fold(steps: Sequence[Step]) -> Stage:
    stage = Stage.NONE
    for step in steps:
        stage = _TO.get(step.kind, stage)
    return stage


def _now(life: Life, today: dt.date) -> Stage:
    """The stage that the next step starts from: a contract that has run out has left."""
    stage, end = life.stage, life.contract_end()
    return Stage.LEFT if stage.in_care and end is not None and end < today else stage
