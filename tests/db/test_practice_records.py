"""The records of the practice centre: whole but for a few gaps, and none for those who only visit."""

import datetime as dt

from db.practice_records import add_records

TODAY = dt.date(2025, 12, 3)


def test_a_child_lacks_one_thing_at_the_most(noon):
    lacking = noon.execute(
        "select c.document_number is null,"
        " not exists (select 1 from record_change r where r.subject_id = c.id and r.field = 'exam'),"
        " not exists (select 1 from record_change r where r.subject_id = c.id and r.field = 'vaccination'),"
        " (select count(*) from consent k where k.child_id = c.id) < 7"
        " from child c join enrolment e on e.child_id = c.id where e.ends_on is null"
    ).fetchall()
    assert max(sum(gaps) for gaps in lacking) == 1
    assert 0 < sum(any(gaps) for gaps in lacking) < 20, "a few, so that the lists of what lacks are not empty"


def test_who_signed_is_an_adult_of_the_child_and_nobody_who_is_barred(noon):
    stray = """
        select count(*) from consent k where not exists (select 1 from child_adult t
            where t.child_id = k.child_id and t.adult_id = k.signer_id and t.barred = 0)"""
    assert noon.execute("select count(*) from consent").fetchone()[0] > 500
    assert noon.execute(stray).fetchone() == (0,)


def test_the_court_s_paper_bars_just_him_whom_the_family_bars(noon):
    papers = noon.execute("select child_id, adult_id from barring where ended_at is null").fetchall()
    assert papers == noon.execute("select child_id, adult_id from child_adult where barred = 1").fetchall()


def test_visitors_and_those_who_left_have_no_record_and_a_day_without_number_is_none(centre):
    made = centre()
    gone = made.kids[0]
    gone.ends = TODAY - dt.timedelta(days=30)
    add_records(made.book, [*made.kids, *made.visitors], TODAY, seed=1)
    told = {row["subject_id"] for _, row in made.book.named("record_act")}
    assert told == {kid.id for kid in made.kids} - {gone.id}
    assert all(row["value"] for _, row in made.book.named("record_change"))


def test_its_dice_move_nothing_else_of_the_story(centre):
    made = centre()
    before = made.rng.getstate()
    add_records(made.book, made.kids, TODAY, seed=1)
    assert made.rng.getstate() == before
