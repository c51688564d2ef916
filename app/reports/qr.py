"""QR codes as plain rectangles, so that they stay sharp at any resolution."""

from functools import lru_cache

QUIET = 4  # modules of white around it, by the standard


@lru_cache(maxsize=256)
def outline(text: str) -> tuple[int, str]:
    """Return the modules per side, quiet zone included, and the black of a code with error level M.

    The black is PDF path operators, one rectangle for each run, in whole modules from the top left corner.
    The mask is fixed: choosing the best of eight costs six times as much and no reader needs it.
    """
    rows = _modules(text)
    found = []
    for row, modules in enumerate(rows):
        start = None
        for column, black in enumerate([*modules, False]):
            if black and start is None:
                start = column
            elif not black and start is not None:
                found.append(f"{start + QUIET} {row + QUIET} {column - start} 1 re")
                start = None
    return len(rows) + 2 * QUIET, " ".join([*found, "f"])


def bitmap(text: str) -> bytes:
    """A code for a screen, quiet zone included: one pixel a module, as a portable bitmap (PBM)."""
    rows = _modules(text)
    side = len(rows) + 2 * QUIET
    edge = "0" * QUIET
    lines = [edge + "".join("1" if black else "0" for black in row) + edge for row in rows]
    blank = ["0" * side] * QUIET
    return f"P1\n{side} {side}\n{chr(10).join([*blank, *lines, *blank])}\n".encode("ascii")


def _modules(text: str) -> list[list[bool]]:
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=4)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return [[bool(black) for black in row] for row in code.modules]
