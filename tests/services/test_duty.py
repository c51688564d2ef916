import datetime as dt

import pytest

from app.domain.duty import (
    AlreadyOnDutyError,
    DutyError,
    DutyKind,
    NotOnDutyError,
    OverlappingDutyError,
    Source,
)
from app.domain.logbook import EntryKind
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.carers import carers_now
from app.store import centre, duty
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def actor(services, name):
    return next(one for one in services.people.staff() if one.name == name)


def now(world):
    classes = centre.list_classes(world.database, DAY)
    return carers_now(world.database, world.clock.now, classes)


def names(world, class_id):
    return {one.name for one in now(world).of(class_id).here}


def tile(services, world, class_id):
    return next(one for one in services.desk.board(world.desk).classes if one.id == class_id)


def test_where_nobody_clocks_the_rota_counts_and_the_tile_says_so(services, world):
    assert names(world, world.dragons) == {"许静", "孟佳"}
    shown = tile(services, world, world.dragons)
    assert (shown.carers_on_shift, shown.source_words) == (2, "按排班")


def test_once_somebody_has_clocked_in_the_class_is_counted_by_the_clock(services, world):
    services.classes.duty.clock_in(world.teacher, world.teacher.id, world.dragons)
    shown = tile(services, world, world.dragons)
    assert (shown.carers_on_shift, shown.source_words) == (1, "按打卡")
    assert tile(services, world, world.stars).source_words == "按排班"


def test_the_setting_lets_the_rota_count_whatever_the_clock_says(services, world):
    services.classes.duty.clock_in(world.teacher, world.teacher.id, world.dragons)
    services.manage.rules.set_rule(world.director, "clock_counts", "0", DAY)
    shown = tile(services, world, world.dragons)
    assert (shown.carers_on_shift, shown.source_words) == (2, "按排班")


def test_clocking_into_another_class_ends_the_first_and_is_cover(services, world):
    services.classes.duty.clock_in(world.teacher, world.teacher.id, world.dragons)
    world.clock.at(10)
    done = services.classes.duty.clock_in(world.teacher, world.teacher.id, world.stars)
    assert done.undo.label == "许静 到小星星顶班，离开抱抱龙"
    assert "许静" not in names(world, world.dragons)
    (here,) = [one for one in now(world).of(world.stars).here if one.name == "许静"]
    assert here.words == "许静 顶班 10:00"
    services.undo(world.teacher, done.undo)
    assert names(world, world.dragons) == {"许静"}
    assert duty.find_open(world.database, world.teacher.id, DAY).from_at.hour == 9


def test_a_carer_lent_by_the_clock_does_not_count_in_her_own_class_by_the_rota(services, world):
    """Nobody of 小星星 has clocked in: the rota counts there, but she is elsewhere."""
    shen = actor(services, "沈玉洁")
    services.classes.duty.clock_in(world.teacher, shen.id, world.dragons)
    assert names(world, world.stars) == set()
    assert names(world, world.dragons) == {"沈玉洁"}


def test_a_break_does_not_count_and_coming_back_does(services, world):
    clock = services.classes.duty
    clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    world.clock.at(12)
    clock.take_break(world.teacher, world.teacher.id)
    group = now(world).of(world.dragons)
    assert (group.counting, [one.name for one in group.resting]) == (0, ["许静"])
    with pytest.raises(NotOnDutyError, match="已经在休息"):
        clock.take_break(world.teacher, world.teacher.id)
    world.clock.at(12, 30)
    clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    assert now(world).of(world.dragons).counting == 1
    spans = [one.span_words for one in duty.list_day(world.database, DAY)]
    assert spans == ["09:12–12:00", "12:00–12:30", "12:30–"]


def test_only_carers_count_and_the_others_are_shown(services, world):
    clock = services.classes.duty
    clock.clock_in(world.director, world.director.id, world.dragons)
    group = now(world).of(world.dragons)
    assert (group.source, group.counting) == (Source.CLOCK, 0)
    assert group.here[0].words == "周敏 09:12 园长（不计入）"
    meng = actor(services, "孟佳")
    clock.clock_in(meng, meng.id, world.dragons)
    assert now(world).of(world.dragons).counting == 1
    clock.set_post(world.director, meng.id, "trainee", "见习到月底")
    assert now(world).of(world.dragons).counting == 0
    clock.set_post(world.director, meng.id, None, "转正")
    assert now(world).of(world.dragons).counting == 1
    with pytest.raises(NotPermittedError):
        clock.set_post(world.teacher, meng.id, "trainee", "x")
    with pytest.raises(DutyError, match="没有这个岗位"):
        clock.set_post(world.director, meng.id, "pilot", "x")


