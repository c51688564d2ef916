"""Photos of a class's day as rows."""

import sqlite3

import pytest

from app.store import log_photos

HEAD = b"\xff\xd8\xff\xe0"


@pytest.mark.parametrize("size", [100, 300_000])
def test_a_photo_comes_back_byte_for_byte_with_who_took_it_in(world, keep, size):
    jpeg = HEAD + bytes(range(256)) * (size // 256 + 1)
    key = keep(log_photos.add_log_photo, jpeg[:size])
    assert log_photos.find_log_photo(world.database, key) == jpeg[:size]
    kept = world.database.row("select added_by from log_photo where id = :id", {"id": key})
    assert kept["added_by"] == world.desk.id
    assert log_photos.find_log_photo(world.database, key + 1) is None


@pytest.mark.parametrize("size", [0, 99, 300_001])
def test_what_is_empty_or_larger_than_a_log_can_carry_is_refused(keep, size):
    with pytest.raises(sqlite3.IntegrityError):
        keep(log_photos.add_log_photo, bytes(size))
