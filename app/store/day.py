"""One day of the whole centre in a handful of queries: what the desk and 能不能收 are computed from."""

import datetime as dt
import sqlite3
from collections.abc import Sequence

from app.domain.calendar import DayMark, MarkedDay, booked_on, workday_kind
from app.domain.ids import AdultId, AlarmId, ChildId, ClassId, VisitId
from app.domain.modes import CareMode, HalfDay, Tariff
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.stamps import at_minute, day_of, moment, moment_or_none, stamp


@record
class Who:
    """The child in a row of the day."""

    id: ChildId
    name: str
    nickname: str
    sex: str | None
    born_on: dt.date
    allergy: str


@record
class Expected:
    """A child who comes today by contract, or by booking when ``tariff`` is given. Minutes after midnight."""

    who: Who
    class_id: ClassId
    mode: CareMode
    half: HalfDay | None
    tariff: Tariff | None
    from_minute: int
    to_minute: int


@record
class Stay:
    """A child who is or was inside. ``collector`` is ``妈妈 赵敏``; ``asleep_since`` holds an open sleep."""

    visit: VisitId
    who: Who
    class_id: ClassId
    day: dt.date
    mode: CareMode
    tariff: Tariff
    promised_at: dt.datetime | None
    arrived_at: dt.datetime
    left_at: dt.datetime | None
    collector: str
    asleep_since: dt.datetime | None
    called: str = ""  # 已联系 14:10 妈妈: the last call about this stay


@record
class Away:
    """A child with a noted absence: sick, personal or other."""

    who: Who
    kind: str


@record
class Surroundings:
    """What a board asks beside the children.

    ``last_record_at`` is the latest moment among the last acts recorded: later than now where the clock was
    set back. ``health_matter`` is whether some fever may be under way, or some dose of today may wait.
    """

    last_record_at: dt.datetime | None = None
    health_matter: bool = False


@record
class Standing:
    """All that the door asks about one child at check-in, from one query. Minutes after midnight.

    ``plan`` is today's booking, else the contract. ``inside`` is the open visit's arrival, ``last`` the last
    day before today on which she was here, ``left`` when she went home last, of today or by a clock ahead.
    """

    name: str
    inside: dt.datetime | None
    absence: str
    class_id: ClassId | None
    class_name: str
    mode: CareMode | None
    tariff: Tariff | None
    to_minute: int
    last: dt.date | None = None
    left: dt.datetime | None = None


def is_open(database: Database | Unit, day: dt.date) -> bool:
    """Whether the centre is open on a day, by its own table and the state's calendar."""
    row = database.row(
        "select kind from calendar_day where day = :day and ended_at is null", {"day": day.isoformat()}
    )
    marks = {} if row is None else {day: MarkedDay(DayMark(row["kind"]))}
    return workday_kind(day, marks).is_open


def first_open(database: Database | Unit, day: dt.date) -> dt.date:
    """The first day from one on on which the centre is open; the day itself where a month knows of none."""
    span = (day + dt.timedelta(days=past) for past in range(_MONTH))
    return next((on for on in span if is_open(database, on)), day)


def is_make_up(database: Database | Unit, day: dt.date) -> bool:
    """Whether a day is one at the weekend on which the centre is open."""
    return day.isoweekday() >= _SATURDAY and is_open(database, day)


def running(since: str) -> str:
    """The contracts that hold on a day or later, as a query of their keys; ``since`` is its mark.

    In two parts, each by the index of their ends: contracts of ten years are not gone through.
    """
    return (
        "select id from enrolment where undone_at is null and ends_on is null union all"
        f" select id from enrolment where undone_at is null and ends_on >= {since}"
    )


_SATURDAY = 6
_MONTH = 31
_WHO = "c.id as child_id, c.name, c.nickname, c.sex, c.born_on, c.allergy"


def list_expected(database: Database | Unit, day: dt.date) -> tuple[Expected, ...]:
    """Who comes on a day by contract or booking, inside, gone or away already.

    A booking goes before, but for a half-day child who booked her other half: she comes by both.
    """
    return list_expected_on(database, (day,))[day]


