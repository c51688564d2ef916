"""What an adult may by the younger of two records alone, of hers or of a child, is said by somebody."""

import datetime as dt

import pytest

from app.domain.joining import Side
from app.domain.records import RecordError
from app.services.alarms import BarredAlarmError
from app.services.bundle import build
from app.services.merge_sides import adult_sides
from app.services.merge_ties import WEIGHTY, join_ties
from app.store import people
from app.store.people import Tie
from tests.services.world import DAY, add_adult, add_child

COLLECTS = Tie("阿姨", may_collect=True)
LOOKED = {"name": Side.KEPT}  # the two have a mother in common: perhaps they are twins
GUARDIAN = Tie("妈妈", is_guardian=True, may_collect=True)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def known(world, name, phone, *ties):
    """An adult on file with what she is to each child."""
    with world.database.unit(None, "build") as unit:
        key = add_adult(unit, world, ties[0][0], name, "", phone)
        unit.execute("delete from child_adult where adult_id = :key", {"key": key})
        for child, tie in ties:
            people.add_tie(unit, child, key, tie)
        unit.audit("child", ties[0][0])
    return key


@pytest.fixture
def sisters(world):
    return world.children["张沐阳"], world.children["周乐瑶"]


def rights(world, child, adult):
    return next((a.tie for a in people.list_adults(world.database, child, DAY) if a.id == adult), None)


def weighty(tie):
    return {name for name in WEIGHTY if getattr(tie, name)}


@pytest.mark.parametrize("turned", [False, True])
def test_a_nanny_is_no_guardian_by_a_younger_record_unless_somebody_says_so(services, world, sisters, turned):
    child, _ = sisters
    nanny = known(world, "李丽", "13700001111", (child, COLLECTS))
    mother = known(world, "王芳", "13700002222", (child, GUARDIAN))
    pair, side = ((mother, nanny), Side.KEPT) if turned else ((nanny, mother), Side.MERGED)
    shown = services.merging.compare_adults(world.desk, child, *pair)
    (line,) = [one for one in shown.lines if one.choice == f"rights.{child}"]
    told = {True: (line.kept, line.merged), False: (line.merged, line.kept)}[turned]
    assert told == ("监护人 可接", "可接")
    assert (line.label, line.side, line.weighs) == ("权限", None, True)
    assert (
        "左边是后建的登记" in " ".join(shown.notes) if turned else "右边是后建的登记" in " ".join(shown.notes)
    )
    with pytest.raises(RecordError, match=r"对张沐阳会多出.*权限"):
        services.merging.merge_adults(world.director, child, *pair)
    other = Side.MERGED if side is Side.KEPT else Side.KEPT
    done = services.merging.merge_adults(world.desk, child, *pair, {line.choice: other})
    assert weighty(rights(world, child, pair[0])) == {"may_collect"}
    services.undo(world.desk, done.undo)
    assert weighty(rights(world, child, mother)) == {"is_guardian", "may_collect"}
    assert weighty(rights(world, child, nanny)) == {"may_collect"}
    services.merging.merge_adults(world.desk, child, *pair, {line.choice: side})
    assert weighty(rights(world, child, pair[0])) == {"is_guardian", "may_collect"}


def test_the_word_of_the_record_made_first_stands_and_is_shown(services, world, sisters):
    child, _ = sisters
    mother = known(world, "王芳", "13700002222", (child, GUARDIAN))
    again = known(world, "王芳", "13700002223", (child, COLLECTS))
    shown = services.merging.compare_adults(world.desk, child, mother, again)
    (line,) = [one for one in shown.lines if one.label == "权限"]
    assert (line.result, line.choice, line.weighs) == ("合并后：监护人 可接", "", True)
    services.merging.merge_adults(world.desk, child, mother, again)
    assert weighty(rights(world, child, mother)) == {"is_guardian", "may_collect"}


