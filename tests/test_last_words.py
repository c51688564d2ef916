"""A process that Qt ends says why, though everything it prints is captured."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DYING = """
from PySide6.QtCore import QThread, qWarning

def test_that_lives():
    pass

def test_that_dies(qapp):
    qWarning("the roof leaks")
    thread = QThread()
    thread.start()
    del thread
"""


@pytest.mark.parametrize("workers", ["0", "1"])
def test_the_words_of_a_process_that_dies_are_told(tmp_path, workers):
    file = tmp_path / "test_house.py"
    file.write_text(DYING)
    (tmp_path / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\n")
    plugins = ("-p", "tests.last_words", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", "-n", workers, *plugins]
    done = subprocess.run(
        [*command, f"--rootdir={tmp_path}", "-c", str(tmp_path / "pytest.ini"), str(file)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode != 0
    assert "Qt ends the process in test_house.py::test_that_dies: QThread: Destroyed while" in done.stderr
    assert "Fatal Python error: Aborted" in done.stderr
    assert "the roof leaks" not in done.stderr