def list_expected_on(
    database: Database | Unit, days: Sequence[dt.date]
) -> dict[dt.date, tuple[Expected, ...]]:
    """The same for each of several days: the contracts and bookings of the whole span are read once."""
    span = {"first": min(days).isoformat(), "last": max(days).isoformat()}
    enrolled = database.rows(
        f"select {_WHO}, e.class_id, e.mode, e.half, e.weekdays, e.arrive_minute as from_minute,"
        " e.leave_minute as to_minute, e.starts_on, e.ends_on"
        " from enrolment e join child c on c.id = e.child_id"
        f" where e.id in ({running(':first')}) and e.starts_on <= :last"
        " order by e.arrive_minute, e.id",
        span,
    )
    contracts = [(row["starts_on"], row["ends_on"], row["weekdays"], row) for row in enrolled]
    made: dict[int, Expected] = {}
    booked: dict[str, list[Expected]] = {}
    for row in database.rows(
        f"select {_WHO}, b.day, b.class_id, b.mode, b.tariff, b.from_minute, b.to_minute"
        " from booking b join child c on c.id = b.child_id"
        " where b.day >= :first and b.day <= :last and b.ended_at is null order by b.from_minute, b.id",
        span,
    ):
        booked.setdefault(row["day"], []).append(_expected(row, None, Tariff(row["tariff"])))
    found = {}
    for day in days:
        on = day.isoformat()
        rows = list(booked.get(on, ()))
        taken: dict[ChildId, list[Expected]] = {}
        for one in rows:
            taken.setdefault(one.who.id, []).append(one)
        if is_make_up(database, day) or day.isoweekday() < _SATURDAY:
            for at, (starts, ends, weekdays, row) in enumerate(contracts):
                held = starts <= on and (ends is None or ends >= on)
                if held and booked_on(weekdays, day):
                    plan = made.get(at) or made.setdefault(at, _expected(row, row["half"], None))
                    own = taken.get(plan.who.id, ())
                    if all(is_other_half(plan, each.from_minute, each.to_minute) for each in own):
                        rows.append(plan)
        found[day] = tuple(rows)
    return found


def is_other_half(contract: Expected, from_minute: int, to_minute: int) -> bool:
    """Whether some hours lie beside those of a half-day contract."""
    beside = to_minute <= contract.from_minute or from_minute >= contract.to_minute
    return contract.mode is CareMode.HALF_DAY and beside


def list_contracted(database: Database | Unit, day: dt.date) -> tuple[Expected, ...]:
    """Who has a contract on a day, whatever the weekday and whoever comes."""
    rows = database.rows(
        f"select {_WHO}, e.class_id, e.mode, e.half, e.arrive_minute as from_minute,"
        " e.leave_minute as to_minute from enrolment e join child c on c.id = e.child_id"
        f" where e.id in ({running(':day')}) and e.starts_on <= :day"
        " order by e.id",
        {"day": day.isoformat()},
    )
    return tuple(_expected(row, row["half"], None) for row in rows)


def find_enrolment(database: Database | Unit, child: ChildId, day: dt.date) -> Expected | None:
    """The contract that holds for one child on a day, whatever the weekday."""
    row = database.row(
        f"select {_WHO}, e.class_id, e.mode, e.half, e.arrive_minute as from_minute,"
        " e.leave_minute as to_minute"
        " from enrolment e join child c on c.id = e.child_id where e.child_id = :child"
        " and e.undone_at is null"
        " and e.starts_on <= :day and (e.ends_on is null or e.ends_on >= :day) order by e.id desc limit 1",
        {"child": child, "day": day.isoformat()},
    )
    return None if row is None else _expected(row, row["half"], None)


def find_standing(
    database: Database | Unit, child: ChildId, day: dt.date, minute: int = 0
) -> Standing | None:
    """How a child stands at a minute of a day; None when she is not on file, or her record was merged.

    Who has a half-day contract and has booked the other half, or has booked several stretches of the day,
    comes by whichever is not over.

    One query instead of six: check-in is held to one and a half times a bare transaction.
    """
    row = database.row(
        "select c.name, v.arrived_at, b.kind as absence, g.id as class_id, g.name as class_name,"
        " coalesce(k.mode, e.mode) as mode,"
        " case when k.id is null then 'contract' else k.tariff end as tariff,"
        " coalesce(k.to_minute, e.leave_minute) as to_minute,"
        " (select max(o.day) from visit o where o.child_id = c.id and o.day < :day and o.undone_at is null)"
        " as last, (select max(o.left_at) from visit o where o.child_id = c.id and o.day >= :day"
        " and o.undone_at is null) as left_at"
        " from child c"
        " left join visit v on v.child_id = c.id and v.left_at is null and v.undone_at is null"
        " left join absence b on b.child_id = c.id and b.day = :day and b.undone_at is null"
        " left join enrolment e on e.child_id = c.id and e.undone_at is null and e.starts_on <= :day"
        " and (e.ends_on is null or e.ends_on >= :day)"
        " left join booking k on k.child_id = c.id and k.day = :day and k.ended_at is null"
        " and (e.id is null or e.mode <> 'half_day' or e.weekdays not like :weekday"
        " or (k.to_minute > e.arrive_minute and k.from_minute < e.leave_minute)"
        " or (k.to_minute <= e.arrive_minute and :minute < k.to_minute)"
        " or (k.from_minute >= e.leave_minute and :minute >= e.leave_minute))"
        " left join class_group g on g.id = coalesce(k.class_id, e.class_id)"
        " and g.opened_on <= :day and (g.closed_on is null or g.closed_on >= :day)"
        " where c.id = :child and c.gone_at is null order by k.to_minute <= :minute,"
        " case when k.to_minute <= :minute then -k.from_minute else k.from_minute end, e.id desc limit 1",
        {
            "child": child,
            "day": day.isoformat(),
            "minute": minute,
            # A make-up day at the weekend is for whoever comes the whole week (``booked_on``).
            "weekday": "%12345%" if (weekday := day.isoweekday()) >= _SATURDAY else f"%{weekday}%",
        },
    )
    if row is None:
        return None
    planned = row["mode"] is not None
    return Standing(
        row["name"],
        moment_or_none(row["arrived_at"]),
        row["absence"] or "",
        None if row["class_id"] is None else ClassId(row["class_id"]),
        row["class_name"] or "",
        CareMode(row["mode"]) if planned else None,
        Tariff(row["tariff"]) if planned else None,
        row["to_minute"] or 0,
        None if row["last"] is None else dt.date.fromisoformat(row["last"]),
        moment_or_none(row["left_at"]),
    )


