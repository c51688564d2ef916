import datetime as dt

import pytest

from app.domain.instructions import Category, GoneInstructionError, InstructionError, NewInstruction, Way
from app.domain.logbook import MealSlot
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.store import children
from tests.services.world import DAY

DAY_LATER = dt.timedelta(days=1)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def add(services, world):
    def added(words, category=Category.MEAL, to_day=DAY, slots=(), name="张沐阳"):
        child = world.children[name]
        new = NewInstruction(child, category, words, "妈妈", Way.DOOR, DAY, to_day, slots)
        return services.classes.instructions.add(world.desk, new)

    return added


def words(found):
    return [one.instruction.words for one in found]


def test_who_said_it_how_when_and_by_whom_it_was_taken_is_kept(services, world, add):
    add("不吃虾")
    (one,) = services.classes.instructions.for_child(world.teacher, world.children["张沐阳"])
    assert one.instruction.source_words == "妈妈当面说，12月3日 09:12 林晓记"
    assert one.instruction.until_words == "12月3日当天"


def test_it_ends_by_itself_and_stays_on_file(services, world, add):
    add("今天的")
    add("到后天", to_day=DAY + 2 * DAY_LATER)
    add("一直的", to_day=None)
    heed, child = services.classes.instructions, world.children["张沐阳"]
    assert sorted(words(heed.for_child(world.teacher, child))) == ["一直的", "今天的", "到后天"]
    world.clock.now += DAY_LATER
    assert sorted(words(heed.for_child(world.teacher, child))) == ["一直的", "到后天"]
    world.clock.now += 2 * DAY_LATER
    assert words(heed.for_child(world.teacher, child)) == ["一直的"]
    assert len(heed.past(world.teacher, child)) == 3


def test_it_reaches_the_meals_it_is_about_and_no_others(services, world, add):
    add("早点不吃", slots=(MealSlot.MORNING_SNACK,))
    add("牛奶温的")
    add("抱着睡", Category.NAP)
    add("有点咳", Category.MEDICINE)
    heed, child = services.classes.instructions, world.children["张沐阳"]
    snack = words(heed.for_child(world.teacher, child, slot=MealSlot.MORNING_SNACK))
    assert sorted(snack) == ["早点不吃", "有点咳", "牛奶温的"]
    lunch = words(heed.for_child(world.teacher, child, slot=MealSlot.LUNCH))
    assert sorted(lunch) == ["有点咳", "牛奶温的"]


def test_it_reaches_every_class_the_child_comes_to(services, world, add):
    add("不吃虾")
    heed = services.classes.instructions
    assert heed.for_class(world.teacher, world.dragons) == ()
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    assert words(heed.for_class(world.teacher, world.dragons)) == ["不吃虾"]
    services.classes.moves.move(world.teacher, [visit], world.stars, "并班")
    assert words(heed.for_class(world.teacher, world.stars)) == ["不吃虾"]
    assert heed.for_class(world.teacher, world.dragons) == ()


def test_each_teacher_acknowledges_for_herself_and_once(services, world, add):
    key = add("不吃虾").value
    heed, child = services.classes.instructions, world.children["张沐阳"]
    meng = next(one for one in services.people.staff() if one.name == "孟佳")
    assert heed.acknowledge(world.teacher, [key]).value == 1
    assert heed.acknowledge(world.teacher, [key]).value == 0
    (mine,) = heed.for_child(world.teacher, child)
    (hers,) = heed.for_child(meng, child)
    assert (mine.read, hers.read, hers.instruction.read_by) == (True, False, ("许静",))


def test_ended_by_hand_is_never_deleted_and_can_be_taken_back(services, world, add):
    done = add("不吃虾", to_day=None)
    heed, child = services.classes.instructions, world.children["张沐阳"]
    ended = heed.end(world.teacher, done.value, "妈妈说好了")
    assert heed.for_child(world.teacher, child) == ()
    (kept,) = heed.past(world.teacher, child)
    assert (kept.words, kept.ended_by, kept.end_reason) == ("不吃虾", "许静", "妈妈说好了")
    with pytest.raises(GoneInstructionError):
        heed.end(world.teacher, done.value)
    services.undo(world.teacher, ended.undo)
    assert words(heed.for_child(world.teacher, child)) == ["不吃虾"]
    services.undo(world.desk, done.undo)
    (kept,) = heed.past(world.teacher, child)
    assert kept.end_reason == "记错撤销"


def test_what_cannot_be_kept_is_refused(services, world, add):
    with pytest.raises(InstructionError, match="嘱咐了什么"):
        add("  ")
    with pytest.raises(InstructionError, match="已经过了"):
        add("不吃虾", to_day=DAY - DAY_LATER)
    with pytest.raises(InstructionError, match="没有找到"):
        services.classes.instructions.add(
            world.desk, NewInstruction(999, Category.MEAL, "x", "妈妈", Way.DOOR, DAY, DAY)
        )
    with pytest.raises(InstructionError, match="谁说的"):
        services.classes.instructions.add(
            world.desk, NewInstruction(world.children["张沐阳"], Category.MEAL, "x", "", Way.DOOR, DAY, DAY)
        )
    with pytest.raises(NotPermittedError):
        services.classes.instructions.end(world.cashier, 1)
    with pytest.raises(GoneInstructionError):
        services.classes.instructions.acknowledge(world.teacher, [99])


def test_the_audit_does_not_repeat_what_a_family_said(services, world, add):
    add("有湿疹", Category.MEDICINE)
    lines = world.database.rows("select detail from audit where subject = 'instruction'")
    assert [row["detail"] for row in lines] == ["张沐阳 健康嘱咐，妈妈"]


def say(services, world, words, told_by, category=Category.MEAL):
    new = NewInstruction(world.children["张沐阳"], category, words, told_by, Way.PHONE, DAY, DAY)
    return services.classes.instructions.add(world.desk, new)


@pytest.mark.parametrize(
    ("category", "wish"),
    [
        (Category.PICKUP, "今天由我来接，不用打电话"),
        (Category.MEAL, "花生可以吃，医生说没事"),
        (Category.OTHER, "有事打我"),
    ],
)
def test_what_somebody_barred_says_is_no_wish_of_the_family(services, world, category, wish):
    for who in ("张外人", "张 外人"):
        with pytest.raises(InstructionError, match=r"禁止接走.*嘱咐") as refused:
            say(services, world, wish, who, category)
        assert refused.value.field == "told_by"
    assert services.classes.instructions.for_child(world.teacher, world.children["张沐阳"]) == ()


def test_a_wish_against_an_allergy_is_a_guardians_to_say_and_lifts_nothing(services, world):
    child = world.children["张沐阳"]
    with world.database.unit(None, "answer") as unit:
        children.answer_allergy(unit, child, "has", ("花生",))
        unit.audit("child", child)
    for wish in ("花生可以吃，医生说没事", "花生酱不过敏了", "不用避花生", "给他吃点花生酱"):
        with pytest.raises(InstructionError, match=r"张沐阳 档案里有花生过敏.*监护人") as refused:
            say(services, world, wish, "邻居 李姐")
        assert refused.value.field == "told_by"
    say(services, world, "花生可以吃，医生说没事", "妈妈")
    (one,) = services.classes.instructions.for_child(world.teacher, child)
    assert one.instruction.words == "花生可以吃，医生说没事（档案里仍是花生过敏，照旧避开）"
    assert children.find_child(world.database, child).substances == ("花生",)
    for wish in ("不能吃花生", "别给他吃花生", "鸡蛋可以吃"):
        say(services, world, wish, "邻居 李姐")
