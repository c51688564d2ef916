"""Whom the file bars comes under no other record and no other spelling, guardian or not."""

import contextlib
import dataclasses
import datetime as dt

import pytest

from app.domain.barred import Mark
from app.domain.errors import RuleError
from app.domain.grants import CallerError
from app.domain.life import LifeError, Owner, StepKind
from app.domain.modes import Tariff
from app.domain.records import RecordError
from app.domain.staff import NotPermittedError
from app.services.admissions import InquiryCard, StepWish
from app.services.alarms import AlarmDecidedError, BarredAlarmError
from app.services.arrivals import CheckIn
from app.services.bars import Stranger, likely_barred
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.grants import Call
from app.services.pins import Second
from app.store import alarms, people
from app.store.people import Tie
from tests.services.world import DAY, add_adult, add_child

BORN = dt.date(2023, 6, 1)
FATHER = {"name": "张强", "phone": "13600001111", "relation": "爸爸"}
BAR = {"barred": "1", "paper_kind": "法院判决书"}
PARENT = {"is_guardian": "1", "may_collect": "1", "identity_seen": "1"}
MOTHER = {"name": "李红", "phone": "13600003333", "relation": "妈妈", **PARENT}
CHILD = {"name": "张沐洋", "born_on": "2023-06-01", "sex": "m", "allergy": "unknown"}


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.director, "5927")
    return made


@pytest.fixture
def child(world):
    return world.children["张沐阳"]


@pytest.fixture
def father(world, services, child):
    """Barred from 张沐阳."""
    return services.record_keeping.family.add_adult(world.desk, child, FATHER | BAR).value


@pytest.fixture
def twice(world, father):
    """The same child on file again, as 张沐洋, with her father for a guardian: as older files have it."""
    with audited(world) as unit:
        again = add_child(unit, world, "张沐洋", BORN)
        tie = Tie("爸爸", is_guardian=True, may_collect=True, is_emergency=True)
        people.add_tie(unit, again, father, tie)
        add_adult(unit, world, again, "李红", "妈妈", "13600003333", is_guardian=True)
    return again


@contextlib.contextmanager
def audited(world):
    with world.database.unit(None, "test") as unit:
        yield unit
        unit.audit("test", 1)


def arrival(world, child, by):
    soon = world.clock.now + dt.timedelta(hours=2)
    return CheckIn(child, by, class_id=world.dragons, tariff=Tariff.TEMP_HALF_DAY, promised_at=soon)


def adult_of(world, child, name):
    return next(one.id for one in people.list_adults(world.database, child, DAY) if one.name == name)


def clear(world, services, alarm, reason="看过身份证"):
    services.alarms.decide(world.desk, alarm, "cleared", reason, Second(world.director.id, "5927"))


def test_a_guardian_of_the_second_record_whom_the_first_bars_neither_brings_nor_collects_nor_rings(
    world, services, twice, father
):
    with pytest.raises(BarredAlarmError, match="很像的孩子张沐阳的爸爸"):
        services.arrivals.check_in(world.desk, arrival(world, twice, father))
    mother = adult_of(world, twice, "李红")
    visit = services.arrivals.check_in(world.desk, arrival(world, twice, mother)).value.visit
    with pytest.raises(BarredAlarmError) as raised:
        services.pickup.check_out(world.desk, CheckOut(visit, father, "known"))
    assert services.alarms.view(world.desk, raised.value.alarm).certain
    with pytest.raises(BarredAlarmError):
        services.grants.add(world.desk, Call((twice,), father, "1111", "王五", "朋友", "13912345678"))
    services.grants.add(world.desk, Call((twice,), mother, "3333", "王五", "朋友", "13912345678"))
    services.pickup.check_out(world.desk, CheckOut(visit, mother, "known", tender="cash"))


