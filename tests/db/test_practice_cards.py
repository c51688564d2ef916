"""The cards of the practice centre: a child under contract holds one, and a lost one is never used again."""

import datetime as dt

from db.practice_cards import add_cards

TODAY = dt.date(2025, 12, 3)


def test_nobody_holds_two_and_no_visitor_one(noon):
    held = noon.execute(
        "select c.child_id, count(*), exists (select 1 from enrolment e where e.child_id = c.child_id)"
        " from card c where c.ended_at is null group by c.child_id"
    ).fetchall()
    assert {(count, enrolled) for _, count, enrolled in held} == {(1, 1)}
    lacking = 77 - len(held)
    assert 0 < lacking < 10, "some came lately and have none yet"


def test_a_lost_one_was_replaced_a_day_later_by_one_that_says_so(noon):
    lost = noon.execute(
        "select o.child_id = n.child_id, o.ended_as, julianday(n.issued_at) - julianday(o.ended_at) < 1"
        " from card o join card n on n.replaces_id = o.id"
    ).fetchall()
    assert lost
    assert set(lost) == {(1, "lost", 1)}
    assert len(lost) == noon.execute("select count(*) from card where ended_as is not null").fetchone()[0]


def test_numbers_run_without_a_gap_up_to_the_series(noon):
    numbers = [int(number[2:]) for (number,) in noon.execute("select number from card order by id")]
    last = noon.execute("select last from number_series where name = 'card'").fetchone()[0]
    assert numbers == list(range(1, last + 1))
    printed = noon.execute("select count(*) from paper where kind = 'card'").fetchone()[0]
    assert printed == last


def test_who_left_and_who_only_visits_is_issued_none(centre):
    made = centre()
    for kid in made.kids[:5]:
        kid.ends = TODAY
    add_cards(made.book, [*made.kids, *made.visitors], TODAY)
    holders = {row["child_id"] for _, row in made.book.named("card")}
    assert holders <= {kid.id for kid in made.kids[5:]}
    for _, row in made.book.named("card"):
        assert row["ended_at"] is None or row["issued_at"] < row["ended_at"]
