import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.visits import (
    AbsentTodayError,
    AlreadyCheckedInError,
    AlreadyLeftError,
    BarredFromCollectingError,
    ClockSetBackError,
    Collector,
    FeverError,
    MinorCollectorError,
    NotAllowedToCollectError,
    NotCheckedInError,
    PromiseError,
    UnfitError,
    check_arrival,
    check_collector,
    check_fit,
    check_inside,
    check_no_fever,
    check_promise,
    check_promised,
    end_of_run,
    goes_into,
    overdue_minutes,
    read_clock,
    set_back_words,
    years_between,
)

TZ = dt.timezone(dt.timedelta(hours=8))
DAY = dt.date(2025, 12, 3)
CLOSES = 18 * 60
GRANDMA = Collector("王秀兰", "奶奶", may_collect=True)


def at(hour, minute=0, second=0):
    return dt.datetime(2025, 12, 3, hour, minute, second, tzinfo=TZ)


def test_a_child_may_come_in_once_and_again_after_leaving():
    check_arrival("朱予晴")
    check_arrival("朱予晴", arrived_at=at(9, 12), left_at=at(11))
    with pytest.raises(AlreadyCheckedInError, match="9:12 已经入园"):
        check_arrival("朱予晴", arrived_at=at(9, 12))


@pytest.mark.parametrize(
    ("came", "left", "into"),
    [
        (at(9), at(14), False),
        (at(9), at(14, 30), False),
        (at(9), at(14, 31), True),
        (at(15), at(16), True),
        (at(9), None, True),
        (at(17), at(18), False),
        (at(17), None, False),
    ],
)
def test_a_guest_goes_into_her_own_hours_half_an_hour_after_they_have_begun(came, left, into):
    assert goes_into(came, left, at(14), at(17)) is into


def test_a_child_comes_in_again_not_before_she_left():
    """After a clock that was set back one hour would be two stays, and paid twice."""
    again = {"arrived_at": at(9, 12), "left_at": at(11)}
    check_arrival("朱予晴", **again, now=at(11))
    with pytest.raises(ClockSetBackError, match=r"10:59 早于朱予晴上次离园的 11:00.*先撤销离园"):
        check_arrival("朱予晴", **again, now=at(10, 59))
    check_arrival("朱予晴", now=at(8))


def test_a_noted_absence_has_to_be_taken_back_first():
    with pytest.raises(AbsentTodayError, match=r"登记了病假.*先撤销缺勤"):
        check_arrival("朱予晴", absence="病假")


def test_a_clock_set_back_to_another_day_is_told_with_the_days():
    words = set_back_words(at(14, 12), at(9, 12) + dt.timedelta(days=1), "入园时间", "再办离园")
    assert words == "电脑时间 12月3日 14:12 早于入园时间 12月4日 9:12。请先校正电脑的时间，再办离园。"
    assert set_back_words(at(8), at(9, 12), "入园时间", "再办离园").startswith(
        "电脑时间 8:00 早于入园时间 9:12"
    )


def test_only_a_child_inside_can_be_logged_or_handed_back():
    check_inside("朱予晴", at(9, 12), None)
    with pytest.raises(NotCheckedInError, match="还没有入园"):
        check_inside("朱予晴", None, None)
    with pytest.raises(AlreadyLeftError, match="14:02 已经离园"):
        check_inside("朱予晴", at(9, 12), at(14, 2))


def test_who_is_on_the_list_takes_the_child():
    check_collector("朱予晴", GRANDMA, DAY)
    check_collector("朱予晴", Collector("李阿姨", "邻居", may_collect=True, only_day=DAY, age=18), DAY)


