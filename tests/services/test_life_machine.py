"""Lives walked by chance against a plain model: every step can be walked back, seats are never oversold."""

import datetime as dt
import pathlib
import tempfile

from hypothesis import settings as budget
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.errors import RuleError
from app.domain.life import Ending, Owner, Stage, StepKind
from app.domain.modes import CareMode
from app.domain.seats import holds_of, seats_held
from app.services.admissions import InquiryCard, StepWish
from app.services.bundle import build
from app.store import day, life
from tests.services.world import DAY, make_world

SEATS = 1
ENDS = {True: Ending.GIVEN_UP, False: Ending.WITHDRAWN}
SPAN = [DAY + dt.timedelta(days=ahead) for ahead in range(40)]
LEADS = {
    Stage.NONE: {},
    Stage.INQUIRY: {"wait": Stage.WAITING, "try": Stage.TRIAL, "enrol": Stage.ENROLLED, "leave": Stage.LEFT},
    Stage.WAITING: {"try": Stage.TRIAL, "enrol": Stage.ENROLLED, "leave": Stage.LEFT},
    Stage.TRIAL: {"enrol": Stage.ENROLLED, "move": Stage.TRIAL, "leave": Stage.LEFT},
    Stage.ENROLLED: {"suspend": Stage.SUSPENDED, "move": Stage.ENROLLED, "leave": Stage.LEFT},
    Stage.SUSPENDED: {"resume": Stage.ENROLLED, "leave": Stage.LEFT},
    Stage.LEFT: {"wait": Stage.WAITING, "try": Stage.TRIAL, "enrol": Stage.ENROLLED},
}


class Lives(RuleBasedStateMachine):
    """Three families, two classes of one seat. The model: what each child is on each day, as words."""

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.world = make_world(pathlib.Path(self.folder.name))
        self.services = build(self.world.database, self.world.clock, self.world.rng)
        with self.world.database.unit(None, "small") as unit:
            unit.execute("update enrolment set undone_at = '2025-12-01'")
            unit.execute("update class_group set seats = 1")
            unit.audit("centre", 1)
        self.owners, self.histories, self.undos = [], [], []
        for name in ("甲甲", "乙乙", "丙丙"):
            card = InquiryCard(name, "13700001111", born_on=dt.date(2023, 9, 1), contact="妈妈 某某")
            self.owners.append(Owner(applicant=self.services.admissions.inquire(self.world.desk, card).value))
            self.histories.append([(DAY, Stage.INQUIRY, None)])

    def teardown(self):
        if hasattr(self, "world"):
            self.world.database.close()
            self.folder.cleanup()

    @rule(
        who=st.integers(0, 2),
        kind=st.sampled_from(["wait", "try", "enrol", "suspend", "resume", "move", "leave"]),
        ahead=st.integers(0, 20),
        star=st.booleans(),
        kept=st.booleans(),
    )
    def step(self, who, kind, ahead, star, kept):
        history = self.histories[who]
        stage, place = history[-1][1], history[-1][2]
        on_day = DAY if kind == "wait" else DAY + dt.timedelta(days=ahead)
        class_id = self.world.stars if star else self.world.dragons
        asked = class_id if kind in {"try", "enrol", "move"} else None
        wish = StepWish(
            StepKind(kind), on_day, asked, mode=CareMode.FULL_DAY if asked else None, seat_kept=kept,
            ending=ENDS[stage in {Stage.INQUIRY, Stage.WAITING}] if kind == "leave" else None, reason="旅行",
        )  # fmt: skip
        try:
            done = self.services.admissions.take_step(self.world.desk, self.owners[who], wish)
        except RuleError:
            return
        assert kind in LEADS[stage]
        after = LEADS[stage][kind]
        cared = stage in {Stage.TRIAL, Stage.ENROLLED}
        first = on_day + dt.timedelta(days=1) if kind == "leave" and cared else on_day
        keeps = place if kind in {"suspend", "resume"} else (None if kind in {"leave", "wait"} else class_id)
        assert kind == "wait" or len(history) == 1 or stage is Stage.WAITING or first >= history[-1][0]
        history.append((first, after, keeps))
        self.undos.append((who, done.undo))

    @precondition(lambda self: self.undos)
    @rule()
    def undo(self):
        who, undo = self.undos[-1]
        try:
            self.services.undo(self.world.desk, undo)
        except RuleError:
            raise AssertionError("the last act of all could not be taken back") from None
        self.undos.pop()
        self.histories[who].pop()

    @invariant()
    def the_file_agrees_with_the_model(self):
        if not hasattr(self, "world"):
            return
        for on_day in SPAN[::3]:
            held = {one.who.name: one.class_id for one in day.list_contracted(self.world.database, on_day)}
            for name, history in zip(("甲甲", "乙乙", "丙丙"), self.histories, strict=True):
                begun = [entry for entry in history if entry[0] <= on_day]
                stage, place = begun[-1][1:] if begun else (Stage.NONE, None)
                cared = stage in {Stage.TRIAL, Stage.ENROLLED}
                assert held.get(name) == (place if cared else None), (name, on_day)

    @invariant()
    def no_seat_is_sold_twice(self):
        if not hasattr(self, "world"):
            return
        lives = life.list_lives(self.world.database).values()
        holds = [hold for one in lives for hold in holds_of(one, DAY)]
        for class_id in (self.world.stars, self.world.dragons):
            own = [hold for hold in holds if hold.class_id == class_id]
            assert all(seats_held(own, on_day, shared=True) <= SEATS for on_day in SPAN)


TestLives = Lives.TestCase
TestLives.settings = budget(max_examples=12, stateful_step_count=20, deadline=None)
