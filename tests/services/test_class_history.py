"""The log of a class in pages: nothing twice, nothing left out, however far back."""

from app.domain.ids import ClassId
from app.domain.logbook import EntryKind
from app.domain.staff import Role
from app.services.class_history import PAGE

DRAGON = ClassId(3)


def every(history, actor, **filters):
    lines, before, pages = [], None, 0
    while True:
        page = history.page(actor, DRAGON, before, **filters)
        lines += page.lines
        pages += 1
        if page.more is None:
            return lines, pages
        before = page.more


def test_pages_follow_each_other_without_a_gap(services, actors, database):
    lines, pages = every(services.classes.history, actors[Role.TEACHER], kind=EntryKind.MEAL)
    kept = database.row(
        "select count(*) as n from log_entry e join visit v on v.id = e.visit_id"
        " where v.class_id = 3 and e.kind = 'meal' and e.ended_at is null"
    )["n"]
    assert len(lines) == len({line.entry for line in lines}) == kept
    assert pages == kept // PAGE + 1
    moments = [(line.at, line.entry) for line in lines]
    assert moments == sorted(moments, reverse=True)


def test_it_is_narrowed_to_a_child_and_a_kind(services, actors, database):
    card = services.classroom.roster(actors[Role.TEACHER], DRAGON).cards[0]
    lines, _ = every(services.classes.history, actors[Role.TEACHER], child=card.child)
    assert {line.name for line in lines} == {card.name}
    page = services.classes.history.page(actors[Role.TEACHER], DRAGON, kind=EntryKind.PHOTO)
    assert (page.lines, page.more) == ((), None)
