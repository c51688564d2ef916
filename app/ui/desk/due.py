"""What the door charges for one act: said once, for the box at the desk and for the screen of the family."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.domain.money import Money, total
from app.domain.record import record

if TYPE_CHECKING:
    from app.domain.pricing import Quote
    from app.services.open_papers import OpenPaper
    from app.services.pickup_card import PickupCard, SiblingRow


@record
class DueLine:
    """One line of the box; what takes from the sum is negative."""

    purpose: str
    amount: Money
    explanation: str = ""


@record
class Due:
    """What is charged if the act ends now. ``due`` is the sum of ``lines``."""

    lines: tuple[DueLine, ...] = ()
    due: Money = Money(0)
    put_off: Money = Money(0)  # hers, to be paid another day
    words: str = ""  # how the sum comes about


def due_of(
    card: "PickupCard",
    together: "Sequence[SiblingRow]" = (),
    settled: "Sequence[tuple[str, OpenPaper]]" = (),
    *,
    later: bool = False,
) -> Due:
    """Her stay, those of the siblings who go along, and what is paid of earlier ones.

    Args:
        card: the child at the door.
        together: who goes along.
        settled: earlier stays that are paid now, each with the name of the sibling or empty.
        later: her own stay is paid another day.
    """
    own = Money(0) if card.quote is None else card.quote.total
    lines = _lines_of("", card.quote)
    put_off = own if later and card.receipt is None else Money(0)
    if own and card.receipt is not None:
        lines.append(DueLine("已收，收据已开", -own))
    elif put_off:
        lines.append(DueLine("以后再付", -put_off))
    for one in together:
        lines += _lines_of(f"{one.name} ", one.quote)
    for name, paper in settled:
        if paper.amount is not None:
            lines.append(DueLine(f"{name} {paper.purpose or paper.words}".strip(), paper.amount))
    due = total(tuple(line.amount for line in lines))
    words = "" if card.quote is None else card.quote.words
    return Due(tuple(lines), due, put_off, words)


def _lines_of(name: str, quote: "Quote | None") -> list[DueLine]:
    if quote is None:
        return []
    return [DueLine(f"{name}{line.purpose}", line.amount, line.explanation) for line in quote.lines]
