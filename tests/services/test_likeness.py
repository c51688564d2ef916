"""A child written down under another spelling is asked about, and whom the file bars from her is kept out."""

import dataclasses
import datetime as dt

import pytest

from app.domain.barred import Mark
from app.domain.life import LifeError
from app.domain.looks import Tone
from app.domain.modes import Tariff
from app.services.admissions import InquiryCard
from app.services.alarms import BarredAlarmError
from app.services.arrivals import CheckIn
from app.services.bars import Stranger, likely_barred
from app.services.booking_card import Wish
from app.services.bundle import build
from app.services.collecting import CheckOut
from app.services.intake import CardRefusedError, IntakeCard
from app.services.likeness import find_alike
from app.services.pins import Second
from app.store import alarms, children, people
from app.store.people import Tie
from tests.services.world import DAY, add_adult, add_child

BORN = dt.date(2023, 6, 1)
CARD = IntakeCard(
    name="张沐洋", sex="m", born_on="2023-06-01", allergy="none", body="ok",
    bringer="张外人", relation="邻居", phone="13500000000",
    second="张父", second_relation="爸爸", second_phone="13900000001",
    promised="14:00", reason="x", temperature="36.5", check_outcome="normal",
)  # fmt: skip
FREE = dataclasses.replace(CARD, bringer="李四", phone="13811112222")
WISH = Wish(
    day=DAY + dt.timedelta(days=2), from_minute=540, to_minute=660, tariff=Tariff.HOURLY,
    name="张沐洋", born_on="2023-06-01", phone="13811112222", adult="李四", relation="舅舅",
)  # fmt: skip


@pytest.fixture
def services(world):
    made = build(world.database, world.clock, world.rng)
    made.pins.choose(world.director, "5927")
    return made


@pytest.fixture
def child(world):
    return world.children["张沐阳"]


def born_that_day(world):
    return [one.name for one in children.list_born(world.database, BORN)]


@pytest.mark.parametrize("reason", ["", "说是另一家的孩子"])
@pytest.mark.parametrize("name", ["张沐阳", "张沐洋", "章牧羊"])
def test_a_barred_person_does_not_bring_her_under_a_name_that_sounds_so(world, services, child, name, reason):
    with pytest.raises(BarredAlarmError, match="张外人（邻居）被禁止接走张沐阳") as raised:
        services.intake.register(world.desk, dataclasses.replace(CARD, name=name, same_reason=reason))
    assert alarms.find_alarm(world.database, raised.value.alarm).child == child
    assert born_that_day(world) == ["张沐阳"]


def test_nor_with_another_birth_date_as_long_as_his_number_is_on_file(world, services):
    card = dataclasses.replace(CARD, born_on="2023-06-11", same_reason="说是另一家的孩子")
    with pytest.raises(BarredAlarmError):
        services.intake.register(world.desk, card)


def test_whom_a_second_person_has_found_to_be_another_goes_on_to_the_question(world, services):
    card = dataclasses.replace(CARD, bringer="章外人", phone="13811110000")
    with pytest.raises(BarredAlarmError) as raised:
        services.intake.register(world.desk, card)
    second = Second(world.director.id, "5927")
    services.alarms.decide(world.desk, raised.value.alarm, "cleared", "看过身份证", second)
    with pytest.raises(CardRefusedError, match="不是档案里的张沐阳"):
        services.intake.register(world.desk, card)


def test_the_clerk_is_asked_with_what_tells_the_child_on_file(world, services):
    found = services.intake.assess(world.desk, FREE)
    (problem,) = found.problems
    assert (problem.field, problem.tone) == ("same_reason", Tone.WARN)
    told = "张沐阳（2023-06-01 生，抱抱龙，妈妈 张母 137****2233，花生过敏）"
    assert [one.words for one in found.alike] == [told]
    # Over a field of half a card there is room for one line; 她 would be wrong of a boy.
    assert problem.sentence == "不是档案里的张沐阳？请写怎么知道的。"
    with pytest.raises(CardRefusedError):
        services.intake.register(world.desk, FREE)
    services.intake.register(world.desk, dataclasses.replace(FREE, same_reason="看过户口本"))
    assert born_that_day(world) == ["张沐阳", "张沐洋"]


def test_a_name_that_sounds_otherwise_is_not_asked_about(world, services):
    assert services.intake.assess(world.desk, dataclasses.replace(FREE, name="张沐辰")).problems == ()


def test_the_number_of_a_barred_person_is_said_whoever_the_child_is(world, services):
    card = dataclasses.replace(CARD, name="李小明", born_on="2024-01-05")
    chips = services.intake.assess(world.desk, card).known
    assert chips[0].tone is Tone.BAD
    assert "外人被禁止接走" in chips[0].words


def test_a_booking_asks_too_and_takes_a_reason(world, services):
    (problem,) = services.bookings.ask(world.desk, WISH).problems
    assert problem.field == "same_reason"
    assert "就是这个孩子吗" in problem.sentence
    services.bookings.book(world.desk, dataclasses.replace(WISH, same_reason="妈妈在电话里说没来过"))
    assert born_that_day(world) == ["张沐阳", "张沐洋"]


@pytest.mark.parametrize("reason", ["", "没来过"])
def test_a_barred_person_does_not_book_for_her(world, services, child, reason):
    wish = dataclasses.replace(WISH, adult="张外人", phone="13500000000", same_reason=reason)
    with pytest.raises(BarredAlarmError):
        services.bookings.book(world.desk, wish)
    assert born_that_day(world) == ["张沐阳"]


