"""The one file: opening it, reading it, and units of work that land whole or not at all.

One connection, owned by one thread at a time (the keeper). Every unit ends in an audit line whose ``chain``
is the SHA-256 over the line and its predecessor (what that proves: ``app/store/audit.py``).
"""

import contextlib
import datetime as dt
import functools
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.ids import StaffId
from app.store import errors
from app.store.place import Place
from app.store.stamps import stamp
from db.identity import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    import hashlib

    import sqlite_utils
    from sqlite_utils.db import Table

Params = Mapping[str, Any] | Sequence[Any]
T = TypeVar("T")
Clock = Callable[[], dt.datetime]

# How long an open file is waited for: a second window must be told at once, not after SQLite's five seconds.
_BUSY_SECONDS = 0.25
_STRIDE = 256  # pages of a copy between two words about how far it is
_NOTHING: dict[str, Any] = {}
# What the audit chain begins with.
CHAIN_START = "tuodehao"


class UnauditedUnitError(RuntimeError):
    """A unit of work tried to commit without an audit line: our bug."""


class UnknownTableError(RuntimeError):
    """A table name that the schema lacks (sqlite-utils would silently create it): our bug."""


class Database:
    """The centre's file, open and locked for this process."""

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Clock) -> None:
        self.path = path
        self.clock = clock
        # For fault tests: called with each statement of a unit, COMMIT included; may raise.
        self.tracer: Callable[[str], None] | None = None
        self.saved_at: dt.datetime | None = None
        # Counts commits, all and by the subject of their audit lines: what a reader has cached may be stale.
        self.commits = 0
        self._commits_by_subject: dict[str, int] = {}
        self._commits_alone: dict[str, int] = {}
        self._memory: dict[str, dict[object, Any]] = {}
        self._connection = connection
        self._place = Place(path)
        self._inserts: dict[tuple[str, ...], str] = {}
        self._columns: dict[str, frozenset[str]] | None = None
        self._chain: str | None = None
        self._busy = False
        # SQLite's memory is freed under a statement that another thread still runs: whoever closes waits.
        self._in_use = threading.RLock()
        self._utils: sqlite_utils.Database | None = None

    @classmethod
    def open(cls, path: Path, *, create: bool = False, clock: Clock) -> "Database":
        """Open the file and lock it; with ``create`` make it first where there is none.

        An older file is backed up and upgraded. Where the file is gone or empty but a back-up lies beside it,
        none is made: somebody must say whether to restore or to begin anew. Raises a
        ``StoreUnavailableError`` with a sentence when the file is missing, lost, in use, foreign, newer,
        damaged or cannot be written.
        """
        from app.store import upgrade  # imports us for nothing; kept late to keep the two readable apart

        with errors.blamed(path):
            if not _exists(path):
                if not create:
                    raise errors.missing(path)
                if (lost := errors.lost(path)) is not None:
                    raise lost
                upgrade.make(path, clock)
            connection = _connect(path)
            try:
                if _version(connection, path) < SCHEMA_VERSION:
                    upgrade.raise_to_current(connection, path, clock())
                    connection.close()
                    connection = _connect(path)
                    _version(connection, path)
                _hold(connection)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, clock)

    @classmethod
    def peek(cls, path: Path, clock: Clock) -> "Database":
        """Look at a copy without locking or changing it; a write-ahead log beside it is read, too."""
        # Where no log is there is nobody to heed, and SQLite leaves nothing beside the copy.
        how = "mode=ro" if Path(f"{path}-wal").exists() else "mode=ro&immutable=1"
        with errors.blamed(path):
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
        connection.row_factory = sqlite3.Row
        return cls(path, connection, clock)

    def warm(self) -> None:
        """Load what the first unit needs, on the keeper thread while nobody waits for it.

        Not sqlite-utils: whoever wants a ``table`` pays its 7 MB and 120 ms then; the daily units want none.
        """
        _sha256()
        self._schema()

    @property
    def utils(self) -> "sqlite_utils.Database":
        """The connection as sqlite-utils sees it; its import (120-180 ms) waits for the first use."""
        if self._utils is None:
            import sqlite_utils

            self._utils = sqlite_utils.Database(
                self._connection, tracer=self._trace, recursive_triggers=False
            )
        return self._utils

    def rows(self, sql: str, params: Params = _NOTHING) -> list[sqlite3.Row]:
        """All rows of a query."""
        try:
            with self._in_use:
                return self._connection.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            self._raise_blamed(error)
            raise

    def row(self, sql: str, params: Params = _NOTHING) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        try:
            with self._in_use:
                row: sqlite3.Row | None = self._connection.execute(sql, params).fetchone()
        except sqlite3.Error as error:
            self._raise_blamed(error)
            raise
        return row

    @contextlib.contextmanager
    def unit(self, actor_id: StaffId | None, verb: str) -> "Iterator[Unit]":
        """Commit everything in the block or nothing, taking the write lock up front.

        ``actor_id`` is None only for what the program does by itself (setting up, upgrading).
        """
        if self._busy:
            raise RuntimeError("units of work do not nest")
        self._in_use.acquire()
        self._busy = True
        try:
            self._place.require()
            self._run("begin immediate")
            unit = Unit(self, actor_id, verb, self.clock())
            try:
                yield unit
                if unit.chain is None:
                    msg = f"{verb} would commit without an audit line"
                    raise UnauditedUnitError(msg)
                self._run("commit")
            except BaseException:
                self._memory.clear()  # it may hold what the unit had written and now takes back
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise
            self._chain = unit.chain
            self.saved_at = unit.at
            self._count(unit.subjects)
        except sqlite3.Error as error:
            self._raise_blamed(error)
            raise
        finally:
            self._busy = False
            self._in_use.release()

    def commits_about(self, *subjects: str) -> int:
        """How many commits so far had audit lines about these subjects (``child``, ``visit`` …)."""
        return sum(self._commits_by_subject.get(subject, 0) for subject in subjects)

    def commits_beside(self, subject: str) -> int:
        """How many commits so far were about anything else than this subject alone."""
        return self.commits - self._commits_alone.get(subject, 0)

    def remember(self, table: str, key: object, read: Callable[[], T]) -> T:
        """What ``read`` found for ``key``, until a row is inserted into ``table``.

        For small tables that are only ever added to (settings): everybody asks, hardly anybody writes.
        """
        kept: dict[object, T] = self._memory.setdefault(table, {})
        if key not in kept:
            kept[key] = read()
        return kept[key]

    def scratch(self, sql: str) -> None:
        """Run a statement on what dies with the connection: temporary tables and triggers."""
        with self._in_use:
            self._connection.execute(sql)

    def references_to(self, table: str) -> tuple[tuple[str, str], ...]:
        """Every column of the schema that refers to ``table``, as ``(table, column)``, in a fixed order."""
        rows = self.rows(
            'select m.name as place, f."from" as name from sqlite_schema m'
            " join pragma_foreign_key_list(m.name) f where m.type = 'table' and f.\"table\" = :table"
            ' order by m.name, f."from"',
            {"table": table},
        )
        return tuple((row["place"], row["name"]) for row in rows)

    def columns_of(self, table: str) -> tuple[str, ...]:
        """The columns of a table, in their order."""
        rows = self.rows("select name from pragma_table_info(:table) order by cid", {"table": table})
        return tuple(row["name"] for row in rows)

    def find_damage(self) -> str | None:
        """The first broken page or reference between tables, in words for the log; reads every page."""
        row = self.row("pragma quick_check(1)")
        if row is not None and row[0] != "ok":
            return str(row[0])
        orphan = self.row("pragma foreign_key_check")
        return None if orphan is None else f"{orphan['table']} {orphan['rowid']} -> {orphan['parent']}"

    def close(self) -> None:
        """Let the file go, once nobody reads it any more. Harmless when repeated."""
        with self._in_use:
            self._connection.close()

    def copy_to(self, target: sqlite3.Connection, progress: Callable[[int, int], None] | None = None) -> None:
        """Copy the whole file, as it stands, into another connection (back-up).

        ``progress`` hears of pages done and pages in all; what it raises ends the copy.
        """
        if progress is None:
            with self._in_use:
                self._connection.backup(target)
            return

        def tell(_status: int, remaining: int, total: int) -> None:
            progress(total - remaining, total)

        with self._in_use:
            self._connection.backup(target, pages=_STRIDE, progress=tell)

    def _run(self, sql: str, params: Params = _NOTHING) -> sqlite3.Cursor:
        if self.tracer is not None:
            self.tracer(sql)
        return self._connection.execute(sql, params)

    def _count(self, subjects: set[str]) -> None:
        self.commits += 1
        for subject in subjects:
            self._commits_by_subject[subject] = self._commits_by_subject.get(subject, 0) + 1
        if len(subjects) == 1:
            (only,) = subjects
            self._commits_alone[only] = self._commits_alone.get(only, 0) + 1

    def _trace(self, sql: str, _params: object) -> None:
        if self.tracer is not None:
            self.tracer(sql)

    def _raise_blamed(self, error: sqlite3.Error) -> None:
        if (blamed := errors.blame(error, self.path)) is not None:
            raise blamed from error

    def _schema(self) -> dict[str, frozenset[str]]:
        if self._columns is None:
            names = self._connection.execute(
                "select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c"
                " where m.type = 'table'"
            ).fetchall()
            tables: dict[str, set[str]] = {}
            for table, column in names:
                tables.setdefault(table, set()).add(column)
            self._columns = {table: frozenset(columns) for table, columns in tables.items()}
        return self._columns

    def _require_table(self, name: str) -> frozenset[str]:
        columns = self._schema().get(name)
        if columns is None:
            msg = f"no such table: {name}"
            raise UnknownTableError(msg)
        return columns

    def _insert_text(self, table: str, columns: tuple[str, ...]) -> str:
        key = (table, *columns)
        if (text := self._inserts.get(key)) is None:
            if unknown := set(columns) - self._require_table(table):
                msg = f"{table} has no column {sorted(unknown)}"
                raise UnknownTableError(msg)
            # Names come from the schema, checked one line above; values are bound.
            text = f"insert into {table} ({', '.join(columns)}) values (:{', :'.join(columns)})"
            self._inserts[key] = text
        return text

    def _last_chain(self) -> str:
        if self._chain is None:
            last = self._connection.execute("select chain from audit order by id desc limit 1").fetchone()
            self._chain = CHAIN_START if last is None else str(last[0])
        return self._chain


