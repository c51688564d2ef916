import re

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from app.reports import qr


def test_the_rectangles_are_the_modules():
    text = "TDH1.R.2025-000018.K7Q2M9XA4C"
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=4)
    code.add_data(text)
    code.make(fit=True)
    side, black = qr.outline(text)
    assert side == len(code.modules) + 8
    painted = set()
    for column, row, length in re.findall(r"(\d+) (\d+) (\d+) 1 re", black):
        painted |= {(int(row) - 4, int(column) - 4 + step) for step in range(int(length))}
    assert painted == {
        (row, column) for row, line in enumerate(code.modules) for column, dark in enumerate(line) if dark
    }


def test_a_seal_stays_a_small_code():
    """29 modules at most: large dots survive a worn print head."""
    assert qr.outline("TDH1.H.H-20251203-0007.K7Q2M9XA4C")[0] - 8 <= 29
