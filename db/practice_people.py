"""Who belongs to the practice centre: classes, staff, shifts, families, enrolments."""

import datetime as dt
import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from db import practice_words as words
from db.practice_book import Book

Keys = Callable[[str], tuple[str, str]]

# name, kind, seats, colour, enrolled
CLASSES = (
    ("小星星", "infant", 10, "#E07A5F", 9),
    ("小海豚", "toddler", 15, "#3D8EB0", 14),
    ("抱抱龙", "older_toddler", 20, "#6B9A4B", 19),
    ("小火车", "older_toddler", 20, "#B5838D", 19),
    ("小树苗", "mixed", 18, "#D4A017", 16),
)
LICENSED_SEATS = 83
_GENERATION = dt.timedelta(days=365)
STAR, DOLPHIN, DRAGON, TRAIN, SAPLING = 1, 2, 3, 4, 5
DIRECTOR, DESK, HEALTH = 1, 2, 3
_TEACHERS = (
    (DRAGON, "许静"), (DRAGON, "孟佳"), (DRAGON, "罗小曼"),
    (STAR, "沈玉洁"), (STAR, "方晴"), (STAR, "葛文君"),
    (DOLPHIN, "田雨"), (DOLPHIN, "陶冉"), (DOLPHIN, "贺兰心"),
    (TRAIN, "唐悦"), (TRAIN, "姜楠"), (TRAIN, "冯雅琪"),
    (SAPLING, "李敏"), (SAPLING, "邱月"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult of one child: key, relation, whether he may collect."""

    id: int
    name: str
    relation: str
    may_collect: bool


@dataclass(slots=True)
class Kid:
    """A child as the simulation needs it. ``half`` is am, pm or None; ``story`` names the part on the day."""

    id: int
    name: str
    sex: str
    born: dt.date
    class_id: int
    mode: str  # full_day, half_day; temporary for those who only visit
    half: str | None = None
    weekdays: str = "12345"
    arrive: int = 8 * 60 + 20
    leave: int = 17 * 60 + 20
    starts: dt.date = dt.date.min
    ends: dt.date | None = None
    allergies: tuple[str, ...] = ()
    adults: tuple[Adult, ...] = ()
    story: str = ""

    @property
    def given(self) -> str:
        """The name a teacher says."""
        if "·" in self.name or " " in self.name or len(self.name) < 3:
            return self.name.split("·")[0]
        return self.name[2:] if self.name[:2] in words.RARE_SURNAMES else self.name[1:]


@dataclass(frozen=True, slots=True)
class Role:
    """A named child of the story day."""

    story: str
    name: str
    sex: str
    class_id: int
    days_old: int
    mode: str = "full_day"
    half: str | None = None
    arrive: int = 8 * 60 + 20
    leave: int = 17 * 60 + 20
    allergies: tuple[str, ...] = ()


def _age(years: int, months: int, days: int = 9) -> int:
    return round(years * 365.25 + months * 30.44) + days


ROLES = (
    Role("overdue", "王梓萱", "f", STAR, _age(0, 10), "half_day", "am", 480, 810),
    Role("asleep", "刘安然", "m", STAR, _age(0, 11)),
    Role("sick", "苏以宁", "f", STAR, _age(0, 9)),
    Role("pm", "林晚柠", "f", STAR, _age(0, 8), "half_day", "pm", 770, 1050),
    Role("pm", "邓屿森", "m", STAR, _age(0, 11), "half_day", "pm", 780, 1050),
    Role("late", "周乐瑶", "f", DOLPHIN, _age(1, 7), arrive=530),
    Role("sick", "谢润泽", "m", DOLPHIN, _age(1, 4)),
    Role("present", "赵予安", "m", DOLPHIN, _age(1, 8)),
    Role("expected_pm", "马思睿", "m", DRAGON, _age(2, 4), "half_day", "pm", 840, 1050),
    Role("fever", "韩奕辰", "m", DRAGON, _age(2, 9)),
    Role("left_1250", "徐梦洁", "f", DRAGON, _age(2, 2), "half_day", "am", 480, 780),
    Role("soon", "何宇轩", "m", DRAGON, _age(2, 5), "half_day", "am", 500, 870),
    Role("present", "张沐阳", "m", DRAGON, _age(2, 6), allergies=("花生",)),
    Role("woken", "孙一诺", "f", DRAGON, _age(2, 8)),
    Role("woken", "王若曦", "f", DRAGON, _age(2, 3)),
    Role("woken", "李承泽", "m", DRAGON, _age(2, 7)),
    Role("present", "赵欣怡", "f", DRAGON, _age(2, 1)),
    Role("present", "陈思远", "m", DRAGON, _age(2, 10)),
    Role("present", "杨雨桐", "f", DRAGON, _age(2, 4)),
    Role("present", "吴嘉懿", "f", DRAGON, _age(2, 6)),
    Role("present", "周子墨", "m", DRAGON, _age(2, 0), allergies=("牛奶",)),
    Role("present", "胡俊杰", "m", DRAGON, _age(2, 2)),
    Role("present", "郭语彤", "f", DRAGON, _age(2, 9)),
    Role("present", "高诗涵", "f", DRAGON, _age(2, 5)),
    Role("left_1341", "陈可欣", "f", TRAIN, _age(2, 3), "half_day", "am", 490, 820),
    Role("pm_late", "宋星野", "m", TRAIN, _age(2, 7), "half_day", "pm", 825, 1050),
    Role("personal", "罗知夏", "f", TRAIN, _age(2, 6)),
    Role("present", "尉迟嘉木", "m", SAPLING, _age(2, 1)),
    Role("personal", "曾念安", "f", SAPLING, _age(1, 9)),
    Role("left_1333", "叶小舟", "m", SAPLING, _age(1, 8), "half_day", "am", 480, 810),
    Role("pm", "仇静姝", "f", SAPLING, _age(1, 10), "half_day", "pm", 810, 1050),
)
VISITOR_ROLES = (
    Role("hourly_1415", "李𬱖昊", "m", DOLPHIN, _age(1, 5), "temporary"),
    Role("booked_1430", "单雨桐", "f", SAPLING, _age(1, 11), "temporary"),
    Role("half_pm", "丁清禾", "f", DRAGON, _age(2, 8), "temporary"),
    Role("day", "阿依古丽·买买提", "f", TRAIN, _age(2, 2), "temporary"),
    Role("day", "区乐天", "m", TRAIN, _age(2, 4), "temporary", allergies=("芒果",)),
    Role("day", "欧阳㛃", "f", TRAIN, _age(2, 11), "temporary"),
    Role("day", "解怀瑾", "m", SAPLING, _age(1, 7), "temporary"),
    Role("day", "Emma 陈", "f", SAPLING, _age(1, 9), "temporary"),
)
_BOUNDS = {STAR: (7, 11), DOLPHIN: (13, 23), DRAGON: (24, 34), TRAIN: (24, 35), SAPLING: (18, 23)}


@dataclass(slots=True)
class Casting:
    """Makes people: names that do not repeat, phones that are nobody's."""

    book: Book
    rng: random.Random
    keys: Keys
    today: dt.date
    names: set[str] = field(default_factory=set)
    _phones: Iterator[int] = field(default_factory=itertools.count)

    def name(self, sex: str) -> str:
        """A fresh full name."""
        given = words.GIRLS if sex == "f" else words.BOYS
        for attempt in range(10_000):
            found = self.rng.choice(words.SURNAMES) + self.rng.choice(given)
            if attempt > 50:  # the short lists are used up: lengthen them
                found += self.rng.choice(given)[:1]
            if found not in self.names:
                self.names.add(found)
                return found
        msg = "the name lists are used up"
        raise RuntimeError(msg)

    def phone(self) -> str:
        """138 0000 xxxx and its neighbours, but not the numbers of the story."""
        while True:
            block, turn = divmod(next(self._phones), 10_000)
            tail = (turn * 7919 + 1357) % 10_000
            if tail not in (6021, 1177):
                return f"1{38 + block}0000{tail:04d}"

    def child(self, role: Role, *, starts: dt.date, ends: dt.date | None = None) -> Kid:
        """Add the child, the family, and the enrolment unless it only visits."""
        self.names.add(role.name)
        added = f"{starts.isoformat()}T10:00:00+08:00"
        born = self.today - dt.timedelta(days=role.days_old)
        nickname = self.rng.choice(words.NICKNAMES) if self.rng.random() < 0.3 else ""
        allergy = "has" if role.allergies else "none"
        pinyin, initials = self.keys(role.name)
        child = self.book.add(
            "child", role.name, nickname, role.sex, born.isoformat(), None, None,
            allergy, pinyin, initials, "", added,
        )  # fmt: skip
        for substance in role.allergies:
            self.book.add("child_allergy", child, substance, added, None)
        kid = Kid(
            child, role.name, role.sex, born, role.class_id, role.mode, role.half, "12345",
            role.arrive, role.leave, starts, ends, role.allergies, self._family(child, role, added),
            role.story,
        )  # fmt: skip
        if role.mode != "temporary":
            if not role.story and self.rng.random() < 0.08:
                kid.weekdays = self.rng.choice(("135", "234", "1235"))
            self.book.add(
                "enrolment", child, role.class_id, role.mode, role.half, kid.weekdays, role.arrive,
                role.leave, starts.isoformat(), ends.isoformat() if ends else None,
            )  # fmt: skip
        return kid

    def _family(self, child: int, role: Role, added: str) -> tuple[Adult, ...]:
        surname = role.name[:2] if role.name[:2] in words.RARE_SURNAMES else role.name[:1]
        if "·" in role.name or " " in role.name:
            surname = "陈"
        rng = self.rng
        members = [
            ("妈妈", rng.choice(words.SURNAMES) + rng.choice(words.PARENTS_F), 1),
            ("爸爸", surname + rng.choice(words.PARENTS_M), 1),
        ]
        if rng.random() < 0.6:
            members.append(("奶奶", rng.choice(words.SURNAMES) + rng.choice(words.ELDERS_F), 0))
        if rng.random() < 0.25:
            members.append(("外公", members[0][1][:1] + rng.choice(words.ELDERS_M), 0))
        found = []
        for sort, (relation, name, parent) in enumerate(members):
            barred = 1 if role.story == "present" and role.name == "胡俊杰" and relation == "爸爸" else 0
            guardian = 0 if barred else parent
            pinyin, initials = self.keys(name)
            seen = added if guardian else None
            adult = self.book.add("adult", name, self.phone(), pinyin, initials, seen, added)
            self.book.add(
                "child_adult", child, adult, relation, guardian, 1 - barred,
                1 if sort < 2 and not barred else 0, barred, None, sort, added, None,
            )  # fmt: skip
            found.append(Adult(adult, name, relation, not barred))
        return tuple(found)


def add_classes(book: Book, opened: dt.date) -> None:
    """The five classes and the licensed seats."""
    book.add("licensed_seats", opened.isoformat(), LICENSED_SEATS)
    for sort, (name, kind, seats, colour, _) in enumerate(CLASSES, 1):
        book.add("class_group", name, kind, seats, colour, sort, opened.isoformat(), None)


def add_staff(book: Book, casting: Casting, opened: dt.date) -> dict[int, list[int]]:
    """Seventeen people and their shifts; returns the teachers by class.

    小树苗 has two carers all day. One teacher of 小星星 helps 抱抱龙 in the morning, when the infants are
    few; over lunch 抱抱龙 has its own three.
    """
    today = casting.today
    soon, later = (today + dt.timedelta(days=17)).isoformat(), (today + dt.timedelta(days=300)).isoformat()
    people: list[tuple[str, str, int | None, str]] = [
        ("周敏", "director", None, ""),
        ("林晓", "front_desk", None, ""),
        ("顾红", "health_worker", None, ""),
    ]
    people.extend((name, "teacher", cls, "保育师") for cls, name in _TEACHERS)
    by_class: dict[int, list[int]] = {}
    for name, role, cls, certificate in people:
        until = None if not certificate else soon if name == "李敏" else later
        key = book.add(
            "staff", name, role, cls, casting.phone(), certificate, until, later, opened.isoformat(), None
        )
        if cls is None:
            continue
        by_class.setdefault(cls, []).append(key)
        for weekday in range(1, 6):
            for place, start, end in _hours(cls, len(by_class[cls])):
                book.add("shift", key, place, weekday, None, start, end, None)
    return by_class


def _hours(cls: int, nth: int) -> tuple[tuple[int, int, int], ...]:
    if (cls, nth) == (STAR, 3):
        return ((DRAGON, 450, 720), (STAR, 750, 1050))
    start, end = ((450, 1050), (450, 1080), (480, 1110))[nth - 1]
    return ((cls, start, end),)


def add_children(casting: Casting, rng: random.Random, first: dt.date) -> list[Kid]:
    """The 77 enrolled: the named ones and as many drawn as each class still holds.

    A history of more than a year begins with those who were here before them, a generation a year.
    """
    kids: list[Kid] = []
    before = casting.today - _GENERATION
    oldest = dt.date.min if first > before else before
    first = max(first, before)
    for role in ROLES:
        kids.append(casting.child(role, starts=max(oldest, _start(casting, rng, role.days_old, first))))
    for cls, (_, _, _, _, enrolled) in enumerate(CLASSES, 1):
        while sum(kid.class_id == cls for kid in kids) < enrolled:
            low, high = _BOUNDS[cls]
            if cls == SAPLING and sum(_months(casting, kid) >= 24 for kid in kids if kid.class_id == cls) < 3:
                low, high = 25, 33
            role = _drawn(casting, rng, cls, rng.randint(low, high))
            kids.append(casting.child(role, starts=max(oldest, _start(casting, rng, role.days_old, first))))
    return kids


def add_alumni(casting: Casting, rng: random.Random, first: dt.date) -> list[Kid]:
    """Who was here before: for each year of history before the last one, a full house."""
    kids: list[Kid] = []
    end = casting.today - _GENERATION
    while end > first:
        start = end - _GENERATION
        age_then = (casting.today - start).days - _GENERATION.days
        for cls, (_, _, _, _, enrolled) in enumerate(CLASSES, 1):
            for _ in range(enrolled):
                role = _drawn(casting, rng, cls, rng.randint(*_BOUNDS[cls]))
                role = replace(role, days_old=role.days_old + age_then)
                kids.append(casting.child(role, starts=start, ends=end - dt.timedelta(days=1)))
        end = start
    return kids


def _drawn(casting: Casting, rng: random.Random, cls: int, months: int) -> Role:
    sex = rng.choice("fm")
    allergies = (rng.choice(words.SUBSTANCES),) if rng.random() < 0.07 else ()
    return Role(
        "",
        casting.name(sex),
        sex,
        cls,
        _age(0, months, rng.randint(1, 25)),
        arrive=rng.choice((470, 480, 490, 500, 510)),
        leave=rng.choice((1020, 1035, 1050, 1060)),
        allergies=allergies,
    )


def _months(casting: Casting, kid: Kid) -> int:
    return (casting.today - kid.born).days * 12 // 365


def _start(casting: Casting, rng: random.Random, days_old: int, first: dt.date) -> dt.date:
    """Most joined before the history begins; a few came in the course of it; none younger than six months."""
    earliest = casting.today - dt.timedelta(days=days_old - 184)
    joined = first - dt.timedelta(days=rng.randint(5, 200))
    if rng.random() < 0.12:
        joined = first + dt.timedelta(days=rng.randint(3, 70))
    return min(max(joined, earliest), casting.today - dt.timedelta(days=6))


def add_visitors(casting: Casting, rng: random.Random, first: dt.date) -> list[Kid]:
    """Children without enrolment who come for a day, a half day or by the hour."""
    start = first - dt.timedelta(days=1)
    kids = [casting.child(role, starts=start) for role in VISITOR_ROLES]
    for _ in range(44):
        sex, cls = rng.choice("fm"), rng.choice((DOLPHIN, DRAGON, DRAGON, TRAIN, SAPLING))
        low, high = _BOUNDS[cls]
        days_old = _age(0, rng.randint(low, high), 3)
        kids.append(casting.child(Role("", casting.name(sex), sex, cls, days_old, "temporary"), starts=start))
    return kids
