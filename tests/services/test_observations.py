"""Observations: for one or several, found, edited by superseding, taken away, taken back, taken out."""

import datetime as dt

import pytest

from app.domain.curriculum import Area
from app.domain.modes import Tariff
from app.domain.names import BadTextError
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.exporting import ListKind
from app.services.observations import NoteWish, ObservationError
from tests.services.world import DAY


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def notes(services):
    return services.classes.observations


def wish(world, *names, words="双脚交替上台阶", area=Area.MOTOR, day=DAY):
    return NoteWish(tuple(world.children[name] for name in names), day, area, words)


def said(world, notes, **asked):
    return [(one.name, one.words) for one in notes.search(world.teacher, **asked)]


def test_one_act_writes_for_several_and_is_taken_back_whole(world, services, notes):
    done = notes.note(world.teacher, wish(world, "张沐阳", "周乐瑶", "张沐阳", words=" 会跳 "))
    assert done.value == 2
    assert done.undo.label == "张沐阳 等 2 人的观察"
    assert sorted(said(world, notes)) == [("周乐瑶", "会跳"), ("张沐阳", "会跳")]
    ages = {one.name: one.age for one in notes.search(world.teacher)}
    assert ages == {"张沐阳": "30 个月", "周乐瑶": "19 个月"}
    services.undo(world.teacher, done.undo)
    assert said(world, notes) == []
    with pytest.raises(ObservationError, match="撤销过了"):
        services.undo(world.teacher, done.undo)


def test_an_edit_supersedes_and_the_words_before_stay_on_file(world, services, notes):
    first = notes.note(world.teacher, wish(world, "张沐阳"))
    (line,) = notes.search(world.teacher)
    edited = notes.edit(world.teacher, line.id, wish(world, words="自己穿鞋", area=Area.HABIT))
    assert [(one.words, one.area) for one in notes.search(world.teacher)] == [("自己穿鞋", Area.HABIT)]
    assert world.database.row("select count(*) as n from observation")["n"] == 2
    with pytest.raises(ObservationError, match="后来又改过"):
        services.undo(world.teacher, first.undo)
    services.undo(world.teacher, edited.undo)
    assert said(world, notes) == [("张沐阳", "双脚交替上台阶")]
    services.undo(world.teacher, first.undo)
    assert said(world, notes) == []


def test_the_same_words_again_write_nothing(world, notes):
    notes.note(world.teacher, wish(world, "张沐阳"))
    (line,) = notes.search(world.teacher)
    assert notes.edit(world.teacher, line.id, wish(world)).undo is None
    assert world.database.row("select count(*) as n from observation")["n"] == 1


def test_one_taken_away_can_be_brought_back(world, services, notes):
    notes.note(world.teacher, wish(world, "张沐阳"))
    (line,) = notes.search(world.teacher)
    done = notes.end(world.teacher, line.id)
    assert said(world, notes) == []
    with pytest.raises(ObservationError, match="改过或去掉了"):
        notes.end(world.teacher, line.id)
    services.undo(world.teacher, done.undo)
    assert said(world, notes) == [("张沐阳", "双脚交替上台阶")]


def test_they_are_found_by_child_class_area_and_words(world, notes):
    notes.note(world.teacher, wish(world, "张沐阳"))
    notes.note(world.teacher, wish(world, "曾雨桐", words="掀开方巾", area=Area.COGNITION))
    notes.note(world.teacher, wish(world, "周乐瑶", words="跳下台阶", day=DAY - dt.timedelta(days=2)))
    assert said(world, notes, class_id=world.dragons) == [
        ("张沐阳", "双脚交替上台阶"),
        ("周乐瑶", "跳下台阶"),
    ]
    assert said(world, notes, child=world.children["曾雨桐"]) == [("曾雨桐", "掀开方巾")]
    assert said(world, notes, area=Area.COGNITION) == [("曾雨桐", "掀开方巾")]
    assert said(world, notes, words="台阶 周乐瑶") == [("周乐瑶", "跳下台阶")]
    assert said(world, notes, words="许静") == said(world, notes)


def test_the_children_of_a_class_are_those_enrolled_and_its_guests(world, services, notes):
    guest = CheckIn(
        world.children["曾雨桐"], tariff=Tariff.HOURLY, class_id=world.dragons, class_reason="姐姐在这个班"
    )
    services.arrivals.check_in(world.desk, guest)
    notes.note(world.teacher, wish(world, "张沐阳"))
    faces = notes.children(world.teacher, world.dragons)
    assert {one.name: (one.count, one.band) for one in faces if not one.guest} == {
        "张沐阳": (1, "24–36 月龄"),
        "周乐瑶": (0, "18–24 月龄"),
        "马思睿": (0, "24–36 月龄"),
    }
    assert [one.name for one in faces if one.guest] == ["曾雨桐"]


