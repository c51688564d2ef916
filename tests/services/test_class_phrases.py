"""The centre's own phrases: offered with a note, changed by whoever may, kept when they go."""

import pytest

from app.domain.logbook import EntryKind, NoteKind
from app.domain.names import BadTextError
from app.domain.staff import NotPermittedError, Role
from app.services.class_phrases import PhraseError
from app.store import phrases


def test_they_begin_with_the_programs_and_become_the_centres(services, actors, database):
    director, teacher = actors[Role.DIRECTOR], actors[Role.TEACHER]
    desk = services.classes.phrases
    assert "今晚请早点休息。" in desk.view(teacher, NoteKind.NOTICE)
    desk.keep(director, NoteKind.NOTICE, ("请带雨鞋。", "  ", "请带雨鞋。", "请剪指甲。"))
    assert desk.view(teacher, NoteKind.NOTICE) == ("请带雨鞋。", "请剪指甲。")
    visit = services.classroom.roster(teacher, teacher.class_id).cards[0].visit
    offered = services.classroom.offer(teacher, EntryKind.NOTE, (visit,)).phrases
    assert offered[-2:] == (("notice", "请带雨鞋。"), ("notice", "请剪指甲。"))
    assert ("remark", "自己收拾了玩具，很能干。") in offered
    assert desk.keep(director, NoteKind.NOTICE, ("请带雨鞋。", "请剪指甲。")).changes.topics == frozenset()
    desk.keep(director, NoteKind.NOTICE, ("请剪指甲。",))
    assert database.row("select count(*) as n from class_phrase")["n"] == 3
    assert phrases.list_phrases(database, NoteKind.NOTICE) == ("请剪指甲。",)
    assert "请带雨鞋。" in database.row("select detail from audit order by id desc limit 1")["detail"]


def test_none_too_many_and_too_long_are_refused(services, actors):
    director, desk = actors[Role.DIRECTOR], services.classes.phrases
    with pytest.raises(PhraseError, match="至少"):
        desk.keep(director, NoteKind.REMARK, (" ",))
    with pytest.raises(PhraseError, match="最多 12"):
        desk.keep(director, NoteKind.REMARK, [f"第 {at} 句" for at in range(13)])
    with pytest.raises(BadTextError):
        desk.keep(director, NoteKind.REMARK, ("字" * 61,))
    with pytest.raises(NotPermittedError):
        desk.keep(actors[Role.TEACHER], NoteKind.REMARK, ("好。",))
