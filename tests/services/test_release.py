"""Handing a child back to somebody who is not on her list, siblings together, and open papers."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.changes import Undo
from app.domain.errors import RuleError
from app.domain.grants import CallerError, GrantError, GrantUsedError
from app.domain.ids import StaffId
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.names import search_keys
from app.domain.pickup_codes import is_fair
from app.domain.staff import NotPermittedError
from app.domain.visits import (
    AlreadyCheckedInError,
    AlreadyLeftError,
    BarredFromCollectingError,
    MinorCollectorError,
    MoneyDueError,
    NotAllowedToCollectError,
    NotTodayError,
)
from app.services.alarms import AlarmDecidedError, BarredAlarmError
from app.services.arrivals import CheckIn
from app.services.bars import Stranger
from app.services.bundle import build
from app.services.cashier import MONEY_KIND
from app.services.collecting import CheckOut, IdentityNotSeenError, WrongCodeError
from app.services.door_book import DoorQuery
from app.services.grants import Call
from app.services.open_papers import Answer, OpenPapersError
from app.services.pickup import ForgottenDepartureError
from app.services.pins import Second, SecondPersonError, keep_pin
from app.services.record_words import trait_words
from app.store import alarms, cards, grants, people, record_acts, releases, visits
from app.store.people import Tie
from tests.services.answered import merge_children
from tests.services.world import DAY, add_adult, add_child, own_pin


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.teacher, "7043")
    made.pins.choose(world.director, "5927")
    return made


@pytest.fixture
def visit(world, services):
    return services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit


@pytest.fixture
def paid(world, services):
    at = world.clock.now.replace(hour=14)
    act = CheckIn(
        world.children["周乐瑶"], tariff=Tariff.TEMP_HALF_DAY, class_id=world.dragons, promised_at=at
    )
    return services.arrivals.check_in(world.desk, act).value.visit


def call(world, **changed):
    values = {
        "children": (world.children["张沐阳"],),
        "caller": world.adults["张母"],
        "caller_tail": "2233",
        "name": "孙丽华",
        "relation": "姑姑",
        "phone": "13800009911",
        "identity_tail": "002X",
    }
    return Call(**(values | changed))


def second(world):
    return Second(world.director.id, "5927")


def brother_of(world, *, guardian="张母", born=dt.date(2023, 11, 1)):
    with world.database.unit(None, "brother") as unit:
        child = add_child(unit, world, "张沐辰", born, sex="m")
        tie = Tie("妈妈", is_guardian=True, may_collect=True)
        people.add_tie(unit, child, world.adults[guardian], tie)
    return child


def test_a_call_of_the_guardian_lets_somebody_come_today_with_the_code_and_a_card(world, services, visit):
    done = services.grants.add(world.desk, call(world))
    assert is_fair(done.value.code)
    row = services.pickup.prepare(world.desk, visit).grants[0]
    assert (row.name, row.relation, row.used) == ("孙丽华", "姑姑", False)
    assert row.detail == "138****9911 · 证件尾号 002X · 妈妈 张母 09:12 来电"
    act = CheckOut(visit, proof="grant", grant=done.value.grant, code="2222", identity_seen=True)
    with pytest.raises(WrongCodeError):
        services.pickup.check_out(world.desk, act)
    act = dataclasses.replace(act, code=done.value.code.lower(), identity_seen=False)
    with pytest.raises(IdentityNotSeenError):
        services.pickup.check_out(world.desk, act)
    left = services.pickup.check_out(world.desk, dataclasses.replace(act, identity_seen=True))
    assert left.value.collector == "姑姑 孙丽华"
    kept = releases.find_release_of_visit(world.database, visit)
    assert (kept.proof, kept.who, kept.grant) == ("grant", "姑姑 孙丽华", done.value.grant)
    board = services.desk.board(world.desk)
    assert board.just_left[0].collected_by == "姑姑 孙丽华"
    with pytest.raises(GrantUsedError, match="撤销离园"):
        services.grants.withdraw(world.desk, done.value.grant)
    with pytest.raises(AlreadyLeftError):
        services.pickup.check_out(world.desk, act)


def test_a_code_is_good_once_and_again_after_the_departure_was_taken_back(world, services, visit):
    granted = services.grants.add(world.desk, call(world)).value
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    again = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    with pytest.raises(GrantUsedError, match="只能用一次"):
        services.pickup.check_out(world.desk, dataclasses.replace(act, visit=again))
    services.arrivals.undo_check_in(world.desk, again)
    services.undo(world.desk, Undo("check_out", visit, ""))
    services.pickup.check_out(world.desk, act)
    assert world.database.row("select count(*) as n from release")["n"] == 2


def test_a_code_dies_tonight_and_when_it_is_withdrawn(world, services, visit):
    done = services.grants.add(world.desk, call(world))
    act = CheckOut(visit, proof="grant", grant=done.value.grant, code=done.value.code, identity_seen=True)
    services.undo(world.desk, done.undo)
    assert services.pickup.prepare(world.desk, visit).grants == ()
    with pytest.raises(GrantUsedError):
        services.pickup.check_out(world.desk, act)
    with pytest.raises(GrantUsedError, match="撤回过"):
        services.grants.withdraw(world.desk, done.value.grant)
    services.grants.undo_withdraw(world.desk, done.value.grant)
    with pytest.raises(GrantUsedError, match="没有撤回"):
        services.grants.undo_withdraw(world.desk, done.value.grant)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    world.clock.now += dt.timedelta(days=1)
    again = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    assert services.pickup.prepare(world.desk, again).grants == ()
    with pytest.raises(GrantUsedError):
        services.pickup.check_out(world.desk, dataclasses.replace(act, visit=again))


def test_what_is_taken_back_after_one_of_two_has_left_holds_for_the_other(world, services, visit):
    """The first is gone by it; the guardian rings again: nobody comes for the second."""
    zhang, brother = world.children["张沐阳"], brother_of(world)
    other = services.arrivals.check_in(world.desk, CheckIn(brother, class_id=world.dragons)).value.visit
    granted = services.grants.add(world.desk, call(world, children=(zhang, brother))).value
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    left = services.pickup.check_out(world.desk, act)
    (line,) = services.grants.today(world.desk)
    assert (line.state, line.children, line.child) == ("open", "张沐阳（已接走）、张沐辰", brother)
    assert services.grants.tell_again(world.desk, granted.grant, "2233").value.code == granted.code
    done = services.grants.withdraw(world.desk, granted.grant)
    with pytest.raises(GrantUsedError, match="已撤回"):
        services.pickup.check_out(world.desk, dataclasses.replace(act, visit=other))
    services.undo(world.desk, done.undo)
    services.pickup.check_out(world.desk, dataclasses.replace(act, visit=other, tender="cash"))
    with pytest.raises(GrantUsedError, match="撤销离园"):
        services.grants.withdraw(world.desk, granted.grant)
    assert [one.state for one in services.grants.today(world.desk)] == ["used"]
    services.undo(world.desk, left.undo)
    services.grants.withdraw(world.desk, granted.grant)
    with pytest.raises(GrantUsedError, match="已撤回"):
        services.pickup.check_out(world.desk, act)


def test_todays_calls_are_told_after_two_records_in_one_of_them_are_merged(world, services, visit):
    zhang, twin = world.children["张沐阳"], brother_of(world, born=dt.date(2023, 6, 1))
    granted = services.grants.add(world.desk, call(world, children=(zhang, twin))).value
    other = services.grants.add(world.desk, call(world, children=(twin,))).value
    merged = merge_children(services, world.director, zhang, twin)
    assert [one.children for one in services.grants.today(world.desk)] == ["张沐阳", "张沐阳"]
    assert services.grants.tell_again(world.desk, granted.grant, "2233").value.children == "张沐阳"
    services.undo(world.director, merged.undo)
    told = {one.grant: one.children for one in services.grants.today(world.desk)}
    assert told == {granted.grant: "张沐阳、张沐辰", other.grant: "张沐辰"}
    merge_children(services, world.director, zhang, twin)
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    assert {one.grant: one.state for one in services.grants.today(world.desk)}[granted.grant] == "used"


def test_and_after_the_joint_record_went_into_a_third(world, services, visit):
    zhang, twin = world.children["张沐阳"], brother_of(world, born=dt.date(2023, 6, 1))
    with world.database.unit(None, "third") as unit:
        third = add_child(unit, world, "张木阳", dt.date(2023, 6, 1))
        tie = Tie("妈妈", is_guardian=True, may_collect=True)
        people.add_tie(unit, third, world.adults["张母"], tie)
        unit.audit("child", third)
    granted = services.grants.add(world.desk, call(world, children=(zhang, twin))).value
    world.clock.at(9, 20)
    merge_children(services, world.director, zhang, twin)
    merge_children(services, world.director, third, zhang)
    (line,) = services.grants.today(world.desk)
    assert (line.children, line.child, line.state) == ("张木阳", third, "open")
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    assert services.grants.today(world.desk)[0].state == "used"


def test_a_code_of_yesterday_opens_nothing_after_midnight_and_one_of_today_does(world, services, visit):
    kept = services.grants.add(world.desk, call(world)).value
    world.clock.now = world.clock.now.replace(hour=0, minute=5) + dt.timedelta(days=1)
    late = {"left_at": world.clock.now, "reason": "妈妈加班", "identity_seen": True, "proof": "grant"}
    with pytest.raises(GrantUsedError, match="不是今天的"):
        services.pickup.check_out(world.director, CheckOut(visit, grant=kept.grant, code=kept.code, **late))
    last = {**late, "left_at": world.clock.now - dt.timedelta(minutes=30)}  # put down late: it was good then
    new = services.grants.add(world.desk, call(world)).value
    done = services.pickup.check_out(
        world.director, CheckOut(visit, grant=kept.grant, code=kept.code, **last)
    )
    services.undo(world.director, done.undo)
    services.pickup.check_out(world.director, CheckOut(visit, grant=new.grant, code=new.code, **late))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"caller_tail": "2234"}, CallerError),
        ({"caller": "张外人"}, CallerError),
        ({"caller": "马母"}, CallerError),
        ({"children": ()}, RuleError),
        ({"children": ("张沐阳", "马思睿")}, CallerError),
        ({"relation": ""}, RuleError),
        ({"name": "张外仁"}, BarredAlarmError),
        ({"name": "外人张"}, BarredAlarmError),
        ({"phone": "13600000000"}, BarredAlarmError),
    ],
)
def test_a_call_that_is_not_right_is_not_kept(world, services, visit, changed, error):
    if "children" in changed:
        changed = {"children": tuple(world.children[name] for name in changed["children"])}
    if "caller" in changed:
        changed = {"caller": world.adults[changed["caller"]]}
    with pytest.raises(error):
        services.grants.add(world.desk, call(world, **changed))
    assert grants.list_grants(world.database, world.children["张沐阳"], DAY) == ()
    with pytest.raises(NotPermittedError):
        services.grants.add(world.cashier, call(world))


@settings(max_examples=5)
@given(st.integers(1, 2**32))
def test_codes_of_calls_and_of_slips_are_never_the_same(tmp_path_factory, seed):
    from tests.services.world import make_world

    world = make_world(tmp_path_factory.mktemp("codes"), seed=seed)
    services = build(world.database, world.clock, world.rng)
    seen = set()
    for name in ("张沐阳", "周乐瑶", "马思睿"):
        seen.add(services.arrivals.check_in(world.desk, CheckIn(world.children[name])).value.pickup_code)
        for _ in range(8):
            seen.add(services.grants.add(world.desk, call(world)).value.code)
    assert len(seen) == 27
    assert visits.used_codes(world.database, DAY) == seen
    assert all(visits.is_code_used(world.database, DAY, code) for code in seen)
    world.database.close()


def test_an_exception_takes_a_reason_a_card_and_a_second_person_with_the_right(world, services, visit):
    stranger = Stranger("孙丽华", "邻居", "13800009911", "002X")
    act = CheckOut(
        visit, proof="exception", stranger=stranger, reason="妈妈电话里同意，手机没电", identity_seen=True,
        second=second(world),
    )  # fmt: skip
    wrong = (
        ({"reason": " "}, NotAllowedToCollectError),
        ({"stranger": None}, NotAllowedToCollectError),
        ({"identity_seen": False}, IdentityNotSeenError),
        ({"second": None}, SecondPersonError),
        ({"second": Second(world.teacher.id, "7043")}, SecondPersonError),
        ({"second": Second(world.director.id, "5928")}, RuleError),
        ({"stranger": Stranger("张外仁", "邻居", "13800009911", "")}, BarredAlarmError),
    )
    for changed, error in wrong:
        with pytest.raises(error):
            services.pickup.check_out(world.desk, dataclasses.replace(act, **changed))
    assert visits.find_visit(world.database, visit).left_at is None
    services.pickup.check_out(world.desk, act)
    kept = releases.find_release_of_visit(world.database, visit)
    assert (kept.proof, kept.confirmed_by, kept.released_by) == (
        "exception", world.director.id, world.desk.id,
    )  # fmt: skip
    line = world.database.row("select detail from audit where subject = 'visit' order by id desc limit 1")
    assert "周敏确认：妈妈电话里同意" in line["detail"]


def test_who_is_on_file_but_not_on_the_list_leaves_by_an_exception_and_a_minor_by_none(
    world, services, visit
):
    with world.database.unit(None, "kin") as unit:
        child = world.children["张沐阳"]
        known = add_adult(unit, world, child, "欧阳娜", "邻居", "13511112222")
        people.end_tie(unit, child, known)
        people.add_tie(unit, child, known, Tie("邻居"))
        young = add_adult(unit, world, child, "欧阳小天", "表哥", "13511113333")
        people.note_born(unit, young, dt.date(2010, 1, 1))
        unit.audit("adult", known)
    act = CheckOut(visit, known, "exception", reason="妈妈同意", identity_seen=True, second=second(world))
    with pytest.raises(NotAllowedToCollectError):
        services.pickup.check_out(world.desk, CheckOut(visit, known))
    with pytest.raises(MinorCollectorError):
        services.pickup.check_out(world.desk, dataclasses.replace(act, collector=young))
    services.pickup.check_out(world.desk, act)
    assert visits.find_visit(world.database, visit).collected_by == known


def _young(world, child, relation, *, tie=True, number=""):
    """孙丽华 of the call, fifteen years old by her record."""
    keys = search_keys("孙丽华")
    with world.database.unit(None, "young") as unit:
        new = people.NewAdult(
            "孙丽华", "" if number else "13800009911", keys.pinyin, keys.initials, False, dt.date(2010, 1, 1)
        )
        adult = people.add_adult(unit, new)
        if tie:
            people.add_tie(unit, world.children[child], adult, Tie(relation))
        if number:
            act = record_acts.add_act(unit, "adult", adult, "证件")
            change = record_acts.Change("adult", adult, "document_number", "", number)
            record_acts.add_change(unit, act, change)
        unit.audit("adult", adult)
    return adult


_FIFTEEN = "110105201001010010"


@pytest.mark.parametrize(
    ("on_file", "said"),
    [
        (("周乐瑶", "姐姐"), Stranger("孙丽华", "姑姑", "13800009911")),
        (("张沐阳", "表姐"), Stranger("孙丽华", "姑姑", "13511112222")),
        (("周乐瑶", "姐姐", _FIFTEEN), Stranger("孙丽华", "姑姑", "13511112222", "0010")),
        (None, Stranger("李雷", "邻居", "", _FIFTEEN)),
        (None, Stranger("李雷", "15岁的哥哥", "13511112222")),
    ],
)
def test_a_minor_takes_a_child_by_no_way_at_all(world, services, visit, on_file, said):
    act = CheckOut(
        visit, proof="exception", stranger=said, reason="妈妈同意", identity_seen=True, second=second(world)
    )
    wish = call(world, name=said.name, relation=said.relation, phone=said.phone, identity_tail=said.identity)
    granted = None
    if on_file is not None:  # the file learns it after the call
        granted = services.grants.add(world.desk, wish).value
        _young(world, *on_file[:2], number="".join(on_file[2:]))
    for refused in (
        lambda: services.grants.add(world.desk, wish),
        lambda: services.pickup.check_out(world.desk, act),
    ):
        with pytest.raises((MinorCollectorError, GrantError), match="未满 18 周岁"):
            refused()
    if granted is not None:
        coming = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
        with pytest.raises(MinorCollectorError):
            services.pickup.check_out(world.desk, coming)
    assert visits.find_visit(world.database, visit).left_at is None


def test_somebody_else_of_that_name_and_one_of_age_may_come(world, services, visit):
    _young(world, "周乐瑶", "姐姐")
    granted = services.grants.add(world.desk, call(world, phone="13511112222")).value
    coming = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, coming)
    whole = call(world, relation="哥哥", name="李雷", phone="", identity_tail="11010519491231002X")
    assert services.grants.add(world.desk, whole).value.who == "哥哥 李雷"


def test_whom_the_file_calls_a_schoolchild_is_let_go_with_by_no_exception(world, services, visit):
    with world.database.unit(None, "kin") as unit:
        child = world.children["张沐阳"]
        young = add_adult(unit, world, child, "欧阳小天", "初中生", "13511113333")
        unit.audit("adult", young)
    act = CheckOut(visit, young, "exception", reason="妈妈同意", identity_seen=True, second=second(world))
    with pytest.raises(MinorCollectorError, match="出生日期"):
        services.pickup.check_out(world.desk, act)
    with world.database.unit(None, "born") as unit:
        people.note_born(unit, young, dt.date(2007, 12, 1))
        unit.audit("adult", young)
    services.pickup.check_out(world.desk, act)


def test_whoever_gives_the_directors_right_types_her_pin(world, services, visit):
    """Signed in as the director is anybody who has pressed Ctrl+L."""
    act = CheckOut(
        visit,
        proof="exception",
        stranger=Stranger("欧阳娜", "邻居", "13511112222"),
        reason="妈妈同意",
        identity_seen=True,
        second=Second(world.teacher.id, "7043"),
    )
    for own in ("", "7043"):
        with pytest.raises(RuleError) as raised:
            services.pickup.check_out(world.director, dataclasses.replace(act, own_pin=own))
        assert raised.value.field == "own_pin"
    services.pickup.check_out(world.director, dataclasses.replace(act, own_pin="5927"))


def test_a_pin_chosen_under_the_alarm_clears_nothing(world, services, visit):
    with pytest.raises(BarredAlarmError) as said:
        services.grants.add(world.desk, call(world, name="章外人"))
    world.clock.now += dt.timedelta(minutes=1)
    services.pins.choose(world.director, "8350", "5927")
    late, told = Second(world.director.id, "8350"), (said.value.alarm, "cleared", "看过身份证")
    with pytest.raises(SecondPersonError, match="警报之后"):
        services.alarms.decide(world.desk, *told, late)
    with pytest.raises(BarredAlarmError) as hers:
        services.grants.add(world.director, call(world, name="章外认"))
    world.clock.now += dt.timedelta(minutes=1)
    services.pins.choose(world.director, "8351", "8350")
    told = (hers.value.alarm, "cleared", "看过身份证", Second(world.teacher.id, "7043"))
    with pytest.raises(SecondPersonError, match="警报之后"):
        services.alarms.decide(world.director, *told, "8351")
    late = Second(world.director.id, "8351")
    services.alarms.decide(world.desk, said.value.alarm, "refused", "没放行", late)
    with pytest.raises(BarredAlarmError) as again:
        services.grants.add(world.desk, call(world, name="章外人"))
    services.alarms.decide(world.desk, again.value.alarm, "cleared", "看过身份证", late)


def test_a_barred_person_raises_an_alarm_that_only_a_second_person_ends(world, services, visit):
    outsider = world.database.row("select adult_id from child_adult where child_id = 1 and barred = 1")[0]
    with pytest.raises(BarredFromCollectingError) as said:
        services.pickup.check_out(world.desk, CheckOut(visit, outsider))
    with pytest.raises(BarredAlarmError) as twice:
        services.pickup.check_out(world.desk, CheckOut(visit, outsider))
    alarm = said.value.alarm
    assert alarm == twice.value.alarm  # pressing again raises no second one
    view = services.alarms.view(world.desk, alarm)
    assert (view.certain, view.barred_words, view.marks) == (True, "邻居 张外人", ("姓名相同",))
    assert view.to_ring == ("妈妈 张母 137 0000 2233",)  # to be rung at once
    decide = services.alarms.decide
    for decision, reason, by in (
        ("refused", "", second(world)),
        ("refused", "已报警", None),
        ("refused", "已报警", Second(world.desk.id, "3816")),
        ("refused", "已报警", Second(world.director.id, "5928")),
        ("forgotten", "已报警", second(world)),
        ("cleared", "是好人", second(world)),
    ):
        with pytest.raises(RuleError):
            decide(world.desk, alarm, decision, reason, by)
    assert services.alarms.undecided(world.desk) == (alarm,)
    decide(world.desk, alarm, "refused", "已告知妈妈", Second(world.teacher.id, "7043"))
    assert services.alarms.undecided(world.desk) == ()
    kept = alarms.find_alarm(world.database, alarm)
    assert (kept.decision, kept.reason) == ("refused", "已告知妈妈")
    with pytest.raises(AlarmDecidedError):
        decide(world.desk, alarm, "refused", "再来", second(world))
    assert alarms.list_of_child(world.database, kept.child) == (kept,)


def test_whom_the_caller_named_is_not_yet_at_the_door_and_when_he_stands_there_is_another_alarm(
    world, services, visit
):
    outsider = world.adults["张外人"]
    with pytest.raises(BarredAlarmError, match="不要授权，请按档案里的号码打回去核实") as named:
        services.grants.add(world.desk, call(world, name="张外人", relation="邻居"))
    told = services.alarms.view(world.desk, named.value.alarm)
    assert (told.place, told.inside) == ("grant", True)
    with pytest.raises(BarredAlarmError, match="不要放行") as stands:
        services.pickup.check_out(world.desk, CheckOut(visit, outsider))
    assert stands.value.alarm != named.value.alarm
    by = Second(world.teacher.id, "7043")
    services.alarms.decide(world.desk, named.value.alarm, "refused", "妈妈说打错了", by)
    assert (
        "不授权 许静：妈妈说打错了"
        in world.database.row("select detail from audit order by id desc limit 1")[0]
    )


def test_an_alarm_knows_whether_the_child_was_here_when_it_was_raised(world, services, visit):
    outsider = world.adults["张外人"]
    alarm = services.alarms.stand(world.desk, visit, outsider).value
    world.clock.at(10)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    world.clock.at(11)
    assert services.alarms.view(world.desk, alarm).inside  # though she has left since
    assert not visits.was_inside(world.database, world.children["张沐阳"], world.clock.now)
    world.clock.at(9, 12)
    services.alarms.decide(world.desk, alarm, "refused", "走了", Second(world.teacher.id, "7043"))
    services.pickup.undo_check_out(world.desk, visit)
    services.arrivals.undo_check_in(world.desk, visit)
    assert not services.alarms.view(world.desk, alarm).inside


def test_another_person_of_a_like_name_is_cleared_by_the_director_for_today(world, services, visit):
    with pytest.raises(BarredAlarmError) as said:
        services.grants.add(world.desk, call(world, name="章外人"))
    with pytest.raises(SecondPersonError):
        services.alarms.decide(
            world.desk, said.value.alarm, "cleared", "看过身份证", Second(world.teacher.id, "7043")
        )
    services.alarms.decide(world.desk, said.value.alarm, "cleared", "看过身份证", second(world))
    services.grants.add(world.desk, call(world, name="章外人"))
    with pytest.raises(BarredAlarmError):
        services.grants.add(world.desk, call(world, name="章外认"))
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(BarredAlarmError):
        services.grants.add(world.desk, call(world, name="章外人"))


def test_who_is_on_file_and_like_a_barred_person_is_cleared_for_good(world, services, visit):
    with world.database.unit(None, "twin") as unit:
        twin = add_adult(unit, world, world.children["张沐阳"], "章外仁", "叔叔", "13511112222")
        unit.audit("adult", twin)
    with pytest.raises(BarredAlarmError) as said:
        services.pickup.check_out(world.desk, CheckOut(visit, twin))
    services.arrivals.undo_check_in(world.desk, visit)
    with pytest.raises(BarredAlarmError):
        services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], twin))
    services.alarms.decide(world.desk, said.value.alarm, "cleared", "是叔叔", second(world))
    world.clock.now += dt.timedelta(days=1)
    again = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"], twin)).value.visit
    services.pickup.check_out(world.desk, CheckOut(again, twin))


def test_a_nickname_and_a_card_on_file_of_a_barred_person_count(world, services, visit):
    outsider = world.database.row("select adult_id from child_adult where child_id = 1 and barred = 1")[0]
    services.alarms.note_trait(world.director, outsider, "nickname", "大头")
    services.alarms.note_trait(world.director, outsider, "identity", "110105194912310026")
    for changed in ({"name": "大头"}, {"identity_tail": "0026"}):
        with pytest.raises(BarredAlarmError):
            services.grants.add(world.desk, call(world, **changed))
    with pytest.raises(RuleError):
        services.alarms.note_trait(world.director, outsider, "smell", "烟")
    with pytest.raises(NotPermittedError):
        services.alarms.note_trait(world.desk, outsider, "nickname", "大头")


def test_siblings_leave_in_one_act_with_a_receipt_each_and_come_back_in_one(world, services, visit):
    child = brother_of(world)
    at = world.clock.now.replace(hour=14)
    act = CheckIn(child, tariff=Tariff.TEMP_HALF_DAY, class_id=world.dragons, promised_at=at)
    his = services.arrivals.check_in(world.desk, act).value.visit
    row = services.pickup.prepare(world.desk, visit).siblings[0]
    assert (row.name, row.kin, row.visit, row.due) == ("张沐辰", "弟弟", his, Money(8000))
    assert services.pickup.prepare(world.desk, his).siblings[0].kin == "哥哥"
    mother = world.adults["张母"]
    both = (CheckOut(visit, mother), CheckOut(his, mother))
    with pytest.raises(MoneyDueError, match="张沐辰"):
        services.pickup.check_out_together(world.desk, both)
    assert visits.find_visit(world.database, visit).left_at is None
    both = tuple(dataclasses.replace(one, tender="wechat") for one in both)
    done = services.pickup.check_out_together(world.desk, both)
    assert [one.receipt is not None for one in done.value] == [False, True]
    assert done.undo.label == "张沐阳、张沐辰 离园"
    commits = world.database.commits
    services.undo(world.desk, done.undo)
    assert world.database.commits == commits + 1
    assert all(visits.find_visit(world.database, one).left_at is None for one in (visit, his))
    assert world.database.row("select count(*) as n from receipt where kind = 'refund'")["n"] == 1
    with pytest.raises(NotTodayError):
        services.undo(world.desk, done.undo)
    with pytest.raises(RuleError):
        services.pickup.check_out_together(world.desk, (both[0], both[0]))


def test_a_sibling_goes_along_on_the_slip_or_the_card_that_was_shown_and_it_says_whose(
    world, services, visit
):
    """Nobody said that she is known: what was proved is the other's slip, and he left in the same act."""
    child = brother_of(world)
    wish = CheckIn(child, tariff=Tariff.HOURLY, class_id=world.dragons)
    his = services.arrivals.check_in(world.desk, wish).value.visit
    code = visits.find_visit(world.database, visit).pickup_code
    services.cards.issue(world.desk, (world.children["张沐阳"],))
    card = cards.list_cards(world.database)[0].number
    for shown, kept, told in (
        ({"proof": "code", "code": code}, "张沐阳", "凭张沐阳的凭条"),
        ({"proof": "card", "card": card}, f"{card}（张沐阳）", f"卡号 {card}（张沐阳）"),
    ):
        act = CheckOut(visit, world.adults["张母"], tender="cash", **shown)
        along = dataclasses.replace(act, visit=his, beside=visit)
        with pytest.raises(RuleError, match="一起办离园"):
            services.pickup.check_out(world.desk, along)
        wrong = dataclasses.replace(act, visit=his)  # his own it is not
        with pytest.raises(RuleError):
            services.pickup.check_out_together(world.desk, (act, wrong))
        done = services.pickup.check_out_together(world.desk, (act, along))
        release = releases.find_release_of_visit(world.database, his)
        assert (release.proof, release.reason) == (shown["proof"], kept)
        lines = services.records.door.page(world.desk, DoorQuery(DAY)).lines
        assert any(told in one.notes for one in lines if one.child == child)
        services.undo(world.desk, done.undo)


