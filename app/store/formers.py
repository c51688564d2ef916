"""What an adult was called and rung by in records that were merged into hers: still hers, and still found."""

from collections.abc import Iterable

from app.domain.ids import AdultId
from app.domain.record import record
from app.store.database import Database, Unit


@record
class Former:
    """One merged record of an adult. The keys are for searching."""

    id: AdultId
    adult: AdultId  # who she is now
    name: str
    phone: str
    pinyin: str
    initials: str


def list_formers(
    database: Database | Unit, only: Iterable[AdultId] | None = None
) -> dict[AdultId, tuple[Former, ...]]:
    """The merged records of every adult, or of some, by who they are now; of a chain all.

    Few are ever merged: all of them are read, and the chains followed here.
    """
    rows = database.rows(
        "select id, superseded_by, name, phone, pinyin, initials from adult"
        " where superseded_by > 0 order by +id"  # by the index: hardly any row is one
    )
    after = {row["id"]: row["superseded_by"] for row in rows}
    wanted = None if only is None else frozenset(only)
    found: dict[AdultId, tuple[Former, ...]] = {}
    for row in rows:
        now = row["superseded_by"]
        while now in after:
            now = after[now]
        adult = AdultId(now)
        if wanted is None or adult in wanted:
            one = Former(AdultId(row["id"]), adult, row["name"], row["phone"], row["pinyin"], row["initials"])
            found[adult] = (*found.get(adult, ()), one)
    return found


def other_phones(formers: Iterable[Former], phone: str) -> tuple[Former, ...]:
    """Those by whose number she is rung, too: each other number once."""
    found: dict[str, Former] = {}
    for one in formers:
        if one.phone and one.phone != phone:
            found.setdefault(one.phone, one)
    return tuple(found.values())
