"""晨检, 午检, 全日观察: nobody is asked twice, the rest in one act, and a fever is not only noted."""

import datetime as dt

import pytest

from app.domain.health_round import Card, Mark, RoundError, RoundKind
from app.domain.logbook import EntryDraft, EntryKind, Site
from app.domain.looks import Tone
from app.domain.staff import NotPermittedError
from app.services.arrivals import MorningCheck
from app.services.checks import HealthCheck
from app.services.collecting import CheckOut
from app.store import fever
from tests.services.health_stage import stage

__all__ = ["stage"]


def rows(stage, kind=RoundKind.NOON, class_id=None):
    return {row.name: row for row in stage.health.rounds.view(stage.nurse, kind, class_id).rows}


def test_every_child_inside_has_a_row_and_the_door_counts_as_the_morning_check(stage):
    stage.arrive("张沐阳", MorningCheck(365))
    stage.arrive("周乐瑶")
    shown = rows(stage, RoundKind.MORNING)
    assert set(shown) == {"张沐阳", "周乐瑶"}
    assert shown["张沐阳"].check.tenths == 365
    assert "入园时做过" in shown["张沐阳"].words
    assert shown["周乐瑶"].check is None
    view = stage.health.rounds.view(stage.teacher, RoundKind.MORNING)
    assert (view.waiting, [(one.name, one.done, one.total) for one in view.classes]) == (
        1,
        [("抱抱龙", 1, 2)],
    )


def test_nobody_is_asked_twice_in_one_round_but_observed_as_often_as_need_be(stage):
    visit = stage.arrive("张沐阳", MorningCheck(365))
    with pytest.raises(RoundError, match="已经晨检"):
        stage.health.rounds.keep(stage.teacher, RoundKind.MORNING, visit, Mark())
    stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark())
    with pytest.raises(RoundError, match="已经午检"):
        stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark())
    for _ in range(2):
        stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(findings=("cough",)))


def test_who_was_found_unwell_since_does_not_stand_as_well(stage):
    visit = stage.arrive("张沐阳", MorningCheck(365))
    stage.clock.at(10)
    done = stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(378))
    row = rows(stage, RoundKind.MORNING)["张沐阳"]
    assert (row.chip.words, row.check.tenths) == ("黄牌", 365)
    assert row.words.endswith("入园时做过 · 10:00 全日观察 37.8℃")
    assert rows(stage, RoundKind.NOON)["张沐阳"].words == "还没看 · 发热处理中"
    assert rows(stage, RoundKind.DAY)["张沐阳"].words.endswith("37.8℃ · 按发热处理")
    stage.services.undo(stage.teacher, done.undo)
    assert rows(stage, RoundKind.MORNING)["张沐阳"].chip.words == "正常"
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(findings=("cough",)))
    assert rows(stage, RoundKind.MORNING)["张沐阳"].words.endswith("全日观察 咳嗽")
    stage.clock.at(11)
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(366))
    assert rows(stage, RoundKind.MORNING)["张沐阳"].chip.words == "正常"


def test_the_rest_is_normal_in_one_act_and_comes_back_in_one(stage):
    first = stage.arrive("张沐阳")
    stage.arrive("周乐瑶")
    mark = Mark(366, findings=("throat",), told="昨晚咳", treatment="多喝水")
    stage.health.rounds.keep(stage.teacher, RoundKind.NOON, first, mark)
    done = stage.health.rounds.rest_normal(stage.teacher, RoundKind.NOON)
    assert done.value == 1
    shown = rows(stage)
    assert shown["周乐瑶"].check.outcome == "normal"
    assert shown["周乐瑶"].check.card is Card.GREEN
    assert shown["张沐阳"].check.outcome == "abnormal"
    assert shown["张沐阳"].check.note == "咽红；家长说昨晚咳；多喝水"
    with pytest.raises(RoundError, match="都做过"):
        stage.health.rounds.rest_normal(stage.teacher, RoundKind.NOON)
    stage.services.undo(stage.teacher, done.undo)
    assert rows(stage)["周乐瑶"].check is None
    assert rows(stage)["张沐阳"].check is not None
    with pytest.raises(RoundError, match="撤销过了"):
        stage.services.undo(stage.teacher, done.undo)


