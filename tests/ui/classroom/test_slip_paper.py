"""The slip of a medicine from the class: read for the child in focus and shown to be printed."""

from types import SimpleNamespace

from app.ui.classroom.sheets import open_sheet
from tests.ui.classroom import data
from tests.ui.support import make_context, settle


def test_the_slip_that_is_due_is_shown(qtbot):
    asked, shown = [], []

    def medicine_slip_due(actor, visit):
        asked.append((actor, visit))
        return "slip"

    health = SimpleNamespace(papers=SimpleNamespace(medicine_slip_due=medicine_slip_due))
    context = make_context(qtbot, SimpleNamespace(health=health), actor=data.TEACHER, now=data.NOW)
    context.printing.preview = lambda paper, *_: shown.append(paper)
    open_sheet("medicine", context, data.YUQING.visit)
    settle(qtbot, context)
    assert (asked, shown) == ([(data.TEACHER, data.YUQING.visit)], ["slip"])
