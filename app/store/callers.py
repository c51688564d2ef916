"""What the file tells of a caller: since when her number stands with her, and she as a guardian of a child.

Read from the rows that every writer leaves behind: her record's own, the changes of her number, the rows
that tie her to the child and how they took each other's place, and the mergings that moved them.
"""

import datetime as dt

from app.domain.callers import Event, History, Move, Span, Step, Vouch, Way
from app.domain.ids import AdultId, ChildId
from app.store import merging
from app.store.database import Database, Unit
from app.store.record_acts import Change, add_change, list_values
from app.store.stamps import moment, moment_or_none

_VOUCHED = "vouched"
_MOVED = ("child_adult.child_id", "child_adult.adult_id")
_BY = "coalesce(s.name, '') as by_name"


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


def vouch(unit: Unit, act: int, adult: AdultId, words: str) -> None:
    """The director has vouched for an adult's number, inside the act of a child's record."""
    before = list_values(unit, "adult", adult).get(_VOUCHED, "")
    add_change(unit, act, Change("adult", adult, _VOUCHED, before, words))


def _child_since(database: Database | Unit, children: tuple[ChildId, ...]) -> dt.datetime:
    found = [database.row("select added_at from child where id = :id", {"id": key}) for key in children]
    return min(moment(row["added_at"]) for row in found if row is not None)


def _numbers(database: Database | Unit, adult: AdultId) -> tuple[Event, ...]:
    rows = database.rows("select added_at from adult where id = :id", {"id": adult})
    found = [Event(moment(row["added_at"]), Way.CAME) for row in rows]
    rows = database.rows(
        f"select a.at, a.verb, c.before, {_BY} from record_change c join record_act a on a.id = c.act_id"
        " left join staff s on s.id = a.staff_id where c.subject = 'adult' and c.subject_id = :adult"
        " and c.field = 'phone' order by c.id",
        {"adult": adult},
    )
    for row in rows:
        plain = Way.CHANGED if row["before"] else Way.FILLED
        found.append(Event(moment(row["at"]), _way(row["verb"], plain), row["by_name"]))
    rows = database.rows(
        f"select m.undone_at, {_BY} from merging m left join staff s on s.id = m.undone_by"
        " where m.subject = 'adult' and (m.kept_id = :adult or m.merged_id = :adult)"
        " and m.undone_at is not null order by m.id",
        {"adult": adult},
    )
    found += [Event(moment(row["undone_at"]), Way.PARTED, row["by_name"]) for row in rows]
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
                event = Event(moment(row["at"]), _way(row["verb"], Way.ADDED), row["by_name"])
                found.append(Step(row["act_id"], event, row["before_row"], row["value_row"]))
    return tuple(found)


def _moves(database: Database | Unit, span: int) -> list[Move]:
    rows = database.rows(
        f"select r.place, m.at, m.undone_at, {_BY}, coalesce(u.name, '') as undoer from merging_row r"
        " join merging m on m.id = r.merging_id left join staff s on s.id = m.staff_id"
        " left join staff u on u.id = m.undone_by where r.row_id = :row"
        f" and r.place in ('{_MOVED[0]}', '{_MOVED[1]}', '{merging.ENDED}child_adult')",
        {"row": span},
    )
    found = []
    for row in rows:
        if row["undone_at"] is not None:
            found.append(Move(span, Event(moment(row["undone_at"]), Way.PARTED, row["undoer"])))
        elif row["place"] in _MOVED:
            found.append(Move(span, Event(moment(row["at"]), Way.JOINED, row["by_name"])))
    return found


def _vouches(database: Database | Unit, adult: AdultId) -> tuple[Vouch, ...]:
    rows = database.rows(
        "select a.at, a.subject_id from record_change c join record_act a on a.id = c.act_id"
        " where c.subject = 'adult' and c.subject_id = :adult and c.field = :field and c.value <> ''"
        " and a.subject = 'child' and a.undone_at is null order by c.id",
        {"adult": adult, "field": _VOUCHED},
    )
    return tuple(Vouch(moment(row["at"]), ChildId(row["subject_id"])) for row in rows)


def _way(verb: str, plain: Way) -> Way:
    if verb == "undo_merge":
        return Way.PARTED
    if verb.startswith("undo"):
        return Way.UNDONE
    if verb.startswith("merge"):
        return Way.JOINED
    return Way.CAME if verb == "add_child" else plain
