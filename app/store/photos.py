"""Photos of children and of adults: small JPEGs; one holds for each person, earlier ones stay."""

from typing import Literal

from app.store.database import Database, Unit

Subject = Literal["child", "adult"]


def add_photo(unit: Unit, subject: Subject, key: int, jpeg: bytes) -> int:
    """Keep a photo; the one that held before has to be ended first. At most 300 kB."""
    row = {
        "subject": subject,
        "subject_id": key,
        "jpeg": jpeg,
        "added_at": unit.stamp,
        "added_by": unit.actor_id,
    }
    return unit.insert("photo", row)


def find_photo(database: Database | Unit, subject: Subject, key: int) -> bytes | None:
    """The photo that holds, as JPEG."""
    row = database.row(
        "select jpeg from photo where subject = :subject and subject_id = :key and ended_at is null",
        {"subject": subject, "key": key},
    )
    return None if row is None else bytes(row["jpeg"])


def end_photo(unit: Unit, subject: Subject, key: int) -> int | None:
    """The photo holds no more; returns its row, or None where there was none."""
    row = unit.row(
        "select id from photo where subject = :subject and subject_id = :key and ended_at is null",
        {"subject": subject, "key": key},
    )
    if row is None:
        return None
    unit.execute("update photo set ended_at = :at where id = :id", {"at": unit.stamp, "id": row["id"]})
    return int(row["id"])
