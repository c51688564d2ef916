"""A temperature is read the same wherever it is typed, whatever the input method made of its dot."""

import pytest

from app.domain.health_round import read_tenths
from app.domain.logbook import parse_temperature
from app.domain.thermometer import read_degrees


@pytest.mark.parametrize(
    "text",
    [
        "36.5",
        "365",
        " 36.5℃ ",
        "36.5 度",
        "36.5c",
        "36.5°C",
        "３６．５",
        "３６５",
        "36,5",
        "36，5",
        "36。5",
        "36．5℃",
    ],
)
def test_the_same_temperature_in_many_writings(text):
    assert read_degrees(text) == read_tenths(text) == parse_temperature(text) == 365


def test_a_whole_degree_has_no_tenths():
    assert read_degrees("37") == read_degrees("37.") == 370


@pytest.mark.parametrize("text", ["", "-", "3", "36.55", "3650", "33.9", "42.6", "三十六度五", "36 5"])
def test_what_is_no_temperature_of_a_living_child_is_none(text):
    assert read_degrees(text) is None
