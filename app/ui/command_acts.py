"""What Ctrl+K can call that no room stands for: the keys that hold everywhere, papers, and lists as tables.

Called once the first desk has long been drawn; each act loads what it needs when it is chosen.
"""

from functools import partial
from typing import TYPE_CHECKING

from app.ui.commands import EXPORTS
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from app.services.papers import Paper
    from app.ui.standby import Standby


def add_acts(context: RoomContext, standby: "Standby") -> None:
    """Put every act of ``COMMANDS`` that the window and its rooms do not hold themselves into the context."""
    printing = context.printing
    context.acts.update(
        rollcall=standby.open_roll_call,
        rollcall_register=standby.open_register,
        parents=standby.toggle_parents,
        print_again=printing.print_last_again,
        print_queue=printing.open_panel,
        fee_notice=partial(show_fee_notice, context),
        pins=partial(_open_pins, context),
        door=partial(_open_door, context),
        concern=partial(_open_concern, context),
        expected_paper=partial(_show_expected, context),
        absence_paper=partial(_show_follow_ups, context),
    )
    for kind in EXPORTS:
        context.acts[f"export.{kind}"] = partial(_export, context, kind)


def show_fee_notice(context: RoomContext) -> None:
    """收费公示 as it holds today, on paper."""
    actor = context.actor

    def count() -> None:
        context.act(lambda s: s.papers.printed(actor, "fee_notice", 1))

    def show(paper: "Paper") -> None:
        context.printing.preview(paper, count)

    context.ask(lambda s: s.papers.fee_notice(actor), show)


def _show_expected(context: RoomContext) -> None:
    from app.ui.widgets.day_papers import preview_next_expected

    preview_next_expected(context)


def _show_follow_ups(context: RoomContext) -> None:
    from app.ui.widgets.day_papers import print_follow_ups

    print_follow_ups(context, f"{context.clock():%Y-%m}", preview=True)


def _open_pins(context: RoomContext) -> None:
    from app.ui.widgets.pin_sheet import open_pins

    open_pins(context)


def _open_door(context: RoomContext) -> None:
    from app.ui.widgets.door_sheet import open_door_book

    open_door_book(context)


def _open_concern(context: RoomContext) -> None:
    from app.ui.health.concern_page import open_concern

    open_concern(context)


def _export(context: RoomContext, kind: str) -> None:
    from app.services.exporting import ListKind
    from app.ui.widgets.export import ask_and_save

    ask_and_save(context, ListKind(kind), context.host)