class Unit:
    """An open unit of work. ``at`` is its one moment; ``stamp`` the same as text."""

    __slots__ = ("_database", "actor_id", "at", "chain", "stamp", "subjects", "verb")

    def __init__(self, database: Database, actor_id: StaffId | None, verb: str, at: dt.datetime) -> None:
        self._database = database
        self.actor_id = actor_id
        self.verb = verb
        self.at = at
        self.stamp = stamp(at)
        self.chain: str | None = None
        self.subjects: set[str] = set()

    def execute(self, sql: str, params: Params = _NOTHING) -> sqlite3.Cursor:
        """Run one statement inside the unit."""
        return self._database._run(sql, params)  # noqa: SLF001 (the two classes are one thing)

    def rows(self, sql: str, params: Params = _NOTHING) -> list[sqlite3.Row]:
        """Read inside the unit, seeing what it has written."""
        return self.execute(sql, params).fetchall()

    def row(self, sql: str, params: Params = _NOTHING) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        row: sqlite3.Row | None = self.execute(sql, params).fetchone()
        return row

    def remember(self, table: str, key: object, read: Callable[[], T]) -> T:
        """As ``Database.remember``; what a unit that fails has read is forgotten with it."""
        return self._database.remember(table, key, read)

    def insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Add one row and return its key; quicker than sqlite-utils, which reads the schema again."""
        database = self._database
        text = database._insert_text(table, tuple(row))  # noqa: SLF001
        database._memory.pop(table, None)  # noqa: SLF001
        return int(database._run(text, row).lastrowid or 0)  # noqa: SLF001

    def forget(self, table: str) -> None:
        """Rows of a remembered table were changed in place: whoever asks next reads it again."""
        self._database._memory.pop(table, None)  # noqa: SLF001

    def table(self, name: str) -> "Table":
        """The sqlite-utils table of that name; ``UnknownTableError`` for one the schema lacks."""
        self._database._require_table(name)  # noqa: SLF001
        return self._database.utils.table(name)

    def audit(self, subject: str, subject_id: int | None, detail: str = "") -> None:
        """Write the line that says who did what to what; at least one a unit. No numbers of persons."""
        database = self._database
        self.subjects.add(subject)
        before = self.chain if self.chain is not None else database._last_chain()  # noqa: SLF001
        self.chain = link(before, self.stamp, self.actor_id, self.verb, subject, subject_id, detail)
        database._run(  # noqa: SLF001
            "insert into audit (at, staff_id, verb, subject, subject_id, detail, chain)"
            " values (:at, :staff, :verb, :subject, :subject_id, :detail, :chain)",
            {
                "at": self.stamp,
                "staff": self.actor_id,
                "verb": self.verb,
                "subject": subject,
                "subject_id": subject_id,
                "detail": detail,
                "chain": self.chain,
            },
        )


def is_held(path: Path) -> bool:
    """Whether another process has the file open; asked without changing the file or its write-ahead log."""
    if not path.is_file():
        return False
    # A connection that may write folds the log in when it closes; another leaves an empty log where none was.
    mode = "ro" if Path(f"{path}-wal").exists() else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    try:
        with contextlib.closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS)) as connection:
            connection.execute("select count(*) from sqlite_schema").fetchone()
    except sqlite3.Error as error:
        # Anything but a lock (damage, another format) is no sign of somebody at work.
        return isinstance(errors.blame(error, path), errors.FileInUseError)
    return False


def link(before: str, *parts: object) -> str:
    """The next value of the audit chain: SHA-256 over the value before and the line's fields."""
    text = "\x1f".join([before, *("" if part is None else str(part) for part in parts)])
    return _sha256()(text.encode()).hexdigest()


