"""A signature drawn on the screen, kept as strokes: small, exact at any size, and drawn anew on paper."""

import re
from collections.abc import Sequence

from app.domain.errors import RuleError
from app.domain.record import record

LONGEST = 40_000  # characters as kept
_LEAST_POINTS = 6
_LEAST_SPAN = 24  # of the pad's height taken as 200: a dot or a slip of the pen is no signature
_SHAPE = re.compile(r"(\d{1,5})x(\d{1,5}):(.*)", re.DOTALL)

Point = tuple[int, int]


class SignatureError(RuleError):
    """What was drawn cannot be kept as a signature."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, field="signature")


@record
class Signature:
    """Strokes on a pad so wide and so high; points are whole units from the top left corner."""

    width: int
    height: int
    strokes: tuple[tuple[Point, ...], ...]

    def encode(self) -> str:
        """As it is kept: ``600x200:10,20 12,24|40,50``."""
        drawn = "|".join(" ".join(f"{x},{y}" for x, y in stroke) for stroke in self.strokes)
        return f"{self.width}x{self.height}:{drawn}"

    @property
    def empty(self) -> bool:
        """Whether nobody has drawn anything."""
        return not any(self.strokes)


def decode(text: str) -> Signature:
    """Read what ``encode`` wrote.

    Raises:
        SignatureError: it is no signature.
    """
    found = _SHAPE.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text[:20])
        strokes = tuple(
            tuple(_point(pair) for pair in stroke.split()) for stroke in found[3].split("|") if stroke
        )
    except ValueError as error:
        raise SignatureError("签名读不出来，请家长再签一次。") from error
    return Signature(int(found[1]), int(found[2]), strokes)


def require_signature(drawn: Signature) -> str:
    """The text to keep of what somebody drew.

    Raises:
        SignatureError: nothing was drawn, only a dot, or far more than a name.
    """
    points = [point for stroke in drawn.strokes for point in stroke]
    scale = 200 / max(1, drawn.height)
    if len(points) < _LEAST_POINTS or _span(points) * scale < _LEAST_SPAN:
        raise SignatureError("还没有签名。请家长在框里签上全名，或改选纸上签。")
    text = drawn.encode()
    if len(text) > LONGEST:
        raise SignatureError("签名太长，存不下。请清除后再签一次，只签名字。")
    return text


def _span(points: Sequence[Point]) -> int:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _point(pair: str) -> Point:
    x, comma, y = pair.partition(",")
    if not comma:
        raise ValueError(pair)
    return int(x), int(y)