def test_an_authorisation_ends_with_the_bar_of_the_other_record(world, services, twice):
    with audited(world) as unit:
        rung = add_adult(unit, world, twice, "张大力", "爸爸", "13600004444", is_guardian=True)
    mother = adult_of(world, twice, "李红")
    visit = services.arrivals.check_in(world.desk, arrival(world, twice, mother)).value.visit
    told = services.grants.add(world.desk, Call((twice,), rung, "4444", "王五", "朋友", "13912345678")).value
    with audited(world) as unit:
        people.add_tie(unit, world.children["张沐阳"], rung, Tie("叔叔", barred=True))
    act = CheckOut(visit, None, "grant", code=told.code, grant=told.grant, identity_seen=True)
    with pytest.raises(RuleError, match="这次授权作废"):
        services.pickup.check_out(world.desk, act)


def test_no_second_record_is_written_with_a_barred_father(world, services, father):
    with pytest.raises(BarredAlarmError, match="张强（爸爸）被禁止接走张沐阳"):
        services.record_keeping.add_child(world.desk, CHILD, [FATHER | PARENT, MOTHER])
    barred = FATHER | BAR
    services.record_keeping.add_child(world.desk, CHILD, [MOTHER, barred])


@pytest.mark.parametrize(
    ("name", "phone", "document"),
    [("张墙", "13600001111", ""), ("张蔷", "13900008888", ""), ("王五", "13900008888", "11010519491231002X")],
)
def test_nobody_in_his_disguise_becomes_a_guardian_without_the_director(
    world, services, child, father, name, phone, document
):
    if document:
        services.alarms.note_trait(world.director, father, "identity", document)
    wish = {"name": name, "phone": phone, "relation": "爸爸", "document_number": document, **PARENT}
    with pytest.raises(BarredAlarmError, match="不能登记为家人") as raised:
        services.record_keeping.family.add_adult(world.desk, child, wish)
    clear(world, services, raised.value.alarm)
    services.record_keeping.family.add_adult(world.desk, child, wish)


def test_nor_is_a_guardian_renamed_into_him(world, services, child, father):
    family = services.record_keeping.family
    one = family.add_adult(
        world.desk, child, {"name": "王五", "phone": "13900008888", "relation": "叔叔"}
    ).value
    with pytest.raises(BarredAlarmError) as raised:
        family.change_adult(world.desk, child, one, {"name": "张墙"})
    clear(world, services, raised.value.alarm)
    family.change_adult(world.desk, child, one, {"name": "张墙"})
    family.change_adult(world.desk, child, one, {"relation": "舅舅"})


def test_a_guardian_who_sounds_like_him_is_asked_about_once_and_believed_after(
    world, services, child, father
):
    with audited(world) as unit:
        other = add_adult(unit, world, child, "张墙", "舅舅", "13600001111", is_guardian=True)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    with pytest.raises(BarredAlarmError) as raised:
        services.pickup.check_out(world.desk, CheckOut(visit, other, "known"))
    kept = alarms.find_alarm(world.database, raised.value.alarm)
    assert set(kept.marks) == {Mark.SOUND, Mark.PHONE}
    clear(world, services, raised.value.alarm)
    world.clock.now += dt.timedelta(minutes=1)
    services.pickup.check_out(world.desk, CheckOut(visit, other, "known"))
    call = Call((child,), other, "1111", "王五", "朋友", "13912345678")
    with pytest.raises(CallerError, match="不能凭它授权"):  # on the telephone he may be either
        services.grants.add(world.desk, call)


def test_a_couple_may_share_a_number_and_a_surname(world, services, child, father):
    wish = {"name": "张红", "phone": "13600001111", "relation": "妈妈", **PARENT}
    services.record_keeping.family.add_adult(world.desk, child, wish)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    mother = adult_of(world, child, "张红")
    services.pickup.check_out(world.desk, CheckOut(visit, mother, "known"))


def test_an_import_keeps_out_the_row_that_would_make_him_a_guardian_of_her_second_record(
    world, services, father
):
    rows = "张沐洋,男,2023-06-01,张强,13600001111", "李小明,男,2023-06-01,李大,13600001112"
    data = "\n".join(("姓名,性别,出生日期,家长姓名,家长电话", *rows)).encode("utf-8-sig")
    table = services.importing.read(world.desk, "a.csv", data)
    bad, good = services.importing.preview(world.desk, table, table.guessed).rows
    assert "barred" in [one.code for one in bad.problems]
    assert bad.bad
    assert not good.bad


