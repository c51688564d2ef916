"""What is typed at a measuring round: kg with two decimals, cm with one; what cannot be and what is doubtful.

Bounds of domain §4.3: 1–30 kg, 40–120 cm, head 28–56 cm.
"""

import datetime as dt
import re

from app.domain.errors import RuleError
from app.domain.record import record

_WIDE = str.maketrans("０１２３４５６７８９．。，,", "0123456789....")
_SHAPE = re.compile(r"(\d{1,3})(?:\.(\d{1,2}))?")
_SHRINKS_MM = 5


class MeasureError(RuleError):
    """A measure is missing, unreadable or cannot be."""


class DoubtfulMeasureError(MeasureError):
    """A measure can be but is doubtful: measure again, or keep it on purpose."""


@record
class Measures:
    """Grams and millimetres; None for what was not taken."""

    weight_g: int | None = None
    stature_mm: int | None = None
    head_mm: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing was taken."""
        return self.weight_g is None and self.stature_mm is None and self.head_mm is None


@record
class _Spec:
    field: str
    words: str
    unit: str
    least: float
    most: float
    decimals: int
    factor: int  # from the unit typed to the unit kept


_SPECS = (
    _Spec("weight", "体重", "kg", 1, 30, 2, 1000),
    _Spec("stature", "身长/身高", "cm", 40, 120, 1, 10),
    _Spec("head", "头围", "cm", 28, 56, 1, 10),
)


def read_measures(weight: str, stature: str, head: str) -> Measures:
    """Read what was typed; an empty line was not measured.

    Raises:
        MeasureError: unreadable, out of bounds, or nothing at all; ``field`` says which.
    """
    found = [_read(spec, text) for spec, text in zip(_SPECS, (weight, stature, head), strict=True)]
    made = Measures(*found)
    if made.empty:
        raise MeasureError("还没有填。请填体重和身长/身高，没量的留空。", field="weight")
    return made


def _read(spec: _Spec, text: str) -> int | None:
    plain = text.strip().translate(_WIDE)
    if not plain:
        return None
    example = "12.35" if spec.decimals == 2 else "86.5"
    match = _SHAPE.fullmatch(plain)
    if match is None or len(match.group(2) or "") > spec.decimals:
        msg = (
            f"看不懂{spec.words}“{plain[:10]}”。请填{spec.unit}，最多 {spec.decimals} 位小数，如 {example}。"
        )
        raise MeasureError(msg, field=spec.field)
    decimals = (match.group(2) or "").ljust(spec.decimals, "0")
    kept: int = int(match.group(1) + decimals) * spec.factor // (1, 10, 100)[spec.decimals]
    if not spec.least * spec.factor <= kept <= spec.most * spec.factor:
        msg = f"{spec.words} {plain} {spec.unit} 不在 {spec.least}–{spec.most} {spec.unit} 之间，请重量一次。"
        raise MeasureError(msg, field=spec.field)
    return kept


def check_against(new: Measures, before: Measures | None, on: dt.date | None) -> None:
    """Pass, or say that a weight falls or a length shrinks by more than half a centimetre.

    Raises:
        DoubtfulMeasureError: a sentence with both values; ``field`` says which to measure again.
    """
    if before is None or on is None:
        return
    since = f"{on.month}月{on.day}日"
    if new.weight_g is not None and before.weight_g is not None and new.weight_g < before.weight_g:
        words = f"体重比 {since} 轻了（{kg_words(before.weight_g)} → {kg_words(new.weight_g)} kg）"
        msg = f"{words}。请再称一次；没错就再按一次 Enter。"
        raise DoubtfulMeasureError(msg, field="weight")
    for field, words, now, then in (
        ("stature", "身长/身高", new.stature_mm, before.stature_mm),
        ("head", "头围", new.head_mm, before.head_mm),
    ):
        if now is not None and then is not None and then - now > _SHRINKS_MM:
            told = f"{words}比 {since} 短了（{cm_words(then)} → {cm_words(now)} cm）"
            msg = f"{told}。请再量一次；没错就再按一次 Enter。"
            raise DoubtfulMeasureError(msg, field=field)


def kg_words(grams: int | None) -> str:
    """``12.35``; empty for none."""
    return "" if grams is None else f"{grams / 1000:.2f}"


def cm_words(millimetres: int | None) -> str:
    """``86.5``; empty for none."""
    return "" if millimetres is None else f"{millimetres / 10:.1f}"
