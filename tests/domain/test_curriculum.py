"""Bands, parts of the day, the library, terms: what the work with the children is ordered by."""

import datetime as dt

import pytest

from app.domain.curriculum import (
    Activity,
    Area,
    Band,
    TermRule,
    areas_of,
    band_of,
    fitting,
    monday_of,
    slot_of,
    term_before,
    term_of,
)
from app.store import curriculum_rules

BANDS = curriculum_rules.bands()
LEAVES = Activity("手工课：贴落叶", "叶子、胶棒", "贴一贴", (Area.COGNITION,), 24, 36)


@pytest.mark.parametrize(
    ("months", "label"), [(0, "6–12 月龄"), (6, "6–12 月龄"), (11, "6–12 月龄"), (12, "12–18 月龄"),
                          (18, "18–24 月龄"), (24, "24–36 月龄"), (40, "24–36 月龄")],
)  # fmt: skip
def test_a_band_is_half_open_and_the_nearest_serves_beyond(months, label):
    assert band_of(months, BANDS).label == label


def test_the_bands_follow_each_other_without_a_gap():
    assert [band.months_to for band in BANDS[:-1]] == [band.months_from for band in BANDS[1:]]


def test_a_minute_lies_in_one_part_of_the_day():
    slots = curriculum_rules.slots()
    assert [slot_of(slot.usual, slots) for slot in slots] == list(slots)
    assert slot_of(0, slots) is slots[0]
    assert slot_of(23 * 60 + 59, slots) is slots[-1]


def test_the_library_is_asked_by_age_area_and_words():
    shipped = curriculum_rules.shipped_activities()
    assert fitting((LEAVES,), band=Band(18, 24)) == ()
    assert fitting((LEAVES,), band=Band(24, 36)) == (LEAVES,)
    assert fitting((LEAVES,), months=(35, 40)) == (LEAVES,)
    assert fitting((LEAVES,), area=Area.MOTOR) == ()
    assert fitting((LEAVES,), words="胶棒 贴一贴") == (LEAVES,)
    assert fitting((LEAVES,), words="胶棒 没有的词") == ()
    for band in BANDS:
        for area in Area:
            assert fitting(shipped, band=band, area=area), (band, area)


def test_what_ships_is_whole():
    shipped = curriculum_rules.shipped_activities()
    assert len(shipped) >= 60
    assert len({one.name for one in shipped}) == len(shipped)
    for one in shipped:
        assert one.steps.endswith("。"), one.name
        assert one.steps.count("。") == 1, one.name
        assert one.materials, one.name
        assert one.areas, one.name
        assert 6 <= one.months_from < one.months_to <= 36, one.name


def test_an_activity_of_the_log_is_told_by_the_library_then_by_a_word_then_not_at_all():
    words = curriculum_rules.area_words()
    assert areas_of(" 手工课：贴落叶 ", (LEAVES,), words) == (Area.COGNITION,)
    assert areas_of("绘本：晚安", (), words) == (Area.LANGUAGE,)
    assert areas_of("洗手比赛", (), words) == (Area.HABIT,)
    assert areas_of("贵宾来访", (), words) == ()


def test_there_are_prompts_for_every_band_and_area():
    table = curriculum_rules.prompts()
    assert set(table) == {(band.months_from, area) for band in BANDS for area in Area}
    assert all(len(words) >= 4 and len(set(words)) == len(words) for words in table.values())
    judging = ("落后", "异常", "迟缓", "达标", "正常", "障碍")
    assert not [word for words in table.values() for word in words if any(bad in word for bad in judging)]
    assert curriculum_rules.starts()


def test_terms_hold_the_days_of_their_year():
    rules = curriculum_rules.terms()
    autumn = term_of(dt.date(2025, 12, 3), rules)
    assert (autumn.name, autumn.first, autumn.last) == (
        "2025年秋季学期", dt.date(2025, 9, 1), dt.date(2026, 1, 31),
    )  # fmt: skip
    assert term_of(dt.date(2026, 1, 31), rules) == autumn
    assert term_of(dt.date(2026, 2, 1), rules).name == "2026年春季学期"
    assert term_before(autumn, rules).name == "2025年春季学期"
    assert term_of(dt.date(2010, 5, 1), rules).name == "2010年春季学期"


def test_a_newer_rule_of_terms_takes_over_from_its_day():
    newer = (TermRule("全年", "01-01", "12-31", dt.date(2027, 1, 1)),)
    rules = (*curriculum_rules.terms(), *newer)
    assert term_of(dt.date(2026, 12, 3), rules).name == "2026年秋季学期"
    assert term_of(dt.date(2027, 5, 3), rules).name == "2027年全年"


def test_a_hole_between_terms_is_an_error_and_no_silence():
    with pytest.raises(ValueError, match="2025-12-03"):
        term_of(dt.date(2025, 12, 3), (TermRule("春", "02-01", "06-30", dt.date(2019, 1, 1)),))


def test_a_week_begins_on_monday():
    assert monday_of(dt.date(2025, 12, 7)) == monday_of(dt.date(2025, 12, 1)) == dt.date(2025, 12, 1)