def test_an_inquiry_of_before_the_bar_makes_him_no_guardian_after_it(world, services, child):
    card = InquiryCard("张沐洋", "13600001111", BORN, contact="爸爸 张强", same_reason="说是另一家的")
    asked = services.admissions.inquire(world.desk, card).value
    services.record_keeping.family.add_adult(world.desk, child, FATHER | BAR)
    wish = StepWish(StepKind.TRY, DAY, class_id=world.dragons, other=True)
    with pytest.raises(BarredAlarmError, match="不能登记为家人"):
        services.admissions.take_step(world.desk, Owner(applicant=asked), wish)
    joined = dataclasses.replace(wish, other=False, same=child)
    with contextlib.suppress(LifeError):  # she has a place already; nobody new comes on file with her
        services.admissions.take_step(world.desk, Owner(applicant=asked), joined)


def traits(world, adult):
    return set(alarms.list_traits(world.database, adult))


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize(
    "changed",
    [{"name": "李四"}, {"phone": "13999999999"}, {"document_number": "110105194912310046", "born_on": ""}],
)
def test_only_the_director_renames_whom_a_file_bars_and_he_stays_known(
    world, services, child, father, changed, elsewhere
):
    family = services.record_keeping.family
    family.change_adult(world.desk, child, father, {"document_number": "11010519491231002X"})
    at = world.children["周乐瑶"] if elsewhere else child
    if elsewhere:
        family.add_adult(
            world.desk, at, FATHER | {"relation": "叔叔", "may_collect": "1", "identity_seen": "1"}
        )
    with pytest.raises(RecordError, match="园长") as raised:
        family.change_adult(world.desk, at, father, changed)
    assert raised.value.field == next(iter(changed))
    done = family.change_adult(world.director, at, father, changed)
    known = {"name": ("nickname", "张强"), "phone": ("phone", "13600001111")}
    assert traits(world, father) == {known.get(next(iter(changed)), ("identity", "11010519491231002X"))}
    with pytest.raises(RecordError, match="园长"):
        services.undo(world.desk, done.undo)


def test_the_renamed_one_is_known_at_the_door_by_his_old_name_and_number(world, services, child, father):
    family = services.record_keeping.family
    family.change_adult(world.director, child, father, {"name": "李四", "phone": "13999999999"})
    for one in (Stranger("张墙"), Stranger("王五", "", "13600001111")):
        assert [mine.id for mine, _ in likely_barred(world.database, child, one, DAY)] == [father]


def test_a_rename_of_before_the_bar_is_not_undone_at_the_desk(world, services, child):
    family = services.record_keeping.family
    plain = {"name": "李四", "phone": "13999999999", "relation": "爸爸"}
    one = family.add_adult(world.desk, child, plain).value
    named = family.change_adult(world.desk, child, one, {"name": "张强"})
    family.change_adult(world.director, child, one, BAR)
    with pytest.raises(RecordError, match="园长"):
        services.undo(world.desk, named.undo)


def test_another_number_at_another_family_does_not_hide_the_first(world, services, child, father):
    family = services.record_keeping.family
    family.change_adult(world.desk, child, father, {"document_number": "11010519491231002X"})
    other = FATHER | {"relation": "叔叔", "document_number": "110105194912310046"}
    family.add_adult(world.desk, world.children["周乐瑶"], other)
    assert traits(world, father) == {("identity", "11010519491231002X")}


