"""The board of one day, put together from a handful of queries, however many children there are."""

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain.ages import months_between
from app.domain.ids import ChildId, ClassId, VisitId
from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode
from app.domain.ratio import ratio_words
from app.domain.record import record
from app.services.carers import Carers, alarm_words, carers_now, judge
from app.services.desk import AdultRow, Board, ChildCard, ChildRow, ClassTile, RowState, UnknownChildError
from app.services.plans import Plans
from app.services.rows import Context, away_row, by_need, expected_row, stay_row, stranger_row
from app.store import centre, day, drafts, people, settings
from app.store.allergies import list_allergies
from app.store.centre import ClassGroup
from app.store.database import Clock, Database
from app.store.day import Expected, Stay, Surroundings
from app.store.stamps import day_of, minute_of

if TYPE_CHECKING:
    from app.services.health_alerts import HealthAlert
    from app.store.visits import Check

# 刚刚离园: who left within the last hour can be called back at a glance.
_JUST_LEFT = dt.timedelta(minutes=60)
_CLOCK_SLACK = dt.timedelta(minutes=2)
DRAFT_KIND = "intake"


@record
class Day:
    """A board with the rows behind it, by child."""

    board: Board
    rows: dict[ChildId, ChildRow]
    context: Context


class BoardMaker:
    """Makes the board, and keeps it until a minute passes or something is committed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: tuple[tuple[str, int], Day] | None = None
        self._slow: tuple[tuple[dt.date, int], tuple[Chip, ...]] | None = None
        self._made = 0

    def day(self) -> Day:
        """The board of this minute."""
        now = self._clock()
        key = (f"{now:%Y%m%d%H%M}", self._database.commits)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._make(now))
        return self._kept[1]

    def row(self, made: Day, child: ChildId) -> ChildRow:
        """One child's row, also one whom the board does not show."""
        if (found := made.rows.get(child)) is not None:
            return found
        if (who := day.find_who(self._database, child)) is None:
            raise UnknownChildError("没有找到这个孩子的档案，请刷新后再试。")
        return stranger_row(who, self._place(child, made.context.day), made.context)

    def card(self, child: ChildId) -> ChildCard:
        """The side panel of one child."""
        from app.domain.phones import mask_phone  # as below: the board needs none of it
        from app.store.photos import find_photo

        made = self.day()
        row = self.row(made, child)
        brought = None if row.visit is None else day.brought_today(self._database, row.visit)
        adults = tuple(
            AdultRow(
                adult=adult.id,
                name=adult.name,
                relation=adult.tie.relation,
                phone_masked=mask_phone(adult.phone),
                may_collect=adult.tie.may_collect and not adult.tie.barred,
                barred=adult.tie.barred,
                is_guardian=adult.tie.is_guardian,
                is_emergency=adult.tie.is_emergency,
                identity_seen=adult.identity_seen,
                brought_today=adult.id == brought,
                photo=find_photo(self._database, "adult", adult.id) or b"",
            )
            for adult in people.list_adults(self._database, child, made.context.day)
        )
        # Who brought her comes first: most often the same one takes her home.
        ranked = tuple(
            sorted(
                (*adults, *self._other_faces(adults)),
                key=lambda adult: (adult.barred, not adult.brought_today),
            )
        )
        photo = find_photo(self._database, "child", child) or b""
        home = self._keeps_home(row, made.context.day)
        lacks = self._lacks(row, adults, made.context.day)
        asks = "" if home else self._asks(row, made.context.day)
        return ChildCard(row, ranked, self._day_words(row, ranked), photo, home, lacks, asks)

    def _other_faces(self, adults: tuple[AdultRow, ...]) -> tuple[AdultRow, ...]:
        """Somebody barred is known by the photo of each record that was merged into his (58号文 Art 30)."""
        from app.store.photos import list_beside  # as above

        return tuple(
            replace(one, phone_masked="", detail="同一个人的另一张照片", photo=jpeg)
            for one in adults
            if one.barred
            for jpeg in list_beside(self._database, one.adult)
        )

    def _lacks(self, row: ChildRow, adults: tuple[AdultRow, ...], today: dt.date) -> str:
        """What has not been seen before she comes in (58号文 Art 11)."""
        if row.state not in {RowState.EXPECTED, RowState.ABSENT}:
            return ""
        from app.services.entry_gate import door_words  # as above

        guardians = sum(one.is_guardian and not one.barred for one in adults)
        return door_words(self._database, row.child, today, guardians)

    def _asks(self, row: ChildRow, today: dt.date) -> str:
        """What was told of her while she was away and waits for the health worker."""
        if row.state not in {RowState.EXPECTED, RowState.ABSENT}:
            return ""
        from app.services.told_reports import door_words  # as above

        return door_words(self._database, row.child, row.name, today)

    def _keeps_home(self, row: ChildRow, today: dt.date) -> str:
        """What would refuse her at the door, said before anything is typed."""
        if row.state in {RowState.PRESENT, RowState.DUE}:
            return ""
        from app.services.illness_gate import refusal  # as above

        return refusal(self._database, row.child, row.name, today)

    def _place(self, child: ChildId, today: dt.date) -> tuple[ClassId, CareMode]:
        enrolled = day.find_enrolment(self._database, child, today)
        if enrolled is not None:
            return enrolled.class_id, enrolled.mode
        return day.last_class(self._database, child) or (ClassId(0), CareMode.TEMPORARY)

    def _day_words(self, row: ChildRow, adults: tuple[AdultRow, ...]) -> str:
        """``09:12 奶奶送到 · 晨检 36.5℃ 正常 · 预计 14:00 接``."""
        from app.store import visits

        parts = [row.awaits] if row.awaits else []
        if row.arrived_at is not None and row.visit is not None:
            bringer = next((adult.relation for adult in adults if adult.brought_today), "")
            parts.append(
                f"{row.arrived_at:%H:%M} {bringer}送到" if bringer else f"{row.arrived_at:%H:%M} 入园"
            )
            parts += [_check_words(check) for check in visits.list_checks(self._database, row.visit)]
        if row.left_at is not None:
            parts.append(f"{row.left_at:%H:%M} {row.collected_by}接走")
        elif row.promised_at is not None:
            parts.append(f"预计 {row.promised_at:%H:%M} 接")
        if row.called and row.visit is not None:
            from app.services.ringing import said_words
            from app.store import contacts

            parts += [said_words(one) for one in contacts.list_of_visit(self._database, row.visit)[:2]]
        return " · ".join(parts)

    def _make(self, now: dt.datetime) -> Day:
        database, today = self._database, day_of(now)
        classes, kept = centre.list_classes(database, today), settings.current(database, today)
        context = Context(
            now,
            kept.due_minutes,
            {group.id: group for group in classes},
            list_allergies(database),
            kept.ring_minutes,
            self._feverish(),
        )
        stays = day.list_stays(database, today)
        plans, minute = Plans(day.list_expected(database, today)), minute_of(now)
        expected = plans.at(minute)
        rows = {stay.who.id: stay_row(*plans.told(stay, minute), context) for stay in stays}
        before: dict[ChildId, list[Stay]] = {}
        for child in plans.maybe_again:
            if child in rows and rows[child].state is RowState.LEFT:
                own = [stay for stay in stays if stay.who.id == child]
                if plans.comes_again(own, minute):
                    del rows[child]  # her other half, or the booked hours, are still to come
                    before[child] = own
        self._add_away(rows, expected, context)
        open_today = day.is_open(database, today)
        for child, one in expected.items():
            if child not in rows and open_today:
                own = before.get(child, [])
                missed = plans.missed(one, own, minute)
                rows[child] = expected_row(one, context, missed, own[-1] if own else None)
        tiles = _tiles(classes, stays, carers_now(database, now, classes), context)
        return Day(self._board(rows, stays, tiles, context), rows, context)

    def _add_away(
        self, rows: dict[ChildId, ChildRow], expected: dict[ChildId, Expected], context: Context
    ) -> None:
        for away in day.list_away(self._database, context.day):
            if away.who.id in rows:
                continue
            plan = expected.get(away.who.id)
            place = self._place(away.who.id, context.day) if plan is None else (plan.class_id, plan.mode)
            rows[away.who.id] = away_row(away, place, None if plan is None else plan.half, context)

    def _board(
        self,
        rows: dict[ChildId, ChildRow],
        stays: tuple[Stay, ...],
        tiles: tuple[ClassTile, ...],
        context: Context,
    ) -> Board:
        by_state: dict[RowState, list[ChildRow]] = {state: [] for state in RowState}
        for row in rows.values():
            by_state[row.state].append(row)
        kinds = Counter(row.chip.words for row in by_state[RowState.ABSENT])
        seats = centre.licensed_seats(self._database, context.day)
        inside = sum(stay.left_at is None for stay in stays)
        around = day.look_round(self._database, context.now)
        health = self._health_alerts(around, context.now)
        return Board(
            now=context.now,
            classes=tiles,
            expected=tuple(sorted(by_state[RowState.EXPECTED], key=lambda row: row.expected_minute or 0)),
            due=tuple(sorted(by_state[RowState.DUE], key=lambda row: row.promised_at or context.now)),
            just_left=_just_left(by_state[RowState.LEFT], context.now),
            present=by_need(by_state[RowState.PRESENT], context),
            absent=tuple(by_state[RowState.ABSENT]),
            present_count=inside,
            licensed_seats=seats,
            expected_count=len(rows) - len(by_state[RowState.ABSENT]),
            sick_count=kinds["病假"],
            personal_count=kinds["事假"],
            parked_drafts=drafts.count_held(self._database, DRAFT_KIND),
            alerts=(
                *_clock_alert(around, context.now),
                *(one.chip for one in health),
                *_alerts(tiles, stays, inside, seats, context.day),
                *self._slow_alerts(context.day),
            ),
            forgotten=sum(stay.left_at is None and stay.day < context.day for stay in stays),
            health=health,
        )

    def _feverish(self) -> frozenset[VisitId]:
        """Whose fever goes on; on most mornings nothing of it is loaded."""
        if not day.has_fever_inside(self._database):
            return frozenset()
        from app.store import fever

        return fever.list_feverish(self._database)

    def _health_alerts(self, around: Surroundings, now: dt.datetime) -> "tuple[HealthAlert, ...]":
        """Fevers under way and doses that are late; on most mornings nothing of it is loaded."""
        if not around.health_matter:
            return ()
        from app.services.health_alerts import health_alerts

        return health_alerts(self._database, now)

    def _slow_alerts(self, today: dt.date) -> tuple[Chip, ...]:
        """Clusters, classes under observation, PINs that lack; the first board of a start waits for none."""
        self._made += 1
        if self._made == 1:
            return ()
        key = (today, self._database.commits_about("illness", "settings", "staff"))
        if self._slow is None or self._slow[0] != key:
            from app.services.illness_gate import alerts
            from app.services.pins import find_gap

            gap = find_gap(self._database, today)
            lacking = (Chip(gap, Tone.WARN),) if gap else ()
            self._slow = (key, (*alerts(self._database, today), *lacking))
        return self._slow[1]


