"""A fever goes on under another wording of its reading, and never beside a second one of the same stay."""

import dataclasses

import pytest

from app.domain.fever import FeverStepError, NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.logbook import EntryDraft, EntryKind
from app.services.checks import HealthCheck
from app.services.class_log import PastDayError
from tests.services.health_stage import stage

__all__ = ["stage"]


@pytest.fixture
def visit(stage):
    stage.clock.at(9, 20)
    visit = stage.arrive()
    stage.clock.at(10)
    return visit


def log(stage, visit, tenths):
    heat = EntryDraft(EntryKind.TEMPERATURE, stage.clock.now, tenths=tenths, detail="forehead")
    return stage.services.classroom.log(stage.teacher, (visit,), heat)


def reading(stage, visit):
    rows = stage.services.classroom.timeline(stage.teacher, visit).rows
    return next(row for row in rows if row.kind == "temperature" and row.entry is not None)


def reword(stage, visit, **says):
    row = reading(stage, visit)
    draft = dataclasses.replace(row.draft, **says)
    return stage.services.classes.corrections.correct(stage.teacher, row.entry, draft)


def open_ones(stage):
    return stage.health.fevers.view(stage.nurse).open


def step(stage, ladder, kind, **says):
    return stage.health.fevers.step(stage.teacher, ladder.id, NewStep(kind, **says))


# -- another minute


@pytest.mark.parametrize("minute", [(9, 50), (10, 7)])
def test_another_minute_of_its_reading_is_no_new_fever_and_no_second_reading(stage, visit, minute):
    log(stage, visit, 385)
    (begun,) = open_ones(stage)
    stage.clock.at(10, 7)
    done = reword(stage, visit, at=stage.at(*minute))
    assert open_ones(stage) == (begun,)
    (told,) = stage.services.handover.note(stage.teacher, visit).text.health.split(" · ")[1:]
    assert "38.5℃" in told
    stage.services.undo(stage.teacher, done.undo)
    assert open_ones(stage) == (begun,)


def test_another_site_and_another_word_leave_the_ladder_as_it_is(stage, visit):
    log(stage, visit, 385)
    (begun,) = open_ones(stage)
    stage.clock.at(10, 4)
    reword(stage, visit, note="哭过")
    reword(stage, visit, at=stage.at(10, 2))
    assert open_ones(stage) == (begun,)


def test_a_correction_below_the_line_ends_it_and_one_of_degrees_begins_it_anew(stage, visit):
    log(stage, visit, 385)
    (begun,) = open_ones(stage)
    stage.clock.at(10, 4)
    reword(stage, visit, at=stage.at(9, 50))
    reword(stage, visit, tenths=395)
    (other,) = open_ones(stage)
    assert (other.tenths, other.id != begun.id) == (395, True)
    reword(stage, visit, tenths=365)
    assert open_ones(stage) == ()


def test_the_beginning_corrected_after_the_second_reading_is_no_third(stage, visit):
    log(stage, visit, 385)
    stage.clock.at(10, 6)
    (ladder,) = open_ones(stage)
    step(stage, ladder, StepKind.RECHECK, tenths=384, site="forehead")
    stage.clock.at(10, 8)
    reword(stage, visit, at=stage.at(10, 7))
    (ladder,) = open_ones(stage)
    assert [one.tenths for one in ladder.of(StepKind.RECHECK)] == [384]


def test_another_minute_opens_no_new_minutes_for_taking_the_fever_back(stage, visit):
    log(stage, visit, 385)
    stage.clock.at(10, 9)
    reword(stage, visit, at=stage.at(9, 50))
    stage.clock.at(10, 12)
    with pytest.raises(FeverStepError, match="保健员或园长"):
        stage.services.classroom.undo_entry(stage.teacher, reading(stage, visit).entry)
    with pytest.raises(FeverStepError, match="保健员或园长"):
        reword(stage, visit, tenths=365)
    stage.clock.now = stage.clock.now.replace(day=stage.clock.now.day + 1)
    director = stage.staff["周敏"]
    with pytest.raises(PastDayError, match="发热处理是从这个体温开始的"):
        stage.services.classroom.undo_entry(director, reading(stage, visit).entry)


# -- a second ladder


@pytest.fixture
def again(stage, visit):
    """Back in her class after a second reading of the class log below the line, and hot again at eleven."""
    log(stage, visit, 385)
    stage.clock.at(10, 6)
    second = log(stage, visit, 366)
    (ladder,) = open_ones(stage)
    back = step(stage, ladder, StepKind.BACK)
    stage.clock.at(11)
    return second, back, log(stage, visit, 384)


