"""The one style sheet, generated from ``resources/themes/sheet.qss`` and the named colours.

Widgets choose a look by dynamic property: ``kind`` (primary, danger, quiet, segment, tab) on buttons,
``role`` (muted, small, h1, h2, title, big, error) on labels, ``state`` (bad, warn) on fields.
"""

import re
from collections.abc import Mapping
from pathlib import Path


def build_sheet(template: str, colours: Mapping[str, str], scale: float, images: Path) -> str:
    """Fill the sheet: ``@role`` is a colour, ``~n~`` a length at the normal font.

    ``@images`` is the theme's folder of pictures.
    """

    def length(match: re.Match[str]) -> str:
        return f"{round(float(match[1]) * scale)}px"

    def named(match: re.Match[str]) -> str:
        return images.as_posix() if match[1] == "images" else colours[match[1]]

    return re.sub(r"~([0-9.]+)~", length, re.sub(r"@([a-z_0-9]+)", named, template))
