"""A child bites another, in the real window, by keys: the form (表9), a second hand, no name given away."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.names import given_name
from app.practice import DESK_MOMENT
from app.ui.health.body_map import SHAPES
from app.ui.health.injury_sheets import InjurySheet, TellingSheet, WordsSheet
from app.ui.health.signing import SigningSheet
from tests.ui.stage import DIRECTOR, PIN, TEACHER

HOME = DESK_MOMENT.replace(hour=17, minute=20)
# Children of 抱抱龙 with a surname and a given name of two, who stay into the evening.
BOTH = (
    "select c.name, v.id, c.id from visit v join child c on c.id = v.child_id"
    " join class_group g on g.id = v.class_id"
    " where v.day = '2025-12-03' and v.left_at is null and v.tariff = 'contract' and g.name = '抱抱龙'"
    " and length(c.name) = 3 and not exists (select 1 from medicine_request q where q.visit_id = v.id)"
    " order by c.id limit 2"
)
FORM = (
    "select kind, subtype, other_id, place, activity, company, handling, aid, regions, minute from injury"
    " where child_id = ? and ended_at is null"
)
ADDED = (
    "select a.kind, a.whom, a.how, substr(a.told_at, 12, 5), a.words, s.name from injury_addition a"
    " join injury i on i.id = a.injury_id join staff s on s.id = a.added_by"
    " where i.child_id = ? order by a.id"
)


def injuries_page(one):
    one.press("Alt+5", "Ctrl+4")
    return one.application.window.room("health").page


def tap(one, body, region):
    """A finger on the body map."""
    unit, left, top = body._frame()
    at = SHAPES[region].center()
    place = QPoint(round(left + at.x() * unit), round(top + at.y() * unit))
    QTest.mouseClick(body, Qt.MouseButton.LeftButton, pos=place)
    one.settle()


def story_of(bitten, biter):
    return f"13:40 抢小汽车，{biter}咬了{bitten}左前臂一口，有牙印没破皮。{given_name(biter)}当场道歉。"


def note_bite(one, bitten, biter):
    """F2 and the whole form, up to the key that keeps it."""
    one.press("F2")
    assert one.up(InjurySheet) is not None
    one.fill(bitten)
    one.walk("injury.at")
    one.write("13:40")
    one.walk("injury.kind")
    one.choose("12")
    one.press("Ctrl+Return")
    assert "请选细类：咬伤" in one.said("injury.message")
    assert one.rows(FORM, 0) == []
    one.walk("injury.subtype")
    one.choose("小朋友咬伤")
    one.walk("injury.other")
    one.fill(biter)
    one.walk("injury.region")
    tap(one, one.seen("injury.region"), "front.left_forearm")
    assert one.up(InjurySheet).body.words() == "左前臂"
    one.walk("injury.aid")
    one.choose("清水冲洗", "冷敷")
    one.walk("injury.story")
    one.write(story_of(bitten, biter))


def tell(one):
    """F4: who was told, when, and what she said. Returns who: the first of those who may hear of it."""
    one.press("F4", "Ctrl+Return")
    assert "请写告诉了谁" in one.said("telling.message")
    sheet = one.up(TellingSheet)
    one.focus(sheet.stops["adult"])
    one.press("1")
    whom = sheet.whom.text()
    one.walk("telling.told_at")
    one.write("13:50")
    one.walk("telling.words")
    one.write("知道了，回家再看看")
    one.kept(TellingSheet)
    return whom


def sign(one, pin=PIN[DIRECTOR]):
    one.press("F6")
    sheet = one.up(SigningSheet)
    assert TEACHER not in [each.actor.name for each in sheet.second._holders.values()]
    one.choose(DIRECTOR, go_on=False)
    one.write(pin)
    one.press("Ctrl+Return")


def opened_with(opened):
    """The page 伤害, with who was bitten, who bit, and the class's teacher signed in."""
    one = opened(DESK_MOMENT)
    one.sign_in(TEACHER)
    bitten, biter = one.rows(BOTH)
    injuries_page(one)
    return one, bitten, biter