@pytest.mark.parametrize("turned", [False, True])
def test_what_she_comes_to_be_to_a_sister_is_shown_and_asked_about_her(services, world, sisters, turned):
    child, sister = sisters
    one = known(world, "王芳", "13700002222", (child, GUARDIAN))
    two = known(world, "王方", "13700002223", (child, GUARDIAN), (sister, COLLECTS))
    pair, side = ((two, one), Side.KEPT) if turned else ((one, two), Side.MERGED)
    shown = services.merging.compare_adults(world.desk, child, *pair)
    (line,) = [one for one in shown.lines if "周乐瑶" in one.label]
    assert {line.kept, line.merged} == {"阿姨 可接", "阿姨 没有权限"}
    with pytest.raises(RecordError, match="对周乐瑶"):
        services.merging.merge_adults(world.desk, child, *pair, {f"rights.{child}": side})
    done = services.merging.merge_adults(world.desk, child, *pair, {line.choice: side})
    assert weighty(rights(world, sister, pair[0])) == {"may_collect"}
    services.undo(world.desk, done.undo)
    assert rights(world, sister, one) is None
    other = Side.MERGED if side is Side.KEPT else Side.KEPT
    services.merging.merge_adults(world.desk, child, *pair, {line.choice: other})
    assert weighty(rights(world, sister, pair[0])) == set()


def test_a_bar_of_a_sister_comes_along_and_is_shown_and_one_of_two_is_refused(services, world, sisters):
    child, sister = sisters
    one = known(world, "李大壮", "13911110001", (child, Tie("叔叔", barred=True)))
    two = known(
        world, "李大状", "13911110002", (child, Tie("叔叔", barred=True)), (sister, Tie("叔叔", barred=True))
    )
    shown = services.merging.compare_adults(world.desk, child, one, two)
    (line,) = [each for each in shown.lines if "周乐瑶" in each.label]
    assert (line.kept, line.result) == ("—", "合并后：叔叔 禁止接走")
    services.merging.merge_adults(world.director, child, one, two)
    assert rights(world, sister, one).barred
    three = known(world, "李大庄", "13911110003", (child, Tie("叔叔", barred=True)), (sister, COLLECTS))
    refusal = services.merging.compare_adults(world.desk, child, one, three).refusal
    assert "只有一个被禁止接走" in refusal
    with pytest.raises(RecordError, match="只有一个被禁止接走"):
        services.merging.merge_adults(world.director, child, one, three, {f"rights.{sister}": Side.MERGED})


def test_who_is_like_somebody_barred_from_a_sister_does_not_come_to_collect_her(services, world, sisters):
    child, sister = sisters
    known(world, "张国强", "13911110001", (sister, Tie("爸爸", barred=True)))
    one = known(world, "张国强", "13922220000", (child, COLLECTS))
    two = known(world, "李四", "13922228888", (child, COLLECTS), (sister, COLLECTS))
    done = services.merging.merge_adults(world.desk, child, one, two, {f"rights.{sister}": Side.KEPT})
    services.undo(world.desk, done.undo)
    with pytest.raises(BarredAlarmError):
        services.merging.merge_adults(world.desk, child, one, two, {f"rights.{sister}": Side.MERGED})
    assert rights(world, sister, one) is None
    with pytest.raises(BarredAlarmError):  # until somebody has looked at him
        services.merging.merge_adults(world.desk, child, one, two, {f"rights.{sister}": Side.KEPT})


def test_nobody_like_one_barred_lends_his_name_to_who_collects_a_sister(services, world, sisters):
    """She is the kept record's alone: afterwards the other's name and number speak for her adult, too."""
    child, sister = sisters
    known(world, "张国强", "13911110001", (sister, Tie("爸爸", barred=True)))
    one = known(world, "李四", "13922228888", (child, COLLECTS), (sister, COLLECTS))
    two = known(world, "张国强", "13922220000", (child, COLLECTS))
    with pytest.raises(BarredAlarmError):
        services.merging.merge_adults(world.desk, child, one, two)


