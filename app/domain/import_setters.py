"""What each column of a list fills: one setter a key of ``import_columns.toml``, then checks of the row.

A new column is an entry in the table and a setter here; the order of ``SETTERS`` is the order of reading.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from app.domain.ages import OLDEST_MONTHS, YOUNGEST_MONTHS, BirthDateError, check_birth, months_between
from app.domain.classes import Fit, fit
from app.domain.errors import RuleError
from app.domain.identity import IdentityError, check_character, check_identity, is_birth_certificate
from app.domain.import_allergies import check_remarks, set_allergy
from app.domain.import_bars import set_barred, set_barred_paper, set_barred_yes
from app.domain.import_cells import CellKind
from app.domain.import_columns import adult_order
from app.domain.import_dates import read_date
from app.domain.import_fields import RECORD_FIELDS, check_dated, set_document_kind, set_field
from app.domain.import_people import (
    CHECKS_OF_PEOPLE,
    set_collectors,
    set_emergency,
    set_nothing,
    set_parent,
)
from app.domain.import_rows import RowReader
from app.domain.looks import Tone
from app.domain.modes import CareMode, HalfDay
from app.domain.names import LONGEST, clean_name, clean_text

Setter = Callable[[RowReader, str], None]
_SEXES = {"男": "m", "女": "f", "男孩": "m", "女孩": "f", "男性": "m", "女性": "f", "m": "m", "f": "f",
          "boy": "m", "girl": "f", "male": "m", "female": "f", "1": "m", "2": "f"}  # fmt: skip
_MODES = {"全日托": CareMode.FULL_DAY, "全日": CareMode.FULL_DAY, "全天": CareMode.FULL_DAY,
          "全托": CareMode.FULL_DAY, "整天": CareMode.FULL_DAY, "半日托": CareMode.HALF_DAY,
          "半日": CareMode.HALF_DAY, "半天": CareMode.HALF_DAY, "半托": CareMode.HALF_DAY,
          "临时托": CareMode.TEMPORARY, "临时": CareMode.TEMPORARY, "计时托": CareMode.HOURLY,
          "计时": CareMode.HOURLY}  # fmt: skip
_HALVES = {"上午": HalfDay.MORNING, "上半天": HalfDay.MORNING, "早": HalfDay.MORNING, "am": HalfDay.MORNING,
           "下午": HalfDay.AFTERNOON, "下半天": HalfDay.AFTERNOON, "pm": HalfDay.AFTERNOON}  # fmt: skip
_SCIENCE = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_CODE = ("=", "+", "-", "@")
_TOO_EARLY_DAYS = 366
_OLD_NUMBER, _EXACT_DIGITS = 15, 15
_UNCHECKED = {"passport", "household"}
_LONGEST_NUMBER = 30


def _set_name(reader: RowReader, key: str) -> None:
    text, cell = reader.text(key), reader.cell(key)
    if not text:
        if not reader.blamed(key):
            reader.blame("name_missing", key, "没有姓名，不知道是哪个孩子。请填姓名。")
    elif cell.kind in {CellKind.NUMBER, CellKind.DATE} or text.isdecimal():
        reader.blame("name_number", key, f"姓名“{text[:20]}”是数字，不是名字。列是不是对错了？")
    elif text.startswith(_CODE):
        reader.blame("name_code", key, f"姓名以“{text[0]}”开头，像公式。请改成名字。")
    elif len(text) > LONGEST:
        reader.blame("name_long", key, f"姓名有 {len(text)} 个字，最多 {LONGEST} 个。列是不是对错了？")
    else:
        try:
            reader.name = clean_name(text)
        except RuleError as error:
            private = any(unicodedata.category(one) == "Co" for one in text)
            reader.fail("name_private_use" if private else "name_invisible", key, error)


def _set_text(reader: RowReader, key: str, label: str, longest: int) -> str:
    text = reader.text(key)
    try:
        return clean_text(text, label, key, longest)
    except RuleError as error:
        reader.fail(f"{key}_long" if len(text) > longest else f"{key}_invisible", key, error)
        return ""


def _set_nickname(reader: RowReader, key: str) -> None:
    reader.nickname = _set_text(reader, key, "小名", 20)


def _set_note(reader: RowReader, key: str) -> None:
    reader.note = _set_text(reader, key, "备注", 200)


def _set_sex(reader: RowReader, key: str) -> None:
    text = reader.text(key)
    if text and not (found := _SEXES.get(text.casefold(), "")):
        reader.blame("sex_unknown", key, f"性别“{text[:10]}”看不懂。请填男或女。")
    elif text:
        reader.sex = found


def _set_document(reader: RowReader, key: str) -> None:
    cell = reader.cell(key)
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", cell.text)).upper()
    if not text:
        return
    if reader.document_kind in _UNCHECKED:
        _set_unchecked(reader, key, text)
        return
    if (cell.kind is CellKind.NUMBER and len(text) > _EXACT_DIGITS) or _SCIENCE.fullmatch(text):
        words = (
            "身份证号在 Excel 里被当成了数字，后几位已经变成 0，找不回来。请把这一列设为“文本”，重新填写。"
        )
        reader.blame("id_as_number", key, words)
    elif is_birth_certificate(text) and reader.document_kind in {"", "birth_certificate"}:
        reader.document = ("birth_certificate", text)
    elif reader.document_kind == "birth_certificate":
        reader.blame("birth_certificate_shape", key, "出生医学证明是 1 个字母加 9 位数字，请核对。")
    elif len(text) == _OLD_NUMBER and text.isdecimal():
        reader.blame("id_old", key, "这是 15 位的旧身份证号。请填现在的 18 位号码。")
    elif len(text) != 18:
        reader.blame(
            "id_length", key, f"证件号有 {len(text)} 位。身份证号应是 18 位，出生证是 1 个字母加 9 位数字。"
        )
    else:
        try:
            identity = check_identity(text, reader.context.today)
        except IdentityError as error:
            shaped = text[:17].isdecimal() and (text[17].isdecimal() or text[17] == "X")
            wrong = shaped and check_character(text) != text[17]
            code = "id_check_digit" if wrong else "id_birth" if shaped else "id_characters"
            reader.fail(code, key, error)
            return
        reader.document = (reader.document_kind or "resident", identity.number)
        if reader.sex and reader.sex != identity.sex:
            words = f"身份证号上是{'女' if identity.sex == 'f' else '男'}孩，表上不同，请核对。"
            reader.blame("sex_disagrees", "sex", words)
        reader.sex = reader.sex or identity.sex
        if reader.born_on is not None and reader.born_on != identity.born:
            words = f"身份证号上的生日是 {identity.born}，表上是 {reader.born_on}，请核对。"
            reader.blame("birth_disagrees", "born_on", words)
        if reader.born_on is None and reader.cell("born_on").kind is CellKind.EMPTY:
            _take_birth(reader, "born_on", identity.born.isoformat())


def _set_unchecked(reader: RowReader, key: str, text: str) -> None:
    """A passport or a household book: its number has no check digit."""
    if len(text) > _LONGEST_NUMBER:
        reader.blame("id_long", key, f"证件号有 {len(text)} 位，最多 {_LONGEST_NUMBER} 位。列是不是对错了？")
    elif "*" in text:
        reader.blame("id_masked", key, "证件号被遮住了几位，不能导入。请填完整的号码，或留空。")
    else:
        reader.document = (reader.document_kind, text)


def _set_born(reader: RowReader, key: str) -> None:
    cell = reader.cell(key)
    if cell.kind is CellKind.EMPTY:
        return
    found = read_date(cell, "出生日期")
    if found.sentence:
        reader.blame(f"birth_{found.code}", key, found.sentence, found.tone)
    if found.day is not None:
        _take_birth(reader, key, found.day.isoformat())


def _take_birth(reader: RowReader, key: str, text: str) -> None:
    today = reader.context.today
    try:
        born = check_birth(text, today)
    except BirthDateError as error:
        reader.fail("birth_future" if text > today.isoformat() else "birth_too_old", key, error)
        return
    reader.born_on = born
    months = months_between(born, today)
    if months < YOUNGEST_MONTHS:
        reader.blame("too_young", key, f"才 {months} 个月，未满 6 个月，请确认能不能收。", Tone.WARN)
    elif months >= OLDEST_MONTHS:
        reader.blame("too_old", key, f"已满 {months} 个月，超过 36 个月，请确认能不能收。", Tone.WARN)


def _set_class(reader: RowReader, key: str) -> None:
    if not (text := reader.text(key)):
        return
    places = reader.context.classes
    reader.place = places.get(text) or places.get(text.removesuffix("班")) or places.get(f"{text}班")
    if reader.place is None:
        names = "、".join(places) or "还没有班级"
        reader.blame("class_unknown", key, f"没有“{text[:20]}”这个班。现有：{names}。")


def _set_mode(reader: RowReader, key: str) -> None:
    text = reader.text(key)
    reader.mode = CareMode.FULL_DAY if not text else _MODES.get(text.replace("（", "(").partition("(")[0])
    if reader.mode is None:
        reader.blame("mode_unknown", key, f"托育方式“{text[:20]}”看不懂。请填全日托或半日托。")
    if text and reader.mode is CareMode.HALF_DAY:
        reader.half = next((half for word, half in _HALVES.items() if word in text), None)


def _set_half(reader: RowReader, key: str) -> None:
    text = reader.text(key)
    if text and text.casefold() not in _HALVES:
        reader.blame("half_unknown", key, f"半天“{text[:10]}”看不懂。请填上午或下午。")
    elif text:
        reader.half = _HALVES[text.casefold()]
        if not reader.text("mode"):
            reader.mode = CareMode.HALF_DAY


def _set_start(reader: RowReader, key: str) -> None:
    cell = reader.cell(key)
    if cell.kind is CellKind.EMPTY:
        return
    found = read_date(cell, "入托日期")
    if found.sentence:
        reader.blame(f"start_{found.code}", key, found.sentence, found.tone)
    reader.starts_on = found.day


def _check_born(reader: RowReader) -> None:
    if reader.born_on is None and not reader.blamed("born_on") and not reader.blamed("document"):
        reader.blame("birth_missing", "born_on", "没有出生日期，身份证号也没填。请填一样。")


def _check_half(reader: RowReader) -> None:
    if reader.mode is CareMode.HALF_DAY and reader.half is None and not reader.blamed("half"):
        reader.blame("half_missing", "half", "半日托没写上午还是下午，请填“半天”一列。")
    if reader.mode is not CareMode.HALF_DAY and reader.half is not None:
        words = "写了上午或下午，托育方式却不是半日托，请核对。"
        reader.blame("half_without_mode", "half", words)


def _check_start(reader: RowReader) -> None:
    start, today = reader.starts_on, reader.context.today
    if start is None:
        return
    if reader.born_on is not None and start < reader.born_on:
        reader.blame("start_before_birth", "starts_on", f"入托日期 {start} 在出生之前，请核对。")
    elif (start - today).days > _TOO_EARLY_DAYS:
        reader.blame("start_far", "starts_on", f"入托日期 {start} 在一年以后，请核对。")


def _check_fit(reader: RowReader) -> None:
    if reader.place is None or reader.born_on is None:
        return
    months = months_between(
        reader.born_on, max(reader.starts_on or reader.context.today, reader.context.today)
    )
    if fit(reader.place.kind, months, reader.context.rules) is not Fit.FITS:
        where = f"{reader.place.name}（{reader.place.kind.label}）"
        reader.blame("class_age", "class", f"{months} 个月，不在{where}的年龄段，请确认。", Tone.WARN)


SETTERS: dict[str, Setter] = {
    "name": _set_name,
    "nickname": _set_nickname,
    "sex": _set_sex,
    "born_on": _set_born,
    "document_kind": set_document_kind,
    "document": _set_document,
    "class": _set_class,
    "mode": _set_mode,
    "half": _set_half,
    "starts_on": _set_start,
    "allergy": set_allergy,
    "parent1_name": set_parent,
    "parent1_relation": set_parent,
    "parent1_phone": set_parent,
    "parent1_role": set_parent,
    "parent2_name": set_parent,
    "parent2_relation": set_parent,
    "parent2_phone": set_parent,
    "parent2_role": set_parent,
    "emergency": set_emergency,
    "emergency_relation": set_nothing,
    "emergency_phone": set_nothing,
    "collectors": set_collectors,
    "barred_yes": set_barred_yes,
    "barred": set_barred,
    "barred_relation": set_nothing,
    "barred_phone": set_nothing,
    "barred_paper": set_barred_paper,
    "note": _set_note,
    **dict.fromkeys(RECORD_FIELDS, set_field),
}
CHECKS: tuple[Callable[[RowReader], None], ...] = (
    _check_born,
    _check_half,
    _check_start,
    _check_fit,
    check_dated,
    check_remarks,
    *CHECKS_OF_PEOPLE,
)


def setters_of(mapping: Mapping[str, int]) -> Iterator[tuple[str, Setter]]:
    """Every setter in the order of reading: those of the table, and the further columns of grown-ups."""
    further = sorted((key for key in mapping if key not in SETTERS), key=adult_order)
    for key, setter in SETTERS.items():
        if key == "emergency":
            yield from ((one, set_parent) for one in further)
        if setter is not set_field or key in mapping:
            yield key, setter
