"""隔离室使用 out of the fever's steps: who was put apart and taken out again is not written a second time."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.fever import FeverStep, Ladder, StepKind
from app.domain.ids import RegisterEntryId
from app.domain.logbook import degrees
from app.store import fever
from app.store.database import Database
from app.store.illness import find_class_on
from app.store.registers import Entry, NewEntry
from app.store.stamps import day_of

KEY = "isolation"
_OUT = frozenset({StepKind.RELEASE, StepKind.COLLECTED, StepKind.BACK})
_SAME = dt.timedelta(minutes=30)  # a line written by hand within so long is the same stay in the room


def fever_lines(database: Database, first: dt.date, last: dt.date) -> tuple[Entry, ...]:
    """A line for each stay in the room that a fever's steps tell of; their numbers are below zero."""
    found = {one.id: one for one in (*fever.list_since(database, first), *fever.list_open(database))}
    ladders = sorted(found.values(), key=lambda one: (one.started_at, one.id))
    lines = [line for ladder in ladders for line in _lines(database, ladder)]
    return tuple(one for one in lines if first <= one.told.day <= last)


def merge(kept: Iterable[Entry], derived: Iterable[Entry]) -> tuple[Entry, ...]:
    """Both together by their days; what was written by hand of the same stay stands, with the way out."""
    lines = {one.id: one for one in kept}
    for line in derived:
        same = next((one for one in lines.values() if one.id > 0 and _is_same(one, line)), None)
        if same is None:
            lines[line.id] = line
        elif not same.answer("left") and line.answer("left"):
            told = replace(same.told, answers=(*same.told.answers, ("left", line.answer("left"))), open=False)
            lines[same.id] = replace(same, told=told)
    return tuple(sorted(lines.values(), key=lambda one: (one.told.day, one.noted_at)))


def _lines(database: Database, ladder: Ladder) -> Iterator[Entry]:
    inside: FeverStep | None = None
    for step in ladder.steps:
        if step.kind is StepKind.ISOLATE and inside is None:
            inside = step
        elif step.kind in _OUT and inside is not None:
            yield _line(database, ladder, inside, step)
            inside = None
    if inside is not None:
        yield _line(database, ladder, inside, None)


def _line(database: Database, ladder: Ladder, inside: FeverStep, out: FeverStep | None) -> Entry:
    tenths = [step.tenths for step in ladder.steps if step.tenths is not None and step.at <= inside.at]
    told = [step for step in ladder.of(StepKind.CALL) if step.reached]
    answers = {
        "entered": f"{inside.at:%Y-%m-%d %H:%M}",
        "signs": "发热",
        "tenths": degrees(tenths[-1] if tenths else ladder.tenths),
        "handled": f"{told[-1].at:%H:%M} 通知{told[-1].whom}" if told else "",
        "keeper": inside.whom,
        "left": "" if out is None else f"{out.at:%Y-%m-%d %H:%M}",
    }
    pairs = tuple((name, value) for name, value in answers.items() if value)
    new = NewEntry(KEY, inside.at.date(), None, pairs, ladder.child, "", out is None and not ladder.gone)
    # Whatever class she went home from: she was put apart in this one.
    _, where = find_class_on(database, ladder.child, day_of(inside.at), inside.at)
    return Entry(RegisterEntryId(-inside.id), new, where, ladder.name, inside.by, inside.at)


def _is_same(kept: Entry, line: Entry) -> bool:
    if kept.told.child != line.told.child or kept.told.day != line.told.day:
        return False
    first, other = (dt.datetime.fromisoformat(one.answer("entered")) for one in (kept, line))
    return abs(first - other) <= _SAME
