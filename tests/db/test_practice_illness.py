"""Injuries, illness and rounds of the practice centre: told, signed, and nobody ill is inside."""

import datetime as dt
import json

DAY = "2025-12-03"


def test_of_two_injuries_the_older_is_signed_and_of_both_the_family_knows(noon):
    rows = noon.execute(
        "select i.day, a.kind, a.told_at < i.noted_at from injury i"
        " join injury_addition a on a.injury_id = i.id order by i.day, a.id"
    ).fetchall()
    older = min(day for day, *_ in rows)
    assert dt.date.fromisoformat(older).weekday() < 5
    assert [kind for day, kind, _ in rows if day == older] == ["told", "signed", "words"]
    assert [kind for day, kind, _ in rows if day == DAY] == ["told"]
    assert not any(before for *_, before in rows), "nobody is told before it happened"


def test_nobody_who_is_ill_has_come_since_but_by_a_certificate(noon):
    came = """
        select c.disease from illness_case c join visit v on v.child_id = c.child_id and v.day > c.left_on
        where not exists (select 1 from illness_clearance k where k.case_id = c.id and k.day <= v.day)"""
    assert noon.execute(came).fetchall() == []
    cases = noon.execute(
        "select c.disease, k.kind from illness_case c left join illness_clearance k on k.case_id = c.id"
        " order by c.disease"
    ).fetchall()
    assert cases == [("hfmd", None), ("influenza", "certificate")]


def test_what_is_cleaned_once_a_week_is_cleaned_on_its_day_and_nothing_ahead_of_the_clock(noon):
    weekdays = {
        item: {dt.date.fromisoformat(day).weekday() for (day,) in noon.execute(
            "select day from register_entry where register = 'disinfection' and item = ?", (item,)
        )}
        for item in ("toys", "beds")
    }  # fmt: skip
    assert weekdays == {"toys": {2}, "beds": {4}}
    assert noon.execute("select max(noted_at) from register_entry").fetchone()[0] <= f"{DAY}T13:52"


def test_a_sample_of_food_stays_open_until_its_two_days_are_over(noon):
    rows = noon.execute(
        "select day, answers, open from register_entry where register = 'food_sample'"
    ).fetchall()
    assert {bool(open_) for *_, open_ in rows} == {True, False}
    for day, answers, open_ in rows:
        told = json.loads(answers)
        over = (dt.date.fromisoformat(DAY) - dt.date.fromisoformat(day)).days > 2
        assert ("discarded" in told, bool(open_)) == (over, not over), day
        assert (
            told["dish"]
            in noon.execute("select dishes from menu where day = ? and slot = 'lunch'", (day,)).fetchone()[0]
        )


def test_before_the_scratch_nobody_has_written_it_down(early):
    assert early.execute("select count(*) from injury").fetchone() == (0,)
