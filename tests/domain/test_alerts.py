"""What a family must not go home without: told by its own sentence, its hour and what asks for a doctor."""

import dataclasses

import pytest

from app.domain.alerts import Alert, alerts
from app.domain.dayfacts import CheckFact
from app.domain.logbook import EntryDraft, EntryKind, NoteKind
from app.domain.prose import NoteText
from app.store import tables
from tests.domain.rare_days import QUIET, RARE, day_with, food, stool


def alerts_of(*entries, **changes):
    return alerts(day_with(*entries, urgent=tables.urgent(), **changes))


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("1:30 体温 38.0℃。", True),
        ("1:30体温38.0℃。", True),  # the air between may be left out
        ("下午 1:30 体温 38.0℃。", True),
        ("11:30 体温 38.0℃。", False),  # of another hour
        ("11:30 体温 38.0℃，1:30 体温 38.0℃。", True),
        ("体温 38.0℃。", False),
    ],
)
def test_a_fact_stands_by_its_own_sentence_and_hour(text, stands):
    one = Alert("1:30 体温 38.0℃", "体温 38.0℃", ("1:30 体温 38.0",))
    assert one.stands(NoteText(prose=text)) is stands


def note_of(text, kind=NoteKind.REMARK):
    return EntryDraft(EntryKind.NOTE, QUIET.arrived.replace(hour=9), detail=kind, text=text)


@pytest.mark.parametrize(
    ("text", "grave", "ill"),
    [("抽搐了两分钟", True, True), ("流鼻涕", False, True), ("嘴唇发青", True, True)],
)
def test_words_that_ask_for_a_doctor_are_grave(text, grave, ill):
    (one,) = alerts_of(note_of(text))
    assert (one.grave, one.ill) == (grave, ill)
    (one,) = alerts_of(note_of(text, NoteKind.NOTICE))
    assert (one.grave, one.ill) == (grave, ill)


def test_what_only_is_to_be_heeded_is_hers_to_put_differently():
    (one,) = alerts_of(note_of("明天带雨鞋", NoteKind.NOTICE))
    assert (one.words, one.grave, one.ill) == ("明天带雨鞋", False, False)


def check(hour, note, outcome="abnormal"):
    return CheckFact("day", QUIET.arrived.replace(hour=hour), 365, outcome, note)


def test_of_two_findings_of_one_kind_the_name_of_the_check_tells_neither():
    text = NoteText(prose="全日观察异常。")
    (alone,) = alerts_of(checks=(check(10, "流涕"),))
    assert alone.told(text)
    for one in alerts_of(checks=(check(10, "流涕"), check(15, "咳嗽"))):
        assert not one.told(text)
    both = NoteText(prose="全日观察：流涕，后来咳嗽。")
    assert all(one.told(both) for one in alerts_of(checks=(check(10, "流涕"), check(15, "咳嗽"))))


def test_of_two_alike_each_is_told_by_its_hour():
    first, second = (
        dataclasses.replace(stool("loose"), at=QUIET.arrived.replace(hour=hour)) for hour in (9, 11)
    )
    one, other = alerts_of(first, second)
    nine = NoteText(prose="9:00 有一次稀便。")
    assert one.stands(nine)
    assert not other.stands(nine)


@pytest.mark.parametrize(("tenths", "told"), [(380, True), (381, False)])
def test_a_fever_is_told_in_whole_degrees_only_where_it_was_whole(tenths, told):
    (one,) = alerts_of(EntryDraft(EntryKind.TEMPERATURE, QUIET.arrived.replace(hour=9), tenths=tenths))
    assert one.told(NoteText(prose="中午烧到38度。")) is told


def test_every_rare_day_that_is_not_well_has_its_alert():
    """What was served and borne, played or felt is none."""
    none = {one.kind for day in RARE for one in day.entries if not alerts(day)}
    some = {one.kind for day in RARE for one in day.entries if alerts(day)}
    assert some == {
        EntryKind.FOOD, EntryKind.TOILET, EntryKind.SLEEP_CHECK, EntryKind.NOTE, EntryKind.TEMPERATURE,
    }  # fmt: skip
    assert none >= {EntryKind.MEAL, EntryKind.MOOD, EntryKind.ACTIVITY, EntryKind.WASHING, EntryKind.OUTDOOR}
    assert alerts(day_with(food())) == ()
