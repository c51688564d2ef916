"""The parts joined: one process on a folder, what the start leaves alone, and the end."""

import gc
import os
import subprocess
import sys
import time

import pytest

from app import cli, main
from app.paths import Places
from app.practice import DESK_MOMENT, StoryClock
from app.store.database import Database
from app.ui.instance import Instance
from tests.house import ROOT


@pytest.fixture
def collecting():
    """Give the garbage collector back as it was."""
    yield
    gc.unfreeze()


def start(*words):
    """The program in a process of its own, off screen."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TUODEHAO_FONT": "bundled"},
        stderr=subprocess.DEVNULL,
    )


def test_a_second_start_shows_the_first_window_and_ends(tmp_path):
    first = start("practice", "--data", tmp_path)
    try:
        lock = tmp_path / "practice" / "window.lock"
        end = time.monotonic() + 30
        while not lock.exists() and first.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        second = start("practice", "--data", tmp_path)
        assert second.wait(30) == cli.OK
        assert first.poll() is None
    finally:
        first.terminate()
        first.wait(10)


def test_the_call_of_a_second_start_reaches_the_window(qtbot, practice_file, monkeypatch, collecting):
    """The two processes are tried above; here what the first one does when it is called."""
    made, seen, asked = [], [], []

    class Held(Instance):
        def __init__(self, folder):
            super().__init__(folder)
            made.append(self)

    def run(application):
        window = application.window
        window.raise_, window.activateWindow = lambda: asked.append("up"), lambda: asked.append("keys")
        for put_away in (window.showMinimized, window.hide):
            window.showNormal()
            put_away()
            made[0].called.emit()
            seen.append((window.isVisible(), window.isMinimized()))
        application.close()
        return 0

    monkeypatch.setattr("app.ui.instance.Instance", Held)
    monkeypatch.setattr("app.ui.application.Application.run", run)
    assert main.open_window(Places(practice_file.parent), practice=False, theme=None) == 0
    assert seen == [(True, False)] * 2
    assert asked == ["up", "keys"] * 2


def test_a_tour_where_another_plays_says_so_and_ends_with_3(qapp, tmp_path, capsys):
    other = Instance(Places(tmp_path / "data").data)
    assert other.claim()
    try:
        assert cli.main(["tour", "--out", str(tmp_path)]) == cli.IN_USE
    finally:
        other.release()
    said = capsys.readouterr().err
    assert "正被另一个托得好窗口使用" in said
    assert said.count("\n") == 1


def test_a_held_folder_whose_window_does_not_come_is_in_use(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(Instance, "call_other", lambda _self: False)
    other = Instance(tmp_path)
    assert other.claim()
    with pytest.raises(Exception, match="正被另一个托得好窗口使用"):
        main.open_window(Places(tmp_path), practice=False, theme=None)
    other.release()


def test_a_mark_that_came_with_the_folder_from_another_computer_locks_nobody_out(
    qapp, practice_file, monkeypatch
):
    monkeypatch.setattr(Instance, "call_other", lambda _self: False)
    monkeypatch.setattr("app.ui.application.Application.run", lambda self: self.close() or 0)
    (practice_file.parent / "window.lock").write_bytes(b"4711\npython\nanother\n" + b"0" * 32 + b"\n0\n")
    assert main.open_window(Places(practice_file.parent), practice=False, theme=None) == 0


def test_a_mark_half_written_by_a_power_cut_does_not_bar_the_first_start(qapp, tmp_path, monkeypatch):
    monkeypatch.setattr(Instance, "call_other", lambda _self: False)
    monkeypatch.setattr("app.ui.application.Application.run", lambda self: self.close() or 0)
    (tmp_path / "window.lock").write_bytes(bytes(90))
    assert main.open_window(Places(tmp_path), practice=False, theme=None) == 0


def test_a_window_that_holds_the_file_is_not_robbed_of_its_folder(qapp, practice_file, clock, monkeypatch):
    monkeypatch.setattr(Instance, "call_other", lambda _self: False)
    places = Places(practice_file.parent)
    other = Instance(places.data)
    assert other.claim()
    held = Database.open(practice_file, clock=clock)
    with pytest.raises(Exception, match="正被另一个托得好窗口使用"):
        main.open_window(places, practice=False, theme=None)
    held.close()
    other.release()


def test_closing_lets_the_file_go(application, practice_file, clock):
    application.close()
    Database.open(practice_file, clock=clock).close()


def test_a_file_held_by_another_is_a_page_with_a_sentence(practice_file, clock, qtbot, collecting):
    held = Database.open(practice_file, clock=clock)
    joined = main.build_application(Places(practice_file.parent), clock)
    joined.start()
    try:
        qtbot.waitUntil(lambda: not joined.jobs.busy, timeout=10_000)
        words = [label.text() for label in joined.window.findChildren(_label()) if label.isVisible()]
        assert any("正被另一个托得好窗口使用" in text for text in words)
    finally:
        joined.close()
        held.close()


def _label():
    from PySide6.QtWidgets import QLabel

    return QLabel


def test_what_the_start_made_is_spared_and_garbage_is_looked_for_by_the_window(
    practice_file, qtbot, collecting, monkeypatch
):
    monkeypatch.setattr(main, "_LATER", 50)
    joined = main.build_application(Places(practice_file.parent), StoryClock(DESK_MOMENT), practice=True)
    try:
        qtbot.waitUntil(lambda: gc.get_freeze_count() > 10_000, timeout=5_000)
        assert not gc.isenabled()  # not by whatever thread happens to allocate
    finally:
        joined.close()
    assert not gc.isenabled()  # the widgets are still to be destroyed
    assert gc.get_freeze_count() == 0
