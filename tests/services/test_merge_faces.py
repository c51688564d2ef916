"""Two faces are looked at before they are one person's, and two names that may be twins'."""

import datetime as dt

import pytest

from app.domain.joining import Side
from app.domain.records import RecordError
from app.services.bundle import build
from app.store import people, photos
from app.store.people import Tie
from tests.services.answered import merge_children
from tests.services.world import add_adult, add_child

BORN = dt.date(2023, 6, 2)


def jpeg(sign):
    return b"\xff\xd8" + bytes([sign]) * 300


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def child(world):
    return world.children["张沐阳"]


def adults(world, child, *, barred=False):
    """Two records that may be of one."""
    with world.database.unit(None, "x") as unit:
        made = (
            add_adult(unit, world, child, "李姥", "姥姥", "13800001111", barred=barred),
            add_adult(unit, world, child, "李姥姥", "姥姥", "13800002222", barred=barred),
        )
        unit.audit("child", child)
    return made


def show(world, services, child, adult, sign):
    services.record_papers.set_photo(world.desk, child, jpeg(sign), adult)


def line_of(services, world, child, pair):
    shown = services.merging.compare_adults(world.director, child, *pair)
    return next((one for one in shown.lines if one.label.startswith("照片")), None)


def face(world, adult):
    found = photos.find_photo(world.database, "adult", adult)
    return None if found is None else found[2]


@pytest.mark.parametrize(("side", "stays"), [(Side.KEPT, 1), (Side.MERGED, 2)])
def test_of_two_faces_somebody_says_which_stays(world, services, child, side, stays):
    kept, merged = pair = adults(world, child)
    show(world, services, child, kept, 1)
    show(world, services, child, merged, 2)
    line = line_of(services, world, child, pair)
    assert (line.choice, line.side, line.weighs, line.faces) == ("photo", None, True, (jpeg(1), jpeg(2)))
    with pytest.raises(RecordError, match="对着两张照片核对") as refused:
        services.merging.merge_adults(world.desk, child, *pair)
    assert refused.value.field == "photo"
    done = services.merging.merge_adults(world.desk, child, *pair, {"photo": side})
    assert face(world, kept) == stays
    services.undo(world.desk, done.undo)
    assert (face(world, kept), face(world, merged)) == (1, 2)


def test_a_face_that_only_the_other_has_is_shown_before_it_comes_along(world, services, child):
    kept, merged = pair = adults(world, child)
    assert line_of(services, world, child, pair) is None
    show(world, services, child, merged, 2)
    line = line_of(services, world, child, pair)
    assert (line.choice, line.result, line.weighs, line.faces) == ("", "补上", True, (b"", jpeg(2)))
    services.merging.merge_adults(world.desk, child, *pair)
    assert face(world, kept) == 2


def test_one_picture_in_both_records_asks_nothing(world, services, child):
    kept, merged = pair = adults(world, child)
    for one in pair:
        show(world, services, child, one, 1)
    assert line_of(services, world, child, pair) is None
    services.merging.merge_adults(world.desk, child, *pair)
    assert face(world, kept) == 1
    assert merged


def at_door(services, world, child):
    card = services.desk.card(world.desk, child)
    return [(one.name, one.photo[2], one.detail) for one in card.adults if one.barred and one.photo]


@pytest.mark.parametrize("side", list(Side))
def test_both_faces_of_a_barred_person_are_seen_at_the_door(world, services, child, side):
    kept, merged = pair = adults(world, child, barred=True)
    show(world, services, child, kept, 1)
    show(world, services, child, merged, 2)
    assert (
        "没留下的那张照片门口也照样看得到。"
        in services.merging.compare_adults(world.director, child, *pair).notes
    )
    done = services.merging.merge_adults(world.director, child, *pair, {"photo": side})
    faces = (1, 2) if side is Side.KEPT else (2, 1)
    assert at_door(services, world, child) == [
        ("李姥", faces[0], ""),
        ("李姥", faces[1], "同一个人的另一张照片"),
    ]
    services.undo(world.director, done.undo)
    assert at_door(services, world, child) == [("李姥", 1, ""), ("李姥姥", 2, "")]


