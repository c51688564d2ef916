"""The command line. No argument opens the window; a verb does one job.

Exit codes: 0 done, 1 our own bug, 2 a command or surroundings that need mending, 3 the file is in use by
another start of the program.
"""

import argparse
import sys
from pathlib import Path
from typing import NoReturn

import app
from app.paths import Places, default_data_folder

OK, MEND, IN_USE = 0, 2, 3

HELP = """\
托得好 {version} · 一家托育机构的前台、班级、交接与收据

用法：
  tuodehao                    打开窗口，使用本机的数据文件夹
  tuodehao practice           打开练习中心（向阳托育中心），真实数据不受影响
  tuodehao tour --out 文件夹  自动演示 2025 年 12 月 3 日的一天，留下截图与单据
  tuodehao self-test          自检：新建文件、办一次入园、出一张单据
  tuodehao restore 备份文件   用备份换下数据文件（先关闭程序）；原来的文件移到旁边，不会删除

选项：
  --data 文件夹               改用另一个数据文件夹
  --theme light|dark          浅色或深色界面
  --version                   显示版本
  --help                      显示本说明

退出码：0 完成；1 程序出错；2 命令或环境需要处理；3 数据文件正被使用
"""


# What each verb takes; None is no verb at all.
_TAKES = {
    None: {"--data", "--theme"},
    "practice": {"--data", "--theme"},
    "tour": {"--out"},
    "self-test": set(),
    "restore": {"--data", "restore"},
}


class Parser(argparse.ArgumentParser):
    """Speaks Chinese in both of its cases: help and a command it cannot read."""

    def format_help(self) -> str:
        """The whole help, as written above."""
        return HELP.format(version=app.__version__)

    def error(self, message: str) -> NoReturn:
        """Say that the command was not understood; argparse's own English reason is left out."""
        given = " ".join(sys.argv[1:])
        print(f"看不懂这条命令：tuodehao {given}。用 tuodehao --help 查看用法。", file=sys.stderr)
        raise SystemExit(MEND)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.copy is not None and chosen.verb != "restore":
        parser.error("only restore takes a file")
    _refuse_misplaced(chosen)
    from app.domain.errors import SpokenError

    try:
        data = default_data_folder() if chosen.data is None else Path(chosen.data)
        places = Places(data.expanduser().absolute())
        match chosen.verb:
            case "tour":
                return _tour(None if chosen.out is None else Path(chosen.out))
            case "self-test":
                return _self_test()
            case "restore":
                return _restore(None if chosen.copy is None else Path(chosen.copy), places)
            case _:
                return _window(places, practice=chosen.verb == "practice", theme=chosen.theme)
    except SpokenError as error:
        from app.store.errors import FileInUseError

        print(error.sentence, file=sys.stderr)
        return IN_USE if isinstance(error, FileInUseError) else MEND


def _parser() -> Parser:
    parser = Parser(prog="tuodehao", allow_abbrev=False)
    parser.add_argument("verb", nargs="?", choices=["practice", "tour", "self-test", "restore"])
    # Kept as text: an empty path would silently become the folder one stands in.
    parser.add_argument("copy", nargs="?")
    parser.add_argument("--data")
    parser.add_argument("--out")
    parser.add_argument("--theme", choices=["light", "dark"])
    parser.add_argument("--version", action="version", version=f"托得好 {app.__version__}")
    return parser


def _refuse_misplaced(chosen: argparse.Namespace) -> None:
    """End with a sentence where an option would have no effect, or a path is empty."""
    given = {"--data": chosen.data, "--out": chosen.out, "--theme": chosen.theme, "restore": chosen.copy}
    for option, value in given.items():
        if value is None:
            continue
        said = ""
        if option not in _TAKES[chosen.verb]:
            verb = f"tuodehao {chosen.verb}" if chosen.verb else "tuodehao"
            said = f"{verb} 不用 {option}"
        elif not str(value).strip():
            said = f"{option} 后面没有写路径"
        if said:
            print(f"{said}。用 tuodehao --help 查看用法。", file=sys.stderr)
            raise SystemExit(MEND)


def _window(places: Places, *, practice: bool, theme: str | None) -> int:
    from app.main import open_window

    return open_window(places, practice=practice, theme=theme)


def _tour(out: Path | None) -> int:
    if out is None:
        print("请说明把演示的结果放在哪里，例如：tuodehao tour --out 演示", file=sys.stderr)
        return MEND
    folder = out.expanduser().absolute()
    if not _can_write(folder):
        print(
            f"无法写入演示文件夹：{folder}。请检查写入权限和磁盘空间，或用 --out 换一个文件夹。",
            file=sys.stderr,
        )
        return MEND
    from app.main import play_tour

    print(play_tour(folder))
    return OK


def _can_write(folder: Path) -> bool:
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _restore(copy: Path | None, places: Places) -> int:
    if copy is None:
        print("请说明用哪个备份恢复，例如：tuodehao restore backups/centre-….sqlite3", file=sys.stderr)
        return MEND
    import datetime as dt

    from app.practice import ZONE
    from app.services.safekeeping import restore_file

    found = copy.expanduser().absolute()
    print(restore_file(found, places.centre_file, lambda: dt.datetime.now(ZONE)))
    return OK


def _self_test() -> int:
    from app.selftest import run

    said = run()
    print(said)
    return OK


def _speak_utf8() -> None:
    """A Windows console or a C locale must not turn a Chinese sentence into an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
