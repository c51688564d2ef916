"""Whether a row is a child who is there already, by all that the forms ask."""

import datetime as dt

import pytest

from app.domain.life import Ending, Owner, StepKind
from app.domain.looks import Tone
from app.services.admissions import InquiryCard, StepWish
from app.services.bundle import build
from app.store import children
from tests.services.test_import_people import table_of
from tests.services.world import DAY

HEADS = "姓名,出生日期,家长姓名,关系,电话"
BORN = dt.date(2023, 8, 1)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def told(services, world, *rows):
    _, found = table_of(services, world, HEADS, *rows)
    return [{(one.code, one.tone) for one in row.problems} for row in found]


def phone_of(world, child):
    return world.database.row(
        "select a.phone from adult a join child_adult t on t.adult_id = a.id where t.child_id = :child"
        " and a.phone <> '' and t.is_guardian = 1 order by t.sort limit 1",
        {"child": world.children[child]},
    )["phone"]


def test_one_digit_off_in_the_birth_date_is_asked_about_as_by_the_forms(services, world):
    with world.database.unit(None, "answer") as unit:
        children.answer_allergy(unit, world.children["张沐阳"], "has", ("花生",))
        unit.audit("child", world.children["张沐阳"])
    _, (row,) = table_of(services, world, HEADS, f"张沐阳,2023-06-11,张母,妈妈,{phone_of(world, '张沐阳')}")
    (problem,) = row.problems
    assert (problem.code, problem.tone) == ("same_sound", Tone.WARN)
    assert "花生过敏" in problem.sentence
    assert "2023-06-01" in problem.sentence


def test_twins_and_strangers_are_not(services, world):
    phone = phone_of(world, "张沐阳")
    rows = (f"张牧野,2023-06-01,张母,妈妈,{phone}", "张沐阳,2023-06-11,张母,妈妈,13711110000")
    assert told(services, world, *rows) == [set(), set()]


def test_two_rows_of_one_list_are_held_against_each_other(services, world):
    rows = ("李小满,2023-08-19,李父,爸爸,13800006021", "李晓满,2023-08-29,李父,爸爸,13800006021",
            "李小曼,2023-08-19,李二,爸爸,13800006022")  # fmt: skip
    assert told(services, world, *rows) == [
        set(),
        {("twice_sound", Tone.WARN)},
        {("twice_sound", Tone.WARN)},
    ]


def ask(services, world, **more):
    card = {"born_on": BORN, "contact": "妈妈 陆静", "wait": True, **more}
    return Owner(
        applicant=services.admissions.inquire(world.desk, InquiryCard("陆一鸣", "13700001111", **card)).value
    )


@pytest.mark.parametrize(
    "row", ["陆一鸣,2023-08-01,陆静,妈妈,13700001111", "陆一铭,2023-08-01,陆父,爸爸,13700002222",
            "陆一鸣,2023-08-11,陆静,妈妈,13700001111"],
)  # fmt: skip
def test_who_waits_for_a_place_is_taken_in_by_admission_alone(services, world, row):
    ask(services, world)
    assert told(services, world, row) == [{("asking", Tone.BAD)}]


def test_who_asked_and_gave_up_or_is_another_comes_in(services, world):
    owner = ask(services, world)
    assert told(services, world, "陆一鸣,2023-09-01,周静,妈妈,13700003333") == [set()]
    services.admissions.take_step(
        world.desk, owner, StepWish(StepKind.LEAVE, DAY, ending=Ending.GIVEN_UP, reason="不来了")
    )
    assert told(services, world, "陆一鸣,2023-08-01,陆静,妈妈,13700001111") == [set()]


def test_whom_another_child_is_kept_from_does_not_come_in_without_a_word(services, world):
    (row,) = table_of(services, world, HEADS, "钱小满,2023-08-19,张外人,爸爸,13500000000")[1]
    (problem,) = row.problems
    assert (problem.code, problem.tone) == ("barred_elsewhere", Tone.WARN)
    assert "张沐阳（邻居）" in problem.sentence
    assert "监护人、可接" in problem.sentence
    (row,) = table_of(services, world, HEADS, "钱小满,2023-08-19,钱大,爸爸,13500000000")[1]
    assert "档案里叫张外人" in row.problems[0].sentence
    assert told(services, world, "钱小满,2023-08-19,张外人,爸爸,13511110000") == [set()]
