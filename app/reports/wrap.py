"""Breaking Chinese lines: anywhere between characters, but not before 。, after （ or within 240 ml.

The same rule as ReportLab's ``wordWrap="CJK"``, with whole Latin words and numbers, at a tenth of its cost.
"""

import re

from app.reports.fonts import Typeface

_OPEN = "（「『《〈【〔“‘(\\[{¥￥"
_CLOSE = "，。、；：！？）」』》〉】〕”’…—·℃%％°,.;:!?)\\]}~～"
# What stays together: a word or a number with its sign and unit mark, else one character, each with the
# punctuation that may not part from it.
_PHONE = "[0-9]+(?: [0-9]{3,4})+"
_AMOUNT = "[0-9.]+ (?:[A-Za-z]+|[\u4e00-\u9fff])"
_WORD = "[0-9A-Za-z+\\-–/@&_'#.:,]+"
_ENDS = " ，。、；：！？）」』》〉】〕”’…"
_SHORT = 6  # characters of a word that comes along
_UNIT = re.compile(f"[{_OPEN}]*(?:{_PHONE}|{_AMOUNT}|{_WORD}|[^{_OPEN}]|[{_OPEN}]$)[{_CLOSE}]*", re.DOTALL)


def wrap(text: str, face: Typeface, size: float, width: float) -> tuple[str, ...]:
    """Break a cleaned text into lines no wider than ``width`` points. A newline always breaks."""
    room = max(width, size) * 1000 / size + 0.01
    return tuple(line for part in text.split("\n") for line in _lines(part, face.widths, room))


def _lines(text: str, widths: dict[int, int], room: float) -> list[str]:
    lines: list[str] = []
    line, used, last, before = "", 0, "", ""  # what was set last, on this line and on the one before
    for unit in _UNIT.findall(text):
        wide = sum([widths.get(code, 1000) for code in map(ord, unit)])
        if used + wide <= room:
            line, used, last = line + unit, used + wide, unit
            continue
        if unit.isspace():  # a space that would begin a line is not worth one
            continue
        if line:
            lines.append(line.rstrip(" "))
            line, used, before = "", 0, last
        if wide <= room:
            line, used, last = unit, wide, unit
            continue
        for letter in unit:  # longer than a line: it must break somewhere
            step = widths.get(ord(letter), 1000)
            if used + step > room and line:
                lines.append(line)
                line, used = "", 0
            line, used = line + letter, used + step
    lines.append(line.rstrip(" "))
    if len(lines) > 1 and len(line.strip(_ENDS)) == 1:
        _keep_company(lines, before.rstrip(" "), widths, room)
    return lines


def _keep_company(lines: list[str], word: str, widths: dict[int, int], room: float) -> None:
    """No character ends a paragraph alone on its line (孤字不成行): the word before it comes along."""
    above, both = lines[-2], word + lines[-1]
    spared = word and len(word) < _SHORT and above.endswith(word) and len(above) > 2 * len(word)
    if spared and sum([widths.get(code, 1000) for code in map(ord, both)]) <= room:
        lines[-2:] = [above[: -len(word)].rstrip(" "), both]
