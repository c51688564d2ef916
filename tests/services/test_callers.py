"""A guardian is known on the telephone by her number: no word of today makes another number hers."""

import datetime as dt

import pytest

from app.domain.grants import CallerError, GrantUsedError
from app.domain.joining import Side
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.callers import refuse_young
from app.services.grants import Call
from app.services.pickup import CheckOut
from app.services.pins import SecondPersonError, WrongPinError
from app.store import alarms, people
from tests.services.answered import merge_children
from tests.services.former import came_before
from tests.services.test_intake import STORY
from tests.services.world import DAY, PIN, add_adult, add_child, own_pin

BARRED = "13511112222"
WRONG = "13900007777"


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def family(services):
    return services.record_keeping.family


@pytest.fixture
def child(world):
    return world.children["张沐阳"]


def call(world, tail, caller=None):
    child = world.children["张沐阳"]
    return Call((child,), caller or world.adults["张母"], tail, "孙丽华", "姑姑", "13800009911")


def renumber(world, services, actor, phone, pin=""):
    child, mother = world.children["张沐阳"], world.adults["张母"]
    return services.record_keeping.family.change_adult(actor, child, mother, {"phone": phone}, own_pin=pin)


def refused(world, services, tail, words, caller=None):
    with pytest.raises(CallerError, match=words) as told:
        services.grants.add(world.desk, call(world, tail, caller))
    assert "园长" in told.value.sentence  # what to do


def a_day_on(world, days=1):
    world.clock.now += dt.timedelta(days=days)
    world.clock.at(9)


def barred_man(world, child, phone=BARRED, name="朱强"):
    with world.database.unit(None, "bar") as unit:
        man = add_adult(unit, world, child, name, "舅舅", phone, barred=True)
        unit.audit("child", child)
    return man


def test_a_number_of_today_is_told_with_who_wrote_it_and_what_to_do():
    told = refuse_young("张母的号码今天刚改过（09:12 林晓）").sentence
    assert told == (
        "张母的号码今天刚改过（09:12 林晓），今天不能凭它授权。"
        "请园长登录后办理、输口令担保，或请监护人本人来，或由园长放行。"
    )


def test_a_number_changed_today_by_the_desk_authorises_nobody_today(world, services):
    a_day_on(world)
    services.grants.add(world.desk, call(world, "2233"))
    renumber(world, services, world.desk, WRONG)
    refused(world, services, "7777", "今天刚改过（09:00 林晓）")
    a_day_on(world)
    services.grants.add(world.desk, call(world, "7777"))


def test_undoing_a_correction_makes_the_wrong_number_good_for_nobody(world, services):
    renumber(world, services, world.desk, WRONG)
    a_day_on(world)
    services.grants.add(world.desk, call(world, "7777"))
    mended = renumber(world, services, world.director, "13700002233", own_pin(world))
    services.undo(world.desk, mended.undo)
    refused(world, services, "7777", "今天撤销过修改（09:00 林晓）")


def test_the_directors_name_alone_makes_no_number_good(world, services):
    renumber(world, services, world.director, WRONG)  # nobody has a PIN yet: it counts as anybody's
    refused(world, services, "7777", "今天刚改过")
    own_pin(world)
    with pytest.raises(SecondPersonError, match="本人的口令"):
        renumber(world, services, world.director, "13900008888")
    with pytest.raises(WrongPinError):
        renumber(world, services, world.director, "13900008888", "8888")


def test_a_number_changed_by_the_director_with_her_pin_holds_at_once(world, services):
    renumber(world, services, world.director, WRONG, own_pin(world))
    services.grants.add(world.desk, call(world, "7777"))
    world.clock.at(10)
    renumber(world, services, world.desk, "13900008888")
    refused(world, services, "8888", "今天刚改过（10:00 林晓）")


def test_the_director_vouches_in_the_call_with_her_pin(world, services):
    renumber(world, services, world.desk, WRONG)
    own_pin(world)
    with pytest.raises(SecondPersonError, match="本人的口令"):
        services.grants.add(world.director, call(world, "7777"))
    with pytest.raises(WrongPinError):
        services.grants.add(world.director, call(world, "7777"), "8888")
    refused(world, services, "7777", "今天刚改过")
    services.grants.add(world.director, call(world, "7777"), PIN)
    services.grants.add(world.desk, call(world, "7777"))  # until something is written
    rows = services.records.history(world.desk, world.children["张沐阳"], 9)[0]
    assert any(
        one.title == "园长担保 张母 的来电号码（授权 姑姑 孙丽华 来接）" and one.who == "周敏" for one in rows
    )
    world.clock.at(11)
    renumber(world, services, world.desk, "13900008888")
    refused(world, services, "8888", "今天刚改过")


