"""who_is_inside.pdf: on disk after every arrival and departure, and the desk never waits for it."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QTimer

from app.domain.changes import Changes, Topic
from app.domain.errors import SurroundingsError
from app.services.arrivals import CheckIn
from app.services.pickup import CheckOut
from app.ui.insidefile import BANNER, NAME, InsideFile
from tests.reports.reading import Reading

VISITS = Changes(frozenset({Topic.VISITS}))


@pytest.fixture
def path(application):
    return application._data / NAME


def told(path):
    return Reading(path.read_bytes()).text() if path.exists() else ""


def wait_for(qtbot, path, words):
    qtbot.waitUntil(lambda: words in told(path), timeout=20_000)


def test_the_file_holds_a_child_who_has_just_come_and_not_one_who_has_gone(application, qtbot, path):
    context = application.context
    actor, services = context.actor, context._services
    board = services.desk.board(actor)
    row = next(one for one in board.expected if one.name == "周乐瑶")
    context.act(lambda s: s.arrivals.check_in(actor, CheckIn(row.child)))
    wait_for(qtbot, path, "周乐瑶")
    assert "76个孩子" in told(path)
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)
    visit = next(one.visit for one in services.desk.board(actor).present if one.name == "周乐瑶")
    card = services.pickup.prepare(actor, visit)
    collector = next(one.adult for one in card.card.adults if one.may_collect)
    context.act(lambda s: s.pickup.check_out(actor, CheckOut(visit, collector)))
    wait_for(qtbot, path, "75个孩子")
    assert "周乐瑶" not in told(path)
    assert list(path.parent.glob(".*part")) == []


def test_the_file_is_written_at_the_start(application, qtbot, path):
    application.standby.begin()
    wait_for(qtbot, path, "75个孩子")
    assert "保密" in told(path)


def test_changes_that_follow_at_once_are_written_once(application, qtbot, path):
    written = []
    inside = InsideFile(application.context, application, write=lambda at, data: written.append(at))
    for _ in range(20):
        application.context.bus.tell(VISITS)
    qtbot.waitUntil(lambda: bool(written) and not application.jobs.busy, timeout=20_000)
    assert written == [path]
    inside.end()


def test_changes_without_end_do_not_put_the_file_off(application, qtbot, path):
    written = []
    inside = InsideFile(application.context, application, write=lambda at, data: written.append(at))
    busy = QTimer(interval=40)  # well within what is gathered
    busy.timeout.connect(lambda: application.context.bus.tell(VISITS))
    busy.start()
    qtbot.waitUntil(lambda: bool(written), timeout=20_000)
    assert busy.isActive()
    busy.stop()
    inside.end()


def test_an_unchanged_list_is_not_drawn_again_until_it_is_old(application, qtbot, clock, path):
    written = []

    def write(at, data):
        written.append(data)
        at.write_bytes(data)

    inside = InsideFile(application.context, application, write=write)

    def look():
        inside.look()
        qtbot.waitUntil(lambda: not inside._busy and not application.jobs.busy, timeout=20_000)

    look()
    look()
    assert len(written) == 1
    inside._written = dataclasses.replace(inside._written, at=clock() - dt.timedelta(minutes=31))
    look()
    assert len(written) == 2
    inside._written = dataclasses.replace(inside._written, at=clock() - dt.timedelta(days=1))
    look()
    assert len(written) == 3
    path.unlink()
    look()
    assert len(written) == 4
    inside.end()


def test_a_folder_that_cannot_be_written_raises_a_banner_until_it_can(application, qtbot):
    raised, ended, broken = [], [], [True]
    application.messages.banner_raised.connect(raised.append)
    application.messages.banner_ended.connect(ended.append)

    def write(_path, _data):
        if broken[0]:
            raise SurroundingsError("文件写不进去。")

    inside = InsideFile(application.context, application, write=write)

    def look():
        inside.look()
        qtbot.waitUntil(lambda: not inside._busy and not application.jobs.busy, timeout=20_000)

    look()
    assert [(one.key, "F9" in one.words) for one in raised] == [(BANNER, True)]
    broken[0] = False
    look()
    assert BANNER in ended
    inside.end()


def test_nothing_is_asked_after_the_end(application, qtbot, path):
    application.standby.end()
    application.context.bus.tell(VISITS)
    application.standby.begin()
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)
    assert not path.exists()


def test_a_folder_that_was_taken_away_is_not_begun_anew(application, qtbot, path):
    folder, away = path.parent, path.parent.with_name("away")
    inside = InsideFile(application.context, application)
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=20_000)
    folder.rename(away)
    application.context.bus.tell(VISITS)
    qtbot.wait(300)
    qtbot.waitUntil(lambda: not application.jobs.busy, timeout=20_000)
    assert not folder.exists()
    away.rename(folder)
    application.context.bus.tell(VISITS)
    wait_for(qtbot, path, "保密")
    inside.end()
