"""What is told of a grown-up who is on file already: when he was born, and that his card was looked at.

Whoever is written down again, beside a sister, in a list or on a card at the desk, is one person. A birth
date is kept where none was known. Where another one is on file nobody writes over it in passing: the sentence
names both, and the one on file goes until somebody has changed the record itself (58号文 Art 30: an adult).
"""

import datetime as dt
from collections.abc import Mapping

from app.domain.ids import AdultId
from app.domain.records import RecordError, check_collector
from app.store import people, record_rows
from app.store.database import Database, Unit
from app.store.record_acts import Change

# The fields of an adult that are told in passing.
TOLD = frozenset({"born_on", "identity_seen"})


def differing(database: Database | Unit, adult: AdultId, born_on: dt.date | None) -> str:
    """The sentence that names both birth dates; empty where they agree, or one of them is not known."""
    held = record_rows.find_columns(database, "adult", adult) or {}
    if born_on is None or held.get("born_on", "") in {"", born_on.isoformat()}:
        return ""
    return both_words(held["name"], held["born_on"], born_on)


def both_words(name: str, held: str, told: dt.date) -> str:
    """档案里王小舅的出生日期是 2010-01-01，这里是 1949-12-31。…"""
    return (
        f"档案里{name}的出生日期是 {held}，这里是 {told}。请看身份证核对。"
        "档案错了的，这里先不填，保存后到档案里改。"
    )


def check_told(database: Database, read: Mapping[str, str], today: dt.date, prefix: str = "") -> None:
    """Pass if what was typed of an adult agrees with what is on file of the same name and number.

    Raises:
        RecordError: another birth date is on file; or by the one on file she may not collect.
    """
    adult = people.find_adult(database, read["name"], read["phone"]) if read["phone"] else None
    if adult is None:
        return
    told = _date(read.get("born_on", ""))
    if words := differing(database, adult, told):
        raise RecordError(words, field=f"{prefix}born_on")
    held = record_rows.find_columns(database, "adult", adult) or {}
    if read.get("may_collect") and told is None and (born := _date(held.get("born_on", ""))) is not None:
        try:
            check_collector(read["name"], read["relation"], born, today, identity_seen=True)
        except RecordError as error:
            raise RecordError(error.sentence, field=f"{prefix}may_collect") from error


def keep_told(
    unit: Unit, adult: AdultId, born_on: dt.date | None, *, identity_seen: bool
) -> tuple[Change, ...]:
    """Keep what is new of it; what that changed, for the act it belongs to, which takes it back with itself.

    Raises:
        RecordError: another birth date is on file.
    """
    if words := differing(unit, adult, born_on):
        raise RecordError(words, field="born_on")
    held = record_rows.find_columns(unit, "adult", adult) or {}
    changes = []
    if born_on is not None and not held.get("born_on"):
        people.note_born(unit, adult, born_on)
        changes.append(Change("adult", adult, "born_on", "", born_on.isoformat()))
    if identity_seen and not held.get("identity_seen_at"):
        people.note_identity_seen(unit, adult)
        changes.append(Change("adult", adult, "identity_seen", "", "1"))
    return tuple(changes)


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
