"""Opening, failing to open, breaking, and ending in good order."""

import contextlib
import random
import sqlite3
import sys

import pytest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QPushButton, QWidget

from app import main
from app.domain.changes import Changes, Topic
from app.domain.errors import SurroundingsError
from app.domain.looks import Chip, Tone
from app.domain.staff import Actor, Role
from app.paths import Places
from app.services.safekeeping import KeepingStatus
from app.store import backup
from app.store.database import Database
from app.ui.application import Application
from app.ui.crash import where_it_broke
from app.ui.scanning.routes import Scans
from tests.ui import walk


@pytest.fixture
def idle(qtbot):
    return lambda application: qtbot.waitUntil(lambda: not application.jobs.busy, timeout=10_000)


@pytest.fixture
def practice(practice_file, clock, qtbot):
    application = main.build_application(
        Places(practice_file.parent), clock, practice=True, rng=random.Random(7)
    )
    yield application
    application.close()


def test_the_window_shows_before_the_file_is_open_and_the_desk_follows(practice, qtbot):
    practice.start()
    assert practice.window.isVisible()
    assert not practice.ready
    qtbot.waitUntil(lambda: practice.ready, timeout=10_000)
    assert practice.window.current_key == "desk"


def test_closing_twice_is_one_closing_and_ends_the_threads(practice, qtbot):
    practice.start()
    qtbot.waitUntil(lambda: practice.ready, timeout=10_000)
    practice.window.close()
    practice.close()
    assert not practice.jobs._keeper._thread.is_alive()


@pytest.fixture
def broken(tmp_path, clock):
    """An application whose file does not open the first two times, nor the third."""
    tried = []

    def open_services():
        tried.append(1)
        raise SurroundingsError("这个文件不是托得好的数据文件。请换一个文件夹。")

    application = Application(open_services, close_services=lambda: None, data=tmp_path, clock=clock)
    application.tried = tried
    yield application
    application.close()


def test_a_file_that_does_not_open_is_said_and_can_be_tried_again(broken, idle):
    broken.start()
    idle(broken)
    page = broken.window.findChild(QWidget, "failure")
    assert "请换一个文件夹" in page.findChild(QLabel, "failure.sentence").text()
    assert page.findChild(QPushButton, "failure.restore") is None, "there is nothing to restore from"
    page.findChild(QPushButton, "failure.copy").click()
    assert "请换一个文件夹" in QApplication.clipboard().text()
    page.findChild(QPushButton, "failure.again").click()
    idle(broken)
    assert len(broken.tried) == 2


def test_a_bug_while_opening_does_not_leave_a_window_that_opens_for_ever(broken, idle, monkeypatch):
    def fails():
        raise ValueError("x")

    idle(broken)
    monkeypatch.setattr(broken, "_open_services", fails)
    broken._on_again_wanted()
    idle(broken)
    page = broken.window.findChild(QWidget, "failure")
    assert page.isVisibleTo(broken.window)
    assert "是我们的问题" in page.findChild(QLabel, "failure.sentence").text()
    assert broken.window.findChild(QMessageBox, "crash") is not None


def test_a_lost_file_is_brought_back_from_the_newest_back_up_by_one_button(practice_file, clock, qtbot, idle):
    with contextlib.closing(Database.open(practice_file, clock=clock)) as database:
        backup.back_up(database, practice_file.parent / backup.FOLDER)
    practice_file.unlink()
    lost = main.build_application(Places(practice_file.parent), clock, practice=True, rng=random.Random(7))
    lost.start()
    idle(lost)
    page = lost.window.findChild(QWidget, "failure")
    sentence = page.findChild(QLabel, "failure.sentence")
    assert "备份还在" in sentence.text()
    assert walk.cut(sentence) == ""
    said = []
    lost.messages.said.connect(lambda notice: said.append(notice.words))
    page.findChild(QPushButton, "failure.restore").click()
    qtbot.waitUntil(lambda: lost.ready, timeout=20_000)
    assert practice_file.is_file()
    assert any(words.startswith("已恢复") for words in said)
    lost.close()