def test_a_number_years_old_asks_the_director_for_nothing(world, services):
    own_pin(world)
    a_day_on(world)
    services.grants.add(world.director, call(world, "2233"))


def test_a_number_filled_in_today_speaks_for_nobody(world, services, family, child):
    with world.database.unit(None, "x") as unit:
        father = add_adult(unit, world, child, "张父", "爸爸", "", is_guardian=True)
        unit.audit("child", child)
    a_day_on(world)
    family.change_adult(world.desk, child, father, {"phone": WRONG})
    refused(world, services, "7777", "今天才补上（09:00 林晓）", father)


def test_a_guardian_of_today_speaks_for_nobody(world, services, family, child):
    own_pin(world)
    a_day_on(world)
    made = {"name": "李大", "relation": "舅舅", "phone": WRONG, "is_guardian": "1"}
    uncle = family.add_adult(world.desk, child, made).value
    refused(world, services, "7777", "李大的号码今天才登记（09:00）", uncle)
    services.grants.add(world.director, call(world, "7777", uncle), PIN)


def test_neither_does_who_is_made_one_of_an_adult_known_for_long(world, services, family, child):
    neighbour = family.add_adult(
        world.desk, child, {"name": "李大", "relation": "邻居", "phone": WRONG}
    ).value
    own_pin(world)
    a_day_on(world)
    family.change_adult(world.desk, child, neighbour, {"is_guardian": "1"})
    refused(world, services, "7777", "今天才登记为监护人（09:00 林晓）", neighbour)
    family.change_adult(world.desk, child, neighbour, {"is_guardian": ""})
    world.clock.at(9, 5)
    with pytest.raises(SecondPersonError):
        family.change_adult(world.director, child, neighbour, {"is_guardian": "1"})
    family.change_adult(world.director, child, neighbour, {"is_guardian": "1"}, own_pin=PIN)
    services.grants.add(world.desk, call(world, "7777", neighbour))


def test_a_guardian_removed_by_mistake_is_one_of_today_and_one_with_another_right_is_not(
    world, services, family, child
):
    family.add_adult(world.desk, child, {"name": "李大", "relation": "邻居", "phone": WRONG})
    a_day_on(world)
    mother = world.adults["张母"]
    kept = family.change_adult(world.desk, child, mother, {"is_emergency": "1", "relation": "母亲"})
    services.grants.add(world.desk, call(world, "2233"))
    services.undo(world.desk, kept.undo)
    services.grants.add(world.desk, call(world, "2233"))
    gone = family.end_adult(world.desk, child, mother, "弄错了")
    services.undo(world.desk, gone.undo)
    refused(world, services, "2233", "监护人身份今天撤销过修改")


def test_no_merging_of_adults_makes_a_number_of_today_good(world, services, family, child):
    a_day_on(world)
    mother = world.adults["张母"]
    twin = family.add_adult(world.desk, child, {"name": "张母", "relation": "妈妈", "phone": WRONG}).value
    world.clock.at(9, 30)
    services.merging.merge_adults(world.desk, child, mother, twin, {"phone": Side.MERGED})
    refused(world, services, "7777", "今天合并档案时换过（09:30 林晓）", mother)
    a_day_on(world)
    services.grants.add(world.desk, call(world, "7777", mother))


def test_nor_the_way_back_of_it(world, services, family, child):
    twin = family.add_adult(world.desk, child, {"name": "张母", "relation": "妈妈", "phone": WRONG}).value
    a_day_on(world)
    mother = world.adults["张母"]
    done = services.merging.merge_adults(world.desk, child, mother, twin, {"phone": Side.MERGED})
    world.clock.at(9, 30)
    services.undo(world.desk, done.undo)
    refused(world, services, "2233", "今天合并后又分开过（09:30 林晓）", mother)


