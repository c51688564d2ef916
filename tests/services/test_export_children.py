"""孩子名单 goes out and comes in: every child, everybody she has, and what each may and must not."""

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.import_roles import Roles
from app.domain.names import search_keys
from app.domain.staff import Role
from app.services.bundle import build
from app.services.exporting import ListKind
from app.store import centre, people, record_papers
from app.store.people import NewAdult, Tie
from app.store.record_papers import Barring
from tests.services.world import DAY, add_adult, add_child, make_world

TIES = (
    "select c.name as child, c.born_on, a.name, a.phone, a.born_on as adult_born, t.relation, t.is_guardian,"
    " t.may_collect, t.is_emergency, t.barred, b.paper_kind, b.paper_number, b.paper_on, b.valid_until"
    " from child_adult t join child c on c.id = t.child_id join adult a on a.id = t.adult_id"
    " left join barring b on b.child_id = c.id and b.adult_id = a.id and b.ended_at is null"
    " where t.ended_at is null and c.gone_at is null and (t.only_day is null or t.barred = 1)"
    " order by c.name, c.born_on, t.sort, t.id"
)


def ties(database):
    return [tuple(row) for row in database.rows(TIES)]


def emptied(path, classes):
    """A centre with these classes, seats for all, and nobody on file."""
    made = make_world(path)
    held = {one.name for one in centre.list_classes(made.database, DAY)}
    with made.database.unit(None, "test") as unit:
        for table in ("enrolment", "child_adult", "child_allergy"):
            unit.execute(f"delete from {table}", {})
        unit.execute("update child set gone_at = :at", {"at": unit.stamp})
        centre.add_licensed_seats(unit, 2000, dt.date(2025, 1, 1))
        for at, one in enumerate(classes):
            if one.name not in held:
                centre.add_class(unit, one.name, one.kind, 60, "#6B9A4B", 10 + at, dt.date(2024, 9, 1))
        unit.execute("update class_group set seats = 60", {})
        unit.audit("centre", 1)
    return made


def sent_over(services, actor, made, form="xlsx"):
    """What a centre sends is read by another; returns the preview."""
    sent = services.exporting.export(actor, ListKind.CHILDREN, form).value
    two = build(made.database, made.clock, made.rng)
    table = two.importing.read(made.director, sent.file_name, sent.data)
    preview = two.importing.preview(made.director, table, table.guessed)
    assert [(row.name, row.problems) for row in preview.rows if row.bad] == []
    two.importing.run(made.director, table, table.guessed)
    return preview


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_practice_centre_comes_back_with_every_tie(services, database, actors, clock, tmp_path, form):
    made = emptied(tmp_path / "other", centre.list_classes(database, clock().date()))
    made.clock.now = clock()
    sent_over(services, actors[Role.DIRECTOR], made, form)
    before = ties(database)
    assert any(row["barred"] for row in database.rows(TIES))
    assert len(before) > 300
    assert ties(made.database) == before
    made.database.close()


def test_a_nanny_a_third_adult_and_a_barred_father_come_back_as_they_were(world, tmp_path):
    with world.database.unit(None, "test") as unit:
        child = add_child(unit, world, "何小雨", dt.date(2023, 8, 1), sex="f")
        add_adult(unit, world, child, "何母", "妈妈", "13911110001", is_guardian=True)
        add_adult(unit, world, child, "赵阿姨", "育儿嫂", "13911110002")
        father = add_adult(unit, world, child, "何大强", "爸爸", "", barred=True)
        record_papers.add_barring(
            unit,
            Barring(child, father, "法院判决书", "（2025）118 号", dt.date(2025, 1, 2), dt.date(2027, 1, 1)),
        )
        unit.audit("child", child)
    services = build(world.database, world.clock, world.rng)
    made = emptied(tmp_path / "other", ())
    sent_over(services, world.director, made)
    assert ties(made.database) == ties(world.database)
    made.database.close()


def test_whoever_sees_no_whole_numbers_sees_no_papers_that_bar_but_the_bar(world):
    with world.database.unit(None, "test") as unit:
        child = world.children["张沐阳"]
        record_papers.add_barring(unit, Barring(child, world.adults["张外人"], "法院判决书", "118 号"))
        unit.audit("child", child)
    services = build(world.database, world.clock, world.rng)
    heads, rows = {}, {}
    for actor in (world.cashier, world.desk):
        data = services.exporting.export(actor, ListKind.CHILDREN).value.data
        page = openpyxl.load_workbook(io.BytesIO(data)).active
        heads[actor] = [cell.value for cell in page[1]]
        rows[actor] = {
            row[0].value: dict(zip(heads[actor], (cell.value for cell in row), strict=True))
            for row in page.iter_rows(min_row=2)
        }
        assert rows[actor]["张沐阳"]["家长2权限"] == "禁止接走"
    assert rows[world.desk]["张沐阳"]["家长2禁止依据"] == "法院判决书"
    assert not {"家长2禁止依据", "家长2文书编号"} & set(heads[world.cashier])


PERSON = st.tuples(
    st.sampled_from(["王小明", "Anna Lee", "欧阳·娜", "买买提", "李㛃"]),
    st.sampled_from(["妈妈", "爸爸", "育儿嫂", "奶奶（大）", "很像奶奶的姨；邻居", "=姑", "其他"]),
    st.builds(Roles, st.booleans(), st.booleans(), st.booleans()),
    st.sampled_from([None, dt.date(1990, 2, 3)]),
)


@settings(max_examples=15)  # each goes through a whole file into a whole centre
@given(
    st.lists(PERSON, min_size=1, max_size=7, unique_by=lambda one: one[0]), st.sampled_from(["xlsx", "csv"])
)
def test_any_family_comes_back(tmp_path_factory, family, form):
    first = make_world(tmp_path_factory.mktemp("one"))
    with first.database.unit(None, "test") as unit:
        child = add_child(unit, first, "何小雨", dt.date(2023, 8, 1), sex="f")
        for at, (name, relation, roles, born) in enumerate(family):
            keys = search_keys(name)
            new = NewAdult(name, f"1391111000{at}", keys.pinyin, keys.initials, born_on=born)
            tie = Tie(relation, roles.guardian, roles.collects, roles.emergency, sort=at)
            people.add_tie(unit, child, people.add_adult(unit, new), tie)
        unit.audit("child", child)
    made = emptied(tmp_path_factory.mktemp("two"), ())
    sent_over(build(first.database, first.clock, first.rng), first.director, made, form)
    assert ties(made.database) == ties(first.database)
    first.database.close()
    made.database.close()
