"""The roster of a class and the timeline of a child, put together from what the file holds."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.ages import age_words, months_between
from app.domain.classes import ClassKind
from app.domain.dayfacts import check_name, check_words
from app.domain.dishes import quoted
from app.domain.ids import ClassId, VisitId
from app.domain.logbook import (
    EntryDraft,
    EntryKind,
    MealSlot,
    Mood,
    Reaction,
    SleepSign,
    Toilet,
    clock_words,
    duration_words,
    title_of,
    words_among,
    words_of,
)
from app.domain.looks import Chip, Tone
from app.domain.medicine import DoseState
from app.domain.modes import Tariff
from app.domain.needs import by_need, most_pressing
from app.domain.places import out_word
from app.domain.prose import TOTAL
from app.domain.ratio import ratio_words
from app.domain.record import record
from app.domain.sleep_checks import Watch, is_watched, lies_on_belly, watch
from app.services.carers import ClassCarers, carers_now, judge
from app.services.case_facts import case_chips
from app.services.class_seams import Seams
from app.services.class_views import Roster, RosterCard, Timeline, TimelineRow
from app.services.dish_answers import KnownLine, known_lines, unsure_of
from app.services.facts import DayBook, lacking, list_books
from app.services.fever_watch import kept_apart
from app.services.health_alerts import health_chips
from app.services.offers import holds, meal_by_clock
from app.services.outdoors import outdoor_chip
from app.services.plans import Plans
from app.services.rows import leaves_at
from app.services.sleep_looks import finding_chips, watched_of
from app.store import centre, day, log_versions, logbook, medicine, menus, settings
from app.store.allergies import list_allergies
from app.store.centre import ClassGroup
from app.store.database import Database
from app.store.day import Stay
from app.store.log_versions import Clearance, Version
from app.store.logbook import KeptEntry
from app.store.settings import Settings
from app.store.stamps import day_of, minute_of

_UNEASY = frozenset({Mood.HOMESICK, Mood.CRYING, Mood.ANXIOUS})
_CHECK_TONES = {"normal": Tone.OK, "recheck": Tone.WARN, "abnormal": Tone.BAD}


def make_roster(
    database: Database, class_id: ClassId, now: dt.datetime, seams: Seams | None = None
) -> Roster | None:
    """One class at one moment, those in need first; None when there is no such class."""
    today, seams = day_of(now), seams or Seams()
    group = next((one for one in centre.list_classes(database, today) if one.id == class_id), None)
    if group is None:
        return None
    stays = [
        stay for stay in day.list_stays(database, today) if stay.class_id == class_id and stay.left_at is None
    ]
    log: dict[VisitId, list[EntryDraft]] = {stay.visit: [] for stay in stays}
    for kept in logbook.list_entries(database, list(log)):
        log[kept.entry.visit].append(kept.entry.what)
    allergies, rules = list_allergies(database), settings.current(database, today)
    children = [stay.who.id for stay in stays]
    medicine = seams.due_medicine(children, now)
    asked = seams.instructions(children, today, None)
    health, doses = health_chips(database, class_id, now)
    apart = kept_apart(database)
    ill = case_chips(database, stays, today)
    odd = finding_chips(database, stays, log, today)
    lines = menus.list_menu(database, today) if any(allergies.get(child) for child in children) else ()
    menu = known_lines(database, lines)
    carers = carers_now(database, now, (group,)).of(class_id)
    plans = Plans(day.list_expected(database, today))
    cards = []
    for stay in stays:
        told = _Told(
            log[stay.visit],
            allergies.get(stay.who.id, ()),
            medicine.get(stay.who.id, ()),
            asked.get(stay.who.id, ()),
            _watch(stay, log[stay.visit], group, rules, today),
            (*ill.get(stay.visit, ()), *health.get(stay.visit, ())),
            out_word(carers.places[stay.visit]) if stay.visit in carers.places else "",
            leaves_at(*plans.told(stay, minute_of(now))),
            _next_meal(log[stay.visit], menu, allergies.get(stay.who.id, ()), now),
            odd.get(stay.visit),
            stay.visit in apart,
        )
        cards.append(_card(stay, told, group.colour, now, rules))
    ordered = by_need((card.need, card) for card in cards)
    outdoors = outdoor_chip(database, class_id, [(stay, log[stay.visit]) for stay in stays], now)
    return Roster(
        class_id=class_id,
        class_name=group.name,
        kind_words=group.kind.label,
        colour=group.colour,
        ratio=_ratio(group, stays, carers, today),
        chips=(*_class_chips(ordered, doses), *outdoors),
        cards=ordered,
    )


@record
class _Told:
    """What is known of one child now, beside her stay."""

    log: Sequence[EntryDraft]
    allergies: tuple[str, ...]
    medicine: tuple[str, ...]
    instructions: tuple[str, ...]
    watch: Watch | None
    health: tuple[Chip, ...] = ()
    outside: str = ""  # 户外, 医务室: on a walk
    leaving: dt.datetime | None = None  # as promised, else by contract
    meal: str = ""  # 午点含鸡蛋: her next meal names what she must not eat
    finding: Chip | None = None  # 14:00 巡视异常: nobody has seen to her since
    apart: bool = False

    def leaves_soon(self, now: dt.datetime, rules: Settings) -> bool:
        """Whether she is to be collected within the minutes that count as soon, or should be gone."""
        return self.leaving is not None and self.leaving - now <= dt.timedelta(minutes=rules.due_minutes)

    def cries(self, now: dt.datetime, rules: Settings) -> bool:
        """Whether she was said to cry so lately that it may still be so; nobody says when it ended."""
        moods = [what for what in self.log if what.kind is EntryKind.MOOD and what.detail]
        last = max(moods, key=lambda what: what.at, default=None)
        if last is None or last.detail != Mood.CRYING:
            return False
        return now - last.at <= dt.timedelta(minutes=rules.crying_minutes)


def _next_meal(
    log: Sequence[EntryDraft], menu: Sequence[KnownLine], substances: Sequence[str], now: dt.datetime
) -> str:
    """What the next meal of a child holds that she must not eat, by the clock and by what she has eaten.

    A dish of which nobody knows what it holds is told as well.
    """
    if not substances or not menu:
        return ""
    order = list(MealSlot)
    eaten = {what.detail for what in log if what.kind is EntryKind.MEAL}
    soonest = order.index(meal_by_clock(minute_of(now), [one.line for one in menu]))
    for one in menu:
        slot = one.line.slot
        if order.index(slot) >= soonest and slot.value not in eaten:
            said = [naming.words for naming in holds(one.line, substances)]
            said += [f"未确认{quoted(one.untold)}"] if unsure_of(substances, one.untold) else []
            return f"{slot.label}{'、'.join(said)}" if said else ""
    return ""


def _watch(
    stay: Stay, log: Sequence[EntryDraft], group: ClassGroup, rules: Settings, today: dt.date
) -> Watch | None:
    """When a sleeping infant is to be looked at; None for whoever is awake or old enough."""
    months = months_between(stay.who.born_on, today)
    infants = group.kind is ClassKind.INFANT
    if stay.asleep_since is None or not is_watched(months, infants=infants, below=rules.sleep_check_months):
        return None
    looks = (what.at for what in log if what.kind is EntryKind.SLEEP_CHECK)
    return watch(stay.asleep_since, looks, rules.sleep_check_minutes)


def make_timeline(database: Database, visit: VisitId) -> Timeline | None:
    """One child's day with how far the note is; None when there is no such visit."""
    book = list_books(database, [visit]).get(visit)
    if book is None:
        return None
    absent = lacking(book)
    entries = logbook.list_entries(database, [visit])
    fever = book.facts.fever_tenths
    before = log_versions.corrected(database, [visit])
    cleared = log_versions.list_clearances(database, [visit])
    rows = [*_frame_rows(book), *_health_rows(database, book)]
    day_log = [kept.entry.what for kept in entries]
    lies = any(lies_on_belly(what) for what in day_log)
    watched = lies and visit in watched_of(database, [visit], book.visit.day)
    for kept in entries:
        key = kept.entry.id
        row = _entry_row(kept, day_log, fever, before.get(key), cleared.get(key))
        amber = watched and row.tone is Tone.PLAIN and lies_on_belly(kept.entry.what)
        rows.append(replace(row, tone=Tone.WARN) if amber else row)
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


