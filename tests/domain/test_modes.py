from app.domain.changes import Changes, Done, Topic
from app.domain.looks import Chip, Tone
from app.domain.modes import CareMode, HalfDay, Tariff


def test_the_words_of_the_trade():
    assert [mode.label for mode in CareMode] == ["全日托", "半日托", "临时托", "计时托"]
    assert [tariff.label for tariff in Tariff] == ["包月", "全日临时托", "半日临时托", "计时托"]
    assert [half.value for half in HalfDay] == ["am", "pm"]


def test_what_stands_where_nothing_is_said():
    done = Done(7)
    assert (done.changes, done.undo) == (Changes(), None)
    assert Changes(frozenset({Topic.VISITS})) != Changes()
    assert Chip("午睡").tone is Tone.PLAIN