def _clock_alert(around: Surroundings, now: dt.datetime) -> tuple[Chip, ...]:
    """A clock that was set back puts every later record at a false time."""
    last = around.last_record_at
    if last is None or last - now <= _CLOCK_SLACK:
        return ()
    words = f"电脑时间 {now:%H:%M} 比上一次记录（{last.month}月{last.day}日 {last:%H:%M}）还早，请校正"
    return (Chip(words, Tone.BAD),)


def _check_words(check: "Check") -> str:
    kind = {"morning": "晨检", "noon": "午检"}.get(check.kind, f"{check.at:%H:%M} 全日观察")
    outcome = {"normal": "正常", "recheck": "复测", "abnormal": "异常"}[check.outcome]
    heat = "" if check.tenths is None else f" {check.tenths // 10}.{check.tenths % 10}℃"
    note = f"（{check.note}）" if check.note else ""
    return f"{kind}{heat} {outcome}{note}"


def _just_left(rows: list[ChildRow], now: dt.datetime) -> tuple[ChildRow, ...]:
    since = now - _JUST_LEFT
    recent = [row for row in rows if row.left_at is not None and row.left_at >= since]
    return tuple(sorted(recent, key=lambda row: row.left_at or now, reverse=True))


def _tiles(
    classes: tuple[ClassGroup, ...], stays: tuple[Stay, ...], carers: Carers, context: Context
) -> tuple[ClassTile, ...]:
    """Children present now against carers there now, by clock or rota (58号文 Art 20)."""
    today = context.day
    inside: dict[ClassId, list[tuple[VisitId, int]]] = {group.id: [] for group in classes}
    for stay in stays:
        if stay.left_at is None:
            months = months_between(stay.who.born_on, today)
            inside.setdefault(stay.class_id, []).append((stay.visit, months))
    return tuple(_tile(group, inside[group.id], carers, today) for group in classes)