def test_one_collector_must_be_allowed_for_each_sibling(world, services, visit):
    child = brother_of(world)
    his = services.arrivals.check_in(
        world.desk,
        CheckIn(child, tariff=Tariff.HOURLY, class_id=world.dragons),
    ).value.visit
    with world.database.unit(None, "aunt") as unit:
        aunt = add_adult(unit, world, world.children["张沐阳"], "欧阳娜", "阿姨", "13511112222")
        unit.audit("adult", aunt)
    both = (CheckOut(visit, aunt, tender="cash"), CheckOut(his, aunt, tender="cash"))
    with pytest.raises(NotAllowedToCollectError, match="张沐辰"):
        services.pickup.check_out_together(world.desk, both)
    granted = services.grants.add(world.desk, call(world, children=(world.children["张沐阳"], child))).value
    by_call = [
        CheckOut(
            one, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True, tender="cash"
        )
        for one in (visit, his)
    ]
    done = services.pickup.check_out_together(world.desk, tuple(by_call))
    assert [one.collector for one in done.value] == ["姑姑 孙丽华"] * 2
    assert world.database.row("select count(*) as n from adult where name = '孙丽华'")["n"] == 1


def test_belongings_are_settled_or_put_off_and_come_up_again(world, services, visit):
    cup = services.belongings.note(world.desk, visit, " 水杯 ").value
    coat = services.belongings.note(world.teacher, visit, "外套")
    services.undo(world.desk, coat.undo)
    with pytest.raises(RuleError, match="已经"):
        services.undo(world.desk, coat.undo)
    assert [one.words for one in services.pickup.prepare(world.desk, visit).papers] == ["水杯"]
    mother = world.adults["张母"]
    with pytest.raises(OpenPapersError, match="水杯"):
        services.pickup.check_out(world.desk, CheckOut(visit, mother))
    put_off = (Answer("belonging", cup, "在洗，明天带走"),)
    done = services.pickup.check_out(world.desk, CheckOut(visit, mother, answers=put_off))
    services.undo(world.desk, done.undo)
    assert services.pickup.prepare(world.desk, visit).papers[0].deferred == ""
    services.pickup.check_out(world.desk, CheckOut(visit, mother, answers=put_off))
    with pytest.raises(AlreadyLeftError):
        services.belongings.note(world.desk, visit, "帽子")
    world.clock.now += dt.timedelta(days=1)
    again = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    paper = services.pickup.prepare(world.desk, again).papers[0]
    assert (paper.words, paper.deferred) == ("水杯（12月3日带来）", "12月3日：在洗，明天带走")
    given = (Answer("belonging", cup),)
    done = services.pickup.check_out(world.desk, CheckOut(again, mother, answers=given))
    assert services.belongings.held(world.desk, again) == ()
    services.undo(world.desk, done.undo)
    assert services.pickup.prepare(world.desk, again).papers == (paper,)
    with pytest.raises(RuleError, match="什么物品"):
        services.belongings.note(world.desk, again, " ")


