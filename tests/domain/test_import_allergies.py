"""What families write of an allergy: a no is no allergy, a substance is one, anything else is asked about."""

import pytest

from app.domain.classes import NATIONAL_RULES
from app.domain.import_cells import SheetRow, text_cell
from app.domain.import_rows import RowContext, read_row
from app.domain.looks import Tone
from app.services.record_words import is_allergen
from tests.domain.test_import_rows import DAY


def read(text, note=""):
    context = RowContext(DAY, {}, NATIONAL_RULES, is_allergen=is_allergen)
    row = SheetRow(2, tuple(map(text_cell, ("李小满", "2023-08-19", "李母", "13800006021", text, note))))
    keys = ("name", "born_on", "parent1_name", "parent1_phone", "allergy", "note")
    return read_row(row, {key: at for at, key in enumerate(keys)}, context)


def said(row):
    assert not row.bad
    return {one.code for one in row.problems if one.tone is Tone.WARN}


@pytest.mark.parametrize(
    "text",
    [
        "无", "没有", "否", "N", "None", "不过敏", "无过敏", "无过敏史", "没有过敏", "没有过敏史",
        "无已知过敏", "未发现", "暂未发现", "暂未发现过敏", "目前没有", "均无", "无特殊", "无任何过敏",
        "无食物及药物过敏史", "无 。", "无食物过敏，无药物过敏", "无明显过敏", "否认过敏史", "未发现过敏原",
    ],
)  # fmt: skip
def test_a_no_is_no_allergy(text):
    row = read(text)
    assert (row.allergy, row.substances) == ("none", ())
    assert not said(row)


@pytest.mark.parametrize(
    "text",
    ["无食物过敏", "无药物过敏史", "过敏体质", "良好", "正常", "健康", "√", "有", "不清楚", "可能有"],
)
def test_what_tells_neither_is_asked_about_and_not_dropped(text):
    row = read(text, "爱笑")
    assert (row.allergy, row.substances) == ("unknown", ())
    assert said(row) == {"allergy_unclear"}
    assert row.note == ("爱笑" if text in {"√", "有", "不清楚"} else f"爱笑；名单上过敏写：{text}")


@pytest.mark.parametrize(
    ("text", "substances"),
    [
        ("鸡蛋、虾", ("鸡蛋", "虾")),
        ("对花生、虾过敏", ("花生", "虾")),
        ("花生过敏", ("花生",)),
        ("对青霉素过敏，花生轻微", ("青霉素", "花生轻微")),
        ("牛奶蛋白过敏", ("牛奶蛋白",)),
        ("食物：鸡蛋", ("鸡蛋",)),
        ("无药物过敏，鸡蛋过敏", ("鸡蛋",)),
        ("鸡蛋(轻度)", ("鸡蛋(轻度)",)),
        ("海鲜严重过敏", ("海鲜严重过敏",)),
        ("对虾", ("对虾",)),
        ("尘螨", ("尘螨",)),
        ("母乳、奶酪、虾过敏", ("母乳", "奶酪", "虾")),
    ],
)
def test_a_substance_is_an_allergy(text, substances):
    row = read(text)
    assert (row.allergy, row.substances) == ("has", substances)
    assert not said(row)


@pytest.mark.parametrize(
    ("text", "substances"),
    [
        ("牛奶蛋白过敏，需喝水解奶", ("牛奶蛋白", "需喝水解奶")),
        ("过敏体质，鸡蛋", ("鸡蛋", "过敏体质")),
        ("鸡蛋不过敏", ("鸡蛋不过敏",)),
        ("某某粉", ("某某粉",)),
        ("不吃海鲜", ("不吃海鲜",)),
        ("妈妈对海鲜过敏", ("妈妈对海鲜",)),
        ("爸爸花生过敏", ("爸爸花生",)),
        ("可以吃鸡蛋", ("可以吃鸡蛋",)),
        ("花生酱可以吃", ("花生酱可以吃",)),
        ("从未对花生过敏", ("从未对花生",)),
        ("无，但是吃虾起疹", ("但是吃虾起疹",)),
        ("小时候对鸡蛋过敏现在好了", ("小时候对鸡蛋过敏现在好了",)),
        ("没有，鸡蛋不吃", ("鸡蛋不吃",)),
        ("除鸡蛋外无", ("除鸡蛋外无",)),
        ("花生？", ("花生?",)),
        ("无。虾要少吃", ("虾要少吃",)),
    ],
)
def test_what_no_table_knows_is_kept_and_asked_about(text, substances):
    row = read(text)
    assert (row.allergy, row.substances) == ("has", substances)
    assert said(row) == {"allergy_unknown"}
