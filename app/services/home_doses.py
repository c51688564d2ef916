"""Who says whether a dose that fell due at home was given there: nobody barred, the unknown for a reason."""

import datetime as dt

from app.domain.medicine import MedicineError, Request
from app.domain.names import clean_text
from app.services.told_adults import Named, barred_words, with_reason
from app.store.database import Database

_WHO = 50  # characters of who was asked, as the file keeps it, with the reason


def teller(database: Database, request: Request, asked: str, reason: str, day: dt.date) -> str:
    """Who answered, as it is kept: beside a name on no record stands the reason. Empty where nobody is named.

    Raises:
        MedicineError: she is barred, or on no record and nobody says why it is she.
        BadTextError: a line is too long, or holds what cannot be seen.
    """
    who = clean_text(asked, "谁说的", "asked", longest=_WHO)
    if not who:
        return ""
    if barred := barred_words(database, request.child, who, day, "药喂没喂过不听此人的"):
        raise MedicineError(barred, field="asked")
    instead = "请问档案里的家长；只能问此人的"
    named = Named(who, reason, instead, MedicineError, field="asked_reason", child_name=request.name)
    return with_reason(database, request.child, named, day, longest=_WHO)
