"""A screen to show the window on. Where there is none Qt ends the process with a core dump and in English."""

import os
import sys
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

T = TypeVar("T")

_MEND = 2  # as the command line has it: the surroundings need mending
_WORDS = (
    "打不开窗口：连不上屏幕，或者缺少显示窗口的系统库。请在有桌面的电脑上登录后再运行；"
    "缺系统库的，用 python3 packaging/dev.py run 装上。"
    "没有屏幕也想看演示，先设 QT_QPA_PLATFORM=offscreen，再运行 tuodehao tour --out 文件夹。"
)


def on_display(make: Callable[[], T]) -> T:
    """Make the application. Where no window can be shown, say what to do and end with exit code 2.

    Qt gives no chance to go on: it aborts once this handler has returned. So the process ends here, before
    anything was opened. Whatever else Qt has to say while starting is said once it stands.
    """
    told: list[str] = []

    def hear(kind: QtMsgType, _where: QMessageLogContext, words: str | None) -> None:
        if kind is QtMsgType.QtFatalMsg:
            _say(_WORDS)
            os._exit(_MEND)
        told.append(words or "")

    before = qInstallMessageHandler(hear)
    try:
        made = make()
    finally:
        qInstallMessageHandler(before)
    for words in told:
        _say(words)
    return made


def _say(words: str) -> None:
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()
