"""睡眠巡视: what a look at a sleeper means for her card, for an infant on her belly, and for her sleep."""

import datetime as dt
from collections.abc import Mapping, Sequence

from app.domain.ages import months_between
from app.domain.classes import ClassKind
from app.domain.ids import EntryId, VisitId
from app.domain.log_checks import check_looks
from app.domain.log_reach import reach_of_waking
from app.domain.logbook import EntryDraft, EntryError, EntryKind, SleepSign
from app.domain.looks import Chip
from app.domain.sleep_checks import finding_chip, is_unsaid, is_watched, standing_finding
from app.store import centre, day, illness, injuries, logbook, settings, visits
from app.store.database import Database
from app.store.day import Stay
from app.store.log_reach import list_reached
from app.store.logbook import KeptEntry, Subject


def finding_chips(
    database: Database, stays: Sequence[Stay], logs: Mapping[VisitId, Sequence[EntryDraft]], today: dt.date
) -> dict[VisitId, Chip]:
    """``14:00 巡视异常`` of each child of whom nobody has noted since that she was seen to.

    Seen to she is by another look, a health check, an injury or an illness registered of her.
    """
    found = {}
    for stay in stays:
        if standing_finding(logs[stay.visit]) is None:  # as on any day: nothing more is read
            continue
        if look := standing_finding(logs[stay.visit], _seen_to(database, stay, today)):
            found[stay.visit] = finding_chip(look)
    return found


def require_turned(database: Database, drafts: Mapping[Subject, EntryDraft], today: dt.date) -> None:
    """Pass if of every infant who lies on her belly it is said that she was turned, or why she was not.

    Whoever is looked at while asleep is young enough to be laid on her back.

    Raises:
        EntryError: of one nothing is said; the sentence names her.
    """
    unsaid = [one for one, look in drafts.items() if look.kind is EntryKind.SLEEP_CHECK and is_unsaid(look)]
    if not unsaid:
        return
    watched = watched_of(database, [one.visit for one in unsaid], today)
    if first := next((one for one in unsaid if one.visit in watched), None):
        turned = SleepSign.TURNED.label
        msg = f"{first.name} 俯卧：请先翻回仰卧，选“{turned}”；没有翻的，写明为什么、怎么看护。"
        raise EntryError(msg, field="quality")


def watched_of(database: Database, visits: Sequence[VisitId], today: dt.date) -> frozenset[VisitId]:
    """Which of these stays are of children who are looked at while asleep, by their class and age."""
    below = settings.current(database, today).sleep_check_months
    kinds = {one.id: one.kind for one in centre.list_classes(database, today)}
    return frozenset(
        stay.visit
        for stay in day.list_stays(database, today)
        if stay.visit in visits
        and is_watched(
            months_between(stay.who.born_on, today),
            infants=kinds.get(stay.class_id) is ClassKind.INFANT,
            below=below,
        )
    )


def require_looks(
    database: Database, before: Sequence[KeptEntry], after: Mapping[EntryId, EntryDraft]
) -> None:
    """Pass if no look is left without its sleep when these become others; without one a sleep is taken back.

    Raises:
        EntryError: one would be; the sentence names it, and where there are several sleeps the child.
    """
    sleeps = [one.entry for one in before if one.entry.what.kind is EntryKind.SLEEP]
    if not sleeps:
        return
    visits = list(dict.fromkeys(one.visit for one in sleeps))
    reach = reach_of_waking(min(one.what.at for one in sleeps))
    subjects = logbook.list_subjects(database, visits)
    names = {one.child: one.name for one in subjects}
    rest = list_reached(database, subjects, (reach,))
    gone = {one.id for one in sleeps}
    for one in sleeps:
        own = [other.what for other in rest if other.child == one.child and other.entry not in gone]
        try:
            check_looks(one.what, after.get(one.id), own)
        except EntryError as error:
            if len(sleeps) == 1:
                raise
            msg = f"{names.get(one.child, '')}：{error.sentence}"
            raise EntryError(msg, field=error.field) from error


def _seen_to(database: Database, stay: Stay, today: dt.date) -> tuple[dt.datetime, ...]:
    child = stay.who.id
    return (
        *(one.at for one in visits.list_checks(database, stay.visit)),
        *(one.first_at for one in injuries.list_injuries(database, today, today) if one.told.child == child),
        *(one.first_at for one in illness.list_noted(database, today) if one.told.child == child),
    )
