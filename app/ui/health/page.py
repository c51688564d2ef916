"""卫生: the health rounds, medicine, injuries, illness, growth and the registers; a page each."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.changes import Topic
from app.ui.paged import PagedRoom, PageSpec
from app.ui.rooms import Target

if TYPE_CHECKING:
    from app.services.health_counts import HealthCounts

PAGES: tuple[PageSpec, ...] = (
    PageSpec("rounds", "晨午检", "app.ui.health.rounds_page:RoundsPage"),
    PageSpec("fever", "发热", "app.ui.health.fever_page:FeverPage"),
    PageSpec("medicine", "带药", "app.ui.health.medicine_page:MedicinePage"),
    PageSpec("injuries", "伤害", "app.ui.health.injuries_page:InjuriesPage"),
    PageSpec("illness", "病例", "app.ui.health.illness_page:IllnessPage"),
    PageSpec("registers", "登记", "app.ui.health.registers_page:RegistersPage"),
    PageSpec("concern", "保护", "app.ui.health.concern_page:ConcernPage"),
    PageSpec("growth", "发育", "app.ui.health.growth_page:GrowthPage"),
    PageSpec("doctor", "巡诊", "app.ui.health.doctor_page:DoctorPage"),
)


class HealthRoom(PagedRoom):
    """One page for each duty of the health worker, most of them open to teachers, too."""

    key = "health"
    name = "卫生"
    pages = PAGES
    topics = frozenset({Topic.VISITS, Topic.CHILDREN, Topic.HEALTH, Topic.LOG, Topic.SETTINGS, Topic.STAFF})
    follows_clock = True  # minutes until a recheck, until a dose

    def hints(self) -> str:
        """The keys of the page; those of the tabs give way to how much waits behind them."""
        return f"{super().hints()} · Ctrl 1–{len(self.pages)} 换页"

    def refresh(self) -> None:
        """The page shown, and how much waits behind each tab."""
        super().refresh()
        actor = self.context.actor
        self.context.ask(lambda s: s.health.counts(actor), self._show_counts)

    def _show_counts(self, counts: "HealthCounts") -> None:
        self.show_counts({spec.key: getattr(counts, spec.key, 0) for spec in self.pages})

    def entered(self, target: Target | None) -> None:
        """``medicine.new`` shows the page and opens its form, filled with the target's child.

        ``medicine.due`` goes to the dose of a visit that is next.
        """
        page, _, wanted = ("" if target is None else target.act).partition(".")
        super().entered(target if target is None or not wanted else replace(target, act=page))
        opens = getattr(self.page, "open_new", None)
        if target is not None and wanted == "new" and opens is not None:
            opens(target.child)
        due = getattr(self.page, "light_due", None)
        if target is not None and wanted == "due" and due is not None:
            due(target.visit)
