"""Which children have to be read again by who keeps them in memory: noted by SQLite, whoever writes.

Temporary triggers on the connection put down the key of each child of whom a name, a tie or an adult has
changed. They live in memory, are rolled back with the unit that fired them, and never reach the file.
"""

from app.domain.ids import ChildId
from app.store.database import Database

_TABLE = "create temp table if not exists touched_child (place integer primary key, id integer not null)"
_KEYS = "name, pinyin, initials"
# After what, and whose key is put down.
_EVENTS = (
    ("insert on main.child", "values (new.id)"),
    (f"update of {_KEYS}, nickname, gone_at on main.child", "values (new.id)"),
    (
        "update of superseded_by on main.child",  # the names of a merged record are those of the other
        "select id from main.child where id in (new.superseded_by, old.superseded_by)",
    ),
    (f"update of {_KEYS}, phone on main.adult", "select child_id from child_adult where adult_id = new.id"),
    ("insert on main.child_adult", "values (new.child_id)"),
    ("update on main.child_adult", "values (new.child_id), (old.child_id)"),
    ("delete on main.child_adult", "values (old.child_id)"),
)


def begin(database: Database) -> int:
    """Note from here on; outside of every unit. Returns the place of the last note so far."""
    database.scratch(_TABLE)
    for number, (event, whose) in enumerate(_EVENTS):
        database.scratch(
            f"create temp trigger if not exists touched_{number} after {event}"
            f" begin insert into touched_child (id) {whose}; end"
        )
    return list_since(database, 0)[1]


def list_since(database: Database, place: int) -> tuple[frozenset[ChildId], int]:
    """Who has changed since a place in the notes, and the place of the last of them."""
    rows = database.rows("select id, place from touched_child where place > :place", {"place": place})
    last = max((row["place"] for row in rows), default=place)
    return frozenset(ChildId(row["id"]) for row in rows), last
