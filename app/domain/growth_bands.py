"""WS/T 423: tables of the seven deviations, as a centre types them from the printed norm (domain §4.1).

Rows go by completed months, or by millimetres of length or height; grams and millimetres inside. The norm
prints no LMS: z is piecewise linear between the lines, and between the rows.
"""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from app.domain.errors import RuleError
from app.domain.growth import DAYS_OF_MONTH, Bands, Body, Indicator, Standard
from app.domain.record import record

HEADS = ("表", "性别", "月龄或身长", "-3SD", "-2SD", "-1SD", "中位数", "+1SD", "+2SD", "+3SD")
KINDS = {
    "年龄别体重": "weight",
    "年龄别身长身高": "stature",
    "年龄别头围": "head",
    "身长别体重": "length_weight",
    "身高别体重": "height_weight",
}
_SEXES = {"男": "m", "女": "f"}
_OF_AGE = {Indicator.WEIGHT: "weight", Indicator.STATURE: "stature", Indicator.HEAD: "head"}
_BY_LENGTH = {"length_weight", "height_weight"}
_HEAVY = {"weight", "length_weight", "height_weight"}  # their values are kg, the others' cm
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3})?")
_INDICATORS = {kind: indicator for indicator, kind in _OF_AGE.items()}
_INDICATORS |= dict.fromkeys(_BY_LENGTH, Indicator.PROPORTION)
_NEEDED = 2  # tables without which there is no standard: weight and stature for age
_LEAST_ROWS = 2
_OLDEST = 84  # months: the norm is of children under seven
# Of grams or millimetres: what no child under seven weighs or measures was typed into the wrong table.
_BOUNDS = {
    "weight": (1_000, 60_000),
    "stature": (350, 1_500),
    "head": (250, 650),
    "length_weight": (1_000, 60_000),
    "height_weight": (1_000, 60_000),
}
_LENGTHS = (400, 1_500)  # millimetres, of the tables that go by length or height
# How many deviations of a known norm a line may lie below and above the same line of that norm. The printed
# norm lies above the WHO's: by up to 0.8 at single places, and by less than a half on the whole of a table.
_LINE_NEAR, _TABLE_NEAR = (-0.6, 1.1), (-0.45, 0.75)
_COMPARED = (-2, 0, 2)
# Where boys and girls of a known norm lie so far apart (in deviations), boys of another do, too.
_APART = 0.2
# The widest step between two rows: a month in the first year, then three; two centimetres.
_YEAR, _STEP_YOUNG, _STEP_OLDER, _STEP_LENGTH = 12, 1, 3, 20
_STANDING, _STANDS_LESS = 24, 7  # months from which height is printed, millimetres less than length


class BandError(RuleError):
    """A table cannot be taken over."""


@record
class BandRow:
    """One row: months, or millimetres; seven values in grams or millimetres."""

    kind: str
    sex: str
    place: int
    ends: tuple[int, ...]


