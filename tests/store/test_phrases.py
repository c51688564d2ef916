"""The centre's own phrases as rows: a new list stands in the place of the old one of its kind."""

import sqlite3

import pytest

from app.domain.logbook import NoteKind
from app.store import phrases

# As long as a phrase may be.
LONG = "午睡前听了两遍小兔子的故事，抱着自己的毯子很快就睡着了，" * 2 + "醒来笑"


def test_the_new_list_holds_in_its_order_and_the_old_one_stays_on_file(world, keep):
    assert phrases.list_phrases(world.database, NoteKind.REMARK) == ()
    keep(phrases.set_phrases, NoteKind.REMARK, ("睡得香", "吃得好"))
    keep(phrases.set_phrases, NoteKind.REMARK, ("吃得好", LONG, "睡得香"))
    assert phrases.list_phrases(world.database, NoteKind.REMARK) == ("吃得好", LONG, "睡得香")
    assert world.database.row("select count(*) as rows from class_phrase")["rows"] == 5


def test_each_kind_has_a_list_of_its_own_and_may_become_empty_again(world, keep):
    keep(phrases.set_phrases, NoteKind.REMARK, ("睡得香",))
    keep(phrases.set_phrases, NoteKind.NOTICE, ("请带外套",))
    keep(phrases.set_phrases, NoteKind.REMARK, ())
    assert phrases.list_phrases(world.database, NoteKind.REMARK) == ()
    assert phrases.list_phrases(world.database, NoteKind.NOTICE) == ("请带外套",)
    ended = world.database.row("select ended_by, ended_at from class_phrase where kind = 'remark'")
    assert tuple(ended) == (world.desk.id, world.clock().isoformat())


def test_a_list_with_an_empty_phrase_keeps_the_one_before(world, keep):
    keep(phrases.set_phrases, NoteKind.REMARK, ("睡得香",))
    with pytest.raises(sqlite3.IntegrityError):
        keep(phrases.set_phrases, NoteKind.REMARK, ("吃得好", ""))
    assert phrases.list_phrases(world.database, NoteKind.REMARK) == ("睡得香",)
