"""What a key would have typed on the keyboard a scanner takes itself for (US), by where the key lies."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# Set 1 scan codes of the main block; the codes of evdev are the same numbers.
_ROWS = {
    2: ("1234567890-=", "!@#$%^&*()_+"),
    16: ("qwertyuiop[]", "QWERTYUIOP{}"),
    30: ("asdfghjkl;'", 'ASDFGHJKL:"'),
    43: ("\\zxcvbnm,./", "|ZXCVBNM<>?"),
}
_KEYS = {
    start + place: (plain, shifted)
    for start, (row, above) in _ROWS.items()
    for place, (plain, shifted) in enumerate(zip(row, above, strict=True))
}
# X11 and Wayland count eight above evdev; macOS numbers keys otherwise, and is left alone.
_SHIFT = {"linux": 8, "win32": 0}.get(sys.platform)


def us_character(event: QKeyEvent, offset: int | None = _SHIFT) -> str:
    """The character at this key's place on a US keyboard; empty where that cannot be told."""
    if offset is None or event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return event.text()
    found = _KEYS.get(event.nativeScanCode() - offset)
    if found is None:
        return ""
    return found[bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)]
