"""What a family must not go home without, through the services: fevers, illness, swaps, names of others."""

import dataclasses
import datetime as dt

import pytest

from app.domain.fever import NewStep, StepKind
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.looks import Tone
from app.domain.prose import NoteText
from app.services.arrivals import MorningCheck
from app.services.checks import HealthCheck
from app.services.class_views import Answer, Cleared
from app.services.collecting import CheckOut
from app.services.facts import list_books
from app.services.handover import NamedChildError, NoteState, OtherNamesError, UntoldFactError
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.services.note_errors import LooseWordsError
from app.services.open_papers import Answer as PaperAnswer
from app.services.open_papers import OpenPapersError
from app.store import history
from tests.services.health_stage import HealthStage
from tests.services.world import DAY

CLEAN = NoteText(prose="今天一切都好。", health="晨检 36.5℃ · 无异常")


@pytest.fixture
def stage(world, monkeypatch):
    return HealthStage(world, monkeypatch)


@pytest.fixture
def visit(stage):
    key = stage.arrive("周乐瑶", MorningCheck(tenths=365))
    stage.clock.at(15, 30)
    return key


def sign(stage, visit, text, **more):
    return stage.services.handover.sign(stage.teacher, visit, text, **more)


def row(stage, visit):
    rows = stage.services.handover.worklist(stage.teacher)
    return next(one for one in rows if one.visit == visit)


def whole_day(stage, visit):
    for entry in (
        EntryDraft(EntryKind.ACTIVITY, stage.at(10), text="体操", detail="eager"),
        EntryDraft(EntryKind.MEAL, stage.at(10, 30), detail="morning_snack", grade=4),
        EntryDraft(EntryKind.MEAL, stage.at(11, 30), detail="lunch", grade=4),
        EntryDraft(EntryKind.FOOD, stage.at(11, 40), text="猪肝泥", quality="none", grade=4),
        EntryDraft(EntryKind.WATER, stage.at(10), amount_ml=100),
        EntryDraft(EntryKind.SLEEP, stage.at(12, 30), until=stage.at(14)),
        EntryDraft(EntryKind.MOOD, stage.at(15), detail="happy"),
        EntryDraft(EntryKind.TOILET, stage.at(15), detail="wet"),
    ):
        stage.services.classroom.log(stage.teacher, (visit,), entry)


def test_a_fever_begun_by_hand_is_told_and_makes_a_signed_note_stale(stage, visit):
    note = stage.services.handover.note(stage.teacher, visit)
    sign(stage, visit, note.text)
    case = stage.health.fevers.begin(stage.teacher, visit, 395).value
    assert row(stage, visit).state is NoteState.STALE
    stage.clock.at(15, 36)
    stage.health.fevers.step(stage.teacher, case, NewStep(StepKind.RECHECK, tenths=394, site="ear"))
    text = stage.services.handover.note(stage.teacher, visit).drafted
    assert "无异常" not in text.health
    assert "39.5℃，请尽快就医" in text.notice
    with pytest.raises(UntoldFactError, match=r"体温 39\.5℃、体温 39\.4℃"):
        sign(stage, visit, CLEAN)


def test_a_fever_of_the_log_is_told_once_and_its_hotter_recheck_too(stage, visit):
    reading = EntryDraft(EntryKind.TEMPERATURE, stage.at(15, 10), tenths=374, detail="forehead")
    stage.services.classroom.log(stage.teacher, (visit,), reading)
    (ladder,) = stage.health.fevers.view(stage.teacher).open
    stage.clock.at(15, 36)
    stage.health.fevers.step(stage.teacher, ladder.id, NewStep(StepKind.RECHECK, tenths=401, site="ear"))
    facts = list_books(stage.world.database, [visit])[visit].facts
    assert facts.heats == ((stage.at(15, 36), 401),)
    with pytest.raises(UntoldFactError, match=r"还没有写：体温 40\.1℃。"):
        sign(stage, visit, NoteText(prose="下午量体温 37.4，后来没事。"))


def test_a_kept_note_that_finds_nothing_wrong_waits_once_a_round_does(stage, visit):
    whole_day(stage, visit)
    note = stage.services.handover.note(stage.teacher, visit)
    assert "没有异常" in note.text.prose + note.text.food
    own = dataclasses.replace(note.text, prose=note.text.prose + "很棒。")
    stage.services.handover.keep(stage.teacher, visit, own)
    assert row(stage, visit).state is NoteState.READY
    found = HealthCheck(kind="day", outcome="abnormal", note="手心有疱疹")
    stage.services.classroom.check(stage.teacher, (visit,), found)
    assert row(stage, visit).state is NoteState.STALE
    assert visit not in stage.services.handover.sign_complete(stage.teacher).value
    with pytest.raises(UntoldFactError, match="手心有疱疹"):
        sign(stage, visit, NoteText(prose="今天都好，没有发现异常。"))


