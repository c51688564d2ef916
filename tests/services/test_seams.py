"""Where one part of the house meets another: what one of them keeps, the others must heed."""

import dataclasses
import datetime as dt

import pytest

from app.domain.errors import RuleError
from app.domain.grants import CallerError, GrantUsedError
from app.domain.life import Owner, StepKind
from app.domain.modes import Tariff
from app.domain.records import RecordError
from app.domain.staff import Actor, Role
from app.domain.visits import BarredFromCollectingError
from app.services.admissions import InquiryCard, StepWish
from app.services.alarms import BarredAlarmError
from app.services.arrivals import CheckIn, UnknownPersonError
from app.services.bars import Stranger
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.grants import Call
from app.services.pins import Second, SecondPersonError
from app.store import cards, centre, children, day, people, record_rows, visits
from app.store.people import NewAdult, Tie
from tests.services.answered import merge_children
from tests.services.world import DAY, add_adult, add_child, make_world, own_pin

BORN = dt.date(2023, 6, 1)
BAR = {"barred": "1", "may_collect": "", "paper_kind": "法院判决书", "paper_number": "沪01民初8号"}


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.teacher, "7043")
    made.pins.choose(world.director, "5927")
    return made


@pytest.fixture
def child(world):
    return world.children["张沐阳"]


@pytest.fixture
def family(services):
    return services.record_keeping.family


def tomorrow(world, days=1):
    world.clock.now += dt.timedelta(days=days)
    return world.clock.now.date()


def known_for_today(world, child, name="李四", phone="13811110000"):
    with world.database.unit(world.desk.id, "x") as unit:
        adult = people.add_adult(unit, NewAdult(name, phone, "li'si", "ls"))
        people.add_tie(unit, child, adult, Tie("同事", may_collect=True, only_day=DAY))
        unit.audit("adult", adult)
    return adult


# -- 禁止接走


def test_a_bar_on_somebody_named_for_today_only_holds_tomorrow(world, family, child):
    adult = known_for_today(world, child)
    family.change_adult(world.desk, child, adult, BAR)
    later = tomorrow(world)
    assert [one.id for one in people.list_adults(world.database, child, later) if one.tie.barred][-1] == adult


def test_a_bar_kept_with_one_day_only_is_heeded_every_day(world, child):
    with world.database.unit(None, "x") as unit:
        adult = people.add_adult(unit, NewAdult("李四", "13811110000", "li'si", "ls"))
        people.add_tie(unit, child, adult, Tie("同事", barred=True, only_day=DAY))
        unit.audit("adult", adult)
    later = tomorrow(world)
    assert adult in [one.id for one in people.list_adults(world.database, child, later)]


def test_a_merging_does_not_lose_a_bar_behind_a_tie_of_another_day(world, services, child):
    other = world.children["周乐瑶"]
    kept = known_for_today(world, other)
    tomorrow(world)
    with world.database.unit(None, "x") as unit:
        people.add_tie(unit, child, kept, Tie("同事"))
        barred = add_adult(unit, world, child, "李四儿", "同事", "13811110001")
        people.add_tie(unit, other, barred, Tie("同事", barred=True))
        unit.audit("adult", barred)
    with pytest.raises(RecordError, match="只有一个被禁止接走"):
        services.merging.merge_adults(world.director, child, kept, barred)


def test_two_children_are_not_merged_past_a_bar_behind_a_tie_of_another_day(world, services, child):
    adult = known_for_today(world, child)
    with world.database.unit(None, "x") as unit:
        twin = add_child(unit, world, "张沐洋", BORN)
        add_adult(unit, world, twin, "张奶奶", "奶奶", "13600001111")
        people.add_tie(unit, twin, adult, Tie("同事", barred=True))
    tomorrow(world)
    with pytest.raises(RecordError, match="禁止接走"):
        merge_children(services, world.director, child, twin)


