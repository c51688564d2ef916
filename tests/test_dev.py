"""The developer's command: each failure of the surroundings is one clear sentence."""

import ast
import errno
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.house import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
try:
    import dev
    import ground
    import locking
    import system
    from trouble import TroubleError
finally:
    sys.path.pop(0)


@pytest.fixture
def repository(tmp_path):
    """A folder with a lock file and a stamped environment."""
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    python = tmp_path / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    python.parent.mkdir(parents=True)
    python.write_text("", encoding="utf-8")
    (tmp_path / ".venv" / "stamp.json").write_text(
        json.dumps(ground._fingerprint(tmp_path)), encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def fake_pip(monkeypatch, repository):
    """Let pip say something and fail; the environment is taken for usable."""
    monkeypatch.setattr(ground, "_usable", lambda *_: True)
    (repository / ".venv" / "stamp.json").unlink()

    def say(words):
        class Process:
            def __init__(self, *_args, **_rest):
                self.stdout = iter([words + "\n"])
                self.returncode = 1

            def __enter__(self):
                return self

            def __exit__(self, *_):
                return None

        monkeypatch.setattr(ground.subprocess, "Popen", Process)

    return say


def one_sentence(error):
    words = str(error.value)
    assert "\n" not in words
    assert "Traceback" not in words
    return words


def test_nothing_to_do_calls_nobody(repository, monkeypatch):
    monkeypatch.setattr(subprocess, "run", pytest.fail)
    monkeypatch.setattr(subprocess, "Popen", pytest.fail)
    assert ground.provide(repository).exists()


def test_a_changed_lock_file_is_noticed(repository, fake_pip):
    fake_pip("ERROR: something new")
    (repository / "packaging" / "requirements.lock").write_text("a==2\n", encoding="utf-8")
    with pytest.raises(TroubleError) as error:
        ground.provide(repository)
    assert one_sentence(error).startswith("ERROR: something new")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("NewConnectionError('<pip._vendor>: Failed to establish')", "cannot be reached"),
        ("Temporary failure in name resolution", "cannot be reached"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        (
            "THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "not the one the lock file names",
        ),
        ("ERROR: No matching distribution found for pyside6-essentials==6", "no build"),
        ("[Errno 13] Permission denied: '.venv'", "cannot be written"),
    ],
)
def test_what_pip_says_becomes_a_sentence(said, words, repository, fake_pip):
    fake_pip(said)
    with pytest.raises(TroubleError) as error:
        ground.provide(repository)
    assert words in one_sentence(error)
    assert said in (repository / ".venv" / "pip.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "cannot be written"), (errno.EIO, "could not")],
)
def test_a_failing_disk_is_a_sentence(number, words, repository, monkeypatch):
    (repository / ".venv" / "stamp.json").unlink()

    def fail(*_):
        raise OSError(number, "it failed")

    monkeypatch.setattr(ground, "_usable", fail)
    with pytest.raises(TroubleError) as error:
        ground.provide(repository)
    assert words in one_sentence(error)


@pytest.fixture
def bare_debian(monkeypatch):
    """A Linux with glibc and apt on which one library is missing."""
    monkeypatch.setattr(system.sys, "platform", "linux")
    monkeypatch.setattr(system.platform, "libc_ver", lambda: ("glibc", "2.36"))
    monkeypatch.setattr(system, "_loads", lambda soname: soname != "libEGL.so.1")
    monkeypatch.setattr(
        system.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None
    )
    monkeypatch.setattr(system, "_has_lists", lambda: True)
    calls = []
    monkeypatch.setattr(system, "_apt", lambda prefix, command: calls.append([*prefix, *command]) or 0)
    return calls