def test_money_put_off_is_asked_for_at_the_next_visit_and_paid_with_its_own_receipt(world, services, paid):
    world.clock.at(14)
    mother = world.adults["周母"]
    answers = (Answer(MONEY_KIND, paid, "没带手机"),)
    done = services.pickup.check_out(world.desk, CheckOut(paid, mother, answers=answers))
    assert done.value.receipt is None
    world.clock.now = world.clock.now.replace(hour=9) + dt.timedelta(days=1)
    again = services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"])).value.visit
    paper = services.pickup.prepare(world.desk, again).papers[0]
    assert (paper.amount, paper.deferred) == (Money(9500), "12月3日：没带手机")
    with pytest.raises(OpenPapersError):
        services.pickup.check_out(world.desk, CheckOut(again, mother, tender="cash"))
    settle = CheckOut(again, mother, answers=(Answer(MONEY_KIND, paid),))
    with pytest.raises(MoneyDueError):
        services.pickup.check_out(world.desk, settle)
    with pytest.raises(NotPermittedError):
        services.pickup.check_out(world.teacher, dataclasses.replace(settle, tender="cash"))
    done = services.pickup.check_out(world.desk, dataclasses.replace(settle, tender="cash"))
    assert (done.value.receipt, len(done.value.settled)) == (None, 1)
    services.undo(world.desk, done.undo)
    assert services.pickup.prepare(world.desk, again).papers[0].amount == Money(9500)
    services.pickup.check_out(world.desk, dataclasses.replace(settle, tender="wechat"))
    numbers = world.database.rows("select kind, total_fen from receipt order by id")
    assert [tuple(row) for row in numbers] == [("receipt", 9500), ("refund", -9500), ("receipt", 9500)]


