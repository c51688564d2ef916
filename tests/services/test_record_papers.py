"""Consents keep every answer, papers remind before they expire, and photos supersede each other."""

import datetime as dt

import pytest

from app.domain.records import RecordError
from app.domain.staff import NotPermittedError
from app.services.bundle import build
from app.services.record_papers import LARGEST_PHOTO
from app.store import photos, record_papers
from tests.services.world import make_world

GIVEN = {"answer": "given", "signer": "张母", "day": "2025-12-01", "paper": "档案盒 3 号"}
POLICY = {"kind": "insurance", "number": "PA-1", "issued_on": "2025-01-01", "expires_on": "2025-12-20"}
JPEG = b"\xff\xd8\xff" + bytes(500)


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def papers(services):
    return services.record_papers


@pytest.fixture
def child(world):
    return world.children["张沐阳"]


def consent(services, world, child, purpose):
    rows = services.records.card(world.desk, child).consents
    return next(one for one in rows if one.purpose == purpose)


def test_all_seven_purposes_are_asked_with_their_text_and_version(services, world, child):
    rows = services.records.card(world.desk, child).consents
    assert [one.label for one in rows] == [
        "收托服务", "健康信息", "照片：园内张贴", "照片：发家长群", "照片：对外宣传",
        "给医疗机构", "上报卫健部门",
    ]  # fmt: skip
    assert all(one.text and one.version and not one.answer for one in rows)


def test_an_answer_is_kept_withdrawn_and_the_history_stays(services, world, papers, child):
    papers.keep_consent(world.desk, child, "photo_group", GIVEN)
    withdrawn = {"answer": "withdrawn", "signer": "张母", "day": "2025-12-03"}
    done = papers.keep_consent(world.director, child, "photo_group", withdrawn)
    row = consent(services, world, child, "photo_group")
    assert (row.answer, row.words) == ("withdrawn", "2025-12-03 张母 · 文本 2025-01")
    assert row.before == ("2025-12-01 张母 同意",)
    services.undo(world.director, done.undo)
    assert consent(services, world, child, "photo_group").answer == "given"


