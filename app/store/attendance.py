"""What a month is counted from: contracts, visits, absences, receipts. The counting is done elsewhere."""

import datetime as dt

from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.modes import CareMode, Tariff
from app.domain.money import Money
from app.domain.record import record
from app.store.database import Database
from app.store.stamps import moment, moment_or_none


@record
class Contract:
    """A child's contract as far as attendance needs it."""

    child: ChildId
    class_id: ClassId
    mode: CareMode
    weekdays: str
    starts_on: dt.date
    ends_on: dt.date | None
    from_minute: int = 0  # after midnight: her hours of a day
    to_minute: int = 1440


@record
class Attended:
    """One visit of the month."""

    visit: VisitId
    child: ChildId
    class_id: ClassId
    day: dt.date
    mode: CareMode
    tariff: Tariff
    arrived_at: dt.datetime
    left_at: dt.datetime | None


@record
class Missed:
    """One noted absence: sick, personal or other. ``words`` is the disease, or else the reason."""

    child: ChildId
    day: dt.date
    kind: str
    words: str = ""


@record
class Taken:
    """Money by tender. Refunds are apart and negative."""

    tender: str
    kind: str
    count: int
    amount: Money


@record
class ItemTaken:
    """Money by item of the price list, refunds deducted. ``lines`` counts what was charged alone."""

    code: str
    name: str
    lines: int
    quantity: int
    amount: Money


def list_contracts(database: Database, first: dt.date, last: dt.date) -> tuple[Contract, ...]:
    """Contracts that hold on a day of the span."""
    rows = database.rows(
        "select child_id, class_id, mode, weekdays, starts_on, ends_on, arrive_minute, leave_minute"
        " from enrolment"
        " where undone_at is null and starts_on <= :last and (ends_on is null or ends_on >= :first)"
        " order by child_id, starts_on, id",
        _span(first, last),
    )
    return tuple(
        Contract(
            ChildId(row["child_id"]),
            ClassId(row["class_id"]),
            CareMode(row["mode"]),
            row["weekdays"],
            dt.date.fromisoformat(row["starts_on"]),
            None if row["ends_on"] is None else dt.date.fromisoformat(row["ends_on"]),
            row["arrive_minute"],
            row["leave_minute"],
        )
        for row in rows
    )


def list_attended(database: Database, first: dt.date, last: dt.date) -> tuple[Attended, ...]:
    """Visits of the span that were not taken back, each in the class that the child came to.

    Who was moved for the last hour (傍晚并班) is counted where she was expected.
    """
    rows = database.rows(
        "select v.id, v.child_id, coalesce((select m.from_class_id from day_move m where m.visit_id = v.id"
        " and m.undone_at is null order by m.id limit 1), v.class_id) as class_id,"
        " v.day, v.mode, v.tariff, v.arrived_at, v.left_at from visit v"
        " where v.day between :first and :last and v.undone_at is null order by v.day, v.id",
        _span(first, last),
    )
    return tuple(
        Attended(
            VisitId(row["id"]),
            ChildId(row["child_id"]),
            ClassId(row["class_id"]),
            dt.date.fromisoformat(row["day"]),
            CareMode(row["mode"]),
            Tariff(row["tariff"]),
            moment(row["arrived_at"]),
            moment_or_none(row["left_at"]),
        )
        for row in rows
    )


def list_missed(database: Database, first: dt.date, last: dt.date) -> tuple[Missed, ...]:
    """Absences noted for the span."""
    rows = database.rows(
        "select a.child_id, a.day, a.kind, coalesce(nullif(p.disease, ''), a.reason, '') as words"
        " from absence a left join absence_spell p on p.id = a.spell_id"
        " where a.day between :first and :last and a.undone_at is null order by a.day, a.id",
        _span(first, last),
    )
    return tuple(
        Missed(ChildId(row["child_id"]), dt.date.fromisoformat(row["day"]), row["kind"], row["words"])
        for row in rows
    )


def list_names(database: Database) -> dict[ChildId, str]:
    """What every child is called."""
    return {ChildId(row["id"]): row["name"] for row in database.rows("select id, name from child")}


def list_months(database: Database) -> tuple[str, ...]:
    """Months such as ``2025-11`` in which somebody came or paid."""
    rows = database.rows(
        "select distinct substr(day, 1, 7) as month from visit"
        " union select distinct substr(day, 1, 7) from receipt order by 1"
    )
    return tuple(row["month"] for row in rows)


def list_tenders(database: Database, first: dt.date, last: dt.date) -> tuple[Taken, ...]:
    """Receipts and refunds of the span by tender."""
    rows = database.rows(
        "select tender, kind, count(*) as papers, sum(total_fen) as fen from receipt"
        " where day between :first and :last group by tender, kind order by tender, kind desc",
        _span(first, last),
    )
    return tuple(Taken(row["tender"], row["kind"], row["papers"], Money(row["fen"])) for row in rows)


def list_items(database: Database, first: dt.date, last: dt.date) -> tuple[ItemTaken, ...]:
    """Lines of the span's receipts by item, largest first; an item off the price list keeps its code."""
    rows = database.rows(
        "select l.price_code as code, sum(l.quantity) as quantity, sum(l.amount_fen) as fen,"
        " sum(case when r.kind = 'receipt' then 1 else 0 end) as lines,"
        " (select p.name from price p where p.code = l.price_code order by p.valid_from desc limit 1) as name"
        " from receipt_line l join receipt r on r.id = l.receipt_id"
        " where r.day between :first and :last group by l.price_code order by fen desc, l.price_code",
        _span(first, last),
    )
    return tuple(
        ItemTaken(row["code"], row["name"] or row["code"], row["lines"], row["quantity"], Money(row["fen"]))
        for row in rows
    )


def _span(first: dt.date, last: dt.date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def next_arrival(database: Database, child: ChildId, since: dt.date) -> dt.date | None:
    """The first day from ``since`` on that a child was here; None while she has not come."""
    row = database.row(
        "select min(day) as day from visit where child_id = :child and day >= :since and undone_at is null",
        {"child": child, "since": since.isoformat()},
    )
    return None if row is None or row["day"] is None else dt.date.fromisoformat(row["day"])
