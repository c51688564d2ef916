"""员工: who joins, what changes about them, who leaves, and which certificates run out (58号文 Art 28)."""

import datetime as dt
from dataclasses import replace

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.expiry import expiry_chip
from app.domain.ids import ClassId, StaffId
from app.domain.looks import Chip, Tone
from app.domain.names import clean_name, clean_text
from app.domain.phones import check_phone, mask_phone
from app.domain.record import record
from app.domain.rota import uncovered_day
from app.domain.staff import Actor, Permission, Role
from app.services.altering import diff_words, keep_change, require_day
from app.services.pins import Pins
from app.store import centre, people, pins, settings, staff_rows
from app.store.alterations import NOW, Alteration
from app.store.database import Clock, Database, Unit
from app.store.staff_rows import StaffRow
from app.store.stamps import day_of

_WORKWEEK = range(1, 6)
_LONGEST_CERTIFICATE = 40


class StaffSettingsError(RuleError):
    """A staff member cannot be like that."""


class LastDirectorError(StaffSettingsError):
    """On some day from today on nobody could change the settings any more."""


@record
class StaffDraft:
    """What can be said of a staff member. Days are the last on which a certificate holds."""

    name: str
    role: Role
    class_id: ClassId | None = None
    phone: str = ""
    certificate: str = ""
    certificate_until: dt.date | None = None
    health_until: dt.date | None = None


@record
class StaffLine:
    """One staff member in the list. ``chips`` say what is amiss; ``gone`` has left."""

    id: StaffId
    draft: StaffDraft
    class_name: str
    starts_on: dt.date
    ends_on: dt.date | None
    gone: bool
    chips: tuple[Chip, ...]
    words: str


@record
class StaffView:
    """Everybody, who is here first; ``classes`` are those a teacher may be in."""

    lines: tuple[StaffLine, ...]
    classes: tuple[tuple[ClassId, str], ...]
    warning: str


