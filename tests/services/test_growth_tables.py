"""Loading WS/T 423: every bad row told, all or nothing; a standard stays with what it judged."""

import random

import pytest

from app.domain.growth_bands import KINDS, BandError
from app.domain.staff import NotPermittedError
from app.services.bundle import build
from app.services.growth import Typed
from app.services.import_files import FileError
from app.store import growth_standards
from tests.services.growth_norm import ROWS, norm


@pytest.fixture
def all_of(world):
    with world.database.unit(world.director.id, "prepare") as unit:
        unit.execute("update child set sex = 'm'")
        unit.audit("child", 1)
    return build(world.database, world.clock, random.Random(7))


@pytest.fixture
def tables(all_of):
    return all_of.health.growth_tables


def file(*more):
    return norm(*more).encode()


def test_the_template_is_read_back_as_a_head_with_empty_lines(world, tables):
    found = tables.preview(world.director, "t.csv", tables.template(world.director))
    assert found.rows == ()
    assert len(found.bad) == 2 * len(KINDS)
    assert found.problem


def test_a_whole_file_is_taken_over_and_evaluates_from_then_on(world, tables, all_of):
    child = world.children["张沐阳"]
    before = all_of.health.growth.keep(world.teacher, Typed(child, "2025-11-05", "12.0")).value
    done = tables.load(world.director, "w.csv", file())
    assert tables.held(world.teacher).rows == ROWS
    after = all_of.health.growth.keep(world.teacher, Typed(child, "", "13.0")).value
    assert (after.standard, after.scores[0].z) == ("WS/T 423—2022", pytest.approx(0.1, abs=0.01))
    held = all_of.health.growth.view(world.teacher, child).measures
    assert [one.standard for one in held] == ["WHO 2006", "WS/T 423—2022"]
    assert held[0].scores == before.scores
    all_of.undo(world.director, done.undo)
    assert all_of.health.growth.round(world.teacher, None).standard == "WHO 2006"
    with pytest.raises(BandError):
        all_of.undo(world.director, done.undo)


def test_one_bad_row_keeps_everything_out(world, tables):
    bad = file("年龄别体重,男,12,9,8,7,6,5,4,3")
    found = tables.preview(world.director, "w.csv", bad)
    assert [(one.line, "从小到大" in one.why) for one in found.bad] == [(ROWS + 2, True)]
    with pytest.raises(BandError, match="一行也不会导入"):
        tables.load(world.director, "w.csv", bad)
    assert growth_standards.find_current(world.database) is None
    assert world.database.rows("select id from growth_band") == []


def test_half_a_standard_is_refused(world, tables):
    half = b"\n".join(file().splitlines()[:5])
    with pytest.raises(BandError, match="缺"):
        tables.load(world.director, "w.csv", half)


def test_another_table_is_no_standard(world, tables):
    with pytest.raises(BandError, match="表头"):
        tables.preview(world.director, "w.csv", "姓名,性别\n甲,男".encode())
    with pytest.raises(FileError):
        tables.preview(world.director, "w.csv", b"")


def test_only_the_director_loads(world, tables):
    for act in (
        lambda: tables.template(world.teacher),
        lambda: tables.load(world.teacher, "w.csv", file()),
        lambda: tables.preview(world.desk, "w.csv", file()),
    ):
        with pytest.raises(NotPermittedError):
            act()


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("12,6.6,7.4,8.3,9.3,10.4,11.6,13", "12,4.6,5,5.4,5.8,6.2,6.6,7", "年龄别体重”男孩 12 月龄"),
        ("36,10,11.2,12.6,14,16,18.2,20.7", "36,20,21,22,23,24,25,26", "差得太多"),
        ("12,68.5,71.2,73.8,76.5,79.1,81.8,84.5", "12,57.5,58,59.5,60,62.5,64,65.5", "年龄别身长身高"),
        (
            "男,12,6.6,7.4,8.3,9.3,10.4,11.6,13",
            "男,0,2,2.5,2.9,3.3,3.9,4.4,5",
            "0 月龄和 15 月龄之间缺行",
        ),  # fifteen months at one go
    ],
)
def test_a_table_that_lies_far_from_every_norm_is_not_taken_over(world, tables, before, after, why):
    data = norm().replace(before, after, 1).encode()
    with pytest.raises(BandError, match=why):
        tables.load(world.director, "w.csv", data)
    assert growth_standards.find_current(world.database) is None
