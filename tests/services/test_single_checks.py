"""Who must be looked at by herself: F8 says nothing of her, and tells whom it left out and why."""

import pytest

from app.domain.health_round import Mark, RoundError, RoundKind
from app.domain.logbook import EntryDraft, EntryKind
from app.services.illness import CaseCard
from app.services.injuries import InjuryCard
from app.services.single_checks import single_reasons, single_words
from app.store import day
from tests.services.health_stage import stage
from tests.services.world import DAY

__all__ = ["stage"]


@pytest.fixture
def visits(stage):
    stage.clock.at(8, 30)
    found = {name: stage.arrive(name) for name in ("张沐阳", "周乐瑶")}
    stage.clock.at(13)
    return found


def rest(stage, kind=RoundKind.NOON):
    return stage.health.rounds.rest_normal(stage.nurse, kind)


def left_out(stage, kind=RoundKind.NOON):
    rows = stage.health.rounds.view(stage.nurse, kind).rows
    return {row.name: row.alone for row in rows if row.alone}


def log(stage, visit, kind, **says):
    stage.services.classroom.log(stage.teacher, (visit,), EntryDraft(kind, stage.clock.now, **says))


def found_odd(stage, visits):
    stage.clock.at(12, 30)
    log(stage, visits["张沐阳"], EntryKind.SLEEP)
    stage.clock.at(13, 10)
    look = {"detail": "side", "quality": "concern", "note": "呼吸急促，口唇发青"}
    log(stage, visits["张沐阳"], EntryKind.SLEEP_CHECK, **look)
    return "睡眠巡视异常"


def hurt(stage, visits):
    child = stage.world.children["张沐阳"]
    codes = {"kind": "2", "place": "2", "activity": "1", "company": "3", "handling": "1"}
    card = InjuryCard(child, day=DAY, at="9:50", duty=stage.teacher.id, story="从椅子上跌下。", **codes)
    stage.health.injuries.note(stage.teacher, card)
    return "今天受伤"


def ill(stage, visits):
    card = CaseCard(child=stage.world.children["张沐阳"], disease="hfmd", onset="12-03")
    stage.health.illness.note(stage.nurse, card)
    return "今天登记生病"


def grave(stage, visits):
    log(stage, visits["张沐阳"], EntryKind.NOTE, detail="remark", text="抽搐了两分钟，已叫救护车")
    return "记过要就医的情况"


def heeded(stage, visits):
    log(stage, visits["张沐阳"], EntryKind.NOTE, detail="notice", text="抽搐了两分钟")
    return "记过要就医的情况"


def beside_a_meal(stage, visits):
    log(stage, visits["张沐阳"], EntryKind.MEAL, detail="lunch", grade=3, note="吃到一半抽搐")
    return "记过要就医的情况"


def feverish(stage, visits):
    log(stage, visits["张沐阳"], EntryKind.TEMPERATURE, detail="ear", tenths=385)
    return "发热处理中"


@pytest.mark.parametrize("why", [found_odd, hurt, ill, grave, heeded, beside_a_meal, feverish])
def test_the_rest_is_well_without_her_and_the_answer_says_why(stage, visits, why):
    words = why(stage, visits)
    done = rest(stage)
    assert done.undo.label == f"午检 1 人正常；请单独检查：张沐阳（{words}）"
    assert left_out(stage) == {"张沐阳": words}
    with pytest.raises(RoundError, match=rf"^请单独检查：张沐阳（{words}）。别的孩子都做过午检了。"):
        rest(stage)
    stage.health.rounds.keep(stage.nurse, RoundKind.NOON, visits["张沐阳"], Mark(366))
    assert left_out(stage) == {}


def test_who_was_found_odd_keeps_her_red_chip_and_the_first_place(stage, visits):
    found_odd(stage, visits)
    rest(stage)
    card = stage.services.classroom.roster(stage.teacher, stage.world.dragons).cards[0]
    assert (card.name, card.chips[0].words) == ("张沐阳", "13:10 巡视异常")


@pytest.mark.parametrize("why", [found_odd, hurt, ill, grave])
def test_a_check_answers_for_what_came_before_it(stage, visits, why):
    why(stage, visits)
    stage.clock.at(13, 20)
    stage.health.rounds.keep(stage.nurse, RoundKind.DAY, visits["张沐阳"], Mark(366))
    assert left_out(stage) == {}
    assert rest(stage).value == 2


def test_who_is_on_a_walk_is_looked_at_when_she_is_back(stage, visits):
    for one in (stage.teacher, stage.staff["孟佳"]):  # somebody stays with the other
        stage.services.classes.duty.clock_in(stage.world.director, one.id, stage.world.dragons)
    walk = stage.services.classes.walks.start(stage.teacher, "公园", (visits["张沐阳"],), (stage.teacher.id,))
    assert left_out(stage) == {"张沐阳": "在公园"}
    stage.services.classes.walks.back(stage.teacher, walk.value, (visits["张沐阳"],))
    assert rest(stage).value == 2


def test_harmless_words_and_those_of_another_day_single_nobody_out(stage, visits):
    log(stage, visits["张沐阳"], EntryKind.NOTE, detail="remark", text="和小朋友一起搭积木")
    hurt(stage, visits)
    stays = day.list_stays(stage.world.database, DAY)
    assert list(single_reasons(stage.world.database, stays, DAY).values()) == ["今天受伤"]
    tomorrow = DAY.replace(day=DAY.day + 1)
    assert single_reasons(stage.world.database, stays, tomorrow) == {}
    assert single_reasons(stage.world.database, (), DAY) == {}


def test_three_are_named_and_the_others_counted():
    assert single_words(()) == ""
    names = [(name, "在公园") for name in "甲乙丙丁"]
    assert single_words(names) == "请单独检查：甲（在公园）、乙（在公园）、丙（在公园） 等 4 人"
