"""Words that parts of the prose share, at their edges: halves of the day, denials, a day that runs."""

import pytest

from app.domain.dayfacts import DayFacts
from app.domain.logbook import EntryDraft, EntryKind, Mood
from app.domain.phrases import Phrase, Phrases
from app.domain.prose_words import covers, felt, half_of, is_told, names, noon_of, sentence, with_note
from tests.domain.day import at


def sleep(hour, minute, until=None):
    return EntryDraft(EntryKind.SLEEP, at(hour, minute), until=until)


def day(*entries, **more):
    return DayFacts("予晴", "f", more.pop("arrived", at(9)), entries=entries, **more)


@pytest.mark.parametrize(
    ("hour", "minute", "half"),
    [
        (11, 29, "上午"),
        (11, 30, "中午"),
        (13, 29, "中午"),
        (13, 30, "下午"),
        (17, 59, "下午"),
        (18, 0, "傍晚"),
    ],
)
def test_the_half_of_the_day_changes_on_its_minute(hour, minute, half):
    assert half_of(at(hour, minute)) == half


def test_noon_is_when_she_lay_down_for_her_nap_and_else_twelve():
    assert noon_of(day(sleep(12, 20, at(13, 35)))) == 12 * 60 + 20
    assert noon_of(day(sleep(9, 40, at(10)), sleep(12, 5))) == 12 * 60 + 5, "a morning sleep is no noon"
    assert noon_of(day(sleep(11, 14, at(12)))) == 12 * 60
    assert noon_of(day(sleep(14, 30))) == 12 * 60
    assert noon_of(day()) == 12 * 60


@pytest.mark.parametrize(
    "note",
    [
        "一直不平静",
        "没有平静",
        "还没平静",
        "不太平静",
        "没能平静",
        "不是很平静",
        "难以平静",
        "一直无法平静",
        "平静不下来",
    ],
)
def test_a_note_that_denies_a_mood_does_not_name_it(note):
    assert not names(note, Mood.CALM)
    assert with_note("情绪平静", Mood.CALM, note) == f"情绪平静，{note}"


def test_her_own_words_stand_alone_where_they_name_the_mood():
    assert with_note("情绪平静", Mood.CALM, "抱着小熊平静下来。") == "抱着小熊平静下来"
    assert names("先是不平静，后来平静了", Mood.CALM), "denied once and said once is said"
    assert names("今天难得平静", Mood.CALM)
    assert names("开心不已", Mood.HAPPY)
    assert names("哭闹不止", Mood.CRYING)
    assert with_note("情绪平静", Mood.CALM, "") == "情绪平静"


def test_the_same_mood_later_in_the_day_is_told_in_other_words():
    moods = [EntryDraft(EntryKind.MOOD, at(hour), detail="happy") for hour in (9, 11)]
    bank = Phrases({"mood.happy": (Phrase("情绪愉快"), Phrase("很高兴"))})
    facts = day(*moods, phrases=bank)
    assert {felt(facts, one) for one in moods} == {"情绪愉快", "很高兴"}


def test_she_is_here_for_the_whole_of_a_time_or_it_does_not_count():
    assert covers(day(arrived=at(11, 30), leaving=at(12, 30)), 11 * 60 + 30, 12 * 60 + 30)
    assert not covers(day(arrived=at(11, 31), leaving=at(12, 30)), 11 * 60 + 30, 12 * 60 + 30)
    assert not covers(day(leaving=at(12, 29)), 11 * 60 + 30, 12 * 60 + 30)
    assert covers(day(), 11 * 60 + 30, 23 * 60), "nobody knows when she leaves: she stays"


def test_a_day_that_still_runs_is_not_told_as_a_whole():
    meal = EntryDraft(EntryKind.MEAL, at(15, 29), detail="lunch")
    assert not is_told(day(meal, leaving=at(17)))
    assert is_told(day(sleep(12, 0, at(15, 30)), leaving=at(17))), "within the hour and a half, by its end"
    assert not is_told(day(sleep(12, 0, at(15, 59)))), "without an hour of leaving it is four"
    assert is_told(day(sleep(12, 0, at(16))))
    assert is_told(day(left=at(10))), "she has gone, whatever was logged"
    assert not is_told(day())


def test_a_full_stop_stands_only_behind_words():
    assert (sentence("情绪愉快"), sentence("")) == ("情绪愉快。", "")
