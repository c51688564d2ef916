"""What marks a file as ours stands in every file the program makes."""

import contextlib
import sqlite3

from app.store.database import Database
from db import identity
from tests.services.world import StoppedClock


def marks(file):
    return tuple(file.execute(f"pragma {name}").fetchone()[0] for name in ("application_id", "user_version"))


def test_a_new_centre_and_the_practice_centre_carry_the_same_marks(tmp_path, early):
    Database.open(tmp_path / "new.sqlite3", create=True, clock=StoppedClock()).close()
    with contextlib.closing(sqlite3.connect(tmp_path / "new.sqlite3")) as file:
        assert marks(file) == marks(early) == (identity.APPLICATION_ID, identity.SCHEMA_VERSION)


def test_a_file_of_this_version_has_been_through_as_many_migrations(early):
    (done,) = early.execute("select count(*) from _sqlite_migrations").fetchone()
    assert done == identity.SCHEMA_VERSION


def test_the_application_id_is_a_name_in_ascii():
    assert identity.APPLICATION_ID.to_bytes(4, "big") == b"TuoH"
