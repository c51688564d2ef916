"""意外伤害: what the form asks (表9), when it is done, and how long it may still be corrected."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import field

from app.domain.errors import RuleError
from app.domain.names import given_name
from app.domain.record import record

# What stands may be corrected so long; from then on there are additions only.
CORRECTABLE = dt.timedelta(hours=24)
# Who has been handed over may still play in the yard.
LINGERING = dt.timedelta(minutes=30)
ATTACK = "12"
UNSEEN = "1"  # treated here, no doctor
GRAVE = frozenset({"3", "4"})  # disability, death
SOMEBODY = "另一名小朋友"
LONGEST_STORY = 1000
_SHORTEST_NAME = 2


class InjuryError(RuleError):
    """An injury that cannot be kept as it is; ``field`` says which line of the form."""


class SettledInjuryError(InjuryError):
    """It is older than a day: what stands there stays, and additions come below it."""


@record
class Code:
    """One code of the form. ``kind`` is the kind a subtype belongs to.

    ``told`` is how a family is told of it where the words of the form are none to be spoken, ``heed`` what it
    is asked to do.
    """

    code: str
    words: str
    kind: str = ""
    told: str = ""
    heed: str = ""


@record
class InjuryCodes:
    """The code lists of 表9 and the regions of the body map (``resources/tables/injuries.toml``)."""

    lists: dict[str, tuple[Code, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[Code, ...]:
        """One list: kind, subtype, place, activity, company, handling, outcome, aid, telling, region."""
        return self.lists[name]

    def words(self, name: str, code: str) -> str:
        """The words of a code; empty for none."""
        return self.find(name, code).words

    def find(self, name: str, code: str) -> Code:
        """A code with all it says; an empty one for none."""
        return next((one for one in self.of(name) if one.code == code), Code("", ""))

    def require(self, name: str, code: str, label: str) -> None:
        """Pass if the list has the code.

        Raises:
            InjuryError: it has not.
        """
        if not any(one.code == code for one in self.of(name)):
            msg = f"请选{label}。"
            raise InjuryError(msg, field=name)

    def subtypes(self, kind: str) -> tuple[Code, ...]:
        """What is told apart within a kind."""
        return tuple(one for one in self.of("subtype") if one.kind == kind)


def check_subtype(codes: InjuryCodes, kind: str, subtype: str, other: int | None, child: int) -> None:
    """Pass if the subtype is one of the kind's, and another child is named only where one can be.

    Raises:
        InjuryError: ``field`` says which.
    """
    if subtype and subtype not in {one.code for one in codes.subtypes(kind)}:
        raise InjuryError("这个细类不属于所选的伤害类型，请重选。", field="subtype")
    if kind == ATTACK and not subtype:
        raise InjuryError("请选细类：咬伤、抓伤、推撞或打伤。", field="subtype")
    if other is not None and other == child:
        raise InjuryError("另一个孩子不能是她自己，请核对。", field="other")
    if other is not None and kind != ATTACK:
        raise InjuryError("只有他伤（12）才写另一个孩子。", field="other")


def check_outcome(codes: InjuryCodes, handling: str, outcome: str) -> None:
    """Pass if what came of it can have come without a doctor, or there was one.

    Raises:
        InjuryError: disability or death, and nobody saw a doctor.
    """
    if handling == UNSEEN and outcome in GRAVE:
        what, how = codes.words("outcome", outcome), codes.words("handling", handling)
        msg = f"转归是“{what}”，处理却是“{how}”。请核对这两项。"
        raise InjuryError(msg, field="handling")


def check_here(name: str, at: dt.datetime, stays: Sequence[tuple[dt.datetime, dt.datetime | None]]) -> None:
    """Pass if she was here then. ``stays`` are hers of that day: when she came and when she left.

    Raises:
        InjuryError: she was not.
    """
    if not stays:
        msg = f"{name} {at.month}月{at.day}日 没有来园的记录，请核对是哪个孩子、哪一天。"
        raise InjuryError(msg, field="day")
    for came, left in stays:
        if came.replace(second=0, microsecond=0) <= at and (left is None or at <= left + LINGERING):
            return
    came, left = min(stays)
    how = f"{came:%H:%M} 才入园" if left is None or at < came else f"{left:%H:%M} 已经离园"
    msg = f"{name} {how}，{at:%H:%M} 不在园里，请核对时间。"
    raise InjuryError(msg, field="at")


def is_settled(kept_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether only additions are possible any more."""
    return now - kept_at >= CORRECTABLE


def lacking(*, told: bool, signed: bool) -> str:
    """``没告诉家长、没第二人签``; empty when it is done."""
    parts = ([] if told else ["没告诉家长"]) + ([] if signed else ["没第二人签"])
    return "、".join(parts)


def names_of(name: str, nickname: str = "") -> tuple[str, ...]:
    """By what a child is called in a text: 朱予晴, 予晴, 晴晴."""
    every = (name, given_name(name), nickname)
    return tuple(dict.fromkeys(one for one in every if len(one) >= _SHORTEST_NAME))


def without_names(text: str, own: Iterable[str], others: Iterable[str]) -> str:
    """A text for a family: no other child is named in it.

    Args:
        text: what the teacher wrote.
        own: names by which the family's own child is called; they stay.
        others: names and nicknames of every other child; shorter than two characters are no names.

    Longer names go first, so that 李明明 is not left as 另一名小朋友明; her own name is never broken up.
    """
    keep = {one for one in own if one}
    hide = {one for one in others if len(one) >= _SHORTEST_NAME} - keep
    if not hide:
        return text
    words = sorted(keep | hide, key=len, reverse=True)
    shape = re.compile("|".join(re.escape(one) for one in words))
    return shape.sub(lambda found: found[0] if found[0] in keep else SOMEBODY, text)
