"""How a note begins: who brought her and when, how she settled, and whether it was her first day."""

import pytest

from app.domain.dayfacts import DayFacts
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.phrases import Phrase, Phrases
from app.domain.prose_arrival import arrival, first_day
from app.domain.usual import Usual
from tests.domain.day import at


def mood(detail, hour, minute=0, note=""):
    return EntryDraft(EntryKind.MOOD, at(hour, minute), detail=detail, note=note)


def begin(*moods, **more):
    facts = {"given_name": "予晴", "sex": "f", "arrived": at(9, 12), "brought_by_words": "奶奶", **more}
    return arrival(DayFacts(entries=moods, **facts), moods)


@pytest.mark.parametrize(
    ("minute", "lead"),
    [(27, "来时"), (28, "入园后")],
)
def test_within_a_quarter_of_an_hour_she_came_like_that_and_then_it_is_since(minute, lead):
    assert begin(mood("happy", 9, minute)) == f"予晴 9:12 由奶奶送到，{lead}情绪愉快。"


def test_who_brought_her_is_not_made_up_and_what_is_said_once_is_not_said_twice():
    words = begin(mood("happy", 9, 40), brought_by_words="")
    assert words == "予晴 9:12 入园，进班后情绪愉快。"
    assert words.count("入园") == 1


def test_a_low_mood_alone_is_not_the_beginning_of_a_story():
    """起初 promises that it turned; with one mood and no word of a turn nobody knows whether it did."""
    assert "起初" not in begin(mood("crying", 9, 20))
    assert "起初有哭闹" in begin(mood("crying", 9, 20), mood("calm", 9, 30))
    assert "起初" in begin(mood("crying", 9, 20, note="抱了一会儿"))


def test_she_settles_at_once_or_after_the_minutes_the_log_tells():
    assert begin(mood("crying", 9, 15), mood("happy", 9, 25)).endswith("起初有哭闹，10 分钟后开心起来。")
    assert begin(mood("crying", 9, 15), mood("calm", 9, 15)).endswith("起初有哭闹，很快平静下来。")
    assert begin(mood("happy", 9, 15), mood("calm", 9, 25)).endswith("来时情绪愉快，9:25 情绪平静。")


def test_a_mood_that_the_note_before_tells_already_is_not_told_again():
    turned = mood("homesick", 9, 15, note="10 分钟后平静")
    assert begin(turned, mood("calm", 9, 25)).count("平静") == 1
    denied = mood("homesick", 9, 15, note="一直不平静")
    assert begin(denied, mood("calm", 9, 25)).endswith("10 分钟后平静下来。")


def test_early_and_late_arrivals_have_phrases_of_their_own():
    bank = Phrases(
        {
            "arrival.brought.early": (Phrase("{name} 一早 {time} 由{who}送到"),),
            "arrival.came.late": (Phrase("{name} {time} 来，赶上午饭"),),
        }
    )
    assert begin(arrived=at(7, 59), phrases=bank) == "予晴 一早 7:59 由奶奶送到。"
    assert begin(arrived=at(8), phrases=bank) == "予晴 8:00 由奶奶送到。"
    assert begin(arrived=at(12), brought_by_words="", phrases=bank) == "予晴 12:00 来，赶上午饭。"


def test_a_first_day_is_told_only_where_somebody_looked_back():
    facts = DayFacts("嘉木", "m", at(9))
    assert first_day(facts) == "", "nobody looked: nothing is claimed"
    assert first_day(DayFacts("嘉木", "m", at(9), usual=Usual(been_before=True))) == ""
    assert first_day(DayFacts("嘉木", "m", at(9), usual=Usual(been_before=False))) == "今天是他第一次来园。"
