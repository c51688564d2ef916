"""What must have been seen before a child comes in: her vaccinations, her exam; both anew after months away.

58号文 Art 11. At the door it is said and noted, never a bar: a family that stands there is not sent home by a
form, but whoever comes back after months away is asked for once.
"""

import datetime as dt

from app.domain.errors import RuleError
from app.domain.ids import ChildId
from app.domain.names import clean_text
from app.domain.records import ExamState, Facts, Standing, Validity, away_since, exam_state, list_gaps
from app.store import record_acts, record_rows, record_rules
from app.store.database import Database
from app.store.record_rows import Place

_ASKED = ("guardian", "vaccination", "exam")  # of all that a record lacks, what the door is there for
_FIELDS = ("vaccination", "exam", "exam_on")


class ReturnError(RuleError):
    """She was away for months, and nobody has said whether she was examined anew."""


def exam_of(
    exam_on: str,
    days: tuple[dt.date, ...],
    place: Place | None,
    rule: Validity,
    today: dt.date,
    first: dt.date | None = None,
) -> ExamState:
    """How the exam stands, from the days she was here (``first`` where they are not all) and her contract."""
    entered = first or (min(days) if days else None if place is None else place.starts_on)
    if place is not None and entered is not None:
        entered = min(entered, place.starts_on)
    day = dt.date.fromisoformat(exam_on) if exam_on else None
    return exam_state(day, entered, away_since(days, today, rule.away_months), rule, today)


def door_words(database: Database, child: ChildId, today: dt.date, guardians: int) -> str:
    """缺：入托体检、预防接种证查验 … in a sentence; empty where all that Art 11 asks for has been seen."""
    values = record_acts.list_values_of_all(database, "child", _FIELDS, (child,)).get(child, {})
    place = record_rows.list_places(database, today, (child,)).get(child)
    days, rule = record_rows.visit_days(database, child), record_rules.validity(database, today)
    due = exam_of(values.get("exam_on", ""), days, place, rule, today).due
    facts = Facts(
        Standing.GUEST if place is None else Standing.ENROLLED,
        guardians=guardians,
        vaccination=values.get("vaccination", ""),
        exam=values.get("exam", ""),
        exam_due=due,
    )
    rules = [one for one in record_rules.need_rules() if one.key in _ASKED]
    plain = {one.words for one in rules}
    gaps = [one.words for one in list_gaps(facts, rules)]
    missing, told = [one for one in gaps if one in plain], [one for one in gaps if one not in plain]
    if missing:
        told.insert(0, f"缺：{'、'.join(missing)}")
    return "；".join(told)


def require_seen(
    database: Database, child: ChildId, name: str, last: dt.date, months: int, typed: str
) -> str:
    """Pass a child who comes back after months away; what was said of it goes into the audit trail.

    Args:
        database: the file.
        child: who stands at the door; she has a contract.
        name: what she is called.
        last: the day she was here last.
        months: how many months away ask for a new exam.
        typed: that the paper was seen, or why she comes in without.

    Raises:
        ReturnError: no exam since is on file, and nothing was said.
    """
    values = record_acts.list_values_of_all(database, "child", _FIELDS, (child,)).get(child, {})
    if values.get("exam") == "fit" and values.get("exam_on", "") > last.isoformat():
        return ""
    if said := clean_text(typed, "返园说明", "return_reason"):
        return f"离园满 {months} 个月返园：{said}"
    msg = (
        f"{name} 上次来是 {last}，离园满 {months} 个月，返园要重新体检。"
        "看过体检证明请选“已看证明”，没看过请写明先收下的理由。"
    )
    raise ReturnError(msg, field="return_reason")