def test_a_trainee_does_not_count_by_the_rota_either(services, world):
    meng = actor(services, "孟佳")
    services.classes.duty.set_post(world.director, meng.id, "trainee", "见习")
    assert now(world).of(world.dragons).counting == 1


def test_nobody_who_counts_beside_a_child_is_an_alarm_in_words_and_tone(services, world):
    services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    clock = services.classes.duty
    clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    clock.clock_out(world.teacher, world.teacher.id)
    board = services.desk.board(world.desk)
    assert board.alerts[0].words == "抱抱龙班无人照看！请马上派老师过去"
    assert board.alerts[0].tone == "bad"
    assert tile(services, world, world.dragons).verdict.words == "无人照看"
    assert "无人照看" in services.classroom.roster(world.teacher, world.dragons).ratio.words
    assert (
        services.classes.band.of(world.teacher, world.dragons).alarm == "抱抱龙班无人照看！请马上派老师过去"
    )


def test_going_home_can_be_taken_back_until_she_clocks_in_again(services, world):
    clock = services.classes.duty
    clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    world.clock.at(17)
    out = clock.clock_out(world.teacher, world.teacher.id)
    services.undo(world.teacher, out.undo)
    assert duty.find_open(world.database, world.teacher.id, DAY) is not None
    again = clock.clock_out(world.teacher, world.teacher.id)
    clock.clock_in(world.teacher, world.teacher.id, world.stars)
    with pytest.raises(NotOnDutyError):
        services.undo(world.teacher, again.undo)


def test_a_stale_undo_of_coming_is_refused(services, world):
    clock = services.classes.duty
    first = clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    clock.clock_in(world.teacher, world.teacher.id, world.stars)
    with pytest.raises(NotOnDutyError, match="又打过卡"):
        services.undo(world.teacher, first.undo)


def test_two_hands_clock_the_same_carer_in_at_the_same_moment(services, world):
    """The second hand is told, and she stands in one class once."""
    clock, meng = services.classes.duty, actor(services, "孟佳")
    sheet = clock.sheet(world.desk)  # both have the sheet open, both see her as not clocked in
    assert next(one for one in sheet.people if one.staff == meng.id).state_words == "未打卡"
    clock.clock_in(world.desk, meng.id, world.dragons)
    with pytest.raises(AlreadyOnDutyError, match="09:12 已经在抱抱龙"):
        clock.clock_in(world.teacher, meng.id, world.dragons)
    clock.clock_in(
        world.teacher, meng.id, world.stars
    )  # the other hand meant another class: the last one holds
    where = [key for key in (world.dragons, world.stars) if "孟佳" in names(world, key)]
    assert where == [world.stars]
    assert len([one for one in duty.list_day(world.database, DAY) if one.open]) == 1


def test_a_correction_keeps_what_stood_before_and_can_be_taken_back(services, world):
    clock = services.classes.duty
    stretch = clock.clock_in(world.teacher, world.teacher.id, world.dragons).value
    world.clock.at(12)
    clock.clock_out(world.teacher, world.teacher.id)
    done = clock.correct(world.teacher, stretch, 7 * 60 + 30, 11 * 60, "忘了打卡")
    (shown,) = duty.list_day(world.database, DAY)
    assert (shown.span_words, shown.reason) == ("07:30–11:00", "忘了打卡")
    (old,) = clock.before(world.teacher, done.value)
    assert old.span_words == "09:12–12:00"
    services.undo(world.teacher, done.undo)
    (shown,) = duty.list_day(world.database, DAY)
    assert shown.span_words == "09:12–12:00"
    with pytest.raises(NotOnDutyError):
        services.undo(world.teacher, done.undo)


def test_others_do_not_correct_ones_hours_but_the_director_does(services, world):
    clock, meng = services.classes.duty, actor(services, "孟佳")
    stretch = clock.clock_in(meng, meng.id, world.dragons).value
    with pytest.raises(NotPermittedError, match="本人或园长"):
        clock.correct(world.teacher, stretch, 480, None, "看错")
    clock.correct(world.director, stretch, 480, None, "看错")
    assert duty.find_open(world.database, meng.id, DAY).from_at.hour == 8


