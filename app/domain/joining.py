"""How two records of one person become one: field by field, answer by answer, flag by flag.

What is told of a child's health is never chosen between: both stand. What says that somebody may holds only
where nobody has taken it away, and of two answers of a guardian the latest counts (PIPL 15).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from app.domain.record import record
from app.domain.record_fields import split_list
from app.domain.records import HAS_NONE


class Side(StrEnum):
    """Whose value stays."""

    KEPT = "kept"
    MERGED = "merged"


class Way(StrEnum):
    """What becomes of a field in which two records differ."""

    FILL = "fill"  # only the merged one has it
    JOIN = "join"  # both stand, one after the other
    CHOOSE = "choose"  # one of the two stands


Values = Mapping[str, str]


@record
class Part:
    """One field, or those that only mean something together (证件, 体检): the first names it.

    ``day`` is the field that says when: the later of two is proposed. ``joined`` are texts that add up.
    """

    fields: tuple[str, ...]
    label: str = ""
    day: str = ""
    joined: bool = False

    @property
    def name(self) -> str:
        """The field that the choice is told by."""
        return self.fields[0]


@record
class Difference:
    """One part in which two records differ. ``joined`` is what both together say, of a ``JOIN``."""

    part: Part
    way: Way
    kept: tuple[str, ...]
    merged: tuple[str, ...]
    joined: str = ""
    side: Side = Side.KEPT  # proposed; of a fill the merged one

    def values(self, choices: Mapping[str, Side]) -> dict[str, str]:
        """What the kept record is to hold of these fields."""
        if self.way is Way.JOIN:
            return {self.part.name: self.joined}
        side = self.side if self.way is Way.FILL else choices.get(self.part.name, self.side)
        values = self.kept if side is Side.KEPT else self.merged
        return dict(zip(self.part.fields, values, strict=True))


def _text(*names: str) -> tuple[Part, ...]:
    return tuple(Part((name,), joined=True) for name in names)


CHILD_PARTS: tuple[Part, ...] = (
    Part(("name",)),
    Part(("nickname",)),
    Part(("sex",)),
    *_text("allergy_told", "diet", "chronic"),
    Part(("document_number", "document_kind"), "证件"),
    Part(("exam", "exam_on", "exam_hospital"), day="exam_on"),
    Part(("vaccination", "vaccination_on", "vaccination_by"), day="vaccination_on"),
    Part(("gestation",)),
    *(Part((name,), day=name) for name in ("blood_on", "hearing_on", "vision_on")),
    *_text("sleep", "toilet", "comfort", "soothing", "eating", "language"),
    *(Part((name,)) for name in ("ethnicity", "birth_order", "address")),
    Part(("employer_group", "employer"), "家庭类别 / 单位"),
    Part(("insurer", "policy", "insured_until"), "意外险", day="insured_until"),
    *_text("note"),
)
ADULT_PARTS: tuple[Part, ...] = tuple(
    Part((name,))
    for name in ("name", "relation", "phone", "born_on", "document_number", "identity_seen")
)  # fmt: skip
_NOTHING = HAS_NONE | {"无。", "没有。", "无特殊", "暂无"}
_VAGUE = frozenset({"", "家长", "家人", "亲属", "联系人", "监护人", "其他"})
_BETWEEN = "；"


def differences(parts: Iterable[Part], one: Values, other: Values) -> tuple[Difference, ...]:
    """What differs, in the order of the parts; a part that the merged record lacks is left out."""
    found = []
    for part in parts:
        kept, merged = (tuple(values.get(name, "") for name in part.fields) for values in (one, other))
        made = _difference(part, kept, merged)
        if made is not None:
            found.append(made)
    return tuple(found)


def _difference(part: Part, kept: tuple[str, ...], merged: tuple[str, ...]) -> Difference | None:
    pairs = tuple(zip(kept, merged, strict=True))
    if all(new in {"", old} for old, new in pairs):
        return None
    if part.joined and kept[0]:
        joined = join_texts(kept[0], merged[0])
        return (
            None if joined == join_texts(kept[0], "无") else Difference(part, Way.JOIN, kept, merged, joined)
        )
    if all(old in {"", new} for old, new in pairs):
        return Difference(part, Way.FILL, kept, merged, side=Side.MERGED)
    if all(not old or not new or old == new for old, new in pairs) and kept[0]:
        whole = tuple(old or new for old, new in pairs)  # they complete each other
        return Difference(part, Way.FILL, kept, whole, side=Side.MERGED)
    return Difference(part, Way.CHOOSE, kept, merged, side=_proposed(part, kept, merged))


def _proposed(part: Part, kept: tuple[str, ...], merged: tuple[str, ...]) -> Side:
    if part.name == "relation":
        return Side.MERGED if kept[0] in _VAGUE and merged[0] not in _VAGUE else Side.KEPT
    if not kept[0]:
        return Side.MERGED
    if part.day and merged[0]:
        at = part.fields.index(part.day)
        return Side.MERGED if merged[at] > kept[at] else Side.KEPT
    return Side.KEPT


def join_texts(one: str, other: str) -> str:
    """Both texts, the kept one's first; what says nothing (无) gives way, and nothing is said twice."""
    if one in _NOTHING or other in _NOTHING:
        return one if other in _NOTHING else other
    # By whole parts: 鸡蛋 is not said by 对鸡蛋不过敏.
    parts = [part.strip() for text in (one, other) for part in text.replace(";", _BETWEEN).split(_BETWEEN)]
    return _BETWEEN.join(dict.fromkeys(part for part in parts if part))


