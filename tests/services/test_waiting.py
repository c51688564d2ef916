"""需要您处理: what the rooms say themselves, gathered, each with the room where it is done."""

import datetime as dt

import pytest

from app.domain.looks import Tone
from app.domain.staff import Actor, NotPermittedError, Role
from app.services.health_counts import count
from app.services.record_papers import RecordPapers


def waiting(services, actors, role=Role.DIRECTOR):
    return services.desk.waiting(actors[role])


def of(found, about):
    return [one for one in found if one.about.words == about]


def test_every_alert_of_the_status_line_waits_for_the_director_once(services, actors, clock):
    director = actors[Role.DIRECTOR]
    services.desk.board(director)  # the first board of a start leaves the slow ones out
    alerts = services.desk.board(director).alerts
    told = [one.words for one in waiting(services, actors)]
    assert alerts
    for chip in alerts:
        assert told.count(chip.words) == (chip.tone in {Tone.BAD, Tone.WARN})


def test_the_numbers_are_those_of_the_rooms(services, actors, database, clock):
    director = actors[Role.DIRECTOR]
    found = waiting(services, actors)
    counts = count(database, clock, director)
    assert counts.illness, "nothing that was told of an illness waits in the practice centre"
    for about, number, page in (
        ("病例", counts.illness, "illness"),
        ("伤害", counts.injuries, "injuries"),
        ("登记", counts.registers, "registers"),
        ("体检", counts.doctor, "doctor"),
    ):
        lines = of(found, about)
        assert len(lines) == bool(number)
        for one in lines:
            assert (one.room, one.page) == ("health", page)
            assert f"{number} " in one.words
    ends = RecordPapers(database, clock).expiring(director)
    (papers,) = of(found, "证件")
    assert papers.words.startswith(f"{len(ends)} 份")
    assert ends[0].name in papers.words


def test_carers_that_are_lacking_are_sent_to_the_class_where_somebody_is_put_there(services, actors):
    services.desk.board(actors[Role.DIRECTOR])
    services.desk.board(actors[Role.DIRECTOR])
    (line,) = (one for one in waiting(services, actors) if "保育人员" in one.words)
    assert (line.about.words, line.room) == ("在园", "classroom")


def test_the_gravest_stands_first(services, actors):
    tones = [one.about.tone is Tone.BAD for one in waiting(services, actors)]
    assert tones == sorted(tones, reverse=True)


def test_a_child_who_was_not_signed_out_waits_at_the_desk(services, actors, clock):
    clock.moment += dt.timedelta(days=1)
    lines = of(waiting(services, actors), "在园")
    assert any("前一天没有办离园" in one.words and one.room == "desk" for one in lines)


def test_who_may_not_see_the_month_has_no_such_list_and_a_cashier_hears_of_no_papers(services, actors):
    with pytest.raises(NotPermittedError):
        waiting(services, actors, Role.TEACHER)
    found = services.desk.waiting(Actor(actors[Role.DIRECTOR].id, "出纳", Role.CASHIER))
    assert not any(of(found, about) for about in ("伤害", "登记", "体检", "证件"))
