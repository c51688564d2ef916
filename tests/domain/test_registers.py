"""Registers: what a table asks, read from what was typed."""

import datetime as dt

import pytest

from app.domain.registers import ColumnSpec, Presets, RegisterError, read_answers, read_value
from app.store.health_rules import registers

DAY = dt.date(2025, 12, 3)
NOW = dt.datetime(2025, 12, 3, 9, 12, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("text", "  两个 词 ", "两个 词"),
        ("day", "12-1", "2025-12-01"),
        ("time", "吃饭时", None),
        ("time", "8:05", "08:05"),
        ("moment", "昨天 11:40", "2025-12-02 11:40"),
        ("moment", "11:40", "2025-12-03 11:40"),
        ("moment", "昨天", None),
        ("number", "12", "12"),
        ("number", "1.5", None),
        ("number", "-3", None),
        ("choice", "是", "是"),
        ("choice", "也许", None),
        ("many", "否、是", "是、否"),
        ("staff", "顾红", "顾红"),
    ],
)
def test_each_kind_is_read_or_refused(kind, typed, kept):
    column = ColumnSpec("x", "列", kind, choices=("是", "否"), least=0, most=20)
    if kept is None:
        with pytest.raises(RegisterError) as refused:
            read_value(column, typed, DAY)
        assert refused.value.field == "x"
    else:
        assert read_value(column, typed, DAY) == kept


def test_what_is_needed_must_be_there_and_what_depends_is_asked_only_then():
    columns = (
        ColumnSpec("hazard", "隐患", "text", required=True),
        ColumnSpec("again", "复查日", "day", unless="hazard=无", refuse="有隐患就要定复查日。"),
    )
    assert read_answers(columns, {"hazard": "无"}, DAY) == (("hazard", "无"),)
    with pytest.raises(RegisterError, match="复查日"):
        read_answers(columns, {"hazard": "漏电"}, DAY)
    with pytest.raises(RegisterError, match="请填“隐患”"):
        read_answers(columns, {}, DAY)


def test_presets_say_now_who_and_later():
    presets = Presets(NOW, "许静")
    assert presets.of(ColumnSpec("a", "", "moment", preset="@now")) == "2025-12-03 09:12"
    assert presets.of(ColumnSpec("a", "", "time", preset="@now")) == "09:12"
    assert presets.fill("@+48h") == "2025-12-05 09:12"
    assert presets.fill("@+7d") == "2025-12-10"
    assert presets.fill("@actor") == "许静"
    assert presets.fill("@today") == "2025-12-03"
    assert presets.fill("午餐") == "午餐"


def test_the_table_is_sound():
    specs = registers()
    assert len({one.key for one in specs}) == len(specs)
    assert {"表5", "表6", "表7", "表8"} <= {one.form for one in specs}
    for spec in specs:
        names = [one.name for one in spec.columns]
        assert len(set(names)) == len(names), spec.key
        assert spec.closes in {"", *names}
        assert spec.due in {"", *names}
        assert bool(spec.items) == (spec.shape == "grid")
        for column in spec.columns:
            assert column.after in {"", *names}
            if column.preset and column.kind == "choice":
                assert column.preset in column.choices
            if column.kind in {"choice", "many"}:
                assert column.choices
        if spec.closes:
            assert spec.closing
            assert spec.column(spec.closes).kind in {"day", "moment"}
