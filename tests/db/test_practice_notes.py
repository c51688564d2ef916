"""The notes of the practice centre read as the program writes them, and know what they have seen."""

import dataclasses

from app import practice
from app.domain.ids import VisitId
from app.domain.prose import compose
from app.services.facts import list_books
from app.services.freshness import Since, since
from app.store import notes


def of_day(database, day):
    rows = database.rows(
        "select n.visit_id as key from handover_note n join visit v on v.id = n.visit_id where v.day = :d",
        {"d": day},
    )
    return [VisitId(row["key"]) for row in rows]


def test_what_is_signed_reads_like_a_draft_of_the_program_and_holds(database):
    keys = of_day(database, "2025-12-03")
    books = list_books(database, keys)
    assert len(books) == 6
    for key, book in books.items():
        note = notes.find_signed(database, key)
        # Written of the day alone: nothing is said of the last days, and nobody knows when she is to leave.
        assert note.text == compose(dataclasses.replace(book.facts, usual=None, before=None))
        assert "小时 00 分" not in note.text.prose
        assert since(database, book, note) == Since()


def test_the_notes_of_the_last_days_are_reworded_and_older_ones_are_plain(database):
    (late, *_), (old, *_) = (of_day(database, day) for day in ("2025-12-02", "2025-10-15"))
    assert notes.find_signed(database, late).seen.startswith("{")
    assert notes.find_signed(database, old).seen == ""


def test_the_edition_changes_with_the_words(monkeypatch, tmp_path):
    house = tmp_path / "app"
    tables = tmp_path / "resources" / "tables"
    for folder in (house, tables):
        folder.mkdir(parents=True)
    (house / "practice.py").touch()
    (tables / "prose.toml").touch()
    monkeypatch.setattr(practice, "__file__", str(house / "practice.py"))
    before = practice._edition()
    (tables / "prose.toml").write_text("# other words", "utf-8")
    assert practice._edition() != before


def test_no_baby_puts_on_her_shoes(database):
    said = database.rows(
        "select distinct e.text from log_entry e join visit v on v.id = e.visit_id"
        " join class_group g on g.id = v.class_id where e.kind = 'note' and g.name = '小星星'"
        " and v.day < '2025-12-03'"
    )
    texts = {row["text"] for row in said}
    assert not texts & {"学会自己穿鞋，左右还会弄反。", "唱完了整首儿歌。", "会说“请”和“谢谢”了。"}
    assert "听到自己的名字会转头。" in texts
