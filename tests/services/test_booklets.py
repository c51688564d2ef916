"""A month's booklet: the log day by day, no other child's name, no picture the family does not want."""

import datetime as dt

import pytest

from app.domain.curriculum import Area
from app.domain.logbook import EntryDraft, EntryKind, MealGrade, Mood, NoteKind, Part
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.booklets import BookletError
from app.services.bundle import build
from app.services.observations import NoteWish
from app.store import photos, record_papers
from app.store.record_papers import Consent
from tests.services.world import DAY

JPEG = b"\xff\xd8\xff\xe0" + b" a picture" * 20


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def booklets(services):
    return services.classes.booklets


@pytest.fixture
def child(world, services):
    """A whole morning of 张沐阳, with another child in what was written."""
    key = world.children["张沐阳"]
    visit = services.arrivals.check_in(world.desk, CheckIn(key, check=MorningCheck(tenths=365))).value.visit
    world.clock.at(12, 50)

    def log(kind, hour, **more):
        at = world.clock.now.replace(hour=hour, minute=0)
        services.classroom.log(world.teacher, (visit,), EntryDraft(kind, at, **more))

    log(EntryKind.ACTIVITY, 10, text="手工课：贴雪花", detail=Part.EAGER.value)
    log(EntryKind.MEAL, 11, detail="lunch", text="软米饭", grade=MealGrade.ALL, note="和周乐瑶坐一桌")
    log(EntryKind.MOOD, 11, detail=Mood.HAPPY.value)
    log(EntryKind.NOTE, 12, detail=NoteKind.REMARK.value, text="和周乐瑶、马思睿搭了一座桥")
    log(EntryKind.NOTE, 12, detail=NoteKind.NOTICE.value, text="明天请带外套")
    services.classes.observations.note(world.teacher, NoteWish((key,), DAY, Area.SOCIAL, "给乐瑶递纸巾"))
    return key


def test_a_day_is_told_as_it_was_logged_without_other_names(world, booklets, child):
    paper = booklets.paper(world.teacher, child, "2025-12")
    (day,) = paper.days
    assert (paper.child, paper.class_name, paper.figures) == (
        "张沐阳",
        "抱抱龙",
        "来园 1 天 · 活动 1 次 · 观察 1 条",
    )
    assert day.activities == "手工课“贴雪花” · 主动参与"
    assert day.food == "午餐：软米饭（吃完，和（小朋友）坐一桌）"
    assert day.mood == "开心"
    assert day.notes == "和（小朋友们）搭了一座桥。情感社会：给（小朋友）递纸巾。"
    assert not [name for name in ("周乐瑶", "乐瑶", "马思睿", "外套") if name in repr(paper)]


def test_a_month_without_a_stay_has_no_booklet(world, booklets, child):
    with pytest.raises(BookletError, match="11 月没有来园记录"):
        booklets.paper(world.teacher, child, "2025-11")
    with pytest.raises(BookletError, match="没有找到这个孩子"):
        booklets.paper(world.teacher, 999, "2025-12")


def test_the_list_says_who_was_here_how_often(world, booklets, child):
    rows = {one.name: one.days for one in booklets.worklist(world.teacher, world.dragons, "2025-12")}
    assert rows == {"张沐阳": 1, "周乐瑶": 0, "马思睿": 0}


def consent(world, child, answer):
    with world.database.unit(world.desk.id, "consent") as unit:
        unit.execute("update consent set ended_at = :at where ended_at is null", {"at": unit.stamp})
        record_papers.add_consent(unit, Consent(child, "photo_inside", "2025-01", answer, DAY, "张母"))
        unit.audit("child", child)


@pytest.mark.parametrize("answer", ["", "refused", "withdrawn", "given"])
def test_a_picture_is_shown_only_where_the_family_agrees_now(world, booklets, child, answer):
    with world.database.unit(world.desk.id, "photo") as unit:
        photos.add_photo(unit, "child", child, JPEG)
        unit.audit("child", child)
    if answer:
        consent(world, child, "given")
        consent(world, child, answer)
    assert booklets.paper(world.teacher, child, "2025-12").photo == (JPEG if answer == "given" else b"")


def test_nothing_after_today_and_nothing_of_another_child(world, services, booklets, child):
    other = services.arrivals.check_in(
        world.desk, CheckIn(world.children["周乐瑶"], check=MorningCheck(tenths=365))
    )
    assert other.value.visit
    assert len(booklets.paper(world.teacher, child, "2025-12").days) == 1
    world.clock.now += dt.timedelta(days=40)
    assert len(booklets.paper(world.teacher, child, "2025-12").days) == 1


def test_booklets_need_the_right_to_log(world, booklets, child):
    with pytest.raises(NotPermittedError):
        booklets.worklist(world.desk, world.dragons, "2025-12")
    with pytest.raises(NotPermittedError):
        booklets.paper(world.desk, child, "2025-12")


def test_a_month_is_told_by_the_class_that_had_her_in_it(world, services, booklets, child):
    services.class_moves.move(world.desk, (child,), world.stars, DAY + dt.timedelta(days=2), "满三岁升班")
    world.clock.now += dt.timedelta(days=40)
    names = {
        group: [one.name for one in booklets.worklist(world.director, group, "2025-12")]
        for group in (world.dragons, world.stars)
    }
    assert "张沐阳" in names[world.dragons]
    assert "张沐阳" in names[world.stars]
    assert "张沐阳" not in [one.name for one in booklets.worklist(world.teacher, world.dragons, "2026-01")]
    assert booklets.paper(world.teacher, child, "2025-12").class_name == "抱抱龙"


def test_a_guest_of_another_class_on_the_last_day_keeps_her_own(world, services, booklets, child):
    visit = world.database.row("select id from visit where child_id = :c", {"c": child})["id"]
    services.classes.moves.move(world.teacher, [visit], world.stars, "傍晚并班")
    assert booklets.paper(world.teacher, child, "2025-12").class_name == "抱抱龙"
    hosted = booklets.worklist(world.teacher, world.stars, "2025-12")
    assert "张沐阳" in [one.name for one in hosted]
