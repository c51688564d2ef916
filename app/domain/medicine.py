"""带药: what may be taken, when a dose may be given (domain §3.2 T2). Instants aware, gaps in minutes."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from app.domain.errors import RuleError
from app.domain.ids import ChildId, ClassId, DoseId, RequestId, StaffId, VisitId
from app.domain.logbook import duration_words, minutes_between
from app.domain.looks import Chip, Tone
from app.domain.medicine_names import refused_word, same_dose
from app.domain.record import record


class MedicineError(RuleError):
    """A rule about medicine says no."""


class RefusedMedicineError(MedicineError):
    """The centre does not take such medicine: antibiotics, tonics, no label, not the original pack."""


class UnsignedMedicineError(MedicineError):
    """No parent has signed: nothing is taken and nothing given."""


class ExpiredMedicineError(MedicineError):
    """The medicine is past its date."""


class OneDayOnlyError(MedicineError):
    """More than the doses of this day."""


class TooCloseError(MedicineError):
    """Two doses of one medicine would lie too near to each other."""


class TooEarlyError(MedicineError):
    """It is not yet time."""


class WrongChildError(MedicineError):
    """The child in front of the giver is not the one the medicine is for."""


class WrongDoseError(MedicineError):
    """The dose measured is not the dose asked for."""


class TwoPeopleError(MedicineError):
    """Giver and second person must be two."""


class DoseDoneError(MedicineError):
    """This dose was given or left out before."""


class TakenBackError(MedicineError):
    """It was noted as given a while ago and taken back, and nobody says that she did not swallow it."""


class AllergicMedicineError(MedicineError):
    """The medicine names what the child does not tolerate."""


class UnclearAllergyError(MedicineError):
    """Nobody can tell from the slip whether the child bears the medicine, and no parent was asked."""


class DoseState(StrEnum):
    """What became of a dose."""

    WAITING = "waiting"
    GIVEN = "given"
    SKIPPED = "skipped"
    HOME = "home"  # by the family, while the child was with them


@record
class MedicineRules:
    """The centre's numbers of a day, minutes; ``refused`` are words of medicines not taken.

    ``substances`` are the names under which each is sold: 希刻劳 is refused with 头孢.
    """

    early: int
    late: int
    gap: int
    refused: tuple[str, ...]
    substances: tuple[tuple[str, ...], ...] = ()

    def refuses(self, medicine: str) -> str:
        """The word by which a medicine is not taken; empty where it is."""
        return refused_word(medicine, self.refused, self.substances)


@record
class Dose:
    """One dose of a request. ``act`` is the key of what was done; ``late`` minutes after its time.

    ``taken_home``: it went home with the child before its time had come. ``taken_back`` is when it was last
    noted as given by mistake. ``asked``: who of the family said that it was given at home, at ``home_at``, or
    that it was not.
    """

    id: DoseId
    due_at: dt.datetime
    state: DoseState = DoseState.WAITING
    act: int = 0
    at: dt.datetime | None = None
    giver: StaffId | None = None
    giver_name: str = ""
    second: StaffId | None = None
    second_name: str = ""
    late: int = 0
    reason: str = ""
    taken_home: bool = False
    taken_back: dt.datetime | None = None
    home_at: dt.datetime | None = None
    asked: str = ""

    @property
    def home_words(self) -> str:
        """``在家 12:40 喂过，妈妈说``, ``妈妈说在家没喂``; empty where nobody was asked."""
        if self.home_at is not None:
            return f"在家 {self.home_at:%H:%M} 喂过，{self.asked}说"
        return f"{self.asked}说在家没喂" if self.asked else ""

    @property
    def undone_words(self) -> str:
        """``12:31 记过已喂，后来撤销``; empty where it never was."""
        return "" if self.taken_back is None else f"{self.taken_back:%H:%M} 记过已喂，后来撤销"

    @property
    def words(self) -> str:
        """``12:30 已喂（12:34，许静、孟佳）``."""
        due = f"{self.due_at:%H:%M}"
        if self.state is DoseState.GIVEN and self.at is not None:
            late = f"，晚 {self.late} 分钟" if self.late else ""
            return f"{due} 已喂（{self.at:%H:%M}{late}，{self.giver_name}、{self.second_name}）"
        if self.state is DoseState.SKIPPED:
            return f"{due} 没喂（{self.reason}）"
        return f"{due} {self.home_words or '待喂'}"

    def chip(self, now: dt.datetime, late: int) -> Chip:
        """Its state, and how many minutes are left."""
        if self.state is DoseState.GIVEN:
            return Chip("已喂" if not self.late else f"已喂 · 晚 {self.late} 分钟", Tone.OK)
        if self.state is DoseState.SKIPPED:
            return Chip("没喂", Tone.WARN)
        if self.state is DoseState.HOME:
            return Chip("在家喂过", Tone.OK)
        return Chip(due_words(self.due_at, now), due_tone(self.due_at, now, late))


@record
class Request:
    """A request of a parent, with its doses in order.

    ``visit``, class and ``inside`` are of the stay that the child is in now, or was last, on that day, which
    began at ``since``: one who comes back the same day is given what waits. ``left_before`` is when she went
    home last before it.
    """

    id: RequestId
    visit: VisitId
    child: ChildId
    name: str
    class_id: ClassId
    class_name: str
    day: dt.date
    medicine: str
    dose: str
    way: str
    reason: str
    allergy: str
    expires_on: dt.date
    brought: int
    home_at: dt.datetime | None
    signer: str
    signed_how: str  # paper, screen
    signature: str
    taken_at: dt.datetime
    taken_by: str
    doses: tuple[Dose, ...]
    returned: str = ""  # 16:40 交还妈妈 赵敏
    inside: bool = True
    return_key: int = 0  # of a return that was not made at the door
    since: dt.datetime | None = None
    left_before: dt.datetime | None = None

    def ask_words(self, dose: Dose) -> str:
        """Why her family is asked first whether she had a dose at home; empty where they need not be."""
        if not self.inside or self.since is None or dose.due_at >= self.since:
            return ""
        if dose.state is not DoseState.WAITING:
            return ""
        here = self.left_before is not None and dose.due_at < self.left_before
        return f"{'到点以后回过家' if here else '在家时到点'}，先问家长是否已经喂过"

    @property
    def waiting(self) -> tuple[Dose, ...]:
        """Doses of which nothing has become yet."""
        return tuple(dose for dose in self.doses if dose.state is DoseState.WAITING)

    @property
    def words(self) -> str:
        """``布洛芬混悬液 2.5 ml 口服``."""
        return f"{self.medicine} {self.dose} {self.way}"


@record
class RequestDraft:
    """What a parent asks for, as it is typed; ``times`` and ``home_at`` are instants of today."""

    medicine: str
    dose: str
    way: str
    reason: str
    allergy: str
    original_pack: bool
    expires_on: dt.date
    brought: int
    times: tuple[dt.datetime, ...]
    signer: str
    signed_how: str = "paper"
    signature: str = ""
    home_at: dt.datetime | None = None
    home_none: bool = False  # said in so many words that she had none at home
    signer_reason: str = ""  # why somebody signs who is not on file
    allergy_answer: str = ""  # none, has, unsure: the family, when a line 药物过敏 in doubt was read to them
    allergy_teller: str = ""  # who of the child's adults answered so


@record
class Given:
    """An earlier dose of the same medicine, here or at home."""

    at: dt.datetime
    where: str  # 在园, 在家


@record
class TakenBack:
    """A dose that was noted as given at ``at`` and taken back, by whom."""

    medicine: str
    at: dt.datetime
    giver_name: str
    second_name: str
    undone_at: dt.datetime
    undone_by: str

    @property
    def words(self) -> str:
        """``12:34 记过已喂布洛芬（许静、孟佳），12:36 许静撤销``."""
        return (
            f"{self.at:%H:%M} 记过已喂{self.medicine}（{self.giver_name}、{self.second_name}），"
            f"{self.undone_at:%H:%M} {self.undone_by}撤销"
        )


def require_request(
    draft: RequestDraft,
    now: dt.datetime,
    closes: dt.datetime,
    rules: MedicineRules,
    intolerated: Sequence[str],
    before: Sequence[Given] = (),
) -> None:
    """Pass a request that the centre may take. ``intolerated`` is what it holds of the child's allergies.

    Raises:
        UnsignedMedicineError: nobody signed.
        RefusedMedicineError: not in its original pack, or of a kind that is not taken here.
        AllergicMedicineError: it holds what she does not tolerate.
        ExpiredMedicineError: it is past its date.
        OneDayOnlyError: more doses than times, or a time of another day.
        TooCloseError: two doses, here or at home, lie nearer than the gap.
    """
    if not draft.signer or draft.signed_how not in {"paper", "screen"}:
        raise UnsignedMedicineError("家长没有签字，不能收药。请家长在单上或屏幕上签字。", field="signer")
    if draft.signed_how == "screen" and not draft.signature:
        raise UnsignedMedicineError("屏幕上还没有签名，不能收药。请家长签名。", field="signature")
    if not draft.original_pack:
        msg = "药不是原包装、没有标签，不能收。请家长换原包装的来。"
        raise RefusedMedicineError(msg, field="original_pack")
    if intolerated:
        msg = f"孩子对{'、'.join(intolerated)}过敏，{draft.medicine}里就有。不能收，请家长问医生。"
        raise AllergicMedicineError(msg, field="medicine")
    if word := rules.refuses(draft.medicine):
        msg = f"本园不代喂“{word}”一类的药（{draft.medicine}）。请家长在家喂，或由医生改药。"
        raise RefusedMedicineError(msg, field="medicine")
    if draft.expires_on < now.date():
        msg = f"药 {draft.expires_on:%Y-%m-%d} 已经过期，不能收。"
        raise ExpiredMedicineError(msg, field="expires_on")
    _require_times(draft, now, closes)
    # One dose at home stands on every slip of the day, and what lies between two doses that were swallowed
    # is nobody's to change: asked is how near the new ones come.
    past = {one.at for one in before} | set(_home(draft))
    every = sorted([*((at, False) for at in past), *((at, True) for at in draft.times)])
    for (first, was_asked), (second, is_asked) in pairwise(every):
        if (was_asked or is_asked) and second - first < dt.timedelta(minutes=rules.gap):
            least = duration_of(rules.gap)
            msg = f"{first:%H:%M} 和 {second:%H:%M} 两次隔得太近，至少隔 {least}。请和家长核对。"
            raise TooCloseError(msg, field="times")


def _require_times(draft: RequestDraft, now: dt.datetime, closes: dt.datetime) -> None:
    if not draft.times:
        raise OneDayOnlyError("请写几点喂，如 12:30。", field="times")
    if any(at.date() != now.date() or at > closes for at in draft.times):
        raise OneDayOnlyError("只收今天的量，喂药时间要在今天关门以前。", field="times")
    if any(at < now for at in draft.times):
        raise OneDayOnlyError("喂药时间已经过了，请核对。", field="times")
    if draft.home_at is not None and draft.home_at > now:
        raise OneDayOnlyError("在家喂的时间在后面，请核对。", field="home_at")
    if draft.brought > len(draft.times):
        msg = f"只收当天的量：今天喂 {len(draft.times)} 次，带来 {draft.brought} 份。多的请家长带回。"
        raise OneDayOnlyError(msg, field="brought")
    if draft.brought < len(draft.times):
        msg = f"要喂 {len(draft.times)} 次，只带来 {draft.brought} 份，不够。请和家长核对。"
        raise OneDayOnlyError(msg, field="brought")


def require_dose(
    request: Request,
    dose: Dose,
    child: ChildId,
    measured: str,
    now: dt.datetime,
    rules: MedicineRules,
    before: Sequence[Given],
) -> None:
    """Pass if this dose may be given now to the child in front. Who gives it is asked by ``require_two``.

    Raises:
        DoseDoneError, UnsignedMedicineError, ExpiredMedicineError, WrongChildError, WrongDoseError,
        TooEarlyError (before its time, or too soon after the last one).
    """
    require_waiting(request, dose)
    if not request.signer:
        raise UnsignedMedicineError("家长没有签字，不能喂。")
    if request.expires_on < now.date():
        msg = f"{request.medicine} {request.expires_on:%Y-%m-%d} 过期，不能喂。请告诉家长。"
        raise ExpiredMedicineError(msg)
    if child != request.child:
        msg = f"这是{request.name}的药，面前的孩子对不上。停下来，核对姓名再喂。"
        raise WrongChildError(msg, field="child")
    if not same_dose(measured, request.dose):
        msg = f"量出来的“{measured.strip()[:20]}”和单上的“{request.dose}”不一样。请重新量。"
        raise WrongDoseError(msg, field="dose")
    if early := early_words(dose.due_at, now, rules):
        raise TooEarlyError(early)
    # Both ways: after a clock that was set back the last dose may lie ahead.
    last = min(before, key=lambda one: abs(now - one.at), default=None)
    if last is not None and abs(now - last.at) < dt.timedelta(minutes=rules.gap):
        least = duration_of(rules.gap)
        msg = f"{last.where} {last.at:%H:%M} 喂过{request.medicine}，至少隔 {least}，还不能喂。"
        raise TooEarlyError(msg)


def require_waiting(request: Request, dose: Dose) -> None:
    """Pass if nothing has become of a dose yet.

    Raises:
        DoseDoneError: it was given or left out, or the medicine has gone home.
    """
    require_undecided(request, dose)
    if request.returned:
        msg = f"{request.medicine}已经{request.returned}，不能再喂。"
        raise DoseDoneError(msg)


def require_undecided(request: Request, dose: Dose) -> None:
    """Pass if a dose was neither given nor left out; the bottle may be at home: one taken back is left out.

    Raises:
        DoseDoneError: it was.
    """
    if dose.state is not DoseState.WAITING:
        msg = f"{request.name} {dose.words}，不能再记一次。"
        raise DoseDoneError(msg)


def require_swallowed_none(taken_back: TakenBack | None, cleared: str) -> None:
    """Pass if no dose of it was noted as given lately and taken back, or somebody says how she knows.

    Taking back means that nothing was swallowed. Whoever gives the next one may be another than who took it
    back by a slip of the hand: she asks first.

    Raises:
        TakenBackError: one was, and nobody says.
    """
    if taken_back is not None and not cleared:
        msg = f"{taken_back.words}。先问清孩子到底有没有喝下去，写明没喝下去怎么知道的，再喂。"
        raise TakenBackError(msg, field="cleared")


def require_two(giver: StaffId, second: StaffId) -> None:
    """Pass if giver and second person are two.

    Raises:
        TwoPeopleError: they are one.
    """
    if giver == second:
        raise TwoPeopleError("喂药要两个人：喂的人和核对的人不能是同一个。", field="second")


def late_minutes(due: dt.datetime, now: dt.datetime, late: int) -> int:
    """How late a dose is; 0 within the tolerance."""
    minutes = minutes_between(due, now) if now > due else 0
    return minutes if minutes > late else 0


def early_words(due: dt.datetime, now: dt.datetime, rules: MedicineRules) -> str:
    """Why a dose may not be given yet; empty once its time has come."""
    if now >= due - dt.timedelta(minutes=rules.early):
        return ""
    return f"还没到时间：{due:%H:%M} 喂，最早提前 {rules.early} 分钟。"


def due_words(due: dt.datetime, now: dt.datetime) -> str:
    """``12:30 · 还有 20 分钟``, ``12:30 · 现在喂``, ``12:30 · 已过 15 分钟``."""
    if now < due:
        return f"{due:%H:%M} · 还有 {duration_words(now, due)}"
    minutes = minutes_between(due, now)
    return f"{due:%H:%M} · 已过 {duration_words(due, now)}" if minutes else f"{due:%H:%M} · 现在喂"


def due_tone(due: dt.datetime, now: dt.datetime, late: int) -> Tone:
    """Red when late, amber in its last half hour, else blue."""
    if now > due + dt.timedelta(minutes=late):
        return Tone.BAD
    return Tone.WARN if due - now <= dt.timedelta(minutes=30) else Tone.INFO


def duration_of(minutes: int) -> str:
    """``4 小时``, ``3 小时 30 分``, ``45 分钟``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分" if rest else f"{hours} 小时"


def _home(draft: RequestDraft) -> list[dt.datetime]:
    return [] if draft.home_at is None else [draft.home_at]
