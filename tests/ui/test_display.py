"""A machine without a screen that can be used: a sentence and an exit code, no core dump."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import qWarning

from app.ui.display import on_display
from tests.house import ROOT

DEAD = ({"DISPLAY": ":97"}, {"DISPLAY": "localhost:97"}, {"QT_QPA_PLATFORM": "no such"})


@pytest.mark.parametrize("screen", DEAD, ids=lambda screen: "".join(screen.values()))
@pytest.mark.parametrize("verb", [(), ("practice",), ("tour",)])
def test_without_a_screen_every_start_ends_with_a_sentence_that_says_what_to_do(tmp_path, verb, screen):
    own = {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"}
    env = {name: value for name, value in os.environ.items() if name not in own}
    where = ("--out" if verb == ("tour",) else "--data", str(tmp_path / "here"))
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "app", *verb, *where],
        cwd=ROOT,
        env={**env, **screen, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (run.returncode, run.stdout) == (2, "")
    (said,) = run.stderr.splitlines()
    assert said.startswith("打不开窗口：连不上屏幕")
    assert not (tmp_path / "here" / "centre.sqlite3").exists(), "nothing was opened yet"


def test_what_qt_says_while_it_starts_is_said_once_it_stands(qapp, capsys):
    assert on_display(lambda: qWarning("a word") or 7) == 7
    assert capsys.readouterr().err == "a word\n"
