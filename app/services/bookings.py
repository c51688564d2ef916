"""预约: half days, temporary days and hours agreed beforehand; the verbs. The week is in ``booking_week``."""

import datetime as dt

from app.domain.bookings import (
    BookingError,
    BookingOverError,
    NoRoomError,
    Outcome,
    count_words,
    day_words,
    mode_of_booking,
    weekday_words,
)
from app.domain.capacity import Verdict, clock
from app.domain.changes import Changes, Done, Topic, Undo
from app.domain.ids import BookingId, ChildId, SeriesId
from app.domain.names import clean_text, search_keys
from app.domain.phones import mask_phone
from app.domain.staff import Actor, Permission, Role
from app.domain.visits import read_clock
from app.reports.expected_list import ExpectedList
from app.services.bars import Stranger
from app.services.booking_card import Answer, Booked, BookingCard, OpenDays, Reminder, Week, Wish
from app.services.booking_ends import end_leave, follower_of, restore, unmake, when
from app.services.booking_week import BookingReader, end_words, ring_order, row_of
from app.services.booking_wish import Assessed, Reading, assess, refusal
from app.services.likeness import find_alike, refuse_barred_of
from app.services.pins import Pins
from app.services.told_adults import check_teller
from app.store import bookings, children, people, record_rows
from app.store import day as day_rows
from app.store.bookings import Booking, Ending, NewBooking
from app.store.bound import list_bound
from app.store.children import NewChild
from app.store.database import Clock, Database, Unit
from app.store.people import NewAdult, Tie
from app.store.stamps import day_of, minute_of

_TOPICS = frozenset({Topic.VISITS, Topic.CHILDREN})