def test_money_that_the_cash_desk_took_meanwhile_is_not_asked_for_again(world, services, paid):
    world.clock.at(14)
    put_off = (Answer(MONEY_KIND, paid, "没带手机"),)
    services.pickup.check_out(world.desk, CheckOut(paid, world.adults["周母"], answers=put_off))
    services.cashier.issue(world.cashier, paid, "cash")
    world.clock.now = world.clock.now.replace(hour=9) + dt.timedelta(days=1)
    again = services.arrivals.check_in(world.desk, CheckIn(world.children["周乐瑶"])).value.visit
    assert services.pickup.prepare(world.desk, again).papers == ()


def test_a_pickup_card_is_a_proof_once_it_was_scanned_and_its_number_is_kept(world, services, visit):
    act = CheckOut(visit, world.adults["张母"], "card")
    both = [world.children["张沐阳"], world.children["周乐瑶"]]
    hers = services.cards.issue(world.desk, both).value[0]
    number = {one.child: one.number for one in cards.list_cards(world.database)}
    with pytest.raises(RuleError, match="扫过才算"):  # that she has a card says nothing
        services.pickup.check_out(world.desk, act)
    for wrong, why in ((number[world.children["周乐瑶"]], "不是张沐阳的"), ("C-009999", "扫过才算")):
        with pytest.raises(RuleError, match=why):
            services.pickup.check_out(world.desk, dataclasses.replace(act, card=wrong))
    act = dataclasses.replace(act, card=number[world.children["张沐阳"]])
    services.cards.declare_lost(world.desk, hers)
    with pytest.raises(RuleError, match="挂失"):
        services.pickup.check_out(world.desk, act)
    services.cards.undo_loss(world.desk, hers)
    services.pickup.check_out(world.desk, act)
    kept = releases.find_release_of_visit(world.database, visit)
    assert (kept.proof, kept.reason) == ("card", act.card)


