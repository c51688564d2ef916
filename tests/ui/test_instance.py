"""One window for one data folder."""

import shutil
import subprocess
import sys

import pytest

from app.ui.instance import Instance
from tests.house import ROOT

# A second start in a process of its own: its exit code says what it found.
SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.instance import Instance
application = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
sys.exit(10 if instance.claim() else 11 if instance.call_other() else 12)
"""


def second_start(folder):
    return subprocess.Popen([sys.executable, "-c", SECOND, str(folder)], cwd=ROOT)


@pytest.fixture
def first(qapp, tmp_path):
    instance = Instance(tmp_path)
    assert instance.claim()
    yield instance
    instance.release()


def test_a_second_start_calls_the_first_window_to_the_front(first, qtbot, tmp_path):
    first.listen()
    with qtbot.waitSignal(first.called, timeout=10_000):
        process = second_start(tmp_path)
    assert process.wait(10) == 11


def test_it_is_patient_with_a_window_that_is_still_starting(first, qtbot, tmp_path):
    with qtbot.waitSignal(first.called, timeout=10_000):
        process = second_start(tmp_path)
        qtbot.wait(700)
        first.listen()
    assert process.wait(10) == 11


def test_other_folders_are_other_centres(first, tmp_path):
    assert second_start(tmp_path / "other").wait(10) == 10


def test_a_holder_that_does_not_listen_is_told_apart(first, tmp_path):
    assert second_start(tmp_path).wait(20) == 12
    assert list((tmp_path / "cache" / "calls").iterdir()) == [], "a later window is not called by it"


def test_a_cache_that_was_cleared_costs_no_call(first, qtbot, tmp_path):
    first.listen()
    calls = tmp_path / "cache" / "calls"
    shutil.rmtree(tmp_path / "cache")
    qtbot.waitUntil(calls.is_dir, timeout=10_000)
    with qtbot.waitSignal(first.called, timeout=10_000):
        process = second_start(tmp_path)
    assert process.wait(10) == 11


def test_of_what_is_no_folder_nothing_is_watched(qapp, qtbot, tmp_path, capfd):
    (tmp_path / "file").write_text("")
    instance = Instance(tmp_path / "file")
    instance.listen()
    assert instance._watcher.directories() == []
    assert capfd.readouterr().err == ""
    instance.release()


def test_each_call_is_heard(first, qtbot, tmp_path):
    first.listen()
    for _ in range(2):
        with qtbot.waitSignal(first.called, timeout=10_000):
            process = second_start(tmp_path)
        assert process.wait(10) == 11


def test_no_network_library_is_loaded_for_it(first, tmp_path):
    told = subprocess.run(
        [sys.executable, "-c", f"{SECOND[: SECOND.index('sys.exit')]}instance.claim(); instance.listen()\n"
         "print([name for name in sys.modules if 'Network' in name or name == '_hashlib'])",
         str(tmp_path / "other")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "[]"


def test_after_the_end_the_folder_is_free(first, tmp_path):
    first.release()
    assert second_start(tmp_path).wait(10) == 10


def test_a_lock_left_by_a_crash_holds_nobody_up(qapp, tmp_path):
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            SECOND.replace("sys.exit(", "print(", 1) + "\nimport os\nos._exit(9)",
            str(tmp_path),
        ],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    assert process.wait(10) == 9
    assert (tmp_path / "window.lock").exists()
    instance = Instance(tmp_path)
    assert instance.claim()
    instance.release()


OTHER_COMPUTER = (
    b"4711\npython\nanother\n00000000000000000000000000000000\n00000000-0000-0000-0000-000000000000\n"
)


@pytest.mark.parametrize("mark", [OTHER_COMPUTER, b"", b"\0" * 90])
def test_a_mark_that_nobody_stands_behind_can_be_taken_over(qapp, tmp_path, mark):
    (tmp_path / "window.lock").write_bytes(mark)
    instance = Instance(tmp_path)
    assert not instance.claim()
    assert instance.seize()
    assert second_start(tmp_path).wait(20) == 12, "it is a claim as any other"
    instance.release()


def test_a_folder_in_place_of_the_mark_is_taken_away_where_it_is_empty(qapp, tmp_path):
    (tmp_path / "window.lock").mkdir()
    instance = Instance(tmp_path)
    assert instance.seize()
    instance.release()
    (tmp_path / "window.lock").mkdir()
    (tmp_path / "window.lock" / "kept").touch()
    assert not Instance(tmp_path).seize()
