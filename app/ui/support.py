"""PySide's own Python modules (shibokensupport), kept in a form that need not be compiled at every start.

They lie as source text inside the shiboken library and are compiled anew in each process: a tenth of the
time of a bare window. Shiboken looks for an unpacked copy (``files.dir``) beside its package before it
unpacks them in memory; we keep one in our own ``__pycache__``, where Python keeps the compiled form of our
own modules, and let it look there. Where that folder cannot be written, or a file of the copy is missing,
all is as without us.
"""

import contextlib
import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import Any

_PACKAGE, _FILES, _SUPPORT = "shiboken6", "files.dir", "shibokensupport"
_LIST = "sizes"  # names and sizes of the files of a whole copy; written last


def import_shiboken() -> None:
    """Import shiboken6 so that it finds the kept copy; nothing where there is none, or once it is loaded."""
    if _PACKAGE in sys.modules or not _is_whole(copy := kept_folder()):
        return
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.loader is None:
        return
    module = importlib.util.module_from_spec(spec)
    own_place = module.__file__
    # Where Shiboken begins to look while it is loaded; afterwards it is where it was.
    module.__file__ = str(copy / "__init__.py")
    sys.modules[_PACKAGE] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        shutil.rmtree(copy, ignore_errors=True)  # the next start does without
        raise
    module.__file__ = own_place


def keep_copy() -> None:
    """Unpack the modules for the next start, where that has not been done for this version of PySide."""
    copy = kept_folder()
    archive: Any = getattr(getattr(sys.modules.get(_SUPPORT), "__loader__", None), "zfile", None)
    if archive is None or sys.dont_write_bytecode or _is_whole(copy):
        return
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    # A folder that cannot be written is no fault: the start takes a little longer, that is all.
    with contextlib.suppress(OSError):
        try:
            _unpack(archive, draft)
            shutil.rmtree(copy, ignore_errors=True)
            draft.rename(copy)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def kept_folder() -> Path:
    """Where the copy for this PySide and this Python lies."""
    spec = importlib.util.find_spec(_PACKAGE)
    stamp = 0
    if spec is not None and spec.origin is not None:
        with contextlib.suppress(OSError):
            stamp = int(Path(spec.origin).stat().st_mtime)
    return Path(__file__).parent / "__pycache__" / f"{_SUPPORT}-{sys.implementation.cache_tag}-{stamp}"


def _is_whole(copy: Path) -> bool:
    try:
        lines = (copy / _LIST).read_text(encoding="ascii").splitlines()
        return all((copy / _FILES / name).stat().st_size == int(size) for size, name in map(_pair, lines))
    except (OSError, ValueError):
        return False


def _pair(line: str) -> tuple[str, str]:
    size, _, name = line.partition(" ")
    return size, name


def _unpack(archive: Any, draft: Path) -> None:
    lines = []
    for name in archive.namelist():
        if not name.endswith(".py"):
            continue
        data = archive.read(name)
        _write(draft / _FILES / name, data)
        lines.append(f"{len(data)} {name}")
    _write(draft / _LIST, "\n".join(lines).encode("ascii"))


def _write(path: Path, data: bytes) -> None:
    """Write and wait for the disk: a copy that a power cut has torn would be worse than none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