@pytest.mark.parametrize(
    ("collector", "error", "says"),
    [
        (Collector("张三", "", may_collect=False), NotAllowedToCollectError, "张三今天不在朱予晴的接送名单"),
        (
            Collector("李阿姨", "邻居", may_collect=True, only_day=dt.date(2025, 12, 2)),
            NotAllowedToCollectError,
            "登记授权",
        ),
        (Collector("小哥哥", "哥哥", may_collect=True, age=17), MinorCollectorError, "未满 18 周岁"),
        (Collector("某人", "父亲", may_collect=True, barred=True), BarredFromCollectingError, "禁止接走"),
        (
            Collector("某人", "父亲", may_collect=False, barred=True, age=10),
            BarredFromCollectingError,
            "园长",
        ),
    ],
)
def test_nobody_else_does(collector, error, says):
    with pytest.raises(error) as caught:
        check_collector("朱予晴", collector, DAY)
    assert says in caught.value.sentence


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("14:00", "14:00"),
        ("1400", "14:00"),
        ("14", "14:00"),
        ("2点半", "14:30"),
        ("下午3点一刻", "15:15"),
        ("14点30分", "14:30"),
        ("２：３０", "14:30"),
        ("14.30", "14:30"),
        ("930", "09:30"),
        ("上午9点", "09:00"),
        ("中午12点", "12:00"),
        ("02:00", "02:00"),
        ("5点整", "17:00"),
        ("0", "00:00"),
        ("下午两点", "14:00"),
        ("十四点", "14:00"),
        ("两点半", "14:30"),
        ("三点一刻", "15:15"),
        ("十点三刻", "10:45"),
        ("上午九点零五", "09:05"),
        ("十五点二十五分", "15:25"),
        ("零点半", "00:30"),
        ("上午九点〇五", "09:05"),
        # Before seven means the afternoon, unless 上午 or a leading zero says otherwise.
        ("6:59", "18:59"),
        ("7:00", "07:00"),
        ("06:59", "06:59"),
        ("上午6:59", "06:59"),
        ("下午7点", "19:00"),
        ("下午11点", "23:00"),
        ("23:59", "23:59"),
    ],
)
def test_clock_times_as_people_type_them(text, time):
    assert read_clock(text) == dt.time.fromisoformat(time)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "24:00",
        "14:60",
        "99999",
        "整",
        "点半",
        "14:00:00",
        "-3",
        "14半",
        "十十点",
        "二百点",
        "三十点",
        "十一一点",
        "一一十点",
        "十" * 40,
    ],
)
def test_what_is_no_clock_time_is_none(text):
    assert read_clock(text) is None


@given(st.times())
def test_every_time_written_in_full_is_read_back(time):
    whole = time.replace(second=0, microsecond=0)
    assert read_clock(f"{whole:%H:%M}") == whole
    assert read_clock(f"{whole:%H%M}") == whole


def test_a_promise_is_an_instant_of_today():
    assert check_promise("14:00", at(9, 10, 33), CLOSES) == at(14)
    assert check_promise("18:00", at(9, 10), CLOSES) == at(18)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "请填说好几点接"),
        ("午后", "看不懂“午后”"),
        ("x" * 10_000, "看不懂"),
        ("9:00", "已经过去（现在 9:10）"),
        ("9:10", "已经过去"),
        ("18:01", "18:00 关门"),
        ("23", "关门"),
    ],
)
def test_promises_that_cannot_be_kept_are_refused_with_a_sentence(text, says):
    with pytest.raises(PromiseError) as caught:
        check_promise(text, at(9, 10), CLOSES)
    assert says in caught.value.sentence
    assert caught.value.field == "promised"
    assert len(caught.value.sentence) < 60


def test_nobody_is_promised_for_another_day():
    tomorrow = at(10) + dt.timedelta(days=1)
    with pytest.raises(PromiseError, match="只能约今天接"):
        check_promised(tomorrow, at(9, 10), CLOSES)
    with pytest.raises(PromiseError, match="已经过去"):
        check_promised(tomorrow - dt.timedelta(days=2), at(9, 10), CLOSES)


@pytest.mark.parametrize(
    ("now", "minutes"),
    [(at(13, 29), 0), (at(13, 30), 0), (at(14, 0, 59), 0), (at(14, 22), 22)],
)
def test_overdue_counts_whole_minutes(now, minutes):
    assert overdue_minutes(at(14), now) == minutes


def test_nothing_promised_is_never_overdue():
    assert overdue_minutes(None, at(20)) == 0


