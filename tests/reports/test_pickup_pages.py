"""The pick-up report of a long stay: what goes back, who signed, and pages that break where a reader can."""

import dataclasses
import datetime as dt

import pytest

from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import compose
from app.reports import registry
from tests.domain.day import STORY, at
from tests.reports import samples
from tests.reports.reading import Reading


@pytest.fixture
def read(qapp):
    return lambda paper: Reading(registry.draw(paper))


def long_stay():
    """Forty entries, and a teacher's note of nine lines."""
    entries = []
    for hour in range(8, 18):
        entries.append(EntryDraft(EntryKind.WATER, at(hour, 10), amount_ml=80))
        entries.append(EntryDraft(EntryKind.TOILET, at(hour, 20), detail="wet"))
    for hour, slot in ((8, "breakfast"), (10, "morning_snack"), (11, "lunch"), (15, "afternoon_snack")):
        entries.append(
            EntryDraft(
                EntryKind.MEAL, at(hour, 35), detail=slot, grade=4, text="软米饭、番茄牛腩、西兰花、汤"
            )
        )
    entries += [
        EntryDraft(EntryKind.MOOD, at(8 + n, 40), detail=("homesick", "calm", "happy")[n % 3])
        for n in range(8)
    ]
    entries += [
        EntryDraft(EntryKind.ACTIVITY, at(9 + n, 45), detail="eager", text=f"户外活动：第{n}回")
        for n in range(6)
    ]
    note = "今天说了很多新词，指着图画书讲给别的小朋友听。" * 10
    entries.append(EntryDraft(EntryKind.NOTE, at(16, 50), detail="remark", text=note))
    entries.append(EntryDraft(EntryKind.NOTE, at(16, 51), detail="notice", text="明天请带一条长裤。"))
    assert len(entries) == 40
    return compose(dataclasses.replace(STORY, entries=tuple(entries)))


def report(**parts):
    return dataclasses.replace(samples.REPORT, **parts)


def test_a_long_stay_breaks_over_two_pages_and_loses_no_word(read):
    text = long_stay()
    reading = read(report(text=text))
    assert reading.pages == 2
    first, second = reading.text(0), reading.text(1)
    assert "离园交接报告（续）朱予晴" in second
    prose = text.prose.replace(" ", "")
    broken = next(at for at in range(len(prose), 0, -1) if prose[:at] in first)
    assert broken > 60  # some lines of it stand on the first page
    assert prose[broken:] in second
    assert "老师说" in first
    assert "老师说" in second  # the label stands again overleaf
    assert "带班老师" in second
    assert samples.REPORT.seal in reading.codes(203, 1)


@pytest.mark.parametrize("repeats", range(1, 40, 3))
def test_a_part_never_leaves_a_single_line_on_either_page(read, repeats):
    text = dataclasses.replace(samples.NOTE, prose="今天一起看了图画书，说了不少新词。" * repeats)
    activity = "\n".join(f"户外活动“第{n}回”" for n in range(16))
    reading = read(report(text=dataclasses.replace(text, activity=activity)))
    if reading.pages == 1:
        return
    prose = text.prose
    found = [max((at for at in range(len(prose) + 1) if prose[:at] in reading.text(0)), default=0)]
    on_first, overleaf = found[0], len(prose) - found[0]
    a_line = 26  # characters
    assert on_first == 0 or on_first > a_line
    assert overleaf == 0 or overleaf > a_line // 2


def test_what_goes_home_stands_on_the_report(read):
    text = read(report(things=("水杯", "替换衣服一套", "退热药 1 瓶"))).text()
    assert "带回水杯、替换衣服一套、退热药1瓶" in text
    assert "带回" not in read(samples.REPORT).text()


def test_the_familys_signature_is_printed_where_she_would_have_signed(read):
    signed = report(family="奶奶 王秀兰", family_at=at(14, 2), family_png=samples.png(), signed_at=at(13, 50))
    reading = read(signed)
    assert "奶奶王秀兰14:02签字" in reading.text()
    bare = read(dataclasses.replace(signed, family_png=samples.png(b"\xff")))
    dark, light = (ink_of(one.picture(144)) for one in (reading, bare))
    assert dark > light + 100
    assert registry.draw(signed) == registry.draw(dataclasses.replace(signed))


def ink_of(image):
    """Dark pixels of the part of the sheet where the family signs."""
    wide, high = image.width(), image.height()
    return sum(
        image.pixelColor(x, y).lightness() < 120
        for x in range(wide // 5, wide // 2)
        for y in range(high * 7 // 10, high * 95 // 100)
    )


def test_a_signature_on_paper_is_told_and_leaves_the_line_free(read):
    text = read(report(family="妈妈 赵敏", family_at=at(14, 2))).text()
    assert "妈妈赵敏14:02纸上已签" in text


def test_the_time_of_the_familys_signature_does_not_stand_for_the_teachers(read):
    unsigned = report(
        signed_at=None, family="奶奶", family_at=dt.datetime(2025, 12, 3, 14, 2, tzinfo=samples.ZONE)
    )
    assert "14:02签字" not in read(report()).text()
    assert "14:02" in read(unsigned).text()
