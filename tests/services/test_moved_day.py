"""A child who changes the class within a day: what was said, found, given and done stays where it was."""

import dataclasses
import datetime as dt

import pytest

from app.domain.fever import NewStep, StepKind
from app.domain.health_round import Mark, RoundKind
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import compose
from app.services.arrivals import MorningCheck
from app.services.facts import list_books
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.store import day_moves
from tests.services.health_stage import stage
from tests.services.world import DAY, ZONE

__all__ = ["stage"]

ZOO, SONG, MILK = "今天去看了金鱼", "今天学唱了小星星", "今晚加了一次奶"


@pytest.fixture
def visit(stage):
    return stage.arrive("张沐阳", MorningCheck(365))


def move(stage, visit, goal, hour, minute=0):
    stage.clock.at(hour, minute)
    return stage.services.classes.moves.move(stage.teacher, [visit], goal, "傍晚并班")


def says(stage, visit):
    prose = stage.services.handover.note(stage.teacher, visit).text.prose
    return [words for words in (ZOO, SONG, MILK) if words in prose]


def say(stage, class_id, words, hour):
    stage.clock.at(hour)
    return stage.services.classes.telling.add_sentence(stage.teacher, class_id, words, "prose")


def listed(stage, class_id):
    return [row.name for row in stage.services.handover.worklist(stage.teacher, class_id)]


def test_the_class_at_a_moment_comes_from_the_moves_that_hold(stage, visit):
    world, database = stage.world, stage.world.database
    move(stage, visit, world.stars, 10)
    back = move(stage, visit, world.dragons, 15)

    def at(hour, minute=0):
        moves = day_moves.list_of_visits(database, [visit]).get(visit, ())
        return day_moves.class_at(world.dragons, moves, dt.datetime.combine(DAY, dt.time(hour, minute), ZONE))

    assert [at(8), at(9, 59), at(10), at(14, 59), at(15), at(20)] == [
        world.dragons, world.dragons, world.stars, world.stars, world.dragons, world.dragons,
    ]  # fmt: skip
    stage.services.undo(stage.teacher, back.undo)
    assert at(20) == world.stars
    assert list(day_moves.list_days(database, DAY, DAY)) == [visit]
    assert day_moves.list_days(database, DAY, DAY) == day_moves.list_of_visits(database, [visit])
    assert day_moves.list_of_visits(database, []) == {}


def test_words_for_a_class_are_of_the_class_she_was_in_when_they_were_said(stage, visit):
    world = stage.world
    say(stage, world.dragons, ZOO, 11)
    say(stage, world.stars, SONG, 11)
    done = move(stage, visit, world.stars, 16, 30)
    assert says(stage, visit) == [ZOO]
    night = say(stage, world.stars, MILK, 17)
    assert night.value.notes == 1
    assert says(stage, visit) == [ZOO, MILK]
    assert say(stage, world.dragons, "明天带水壶", 17).value.notes == 0
    stage.services.undo(stage.teacher, done.undo)
    assert says(stage, visit) == [ZOO]
    move(stage, visit, world.stars, 17, 10)
    move(stage, visit, world.dragons, 17, 20)
    assert says(stage, visit) == [ZOO]


def test_what_was_said_before_the_move_can_still_be_taken_back_from_edited_words(stage, visit):
    said = say(stage, stage.world.dragons, ZOO, 11)
    text = stage.services.handover.note(stage.teacher, visit).text
    stage.services.handover.keep(
        stage.teacher, visit, dataclasses.replace(text, prose=f"{text.prose}明天见。")
    )
    move(stage, visit, stage.world.stars, 16, 30)
    stage.services.classes.telling.undo_sentence(stage.teacher, said.value.id)
    prose = stage.services.handover.note(stage.teacher, visit).text.prose
    assert ZOO not in prose
    assert prose.endswith("明天见。")


def test_the_draft_reads_the_words_in_the_order_they_were_said(stage, visit):
    move(stage, visit, stage.world.stars, 10)
    say(stage, stage.world.stars, SONG, 11)
    move(stage, visit, stage.world.dragons, 12)
    say(stage, stage.world.dragons, ZOO, 13)
    (book,) = list_books(stage.world.database, [visit]).values()
    assert [one.words for one in book.facts.class_words] == [SONG, ZOO]
    prose = compose(book.facts).prose
    assert prose.index(SONG) < prose.index(ZOO)


