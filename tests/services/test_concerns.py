"""疑似侵害: the director and who wrote it down, and nobody else by any way; additions only."""

import dataclasses
import datetime as dt

import pytest

from app.domain.concerns import ConcernError, NoSuchConcernError
from app.domain.ids import ConcernId
from app.domain.pins import LockedPinError, NoPinError, WrongPinError
from app.domain.staff import Actor, Role
from app.services.bundle import build
from app.services.concerns import ConcernCard, ReportCard
from app.services.exporting import ListKind
from app.services.pins import Second
from app.store import audit, concerns, people
from tests.services.world import DAY, add_child

SECRET = "背上有五处圆形烫痕，问她只说不要回家"


PIN = "5927"


@pytest.fixture
def services(world, monkeypatch):
    monkeypatch.setattr("app.services.pins._COST", {"n": 2, "r": 1, "p": 1, "dklen": 32})
    made = build(world.database, world.clock, world.rng)
    for one in sorted(people.list_staff(world.database, DAY), key=lambda one: one.role is Role.DIRECTOR):
        made.pins.choose(one, PIN)
    world.clock.now += dt.timedelta(seconds=1)  # a PIN of the same second proves nothing
    return made


@pytest.fixture
def card(world):
    return ConcernCard(world.children["张沐阳"], "今天", world.teacher.id, SECRET, "园长保险柜 3 号", "周敏")


@pytest.fixture
def concern(services, world, card):
    return services.health.concerns.note(world.teacher, card).value


def others(world):
    """Everybody of another role, and a colleague of the same one, and a second health worker."""
    return (
        world.desk,
        world.cashier,
        dataclasses.replace(world.teacher, id=world.teacher.id + 3),
        Actor(world.desk.id, "顾红", Role.HEALTH_WORKER),
    )


def told(services, world, actor):
    """Everything that the program lets somebody read, as one text."""
    child = world.children["张沐阳"]
    found = [services.health.concerns.list(actor, PIN)]
    for read in (
        lambda: services.desk.board(actor),
        lambda: services.desk.card(actor, child),
        lambda: services.desk.find(actor, "烫痕"),
        lambda: services.records.rows(actor),
        lambda: services.records.find(actor, "保险柜"),
        lambda: services.records.card(actor, child),
        lambda: services.health.injuries.list(actor),
        lambda: services.health.illness.view(actor),
        lambda: services.health.registers.choices(actor),
        lambda: services.month.summary(actor, "2025-12"),
    ):
        try:
            found.append(read())
        except (AttributeError, TypeError) as error:
            raise AssertionError(str(error)) from error
        except Exception as error:  # noqa: BLE001 - a refusal tells nothing either: it is looked at, too
            found.append(error)
    return repr(found)


def test_who_wrote_it_and_the_director_read_it(services, world, concern):
    for actor in (world.teacher, world.director):
        one = services.health.concerns.list(actor, PIN)[0]
        assert dict(one.lines)["情况"] == SECRET
        assert one.chip.words == "还没报告"
        assert one.concern.id == concern


def test_who_only_chose_a_name_at_the_sign_in_reads_and_adds_nothing(services, world, concern):
    """Anybody can sign in as the director: her PIN says that it is she."""
    verbs = services.health.concerns
    for act in (
        lambda pin: verbs.list(world.director, pin),
        lambda pin: verbs.add_words(world.director, pin, concern, "改写"),
        lambda pin: verbs.report(world.director, pin, concern, ReportCard("110", "今天", "9:00")),
    ):
        for pin in ("", "0001"):
            with pytest.raises(WrongPinError):
                act(pin)
        services.pins.verify(world.director.id, PIN)
    for _ in range(5):
        with pytest.raises(WrongPinError):
            verbs.list(world.director, "4711")
    with pytest.raises(LockedPinError):
        verbs.list(world.director, PIN)
    assert world.database.row("select count(*) as n from concern_addition")["n"] == 0


def test_who_has_no_pin_reads_nothing(services, world, concern):
    services.pins.reset(world.director, PIN, world.teacher.id)
    with pytest.raises(NoPinError):
        services.health.concerns.list(world.teacher, PIN)


@pytest.fixture
def pinless(world, monkeypatch, card):
    """A record that was written while nobody had a PIN."""
    monkeypatch.setattr("app.services.pins._COST", {"n": 2, "r": 1, "p": 1, "dklen": 32})
    made = build(world.database, world.clock, world.rng)
    made.health.concerns.note(world.teacher, card)
    world.clock.now += dt.timedelta(hours=1)
    return made


@pytest.mark.parametrize("who", ["director", "teacher"])
def test_a_first_pin_that_anybody_may_have_chosen_opens_nothing_of_before(world, pinless, card, who):
    actor = getattr(world, who)
    verbs = pinless.health.concerns
    pinless.pins.choose(actor, PIN)
    assert verbs.list(actor, PIN) == ()
    with pytest.raises(NoSuchConcernError):
        verbs.add_words(actor, PIN, ConcernId(1), "看看")
    world.clock.now += dt.timedelta(hours=1)
    pinless.pins.choose(actor, "7043", PIN)  # changing it makes it no older either
    assert verbs.list(actor, "7043") == ()
    verbs.note(world.teacher, dataclasses.replace(card, facts="又看到一处"))
    assert [dict(one.lines)["情况"] for one in verbs.list(actor, "7043")] == ["又看到一处"]
    world.clock.now += dt.timedelta(hours=1)
    pinless.pins.choose(actor, PIN, "7043")
    assert len(verbs.list(actor, PIN)) == 1  # nor younger


