"""A file that is taken from its place while it is open: nothing is said to be saved that nobody will find."""

import contextlib
import os
import shutil

import pytest

from app.services.safekeeping import Safekeeping
from app.store import errors
from app.store.database import Database
from app.store.place import Place

pytestmark = pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved here")


def test_what_is_moved_takes_nothing_more_and_what_is_put_back_goes_on(world, keep):
    folder = world.database.path.parent
    away = folder.with_name("away")
    asked = "select count(*) from audit"
    before = world.database.row(asked)[0]
    folder.rename(away)
    with pytest.raises(errors.MovedFileError, match="没有保存") as caught:
        keep(lambda unit: None)
    assert str(world.database.path) in caught.value.sentence
    assert world.database.row(asked)[0] == before
    away.rename(folder)
    keep(lambda unit: None)
    assert world.database.row(asked)[0] == before + 1


def test_another_file_in_its_place_is_not_taken_for_it(world, keep):
    path = world.database.path
    other = path.with_name("other")
    shutil.copyfile(path, other)
    other.replace(path)
    with pytest.raises(errors.MovedFileError):
        keep(lambda unit: None)


def test_what_was_deleted_can_still_be_copied_out(world, tmp_path):
    path = world.database.path
    people = world.database.row("select count(*) from child")[0]
    path.unlink()
    (tmp_path / "stick").mkdir()
    copy = Safekeeping(world.database, world.clock).copy_out(world.director, tmp_path / "stick").value
    with contextlib.closing(Database.peek(copy, world.clock)) as kept:
        assert kept.row("select count(*) from child")[0] == people


def test_a_file_that_stays_passes(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"x")
    place = Place(path)
    place.require()
    path.write_bytes(b"longer")
    place.require()