def _health_rows(database: Database, book: DayBook) -> list[TimelineRow]:
    """Medicine given or left out, and injuries: kept in the health room, and a part of her day."""
    rows = [
        TimelineRow(one.at, None, "injury", "伤害", one.words, "", Tone.BAD) for one in book.facts.injuries
    ]
    for request in medicine.list_of_visit(database, book.visit.id):
        for dose in request.doses:
            if dose.state is DoseState.WAITING or dose.at is None:
                continue
            given = dose.state is DoseState.GIVEN
            by = (f"{dose.giver_name} 喂", f"{dose.second_name} 核对")
            left = f"没喂：{dose.reason}" if dose.state is DoseState.SKIPPED else dose.home_words
            after = (*by, dose.home_words) if given else (f"{dose.due_at:%H:%M} 的{left}",)
            late = f"晚 {dose.late} 分钟" if dose.late else ""
            words = " · ".join(part for part in (request.words, late, *after) if part)
            titles = {DoseState.SKIPPED: ("没喂药", Tone.WARN), DoseState.HOME: ("在家喂药", Tone.PLAIN)}
            title, tone = titles.get(dose.state, ("喂药", Tone.PLAIN))
            rows.append(TimelineRow(dose.at, None, "medicine", title, words, dose.giver_name, tone))
    return rows


