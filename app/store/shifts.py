"""Sheets of 交接班: signed once, never edited; and the points that travel from one to the next."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.ids import ClassId, PointId, SheetId, StaffId
from app.domain.shifts import CheckMark, Closing, Figures, Line, Point, Section, Sheet
from app.store import tables
from app.store.database import Database, Unit
from app.store.stamps import moment

_SHEET = (
    "select h.id, h.class_id, g.name as class_name, h.day, h.expected, h.came, h.guests, h.went,"
    " h.sick, h.personal, h.other, h.later, h.unheard, h.early, h.counted, h.reason, h.remark,"
    " a.name as giver, b.name as taker,"
    " h.signed_at, h.undone_at from shift_sheet h join class_group g on g.id = h.class_id"
    " join staff a on a.id = h.given_by join staff b on b.id = h.taken_by"
)
_POINT = (
    "select p.id, p.class_id, p.words, p.opened_at, s.name as opener, c.words as how, c.closed_at,"
    " e.name as closer, (select count(*) from shift_line l join shift_sheet h on h.id = l.sheet_id"
    " where l.point_id = p.id and h.undone_at is null) as sheets"
    " from shift_point p join staff s on s.id = p.opened_by"
    " left join shift_point_closing c on c.point_id = p.id and c.undone_at is null"
    " left join staff e on e.id = c.closed_by where p.undone_at is null"
)


def add_sheet(
    unit: Unit,
    class_id: ClassId,
    day: dt.date,
    figures: Figures,
    counted: int,
    reason: str,
    remark: str,
    given_by: StaffId,
    taken_by: StaffId,
) -> SheetId:
    """Keep a sheet signed by two at the unit's moment."""
    row = {
        "class_id": class_id,
        "day": day.isoformat(),
        "expected": figures.expected,
        "came": figures.came,
        "guests": figures.guests,
        "went": figures.went,
        "sick": figures.sick,
        "personal": figures.personal,
        "other": figures.other,
        "later": figures.later,
        "unheard": figures.unheard,
        "early": figures.early,
        "counted": counted,
        "reason": reason,
        "remark": remark,
        "given_by": given_by,
        "taken_by": taken_by,
        "signed_at": unit.stamp,
    }
    return SheetId(unit.insert("shift_sheet", row))


def add_line(unit: Unit, sheet: SheetId, line: Line) -> int:
    """One line of a sheet, as it was read when both signed."""
    row = {"sheet_id": sheet, "section": line.section.value, "words": line.words, "point_id": line.point}
    return unit.insert("shift_line", row)


def add_check(unit: Unit, sheet: SheetId, mark: CheckMark) -> int:
    """One item of the safety check."""
    row = {"sheet_id": sheet, "item": mark.item, "good": int(mark.good), "note": mark.note}
    return unit.insert("shift_check", row)


def reverse_sheet(unit: Unit, sheet: SheetId, staff: StaffId) -> bool:
    """Declare a sheet void; it stays in the file. False when it was."""
    done = unit.execute(
        "update shift_sheet set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": sheet},
    )
    return done.rowcount == 1


def find_sheet(database: Database | Unit, sheet: SheetId) -> Sheet | None:
    """A sheet whole, also one declared void."""
    row = database.row(f"{_SHEET} where h.id = :id", {"id": sheet})
    if row is None:
        return None
    lines = database.rows(
        "select section, words, point_id from shift_line where sheet_id = :id order by id", {"id": sheet}
    )
    checks = database.rows(
        "select item, good, note from shift_check where sheet_id = :id order by id", {"id": sheet}
    )
    return _sheet(
        row,
        tuple(
            Line(
                Section(one["section"]),
                one["words"],
                None if one["point_id"] is None else PointId(one["point_id"]),
            )
            for one in lines
        ),
        tuple(CheckMark(one["item"], bool(one["good"]), one["note"]) for one in checks),
    )


def list_sheets(database: Database | Unit, class_id: ClassId | None, limit: int = 100) -> tuple[Sheet, ...]:
    """Sheets without their lines, newest first, those declared void among them; of one class or of all."""
    where = "" if class_id is None else " where h.class_id = :class"
    params: dict[str, object] = {"limit": limit}
    if class_id is not None:
        params["class"] = class_id
    rows = database.rows(f"{_SHEET}{where} order by h.signed_at desc, h.id desc limit :limit", params)
    return tuple(_sheet(row, (), ()) for row in rows)


