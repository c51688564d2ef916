"""The centre's own stock phrases for notes; one that goes stays on file, ended."""

from collections.abc import Sequence

from app.domain.logbook import NoteKind
from app.store.database import Database, Unit


def list_phrases(database: Database | Unit, kind: NoteKind) -> tuple[str, ...]:
    """The phrases of one kind in their order; none while the centre has entered none."""
    rows = database.rows(
        "select text from class_phrase where kind = :kind and ended_at is null order by position, id",
        {"kind": kind.value},
    )
    return tuple(row["text"] for row in rows)


def set_phrases(unit: Unit, kind: NoteKind, texts: Sequence[str]) -> None:
    """Let exactly these phrases hold."""
    unit.execute(
        "update class_phrase set ended_at = :now, ended_by = :who where kind = :kind and ended_at is null",
        {"now": unit.stamp, "who": unit.actor_id, "kind": kind.value},
    )
    for position, text in enumerate(texts, 1):
        unit.insert(
            "class_phrase",
            {
                "kind": kind.value,
                "position": position,
                "text": text,
                "added_at": unit.stamp,
                "added_by": unit.actor_id,
            },
        )
