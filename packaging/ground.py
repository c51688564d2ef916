"""The virtual environment: made once, brought up to the lock file, and left alone when nothing changed."""

import errno
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from trouble import TroubleError

LOCK = Path("packaging") / "requirements.lock"
# What pip says, and what that means to a person; the first that fits wins.
_SENTENCES = (
    (("No space left on device", "not enough space"), "the disk is full: free about 1 GB and try again."),
    (
        (
            "NewConnectionError",
            "NameResolutionError",
            "Temporary failure in name resolution",
            "Network is unreachable",
            "ConnectTimeoutError",
            "Read timed out",
            "ProxyError",
            "Connection aborted",
            "ConnectionResetError",
        ),
        "the package index cannot be reached: see to the network (or to pip's proxy settings) and try again.",
    ),
    (
        ("DO NOT MATCH THE HASHES",),
        "a downloaded package is not the one the lock file names: empty pip's cache and try again.",
    ),
    (
        ("No matching distribution found", "Could not find a version"),
        "the package index has no build of a locked package for this system and Python: use Python 3.11 "
        "to 3.14 on 64-bit Linux, Windows or macOS, or see to pip's index settings.",
    ),
    (
        ("Permission denied", "Access is denied"),
        "the folder of the repository cannot be written to: see to its rights.",
    ),
)


def provide(root: Path) -> Path:
    """Return the Python of ``.venv``, after making and filling it where it is not up to date."""
    venv = root / ".venv"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = venv / "stamp.json"
    wanted = _fingerprint(root)
    if _read(stamp) == wanted and python.exists():
        return python
    try:
        if not _usable(venv, python):
            _make(venv)
        stamp.unlink(missing_ok=True)
        log = venv / "pip.log"
        log.unlink(missing_ok=True)
        _pip(python, log, ["install", "--require-hashes", "--requirement", str(root / LOCK)])
        own = ["install", "--no-deps", "--no-index", "--no-build-isolation", "--editable", str(root)]
        _pip(python, log, own)
        stamp.write_text(json.dumps(wanted), encoding="utf-8")
    except OSError as error:
        raise TroubleError(_sentence_for(error, root)) from error
    return python


def _fingerprint(root: Path) -> dict[str, str]:
    digest = hashlib.sha256()
    for name in (LOCK, Path("pyproject.toml")):
        digest.update((root / name).read_bytes())
    return {"digest": digest.hexdigest(), "python": platform.python_version(), "place": str(root)}


def _read(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _usable(venv: Path, python: Path) -> bool:
    """Whether the environment there is of this Python, in this place, and has pip."""
    try:
        said = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    if platform.python_version() not in said or not python.exists():
        return False
    return (
        subprocess.run([python, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0
    )


def _make(venv: Path) -> None:
    print("Making .venv …", flush=True)
    if Path(sys.prefix).resolve() == venv.resolve():
        msg = "this Python is that of an outdated .venv: give the command with the system's python3 instead."
        raise TroubleError(msg)
    shutil.rmtree(venv, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", venv], check=False, capture_output=True, text=True)
    if made.returncode != 0:
        said = made.stdout + made.stderr
        sentence = next((words for signs, words in _SENTENCES if any(sign in said for sign in signs)), None)
        last = (said.strip().splitlines() or ["no reason given"])[-1]
        msg = sentence or f"python -m venv failed: {last}"
        raise TroubleError(msg)


def _pip(python: Path, log: Path, arguments: list[str]) -> None:
    """Run pip: show what it fetches, keep all it says in the log, raise its failure as a sentence."""
    command = [
        str(python),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        *arguments,
        "--progress-bar",
        "off",
    ]
    said = []
    with (
        log.open("a", encoding="utf-8") as kept,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "PYTHONUTF8": "1"},
        ) as process,
    ):
        for line in process.stdout or ():
            said.append(line)
            kept.write(line)
            if line.startswith("Collecting "):
                print("  " + line.split(" (from")[0].removeprefix("Collecting ").rstrip(), flush=True)
    if process.returncode != 0:
        text = "".join(said)
        sentence = next((words for signs, words in _SENTENCES if any(sign in text for sign in signs)), None)
        errors = [line.strip() for line in said if line.startswith("ERROR")] or ["no reason given"]
        msg = f"{sentence or errors[0]} (All that pip said: {log})"
        raise TroubleError(msg)


def _sentence_for(error: OSError, root: Path) -> str:
    if error.errno == errno.ENOSPC:
        return "the disk is full: free about 1 GB and try again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{root} cannot be written to: see to the rights of the folder, or clone it to another place."
    return f"the folder .venv could not be made: {error.strerror or error}."