def test_yesterdays_open_stay_is_repaired_by_the_desk_with_the_directors_pin_and_taken_back(
    world, services, visit
):
    true_hour = world.clock.now.replace(hour=17)
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(AlreadyCheckedInError, match="12月3日"):
        services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"]))
    with pytest.raises(ForgottenDepartureError, match="不能按现在的时间办"):
        services.pickup.check_out(world.director, CheckOut(visit, world.adults["张母"]))
    listed = services.forgotten.stays(world.desk)
    assert [(one.stay.name, one.stay.day, one.quote) for one in listed] == [("张沐阳", DAY, None)]
    act = CheckOut(visit, world.adults["张母"], left_at=true_hour, reason="妈妈说五点接的")
    for by in (None, Second(world.teacher.id, "7043"), Second(world.director.id, "5928")):
        with pytest.raises(RuleError):
            services.pickup.check_out(world.desk, dataclasses.replace(act, second=by))
    with pytest.raises(ForgottenDepartureError):
        services.pickup.check_out(world.desk, act)
    act = dataclasses.replace(act, second=second(world))
    done = services.pickup.check_out(world.desk, act)
    assert services.forgotten.stays(world.desk) == ()
    kept = releases.find_release_of_visit(world.database, visit)
    assert (kept.reason, kept.confirmed_by) == ("妈妈说五点接的", world.director.id)
    with pytest.raises(NotTodayError):
        services.undo(world.teacher, done.undo)
    services.undo(world.desk, done.undo)
    assert len(services.forgotten.stays(world.desk)) == 1
    services.pickup.check_out(world.director, dataclasses.replace(act, second=None))
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(NotTodayError):
        services.undo(world.director, done.undo)


