"""The log and the crash reports."""

import datetime as dt
import logging
import sys
import threading

import pytest

from app import journal

NOON = dt.datetime(2025, 12, 3, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def quiet_root():
    """Give the root logger its handlers back afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def hooks(monkeypatch):
    """Let the hooks be set and put back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


def test_lines_land_in_the_folder(quiet_root, tmp_path):
    journal.keep(tmp_path / "logs")
    logging.getLogger("app.x").info("开门")
    assert "app.x: 开门" in (tmp_path / "logs" / "tuodehao.log").read_text(encoding="utf-8")


def test_a_long_log_is_put_aside_once(quiet_root, tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "_LOG_BYTES", 10)
    log = tmp_path / "tuodehao.log"
    log.write_text("x" * 11, encoding="utf-8")
    journal.keep(tmp_path)
    assert (tmp_path / "tuodehao.1.log").read_text(encoding="utf-8") == "x" * 11
    assert log.read_text(encoding="utf-8") == ""


def test_a_folder_that_cannot_be_made_does_not_stop_the_program(quiet_root, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    journal.keep(tmp_path / "file")
    logging.getLogger("app.x").info("still here")


def test_a_crash_is_described_in_a_file_of_its_own(tmp_path):
    try:
        raise ZeroDivisionError("seven")
    except ZeroDivisionError as error:
        path = journal.write_crash(tmp_path / "logs", error, NOON)
    assert path.name == "crash-20251203-120000.txt"
    said = path.read_text(encoding="utf-8")
    assert "test_a_crash_is_described" in said
    assert said.endswith("ZeroDivisionError: seven\n")


def test_what_nobody_caught_is_written_logged_and_told(hooks, tmp_path, expect_log):
    told = []
    journal.catch_crashes(tmp_path, lambda: NOON, told.append)
    expect_log("a bug")
    error = ValueError("x")
    sys.excepthook(ValueError, error, None)
    assert told == [error]
    assert len(list(tmp_path.glob("crash-*.txt"))) == 1


def test_a_thread_that_dies_is_a_crash_too(hooks, tmp_path, expect_log):
    told = []
    journal.catch_crashes(tmp_path, lambda: NOON, told.append)
    expect_log("a bug")

    def work():
        raise ValueError("in a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [str(error) for error in told] == ["in a thread"]


def test_leaving_by_the_keyboard_is_no_crash(hooks, tmp_path):
    journal.catch_crashes(tmp_path, lambda: NOON, pytest.fail)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert list(tmp_path.iterdir()) == []
