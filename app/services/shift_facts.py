"""What a sheet of 交接班 takes from the day by itself: heads by reason, moods, whom to watch."""

import datetime as dt
from collections.abc import Sequence, Set

from app.domain.alerts import alerts
from app.domain.beside import TROUBLED
from app.domain.capacity import clock
from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.logbook import EntryKind, Mood, clock_words
from app.domain.shifts import EARLY_MINUTES, Figures, Line, Section
from app.services.facts import DayBook, list_books
from app.services.plans import Plans
from app.store import day, day_moves, logbook, visits
from app.store.database import Database
from app.store.day import Away, Expected, Stay
from app.store.stamps import at_minute, day_of, minute_of

_KINDS = {
    "sick": "病假",
    "personal": "事假",
    "other": "请假",
    "elsewhere": "今天在别的班",
    "later": "还没到时间",
    "unheard": "没来、还没有消息",
    # Who went home between her hours is a head that came: these two are named and not counted.
    "again": "还要再来",
    "missing": "该再来还没来",
}


def figures_of(database: Database, class_id: ClassId, now: dt.datetime) -> tuple[Figures, tuple[Line, ...]]:
    """The heads of a class now, and the lines that name who is away, left early or was never signed out."""
    today = day_of(now)
    whole = Plans(day.list_expected(database, today))
    plans = Plans(one for one in whole.every if one.class_id == class_id)
    expected = plans.at(minute_of(now))
    every, forgotten = _of_day(database, today)
    moves = day_moves.list_of_visits(database, [one.visit for one in every])
    stays = [
        one for one in every if class_id in day_moves.classes_of_day(one.class_id, moves.get(one.visit, ()))
    ]
    been = {one.who.id for one in stays}
    inside = {one.who.id for one in stays if one.class_id == class_id and one.left_at is None}
    gone = {one.who.id: one for one in stays if one.who.id not in inside}
    early = [
        one for one in gone.values() if one.class_id == class_id and _early(*plans.of(one, minute_of(now)))
    ]
    absent = _absent((plans, whole), been, every, day.list_away(database, today), now)
    figures = Figures(
        expected=len(expected),
        came=len(been),
        guests=len(been - set(expected)),
        went=len(gone),
        sick=len(absent["sick"]),
        personal=len(absent["personal"]),
        other=len(absent["other"]) + len(absent["elsewhere"]),
        later=len(absent["later"]),
        unheard=len(absent["unheard"]),
        early=len(early),
    )
    lines = [
        Line(Section.AWAY, f"{words} {len(absent[kind])}：{'、'.join(absent[kind])}")
        for kind, words in _KINDS.items()
        if absent[kind]
    ]
    names = {one.to_class: one.to_name for every_move in moves.values() for one in every_move}
    on = [one for one in gone.values() if one.class_id != class_id]
    for goal in dict.fromkeys(one.class_id for one in on):
        went = [one.who.name for one in on if one.class_id == goal]
        lines.append(Line(Section.AWAY, f"转到{names[goal]} {len(went)}：{'、'.join(went)}"))
    lines += [
        Line(Section.EARLY, f"{one.who.name} {one.left_at:%H:%M} {one.collector or '家人'}接走")
        for one in early
    ]
    lines += _forgotten_lines([one for one in forgotten if one.class_id == class_id], today)
    return figures, tuple(lines)


def _of_day(database: Database, today: dt.date) -> tuple[list[Stay], list[Stay]]:
    """The stays that are today's heads, and those of earlier days that nobody has ended.

    Who was not signed out and was seen today, in the log or in a check, is both.
    """
    every = day.list_stays(database, today)
    forgotten = [one for one in every if one.day != today]
    gone = {one.visit for one in forgotten if not _seen(database, one.visit, today)}
    return [one for one in every if one.visit not in gone], forgotten


def _seen(database: Database, visit: VisitId, today: dt.date) -> bool:
    moments = [one.at for one in visits.list_checks(database, visit)]
    if last := logbook.last_moment(database, visit):
        moments.append(last)
    return any(day_of(at) == today for at in moments)


