"""Everything a developer does, on a fresh machine: ``python3 packaging/dev.py VERB``.

run     make the surroundings, then open the program (without a display: play the tour off screen)
test    make the surroundings, then format, lint, types, import law and all tests
check   format, lint and types only
bench   the benchmarks, as a table of figure, floor, ratio and bar
lock    work out packaging/requirements.lock anew from pyproject.toml

Only the standard library is used. This file itself must still be readable by an old Python, so that
one clear sentence can be said there.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the sentence is for whoever has less
    sys.stderr.write(
        "dev.py: Python 3.11 or newer is needed and this is Python %d.%d: "  # noqa: UP031
        "install a newer one and give the same command with it.\n" % sys.version_info[:2]
    )
    sys.exit(2)

import argparse
import os
import subprocess
from pathlib import Path

import ground
import locking
import system
from trouble import TroubleError

ROOT = Path(__file__).resolve().parent.parent
TOUR_FOLDER = ROOT / "out" / "tour"


def main(arguments: list[str] | None = None) -> int:
    """Do one verb; a failure of the surroundings is one sentence and exit code 2."""
    verbs = {"run": run, "test": test, "check": check, "bench": bench, "lock": lock}
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=verbs)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed on to the program or to pytest")
    chosen = parser.parse_args(arguments)
    try:
        return verbs[chosen.verb](chosen.rest)
    except TroubleError as trouble:
        print(f"dev.py: {trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def run(rest: list[str]) -> int:
    """Open the program; where there is no display, play the tour and say where its papers are."""
    python = prepare()
    if rest or has_display():
        return call([python, "-m", "app", *rest])
    print("There is no display here, so the tour is played off screen.", flush=True)
    code = call([python, "-m", "app", "tour", "--out", str(TOUR_FOLDER)], offscreen())
    if code == 0:
        print(f"Pictures (*.png), papers (*.pdf), the data folder and tour.json are in {TOUR_FOLDER}")
    return code


def test(rest: list[str]) -> int:
    """Run the whole test command. What follows the verb goes to pytest (a path, ``-k word``)."""
    python = prepare()
    failed = checks(python)
    # One more than cores: some tests wait for the disk or a clock. Who is done first takes from the others.
    workers = [] if rest else ["-n", "3", "--dist", "worksteal"]
    failed |= call([python, "-m", "pytest", *workers, *rest], offscreen()) != 0
    if failed:
        print("dev.py: something above failed.", file=sys.stderr)
    return int(failed)


def check(rest: list[str]) -> int:
    """Format, lint and types."""
    _refuse(rest)
    return int(checks(prepare()))


def bench(rest: list[str]) -> int:
    """Run the benchmarks one after the other and print each figure beside its floor."""
    python = prepare()
    command = [python, "-m", "pytest", "tests/bench", "--benchmark-enable", "--benchmark-only", *rest]
    return call(command, offscreen())


def lock(rest: list[str]) -> int:
    """Work out the lock file anew."""
    _refuse(rest)
    locking.write(prepare(), ROOT)
    return 0


def prepare() -> str:
    """Bring system libraries and ``.venv`` up to date, at no cost where they are, and name its Python."""
    system.provide()
    return str(ground.provide(ROOT))


def checks(python: str) -> bool:
    """Run every check to its end, so that one run tells everything; true when one failed."""
    commands = (
        ["ruff", "format", "--check", "--quiet", "."],
        ["ruff", "check", "--quiet", "."],
        ["mypy"],
    )
    failed = [" ".join(command) for command in commands if call([python, "-m", *command]) != 0]
    for name in failed:
        print(f"dev.py: {name} found something.", file=sys.stderr)
    return bool(failed)


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    """Surroundings that draw the same on every machine."""
    return {"QT_QPA_PLATFORM": "offscreen", "TUODEHAO_FONT": "bundled", "TUODEHAO_PRINTER": "none"}


def call(command: list[str], extra: dict[str, str] | None = None) -> int:
    """Run a command from the root of the repository."""
    sys.stdout.flush()
    return subprocess.call(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **(extra or {})})


def _refuse(rest: list[str]) -> None:
    if rest:
        msg = f"this verb takes nothing more, but was given: {' '.join(rest)}"
        raise TroubleError(msg)


if __name__ == "__main__":
    sys.exit(main())
