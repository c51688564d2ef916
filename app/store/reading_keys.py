"""How the names of children and adults are found by sound: the keys kept beside each name."""

from app.domain.record import record
from app.store.database import Database, Unit

_SUBJECTS = frozenset({"child", "adult"})


@record
class KeyedPerson:
    """A name with the keys it is found by."""

    key: int
    name: str
    pinyin: str
    initials: str


def list_people(database: Database, subject: str, after: int, limit: int) -> tuple[KeyedPerson, ...]:
    """Everybody of one kind with a key above ``after``, also those whose record has ended.

    Raises:
        ValueError: neither ``child`` nor ``adult``.
    """
    rows = database.rows(
        f"select id, name, pinyin, initials from {_known(subject)} where id > :after order by id limit :most",
        {"after": after, "most": limit},
    )
    return tuple(KeyedPerson(row["id"], row["name"], row["pinyin"], row["initials"]) for row in rows)


def set_keys(unit: Unit, subject: str, key: int, pinyin: str, initials: str) -> None:
    """Other search keys: of another name, or of the same one that is read better by now.

    Raises:
        ValueError: neither ``child`` nor ``adult``.
    """
    unit.execute(
        f"update {_known(subject)} set pinyin = :pinyin, initials = :initials where id = :id",
        {"pinyin": pinyin, "initials": initials, "id": key},
    )


def _known(subject: str) -> str:
    if subject not in _SUBJECTS:
        msg = f"{subject} has no search keys"
        raise ValueError(msg)
    return subject
