"""班级: opening, changing, ordering, closing; what the norm allows."""

import datetime as dt

import pytest

from app.domain.classes import ClassKind
from app.domain.ids import ClassId
from app.domain.staff import NotPermittedError
from app.services.altering import NotUndoneError, WrongDayError
from app.services.class_settings import ClassDraft, ClassInUseError, ClassSettings, ClassSettingsError
from app.store import centre, children
from app.store.children import Enrolment
from tests.services.world import DAY, settings_log

BEES = ClassDraft("小蜜蜂", ClassKind.TODDLER, 15, "#D4A017")


@pytest.fixture
def classes(world):
    return ClassSettings(world.database, world.clock)


@pytest.fixture
def undo(world):
    log = settings_log(world)
    return lambda done: log.undo(world.director, done.undo.key)


def names(world, day=DAY):
    return [one.name for one in centre.list_classes(world.database, day)]


def opened(world, classes):
    classes.open(world.director, BEES, DAY)
    return next(line.id for line in classes.view(world.desk).lines if line.draft.name == "小蜜蜂")


def test_a_class_opens_last_in_order_and_can_be_taken_back(world, classes, undo):
    done = classes.open(world.director, BEES, DAY)
    assert names(world) == ["抱抱龙", "小星星", "小蜜蜂"]
    undo(done)
    assert names(world) == ["抱抱龙", "小星星"]
    assert [line.draft.name for line in classes.view(world.desk).lines] == ["抱抱龙", "小星星"]


def test_seats_follow_article_19(world, classes):
    for kind, most in (
        (ClassKind.INFANT, 10),
        (ClassKind.TODDLER, 15),
        (ClassKind.OLDER_TODDLER, 20),
        (ClassKind.MIXED, 18),
    ):
        with pytest.raises(ClassSettingsError, match="第十九条") as refused:
            classes.open(world.director, ClassDraft("新", kind, most + 1, "#D4A017"), DAY)
        assert refused.value.field == "seats"
    assert classes.view(world.desk).most[ClassKind.INFANT] == 10


def test_more_seats_than_licensed_are_warned_of(world, classes):
    assert classes.view(world.desk).warning == ""
    classes.open(world.director, BEES, DAY)
    assert classes.view(world.desk).warning.startswith("各班托位共 45，多于备案托位 30")


def test_names_are_given_once_and_colours_are_colours(world, classes):
    for draft, field in (
        (ClassDraft("抱抱龙", ClassKind.MIXED, 5, "#D4A017"), "name"),
        (ClassDraft(" ", ClassKind.MIXED, 5, "#D4A017"), "name"),
        (ClassDraft("很" * 21, ClassKind.MIXED, 5, "#D4A017"), "name"),
        (ClassDraft("新", ClassKind.MIXED, 5, "red"), "colour"),
    ):
        with pytest.raises(ClassSettingsError) as refused:
            classes.open(world.director, draft, DAY)
        assert refused.value.field == field


def test_a_change_keeps_the_old_words(world, classes, undo):
    draft = ClassDraft("抱抱熊", ClassKind.OLDER_TODDLER, 18, "#6B9A4B")
    done = classes.change(world.director, world.dragons, draft)
    assert names(world)[0] == "抱抱熊"
    log = settings_log(world)
    assert log.history(world.desk, "class", world.dragons)[0].words == "名称 抱抱龙 → 抱抱熊；托位 20 → 18"
    undo(done)
    assert names(world)[0] == "抱抱龙"


def test_the_old_name_may_be_somebody_elses_by_now(world, classes, undo):
    done = classes.change(
        world.director, world.dragons, ClassDraft("甲", ClassKind.OLDER_TODDLER, 20, "#6B9A4B")
    )
    classes.open(world.director, ClassDraft("抱抱龙", ClassKind.MIXED, 5, "#D4A017"), DAY)
    with pytest.raises(NotUndoneError):
        undo(done)


def test_the_order_is_changed_and_ends_are_ends(world, classes, undo):
    done = classes.move(world.director, world.stars, -1)
    assert names(world) == ["小星星", "抱抱龙"]
    with pytest.raises(ClassSettingsError):
        classes.move(world.director, world.stars, -1)
    undo(done)
    assert names(world) == ["抱抱龙", "小星星"]


def test_a_class_with_children_does_not_close_and_names_them(world, classes):
    with pytest.raises(ClassInUseError) as refused:
        classes.close(world.director, world.stars, DAY)
    assert refused.value.sentence == "小星星还有孩子：曾雨桐（在册）。请先转班、退托或接走，再关班。"
    assert names(world) == ["抱抱龙", "小星星"]


def test_a_class_closes_on_a_day_and_opens_again(world, classes, undo):
    bees = opened(world, classes)
    last = DAY + dt.timedelta(days=30)
    done = classes.close(world.director, bees, last)
    assert "小蜜蜂" in names(world, last)
    assert "小蜜蜂" not in names(world, last + dt.timedelta(days=1))
    undo(done)
    classes.close(world.director, bees, DAY)
    classes.reopen(world.director, bees)
    assert "小蜜蜂" in names(world, last + dt.timedelta(days=1))
    with pytest.raises(WrongDayError):
        classes.close(world.director, bees, DAY - dt.timedelta(days=1))


def test_an_opening_is_not_taken_back_from_under_the_children(world, classes, undo):
    done = classes.open(world.director, BEES, DAY)
    bees = next(line.id for line in classes.view(world.desk).lines if line.draft.name == "小蜜蜂")
    with world.database.unit(None, "test") as unit:
        child = world.children["周乐瑶"]
        from app.domain.modes import CareMode

        children.add_enrolment(unit, Enrolment(child, bees, CareMode.FULL_DAY, None, "12345", 480, 1020, DAY))
        unit.audit("child", child)
    with pytest.raises(ClassInUseError):
        undo(done)
    assert "小蜜蜂" in names(world)


def test_only_the_director_changes_classes(world, classes):
    draft = ClassDraft("甲", ClassKind.MIXED, 5, "#D4A017")
    for verb in (
        lambda: classes.open(world.desk, draft, DAY),
        lambda: classes.change(world.desk, world.dragons, draft),
        lambda: classes.move(world.desk, world.dragons, 1),
        lambda: classes.close(world.desk, world.dragons, DAY),
        lambda: classes.reopen(world.desk, world.dragons),
    ):
        with pytest.raises(NotPermittedError):
            verb()


def test_an_unknown_class_is_said(world, classes):
    with pytest.raises(ClassSettingsError):
        classes.reopen(world.director, ClassId(99))
