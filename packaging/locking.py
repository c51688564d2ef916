"""Works out the lock file: versions and hashes of the files of every platform, and no addresses."""

import os
import re
import subprocess
import tempfile
import tomllib
from pathlib import Path

from trouble import TroubleError

HEAD = """\
# Every package of the program and of its tests, with the hashes of its files for all platforms.
# Made by: python3 packaging/dev.py lock
"""
# Needed on Windows only (by qrcode, pytest and build): resolving on Linux would leave it out.
WINDOWS_ONLY = ("colorama",)


def write(python: str, root: Path) -> None:
    """Resolve pyproject.toml with pip-tools against pip's own default index and write the lock file.

    The settings of this machine's pip (extra indexes, constraints, local folders) must not colour the result,
    so they are hidden from it, all but certificate and proxy.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [line.split(";")[0].strip() for line in wanted]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "wanted.in"
        result = Path(folder) / "found.txt"
        source.write_text("\n".join([*names, *WINDOWS_ONLY]) + "\n", encoding="utf-8")
        _compile(python, source, result)
        text = result.read_text(encoding="utf-8")
    (root / "packaging" / "requirements.lock").write_text(HEAD + _with_markers(text), encoding="utf-8")


def _compile(python: str, source: Path, result: Path) -> None:
    options = (
        "--generate-hashes",
        "--allow-unsafe",
        "--strip-extras",
        "--no-config",
        "--no-header",
        "--no-annotate",
        "--quiet",
        "--rebuild",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-emit-trusted-host",
        "--no-emit-options",
    )
    kept = ("PIP_CERT", "PIP_PROXY", "PIP_DEFAULT_TIMEOUT")
    clean = {name: value for name, value in os.environ.items() if name in kept or not name.startswith("PIP_")}
    clean["PIP_CONFIG_FILE"] = os.devnull
    command = [python, "-m", "piptools", "compile", *options, "--output-file", str(result), str(source)]
    if subprocess.call(command, env=clean, cwd=source.parent) != 0:
        msg = "the lock file could not be worked out (pip-tools' reason is above); it is as it was."
        raise TroubleError(msg)


def _with_markers(text: str) -> str:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    name = "|".join(WINDOWS_ONLY)
    pattern = re.compile(rf"^((?:{name})==[^\s;]+) ")
    return "\n".join(pattern.sub(r'\1 ; sys_platform == "win32" ', line) for line in lines).strip() + "\n"
