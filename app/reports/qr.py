"""QR codes as plain rectangles, so that they stay sharp at any resolution."""

from functools import lru_cache

QUIET = 4  # modules of white around it, by the standard


@lru_cache(maxsize=256)
def outline(text: str) -> tuple[int, str]:
    """Return the modules per side, quiet zone included, and the black of a code with error level M.

    The black is PDF path operators, one rectangle for each run, in whole modules from the top left corner.
    The mask is fixed: choosing the best of eight costs six times as much and no reader needs it.
    """
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=4)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    found = []
    for row, modules in enumerate(code.modules):
        start = None
        for column, black in enumerate([*modules, False]):
            if black and start is None:
                start = column
            elif not black and start is not None:
                found.append(f"{start + QUIET} {row + QUIET} {column - start} 1 re")
                start = None
    return len(code.modules) + 2 * QUIET, " ".join([*found, "f"])
