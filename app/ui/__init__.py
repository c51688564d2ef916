"""Everything that knows Qt.

PySide6 6.12 gives away a reference to ``None`` with every call that returns nothing, and in places one to
``True`` or ``False``. From Python 3.12 on these are immortal and nobody notices; on 3.11 their counts reach
zero within seconds of painting, or at the end, and the interpreter aborts ("deallocating None"). So on 3.11
we make them as good as immortal before Qt is used. The split package ``pyside6-pdf`` exists for
6.12 only, so an older PySide6 is no way out.
"""

import ctypes
import sys

from app.ui import enums, support

support.import_shiboken()
enums.make_quickly()

import PySide6.QtCore  # noqa: E402, F401 - before its ways are mended

_AMPLE = 1 << 40  # references; at a million painted calls a second this lasts twelve days

if sys.version_info < (3, 12):  # pragma: no cover - depends on the interpreter
    for _constant in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_constant)).value += _AMPLE

# PySide reads the source text of every module imported after it, to learn whether that module could ask for
# ``__feature__``, and keeps the lines. None of ours does, and reading them takes a tenth of the start.
if (_feature := sys.modules.get("shibokensupport.feature")) is not None:
    vars(_feature)["_mod_uses_pyside"] = lambda _module: False