def test_nor_though_no_number_was_chosen(world, services, family, child):
    """Between the two it was one of two numbers that she had."""
    twin = family.add_adult(world.desk, child, {"name": "张母", "relation": "妈妈", "phone": WRONG}).value
    a_day_on(world)
    mother = world.adults["张母"]
    services.undo(world.desk, services.merging.merge_adults(world.desk, child, mother, twin).undo)
    refused(world, services, "2233", "今天合并后又分开过（09:00 林晓）", mother)
    a_day_on(world)
    services.grants.add(world.desk, call(world, "2233"))


def test_a_guardian_for_long_stays_one_when_another_record_of_hers_adds_a_right(
    world, services, family, child
):
    made = {"name": "张母", "relation": "妈妈", "phone": WRONG, "is_emergency": "1"}
    twin = family.add_adult(world.desk, child, made).value
    a_day_on(world)
    services.merging.merge_adults(world.desk, child, world.adults["张母"], twin)
    (mother,) = [one for one in people.list_adults(world.database, child, DAY) if one.tie.is_guardian]
    assert mother.tie.is_emergency
    services.grants.add(world.desk, call(world, "2233"))


def test_nor_one_of_an_adult_known_for_long(world, services, family, child):
    """The right of the old record comes to the number of the other, which nobody has changed."""
    twin = family.add_adult(world.desk, child, {"name": "张母", "relation": "妈妈", "phone": WRONG}).value
    a_day_on(world)
    services.merging.merge_adults(world.desk, child, twin, world.adults["张母"])
    refused(world, services, "7777", "今天合并档案才成为监护人（09:00 林晓）", twin)


@pytest.mark.parametrize("kept_is_elder", [True, False])
def test_nobody_becomes_a_calling_guardian_by_a_second_record_of_the_child(world, services, kept_is_elder):
    world.clock.at(9, 20)
    elder = came_before(world, services, STORY).child
    words = {"second": "钱大 · 爸爸", "second_phone": WRONG, "same_reason": "说是另一个孩子"}
    again = STORY.__class__(**{**_fields(STORY), **words, "bringer": "孙二", "phone": "13700009999"})
    younger = services.intake.register(world.desk, again).value.child
    dad = next(one for one in people.list_adults(world.database, younger, DAY) if one.name == "钱大").id
    world.clock.at(9, 40)
    pair = (elder, younger) if kept_is_elder else (younger, elder)
    merge_children(services, world.desk, *pair)
    assert next(
        one for one in people.list_adults(world.database, pair[0], DAY) if one.id == dad
    ).tie.is_guardian
    with pytest.raises(CallerError, match="今天"):
        services.grants.add(world.desk, Call((pair[0],), dad, WRONG[-4:], "孙丽华", "姑姑", "13800009911"))


@pytest.mark.parametrize("kept_is_elder", [True, False])
def test_nor_one_who_was_a_guardian_on_the_second_record_for_long(world, services, child, kept_is_elder):
    """Of the child as she is known since, somebody says so today."""
    with world.database.unit(None, "x") as unit:
        twin = add_child(unit, world, "张沐洋", dt.date(2023, 6, 1))
        dad = add_adult(unit, world, twin, "钱大", "爸爸", WRONG, is_guardian=True)
        unit.audit("child", twin)
    a_day_on(world, 9)
    pair = (child, twin) if kept_is_elder else (twin, child)
    merge_children(services, world.desk, *pair)
    ring = Call((pair[0],), dad, "7777", "孙丽华", "姑姑", "13800009911")
    with pytest.raises(CallerError, match="钱大今天合并档案才成为监护人（09:00 林晓）"):
        services.grants.add(world.desk, ring)
    a_day_on(world)
    services.grants.add(world.desk, ring)


def _fields(card):
    return {name: getattr(card, name) for name in card.__dataclass_fields__}


def test_who_brings_a_child_for_the_first_time_is_believed(world, services):
    made = services.intake.register(world.desk, STORY).value
    mother = next(one for one in people.list_adults(world.database, made.child, DAY) if one.tie.is_guardian)
    world.clock.at(11)
    services.grants.add(
        world.desk, Call((made.child,), mother.id, mother.phone[-4:], "孙丽华", "姑姑", "13800009911")
    )


# -- of somebody barred ---------------------------------------------------------------------------------


