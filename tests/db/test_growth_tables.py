"""The tables of growth: a measure of something, one a day that holds, and bands that rise."""

import sqlite3

import pytest

AT = "2025-12-03T10:00:00+08:00"
OVER = {"ended_at": AT}  # so that no other measure of the day stands in the way
ENDS = dict(
    zip(
        ("minus3", "minus2", "minus1", "median", "plus1", "plus2", "plus3"),
        range(7000, 14000, 1000),
        strict=True,
    )
)


@pytest.mark.parametrize(
    ("table", "why", "other"),
    [
        ("growth_measure", "CHECK", {**OVER, "weight_g": 999}),
        ("growth_measure", "CHECK", {**OVER, "stature_mm": 1201}),
        ("growth_measure", "CHECK", {**OVER, "head_mm": 279}),
        ("growth_measure", "CHECK", {**OVER, "weight_g": None, "stature_mm": None, "head_mm": None}),
        ("growth_measure", "CHECK", {**OVER, "lying": 2}),
        ("growth_measure", "cannot store REAL", {**OVER, "weight_g": 9300.5}),
        ("growth_measure", "UNIQUE", {"weight_g": 12000}),
        ("doctor_visit", "CHECK", {"doctor": ""}),
        ("doctor_visit", "CHECK", {"conclusion": ""}),
        ("doctor_visit", "CHECK", {"undone_at": AT}),
        ("doctor_child", "CHECK", {"advice": "长" * 201}),
        ("doctor_child", "UNIQUE", {"advice": "多晒太阳"}),
    ],
)
def test_what_no_measure_and_no_visit_can_be_is_not_kept(refused, table, why, other):
    refused(table, why, **other)


@pytest.mark.parametrize(
    "other", [{"weight_g": 1000}, {"weight_g": 30_000}, {"stature_mm": None, "head_mm": None}]
)
def test_the_lightest_the_heaviest_and_a_weight_alone_are_kept(rows, other):
    assert rows.like_last("growth_measure", **OVER, **other)


def test_a_score_is_of_one_indicator_with_and_without_correction(rows):
    score = {"measure_id": 1, "standard": "WHO 2006", "indicator": "weight", "z": 0.1234567, "level": "中"}
    rows.add("growth_score", **score, corrected=0)
    rows.add("growth_score", **score, corrected=1)
    assert rows.one("select z from growth_score where corrected = 1") == 0.1234567
    for wrong, why in (({"corrected": 1}, "UNIQUE"), ({"corrected": 0, "indicator": "shoe"}, "CHECK")):
        with pytest.raises(sqlite3.IntegrityError, match=why):
            rows.add("growth_score", **(score | wrong))


def test_one_standard_is_current_and_its_bands_rise(rows):
    standard = {"name": "WS/T 423", "imported_at": AT, "imported_by": 1}
    key = rows.add("growth_standard", **standard)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("growth_standard", **standard)
    assert rows.add("growth_standard", **standard, ended_at=AT)
    band = {"standard_id": key, "kind": "weight", "sex": "f", "place": 0} | ENDS
    rows.add("growth_band", **band)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows.add("growth_band", **band)
    for lower, higher in zip(ENDS, list(ENDS)[1:], strict=False):
        with pytest.raises(sqlite3.IntegrityError, match=f"CHECK.*{higher} > {lower}"):
            rows.add("growth_band", **(band | {"place": 1, higher: ENDS[lower]}))
