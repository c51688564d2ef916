"""Brings 禁止接走 up for a sheet whose act was refused by it; the screen itself is loaded only then."""

from collections.abc import Callable

from app.ui.rooms import RoomContext


def raise_alarm_of(context: RoomContext, error: BaseException, again: Callable[[], None]) -> None:
    """Lay the alarm of a refusal over the window, if it has one; ``again`` goes on once it is cleared."""
    alarm = getattr(error, "alarm", None)
    if alarm is None:
        return
    from app.ui.widgets.alarm_screen import AlarmKeeper

    AlarmKeeper(context).raise_(alarm, lambda decision: again() if decision == "cleared" else None)
