"""The tables of the records: what must be there, how long it holds, and the words of the consents."""

import datetime as dt
import functools

from app.domain.record import record
from app.domain.records import NeedRule, Validity
from app.store import settings, tables
from app.store.database import Database


@record
class ConsentText:
    """The words a guardian is asked to agree to, in the version of a day."""

    purpose: str
    label: str
    version: str
    text: str


@functools.cache
def need_rules() -> tuple[NeedRule, ...]:
    """What a record must hold."""
    return tuple(
        NeedRule(row["key"], row["words"], row["section"], tuple(row["states"]), row["source"])
        for row in tables.read("records.toml")["need"]
    )


def validity(database: Database, day: dt.date) -> Validity:
    """The numbers in force on a day, as the centre has set them."""
    kept = settings.current(database, day)
    return Validity(kept.exam_months, kept.away_months, kept.remind_days)


@functools.cache
def consent_texts(day: dt.date) -> tuple[ConsentText, ...]:
    """The newest version of each text on a day, in the order of the table."""
    found: dict[str, tuple[dt.date, ConsentText]] = {}
    for row in tables.read("records.toml")["consent"]:
        text = ConsentText(row["purpose"], row["label"], row["version"], row["text"])
        since: dt.date = row["valid_from"]
        held = found.get(text.purpose)
        if held is None or (since <= day and since >= held[0]):
            found[text.purpose] = (since, text)
    return tuple(text for _, text in found.values())
