"""The practice centre's weeks and observations: themes for December, and nothing of 朱予晴."""

from app.domain.curriculum import Area
from app.store import curriculum, observations
from db.practice import MOMENT

MONDAY = MOMENT.date().replace(day=1)


def test_every_class_has_a_theme_for_the_weeks_of_december(database):
    rows = database.rows(
        "select class_id, count(*) as weeks from week_plan where monday >= :monday group by class_id",
        {"monday": MONDAY.isoformat()},
    )
    assert [row["weeks"] for row in rows] == [4] * 5
    week = curriculum.find_week(database, 3, MONDAY)
    assert week.theme == "雪花飘飘"
    days = {one.day.day for one in curriculum.list_planned(database, 3, MONDAY, MONDAY.replace(day=7))}
    assert days == {1, 2, 3, 4, 5}


def test_the_dragons_were_seen_and_the_guest_of_the_story_was_not(database):
    names = {row["id"]: row["name"] for row in database.rows("select id, name from child")}
    seen = observations.list_all(database, MOMENT.date().replace(month=6), MOMENT.date())
    assert {one.what.area for one in seen} == set(Area)
    told = {names[one.what.child] for one in seen}
    assert "朱予晴" not in told
    assert {"张沐阳", "郭语彤", "陈思远"} <= told
    assert all(one.what.day < MOMENT.date() for one in seen)