def add_point(unit: Unit, class_id: ClassId, words: str, staff: StaffId) -> PointId:
    """Open a point at the unit's moment."""
    row = {"class_id": class_id, "words": words, "opened_at": unit.stamp, "opened_by": staff}
    return PointId(unit.insert("shift_point", row))


def reverse_point(unit: Unit, point: PointId, staff: StaffId) -> bool:
    """It was opened by mistake; False when that was said before."""
    done = unit.execute(
        "update shift_point set undone_at = :at, undone_by = :staff where id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": point},
    )
    return done.rowcount == 1


def close_point(unit: Unit, point: PointId, words: str, staff: StaffId) -> int:
    """Close a point at the unit's moment, saying how."""
    row = {"point_id": point, "words": words, "closed_at": unit.stamp, "closed_by": staff}
    return unit.insert("shift_point_closing", row)


def reopen_point(unit: Unit, point: PointId, staff: StaffId) -> bool:
    """It is not done after all; that it was closed stays in the file. False when it is open."""
    done = unit.execute(
        "update shift_point_closing set undone_at = :at, undone_by = :staff"
        " where point_id = :id and undone_at is null",
        {"at": unit.stamp, "staff": staff, "id": point},
    )
    return done.rowcount == 1


def find_point(database: Database | Unit, point: PointId) -> Point | None:
    """One point, open or closed."""
    row = database.row(f"{_POINT} and p.id = :id", {"id": point})
    return None if row is None else _point(row)


def list_open_points(database: Database | Unit, class_id: ClassId) -> tuple[Point, ...]:
    """What is open in a class, the oldest first."""
    rows = database.rows(
        f"{_POINT} and p.class_id = :class and c.id is null order by p.id", {"class": class_id}
    )
    return tuple(_point(row) for row in rows)


def list_closed_points(
    database: Database | Unit, class_id: ClassId, since: dt.date, most: int = 20
) -> tuple[Point, ...]:
    """What was closed in a class since a day, the latest first."""
    rows = database.rows(
        f"{_POINT} and p.class_id = :class and c.closed_at >= :since"
        " order by c.closed_at desc, p.id limit :most",
        {"class": class_id, "since": since.isoformat(), "most": most},
    )
    return tuple(_point(row) for row in rows)


def list_check_items(database: Database | Unit, day: dt.date) -> tuple[str, ...]:
    """The safety check list: the centre's own, else the one that ships with the program for that day."""
    rows = database.rows("select item from shift_check_item where ended_at is null order by sort, id")
    if rows:
        return tuple(row["item"] for row in rows)
    lists = sorted(tables.read("shift_checks.toml")["list"], key=lambda row: row["valid_from"])
    held = [row for row in lists if row["valid_from"] <= day] or lists[:1]
    return tuple(held[-1]["items"])


def set_check_items(unit: Unit, items: Sequence[str], staff: StaffId) -> None:
    """Put another list in the place of the one that held, which stays in the file."""
    unit.execute("update shift_check_item set ended_at = :at where ended_at is null", {"at": unit.stamp})
    for place, item in enumerate(items, 1):
        unit.insert("shift_check_item", {"item": item, "sort": place, "set_at": unit.stamp, "set_by": staff})


def _sheet(row: sqlite3.Row, lines: tuple[Line, ...], checks: tuple[CheckMark, ...]) -> Sheet:
    names = Figures.__match_args__
    return Sheet(
        SheetId(row["id"]),
        ClassId(row["class_id"]),
        row["class_name"],
        dt.date.fromisoformat(row["day"]),
        Figures(*(row[name] for name in names)),
        row["counted"],
        row["reason"],
        row["remark"],
        row["giver"],
        row["taker"],
        moment(row["signed_at"]),
        lines,
        checks,
        row["undone_at"] is not None,
    )


def _point(row: sqlite3.Row) -> Point:
    closing = None
    if row["how"] is not None:
        closing = Closing(row["how"], row["closer"], moment(row["closed_at"]))
    return Point(
        PointId(row["id"]),
        ClassId(row["class_id"]),
        row["words"],
        moment(row["opened_at"]),
        row["opener"],
        row["sheets"],
        closing,
    )
