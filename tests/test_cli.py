"""The command line: what it understands, what it says, and its exit codes."""

import contextlib
import os
import sqlite3
import subprocess
import sys

import pytest

import app
from app import cli
from app.domain.errors import RuleError
from app.paths import Places
from app.store import errors
from tests.house import ROOT


@pytest.fixture
def opened(monkeypatch):
    """Catch the window that would open."""
    calls = []
    monkeypatch.setattr(cli, "_window", lambda places, **rest: calls.append((places, rest)) or 0)
    return calls


def test_no_verb_opens_the_window_on_the_given_folder(opened, tmp_path):
    assert cli.main(["--data", str(tmp_path)]) == cli.OK
    assert opened == [(Places(tmp_path), {"practice": False, "theme": None})]


def test_practice_and_theme_are_handed_on(opened, tmp_path):
    assert cli.main(["practice", "--data", str(tmp_path), "--theme", "dark"]) == cli.OK
    assert opened == [(Places(tmp_path), {"practice": True, "theme": "dark"})]


def test_without_a_folder_it_is_the_platforms_own(opened):
    cli.main([])
    assert opened[0][0].data.name == "Tuodehao"
    assert opened[0][0].data.is_absolute()


@pytest.mark.parametrize(
    "words", [["dance"], ["--frobnicate"], ["practice", "tour"], ["restore", "a", "b"], ["--theme", "pink"]]
)
def test_a_command_it_cannot_read_is_one_chinese_sentence_and_2(words, capsys):
    assert cli.main(words) == cli.MEND
    said = capsys.readouterr().err
    assert said.startswith("看不懂这条命令")
    assert said.count("\n") == 1


def test_help_names_every_verb(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == cli.OK
    said = capsys.readouterr().out
    assert all(
        word in said for word in ("practice", "tour", "self-test", "restore", "--data", "--theme", "退出码")
    )


def test_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"托得好 {app.__version__}\n"


def test_a_tour_without_a_place_for_its_papers_says_so(capsys):
    assert cli.main(["tour"]) == cli.MEND
    assert "--out" in capsys.readouterr().err


def test_a_tour_into_a_folder_that_cannot_be_written_is_one_sentence_and_2(tmp_path, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert cli.main(["tour", "--out", str(tmp_path / "file" / "tour")]) == cli.MEND
    said = capsys.readouterr().err
    assert said.startswith("无法写入演示文件夹")
    assert "--out" in said
    assert said.count("\n") == 1


def test_restore_puts_the_copy_in_place_and_says_where_the_file_before_is(practice_file, tmp_path, capsys):
    copy = tmp_path / "copy.sqlite3"
    with contextlib.closing(sqlite3.connect(practice_file)) as file, file:
        file.execute("pragma journal_mode = delete")
        file.execute("update centre set practice = 0")
    copy.write_bytes(practice_file.read_bytes())
    practice_file.write_bytes(b"broken")
    assert cli.main(["restore", str(copy), "--data", str(practice_file.parent)]) == cli.OK
    said = capsys.readouterr()
    assert said.out.startswith("已恢复")
    assert said.err == ""
    (aside,) = practice_file.parent.glob("aside-*")
    assert str(aside) in said.out
    assert (aside / practice_file.name).read_bytes() == b"broken"
    assert practice_file.stat().st_size > len(b"broken")


def test_restore_refuses_while_the_file_is_in_use_with_3(database, tmp_path, capsys):
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(database.path.read_bytes())
    assert cli.main(["restore", str(copy), "--data", str(database.path.parent)]) == cli.IN_USE
    assert "另一个托得好窗口" in capsys.readouterr().err
    assert not list(database.path.parent.glob("aside-*"))


@pytest.mark.parametrize("words", [[], ["nothing.sqlite3"]])
def test_restore_without_a_copy_says_so(words, tmp_path, capsys):
    assert cli.main(["restore", *words, "--data", str(tmp_path)]) == cli.MEND
    said = capsys.readouterr().err
    assert "备份" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.FileInUseError("数据文件正被使用。"), cli.IN_USE),
        (errors.DiskFullError("磁盘空间不足。"), cli.MEND),
        (RuleError("不行。"), cli.MEND),
    ],
)
def test_a_spoken_error_is_its_sentence_and_a_code(error, code, monkeypatch, capsys):
    def fail(*_args, **_rest):
        raise error

    monkeypatch.setattr(cli, "_window", fail)
    assert cli.main([]) == code
    assert capsys.readouterr().err == error.sentence + "\n"


def test_chinese_comes_out_in_a_bare_locale():
    """A terminal that knows ASCII only must not turn a sentence into a crash."""
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))
    }
    run = subprocess.run(
        [sys.executable, "-m", "app", "dance"],
        cwd=ROOT,
        env={**bare, "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        check=False,
    )
    assert run.returncode == cli.MEND
    assert "看不懂这条命令：tuodehao dance" in run.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["practice", "--out", "x"], "--out"),
        (["--out", "x"], "--out"),
        (["self-test", "--data", "x"], "--data"),
        (["self-test", "--theme", "dark"], "--theme"),
        (["tour", "--out", "x", "--data", "y"], "--data"),
        (["tour", "--out", "x", "--theme", "dark"], "--theme"),
        (["restore", "a", "--out", "x"], "--out"),
        (["restore", "a", "--theme", "dark"], "--theme"),
        (["--data="], "--data"),
        (["practice", "--data", ""], "--data"),
        (["tour", "--out="], "--out"),
        (["restore", ""], "restore"),
    ],
)
def test_an_option_of_another_verb_and_an_empty_path_are_refused(
    words, option, capsys, opened, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == cli.MEND
    said = capsys.readouterr().err
    assert option in said
    assert said.count("\n") == 1
    assert (opened, list(tmp_path.iterdir())) == ([], [])
