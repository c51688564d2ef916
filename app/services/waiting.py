"""需要您处理: what the rooms say themselves of what waits, in one list for the director.

Nothing is reckoned here: the alerts are those of the status line, the numbers those on the tabs of 卫生, the
papers those of 到期证件.
"""

from collections.abc import Iterator

from app.domain.looks import Chip, Tone
from app.domain.record import record
from app.domain.staff import Actor, Permission
from app.services import illness_gate
from app.services.carers import tells_of_carers
from app.services.health_alerts import health_alerts
from app.services.health_counts import count
from app.services.pins import find_gap
from app.services.record_papers import RecordPapers
from app.store.database import Clock, Database
from app.store.stamps import day_of

_GRAVE = (Tone.BAD, Tone.WARN)
_COUNTED = (
    ("illness", "病例", "{} 名孩子说了病或发过热，还没登记病例"),
    ("injuries", "伤害", "{} 份伤害登记还没告知家长或签字"),
    ("registers", "登记", "登记册里有 {} 条到期"),
    ("doctor", "体检", "体检、接种证和医生巡诊有 {} 项到期"),
)


@record
class Waiting:
    """One thing that waits: what it is about, in words, and the room (and its page) where it is done."""

    about: Chip
    words: str
    room: str
    page: str = ""


def list_waiting(
    database: Database, clock: Clock, actor: Actor, alerts: tuple[Chip, ...]
) -> tuple[Waiting, ...]:
    """Everything that waits, the gravest first. ``alerts`` are those of the board."""
    found = [*_alerting(database, clock, alerts)]
    if actor.may(Permission.SEE_HEALTH):
        counts = count(database, clock, actor)
        for key, about, words in _COUNTED:
            if number := getattr(counts, key):
                found.append(Waiting(Chip(about, Tone.WARN), words.format(number), "health", key))
    if actor.may(Permission.KEEP_RECORDS):
        found += _expiring(database, clock, actor)
    return tuple(sorted(found, key=lambda one: one.about.tone is not Tone.BAD))


def _alerting(database: Database, clock: Clock, alerts: tuple[Chip, ...]) -> Iterator[Waiting]:
    """The alerts, each with the room that it comes from; most come from the desk's own board."""
    now = clock()
    today = day_of(now)
    health = frozenset(one.chip for one in health_alerts(database, now))
    ill = frozenset(illness_gate.alerts(database, today))
    gap = find_gap(database, today)
    for chip in alerts:
        if chip.tone not in _GRAVE:
            continue
        if chip in ill:
            yield Waiting(Chip("疾病", chip.tone), chip.words, "health", "illness")
        elif chip in health:
            yield Waiting(Chip("健康", chip.tone), chip.words, "health")
        elif chip.words == gap:
            yield Waiting(Chip("口令", chip.tone), chip.words, "settings")
        else:
            # A carer that is lacking is put there in the classroom (打卡); the desk can only read of it.
            room = "classroom" if tells_of_carers(chip.words) else "desk"
            yield Waiting(Chip("在园", chip.tone), chip.words, room)


def _expiring(database: Database, clock: Clock, actor: Actor) -> Iterator[Waiting]:
    ends = RecordPapers(database, clock).expiring(actor)
    if ends:
        first, today = ends[0], day_of(clock())
        over = sum(one.expires_on < today for one in ends)
        lead = f"{len(ends)} 份证件到期或快到期" + (f"（已过期 {over} 份）" if over else "")
        day = f"{first.expires_on.month}月{first.expires_on.day}日"
        tone = Tone.BAD if over else Tone.WARN
        yield Waiting(Chip("证件", tone), f"{lead}，最早 {first.name} {first.kind} {day}", "records")