def test_who_is_barred_since_yesterday_is_put_down_as_yesterdays_collector(world, services, visit):
    child, father = world.children["张沐阳"], None
    with world.database.unit(None, "father") as unit:
        father = add_adult(unit, world, child, "张父", "爸爸", "13900008888", is_guardian=True)
        unit.audit("adult", father)
    world.clock.at(20)
    with world.database.unit(None, "court_order") as unit:
        people.end_tie(unit, child, father)
        people.add_tie(unit, child, father, Tie("爸爸", barred=True))
        unit.audit("adult", father)
    five = world.clock.now.replace(hour=17)
    world.clock.now += dt.timedelta(hours=12)
    (stay,) = services.forgotten.stays(world.desk)
    assert stay.since_barred == {father}  # and not the outsider, who was barred all the time
    act = CheckOut(visit, father, left_at=five, reason="监控里看到的")
    for wrong in (
        dataclasses.replace(act, left_at=five.replace(hour=21)),
        dataclasses.replace(act, collector=world.adults["张外人"]),
    ):
        with pytest.raises(BarredAlarmError):
            services.pickup.check_out(world.director, wrong)
    services.pickup.check_out(world.director, act)
    assert releases.find_release_of_visit(world.database, visit).who == "爸爸 张父"
    again = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    with pytest.raises(BarredAlarmError):
        services.pickup.check_out(world.director, CheckOut(again, father))


