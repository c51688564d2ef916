"""The tables of the records: what must be there, how long it holds, and the words of the consents."""

import datetime as dt
import functools

from app.domain.record import record
from app.domain.records import NeedRule, Validity
from app.store import tables


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


@functools.cache
def validity(day: dt.date) -> Validity:
    """The numbers in force on a day; before the first ones, those."""
    rows = sorted(tables.read("records.toml")["validity"], key=lambda row: str(row["valid_from"]))
    held = [row for row in rows if row["valid_from"] <= day] or rows[:1]
    row = held[-1]
    return Validity(row["exam_months"], row["away_months"], row["remind_days"])


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
