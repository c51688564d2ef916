"""The fonts of paper: what is kept of them says the same as the whole, and is given back."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics, ttfonts

from app.reports import fonts
from tests.house import ROOT


@pytest.mark.parametrize("bold", [False, True])
def test_the_lean_tables_say_what_reportlab_read(bold):
    lean = fonts.typeface(bold=bold)
    plain = ttfonts.TTFont(
        "plain", str(fonts.FOLDER / fonts._FILES[bold]), asciiReadable=0, shapable=False
    ).face
    face = pdfmetrics.getFont(lean.name).face
    assert len(plain.charToGlyph) > 20_000
    for code, glyph in plain.charToGlyph.items():
        assert face.charToGlyph[code] == glyph
        assert face.getCharWidth(code) == plain.charWidths[code]
    for code in (0x07, 0xE000, 0x2FFFF, 0x10FFFF):
        assert (code in face.charToGlyph) == (code in plain.charToGlyph)
        with pytest.raises(KeyError):
            face.charToGlyph[code]


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="asks Linux what is resident")
def test_after_a_paper_the_pages_of_the_fonts_are_given_back():
    code = (
        "from tests.reports import test_fonts as t\n"
        "from app.reports import fonts\n"
        "fonts.typeface(), fonts.typeface(bold=True)\n"
        "before = t.resident_fonts(); fonts.give_back(); print(before, t.resident_fonts())"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = map(int, run.stdout.split())
    assert before > 100
    assert after == 0


def resident_fonts():
    """Resident pages of the mapped fonts, in kB."""
    total, mine = 0, False
    for line in Path("/proc/self/smaps").read_text("utf-8").splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            mine = "LXGWWenKai" in line
        elif mine and line.startswith("Rss:"):
            total += int(line.split()[1])
    return total
