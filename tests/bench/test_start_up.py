"""From the command to a usable desk, and what it takes to stay there."""

import os
import subprocess
import sys

from tests.bench.ratio import Figure, in_turn, report
from tests.house import ROOT


def compiled():
    """The surroundings of an installed program, whose modules are compiled once and kept."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def spoken(*words):
    """Run one of the processes to its end; return the resident memory it told, in MB."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.processes", *map(str, words)],
        cwd=ROOT,
        env=compiled(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.stdout.startswith("ready "), run.stderr
    return float(run.stdout.split()[1])


def test_start_to_a_usable_desk(benchmark, figures, practice_file):
    folder = practice_file.parent
    spoken("keep")  # as after the first start of an installed program
    spoken("desk", folder)  # compiled once, read from the disk once: both are warm from here on
    timed = in_turn(benchmark, lambda: spoken("desk", folder), lambda: spoken("bare"), rounds=9)
    if timed:
        report(figures, Figure("start to a usable desk / bare window", timed[0], "ms", 2.2, timed[1]))


def test_resident_memory_after_every_room(benchmark, figures, practice_file):
    megabytes = benchmark.pedantic(lambda: spoken("rooms", practice_file.parent), rounds=1)
    if not benchmark.disabled:
        report(figures, Figure("resident memory after every room", megabytes, "MB", 160))