def test_a_clearance_is_shown_at_the_barred_person_and_taken_back(world, services, child, father):
    with audited(world) as unit:
        other = add_adult(unit, world, child, "张墙", "舅舅", "13600001111", is_guardian=True)
    visit = services.arrivals.check_in(world.desk, CheckIn(child)).value.visit
    act, second = CheckOut(visit, other, "known"), Second(world.director.id, "5927")

    def cleared():
        with pytest.raises(BarredAlarmError) as raised:
            services.pickup.check_out(world.desk, act)
        alarm = raised.value.alarm
        return alarm, services.alarms.decide(world.desk, alarm, "cleared", "看过身份证", second).undo

    def others():
        adults = services.records.card(world.desk, child).adults
        return [words for _, words in next(one.others for one in adults if one.adult == father)]

    _, undo = cleared()
    assert others() == ["舅舅 张墙 不是此人：2025-12-03 周敏确认，看过身份证"]
    services.undo(world.desk, undo)
    assert others() == []
    alarm, _ = cleared()
    world.clock.now += dt.timedelta(days=1)
    with pytest.raises(NotPermittedError):
        services.alarms.end_clearance(world.desk, alarm)
    services.alarms.end_clearance(world.director, alarm)
    with pytest.raises(AlarmDecidedError):
        services.alarms.end_clearance(world.director, alarm)
    again = services.arrivals.check_in
    services.pickup.check_out(
        world.director,
        CheckOut(
            visit,
            adult_of(world, child, "张母"),
            left_at=world.clock.now - dt.timedelta(hours=16),
            reason="妈妈说",
        ),
    )
    with pytest.raises(BarredAlarmError):
        again(world.desk, CheckIn(child, other))


def test_a_stranger_is_another_for_the_day(world, services, child, father):
    call = Call((child,), adult_of(world, child, "张母"), "2233", "张墙", "朋友", "13912345678")
    with pytest.raises(BarredAlarmError) as raised:
        services.grants.add(world.desk, call)
    undo = services.alarms.decide(
        world.desk, raised.value.alarm, "cleared", "看过身份证", Second(world.director.id, "5927")
    ).undo
    card = next(one for one in services.records.card(world.desk, child).adults if one.adult == father)
    assert [words for _, words in card.others] == [
        "朋友 张墙（尾号 5678） 不是此人：2025-12-03 周敏确认，看过身份证，只当天有效"
    ]
    services.undo(world.desk, undo)
    with pytest.raises(BarredAlarmError):
        services.grants.add(world.desk, call)


@pytest.mark.parametrize("said", ["张沐阳爸爸", "沐阳爸", "李明"])
def test_another_by_the_name_of_her_father_is_asked_about(world, services, child, father, said):
    services.arrivals.check_in(world.desk, CheckIn(child))
    call = Call((child,), world.adults["张母"], "2233", said, "爸爸", "13911112222")
    with pytest.raises(BarredAlarmError, match="同一位家人"):
        services.grants.add(world.desk, call)
    aunt = Call((child,), world.adults["张母"], "2233", "李梅", "姑姑", "13911112222")
    services.grants.add(world.desk, aunt)


def test_a_birth_date_wrong_by_a_day_hides_nobody(world, services, child, father):
    """The other record has the sound and the mother's number, though not the birth date."""
    with audited(world) as unit:
        again = add_child(unit, world, "张沐洋", BORN + dt.timedelta(days=1))
        add_adult(unit, world, again, "张母", "妈妈", "13700002233", is_guardian=True)
    found = list(likely_barred(world.database, again, Stranger("张强", "爸爸", "13911112222"), DAY))
    assert [one.id for one, _ in found] == [father]


def test_a_neighbours_child_of_another_family_is_another_child(world, services, child, father):
    with audited(world) as unit:
        other = add_child(unit, world, "张沐洋", BORN + dt.timedelta(days=1))
        add_adult(unit, world, other, "赵母", "妈妈", "13700009999", is_guardian=True)
    assert not list(likely_barred(world.database, other, Stranger("张强", "爸爸", "13911112222"), DAY))


def test_who_was_found_to_be_another_is_a_man_with_a_number_and_not_a_name(world, services, child, father):
    services.arrivals.check_in(world.desk, CheckIn(child))

    def ask(phone, tail=""):
        call = Call((child,), world.adults["张母"], "2233", "张强", "叔叔", phone, tail)
        return services.grants.add(world.desk, call)

    with pytest.raises(BarredAlarmError) as raised:
        ask("13911112222")
    clear(world, services, raised.value.alarm)
    assert services.alarms.view(world.desk, raised.value.alarm).typed == "叔叔 张强（尾号 2222）"
    ask("139 1111 2222")
    for other in (("13822223333", ""), ("", "123X"), ("13911112222", "123X")):
        with pytest.raises(BarredAlarmError):
            ask(*other)