def _entry_row(
    kept: KeptEntry,
    day_log: Sequence[EntryDraft],
    fever: int,
    before: Version | None,
    cleared: Clearance | None,
) -> TimelineRow:
    what = kept.entry.what
    words = [words_among(what, day_log)]
    if kept.helper:
        words.append(f"{kept.helper}哄睡")
    if cleared is not None:
        words.append(f"过敏已核对：{cleared.reason}（{cleared.by}）")
    if before is not None:
        old = words_of(before.kept.entry.what)
        if before.kept.entry.what.at != what.at:
            old = f"{clock_words(before.kept.entry.what.at)} {old}"
        words.append(f"原记 {old}（{before.kept.by} {clock_words(before.made_at)}）")
    return TimelineRow(
        at=what.at,
        until=what.until,
        kind=what.kind.value,
        title=title_of(what),
        words=" · ".join(word for word in words if word),
        by=kept.by,
        tone=_tone(what, fever),
        entry=kept.entry.id,
        batch=kept.entry.batch,
        draft=what,
        photo=what.photo,
    )


def _tone(what: EntryDraft, fever: int) -> Tone:
    hot = what.kind is EntryKind.TEMPERATURE and what.tenths is not None and what.tenths >= fever
    borne = {None, Reaction.NONE.value, Reaction.DISLIKED.value}
    ill = what.kind is EntryKind.FOOD and what.quality not in borne
    odd = what.kind is EntryKind.SLEEP_CHECK and what.quality == SleepSign.CONCERN
    return Tone.BAD if hot or ill or odd else Tone.PLAIN


def _card(stay: Stay, told: _Told, colour: str, now: dt.datetime, rules: Settings) -> RosterCard:
    moods = [Mood(what.detail) for what in told.log if what.kind is EntryKind.MOOD and what.detail]
    toilets = [what for what in told.log if what.kind is EntryKind.TOILET]
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
        chips=_chips(stay, told, now, rules),
        allergies=told.allergies,
        since_toilet=f"{duration_words(toilets[-1].at, now)}前" if toilets else "",
        since=_since(told.log, now, asleep=stay.asleep_since is not None),
        due=told.medicine,
        instructions=told.instructions,
        need=most_pressing(
            finding=told.finding is not None,
            crying=stay.asleep_since is None and told.cries(now, rules),
            medicine=bool(told.medicine),
            nap_check=told.watch is not None and told.watch.is_due(now),
            leaving=told.leaves_soon(now, rules),
        ),
        apart=told.apart,
        leaving=_leaving(told, now, rules),
    )