@pytest.mark.parametrize(
    ("way", "shown"), [("swapped", "替餐"), ("picked", "其余菜品"), ("safe", "花生酱拌面")]
)
def test_what_was_done_about_an_allergen_is_kept_as_it_was_chosen(stage, way, shown):
    visit = stage.arrive("张沐阳")
    stage.clock.at(12)
    lunch = EntryDraft(EntryKind.MEAL, stage.at(11, 30), detail="lunch", grade=4, text="花生酱拌面、青菜")
    answer = Answer(visit, frozenset({"花生"}), "来不及换成别的了", way)
    stage.services.classroom.log(stage.teacher, (visit,), lunch, cleared=Cleared((answer,)))
    facts = list_books(stage.world.database, [visit])[visit].facts
    assert [one.way for one in facts.looked] == [way]
    food = stage.services.handover.note(stage.teacher, visit).text.food
    assert food.startswith(f"午餐：{shown}")
    paper = stage.services.classes.booklets.paper(stage.teacher, stage.world.children["张沐阳"], "2025-12")
    assert paper.days[0].food == food  # the booklet tells what she ate, too


def test_a_correction_keeps_what_was_done(stage):
    visit = stage.arrive("张沐阳")
    stage.clock.at(12)
    lunch = EntryDraft(EntryKind.MEAL, stage.at(11, 30), detail="lunch", grade=4, text="青菜")
    stage.services.classroom.log(stage.teacher, (visit,), lunch)
    entry = stage.services.classroom.timeline(stage.teacher, visit).rows[-1].entry
    nuts = dataclasses.replace(lunch, text="花生酱拌面")
    cleared = Cleared((Answer(visit, frozenset({"花生"}), "换过了", "swapped"),))
    stage.services.classes.corrections.correct(stage.teacher, entry, nuts, cleared=cleared)
    assert list_books(stage.world.database, [visit])[visit].facts.looked[0].way == "swapped"


def case_of(stage, **more):
    card = CaseCard(child=stage.world.children["周乐瑶"], disease="hfmd", onset="12-03", **more)
    return stage.health.illness.note(stage.nurse, card).value


def chips(stage, visit):
    roster = stage.services.classroom.roster(stage.teacher, stage.world.dragons)
    return [chip for card in roster.cards if card.visit == visit for chip in card.chips]


def test_illness_registered_of_a_child_who_is_here_reaches_everybody(stage, visit):
    case_of(stage)
    text = stage.services.handover.note(stage.teacher, visit).text
    assert "15:30 登记手足口病（疑似）" in text.prose
    assert "无异常" not in text.health
    assert text.notice.startswith("今天登记手足口病（疑似），请尽快就医")
    with pytest.raises(UntoldFactError, match="手足口病"):
        sign(stage, visit, CLEAN)
    chip = next(one for one in chips(stage, visit) if "手足口病" in one.words)
    assert (chip.words, chip.tone) == ("手足口病（疑似） · 请隔离、通知家长", Tone.BAD)
    draft = stage.services.classes.shifts.draft(stage.teacher, stage.world.dragons)
    assert any("手足口病" in line.words for line in draft.lines)


def test_who_takes_her_home_hears_of_it(stage, visit):
    case = case_of(stage)
    (paper,) = stage.services.pickup.prepare(stage.world.desk, visit).papers
    assert (paper.kind, paper.subject) == ("illness", case)
    assert paper.words == "手足口病（疑似）（15:30 登记），家长还没当面知道"
    mother = stage.world.adults["周母"]
    with pytest.raises(OpenPapersError, match="手足口病"):
        stage.services.pickup.check_out(stage.world.desk, CheckOut(visit, mother))
    told = (PaperAnswer("illness", case),)
    stage.services.pickup.check_out(stage.world.desk, CheckOut(visit, mother, answers=told))
    trail = stage.world.database.rows("select detail from audit where subject = 'illness' order by id desc")
    assert "离园时当面告知" in trail[0]["detail"]


def test_a_case_of_another_day_is_no_news_of_this_one(stage, visit):
    stage.clock.now += dt.timedelta(days=1)
    case_of(stage)
    assert list_books(stage.world.database, [visit])[visit].facts.cases == ()