def test_the_register_of_checks_goes_by_the_class_at_the_hour(stage, visit):
    world, papers = stage.world, stage.health.papers
    stage.arrive("周乐瑶", MorningCheck(364))
    stage.clock.at(11)
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(368, findings=("rash",)))
    done = move(stage, visit, world.stars, 16, 30)
    on = DAY
    (row,) = papers.rounds_month(stage.teacher, on, world.dragons).rows
    assert row[1:3] == ("抱抱龙", "张沐阳")
    assert row[5].startswith("11:00 36.8℃")
    own = papers.rounds_month(stage.teacher, on, world.dragons)
    other = papers.rounds_month(stage.teacher, on, world.stars)
    assert own.summary.startswith("晨检 2 人次，异常 1 人次")
    assert (other.rows, other.summary[:14]) == ((), "晨检 0 人次，异常 0 人")
    stage.clock.at(17)
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(382, findings=("hot",)))
    every = papers.rounds_month(stage.teacher, on)
    assert [(one[1], one[5][:11]) for one in every.rows] == [
        ("抱抱龙", "11:00 36.8℃"),
        ("小星星", "17:00 38.2℃"),
    ]
    assert every.summary.startswith("晨检 2 人次，异常 1 人次")
    (late,) = papers.rounds_month(stage.teacher, on, world.stars).rows
    assert late[5].startswith("17:00 38.2℃")
    stage.clock.at(17, 10)
    case = stage.health.fevers.view(stage.teacher).open[0].id
    stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.RECHECK, tenths=366, site="ear"))
    stage.services.undo(stage.teacher, done.undo)
    (row,) = papers.rounds_month(stage.teacher, on).rows
    assert (row[1], "11:00" in row[5], "17:00" in row[5]) == ("抱抱龙", True, True)


def test_the_steps_of_a_fever_stand_where_it_began(stage, visit):
    world, papers = stage.world, stage.health.papers
    stage.clock.at(11)
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(368, findings=("rash",)))
    move(stage, visit, world.stars, 16, 30)
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(382, findings=("hot",)))
    stage.clock.at(16, 50)
    case = stage.health.fevers.view(stage.teacher).open[0].id
    stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.RECHECK, tenths=384, site="ear"))
    own, other = papers.rounds_month(stage.teacher, DAY).rows
    assert ("复测" in own[6], "16:50 复测 耳温 38.4℃" in other[6]) == (False, True)


def test_a_fever_has_its_line_in_the_class_it_began_in(stage, visit):
    stage.clock.at(11)
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(368, findings=("rash",)))
    move(stage, visit, stage.world.stars, 16, 30)
    hot = EntryDraft(EntryKind.TEMPERATURE, stage.clock.now, detail="forehead", tenths=383)
    stage.services.classroom.log(stage.teacher, (visit,), hot)
    stage.clock.at(16, 50)
    case = stage.health.fevers.view(stage.teacher).open[0].id
    stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.RECHECK, tenths=384, site="ear"))
    papers, world = stage.health.papers, stage.world
    (row,) = papers.rounds_month(stage.teacher, DAY, world.dragons).rows
    assert "复测" not in row[6]
    (row,) = papers.rounds_month(stage.teacher, DAY, world.stars).rows
    assert (row[5], row[6]) == ("16:30 38.3℃ 发热", "16:50 复测 耳温 38.4℃")


def test_each_dose_is_registered_in_the_class_that_gives_it(stage, visit):
    world, papers = stage.world, stage.health.papers
    request = stage.take((12, 30), (17, 0), visit=visit)
    stage.clock.at(12, 35)
    stage.give(request)
    done = move(stage, visit, world.stars, 16, 30)
    both = papers.medicine_month(stage.teacher, DAY)
    assert [(row[1], row[5]) for row in both.rows] == [("抱抱龙", "12:30"), ("小星星", "17:00")]
    assert both.summary.startswith("收药 1 份，应喂 2 次，已喂 1 次")
    own = papers.medicine_month(stage.teacher, DAY, world.dragons)
    assert (len(own.rows), own.summary[:18]) == (1, "收药 1 份，应喂 1 次，已喂 1")
    stage.services.undo(stage.teacher, done.undo)
    both = papers.medicine_month(stage.teacher, DAY)
    assert [row[1] for row in both.rows] == ["抱抱龙", "抱抱龙"]


