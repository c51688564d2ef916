"""A photo is kept in the file, and only of children whose families agree."""

import pytest

from app.domain.ids import VisitId
from app.domain.logbook import EntryDraft, EntryError, EntryKind
from app.domain.staff import NotPermittedError, Role
from app.services.class_photos import PhotoError
from app.store import log_photos

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 400


@pytest.fixture
def photos(services):
    return services.classes.photos


@pytest.fixture
def teacher(actors):
    return actors[Role.TEACHER]


@pytest.fixture
def visits(services, teacher):
    return tuple(card.visit for card in services.classroom.roster(teacher, teacher.class_id).cards[:2])


def agree(services, actors, visit, answer="given"):
    child = services.classroom.subjects((visit,))[0].child
    words = {"answer": answer, "signer": "赵敏", "day": "2025-12-01", "signer_reason": "姑姑代签"}
    if answer == "withdrawn":
        services.record_papers.keep_consent(
            actors[Role.FRONT_DESK], child, "photo_inside", {**words, "answer": "given"}
        )
    services.record_papers.keep_consent(actors[Role.FRONT_DESK], child, "photo_inside", words)


def revoke_all(database):
    with database.unit(1, "test") as unit:
        unit.execute("update consent set ended_at = '2025-12-01T08:00:00+08:00' where ended_at is null")
        unit.audit("consent", None)


def draft(clock, text="第一次自己拿勺"):
    return EntryDraft(EntryKind.PHOTO, clock(), text=text)


def test_it_is_refused_with_a_sentence_that_names_whose_family_did_not_agree(
    services, photos, database, actors, teacher, visits, clock
):
    revoke_all(database)
    agree(services, actors, visits[0])
    name = services.classroom.subjects(visits[1:])[0].name
    with pytest.raises(PhotoError, match=f"{name} 的家长没有同意“照片：园内张贴”"):
        photos.log_photo(teacher, visits, draft(clock), JPEG)
    assert database.row("select count(*) as n from log_photo")["n"] == 0
    assert photos.refusal(teacher, visits[:1]) == ""


@pytest.mark.parametrize("answer", ["refused", "withdrawn"])
def test_refused_and_withdrawn_are_no_consent(
    services, photos, database, actors, teacher, visits, clock, answer
):
    revoke_all(database)
    agree(services, actors, visits[0], answer)
    with pytest.raises(PhotoError):
        photos.log_photo(teacher, visits[:1], draft(clock), JPEG)


def test_it_is_kept_once_for_all_it_shows_and_taken_back_whole(
    services, photos, database, actors, teacher, visits, clock
):
    revoke_all(database)
    for visit in visits:
        agree(services, actors, visit)
    done = photos.log_photo(teacher, visits, draft(clock), JPEG)
    assert database.row("select count(*) as n from log_photo")["n"] == 1
    rows = [services.classroom.timeline(teacher, visit).rows[-1] for visit in visits]
    assert {row.photo for row in rows} == {1}
    assert rows[0].words == "第一次自己拿勺"
    assert photos.photo(teacher, 1) == JPEG == log_photos.find_log_photo(database, 1)
    assert photos.photo(teacher, 99) is None
    services.undo(teacher, done.undo)
    assert services.classroom.timeline(teacher, visits[0]).rows[-1].kind != "photo"
    assert photos.photo(teacher, 1) == JPEG  # nothing is deleted


def test_what_is_no_photo_or_of_another_time_is_refused(
    services, photos, database, actors, teacher, visits, clock
):
    agree(services, actors, visits[0])
    for wrong in (b"", b"GIF89a" + b"x" * 300, JPEG + b"x" * 300_001):
        with pytest.raises(PhotoError, match="照片不能用"):
            photos.log_photo(teacher, visits[:1], draft(clock), wrong)
    early = EntryDraft(EntryKind.PHOTO, clock().replace(hour=5))
    with pytest.raises(EntryError, match="还没有入园"):
        photos.log_photo(teacher, visits[:1], early, JPEG)
    with pytest.raises(NotPermittedError):
        photos.log_photo(actors[Role.FRONT_DESK], (VisitId(1),), draft(clock), JPEG)
