"""What was written before is not written a second time, and nothing stands ahead of the clock."""

import dataclasses
import datetime as dt

import pytest

from app.domain.illness import IllnessError
from app.domain.injuries import InjuryError
from app.domain.logbook import EntryDraft, EntryKind, OverlapError, TwiceError
from app.domain.registers import RegisterError
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.services.registers import Filled
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]


@pytest.fixture
def fall(stage):
    stage.arrive()
    stage.arrive("周乐瑶")
    stage.clock.at(9, 30)
    return InjuryCard(
        child=stage.world.children["张沐阳"], day=DAY, at="9:12", duty=stage.teacher.id, kind="2", place="1",
        activity="1", company="3", handling="1", story="跑的时候摔倒",
    )  # fmt: skip


def test_an_injury_of_one_child_at_one_minute_stands_once(stage, fall):
    note, correct = stage.health.injuries.note, stage.health.injuries.correct
    first = note(stage.teacher, fall).value
    with pytest.raises(InjuryError, match=r"09:12.*已经登记过.*许静"):
        note(stage.teacher, dataclasses.replace(fall, story="又写了一遍"))
    later = note(stage.teacher, dataclasses.replace(fall, at="9:15")).value
    with pytest.raises(InjuryError, match="已经登记过"):
        correct(stage.teacher, later, fall)
    correct(stage.teacher, first, dataclasses.replace(fall, story="看清了，是绊倒的"))
    note(stage.teacher, dataclasses.replace(fall, child=stage.world.children["周乐瑶"]))


def test_a_case_of_one_illness_stands_once_while_it_lasts(stage):
    illness, child = stage.health.illness, stage.world.children["张沐阳"]
    card = CaseCard(child, "hfmd", "12-01")
    first = illness.note(stage.nurse, card).value
    for onset in ("12-01", "12-03"):
        with pytest.raises(IllnessError, match=r"手足口病.*12月1日.*已经登记过"):
            illness.note(stage.nurse, dataclasses.replace(card, onset=onset))
    illness.correct(stage.nurse, first, dataclasses.replace(card, onset="12-02"))
    illness.note(stage.nurse, CaseCard(child, "influenza", "12-02"))
    illness.note(stage.nurse, CaseCard(child, "other", "12-02", detail="急疹"))
    illness.note(stage.nurse, CaseCard(child, "other", "12-02", detail="肺炎"))
    stage.clock.now += dt.timedelta(days=40)
    illness.note(stage.nurse, dataclasses.replace(card, onset="今天"))


@pytest.fixture
def stays(stage):
    """How a stay in the room is written."""
    child = stage.world.children["张沐阳"]

    def write(replaces=None, **answers):
        given = {"entered": "9:05", "signs": "呕吐", "keeper": "顾红"} | answers
        return stage.health.registers.keep(
            stage.teacher, "isolation", Filled("今天", given, child=child), replaces
        )

    return write


def test_nobody_is_put_apart_ahead_of_the_clock_or_comes_out_before_she_went_in(stage, stays):
    with pytest.raises(RegisterError, match="还没有到") as refused:
        stays(entered="9:30")
    assert refused.value.field == "entered"
    with pytest.raises(RegisterError, match=r"离开.*进入") as refused:
        stays(left="12-01 9:00")
    assert refused.value.field == "left"
    entry = stays().value
    for left, words in (("9:00", "进入"), ("10:00", "还没有到")):
        with pytest.raises(RegisterError, match=words):
            stage.health.registers.close(stage.teacher, entry, left)
    stage.health.registers.close(stage.teacher, entry)


def test_no_food_is_sampled_ahead_of_the_clock(stage):
    answers = stage.health.registers.presets(stage.teacher, "food_sample") | {"dish": "番茄牛腩"}
    ahead = answers | {"sampled": "12-3 11:00", "discard_after": "12-5 11:00"}
    with pytest.raises(RegisterError, match="还没有到"):
        stage.health.registers.keep(stage.teacher, "food_sample", Filled("今天", ahead))


def test_the_register_of_illnesses_tells_who_is_only_suspected(stage):
    illness = stage.health.illness
    illness.note(stage.nurse, CaseCard(stage.world.children["张沐阳"], "hfmd", "12-02"))
    sure = CaseCard(stage.world.children["周乐瑶"], "hfmd", "12-02", diagnosed="12-03")
    illness.note(stage.nurse, sure)
    paper = stage.health.forms.illness_register(stage.teacher, "2025-12")
    at = [one.title for one in paper.columns].index("手足口病")
    assert {row[2]: row[at] for row in paper.rows} == {"张沐阳": "√疑", "周乐瑶": "√"}
    assert any("√疑" in note for note in paper.notes)


def test_nobody_drinks_or_goes_to_the_toilet_alone_in_her_sleep(stage):
    visit = stage.arrive()
    log = stage.services.classroom.log
    log(stage.teacher, (visit,), EntryDraft(EntryKind.SLEEP, stage.at(9, 13)))
    stage.clock.at(9, 50)
    for draft in (
        EntryDraft(EntryKind.WATER, stage.at(9, 40), amount_ml=100),
        EntryDraft(EntryKind.MOOD, stage.at(9, 40), detail="happy"),
        EntryDraft(EntryKind.TOILET, stage.at(9, 40), detail="wet", steps=("undressed",)),
    ):
        with pytest.raises(OverlapError, match="还在睡"):
            log(stage.teacher, (visit,), draft)
    log(stage.teacher, (visit,), EntryDraft(EntryKind.TOILET, stage.at(9, 40), detail="wet"))
    with pytest.raises(TwiceError):
        log(stage.teacher, (visit,), EntryDraft(EntryKind.TOILET, stage.at(9, 40), detail="wet"))
