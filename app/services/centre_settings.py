"""机构: the centre's name, address, telephone, and its licensed seats by date."""

import datetime as dt

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.names import clean_name, clean_text
from app.domain.phones import check_phone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services.altering import diff_words, from_words, keep_change, require_day
from app.store import alterations, centre, class_rows
from app.store.alterations import NOW, Alteration, Change
from app.store.database import Clock, Database
from app.store.stamps import day_of

MOST_SEATS = 2000


class CentreSettingsError(RuleError):
    """The centre cannot be like that."""


@record
class SeatsRow:
    """备案托位 from a day on. ``state``: 现行, 将来 or 以前."""

    valid_from: dt.date
    seats: int
    state: str


@record
class CentreView:
    """The centre as the page shows it. ``class_seats`` is the sum over the open classes."""

    name: str
    address: str
    phone: str
    seats: int
    rows: tuple[SeatsRow, ...]
    class_seats: int
    history: tuple[Change, ...]


class CentreSettings:
    """The verbs of the page 机构."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, actor: Actor) -> CentreView:
        """The centre today, its seats by date, and what was changed."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        found = self._find()
        history = (
            *alterations.list_changes(self._database, "centre"),
            *alterations.list_changes(self._database, "seats"),
        )
        return CentreView(
            name=found.name,
            address=found.address,
            phone=found.phone,
            seats=centre.licensed_seats(self._database, today),
            rows=_seats_rows(class_rows.list_seats(self._database), today),
            class_seats=sum(one.seats for one in centre.list_classes(self._database, today)),
            history=tuple(sorted(history, key=lambda one: -one.id)),
        )

    def change(self, actor: Actor, name: str, address: str, phone: str) -> Done[int]:
        """Rename or move the centre. Papers printed from now on say the new words.

        Raises:
            BadNameError, BadTextError, PhoneError: something cannot be kept.
            NothingChangedError: nothing differs.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        if not name.strip():
            raise CentreSettingsError("请填中心名称：每张单据上都要印。", field="name")
        new = {
            "name": clean_name(name),
            "address": clean_text(address, "地址", "address"),
            "phone": _phone(phone),
        }
        old = self._find()
        labels = (("name", "名称"), ("address", "地址"), ("phone", "电话"))
        words = diff_words((label, getattr(old, field), new[field]) for field, label in labels)
        with self._database.unit(actor.id, "change_centre") as unit:
            alteration = Alteration(unit)
            alteration.change("centre", 1, **new)
            return keep_change(alteration, "centre", 1, words or "没有改动", "机构资料")

    def set_seats(self, actor: Actor, seats: int, valid_from: dt.date, document: str = "") -> Done[int]:
        """A new number of 备案托位 from the day of the change filing (25号文 Art 10), also one in the past.

        Raises:
            CentreSettingsError: no such number of seats.
            WrongDayError: a day too far away.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        if not 1 <= seats <= MOST_SEATS:
            msg = f"备案托位请填 1 到 {MOST_SEATS} 之间的数。"
            raise CentreSettingsError(msg, field="seats")
        today = day_of(self._clock())
        require_day(valid_from, today, past=True)
        document = clean_text(document, "备案文号", "document")
        before = centre.licensed_seats(self._database, valid_from)
        words = f"{from_words(valid_from, today)}备案托位 {before} → {seats}"
        with self._database.unit(actor.id, "set_licensed_seats") as unit:
            alteration = Alteration(unit)
            key = class_rows.find_seats_row(unit, valid_from)
            if key is None:
                key = centre.add_licensed_seats(unit, seats, valid_from)
                alteration.note_added("licensed_seats", key, "ended_at", None, void=NOW)
            else:
                alteration.change("licensed_seats", key, seats=seats, ended_at=None)
            words += f"（{document}）" if document else ""
            return keep_change(alteration, "seats", 1, words, "备案托位", valid_from)

    def _find(self) -> centre.Centre:
        found = centre.find_centre(self._database)
        if found is None:
            raise CentreSettingsError("还没有建立中心，请先完成开园设置。")
        return found


def _phone(text: str) -> str:
    """A telephone, or none. What was typed stays readable: the digits are only checked."""
    kept = clean_text(text, "电话", "phone", 40)
    if kept and not kept.replace("-", "").replace(" ", "").isdigit():
        check_phone(kept)
    return kept


def _seats_rows(rows: tuple[tuple[int, dt.date, int], ...], today: dt.date) -> tuple[SeatsRow, ...]:
    current = next((day for _, day, _ in rows if day <= today), None)
    return tuple(
        SeatsRow(day, seats, "现行" if day == current else "将来" if day > today else "以前")
        for _, day, seats in rows
    )