def _forgotten_lines(forgotten: Sequence[Stay], today: dt.date) -> list[Line]:
    """``昨天没有离园记录：张沐阳``: where she is nobody has said, and it stands here until somebody does."""
    lines = []
    for on in sorted({one.day for one in forgotten}):
        names = "、".join(one.who.name for one in forgotten if one.day == on)
        when = "昨天" if on == today - dt.timedelta(days=1) else f"{on.month}月{on.day}日"
        lines.append(Line(Section.POINT, f"{when}没有离园记录：{names}，请前台问清并补办离园"))
    return lines


def _absent(
    of: tuple[Plans, Plans],
    been: Set[ChildId],
    every: Sequence[Stay],
    noted: Sequence[Away],
    now: dt.datetime,
) -> dict[str, list[str]]:
    """The names of those expected who did not come, each under one reason, and who is to come once more.

    ``of`` are the plans of the class and those of the centre: by some of them she may be elsewhere.
    """
    plans, whole = of
    found: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    kinds, minute = {one.who.id: one.kind for one in noted}, minute_of(now)
    stays: dict[ChildId, list[Stay]] = {}
    for stay in every:
        stays.setdefault(stay.who.id, []).append(stay)
    for key, one in plans.at(minute).items():
        own = stays.get(key, [])
        if key in been:
            following = whole.at(minute)[key]
            if following.class_id == one.class_id and key not in kinds and _again(whole, own, minute):
                kind = "again" if following.from_minute > minute else "missing"
                found[kind].append(f"{one.who.name}（{clock(following.from_minute)}）")
        elif any(_same(one, used) for used in whole.used(own, minute)):
            found["elsewhere"].append(one.who.name)
        elif key in kinds:
            found[kinds[key] if kinds[key] in found else "other"].append(one.who.name)
        elif (missed := plans.missed(one, (), minute)) is not None:
            both = f"{clock(missed.from_minute)} 没来，{clock(one.from_minute)} 还要来"
            found["unheard"].append(f"{one.who.name}（{both}）")
        elif one.from_minute > minute:
            found["later"].append(f"{one.who.name}（{clock(one.from_minute)}）")
        else:
            found["unheard"].append(one.who.name)
    return found


def _again(whole: Plans, own: Sequence[Stay], minute: int) -> bool:
    """Whether a child who was here has gone, and is still to come by other hours: as the board has it."""
    return own[-1].left_at is not None and whole.comes_again(own, minute)


def _same(plan: Expected, other: Expected) -> bool:
    return (plan.class_id, plan.from_minute) == (other.class_id, other.from_minute)


def _early(stay: Stay, plan: Expected | None) -> bool:
    due = stay.promised_at
    if due is None and plan is not None:
        due = at_minute(stay.day, plan.to_minute)
    if due is None or stay.left_at is None:
        return False
    return stay.left_at < due - dt.timedelta(minutes=EARLY_MINUTES)


def own_lines(database: Database, class_id: ClassId, today: dt.date) -> tuple[Line, ...]:
    """Low moods, and children the next shift has to watch, of those who are inside."""
    every, _ = _of_day(database, today)
    stays = [one for one in every if one.class_id == class_id and one.left_at is None]
    books = list_books(database, [one.visit for one in stays])
    lines: list[Line] = []
    seen: set[ChildId] = set()
    for book in books.values():
        if book.visit.child in seen:
            continue
        seen.add(book.visit.child)
        lines += _mood_lines(book)
        lines += _watch_lines(book)
    return tuple(lines)


def _mood_lines(book: DayBook) -> list[Line]:
    low = [one for one in book.facts.of(EntryKind.MOOD) if one.detail in TROUBLED]
    if not low:
        return []
    last = low[-1]
    note = f"，{last.note.strip().rstrip('。')}" if last.note.strip() else ""
    words = f"{book.child.name} {clock_words(last.at)} {Mood(last.detail or '').label}{note}"
    after = [one for one in book.facts.of(EntryKind.MOOD) if one.at > last.at]
    if after:
        words += f"，后来{Mood(after[-1].detail or Mood.CALM).label}"
    return [Line(Section.MOOD, words)]


def _watch_lines(book: DayBook) -> list[Line]:
    # Doses given in time stand under 用药; whose meal was swapped is still somebody to look at.
    found = [alert for alert in alerts(book.facts) if alert.dose is None or not alert.routine]
    said = list(dict.fromkeys(alert.words for alert in found))
    if not said:
        return []
    return [Line(Section.WATCH, f"{book.child.name}：{'、'.join(said)}")]
