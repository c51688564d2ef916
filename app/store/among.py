"""Reading some rows by the statement that reads all of them."""

import json
from collections.abc import Collection


def among(only: Collection[int] | None, column: str) -> tuple[str, dict[str, str]]:
    """A condition that ``column`` is one of some keys, with its parameter; nothing where all are meant."""
    if only is None:
        return "", {}
    return f" and {column} in (select value from json_each(:only))", {"only": json.dumps(sorted(only))}
