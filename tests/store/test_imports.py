"""Lists that were taken in, as rows: whom they know, whom anything speaks of since, and their way back."""

import datetime as dt

import pytest

from app.domain.modes import CareMode
from app.store import children, imports
from app.store.children import Enrolment, NewChild
from tests.services.world import DAY, add_adult, add_child

NEW, TYPED = ("江一一", "江二二"), "在园名单 2025 秋.xlsx"
NUMBER = "110101202308010014"
NUMBERED = f"update child set document_kind = 'id', document_number = '{NUMBER}' where id = :id"


@pytest.fixture
def batch(world):
    """A list of two children; the first has a mother, a document and a place."""

    with world.database.unit(world.desk.id, "import_children") as unit:
        key = imports.add_batch(unit, TYPED, 2, world.desk.id)
        for number, name in enumerate(NEW, 2):
            child = add_child(unit, world, name, dt.date(2023, 8, 1), allergies=("虾",))
            if name == NEW[0]:
                unit.execute(NUMBERED, {"id": child})
                add_adult(unit, world, child, "江母", "妈妈", "13911110001", is_guardian=True)
            place = Enrolment(child, world.dragons, CareMode.FULL_DAY, None, "12345", 500, 1040, DAY)
            imports.add_row(unit, key, number, child, children.add_enrolment(unit, place))
    return key


def test_who_is_on_file_is_known_by_document_and_by_the_numbers_of_her_adults(world, batch):
    found = {one.name: one for one in imports.list_on_file(world.database)}
    assert found[NEW[0]].document == ("id", NUMBER)
    assert found[NEW[0]].phones == ("13911110001",)
    assert (found[NEW[1]].document, found[NEW[1]].phones) == (None, ())
    assert found["张沐阳"].phones == ("13700002233", "13500000000")


def test_a_list_taken_back_leaves_nobody_on_file_and_the_number_free_for_another(world, keep, batch):
    made = imports.list_children(world.database, batch)
    assert made == tuple(world.children[name] for name in NEW)
    keep(imports.reverse_batch, batch, world.director.id)
    assert not {one.name for one in imports.list_on_file(world.database)} & set(NEW)
    assert imports.find_batch(world.database, batch).undone
    left = world.database.rows("select id, document_number from child where id >= :id", {"id": made[0]})
    assert [row["document_number"] for row in left] == [NUMBER, None], "nothing is deleted"
    kept = "select count(*) as rows from {} where child_id = :id and {} is null"
    for table, ended in (
        ("enrolment", "undone_at"), ("child_adult", "ended_at"), ("child_allergy", "ended_at"),
    ):  # fmt: skip
        assert world.database.row(kept.format(table, ended), {"id": made[0]})["rows"] == 0, table
    key = keep(children.add_child, NewChild(NEW[0], dt.date(2023, 8, 1), "none", "jiang yi yi", "jyy"))
    keep(lambda unit: unit.execute(NUMBERED, {"id": key}))


def test_a_child_of_whom_something_was_written_since_is_named_with_what_speaks_of_her(
    world, keep, batch, come
):
    assert imports.list_moved(world.database, batch) == ()
    come(NEW[1])
    assert imports.list_moved(world.database, batch) == ((NEW[1], frozenset({"visit"})),)
    keep(lambda unit: unit.audit("child", world.children[NEW[0]]))
    assert dict(imports.list_moved(world.database, batch))[NEW[0]] == frozenset(), "her record was looked at"


def test_lists_come_newest_first_and_one_that_was_never_taken_in_is_none(world, keep, batch):
    later = keep(imports.add_batch, "补.csv", 1, world.desk.id)
    found = imports.list_batches(world.database)
    assert [(one.id, one.file_name, one.made_by) for one in found] == [
        (later, "补.csv", "林晓"), (batch, TYPED, "林晓"),
    ]  # fmt: skip
    assert imports.list_children(world.database, later) == ()
    assert imports.find_batch(world.database, 99) is None