def join_allergies(one: Values, other: Values) -> str:
    """An allergy that either record knows is one of the child's; where one was not asked, the other says."""
    known = split_list("、".join((one.get("allergens", ""), other.get("allergens", ""))))
    answers = {one.get("allergy", "unknown"), other.get("allergy", "unknown")}
    answer = "has" if known else "none" if "none" in answers else "unknown"
    return f"{answer}:{'、'.join(known)}".rstrip(":")


@record
class Answer:
    """A guardian's answer as far as its weight goes: when, and whether it allows."""

    day: dt.date
    given: bool


def latest(kept: Answer, merged: Answer) -> Side:
    """Which of two answers holds: the later one; of one day the one that does not allow."""
    if kept.day != merged.day:
        return Side.KEPT if kept.day > merged.day else Side.MERGED
    return Side.MERGED if kept.given and not merged.given else Side.KEPT


def longer_bar(kept: dt.date | None, merged: dt.date | None) -> Side:
    """Which of two papers that bar holds longer; one without an end holds the longest."""
    if kept is None:
        return Side.KEPT
    return Side.MERGED if merged is None or merged > kept else Side.KEPT


@record
class Rights:
    """What an adult is to a child and may, with those flags that somebody once took away."""

    relation: str
    flags: frozenset[str]
    only_day: dt.date | None = None
    taken: frozenset[str] = frozenset()


def join_rights(kept: Rights | None, merged: Rights) -> Rights:
    """The stronger of each flag, without what was taken away; a right for one day lends nothing for good."""
    if kept is None:
        taken = merged.taken
        return Rights(merged.relation, merged.flags - taken, merged.only_day, taken)
    taken = kept.taken | merged.taken
    if kept.only_day != merged.only_day:
        lasting = merged if merged.only_day is None else kept
        return Rights(lasting.relation, lasting.flags - taken, lasting.only_day, taken)
    relation = kept.relation
    if (kept.relation in _VAGUE and merged.relation not in _VAGUE) or (
        "is_guardian" in merged.flags - kept.flags and merged.relation not in _VAGUE
    ):
        relation = merged.relation
    return Rights(relation, (kept.flags | merged.flags) - taken, kept.only_day, taken)


def taken_flags(history: Sequence[tuple[frozenset[str], bool]], names: Iterable[str]) -> frozenset[str]:
    """The flags that an adult once had and has no more.

    Args:
        history: the flags of each row, and whether it has ended, oldest first.
        names: the flags asked for.
    """
    had, has = (
        {name for flags, gone in history if gone is ended for name in flags} for ended in (True, False)
    )
    return frozenset(names) & (had - has)
