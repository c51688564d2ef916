"""The bank of phrases: data with slots that cannot say anything of its own."""

import re
import string

import pytest

from app.domain.phrases import OLDEST, Phrase, Phrases, seed_of
from app.store import tables
from db import practice_words as words

BANK = tables.phrases().bank
SLOTS = {
    "arrival.brought": {"name", "time", "who"},
    "arrival.came": {"name", "time"},
    "arrival.brought.early": {"name", "time", "who"},
    "arrival.brought.late": {"name", "time", "who"},
    "arrival.came.early": {"name", "time"},
    "arrival.came.late": {"name", "time"},
    "activity": {"half", "name"},
    "drink.water": {"amount"},
    "first.food": {"food"},
    "first.nap": {"hours"},
    "first.whole_day": {"who"},
    "potty": {"steps"},
    "first_day": {"who"},
    "meal.all": {"slot", "dishes"},
    "meal.all.plain": {"slot"},
    "meal.seconds": {"slot", "dishes"},
    "meal.most": {"slot", "dishes"},
    "meal.half": {"slot", "dishes"},
    "food.new": {"food", "eaten"},
    "food.new.plain": {"food"},
    "outdoor": {"half", "length"},
    "washing": {"when", "count"},
    "sleep.span": {"span", "name", "length"},
    "sleep.span.long": {"span", "name", "length"},
    "sleep.woke": {"mood"},
    "sleep.sum": {"total"},
}
OPTIONAL = {"mood.less": {"who"}}


def slots_of(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", BANK)
def test_a_phrase_fills_the_slots_of_its_key_and_no_other(key):
    for phrase in BANK[key]:
        assert slots_of(phrase.words) - OPTIONAL.get(key, set()) == SLOTS.get(key, set()), phrase


def test_no_phrase_names_a_number_a_dish_or_an_activity():
    foods = {dish for row in words.MENUS for dishes in row[::2] for dish in dishes.split("、")}
    played = {part for names in words.ACTIVITIES.values() for name in names for part in name.split("：")}
    played |= {part for name in words.AFTERNOON for part in name.split("：")}
    assert len(foods) > 20
    assert len(played) > 10
    for key, phrases in BANK.items():
        for phrase in phrases:
            # 第一次 says which time it is, not how often something happened.
            told = phrase.words if not key.startswith("first") else phrase.words.replace("第一次", "")
            assert not re.search(r"[0-9一二三四五六七八九十百两几]+ ?(?:次|分|小时|ml|片|个|口|碗)", told)
            told = phrase.words if key != "outdoor" else phrase.words.replace("户外活动", "")  # its own word
            assert not [word for word in foods | played if word in told], phrase


def test_illness_allergy_and_refusal_have_no_phrases_to_choose_from():
    assert not [key for key in BANK if key.split(".")[0] in {"health", "body", "notice", "allergy", "fever"}]
    assert not [key for key in BANK if "refused" in key or "little" in key]
    every = [phrase.words for phrases in BANK.values() for phrase in phrases]
    for word in ("热", "病", "过敏", "稀", "便", "异常", "咳", "拒"):
        assert not [one for one in every if word in one]


def test_a_key_has_a_phrase_for_every_age():
    for key, phrases in BANK.items():
        for months in range(60):
            assert any(one.since <= months < one.until for one in phrases), (key, months)


def test_the_seed_chooses_and_the_age_limits():
    phrases = Phrases({"x": (Phrase("甲"), Phrase("乙"), Phrase("丙", until=12), Phrase("丁", since=24))})
    assert phrases.choose("x", "", 7, 30) == phrases.choose("x", "", 7, 30)
    young = {phrases.choose("x", "", seed, 11) for seed in range(50)}
    old = {phrases.choose("x", "", seed, 24) for seed in range(50)}
    unknown = {phrases.choose("x", "", seed, None) for seed in range(50)}
    assert (young, old, unknown) == ({"甲", "乙", "丙"}, {"甲", "乙", "丁"}, {"甲", "乙"})


def test_without_a_phrase_the_plain_words_hold():
    assert Phrases().choose("x", "plain", 1, 20) == "plain"
    assert Phrases({"x": (Phrase("甲", 0, 12),)}).choose("x", "plain", 1, 20) == "plain"
    assert OLDEST > 36


def test_what_is_said_again_on_a_day_is_said_in_the_next_words():
    phrases = Phrases({"x": (Phrase("甲"), Phrase("乙"), Phrase("丙"))})
    for seed in range(20):
        assert len({phrases.choose("x", "", seed, 30, turn=turn) for turn in range(3)}) == 3


def test_only_a_first_time_is_told_as_one():
    """第一次 is a claim about every day before: no other key makes it."""
    for key, phrases in BANK.items():
        for phrase in phrases:
            assert ("第一次" in phrase.words) == key.startswith("first"), phrase
            assert ("最近几天" in phrase.words) == (key.split(".")[-1] in {"more", "less"}), phrase
            assert "一早" not in phrase.words or key.endswith(".early")
            assert "午后" not in phrase.words or key.endswith(".late")


def test_the_seed_of_a_day_is_the_same_everywhere():
    assert seed_of("2025-12-03", 7) == 3274594312
    assert seed_of("2025-12-03", 8) != seed_of("2025-12-03", 7)
