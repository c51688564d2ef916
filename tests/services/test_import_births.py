"""A grown-up of a list who is on file, or in another row: his birth date is one, and the youngest counts."""

import datetime as dt

import pytest

from app.domain.looks import Tone
from app.services.bundle import build
from app.services.import_births import Births
from app.services.importing import ImportRefusedError
from app.store import people
from tests.services.test_import_people import codes, flags, table_of
from tests.services.world import DAY

HEADS = "姓名,出生日期,班级,家长1姓名,家长1关系,家长1电话,家长1权限"
HEADS += ",家长2姓名,家长2关系,家长2电话,家长2出生日期,家长2权限"
MINOR, GROWN = dt.date(2010, 1, 1), dt.date(1990, 5, 5)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def line(name, born, role="可接", mother="13800006021"):
    child = f"{name},2023-08-01,抱抱龙,{name}妈,妈妈,{mother},监护人、可接"
    return f"{child},赵舅,舅舅,13811114444,{born or ''},{role}"


def uncle(services, world, name):
    child = services.desk.find(world.desk, name)[0].child
    return next(one for one in people.list_adults(world.database, child, DAY) if one.name == "赵舅")


def bring_in(services, world, *lines):
    table, rows = table_of(services, world, HEADS, *lines)
    return services.importing.run(world.desk, table, table.guessed), rows


@pytest.fixture
def filed(services, world):
    """赵舅 is on file without a birth date."""
    bring_in(services, world, line("赵一", None))
    return uncle(services, world, "赵一")


def test_a_birth_date_that_nobody_knew_is_kept_and_goes_with_the_list(services, world, filed):
    assert (filed.born_on, filed.tie.may_collect) == (None, True)
    world.clock.now += dt.timedelta(minutes=1)
    done, _ = bring_in(services, world, line("钱二", MINOR, "紧急联系人", "13800006022"))
    assert uncle(services, world, "钱二").id == filed.id
    assert uncle(services, world, "赵一").born_on == MINOR
    world.clock.now += dt.timedelta(minutes=1)
    services.importing.undo(world.desk, done.value.batch)
    assert uncle(services, world, "赵一").born_on is None
    bring_in(services, world, line("钱二", GROWN, mother="13800006022"))
    assert uncle(services, world, "赵一").born_on == GROWN


def test_another_birth_date_than_on_file_keeps_a_row_out(services, world, filed):
    with world.database.unit(None, "born") as unit:
        people.note_born(unit, filed.id, MINOR)
        unit.audit("adult", filed.id)
    table, (row,) = table_of(services, world, HEADS, line("钱二", GROWN, mother="13800006022"))
    (problem,) = [one for one in row.problems if one.tone is Tone.BAD]
    assert (problem.code, problem.field) == ("adult_birth_other", "parent2_born_on")
    assert "2010-01-01" in problem.sentence
    assert "1990-05-05" in problem.sentence
    with pytest.raises(ImportRefusedError):
        services.importing.run(world.desk, table, table.guessed)
    assert uncle(services, world, "赵一").born_on == MINOR


def test_who_is_a_minor_by_the_file_is_only_called(services, world, filed):
    with world.database.unit(None, "born") as unit:
        people.note_born(unit, filed.id, MINOR)
        unit.audit("adult", filed.id)
    _, (row,) = bring_in(services, world, line("钱二", None, mother="13800006022"))
    assert flags(row)["赵舅"] == (False, False, True, False)
    assert codes(row, Tone.WARN) == {"minor"}
    assert not uncle(services, world, "钱二").tie.may_collect


@pytest.mark.parametrize("order", [(None, MINOR), (MINOR, None)])
def test_a_birth_date_of_one_row_goes_for_the_person(services, world, order):
    lines = [
        line(name, born, mother=f"1380000602{at}")
        for at, (name, born) in enumerate(zip(("赵一", "钱二"), order, strict=True))
    ]
    bring_in(services, world, *lines)
    for name in ("赵一", "钱二"):
        assert (uncle(services, world, name).born_on, uncle(services, world, name).tie.may_collect) == (
            MINOR,
            False,
        )


def test_two_birth_dates_of_one_person_in_a_list_are_asked_about_and_the_younger_counts(services, world):
    lines = line("赵一", GROWN), line("钱二", MINOR, mother="13800006022")
    table, (first, second) = table_of(services, world, HEADS, *lines)
    assert not flags(first)["赵舅"][1]
    assert codes(second) == {"adult_birth_other"}
    told = next(one.sentence for one in second.problems if one.tone is Tone.BAD)
    assert "第 2 行是 1990-05-05，这里是 2010-01-01" in told
    services.importing.run(world.desk, table, table.guessed, leave_out_bad=True)
    assert not uncle(services, world, "赵一").tie.may_collect


def test_a_list_that_tells_no_birth_dates_is_left_as_it_is(services, world):
    _, rows = table_of(services, world, HEADS, line("赵一", None))
    (judged, found) = Births(world.database, rows, DAY).judge(rows[0])
    assert (judged is rows[0], found) == (True, [])
