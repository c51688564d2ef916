"""Where a group goes: in the open, or into another room of the house."""

from collections import Counter
from collections.abc import Iterable

SICKROOM = "医务室"  # a group may be there, and who is unwell lies down in it
PLACES = ("户外活动场", "院子", "公园", "散步", "感统室", SICKROOM)
_ROOMS = ("室", "房", "厅", "馆", "走廊")  # how a place within a house ends


def is_outdoors(place: str) -> bool:
    """Whether a group that went somewhere is outdoors: of a room no time outdoors comes (58号文 Art 18)."""
    return not place.endswith(_ROOMS)


def out_word(place: str) -> str:
    """``户外`` of a group in the open, else the room it is in: ``医务室``."""
    return "户外" if is_outdoors(place) else place


def out_counts(places: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many are where: ``(("户外", 6), ("医务室", 1))``."""
    return tuple(sorted(Counter(out_word(one) for one in places).items(), key=lambda one: one[0] != "户外"))
