"""The columns of a list that fill fields of the record (健康, 习惯, 保险 …), read as its own form does."""

from app.domain.errors import RuleError
from app.domain.import_cells import CellKind
from app.domain.import_dates import read_date
from app.domain.import_rows import RowReader
from app.domain.looks import Tone
from app.domain.record_fields import CHILD_FIELDS, DOCUMENT_KINDS, FieldSpec, Kind, check_text, spec_of

# What has a column of the file or a setter of its own is not read here.
_OWN = {
    "name", "nickname", "sex", "born_on", "document_kind", "document_number", "note", "allergy", "allergens",
}  # fmt: skip
RECORD_FIELDS: tuple[str, ...] = tuple(spec.name for spec in CHILD_FIELDS if spec.name not in _OWN)
_LONGEST = 200
# How centres write a choice besides its own words.
_CHOICES = {
    "employer_group": {
        "本单位": "staff", "职工": "staff", "职工子女": "staff", "内部": "staff", "社会家庭": "public",
    },
    "vaccination": {
        "已查验": "complete", "齐全": "complete", "已接种": "complete", "完整": "complete",
        "补种": "catch_up", "需补种": "catch_up", "缺种": "catch_up",
        "无接种证": "no_book", "无证": "no_book",
    },
    "exam": {"通过": "fit", "正常": "fit", "未通过": "unfit"},
}  # fmt: skip
_KINDS = {
    "身份证": "resident", "出生证": "birth_certificate", "出生证明": "birth_certificate",
    "户口本": "household", "居住证": "hmt_permit", "港澳台居住证": "hmt_permit",
    "永久居留身份证": "foreign_permit",
}  # fmt: skip


def set_field(reader: RowReader, key: str) -> None:
    """One field of the record, as text of its own kind."""
    spec, cell = spec_of("child", key), reader.cell(key)
    text = reader.text(key)
    if cell.kind is CellKind.EMPTY or not text:
        return
    if spec.kind is Kind.DATE:
        _set_day(reader, spec)
        return
    if spec.kind is Kind.CHOICE:
        words = {label: value for value, label in spec.choices} | _CHOICES.get(key, {})
        if (found := words.get(text)) is None:
            offered = "、".join(label for _, label in spec.choices)
            reader.blame(f"{key}_unknown", key, f"{spec.label}“{text[:10]}”看不懂。请填：{offered}。")
        else:
            reader.fields[key] = found
        return
    if cell.kind is CellKind.DATE:
        reader.blame(f"{key}_date", key, f"{spec.label}这一格是日期。列是不是对错了？")
    elif len(text) > _LONGEST:
        reader.blame(f"{key}_long", key, f"{spec.label}最多 {_LONGEST} 个字。列是不是对错了？")
    else:
        _check(reader, spec, text)


def set_document_kind(reader: RowReader, key: str) -> None:
    """What kind of paper the number in ``document`` is of."""
    text = reader.text(key)
    kinds = {label: value for value, label in DOCUMENT_KINDS} | _KINDS
    if text and (found := kinds.get(text)) is None:
        offered = "、".join(label for _, label in DOCUMENT_KINDS)
        reader.blame("document_kind_unknown", key, f"证件种类“{text[:10]}”看不懂。请填：{offered}。")
    elif text:
        reader.document_kind = found or ""
        if not reader.text("document") and not reader.blamed("document"):
            words = "写了证件种类，没有证件号码，按没有证件导入。"
            reader.blame("document_missing", "document", words, Tone.WARN)


def check_dated(reader: RowReader) -> None:
    """A check of the vaccination book or an exam has its day, as in the record's form."""
    for field, day, words in (
        ("vaccination", "vaccination_on", "接种证查验"),
        ("exam", "exam_on", "入托体检"),
    ):
        if reader.fields.get(field) and day not in reader.fields and not reader.blamed(day):
            reader.blame(f"{day}_missing", day, f"写了{words}的结果，没有日期，请补上。")


def _set_day(reader: RowReader, spec: FieldSpec) -> None:
    found = read_date(reader.cell(spec.name), spec.label)
    if found.sentence:
        reader.blame(f"{spec.name}_{found.code}", spec.name, found.sentence, found.tone)
    if found.day is not None:
        _check(reader, spec, found.day.isoformat())


def _check(reader: RowReader, spec: FieldSpec, text: str) -> None:
    try:
        reader.fields[spec.name] = check_text(spec, text, reader.context.today)
    except RuleError as error:
        reader.fail(f"{spec.name}_refused", spec.name, error)
