"""Cards for bringing and fetching (接送卡). A card is never deleted: it is lost, or withdrawn."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.cards import card_number
from app.domain.ids import CardId, ChildId, ClassId, StaffId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.receipts import next_number
from app.store.stamps import moment

_COLUMNS = (
    "k.id, k.number, k.child_id, k.batch, k.replaces_id, k.issued_at, k.ended_as, k.ended_at, k.ended_words,"
    " c.name as child_name"
)
_FROM = "from card k join child c on c.id = k.child_id"


@record
class Card:
    """A card as kept. ``ended_as`` is lost, withdrawn, or None while the card is valid."""

    id: CardId
    number: str
    child: ChildId
    child_name: str
    batch: int
    replaces: CardId | None
    issued_at: dt.datetime
    ended_as: str | None
    ended_at: dt.datetime | None
    ended_words: str

    @property
    def valid(self) -> bool:
        """Whether it still opens the child at the desk."""
        return self.ended_as is None


@record
class Holder:
    """An enrolled child with her class: who may have a card."""

    child: ChildId
    name: str
    nickname: str
    class_id: ClassId
    class_name: str
    colour: str


def next_batch(unit: Unit) -> int:
    """The number of the next issue: what is issued together is taken back together."""
    row = unit.row("select coalesce(max(batch), 0) + 1 as batch from card")
    return 1 if row is None else int(row["batch"])


def add_card(
    unit: Unit, child: ChildId, batch: int, staff: StaffId, replaces: CardId | None = None
) -> CardId:
    """Issue a card with the next number."""
    row = {
        "number": card_number(next_number(unit, "card")),
        "child_id": child,
        "batch": batch,
        "replaces_id": replaces,
        "issued_at": unit.stamp,
        "issued_by": staff,
    }
    return CardId(unit.insert("card", row))


def end_card(unit: Unit, card: CardId, ended_as: str, words: str, staff: StaffId) -> None:
    """Let a valid card be ``lost`` or ``withdrawn``."""
    unit.execute(
        "update card set ended_as = :ended_as, ended_at = :at, ended_by = :staff, ended_words = :words"
        " where id = :id and ended_as is null",
        {"ended_as": ended_as, "at": unit.stamp, "staff": staff, "words": words, "id": card},
    )


def reverse_end(unit: Unit, card: CardId) -> None:
    """A card that was said to be lost is valid again; the audit line keeps what is taken off."""
    unit.execute(
        "update card set ended_as = null, ended_at = null, ended_by = null, ended_words = '' where id = :id",
        {"id": card},
    )


def find_card(database: Database | Unit, card: CardId) -> Card | None:
    """One card."""
    row = database.row(f"select {_COLUMNS} {_FROM} where k.id = :id", {"id": card})
    return None if row is None else _card(row)


def find_by_number(database: Database, number: str) -> Card | None:
    """The card that carries a number."""
    row = database.row(f"select {_COLUMNS} {_FROM} where k.number = :number", {"number": number})
    return None if row is None else _card(row)


def list_cards(database: Database | Unit, child: ChildId | None = None) -> tuple[Card, ...]:
    """All cards ever issued, to one child or to all, the latest first."""
    which = "" if child is None else " where k.child_id = :child"
    rows = database.rows(
        f"select {_COLUMNS} {_FROM}{which} order by k.id desc", {} if child is None else {"child": child}
    )
    return tuple(_card(row) for row in rows)


def list_batch(database: Database | Unit, batch: int) -> tuple[Card, ...]:
    """The cards issued together."""
    rows = database.rows(f"select {_COLUMNS} {_FROM} where k.batch = :batch order by k.id", {"batch": batch})
    return tuple(_card(row) for row in rows)


def list_holders(database: Database, day: dt.date) -> tuple[Holder, ...]:
    """The children under contract on a day, by class and name."""
    rows = database.rows(
        "select c.id, c.name, c.nickname, g.id as class_id, g.name as class_name, g.colour"
        " from enrolment e join child c on c.id = e.child_id join class_group g on g.id = e.class_id"
        " where e.undone_at is null and e.starts_on <= :day and (e.ends_on is null or e.ends_on >= :day)"
        " order by g.sort, c.pinyin, c.id, e.id",
        {"day": day.isoformat()},
    )
    found = {row["id"]: row for row in rows}  # two contracts on one day are one child
    return tuple(
        Holder(
            ChildId(row["id"]),
            row["name"],
            row["nickname"],
            ClassId(row["class_id"]),
            row["class_name"],
            row["colour"],
        )
        for row in found.values()
    )


def list_printed(database: Database) -> frozenset[CardId]:
    """The cards that went to a printer at least once."""
    rows = database.rows("select distinct subject_id from paper where kind = 'card'")
    return frozenset(CardId(row["subject_id"]) for row in rows)


def count_valid(unit: Database | Unit, children: Sequence[ChildId]) -> dict[ChildId, int]:
    """How many valid cards each of these children has."""
    counts = dict.fromkeys(children, 0)
    for row in unit.rows("select child_id from card where ended_as is null"):
        if row["child_id"] in counts:
            counts[ChildId(row["child_id"])] += 1
    return counts


def _card(row: sqlite3.Row) -> Card:
    return Card(
        CardId(row["id"]),
        row["number"],
        ChildId(row["child_id"]),
        row["child_name"],
        row["batch"],
        None if row["replaces_id"] is None else CardId(row["replaces_id"]),
        moment(row["issued_at"]),
        row["ended_as"],
        None if row["ended_at"] is None else moment(row["ended_at"]),
        row["ended_words"],
    )
