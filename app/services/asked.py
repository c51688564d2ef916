"""What of the record's fields this centre asks: 民族 only where the local form wants it (domain §5.2)."""

import datetime as dt

from app.domain.record_fields import CHILD_FIELDS, FieldSpec
from app.store import settings
from app.store.database import Database

_BY_SETTING = {"ethnicity": "ask_ethnicity"}


def hidden_fields(database: Database, today: dt.date) -> frozenset[str]:
    """The names of the fields that are neither asked nor shown today."""
    kept = settings.current(database, today)
    return frozenset(field for field, setting in _BY_SETTING.items() if not getattr(kept, setting))


def asked_fields(database: Database, today: dt.date) -> tuple[FieldSpec, ...]:
    """A child's fields as this centre asks them, in the order of the form."""
    hidden = hidden_fields(database, today)
    return tuple(spec for spec in CHILD_FIELDS if spec.name not in hidden)