def _tile(group: ClassGroup, inside: list[tuple[VisitId, int]], carers: Carers, today: dt.date) -> ClassTile:
    own, visits = carers.of(group.id), [visit for visit, _ in inside]
    needed, verdict = judge(group, (months for _, months in inside), visits, own, today)
    return ClassTile(
        id=group.id,
        name=group.name,
        kind=group.kind,
        colour=group.colour,
        present=len(inside),
        seats=group.seats,
        carers_needed=needed,
        carers_on_shift=own.counting,
        ratio_words=ratio_words(len(inside), own.counting),
        verdict=verdict,
        source_words=own.source.label,
        out=own.out_counts(visits),
    )


def _alerts(
    tiles: tuple[ClassTile, ...], stays: tuple[Stay, ...], inside: int, seats: int, today: dt.date
) -> tuple[Chip, ...]:
    found = []
    for tile in tiles:
        lack = tile.carers_needed - tile.carers_on_shift
        if words := alarm_words(tile.name, lack, tile.verdict):
            found.append(Chip(words, Tone.BAD))
    found.sort(key=lambda chip: "无人照看" not in chip.words)  # nobody beside children goes before all
    if seats and inside > seats:
        found.append(Chip(f"在园 {inside} 人，超过备案托位 {seats}", Tone.BAD))
    forgotten = sum(stay.left_at is None and stay.day != today for stay in stays)
    if forgotten:
        found.append(Chip(f"{forgotten} 名孩子前一天没有办离园", Tone.BAD))
    return tuple(found)