class StaffSettings:
    """The verbs of the page 员工."""

    def __init__(self, database: Database, clock: Clock, pins: Pins) -> None:
        self._database = database
        self._clock = clock
        self._pins = pins

    def view(self, actor: Actor) -> StaffView:
        """Everybody with their certificates, as ``view_staff``."""
        return view_staff(self._database, self._clock, actor)

    def add(self, actor: Actor, draft: StaffDraft, starts_on: dt.date, own_pin: str = "") -> Done[int]:
        """Somebody joins. A teacher with a class works there Monday to Friday while the centre is open.

        ``own_pin`` is the actor's, where a director is made (``prove_heads``).

        Raises:
            StaffSettingsError: somebody of that name is here, or the class is not open.
            BadNameError, BadTextError, PhoneError: something cannot be kept.
            SecondPersonError, WrongPinError: a director would be made, and the actor has not typed her PIN.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        today = day_of(self._clock())
        require_day(starts_on, today, past=True, field="day")
        draft = self._checked(draft, None)
        if draft.role is Role.DIRECTOR:
            prove_heads(self._database, self._pins, actor, own_pin)
        kept = settings.current(self._database, today)
        with self._database.unit(actor.id, "add_staff") as unit:
            alteration = Alteration(unit)
            key = people.add_staff(unit, draft.name, draft.role, draft.class_id, starts_on)
            void = (starts_on - dt.timedelta(days=1)).isoformat()
            alteration.note_added("staff", key, "ends_on", None, void=void)
            alteration.change("staff", key, **_values(draft))
            if draft.role is Role.TEACHER and draft.class_id is not None:
                for weekday in _WORKWEEK:
                    shift = people.add_shift(unit, key, draft.class_id, weekday, kept.opening, kept.closing)
                    alteration.note_added("shift", shift, "ended_at", None, void=NOW)
            words = f"入职：{draft.name}（{draft.role.label}），{starts_on:%Y-%m-%d} 起"
            return keep_change(alteration, "staff", key, words, f"{draft.name} 入职", starts_on)

    def change(self, actor: Actor, staff: StaffId, draft: StaffDraft, own_pin: str = "") -> Done[int]:
        """Change role, class, telephone or certificates; the shifts in the old class go along to the new one.

        ``own_pin`` is the actor's, where somebody with a PIN becomes director, for hers would at once release
        a child to anybody, and where a director is made or is none any more (``prove_heads``).

        Raises:
            LastDirectorError: nobody would be director.
            StaffSettingsError, NothingChangedError: as for ``add``; nothing differs.
            SecondPersonError, WrongPinError: a director would be made, and the actor has not typed her PIN.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        old = self._find(staff)
        draft = self._checked(draft, staff)
        promoted = draft.role is Role.DIRECTOR and old.role is not Role.DIRECTOR
        if promoted and pins.find_pin(self._database, staff) is not None:
            self._pins.prove_own(actor, own_pin)
        elif (draft.role is Role.DIRECTOR) != (old.role is Role.DIRECTOR):
            prove_heads(self._database, self._pins, actor, own_pin, staff)
        today = day_of(self._clock())
        with self._database.unit(actor.id, "change_staff") as unit:
            alteration = Alteration(unit)
            alteration.change("staff", staff, **_values(draft))
            if old.class_id != draft.class_id:
                _move_shifts(alteration, staff, old.class_id, draft.class_id)
            require_director(unit, today)
            words = self._diff(old, draft)
            return keep_change(alteration, "staff", staff, words, f"{draft.name} 资料")

    def leave(self, actor: Actor, staff: StaffId, last: dt.date, own_pin: str = "") -> Done[int]:
        """Somebody's last day here; the log, notes and receipts keep her name. ``own_pin`` as of ``change``.

        Raises:
            SecondPersonError, WrongPinError: she is a director, and the actor has not typed her own PIN.
            LastDirectorError: nobody would be director after that.
            WrongDayError: before her first day, or too far away.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        old = self._find(staff)
        today = day_of(self._clock())
        require_day(last, today, past=True, field="day")
        if last < old.starts_on:
            msg = f"{old.name} {old.starts_on:%Y-%m-%d} 才入职，离职日期不能更早。"
            raise StaffSettingsError(msg, field="day")
        if old.role is Role.DIRECTOR:
            prove_heads(self._database, self._pins, actor, own_pin, staff)
        with self._database.unit(actor.id, "staff_leaves") as unit:
            alteration = Alteration(unit)
            alteration.change("staff", staff, ends_on=last.isoformat())
            require_director(unit, today)
            words = f"离职：最后一天 {last:%Y-%m-%d}"
            return keep_change(alteration, "staff", staff, words, f"{old.name} 离职", last)

    def come_back(self, actor: Actor, staff: StaffId, own_pin: str = "") -> Done[int]:
        """Somebody who was to leave, or has left, works here (again). ``own_pin`` as of ``change``.

        Raises:
            SecondPersonError, WrongPinError: she is a director, and the actor has not typed her own PIN.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        old = self._find(staff)
        if old.role is Role.DIRECTOR:
            prove_heads(self._database, self._pins, actor, own_pin, staff)
        with self._database.unit(actor.id, "staff_returns") as unit:
            alteration = Alteration(unit)
            alteration.change("staff", staff, ends_on=None)
            return keep_change(alteration, "staff", staff, "取消离职", f"{old.name} 取消离职")

    def _find(self, staff: StaffId) -> StaffRow:
        found = staff_rows.list_staff_rows(self._database)
        row = next((one for one in found if one.id == staff), None)
        if row is None:
            raise StaffSettingsError("没有这位同事，可能刚被撤销。请刷新后再试。")
        return row

    def _checked(self, draft: StaffDraft, own: StaffId | None) -> StaffDraft:
        """The draft as it is kept."""
        name = clean_name(draft.name)
        today = day_of(self._clock())
        for row in staff_rows.list_staff_rows(self._database):
            if row.name == name and row.id != own and (row.ends_on is None or row.ends_on >= today):
                msg = f"已有一位叫“{name}”的同事。请加上区别，如“{name}（大）”，免得登录时选错人。"
                raise StaffSettingsError(msg, field="name")
        classes = {one.id for one in centre.list_classes(self._database, today)}
        if draft.class_id is not None and draft.class_id not in classes:
            raise StaffSettingsError("这个班已经不开了，请另选一个班。", field="class_id")
        return StaffDraft(
            name,
            draft.role,
            draft.class_id,
            check_phone(draft.phone) if draft.phone.strip() else "",
            clean_text(draft.certificate, "资格证", "certificate", _LONGEST_CERTIFICATE),
            draft.certificate_until,
            draft.health_until,
        )

    def _diff(self, old: StaffRow, new: StaffDraft) -> str:
        names = {one.id: one.name for one in centre.list_classes(self._database, day_of(self._clock()))}

        def group(class_id: ClassId | None) -> str:
            return "" if class_id is None else names.get(class_id, "已关的班")

        return (
            diff_words(
                (
                    ("姓名", old.name, new.name),
                    ("岗位", old.role.label, new.role.label),
                    ("班级", group(old.class_id), group(new.class_id)),
                    ("电话", old.phone, new.phone),
                    ("资格证", old.certificate, new.certificate),
                    ("资格证到期", day_words(old.certificate_until), day_words(new.certificate_until)),
                    ("健康证到期", day_words(old.health_until), day_words(new.health_until)),
                )
            )
            or "没有改动"
        )