class Bookings:
    """The verbs of the booking book."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database, self._clock, self._pins = database, clock, pins
        self._reader = BookingReader(database, clock)

    # What is read --------------------------------------------------------------------------

    def week(self, actor: Actor, monday: dt.date) -> Week:
        """The week that begins on a Monday: load by class and hour, and the bookings."""
        actor.require(Permission.BOOK)
        return self._reader.week(monday)

    def ask(self, actor: Actor, wish: Wish, moving: BookingId | None = None) -> Answer:
        """能不能收 for any time to come, naming the hour that breaks and what mends it. Reads only."""
        actor.require(Permission.BOOK)
        return assess(self._database, self._clock(), wish, moving).answer

    def card(self, actor: Actor, booking: BookingId) -> BookingCard:
        """One booking with all that is known of it.

        Raises:
            BookingOverError: there is no such booking.
        """
        actor.require(Permission.BOOK)
        kept = self._find(booking)
        counts = bookings.count_of(self._database, kept.child)
        adults = ring_order(people.list_adults(self._database, kept.child, day_of(self._clock())))
        contact = ""
        if adults:
            first = adults[0]
            contact = f"{first.tie.relation} {first.name} {mask_phone(first.phone)}"
        rest = bookings.list_rest(self._database, kept)
        return BookingCard(
            row=row_of(kept),
            series_words=f"每周的预约，从这天起还有 {len(rest)} 次" if rest else "",
            rest=len(rest),
            history=count_words(counts.came, counts.cancelled, counts.missed),
            contact=contact,
            made_words=f"{kept.made_by} 登记" if kept.made_by else "",
            end_words=end_words(kept),
            override_reason=kept.override_reason,
            may_miss=self._is_missed(kept),
        )

    def reminders(self, actor: Actor, day: dt.date) -> Done[tuple[Reminder, ...]]:
        """Whom to remind of a day's bookings, with the numbers in full. The reading is audited."""
        actor.require(Permission.BOOK)
        found = self._reader.reminders(day)
        with self._database.unit(actor.id, "read_reminders") as unit:
            unit.audit("booking", None, f"{day_words(day)} 预约名单 {len(found)} 人")
        return Done(found)

    def expected_paper(self, actor: Actor, day: dt.date) -> Done[ExpectedList]:
        """应到名单 of a day, with numbers in full. The reading is audited."""
        actor.require(Permission.BOOK)
        from app.services.day_papers import freeze_expected  # drawing is for later

        frozen = freeze_expected(self._database, day)
        with self._database.unit(actor.id, "read_expected") as unit:
            unit.audit("booking", None, f"{day_words(day)} 应到名单 {frozen.total} 人")
        return Done(frozen)

    def next_open_day(self, actor: Actor) -> dt.date:
        """The next day after today on which the centre is open: 明天, or the Monday after a Friday."""
        actor.require(Permission.BOOK)
        return self._reader.next_open_day()

    def open_days(self, actor: Actor) -> OpenDays:
        """The days that can be booked next: make-up workdays and open weekends among them."""
        actor.require(Permission.BOOK)
        return self._reader.open_days()

    # What is done --------------------------------------------------------------------------

    def book(self, actor: Actor, wish: Wish, own_pin: str = "") -> Done[Booked]:
        """Book every day of a wish in one unit of work: all that fit, or nothing.

        ``own_pin`` is the director's, where she books in spite of 不能, with a reason.

        Raises:
            BookingError: something of the wish is missing or wrong; ``field`` says what.
            BookedAlreadyError: she comes one of the days as it is.
            NoRoomError: a seat or a carer is missing, and no director overrules it with a reason.
            SecondPersonError, WrongPinError: the director overrules it, and has not typed her PIN.
            BarredAlarmError: who books is like somebody barred from a child she may be; the alarm is kept.
        """
        actor.require(Permission.BOOK)
        found = assess(self._database, self._clock(), wish)
        self._refuse_barred(actor, wish, found.reading)
        days = self._bookable(actor, wish, found, own_pin)
        left_out = tuple(on for on in found.reading.days if on not in days)
        with self._database.unit(actor.id, "book") as unit:
            child = self._child(unit, wish, found.reading)
            series: SeriesId | None = None
            if wish.weekdays and wish.until is not None:
                series = bookings.add_series(unit, child, wish.weekdays, wish.day, wish.until, actor.id)
            made = [self._add(unit, actor, wish, found, child, on, series) for on in days]
            also = end_leave(unit, child, found.away, days)
            words = f"{found.reading.name} {self._span_words(wish, days)}"
            unit.audit("booking", made[0], words)
            for why in (wish.override_reason, wish.same_reason if wish.child is None else ""):
                if why.strip():
                    unit.audit("override", made[0], clean_text(why, "理由", "same_reason"))
        return Done(
            Booked(made[0], child, found.reading.name, days, left_out, found.answer.closed_words),
            Changes(_TOPICS, frozenset({child})),
            Undo("booking.make", made[0], f"预约 {words}"),
            also=also,
        )

    def move(self, actor: Actor, booking: BookingId, wish: Wish, own_pin: str = "") -> Done[Booked]:
        """Move one booking to another day, hour or class; the old one stays on file as moved.

        ``own_pin`` is the director's, as in ``book``.

        Raises:
            BookingOverError: it holds no more, or she has come.
            BookingError, BookedAlreadyError, NoRoomError, SecondPersonError: as in ``book``.
        """
        actor.require(Permission.BOOK)
        kept = self._holding(booking)
        found = assess(self._database, self._clock(), wish, booking)
        days = self._bookable(actor, wish, found, own_pin)
        with self._database.unit(actor.id, "move_booking") as unit:
            bookings.end_booking(unit, booking, Ending(Outcome.MOVED, reason="改期"), actor.id)
            new = self._add(unit, actor, wish, found, kept.child, days[0], None, booking)
            also = end_leave(unit, kept.child, found.away, days)
            words = f"{kept.child_name} {when(kept)} → {self._span_words(wish, days)}"
            unit.audit("booking", new, words)
            if wish.override_reason.strip():
                unit.audit("override", new, wish.override_reason.strip())
        return Done(
            Booked(new, kept.child, kept.child_name, days, ()),
            Changes(_TOPICS, frozenset({kept.child})),
            Undo("booking.end", booking, f"改期 {words}"),
            also=also,
        )

    def cancel(
        self,
        actor: Actor,
        booking: BookingId,
        by: str,
        reason: str,
        told_at: str = "",
        *,
        rest: bool = False,
    ) -> Done[int]:
        """Cancel one booking, or with ``rest`` the series from it on. Returns how many.

        Args:
            actor: who notes it.
            booking: the booking.
            by: who cancelled: 妈妈.
            reason: why.
            told_at: at what time today the centre was told, as typed; empty for now.
            rest: also the later days of the series.

        Raises:
            BookingOverError: it holds no more, or she has come.
            BookingError: nobody or no reason was named, or the time cannot be read.
            BarredTellerError: somebody barred from her says so.
        """
        actor.require(Permission.BOOK)
        kept = self._holding(booking)
        who, why = clean_text(by, "谁取消的", "by"), clean_text(reason, "原因", "reason")
        if not who:
            raise BookingError("请写是谁取消的，如“妈妈”。", field="by")
        check_teller(self._database, kept.child, who, day_of(self._clock()), "by")
        if not why:
            raise BookingError("请写取消的原因，如“孩子发热”。", field="reason")
        now = self._clock()
        if told_at.strip():
            if (time := read_clock(told_at)) is None:
                raise BookingError("看不懂告知时间，请填 8:10 这样的时间。", field="told_at")
            told = now.replace(hour=time.hour, minute=time.minute, second=0, microsecond=0)
            if told > now:
                raise BookingError("告知时间还没有到，请核对。", field="told_at")
        else:
            told = now
        ending = Ending(Outcome.CANCELLED, who, why, told)
        with self._database.unit(actor.id, "cancel_booking") as unit:
            series = bookings.list_rest(unit, kept) if rest else ()
            keys = [one.id for one in series] or [booking]
            for key in keys:
                bookings.end_booking(unit, key, ending, actor.id)
            more = f" 起共 {len(keys)} 次" if len(keys) > 1 else ""
            words = f"{kept.child_name} {when(kept)}{more}"
            unit.audit("booking", booking, f"{words} {who}：{why}")
        return Done(
            len(keys),
            Changes(_TOPICS, frozenset({kept.child})),
            Undo("booking.end", booking, f"取消预约 {words}"),
        )

    def note_no_show(self, actor: Actor, booking: BookingId) -> Done[None]:
        """Say that a booked child never came.

        Raises:
            BookingOverError: it holds no more, she has come, she could still come, or nobody could.
        """
        actor.require(Permission.BOOK)
        kept = self._holding(booking)
        if not day_rows.is_open(self._database, kept.day):
            msg = f"{day_words(kept.day)} 不开园，不是孩子没来，不能记未到。请取消这条预约。"
            raise BookingOverError(msg)
        if not self._is_over(kept):
            msg = f"{kept.child_name} 约的是 {when(kept)}，还没有过时间，现在不能记未到。"
            raise BookingOverError(msg)
        with self._database.unit(actor.id, "no_show") as unit:
            bookings.end_booking(unit, booking, Ending(Outcome.NO_SHOW), actor.id)
            words = f"{kept.child_name} {when(kept)}"
            unit.audit("booking", booking, words)
        return Done(
            None,
            Changes(_TOPICS, frozenset({kept.child})),
            Undo("booking.end", booking, f"记未到 {words}"),
        )

    def undo_made(self, actor: Actor, booking: BookingId) -> Done[None]:
        """Take a booking back, with all days made in the same act: nobody ever meant it.

        A child who came on file by that act goes with it, unless something else hangs on her record.

        Raises:
            BookingOverError: it holds no more, or she has come already.
        """
        actor.require(Permission.BOOK)
        kept = self._find(booking)
        made = bookings.list_made_with(self._database, kept)
        if not made or any(one.came for one in made):
            msg = f"{kept.child_name} 的预约已经用过或取消，不能撤销；不来的话请取消预约。"
            raise BookingOverError(msg)
        with self._database.unit(actor.id, "undo_book") as unit:
            unmake(unit, made, actor.id)
            unit.audit("booking", booking, kept.child_name)
            whole = bookings.count_made_with(unit, kept)
            if bookings.is_first_of(unit, booking) and self._only_booked(unit, kept.child, whole):
                record_rows.end_record(unit, "child", kept.child)  # nobody ever meant her either
                unit.audit("child", kept.child, f"{kept.child_name} 随预约撤销")
        return Done(None, Changes(_TOPICS, frozenset({kept.child})))

    def _only_booked(self, unit: Unit, child: ChildId, times: int) -> bool:
        """Whether nothing speaks of a child but so many bookings."""
        tables = list_bound(self._database, unit, [child]).get(child, frozenset())
        return tables <= {"booking", "booking_series"} and bookings.count_ever(unit, child) == times

    def undo_end(self, actor: Actor, booking: BookingId) -> Done[None]:
        """The booking holds after all: a cancellation, a move or 未到 is taken back, and what it led to.

        Raises:
            BookingOverError: it holds already, was taken back itself, or what it was moved to was used or
                has ended.
            BookedAlreadyError: meanwhile she was booked anew for that day, comes by contract, or stays away.
            NoRoomError: meanwhile her seat or carer was given to somebody else, or the day was closed.
        """
        actor.require(Permission.BOOK)
        kept = self._find(booking)
        if kept.ended_at is None:
            raise BookingOverError("这条预约现在就有效，不用撤销。")
        if children.find_child(self._database, kept.child) is None:
            raise BookingOverError("这个孩子的档案已随预约一起撤销，请重新预约。")
        if kept.outcome is None:
            raise BookingOverError("这条预约已经撤销，请重新预约。")
        follower = follower_of(self._database, kept)
        keys = bookings.list_ended_with(self._database, kept)
        with self._database.unit(actor.id, "undo_booking_end") as unit:
            unmake(unit, () if follower is None else (follower,), actor.id)
            restore(self._database, unit, map(self._find, keys))
            unit.audit("booking", booking, f"{kept.child_name} {when(kept)} {len(keys)} 次")
        return Done(None, Changes(_TOPICS, frozenset({kept.child})))

    # Inside --------------------------------------------------------------------------------

    def _find(self, booking: BookingId) -> Booking:
        kept = bookings.find_booking(self._database, booking)
        if kept is None:
            raise BookingOverError("没有找到这条预约，请刷新后再试。")
        return kept

    def _holding(self, booking: BookingId) -> Booking:
        kept = self._find(booking)
        if kept.ended_at is not None:
            words = kept.outcome.label if kept.outcome is not None else "撤销"
            msg = f"{kept.child_name} {when(kept)} 的预约{words}了，请刷新后再看。"
            raise BookingOverError(msg)
        if kept.came:
            msg = f"{kept.child_name} {day_words(kept.day)} 已经来过，这条预约不能再改。"
            raise BookingOverError(msg)
        return kept

    def _is_missed(self, kept: Booking) -> bool:
        """Whether 未到 can be said: the hours are over, and she could have come."""
        unused = kept.ended_at is None and not kept.came
        return unused and self._is_over(kept) and day_rows.is_open(self._database, kept.day)

    def _is_over(self, kept: Booking) -> bool:
        now = self._clock()
        return (kept.day, kept.to_minute) <= (day_of(now), minute_of(now))

    def _refuse_barred(self, actor: Actor, wish: Wish, reading: Reading) -> None:
        """Who books for a new child becomes her contact: not if the file bars him from one she may be."""
        if reading.child is None and reading.born_on is not None and reading.phone:
            alikes = find_alike(self._database, reading.name, reading.born_on, (reading.phone,))
            stranger = Stranger(reading.adult, wish.relation.strip(), reading.phone)
            refuse_barred_of(self._database, actor, alikes, stranger, day_of(self._clock()))

    def _bookable(self, actor: Actor, wish: Wish, found: Assessed, own_pin: str) -> tuple[dt.date, ...]:
        """The days to book, or why not."""
        answer, reason = found.answer, wish.override_reason.strip()
        if reason and actor.role is not Role.DIRECTOR:
            raise NoRoomError("只有园长可以写明理由破例收下。请园长登录后再约。", field="override_reason")
        if answer.problems:
            first = answer.problems[0]
            raise BookingError(first.sentence, field=first.field)
        stand_in_the_way = [one for one in answer.refused if one.firm or not reason]
        if stand_in_the_way and not wish.skip_full:
            raise refusal(stand_in_the_way[0], answer)
        left_out = {one.day for one in stand_in_the_way}
        days = tuple(one.day for one in answer.days if one.day not in left_out)
        if not days:
            raise refusal(stand_in_the_way[0], answer)
        clean_text(wish.note, "备注", "note")
        if reason:
            self._pins.prove_own(actor, own_pin)
        return days

    def _child(self, unit: Unit, wish: Wish, reading: Reading) -> ChildId:
        """The child on file, or a new one with the little that is asked on the phone."""
        if reading.child is not None:
            return reading.child.id
        if reading.born_on is None:
            raise BookingError("请填出生日期，如 2023-08-19。", field="born_on")
        keys, adult_keys = search_keys(reading.name), search_keys(reading.adult)
        child = children.add_child(
            unit, NewChild(reading.name, reading.born_on, "unknown", keys.pinyin, keys.initials)
        )
        adult = people.find_adult(unit, reading.adult, reading.phone)
        if adult is None:
            new = NewAdult(reading.adult, reading.phone, adult_keys.pinyin, adult_keys.initials)
            adult = people.add_adult(unit, new)
        relation = clean_text(wish.relation, "关系", "relation", 20) or "家长"
        # Nobody has seen a paper yet: who may collect is asked when she comes.
        people.add_tie(unit, child, adult, Tie(relation, is_emergency=True))
        unit.audit("child", child, reading.name)
        return child

    def _add(
        self,
        unit: Unit,
        actor: Actor,
        wish: Wish,
        found: Assessed,
        child: ChildId,
        on: dt.date,
        series: SeriesId | None,
        moved_from: BookingId | None = None,
    ) -> BookingId:
        if found.choice is None:
            raise BookingError("没有可选的班级，请换一天。", field="class_id")
        new = NewBooking(
            child=child,
            class_id=found.choice.group.id,
            mode=mode_of_booking(wish.tariff),
            tariff=wish.tariff,
            day=on,
            from_minute=wish.from_minute,
            to_minute=wish.to_minute,
            note=clean_text(wish.note, "备注", "note"),
            override_reason=clean_text(wish.override_reason, "理由", "override_reason"),
            series=series,
            moved_from=moved_from,
        )
        return bookings.add_booking(unit, new, actor.id)

    def _span_words(self, wish: Wish, days: tuple[dt.date, ...]) -> str:
        hours = f"{clock(wish.from_minute)}–{clock(wish.to_minute)}"
        if not wish.weekdays:
            return f"{day_words(days[0])} {hours}"
        return f"{weekday_words(wish.weekdays)} {hours} 共 {len(days)} 次"


def fits(answer: Answer) -> bool:
    """Whether a wish can be booked as it is."""
    return answer.verdict is not Verdict.NO and not answer.problems