@record
class BadRow:
    """A row that cannot be taken: its line in the file, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class BandStandard:
    """The tables of a centre."""

    name: str
    rows: tuple[BandRow, ...]
    _found: dict[tuple[str, str], tuple[list[int], list[Bands]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for row in sorted(self.rows, key=lambda one: one.place):
            share = 1000 if row.kind in _HEAVY else 10
            places, bands = self._found.setdefault((row.kind, row.sex), ([], []))
            places.append(row.place)
            bands.append(Bands(tuple(end / share for end in row.ends)))

    def z(self, indicator: Indicator, body: Body) -> float | None:
        """The unrounded z; ±4 stands for beyond ±3. None where no row reaches."""
        weight = None if body.weight_g is None else body.weight_g / 1000
        if indicator is Indicator.PROPORTION:
            if body.stature_mm is None or weight is None:
                return None
            kind = "length_weight" if body.lying else "height_weight"
            bands = self._bands(kind, body.sex, body.stature_mm)
            return None if bands is None else bands.z(weight)
        value = {
            Indicator.WEIGHT: weight,
            Indicator.STATURE: None if body.stature_mm is None else body.stature_mm / 10,
            Indicator.HEAD: None if body.head_mm is None else body.head_mm / 10,
        }[indicator]
        bands = self._bands(_OF_AGE[indicator], body.sex, body.months)
        return None if bands is None or value is None else bands.z(value)

    def line(self, indicator: Indicator, sex: str, at: float, z: float) -> float | None:
        """The value at an age in days or a length in cm, ``z`` deviations from the median."""
        if indicator is not Indicator.PROPORTION:
            return self.value(_OF_AGE[indicator], sex, at / DAYS_OF_MONTH, z)
        lying = self.value("length_weight", sex, at * 10, z)
        return self.value("height_weight", sex, at * 10, z) if lying is None else lying

    def span(self, kind: str, sex: str) -> tuple[int, int] | None:
        """The first and the last place of a table, months or millimetres; None where it has no rows."""
        places, _ = self._found.get((kind, sex), ([], []))
        return (places[0], places[-1]) if places else None

    def value(self, kind: str, sex: str, place: float, z: float) -> float | None:
        """The value of one table (kg, cm) at months or millimetres, ``z`` deviations from the median."""
        bands = self._bands(kind, sex, place)
        if bands is None:
            return None
        line = min(5, max(0, int(z + 3)))
        return bands.at[line] + (bands.at[line + 1] - bands.at[line]) * (z + 3 - line)

    def _bands(self, kind: str, sex: str, place: float) -> Bands | None:
        places, bands = self._found.get((kind, sex), ([], []))
        if not places or not places[0] <= place <= places[-1]:
            return None
        at = bisect_right(places, place) - 1
        if places[at] == place:
            return bands[at]
        share = (place - places[at]) / (places[at + 1] - places[at])
        return bands[at].between(bands[at + 1], share)


def read_rows(lines: list[tuple[int, tuple[str, ...]]]) -> tuple[tuple[BandRow, ...], tuple[BadRow, ...]]:
    """Read a table, head first; each line is its number in the file and its cells.

    Raises:
        BandError: the head is another one.
    """
    lines = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not lines or tuple(cell.strip() for cell in lines[0][1][: len(HEADS)]) != HEADS:
        msg = f"第一行应是表头：{'、'.join(HEADS)}。请先下载模板，照着填。"
        raise BandError(msg, field="file")
    good: list[BandRow] = []
    bad: list[BadRow] = []
    taken: dict[tuple[str, str, int], int] = {}
    for number, cells in lines[1:]:
        try:
            row = _read_row(cells)
            if (row.kind, row.sex, row.place) in taken:
                raise BandError("和前面一行重复")
        except BandError as error:
            bad.append(BadRow(number, error.sentence))
            continue
        taken[row.kind, row.sex, row.place] = number
        good.append(row)
    falling = _falling(good)
    bad += [BadRow(taken[one.kind, one.sex, one.place], why) for one, why in falling.items()]
    return tuple(one for one in good if one not in falling), tuple(sorted(bad, key=lambda one: one.line))


def _falling(rows: list[BandRow]) -> dict[BandRow, str]:
    """Rows in which a line falls below the row before: who is older or longer is heavier and longer."""
    found = {}
    ordered = sorted(rows, key=lambda one: (one.kind, one.sex, one.place))
    for one, other in itertools.pairwise(ordered):
        if (one.kind, one.sex) != (other.kind, other.sex):
            continue
        stands = one.kind == "stature" and one.place < _STANDING <= other.place
        least = _STANDS_LESS if stands else 0
        if any(low - least > high for low, high in zip(one.ends, other.ends, strict=True)):
            found[other] = f"有的数比 {_place_words(one.kind, one.place)}那行还小，请核对这两行"
    return found


def _place_words(kind: str, place: float) -> str:
    """``24 月龄``, ``80.5 cm``."""
    return f"{place / 10:g} cm" if kind in _BY_LENGTH else f"{place:g} 月龄"


def check_complete(rows: tuple[BandRow, ...]) -> None:
    """Pass, or say which table lacks a sex, has a single row or gaps: half a standard must not judge.

    Raises:
        BandError: weight or stature for age is missing for boys or girls, a table has a single row, or two
            rows lie so far apart that a straight line between them would judge.
    """
    for at, (words, kind) in enumerate(KINDS.items()):
        for sex, code in _SEXES.items():
            places = sorted(row.place for row in rows if row.kind == kind and row.sex == code)
            if len(places) < _LEAST_ROWS and (at < _NEEDED or places):
                msg = f"缺“{words}”{sex}孩的数据（至少两行）。请补全后整份再导入。"
                raise BandError(msg, field="file")
            for low, high in itertools.pairwise(places):
                if high - low > _widest(kind, low):
                    gap = f"{_place_words(kind, low)}和 {_place_words(kind, high)}"
                    msg = f"“{words}”{sex}孩 {gap}之间缺行。请按标准原文一行不落地录入。"
                    raise BandError(msg, field="file")


def _widest(kind: str, place: int) -> int:
    if kind in _BY_LENGTH:
        return _STEP_LENGTH
    return _STEP_YOUNG if place < _YEAR else _STEP_OLDER


def check_near(rows: tuple[BandRow, ...], known: Standard) -> None:
    """Pass, or say where a table lies so far from a known standard that it was typed wrongly.

    Compared are the median and the lines at ±2, between the rows, too, in deviations of the known standard:
    a whole table one column aside lies no further off than a tenth of a weight. Where the known standard
    does not reach nothing is compared.

    Raises:
        BandError: the worst of the places that differ; a table that lies aside on the whole, as one does in
            the wrong columns; boys' and girls' values changed about, or the same.
    """
    ours = BandStandard("", rows)
    for words, kind in KINDS.items():
        _check_sexes(ours, known, kind, words)
    for (words, kind), (called, sex) in itertools.product(KINDS.items(), _SEXES.items()):
        off = list(_offs(ours, known, kind, sex))
        if not off:
            continue
        worst = max(off, key=lambda one: max(one.by / _LINE_NEAR[0], one.by / _LINE_NEAR[1]))
        if not _TABLE_NEAR[0] <= median(one.by for one in off) <= _TABLE_NEAR[1]:
            msg = f"“{words}”{called}孩整张表都偏离 {known.name}。请核对是不是抄到了旁边一列，或单位不对。"
            raise BandError(msg, field="file")
        if not _LINE_NEAR[0] <= worst.by <= _LINE_NEAR[1]:
            where = f"“{words}”{called}孩 {_place_words(kind, worst.place)}的{worst.words}"
            msg = f"{where}，和 {known.name} 差得太多。请核对这张表是不是抄错了格子、漏了行。"
            raise BandError(msg, field="file")


@record
class _Off:
    """How many deviations of the known standard one line lies off it at one place."""

    place: int
    by: float
    words: str


def _offs(ours: BandStandard, known: Standard, kind: str, sex: str) -> Iterator[_Off]:
    for place in _steps(kind, ours.span(kind, sex)):
        for z in _COMPARED:
            mine, other = ours.value(kind, sex, place, z), _known(known, kind, sex, place, z)
            if mine is None or other is None:
                continue
            line = f"{z:+d}SD" if z else "中位数"
            yield _Off(place, (mine - other[0]) / other[1], f"{line}{mine:.1f}")


def _known(known: Standard, kind: str, sex: str, place: int, z: float) -> tuple[float, float] | None:
    """A line of a known standard at months or millimetres, and how much a deviation is there."""
    at = place / 10 if kind in _BY_LENGTH else place * DAYS_OF_MONTH
    low, line, high = (known.line(_INDICATORS[kind], sex, at, z + step) for step in (-0.5, 0, 0.5))
    return None if low is None or line is None or high is None else (line, high - low)


def _check_sexes(ours: BandStandard, known: Standard, kind: str, words: str) -> None:
    apart, turned = 0, 0
    for place in _steps(kind, ours.span(kind, "m")):
        boys, girls = ours.value(kind, "m", place, 0), ours.value(kind, "f", place, 0)
        known_boys, known_girls = (_known(known, kind, sex, place, 0) for sex in "mf")
        if boys is None or girls is None or known_boys is None or known_girls is None:
            continue
        if known_boys[0] - known_girls[0] >= _APART * known_boys[1]:
            apart += 1
            turned += boys <= girls
    if 2 * turned > apart:
        msg = f"“{words}”里男孩的数不比女孩大。请核对是不是填反了、抄了同一张表，或抄到了旁边一列。"
        raise BandError(msg, field="file")


def _steps(kind: str, span: tuple[int, int] | None) -> range:
    """Every month, or every centimetre, of a table."""
    if span is None:
        return range(0)
    return range(span[0], span[1] + 1, 10 if kind in _BY_LENGTH else 1)


def _read_row(cells: tuple[str, ...]) -> BandRow:
    texts = [cell.strip() for cell in cells]
    while len(texts) > len(HEADS) and not texts[-1]:
        texts.pop()
    if len(texts) > len(HEADS):
        raise BandError("多了格子，每行只有 10 格")
    if len(texts) < len(HEADS) or not all(texts):
        raise BandError("缺格子，每行要有 10 格")
    kind, sex = KINDS.get(texts[0].replace("/", "")), _SEXES.get(texts[1])
    if kind is None:
        msg = f"没有“{texts[0][:12]}”这张表"
        raise BandError(msg)
    if sex is None:
        raise BandError("性别要填 男 或 女")
    if not all(_NUMBER.fullmatch(text) for text in texts[2:]):
        raise BandError("有格子不是数字")
    place = float(texts[2])
    if kind not in _BY_LENGTH and (place != int(place) or place >= _OLDEST):
        raise BandError("月龄要是 0–83 的整数")
    share = 1000 if kind in _HEAVY else 10
    ends = tuple(round(float(text) * share) for text in texts[3:])
    if any(low >= high for low, high in itertools.pairwise(ends)) or ends[0] <= 0:
        raise BandError("七个数要从小到大")
    low, high = _BOUNDS[kind]
    if not low <= ends[0] < ends[-1] <= high:
        unit = "kg" if kind in _HEAVY else "cm"
        msg = f"{texts[0]}要在 {low / share:g}–{high / share:g} {unit} 里，请核对是不是填错了表"
        raise BandError(msg)
    if kind not in _BY_LENGTH:
        return BandRow(kind, sex, int(place), ends)
    length = round(place * 10)
    if not _LENGTHS[0] <= length <= _LENGTHS[1]:
        msg = f"身长身高要在 {_LENGTHS[0] // 10}–{_LENGTHS[1] // 10} cm 里"
        raise BandError(msg)
    return BandRow(kind, sex, length, ends)
