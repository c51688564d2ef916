"""A dose that fell due while the child was with her family: they are asked before it is given twice."""

import datetime as dt
from collections.abc import Sequence

from app.domain.medicine import Dose, MedicineError, Request, require_waiting


class AskHomeError(MedicineError):
    """It fell due while the child was with her family, and nobody says what they answered."""


def require_asked(request: Request, dose: Dose, asked: str) -> None:
    """Pass if the family need not be asked whether she had it at home, or it is said who was.

    Raises:
        AskHomeError: it fell due while she was with them, and nobody has asked.
    """
    if (why := request.ask_words(dose)) and not asked:
        msg = f"{request.name} {dose.due_at:%H:%M} 的{request.medicine}{why}。没喂过，写明问了谁，再喂。"
        raise AskHomeError(msg, field="asked")


def require_at_home(
    request: Request,
    dose: Dose,
    at: dt.datetime,
    asked: str,
    stays: Sequence[tuple[dt.datetime, dt.datetime | None]] = (),
) -> None:
    """Pass if the family may have given a dose at a moment, and it is said who of them said so.

    ``stays`` of the day are when she came and left: between them she was here.

    Raises:
        DoseDoneError: something became of it before.
        AskHomeError: it fell due here, nobody is named, or she was not at home then.
    """
    require_waiting(request, dose)
    if not request.ask_words(dose) or request.since is None:
        msg = f"{request.name} {dose.due_at:%H:%M} 到点时在园，不能记成在家喂过。"
        raise AskHomeError(msg)
    if not asked:
        raise AskHomeError("请写是谁说的，如“妈妈 赵敏”。", field="asked")
    if at.date() != request.day or at > request.since:
        msg = f"在家喂的时间要在今天 {request.since:%H:%M} 来园以前，请核对。"
        raise AskHomeError(msg, field="home_at")
    for came, left in stays:
        if left is not None and came < at < left.replace(second=0, microsecond=0):
            msg = f"{request.name} {came:%H:%M} 到 {left:%H:%M} 在园，{at:%H:%M} 不会是在家喂的，请核对。"
            raise AskHomeError(msg, field="home_at")
