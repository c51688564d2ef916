"""A file of growth tables as a centre types it. Made-up numbers near children's, not the norm's."""

from app.domain.growth_bands import HEADS, KINDS

_LINES = {
    12: ("6.6,7.4,8.3,9.3,10.4,11.6,13", "67.5,70,72.5,75,77.5,80,82.5"),
    36: ("10,11.2,12.6,14,16,18.2,20.7", "84.5,88,92,95.5,99.5,103,107"),
}


def norm(*more: str) -> str:
    """Weight and stature for age of both sexes, eight rows after the head, and ``more`` lines."""
    lines = [",".join(HEADS)]
    for at, kind in enumerate(list(KINDS)[:2]):
        for sex in "男女":
            lines += [f"{kind},{sex},{month},{values[at]}" for month, values in _LINES.items()]
    return "\n".join([*lines, *more])
