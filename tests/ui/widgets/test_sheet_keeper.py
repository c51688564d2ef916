"""What is filled in by hand is kept after a pause, and never over what somebody has begun anew."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject

from app.domain.changes import Done
from app.domain.ids import ClassId
from app.services.sheet_drafts import SheetDraft, SheetKind
from app.ui.widgets.sheet_keeper import SheetKeeper
from tests.ui.support import make_context, settle


class FakeSheets:
    """Remembers what was kept and what was ended."""

    def __init__(self, draft):
        self.draft, self.kept, self.ended = draft, [], 0

    def find(self, actor, kind, class_id):
        return self.draft

    def keep(self, actor, kind, class_id, fields):
        self.kept.append((kind, class_id, fields))
        return Done(1)

    def end(self, actor, kind, class_id):
        self.ended += 1
        return Done(None)


@pytest.fixture
def made(qtbot, tmp_path):
    def make(draft=None):
        sheets, filled = FakeSheets(draft), []
        services = SimpleNamespace(classes=SimpleNamespace(sheets=sheets))
        context = make_context(qtbot, services, folder=tmp_path)
        owner = QObject()
        keeper = SheetKeeper(
            context, owner, (SheetKind.COUNT, ClassId(3)), lambda: {"seen": "1"}, lambda *a: filled.append(a)
        )
        return SimpleNamespace(
            keeper=keeper, sheets=sheets, filled=filled, owner=owner, settle=lambda: settle(qtbot, context)
        )

    return make


def test_nothing_is_kept_of_a_sheet_that_nobody_touched(made):
    one = made()
    one.keeper.keep()
    one.settle()
    assert one.sheets.kept == []


def test_a_pause_keeps_what_stands_there(made, qtbot):
    one = made()
    one.keeper.touch()
    qtbot.waitUntil(lambda: bool(one.sheets.kept))
    assert one.sheets.kept == [(SheetKind.COUNT, 3, {"seen": "1"})]


def test_what_was_kept_is_filled_in_again_with_its_hour(made, clock):
    one = made(SheetDraft({"seen": "1 2"}, clock()))
    one.keeper.begin()
    one.settle()
    ((fields, words),) = one.filled
    assert fields == {"seen": "1 2"}
    assert words.startswith(f"接着 {clock():%H:%M}")


def test_who_has_begun_anew_keeps_what_she_has(made, clock):
    one = made(SheetDraft({"seen": "1 2"}, clock()))
    one.keeper.begin()
    one.keeper.touch()
    one.settle()
    assert one.filled == []


def test_a_finished_sheet_is_kept_no_more(made):
    one = made()
    one.keeper.touch()
    one.keeper.end()
    one.keeper.keep()
    one.settle()
    assert (one.sheets.kept, one.sheets.ended) == ([], 1)