def test_a_row_that_parting_ended_is_no_right_taken_away(services, world, sisters):
    """Neither who was merged the wrong way round and parted loses anything, nor who is merged again."""
    child, _ = sisters
    mother = world.adults["张母"]
    twin = known(world, "张妈", "13700001111", (child, Tie("家长", is_emergency=True)))
    done = services.merging.merge_adults(world.desk, child, twin, mother, {f"rights.{child}": Side.KEPT})
    assert weighty(rights(world, child, twin)) == {"is_guardian", "may_collect"}
    services.undo(world.desk, done.undo)
    shown = services.merging.compare_adults(world.desk, child, mother, twin)
    assert "以前取消过" not in " ".join(shown.notes)
    services.merging.merge_adults(world.desk, child, mother, twin)
    assert weighty(rights(world, child, mother)) == {"is_guardian", "may_collect"}


def test_what_somebody_took_away_after_the_parting_stays_away(services, world, sisters):
    child, _ = sisters
    mother = world.adults["张母"]
    twin = known(world, "张妈", "13700001111", (child, COLLECTS))
    done = services.merging.merge_adults(world.desk, child, mother, twin)
    services.undo(world.desk, done.undo)
    services.record_keeping.family.change_adult(world.director, child, twin, {"may_collect": ""})
    services.merging.merge_adults(world.desk, child, mother, twin)
    assert weighty(rights(world, child, mother)) == {"is_guardian"}


def test_a_join_is_more_where_either_record_says_less(world, sisters):
    child, _ = sisters
    nanny = known(world, "李丽", "13700001111", (child, COLLECTS))
    again = known(world, "李丽", "13700001112", (child, COLLECTS))
    mother = known(world, "王芳", "13700002222", (child, GUARDIAN))
    (same,) = join_ties(world.database, "adult", nanny, again, DAY)
    assert (same.more, same.choice) == (None, "")
    (more,) = join_ties(
        world.database, "adult", nanny, mother, DAY, (child, "母亲"), {f"rights.{child}": Side.MERGED}
    )
    assert (more.tie.relation, more.tie.is_guardian) == ("母亲", True)
    assert len(adult_sides(world.database, child, nanny, again, DAY).lines) == 1  # the number


# -- of two records of a child ---------------------------------------------------------------------------


@pytest.fixture
def twins(world):
    """张沐阳, and a second record of her on which her mother and a stranger stand."""
    with world.database.unit(None, "build") as unit:
        twin = add_child(unit, world, "张沐洋", dt.date(2023, 6, 1))
        people.add_tie(unit, twin, world.adults["张母"], GUARDIAN)
        unit.audit("child", twin)
    return world.children["张沐阳"], twin


def told(services, world, child):
    """What her history says of the last merging."""
    rows = services.records.history(world.desk, child, 99)[0]
    return next(one.lines for one in rows if one.title.startswith("合并档案"))