def test_the_all_day_observation_is_a_round_each_half_day(stage):
    """§3.1: the health worker visits each class twice a day."""

    def view():
        return stage.health.rounds.view(stage.teacher, RoundKind.DAY)

    first = stage.arrive("张沐阳")
    stage.arrive("周乐瑶")
    stage.clock.at(9, 40)
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, first, Mark(findings=("cough",)))
    done = stage.health.rounds.rest_normal(stage.teacher, RoundKind.DAY)
    assert (done.value, done.undo.label) == (1, "上午的全日观察 1 人正常")
    assert (view().half, view().waiting, view().classes[0].done) == ("上午", 0, 2)
    with pytest.raises(RoundError, match="都做过上午的全日观察"):
        stage.health.rounds.rest_normal(stage.teacher, RoundKind.DAY)
    stage.clock.at(15, 10)
    assert (view().half, view().waiting, view().classes[0].done) == ("下午", 2, 0)
    assert {row.words for row in view().rows} == {"还没看 · 上午看过"}
    done = stage.health.rounds.rest_normal(stage.teacher, RoundKind.DAY)
    assert (done.value, done.undo.label) == (2, "下午的全日观察 2 人正常")
    assert view().waiting == 0
    kept = stage.world.database.row("select count(*) as n from health_check where kind = 'day'")
    assert kept["n"] == 4, "both rounds stay on file"
    stage.services.undo(stage.teacher, done.undo)
    assert view().waiting == 2


def test_whose_medicine_waits_wears_the_red_card_also_among_the_rest(stage):
    first = stage.arrive("张沐阳")
    second = stage.arrive("周乐瑶")
    request = stage.take((12, 30), (16, 0), visit=first)
    assert rows(stage)["张沐阳"].words == "还没看 · 12:30 待喂药"
    done = stage.health.rounds.rest_normal(stage.teacher, RoundKind.NOON)
    assert done.undo.label == "午检 2 人正常，其中 1 人有药要喂，给红牌"
    shown = {name: (row.check.card, row.check.outcome) for name, row in rows(stage).items()}
    assert shown == {"张沐阳": (Card.RED, "normal"), "周乐瑶": (Card.GREEN, "normal")}
    for visit, card in ((first, Card.RED), (second, Card.GREEN)):
        stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(365))
        kept = next(row.check for row in rows(stage, RoundKind.DAY).values() if row.visit == visit)
        assert (kept.card, kept.outcome) == (card, "normal")
    stage.clock.at(12, 30)
    stage.give(request)
    stage.health.medicine.skip(stage.teacher, request.doses[1].id, "烧退了")
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, first, Mark(365))
    assert rows(stage, RoundKind.DAY)["张沐阳"].check.card is Card.GREEN, "nothing waits any more"
    assert not rows(stage)["张沐阳"].unasked, "there was a slip"


def test_a_red_card_without_a_slip_asks_for_one(stage):
    visit = stage.arrive("张沐阳")
    stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(findings=("medicine",)))
    assert rows(stage)["张沐阳"].unasked
    stage.take((12, 30), visit=visit)
    assert not rows(stage)["张沐阳"].unasked


def test_a_class_is_done_without_the_others(stage):
    stage.arrive("张沐阳")
    stage.arrive("曾雨桐")
    stage.health.rounds.rest_normal(stage.nurse, RoundKind.NOON, stage.world.stars)
    assert {name: row.check is None for name, row in rows(stage).items()} == {"张沐阳": True, "曾雨桐": False}


@pytest.mark.parametrize(
    ("mark", "words", "tone"),
    [
        (Mark(365), "绿牌", Tone.OK),
        (Mark(findings=("nose",)), "黄牌", Tone.WARN),
        (Mark(findings=("medicine",)), "红牌", Tone.BAD),
        (Mark(findings=("nose",), card=Card.RED), "红牌", Tone.BAD),
        (Mark(380), "黄牌", Tone.WARN),
    ],
)
def test_the_card_is_colour_shape_and_the_centres_own_word(stage, mark, words, tone):
    visit = stage.arrive()
    stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, mark)
    chip = rows(stage)["张沐阳"].chip
    assert (chip.words, chip.tone) == (words, tone)