def test_a_hurt_is_not_told_by_the_part_of_the_body_and_the_doctor_is(stage, visit):
    card = InjuryCard(
        child=stage.world.children["周乐瑶"], day=DAY, at="15:20", duty=stage.staff["许静"].id, kind="2",
        place="1", activity="1", company="3", handling="2", aid=("call",),
        regions=("front.forehead",), story="摔倒",
        diagnosis="头皮裂伤缝 3 针", rest_days=3,
    )  # fmt: skip
    stage.health.injuries.note(stage.teacher, card)
    happened = "15:20 跌伤（额头），拨打 120，已就诊，诊断：头皮裂伤缝 3 针，休息 3 天"
    assert happened in stage.services.handover.note(stage.teacher, visit).text.prose
    with pytest.raises(UntoldFactError, match="跌伤"):
        sign(stage, visit, NoteText(prose="乐瑶今天额头上贴了小红花，很开心。"))
    own = NoteText(prose="乐瑶在院子里摔了一跤，额头缝了针。")
    with pytest.raises(LooseWordsError, match="跌伤") as asked:
        sign(stage, visit, own)
    sign(stage, visit, own, meant=asked.value.meant)


@pytest.mark.parametrize("name", ["张沐阳", "沐阳"])
def test_other_childrens_names_are_asked_about(stage, visit, name):
    text = NoteText(prose=f"和{name}一起搭积木。")
    with pytest.raises(OtherNamesError, match=name) as asked:
        sign(stage, visit, text)
    assert (asked.value.field, asked.value.meant) == ("prose", {name})
    assert sign(stage, visit, text, meant=asked.value.meant).value.number is not None
    assert row(stage, visit).state is NoteState.SIGNED


def test_a_draft_that_names_another_child_is_not_signed_with_the_rest(stage, visit):
    whole_day(stage, visit)
    stage.services.classroom.log(
        stage.teacher,
        (visit,),
        EntryDraft(EntryKind.NOTE, stage.at(15, 20), detail="remark", text="给沐阳递纸巾"),
    )
    assert row(stage, visit).stale == "写到了沐阳，请看过再签"
    assert visit not in stage.services.handover.sign_complete(stage.teacher).value


def test_the_family_of_who_bit_is_not_told_whom(stage):
    visit = stage.arrive("周乐瑶", MorningCheck(tenths=365))
    stage.arrive("张沐阳")
    stage.clock.at(15, 30)
    card = InjuryCard(
        child=stage.world.children["张沐阳"], day=DAY, at="15:20", duty=stage.staff["许静"].id, kind="12",
        subtype="bite", other=stage.world.children["周乐瑶"], place="1", activity="1", company="3",
        handling="1", aid=("wash",), regions=("front.left_forearm",), story="抢车",
    )  # fmt: skip
    stage.health.injuries.note(stage.teacher, card)
    text = NoteText(prose="今天咬了沐阳的胳膊。")
    with pytest.raises(NamedChildError, match="另一名小朋友"):
        sign(stage, visit, text, meant=frozenset({"沐阳"}))


def test_a_child_of_long_standing_does_not_come_for_the_first_time(stage):
    child = stage.world.children["张沐阳"]
    assert history.list_usual(stage.world.database, [child], DAY)[child].been_before
    began = stage.world.database.row("select starts_on from enrolment where child_id = :c", {"c": child})
    first = dt.date.fromisoformat(began["starts_on"])
    assert not history.list_usual(stage.world.database, [child], first)[child].been_before


def test_a_reading_is_told_once_and_nothing_is_called_done_that_was_not(stage, visit):
    """The log knows the minute it was taken; when it was typed is no second reading, and no 发热处理."""
    reading = EntryDraft(EntryKind.TEMPERATURE, stage.at(15, 10), tenths=383, detail="forehead")
    stage.services.classroom.log(stage.teacher, (visit,), reading)
    text = stage.services.handover.note(stage.teacher, visit).text
    assert (text.prose.count("38.3℃"), text.health.count("38.3℃")) == (1, 1)
    assert "15:10 体温 38.3℃，达到发热线" in text.prose
    assert "发热处理" not in text.prose + text.health
    assert "无异常" not in text.health
    (ladder,) = stage.health.fevers.view(stage.teacher).open
    stage.clock.at(15, 36)
    stage.health.fevers.step(stage.teacher, ladder.id, NewStep(StepKind.RECHECK, tenths=385, site="ear"))
    text = stage.services.handover.note(stage.teacher, visit).text
    assert text.prose.count("38.3℃") == 1
    assert "发热处理：15:36 复测 38.5℃" in text.prose
