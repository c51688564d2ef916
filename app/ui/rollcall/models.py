"""The lists of the roll call: people, classes, and the calls of the past."""

from collections.abc import Hashable

from app.domain.record import record
from app.domain.rollcall import Head, HeadGroup, HeadKey
from app.services.roll import Roll
from app.services.rollcall import PastCall
from app.ui.widgets.keyed import KeyedModel

ALL = -1  # the key of the line 全部
STAFF = 0  # the key of the line 教职工


@record
class GroupFace:
    """One line of the list of classes. ``missing`` is None before a call has begun."""

    key: int
    digit: str
    name: str
    colour: str
    total: int
    missing: int | None


@record
class Tile:
    """One person in the grid; ``counting`` while a call is under way."""

    head: Head
    counting: bool


def group_key(group: HeadGroup) -> int:
    """What a line of the list of classes is known by."""
    return STAFF if group.class_id is None else int(group.class_id)


def faces_of(roll: Roll) -> list[GroupFace]:
    """全部, then class by class."""
    counting = roll.call is not None
    faces = [GroupFace(ALL, "0", "全部", "brand", len(roll.heads), roll.missing if counting else None)]
    faces += [
        GroupFace(
            group_key(group), str(group.digit or ""), group.name, group.colour, group.total,
            group.missing if counting else None,
        )
        for group in roll.groups
    ]  # fmt: skip
    return faces


class TileModel(KeyedModel[Tile]):
    """People to be counted."""

    def key_of(self, item: Tile) -> HeadKey:
        """By stay or staff member."""
        return item.head.key

    def words_of(self, item: Tile) -> str:
        """朱予晴，抱抱龙，未到."""
        head = item.head
        state = head.state.label if item.counting else "在园" if head.is_child else head.role
        return "，".join(part for part in (head.name, head.class_name, state, *head.allergies) if part)

    def short_of(self, item: Tile) -> str:
        """The name."""
        return item.head.name


class GroupModel(KeyedModel[GroupFace]):
    """Classes with how many are missing."""

    def key_of(self, item: GroupFace) -> Hashable:
        """By class."""
        return item.key

    def words_of(self, item: GroupFace) -> str:
        """抱抱龙，还差 3 人，共 18 人."""
        missing = "" if item.missing is None else f"，还差 {item.missing} 人"
        return f"{item.name}{missing}，共 {item.total} 人"

    def short_of(self, item: GroupFace) -> str:
        """The name."""
        return item.name


class PastModel(KeyedModel[PastCall]):
    """The register of roll calls."""

    def key_of(self, item: PastCall) -> Hashable:
        """By call."""
        return item.call.id

    def words_of(self, item: PastCall) -> str:
        """2025年11月18日 10:00，演练，火灾，83 人，未到 0 人，4 分 12 秒."""
        call = item.call
        at = call.started_at
        when = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
        took = f"，{item.took}" if item.took else "，还没有结束"
        plan = f"，{call.plan}" if call.plan else ""
        return f"{when}，{call.kind.label}{plan}，{item.heads} 人，未到 {item.missing} 人{took}"