@pytest.mark.parametrize(
    ("minutes", "reason", "field"),
    [
        ((500, 480), "x", "to"),
        ((480, 1400), "x", "to"),
        ((480, 500), "  ", "reason"),
    ],
)
def test_hours_that_cannot_be_are_refused(services, world, minutes, reason, field):
    with pytest.raises(DutyError) as refused:
        services.classes.duty.add_missed(world.teacher, world.teacher.id, world.dragons, DAY, minutes, reason)
    assert refused.value.field == field


def test_a_missed_stretch_never_meets_another(services, world):
    clock = services.classes.duty
    clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    world.clock.at(12)
    with pytest.raises(OverlappingDutyError, match="09:12– 已经在抱抱龙"):
        clock.add_missed(world.teacher, world.teacher.id, world.stars, DAY, (600, 660), "补记")
    clock.add_missed(world.teacher, world.teacher.id, world.stars, DAY, (450, 552), "早班忘了打卡")
    assert [one.span_words for one in duty.list_day(world.database, DAY)] == ["07:30–09:12", "09:12–"]


def test_an_end_of_yesterday_is_never_invented(services, world):
    clock = services.classes.duty
    stretch = clock.clock_in(world.teacher, world.teacher.id, world.dragons).value
    world.clock.now += dt.timedelta(days=1)
    sheet = clock.sheet(world.teacher)
    assert [one.name for one in sheet.unended] == ["许静"]
    assert "许静" in names_on(world, world.clock.now)  # today she is counted by the rota
    (row,) = services.classes.hours.month(world.director, "2025-12")
    assert (row.minutes, row.unended) == (0, 1)
    with pytest.raises(DutyError, match="不要估计"):
        clock.correct(world.teacher, stretch, 552, None, "补")
    clock.correct(world.teacher, stretch, 552, 1050, "问了本人")
    assert clock.sheet(world.teacher).unended == ()


def names_on(world, moment):
    classes = centre.list_classes(world.database, moment.date())
    return {one.name for one in carers_now(world.database, moment, classes).of(world.dragons).here}


def test_a_clock_that_was_set_back_ends_nothing(services, world):
    services.classes.duty.clock_in(world.teacher, world.teacher.id, world.dragons)
    world.clock.at(8)
    with pytest.raises(DutyError, match="校正时间"):
        services.classes.duty.clock_out(world.teacher, world.teacher.id)
    assert duty.find_open(world.database, world.teacher.id, DAY) is not None


def test_who_has_clocked_out_is_not_looked_for_in_a_roll_call(services, world):
    clock = services.classes.duty

    def roll():
        return {head.name: head.where for head in services.rollcall.roll(world.desk).heads}

    assert "许静" in roll()
    clock.clock_in(world.teacher, world.teacher.id, world.dragons)
    clock.take_break(world.teacher, world.teacher.id)
    assert roll()["许静"] == "休息"
    clock.clock_out(world.teacher, world.teacher.id)
    assert "许静" not in roll()


def test_the_sheet_says_where_everybody_is(services, world):
    clock = services.classes.duty
    clock.clock_in(world.teacher, world.teacher.id, world.stars)
    lines = {one.name: one for one in clock.sheet(world.desk).people}
    assert lines["许静"].state_words == "09:12 起在小星星顶班"
    assert lines["孟佳"].shift_words == "排班 07:30–18:00 抱抱龙"
    assert lines["周敏"].post.counts is False
    assert lines["许静"].now.kind is DutyKind.WORK


def test_who_put_a_child_to_sleep_is_asked_of_those_who_are_there(services, world):
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit

    def offered():
        offer = services.classroom.offer(world.teacher, EntryKind.SLEEP, (visit,))
        return [name for _, name in offer.helpers]

    assert offered() == ["许静", "孟佳"], "the rota, while nobody clocks"
    shen = actor(services, "沈玉洁")
    services.classes.duty.clock_in(world.teacher, shen.id, world.dragons)
    assert offered() == ["沈玉洁", "许静", "孟佳"], "cover stands first; those of the rota may come still"
    services.classes.duty.clock_in(world.teacher, world.teacher.id, world.dragons)
    world.clock.at(12)
    services.classes.duty.take_break(world.teacher, shen.id)
    assert offered() == ["许静", "沈玉洁", "孟佳"]