def noted(opened):
    """The same with the bite noted."""
    one, bitten, biter = opened_with(opened)
    note_bite(one, bitten[0], biter[0])
    one.kept(InjurySheet)
    return one, bitten, biter


def unnamed(words, biter):
    """No word by which the biter is called."""
    return biter not in words and given_name(biter) not in words


def test_a_bite_is_noted_with_its_codes_told_and_signed_by_a_second_hand(opened):
    one, (bitten, _, child), (biter, _, other) = opened_with(opened)
    note_bite(one, bitten, biter)
    one.kept(InjurySheet)
    assert one.rows(FORM, child) == [
        ("12", "bite", other, "2", "1", "3", "1", "wash,cold", "front.left_forearm", 13 * 60 + 40)
    ]
    assert "没告诉家长、没第二人签" in one.listed("health.injuries.list")[0]
    assert "离园前要告诉家长，还要第二人签字" in one.said("health.injuries.band")
    one.row("health.injuries.list", bitten)
    mother = tell(one)
    assert mother.startswith("妈妈 ")
    assert one.rows(ADDED, child) == [("told", mother, "phone", "13:50", "知道了，回家再看看", TEACHER)]
    sign(one, "0000")
    assert "口令不对" in one.said("signing.message")
    assert len(one.rows(ADDED, child)) == 1
    one.write(PIN[DIRECTOR])
    one.kept(SigningSheet)
    assert [(kind, by) for kind, *_, by in one.rows(ADDED, child)] == [
        ("told", TEACHER),
        ("signed", DIRECTOR),
    ]
    row = next(words for words in one.listed("health.injuries.list") if bitten in words)
    assert "已办完" in row
    # The teacher's day of the child has it, too.
    one.press("Alt+2", "Ctrl+3")
    one.row("classroom.grid", bitten)
    assert "13:40 伤害 被小朋友咬伤（左前臂），清水冲洗、冷敷" in "\n".join(one.listed("classroom.timeline"))


def test_nobody_reads_who_bit_on_any_paper_of_the_family(opened):
    one, (bitten, visit, _), (biter, *_) = noted(opened)
    page = injuries_page(one)
    one.row("health.injuries.list", bitten)
    tell(one)
    sign(one)
    assert one.up(SigningSheet) is None
    page.take_focus()
    for key, paper in (("Ctrl+P", "伤害告知单"), ("F8", "儿童伤害登记表")):
        one.press(key, "Return")
        text = one.printed(paper)
        assert bitten in text
        assert "另一名小朋友咬了" + bitten in text
        assert "咬伤" in text
        assert unnamed(text, biter)
    for words in ("表9", "13:40", "12小朋友咬伤", "2活动室", "1玩耍娱乐", "3小伙伴", "1自行处理未就诊"):
        assert words in text
    # The handover note: what happened stands there, and by whom cannot be signed.
    one.later(at=HOME)
    one.press("Alt+4")
    one.row("handover.list", bitten)
    editor = one.application.window.room("handover")._editor
    assert "13:40 被小朋友咬伤（左前臂），清水冲洗、冷敷" in editor.text().health
    assert "无异常" not in editor.text().health
    assert "被小朋友咬伤（左前臂）" in editor.text().notice
    assert unnamed(
        "".join(str(getattr(editor.text(), part)) for part in ("prose", "health", "notice")), biter
    )
    one.press("Return")  # to the words for the parents, at their end
    one.write(f"{given_name(biter)}已经道歉了。")
    one.press("Ctrl+P")
    assert unnamed(one.printed("离园交接报告"), biter)
    one.press("Ctrl+Return", "Ctrl+Return")
    assert "不能写和受伤有关的另一个孩子是谁" in one.words()
    signed = "select count(*) from handover_note where visit_id = ? and signed_at is not null"
    assert one.rows(signed, visit) == [(0,)]
    for _ in range(len(f"{given_name(biter)}已经道歉了。")):
        one.press("Backspace")
    one.write("另一名小朋友已经道歉了。")
    one.press("Ctrl+Return", "Ctrl+Return")
    assert one.rows(signed, visit) == [(1,)]
    one.press("Ctrl+P")
    text = one.printed("离园交接报告")
    assert "被小朋友咬伤（左前臂）" in text
    assert "另一名小朋友已经道歉了" in text
    assert unnamed(text, biter)


