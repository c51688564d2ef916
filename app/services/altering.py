"""What every page of the settings shares: the history of a thing, and taking its last change back."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.errors import RuleError
from app.domain.staff import Actor, Permission
from app.store import alterations
from app.store.alterations import Alteration, Change
from app.store.database import Clock, Database, Unit
from app.store.stamps import day_of

if TYPE_CHECKING:
    from app.services.pins import Pins
    from app.store.class_rows import ClassRow

__all__ = ["Change", "SettingsLog"]  # the pages show changes as they are kept

UNDO = "settings"
CHANGED = Changes(frozenset({Topic.SETTINGS, Topic.STAFF}))
_FARTHEST = dt.timedelta(days=3 * 366)
_FIRST = dt.date(2000, 1, 1)


class NothingChangedError(RuleError):
    """What is to be kept stands there already."""


class WrongDayError(RuleError):
    """A day from which, or until which, this cannot hold."""


class NotUndoneError(RuleError):
    """A change that cannot be taken back any more."""


def keep_change(
    alteration: Alteration,
    area: str,
    subject: int,
    words: str,
    label: str,
    valid_from: dt.date | None = None,
) -> Done[int]:
    """Write a change down with its audit line, and say how to take it back.

    ``words`` go into the history, old and new values with them; ``label`` into the audit trail and
    beside 撤销.

    Raises:
        NothingChangedError: nothing differs from what is on file.
    """
    if not alteration.touched:
        raise NothingChangedError("内容和原来一样，没有可保存的改动。")
    key = alteration.keep(area, subject, words, valid_from)
    alteration.unit.audit("settings", key, label)
    return Done(key, CHANGED, Undo(UNDO, key, label))


def diff_words(pairs: Iterable[tuple[str, str, str]]) -> str:
    """``托位 15 → 14；颜色 …`` of (label, old, new) that differ; what is empty is said as 空."""
    return "；".join(f"{label} {old or '空'} → {new or '空'}" for label, old, new in pairs if old != new)


def require_day(day: dt.date, today: dt.date, *, past: bool = False, field: str = "valid_from") -> None:
    """Pass a day from which something holds.

    Raises:
        WrongDayError: it lies more than three years away, or before today where the past must not change.
    """
    if not past and day < today:
        msg = f"只能从今天（{today:%Y-%m-%d}）或以后改起：以前的账和记录按当时的算，不会变。"
        raise WrongDayError(msg, field=field)
    if not _FIRST <= day <= today + _FARTHEST:
        msg = f"日期 {day:%Y-%m-%d} 太远，请核对年份。"
        raise WrongDayError(msg, field=field)


def from_words(day: dt.date, today: dt.date) -> str:
    """``即日起`` or ``2026-01-01 起``."""
    return "即日起" if day == today else f"{day:%Y-%m-%d} 起"


class SettingsLog:
    """Reads the history of the settings and takes changes back."""

    def __init__(self, database: Database, clock: Clock, pins: "Pins") -> None:
        self._database = database
        self._clock = clock
        self._pins = pins

    def history(self, actor: Actor, area: str, subject: int | None = None) -> tuple[Change, ...]:
        """What was changed, newest first: of one thing, or of a whole area."""
        actor.require(Permission.READ)
        return alterations.list_changes(self._database, area, subject)

    def undo(self, actor: Actor, change: int, own_pin: str = "") -> Done[None]:
        """Put back what stood there before a change. The newest change of a thing goes first.

        Bookings that a change of the calendar ended hold again; ``also`` names those that cannot, and what
        breaks in a class that has fewer seats or another kind again. ``own_pin`` is the actor's, where it is
        about a director (``staff_settings.prove_heads``).

        Raises:
            NotUndoneError: it was taken back before, something was changed after it, or what would stand
                there again cannot be: no director, overlapping shifts, children in a class that is closed.
            SecondPersonError, WrongPinError: it is about a director, and the actor has not typed her own PIN.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        found = alterations.find_change(self._database, change)
        if found is None or found.undone:
            raise NotUndoneError("这次修改已经撤销过了。")
        if alterations.last_change(self._database, found.area, found.subject) != change:
            raise NotUndoneError("这之后又改过。请先撤销后一次修改，再撤销这一次。")
        if found.area == "staff":
            from app.services.staff_settings import is_about_head, prove_heads

            if is_about_head(self._database, found.subject, found.words):
                prove_heads(self._database, self._pins, actor, own_pin, found.subject)
        was = self._class_of(found)
        with self._database.unit(actor.id, "undo_settings") as unit:
            try:
                alterations.undo_change(unit, change, actor.id)
            except alterations.ChangedSinceError as error:
                raise NotUndoneError("那里后来又变了，撤不回去。请直接改成要的样子。") from error
            self._require_sound(unit, found)
            unit.audit("settings", change, "撤销修改")
            also = self._give_back(unit, found) + self._broken(unit, was)
        return Done(None, CHANGED, also=also)

    def _give_back(self, unit: Unit, found: Change) -> str:
        if found.area != "calendar":
            return ""
        from app.services.booking_ends import give_back_closed

        return give_back_closed(self._database, unit, found.at)

    def _class_of(self, found: Change) -> "ClassRow | None":
        """The class that a change is about, as it stands before it is taken back."""
        if found.area != "class":
            return None
        from app.store.class_rows import list_class_rows

        rows = list_class_rows(self._database)
        return next((one for one in rows if one.id == found.subject), None)

    def _broken(self, unit: Unit, was: "ClassRow | None") -> str:
        if was is None:
            return ""
        from app.services.class_breaks import break_words, group_of

        return break_words(self._database, unit, group_of(was), was.opened_on)

    def _require_sound(self, unit: Unit, found: Change) -> None:
        """What the verbs refuse must not come about by taking something back."""
        from app.services import class_settings, rota, rule_settings, staff_settings

        today = day_of(self._clock())
        if found.area == "staff":
            staff_settings.require_director(unit, today)
            rota.require_no_overlap(unit)
        elif found.area == "class":
            class_settings.require_empty_if_closed(unit, found.subject)
        elif found.area == "shift":
            rota.require_no_overlap(unit)
        elif found.area == "rule":
            rule_settings.require_sound(unit, today)
