"""Cases of illness as kept, what cleared them, and what was reported of which there is no case yet."""

import datetime as dt
import sqlite3

from app.domain.ids import CaseId, ChildId, ClassId, ClearanceId, StaffId, VisitId
from app.domain.record import record
from app.store import day_moves
from app.store.database import Database, Unit
from app.store.merging import SAME_CHILD
from app.store.stamps import moment, stamp
from app.store.visits import REFUSED


@record
class NewCase:
    """A case (the columns of 表4). ``basis_on`` is what the exclusion counts from, once known."""

    child: ChildId
    class_id: ClassId | None
    class_name: str
    disease: str
    onset_on: dt.date
    left_on: dt.date
    detail: str = ""
    confirmed: bool = False
    basis_on: dt.date | None = None
    diagnosed_on: dt.date | None = None
    diagnosed_by: str = ""
    note: str = ""
    source: str = "register"
    source_id: int | None = None


@record
class Clearance:
    """A certificate that was seen, or the director's overruling for one day."""

    id: ClearanceId
    kind: str
    day: dt.date
    words: str
    basis_on: dt.date | None
    seen_by: str
    confirmed_by: str
    at: dt.datetime


@record
class Case:
    """A case as it stands. ``id`` is that of its first version; ``back_on`` is when she came again."""

    id: CaseId
    version: int
    told: NewCase
    child_name: str
    sex: str | None
    born_on: dt.date
    noted_by: str
    noted_at: dt.datetime
    first_at: dt.datetime  # of its first version: a correction is no new case
    last_day: dt.date | None  # the last one on which she was here, up to when she left
    back_on: dt.date | None
    clearances: tuple[Clearance, ...]

    @property
    def certificate(self) -> Clearance | None:
        """The certificate that was seen."""
        return next((one for one in self.clearances if one.kind == "certificate"), None)

    def overruled_on(self, day: dt.date) -> bool:
        """Whether the director lets her in on a day."""
        return any(one.kind == "overrule" and one.day == day for one in self.clearances)

    @property
    def basis_on(self) -> dt.date | None:
        """As the certificate says, else as it was told."""
        seen = self.certificate
        return self.told.basis_on if seen is None or seen.basis_on is None else seen.basis_on


@record
class Report:
    """Somebody was said to be ill, or was found hot, and there is no case of it.

    ``source_id`` is None for a fever found at the door: there is no stay that it belongs to. ``root`` is what
    all days of one spell of absence share.
    """

    child: ChildId
    child_name: str
    class_id: ClassId | None
    class_name: str
    source: str
    source_id: int | None
    words: str
    day: dt.date
    root: int = 0
    kind: str = "sick"  # as what it was told: sick, personal, other, coming


def add_case(unit: Unit, new: NewCase, staff: StaffId, replaces: Case | None = None) -> CaseId:
    """Keep a case, or a corrected one in place of another; returns the key of the first version."""
    if replaces is not None:
        unit.execute(
            "update illness_case set ended_at = :at, ended_as = 'superseded' where id = :id",
            {"at": unit.stamp, "id": replaces.version},
        )
    key = unit.insert(
        "illness_case",
        {
            "root_id": None if replaces is None else replaces.id,
            "child_id": new.child,
            "class_id": new.class_id,
            "class_name": new.class_name,
            "disease": new.disease,
            "detail": new.detail,
            "confirmed": int(new.confirmed),
            "onset_on": new.onset_on.isoformat(),
            "basis_on": _text(new.basis_on),
            "left_on": new.left_on.isoformat(),
            "diagnosed_on": _text(new.diagnosed_on),
            "diagnosed_by": new.diagnosed_by,
            "note": new.note,
            "source": new.source,
            "source_id": new.source_id,
            "noted_by": staff,
            "noted_at": unit.stamp,
            "replaces_id": None if replaces is None else replaces.version,
        },
    )
    return CaseId(key) if replaces is None else replaces.id


def undo_case(unit: Unit, case: Case) -> None:
    """The case does not stand any more: it was noted by mistake."""
    unit.execute(
        "update illness_case set ended_at = :at, ended_as = 'undone' where id = :id",
        {"at": unit.stamp, "id": case.version},
    )


