"""What the command line accepts: its words, its help and its refusals.

Apart from ``app.cli`` because a start without a word, the one of every morning, needs none of it: argparse
alone is a dozen milliseconds.
"""

import argparse
from typing import NoReturn

import app
from app.cli import Command
from app.domain.errors import SpokenError

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

    def __init__(self, given: list[str]) -> None:
        super().__init__(prog="tuodehao", allow_abbrev=False)
        self._given = " ".join(given)
        self.add_argument("verb", nargs="?", choices=["practice", "tour", "self-test", "restore"])
        # Kept as text: an empty path would silently become the folder one stands in.
        self.add_argument("copy", nargs="?")
        self.add_argument("--data")
        self.add_argument("--out")
        self.add_argument("--theme", choices=["light", "dark"])
        self.add_argument("--version", action="version", version=f"托得好 {app.__version__}")

    def format_help(self) -> str:
        """The whole help, as written above."""
        return HELP.format(version=app.__version__)

    def error(self, message: str) -> NoReturn:
        """Say that the command was not understood; argparse's own English reason is left out."""
        raise SpokenError(_refusal(f"看不懂这条命令：tuodehao {self._given}"))


def read(given: list[str]) -> Command:
    """What was asked for.

    Raises:
        SpokenError: It cannot be read, an option would have no effect, or a path is empty.
        SystemExit: With 0, after the help or the version.
    """
    parser = Parser(given)
    command = Command(**vars(parser.parse_args(given)))
    if command.copy is not None and command.verb != "restore":
        parser.error("only restore takes a file")
    _refuse_misplaced(command)
    return command


def _refuse_misplaced(command: Command) -> None:
    given = {
        "--data": command.data,
        "--out": command.out,
        "--theme": command.theme,
        "restore": command.copy,
    }
    for option, value in given.items():
        if value is None:
            continue
        if option not in _TAKES[command.verb]:
            verb = f"tuodehao {command.verb}" if command.verb else "tuodehao"
            raise SpokenError(_refusal(f"{verb} 不用 {option}"))
        if not value.strip():
            raise SpokenError(_refusal(f"{option} 后面没有写路径"))


def _refusal(why: str) -> str:
    return f"{why}。用 tuodehao --help 查看用法。"