def test_who_wrote_it_opens_it_with_the_director_beside_her_and_a_word_of_hers_opens_it_to_the_director(
    world, pinless
):
    pinless.pins.choose(world.director, PIN)
    world.clock.now += dt.timedelta(hours=1)
    pinless.pins.choose(world.teacher, "7043", director=Second(world.director.id, PIN))
    (one,) = pinless.health.concerns.list(world.teacher, "7043")
    assert pinless.health.concerns.list(world.director, PIN) == ()
    pinless.health.concerns.add_words(world.teacher, "7043", one.concern.id, "请园长看")
    assert len(pinless.health.concerns.list(world.director, PIN)) == 1


def test_a_report_keeps_time_channel_and_receipt(services, world, concern):
    report = ReportCard("110", "今天", "9:05", "回执 2025-118", "周敏")
    services.health.concerns.report(world.director, PIN, concern, report)
    one = services.health.concerns.list(world.teacher, PIN)[0]
    assert one.chip.words == "已报告"
    assert one.additions == ("12-03 09:05 向110报告（周敏），回执 回执 2025-118，周敏决定",)
    services.health.concerns.add_words(world.teacher, PIN, concern, "民警 10:30 到园")
    assert "民警" in services.health.concerns.list(world.teacher, PIN)[0].additions[-1]


def test_nobody_else_learns_that_it_exists(services, world, card):
    before = {actor.name: told(services, world, actor) for actor in others(world)}
    services.health.concerns.note(world.teacher, card)
    for actor in others(world):
        assert services.health.concerns.list(actor, PIN) == ()
        assert told(services, world, actor) == before[actor.name]


def test_what_is_not_there_and_what_is_not_for_you_are_refused_alike(services, world, concern):
    for actor in others(world):
        said = set()
        for key in (concern, ConcernId(concern + 77)):
            with pytest.raises(NoSuchConcernError) as refused:
                services.health.concerns.add_words(actor, PIN, key, "看看")
            said.add(refused.value.sentence)
            with pytest.raises(NoSuchConcernError) as refused:
                services.health.concerns.report(actor, PIN, key, ReportCard("110", "今天", "9:00"))
            said.add(refused.value.sentence)
            assert concerns.find_concern(world.database, actor, key) is None
        assert len(said) == 1


def test_the_act_tells_no_other_room_and_offers_no_undo(services, world, card):
    done = services.health.concerns.note(world.teacher, card)
    assert done.undo is None
    assert done.changes.topics == frozenset()
    assert done.changes.children == frozenset()


def test_the_audit_trail_names_nobody_and_nothing(services, world, concern):
    services.health.concerns.add_words(world.teacher, PIN, concern, SECRET)
    lines = world.database.rows(
        "select verb, subject, subject_id, detail from audit order by id desc limit 2"
    )
    assert {tuple(row) for row in lines} == {("note", "restricted", None, "")}
    assert audit.list_lines(world.database, "restricted", concern) == ()
    assert audit.first_broken_line(world.database) is None


def test_no_list_that_goes_out_holds_it(services, world, concern):
    for kind in ListKind:
        when = {ListKind.MONTH: "2025-12", ListKind.TOMORROW: "2025-12-04"}.get(kind, "")
        out = services.exporting.export(world.director, kind, "csv", when).value
        assert SECRET[:6] not in out.data.decode("utf-8")


def test_no_paper_holds_it(services, world, concern):
    papers = services.health.forms
    for table in (
        papers.injury_register(world.director, "2025-12"),
        papers.illness_register(world.director, "2025-12"),
        *(
            papers.register(world.director, one.spec.key, "2025-12")
            for one in services.health.registers.choices(world.director)
        ),
    ):
        assert SECRET[:6] not in repr(table)
    assert not [name for name in dir(papers) if "concern" in name]


def test_nothing_of_it_is_changed_or_deleted_even_by_a_slip_of_the_program(services, world, concern):
    services.health.concerns.add_words(world.teacher, PIN, concern, "补充")
    for statement in (
        "delete from concern",
        "delete from concern_addition",
        "update concern set facts = 'x'",
        "update concern set reporter_id = 1",
        "update concern_addition set words = 'x'",
    ):
        with pytest.raises(Exception, match="never"), world.database.unit(None, "tamper") as unit:
            unit.execute(statement)
    assert not [name for name in dir(services.health.concerns) if name.startswith(("undo", "end", "correct"))]


def test_two_records_of_one_child_may_become_one(services, world, concern):
    with world.database.unit(None, "twin") as unit:
        twin = add_child(unit, world, "张沐扬", dt.date(2023, 6, 1))
    with world.database.unit(None, "move") as unit:
        unit.execute("update concern set child_id = :to", {"to": twin})
        unit.audit("child", twin)
    assert services.health.concerns.list(world.director, PIN)[0].concern.child_name == "张沐扬"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"child": None}, "child"),
        ({"facts": "  "}, "facts"),
        ({"day": "明天"}, "day"),
        ({"observer": 999}, "observer"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(services, world, card, change, field):
    with pytest.raises(ConcernError) as refused:
        services.health.concerns.note(world.teacher, dataclasses.replace(card, **change))
    assert refused.value.field == field


def test_a_report_needs_a_channel_and_a_time_that_was(services, world, concern):
    for card, field in (
        (ReportCard("fax", "今天", "9:00"), "channel"),
        (ReportCard("110", "今天", "什么"), "at"),
        (ReportCard("110", "今天", "9:30"), "at"),
    ):
        with pytest.raises(ConcernError) as refused:
            services.health.concerns.report(world.teacher, PIN, concern, card)
        assert refused.value.field == field
    with pytest.raises(ConcernError):
        services.health.concerns.add_words(world.teacher, PIN, concern, " ")
