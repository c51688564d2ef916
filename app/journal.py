"""The log of the program. It stays on this machine, in the data folder, and names no child."""

import logging
from pathlib import Path

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
