"""Rates as the national forms want them: both numbers kept, one decimal, half up (domain §3.6)."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from app.domain.record import record


@record
class Rate:
    """A part of a whole, in heads or person-days (人次). Never a float."""

    numerator: int
    denominator: int

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def percent(self) -> Decimal | None:
        """Per cent with one decimal, half up; None where there is nothing to divide by."""
        if self.denominator == 0:
            return None
        exact = Decimal(self.numerator) * 100 / Decimal(self.denominator)
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def percent_words(self) -> str:
        """``91.4%``, or ``—``."""
        return "—" if self.percent is None else f"{self.percent}%"


@record
class Attendance:
    """Person-days of a class or the centre over open days. Temporary and hourly visits are counted apart.

    ``expected`` is 应出勤人次: for each child each open day on which she was enrolled and booked.
    """

    expected: int = 0
    actual: int = 0
    sick: int = 0
    personal: int = 0

    def __add__(self, other: "Attendance") -> "Attendance":
        return Attendance(
            self.expected + other.expected,
            self.actual + other.actual,
            self.sick + other.sick,
            self.personal + other.personal,
        )

    @property
    def absent(self) -> int:
        """缺勤人次 = 应出勤 − 实际出勤."""
        return self.expected - self.actual

    @property
    def other(self) -> int:
        """Absences neither sick nor personal."""
        return max(0, self.absent - self.sick - self.personal)

    @property
    def rate(self) -> Rate:
        """出勤率 = 实际出勤人次数 / 应出勤人次数."""
        return Rate(self.actual, self.expected)


def add_up(parts: Iterable[Attendance]) -> Attendance:
    """The whole of its parts; rates of a whole come from sums, never from rates."""
    whole = Attendance()
    for part in parts:
        whole += part
    return whole