def list_stays(database: Database | Unit, day: dt.date) -> tuple[Stay, ...]:
    """The visits of a day, and those of days before that nobody has ended, who is inside last.

    Undone ones are left out. ``promised_at`` is the hour agreed last: on the telephone, else on arrival.
    """
    columns = (
        f"select {_WHO}, v.id as visit_id, v.class_id, v.day, v.mode, v.tariff, v.promised_at, v.arrived_at,"
        " v.left_at, v.collected_by from visit v join child c on c.id = v.child_id"
    )
    rows = database.rows(
        f"{columns} where v.day = :day and v.undone_at is null"
        f" union all {columns} where v.day <> :day and v.left_at is null and v.undone_at is null"
        " order by arrived_at, visit_id",
        {"day": day.isoformat()},
    )
    # A child who came twice stands as she is now: after a clock was set back the order of times is none.
    rows.sort(key=lambda row: row["left_at"] is None)
    collectors = _collectors(database, day)
    asleep = _asleep(database)
    calls = _calls(database, day)
    return tuple(
        Stay(
            VisitId(row["visit_id"]),
            _who(row),
            ClassId(row["class_id"]),
            dt.date.fromisoformat(row["day"]),
            CareMode(row["mode"]),
            Tariff(row["tariff"]),
            moment_or_none(calls.get(row["visit_id"], ("", None))[1] or row["promised_at"]),
            moment(row["arrived_at"]),
            moment_or_none(row["left_at"]),
            collectors.get(row["visit_id"], ""),
            asleep.get(row["visit_id"]),
            calls.get(row["visit_id"], ("", None))[0],
        )
        for row in rows
    )


def list_away(database: Database | Unit, day: dt.date) -> tuple[Away, ...]:
    """The absences noted for a day."""
    rows = database.rows(
        f"select {_WHO}, b.kind from absence b join child c on c.id = b.child_id"
        " where b.day = :day and b.undone_at is null and c.gone_at is null order by b.id",
        {"day": day.isoformat()},
    )
    return tuple(Away(_who(row), row["kind"]) for row in rows)


def find_who(database: Database, child: ChildId) -> Who | None:
    """One child, for a row outside the day; None where her record holds no more."""
    row = database.row(f"select {_WHO} from child c where c.id = :id and c.gone_at is null", {"id": child})
    return None if row is None else _who(row)


def last_class(database: Database, child: ChildId) -> tuple[ClassId, CareMode] | None:
    """Where a child without a contract was last."""
    row = database.row(
        "select class_id, mode from visit where child_id = :child and undone_at is null"
        " order by day desc, id desc limit 1",
        {"child": child},
    )
    return None if row is None else (ClassId(row["class_id"]), CareMode(row["mode"]))


def list_undecided_alarms(database: Database) -> tuple[AlarmId, ...]:
    """Alarms 禁止接走 that nobody has decided, oldest first; each start asks, and hardly ever finds one."""
    rows = database.rows("select id from barred_alarm where decided_at is null order by id")
    return tuple(AlarmId(row["id"]) for row in rows)


