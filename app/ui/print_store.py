"""The print queue on disk: each paper as a PDF under its own name, beside it a small note how it stands.

Knows no printer and no Qt. Its methods run on worker threads; every file is written whole or not at all.
"""

import contextlib
import dataclasses
import datetime as dt
import os
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.domain.errors import SurroundingsError
from app.domain.record import record

UNDATED = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
UNSURE = "上次打印时程序关了，不知道打完没有。请看一眼打印机，缺的再打一次。"


class JobState(StrEnum):
    """How a paper in the queue stands. UNSURE ones were at the printer when the program ended."""

    WAITING = "waiting"
    PRINTING = "printing"
    FAILED = "failed"
    KEPT = "kept"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """在等, 正在打, 没打成, 已存 PDF, 已打印, 已取消."""
        words = {
            "waiting": "在等",
            "printing": "正在打",
            "failed": "没打成",
            "kept": "已存 PDF",
            "done": "已打印",
            "cancelled": "已取消",
        }
        return words[self.value]

    @property
    def ended(self) -> bool:
        """Whether nothing will happen to it by itself any more."""
        return self in {JobState.KEPT, JobState.DONE, JobState.CANCELLED}


@record
class PrintJob:
    """One paper. ``number`` gives the order; ``reason`` says why it failed; ``loose`` is not on disk.

    ``counted`` ones say how often they were printed: one that was is not printed again as it is.
    """

    number: int
    name: str
    state: JobState
    added_at: dt.datetime
    reason: str = ""
    printer: str = ""
    ended_at: dt.datetime | None = None
    loose: bool = False
    counted: bool = False


class PrintStore:
    """Files of the queue in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loose: dict[int, bytes] = {}

    def put(self, number: int, name: str, pdf: bytes, now: dt.datetime, *, counted: bool = False) -> PrintJob:
        """Keep a paper. Where the folder cannot be written it stays in memory, and says so (``loose``)."""
        path = free_name(self.folder / name)
        job = PrintJob(number, path.name, JobState.WAITING, now, counted=counted)
        try:
            write_whole(path, pdf)
            self.note(job)
        except SurroundingsError as error:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            self._loose[number] = pdf
            return dataclasses.replace(job, loose=True, reason=error.sentence)
        return job

    def note(self, job: PrintJob) -> None:
        """Write down how a paper stands.

        Raises:
            SurroundingsError: the folder cannot be written.
        """
        if job.loose:
            return
        import json  # the start of the program needs it not yet

        kept = {
            "number": job.number,
            "name": job.name,
            "state": job.state.value,
            "added_at": job.added_at.isoformat(),
            "reason": job.reason,
            "printer": job.printer,
            "ended_at": None if job.ended_at is None else job.ended_at.isoformat(),
            "counted": job.counted,
        }
        write_whole(self._note(job.name), json.dumps(kept, ensure_ascii=False, indent=1).encode())

    def settle(self, job: PrintJob) -> PrintJob:
        """Put a paper that stayed in memory on the disk, where it is kept as any other.

        Raises:
            SurroundingsError: the folder still cannot be written.
        """
        if not job.loose:
            return job
        kept = self.put(job.number, job.name, self._loose[job.number], job.added_at, counted=job.counted)
        if kept.loose:
            raise SurroundingsError(kept.reason)
        del self._loose[job.number]
        return kept

    def path(self, job: PrintJob) -> Path:
        """Where its PDF lies."""
        return self.folder / job.name

    def pdf(self, job: PrintJob) -> bytes:
        """The paper itself.

        Raises:
            SurroundingsError: somebody has taken the file away.
        """
        if job.loose:
            return self._loose[job.number]
        try:
            return self.path(job).read_bytes()
        except OSError as error:
            msg = f"打印队列里的“{job.name}”读不出来，可能被删掉了。请取消这一份，回到原来的地方再打印。"
            raise SurroundingsError(msg) from error

    def drop(self, job: PrintJob, *, paper: bool) -> None:
        """Forget one; with ``paper`` its PDF goes, too. What cannot be removed stays and is met again."""
        self._loose.pop(job.number, None)
        for path in (self._note(job.name), *((self.path(job),) if paper else ())):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def load(self, now: dt.datetime) -> tuple[PrintJob, ...]:
        """What an earlier run left, in order; what has ended before today is tidied away.

        A paper that was at the printer when the program ended is unsure: somebody must look. One that failed
        waits again. A PDF kept for want of a printer stays for ever.
        """
        found = []
        for note in sorted(self.folder.glob(".*.json")) if self.folder.is_dir() else []:
            job = _read(note)
            if job is None or not self.path(job).exists():
                with contextlib.suppress(OSError):
                    note.unlink()
                continue
            if job.state.ended and (job.ended_at or job.added_at).date() != now.date():
                self.drop(job, paper=job.state is not JobState.KEPT)
                continue
            found.append(_resumed(job))
        return tuple(sorted(found, key=lambda job: job.number))

    def _note(self, name: str) -> Path:
        return self.folder / f".{name}.json"


def _resumed(job: PrintJob) -> PrintJob:
    if job.state is JobState.PRINTING:
        return dataclasses.replace(job, state=JobState.FAILED, reason=UNSURE)
    if job.state is JobState.FAILED and job.reason != UNSURE:
        return dataclasses.replace(job, state=JobState.WAITING, reason="")
    return job


def _read(path: Path) -> PrintJob | None:
    """One note; None for what is none (half written by another program, edited by hand)."""
    import json

    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        ended = kept["ended_at"]
        return PrintJob(
            number=int(kept["number"]),
            name=Path(str(kept["name"])).name,
            state=JobState(kept["state"]),
            added_at=dt.datetime.fromisoformat(kept["added_at"]),
            reason=str(kept["reason"]),
            printer=str(kept["printer"]),
            ended_at=None if ended is None else dt.datetime.fromisoformat(ended),
            counted=bool(kept.get("counted", False)),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target, fsync, replace: there is a whole file or none.

    Raises:
        SurroundingsError: the folder cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        msg = f"文件写不进去：{path}。请检查磁盘空间和文件夹权限，再试一次。"
        raise SurroundingsError(msg) from error


def ended_name(path: Path, ending: str) -> Path:
    """The path as chosen if it ends as ``.pdf`` or the like; else with the ending, and free.

    A name without it loses nothing (``点名 2025.11``), and no file nobody was asked about is overwritten.
    """
    if path.suffix.lower() == ending:
        return path
    return free_name(path.with_name(f"{path.name}{ending}"))


def free_name(path: Path) -> Path:
    """The path itself, or with （2）, （3） … if it is taken."""
    tried, number = path, 2
    while tried.exists():
        tried = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return tried
