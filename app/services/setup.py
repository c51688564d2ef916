"""Setting a centre up: its name, 托位, classes, staff and prices, with a sensible default for each."""

import random
import re

from app.domain.changes import Changes, Done, Topic
from app.domain.classes import ClassKind, rule_for
from app.domain.errors import RuleError
from app.domain.modes import Tariff
from app.domain.money import Money
from app.domain.names import clean_name, clean_text
from app.domain.pins import check_pin
from app.domain.record import record
from app.domain.staff import Role
from app.services.centre_info import CentreInfo, read_centre
from app.services.pins import keep_pin
from app.services.rereading import note_rules
from app.store import centre, people, presets, prices, settings, tables
from app.store.centre import Centre
from app.store.database import Clock, Database, Unit
from app.store.presets import PresetPrice
from app.store.stamps import day_of

_KEY_BYTES = 32
_MOST_SEATS = 2000
_LONGEST_CLASS = 20
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_CATEGORIES = frozenset({"basic", "other", "agency"})
_LONGEST_PRICE = 50
_DEAREST = Money.yuan(100_000)
_WORKWEEK = range(1, 6)


class SetupError(RuleError):
    """The plan of a centre cannot be carried out as it stands."""


class AlreadySetUpError(SetupError):
    """The file holds a centre already."""


@record
class ClassPlan:
    """A class to open: nickname, kind, seats, colour ``#RRGGBB``."""

    name: str
    kind: ClassKind
    seats: int
    colour: str


@record
class StaffPlan:
    """Somebody who works here. A teacher is on shift in a class, named by its nickname, while it is open.

    ``pin`` is her own; empty, she chooses it when one is asked of her for the first time.
    """

    name: str
    role: Role
    class_name: str | None = None
    pin: str = ""


@record
class PricePlan:
    """One line of the price list. ``category`` is basic, other or agency."""

    code: str
    name: str
    category: str
    unit: str
    price: Money


@record
class CentrePlan:
    """Everything a centre begins with. Clock times are ``07:30``."""

    name: str
    licensed_seats: int
    classes: tuple[ClassPlan, ...]
    staff: tuple[StaffPlan, ...]
    prices: tuple[PricePlan, ...]
    address: str = ""
    phone: str = ""
    opening: str = "07:30"
    closing: str = "18:00"


_CLASSES = (
    ClassPlan("小海豚", ClassKind.TODDLER, 15, "#3D8EB0"),
    ClassPlan("抱抱龙", ClassKind.OLDER_TODDLER, 20, "#6B9A4B"),
)
_CARERS = {"小海豚": 3, "抱抱龙": 3}