@pytest.mark.parametrize(("outcome", "tenths"), [("normal", 365), ("recheck", None), ("normal", 372)])
def test_a_child_who_is_well_passes(outcome, tenths):
    check_fit("朱予晴", outcome, tenths)


def test_an_abnormal_finding_passes_by_the_director_with_a_reason_only():
    for director, reason in ((False, "医生证明"), (True, "  "), (False, "")):
        with pytest.raises(UnfitError, match="晨检异常"):
            check_fit("朱予晴", "abnormal", 365, director=director, reason=reason)
    check_fit("朱予晴", "abnormal", 365, director=True, reason="医生证明")
    with pytest.raises(FeverError):
        check_fit("朱予晴", "abnormal", 385, director=True, reason="医生证明")


@pytest.mark.parametrize("tenths", [0, 36, 339, 426, 2000])
def test_a_temperature_no_thermometer_shows_is_refused(tenths):
    with pytest.raises(FeverError, match="34 到"):
        check_fit("朱予晴", "normal", tenths, line=3000)


@pytest.mark.parametrize("tenths", [340, 425])
def test_the_coldest_and_the_hottest_it_shows_are_temperatures(tenths):
    check_fit("朱予晴", "normal", tenths, line=3000)


def test_an_outcome_nobody_knows_is_refused():
    with pytest.raises(UnfitError, match="请选择"):
        check_fit("朱予晴", "zzz", None)


@pytest.mark.parametrize("relation", ["哥哥", "姐姐", "表哥", "堂姐", "同学", "外甥", "侄女", "大学生"])
def test_a_relation_that_is_often_a_minors_asks_for_the_identity_card(relation):
    wish = Collector("王小虎", relation, may_collect=True)
    with pytest.raises(MinorCollectorError, match="身份证"):
        check_collector("朱予晴", wish, at(14).date())
    check_collector("朱予晴", dataclasses.replace(wish, identity_seen=True), at(14).date())
    check_collector("朱予晴", dataclasses.replace(wish, age=18), at(14).date())
    with pytest.raises(MinorCollectorError, match="未满"):
        check_collector("朱予晴", dataclasses.replace(wish, age=17, identity_seen=True), at(14).date())


@pytest.mark.parametrize("relation", ["邻居小孩", "高中生", "15岁邻居", "未成年邻居", "高二", "17", "少年"])
def test_who_is_said_to_be_a_minor_is_not_let_by_a_card_alone(relation):
    wish = Collector("王小虎", relation, may_collect=True, identity_seen=True)
    with pytest.raises(MinorCollectorError, match=r"未成年人.*出生日期"):
        check_collector("朱予晴", wish, DAY)
    check_collector("朱予晴", dataclasses.replace(wish, age=18), DAY)


@pytest.mark.parametrize("relation", ["奶奶", "妈妈", "外公", "邻居", "阿姨", ""])
def test_other_relations_do_not(relation):
    check_collector("朱予晴", Collector("王丽", relation, may_collect=True), DAY)


def test_digits_of_other_scripts_are_no_clock():
    assert read_clock("٣٣٣") is None


def test_years_are_full_on_the_birthday():
    born = dt.date(2008, 2, 29)
    assert years_between(born, dt.date(2026, 2, 28)) == 17
    assert years_between(born, dt.date(2026, 3, 1)) == 18
    born = dt.date(2007, 12, 3)
    assert [years_between(born, dt.date(2025, 12, day)) for day in (2, 3)] == [17, 18]


def test_a_fever_stays_at_the_door():
    check_no_fever("朱予晴", None)
    check_no_fever("朱予晴", 372)
    with pytest.raises(FeverError, match=r"体温 37\.3℃"):
        check_no_fever("朱予晴", 373)
    check_no_fever("朱予晴", 374, line=375)


def test_hours_that_meet_go_on_until_the_last_of_them_is_over():
    hours = [(660, 780), (540, 660), (780, 840), (900, 960)]
    assert [end_of_run(hours, until) for until in (660, 840, 960, 870)] == [840, 840, 960, 870]