def test_a_merging_is_not_undone_past_a_bar_that_came_since(world, services, family, child):
    with world.database.unit(None, "x") as unit:
        kept = add_adult(unit, world, child, "张父", "爸爸", "13711112222", is_guardian=True)
        twin = add_adult(unit, world, child, "张爸", "爸爸", "13711113333", is_guardian=True)
        unit.audit("adult", kept)
    done = services.merging.merge_adults(world.director, child, kept, twin)
    world.clock.at(10)
    family.change_adult(world.director, child, kept, {**BAR, "is_guardian": ""})
    with pytest.raises(RecordError, match="禁止接走"):
        services.undo(world.desk, done.undo)


@pytest.fixture
def second_record(world, family, child):
    """The barred father stands on file a second time, as a guardian with another number."""
    family.add_adult(world.desk, child, {"name": "张父", "relation": "爸爸", "phone": "13711112222", **BAR})
    with world.database.unit(None, "x") as unit:
        adult = add_adult(unit, world, child, "张父", "爸爸", "13799998888", is_guardian=True)
        unit.audit("adult", adult)
    return adult


def test_a_second_record_of_a_barred_father_does_not_open_the_door(world, services, child, second_record):
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    with pytest.raises(BarredAlarmError):
        services.pickup.check_out(world.desk, CheckOut(visit, second_record))


def test_a_second_record_of_a_barred_father_does_not_bring_her(world, services, child, second_record):
    with pytest.raises(BarredFromCollectingError):
        services.arrivals.check_in(world.desk, CheckIn(child, second_record))


def test_a_second_record_of_a_barred_father_authorises_nobody(world, services, child, second_record):
    services.arrivals.check_in(world.desk, CheckIn(child))
    with pytest.raises(RuleError, match="禁止接走"):
        services.grants.add(
            world.desk, Call((child,), second_record, "8888", "孙丽华", "姑姑", "13800009911", "002X")
        )


def test_the_mother_who_shares_the_barred_fathers_number_still_collects(world, services, family, child):
    family.add_adult(world.desk, child, {"name": "张父", "relation": "爸爸", "phone": "13700002233", **BAR})
    visit = services.arrivals.check_in(world.desk, CheckIn(child, world.adults["张母"])).value.visit
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))


def test_an_authorisation_dies_when_the_caller_is_barred(world, services, family, child):
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    with world.database.unit(None, "x") as unit:
        father = add_adult(unit, world, child, "张父", "爸爸", "13711112222", is_guardian=True)
        unit.audit("adult", father)
    call = Call((child,), father, "2222", "孙丽华", "姑姑", "13800009911", "002X")
    granted = services.grants.add(world.desk, call).value
    family.change_adult(world.desk, child, father, {**BAR, "is_guardian": ""})
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    with pytest.raises(GrantUsedError, match="监护人"):
        services.pickup.check_out(world.desk, act)


def test_the_front_desk_lifts_no_bar_by_undoing_it_days_later(world, services, family, child):
    with world.database.unit(None, "x") as unit:
        father = add_adult(unit, world, child, "张父", "爸爸", "13711112222")
        unit.audit("adult", father)
    done = family.change_adult(world.desk, child, father, BAR)
    tomorrow(world)
    with pytest.raises(RecordError, match="园长"):
        services.undo(world.desk, done.undo)
    services.undo(world.director, done.undo, own_pin(world))


def test_nobody_else_undoes_a_bar_of_today(world, services, family, child):
    done = family.add_adult(
        world.director, child, {"name": "张父", "relation": "爸爸", "phone": "13711112222", **BAR}
    )
    with pytest.raises(RecordError, match="园长"):
        services.undo(world.desk, done.undo)


def test_the_front_desk_takes_no_allergy_away_by_undoing_days_later(world, services, child):
    answers = {"allergy": "has", "allergens": "花生、鸡蛋", "allergy_told": "妈妈"}
    done = services.record_keeping.change_child(world.desk, child, answers)
    tomorrow(world)
    with pytest.raises(RecordError, match="保健员或园长"):
        services.undo(world.desk, done.undo)


