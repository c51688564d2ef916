"""Illness: what a text names, when she may come back, clusters and observation."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import CaseId, ChildId, ClassId, VisitId
from app.domain.illness import (
    LONGEST_PAST,
    Disease,
    Heat,
    IllnessError,
    Sick,
    check_days,
    day_words,
    earliest_day,
    find_clusters,
    find_observations,
    heat_refusal,
    named,
    paper_counts,
)

DAY = dt.date(2025, 12, 3)


def disease(code="hfmd", *, days=0, least=14, observe=14, cases=2, window=7, scope="class", fever=False):
    return Disease(
        code, "手足口病", "手足口病", ("手足口",) if not fever else ("发热",), "crust",
        "疱疹全部结痂", days, least,
        observe, cases, window, scope, "复课证明", "", fever,
    )  # fmt: skip


def sick(child, onset, place=1, last=None, code="hfmd"):
    return Sick(CaseId(child), ChildId(child), code, onset, ClassId(place), f"班{place}", last or onset)


KNOWN = {
    "hfmd": ("手足口",),
    "influenza": ("流感", "流行性感冒"),
    "varicella": ("水痘",),
    "fever": ("发热", "发烧"),
}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("不是手足口病，医院诊断湿疹", None),
        ("医院说不是手足口病", None),
        ("排除流感", None),
        ("咳嗽 排除 流感", None),
        ("流感、手足口病都排除了", None),
        ("排除流感和手足口病", None),
        ("没有流感、手足口病", None),
        ("流感抗原阴性", None),
        ("怀疑流感，医院排除了", None),
        ("手足口疫苗接种后不适", None),
        ("打了手足口病疫苗", None),
        ("水痘疫苗反应", None),
        ("接种水痘", None),
        ("没有水痘，身上起疹", None),
        ("排除流感，发热两天", "fever"),
        ("流感疫苗后发热", "fever"),
        ("不是湿疹，是手足口病", "hfmd"),
        ("不是湿疹是手足口病", "hfmd"),
        ("不是手足口病，是水痘", "varicella"),
        ("没有发热，手足口病", "hfmd"),
        ("没来园 手足口病", "hfmd"),
        ("疑似手足口病", "hfmd"),
        ("不排除手足口病", "hfmd"),
        ("手足口病不能排除", "hfmd"),
        ("流感，没打疫苗", "influenza"),
        ("没打疫苗得了流感", "influenza"),
        ("手足口病，居家", "hfmd"),
    ],
)
def test_what_is_denied_or_only_its_vaccine_is_no_illness(told, code):
    table = [
        dataclasses.replace(disease(one), words=words, fever=one == "fever") for one, words in KNOWN.items()
    ]
    found = named(told, table, claimed=True)
    assert (found and found.code) == code
    assert named(told, table) is not None  # somebody still has to look at the words


def test_a_named_illness_goes_before_the_fever_that_comes_with_it():
    table = (disease("fever", fever=True), disease())
    assert named("发热，医生说是手足口病", table).code == "hfmd"
    assert named("发热两天", table).code == "fever"
    assert named("体温38.5", table).code == "fever", "told by a thermometer"
    assert named("回老家", table) is None


@given(st.dates(), st.integers(0, 60), st.integers(0, 60), st.integers(0, 30))
def test_she_never_comes_before_either_count_is_over(onset, days, least, later):
    onset = min(onset, dt.date(9000, 1, 1))
    rule = disease(days=days, least=least)
    basis = onset + dt.timedelta(days=later)
    for known in (None, basis):
        day = earliest_day(rule, onset, known)
        assert (day - onset).days >= least
        assert (day - (known or onset)).days >= days
    assert earliest_day(rule, onset, None) <= earliest_day(rule, onset, basis)


def test_the_words_say_how_it_is_counted():
    assert disease().until_words() == "疱疹全部结痂，且发病满 14 天"
    assert disease(days=2, least=0).until_words() == "疱疹全部结痂后 2 天"
    assert day_words(DAY) == "12月3日"
    assert disease().infectious
    assert not disease(fever=True).infectious


@pytest.mark.parametrize(
    ("basis", "basis_on", "seen", "counts"),
    [
        ("crust", None, 0, False),  # a paper of the first day cannot say when the last crust was
        ("crust", None, 13, False),
        ("crust", None, 14, True),
        ("crust", 10, 0, True),
        ("onset", None, 0, True),
    ],
)
def test_a_paper_counts_once_the_day_is_known_or_she_could_be_back(basis, basis_on, seen, counts):
    rule = dataclasses.replace(disease(least=14), basis=basis)
    known = None if basis_on is None else DAY + dt.timedelta(days=basis_on)
    assert paper_counts(rule, DAY, known, DAY + dt.timedelta(days=seen)) is counts


@pytest.mark.parametrize(
    ("past", "visit", "words"),
    [
        (0, None, "12月3日 08:12 入园时体温 38.2℃，没有收下，最早 12月6日可以来"),
        (1, VisitId(1), "昨天 08:12 体温 38.2℃，最早 12月6日可以来"),
        (2, VisitId(1), "12月3日 08:12 体温 38.2℃。请量体温、问清什么时候退的热"),
    ],
)
def test_a_fever_without_a_case_keeps_her_at_home_for_its_days(past, visit, words):
    """Two days, and open on no Friday: from the day itself on she is measured and asked."""
    at = dt.datetime.combine(DAY, dt.time(8, 12))
    told = heat_refusal(
        Heat(at, 382, visit, at), disease(days=2, least=0, fever=True), DAY, DAY + dt.timedelta(days=past),
        lambda day: day + dt.timedelta(days=day.weekday() == 4),
    )  # fmt: skip
    assert told.startswith(words)
    assert "要看复课证明" in told


def test_days_that_cannot_be_are_refused():
    check_days(DAY - dt.timedelta(days=LONGEST_PAST), DAY, ())
    for onset, later in (
        (DAY + dt.timedelta(days=1), ()),
        (DAY - dt.timedelta(days=LONGEST_PAST + 1), ()),
        (DAY, ((DAY - dt.timedelta(days=1), "诊断日期", "diagnosed"),)),
        (DAY, ((DAY + dt.timedelta(days=1), "诊断日期", "diagnosed"),)),
    ):
        with pytest.raises(IllnessError):
            check_days(onset, DAY, later)
    check_days(DAY, DAY, ((None, "诊断日期", "diagnosed"), (DAY, "离园日期", "left")))


def always(one):
    return lambda _day: {one.code: one}


def changed(before, after, since):
    return lambda day: {before.code: before if day < since else after}


def test_a_cluster_is_counted_in_its_window_and_its_scope():
    week = DAY - dt.timedelta(days=6)
    two, book = (sick(1, DAY), sick(2, week)), always(disease())
    assert [one.words for one in find_clusters(two, book, DAY)] == ["班1班 手足口病 7 天内 2 例"]
    assert find_clusters((sick(1, DAY), sick(1, week)), book, DAY) == ()  # one child
    assert find_clusters((sick(1, DAY), sick(2, DAY, place=2)), book, DAY) == ()
    later = [DAY + dt.timedelta(days=past) for past in (6, 7)]
    assert [len(find_clusters(two, book, day)) for day in later] == [1, 0], "as long as the last counts"
    apart = (sick(1, DAY), sick(2, week - dt.timedelta(days=1)))
    assert find_clusters(apart, book, DAY) == ()
    assert find_clusters(two, book, week) == (), "nobody knew of the second one then"
    both = (sick(1, DAY), sick(2, DAY, place=2))
    assert find_clusters(both, always(disease(scope="centre")), DAY)[0].where == "全园"
    (found,) = find_clusters([dataclasses.replace(one, class_name="海豚班") for one in two], book, DAY)
    assert (found.first, found.last, found.where) == (week, DAY, "海豚班")


def test_a_cluster_is_told_as_long_as_its_last_case_counts_for_another():
    fortnight = always(disease(window=14))
    two = (sick(1, DAY - dt.timedelta(days=13)), sick(2, DAY))
    told = [len(find_clusters(two, fortnight, DAY + dt.timedelta(days=past))) for past in (0, 13, 14)]
    assert told == [1, 1, 0]


def test_an_illness_that_stood_in_no_table_then_makes_no_cluster():
    since = DAY + dt.timedelta(days=1)
    two = (sick(1, DAY), sick(2, DAY))
    assert find_clusters(two, lambda day: {} if day < since else {"hfmd": disease()}, since) == ()


@pytest.mark.parametrize("window", [7, 2])
def test_a_cluster_that_is_written_down_late_is_told_for_a_week(window):
    """Two children of the holidays: both are entered after them, by asking why they are away."""
    first = DAY - dt.timedelta(days=13)
    two = [
        dataclasses.replace(sick(child, day), noted=DAY)
        for child, day in ((1, first), (2, first + dt.timedelta(days=window - 1)))
    ]
    book = always(disease(window=window))
    told = [len(find_clusters(two, book, DAY + dt.timedelta(days=past))) for past in (0, 6, 7)]
    assert told == [1, 1, 0]
    at_once = dataclasses.replace(two[0], noted=first)  # only the last of them is written down late
    assert [len(find_clusters((at_once, two[1]), book, DAY + dt.timedelta(days=n))) for n in (6, 7)] == [1, 0]


def test_a_cluster_is_judged_by_the_numbers_of_its_last_case():
    two = (sick(1, DAY), sick(2, DAY - dt.timedelta(days=2)))
    tomorrow = DAY + dt.timedelta(days=1)
    stricter, laxer = (
        changed(disease(cases=3), disease(), tomorrow),
        changed(disease(), disease(cases=3), tomorrow),
    )
    assert find_clusters(two, stricter, tomorrow) == ()
    assert [one.count for one in find_clusters(two, laxer, tomorrow)] == [2]
    third = (*two, sick(3, tomorrow))
    assert [one.count for one in find_clusters(third, stricter, tomorrow)] == [3]
    wider = changed(disease(), disease(scope="centre"), tomorrow)
    assert [one.where for one in find_clusters(two, wider, tomorrow)] == ["班1班"]
    assert [one.where for one in find_clusters((*two, sick(3, tomorrow, place=2)), wider, tomorrow)] == [
        "班1班",
        "全园",
    ]


def test_observation_runs_from_the_last_day_of_the_last_case():
    before = DAY - dt.timedelta(days=10)
    found = find_observations((sick(1, before), sick(2, DAY, last=DAY)), always(disease()), DAY)
    assert [(one.class_name, one.until) for one in found] == [("班1", DAY + dt.timedelta(days=14))]
    assert find_observations((sick(1, before),), always(disease(observe=9)), DAY) == ()
    end = DAY + dt.timedelta(days=14)
    for today, count in ((end, 1), (end + dt.timedelta(days=1), 0)):
        assert len(find_observations((sick(2, DAY),), always(disease()), today)) == count


def test_no_class_is_observed_for_what_asks_for_no_days_or_was_in_no_class():
    assert len(find_observations((sick(1, DAY),), always(disease(observe=1)), DAY)) == 1
    assert find_observations((sick(1, DAY),), always(disease(observe=0)), DAY) == ()
    assert find_observations((sick(1, DAY, code="other"),), always(disease()), DAY) == ()
    homeless = dataclasses.replace(sick(1, DAY), class_id=None, class_name="")
    assert find_observations((homeless,), always(disease()), DAY) == ()


def test_observation_lasts_as_long_as_was_set_when_she_fell_ill():
    since, week = DAY - dt.timedelta(days=3), DAY - dt.timedelta(days=7)
    shorter = changed(disease(), disease(observe=2), since)
    (one,) = find_observations((sick(1, week),), shorter, DAY)
    assert (one.until, one.disease.observe) == (week + dt.timedelta(days=14), 14)
    both = (sick(1, week), sick(2, DAY))  # the later case would end sooner: the earlier one still holds
    assert [one.until for one in find_observations(both, shorter, DAY)] == [week + dt.timedelta(days=14)]
    assert find_observations((sick(2, DAY),), shorter, DAY + dt.timedelta(days=3)) == ()