def undo_cases_of(unit: Unit, source: str, source_id: int, since: dt.datetime) -> int:
    """End the untouched cases that a report has made since a moment, as the report itself is taken back."""
    done = unit.execute(
        "update illness_case set ended_at = :at, ended_as = 'undone' where source = :source"
        " and source_id = :id and ended_at is null and replaces_id is null and noted_at >= :since"
        " and not exists (select 1 from illness_clearance k where k.case_id = illness_case.id"
        " and k.undone_at is null)",
        {"at": unit.stamp, "source": source, "id": source_id, "since": stamp(since)},
    )
    return done.rowcount


def add_clearance(
    unit: Unit,
    case: CaseId,
    kind: str,
    day: dt.date,
    words: str,
    staff: StaffId,
    *,
    basis_on: dt.date | None = None,
    confirmed_by: StaffId | None = None,
) -> ClearanceId:
    """Note a certificate that was seen, or an overruling."""
    row = {
        "case_id": case,
        "kind": kind,
        "day": day.isoformat(),
        "words": words,
        "basis_on": _text(basis_on),
        "seen_by": staff,
        "confirmed_by": confirmed_by,
        "at": unit.stamp,
    }
    return ClearanceId(unit.insert("illness_clearance", row))


def undo_clearance(unit: Unit, clearance: ClearanceId, staff: StaffId) -> CaseId | None:
    """Take a clearance back; returns its case, None where it was taken back before."""
    done = unit.execute(
        "update illness_clearance set undone_at = :at, undone_by = :by where id = :id and undone_at is null",
        {"at": unit.stamp, "by": staff, "id": clearance},
    )
    row = unit.row("select case_id from illness_clearance where id = :id", {"id": clearance})
    return CaseId(row["case_id"]) if done.rowcount and row is not None else None


_CASE = (
    "select k.id, k.child_id, k.class_id, k.class_name, k.disease, k.onset_on, k.left_on, k.detail,"
    " k.confirmed, k.basis_on, k.diagnosed_on, k.diagnosed_by, k.note, k.source, k.source_id, k.noted_at,"
    " coalesce(k.root_id, k.id) as key, c.name as child_name, c.sex, c.born_on, s.name as noter,"
    " (select max(v.day) from visit v where v.child_id = k.child_id and v.undone_at is null"
    " and v.day <= k.left_on) as last_day,"
    " (select min(v.day) from visit v where v.child_id = k.child_id and v.undone_at is null"
    " and v.day > k.left_on) as back_on,"
    " coalesce((select o.noted_at from illness_case o where o.id = k.root_id), k.noted_at) as first_at"
    " from illness_case k join child c on c.id = k.child_id join staff s on s.id = k.noted_by"
    " where k.ended_at is null"
)


def find_case(database: Database | Unit, case: CaseId) -> Case | None:
    """One case as it stands."""
    rows = database.rows(f"{_CASE} and coalesce(k.root_id, k.id) = :id", {"id": case})
    return next(iter(_cases(database, rows)), None)