def test_who_was_found_to_be_another_is_asked_again_when_more_speaks_against_him(world, services, child):
    services.arrivals.check_in(world.desk, CheckIn(child))
    first = Call((child,), world.adults["张母"], "2233", "张外人", "邻居", "13811110000")
    with pytest.raises(BarredAlarmError) as raised:
        services.grants.add(world.desk, first)
    services.alarms.decide(
        world.desk, raised.value.alarm, "cleared", "看过身份证", Second(world.director.id, "5927")
    )
    services.grants.add(world.desk, first)
    with pytest.raises(BarredAlarmError):
        services.grants.add(world.desk, dataclasses.replace(first, phone="13500000000"))


def test_a_child_of_the_same_name_is_not_registered_anew_by_a_barred_father(world, services, child):
    card = services.intake.card_for(world.desk, child)
    card = dataclasses.replace(
        card,
        child=None,
        document_number="",
        bringer="张外人",
        relation="邻居",
        phone="13822223333",
        second="",
        second_phone="",
        second_relation="",
        same_reason="是另一个孩子",
    )
    found = services.intake.assess(world.desk, card)
    assert any("禁止接走" in one.sentence for one in found.problems)


def test_nobody_borrows_the_right_of_a_director_who_has_gone(world, services, child):
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    act = CheckOut(
        visit,
        proof="exception",
        reason="妈妈住院",
        stranger=Stranger("章外人", "邻居", "13811110000"),
        identity_seen=True,
        second=Second(world.teacher.id, "7043"),
    )
    with pytest.raises(BarredAlarmError) as raised:
        services.pickup.check_out(world.director, dataclasses.replace(act, own_pin="5927"))
    services.pins.choose(world.desk, "8162", director=Second(world.director.id, "5927"))
    for second in (Second(world.teacher.id, "7043"), Second(world.desk.id, "8162")):
        with pytest.raises(SecondPersonError, match="园长"):
            services.alarms.decide(world.desk, raised.value.alarm, "cleared", "看过身份证", second)
    told = (raised.value.alarm, "cleared", "看过身份证", Second(world.teacher.id, "7043"))
    for own in ("", "7043"):
        with pytest.raises(RuleError):  # her name at the screen is nothing: anybody signs in as her
            services.alarms.decide(world.director, *told, own)
    services.alarms.decide(world.director, *told, "5927")


# -- records that hold no more


def merged(world, services, child):
    with world.database.unit(None, "x") as unit:
        twin = add_child(unit, world, "张沐洋", BORN)
        add_adult(unit, world, twin, "张奶奶", "奶奶", "13600001111")
    return twin


def test_nobody_comes_in_on_a_record_that_was_merged(world, services, child):
    twin = merged(world, services, child)
    merge_children(services, world.director, child, twin)
    with pytest.raises(UnknownPersonError):
        services.arrivals.check_in(world.desk, CheckIn(twin, class_id=world.dragons))
    with pytest.raises(UnknownPersonError):
        services.arrivals.note_absence(world.desk, twin, "sick")


def test_a_card_put_aside_before_the_merging_is_not_registered_on_the_merged_record(world, services, child):
    twin = merged(world, services, child)
    card = services.intake.card_for(world.desk, twin)
    merge_children(services, world.director, child, twin)
    assert any(one.field == "name" for one in services.intake.assess(world.desk, card).problems)
    with pytest.raises(UnknownPersonError):
        services.intake.card_for(world.desk, twin)


def test_a_contract_taken_back_places_nobody_and_stops_no_merging(world, services, child):
    twin = merged(world, services, child)
    with world.database.unit(None, "x") as unit:
        unit.execute(
            "insert into enrolment (child_id, class_id, mode, arrive_minute, leave_minute, starts_on,"
            " undone_at) values (:child, :class, 'full_day', 500, 1000, '2025-03-01', :at)",
            {"child": twin, "class": world.dragons, "at": unit.stamp},
        )
        unit.audit("child", twin)
    assert twin not in record_rows.list_places(world.database, DAY)
    merge_children(services, world.director, child, twin)


def test_a_new_record_taken_back_is_found_by_no_adult(world, services):
    done = services.record_keeping.add_child(
        world.desk,
        {"name": "吴小满", "born_on": "2023-09-01", "sex": "f", "allergy": "unknown"},
        [{"name": "吴母", "relation": "妈妈", "phone": "13955556666", "is_guardian": "1"}],
    )
    services.undo(world.desk, done.undo)
    assert people.children_by_phone(world.database, "13955556666") == ()
    from app.store import finding

    assert done.value not in [one.child for one in finding.list_ties(world.database)]


