"""WS/T 423: tables of the seven deviations, as a centre types them from the printed norm (domain §4.1).

Rows go by completed months, or by millimetres of length or height; grams and millimetres inside. The norm
prints no LMS: z is piecewise linear between the lines, and between the rows.
"""

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from app.domain.errors import RuleError
from app.domain.growth import DAYS_OF_MONTH, Bands, Body, Indicator
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
_LEAST_ROWS = 2
_OLDEST = 84  # months: the norm is of children under seven


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
        if indicator is Indicator.PROPORTION:
            bands = self._bands("length_weight", sex, at * 10) or self._bands("height_weight", sex, at * 10)
        else:
            bands = self._bands(_OF_AGE[indicator], sex, at / DAYS_OF_MONTH)
        if bands is None:
            return None
        place = min(5, max(0, int(z + 3)))
        share = z + 3 - place
        return bands.at[place] + (bands.at[place + 1] - bands.at[place]) * share

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
    taken: set[tuple[str, str, int]] = set()
    for number, cells in lines[1:]:
        try:
            row = _read_row(cells)
            if (row.kind, row.sex, row.place) in taken:
                raise BandError("和前面一行重复")
        except BandError as error:
            bad.append(BadRow(number, error.sentence))
            continue
        taken.add((row.kind, row.sex, row.place))
        good.append(row)
    return tuple(good), tuple(bad)


def check_complete(rows: tuple[BandRow, ...]) -> None:
    """Pass, or say which table lacks a sex or has a single row: half a standard must not judge.

    Raises:
        BandError: weight or stature for age is missing for boys or girls.
    """
    for words, kind in list(KINDS.items())[:2]:
        for sex, code in _SEXES.items():
            if sum(row.kind == kind and row.sex == code for row in rows) < _LEAST_ROWS:
                msg = f"缺“{words}”{sex}孩的数据（至少两行）。请补全后整份再导入。"
                raise BandError(msg, field="file")


def _read_row(cells: tuple[str, ...]) -> BandRow:
    texts = [cell.strip() for cell in cells[: len(HEADS)]]
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
    return BandRow(kind, sex, round(place * 10) if kind in _BY_LENGTH else int(place), ends)