def test_a_clock_years_behind_is_told_and_once_it_is_put_right_the_names_come(
    practice_file, clock, qtbot, idle
):
    with contextlib.closing(sqlite3.connect(practice_file)) as connection, connection:
        connection.execute("update centre set practice = 0")
    today, clock.moment = clock.moment, clock.moment.replace(year=2009, month=1, day=1)
    application = main.build_application(Places(practice_file.parent), clock, practice=False)
    application.start()
    idle(application)
    page = application.window.findChild(QWidget, "failure")
    assert "2009年1月1日" in page.findChild(QLabel, "failure.sentence").text()
    clock.moment = today
    page.findChild(QPushButton, "failure.again").click()
    idle(application)
    qtbot.waitUntil(lambda: application.window.findChild(QWidget, "staff") is not None)
    application.close()


def test_our_own_bug_is_told_and_written_without_naming_anybody(broken, idle, tmp_path, capsys):
    idle(broken)
    try:
        raise ValueError("朱予晴")
    except ValueError as error:
        broken.messages.fail(error)
    box = broken.window.findChild(QMessageBox, "crash")
    assert "是我们的问题" in box.text()
    reports = list((tmp_path / "logs").glob("crash-*.txt"))
    assert len(reports) == 1
    text = reports[0].read_text("utf-8")
    assert "ValueError" in text
    assert "test_application.py" in text
    assert "朱予晴" not in text
    box.close()


def test_a_report_that_cannot_be_written_is_not_promised(broken, idle, tmp_path):
    idle(broken)
    (tmp_path / "logs").write_text("in the way")
    broken.messages.fail(ValueError("x"))
    told = broken.window.findChild(QMessageBox, "crash").informativeText()
    assert told.startswith("错误报告没有写成")
    assert "留在这里" not in told


def test_the_way_to_an_error_is_told_without_its_words():
    try:
        raise KeyError("13800006021")
    except KeyError as error:
        told = where_it_broke(error)
    assert told.startswith("KeyError")
    assert "13800006021" not in told


def test_an_exception_in_a_slot_reaches_the_crash_report(broken, idle, monkeypatch):
    idle(broken)
    heard = []
    broken.messages.crashed.disconnect()
    broken.messages.crashed.connect(heard.append)
    error = ValueError("x")
    broken._on_exception(type(error), error, None)
    assert heard == [error]
    assert sys.excepthook is not broken._on_exception


class Torn(QWidget):
    """Cannot be drawn."""

    drawn = 0

    def paintEvent(self, _event):  # noqa: N802
        self.drawn += 1
        raise KeyError("朱予晴")


def test_an_error_while_drawing_is_told_once_and_not_at_every_redraw(broken, idle, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "excepthook", broken._on_exception)
    broken.start()
    idle(broken)
    torn = Torn(broken.window)
    torn.resize(40, 40)
    torn.show()
    for _ in range(6):
        torn.update()
        QApplication.processEvents()
    assert torn.drawn > 1
    boxes = broken.window.findChildren(QMessageBox, "crash")
    assert len(boxes) == 1
    assert len(list((tmp_path / "logs").glob("crash-*.txt"))) == 1
    boxes[0].close()
    torn.update()
    QApplication.processEvents()
    assert not any(box.isVisible() for box in broken.window.findChildren(QMessageBox, "crash"))
    torn.hide()
    broken._on_exception(ValueError, ValueError("x"), None)  # another error is told all the same
    QApplication.processEvents()
    assert sum(box.isVisible() for box in broken.window.findChildren(QMessageBox, "crash")) == 1


def test_a_trail_that_was_changed_is_a_banner_that_stays_until_it_is_whole(practice, idle, qtbot):
    practice.start()
    qtbot.waitUntil(lambda: practice.ready, timeout=10_000)
    raised, ended = [], []
    practice.messages.banner_raised.connect(raised.append)
    practice.messages.banner_ended.connect(ended.append)

    def tamper(services):
        services._database._connection.execute("update audit set detail = 'x' where id = 1")

    practice.context.ask(tamper, lambda _: None)
    for _ in range(2):
        practice._on_minute_passed()
        idle(practice)
    told = [banner.words[:14] for banner in raised if banner.key == "trail"]
    assert told == ["操作记录从第 1 条起对不上"]
    practice._show_status(KeepingStatus(None, None, "还没有备份"))
    assert "trail" in ended