def test_the_search_keys_of_a_new_comer_are_kept(world, services, visit):
    granted = services.grants.add(world.desk, call(world)).value
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    row = world.database.row("select pinyin, identity_seen_at from adult where name = '孙丽华'")
    assert row["pinyin"] == search_keys("孙丽华").pinyin
    assert row["identity_seen_at"] is not None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("136-0000-2222", "13600002222"),
        ("13600002222转2", "13600002222"),
        ("010-87654321 转2", "01087654321-2"),
        ("138****6021", "138****6021"),
    ],
)
def test_a_number_is_noted_as_a_number_is_kept(world, services, typed, kept):
    outsider = world.adults["张外人"]
    services.alarms.note_trait(world.director, outsider, "phone", typed)
    assert alarms.list_traits(world.database, outsider) == (("phone", kept),)
    with pytest.raises(RuleError) as raised:
        services.alarms.note_trait(world.director, outsider, "phone", "23600002222")
    assert raised.value.field == "value"


def test_a_trait_noted_of_the_wrong_person_ends_and_comes_back(world, services, visit):
    outsider = world.database.row("select adult_id from child_adult where child_id = 1 and barred = 1")[0]
    done = services.alarms.note_trait(world.director, outsider, "phone", "6021")

    def undo(what, pin=""):
        services.undo(world.director, what.undo, pin)

    def known():
        card = services.records.card(world.director, world.children["张沐阳"])
        return {one.adult: one.traits for one in card.adults}[outsider]

    assert known() == ((done.value, "手机尾号 6021"),)
    pin = own_pin(world)
    for freed in (lambda: services.alarms.end_trait(world.director, done.value), lambda: undo(done)):
        with pytest.raises(SecondPersonError, match="园长自己输"):
            freed()
    assert known()
    ended = services.alarms.end_trait(world.director, done.value, pin)
    assert known() == ()
    undo(ended)
    assert [words for _, words in known()] == ["手机尾号 6021"]
    undo(done, pin)
    assert known() == ()
    with pytest.raises(RuleError, match="已经有人处理过"):
        services.alarms.end_trait(world.director, done.value, pin)
    with pytest.raises(RuleError, match="已经有人处理过"):
        services.alarms.end_trait(world.director, 999, pin)
    with pytest.raises(RuleError, match="后 4 位"):
        services.alarms.note_trait(world.director, outsider, "identity", "2X")
    for verb in (services.alarms.end_trait, services.alarms.undo_end_trait):
        with pytest.raises(NotPermittedError):
            verb(world.desk, done.value)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("nickname", "大壮", "小名 大壮"),
        ("phone", "13800006021", "手机 138****6021"),
        ("phone", "6021", "手机尾号 6021"),
        ("identity", "11010519491231002X", "证件尾号 002X"),
    ],
)
def test_a_trait_is_told_without_the_whole_number(kind, value, words):
    assert trait_words(kind, value) == words


