"""What a day of the practice centre is played on."""

import datetime as dt

import pytest

from db import practice_words as words
from db.practice_people import DRAGON, TRAIN, Kid
from db.practice_scene import Stay, dishes, menu_row, planned

DAY = dt.date(2025, 12, 3)


@pytest.mark.parametrize(
    ("tariff", "mode"),
    [("contract", "half_day"), ("hourly", "hourly"), ("temp_half_day", "temporary"),
     ("temp_full_day", "temporary")],
)  # fmt: skip
def test_a_stay_is_of_the_mode_that_its_tariff_says(tariff, mode):
    kid = Kid(1, "张沐阳", "m", DAY, DRAGON, "half_day")
    assert Stay(kid, DRAGON, 500, 700, tariff).mode == mode


def test_each_series_counts_for_itself(centre):
    made = centre()
    assert [made.number(name) for name in ("a", "b", "a", "a")] == [1, 1, 2, 3]


def test_a_week_has_five_menus_and_a_make_up_day_one_of_its_own(centre):
    made = centre()
    monday = dt.date(2025, 11, 10)
    week = [menu_row(made, monday + dt.timedelta(days=past)) for past in range(7)]
    assert len(set(week)) == 7
    assert not set(week[5:]) & set(words.MENUS)
    assert menu_row(made, monday + dt.timedelta(days=7)) not in week, "the next week eats otherwise"


def test_the_day_of_the_story_eats_and_plays_what_the_pictures_show_and_only_in_that_class(centre):
    made = centre()
    assert dishes(made, DAY)["lunch"] == "软米饭、番茄牛腩、清炒西兰花、紫菜汤"
    assert planned(made, DAY, DRAGON, "older_toddler")[0] == words.STORY_ACTIVITY
    assert planned(made, DAY, TRAIN, "older_toddler")[0] != words.STORY_ACTIVITY
    assert planned(made, DAY - dt.timedelta(days=1), DRAGON, "older_toddler")[0] != words.STORY_ACTIVITY