def test_what_a_class_did_is_told_of_who_was_there(stage, visit):
    world, plan = stage.world, stage.services.classes.curriculum

    def did(class_id):
        return [
            (one.name, [name for _, names in one.parts for name in names])
            for one in plan.taken(stage.teacher, class_id, DAY)
        ]

    def log(hour, words):
        stage.clock.at(hour)
        draft = EntryDraft(EntryKind.ACTIVITY, stage.clock.now, text=words)
        stage.services.classroom.log(stage.teacher, (visit,), draft)

    log(10, "手工课：贴雪花")
    done = move(stage, visit, world.stars, 16, 30)
    log(17, "听故事")
    assert did(world.dragons) == [("手工课：贴雪花", ["张沐阳"])]
    assert did(world.stars) == [("听故事", ["张沐阳"])]
    stage.services.undo(stage.teacher, done.undo)
    assert [name for name, _ in did(world.dragons)] == ["手工课：贴雪花", "听故事"]
    assert did(world.stars) == []


def test_the_log_of_a_class_read_back_keeps_who_was_there(stage, visit):
    world, history = stage.world, stage.services.classes.history

    def lines(class_id):
        return [(one.name, f"{one.at:%H:%M}") for one in history.page(stage.teacher, class_id).lines]

    def water(hour):
        stage.clock.at(hour)
        draft = EntryDraft(EntryKind.WATER, stage.clock.now, amount_ml=80)
        stage.services.classroom.log(stage.teacher, (visit,), draft)

    water(10)
    move(stage, visit, world.stars, 11)
    water(12)
    done = move(stage, visit, world.dragons, 16)
    water(17)
    assert lines(world.dragons) == [("张沐阳", "17:00"), ("张沐阳", "10:00")]
    assert lines(world.stars) == [("张沐阳", "12:00")]
    stage.services.undo(stage.teacher, done.undo)
    assert lines(world.dragons) == [("张沐阳", "10:00")]


def test_hours_outdoors_are_answered_for_by_the_class_that_was_out_with_her(stage, visit):
    world, outdoors = stage.world, stage.services.classes.outdoors

    def names(class_id, on=None):
        return [line.name for line in outdoors.of_day(stage.teacher, class_id, on).lines]

    def chips(class_id):
        chips = stage.services.classroom.roster(stage.teacher, class_id).chips
        return [one.words for one in chips if one.words.startswith("户外")]

    stage.clock.at(16)
    assert chips(world.dragons) == ["户外 0/120 分，请写原因"]
    done = move(stage, visit, world.stars, 16, 30)
    assert (names(world.dragons), names(world.stars)) == (["张沐阳"], [])
    assert names(world.dragons, DAY) == ["张沐阳"]
    assert chips(world.stars) == []
    stage.services.undo(stage.teacher, done.undo)
    assert (names(world.dragons), chips(world.dragons)) == (["张沐阳"], ["户外 0/120 分，请写原因"])
    move(stage, visit, world.stars, 11)
    move(stage, visit, world.dragons, 17)
    assert (names(world.dragons), names(world.stars)) == ([], ["张沐阳"])


def test_the_report_names_the_class_she_came_to(stage, visit):
    def named():
        return stage.services.papers.pickup_report(stage.teacher, visit).class_name

    done = move(stage, visit, stage.world.stars, 16, 30)
    assert named() == "抱抱龙"
    stage.services.undo(stage.teacher, done.undo)
    assert named() == "抱抱龙"


