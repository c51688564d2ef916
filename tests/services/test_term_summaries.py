"""A term's summary: drafted from the file, edited, signed, superseded; true, and of nobody else."""

import datetime as dt

import pytest

from app.domain.curriculum import Area
from app.domain.logbook import EntryDraft, EntryKind, Part
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.services.observations import NoteWish
from app.services.term_summaries import SummaryError, SummaryState
from tests.services.world import DAY

FIRST = dt.date(2025, 9, 1)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def summaries(services):
    return services.classes.summaries


@pytest.fixture
def child(world, services):
    """张沐阳 has been here, glued snowflakes and was seen twice."""
    key = world.children["张沐阳"]
    visit = services.arrivals.check_in(world.desk, CheckIn(key, check=MorningCheck(tenths=365))).value.visit
    world.clock.at(10, 30)
    glue = EntryDraft(EntryKind.ACTIVITY, world.clock.now, text="手工课：贴雪花", detail=Part.EAGER.value)
    services.classroom.log(world.teacher, (visit,), glue)
    for area, words in ((Area.MOTOR, "双脚交替上台阶"), (Area.SOCIAL, "等周乐瑶骑完再换")):
        services.classes.observations.note(world.teacher, NoteWish((key,), DAY, area, words))
    return key


def picks(view):
    return [one.id for one in view.choices if one.picked]


def test_it_drafts_itself_from_the_file(world, summaries, child):
    view = summaries.view(world.teacher, child, FIRST)
    assert view.state is SummaryState.NONE
    assert view.text.attendance == "12月3日到12月3日，来园 1 天。"
    assert "主动参与 1 次" in view.text.activities
    assert "认知 1 次：手工课“贴雪花”。" in view.text.activities
    assert "双脚交替上台阶（12月3日）" in view.text.growth
    assert view.text.words == view.drafted
    assert world.database.row("select count(*) as n from term_summary")["n"] == 0


def test_other_children_are_not_named(world, summaries, child):
    view = summaries.view(world.teacher, child, FIRST)
    assert "等（小朋友）骑完再换" in view.text.growth
    assert "周乐瑶" not in repr(summaries.paper(world.teacher, child, FIRST))


def test_words_naming_another_child_are_not_signed(world, summaries, child):
    with pytest.raises(SummaryError, match="别的孩子的名字：周乐瑶") as refused:
        summaries.sign(world.teacher, child, FIRST, "他和周乐瑶是好朋友。", [])
    assert refused.value.field == "words"
    summaries.sign(world.teacher, child, FIRST, "张沐阳和小朋友们玩得好。", [])


def test_a_draft_is_kept_and_given_up(world, summaries, child):
    view = summaries.view(world.teacher, child, FIRST)
    kept = summaries.keep(world.teacher, child, FIRST, "他很喜欢画画。", picks(view)[:1]).value
    assert (kept.state, kept.text.words, len(picks(kept))) == (SummaryState.DRAFT, "他很喜欢画画。", 1)
    assert (
        summaries.keep(world.teacher, child, FIRST, "他很喜欢画画。", picks(kept)).changes.topics
        == frozenset()
    )
    again = summaries.redraft(world.teacher, child, FIRST).value
    assert (again.state, again.text.words) == (SummaryState.NONE, again.drafted)
    assert summaries.redraft(world.teacher, child, FIRST).changes.topics == frozenset()


def test_words_nobody_wrote_follow_the_choice(world, summaries, child):
    kept = summaries.keep(world.teacher, child, FIRST, None, []).value
    assert kept.text.words == kept.drafted
    assert "老师记得" not in kept.text.words
    assert kept.text.growth == ""


