"""What keeps two records from becoming one: two lives that cannot be one, a minor, two bookings of a day."""

import datetime as dt

import pytest

from app.domain.life import Ending, Life, Step, StepKind
from app.domain.modes import CareMode, Tariff
from app.domain.records import RecordError
from app.services import merge_checks
from app.services.absences import AbsenceNote
from app.services.arrivals import CheckIn
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.merge_checks import check_lives, goes_before, is_asking, tells_the_same, weigh
from app.services.merge_ties import TieJoin
from app.store.merge_pairs import TieRow
from app.store.people import Tie
from tests.services.world import DAY, add_adult, add_child

BORN = dt.date(2023, 8, 1)
FRIDAY = DAY + dt.timedelta(days=2)


def day(number):
    return DAY + dt.timedelta(days=number)


def step(kind, on_day=0, key=None, **more):
    return Step(kind, day(on_day), key, **more)


def enrol(on_day=0, key=None, **more):
    return step(StepKind.ENROL, on_day, key, class_id=1, mode=CareMode.FULL_DAY, **more)


ASKED = Life((step(StepKind.INQUIRE, -9, 1),))
WAITS = Life((step(StepKind.INQUIRE, -9, 1), step(StepKind.WAIT, -8, 2)))
GAVE_UP = Life((*WAITS.steps, step(StepKind.LEAVE, -7, 3, ending=Ending.GIVEN_UP)))
HERE = Life((enrol(-5, 9),))
GONE = Life((enrol(-90, 5), step(StepKind.LEAVE, -30, 6, ending=Ending.WITHDRAWN)))


# -- lives


def test_two_on_the_list_are_not_one_and_one_who_gave_up_is_in_nobodys_way():
    with pytest.raises(RecordError, match="候补名单"):
        check_lives(WAITS, WAITS)
    for other in (GAVE_UP, ASKED, HERE, Life()):
        check_lives(WAITS, other)
        check_lives(other, WAITS)


def test_two_lives_in_care_are_one_only_where_the_first_was_over_and_written_before():
    check_lives(GONE, HERE)
    check_lives(HERE, GONE)
    with pytest.raises(RecordError, match="互相交错"):
        check_lives(HERE, Life((enrol(-3, 12),)))
    written_later = Life((enrol(-90, 15), step(StepKind.LEAVE, -30, 16, ending=Ending.WITHDRAWN)))
    with pytest.raises(RecordError, match="互相交错"):
        check_lives(written_later, HERE)


def test_a_contract_that_has_run_out_is_over_and_one_that_runs_on_its_last_day_is_not():
    def bounded(ends):
        return Life((enrol(-90, None, ends_on=day(ends)),))

    check_lives(bounded(-6), HERE)
    with pytest.raises(RecordError):
        check_lives(bounded(-5), HERE)


def test_who_left_for_good_has_come_and_who_gave_up_has_not():
    assert is_asking(GAVE_UP)
    assert not is_asking(GONE)
    assert not is_asking(HERE)


def test_whoever_is_in_care_does_not_go_back_to_where_she_asked_and_who_has_left_may():
    late = Life((step(StepKind.INQUIRE, -2, 20), step(StepKind.WAIT, -1, 21)))
    assert weigh(HERE, late, DAY) == (HERE, late)
    assert weigh(late, HERE, DAY) == (HERE, late)
    assert weigh(GONE, late, DAY) == (late, None)
    assert weigh(WAITS, HERE, DAY) == (HERE, None), "what was asked before reads on into her days here"
    assert weigh(ASKED, WAITS, DAY)[0] == WAITS, "of two who ask the one further on"
    assert weigh(Life(), HERE, DAY) == (None, None)