def test_a_number_that_is_a_barred_mans_too_speaks_for_nobody(world, services, child):
    """A couple may share it on file; on the telephone nobody knows which of them rings."""
    barred_man(world, child)
    renumber(world, services, world.director, BARRED, own_pin(world))
    with pytest.raises(CallerError, match="不能凭它授权"):
        services.grants.add(world.director, call(world, "2222"), PIN)


def test_nor_does_one_that_was_his(world, services, family, child):
    man = barred_man(world, child)
    renumber(world, services, world.director, BARRED, own_pin(world))
    family.change_adult(world.director, child, man, {"phone": "13599990000", "paper_kind": "court_order"})
    a_day_on(world)
    refused(world, services, "2222", "朱强的（禁止接走）")


def test_nor_one_he_had_before_he_was_barred(world, services, family, child):
    man = family.add_adult(world.desk, child, {"name": "朱强", "relation": "舅舅", "phone": BARRED}).value
    family.change_adult(world.desk, child, man, {"phone": "13599990000"})
    bar = {"barred": "1", "may_collect": "", "paper_kind": "court_order"}
    family.change_adult(world.director, child, man, bar)
    renumber(world, services, world.desk, BARRED)
    a_day_on(world)
    refused(world, services, "2222", "朱强的（禁止接走）")


def test_nor_one_noted_as_his_until_the_director_strikes_it_off(world, services, child):
    man = barred_man(world, child)
    trait = services.alarms.note_trait(world.director, man, "phone", "13700002233")
    a_day_on(world)
    refused(world, services, "2233", "朱强的（禁止接走）")
    services.alarms.end_trait(world.director, trait.undo.key, own_pin(world))
    services.grants.add(world.desk, call(world, "2233"))


def test_what_the_director_struck_off_is_not_his_by_the_history_either(world, services, family, child):
    man = barred_man(world, child, "13700002233")
    family.change_adult(world.director, child, man, {"phone": BARRED, "paper_kind": "court_order"})
    a_day_on(world)
    refused(world, services, "2233", "朱强的（禁止接走）")
    ((_, trait, _, number),) = alarms.list_kept_traits(world.database, [man])  # noted by the change itself
    assert number == "13700002233"
    struck = services.alarms.end_trait(world.director, trait, own_pin(world))
    services.grants.add(world.desk, call(world, "2233"))
    services.undo(world.director, struck.undo)
    refused(world, services, "2233", "朱强的（禁止接走）")


def test_nor_one_of_a_record_merged_into_his(world, services, child):
    own_pin(world)
    man, other = barred_man(world, child), barred_man(world, child, "13533334444", "朱强强")
    services.merging.merge_adults(world.director, child, man, other)
    renumber(world, services, world.director, "13533334444", PIN)
    a_day_on(world)
    refused(world, services, "4444", "朱强的（禁止接走）")


def test_nor_one_of_whom_another_record_of_the_child_bars(world, services):
    with world.database.unit(None, "x") as unit:
        twin = add_child(unit, world, "张沐洋", dt.date(2023, 6, 1))
        add_adult(unit, world, twin, "张父", "爸爸", "13700002233", barred=True)
        unit.audit("child", twin)
    a_day_on(world)
    refused(world, services, "2233", "张父的（禁止接走）")


# -- a grant dies with its number -----------------------------------------------------------------------


def granted(world, services, tail="2233"):
    a_day_on(world)
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    made = services.grants.add(world.desk, call(world, tail)).value
    world.clock.at(10)
    return CheckOut(visit, None, "grant", code=made.code, grant=made.grant, identity_seen=True)


def test_a_code_dies_when_the_number_it_was_given_by_is_corrected(world, services):
    renumber(world, services, world.desk, WRONG)
    leaving = granted(world, services, "7777")
    mended = renumber(world, services, world.director, "13700002233", own_pin(world))
    line = services.grants.today(world.desk)[0]
    assert (line.state, line.number) == ("spoiled", "139****7777")
    for _ in range(2):
        world.clock.at(16)
        with pytest.raises(GrantUsedError, match=r"授权作废.*打给监护人核实"):
            services.pickup.check_out(world.desk, leaving)
        with pytest.raises(GrantUsedError, match="授权作废"):
            services.grants.tell_again(world.director, leaving.grant, "7777")
        if mended.undo is not None:
            services.undo(world.director, mended.undo)  # nobody knows any more who rang
            mended = type(mended)(None)