def _since(log: Sequence[EntryDraft], now: dt.datetime, *, asleep: bool) -> tuple[str, ...]:
    """上次喝奶 2 小时 10 分前, 上次换尿布 40 分钟前, 上次睡醒 1 小时前; what never was today is left out."""
    found = []
    if milk := [what for what in log if what.kind is EntryKind.MILK]:
        found.append(f"上次喝奶 {duration_words(milk[-1].at, now)}前")
    if toilets := [what for what in log if what.kind is EntryKind.TOILET]:
        last = toilets[-1]
        diaper = last.detail == Toilet.DRY or "尿布" in last.note
        found.append(f"上次{'换尿布' if diaper else '如厕'} {duration_words(last.at, now)}前")
    woken = [what.until for what in log if what.kind is EntryKind.SLEEP and what.until is not None]
    if woken and not asleep:
        found.append(f"上次睡醒 {duration_words(max(woken), now)}前")
    return tuple(found)


def _state_words(stay: Stay, moods: Sequence[Mood]) -> str:
    """12:05 入睡; 起初想家，现在平静; 开心; empty when nobody has said."""
    if stay.asleep_since is not None:
        return f"{stay.asleep_since:%H:%M} 入睡"
    if not moods:
        return ""
    if moods[0] in _UNEASY and moods[-1] not in _UNEASY:
        return f"起初{moods[0].label}，现在{moods[-1].label}"
    return moods[-1].label


def _chips(stay: Stay, told: _Told, now: dt.datetime, rules: Settings) -> tuple[Chip, ...]:
    chips = [] if told.finding is None else [told.finding]
    chips += [Chip(told.outside, Tone.INFO)] if told.outside else []
    # What is late or hot now comes before what the next meal will bring.
    chips += [chip for chip in told.health if chip.tone is Tone.BAD]
    chips += [Chip(told.meal, Tone.BAD)] if told.meal else []
    chips += [chip for chip in told.health if chip.tone is not Tone.BAD]
    known = {chip.words for chip in chips}
    chips += [Chip(line, Tone.WARN) for line in told.medicine if line not in known]
    if told.watch is not None:
        chips.append(told.watch.chip(now))
    if stay.tariff is not Tariff.CONTRACT:
        chips.append(Chip(stay.mode.label, Tone.INFO))
    chips += [Chip(f"{substance}过敏", Tone.BAD) for substance in told.allergies]
    if stay.who.allergy == "unknown":
        chips.append(Chip("过敏不清", Tone.BAD))
    if leaving := _leaving(told, now, rules):
        chips.append(Chip(leaving, Tone.WARN))
    if told.instructions:
        chips.append(Chip(f"嘱咐 {len(told.instructions)}", Tone.WARN))
    return tuple(chips) or (Chip(stay.mode.label),)


def _leaving(told: _Told, now: dt.datetime, rules: Settings) -> str:
    return f"{told.leaving:%H:%M} 接" if told.leaving is not None and told.leaves_soon(now, rules) else ""


def _class_chips(cards: Sequence[RosterCard], doses: Sequence[Chip]) -> tuple[Chip, ...]:
    allergic = sum(bool(card.allergies) for card in cards)
    asleep = sum(card.asleep_since is not None for card in cards)
    chips = [Chip(f"过敏 {allergic}", Tone.BAD)] if allergic else []
    chips += doses
    return (*chips, Chip(f"午睡 {asleep}", Tone.INFO)) if asleep else tuple(chips)


def _ratio(group: ClassGroup, stays: Sequence[Stay], carers: ClassCarers, today: dt.date) -> Chip:
    """师生比 1 : 6.0 合规（3 人在岗）: children present now against carers there now (58号文 Art 20)."""
    ages = [months_between(stay.who.born_on, today) for stay in stays]
    _needed, verdict = judge(group, ages, (stay.visit for stay in stays), carers, today)
    words = f"{ratio_words(len(ages), carers.counting)} {verdict.words}"
    return Chip(f"{words}（{carers.counting} 人在岗）", verdict.tone)
