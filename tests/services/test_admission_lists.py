"""招生 as it is read: what stands below a name, on the button and on the chip, and whose number is shown."""

import datetime as dt

import pytest

from app.domain.life import Ending, Owner, Stage, StepKind
from app.domain.looks import Tone
from app.domain.modes import CareMode, HalfDay
from app.domain.staff import NotPermittedError
from app.services.admission_lists import ClassChoice
from app.services.admissions import InquiryCard, StepWish
from app.services.bundle import build
from app.store import people
from tests.services.world import DAY, add_adult

DAYS = dt.timedelta(days=1)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def ask(services, world):
    def asked(name="陆一鸣", **more):
        born = None if "due_on" in more else dt.date(2024, 8, 1)
        card = InquiryCard(name, "13711112222", born_on=born, contact="妈妈 陆静", **more)
        return Owner(applicant=services.admissions.inquire(world.desk, card).value)

    return asked


@pytest.fixture
def step(services, world):
    def taken(owner, kind, on_day=DAY, **more):
        return services.admissions.take_step(world.desk, owner, StepWish(kind, on_day, **more))

    return taken


def line(services, world, name):
    return next(one for one in services.admission_lists.roster(world.desk) if one.name == name)


def test_the_roster_goes_from_who_asks_to_who_has_left_and_within_by_class(services, world, ask, step):
    ask("钱小满")
    ask("陆一鸣", wait=True)
    step(
        Owner(child=world.children["周乐瑶"]),
        StepKind.LEAVE,
        DAY - DAYS,
        ending=Ending.GRADUATED,
        reason="补登",
    )
    found = services.admission_lists.roster(world.desk)
    assert [(one.name, one.chip.words) for one in found] == [
        ("钱小满", "咨询"),
        ("陆一鸣", "候补"),
        ("张沐阳", "在托"),
        ("马思睿", "在托"),
        ("曾雨桐", "在托"),
        ("周乐瑶", "毕业"),
    ]
    assert [one.stage for one in found if one.class_id is None] == [Stage.INQUIRY, Stage.WAITING, Stage.LEFT]


def test_below_a_name_stand_age_class_care_and_what_is_to_come(services, world, step):
    assert line(services, world, "马思睿").note == "2岁4个月（28 个月） · 抱抱龙 · 半日托（下午）"
    monday = dt.date(2025, 12, 8)
    owner = Owner(child=world.children["马思睿"])
    step(owner, StepKind.LEAVE, monday, ending=Ending.TRANSFERRED)
    assert line(services, world, "马思睿").note.endswith("12-08 离园（转园）")
    assert line(services, world, "马思睿").chip.tone is Tone.OK, "until then she is in care"


def test_an_infant_is_told_in_months_once_and_who_is_not_born_by_the_day_she_is_due(services, world, ask):
    assert "（" not in line(services, world, "曾雨桐").note.split(" · ")[0]
    owner = ask("陆家宝宝", due_on=dt.date(2026, 3, 1))
    assert line(services, world, "陆家宝宝").note == "预产期 2026-03-01"
    assert services.admission_lists.panel(world.desk, owner).born_on is None


def test_numbers_are_masked_and_the_barred_one_is_never_whom_to_ring(services, world, ask):
    owner = ask(note="下午方便接电话", wish_mode=CareMode.HALF_DAY, wish_half=HalfDay.MORNING)
    told = services.admission_lists.panel(world.desk, owner)
    assert "妈妈 陆静 · 137****2222 · 想要 半日托" in told.words
    assert "13711112222" not in told.words
    assert (told.wish, told.has_phone) == ("am", True)
    child = world.children["张沐阳"]
    with world.database.unit(None, "family") as unit:
        people.end_tie(unit, child, world.adults["张母"])
        add_adult(unit, world, child, "张奶奶", "奶奶", "13600009988")
        unit.audit("child", child)
    words = services.admission_lists.panel(world.desk, Owner(child=child)).words
    assert "奶奶 136****9988" in words
    assert "邻居" not in words


def test_whoever_has_not_come_gives_up_and_does_not_leave(services, world, ask):
    asks, here = ask(), Owner(child=world.children["张沐阳"])
    lists = services.admission_lists
    words = {owner: lists.panel(world.desk, owner).next_words for owner in (asks, here)}
    assert "放弃" in words[asks]
    assert "离园" not in words[asks]
    assert "离园" in words[here]


def test_what_was_done_today_can_be_taken_back_by_name_and_tomorrow_no_more(services, world, ask, step):
    owner = ask(wait=True)
    offer = {
        "class_id": world.dragons,
        "reason": "约好",
        "starts_on": DAY + 5 * DAYS,
        "deadline": DAY + 2 * DAYS,
    }
    step(owner, StepKind.NOTIFY, **offer)
    told = services.admission_lists.panel(world.desk, owner)
    assert (told.undo is not None, told.undo_words) == (True, "撤销“通知入园”")
    assert told.offer.class_id == world.dragons
    assert told.lines[-1].note.startswith("12-05 前答复")
    world.clock.now += DAYS
    assert services.admission_lists.panel(world.desk, owner).undo is None


def test_the_list_says_who_was_moved_by_hand_and_before_whom_one_may_be_put(services, world, ask, step):
    first, second = ask("甲一一", wait=True), ask("乙二二", wait=True)
    step(second, StepKind.RANK, before=first.applicant, reason="园长批准")
    found = services.admission_lists.queue(world.desk)
    assert [(one.numbered, one.note.endswith("手工调整过")) for one in found] == [
        ("1. 乙二二", True),
        ("2. 甲一一", False),
    ]
    panel = services.admission_lists.panel(world.desk, second)
    assert panel.ahead == ((first.applicant, "2. 甲一一"),), "nobody is put before herself"


def test_a_class_says_what_is_free_and_what_of_the_rest_is_only_booked():
    assert ClassChoice(1, "小海豚", "#3D8EB9", 2, 15, 1).words == "小海豚 余 2/15（1 个已预约）"
    assert ClassChoice(1, "小海豚", "#3D8EB9", 0, 15).words == "小海豚 余 0/15"


def test_no_list_is_read_by_who_may_not_admit(services, world):
    lists, owner = services.admission_lists, Owner(child=world.children["张沐阳"])
    for read in (lists.roster, lists.queue, lists.classes, lists.forecast):
        with pytest.raises(NotPermittedError):
            read(world.teacher)
    with pytest.raises(NotPermittedError):
        lists.panel(world.teacher, owner)