def test_what_was_asked_stands_before_by_its_number_and_of_a_bare_contract_by_its_day():
    assert goes_before(WAITS, HERE)
    assert not goes_before(Life((step(StepKind.INQUIRE, -9, 30),)), HERE)
    bare = Life((enrol(-5),))
    assert goes_before(Life((step(StepKind.INQUIRE, -5, 30),)), bare)
    assert not goes_before(Life((step(StepKind.INQUIRE, -4, 30),)), bare)
    assert not goes_before(GAVE_UP, bare)


def test_a_joint_life_has_to_end_where_the_one_that_counts_ended():
    assert tells_the_same(Life((*WAITS.steps, *HERE.steps)), HERE, DAY)
    assert not tells_the_same(WAITS, HERE, DAY)
    assert not tells_the_same(HERE, Life((enrol(-5, 9, ends_on=day(30)),)), DAY)


# -- who they are


def test_two_sexes_are_asked_about_only_where_both_are_noted():
    girl, boy, nobody = {"sex": "f"}, {"sex": "m"}, {"sex": ""}
    for pair in ((girl, girl), (girl, nobody), (nobody, {})):
        merge_checks.check_sex(*pair, ())
    with pytest.raises(RecordError) as refused:
        merge_checks.check_sex(girl, boy, ("name",))
    assert refused.value.field == "sex"
    merge_checks.check_sex(girl, boy, ("sex",))


def join(*, held=None, may_collect=True):
    tie = Tie("姐姐", may_collect=may_collect)
    kept = None if held is None else TieRow(1, 1, 1, Tie("姐姐", may_collect=held), ended=False)
    return TieJoin(1, kept, TieRow(2, 1, 2, tie, ended=False), tie, frozenset())


def test_nobody_comes_to_collect_by_a_merging_who_is_perhaps_a_minor():
    values = {"name": "张小雅"}
    with pytest.raises(RecordError):
        merge_checks.check_collectors((join(),), values, DAY)
    for seen in ({"identity_seen": "1"}, {"born_on": "1999-01-01"}):
        merge_checks.check_collectors((join(),), {**values, **seen}, DAY)
    merge_checks.check_collectors((join(may_collect=False),), values, DAY)
    merge_checks.check_collectors((join(held=True),), values, DAY)  # she may already


@pytest.fixture
def pair(world):
    with world.database.unit(None, "pair") as unit:
        one, other = (add_child(unit, world, name, BORN) for name in ("糖一", "糖衣"))
        add_adult(unit, world, one, "糖妈", "妈妈", "13900001177", is_guardian=True)
        add_adult(unit, world, other, "糖爸", "爸爸", "13900002288", is_guardian=True)
    return one, other


@pytest.mark.parametrize("turned", [False, True])
def test_a_barred_man_in_disguise_is_found_whichever_record_has_him(world, pair, turned):
    with world.database.unit(None, "men") as unit:
        add_adult(unit, world, pair[turned], "糖大山", "舅舅", "13600001111", barred=True)
        add_adult(unit, world, pair[not turned], "糖大山", "舅舅", "13600002222")
        unit.audit("child", pair[0])
    ((one, barred),) = merge_checks.list_disguised(world.database, pair, DAY)
    assert (one.phone, barred.phone) == ("13600002222", "13600001111")


# -- bookings


def book(world, child, **more):
    services = build(world.database, world.clock, world.rng)
    usual = {"from_minute": 540, "to_minute": 720, "tariff": Tariff.HOURLY, "class_id": world.dragons}
    return services.bookings.book(world.desk, Wish(**{"child": child, "day": FRIDAY, **usual, **more}))


def test_one_booking_entered_twice_is_one_and_two_that_differ_are_settled_first(world, pair):
    kept, merged = pair
    book(world, kept)
    book(world, merged)
    (same,) = merge_checks.double_bookings(world.database, pair, DAY)
    assert (same.child, same.day) == (merged, FRIDAY)
    book(world, kept, day=day(5), note="带药")
    book(world, merged, day=day(5))
    assert len(merge_checks.double_bookings(world.database, pair, DAY)) == 2, "its note says more and stays"
    book(world, kept, day=day(6))
    book(world, merged, day=day(6), to_minute=780)
    with pytest.raises(RecordError, match="9:00–12:00 和 9:00–13:00"):
        merge_checks.double_bookings(world.database, pair, DAY)