def test_signing_freezes_the_facts_and_numbers_the_page(world, summaries, child):
    view = summaries.view(world.teacher, child, FIRST)
    signed = summaries.sign(world.teacher, child, FIRST, "他很投入。", picks(view)).value
    assert (signed.state, signed.number, signed.signed_by) == (SummaryState.SIGNED, "G-202509-0001", "许静")
    paper = summaries.paper(world.teacher, child, FIRST)
    assert (paper.number, paper.signed_by, paper.version, paper.words) == (
        "G-202509-0001", "许静", 1, "他很投入。",
    )  # fmt: skip
    assert paper.attendance == view.text.attendance
    other = summaries.paper(world.teacher, child, FIRST, "另一句。", picks(signed))
    assert (other.number, other.signed_by, other.words) == ("", "", "另一句。")
    assert (
        summaries.sign(world.teacher, child, FIRST, "他很投入。", picks(signed)).value.number == signed.number
    )


def test_a_day_more_does_not_make_a_signed_one_stale_but_another_truth_does(
    world, services, summaries, child
):
    view = summaries.view(world.teacher, child, FIRST)
    signed = summaries.sign(world.teacher, child, FIRST, "他很投入。", picks(view)).value
    world.clock.now += dt.timedelta(days=1)
    assert summaries.view(world.teacher, child, FIRST).stale == ""
    line = services.classes.observations.search(world.teacher, child=child, area=Area.MOTOR)[0]
    services.classes.observations.end(world.teacher, line.id)
    view = summaries.view(world.teacher, child, FIRST)
    assert "记录有变化" in view.stale
    assert view.text.growth == signed.text.growth  # what was signed stays what was signed
    again = summaries.sign(world.teacher, child, FIRST, "他很投入。", picks(view)).value
    assert (again.number, again.version, again.stale) == ("G-202509-0002", 2, "")
    assert world.database.row("select count(*) as n from term_summary")["n"] == 2


def test_a_draft_after_a_signature_leaves_the_signed_one_on_file(world, summaries, child):
    signed = summaries.sign(world.teacher, child, FIRST, "甲。", []).value
    assert summaries.keep(world.teacher, child, FIRST, "乙。", []).value.state is SummaryState.DRAFT
    again = summaries.redraft(world.teacher, child, FIRST).value
    assert (again.state, again.number, again.text.words) == (SummaryState.SIGNED, signed.number, "甲。")


def test_what_cannot_be_signed_says_why(world, summaries, child):
    with pytest.raises(SummaryError, match="还是空的"):
        summaries.sign(world.teacher, child, FIRST, "  ", [])
    with pytest.raises(SummaryError, match="最多 600 个字"):
        summaries.sign(world.teacher, child, FIRST, "长" * 601, [])
    with pytest.raises(SummaryError, match="没有来园记录"):
        summaries.sign(world.teacher, world.children["周乐瑶"], FIRST, "她很好。", [])
    with pytest.raises(SummaryError, match="没有找到这个孩子"):
        summaries.view(world.teacher, 999, FIRST)


def test_the_work_list_says_how_far_each_is(world, summaries, child):
    summaries.sign(world.teacher, child, FIRST, "甲。", [])
    summaries.keep(world.teacher, world.children["周乐瑶"], FIRST, "乙。", [])
    rows = {
        one.name: (one.state, one.days) for one in summaries.worklist(world.teacher, world.dragons, FIRST)
    }
    assert rows == {
        "张沐阳": (SummaryState.SIGNED, 1),
        "周乐瑶": (SummaryState.DRAFT, 0),
        "马思睿": (SummaryState.NONE, 0),
    }
    assert [one.name for one in summaries.terms(world.teacher)][:2] == ["2025年秋季学期", "2025年春季学期"]


def test_who_may_read_and_who_may_sign(world, summaries, child):
    for verb in (
        lambda: summaries.terms(world.desk),
        lambda: summaries.worklist(world.desk, world.dragons, FIRST),
        lambda: summaries.view(world.desk, child, FIRST),
        lambda: summaries.paper(world.desk, child, FIRST),
        lambda: summaries.keep(world.desk, child, FIRST, "甲", []),
        lambda: summaries.redraft(world.desk, child, FIRST),
        lambda: summaries.sign(world.desk, child, FIRST, "甲", []),
    ):
        with pytest.raises(NotPermittedError):
            verb()
