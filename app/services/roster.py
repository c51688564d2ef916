"""The roster of a class and the timeline of a child, put together from what the file holds."""

import datetime as dt
from collections.abc import Sequence

from app.domain.ages import age_words, months_between
from app.domain.classes import carers_needed
from app.domain.dayfacts import check_name, check_words
from app.domain.ids import ClassId, VisitId
from app.domain.logbook import EntryDraft, EntryKind, Mood, duration_words, title_of, words_of
from app.domain.looks import Chip, Tone
from app.domain.modes import Tariff
from app.domain.prose import TOTAL
from app.domain.ratio import ratio_words, verdict_of
from app.services.classroom import Roster, RosterCard, Timeline, TimelineRow
from app.services.facts import DayBook, lacking, list_books
from app.store import centre, day, logbook, people, settings, tables
from app.store.allergies import list_allergies
from app.store.centre import ClassGroup
from app.store.database import Database
from app.store.day import Stay
from app.store.logbook import KeptEntry
from app.store.stamps import day_of, minute_of

_UNEASY = frozenset({Mood.HOMESICK, Mood.CRYING, Mood.ANXIOUS})
_CHECK_TONES = {"normal": Tone.OK, "recheck": Tone.WARN, "abnormal": Tone.BAD}


def make_roster(database: Database, class_id: ClassId, now: dt.datetime) -> Roster | None:
    """One class at one moment; None when there is no such class."""
    today = day_of(now)
    group = next((one for one in centre.list_classes(database, today) if one.id == class_id), None)
    if group is None:
        return None
    stays = [
        stay for stay in day.list_stays(database, today) if stay.class_id == class_id and stay.left_at is None
    ]
    log: dict[VisitId, list[EntryDraft]] = {stay.visit: [] for stay in stays}
    for kept in logbook.list_entries(database, list(log)):
        log[kept.entry.visit].append(kept.entry.what)
    allergies = list_allergies(database)
    due = dt.timedelta(minutes=settings.current(database, today).due_minutes)
    cards = tuple(
        _card(stay, log[stay.visit], allergies.get(stay.who.id, ()), group.colour, now, due) for stay in stays
    )
    return Roster(
        class_id=class_id,
        class_name=group.name,
        kind_words=group.kind.label,
        colour=group.colour,
        ratio=_ratio(database, group, stays, now),
        chips=_class_chips(cards),
        cards=cards,
    )


def make_timeline(database: Database, visit: VisitId) -> Timeline | None:
    """One child's day with how far the note is; None when there is no such visit."""
    book = list_books(database, [visit]).get(visit)
    if book is None:
        return None
    absent = lacking(book)
    entries = logbook.list_entries(database, [visit])
    fever = book.facts.fever_tenths
    rows = [*_frame_rows(book), *(_entry_row(kept, fever) for kept in entries)]
    return Timeline(
        visit=visit,
        name=book.child.name,
        allergies=book.child.substances,
        rows=tuple(sorted(rows, key=lambda row: row.at)),
        note_done=TOTAL - len(absent),
        note_total=TOTAL,
        note_missing=absent,
    )


def _frame_rows(book: DayBook) -> list[TimelineRow]:
    """Coming, the checks, and going."""
    visit, checks = book.visit, book.facts.checks
    morning = [f"晨检 {check_words(check)}" for check in checks if check.kind == "morning"]
    brought = f"{book.facts.brought_by_words}送到" if book.facts.brought_by_words else ""
    words = " · ".join(part for part in (brought, *morning) if part)
    rows = [TimelineRow(visit.arrived_at, None, "arrival", "入园", words, "")]
    for check in checks:
        if check.kind != "morning":
            title, words = check_name(check.kind), check_words(check)
            tone = _CHECK_TONES[check.outcome]
            rows.append(TimelineRow(check.at, None, "check", title, words, "", tone))
    if visit.left_at is not None:
        adult = book.adult(visit.collected_by)
        words = "" if adult is None else f"{adult.tie.relation} {adult.name} 接走"
        rows.append(TimelineRow(visit.left_at, None, "departure", "离园", words, ""))
    return rows


