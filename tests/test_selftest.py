"""The self-test of an installation, as the installed program runs it."""

import os
import subprocess
import sys

from app import selftest
from tests.house import ROOT


def test_it_does_its_job_and_says_so():
    assert selftest.run().startswith("自检通过")


def test_the_verb_ends_with_0_and_leaves_nothing_behind(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "app", "self-test"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("自检通过")
    assert list(tmp_path.iterdir()) == []
