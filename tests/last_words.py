"""What Qt dies of: ``pytest-qt`` keeps its messages for a report that a dead process never writes."""

import os
import sys

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_stderr = pytest.StashKey[int]()
_running = pytest.StashKey[list[str]]()


def pytest_configure(config):
    """Before anything is captured: where the traceback of a dead process goes, its last words go, too."""
    config.stash[_stderr], config.stash[_running] = os.dup(sys.stderr.fileno()), [""]
    _listen(config)


def pytest_unconfigure(config):
    qInstallMessageHandler(None)
    os.close(config.stash[_stderr])


def pytest_runtest_setup(item):
    """``pytest-qt`` has begun to listen for this test, and ends it by what was there before."""
    item.config.stash[_running][0] = item.nodeid
    _listen(item.config)


def _listen(config):
    stderr, running = config.stash[_stderr], config.stash[_running]

    def hear(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            where = f" ({context.file}:{context.line})" if context.file else ""
            os.write(stderr, f"\nQt ends the process in {running[0]}: {words}{where}\n".encode())
        if before is not None:
            before(kind, context, words)
        elif kind != QtMsgType.QtFatalMsg:
            print(words, file=sys.stderr)  # noqa: T201 - as Qt does where nobody listens

    before = qInstallMessageHandler(hear)