def _entry_row(kept: KeptEntry, fever: int) -> TimelineRow:
    what = kept.entry.what
    tone = Tone.PLAIN
    if what.kind is EntryKind.TEMPERATURE and what.tenths is not None and what.tenths >= fever:
        tone = Tone.BAD
    return TimelineRow(
        at=what.at,
        until=what.until,
        kind=what.kind.value,
        title=title_of(what),
        words=words_of(what),
        by=kept.by,
        tone=tone,
        entry=kept.entry.id,
        batch=kept.entry.batch,
    )


def _card(
    stay: Stay,
    log: Sequence[EntryDraft],
    allergies: tuple[str, ...],
    colour: str,
    now: dt.datetime,
    due: dt.timedelta,
) -> RosterCard:
    moods = [Mood(what.detail) for what in log if what.kind is EntryKind.MOOD and what.detail]
    toilets = [what for what in log if what.kind is EntryKind.TOILET]
    return RosterCard(
        visit=stay.visit,
        child=stay.who.id,
        name=stay.who.name,
        nickname=stay.who.nickname,
        age_words=age_words(stay.who.born_on, day_of(now)),
        colour=colour,
        mood=moods[-1].value if moods else None,
        state_words=_state_words(stay, moods),
        asleep_since=stay.asleep_since,
        chips=_chips(stay, allergies, now, due),
        allergies=allergies,
        since_toilet=f"{duration_words(toilets[-1].at, now)}前" if toilets else "",
    )


def _state_words(stay: Stay, moods: Sequence[Mood]) -> str:
    """12:05 入睡; 起初想家，现在平静; 开心; empty when nobody has said."""
    if stay.asleep_since is not None:
        return f"{stay.asleep_since:%H:%M} 入睡"
    if not moods:
        return ""
    if moods[0] in _UNEASY and moods[-1] not in _UNEASY:
        return f"起初{moods[0].label}，现在{moods[-1].label}"
    return moods[-1].label


def _chips(stay: Stay, allergies: tuple[str, ...], now: dt.datetime, due: dt.timedelta) -> tuple[Chip, ...]:
    chips = []
    if stay.tariff is not Tariff.CONTRACT:
        chips.append(Chip(stay.mode.label, Tone.INFO))
    chips += [Chip(f"{substance}过敏", Tone.BAD) for substance in allergies]
    if stay.who.allergy == "unknown":
        chips.append(Chip("过敏不清", Tone.BAD))
    if stay.promised_at is not None and stay.promised_at - now <= due:
        chips.append(Chip(f"{stay.promised_at:%H:%M} 接", Tone.WARN))
    return tuple(chips) or (Chip(stay.mode.label),)


def _class_chips(cards: Sequence[RosterCard]) -> tuple[Chip, ...]:
    allergic = sum(bool(card.allergies) for card in cards)
    asleep = sum(card.asleep_since is not None for card in cards)
    chips = [Chip(f"过敏 {allergic}", Tone.BAD)] if allergic else []
    return (*chips, Chip(f"午睡 {asleep}", Tone.INFO)) if asleep else tuple(chips)


def _ratio(database: Database, group: ClassGroup, stays: Sequence[Stay], now: dt.datetime) -> Chip:
    """师生比 1 : 6.0 合规（3 人在岗）: children present now against carers on shift now (58号文 Art 20)."""
    today, minute = day_of(now), minute_of(now)
    ages = [months_between(stay.who.born_on, today) for stay in stays]
    on_shift = {
        shift.staff
        for shift in people.list_shifts(database, today)
        if shift.class_id == group.id and shift.from_minute <= minute < shift.to_minute
    }
    needed = carers_needed(group.kind, ages, tables.ratio_rules(today))
    verdict = verdict_of(len(ages), group.seats, needed, len(on_shift))
    return Chip(
        f"{ratio_words(len(ages), len(on_shift))} {verdict.words}（{len(on_shift)} 人在岗）", verdict.tone
    )