def test_without_rights_the_exact_line_is_given(bare_debian, monkeypatch):
    monkeypatch.setattr(system.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(TroubleError) as error:
        system.provide()
    said = one_sentence(error)
    assert said.endswith("sudo apt-get install -y --no-install-recommends -o Dpkg::Use-Pty=0 libegl1")
    assert bare_debian == []


def test_root_installs_only_what_is_missing(bare_debian, monkeypatch):
    monkeypatch.setattr(system.os, "geteuid", lambda: 0, raising=False)
    system.provide()
    assert [call[:2] for call in bare_debian] == [["apt-get", "install"]]
    assert bare_debian[0][-1] == "libegl1"


def test_stale_package_lists_are_renewed_once(bare_debian, monkeypatch):
    monkeypatch.setattr(system.os, "geteuid", lambda: 0, raising=False)
    results = iter([100, 0, 0])
    calls = []
    monkeypatch.setattr(system, "_apt", lambda _prefix, command: calls.append(command[1]) or next(results))
    system.provide()
    assert calls == ["install", "update", "install"]


def test_another_linux_is_told_what_is_missing(bare_debian, monkeypatch):
    monkeypatch.setattr(system.shutil, "which", lambda _: None)
    with pytest.raises(TroubleError) as error:
        system.provide()
    assert "libEGL.so.1" in one_sentence(error)


def test_nothing_missing_asks_nobody(bare_debian, monkeypatch):
    monkeypatch.setattr(system, "_loads", lambda _: True)
    system.provide()
    assert bare_debian == []


@pytest.mark.parametrize(("libc", "words"), [(("glibc", "2.31"), "2.34"), (("", ""), "musl")])
def test_an_old_or_other_libc_is_named(libc, words, bare_debian, monkeypatch):
    monkeypatch.setattr(system.platform, "libc_ver", lambda: libc)
    with pytest.raises(TroubleError) as error:
        system.provide()
    assert words in one_sentence(error)


def test_the_command_ends_with_2_and_the_sentence(monkeypatch, capsys):
    def fail():
        raise TroubleError("no network")

    monkeypatch.setattr(dev, "prepare", fail)
    assert dev.main(["test"]) == 2
    assert capsys.readouterr().err == "dev.py: no network\n"


def test_without_a_display_run_plays_the_tour_and_says_where(monkeypatch, capsys):
    calls = []
    monkeypatch.setattr(dev, "prepare", lambda: "python")
    monkeypatch.setattr(dev, "has_display", lambda: False)
    monkeypatch.setattr(dev, "call", lambda command, extra=None: calls.append((command, extra)) or 0)
    assert dev.main(["run"]) == 0
    ((command, extra),) = calls
    assert command[:5] == ["python", "-m", "app", "tour", "--out"]
    assert extra["QT_QPA_PLATFORM"] == "offscreen"
    assert command[5] in capsys.readouterr().out


def test_every_check_runs_although_the_first_one_failed(monkeypatch):
    calls = []
    monkeypatch.setattr(
        dev, "call", lambda command, _extra=None: calls.append(command[2]) or int(len(calls) == 1)
    )
    assert dev.checks("python") is True
    assert calls == ["ruff", "ruff", "mypy"]


def test_ci_gives_the_developers_own_command():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert [line for line in lines if "python3" in line] == ["exec python3 packaging/dev.py test"]


def test_the_lock_file_is_made_without_this_machines_settings(monkeypatch, tmp_path):
    """Extra indexes and constraints of pip's settings must not reach the lock file; certificates must."""
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "file:///somewhere")
    monkeypatch.setenv("PIP_CERT", "bundle.pem")
    seen = {}

    def compile_(command, env, cwd):
        seen.update(env=env, names=Path(command[-1]).read_text(encoding="utf-8").split())
        Path(command[-2]).write_text(
            "colorama==1 \\\n    --hash=sha256:0\n\n# unsafe\npip==2 \\\n", encoding="utf-8"
        )
        return 0

    monkeypatch.setattr(locking, "subprocess", SimpleNamespace(call=compile_))
    (tmp_path / "packaging").mkdir()
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    locking.write("python", tmp_path)
    assert "PIP_EXTRA_INDEX_URL" not in seen["env"]
    assert seen["env"]["PIP_CERT"] == "bundle.pem"
    assert {"colorama", "tzdata"} <= set(seen["names"])
    written = (tmp_path / "packaging" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in written if not line.startswith("#")] == [
        'colorama==1 ; sys_platform == "win32" \\',
        "    --hash=sha256:0",
        "pip==2 \\",
    ]


def test_an_older_python_is_told_which_one_is_needed():
    """The file itself is read by the older one: its head must be plain enough, and end there."""
    source = (ROOT / "packaging" / "dev.py").read_text(encoding="utf-8")
    head = source[: source.index("import argparse")]
    asked = "import sys; sys.version_info = (3, 8, 10); "
    run = subprocess.run(
        [sys.executable, "-c", asked + f"exec(compile({head!r}, 'dev.py', 'exec'))"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr == (
        "dev.py: Python 3.11 or newer is needed and this is Python 3.8: "
        "install a newer one and give the same command with it.\n"
    )
    ast.parse(source, feature_version=(3, 7))
