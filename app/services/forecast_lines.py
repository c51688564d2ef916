"""月龄预测 by class: on which days a seat of it comes free, and for whom one is wanted.

Two sorts of days stand together: what is agreed (a contract that runs out, a move, a first day) and what age
brings (a child who outgrows the class is proposed for the next one, a graduate has to leave at last).
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from app.domain.ages import month_day
from app.domain.ids import ClassId
from app.domain.life import Life, Owner, Stage
from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.seats import Hold, holds_of
from app.services.admission_rules import Seating
from app.services.forecast_turning import GRADUATION, Turning, graduation_day
from app.store.centre import ClassGroup

_DAY = dt.timedelta(days=1)
_FREE = Chip("空出 1 位", Tone.OK)
_GRADUATES = Chip("毕业", Tone.WARN)


class Way(StrEnum):
    """What a line does to the seats of its class."""

    OUT = "out"
    IN = "in"
    GRADUATE = "graduate"
    STAY = "stay"


@record
class SeatLine:
    """A child and a day in the list of one class. ``title`` has the day, ``note`` what happens then."""

    class_id: ClassId
    owner: Owner
    name: str
    on_day: dt.date
    way: Way
    title: str
    note: str
    chip: Chip
    colour: str


@record
class ClassOutlook:
    """One class with its days, the earliest first. ``words`` sum them up."""

    class_id: ClassId
    name: str
    colour: str
    words: str
    lines: tuple[SeatLine, ...]


def list_outlooks(
    groups: Sequence[ClassGroup],
    turnings: Sequence[Turning],
    lives: Mapping[Owner, Life],
    names: Mapping[Owner, tuple[str, dt.date]],
    seating: Seating,
    span: tuple[dt.date, dt.date],
) -> tuple[ClassOutlook, ...]:
    """Each class in the order of the board, also one in which nothing happens."""
    lines = [line for turning in turnings for line in _of_turning(turning)]
    known = {group.id: group for group in groups}
    for owner, whole in lives.items():
        if owner in names:
            lines += _agreed(owner, whole, names[owner], known, span)
    found = []
    for group in groups:
        own = sorted(
            (one for one in lines if one.class_id == group.id), key=lambda one: (one.on_day, one.name)
        )
        room = seating.room(group, span[0])
        ways = [one.way for one in own]
        told = [f"今天余 {room.free}/{room.limit}"]
        told += [f"{word} {ways.count(way)}" for way, word in _SUMS if way in ways] or ["半年内没有变动"]
        found.append(ClassOutlook(group.id, group.name, group.colour, " · ".join(told), tuple(own)))
    return tuple(found)


_SUMS = ((Way.OUT, "要走"), (Way.IN, "要来"), (Way.GRADUATE, "毕业"), (Way.STAY, "留班"))


def as_proposed(
    turnings: Iterable[Turning],
    lives: Mapping[Owner, Life],
    names: Mapping[Owner, tuple[str, dt.date]],
    today: dt.date,
) -> tuple[tuple[Owner, ...], tuple[Hold, ...]]:
    """Whose seats would change if all proposals were followed and all graduates left, and what they held.

    The agreed ends stand: a child who leaves before she outgrows her class is moved nowhere.
    """
    moves = {one.owner: one for one in turnings if one.target is not None}
    owners: list[Owner] = []
    found: list[Hold] = []
    for owner, whole in lives.items():
        if owner not in names:
            continue
        end = graduation_day(names[owner][1])
        holds = [_ending(hold, end) for hold in holds_of(whole, today) if hold.first <= end]
        move = moves.get(owner)
        if move is not None and move.target is not None:
            holds = [part for hold in holds for part in _moved(hold, move.target.group.id, move.on_day)]
        if tuple(holds) != holds_of(whole, today):
            owners.append(owner)
            found += holds
    return tuple(owners), tuple(found)


def _ending(hold: Hold, end: dt.date) -> Hold:
    return hold if hold.last is not None and hold.last <= end else replace(hold, last=end)


def _moved(hold: Hold, target: ClassId, on_day: dt.date) -> list[Hold]:
    """The part before the day stays where it is, the rest is held in the other class."""
    if hold.last is not None and hold.last < on_day:
        return [hold]
    after = replace(hold, class_id=target, first=max(hold.first, on_day))
    return [replace(hold, last=on_day - _DAY), after] if hold.first < on_day else [after]


def _of_turning(turning: Turning) -> list[SeatLine]:
    """One line in her own class, and one in the class that is proposed."""
    here, target = turning.here, turning.target
    title = f"{turning.name} · {turning.on_day:%Y-%m-%d} 满 {turning.months} 个月"
    base = SeatLine(
        here.id, turning.owner, turning.name, turning.on_day, Way.STAY, title,
        f"留在{here.name}（月龄仍合适）", Chip("留班"), here.colour,
    )  # fmt: skip
    if turning.graduates:
        note = f"毕业：最晚留到 {turning.last_day}，之后空出"
        return [replace(base, way=Way.GRADUATE, note=note, chip=_GRADUATES)]
    if target is None:
        return [base]
    full = Chip(f"余 0/{target.limit}", Tone.BAD)
    group = target.group
    words = f"建议升{group.name}" if target.free else f"建议升{group.name}，那天还没有余位"
    fitting = Chip(f"余 {target.free}/{target.limit}", Tone.INFO)
    return [
        replace(base, way=Way.OUT, note=words, chip=_FREE if target.free else Chip("等余位", Tone.BAD)),
        replace(
            base,
            class_id=group.id,
            way=Way.IN,
            note=f"从{here.name}升上来",
            chip=fitting if target.free else full,
        ),
    ]


def _agreed(
    owner: Owner,
    whole: Life,
    who: tuple[str, dt.date],
    known: Mapping[ClassId, ClassGroup],
    span: tuple[dt.date, dt.date],
) -> list[SeatLine]:
    """Ends and beginnings that are on file already, and graduates whose last day falls into the span."""
    name, born = who
    holds = holds_of(whole, span[0])
    end = graduation_day(born)
    full = month_day(born, GRADUATION) <= span[0]  # else the day on which she completes them says it
    found = []
    for hold in holds:
        group = known.get(hold.class_id)
        if group is None:
            continue
        base = SeatLine(group.id, owner, name, hold.first, Way.IN, "", "", _FREE, group.colour)
        if span[0] < hold.first <= span[1]:
            before = next((one for one in holds if one.last == hold.first - _DAY), None)
            found += _beginning(base, whole, before, known)
        if hold.last is not None and span[0] <= hold.last <= min(span[1], end):
            after = next((one for one in holds if one.first == hold.last + _DAY), None)
            found += _end(replace(base, on_day=hold.last, way=Way.OUT), after, known)
        elif full and hold.on(end) and span[0] <= end <= span[1]:
            note = f"已满 {GRADUATION} 个月，最晚留到这天"
            found.append(replace(base, on_day=end, way=Way.GRADUATE, note=note, chip=_GRADUATES))
    return [replace(one, title=f"{name} · {one.on_day:%Y-%m-%d}{_when(one)}") for one in found]


def _beginning(
    line: SeatLine, whole: Life, before: Hold | None, known: Mapping[ClassId, ClassGroup]
) -> list[SeatLine]:
    if before is not None and before.class_id == line.class_id:
        return []  # the contract goes on in the same class
    came = known.get(before.class_id) if before is not None else None
    asks = whole.stage is Stage.WAITING
    note = (
        f"已定：从{came.name}转来" if came is not None else "候补：已通知，留着位" if asks else "已定：入园"
    )
    return [replace(line, note=note, chip=Chip("留位" if asks else "已定", Tone.INFO))]


def _end(line: SeatLine, after: Hold | None, known: Mapping[ClassId, ClassGroup]) -> list[SeatLine]:
    if after is not None and after.class_id == line.class_id:
        return []
    went = known.get(after.class_id) if after is not None else None
    return [replace(line, note=f"已定：转到{went.name}" if went is not None else "已定：合同到期或离园")]


def _when(line: SeatLine) -> str:
    return " 起" if line.way is Way.IN else " 后"
