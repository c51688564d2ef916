"""The practice centre to look at, a copy of it to break, and its people without a day lived."""

import contextlib
import datetime as dt
import random
import sqlite3

import pytest

from app import practice
from db import practice as story
from db.practice_book import Book
from db.practice_people import CLASSES, Casting, add_children, add_classes, add_staff, add_visitors
from db.practice_scene import Centre

DAY = practice.DESK_MOMENT.date()


@pytest.fixture(scope="session")
def _whole(templates):
    """The practice file of the desk in memory, with its references watched."""
    with contextlib.closing(sqlite3.connect(templates(practice.DESK_MOMENT))) as file:
        memory = sqlite3.connect(":memory:", isolation_level=None)
        file.backup(memory)
    memory.execute("pragma foreign_keys = on")
    yield memory
    memory.close()


@pytest.fixture
def noon(_whole):
    """The practice centre at 13:52, to be read."""
    return _whole


@pytest.fixture(scope="session")
def early(tmp_path_factory):
    """The same centre at 8:20 of its first day: no history, and most of the day still to come."""
    path = tmp_path_factory.mktemp("early") / "early.sqlite3"
    story.build(path, moment=practice.DESK_MOMENT.replace(hour=8, minute=20), days=0)
    with contextlib.closing(sqlite3.connect(path)) as file:
        yield file


class Rows:
    """Rows of the practice centre, to be added to and changed; all of it is taken back after the test."""

    def __init__(self, file):
        self.file = file

    def add(self, table, **values):
        """A row of these columns; its key."""
        names, marks = ", ".join(values), ", ".join(f":{name}" for name in values)
        return self.file.execute(f"insert into {table} ({names}) values ({marks})", values).lastrowid

    def like_last(self, table, **other):
        """The last row once more, with other values in some columns; its key."""
        found = self.file.execute(f"select * from {table} order by id desc limit 1")
        names = [column[0] for column in found.description]
        row = dict(zip(names, found.fetchone(), strict=True)) | other
        return self.add(table, **{name: value for name, value in row.items() if name != "id"})

    def one(self, sql, *params):
        """The first value of a query."""
        return self.file.execute(sql, params).fetchone()[0]


@pytest.fixture
def rows(_whole):
    _whole.execute("begin")
    yield Rows(_whole)
    _whole.execute("rollback")


@pytest.fixture
def centre():
    """``centre(cut)``: the people of the practice centre on its day, before anything happened."""

    def _centre(cut=832, today=DAY):
        book, rng = Book(), random.Random(7)
        casting = Casting(book, rng, lambda name: (name, name[:1]), today)
        opened, first = today - dt.timedelta(days=500), today - dt.timedelta(days=90)
        add_classes(book, opened)
        teachers = add_staff(book, casting, opened)
        kids = add_children(casting, rng, first)
        guests = add_visitors(casting, rng, first)
        names = {key: row[0] for key, row in enumerate(CLASSES, 1)}
        return Centre(book, rng, kids, guests, teachers, names, today, cut, casting.keys)

    return _centre


@pytest.fixture
def refused(rows):
    """``refused("card", "CHECK", batch=0)``: a row like the last one but for this is not taken, and why.

    A check that says no has to speak of a column that is otherwise.
    """

    def _refused(table, why, **other):
        with pytest.raises(sqlite3.IntegrityError, match=why) as error:
            rows.like_last(table, **other)
        assert why != "CHECK" or not other or any(name in str(error.value) for name in other), error.value

    return _refused
