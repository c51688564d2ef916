"""The minutes of a group outside, by the clock on the wall."""

import datetime as dt

from app.domain.ids import ChildId, WalkId
from app.services.walk_minutes import Minutes, walked
from app.store.walks import Walk

OUT = dt.datetime(2025, 12, 3, 10, 10, 40, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_seconds_are_no_minutes():
    walk = Walk(WalkId(1), OUT.date(), "公园", OUT, "许静", None, "", ())
    draft = walked(walk, OUT.replace(minute=52, second=5))
    assert (f"{draft.at:%H:%M:%S}", f"{draft.until:%H:%M:%S}") == ("10:10:00", "10:52:00")


def test_what_was_logged_and_what_was_not_is_said():
    assert Minutes(0).words == ""
    assert Minutes(42, (ChildId(1), ChildId(2))).words == "户外 42 分钟 2 人"
    assert Minutes(42, (), ("夏小舟",)).words == "户外未记 夏小舟（和已有的记录冲突）"
