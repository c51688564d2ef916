"""What is to be settled before a child goes: open papers, the price, how it is paid. Beside the act."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.desk.ink import DeskInk
from app.ui.desk.parts import TENDER_KEYS, TENDERS, PriceBox
from app.ui.widgets.buttons import Segmented

if TYPE_CHECKING:
    from app.ui.desk.papers_box import PapersBox


class Settling(QWidget):
    """Lays them out; which of them are there is said by ``show_parts``."""

    def __init__(self, ink: DeskInk) -> None:
        super().__init__()
        self.papers: PapersBox | None = None  # most children have none: made with the first
        self.price = PriceBox(ink.theme)
        self.tender = Segmented(
            ink.theme,
            "pickup.tender",
            self.tr("付款方式"),
            TENDERS,
            keys=TENDER_KEYS,
            size="snug",
            stretch=False,
        )
        self.tender.page_keys = True  # a digit is an adult, Enter lets her go
        for key, (tender, words) in zip(TENDER_KEYS, TENDERS, strict=True):
            self.tender.button(tender).setToolTip(f"{words}：按 {key}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(ink.px(6))
        for part in (self.price, self.tender):
            self._column.addWidget(part)
            part.hide()

    def take_papers(self, papers: "PapersBox") -> None:
        """The first papers: on top, as they come before money."""
        self.papers = papers
        self._column.insertWidget(0, papers)

    def set_tight(self, tight: bool) -> None:
        """In large type the price takes one line."""
        self.price.set_brief(tight)

    def show_parts(self, *, price: bool, tender: bool, papers: bool) -> None:
        """Show these, and itself if there is any."""
        self.price.setVisible(price)
        self.tender.setVisible(tender)
        if self.papers is not None:
            self.papers.setVisible(papers and self.papers.any)
        self.setVisible(any(not part.isHidden() for part in self._parts()))

    def wanted(self) -> int:
        """About how high it is."""
        parts = [part for part in self._parts() if not part.isHidden()]
        return sum(part.sizeHint().height() + self._column.spacing() for part in parts)

    def _parts(self) -> list[QWidget]:
        return [part for part in (self.papers, self.price, self.tender) if part is not None]
