"""Receipts and their numbers. A receipt is never edited: a refund with its own number takes it back."""

import datetime as dt
import sqlite3

from app.domain.ids import ChildId, ReceiptId, StaffId, VisitId
from app.domain.money import Money
from app.domain.pricing import PriceLine
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import moment


class AlreadyReversedError(Exception):
    """The receipt has been taken back already. The service says it in words."""


@record
class NewReceipt:
    """A receipt to be issued now. ``reverses`` makes it a refund; its amounts are then negative."""

    visit: VisitId | None
    child: ChildId
    class_name: str
    payer: str
    tender: str
    lines: tuple[PriceLine, ...]
    day: dt.date
    issued_by: StaffId
    reverses: ReceiptId | None = None


@record
class Receipt:
    """A receipt as kept. ``reversed_by`` is the refund that took it back."""

    id: ReceiptId
    number: str
    kind: str
    reverses: ReceiptId | None
    reversed_by: ReceiptId | None
    visit: VisitId | None
    child: ChildId
    child_name: str
    class_name: str
    payer: str
    tender: str
    total: Money
    issued_at: dt.datetime
    day: dt.date
    issued_by: StaffId
    issuer_name: str
    lines: tuple[PriceLine, ...]


@record
class ReceiptRow:
    """A line of the month's table. ``other`` is the number of what it took back, or of its refund."""

    number: str
    kind: str
    day: dt.date
    child_name: str
    class_name: str
    payer: str
    tender: str
    total: Money
    purposes: str
    other: str
    issuer_name: str


def next_number(unit: Unit, series: str) -> int:
    """The next number of a series without gaps: it is taken in the same unit of work that uses it."""
    row = unit.row(
        "insert into number_series (name, last) values (:name, 1)"
        " on conflict (name) do update set last = last + 1 returning last",
        {"name": series},
    )
    if row is None:  # pragma: no cover - "returning" gives the row it wrote
        raise RuntimeError(series)
    return int(row["last"])


def add_receipt(unit: Unit, receipt: NewReceipt) -> ReceiptId:
    """Issue a receipt or refund with the next number of its year, ``2025-000018``.

    Raises:
        AlreadyReversedError: if what it reverses was reversed before.
    """
    year = receipt.day.year
    number = f"{year}-{next_number(unit, f'receipt-{year}'):06d}"
    row = {
        "number": number,
        "kind": "receipt" if receipt.reverses is None else "refund",
        "reverses_id": receipt.reverses,
        "visit_id": receipt.visit,
        "child_id": receipt.child,
        "class_name": receipt.class_name,
        "payer": receipt.payer,
        "tender": receipt.tender,
        "total_fen": sum(line.amount.fen for line in receipt.lines),
        "issued_at": unit.stamp,
        "day": receipt.day.isoformat(),
        "issued_by": receipt.issued_by,
    }
    try:
        key = ReceiptId(unit.insert("receipt", row))
    except sqlite3.IntegrityError as error:
        if "receipt.reverses_id" in str(error):
            raise AlreadyReversedError(str(receipt.reverses)) from error
        raise
    for position, line in enumerate(receipt.lines, start=1):
        _add_line(unit, key, position, line)
    return key


def find_receipt(database: Database | Unit, receipt: ReceiptId) -> Receipt | None:
    """One receipt with its lines."""
    return _find(database, "r.id = :key", receipt)


def find_receipt_by_number(database: Database, number: str) -> Receipt | None:
    """The receipt that carries a number."""
    return _find(database, "r.number = :key", number)


def find_receipt_of_visit(database: Database | Unit, visit: VisitId) -> Receipt | None:
    """The receipt that stands for a visit: not a refund, and not taken back."""
    return _find(
        database,
        "r.visit_id = :key and r.kind = 'receipt' and b.id is null",
        visit,
    )


