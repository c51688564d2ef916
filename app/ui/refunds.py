"""Refunds that an undo has booked: the paper prints, and how much is to be handed back stays on screen."""

import functools
from typing import TYPE_CHECKING, Any

from app.domain.ids import ReceiptId
from app.domain.looks import Tone
from app.domain.money import total

if TYPE_CHECKING:
    from app.services.bundle import Services
    from app.ui.rooms import RoomContext


def tell_refunds(context: "RoomContext", refunds: tuple[ReceiptId, ...]) -> None:
    """Print each 退款单 and say until somebody has read it what the family gets back."""
    actor = context.actor

    def read(services: "Services") -> Any:
        return tuple(services.papers.receipt(actor, one) for one in refunds)

    def show(papers: Any) -> None:
        for refund, paper in zip(refunds, papers, strict=True):
            context.printing.send(paper, functools.partial(_count, context, refund))
        context.messages.banner(f"refund.{refunds[0]}", _words(papers), Tone.WARN)

    context.ask(read, show)


def _words(papers: Any) -> str:
    """退给王秀兰 ¥95.00（微信），退款单 2025-000645（冲 2025-000644）请连同钱一起交给家长。"""
    sums = dict[tuple[str, str], list[Any]]()
    for one in papers:
        sums.setdefault((one.payer, one.tender), []).append(-one.total)
    back = "，".join(f"退给{who} {total(each).yuan_words}（{how}）" for (who, how), each in sums.items())
    numbers = "、".join(f"{one.number}（冲 {one.original}）" for one in papers)
    return f"离园撤销了，收的钱要退：{back}。退款单 {numbers} 请连同钱一起交给家长。"


def _count(context: "RoomContext", refund: ReceiptId) -> None:
    actor = context.actor
    context.act(lambda s: s.papers.printed(actor, "receipt", refund))
