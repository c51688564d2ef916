"""Clocking, moves and walks in any order: the classes add up to the centre, and nobody is in two places."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from app.domain.changes import Undo
from app.domain.errors import RuleError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.carers import carers_now
from app.services.pickup import CheckOut
from app.store import audit, centre
from app.store.database import Database
from tests.services.world import World, make_world

NAMES = ("张沐阳", "周乐瑶", "马思睿", "曾雨桐")
_staff = st.integers(0, 5)
_class = st.integers(0, 1)


class ClassDay(RuleBasedStateMachine):
    """The services against sets: who is inside, where each child is, who is clocked in where, who is out."""

    template: tuple[Path, World] | None = None

    def __init__(self) -> None:
        super().__init__()
        if ClassDay.template is None:
            made = make_world(Path(tempfile.mkdtemp()))
            made.database.close()
            ClassDay.template = (made.database.path, made)
        source, self.world = ClassDay.template
        self.folder = Path(tempfile.mkdtemp())
        shutil.copyfile(source, self.folder / "centre.sqlite3")
        self.world.clock.now = self.world.clock.now.replace(hour=8, minute=0)
        self.database = Database.open(self.folder / "centre.sqlite3", clock=self.world.clock)
        self.services = build(self.database, self.world.clock, self.world.rng)
        self.staff = self.services.people.staff()
        self.classes = (self.world.dragons, self.world.stars)
        self.inside: dict[int, int] = {}  # visit: class
        self.names: dict[int, str] = {}
        self.clocked: dict[int, int] = {}  # staff: class, None is kept out: whoever rests or went home
        self.out: dict[int, tuple[set[int], set[int]]] = {}  # walk: visits, staff
        self.undos: list[Undo] = []

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.folder)

    def tick(self) -> None:
        self.world.clock.now += dt.timedelta(minutes=1)

    def outside(self, kind: int) -> set[int]:
        return set().union(*(group[kind] for group in self.out.values()))

    def read(self) -> None:
        """After an undo the model takes over what the file says; the invariants judge it all the same."""
        rows = self.database.rows(
            "select id, class_id from visit where left_at is null and undone_at is null"
        )
        self.inside = {row["id"]: row["class_id"] for row in rows}
        rows = self.database.rows(
            "select staff_id, class_id from duty where to_at is null and undone_at is null and kind = 'work'"
        )
        self.clocked = {row["staff_id"]: row["class_id"] for row in rows}
        self.out = {}
        for row in self.database.rows(
            "select w.id, m.visit_id, m.staff_id from walk w join walk_member m on m.walk_id = w.id"
            " where w.back_at is null and w.undone_at is null"
        ):
            visits, staff = self.out.setdefault(row["id"], (set(), set()))
            if row["visit_id"] is not None:
                visits.add(row["visit_id"])
            else:
                staff.add(row["staff_id"])

    @rule(name=st.sampled_from(NAMES))
    def arrive(self, name):
        self.tick()
        if any(self.names[key] == name for key in self.inside):
            return
        visit = self.services.arrivals.check_in(
            self.world.desk, CheckIn(self.world.children[name])
        ).value.visit
        row = self.database.row("select class_id from visit where id = :id", {"id": visit})
        self.inside[visit], self.names[visit] = row["class_id"], name

    @precondition(lambda self: self.inside)
    @rule(data=st.data())
    def leave(self, data):
        self.tick()
        visit = data.draw(st.sampled_from(sorted(self.inside)))
        adult = self.world.adults[f"{self.names[visit][0]}母"]
        self.services.pickup.check_out(self.world.desk, CheckOut(visit, adult))
        del self.inside[visit]

    @rule(who=_staff, where=_class)
    def clock_in(self, who, where):
        self.tick()
        person, group = self.staff[who], self.classes[where]
        act = self.services.classes.duty.clock_in
        if person.id in self.outside(1) or self.clocked.get(person.id) == group:
            self.refused(act, self.world.desk, person.id, group)
            return
        self.undos.append(act(self.world.desk, person.id, group).undo)
        self.clocked[person.id] = group

    @rule(who=_staff, rest=st.booleans())
    def stop(self, who, rest):
        self.tick()
        person, duty = self.staff[who], self.services.classes.duty
        act = duty.take_break if rest else duty.clock_out
        if person.id not in self.clocked or person.id in self.outside(1):
            try:  # who rests may go home
                self.undos.append(act(self.world.desk, person.id).undo)
            except RuleError:
                return
            assert not rest
            return
        self.undos.append(act(self.world.desk, person.id).undo)
        del self.clocked[person.id]

    @precondition(lambda self: self.inside)
    @rule(data=st.data(), where=_class)
    def move(self, data, where):
        self.tick()
        chosen = data.draw(st.sets(st.sampled_from(sorted(self.inside)), min_size=1, max_size=3))
        act, goal = self.services.classes.moves.move, self.classes[where]
        if chosen & self.outside(0) or any(self.inside[one] == goal for one in chosen):
            self.refused(act, self.world.teacher, sorted(chosen), goal, "并班")
            return
        self.undos.append(act(self.world.teacher, sorted(chosen), goal, "并班").undo)
        self.inside |= dict.fromkeys(chosen, goal)

    @precondition(lambda self: self.inside)
    @rule(data=st.data())
    def go_out(self, data):
        self.tick()
        chosen = data.draw(st.sets(st.sampled_from(sorted(self.inside)), min_size=1, max_size=3))
        adults = data.draw(st.sets(st.sampled_from([one.id for one in self.staff]), min_size=1, max_size=2))
        try:
            done = self.services.classes.walks.start(
                self.world.teacher, "公园", sorted(chosen), sorted(adults)
            )
        except RuleError:
            return
        assert not chosen & self.outside(0)
        assert not adults & self.outside(1)
        self.out[done.value] = (chosen, adults)
        self.undos.append(done.undo)

    @precondition(lambda self: self.out)
    @rule(data=st.data())
    def come_back(self, data):
        self.tick()
        walk = data.draw(st.sampled_from(sorted(self.out)))
        seen = sorted(self.out[walk][0] & set(self.inside))
        self.undos.append(self.services.classes.walks.back(self.world.teacher, walk, seen).undo)
        del self.out[walk]

    @precondition(lambda self: self.undos)
    @rule(data=st.data())
    def take_back(self, data):
        undo = self.undos.pop(data.draw(st.integers(0, len(self.undos) - 1)))
        try:
            self.services.undo(self.world.desk, undo)
        except RuleError:
            return
        self.read()

    def refused(self, act, *given):
        try:
            act(*given)
        except RuleError:
            return
        raise AssertionError(act)

    @invariant()
    def classes_add_up_to_the_centre(self):
        board = self.services.desk.board(self.world.desk)
        assert board.present_count == sum(tile.present for tile in board.classes) == len(self.inside)
        for tile in board.classes:
            own = {visit for visit, group in self.inside.items() if group == tile.id}
            assert tile.present == len(own)
            assert sum(count for _, count in tile.out) == len(own & self.outside(0))
            roster = self.services.classroom.roster(self.world.teacher, tile.id)
            assert {card.visit for card in roster.cards} == own

    @invariant()
    def each_carer_is_in_one_class_at_most(self):
        classes = centre.list_classes(self.database, self.world.clock.now.date())
        live = carers_now(self.database, self.world.clock.now, classes)
        placed = [one.staff for group in live.by_class.values() for one in (*group.here, *group.resting)]
        assert len(placed) == len(set(placed))
        for key, group in self.clocked.items():
            assert key in {one.staff for one in live.of(group).here}, "the clock goes before the rota"
        runs = self.database.rows(
            "select staff_id, count(*) as runs from duty where to_at is null and undone_at is null"
            " group by staff_id"
        )
        assert all(row["runs"] == 1 for row in runs)
        assert audit.first_broken_line(self.database) is None


TestClassDay = ClassDay.TestCase
TestClassDay.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