def _purposes_of_month(database: Database, month: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in database.rows(
        "select l.receipt_id, l.purpose from receipt_line l join receipt r on r.id = l.receipt_id"
        " where r.day >= :first and r.day <= :last order by l.receipt_id, l.position",
        {"first": f"{month}-01", "last": f"{month}-31"},
    ):
        found.setdefault(row["receipt_id"], []).append(row["purpose"])
    return found


def list_of_month(database: Database, month: str) -> tuple[ReceiptRow, ...]:
    """Every receipt and refund of a month (``2025-11``), in the order of their numbers."""
    rows = database.rows(
        "select r.number, r.kind, r.day, c.name as child_name, r.class_name, r.payer, r.tender, r.total_fen,"
        " coalesce(o.number, b.number, '') as other, s.name as issuer_name,"
        " r.id from receipt r join child c on c.id = r.child_id join staff s on s.id = r.issued_by"
        " left join receipt o on o.id = r.reverses_id left join receipt b on b.reverses_id = r.id"
        " where r.day >= :first and r.day <= :last order by r.id",
        {"first": f"{month}-01", "last": f"{month}-31"},
    )
    purposes = _purposes_of_month(database, month)
    return tuple(
        ReceiptRow(
            row["number"],
            row["kind"],
            dt.date.fromisoformat(row["day"]),
            row["child_name"],
            row["class_name"],
            row["payer"],
            row["tender"],
            Money(row["total_fen"]),
            "、".join(purposes.get(row["id"], ())),
            row["other"],
            row["issuer_name"],
        )
        for row in rows
    )


def _find(database: Database | Unit, where: str, key: int | str) -> Receipt | None:
    row = database.row(
        "select r.id, r.number, r.kind, r.reverses_id, b.id as reversed_by, r.visit_id, r.child_id,"
        " c.name as child_name, r.class_name, r.payer, r.tender, r.total_fen, r.issued_at, r.day,"
        " r.issued_by, s.name as issuer_name from receipt r join child c on c.id = r.child_id"
        " join staff s on s.id = r.issued_by left join receipt b on b.reverses_id = r.id"
        f" where {where} order by r.id desc limit 1",
        {"key": key},
    )
    if row is None:
        return None
    lines = database.rows(
        "select price_code, purpose, quantity, unit, unit_fen, amount_fen, explanation from receipt_line"
        " where receipt_id = :id order by position",
        {"id": row["id"]},
    )
    return Receipt(
        id=ReceiptId(row["id"]),
        number=row["number"],
        kind=row["kind"],
        reverses=None if row["reverses_id"] is None else ReceiptId(row["reverses_id"]),
        reversed_by=None if row["reversed_by"] is None else ReceiptId(row["reversed_by"]),
        visit=None if row["visit_id"] is None else VisitId(row["visit_id"]),
        child=ChildId(row["child_id"]),
        child_name=row["child_name"],
        class_name=row["class_name"],
        payer=row["payer"],
        tender=row["tender"],
        total=Money(row["total_fen"]),
        issued_at=moment(row["issued_at"]),
        day=dt.date.fromisoformat(row["day"]),
        issued_by=StaffId(row["issued_by"]),
        issuer_name=row["issuer_name"],
        lines=tuple(_line(line) for line in lines),
    )


def _add_line(unit: Unit, receipt: ReceiptId, position: int, line: PriceLine) -> None:
    unit.insert(
        "receipt_line",
        {
            "receipt_id": receipt,
            "position": position,
            "price_code": line.code,
            "purpose": line.purpose,
            "quantity": line.quantity,
            "unit": line.unit,
            "unit_fen": line.unit_price.fen,
            "amount_fen": line.amount.fen,
            "explanation": line.explanation,
        },
    )


def _line(row: sqlite3.Row) -> PriceLine:
    return PriceLine(
        row["price_code"],
        row["purpose"],
        row["quantity"],
        row["unit"],
        Money(row["unit_fen"]),
        Money(row["amount_fen"]),
        row["explanation"],
    )
