"""2025-12-03 at 13:52: who is away, who has left, who is due, whatever the dice say."""

import collections

import pytest

from db.practice_story import GUEST_ARRIVES, story_stays


@pytest.fixture
def played(centre):
    """``played(cut)``: the stays of the day by the name of the child, and the absences."""

    def _played(cut):
        made = centre(cut)
        stays, absent = story_stays(made, [])
        return {stay.kid.name: stay for stay in stays}, absent, made

    return _played


def test_the_guest_comes_at_twelve_past_nine_and_nobody_has_heard_of_her_before(played):
    stays, _, made = played(GUEST_ARRIVES - 1)
    assert "朱予晴" not in stays
    assert "朱予晴" not in {row["name"] for _, row in made.book.named("child")}
    stays, _, made = played(GUEST_ARRIVES)
    guest = stays["朱予晴"]
    assert (guest.arrive, guest.promised, guest.bringer.relation) == (GUEST_ARRIVES, 840, "奶奶")
    ties = [row for _, row in made.book.named("child_adult") if row["child_id"] == guest.kid.id]
    assert [(row["relation"], row["is_guardian"]) for row in ties] == [("奶奶", 0), ("妈妈", 1)]


def test_five_are_away_and_come_into_no_class(played):
    stays, absent, _ = played(832)
    kinds = collections.Counter(kind for _, kind, _ in absent)
    assert kinds == {"sick": 3, "personal": 2}
    assert not {kid.name for kid, _, _ in absent} & set(stays)


def test_three_have_left_by_now_and_the_next_goes_home_at_a_fixed_minute(played):
    stays, _, _ = played(832)
    leaving = sorted((stay.leave, name) for name, stay in stays.items() if stay.arrive <= 832)
    assert leaving[:3] == [(770, "徐梦洁"), (813, "叶小舟"), (821, "陈可欣")]
    due = {name: leave for leave, name in leaving if 832 < leave <= 862}
    assert due == {"朱予晴": 840, "王梓萱": 840, "李𬱖昊": 856}


def test_who_is_expected_in_the_afternoon_is_not_inside_yet(played):
    stays, _, _ = played(832)
    late = {name: stay.arrive for name, stay in stays.items() if stay.arrive > 832}
    assert late == {"周乐瑶": 860, "马思睿": 842}


def test_who_is_booked_for_half_past_two_is_in_the_book_and_not_inside(played):
    stays, _, made = played(832)
    assert "单雨桐" not in stays
    (booked,) = [row for _, row in made.book.named("booking")]
    assert (booked["from_minute"], booked["to_minute"], booked["tariff"]) == (870, 990, "hourly")


def test_who_left_the_centre_in_a_year_before_plays_no_part(centre):
    made = centre()
    sick = next(kid for kid in made.kids if kid.story == "sick")
    sick.ends = made.last_day.replace(day=1)
    stays, absent = story_stays(made, [])
    assert sick not in [kid for kid, _, _ in absent] + [stay.kid for stay in stays]
