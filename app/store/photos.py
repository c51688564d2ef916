"""Photos of children and of adults: small JPEGs; one holds for each person, earlier ones stay."""

from typing import Literal

from app.store import merging
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


def list_beside(database: Database | Unit, adult: int) -> tuple[bytes, ...]:
    """The photos that an adult's record does not show since others were merged into it, as JPEG.

    That of a merged record, or its own where the other was chosen.
    """
    found = []
    for merged in merging.list_merged(database, "adult", adult):
        row = database.row(
            "select p.jpeg from photo p where (p.subject = 'adult' and p.subject_id = :merged"
            " and p.ended_at is null) or p.id in (select r.row_id from merging m join merging_row r"
            " on r.merging_id = m.id and r.place = :ended where m.subject = 'adult'"
            " and m.merged_id = :merged and m.undone_at is null)",
            {"merged": merged, "ended": f"{merging.ENDED}photo"},
        )
        if row is not None:
            found.append(bytes(row["jpeg"]))
    return tuple(found)


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