def test_a_text_that_has_changed_since_is_to_be_asked_anew(services, world, papers, child):
    papers.keep_consent(world.desk, child, "care", GIVEN)
    world.database.row("update consent set version = '2024-01'")
    words = consent(services, world, child, "care").words
    assert words == "2025-12-01 张母 · 文本 2024-01（文本已更新为 2025-01，请重新征求同意）"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "maybe"}, "answer"),
        ({"answer": "withdrawn"}, "answer"),
        ({"signer": ""}, "signer"),
        ({"day": ""}, "day"),
        ({"day": "2026-01-01"}, "day"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(world, papers, child, change, field):
    with pytest.raises(Exception, match="请") as refused:
        papers.keep_consent(world.desk, child, "care", {**GIVEN, **change})
    assert refused.value.field == field


def test_who_is_barred_signs_no_consent_and_who_is_no_guardian_only_with_a_reason(
    services, world, papers, child
):
    """PIPL 31: of a child under fourteen a parent or other guardian consents."""
    for signer in ("张外人", "张外仁"):
        with pytest.raises(RecordError, match="禁止接走") as refused:
            papers.keep_consent(
                world.desk, child, "care", {**GIVEN, "signer": signer, "signer_reason": "代签"}
            )
        assert refused.value.field == "signer"
    with pytest.raises(RecordError, match="不是监护人") as refused:
        papers.keep_consent(world.desk, child, "care", {**GIVEN, "signer": "路人甲"})
    assert refused.value.field == "signer_reason"
    told = {**GIVEN, "signer": "路人甲", "signer_reason": "姨妈代签，有妈妈的委托书"}
    papers.keep_consent(world.desk, child, "care", told)
    kept = record_papers.list_consents(world.database, child)[-1]
    assert kept.paper == "档案盒 3 号；不是监护人签的：姨妈代签，有妈妈的委托书"
    papers.keep_consent(world.desk, child, "care", {**GIVEN, "signer": "妈妈 张母"})
    papers.keep_consent(world.desk, child, "care", {**GIVEN, "answer": "withdrawn", "signer": "路人甲"})


def test_a_consent_to_nothing_known_is_refused(world, papers, child):
    with pytest.raises(RecordError, match="没有这项同意"):
        papers.keep_consent(world.desk, child, "face", GIVEN)


def test_a_paper_reminds_is_replaced_and_goes(services, world, papers, child):
    papers.keep_paper(world.desk, child, POLICY)
    (row,) = services.records.card(world.desk, child).papers
    assert (row.title, row.words, row.chip.words) == ("保险单", "PA-1 · 至 2025-12-20", "还剩 17 天")
    assert [(one.name, one.kind) for one in papers.expiring(world.desk)] == [("张沐阳", "保险单")]
    assert (
        next(one.due for one in services.records.rows(world.desk) if one.child == child) == "保险单还剩 17 天"
    )
    newer = {**POLICY, "number": "PA-2", "expires_on": "2026-12-20"}
    papers.keep_paper(world.desk, child, newer, replaces=row.paper)
    assert papers.expiring(world.desk) == ()
    (row,) = services.records.card(world.desk, child).papers
    assert papers.keep_paper(world.desk, child, newer, replaces=row.paper).undo is None
    done = papers.end_paper(world.desk, child, row.paper)
    assert services.records.card(world.desk, child).papers == ()
    services.undo(world.desk, done.undo)
    assert services.records.card(world.desk, child).papers[0].words == "PA-2 · 至 2026-12-20"


def test_an_insurance_that_runs_out_reminds_too(services, world, child):
    services.record_keeping.change_child(world.desk, child, {"insured_until": "2025-12-01"})
    due = {one.name: one.due for one in services.records.rows(world.desk)}
    assert (due["张沐阳"], due["周乐瑶"]) == ("意外险已过期 2 天", "")


def test_a_paper_that_cannot_be_is_refused(world, papers, child):
    with pytest.raises(RecordError, match="请填“种类”"):
        papers.keep_paper(world.desk, child, {**POLICY, "kind": ""})
    with pytest.raises(RecordError, match="比出具日期还早"):
        papers.keep_paper(world.desk, child, {**POLICY, "expires_on": "2024-01-01"})
    with pytest.raises(RecordError, match="已经不在了"):
        papers.end_paper(world.desk, child, 7)


def test_the_number_of_an_identity_paper_is_masked(services, world, papers, child):
    papers.keep_paper(world.desk, child, {"kind": "birth", "number": "A123456789"})
    (row,) = services.records.card(world.desk, child).papers
    assert (row.words, dict(row.texts)["number"]) == ("********89 · 长期", "")


def test_a_photo_replaces_another_goes_and_comes_back(services, world, papers, child):
    papers.set_photo(world.desk, child, JPEG)
    done = papers.set_photo(world.desk, child, JPEG + b"2")
    assert papers.photo(world.teacher, "child", child) == JPEG + b"2"
    services.undo(world.desk, done.undo)
    assert papers.photo(world.teacher, "child", child) == JPEG
    papers.end_photo(world.desk, child)
    assert photos.find_photo(world.database, "child", child) is None
    with pytest.raises(RecordError, match="没有照片"):
        papers.end_photo(world.desk, child)


def test_an_adult_has_a_photo_too_and_only_one_of_the_family(world, papers, child):
    papers.set_photo(world.desk, child, JPEG, world.adults["张母"])
    assert photos.find_photo(world.database, "adult", world.adults["张母"]) == JPEG
    with pytest.raises(RecordError, match="不在这份档案"):
        papers.set_photo(world.desk, child, JPEG, world.adults["周母"])


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a" + bytes(500), b"\xff\xd8", b"\xff\xd8" + bytes(LARGEST_PHOTO)]
)
def test_what_is_no_small_jpeg_is_refused(world, papers, child, data):
    with pytest.raises(RecordError, match="不能用"):
        papers.set_photo(world.desk, child, data)


def test_a_teacher_only_reads(world, papers, child):
    for verb in (
        lambda: papers.keep_consent(world.teacher, child, "care", GIVEN),
        lambda: papers.keep_paper(world.teacher, child, POLICY),
        lambda: papers.end_paper(world.teacher, child, 1),
        lambda: papers.set_photo(world.teacher, child, JPEG),
        lambda: papers.end_photo(world.teacher, child),
    ):
        with pytest.raises(NotPermittedError):
            verb()
    assert papers.expiring(world.teacher) == ()
    assert dt.date(2025, 12, 3) == world.clock.now.date()


def test_what_a_child_is_insured_until_is_reminded_of_beside_her_papers(world, services):
    child, papers = world.children["张沐阳"], services.record_papers
    services.record_keeping.change_child(world.desk, child, {"insured_until": "2025-12-13"})
    services.record_keeping.change_child(
        world.desk, world.children["周乐瑶"], {"insured_until": "2026-12-13"}
    )
    papers.keep_paper(world.desk, child, {"kind": "insurance", "expires_on": "2025-12-20"})
    found = papers.expiring(world.desk)
    assert [(one.name, one.kind, one.expires_on.day) for one in found] == [
        ("张沐阳", "意外险", 13), ("张沐阳", "保险单", 20),
    ]  # fmt: skip
    due = {one.name: one.due for one in services.records.rows(world.desk)}
    assert (due["张沐阳"], due["周乐瑶"]) == ("意外险还剩 10 天", "")
