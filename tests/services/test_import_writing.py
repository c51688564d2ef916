"""What a row becomes on file, beside what the journeys of the import see."""

import datetime as dt

import pytest

from app.services.bundle import build
from app.store import people, record_papers
from tests.services.test_import_people import table_of
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def test_a_bar_comes_with_its_paper_and_a_grown_up_with_her_birth_date(services, world):
    heads = (
        "姓名,出生日期,家长1姓名,家长1电话,家长1出生日期,家长2姓名,家长2关系,家长2电话,家长2权限,"
        "家长2禁止依据,家长2文书编号,家长2文书日期,家长2文书有效至"
    )
    row = "赵一,2023-08-01,赵母,13800006021,1990-02-03,赵大,爸爸,13811114444,禁止接走,"
    row += "法院判决书,118 号,2025-01-02,2027-01-01"
    table, (read,) = table_of(services, world, heads, row)
    assert not read.problems
    services.importing.run(world.desk, table, table.guessed)
    child = services.desk.find(world.desk, "赵一")[0].child
    mother, father = people.list_adults(world.database, child, DAY)
    assert mother.born_on == dt.date(1990, 2, 3)
    assert (father.tie.barred, father.tie.may_collect, father.tie.is_guardian) == (True, False, False)
    bar = record_papers.list_barrings(world.database, child)[father.id]
    assert (bar.paper_kind, bar.paper_number, bar.paper_on, bar.valid_until) == (
        "法院判决书", "118 号", dt.date(2025, 1, 2), dt.date(2027, 1, 1),
    )  # fmt: skip