def test_prompts_are_those_of_the_ages_chosen(world, notes):
    one = notes.prompts(world.teacher, [world.children["周乐瑶"]])
    two = notes.prompts(world.teacher, [world.children["周乐瑶"], world.children["曾雨桐"]])
    assert one.bands == ("18–24 月龄",)
    assert two.bands == ("6–12 月龄", "18–24 月龄")
    assert set(one.of(Area.HABIT)) < set(two.of(Area.HABIT))
    assert notes.prompts(world.teacher, []).of(Area.HABIT) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"names": ()}, "children"),
        ({"area": None}, "area"),
        ({"words": "  "}, "words"),
        ({"day": DAY + dt.timedelta(days=1)}, "day"),
        ({"day": DAY - dt.timedelta(days=400)}, "day"),
    ],
)
def test_what_cannot_be_kept_says_where(world, notes, change, field):
    names = change.pop("names", ("张沐阳",))
    with pytest.raises(ObservationError) as refused:
        notes.note(world.teacher, wish(world, *names, **change))
    assert refused.value.field == field
    assert world.database.row("select count(*) as n from observation")["n"] == 0


def test_nothing_is_noted_before_the_birth_nor_of_nobody(world, notes):
    with pytest.raises(ObservationError, match="出生以后"):
        notes.note(world.teacher, wish(world, "曾雨桐", day=dt.date(2025, 2, 1)))
    with pytest.raises(ObservationError, match="没有找到这个孩子"):
        notes.note(world.teacher, NoteWish((999,), DAY, Area.MOTOR, "跳"))
    with pytest.raises(BadTextError):
        notes.note(world.teacher, wish(world, "张沐阳", words="长" * 201))


def test_they_go_out_as_a_table_of_who_may_take_them(world, services, notes):
    notes.note(world.teacher, wish(world, "张沐阳", words="=1+1"))
    sent = services.exporting.export(world.director, ListKind.OBSERVATIONS, "csv").value
    text = sent.data.decode("utf-8-sig")
    assert (sent.rows, sent.file_name) == (1, "观察记录-20251203.csv")
    assert "2025-12-03,张沐阳,30 个月,动作,'=1+1,许静" in text
    assert sent.reminder
    with pytest.raises(NotPermittedError):
        services.exporting.export(world.teacher, ListKind.OBSERVATIONS)
    with pytest.raises(NotPermittedError):
        services.exporting.export(world.desk, ListKind.OBSERVATIONS)


def test_observing_needs_the_right_to_log(world, notes):
    for verb in (
        lambda: notes.children(world.desk, world.dragons),
        lambda: notes.prompts(world.desk, []),
        lambda: notes.search(world.desk),
        lambda: notes.note(world.desk, wish(world, "张沐阳")),
        lambda: notes.edit(world.desk, 1, wish(world, "张沐阳")),
        lambda: notes.end(world.desk, 1),
        lambda: notes.undo(world.desk, 1),
    ):
        with pytest.raises(NotPermittedError):
            verb()


def test_what_was_seen_stays_with_the_class_that_had_her_then(world, services, notes):
    child = world.children["张沐阳"]
    notes.note(world.teacher, wish(world, "张沐阳", words="在抱抱龙班"))
    services.class_moves.move(world.desk, (child,), world.stars, DAY + dt.timedelta(days=2), "满三岁升班")
    world.clock.now += dt.timedelta(days=5)
    notes.note(world.teacher, wish(world, "张沐阳", words="在小星星班", day=DAY + dt.timedelta(days=3)))
    assert said(world, notes, class_id=world.dragons) == [("张沐阳", "在抱抱龙班")]
    assert said(world, notes, class_id=world.stars) == [("张沐阳", "在小星星班")]
    assert len(said(world, notes, child=child)) == 2, "her own history is whole"


def test_who_was_moved_for_the_day_is_seen_by_both_classes(world, services, notes):
    visit = services.arrivals.check_in(world.desk, CheckIn(world.children["张沐阳"])).value.visit
    services.classes.moves.move(world.teacher, [visit], world.stars, "傍晚并班")
    notes.note(world.teacher, wish(world, "张沐阳", words="并班时"))
    for group in (world.dragons, world.stars):
        assert said(world, notes, class_id=group) == [("张沐阳", "并班时")]
    assert "张沐阳" in [one.name for one in notes.children(world.teacher, world.stars) if one.guest]
