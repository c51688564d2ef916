"""清点人数: who should be there against who was seen, by name (domain §8.6: count at each move)."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from app.domain.errors import RuleError
from app.domain.ids import VisitId
from app.domain.record import record


class CountError(RuleError):
    """A count that cannot be."""


class CountMismatchError(CountError):
    """Heads do not agree and nobody said why; ``missing`` and ``extra`` are names."""

    def __init__(self, sentence: str, missing: tuple[str, ...], extra: tuple[str, ...]) -> None:
        super().__init__(sentence, field="reason")
        self.missing, self.extra = missing, extra


class Stage(StrEnum):
    """When heads are counted: a round in the class, and leaving, arriving and coming back on a walk."""

    ROUND = "round"
    LEAVE = "leave"
    ARRIVE = "arrive"
    RETURN = "return"

    @property
    def label(self) -> str:
        """清点, 出发, 到达, 返回."""
        return {"round": "清点", "leave": "出发", "arrive": "到达", "return": "返回"}[self.value]


@record
class Tally:
    """The outcome: keys of those here, missing (should be, was not seen) and extra (the other way round)."""

    here: tuple[VisitId, ...]
    missing: tuple[VisitId, ...]
    extra: tuple[VisitId, ...]

    @property
    def agrees(self) -> bool:
        """Whether everybody is where she should be, and nobody else."""
        return not self.missing and not self.extra

    @property
    def found(self) -> int:
        """How many were seen."""
        return len(self.here) + len(self.extra)

    @property
    def expected(self) -> int:
        """How many should have been."""
        return len(self.here) + len(self.missing)


def tally(expected: Collection[VisitId], seen: Collection[VisitId]) -> Tally:
    """Compare; the order is that of the lists given, each one counted once."""
    wanted, found = dict.fromkeys(expected), dict.fromkeys(seen)
    return Tally(
        tuple(one for one in wanted if one in found),
        tuple(one for one in wanted if one not in found),
        tuple(one for one in found if one not in wanted),
    )


def mismatch_words(result: Tally, names: Mapping[VisitId, str]) -> str:
    """少 1 人：朱予晴；多 1 人：王若曦. Empty where heads agree."""
    parts = []
    for word, keys in (("少", result.missing), ("多", result.extra)):
        if keys:
            parts.append(f"{word} {len(keys)} 人：{'、'.join(names.get(key, '？') for key in keys)}")
    return "；".join(parts)


def require_explained(result: Tally, names: Mapping[VisitId, str], reason: str) -> None:
    """Pass if heads agree, or a reason is given.

    Raises:
        CountMismatchError: neither; the sentence names who is missing and who is extra.
    """
    if result.agrees or reason:
        return
    words = mismatch_words(result, names)
    msg = f"{words}。先找到人；找到了再勾，找不到立即按 F9 点名。有缘由的写明原因才能结束。"
    raise CountMismatchError(
        msg,
        tuple(names.get(key, "？") for key in result.missing),
        tuple(names.get(key, "？") for key in result.extra),
    )
