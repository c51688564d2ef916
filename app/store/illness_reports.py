"""Reports of illness that somebody looked into and that were none. The audit trail holds it: who, when, why.

A dismissal holds for the words that were read, of this spell of absence or this call; what is told in other
words later is a new report.
"""

import datetime as dt

from app.domain.ids import ChildId
from app.domain.record import record
from app.store.database import Database, Unit
from app.store.illness import Report
from app.store.stamps import moment

DISMISS, RESTORE = "dismiss_report", "restore_report"  # verbs of the unit, and so of its line
_MARK = "｜"
_SUBJECTS = {"absence": "report_absence", "follow_up": "report_follow_up"}
SOURCES = frozenset(_SUBJECTS)


@record
class Dismissal:
    """What was read, why it was no illness, who said so and when."""

    source: str
    root: int
    words: str
    reason: str
    by: str
    at: dt.datetime

    def answers(self, report: Report) -> bool:
        """Whether it speaks of this report."""
        return (self.source, self.root, self.words) == (report.source, report.root, report.words)


def dismiss(unit: Unit, report: Report, reason: str) -> None:
    """Note that a report was no illness; the unit's verb is ``DISMISS``."""
    unit.audit(_SUBJECTS[report.source], report.root, f"{report.words}{_MARK}{reason.replace(_MARK, '|')}")


def restore(unit: Unit, source: str, root: int) -> None:
    """It waits again; the unit's verb is ``RESTORE``."""
    unit.audit(_SUBJECTS[source], root, "恢复上报")


def list_dismissed(database: Database | Unit) -> tuple[Dismissal, ...]:
    """Every dismissal that stands: the last line about its report."""
    names = {subject: source for source, subject in _SUBJECTS.items()}
    rows = database.rows(
        "select a.subject, a.subject_id, a.detail, a.at, coalesce(s.name, '') as by from audit a"
        " left join staff s on s.id = a.staff_id where a.subject in ('report_absence', 'report_follow_up')"
        " and a.verb = :dismiss and not exists (select 1 from audit b where b.subject = a.subject"
        " and b.subject_id = a.subject_id and b.id > a.id) order by a.id",
        {"dismiss": DISMISS},
    )
    found = []
    for row in rows:
        words, _, reason = row["detail"].rpartition(_MARK)
        found.append(
            Dismissal(names[row["subject"]], row["subject_id"], words, reason, row["by"], moment(row["at"]))
        )
    return tuple(found)


def list_reports(
    database: Database, since: dt.date, until: dt.date, child: ChildId | None = None
) -> tuple[Report, ...]:
    """Absences and follow-ups of some days, a child's latest words first; cases are not looked at."""
    only = "" if child is None else " and {t}.child_id = :child"
    rows = database.rows(
        "select a.child_id, c.name, 'absence' as source, a.id as source_id, a.reason as words, a.day,"
        " coalesce((select min(b.id) from absence b where b.spell_id = a.spell_id), a.id) as root, a.kind"
        " from absence a join child c on c.id = a.child_id where a.day between :since and :until"
        f" and a.undone_at is null and a.reason <> ''{only.format(t='a')}"
        " union all select f.child_id, c.name, 'follow_up', f.id,"
        " f.illness || case when f.diagnosis = '' then '' else '，' || f.diagnosis end"
        " || case when f.infectious = 'yes' then '（传染病）' else '' end, f.day, f.id, f.result"
        " from absence_follow_up f join child c on c.id = f.child_id where f.day between :since and :until"
        f" and f.undone_at is null{only.format(t='f')} order by day desc, source_id desc",
        {"since": since.isoformat(), "until": until.isoformat(), "child": child},
    )
    return tuple(
        Report(
            ChildId(row["child_id"]), row["name"], None, "", row["source"], row["source_id"], row["words"],
            dt.date.fromisoformat(row["day"]), row["root"], row["kind"],
        )
        for row in rows
    )  # fmt: skip
