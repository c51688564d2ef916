"""应到名单 and 缺勤追访登记: read, and sent to be printed; from a sheet, from Ctrl+K or from the office."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.domain.changes import Done
    from app.services.bundle import Services


def print_expected(context: RoomContext, day: dt.date) -> None:
    """Send the list of who is to come on a day to the printer."""
    actor = context.actor

    def count() -> None:
        context.act(lambda s: s.papers.printed(actor, "expected_list", day.toordinal()))

    context.act(
        lambda s: s.bookings.expected_paper(actor, day), lambda paper: context.printing.send(paper, count)
    )


def preview_next_expected(context: RoomContext) -> None:
    """Show the list of the next open day before it is printed."""
    actor = context.actor

    def read(services: "Services") -> "Done[Any]":
        return services.bookings.expected_paper(actor, services.bookings.next_open_day(actor))

    def show(paper: Any) -> None:
        def count() -> None:
            context.act(lambda s: s.papers.printed(actor, "expected_list", paper.day.toordinal()))

        context.printing.preview(paper, count)

    context.act(read, show)


def print_follow_ups(context: RoomContext, month: str, *, preview: bool = False) -> None:
    """Send the register of a month to the printer, or show it first."""
    actor = context.actor

    def count() -> None:
        year, number = month.split("-")
        context.act(lambda s: s.papers.printed(actor, "absence_register", int(year) * 12 + int(number)))

    def show(paper: Any) -> None:
        (context.printing.preview if preview else context.printing.send)(paper, count)

    context.ask(lambda s: s.absences.paper(actor, month), show)
