"""Consents, papers with an expiry, and the papers that bar an adult: superseded row by row, never changed."""

import datetime as dt
import sqlite3
from collections.abc import Collection

from app.domain.ids import AdultId, ChildId
from app.domain.record import record
from app.store.among import among
from app.store.database import Database, Unit


@record
class Consent:
    """One answer of a guardian to one purpose. ``id`` is 0 before it is kept."""

    child: ChildId
    purpose: str
    version: str
    answer: str
    day: dt.date
    signer: str
    signer_id: AdultId | None = None
    paper: str = ""
    id: int = 0
    ended: bool = False


@record
class ChildPaper:
    """A paper that was shown or handed in. ``id`` is 0 before it is kept."""

    child: ChildId
    kind: str
    number: str = ""
    issued_on: dt.date | None = None
    expires_on: dt.date | None = None
    note: str = ""
    id: int = 0


@record
class Barring:
    """The paper by which an adult must not collect a child."""

    child: ChildId
    adult: AdultId
    paper_kind: str
    paper_number: str = ""
    paper_on: dt.date | None = None
    valid_until: dt.date | None = None
    id: int = 0


_CONSENT = (
    "select id, child_id, purpose, version, answer, day, signer_id, signer, paper, ended_at from consent"
)
_PAPER = "select id, child_id, kind, number, issued_on, expires_on, note from child_paper"


def add_consent(unit: Unit, consent: Consent) -> int:
    """Keep an answer; the one before has to be ended first."""
    return unit.insert(
        "consent",
        {
            "child_id": consent.child,
            "purpose": consent.purpose,
            "version": consent.version,
            "answer": consent.answer,
            "day": consent.day.isoformat(),
            "signer_id": consent.signer_id,
            "signer": consent.signer,
            "paper": consent.paper,
            "noted_at": unit.stamp,
            "noted_by": unit.actor_id,
        },
    )


def list_consents(database: Database | Unit, child: ChildId) -> tuple[Consent, ...]:
    """Every answer ever given for a child, the newest first."""
    rows = database.rows(f"{_CONSENT} where child_id = :child order by id desc", {"child": child})
    return tuple(
        Consent(
            ChildId(row["child_id"]),
            row["purpose"],
            row["version"],
            row["answer"],
            dt.date.fromisoformat(row["day"]),
            row["signer"],
            None if row["signer_id"] is None else AdultId(row["signer_id"]),
            row["paper"],
            row["id"],
            row["ended_at"] is not None,
        )
        for row in rows
    )


def consents_given(
    database: Database, only: Collection[ChildId] | None = None
) -> dict[ChildId, frozenset[str]]:
    """The purposes to which the guardians of each child, or of some, agree now."""
    found: dict[ChildId, frozenset[str]] = {}
    some, params = among(only, "child_id")
    for row in database.rows(
        f"select child_id, purpose from consent where ended_at is null and answer = 'given'{some}", params
    ):
        child = ChildId(row["child_id"])
        found[child] = found.get(child, frozenset()) | {row["purpose"]}
    return found


def add_paper(unit: Unit, paper: ChildPaper) -> int:
    """Note a paper."""
    return unit.insert(
        "child_paper",
        {
            "child_id": paper.child,
            "kind": paper.kind,
            "number": paper.number,
            "issued_on": _text(paper.issued_on),
            "expires_on": _text(paper.expires_on),
            "note": paper.note,
            "added_at": unit.stamp,
            "added_by": unit.actor_id,
        },
    )


def list_papers(database: Database | Unit, child: ChildId) -> tuple[ChildPaper, ...]:
    """The papers of a child that hold, what expires first on top."""
    rows = database.rows(
        f"{_PAPER} where child_id = :child and ended_at is null"
        " order by case when expires_on is null then 1 else 0 end, expires_on, id",
        {"child": child},
    )
    return tuple(_paper(row) for row in rows)


def find_paper(database: Database | Unit, key: int) -> ChildPaper | None:
    """One paper that holds."""
    row = database.row(f"{_PAPER} where id = :id and ended_at is null", {"id": key})
    return None if row is None else _paper(row)


def list_expiring(
    database: Database, until: dt.date, only: Collection[ChildId] | None = None
) -> tuple[ChildPaper, ...]:
    """Every paper, or of some children, that expires up to a day or has, the soonest first."""
    some, params = among(only, "child_id")
    rows = database.rows(
        f"{_PAPER} where ended_at is null and expires_on <= :until"
        f" and exists (select 1 from child c where c.id = child_id and c.gone_at is null){some}"
        " order by expires_on, id",
        {"until": until.isoformat(), **params},
    )
    return tuple(_paper(row) for row in rows)


def paper_kinds(database: Database, only: Collection[ChildId] | None = None) -> dict[ChildId, frozenset[str]]:
    """The kinds of papers each child, or each of some, has."""
    found: dict[ChildId, frozenset[str]] = {}
    some, params = among(only, "child_id")
    for row in database.rows(f"select child_id, kind from child_paper where ended_at is null{some}", params):
        child = ChildId(row["child_id"])
        found[child] = found.get(child, frozenset()) | {row["kind"]}
    return found


def add_barring(unit: Unit, barring: Barring) -> int:
    """Note the paper that bars an adult; the one before has to be ended first."""
    return unit.insert(
        "barring",
        {
            "child_id": barring.child,
            "adult_id": barring.adult,
            "paper_kind": barring.paper_kind,
            "paper_number": barring.paper_number,
            "paper_on": _text(barring.paper_on),
            "valid_until": _text(barring.valid_until),
            "added_at": unit.stamp,
            "added_by": unit.actor_id,
        },
    )


def list_barrings(database: Database | Unit, child: ChildId) -> dict[AdultId, Barring]:
    """The papers that bar adults of a child, by adult."""
    rows = database.rows(
        "select id, child_id, adult_id, paper_kind, paper_number, paper_on, valid_until from barring"
        " where child_id = :child and ended_at is null",
        {"child": child},
    )
    return {
        AdultId(row["adult_id"]): Barring(
            ChildId(row["child_id"]),
            AdultId(row["adult_id"]),
            row["paper_kind"],
            row["paper_number"],
            _day(row["paper_on"]),
            _day(row["valid_until"]),
            row["id"],
        )
        for row in rows
    }


def _paper(row: sqlite3.Row) -> ChildPaper:
    return ChildPaper(
        ChildId(row["child_id"]),
        row["kind"],
        row["number"],
        _day(row["issued_on"]),
        _day(row["expires_on"]),
        row["note"],
        row["id"],
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
