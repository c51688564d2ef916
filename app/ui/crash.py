"""Our own bug is told once, and the way to it is written down for whoever mends it.

An error in a drawing comes back at every redraw: telling it each time would leave nothing to work with.
"""

import datetime as dt
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.errors import SpokenError
from app.ui.print_store import write_whole

_AGAIN = 60.0  # seconds after which the same error is told again: by then somebody did the step again


class CrashReports:
    """Writes ``logs/crash-….txt`` below ``data`` and says so over ``window``."""

    def __init__(self, window: QWidget, data: Path, clock: Callable[[], dt.datetime], title: str) -> None:
        self._window, self._folder = window, data / "logs"
        self._clock, self._title = clock, title
        self._told: dict[str, float] = {}

    def tell(self, error: BaseException) -> None:
        """Report an error, unless it was reported a moment ago. Safe to call while something is drawn."""
        report, now = where_it_broke(error), time.monotonic()
        place = "\n".join((report.splitlines()[0], report.splitlines()[-1]))
        if now - self._told.get(place, -_AGAIN) < _AGAIN:
            return
        self._told[place] = now
        self._show(self._write(report))

    def _write(self, report: str) -> str:
        """Where the report lies, in words; or why there is none."""
        moment = self._clock()
        path = self._folder / f"crash-{moment:%Y%m%d-%H%M%S}.txt"
        text = f"{self._title} {moment.isoformat(timespec='seconds')}\n{report}\n"
        try:
            write_whole(path, text.encode())
        except SpokenError as unwritten:
            return f"错误报告没有写成：{unwritten.sentence}"
        return f"错误报告（不含孩子的资料）留在这里，可以交给维护的人：\n{path}"

    def _show(self, words: str) -> None:
        from PySide6.QtWidgets import QMessageBox  # its many names are made at its first mention

        if any(box.isVisible() for box in self._window.findChildren(QMessageBox, "crash")):
            return
        box = QMessageBox(self._window)
        box.setObjectName("crash")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("程序出错")
        box.setText(
            "程序里出了一个错，是我们的问题，不是您的操作。\n已经保存的数据都在；刚才这一步请再做一次。"
        )
        box.setInformativeText(words)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        QTimer.singleShot(0, box, box.open)  # never in the midst of a drawing


def where_it_broke(error: BaseException) -> str:
    """The way to the error, without its words: those may name a child."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([type(error).__qualname__, *lines])