def view_staff(database: Database, clock: Clock, actor: Actor) -> StaffView:
    """Everybody with their certificates; who has left comes last.

    To who may change nothing here the numbers of the others are masked and their certificates not shown.
    """
    actor.require(Permission.READ)
    today = day_of(clock())
    classes = {one.id: one.name for one in centre.list_classes(database, today)}
    warn = settings.current(database, today).expiry_warn_days
    rows = staff_rows.list_staff_rows(database)
    if not actor.may(Permission.CHANGE_SETTINGS):
        rows = tuple(row if row.id == actor.id else _masked(row) for row in rows)
    lines = [_line(row, classes, today, warn) for row in rows]
    lines.sort(key=lambda line: (line.gone, list(Role).index(line.draft.role)))
    amiss = [
        f"{line.draft.name}（{'、'.join(chip.words for chip in wanting)}）"
        for line in lines
        if not line.gone and (wanting := [one for one in line.chips if one.tone is not Tone.INFO])
    ]
    warning = f"证件要办：{'、'.join(amiss[:8])}。" if amiss else ""
    return StaffView(tuple(lines), tuple(classes.items()), warning)


def prove_heads(database: Database, kept: Pins, actor: Actor, own_pin: str, staff: int | None = None) -> None:
    """Pass if who makes a director, or ends one, has typed her own PIN; free while no director has any.

    ``staff`` is whom it is about: a former director who has a PIN counts, too.

    A name is chosen at the sign-in by anybody: whoever could make herself director, or leave the centre
    without one who has a PIN, could choose the first PIN, and with it release a child.

    Raises:
        SecondPersonError, WrongPinError: she has not, or has none.
    """
    rows = staff_rows.list_staff_rows(database)
    heads = (row.id for row in rows if row.role is Role.DIRECTOR or row.id == staff)
    if any(pins.find_pin(database, StaffId(head)) is not None for head in heads):
        kept.prove_own(actor, own_pin)


def is_about_head(database: Database, staff: int | None, words: str) -> bool:
    """Whether a change was of somebody who is director, or who was or became one by it."""
    rows = (row for row in staff_rows.list_staff_rows(database) if row.id == staff)
    return Role.DIRECTOR.label in words or any(row.role is Role.DIRECTOR for row in rows)


def require_director(unit: Unit, today: dt.date) -> None:
    """Pass if on every day from today on somebody is director.

    Raises:
        LastDirectorError: there is a day without.
    """
    spans = [
        (row.starts_on, row.ends_on) for row in staff_rows.list_staff_rows(unit) if row.role is Role.DIRECTOR
    ]
    day = uncovered_day(spans, today)
    if day is not None:
        msg = f"{day:%Y-%m-%d} 起就没有园长了，谁也改不了设置。请先让另一位同事当园长。"
        raise LastDirectorError(msg, field="role")


def day_words(day: dt.date | None) -> str:
    """``2026-05-01``, or nothing."""
    return "" if day is None else day.isoformat()


def _values(draft: StaffDraft) -> dict[str, str | int | None]:
    return {
        "name": draft.name,
        "role": draft.role.value,
        "class_id": draft.class_id,
        "phone": draft.phone,
        "certificate": draft.certificate,
        "certificate_until": None if draft.certificate_until is None else draft.certificate_until.isoformat(),
        "health_until": None if draft.health_until is None else draft.health_until.isoformat(),
    }


def _move_shifts(alteration: Alteration, staff: StaffId, old: ClassId | None, new: ClassId | None) -> None:
    """Weekly shifts in the old class go on in the new one, or end where there is none."""
    unit = alteration.unit
    for shift in staff_rows.list_week_shifts(unit):
        if shift.staff != staff or shift.class_id != old or shift.weekday is None:
            continue
        alteration.change("shift", shift.id, ended_at=unit.stamp)
        if new is not None:
            key = people.add_shift(unit, staff, new, shift.weekday, shift.from_minute, shift.to_minute)
            alteration.note_added("shift", key, "ended_at", None, void=NOW)


def _masked(row: StaffRow) -> StaffRow:
    phone = mask_phone(row.phone) if row.phone else ""
    return replace(row, phone=phone, certificate="", certificate_until=None, health_until=None)


def _line(row: StaffRow, classes: dict[ClassId, str], today: dt.date, warn: int) -> StaffLine:
    gone = row.ends_on is not None and row.ends_on < today
    found = [
        expiry_chip("健康证", row.health_until, today, warn),
        expiry_chip("资格证", row.certificate_until, today, warn),
    ]
    chips = tuple(chip for chip in found if chip is not None)
    if gone:
        chips = (Chip("已离职", Tone.PLAIN),)
    elif row.ends_on is not None:
        chips = (*chips, Chip(f"做到 {row.ends_on:%m-%d}", Tone.INFO))
    class_name = "" if row.class_id is None else classes.get(row.class_id, "")
    draft = StaffDraft(
        row.name,
        row.role,
        row.class_id if row.class_id in classes else None,
        row.phone,
        row.certificate,
        row.certificate_until,
        row.health_until,
    )
    words = " · ".join(
        part for part in (row.role.label, class_name, f"{row.starts_on:%Y-%m-%d} 入职") if part
    )
    return StaffLine(row.id, draft, class_name, row.starts_on, row.ends_on, gone, chips, words)
