"""Whether two merged records can still be parted exactly: what stood right after the merging still stands.

Of everything a merging moved, ended or added, and of what hangs on it (a receipt on a visit, a log entry), a
digest is noted with the merging, one for each kind of row. Whatever differs later has been written since, and
nobody can say of which of the two records it tells.
"""

import hashlib
from collections.abc import Iterable

from app.store.database import Database, Unit
from app.store.merging import ADDED, Merging, list_noted, note_row, table_of

_STATE = "state:"
_AT_ONCE = 400  # keys a query asks for
_LIFE = ("life_step", "applicant", "enrolment")
_KIN = frozenset({"child_adult", "barring"})
_NEW_TIE = f"{ADDED}child_adult"
BARS = "bars"  # who is barred from the kept child, or from whom the kept adult is


def note_state(unit: Unit, database: Database, merging: Merging) -> None:
    """Note how things stand once a merging is done."""
    for table, digest in _state(unit, database, merging).items():
        note_row(unit, merging.id, f"{_STATE}{table}", digest)


def note_again(unit: Unit, database: Database, merging: Merging) -> None:
    """Note anew how things stand, after what goes with its row wherever that goes."""
    held = _held(unit, merging)
    for table, digest in _state(unit, database, merging).items():
        place = f"{_STATE}{table}"
        if table in held:
            unit.execute(
                "update merging_row set row_id = :digest where merging_id = :id and place = :place",
                {"digest": digest, "id": merging.id, "place": place},
            )
        else:
            note_row(unit, merging.id, place, digest)


def changed_since(database: Database, merging: Merging, unit: Unit | None = None) -> frozenset[str] | None:
    """The tables (and ``BARS``) in which something was written since; None where nothing was noted.

    With a ``unit`` also what that has written.
    """
    reader = unit or database
    held = _held(reader, merging)
    if not held:
        return None
    now = _state(reader, database, merging)
    return frozenset(table for table in {*held, *now} if held.get(table) != now.get(table))


def _held(reader: Database | Unit, merging: Merging) -> dict[str, int]:
    return {
        place.removeprefix(_STATE): key
        for place, key in list_noted(reader, merging.id)
        if place.startswith(_STATE)
    }


def _state(reader: Database | Unit, database: Database, merging: Merging) -> dict[str, int]:
    keys = _noted_keys(reader, merging)
    if merging.subject == "child":
        _add_hanging(reader, database, keys)
        _add_family(reader, database, merging, keys)
        _add_own(reader, merging, keys)
    else:
        _add_doings(reader, database, merging, keys)
    found = {table: _digest(reader, database, table, own) for table, own in keys.items() if own}
    found[BARS] = _of(_bars(reader, merging))
    return found


def _noted_keys(reader: Database | Unit, merging: Merging) -> dict[str, set[int]]:
    keys: dict[str, set[int]] = {}
    for place, key in list_noted(reader, merging.id):
        if place.startswith(_STATE):
            continue
        keys.setdefault(table_of(place), set()).add(key)
    return keys


def _add_hanging(reader: Database | Unit, database: Database, keys: dict[str, set[int]]) -> None:
    """What refers to the rows, and to those again."""
    open_ = {table: set(own) for table, own in keys.items()}
    while open_:
        table, own = open_.popitem()
        for place, column in database.references_to(table):
            fresh = _select(reader, place, column, own) - keys.get(place, set())
            if fresh:
                keys.setdefault(place, set()).update(fresh)
                open_.setdefault(place, set()).update(fresh)


def _add_family(
    reader: Database | Unit, database: Database, merging: Merging, keys: dict[str, set[int]]
) -> None:
    """What the adults of the merged child are to either, and what those who would go back have done."""
    adults = _column(reader, "child_adult", "adult_id", keys.get("child_adult", ()))
    pair = {merging.kept, merging.merged}
    came = {
        key for place, key in list_noted(reader, merging.id) if place in {"child_adult.child_id", _NEW_TIE}
    }
    own = _column(
        reader, "child_adult", "adult_id", _select(reader, "child_adult", "child_id", {merging.kept}) - came
    )
    for table, column in database.references_to("adult"):
        if table in {"adult", "barred_trait"}:
            continue  # a number or a name that was learnt stays with the adult
        found = _select(reader, table, column, adults if table in _KIN else adults - own)
        if "child_id" in database.columns_of(table):
            found &= _select(reader, table, "child_id", pair)
        keys.setdefault(table, set()).update(found)


