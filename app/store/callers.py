"""What the file tells of a caller: since when her number stands with her, and she as a guardian of a child.

Read from the rows that every writer leaves behind: her record's own, the changes of her number, the rows
that tie her to the child and how they took each other's place, and the mergings that moved them.
"""

import datetime as dt
import sqlite3

from app.domain.callers import Event, History, Move, Span, Step, Vouch, Way
from app.domain.ids import AdultId, ChildId, GrantId
from app.domain.record import record
from app.store import merging
from app.store.database import Database, Unit
from app.store.record_acts import Change, add_change, end_act, list_values
from app.store.stamps import moment, moment_or_none

VOUCHED = "vouched"
_MOVED = ("child_adult.child_id", "child_adult.adult_id")
_BY = "coalesce(s.name, '') as by_name"
# The act by which a merging ``m`` was taken back: it was written in one unit with that.
_PARTED = (
    "(select max(u.id) from record_act o join record_act u on u.subject = o.subject"
    " and u.subject_id = o.subject_id and u.verb = 'undo_merge' and u.at = m.undone_at"
    " where o.id = m.act_id) as parted"
)


@record
class Rung:
    """The call behind an authorisation.

    ``at`` is when it was, or what the clock showed at its least since: whatever bears a later time may have
    been written after it. ``number`` is the one on file it came from. ``moved`` is the merging by which the
    caller's record went into another, if it did.
    """

    at: dt.datetime
    number: str
    moved: Event | None = None


def read_history(database: Database | Unit, child: ChildId, adult: AdultId) -> History:
    """Everything about one adult's number and her tie to one child."""
    children = (child, *(ChildId(key) for key in merging.list_merged(database, "child", child)))
    spans = _spans(database, child, adult)
    return History(
        child,
        _child_since(database, children),
        _numbers(database, adult),
        spans,
        _steps(database, children, {one.id for one in spans}),
        tuple(move for one in spans for move in _moves(database, one.id)),
        _vouches(database, adult),
    )


def find_number_at(database: Database | Unit, adult: AdultId, at: dt.datetime) -> str | None:
    """The number an adult had before the first change of it since an instant; None where there is none."""
    rows = database.rows(
        "select c.before, a.at from record_change c join record_act a on a.id = c.act_id"
        " where c.subject = 'adult' and c.subject_id = :adult and c.field = 'phone' order by c.id",
        {"adult": adult},
    )
    return next((row["before"] for row in rows if moment(row["at"]) >= at), None)


def find_rung(database: Database | Unit, grant: GrantId) -> Rung | None:
    """The call of an authorisation; None where there is no line of it in the trail."""
    row = database.row(
        "select min(a.at) as at, g.caller_id from pickup_grant g join audit a on a.id >="
        " (select min(id) from audit where subject = 'grant' and subject_id = :grant) where g.id = :grant",
        {"grant": grant},
    )
    if row is None or row["at"] is None:
        return None
    at, caller = moment(row["at"]), AdultId(row["caller_id"])
    gone = database.row(
        f"select m.at, m.merged_id, m.act_id, {_BY} from merging_row r join merging m on m.id = r.merging_id"
        " left join staff s on s.id = m.staff_id where r.row_id = :grant"
        " and r.place = 'pickup_grant.caller_id' and m.undone_at is null order by m.id limit 1",
        {"grant": grant},
    )
    if gone is None:
        return Rung(at, _number_at(database, caller, at))
    # Where the number moved along, the merged record holds the other one since.
    along = database.row(
        "select value from record_change where act_id = :act and subject = 'adult' and field = 'phone'",
        {"act": gone["act_id"]},
    )
    number = _number_at(database, AdultId(gone["merged_id"]), at) if along is None else along["value"]
    return Rung(at, number, Event(moment(gone["at"]), Way.JOINED, gone["by_name"], gone["act_id"]))


def _number_at(database: Database | Unit, adult: AdultId, at: dt.datetime) -> str:
    before = find_number_at(database, adult, at)
    row = None if before else database.row("select phone from adult where id = :id", {"id": adult})
    return before or ("" if row is None else str(row["phone"]))


def end_vouches(unit: Unit, grant: GrantId) -> bool:
    """What the director vouched for in the call of an authorisation holds no more; False if it was nothing.

    The two were written in one unit, whose rows bear its moment (``record_acts.find_registration``).
    """
    rows = unit.rows(
        "select a.id, c.subject_id, g.caller_id from pickup_grant g join record_act a on a.at = g.made_at"
        " and a.staff_id = g.made_by and a.verb = 'add_grant' and a.undone_at is null"
        " join record_change c on c.act_id = a.id and c.field = :field where g.id = :grant",
        {"grant": grant, "field": VOUCHED},
    )
    hers = {row["caller_id"]: merging.list_merged(unit, "adult", row["caller_id"]) for row in rows}
    acts = [row["id"] for row in rows if row["subject_id"] in (row["caller_id"], *hers[row["caller_id"]])]
    for act in acts:
        end_act(unit, act)
    return bool(acts)


