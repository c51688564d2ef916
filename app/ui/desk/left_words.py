"""What the panel says of a child who has gone: what was paid, by the receipts, and how her note stands."""

from typing import TYPE_CHECKING

from app.domain.days import month_day
from app.domain.money import Money, total

if TYPE_CHECKING:
    from app.services.pickup_card import PickupCard


def left_words(card: "PickupCard") -> str:
    """The note; each line of her receipts; the sum; and what is wrong with it by now."""
    lines = [card.note_words]
    for one in card.taken:
        if one.stay is None:
            lines += [f"{line.purpose}　{line.amount.yuan_words}" for line in one.lines]
        else:
            lines.append(f"{month_day(one.stay)}托育费（收据 {one.number}）　{one.total.yuan_words}")
    if card.taken:
        count = "收据已开" if len(card.taken) == 1 else f"{len(card.taken)} 张收据已开"
        lines.append(f"已收 {total([one.total for one in card.taken]).yuan_words}，{count}。")
    if card.together is not None:
        lines.append(f"和{'、'.join(card.together.names)}一起，共收 {card.together.total.yuan_words}。")
    return "\n".join(line for line in (*lines, _differs(card)) if line)


def _differs(card: "PickupCard") -> str:
    """What the log says by now may be another sum than was taken at the door."""
    own = next((one for one in card.taken if one.stay is None), None)
    if own is None:
        return ""
    now = card.quote.total if card.quote is not None else Money(0)
    if now == own.total:
        return ""
    less = (
        f"多收了 {(own.total - now).yuan_words}"
        if now < own.total
        else f"少收了 {(now - own.total).yuan_words}"
    )
    return f"后来记录改过，现在应收 {now.yuan_words}，{less}。要改就撤销离园（全额退款），再重新办。"
