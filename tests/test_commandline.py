"""What the command line accepts, and what a start without a word is spared."""

import subprocess
import sys

import pytest

from app import commandline
from app.cli import Command
from app.domain.errors import SpokenError


def test_each_word_lands_where_it_belongs():
    assert commandline.read(["restore", "old.sqlite3", "--data", "x"]) == Command(
        verb="restore", copy="old.sqlite3", data="x"
    )
    assert commandline.read(["--theme", "dark"]) == Command(theme="dark")


def test_a_refusal_repeats_what_was_written():
    with pytest.raises(SpokenError, match="tuodehao practise --fast。用 tuodehao --help"):
        commandline.read(["practise", "--fast"])


def test_every_verb_that_is_taken_is_in_the_help():
    verbs = [one for one in commandline._TAKES if one]
    assert verbs
    assert all(f"tuodehao {one}" in commandline.HELP for one in verbs)


def test_a_start_without_a_word_loads_no_parser(tmp_path):
    program = (
        "import sys; from app import cli; cli._window = lambda places, **rest: print(places.data.name) or 0;"
        "cli.main([]); print('argparse' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["Tuodehao", "False"]
