"""The practice centre 向阳托育中心 as a file to play with, and the clock that goes with it.

A pristine file is built once for each release and story moment, kept in the cache, and copied for each start:
whatever was tried out is gone the next time, and the centre's own file is never near.
"""

import contextlib
import dataclasses
import datetime as dt
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.practice_notes import ToldDay

ZONE = dt.timezone(dt.timedelta(hours=8))
# The two moments of the story of 2025-12-03: before 朱予晴 comes, and shortly before she is collected.
TOUR_MOMENT = dt.datetime(2025, 12, 3, 9, 5, tzinfo=ZONE)
DESK_MOMENT = dt.datetime(2025, 12, 3, 13, 52, tzinfo=ZONE)
HISTORY_DAYS = 92
SEED = 20251203
_DAY = 86_400  # seconds


class StoryClock:
    """A clock that stands still until the story moves it on."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        """The moment at which the story stands."""
        return self.moment

    def set(self, hour: int, minute: int = 0) -> None:
        """Put the hands to a time of the same day."""
        self.moment = self.moment.replace(hour=hour, minute=minute, second=0, microsecond=0)

    def advance(self, **amount: float) -> None:
        """Move on: ``clock.advance(minutes=5)``."""
        self.moment += dt.timedelta(**amount)


def running_clock(start: dt.datetime) -> Callable[[], dt.datetime]:
    """A clock that begins at a moment of the story and runs on from there."""
    begun = time.monotonic()
    return lambda: start + dt.timedelta(seconds=int(time.monotonic() - begun))


def template(cache: Path, moment: dt.datetime) -> Path:
    """The pristine file of that moment, built where it is not there yet.

    Raises:
        StoreUnavailableError: the cache has no room, or cannot be written. No half-built file is left.
    """
    path = cache / f"practice-{moment:%Y%m%d%H%M}-{_edition()}.sqlite3"
    if path.exists():
        return path
    from app.domain.names import READING_RULES, search_keys
    from app.domain.pickup_codes import is_fair
    from db import practice

    def keys(name: str) -> tuple[str, str]:
        found = search_keys(name)
        return found.pinyin, found.initials

    with _draft(path) as draft:
        practice.build(
            draft,
            seed=SEED,
            moment=moment,
            days=HISTORY_DAYS,
            keys=keys,
            fair=is_fair,
            rules=READING_RULES,
            words=_drafted,
        )
    return path


def _drafted(told: "ToldDay") -> dict[str, str]:
    """The parts of a note as the program drafts them, and what of the day stood behind them."""
    import app
    from app.domain.ages import months_between
    from app.domain.alerts import alerts
    from app.domain.dayfacts import CheckFact, DayFacts
    from app.domain.ids import EntryId
    from app.domain.logbook import EntryDraft, EntryKind
    from app.domain.phrases import seed_of
    from app.domain.prose import compose
    from app.domain.seen import Seen, facts_of
    from app.store import tables

    def moment(value: object) -> dt.datetime:
        return dt.datetime.fromisoformat(str(value))

    def entry(row: Mapping[str, Any]) -> EntryDraft:
        until = row["until"] and moment(row["until"])
        parts = {name: row[name] for name in ("detail", "quality", "grade", "amount_ml", "tenths")}
        return EntryDraft(
            EntryKind(row["kind"]), moment(row["at"]), until, text=row["text"], note=row["note"], **parts
        )

    def check(row: Mapping[str, Any]) -> CheckFact:
        return CheckFact(
            row["kind"], moment(row["at"]), row["tenths"], row["outcome"], row["note"], row["site"]
        )

    kid, visit = told.kid, told.visit
    facts = DayFacts(
        given_name=kid.given,
        sex=kid.sex,
        arrived=moment(visit["arrived_at"]),
        brought_by_words=told.relation,
        entries=tuple(entry(row) for _key, row in told.entries),
        checks=tuple(check(row) for row in told.checks),
        allergies=kid.allergies,
        left=None if visit["left_at"] is None else moment(visit["left_at"]),
        allergens=tables.allergens(),
        months=months_between(kid.born, told.day),
        seed=seed_of(told.day, kid.id),
        phrases=tables.phrases(),
        urgent=tables.urgent(),
    )
    keys = frozenset(EntryId(key) for key, _row in told.entries)
    seen = Seen(keys, frozenset(one.key for one in alerts(facts)), facts_of(facts), app.__version__)
    return {**dataclasses.asdict(compose(facts)), "seen": seen.written()}


def lay_out(cache: Path, target: Path, moment: dt.datetime) -> None:
    """Put a fresh copy at ``target``, in place of what was tried out there before, its back-ups included.

    Raises:
        RealCentreError: a centre's own file lies there. Nothing was touched.
        StoreUnavailableError: there is no room, or a folder cannot be written. What was there is still.
    """
    from app.store import backup, centre, errors

    if centre.is_real_centre(target, lambda: moment):
        raise errors.real_centre(target)
    pristine = template(cache, moment)
    with _draft(target) as draft:
        shutil.copyfile(pristine, draft)
        for _, copy in backup.list_backups(target.parent / backup.FOLDER):
            copy.unlink(missing_ok=True)
        _clear_logs(target)


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A name beside ``path`` to write to: it takes the place of ``path`` when it is whole, or goes."""
    from app.store import errors

    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with errors.blamed(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _clear_cut_off(path)
            yield draft
            draft.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
                _clear_logs(draft)
            raise


def _clear_cut_off(path: Path) -> None:
    """Remove what an earlier run of the program was writing when it was killed.

    Another run may be writing at this moment: what is younger than a day stays.
    """
    for draft in path.parent.glob(f".{path.name.partition('-')[0]}*"):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > _DAY:
                draft.unlink()


def _clear_logs(path: Path) -> None:
    for tail in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _edition() -> str:
    """Changes with whatever makes the file: the story's code, the schema, and how notes are put."""
    import hashlib

    digest = hashlib.sha256()
    house = Path(__file__).resolve().parent.parent
    wording = (
        Path(__file__),
        *(house / "app" / "domain").glob("*.py"),
        house / "resources/tables/prose.toml",
    )
    for path in sorted((*(house / "db").glob("*.py"), *wording)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
