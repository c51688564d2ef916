"""What this machine remembers of the person at it: theme, font scale, who was last here. Never about
children.
"""

from dataclasses import asdict, fields, replace
from pathlib import Path

from app.domain.errors import SurroundingsError
from app.domain.record import record
from app.ui.print_store import write_whole


@record
class Choices:
    """The choices and their defaults."""

    theme: str = "light"
    font_scale: int = 100
    last_actor: int = 0
    parents_open: bool = False  # the screen that faces the parents
    parents_screen: str = ""  # its name in the system; empty for the first that is not the desk's
    class_dense: bool = False  # the class as a list rather than cards
    scanner_gap: int = 35  # milliseconds between two keys of the scanner; 0 for none


class Preferences:
    """Choices kept as a small JSON file in the data folder. A broken file counts as none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.choices = self._kept = self._read()

    def choose(self, **changes: object) -> Choices:
        """Change some and keep them. A folder that cannot be written only costs the memory of the choice."""
        self.choices = chosen = replace(self.choices, **changes)  # type: ignore[arg-type]
        if chosen == self._kept:
            return chosen  # as at every start by the same person: the disk is not waited for
        import json  # at the first start there is nothing to read

        try:
            write_whole(self._path, json.dumps(asdict(self.choices), indent=1).encode())
        except SurroundingsError:
            # The same folder holds the centre's file: that failure has its own banner and matters more.
            return chosen
        self._kept = chosen
        return chosen

    def _read(self) -> Choices:
        try:
            text = self._path.read_text("utf-8")
        except (OSError, ValueError):
            return Choices()
        import json

        try:
            kept = json.loads(text)
        except (ValueError, RecursionError):
            return Choices()
        plain = Choices()
        if not isinstance(kept, dict):
            return plain
        known = {
            field.name: kept[field.name]
            for field in fields(Choices)
            if type(kept.get(field.name)) is type(getattr(plain, field.name))
        }
        return replace(plain, **known)
