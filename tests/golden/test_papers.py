"""The papers as approved pictures.

``TUODEHAO_APPROVE=1`` writes the pictures anew: look at every one of them before committing it.
"""

import dataclasses
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from app.reports import registry
from tests.reports.reading import Reading
from tests.reports.test_papers import STORY

FOLDER = Path(__file__).parent / "papers"
DPI = 80
LEVELS = 48  # a pixel this far from the approved one (of 255) has changed
SHARE = 0.00015  # so much of a page may change by another machine's rounding


def changed(picture, approved):
    """The share of pixels that differ visibly."""
    if picture.size != approved.size:
        return 1.0
    grey = ImageChops.difference(picture, approved).convert("L", (0.4, 0.4, 0.4, 0))
    return sum(grey.histogram()[LEVELS:]) / (picture.width * picture.height)


@pytest.mark.parametrize("name", STORY)
def test_a_paper_looks_as_approved(name, qapp, tmp_path):
    reading = Reading(registry.draw(STORY[name]))
    for page in range(reading.pages):
        drawn = tmp_path / f"{name}-{page + 1}.png"
        reading.picture(DPI, page).save(str(drawn))
        picture = Image.open(drawn).convert("RGB")
        approved = FOLDER / drawn.name
        if os.environ.get("TUODEHAO_APPROVE") == "1":
            picture.quantize(96, kmeans=3).save(approved, optimize=True)
        share = changed(picture, Image.open(approved).convert("RGB"))
        assert share <= SHARE, f"{share:.2%} of {drawn} differs from {approved.name}"
    assert {path.name for path in FOLDER.glob(f"{name}-*.png")} == {
        f"{name}-{page + 1}.png" for page in range(reading.pages)
    }


def test_a_changed_word_would_be_noticed(qapp, tmp_path):
    """The tolerance is for rounding, not for content."""
    other = dataclasses.replace(STORY["receipt"], number="2025-000019")
    drawn = tmp_path / "other.png"
    Reading(registry.draw(other)).picture(DPI).save(str(drawn))
    approved = Image.open(FOLDER / "receipt-1.png").convert("RGB")
    assert changed(Image.open(drawn).convert("RGB"), approved) > SHARE
