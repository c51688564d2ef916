"""规则: every value the centre sets for itself, changed from a day on, never overwritten."""

import datetime as dt
from collections.abc import Iterable

from app.domain.changes import Done
from app.domain.errors import RuleError
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.rules import RuleSpec, bounds_words, read_value, require_order, shown, words_of
from app.domain.staff import Actor, Permission
from app.services.altering import from_words, keep_change, require_day
from app.store import rule_table, settings, tables
from app.store.alterations import NOW, Alteration
from app.store.database import Clock, Database, Unit
from app.store.settings import Dated
from app.store.stamps import day_of

_LONGEST_CHIP = 10


class UnknownRuleError(RuleError):
    """There is no such rule."""


@record
class RuleLine:
    """One rule today. ``typed`` is the value as it is typed; ``steps`` are (from, value words, state)."""

    spec: RuleSpec
    key: int  # what its history is filed under; 0 while nobody set it
    typed: str
    words: str
    default_words: str
    bounds: str
    steps: tuple[tuple[dt.date, str, str], ...]
    chip: Chip


class RuleSettings:
    """The verbs of the page 规则."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, actor: Actor) -> tuple[RuleLine, ...]:
        """Every rule with what holds today, what will, and what held."""
        actor.require(Permission.READ)
        today = day_of(self._clock())
        return tuple(self._line(spec, today) for spec in rule_table.rule_specs())

    def set_rule(self, actor: Actor, name: str, typed: str, valid_from: dt.date) -> Done[int]:
        """Change a rule from a day on; the days before stay judged by what held then.

        Raises:
            RuleValueError: it cannot be read, lies beyond the bounds, or crosses its partner.
            WrongDayError: a day before today, or too far away.
            NothingChangedError: it is so on that day already.
        """
        actor.require(Permission.CHANGE_SETTINGS)
        spec = next((one for one in rule_table.rule_specs() if one.name == name), None)
        if spec is None:
            raise UnknownRuleError("没有这一项规则。")
        today = day_of(self._clock())
        require_day(valid_from, today)
        value = read_value(spec, typed)
        before = settings.find_value(self._database, name, valid_from) or ""
        words = (
            f"{from_words(valid_from, today)}{spec.label} {words_of(spec, before)} → {words_of(spec, value)}"
        )
        with self._database.unit(actor.id, "set_rule") as unit:
            alteration = Alteration(unit)
            if value != before:
                _put(alteration, name, value, valid_from)
            require_sound(unit, today)
            subject = settings.first_key(unit, name)
            return keep_change(alteration, "rule", subject, words, f"{spec.label} 规则", valid_from)

    def _line(self, spec: RuleSpec, today: dt.date) -> RuleLine:
        rows = settings.list_values(self._database, spec.name)
        value = settings.find_value(self._database, spec.name, today) or ""
        default = tables.default_value(spec.name) or ""
        current = next((row for row in rows if row.valid_from <= today), None)
        coming = [row for row in rows if row.valid_from > today]
        words = words_of(spec, value)
        chip = Chip(words if len(words) <= _LONGEST_CHIP else f"{words[:_LONGEST_CHIP]}…", Tone.OK)
        if coming:
            step = coming[-1]
            chip = Chip(f"{step.valid_from:%m-%d} 起 {words_of(spec, step.value)}", Tone.INFO)
        return RuleLine(
            spec,
            settings.first_key(self._database, spec.name),
            shown(spec, value),
            words_of(spec, value),
            words_of(spec, default),
            bounds_words(spec),
            tuple((row.valid_from, words_of(spec, row.value), _state(row, current, today)) for row in rows),
            chip,
        )


def require_sound(unit: Unit, today: dt.date) -> None:
    """Pass if from today on no rule crosses its partner.

    Raises:
        RuleValueError: one does, on the day the sentence names.
    """
    names = [spec.name for spec in rule_table.rule_specs()]
    rows = {name: settings.list_values(unit, name) for name in names}
    days = {today, *(row.valid_from for held in rows.values() for row in held if row.valid_from > today)}
    for day in sorted(days):
        require_order({name: _on(rows[name], day, name) for name in names}, day)


def _on(rows: Iterable[Dated], day: dt.date, name: str) -> str:
    """The value of a day; ``rows`` are the newest first."""
    found = next((row.value for row in rows if row.valid_from <= day), None)
    return found if found is not None else tables.default_value(name) or ""


def _put(alteration: Alteration, name: str, value: str, valid_from: dt.date) -> None:
    """Set a value; one set at this very moment (a stopped clock) is written over, and kept in the change."""
    twin = settings.find_twin(alteration.unit, name, valid_from)
    if twin is not None:
        alteration.change("setting", twin, value=value, ended_at=None)
        return
    key = settings.add_value(alteration.unit, name, value, valid_from)
    alteration.note_added("setting", key, "ended_at", None, void=NOW)


def _state(row: Dated, current: Dated | None, today: dt.date) -> str:
    if row.valid_from > today:
        return "将来"
    return "现行" if row is current else "以前"