@pytest.mark.parametrize("turned", [False, True])
def test_nobody_collects_by_a_second_record_of_a_child_unless_somebody_says_so(
    services, world, twins, turned
):
    """By no card does a stranger come to collect without the word of a guardian."""
    first, second = twins
    uncle = known(world, "钱大", "13700009999", (second, Tie("叔叔", may_collect=True, is_emergency=True)))
    pair, side = ((second, first), Side.KEPT) if turned else ((first, second), Side.MERGED)
    shown = services.merging.compare_children(world.desk, *pair)
    (line,) = [one for one in shown.lines if one.choice.startswith("rights.")]
    pick = {True: (line.kept, line.merged), False: (line.merged, line.kept)}[turned]
    assert pick == ("叔叔 可接 紧急联系", "叔叔 紧急联系")
    assert (line.choice, line.side, line.weighs) == (f"rights.{uncle}", None, True)
    assert ("左边是后建的档案" if turned else "右边是后建的档案") in " ".join(shown.notes)
    assert shown.refusal == "", "it is answered on the sheet"
    with pytest.raises(RecordError, match=r"钱大对张沐.会多出.*选好“钱大”用哪边的") as refused:
        services.merging.merge_children(world.director, *pair)
    assert refused.value.field == line.choice
    other = next(one for one in Side if one is not side)
    done = services.merging.merge_children(world.desk, *pair, {line.choice: other, **LOOKED})
    assert rights(world, pair[0], uncle) == Tie("叔叔", is_emergency=True)
    taken = "钱大 叔叔 可接 紧急联系 → " if turned else ""
    assert told(services, world, pair[0])[-1] == f"家人：{taken}钱大 叔叔 紧急联系"
    services.undo(world.desk, done.undo)
    assert weighty(rights(world, second, uncle)) == {"may_collect"}
    assert rights(world, first, uncle) is None
    done = services.merging.merge_children(world.desk, *pair, {line.choice: side, **LOOKED})
    assert weighty(rights(world, pair[0], uncle)) == {"may_collect"}
    assert told(services, world, pair[0])[-1] == "家人：钱大 叔叔 可接 紧急联系"
    services.undo(world.desk, done.undo)
    assert weighty(rights(world, second, uncle)) == {"may_collect"}
    assert rights(world, first, uncle) is None


@pytest.mark.parametrize("turned", [False, True])
def test_a_contact_of_the_first_record_who_collects_by_the_second_is_asked_about(
    services, world, twins, turned
):
    first, second = twins
    uncle = known(world, "钱大", "13700009999", (first, Tie("叔叔", is_emergency=True)), (second, COLLECTS))
    pair, side = ((second, first), Side.KEPT) if turned else ((first, second), Side.MERGED)
    with pytest.raises(RecordError, match="钱大"):
        services.merging.merge_children(world.desk, *pair)
    services.merging.merge_children(world.desk, *pair, {f"rights.{uncle}": side, **LOOKED})
    tie = rights(world, pair[0], uncle)
    assert (tie.may_collect, tie.is_emergency) == (True, True)
    words = "钱大 阿姨 可接 紧急联系" if turned else "钱大 叔叔 可接 紧急联系"
    assert told(services, world, pair[0])[-1] == f"家人：钱大 叔叔 紧急联系 → {words}"


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("days", "asked"), [(0, True), (-1, False)])
def test_a_right_for_today_is_asked_about_and_one_for_a_day_that_is_over_is_not(
    world, twins, turned, days, asked
):
    first, second = twins
    day = DAY + dt.timedelta(days=days)
    uncle = known(world, "钱大", "13700009999", (second, Tie("叔叔", may_collect=True, only_day=day)))
    pair = (second, first) if turned else (first, second)
    joins = [one for one in join_ties(world.database, "child", *pair, DAY) if one.more is not None]
    assert [one.adult for one in joins] == [uncle] * asked


@pytest.mark.parametrize("turned", [False, True])
def test_that_the_first_record_lets_her_collect_for_a_day_is_no_word_for_good(world, twins, turned):
    first, second = twins
    lent = Tie("阿姨", may_collect=True, only_day=DAY)
    aunt = known(world, "孙三", "13700009999", (first, lent), (second, COLLECTS))
    pair = (second, first) if turned else (first, second)
    (join,) = [one for one in join_ties(world.database, "child", *pair, DAY) if one.more is not None]
    assert (join.adult, join.tie, join.more) == (aunt, Tie("阿姨"), COLLECTS)


def test_where_the_first_record_has_no_guardian_nobody_can_be_asked(world, twins):
    first, second = twins
    with world.database.unit(None, "end") as unit:
        people.end_tie(unit, first, world.adults["张母"])
        unit.audit("child", first)
    uncle = known(world, "钱大", "13700009999", (second, COLLECTS))
    joins = join_ties(world.database, "child", first, second, DAY)
    assert {one.choice for one in joins} == {""}
    assert next(one.tie for one in joins if one.adult == uncle) == COLLECTS
