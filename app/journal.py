"""The log of the program and its crash reports. Both stay on this machine, in the data folder."""

import datetime as dt
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import app

_LOG_BYTES = 1_000_000
_FORM = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


def keep(folder: Path) -> None:
    """Write the log to ``folder`` from now on; the file before it is kept once.

    A folder that cannot be written to must not stop the program: then the log goes to the terminal only.
    """
    path = folder / "tuodehao.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            path.replace(path.with_suffix(".1.log"))
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(_FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def write_crash(folder: Path, error: BaseException, now: dt.datetime) -> Path:
    """Describe one of our bugs in a file of its own and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"crash-{now:%Y%m%d-%H%M%S}.txt"
    where = f"tuodehao {app.__version__}, Python {platform.python_version()}, {platform.platform()}"
    story = "".join(traceback.format_exception(error))
    path.write_text(f"{where}\n{now.isoformat()}\n{story}", encoding="utf-8")
    return path


def catch_crashes(
    folder: Path, clock: Callable[[], dt.datetime], tell: Callable[[BaseException], None]
) -> None:
    """Let every exception that nobody caught end in a crash report, a log line and ``tell``."""

    def heard(error: BaseException | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt | SystemExit):
            return
        logging.getLogger(__name__).critical("a bug", exc_info=error)
        write_crash(folder, error, clock())
        tell(error)

    sys.excepthook = lambda _kind, error, _trace: heard(error)
    threading.excepthook = lambda told: heard(told.exc_value)
