"""How often a paper was printed: a second print says that it is one."""

from app.domain.ids import StaffId
from app.store.database import Database, Unit


def add_print(unit: Unit, kind: str, subject: int, staff: StaffId) -> int:
    """Count one print; returns how many there are now."""
    row = {"kind": kind, "subject_id": subject, "printed_at": unit.stamp, "staff_id": staff}
    unit.insert("paper", row)
    return count_prints(unit, kind, subject)


def count_prints(database: Database | Unit, kind: str, subject: int) -> int:
    """How often the paper was printed."""
    row = database.row(
        "select count(*) as prints from paper where kind = :kind and subject_id = :subject",
        {"kind": kind, "subject": subject},
    )
    return 0 if row is None else int(row["prints"])
