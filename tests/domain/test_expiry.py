"""Certificates that run out."""

import datetime as dt

import pytest

from app.domain.expiry import expiry_chip
from app.domain.looks import Chip, Tone

TODAY = dt.date(2025, 12, 3)


@pytest.mark.parametrize(
    ("left", "chip"),
    [
        (31, None),
        (30, Chip("健康证还有 30 天", Tone.WARN)),
        (0, Chip("健康证今天到期", Tone.WARN)),
        (-1, Chip("健康证已过期", Tone.BAD)),
    ],
)
def test_thirty_days_before_the_end_it_is_said(left, chip):
    assert expiry_chip("健康证", TODAY + dt.timedelta(days=left), TODAY, 30) == chip


def test_what_is_not_on_file_is_not_called_expired():
    assert expiry_chip("资格证", None, TODAY, 30) is None