def list_cases(database: Database | Unit, first: dt.date, last: dt.date) -> tuple[Case, ...]:
    """Cases that began between two days, the latest first."""
    rows = database.rows(
        f"{_CASE} and k.onset_on between :first and :last order by k.onset_on desc, k.id desc",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return _cases(database, rows)


def list_noted(database: Database | Unit, day: dt.date) -> tuple[Case, ...]:
    """Cases that were first noted on a day, whenever they began; corrections of older ones are not."""
    first = "coalesce((select o.noted_at from illness_case o where o.id = k.root_id), k.noted_at)"
    rows = database.rows(
        f"{_CASE} and {first} >= :day and {first} < :next order by k.id",
        {"day": day.isoformat(), "next": (day + dt.timedelta(days=1)).isoformat()},
    )
    return _cases(database, rows)


def list_cases_of(database: Database | Unit, child: ChildId) -> tuple[Case, ...]:
    """Every standing case of a child, the latest first."""
    rows = database.rows(
        f"{_CASE} and k.child_id = :child order by k.onset_on desc, k.id desc",
        {"child": child},
    )
    return _cases(database, rows)


def is_doubtful(database: Database | Unit, child: ChildId, since: dt.date, fever: int) -> bool:
    """Whether the door must look closer at a child: a case, or a reading at or above the line, here or there.

    One query, asked at every check-in. ``fever`` is in tenths of a degree.
    """
    row = database.row(
        "select exists (select 1 from illness_case k where k.child_id = :child and k.ended_at is null"
        " and k.onset_on >= :long)"
        " or exists (select 1 from log_entry e where e.child_id = :child and e.day >= :since"
        " and e.tenths >= :fever and e.ended_at is null)"
        " or exists (select 1 from visit v where v.child_id = :child and v.day >= :since"
        " and (exists (select 1 from health_check h where h.visit_id = v.id and h.tenths >= :fever"
        " and h.undone_at is null)"
        " or exists (select 1 from fever_case f where f.visit_id = v.id and f.undone_at is null)))"
        f" or exists (select 1 from audit a where a.subject = :refused and a.subject_id in ({SAME_CHILD})"
        " and a.at >= :since) as yes",
        {
            "child": child,
            "refused": REFUSED,
            "since": since.isoformat(),
            "long": (since - dt.timedelta(days=400)).isoformat(),
            "fever": fever,
        },
    )
    return row is not None and bool(row["yes"])


def find_last_reading(
    database: Database | Unit, child: ChildId, since: dt.date
) -> tuple[dt.datetime, int, int] | None:
    """The last reading of a child's last stay since a day: when, tenths of a degree, the visit."""
    row = database.row(
        "select at, tenths, visit_id from ("
        " select e.at, e.tenths, e.visit_id from log_entry e join visit v on v.id = e.visit_id"
        " where e.child_id = :child and e.day >= :since and e.tenths is not null and e.ended_at is null"
        " and v.undone_at is null"
        " union all select h.at, h.tenths, h.visit_id from health_check h join visit v on v.id = h.visit_id"
        " where v.child_id = :child and v.day >= :since and h.tenths is not null and h.undone_at is null"
        " and v.undone_at is null) order by visit_id desc, at desc limit 1",
        {"child": child, "since": since.isoformat()},
    )
    return None if row is None else (moment(row["at"]), int(row["tenths"]), int(row["visit_id"]))


def list_hot(database: Database, since: dt.date, fever: int) -> tuple[ChildId, ...]:
    """Children with a reading at or above the line, a fever begun by hand or one at the door, since a day."""
    rows = database.rows(
        # Of a record that was taken in (and that one again) the door asks by the last.
        "with recursive refused (id) as (select subject_id from audit where subject = :refused"
        " and at >= :since union select c.superseded_by from refused r join child c on c.id = r.id"
        " where c.superseded_by is not null)"
        " select e.child_id from log_entry e where e.day >= :since and e.tenths >= :fever"
        " and e.ended_at is null"
        " union select v.child_id from visit v join health_check h on h.visit_id = v.id"
        " where v.day >= :since and v.undone_at is null and h.tenths >= :fever and h.undone_at is null"
        " union select v.child_id from visit v join fever_case f on f.visit_id = v.id"
        " where v.day >= :since and v.undone_at is null and f.undone_at is null"
        " union select c.id from refused r join child c on c.id = r.id where c.superseded_by is null",
        {"since": since.isoformat(), "fever": fever, "refused": REFUSED},
    )
    return tuple(ChildId(row["child_id"]) for row in rows)


def list_children_ill(database: Database, since: dt.date) -> frozenset[ChildId]:
    """The children of whom a case stands that began on a day or after it."""
    rows = database.rows(
        "select distinct child_id from illness_case where ended_at is null and onset_on >= :since",
        {"since": since.isoformat()},
    )
    return frozenset(ChildId(row["child_id"]) for row in rows)


def has_come_since(database: Database | Unit, child: ChildId, day: dt.date) -> bool:
    """Whether a child was here after a day."""
    row = database.row(
        "select 1 from visit where child_id = :child and day > :day and undone_at is null limit 1",
        {"child": child, "day": day.isoformat()},
    )
    return row is not None


def find_last_day(database: Database | Unit, child: ChildId, first: dt.date) -> dt.date | None:
    """The last day since a day on which a child was here; None where she was not."""
    row = database.row(
        "select max(day) as day from visit where child_id = :child and day >= :first and undone_at is null",
        {"child": child, "first": first.isoformat()},
    )
    return None if row is None else _day(row["day"])


def find_class_on(
    database: Database | Unit, child: ChildId, day: dt.date, at: dt.datetime | None = None
) -> tuple[ClassId | None, str]:
    """The class in which a child was on a day, else the one of her contract, else where she was last.

    Who changed the class within the day was where she was ``at`` a moment; without one, where the day began:
    the evening's merging tells nothing of who was beside her.
    """
    stays = database.rows(
        "select id, class_id, arrived_at from visit where child_id = :child and day = :day"
        " and undone_at is null order by arrived_at, id",
        {"child": child, "day": day.isoformat()},
    )
    if stays:
        first = at or moment(stays[0]["arrived_at"])
        stay = next((row for row in reversed(stays) if moment(row["arrived_at"]) <= first), stays[0])
        moves = day_moves.list_of_visit(database, VisitId(stay["id"]))
        where = day_moves.class_at(ClassId(stay["class_id"]), moves, first)
        row = database.row("select id, name from class_group where id = :id", {"id": where})
    else:
        row = database.row(
            "select g.id, g.name from ("
            " select e.class_id, 2 as rank, e.id as at from enrolment e where e.child_id = :child"
            " and e.undone_at is null and e.starts_on <= :day and (e.ends_on is null or e.ends_on >= :day)"
            " union all select v.class_id, 3, v.id from visit v where v.child_id = :child"
            " and v.undone_at is null and v.day < :day"
            ") f join class_group g on g.id = f.class_id order by f.rank, f.at desc limit 1",
            {"child": child, "day": day.isoformat()},
        )
    return (None, "") if row is None else (ClassId(row["id"]), row["name"])


def list_own_classes(database: Database | Unit, child: ChildId, day: dt.date) -> frozenset[ClassId]:
    """The classes in which a child is by contract on a day."""
    rows = database.rows(
        "select class_id from enrolment where child_id = :child and undone_at is null and starts_on <= :day"
        " and (ends_on is null or ends_on >= :day)",
        {"child": child, "day": day.isoformat()},
    )
    return frozenset(ClassId(row["class_id"]) for row in rows)


def find_first_day(database: Database | Unit, spell: int) -> int | None:
    """The key of the first single day of a spell of absence: what a case of it is filed under."""
    row = database.row("select min(id) as id from absence where spell_id = :spell", {"spell": spell})
    return None if row is None or row["id"] is None else int(row["id"])


def _cases(database: Database | Unit, rows: list[sqlite3.Row]) -> tuple[Case, ...]:
    return tuple(_case(row, _clearances(database, row["key"])) for row in rows)


def _clearances(database: Database | Unit, case: int) -> tuple[Clearance, ...]:
    rows = database.rows(
        "select k.id, k.kind, k.day, k.words, k.basis_on, s.name as seer, coalesce(f.name, '') as confirmer,"
        " k.at from illness_clearance k join staff s on s.id = k.seen_by"
        " left join staff f on f.id = k.confirmed_by where k.case_id = :id and k.undone_at is null"
        " order by k.id",
        {"id": case},
    )
    return tuple(
        Clearance(
            ClearanceId(row["id"]), row["kind"], dt.date.fromisoformat(row["day"]), row["words"],
            _day(row["basis_on"]), row["seer"], row["confirmer"], moment(row["at"]),
        )
        for row in rows
    )  # fmt: skip


def _case(row: sqlite3.Row, clearances: tuple[Clearance, ...]) -> Case:
    told = NewCase(
        child=ChildId(row["child_id"]),
        class_id=None if row["class_id"] is None else ClassId(row["class_id"]),
        class_name=row["class_name"],
        disease=row["disease"],
        onset_on=dt.date.fromisoformat(row["onset_on"]),
        left_on=dt.date.fromisoformat(row["left_on"]),
        detail=row["detail"],
        confirmed=bool(row["confirmed"]),
        basis_on=_day(row["basis_on"]),
        diagnosed_on=_day(row["diagnosed_on"]),
        diagnosed_by=row["diagnosed_by"],
        note=row["note"],
        source=row["source"],
        source_id=row["source_id"],
    )
    return Case(
        CaseId(row["key"]),
        row["id"],
        told,
        row["child_name"],
        row["sex"],
        dt.date.fromisoformat(row["born_on"]),
        row["noter"],
        moment(row["noted_at"]),
        moment(row["first_at"]),
        _day(row["last_day"]),
        _day(row["back_on"]),
        clearances,
    )


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
