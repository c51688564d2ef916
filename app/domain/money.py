"""Money as whole 分, and its capital form (大写) for receipts."""

import re
from dataclasses import dataclass
from typing import Self

from app.domain.errors import RuleError

_SHAPE = re.compile(r"([-−]?)(?:¥|￥)?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,2}))?")
_WIDE = str.maketrans("０１２３４５６７８９．－，", "0123456789.-,")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")


class AmountError(RuleError):
    """The text is no amount of money."""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount held as whole 分, so that sums are exact and comparisons honest."""

    fen: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``80``, ``12.5``, ``12.50``, ``-12.50``, ``¥1,280.00``; full-width digits pass too.

        Raises:
            AmountError: for anything else; three decimals are refused rather than rounded.
        """
        if (found := _SHAPE.fullmatch(text.strip().translate(_WIDE))) is None:
            shown = text.strip()[:20]
            msg = f"“{shown}”不是金额。请填数字，最多两位小数，如 80 或 12.50。"
            raise AmountError(msg)
        sign, whole, part = found.groups()
        fen = int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))
        return cls(-fen if sign else fen)

    @classmethod
    def yuan(cls, whole: int) -> Self:
        """So many whole 元."""
        return cls(whole * 100)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)

    def __mul__(self, times: int) -> "Money":
        return Money(self.fen * times)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        sign = "-" if self.fen < 0 else ""
        whole, part = divmod(abs(self.fen), 100)
        return f"{sign}{whole}.{part:02d}"

    @property
    def grouped(self) -> str:
        """``80.00``, ``1,280.00``, ``-1,280.00``: for columns that say 元 at their head."""
        return self.yuan_words.replace("¥", "")

    @property
    def yuan_words(self) -> str:
        """``¥80.00``, ``¥1,280.00``; the sign in front: ``-¥80.00``."""
        sign, fen = ("-", -self.fen) if self.fen < 0 else ("", self.fen)
        return f"{sign}¥{fen // 100:,}.{fen % 100:02d}"

    @property
    def short(self) -> str:
        """For a sentence: ``25``, ``12.50``; decimals only where there are any."""
        return str(self).removesuffix(".00")

    def split(self, ways: int) -> "tuple[Money, ...]":
        """Share out without losing a 分; early shares carry the remainder.

        Raises:
            ValueError: if ``ways`` is less than one.
        """
        if ways < 1:
            raise ValueError(ways)
        share, left = divmod(self.fen, ways)
        return tuple(Money(share + (i < left)) for i in range(ways))


def total(amounts: "list[Money] | tuple[Money, ...]") -> Money:
    """The sum; nothing at all is ¥0.00."""
    return Money(sum(amount.fen for amount in amounts))


def in_words(amount: Money) -> str:
    """人民币大写, by the rules for receipts: 1409.50 is 人民币壹仟肆佰零玖元伍角.

    Whole 元 end in 整. Inner zeros become one 零, 角 = 0 before 分 needs a 零, a lone 分 has none.
    A negative amount (refund) begins 人民币负. Own code: ``cn2an`` 0.5 drops
    the 零 of 700 007 129 (柒亿零柒仟壹佰贰拾玖); the tests compare the two everywhere else.
    """
    sign = "负" if amount.fen < 0 else ""
    whole, part = divmod(abs(amount.fen), 100)
    jiao, fen = divmod(part, 10)
    words = f"{_whole_in_words(whole)}元" if whole or not part else ""
    if not part:
        return f"人民币{sign}{words}整"
    if jiao:
        words += f"{_DIGITS[jiao]}角"
    elif whole:
        words += "零"
    if fen:
        words += f"{_DIGITS[fen]}分"
    return f"人民币{sign}{words}"


def _whole_in_words(number: int) -> str:
    """零, 壹拾, 壹万零壹拾: four digits at a time, one 零 for each run of zeros."""
    if number == 0:
        return "零"
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words, gap = "", False
    for position in range(len(groups) - 1, -1, -1):
        group = groups[position]
        if group == 0:
            gap = bool(words)
            continue
        if words and (gap or group < 1_000):
            words += "零"
        words += _group_in_words(group) + _GROUPS[position]
        gap = False
    return words


def _group_in_words(group: int) -> str:
    """One to 9 999."""
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return words