def test_an_unsigned_notice_is_an_open_paper_at_the_door(opened):
    one, (bitten, visit, child), (biter, *_) = noted(opened)
    one.later(at=HOME)
    panel = one.at_door(bitten)
    (injury,) = one.rows("select id from injury where child_id = ? and ended_at is null", child)[0]
    paper = f"pickup.paper.injury.{injury}"
    said = one.seen(paper).accessibleName()
    assert said == "12月3日 13:40 小朋友咬伤：没告诉家长、没第二人签"
    assert unnamed(one.words(), biter)
    # To tell whoever collects her is not enough: a second hand is missing. So it can only be put off.
    assert "先到“卫生—伤害”按 F6 请第二人签字" in one.words()
    assert not one.seen(f"{paper}.settle").isEnabled()
    one.press("O")
    assert one.held() == f"{paper}.reason"
    one.focus(panel.check_out)
    one.press("Return")
    assert "按 O 写明以后办的理由" in panel.complaint.text()
    assert one.rows("select left_at is null from visit where id = ?", visit) == [(1,)]
    one.focus(one.seen(f"{paper}.reason"))
    one.write("园长开会，晚上补签后电话告知")
    one.press("Return")
    assert one.rows("select left_at is null from visit where id = ?", visit) == [(0,)]
    assert one.rows("select words, reason from deferral where child_id = ?", child) == [
        (said, "园长开会，晚上补签后电话告知")
    ]
    # Back again, and signed meanwhile: now it is told face to face, and the door itself closes it.
    one.press("Ctrl+Z")
    one.sign_in(TEACHER)
    injuries_page(one)
    one.row("health.injuries.list", bitten)
    sign(one)
    one.at_door(bitten)
    one.press("O", "Return")
    assert one.rows("select left_at is null from visit where id = ?", visit) == [(0,)]
    (whom,) = one.rows("select who from release where visit_id = ? and undone_at is null", visit)[0]
    kind, told, how, at, *_ = one.rows(ADDED, child)[-1]
    assert (kind, told, how, at) == ("told", whom, "in_person", "17:20")


def test_after_a_day_what_stands_stays_and_words_are_added_below(opened):
    one, (bitten, _, child), (biter, *_) = noted(opened)
    one.row("health.injuries.list", bitten)
    before = one.rows("select story, ended_at from injury where child_id = ?", child)
    one.later(at=DESK_MOMENT.replace(day=4, hour=13, minute=51))
    one.press("Ctrl+E")
    sheet = one.up(InjurySheet)
    one.focus(sheet.story.edit)
    one.press("Ctrl+A")
    one.write("没有咬，只是碰了一下。")
    one.later(minutes=1)  # a day has passed while she wrote
    one.press("Ctrl+Return")
    assert "登记已满 24 小时，原来写的不能再改" in one.said("injury.message")
    assert one.rows("select story, ended_at from injury where child_id = ?", child) == before
    one.press("Escape")
    page = injuries_page(one)
    one.row("health.injuries.list", bitten)
    one.press("Ctrl+E")
    assert one.up(InjurySheet) is None
    assert not page.correct.isEnabled()
    one.press("F7", "Ctrl+Return")
    assert "请写补充的内容" in one.said("addition.message")
    one.write(f"牙印已消。{biter}的妈妈来电道歉。")
    one.kept(WordsSheet)
    assert one.rows(ADDED, child)[-1][4] == f"牙印已消。{biter}的妈妈来电道歉。"
    assert "已满 24 小时，只能补充" in one.words()
    one.press("Ctrl+P", "Return")
    text = one.printed("伤害告知单")
    assert "补充：牙印已消。另一名小朋友的妈妈来电道歉。" in text
    assert unnamed(text, biter)