class Setup:
    """First start. Nobody is on file yet, so the verbs take no actor."""

    def __init__(self, database: Database, clock: Clock, rng: random.Random) -> None:
        self._database = database
        self._clock = clock
        self._rng = rng

    def state(self) -> CentreInfo | None:
        """The centre, or None in a file that is to be set up."""
        return read_centre(self._database, self._clock)

    def centre(self) -> CentreInfo:
        """The centre.

        Raises:
            SetupError: the file is not set up.
        """
        if (found := self.state()) is None:
            raise SetupError("还没有建立中心，请先完成开园设置。")
        return found

    def defaults(self) -> CentrePlan:
        """A small centre to begin from: two classes with their carers, a director, a front desk."""
        given = presets.defaults()
        staff = [StaffPlan("园长", Role.DIRECTOR), StaffPlan("前台", Role.FRONT_DESK)]
        for name, count in _CARERS.items():
            staff += [StaffPlan(f"{name}老师{'一二三'[place]}", Role.TEACHER, name) for place in range(count)]
        return CentrePlan(
            name="我的托育中心",
            licensed_seats=sum(one.seats for one in _CLASSES),
            classes=_CLASSES,
            staff=tuple(staff),
            prices=tuple(
                PricePlan(one.code, one.name, one.category, one.unit, one.price) for one in given.prices
            ),
            opening=given.settings["opening"],
            closing=given.settings["closing"],
        )

    def create(self, plan: CentrePlan) -> Done[None]:
        """Make the centre, in one unit of work.

        Raises:
            AlreadySetUpError: there is one.
            SetupError: something in the plan cannot be; the sentence and the field say what.
            BadNameError: a name cannot be kept.
            WeakPinError: a PIN cannot be one.
        """
        if centre.find_centre(self._database) is not None:
            raise AlreadySetUpError("这个数据文件里已经有一个中心了。")
        self._check(plan)
        with self._database.unit(None, "set_up") as unit:
            self._keep(unit, plan)
            unit.audit("centre", 1, clean_name(plan.name))
        return Done(None, Changes(frozenset({Topic.SETTINGS, Topic.STAFF})))

    def _keep(self, unit: Unit, plan: CentrePlan) -> None:
        today = day_of(unit.at)
        key = self._rng.randbytes(_KEY_BYTES)
        kept = Centre(clean_name(plan.name), plan.address.strip(), plan.phone.strip(), key, practice=False)
        centre.add_centre(unit, kept)
        centre.add_licensed_seats(unit, plan.licensed_seats, today)
        settings.add_value(unit, "opening", plan.opening, today)
        settings.add_value(unit, "closing", plan.closing, today)
        note_rules(unit, today)
        classes = {
            one.name.strip(): centre.add_class(
                unit, one.name.strip(), one.kind, one.seats, one.colour, sort, today
            )
            for sort, one in enumerate(plan.classes, start=1)
        }
        opening, closing = _minute(plan.opening), _minute(plan.closing)
        for one in plan.staff:
            group = classes.get((one.class_name or "").strip())
            staff = people.add_staff(unit, clean_name(one.name), one.role, group, today)
            if one.role is Role.TEACHER and group is not None:
                for weekday in _WORKWEEK:
                    people.add_shift(unit, staff, group, weekday, opening, closing)
            if one.pin:
                keep_pin(unit, self._rng, staff, check_pin(one.pin))
                unit.audit("staff", staff, f"{clean_name(one.name)} 建园时设口令")
        for price in plan.prices:
            preset = PresetPrice(price.code, price.name, price.category, price.unit, price.price)
            prices.add_price(unit, preset, today)

    def _check(self, plan: CentrePlan) -> None:
        clean_name(plan.name)
        if not 1 <= plan.licensed_seats <= _MOST_SEATS:
            msg = f"备案托位请填 1 到 {_MOST_SEATS} 之间的数。"
            raise SetupError(msg, field="licensed_seats")
        for field, text in (("opening", plan.opening), ("closing", plan.closing)):
            if _CLOCK.fullmatch(text) is None:
                msg = f"看不懂时间“{text[:12]}”，请按 07:30 填写。"
                raise SetupError(msg, field=field)
        if plan.opening >= plan.closing:
            raise SetupError("关门时间要晚于开门时间，请核对。", field="closing")
        self._check_classes(plan)
        self._check_staff(plan)
        for field, text, label in (("address", plan.address, "地址"), ("phone", plan.phone, "电话")):
            clean_text(text, label, field)
        _check_prices(plan)

    def _check_classes(self, plan: CentrePlan) -> None:
        """Seats by 58号文 Art 19: 10, 15, 20 and 18 at most."""
        rules = tables.ratio_rules(day_of(self._clock()))
        names = [one.name.strip() for one in plan.classes]
        if not names:
            raise SetupError("请至少建一个班级。", field="classes")
        for one in plan.classes:
            name = clean_name(one.name)
            if len(name) > _LONGEST_CLASS:
                msg = f"班名“{name[:_LONGEST_CLASS]}…”太长，最多 {_LONGEST_CLASS} 个字。"
                raise SetupError(msg, field="classes")
            if _COLOUR.fullmatch(one.colour) is None:
                msg = f"{name}：颜色应像 #6B9A4B，请重新选择。"
                raise SetupError(msg, field="classes")
            most = rule_for(one.kind, rules).max_seats
            if not 1 <= one.seats <= most:
                msg = f"{name}：{one.kind.label}每班 1 到 {most} 人（58号文第十九条），请改托位数。"
                raise SetupError(msg, field="classes")
        if len(set(names)) < len(names):
            raise SetupError("有两个班同名，请改一个，免得接错孩子。", field="classes")

    def _check_staff(self, plan: CentrePlan) -> None:
        names = {one.name.strip() for one in plan.classes}
        if not any(one.role is Role.DIRECTOR for one in plan.staff):
            raise SetupError("请至少填一位园长：权限最全的人要有一位。", field="staff")
        for one in plan.staff:
            who = clean_name(one.name)
            if one.class_name is not None and one.class_name.strip() not in names:
                msg = f"{who} 的班级“{one.class_name[:_LONGEST_CLASS]}”不在班级表里，请重新选择。"
                raise SetupError(msg, field="staff")
            if one.pin:
                check_pin(one.pin)


def _check_prices(plan: CentrePlan) -> None:
    """What is charged at the door must have a price: nothing is free by forgetting."""
    for price in plan.prices:
        name = clean_text(price.name, "收费项目", "prices", _LONGEST_PRICE)
        if not name or not clean_text(price.code, "收费项目", "prices", _LONGEST_PRICE):
            raise SetupError("价目表里有一行没有名称，请填上或删去。", field="prices")
        if not Money(0) <= price.price <= _DEAREST:
            msg = f"{name}：价格应在 0 到 {_DEAREST.short} 元之间，请核对价目表。"
            raise SetupError(msg, field="prices")
        if price.category not in _CATEGORIES:
            msg = f"{name}：收费类别只有基本收费、其他收费和代收费，请重新选择。"
            raise SetupError(msg, field="prices")
    codes = [price.code for price in plan.prices]
    if len(set(codes)) < len(codes):
        raise SetupError("价目表里有重复的项目，请删去一行。", field="prices")
    paid = (Tariff.TEMP_FULL_DAY, Tariff.TEMP_HALF_DAY, Tariff.HOURLY)
    lacking = [tariff.label for tariff in paid if tariff.value not in codes]
    if lacking:
        msg = f"价目表里缺{'、'.join(lacking)}的价格；不收费就填 0。"
        raise SetupError(msg, field="prices")


def _minute(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(hours) * 60 + int(minutes)