def test_nobody_else_is_shown_twice(world, services, child):
    kept, merged = pair = adults(world, child)
    show(world, services, child, kept, 1)
    show(world, services, child, merged, 2)
    services.merging.merge_adults(world.desk, child, *pair, {"photo": Side.KEPT})
    names = [one.name for one in services.desk.card(world.desk, child).adults]
    assert names.count("李姥") == 1


def twins(world, *, shared=True, names=("林子轩", "林子暄")):
    made = []
    with world.database.unit(None, "x") as unit:
        for name in names:
            made.append(add_child(unit, world, name, BORN, sex="m"))
            unit.audit("child", made[-1])
        mother = add_adult(unit, world, made[0], "林妈", "妈妈", "13900001170", is_guardian=True)
        if shared:
            people.add_tie(unit, made[1], mother, Tie("妈妈", is_guardian=True, may_collect=True))
        else:
            add_adult(unit, world, made[1], "林姑", "姑姑", "13900001171", is_guardian=True)
    return tuple(made)


def test_twins_of_one_sex_are_said_first_and_somebody_says_which_name_is_right(world, services):
    pair = twins(world)
    (name,) = [
        one for one in services.merging.compare_children(world.desk, *pair).lines if one.choice == "name"
    ]
    assert (name.label, name.side, name.weighs) == ("姓名（也可能是双胞胎，请核对）", None, True)
    with pytest.raises(RecordError, match=r"林子轩和林子暄同一天生日、同一位监护人，也可能是双胞胎") as told:
        services.merging.merge_children(world.desk, *pair)
    assert told.value.field == "name"
    services.merging.merge_children(world.desk, *pair, {"name": Side.MERGED})


def test_a_second_record_of_the_mother_is_she_by_her_number(world, services):
    pair = twins(world, shared=False)
    merge_children_unasked(services, world, pair)
    other = twins(world, shared=False, names=("林子涵", "林子晗"))
    with world.database.unit(None, "x") as unit:
        add_adult(unit, world, other[1], "林妈妈", "妈妈", "13900001170", is_guardian=True)
        unit.audit("child", other[1])
    with pytest.raises(RecordError, match="双胞胎"):
        merge_children_unasked(services, world, other)


def merge_children_unasked(services, world, pair):
    shown = services.merging.compare_children(world.desk, *pair)
    rights = {one.choice: Side.KEPT for one in shown.lines if one.choice.startswith("rights.")}
    return services.merging.merge_children(world.desk, *pair, rights)


def test_one_identity_number_or_one_name_is_one_child(world, services):
    pair = twins(world)
    with world.database.unit(None, "x") as unit:
        unit.execute(
            "update child set document_kind = 'other', document_number = 'A1' where id = :id", {"id": pair[0]}
        )
        unit.execute(
            "update child set document_kind = 'passport', document_number = 'A1' where id = :id",
            {"id": pair[1]},
        )
        unit.audit("child", pair[0])
    merge_children_unasked(services, world, pair)
    merge_children_unasked(services, world, twins(world, names=("李想", "李想")))


def test_two_faces_of_a_child_are_looked_at_too(world, services):
    pair = twins(world, shared=False)
    for sign, one in enumerate(pair, 5):
        services.record_papers.set_photo(world.desk, one, jpeg(sign))
    with pytest.raises(RecordError, match="两张照片"):
        merge_children_unasked(services, world, pair)
    done = merge_children(services, world.desk, *pair, {"photo": Side.MERGED})
    assert photos.find_photo(world.database, "child", pair[0]) == jpeg(6)
    services.undo(world.desk, done.undo)
    assert [photos.find_photo(world.database, "child", one)[2] for one in pair] == [5, 6]