def look_round(database: Database, now: dt.datetime) -> Surroundings:
    """What a board asks beside the children, in one query.

    A quick look with every board: which fever and which dose it is the stores of fevers and medicine know.
    """
    undone = "exists (select 1 from release r where r.id = {t}.release_id and r.undone_at is not null)"
    row = database.row(
        "select (select max(at) from (select at from audit order by id desc limit 500)) as at,"
        " exists (select 1 from fever_case f where f.undone_at is null and not exists"
        " (select 1 from fever_step t where t.case_id = f.id and t.undone_at is null"
        f" and not {undone.format(t='t')} and t.kind in ('collected', 'back')))"
        " or exists (select 1 from medicine_dose d where d.due_at between :midnight and :now and not exists"
        " (select 1 from medicine_act a where a.dose_id = d.id and a.undone_at is null"
        f" and not {undone.format(t='a')})) as health",
        {"midnight": stamp(at_minute(day_of(now), 0)), "now": stamp(now)},
    )
    return Surroundings() if row is None else Surroundings(moment_or_none(row["at"]), bool(row["health"]))


def has_fever_inside(database: Database | Unit) -> bool:
    """Whether a fever was ever found at somebody inside; which of them goes on the store of fevers knows."""
    row = database.row(
        "select exists (select 1 from visit v join fever_case f on f.visit_id = v.id"
        " where v.left_at is null and v.undone_at is null and f.undone_at is null) as found"
    )
    return row is not None and bool(row["found"])


def was_guest(database: Database, child: ChildId, day: dt.date) -> bool:
    """Whether a child was here on a day other than by contract."""
    row = database.row(
        "select 1 from visit where child_id = :child and day = :day and tariff <> 'contract'"
        " and undone_at is null limit 1",
        {"child": child, "day": day.isoformat()},
    )
    return row is not None


def brought_today(database: Database, visit: VisitId) -> AdultId | None:
    """Who brought the child of a visit."""
    row = database.row("select brought_by from visit where id = :id", {"id": visit})
    return None if row is None or row["brought_by"] is None else AdultId(row["brought_by"])


def _collectors(database: Database | Unit, day: dt.date) -> dict[int, str]:
    rows = database.rows(
        "select v.id, a.name, t.relation, r.who from visit v join adult a on a.id = v.collected_by"
        " left join release r on r.visit_id = v.id and r.undone_at is null"
        " left join child_adult t on t.child_id = v.child_id and t.adult_id = a.id"
        " where v.day = :day and v.left_at is not null order by v.id, t.ended_at is null, t.id",
        {"day": day.isoformat()},
    )
    return {row["id"]: row["who"] or f"{row['relation'] or ''} {row['name']}".strip() for row in rows}


def _calls(database: Database | Unit, day: dt.date) -> dict[int, tuple[str, str | None]]:
    """Who was last rung about a stay and when (``14:10 妈妈``), and the hour agreed last on the telephone."""
    rows = database.rows(
        "select k.visit_id, k.at, k.whom, k.reached, k.promised_at from contact k"
        " where k.day = :day and k.visit_id is not null"
        " and not exists (select 1 from contact b where b.takes_back_id = k.id) order by k.id",
        {"day": day.isoformat()},
    )
    found: dict[int, tuple[str, str | None]] = {}
    for row in rows:
        said = f"{moment(row['at']):%H:%M} {row['whom'].partition(' ')[0]}"
        before = found.get(row["visit_id"], ("", None))[1]
        words = f"已联系 {said}" if row["reached"] else f"没接通 {said}"
        found[row["visit_id"]] = (words, row["promised_at"] or before)
    return found


def _asleep(database: Database | Unit) -> dict[int, dt.datetime]:
    # The last of several is found here: with "group by" SQLite walks the whole log, not just who is inside.
    # "cross join" begins with those and "+" keeps it from the list of every sleep there ever was.
    rows = database.rows(
        "select e.visit_id, e.at as since from visit v cross join log_entry e on e.visit_id = v.id"
        " where v.left_at is null and v.undone_at is null"
        " and +e.kind = 'sleep' and e.until is null and e.ended_at is null"
    )
    found: dict[int, str] = {}
    for row in rows:
        found[row["visit_id"]] = max(row["since"], found.get(row["visit_id"], ""))
    return {visit: moment(since) for visit, since in found.items()}


def _who(row: sqlite3.Row) -> Who:
    return Who(
        ChildId(row["child_id"]),
        row["name"],
        row["nickname"],
        row["sex"],
        dt.date.fromisoformat(row["born_on"]),
        row["allergy"],
    )


def _expected(row: sqlite3.Row, half: str | None, tariff: Tariff | None) -> Expected:
    return Expected(
        _who(row),
        ClassId(row["class_id"]),
        CareMode(row["mode"]),
        None if half is None else HalfDay(half),
        tariff,
        row["from_minute"],
        row["to_minute"],
    )