def vouch(unit: Unit, act: int, adult: AdultId, words: str) -> None:
    """The director has vouched for an adult's number, inside the act of a child's record."""
    before = list_values(unit, "adult", adult).get(VOUCHED, "")
    add_change(unit, act, Change("adult", adult, VOUCHED, before, words))


def _child_since(database: Database | Unit, children: tuple[ChildId, ...]) -> dt.datetime:
    found = [database.row("select added_at from child where id = :id", {"id": key}) for key in children]
    return min(moment(row["added_at"]) for row in found if row is not None)


def _numbers(database: Database | Unit, adult: AdultId) -> tuple[Event, ...]:
    rows = database.rows("select added_at from adult where id = :id", {"id": adult})
    found = [Event(moment(row["added_at"]), Way.CAME) for row in rows]
    rows = database.rows(
        f"select a.id, a.at, a.verb, c.before, {_BY} from record_change c"
        " join record_act a on a.id = c.act_id left join staff s on s.id = a.staff_id"
        " where c.subject = 'adult' and c.subject_id = :adult and c.field = 'phone' order by c.id",
        {"adult": adult},
    )
    for row in rows:
        plain = Way.CHANGED if row["before"] else Way.FILLED
        found.append(Event(moment(row["at"]), _way(row["verb"], plain), row["by_name"], row["id"]))
    rows = database.rows(
        f"select m.undone_at, {_BY}, {_PARTED} from merging m left join staff s on s.id = m.undone_by"
        " where m.subject = 'adult' and (m.kept_id = :adult or m.merged_id = :adult)"
        " and m.undone_at is not null order by m.id",
        {"adult": adult},
    )
    found += [_parted(row, row["by_name"]) for row in rows]
    return tuple(found)


def _spans(database: Database | Unit, child: ChildId, adult: AdultId) -> tuple[Span, ...]:
    rows = database.rows(
        "select id, added_at, ended_at, is_guardian, barred from child_adult"
        " where child_id = :child and adult_id = :adult order by id",
        {"child": child, "adult": adult},
    )
    return tuple(
        Span(
            row["id"],
            moment(row["added_at"]),
            moment_or_none(row["ended_at"]),
            bool(row["is_guardian"]) and not row["barred"],
        )
        for row in rows
    )


def _steps(database: Database | Unit, children: tuple[ChildId, ...], spans: set[int]) -> tuple[Step, ...]:
    found = []
    for child in children:
        rows = database.rows(
            f"select c.act_id, c.before_row, c.value_row, a.at, a.verb, {_BY} from record_change c"
            " join record_act a on a.id = c.act_id left join staff s on s.id = a.staff_id"
            " where c.subject = 'child' and c.subject_id = :child and c.field = 'tie'"
            " and c.value_row is not null order by c.id",
            {"child": child},
        )
        for row in rows:
            if row["value_row"] in spans:
                event = Event(moment(row["at"]), _way(row["verb"], Way.ADDED), row["by_name"], row["act_id"])
                found.append(Step(row["act_id"], event, row["before_row"], row["value_row"]))
    return tuple(found)


def _moves(database: Database | Unit, span: int) -> list[Move]:
    rows = database.rows(
        f"select r.place, m.at, m.undone_at, m.act_id, {_PARTED}, {_BY},"
        " coalesce(u.name, '') as undoer from merging_row r"
        " join merging m on m.id = r.merging_id left join staff s on s.id = m.staff_id"
        " left join staff u on u.id = m.undone_by where r.row_id = :row"
        f" and r.place in ('{_MOVED[0]}', '{_MOVED[1]}', '{merging.ENDED}child_adult')",
        {"row": span},
    )
    found = []
    for row in rows:
        if row["undone_at"] is not None:
            found.append(Move(span, _parted(row, row["undoer"])))
        elif row["place"] in _MOVED:
            found.append(Move(span, Event(moment(row["at"]), Way.JOINED, row["by_name"], row["act_id"])))
    return found


def _vouches(database: Database | Unit, adult: AdultId) -> tuple[Vouch, ...]:
    rows = database.rows(
        "select a.id, a.at, a.subject_id, a.undone_at from record_change c join record_act a"
        " on a.id = c.act_id where c.subject = 'adult' and c.subject_id = :adult and c.field = :field"
        " and c.value <> '' and a.subject = 'child' and a.verb not like 'undo%' order by c.id",
        {"adult": adult, "field": VOUCHED},
    )
    return tuple(
        Vouch(moment(row["at"]), ChildId(row["subject_id"]), row["id"], moment_or_none(row["undone_at"]))
        for row in rows
    )


def _parted(row: sqlite3.Row, by: str) -> Event:
    return Event(moment(row["undone_at"]), Way.PARTED, by, row["parted"] or 0)


def _way(verb: str, plain: Way) -> Way:
    if verb == "undo_merge":
        return Way.PARTED
    if verb.startswith("undo"):
        return Way.UNDONE
    if verb.startswith("merge"):
        return Way.JOINED
    return Way.CAME if verb == "add_child" else plain