def test_one_clerk_alone_ends_no_alarm_and_releases_nobody_by_exception(world, services, visit):
    with world.database.unit(world.desk.id, "choose_pin") as unit:  # as older releases allowed
        keep_pin(unit, world.rng, StaffId(6), "6194", by=world.desk.id)
        unit.audit("staff", 6)
    alone = Second(StaffId(6), "6194")
    outsider = world.database.row("select adult_id from child_adult where child_id = 1 and barred = 1")[0]
    alarm = services.alarms.stand(world.desk, visit, outsider).value
    with pytest.raises(SecondPersonError, match="须本人登录"):
        services.alarms.decide(world.desk, alarm, "refused", "走了", alone)
    assert services.alarms.undecided(world.desk) == (alarm,)
    act = CheckOut(
        visit,
        proof="exception",
        stranger=Stranger("李四", "舅舅", "13811112222"),
        reason="妈妈电话里同意",
        identity_seen=True,
        second=alone,
    )
    with pytest.raises(SecondPersonError, match="须本人登录"):
        services.pickup.check_out(world.director, act)
    assert visits.find_visit(world.database, visit).left_at is None


def test_nobody_has_gone_home_before_her_log_ends_and_what_was_checked_is_not_made_up(world, services, visit):
    world.clock.at(13, 30)
    services.classroom.log(
        world.teacher, (visit,), EntryDraft(EntryKind.WATER, world.clock.now, amount_ml=90)
    )
    world.clock.now += dt.timedelta(days=1)
    early, true_hour = (world.clock.now.replace(day=DAY.day, hour=hour) for hour in (10, 17))
    act = CheckOut(visit, world.adults["张母"], left_at=early, reason="妈妈说的")
    with pytest.raises(ForgottenDepartureError, match="13:30 还有记录"):
        services.pickup.check_out(world.director, act)
    services.pickup.check_out(world.director, dataclasses.replace(act, left_at=true_hour))
    book = services.records.door.page(world.desk, DoorQuery(DAY))
    assert [(line.proof, line.chip.words) for line in book.lines] == [("", "没有记核对")]