@functools.cache
def _sha256() -> "Callable[[bytes], hashlib._Hash]":
    import hashlib  # late: it loads OpenSSL, and a start writes nothing

    return hashlib.sha256


def _exists(path: Path) -> bool:
    # An empty file is what a crash between creating and filling leaves; it holds nothing to lose itself.
    return path.exists() and (path.is_dir() or path.stat().st_size > 0)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    connection.row_factory = sqlite3.Row
    # Before the first look at the file: in this order WAL needs no shared memory and the lock is kept.
    connection.execute("pragma locking_mode = exclusive")
    connection.execute("pragma foreign_keys = on")
    connection.execute("pragma temp_store = memory")
    return connection


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version; raises for a file that is not ours or newer than we are."""
    tables = connection.execute("select count(*) from sqlite_schema").fetchone()[0]
    identity = connection.execute("pragma application_id").fetchone()[0]
    version: int = connection.execute("pragma user_version").fetchone()[0]
    if identity != APPLICATION_ID or not tables:
        raise errors.foreign(path)
    if version > SCHEMA_VERSION:
        raise errors.newer(path)
    return version


def _hold(connection: sqlite3.Connection) -> None:
    """Take the lock for good, and make a commit mean that the disk has it."""
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("begin immediate")
    connection.execute("commit")
