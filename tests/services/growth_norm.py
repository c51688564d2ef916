"""A file of growth tables as a centre types it. Made-up numbers near children's, not the norm's."""

from app.domain.growth_bands import HEADS, KINDS

_FIRST, _LAST, _STEP = 12, 36, 3
_LINES = {
    _FIRST: ("6.6,7.4,8.3,9.3,10.4,11.6,13", "68.5,71.2,73.8,76.5,79.1,81.8,84.5"),
    _LAST: ("10,11.2,12.6,14,16,18.2,20.7", "86.5,90,93.6,97.2,100.8,104.4,108"),
}
_GIRLS = 0.985  # of the boys'
ROWS = 2 * 2 * len(range(_FIRST, _LAST + 1, _STEP))


def _row(table: int, sex: str, month: int) -> str:
    low, high = ([float(text) for text in _LINES[end][table].split(",")] for end in (_FIRST, _LAST))
    share = (month - _FIRST) / (_LAST - _FIRST)
    scale = _GIRLS if sex == "女" else 1
    return ",".join(f"{round(scale * (a + (b - a) * share), 2):g}" for a, b in zip(low, high, strict=True))


def norm(*more: str) -> str:
    """Weight and stature for age of both sexes, ``ROWS`` rows after the head, and ``more`` lines."""
    lines = [",".join(HEADS)]
    for at, kind in enumerate(list(KINDS)[:2]):
        for sex in "男女":
            months = range(_FIRST, _LAST + 1, _STEP)
            lines += [f"{kind},{sex},{month},{_row(at, sex, month)}" for month in months]
    return "\n".join([*lines, *more])
