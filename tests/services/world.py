"""A small centre for service tests: two classes, six staff, a few families, a clock that stands still."""

import datetime as dt
import functools
import random
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.classes import ClassKind
from app.domain.ids import AdultId, ChildId, ClassId
from app.domain.modes import CareMode, HalfDay
from app.domain.names import search_keys
from app.domain.staff import Actor, Role
from app.services.altering import SettingsLog
from app.services.pins import Pins
from app.store import centre, children, people, pins, presets, prices
from app.store.centre import Centre
from app.store.children import Enrolment, NewChild
from app.store.database import Database, Unit
from app.store.people import NewAdult, Tie

ZONE = dt.timezone(dt.timedelta(hours=8))
DAY = dt.date(2025, 12, 3)
KEY = bytes(range(32))
PIN = "5927"  # the director's


@dataclass
class StoppedClock:
    """A clock that a test sets."""

    now: dt.datetime = dt.datetime(2025, 12, 3, 9, 12, tzinfo=ZONE)

    def __call__(self) -> dt.datetime:
        return self.now

    def at(self, hour: int, minute: int = 0) -> None:
        self.now = self.now.replace(hour=hour, minute=minute)


@dataclass
class World:
    """The centre with names for its people."""

    database: Database
    clock: StoppedClock
    rng: random.Random
    desk: Actor
    teacher: Actor
    cashier: Actor
    director: Actor
    dragons: ClassId
    stars: ClassId
    children: dict[str, ChildId] = field(default_factory=dict)
    adults: dict[str, AdultId] = field(default_factory=dict)


def make_world(folder: Path, *, seed: int = 7, practice: bool = True) -> World:
    """A fresh file with the small centre in it: a copy of one that is built once a process."""
    made = _template(practice)
    path = folder / "centre.sqlite3"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.file)
    clock = StoppedClock()
    database = Database.open(path, clock=clock)
    people = (made.desk, made.teacher, made.cashier, made.director)
    return World(
        database,
        clock,
        random.Random(seed),
        *people,
        made.dragons,
        made.stars,
        dict(made.children),
        dict(made.adults),
    )


@dataclass
class _Template(World):
    file: bytes = b""


@functools.cache
def _template(practice: bool) -> _Template:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "centre.sqlite3"
        world = _build(path, practice=practice)
        world.database.close()
        return _Template(**(vars(world) | {"file": path.read_bytes()}))


def _build(path: Path, *, practice: bool) -> World:
    clock = StoppedClock()
    database = Database.open(path, create=True, clock=clock)
    with database.unit(None, "set_up") as unit:
        centre.add_centre(
            unit, Centre("向阳托育中心", "向阳路 12 号", "0000-8600000", KEY, practice=practice)
        )
        centre.add_licensed_seats(unit, 30, dt.date(2024, 1, 1))
        opened = dt.date(2024, 9, 1)
        dragons = centre.add_class(unit, "抱抱龙", ClassKind.OLDER_TODDLER, 20, "#6B9A4B", 1, opened)
        stars = centre.add_class(unit, "小星星", ClassKind.INFANT, 10, "#E07A5F", 2, opened)
        for price in presets.defaults().prices:
            prices.add_price(unit, price, opened)
        staff = _add_staff(unit, dragons, stars, opened)
        world = World(database, clock, random.Random(0), *staff, dragons, stars)
        _add_families(unit, world)
        unit.audit("centre", 1)
    return world


def _add_staff(unit: Unit, dragons: ClassId, stars: ClassId, opened: dt.date) -> list[Actor]:
    made, names = [], {dragons: "抱抱龙", stars: "小星星"}
    for name, role, class_id in (
        ("林晓", Role.FRONT_DESK, None),
        ("许静", Role.TEACHER, dragons),
        ("方芸", Role.CASHIER, None),
        ("周敏", Role.DIRECTOR, None),
        ("沈玉洁", Role.TEACHER, stars),
        ("孟佳", Role.TEACHER, dragons),
    ):
        key = people.add_staff(unit, name, role, class_id, opened)
        made.append(Actor(key, name, role, class_id, names.get(class_id, "")))
        if class_id is not None:
            for weekday in range(1, 6):
                people.add_shift(unit, key, class_id, weekday, 7 * 60 + 30, 18 * 60)
    return made[:4]


def _add_families(unit: Unit, world: World) -> None:
    family = (
        ("张沐阳", "m", dt.date(2023, 6, 1), ("花生",), "full_day", None, "13700002233"),
        ("周乐瑶", "f", dt.date(2024, 5, 2), (), "full_day", None, "13700004455"),
        ("马思睿", "m", dt.date(2023, 7, 9), (), "half_day", HalfDay.AFTERNOON, "13700006677"),
        ("曾雨桐", "f", dt.date(2025, 2, 3), (), "half_day", HalfDay.MORNING, "13700008899"),
    )
    for name, sex, born, allergies, mode, half, phone in family:
        child = add_child(unit, world, name, born, sex=sex, allergies=allergies)
        adult = add_adult(unit, world, child, f"{name[0]}母", "妈妈", phone, is_guardian=True)
        add_adult(unit, world, child, f"{name[0]}外人", "邻居", "13500000000", barred=True)
        times = {None: (500, 1040), HalfDay.AFTERNOON: (840, 1040), HalfDay.MORNING: (500, 690)}[half]
        place = world.stars if name == "曾雨桐" else world.dragons
        since = dt.date(2025, 3, 1)
        children.add_enrolment(
            unit, Enrolment(child, place, CareMode(mode), half, "12345", times[0], times[1], since)
        )
        assert adult


def add_child(
    unit: Unit,
    world: World,
    name: str,
    born: dt.date,
    *,
    sex: str | None = None,
    allergies: tuple[str, ...] = (),
) -> ChildId:
    keys = search_keys(name)
    new = NewChild(name, born, "has" if allergies else "none", keys.pinyin, keys.initials, sex=sex)
    child = children.add_child(unit, new)
    if allergies:
        children.answer_allergy(unit, child, "has", allergies)
    unit.audit("child", child, name)
    world.children[name] = child
    return child


def settings_log(world: World) -> SettingsLog:
    """What was changed in the settings, and taking it back."""
    return SettingsLog(world.database, world.clock, Pins(world.database, world.clock, world.rng))


def own_pin(world: World) -> str:
    """The director's own PIN; she chooses one where she has none."""
    if pins.find_pin(world.database, world.director.id) is None:
        Pins(world.database, world.clock, world.rng).choose(world.director, PIN)
    return PIN


def add_adult(
    unit: Unit,
    world: World,
    child: ChildId,
    name: str,
    relation: str,
    phone: str,
    *,
    is_guardian: bool = False,
    barred: bool = False,
) -> AdultId:
    keys = search_keys(name)
    adult = people.add_adult(unit, NewAdult(name, phone, keys.pinyin, keys.initials))
    tie = Tie(relation, is_guardian=is_guardian, may_collect=not barred, barred=barred)
    people.add_tie(unit, child, adult, tie)
    world.adults[name] = adult
    return adult