def test_a_code_dies_when_the_number_is_found_to_be_a_barred_mans(world, services, child):
    leaving = granted(world, services)
    barred_man(world, child, "13700002233")
    with pytest.raises(GrantUsedError, match="朱强的（禁止接走），这次授权作废"):
        services.pickup.check_out(world.desk, leaving)


def test_a_code_lives_on_where_something_else_is_written(world, services, family, child):
    leaving = granted(world, services)
    family.change_adult(world.desk, child, world.adults["张母"], {"relation": "母亲"})
    assert services.grants.today(world.desk)[0].state == "open"
    services.pickup.check_out(world.desk, leaving)
    assert services.grants.today(world.desk)[0].state == "used"


# -- a grant and what the director vouched for in it -----------------------------------------------------


def vouched(world, services):
    """The number changed by the desk, the director vouches for it in the call, the child is here."""
    own_pin(world)
    a_day_on(world)
    renumber(world, services, world.desk, WRONG)
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    world.clock.at(9, 5)
    made = services.grants.add(world.director, call(world, "7777"), PIN)
    world.clock.at(9, 10)
    code = made.value.code
    return made, CheckOut(visit, None, "grant", code=code, grant=made.value.grant, identity_seen=True)


@pytest.mark.parametrize("way", ["withdraw", "undo"])
def test_with_a_grant_goes_what_the_director_vouched_for_in_it(world, services, way):
    made, _ = vouched(world, services)
    if way == "withdraw":
        done = services.grants.withdraw(world.desk, made.value.grant)
    else:
        done = services.undo(world.director, made.undo)
    assert done.also == ("园长对妈妈 张母来电号码的担保一起撤回：今天再凭这个号码授权，要园长登录重新担保。")
    assert done.undo is None  # it would give back a code that nobody vouches for
    refused(world, services, "7777", "今天刚改过（09:00 林晓）")
    again = services.grants.add(world.director, call(world, "7777"), PIN)
    assert services.grants.today(world.desk)[0].state == "open"
    assert again.value.code


def test_a_grant_by_a_number_that_speaks_is_withdrawn_as_ever(world, services):
    a_day_on(world)
    made = services.grants.add(world.desk, call(world, "2233")).value
    done = services.grants.withdraw(world.desk, made.grant)
    assert done.also == ""
    services.undo(world.desk, done.undo)
    assert services.grants.today(world.desk)[0].state == "open"


def test_who_withdraws_another_grant_takes_no_vouching_back(world, services):
    vouched(world, services)
    other = services.grants.add(world.desk, call(world, "7777")).value
    assert services.grants.withdraw(world.desk, other.grant).also == ""
    assert [one.state for one in services.grants.today(world.desk)] == ["withdrawn", "open"]


def take_vouching_back(world, services):
    rows = services.records.history(world.director, world.children["张沐阳"], 9)[0]
    row = next(one for one in rows if one.title.startswith("园长担保"))
    assert "授权 姑姑 孙丽华 来接" in row.title
    return services.undo(world.director, row.undo)


def test_what_the_director_takes_back_opens_no_door(world, services):
    made, leaving = vouched(world, services)
    done = take_vouching_back(world, services)
    assert done.also == "凭这次担保给出的电话授权一起作废：姑姑 孙丽华。来接时按没有授权办。"
    assert services.grants.today(world.desk)[0].state == "spoiled"
    world.clock.at(16)
    with pytest.raises(GrantUsedError, match=r"今天刚改过（09:00 林晓），园长的担保已经撤销：授权作废"):
        services.pickup.check_out(world.desk, leaving)
    with pytest.raises(GrantUsedError, match="担保已经撤销"):
        services.grants.tell_again(world.director, made.value.grant, "7777")


def test_nor_does_a_withdrawal_undone_since(world, services):
    made, leaving = vouched(world, services)
    services.grants.withdraw(world.desk, made.value.grant)
    services.grants.undo_withdraw(world.desk, made.value.grant)
    with pytest.raises(GrantUsedError, match="担保已经撤销"):
        services.pickup.check_out(world.desk, leaving)


