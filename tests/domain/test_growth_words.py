"""The sentences of a term's summary say what the file holds and nothing else."""

import datetime as dt

from app.domain.curriculum import Area
from app.domain.growth_words import Seen, TermFacts, Took, compose

DAY = dt.date(2025, 11, 12)
GLUE = Took(DAY, "手工课：贴雪花", "eager", (Area.COGNITION, Area.MOTOR))
BALL = Took(DAY, "户外：拍球", "watched", (Area.MOTOR,))
SEEN = (
    Seen(2, dt.date(2025, 11, 20), Area.HABIT, "自己穿上外套。"),
    Seen(1, DAY, Area.MOTOR, "双脚交替上台阶"),
)


def facts(**more):
    given = {
        "given_name": "予晴", "sex": "f", "until": dt.date(2025, 12, 3), "present": 2, "sick": 1,
        "personal": 0, "took": (GLUE, GLUE, BALL), "first_here": dt.date(2025, 9, 1),
    } | more  # fmt: skip
    return TermFacts(**given)


def test_every_part_is_counted_from_the_file():
    text = compose(facts(), SEEN)
    assert text.attendance == "9月1日到12月3日，来园 2 天，病假 1 天。"
    assert text.activities.splitlines() == [
        "记录了 3 次活动：主动参与 2 次、在旁观看 1 次。",
        "动作 2 次：手工课“贴雪花” 2 次。",
        "认知 2 次：手工课“贴雪花” 2 次。",
    ]
    assert text.growth.splitlines() == [
        "动作：双脚交替上台阶（11月12日）。",
        "习惯：自己穿上外套（11月20日）。",
    ]
    assert text.words == (
        "这学期予晴来园 2 天。她主动参与过手工课“贴雪花”。"
        "老师记得：11月12日，双脚交替上台阶；11月20日，自己穿上外套。"
    )


def test_nothing_is_said_of_what_nobody_logged():
    text = compose(facts(took=(), sick=0), ())
    assert text.activities == "这学期还没有记录到活动。"
    assert text.growth == ""
    assert text.words == "这学期予晴来园 2 天。"
    assert "病假" not in text.attendance


def test_a_term_without_a_stay_says_so_and_drafts_no_words():
    text = compose(facts(first_here=None, present=0, took=()), SEEN)
    assert text.attendance == "到12月3日，这学期还没有来园的记录。"
    assert text.words == ""


def test_who_only_watched_is_not_said_to_have_joined():
    text = compose(facts(took=(BALL,)), ())
    assert "主动" not in text.words + text.activities
    assert "在旁观看 1 次" in text.activities


def test_what_she_declined_or_watched_is_not_told_as_done():
    declined = Took(DAY, "户外：滑梯", "declined", (Area.MOTOR,))
    text = compose(facts(took=(declined, declined, BALL)), ())
    assert text.activities == "记录了 3 次活动：在旁观看 1 次、没有参加 2 次。"
    unsaid = Took(DAY, "户外：滑梯", "", (Area.MOTOR,))
    assert compose(facts(took=(declined, unsaid)), ()).activities.endswith("动作 1 次：户外“滑梯”。")


def test_an_activity_nobody_said_more_of_is_counted_so():
    text = compose(facts(took=(Took(DAY, "贵宾来访", "", ()),), sex=None), ())
    assert text.activities == "记录了 1 次活动：未写参与情况 1 次。"


def test_a_child_whose_sex_is_not_known_is_called_by_name():
    assert "予晴主动参与过" in compose(facts(sex=None), ()).words
