"""孩子名单: every child with everybody she has, headed so that the import reads back what was written."""

import datetime as dt
from collections.abc import Callable, Sequence

from app.domain.identity import mask_identity
from app.domain.import_columns import adult_title
from app.domain.import_fields import RECORD_FIELDS
from app.domain.import_roles import Roles
from app.domain.modes import CareMode
from app.domain.phones import mask_phone
from app.domain.record_fields import BARRING_FIELDS, DOCUMENT_KINDS, FieldSpec, Kind
from app.reports.sheets import ColumnKind, Sheet, SheetColumn, Value
from app.services.asked import asked_fields
from app.store import child_table, record_acts
from app.store.child_table import TableAdult, TableChild
from app.store.database import Database

_SEXES = {"f": "女", "m": "男"}
_HALVES = {"am": "上午", "pm": "下午"}
_ALLERGIES = {"none": "无", "unknown": ""}
_LEAST_ADULTS = 2
_WIDTHS = {"name": 12, "relation": 10, "phone": 16, "role": 20, "paper_kind": 16, "paper_number": 20}
_DAYS = frozenset(("born_on", "paper_on", "valid_until"))
_TEXT, _DAY = ColumnKind.TEXT, ColumnKind.DATE


def children_sheet(database: Database, today: dt.date, *, whole: bool = False) -> Sheet:
    """Every child on file with all of her grown-ups, what each may and must not, and by which paper.

    Args:
        database: the file.
        today: the day of the classes, and of the fields that the centre asks.
        whole: numbers of papers and phones in full, and the papers that bar; else masked, and without.
    """
    specs = [spec for spec in asked_fields(database, today) if spec.name in RECORD_FIELDS]
    children = child_table.list_table(database, today)
    parts = _parts([one.adults for one in children], whole=whole)
    columns = (
        SheetColumn("姓名", _TEXT, 14), SheetColumn("小名", _TEXT, 10), SheetColumn("性别", _TEXT, 6),
        SheetColumn("出生日期", _DAY, 13), SheetColumn("证件种类", _TEXT, 14),
        SheetColumn("身份证号", _TEXT, 22), SheetColumn("班级", _TEXT, 12),
        SheetColumn("托育方式", _TEXT, 10), SheetColumn("半天", _TEXT, 8), SheetColumn("入托日期", _DAY, 13),
        SheetColumn("过敏", _TEXT, 16),
        *(SheetColumn(adult_title(at + 1, part), _DAY if part in _DAYS else _TEXT, _WIDTHS.get(part, 13))
          for at, part in parts),
        SheetColumn("备注", _TEXT, 30),
        *(SheetColumn(spec.label, _DAY if spec.kind is Kind.DATE else _TEXT, 14) for spec in specs),
    )  # fmt: skip
    kept = record_acts.list_values_of_all(database, "child", [spec.name for spec in specs])
    rows = []
    for one in children:
        values = kept.get(one.id, {})
        adults = [_adult_cells(adult, whole=whole) for adult in one.adults]
        rows.append(
            (
                *_child_cells(one, whole=whole),
                *(adults[at][part] if at < len(adults) else "" for at, part in parts),
                one.note, *(_cell(spec, values.get(spec.name, "")) for spec in specs),
            )
        )  # fmt: skip
    return Sheet("孩子名单", columns, tuple(rows), personal=True)


def _parts(families: Sequence[Sequence[TableAdult]], *, whole: bool) -> list[tuple[int, str]]:
    """The columns of the grown-ups: four of each, and the rarer ones of those where anybody has them."""
    found = []
    for at in range(max([_LEAST_ADULTS, *map(len, families)])):
        found += [(at, part) for part in ("name", "relation", "phone", "role")]
        here = [family[at] for family in families if at < len(family)]
        if any(one.born_on for one in here):
            found.append((at, "born_on"))
        if whole and any(any(one.paper) for one in here):
            found += [(at, part) for part in BARRING_FIELDS]
    return found


def _child_cells(one: TableChild, *, whole: bool) -> tuple[Value, ...]:
    return (
        one.name, one.nickname, _SEXES.get(one.sex, ""), _day(one.born_on),
        dict(DOCUMENT_KINDS).get(one.document_kind, ""),
        _shown(one.document_number, mask_identity, whole=whole), one.class_name,
        CareMode(one.mode).label if one.mode else "", _HALVES.get(one.half, ""),
        _day(one.starts_on), "、".join(one.substances) or _ALLERGIES.get(one.allergy, one.allergy),
    )  # fmt: skip


def _adult_cells(one: TableAdult, *, whole: bool) -> dict[str, Value]:
    roles = Roles(one.is_guardian, one.may_collect, one.is_emergency, one.barred)
    paper = dict(zip(BARRING_FIELDS, one.paper, strict=True))
    return {
        "name": one.name,
        "relation": one.relation,
        "phone": _shown(one.phone, mask_phone, whole=whole),
        "role": roles.words,
        "born_on": _day(one.born_on),
        **{field: _day(text) if field in _DAYS else text for field, text in paper.items()},
    }


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _cell(spec: FieldSpec, value: str) -> str | dt.date | None:
    """A field of the record as the import reads it: a choice by its words, a day as one."""
    return _day(value) if spec.kind is Kind.DATE else dict(spec.choices).get(value, value)


def _shown(number: str, mask: Callable[[str], str], *, whole: bool) -> str:
    """A number in full, or masked as on the screen; empty where there is none."""
    return number if whole or not number else mask(number)