def _add_own(reader: Database | Unit, merging: Merging, keys: dict[str, set[int]]) -> None:
    """What the kept child has of a kind in which one row follows upon another."""
    pair = {merging.kept, merging.merged}
    tables = ["barring"] if keys.get("barring") else []
    tables += ["consent"] if keys.get("consent") else []
    tables += _LIFE if any(keys.get(table) for table in _LIFE) else []
    for table in tables:
        keys.setdefault(table, set()).update(_select(reader, table, "child_id", pair))


def _add_doings(
    reader: Database | Unit, database: Database, merging: Merging, keys: dict[str, set[int]]
) -> None:
    """What the kept adult is to the children, and does for those who were the other one's alone."""
    ties = keys.get("child_adult", set())
    children = _column(reader, "child_adult", "child_id", ties)
    own = {
        row["child_id"]
        for row in reader.rows(
            "select id, child_id from child_adult where adult_id = :kept", {"kept": merging.kept}
        )
        if row["id"] not in ties
    }
    for table, column in database.references_to("adult"):
        if "child_id" in database.columns_of(table):
            whose = children if table == "child_adult" else children - own
            found = _select(reader, table, column, {merging.kept}) & _select(reader, table, "child_id", whose)
            keys.setdefault(table, set()).update(found)


def _bars(reader: Database | Unit, merging: Merging) -> list[tuple[int, ...]]:
    rows = reader.rows(
        f"select id from child_adult where {merging.subject}_id = :kept and barred = 1 and ended_at is null"
        " order by id",
        {"kept": merging.kept},
    )
    return [tuple(row) for row in rows]


def _column(reader: Database | Unit, table: str, column: str, keys: Iterable[int]) -> set[int]:
    found: set[int] = set()
    for own in _shares(keys):
        marks = ", ".join(f":k{at}" for at in range(len(own)))
        rows = reader.rows(f"select {column} as found from {table} where id in ({marks})", _params(own))
        found.update(row["found"] for row in rows)
    return found


def _select(reader: Database | Unit, table: str, column: str, values: Iterable[int]) -> set[int]:
    """The keys of the rows that name one of these."""
    found: set[int] = set()
    for own in _shares(values):
        marks = ", ".join(f":k{at}" for at in range(len(own)))
        rows = reader.rows(f"select id from {table} where {column} in ({marks})", _params(own))
        found.update(row["id"] for row in rows)
    return found


def _digest(reader: Database | Unit, database: Database, table: str, keys: Iterable[int]) -> int:
    columns = ", ".join(database.columns_of(table))
    rows: list[tuple[object, ...]] = []
    for own in _shares(keys):
        marks = ", ".join(f":k{at}" for at in range(len(own)))
        found = reader.rows(f"select {columns} from {table} where id in ({marks}) order by id", _params(own))
        rows += [tuple(row) for row in found]
    return _of(rows)


def _of(rows: Iterable[tuple[object, ...]]) -> int:
    """Sixty-three bits of what the rows say: as much as an integer of the file holds."""
    hashed = hashlib.sha256()
    for row in rows:
        hashed.update(repr(row).encode())
    return int.from_bytes(hashed.digest()[:8], "big") >> 1


def _shares(keys: Iterable[int]) -> list[list[int]]:
    whole = sorted(keys)
    return [whole[at : at + _AT_ONCE] for at in range(0, len(whole), _AT_ONCE)]


def _params(keys: list[int]) -> dict[str, int]:
    return {f"k{at}": key for at, key in enumerate(keys)}