def test_a_new_record_with_an_absence_or_a_card_is_not_taken_back(world, services):
    done = services.record_keeping.add_child(
        world.desk,
        {"name": "吴小满", "born_on": "2023-09-01", "sex": "f", "allergy": "unknown"},
        [{"name": "吴母", "relation": "妈妈", "phone": "13955556666", "is_guardian": "1"}],
    )
    services.cards.issue(world.desk, [done.value])
    with pytest.raises(RecordError, match="不能撤销"):
        services.undo(world.desk, done.undo)


def test_a_day_off_that_was_taken_back_is_no_mark_of_the_calendar(world):
    with world.database.unit(None, "x") as unit:
        unit.execute(
            "insert into calendar_day (day, kind, name, ended_at)"
            " values ('2025-12-04', 'closed', '停水', :at)",
            {"at": unit.stamp},
        )
        unit.audit("calendar", None)
    assert centre.calendar_marks(world.database, DAY, DAY + dt.timedelta(days=3)) == {}


def test_a_departure_is_not_taken_back_while_she_is_inside_by_another_stay(world, services, child):
    twin = merged(world, services, child)
    services.arrivals.check_in(world.desk, CheckIn(twin, class_id=world.dragons))
    world.clock.at(9, 30)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    world.clock.at(9, 40)
    done = services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))
    merge_children(services, world.director, child, twin)
    with pytest.raises(RuleError, match="又入园"):
        services.undo(world.desk, done.undo)


# -- codes and cards