def test_the_centre_names_its_cards_itself(stage):
    director, today = stage.world.director, stage.clock.now.date()
    stage.services.manage.rules.set_rule(director, "card_yellow", "观察牌", today)
    visit = stage.arrive()
    stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(findings=("nose",)))
    assert rows(stage)["张沐阳"].chip.words == "观察牌"


def test_what_is_abnormal_says_what_was_found(stage):
    visit = stage.arrive()
    with pytest.raises(RoundError, match="看到了什么"):
        stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(card=Card.YELLOW))
    with pytest.raises(RoundError, match="没有"):
        stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(findings=("spots",)))


def test_who_has_gone_home_is_not_checked_and_the_cashier_does_not_check(stage):
    visit = stage.arrive()
    with pytest.raises(NotPermittedError):
        stage.health.rounds.keep(stage.world.cashier, RoundKind.NOON, visit, Mark())
    stage.services.pickup.check_out(stage.world.desk, CheckOut(visit, stage.world.adults["张母"]))
    with pytest.raises(RoundError, match="不在园"):
        stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark())


def test_a_fever_in_a_round_begins_its_ladder_and_goes_with_the_check(stage):
    visit = stage.arrive()
    done = stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(381, "ear"))
    (ladder,) = fever.list_open(stage.world.database)
    assert (ladder.visit, ladder.tenths, ladder.site) == (visit, 381, "ear")
    assert ladder.recheck_at - ladder.started_at == dt.timedelta(minutes=5)
    stage.services.undo(stage.teacher, done.undo)
    assert fever.list_open(stage.world.database) == ()


def test_below_the_line_of_that_day_there_is_no_fever(stage):
    director, today = stage.world.director, stage.clock.now.date()
    stage.services.manage.rules.set_rule(director, "fever_tenths", "37.5", today)
    visit = stage.arrive()
    stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(374))
    assert fever.list_open(stage.world.database) == ()
    stage.health.rounds.keep(stage.teacher, RoundKind.DAY, visit, Mark(375))
    assert len(fever.list_open(stage.world.database)) == 1


def test_a_fever_found_in_the_class_begins_a_ladder_too(stage):
    first, second = stage.arrive("张沐阳"), stage.arrive("周乐瑶")
    stage.services.classroom.check(
        stage.teacher, (first,), HealthCheck(tenths=380, outcome="recheck", note="额头烫")
    )
    draft = EntryDraft(EntryKind.TEMPERATURE, stage.clock.now, detail=Site.ARMPIT, tenths=379)
    done = stage.services.classroom.log(stage.teacher, (second,), draft)
    assert [(one.visit, one.site) for one in fever.list_open(stage.world.database)] == [
        (first, "forehead"),
        (second, "armpit"),
    ]
    stage.services.undo(stage.teacher, done.undo)
    assert [one.visit for one in fever.list_open(stage.world.database)] == [first]


def test_the_check_at_the_door_goes_with_the_arrival_alone(stage):
    stage.arrive("张沐阳", MorningCheck(365))
    check = rows(stage, RoundKind.MORNING)["张沐阳"].check
    with pytest.raises(RoundError, match="跟着入园走"):
        stage.health.rounds.undo_check(stage.teacher, check.id)
    visit = stage.arrive("周乐瑶")
    key = stage.health.rounds.keep(stage.teacher, RoundKind.MORNING, visit, Mark(364)).value
    stage.health.rounds.undo_check(stage.teacher, key)
    assert rows(stage, RoundKind.MORNING)["周乐瑶"].check is None
    lines = stage.world.database.rows("select verb from audit order by id desc limit 1")
    assert lines[0]["verb"] == "undo_health_round"


def test_checks_of_another_day_are_the_directors(stage):
    visit = stage.arrive()
    key = stage.health.rounds.keep(stage.teacher, RoundKind.NOON, visit, Mark(364)).value
    stage.clock.now += dt.timedelta(days=1)
    with pytest.raises(RoundError, match="园长"):
        stage.health.rounds.undo_check(stage.teacher, key)
    stage.health.rounds.undo_check(stage.world.director, key)