def away(world, child, first, last, **more):
    told = {"kind": "personal", "told_by": "外婆", "reason": "旅游", **more}
    services = build(world.database, world.clock, world.rng)
    return services.absences.note(world.desk, AbsenceNote(child, from_day=first, to_day=last, **told))


@pytest.mark.parametrize("turned", [False, True])
def test_a_day_of_absence_and_a_booking_of_it_are_settled_first(world, pair, turned):
    one, other = pair[::-1] if turned else pair
    book(world, one, day=day(5))
    book(world, other)
    merge_checks.check_away(world.database, pair, DAY)
    book(world, one, day=FRIDAY)
    away(world, one, FRIDAY, FRIDAY)  # her own booking goes with it
    with pytest.raises(
        RecordError, match=r"12月5日（周五） 一份档案登记了事假.*另一份还约了 9:00–12:00。请先"
    ):
        merge_checks.check_away(world.database, pair, DAY)
    merging = build(world.database, world.clock, world.rng).merging
    assert "还约了 9:00–12:00" in merging.compare_children(world.desk, *pair).refusal


def test_hours_that_are_over_and_a_day_on_which_she_came_stand_in_nobodys_way(world, pair):
    book(world, pair[0], day=DAY, from_minute=660, to_minute=720)
    book(world, pair[1], day=DAY)
    away(world, pair[1], DAY, DAY)
    with pytest.raises(RecordError, match="还约了 11:00–12:00"):
        merge_checks.check_away(world.database, pair, DAY)
    world.clock.at(12)
    merge_checks.check_away(world.database, pair, DAY)
    world.clock.at(10)
    arrival = CheckIn(
        pair[0], class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=world.clock.now.replace(hour=11)
    )
    build(world.database, world.clock, world.rng).arrivals.check_in(world.desk, arrival)
    book(world, pair[0], day=DAY, from_minute=840, to_minute=900)
    merge_checks.check_away(world.database, pair, DAY)


def test_nor_does_a_morning_as_a_guest_hide_a_booking_of_the_half_she_is_away_from(world):
    own, services = world.children["马思睿"], build(world.database, world.clock, world.rng)
    with world.database.unit(None, "build") as unit:
        twin = add_child(unit, world, "马思瑞", dt.date(2023, 7, 9))
        add_adult(unit, world, twin, "马母", "妈妈", "13600005555", is_guardian=True)
        unit.audit("child", twin)
    services.arrivals.note_absence(world.desk, own, "personal", "出门", "马母")
    world.clock.at(9)
    soon = world.clock.now.replace(hour=11)
    arrival = CheckIn(twin, class_id=world.dragons, tariff=Tariff.HOURLY, promised_at=soon)
    visit = services.arrivals.check_in(world.desk, arrival).value.visit
    world.clock.at(11)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["马母"], tender="cash"))
    book(world, twin, day=DAY, from_minute=900, to_minute=1020)
    with pytest.raises(RecordError, match="还约了 15:00–17:00"):
        merge_checks.check_away(world.database, (own, twin), DAY)


def test_no_record_becomes_one_with_itself_nor_with_one_of_another_day_of_birth(world, pair):
    kept = pair[0]
    values = {"born_on": "2023-08-01"}
    with pytest.raises(RecordError, match="另一份"):
        merge_checks.check_children(world.database, (kept, kept), values, values, DAY)
    with pytest.raises(RecordError) as refused:
        merge_checks.check_children(world.database, pair, values, {"born_on": "2023-08-02"}, DAY)
    assert refused.value.field == "born_on"
    merge_checks.check_children(world.database, pair, values, values, DAY)
