"""The command line. No argument opens the window; a verb does one job.

Exit codes: 0 done, 1 our own bug, 2 a command or surroundings that need mending, 3 the file is in use by
another start of the program.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from app.paths import Places, default_data_folder

OK, MEND, IN_USE = 0, 2, 3


class Command(NamedTuple):
    """What was asked for; None where nothing was said. Paths are as they were written."""

    verb: str | None = None
    copy: str | None = None
    data: str | None = None
    out: str | None = None
    theme: str | None = None


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    from app.domain.errors import SpokenError

    try:
        return _run(_read(sys.argv[1:] if arguments is None else arguments))
    except SpokenError as error:
        from app.store.errors import FileInUseError

        print(error.sentence, file=sys.stderr)
        return IN_USE if isinstance(error, FileInUseError) else MEND


def _read(given: list[str]) -> Command:
    if not given:
        return Command()
    from app.commandline import read

    return read(given)


def _run(command: Command) -> int:
    data = default_data_folder() if command.data is None else Path(command.data)
    places = Places(data.expanduser().absolute())
    match command.verb:
        case "tour":
            return _tour(None if command.out is None else Path(command.out))
        case "self-test":
            return _self_test()
        case "restore":
            return _restore(None if command.copy is None else Path(command.copy), places)
        case _:
            return _window(places, practice=command.verb == "practice", theme=command.theme)


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
