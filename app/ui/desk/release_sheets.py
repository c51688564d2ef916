"""What lies over the desk when a child is handed back: the call, the exception, the alarm, old open stays."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.looks import Tone
from app.domain.staff import Permission
from app.ui.rooms import RoomContext

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.ids import AdultId, AlarmId, ChildId, VisitId
    from app.services.alarms import BarredAlarmError
    from app.services.bundle import Services
    from app.services.forgotten import ForgottenStay
    from app.services.grants import GrantLine
    from app.services.pins import Holder
    from app.ui.desk.acts import DeskActs
    from app.ui.desk.exception_sheet import ExceptionSheet
    from app.ui.desk.grant_sheet import GrantSheet
    from app.ui.desk.pickup_view import PickupView
    from app.ui.widgets.alarm_screen import AlarmKeeper

_FORGOTTEN = "desk.forgotten"


class ReleaseSheets(QObject):
    """Opens them, each loaded at its first use: the start of the program pays for none."""

    def __init__(self, context: RoomContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._view: PickupView | None = None
        self._acts: DeskActs | None = None
        self._alarms: AlarmKeeper | None = None
        self._told = 0
        context.acts["grants"] = self.open_grants
        if isinstance(parent, QWidget):
            shortcut = QShortcut(QKeySequence("F8"), parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.open_grants)

    def connect_view(
        self, view: "PickupView", acts: "DeskActs", chosen: "Callable[[], ChildId | None]"
    ) -> None:
        """Serve what the panel asks beyond the plain release; ``chosen`` is whose row waits meanwhile."""
        self._view, self._acts = view, acts
        view.together_requested.connect(lambda leaving: acts.check_out_together(leaving, chosen()))
        view.belonging_noted.connect(acts.note_belonging)
        view.grant_requested.connect(self._open_grant)
        view.grants_requested.connect(self.open_grants)
        view.exception_requested.connect(self._open_exception)
        view.barred_chosen.connect(self._on_barred_chosen)

    # -- 禁止接走 ----------------------------------------------------------------------------------------

    @property
    def alarms(self) -> "AlarmKeeper":
        """Brings alarms up."""
        if self._alarms is None:
            from app.ui.widgets.alarm_screen import AlarmKeeper

            self._alarms = AlarmKeeper(self._context)
        return self._alarms

    def _on_barred_chosen(self, visit: "VisitId", adult: "AdultId") -> None:
        actor = self._context.actor
        self._context.act(lambda s: s.alarms.stand(actor, visit, adult), self.alarms.raise_)

    def take_alarm(self, error: BaseException) -> bool:
        """Bring up the alarm that a refusal carries, or what it asks for; False where it carries neither."""
        alarm = getattr(error, "alarm", None)
        if getattr(error, "field", None) == "left_at":
            self._context.messages.fail(error)
            self.open_forgotten()  # the panel asks for no hour: the sheet does
            return True
        if alarm is None:
            return False
        self.alarms.raise_(alarm)
        return True

    def raise_undecided(self) -> None:
        """After a start: an alarm that nobody decided stands again."""
        context, actor = self._context, self._context.actor

        def show(found: "tuple[AlarmId, ...]") -> None:
            if found:
                self.alarms.raise_(found[0])

        context.ask(lambda s: s.desk.undecided_alarms(actor), show)

    # -- 电话授权 ----------------------------------------------------------------------------------------

    def _open_grant(self) -> None:
        from app.ui.desk.grant_sheet import GrantSheet

        card = self._view.card if self._view is not None else None
        host = self._context.host
        if card is None or host is None or not host.isEnabled():
            return
        guardians = [one for one in card.card.adults if one.is_guardian and not one.barred]
        sheet = GrantSheet(self._context, host, card.card.row, guardians, card.siblings)
        sheet.alarmed.connect(lambda error: self._on_grant_alarmed(sheet, error))
        sheet.present()

    def _on_grant_alarmed(self, sheet: "GrantSheet", error: "BarredAlarmError") -> None:
        """The form makes room for the alarm; it comes back only if it was another person."""
        sheet.step_aside()

        def decided(decision: str) -> None:
            if decision == "cleared":
                sheet.present()
                sheet.finish()
            else:
                sheet.drop()

        self.alarms.raise_(error.alarm, decided)

    @Slot()
    def open_grants(self) -> None:
        """今天的电话授权: who rang, who comes, how it stands."""
        context, host, actor = self._context, self._context.host, self._context.actor
        if host is None or not host.isEnabled():
            return

        def show(found: "tuple[GrantLine, ...]") -> None:
            from app.ui.desk.grants_sheet import GrantsSheet

            if host.isEnabled():
                GrantsSheet(context, host, found).present()

        context.ask(lambda s: s.grants.today(actor), show)

    # -- 园长放行 ----------------------------------------------------------------------------------------

    def _open_exception(self) -> None:
        actor = self._context.actor
        self._context.ask(lambda s: s.pins.holders(actor), self._show_exception)

    def _show_exception(self, holders: "tuple[Holder, ...]") -> None:
        from app.ui.desk.exception_sheet import ExceptionSheet

        context, view = self._context, self._view
        host = context.host
        if view is None or view.card is None or host is None or not host.isEnabled():
            return
        if (act := view.prepared()) is None:
            return  # money and papers first: the sheet covers them
        mine = context.actor.may(Permission.RELEASE_EXCEPTION)
        may = [one for one in holders if one.actor.id != context.actor.id]
        may = [
            one
            for one in may
            if one.actor.may(Permission.RELEASE_EXCEPTION) or (mine and one.actor.may(Permission.CHECK_OUT))
        ]
        others = [one for one in view.card.card.adults if not one.may_collect and not one.barred]
        sheet = ExceptionSheet(context, host, view.card.card.row, others, may)
        sheet.wanted.connect(lambda _sheet: self._release(sheet, act))
        sheet.present()

    def _release(self, sheet: "ExceptionSheet", act: object) -> None:
        from app.services.collecting import CheckOut

        context, view = self._context, self._view
        if view is None or not isinstance(act, CheckOut):
            return
        full, actor = sheet.complete(act), context.actor
        acts = view.acts_of(full)

        def verb(services: "Services") -> object:
            return services.pickup.check_out_together(actor, acts)

        def done(left: "tuple[object, ...]") -> None:
            if not sheet.gone:
                sheet.dismiss()
            if self._acts is not None:
                for one in left:
                    self._acts.departed.emit(one)

        def failed(error: BaseException) -> None:
            alarm = getattr(error, "alarm", None)
            if alarm is None or sheet.gone:
                sheet.failed(error)
                return
            sheet.keep.setEnabled(True)
            sheet.step_aside()
            self.alarms.raise_(alarm, lambda said: sheet.present() if said == "cleared" else sheet.drop())

        context.act(verb, done, failed)  # type: ignore[arg-type]

    # -- 前几天没办离园的 --------------------------------------------------------------------------------

    def tell_forgotten(self, count: int) -> None:
        """A banner that stays until the stays of earlier days are repaired."""
        if count == self._told:
            return
        self._told = count
        messages = self._context.messages
        if not count:
            messages.end_banner(_FORGOTTEN)
            return
        words = self.tr("有 {count} 名孩子前几天没有办离园，今天不能再入园。").format(count=count)
        messages.banner(_FORGOTTEN, words, Tone.BAD, self.tr("去补办"), self.open_forgotten)

    def open_forgotten(self) -> None:
        """The list of open stays with their repair."""
        actor = self._context.actor

        def read(services: "Services") -> "tuple[tuple[ForgottenStay, ...], tuple[Holder, ...]]":
            return services.forgotten.stays(actor), services.pins.holders(actor)

        self._context.ask(read, self._show_forgotten)

    def _show_forgotten(self, found: "tuple[tuple[ForgottenStay, ...], tuple[Holder, ...]]") -> None:
        from app.ui.desk.forgotten_sheet import ForgottenSheet

        stays, holders = found
        host = self._context.host
        if host is None or not host.isEnabled() or not stays:
            return
        may = [one for one in holders if one.actor.may(Permission.RELEASE_EXCEPTION)]
        ForgottenSheet(self._context, host, stays, may).present()