def test_every_class_that_had_her_keeps_her_in_its_list_of_notes(stage, visit):
    world = stage.world
    assert (listed(stage, world.dragons), listed(stage, world.stars)) == (["张沐阳"], [])
    done = move(stage, visit, world.stars, 16, 30)
    assert (listed(stage, world.dragons), listed(stage, world.stars)) == (["张沐阳"], ["张沐阳"])
    assert listed(stage, None) == ["张沐阳"]
    stage.services.undo(stage.teacher, done.undo)
    assert (listed(stage, world.dragons), listed(stage, world.stars)) == (["张沐阳"], [])
    move(stage, visit, world.stars, 16, 40)
    move(stage, visit, world.dragons, 17)
    assert (listed(stage, world.dragons), listed(stage, world.stars)) == (["张沐阳"], ["张沐阳"])


def test_an_injury_and_an_illness_stand_in_the_class_in_which_they_happened(stage, visit):
    """Merged in the evening: the class that was exposed is watched, and the register names it."""
    world = stage.world
    move(stage, visit, world.stars, 17)
    card = InjuryCard(
        child=world.children["张沐阳"], day=DAY, at="10:20", duty=stage.teacher.id, kind="2", place="1",
        activity="1", company="3", handling="1", story="跑的时候摔倒",
    )  # fmt: skip
    stage.health.injuries.note(stage.teacher, card)
    late = dataclasses.replace(card, at="17:00")
    stage.health.injuries.note(stage.teacher, late)
    told = {
        one.injury.told.minute: one.injury.told.class_name
        for one in stage.health.injuries.list(stage.teacher)
    }
    assert told == {620: "抱抱龙", 1020: "小星星"}
    stage.health.illness.note(stage.nurse, CaseCard(world.children["张沐阳"], "hfmd", "12-03"))
    view = stage.health.illness.view(stage.nurse)
    assert [one.class_name for one in view.observations] == ["抱抱龙"]


def test_who_was_moved_on_came_and_went_on_the_sheet_of_the_class_she_came_to(stage, visit):
    world, shifts = stage.world, stage.services.classes.shifts
    stage.arrive("周乐瑶", MorningCheck(365))
    before = shifts.draft(stage.teacher, world.dragons).figures
    move(stage, visit, world.stars, 17)
    draft = shifts.draft(stage.teacher, world.dragons)
    figures = draft.figures
    assert (figures.came, figures.went, figures.present) == (before.came, before.went + 1, before.present - 1)
    assert "转到小星星 1：张沐阳" in [line.words for line in draft.lines]
    here = shifts.draft(world.director, world.stars).figures
    assert (here.came, here.guests, here.present) == (1, 1, 1)
    away = figures.sick + figures.personal + figures.other + figures.later + figures.unheard
    assert figures.expected == figures.came - figures.guests + away


def test_the_room_of_isolation_tells_the_class_she_was_taken_from(stage, visit):
    stage.clock.at(10)
    case = stage.health.fevers.begin(stage.teacher, visit, 385).value
    stage.clock.at(10, 6)
    for step in (
        NewStep(StepKind.RECHECK, tenths=386, site="ear"),
        NewStep(StepKind.CALL, whom="妈妈", reached=True, words="来"),
        NewStep(StepKind.ISOLATE, whom="许静"),
        NewStep(StepKind.RECHECK, tenths=368, site="ear"),
        NewStep(StepKind.RELEASE),
        NewStep(StepKind.BACK),
    ):
        stage.health.fevers.step(stage.teacher, case, step)
    move(stage, visit, stage.world.stars, 17)
    (line,) = stage.health.registers.month(stage.teacher, "isolation", "2025-12").entries
    assert line.entry.class_name == "抱抱龙"


def test_a_slip_names_the_class_that_gives_each_dose(stage, visit):
    request = stage.take((12, 30), (16, 45), visit=visit)
    slip = stage.health.papers.medicine_slip
    assert slip(stage.teacher, request.id).class_name == "抱抱龙"
    move(stage, visit, stage.world.stars, 16, 30)
    assert slip(stage.teacher, request.id).class_name == "抱抱龙、小星星"
    early = stage.find(request.id)
    assert early.class_name == "小星星", "where her stay stands now"
    move(stage, visit, stage.world.dragons, 16, 40)
    assert slip(stage.teacher, request.id).class_name == "抱抱龙"
