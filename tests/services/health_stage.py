"""What tests of the health room share: the small centre with its services, and three people with PINs."""

import datetime as dt

import pytest

from app.domain.ids import VisitId
from app.domain.medicine import RequestDraft
from app.domain.staff import Actor, Role
from app.services.arrivals import CheckIn, MorningCheck
from app.services.bundle import build
from app.services.medicine import Giving
from app.services.pins import Second
from app.store import people
from tests.services.world import DAY, World

PINS = {"许静": "7043", "孟佳": "2816", "方芸": "3905", "周敏": "5927"}  # the director last


class HealthStage:
    """The world, its services, and short ways to what most tests begin with."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        # A PIN's digest is slow on purpose; here nobody guesses.
        monkeypatch.setattr("app.services.pins._COST", {"n": 2, "r": 1, "p": 1, "dklen": 32})
        self.world, self.clock = world, world.clock
        self.services = build(world.database, world.clock, world.rng)
        self.health = self.services.health
        self.staff = {one.name: one for one in people.list_staff(world.database, DAY)}
        self.teacher = world.teacher
        for name, pin in PINS.items():
            self.services.pins.choose(self.staff[name], pin)
        with world.database.unit(None, "hire") as unit:
            key = people.add_staff(unit, "顾红", Role.HEALTH_WORKER, None, dt.date(2024, 9, 1))
            unit.audit("staff", key)
        self.nurse = Actor(key, "顾红", Role.HEALTH_WORKER)

    def arrive(self, name: str = "张沐阳", check: MorningCheck | None = None) -> VisitId:
        act = CheckIn(self.world.children[name], check=check)
        return self.services.arrivals.check_in(self.world.desk, act).value.visit

    def at(self, hour: int, minute: int = 0) -> dt.datetime:
        return self.clock.now.replace(hour=hour, minute=minute, second=0)

    def second(self, name: str, pin: str | None = None) -> Second:
        return Second(self.staff[name].id, PINS[name] if pin is None else pin)

    def draft(self, *times: tuple[int, int], **more: object) -> RequestDraft:
        given = times or ((12, 30),)
        base = {
            "medicine": "布洛芬混悬液",
            "dose": "2.5 ml",
            "way": "口服",
            "reason": "发热后遵医嘱",
            "allergy": "无",
            "original_pack": True,
            "expires_on": dt.date(2026, 6, 30),
            "brought": len(given),
            "times": tuple(self.at(*one) for one in given),
            "signer": "妈妈",
        }
        return RequestDraft(**{**base, **more})

    def take(self, *times: tuple[int, int], visit: VisitId | None = None, **more: object):
        where = self.arrive() if visit is None else visit
        request = self.health.medicine.take(self.teacher, where, self.draft(*times, **more)).value
        return self.find(request)

    def find(self, request):
        day = self.health.medicine.day(self.teacher)
        return next(one for one in day.requests if one.id == request)

    def giving(self, request, at: int = 0, **more: object) -> Giving:
        base = {
            "dose": request.doses[at].id,
            "child": request.child,
            "measured": request.dose,
            "giver": self.second("许静"),
            "second": self.second("孟佳"),
        }
        return Giving(**{**base, **more})

    def give(self, request, at: int = 0, **more: object):
        return self.health.medicine.give(self.teacher, self.giving(request, at, **more))


@pytest.fixture
def stage(world, monkeypatch):
    """To be imported by the tests that use it."""
    return HealthStage(world, monkeypatch)