def test_two_inquiries_for_one_child_are_not_put_down_without_a_word(world, services):
    card = InquiryCard("陆一鸣", "13700001111", dt.date(2024, 8, 1), contact="妈妈 陆静")
    services.admissions.inquire(world.desk, card)
    for again in (card, dataclasses.replace(card, name="陆一铭", phone="13700009999")):
        with pytest.raises(LifeError, match=r"就是这个孩子吗？.*陆一鸣（2024-08-01 生，137"):
            services.admissions.inquire(world.desk, again)
    services.admissions.inquire(world.desk, dataclasses.replace(card, same_reason="两家，电话核对过"))
    assert [one.name for one in services.admission_lists.roster(world.desk)].count("陆一鸣") == 2


def test_an_inquiry_that_was_taken_back_asks_nothing(world, services):
    card = InquiryCard("陆一鸣", "13700001111", dt.date(2024, 8, 1), contact="妈妈 陆静")
    made = services.admissions.inquire(world.desk, card)
    services.admissions.undo_step(world.desk, made.undo.key)
    services.admissions.inquire(world.desk, card)


def test_an_inquiry_for_a_child_on_file_asks_and_a_barred_person_is_told_of(world, services):
    card = InquiryCard("张沐洋", "13811112222", BORN, contact="舅舅 李四")
    with pytest.raises(LifeError, match="张沐阳（2023-06-01 生"):
        services.admissions.inquire(world.desk, card)
    barred = dataclasses.replace(card, phone="13500000000", contact="邻居 张外人", same_reason="没来过")
    with pytest.raises(BarredAlarmError):
        services.admissions.inquire(world.desk, barred)


def test_looking_reads_an_index_and_never_all_children(world, monkeypatch):
    asked = []
    for reader in ("row", "rows"):
        inner = getattr(world.database, reader)
        monkeypatch.setattr(
            world.database,
            reader,
            lambda sql, values=None, inner=inner: asked.append((sql, values)) or inner(sql, values),
        )
    assert find_alike(world.database, "张沐洋", BORN, ("13700002233",))
    monkeypatch.undo()
    plans = [
        row["detail"]
        for sql, values in asked
        for row in world.database.rows(f"explain query plan {sql}", values)
    ]
    assert len(asked) >= 2
    assert not [one for one in plans if one.startswith("SCAN")], plans


NUMBER = "11010519491231002X"
BAR = {"barred": "1", "may_collect": "", "paper_kind": "法院判决书", "paper_number": "沪01民初8号"}


def note_number(world, services, child, name, more=()):
    values = {"document_number": NUMBER, **dict(more)}
    services.record_keeping.family.change_adult(world.director, child, world.adults[name], values)


@pytest.mark.parametrize("identity", [NUMBER, NUMBER.lower(), NUMBER[-4:]])
def test_the_number_in_the_record_of_a_barred_person_counts_whole_and_by_its_tail(
    world, services, child, identity
):
    stranger = Stranger("王五", "邻居", "", identity)
    assert list(likely_barred(world.database, child, stranger, DAY)) == []
    note_number(world, services, child, "张外人", BAR)
    ((barred, marks),) = likely_barred(world.database, child, stranger, DAY)
    assert (barred.name, marks) == ("张外人", (Mark.IDENTITY,))
    other = dataclasses.replace(stranger, identity="110105199001010029"[-len(identity) :])
    assert list(likely_barred(world.database, child, other, DAY)) == []


def test_the_number_that_is_shown_at_the_registration_counts(world, services, child):
    note_number(world, services, child, "张外人", BAR)
    card = dataclasses.replace(FREE, identity_number=NUMBER, same_reason="没来过")
    with pytest.raises(BarredAlarmError, match="证件尾号相同"):
        services.intake.register(world.desk, card)


def test_an_adult_on_file_under_another_name_is_known_by_the_number_of_his_record(world, services, child):
    note_number(world, services, child, "张母")
    note_number(world, services, child, "张外人", BAR)
    mother = Stranger("张母", "妈妈", "13700002233", "", world.adults["张母"])
    ((_, marks),) = likely_barred(world.database, child, mother, DAY)
    assert Mark.IDENTITY in marks


@pytest.fixture
def again(world):
    """张沐阳 is on file a second time, as 张沐洋, and that record bars nobody."""
    with world.database.unit(None, "test") as unit:
        made = add_child(unit, world, "张沐洋", BORN)
        add_adult(unit, world, made, "李四", "舅舅", "13811112222", is_guardian=True)
        outsider = Tie("邻居", may_collect=True)
        people.add_tie(unit, made, world.adults["张外人"], outsider)
    return made


def test_a_second_record_of_a_child_does_not_let_go_whom_the_first_one_bars(world, services, again):
    at = world.clock.now.replace(hour=14)
    act = CheckIn(again, tariff=Tariff.HOURLY, class_id=world.dragons, promised_at=at)
    visit = services.arrivals.check_in(world.desk, act).value.visit
    with pytest.raises(BarredAlarmError, match="很像的孩子张沐阳的邻居") as raised:
        services.pickup.check_out(world.desk, CheckOut(visit, world.adults["张外人"], tender="cash"))
    view = services.alarms.view(world.desk, raised.value.alarm)
    assert view.barred_words == "邻居 张外人"
    assert [one.split()[1] for one in view.to_ring] == ["李四", "张母"]
    stranger = Stranger("章外人", "叔叔", "13811110000")
    act = CheckOut(
        visit, proof="exception", reason="说好了", stranger=stranger, identity_seen=True, tender="cash",
        second=Second(world.director.id, "5927"),
    )  # fmt: skip
    with pytest.raises(BarredAlarmError):
        services.pickup.check_out(world.desk, act)
    assert services.pickup.check_out(world.desk, CheckOut(visit, world.adults["李四"], tender="cash"))
