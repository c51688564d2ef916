"""Whether a note tells what became of a dose: by the medicine's name and the outcome, never by 药 alone."""

import dataclasses

import pytest

from app.domain.alerts import alerts
from app.domain.doorwords import door_sentences
from app.domain.dose_facts import DoseFact, tells
from app.domain.prose import compose
from tests.domain.day import STORY, at

GIVEN = DoseFact("布洛芬混悬液", at(12, 30), given=True, at=at(12, 34), dose="2.5 ml", way="口服")
SKIPPED = DoseFact("蒙脱石散", at(12, 30), given=False, reason="家长来电说不用了。")


def test_what_became_of_a_dose_in_words():
    assert GIVEN.words == "12:34 喂布洛芬混悬液 2.5 ml（口服）"
    assert dataclasses.replace(GIVEN, late=40).words.endswith("（口服），比说好的晚 40 分钟")
    assert SKIPPED.words == "12:30 的蒙脱石散没喂：家长来电说不用了"
    assert (GIVEN.short, SKIPPED.short) == ("12:34 喂布洛芬混悬液 2.5 ml", SKIPPED.words)


@pytest.mark.parametrize(
    ("text", "given", "skipped"),
    [
        ("湿疹处擦了药", False, False),
        ("今天喂了药", False, False),
        ("蒙脱石散", False, False),
        ("湿疹处擦了药，蒙脱石散没喂", False, True),
        ("蒙脱石散，妈妈来电说不用了", False, True),
        ("蒙脱石散没有喂，布洛芬混悬液吃了", True, True),
        ("布洛芬混悬液没喂，蒙脱石散喂了", False, False),
        ("中午给她喂了布洛芬混悬液，午饭没吃", True, False),
        ("布洛芬混悬液（口服）没有吃；蒙脱石散喂了", False, False),
        ("蒙脱石散没带来，布洛芬混悬液（口服）", False, False),
        ("没吃饭。蒙脱石散", False, False),
        ("布洛芬喂了", False, False),
        # What nearly was left out, or went to another child, says nothing of hers.
        ("布洛芬混悬液差点忘喂，蒙脱石散险些漏了", False, False),
        ("布洛芬混悬液给别人喂了，蒙脱石散喂错了", False, False),
        ("布洛芬混悬液喂给别的孩子了", False, False),
        # Rubbed in is said of the medicine only in its own piece of the sentence.
        ("布洛芬混悬液涂在手背", True, False),
        ("布洛芬混悬液，手背涂上面霜", False, False),
        # The next piece may say what became of it; a later one only what came of it in the end.
        ("布洛芬混悬液，中午喂了", True, False),
        ("布洛芬混悬液，今天开心，中午喂了药", False, False),
        ("布洛芬混悬液没喂，妈妈来电，后来喂了", True, False),
        ("布洛芬混悬液没喂，妈妈来电，开心，后来喂了", True, False),
        ("布洛芬混悬液没喂，妈妈来电，开心，玩沙，后来喂了", False, False),
    ],
)
def test_a_dose_is_told_by_name_and_outcome(text, given, skipped):
    assert tells(text, GIVEN, (GIVEN, SKIPPED)) is given
    assert tells(text, SKIPPED, (GIVEN, SKIPPED)) is skipped


def test_the_sentence_of_the_dose_itself_tells_it_whatever_its_reason_says():
    wrong = dataclasses.replace(SKIPPED, reason="喂错了")
    assert tells(wrong.words, wrong, (wrong,))


def test_what_stands_in_brackets_is_no_part_of_the_name():
    salts = dataclasses.replace(GIVEN, name="口服补液盐（III）")
    assert tells("口服补液盐喂了", salts, (salts,))
    bare = dataclasses.replace(GIVEN, name="（III）")
    assert tells("（III）喂了", bare, (bare,))


def test_only_a_dose_in_time_is_no_news():
    assert GIVEN.as_asked
    assert not dataclasses.replace(GIVEN, late=1).as_asked
    assert not SKIPPED.as_asked


def test_two_doses_of_one_medicine_are_told_by_their_hours():
    later = DoseFact("布洛芬混悬液", at(16), given=False, reason="烧退了")
    day = (GIVEN, later)
    assert not tells("布洛芬混悬液喂了", GIVEN, day)
    assert tells("布洛芬混悬液 12:34 喂了", GIVEN, day)
    assert tells("12：30 的布洛芬混悬液喂了", GIVEN, day)
    assert not tells("布洛芬混悬液 12:34 喂了", later, day)
    assert tells("布洛芬混悬液 12:34 喂了，16:00 没喂", later, day)
    assert not tells("布洛芬混悬液 12:34 喂了，16:00 也喂了", later, day)
    assert not tells("布洛芬混悬液 6:00 没喂，112:34 喂了", GIVEN, day)


def test_a_note_edited_to_another_medicine_does_not_tell_the_skipped_dose():
    day = dataclasses.replace(STORY, medicine=(SKIPPED,))
    drafted = compose(day)
    (alert,) = alerts(day)[:-1]
    assert alert.words == "12:30 的蒙脱石散没喂：家长来电说不用了"
    assert alert.told(drafted)
    assert SKIPPED.words in drafted.health
    assert SKIPPED.words in drafted.prose
    edited = dataclasses.replace(drafted, prose="湿疹处擦了药。", health="无")
    assert not alert.told(edited)


def test_nothing_wrong_is_no_word_for_a_finding():
    check = dataclasses.replace(STORY.checks[0], outcome="abnormal", note="流清涕")
    day = dataclasses.replace(STORY, checks=(check,))
    alert = next(one for one in alerts(day) if "晨检" in one.words)
    assert alert.told(compose(day))
    assert not alert.told(dataclasses.replace(compose(STORY), health="晨检 36.5℃ · 无异常"))


def test_why_a_dose_was_left_out_is_told_in_the_note_and_at_the_door():
    sick = dataclasses.replace(SKIPPED, reason="孩子吐得厉害，发抖")
    day = dataclasses.replace(STORY, entries=(), medicine=(sick,))
    text = compose(day)
    assert text.health.endswith("12:30 的蒙脱石散没喂：孩子吐得厉害，发抖")
    assert text.notice == "12:30 的蒙脱石散没喂：孩子吐得厉害，发抖，请在家继续留意。"
    assert door_sentences(day, text)[0] == f"请留意：{text.notice}"
    calm = dataclasses.replace(day, medicine=(dataclasses.replace(SKIPPED, reason="孩子睡着了"),))
    assert compose(calm).notice == ""
    assert door_sentences(calm, compose(calm))[0] == "请留意：12:30 的蒙脱石散没喂：孩子睡着了。"


@pytest.mark.parametrize("dose", [GIVEN, SKIPPED])
def test_who_has_a_medicine_is_not_without_a_complaint(dose):
    assert "无异常" not in compose(dataclasses.replace(STORY, entries=(), medicine=(dose,))).health