def test_an_act_in_another_room_is_answered_by_the_alerts_at_once(practice, qtbot):
    practice.start()
    qtbot.waitUntil(lambda: practice.ready, timeout=10_000)
    told = []
    practice.context.alerts_told.connect(told.append)
    practice.window.enter("health")
    qtbot.waitUntil(lambda: not practice.jobs.busy)
    told.clear()
    practice.context.bus.tell(Changes(frozenset({Topic.MONEY})))
    practice.context.bus.tell(Changes(frozenset({Topic.HEALTH})))
    practice.context.bus.tell(Changes(frozenset({Topic.VISITS})))
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: not practice.jobs.busy)
    assert len(told) == 1  # two acts in one breath are one question


def test_whoever_signs_in_next_reads_alerts_of_her_own(practice, qtbot):
    practice.start()
    qtbot.waitUntil(lambda: practice.ready, timeout=10_000)
    told = []
    practice.context.alerts_told.connect(told.append)
    practice.context.tell_alerts((Chip("张沐阳 发热 38.1℃", Tone.BAD),))
    cashier = Actor(practice.context.actor.id, "方芸", Role.CASHIER)
    practice._sign_in(cashier)
    assert told[-1] == (), "what another may see is gone at once"
    qtbot.waitUntil(lambda: not practice.jobs.busy and len(told) > 2)
    assert not any("发热" in chip.words for one in told[1:] for chip in one)
    told.clear()
    practice._tell_alerts(Actor(cashier.id, "林晓", Role.FRONT_DESK), (Chip("张沐阳 发热", Tone.BAD),))
    assert told == [], "an answer to who has gone is nobody's"


def test_a_day_slept_away_to_the_minute_is_a_new_minute(practice, qtbot, clock):
    practice.start()
    qtbot.waitUntil(lambda: practice.ready, timeout=10_000)
    passed = []
    practice.window.minute_passed.connect(lambda: passed.append(1))
    practice.window.follow_clock()
    assert passed == []
    clock.advance(days=1)
    practice.window.follow_clock()
    assert passed == [1]


def test_theme_and_font_are_remembered(practice, idle, practice_file):
    idle(practice)
    practice.theme.apply(practice.app, "dark", 125)
    assert practice.preferences.choices.theme == "dark"
    assert (practice_file.parent / "preferences.json").exists()
    practice.theme.apply(practice.app, "light", 100)


@pytest.fixture
def old_file(practice_file):
    """As a program left it that read 曾 as 曾经, and knew no number of its rules."""
    with contextlib.closing(sqlite3.connect(practice_file)) as file:
        file.execute("update child set pinyin = 'ceng''nian''an', initials = 'cna' where name = '曾念安'")
        file.execute("delete from setting where name = 'reading_rules'")
        file.commit()
    return practice_file


def test_names_read_better_by_now_are_found_after_the_first_desk_and_not_before(
    old_file, practice, qtbot, idle, monkeypatch
):
    found = []

    def find():
        idle(practice)
        context = practice.context
        context.ask(lambda s: s.finding.find(context.actor, "zengnian"), found.append)
        idle(practice)
        return [row.name for row in found[-1].children]

    monkeypatch.setattr(practice, "_on_idle", lambda: None)  # the clock on the wall has no say here
    practice.start()
    qtbot.waitUntil(lambda: practice.ready, timeout=10_000)
    assert find() == [], "the first desk waits for nobody's name"
    Application._on_idle(practice)
    assert find() == ["曾念安"]


def test_scanners_are_heard_as_soon_as_the_first_desk_stands_and_not_before(practice, qtbot, monkeypatch):
    stood = []
    inner = Scans.follow

    def follow(scans, app):
        expected = practice.window.findChild(QAbstractItemView, "desk.expected")
        stood.append(expected is not None and expected.model().rowCount() > 0)
        inner(scans, app)

    monkeypatch.setattr(Scans, "follow", follow)
    monkeypatch.setattr(practice, "_on_idle", lambda: None)
    practice.start()
    assert practice.context.scans is None
    qtbot.waitUntil(lambda: practice.context.scans is not None, timeout=10_000)
    assert stood == [True]