def test_the_code_of_an_authorisation_opens_the_child_it_is_for_or_says_why_not(world, services, child):
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    call = Call((child,), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X")
    granted = services.grants.add(world.desk, call).value
    verdict = services.seals.verify(world.desk, granted.code)
    assert verdict.title != "假"
    assert (verdict.visit, verdict.child, verdict.told) == (visit, None, granted.code)
    assert "孙丽华" in verdict.words
    done = services.grants.withdraw(world.desk, granted.grant)
    verdict = services.seals.verify(world.desk, granted.code)
    assert (verdict.title, verdict.visit, verdict.told) == ("已作废", None, "")
    services.undo(world.desk, done.undo)
    act = CheckOut(visit, proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    verdict = services.seals.verify(world.desk, granted.code)
    assert (verdict.title, verdict.visit, verdict.told) == ("已用过", None, "")
    world.clock.now += dt.timedelta(days=1)
    verdict = services.seals.verify(world.desk, granted.code)
    assert (verdict.title, verdict.visit, verdict.told) == ("已过期", None, "")
    assert "12 月 3 日" in verdict.words


def test_a_code_for_sisters_opens_the_one_who_is_still_here(world, services):
    """One call for two: when the first has gone by it, the code opens the second."""
    zhang, zhou = world.children["张沐阳"], world.children["周乐瑶"]
    with world.database.unit(None, "family") as unit:
        people.add_tie(unit, zhou, world.adults["张母"], Tie("妈妈", is_guardian=True, may_collect=True))
        unit.audit("child", zhou)
    stays = {c: services.arrivals.check_in(world.desk, CheckIn(c)).value.visit for c in (zhang, zhou)}
    call = Call((zhang, zhou), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X")
    granted = services.grants.add(world.desk, call).value
    assert services.seals.verify(world.desk, granted.code).visit == stays[zhang]
    act = CheckOut(stays[zhang], proof="grant", grant=granted.grant, code=granted.code, identity_seen=True)
    services.pickup.check_out(world.desk, act)
    assert services.seals.verify(world.desk, granted.code).visit == stays[zhou]


def test_the_list_of_todays_calls_tells_who_and_how_it_stands_and_never_the_code(world, services, child):
    services.arrivals.check_in(world.desk, CheckIn(child))
    call = Call((child,), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X")
    granted = services.grants.add(world.desk, call).value
    (line,) = services.grants.today(world.desk)
    assert (line.caller, line.number, line.who, line.children) == (
        "妈妈 张母", "137****2233", "姑姑 孙丽华", "张沐阳",
    )  # fmt: skip
    assert (line.state, line.maker, line.child) == ("open", "林晓", child)
    card = services.pickup.prepare(world.desk, visits.find_open_visit(world.database, child).id)
    assert granted.code not in repr(line) + repr(card.grants)
    kept = " ".join(row["detail"] for row in world.database.rows("select detail from audit"))
    assert "孙丽华" in kept
    assert granted.code not in kept, "the audit says who may come, and never by which code"
    assert card.grants[0].matches(granted.code)
    assert not card.grants[0].matches("")
    services.grants.withdraw(world.desk, granted.grant)
    assert [one.state for one in services.grants.today(world.desk)] == ["withdrawn"]
    world.clock.now += dt.timedelta(days=1)
    assert services.grants.today(world.desk) == ()


def test_a_code_is_seen_again_only_for_the_guardian_who_rings_again_and_that_is_kept(world, services, child):
    call = Call((child,), world.adults["张母"], "2233", "孙丽华", "姑姑", "13800009911", "002X")
    granted = services.grants.add(world.desk, call).value
    for tail in ("", "9911", "2234"):
        with pytest.raises(CallerError):
            services.grants.tell_again(world.desk, granted.grant, tail)
    assert services.grants.tell_again(world.desk, granted.grant, "2233").value.code == granted.code
    row = world.database.row("select verb, detail, staff_id from audit order by id desc limit 1")
    assert (row["verb"], row["staff_id"]) == ("tell_grant_again", world.desk.id)
    assert granted.code not in row["detail"]
    services.grants.withdraw(world.desk, granted.grant)
    with pytest.raises(GrantUsedError):
        services.grants.tell_again(world.desk, granted.grant, "2233")


def test_a_card_is_no_proof_when_all_her_cards_are_lost(world, services, child):
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    card = services.cards.issue(world.desk, [child]).value[0]
    services.cards.declare_lost(world.desk, card)
    (lost,) = cards.list_cards(world.database, child)
    act = CheckOut(visit, world.adults["张母"], proof="card", card=lost.number)
    with pytest.raises(RuleError, match="挂失"):
        services.pickup.check_out(world.desk, act)
    services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张母"]))


def test_somebody_without_the_right_undoes_nothing_of_it(world, services, family, child):
    done = family.add_adult(world.desk, child, {"name": "周姨", "relation": "阿姨", "phone": "13811112222"})
    with pytest.raises(RuleError):
        services.undo(Actor(world.cashier.id, "方芸", Role.CASHIER), done.undo)


def test_a_stranger_let_in_by_exception_is_compared_with_the_barred(world, services, child):
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    act = CheckOut(
        visit,
        proof="exception",
        reason="妈妈住院",
        stranger=Stranger("章外人", "邻居", "13811110000"),
        identity_seen=True,
        second=Second(world.director.id, "5927"),
    )
    with pytest.raises(BarredAlarmError):
        services.pickup.check_out(world.desk, act)


# -- seats


def listed(services, world, *names, place="抱抱龙"):
    lines = ["姓名,出生日期,班级,家长姓名,家长电话"]
    lines += [f"{name},2023-06-0{at % 9 + 1},{place},家长,1381234{at:04d}" for at, name in enumerate(names)]
    table = services.importing.read(world.director, "表.csv", "\n".join(lines).encode())
    mapping = [key or {"家长姓名": "parent1_name", "家长电话": "parent1_phone"}.get(head, "")
               for key, head in zip(table.guessed, table.headings, strict=True)]  # fmt: skip
    return services.importing.preview(world.director, table, mapping)


def test_a_list_leaves_the_seat_that_was_offered_to_a_family(services, world):
    names = [f"李{chr(0x4E00 + at)}" for at in range(17)]
    assert listed(services, world, *names).bad == 0
    offer(services, world)
    assert listed(services, world, *names).bad == 1


def offer(services, world):
    card = InquiryCard("陆一鸣", "13700001111", dt.date(2023, 8, 1), contact="妈妈 陆母", wait=True)
    key = services.admissions.inquire(world.desk, card).value
    wish = StepWish(
        StepKind.NOTIFY, DAY, class_id=world.dragons, starts_on=DAY, deadline=DAY + dt.timedelta(days=3)
    )
    services.admissions.take_step(world.desk, Owner(applicant=key), wish)


def test_a_list_does_not_exceed_the_licence(services, world):
    with world.database.unit(None, "x") as unit:
        centre.add_licensed_seats(unit, 5, DAY)
        unit.audit("centre", 1)
    assert listed(services, world, "李大", "李二").bad == 1


# -- numbers


def test_the_list_of_children_shows_neither_a_whole_number_nor_the_barred_one(services, world, child):
    shown = services.admission_lists.panel(world.desk, Owner(child=child)).words
    assert "137****2233" in shown
    assert "137 0000 2233" not in shown


def test_a_barred_adult_is_not_whom_to_ring(services, world, family, child):
    with world.database.unit(None, "x") as unit:
        unit.execute("update child_adult set sort = 9 where adult_id = :id", {"id": world.adults["张母"]})
        unit.audit("adult", world.adults["张母"])
    assert "0000" not in services.admission_lists.panel(world.desk, Owner(child=child)).words.replace(" ", "")


def test_nothing_new_is_kept_on_a_record_that_was_merged(world, services, family, child):
    twin = merged(world, services, child)
    merge_children(services, world.director, child, twin)
    wish = Wish(
        day=DAY + dt.timedelta(days=2), from_minute=540, to_minute=660, tariff=Tariff.HOURLY, child=twin
    )
    assert services.bookings.ask(world.desk, wish).problems
    for act in (
        lambda: services.cards.issue(world.desk, [twin]),
        lambda: services.cards.issue_another(world.desk, twin),
        lambda: family.add_adult(
            world.desk, twin, {"name": "周姨", "relation": "阿姨", "phone": "13811112222"}
        ),
        lambda: services.admissions.take_step(
            world.desk,
            Owner(child=twin),
            StepWish(StepKind.ENROL, DAY, class_id=world.dragons, reason="转入"),
        ),
    ):
        with pytest.raises(RuleError):
            act()


@pytest.mark.parametrize(
    ("contact", "guardian"), [("妈妈 陆母", True), ("朋友 陆友", False), ("", False), ("陆母", False)]
)
def test_who_asked_for_a_place_is_a_guardian_only_as_a_parent(world, services, contact, guardian):
    card = InquiryCard("陆一鸣", "13700001111", dt.date(2023, 8, 1), contact=contact, wait=True)
    key = services.admissions.inquire(world.desk, card).value
    wish = StepWish(StepKind.ENROL, DAY, class_id=world.dragons)
    services.admissions.take_step(world.desk, Owner(applicant=key), wish)
    kept = children.list_same(world.database, "陆一鸣", dt.date(2023, 8, 1))[0]
    (adult,) = people.list_adults(world.database, kept, DAY)
    assert (adult.tie.is_guardian, adult.tie.may_collect) == (guardian, guardian)
    assert adult.tie.is_emergency is not guardian


def test_the_mother_of_a_sibling_who_asks_for_a_place_is_the_same_person(world, services):
    card = InquiryCard("张沐辰", "13700002233", dt.date(2024, 8, 1), contact="妈妈 张母", wait=True)
    key = services.admissions.inquire(world.desk, card).value
    wish = StepWish(StepKind.ENROL, DAY, class_id=world.dragons, reason="兄弟同班")
    services.admissions.take_step(world.desk, Owner(applicant=key), wish)
    kept = children.list_same(world.database, "张沐辰", dt.date(2024, 8, 1))[0]
    (adult,) = people.list_adults(world.database, kept, DAY)
    assert adult.id == world.adults["张母"]


def test_two_absences_of_one_day_are_one_child_away_after_a_merging(world, services, child):
    twin = merged(world, services, child)
    for one in (child, twin):
        services.arrivals.note_absence(world.desk, one, "sick")
    merge_children(services, world.director, child, twin)
    assert [one.who.id for one in day.list_away(world.database, DAY)] == [child]
