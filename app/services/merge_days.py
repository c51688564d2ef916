"""Of what two records have of one day only one row holds: which, and in what words both are shown before."""

from collections.abc import Mapping

from app.domain.absences import KINDS
from app.domain.bookings import day_words
from app.domain.growth_entry import cm_words, kg_words
from app.domain.ids import ChildId
from app.domain.joining import Side
from app.domain.modes import CareMode, Tariff
from app.domain.record import record
from app.domain.visits import goes_into
from app.services.booking_ends import list_ended_with, when
from app.store import day, merging, visits
from app.store.database import Database, Unit
from app.store.merge_days import DayPair, OfDay, list_away_while_here
from app.store.stamps import at_minute, day_of, minute_of, moment
from app.store.visits import Visit

_LABELS = {"growth_measure": "身高体重", "absence": "请假"}


@record
class DayChoice:
    """One day of which both records say something else. ``name`` is what the choice is told by."""

    pair: DayPair
    name: str
    label: str
    kept: str
    merged: str
    side: Side  # proposed
    weighs: bool  # one says that she was ill


def choices_of(pairs: tuple[DayPair, ...]) -> tuple[DayChoice, ...]:
    """The days on which somebody has to choose: an illness goes before a holiday, else the later word."""
    return tuple(_choice(one) for one in pairs if not one.same)


def settle(unit: Unit, key: int, pairs: tuple[DayPair, ...], choices: Mapping[str, Side]) -> None:
    """Let the row that was not chosen hold no more; it stays on file, and holds again when parted."""
    sides = {one.pair: choices.get(one.name, one.side) for one in choices_of(pairs)}
    for pair in pairs:
        gone = pair.merged if sides.get(pair, Side.KEPT) is Side.KEPT else pair.kept
        if pair.table == "absence":
            merging.undo_row(unit, key, pair.table, gone.id)
        else:
            merging.end_row(unit, key, pair.table, gone.id)


def list_away_over(database: Database | Unit, kept: ChildId, merged: ChildId) -> tuple[OfDay, ...]:
    """The absences of one record that hold no more, as the other has a stay of that day.

    Who was a guest beside the half that her contract is for may have been away from that all the same.
    """
    pair = (kept, merged)
    return tuple(
        one
        for one in list_away_while_here(database, kept, merged)
        if any(
            _was_due(database, pair, stay) for key in pair for stay in visits.list_on(database, key, one.day)
        )
    )


def _was_due(database: Database | Unit, pair: tuple[ChildId, ChildId], stay: Visit) -> bool:
    """Whether a stay is by contract, or none of another half than that of the contract."""
    held = [found for key in pair if (found := day.find_enrolment(database, key, stay.day)) is not None]
    return stay.tariff is Tariff.CONTRACT or all(
        one.mode is not CareMode.HALF_DAY
        or goes_into(
            stay.arrived_at,
            stay.left_at,
            at_minute(stay.day, one.from_minute),
            at_minute(stay.day, one.to_minute),
        )
        for one in held
    )


def end_away(unit: Unit, key: int, away: tuple[OfDay, ...]) -> None:
    """Let the absences of days on which the other record has a stay hold no more; parted, they hold again."""
    for one in away:
        merging.undo_row(unit, key, "absence", one.id)


def away_words(away: tuple[OfDay, ...]) -> tuple[str, ...]:
    """What is said of them before the records are joined."""
    return tuple(
        f"{day_words(one.day)}一份档案登记了{_words('absence', one)}，另一份那天来了："
        "合并后按来过算，这条请假作废。"
        for one in away
    )


def unbooked_words(database: Database, kept: ChildId, merged: ChildId) -> tuple[str, ...]:
    """What had been booked of such a day went with the absence, and is told while its hours are to come."""
    now = database.clock()
    ended = (
        booked
        for one in list_away_over(database, kept, merged)
        for child in (kept, merged)
        for booked in list_ended_with(database, child, moment(one.at))
        if booked.day == one.day and (booked.day, booked.to_minute) > (day_of(now), minute_of(now))
    )
    return tuple(f"{when(one)} 的预约已随那次请假取消，合并后不会恢复：还来的，请重新预约。" for one in ended)


def _choice(pair: DayPair) -> DayChoice:
    on, ill = pair.kept.day, [_is_ill(pair, one) for one in (pair.kept, pair.merged)]
    later = Side.MERGED if pair.merged.at > pair.kept.at else Side.KEPT
    side = later if ill[0] == ill[1] else Side.KEPT if ill[0] else Side.MERGED
    return DayChoice(
        pair,
        f"{pair.table}.{on}",
        f"{on} {_LABELS[pair.table]}",
        _words(pair.table, pair.kept),
        _words(pair.table, pair.merged),
        side,
        any(ill),
    )


def _is_ill(pair: DayPair, one: OfDay) -> bool:
    return pair.table == "absence" and one.said[0] == "sick"


def _words(table: str, one: OfDay) -> str:
    if table == "absence":
        kind, reason, told_by = (str(said or "") for said in one.said)
        return " ".join(filter(None, (KINDS[kind], reason, told_by and f"{told_by}说")))
    weight, stature, head = (said if isinstance(said, int) else None for said in one.said[:3])
    told = (
        (kg_words(weight), "{} kg"),
        (cm_words(stature), "{} cm"),
        (cm_words(head), "头围 {} cm"),
        (str(one.said[3] or ""), "{}"),
    )
    return " ".join(words.format(value) for value, words in told if value)
