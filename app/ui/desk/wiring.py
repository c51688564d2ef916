"""What the side panel asks, joined to who does it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.ids import ChildId
from app.ui.desk.acts import DeskActs
from app.ui.desk.panel import SidePanel
from app.ui.desk.papers import DeskPapers
from app.ui.desk.parents import DeskParents
from app.ui.desk.wishes import DeskWishes
from app.ui.rooms import RoomContext, Target


def connect_panel(
    context: RoomContext,
    panel: SidePanel,
    acts: DeskActs,
    papers: DeskPapers,
    chosen: Callable[[], ChildId | None],
    lists: QWidget,
) -> None:
    """Join the panel to the acts and papers of the desk; ``chosen`` is whose row waits meanwhile.

    ``lists`` is where an act is left for.
    """
    panel.arrival.check_in_requested.connect(acts.check_in)
    panel.arrival.absence_requested.connect(acts.note_absence)
    panel.allergy.answered.connect(acts.answer_allergy)
    panel.absence_undone.connect(acts.undo_absence)
    panel.intake_requested.connect(lambda child: context.go("intake", Target(child=child)))
    panel.pickup.check_out_requested.connect(lambda leaving: acts.check_out(leaving, chosen()))
    panel.pickup.check_in_undone.connect(acts.undo_check_in)
    acts.departed.connect(lambda _left: panel.pickup.departed())
    acts.arrived.connect(lambda _came: panel.arrival.arrived())
    panel.check_out_undone.connect(acts.undo_check_out)
    panel.receipt_issued.connect(lambda visit, tender: acts.issue_receipt(visit, tender, chosen()))
    panel.report_requested.connect(papers.preview_report)
    panel.receipt_requested.connect(papers.preview_receipt)
    DeskParents(context, panel, acts, chosen, lists)  # lives with the panel
    DeskWishes(context, panel)  # and so does this