def test_a_departure_of_yesterday_is_put_down_though_she_takes_it_back_today(world, services):
    _, leaving = vouched(world, services)
    left = world.clock.now.replace(hour=16)
    a_day_on(world)
    assert take_vouching_back(world, services).also == ""
    forgotten = CheckOut(**{**_fields(leaving), "left_at": left, "reason": "姑姑来接的，当时忘了点"})
    services.pickup.check_out(world.director, forgotten)


def test_a_first_pin_vouches_for_no_number_that_was_there_before_it(world, services, family, child):
    a_day_on(world)
    with world.database.unit(None, "x") as unit:
        aunt = add_adult(unit, world, child, "李姨", "姨妈", "13900002222")
        unit.audit("child", child)
    renumber(world, services, world.desk, WRONG)
    world.clock.at(9, 5)
    own_pin(world)  # at the sign-in a name is only chosen
    world.clock.at(9, 6)
    with pytest.raises(SecondPersonError, match="以后才第一次设的") as told:
        services.grants.add(world.director, call(world, "7777"), PIN)
    assert told.value.field == "own_pin"
    with pytest.raises(SecondPersonError, match="以后才第一次设的"):
        family.change_adult(world.director, child, aunt, {"is_guardian": "yes"}, own_pin=PIN)
    renumber(world, services, world.director, "13900008888", PIN)  # what is written by it stands
    services.grants.add(world.desk, call(world, "8888"))


# -- mergings, and a clock that was set back -------------------------------------------------------------


@pytest.mark.parametrize("kept_rang", [True, False])
@pytest.mark.parametrize("side", [Side.KEPT, Side.MERGED])
def test_a_code_dies_where_the_number_that_rang_is_not_hers_after_a_merging(
    world, services, child, kept_rang, side
):
    with world.database.unit(None, "x") as unit:
        rang = add_adult(unit, world, child, "张母亲", "妈妈", WRONG, is_guardian=True)
        unit.audit("child", child)
    a_day_on(world)
    services.grants.add(world.desk, call(world, "7777", rang))
    world.clock.at(10)
    pair = (rang, world.adults["张母"])[:: 1 if kept_rang else -1]
    services.merging.merge_adults(world.desk, child, *pair, {"phone": side})
    line = services.grants.today(world.desk)[0]
    assert line.number == "139****7777"
    assert line.state == ("open" if kept_rang and side is Side.KEPT else "spoiled")
    if line.state == "spoiled":
        with pytest.raises(GrantUsedError, match=r"合并档案时换过（10:00 林晓）.*授权作废"):
            services.grants.tell_again(world.desk, line.grant, "2233" if side is Side.KEPT else "7777")


def test_a_code_lives_on_where_two_records_with_one_number_become_one(world, services, child):
    with world.database.unit(None, "x") as unit:
        rang = add_adult(unit, world, child, "张母亲", "妈妈", "13700002233", is_guardian=True)
        unit.audit("child", child)
    leaving = granted(world, services)
    services.merging.merge_adults(world.desk, child, rang, world.adults["张母"])
    assert services.grants.today(world.desk)[0].state == "open"
    services.pickup.check_out(world.desk, leaving)


def test_a_code_dies_when_the_number_is_changed_on_a_clock_that_was_set_back(world, services):
    leaving = granted(world, services)
    world.clock.at(8, 30)  # the call was at 9:00
    renumber(world, services, world.desk, WRONG)
    line = services.grants.today(world.desk)[0]
    assert (line.state, line.number) == ("spoiled", "137****2233")
    world.clock.at(16)
    with pytest.raises(GrantUsedError, match="授权作废"):
        services.pickup.check_out(world.desk, leaving)


def test_what_was_written_after_the_director_vouched_is_not_vouched_for_by_a_clock_set_back(world, services):
    vouched(world, services)
    world.clock.at(8, 30)
    renumber(world, services, world.desk, "13900008888")
    refused(world, services, "8888", "今天刚改过（08:30 林晓）")
    world.clock.at(11)
    refused(world, services, "8888", "今天刚改过（08:30 林晓）")


def test_a_departure_forgotten_yesterday_is_put_down_though_the_number_is_another_today(world, services):
    leaving = granted(world, services)
    left = world.clock.now.replace(hour=16)
    a_day_on(world)
    renumber(world, services, world.desk, WRONG)
    forgotten = CheckOut(**{**_fields(leaving), "left_at": left, "reason": "姑姑来接的，当时忘了点"})
    services.pickup.check_out(world.director, forgotten)