def test_a_fever_that_ended_is_not_opened_beside_one_that_began_since(stage, visit, again):
    second, back, hot = again
    for done in (back, second):
        with pytest.raises(FeverStepError, match=r"张沐阳 后来又发热（11:00 38.4℃）"):
            stage.services.undo(stage.teacher, done.undo)
    assert [one.tenths for one in open_ones(stage)] == [384]
    stage.services.undo(stage.teacher, hot.undo)
    stage.services.undo(stage.teacher, back.undo)
    assert [one.tenths for one in open_ones(stage)] == [385]


def test_nor_by_taking_back_or_correcting_the_reading_it_ended_with(stage, visit, again):
    rows = stage.services.classroom.timeline(stage.teacher, visit).rows
    low = next(row for row in rows if row.kind == "temperature" and row.draft.tenths == 366)
    with pytest.raises(FeverStepError, match="后来又发热"):
        stage.services.classroom.undo_entry(stage.teacher, low.entry)
    with pytest.raises(FeverStepError, match="后来又发热"):
        stage.services.classes.corrections.correct(
            stage.teacher, low.entry, dataclasses.replace(low.draft, tenths=367)
        )
    assert [one.tenths for one in open_ones(stage)] == [384]


def by_round(stage, visit):
    return stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(tenths=366))


def by_check(stage, visit):
    return stage.services.classroom.check(stage.teacher, (visit,), HealthCheck("noon", 366, "forehead"))


@pytest.mark.parametrize("measure", [by_round, by_check])
def test_nor_by_taking_back_the_check_it_ended_with(stage, visit, measure):
    log(stage, visit, 385)
    stage.clock.at(10, 6)
    done = measure(stage, visit)
    step(stage, open_ones(stage)[0], StepKind.BACK)
    stage.clock.at(11)
    log(stage, visit, 384)
    with pytest.raises(FeverStepError, match="后来又发热"):
        stage.services.undo(stage.teacher, done.undo)


# -- what the family hears of a reading that holds no more


def note(stage, visit):
    return stage.services.handover.note(stage.teacher, visit).text


def signs_true_words(stage, visit, words):
    own = dataclasses.replace(note(stage, visit), prose="今天体温正常。", health=words, notice="")
    assert stage.services.handover.sign(stage.teacher, visit, own).value.number is not None


def test_a_reading_corrected_after_she_was_put_apart_is_told_as_it_was_and_as_it_is(stage, visit):
    log(stage, visit, 380)
    step(stage, open_ones(stage)[0], StepKind.ISOLATE, whom="顾红")
    reword(stage, visit, tenths=366)
    text, course = note(stage, visit), "10:00 先量得 38.0℃（后更正为 36.6℃），10:00 起单独照看"
    assert f"发热处理：{course}" in text.prose
    assert f"10:00 额温 36.6℃ · 发热处理：{course}" in text.health
    assert text.notice == ""
    signs_true_words(stage, visit, "10:00 额温 36.6℃")
    (ladder,) = open_ones(stage)
    assert (ladder.tenths, ladder.first, ladder.keeps_home) == (366, 380, False)


def test_a_reading_corrected_upwards_is_told_once_and_the_ladder_takes_it(stage, visit):
    log(stage, visit, 380)
    step(stage, open_ones(stage)[0], StepKind.ISOLATE, whom="顾红")
    reword(stage, visit, tenths=396)
    text = note(stage, visit)
    assert "10:00 体温 39.6℃，达到发热线；发热处理：10:00 起单独照看" in text.prose
    assert "38.0" not in text.prose + text.health + text.notice
    assert [one.last_tenths for one in open_ones(stage)] == [396]


@pytest.mark.parametrize("how", ["entry", "check"])
def test_a_reading_taken_back_after_a_second_one_below_the_line_is_told_nobody(stage, visit, how):
    if how == "entry":
        done = log(stage, visit, 380)
    else:
        found = HealthCheck("noon", 380, "forehead", "abnormal", "发热")
        stage.services.classroom.check(stage.teacher, (visit,), found)
    stage.clock.at(10, 6)
    log(stage, visit, 368)
    if how == "entry":
        stage.services.undo(stage.teacher, done.undo)
    else:
        stage.services.classroom.undo_check(stage.teacher, visit)
    text = note(stage, visit)
    assert "38.0" not in text.prose + text.health + text.notice
    assert "发热处理" not in text.prose + text.health
    assert not open_ones(stage)[0].keeps_home
    signs_true_words(stage, visit, "10:06 额温 36.8℃")
