"""Pillow is loaded by the first paper with a picture, and by no other."""

import subprocess
import sys

from tests.house import ROOT

DRAW = """
import sys
from app.reports.paper import Page, Sheets, render
page = Page(300, 200)
{shape}
render([Sheets([page], "x", "x", False, lambda page, at, many: None)])
print("PIL._imaging" in sys.modules)
"""


def drawn(shape=""):
    run = subprocess.run(
        [sys.executable, "-c", DRAW.format(shape=shape)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def test_a_paper_of_words_loads_no_pictures():
    assert drawn() == "False"


def test_a_paper_with_a_photo_draws_it():
    picture = "import io, PIL.Image as P; b = io.BytesIO(); P.new('RGB', (4, 4), 'red').save(b, 'JPEG')"
    fresh = "from app.reports.late import defer_pictures; defer_pictures()"
    assert drawn(f"{fresh}\n{picture}\npage.picture(10, 10, 50, 50, b.getvalue())") == "True"
