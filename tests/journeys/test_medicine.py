"""Medicine by two people in the real window, by keys: taken, waited for, given, told, and given back."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.practice import DESK_MOMENT
from app.ui.health.give_sheet import GiveSheet
from app.ui.health.medicine_sheets import SkipSheet, TakeSheet
from tests.ui.stage import DIRECTOR, PIN, TEACHER

SYRUP, DOSE = "小儿氨溴索口服液", "5 ml"
DUE = DESK_MOMENT.replace(hour=15, minute=30)
HOME = DESK_MOMENT.replace(hour=17, minute=20)
# Children of 抱抱龙 who stay into the evening, bear everything and have nothing to take yet.
CALM = (
    "select c.name, v.id, c.id from visit v join child c on c.id = v.child_id"
    " join class_group g on g.id = v.class_id"
    " where v.day = '2025-12-03' and v.left_at is null and v.tariff = 'contract' and g.name = '抱抱龙'"
    " and c.allergy = 'none' and not exists (select 1 from medicine_request q where q.visit_id = v.id)"
    " order by c.id"
)
ACTS = (
    "select a.kind, g.name, s.name, a.reason from medicine_act a join medicine_dose d on d.id = a.dose_id"
    " join medicine_request q on q.id = d.request_id left join staff g on g.id = a.giver_id"
    " left join staff s on s.id = a.second_id where q.medicine = ? and a.undone_at is null"
)


def medicine_page(one):
    one.press("Alt+5", "Ctrl+3")
    return one.application.window.room("health").page


def open_take(one, name):
    """Ctrl+N, and the child chosen in her class: the cursor stands at the name of the medicine."""
    one.press("Ctrl+N")
    assert one.up(TakeSheet) is not None
    one.press("Return")  # the teacher's own class is chosen
    one.choose(name)


def fill_take(one, name):
    """The whole sheet, up to the adult who signs."""
    open_take(one, name)
    one.fill(SYRUP, DOSE, "", "15:30", "1", "", "咳嗽，遵医嘱", "无", "2026-06-30")
    one.press("Space", "Return", "1")


def take(one, name):
    fill_take(one, name)
    one.kept(TakeSheet)


def draw_name(one, pad):
    """A parent's hand on the pad."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    for x, y in ((60, 90), (100, 20), (140, 95), (180, 25), (210, 60)):
        QTest.mouseMove(pad, QPoint(x, y))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(220, 70))
    one.settle()


def give(one, name, dose=DOSE, second=DIRECTOR, pin=PIN[DIRECTOR]):
    """Enter on the list: who stands there, what was measured, and two people with their PINs."""
    one.press("Return")
    assert one.up(GiveSheet) is not None
    one.choose(name)
    one.fill(dose)
    one.walk("give.giver.pin")
    one.write(PIN[TEACHER])
    one.press("Return")
    one.choose(second, go_on=False)
    one.write(pin)
    one.press("Ctrl+Return")


def pins(one, giver, checker):
    """Who gives and who checks confirm what stands there."""
    for person, own in (("giver", giver), ("checker", checker)):
        one.focus(one.seen(f"give.{person}.pin"))
        one.write(own)


def again(one, field, text):
    """Type over what stands in a field of the sheet, and ask once more."""
    one.focus(one.seen(field))
    one.press("Ctrl+A")
    one.write(text)
    one.press("Ctrl+Return")


def acts(one):
    return one.rows(ACTS, SYRUP)


def test_what_a_parent_brings_is_taken_signed_sealed_unspoilt_and_for_one_day_only(opened):
    one = opened(DESK_MOMENT)
    one.sign_in(TEACHER)
    name, visit, _ = one.rows(CALM)[0]
    page = medicine_page(one)
    before = one.rows("select count(*) from medicine_request")
    open_take(one, name)
    one.fill(SYRUP, DOSE, "", "15:30", "2", "", "咳嗽，遵医嘱", "无", "2025-11-30")
    mother = one.up(TakeSheet).adults.button(next(iter(one.up(TakeSheet).adults._buttons))).text()
    for words, place, mend in (
        ("家长没有签字", "take.signer", lambda: one.write(mother)),
        ("不是原包装", "take.original_pack", lambda: one.press("Space")),
        ("2025-11-30 已经过期", "take.expires_on", lambda: one.write("2026-06-30")),
        ("今天喂 1 次，带来 2 份", "take.brought", lambda: one.write("1")),
    ):
        one.press("Ctrl+Return")
        assert words in one.said("take.message")
        assert one.held() == place
        assert one.rows("select count(*) from medicine_request") == before
        mend()
    one.kept(TakeSheet)
    kept = (
        "select q.medicine, q.dose, q.signer, q.signed_how, q.expires_on, s.name, q.undone_at is null"
        " from medicine_request q join staff s on s.id = q.taken_by where q.visit_id = ?"
    )
    row = (SYRUP, DOSE, mother, "paper", "2026-06-30", TEACHER, 1)
    assert one.rows(kept, visit) == [row]
    assert f"{SYRUP} {DOSE} 口服，15:30 · 还有 1 小时 38 分" in "\n".join(one.listed("health.medicine.list"))
    assert f"{mother} 纸上签 · 13:52 {TEACHER} 收" in one.said("health.medicine.facts")
    # Taken by mistake: it is walked back as long as nothing was given of it, by Ctrl+Z and by Del.
    one.press("Ctrl+Z")
    assert one.rows(kept, visit) == [(*row[:-1], 0)]
    fill_take(one, name)
    one.walk("take.how")
    one.choose("在屏幕上签")
    one.press("Ctrl+Return")
    assert "还没有签名" in one.said("take.message")
    draw_name(one, one.seen("take.signature"))
    one.kept(TakeSheet)
    assert [(how, stands) for *_, how, _, _, stands in one.rows(kept, visit)] == [("paper", 0), ("screen", 1)]
    page.take_focus()
    one.press("Del")
    assert [stands for *_, stands in one.rows(kept, visit)] == [0, 0]
    assert SYRUP not in "\n".join(one.listed("health.medicine.list"))


def test_a_dose_is_given_at_its_time_by_two_people_and_told_to_everybody(opened):
    one = opened(DESK_MOMENT)
    one.sign_in(TEACHER)
    (name, visit, _), (other, *_) = one.rows(CALM)[:2]
    page = medicine_page(one)
    take(one, name)
    page.take_focus()
    # Too early: said before two people have typed all they know, and refused if they do.
    one.press("Return")
    assert "还没到时间：15:30 喂，最早提前 15 分钟" in one.said("give.message")
    one.press("Escape")
    give(one, name)
    assert "还没到时间" in one.said("give.message")
    assert acts(one) == []
    one.press("Escape")
    # At its time it is on the card of the class, and first in the list.
    one.later(at=DUE.replace(minute=20))
    one.press("Alt+2", "Ctrl+3")
    assert "15:30 喂药" in next(words for words in one.listed("classroom.grid") if name in words)
    one.later(at=DUE.replace(minute=31))
    medicine_page(one)
    assert f"{SYRUP} {DOSE} 口服，15:30 · 已过 1 分钟" in one.listed("health.medicine.list")[0]
    # Another child, another dose, a wrong PIN: nothing is kept of any of it, and nobody can be both.
    give(one, other, "50 ml", pin="0000")
    sheet = one.up(GiveSheet)
    assert f"这是{name}的药，面前的孩子对不上" in one.said("give.message")
    assert [each.actor.name for each in sheet.giver._holders.values()] == [TEACHER]
    assert TEACHER not in [each.actor.name for each in sheet.checker._holders.values()]
    one.choose(name, go_on=False)
    one.press("Ctrl+Return")
    assert f"请{TEACHER}输口令" in one.said("give.message")  # both looked at another child
    pins(one, PIN[TEACHER], "0000")
    one.press("Ctrl+Return")
    assert f"“50 ml”和单上的“{DOSE}”不一样" in one.said("give.message")
    one.write("5毫升")
    pins(one, PIN[TEACHER], "0000")
    one.press("Ctrl+Return")
    assert "口令不对" in one.said("give.message")
    assert acts(one) == []
    pins(one, PIN[TEACHER], PIN[DIRECTOR])
    one.kept(GiveSheet)
    assert acts(one) == [("given", TEACHER, DIRECTOR, "")]
    _told(one, name, visit)


def _told(one, name, visit):
    """What everybody hears of the dose: the page, the card, the timeline, the note, the papers."""
    row = next(words for words in one.listed("health.medicine.list") if SYRUP in words)
    assert "已喂 1 次 · 待交还" in row
    one.row("health.medicine.list", name)
    one.press("Ctrl+P", "Return")
    slip = one.printed("服药单")
    for words in (SYRUP, "每次5ml，口服", "15:3015:31许静周敏", "剩余药品和药瓶离园时交还家长"):
        assert words in slip
    one.press("Alt+2", "Ctrl+3")
    assert "15:30 喂药" not in next(words for words in one.listed("classroom.grid") if name in words)
    one.row("classroom.grid", name)
    day = "\n".join(one.listed("classroom.timeline"))
    assert f"15:31 喂药 {SYRUP} {DOSE} 口服 · {TEACHER} 喂 · {DIRECTOR} 核对" in day
    told = f"15:31 喂{SYRUP} {DOSE}（口服）"
    one.press("Alt+4")
    one.row("handover.list", name)
    editor = one.application.window.room("handover")._editor
    assert told in editor.text().health
    assert told in editor.text().prose
    one.press("Ctrl+Return", "Ctrl+Return")  # the second time: what is not logged yet did not happen
    note = one.ask(lambda s: s.handover.note(one.application.context.actor, visit))
    assert (note.signed_by, told in note.text.health) == (TEACHER, True)
    one.press("Ctrl+P")
    assert "".join(told.split()) in one.printed("离园交接报告")


def test_the_rest_is_an_open_paper_at_the_door_until_it_is_given_back(opened):
    one = opened(DESK_MOMENT)
    one.sign_in(TEACHER)
    name, visit, child = one.rows(CALM)[0]
    page = medicine_page(one)
    take(one, name)
    one.later(at=DUE)
    page.take_focus()
    give(one, name)
    assert [kind for kind, *_ in acts(one)] == ["given"]
    one.later(at=HOME)
    panel = one.at_door(name)
    (request,) = one.rows("select id from medicine_request where visit_id = ?", visit)[0]
    paper = f"pickup.paper.medicine.{request}"
    assert one.seen(paper).accessibleName() == f"{SYRUP} {DOSE} 口服"
    one.press("Return")
    assert f"走之前还要办：{SYRUP} {DOSE} 口服。按 O 记为药已交还" in panel.complaint.text()
    one.press("O", "Return")
    gone = (
        "select whom, undone_at is null from medicine_return b where b.request_id = ?"
        " and not exists (select 1 from release r where r.id = b.release_id and r.undone_at is not null)"
    )
    (whom, _) = one.rows(gone, request)[0]
    assert one.rows("select left_at is null from visit where id = ?", visit) == [(0,)]
    assert one.rows("select who from release where visit_id = ?", visit) == [(whom,)]  # 妈妈 …
    slip = one.ask(lambda s: s.health.papers.medicine_slip(one.application.context.actor, request))
    assert slip.returned == f"17:20 交还{whom}"
    # Handed back by mistake: the medicine is here again, and asked for again.
    one.press("Ctrl+Z")
    assert one.rows(gone, request) == []
    one.at_door(name)
    one.press("Return")
    assert "走之前还要办" in panel.complaint.text()
    one.focus(one.seen(f"{paper}.settle"))
    one.choose("以后办", go_on=False)
    assert one.held() == f"{paper}.reason"
    one.focus(panel.check_out)
    one.press("Return")
    assert "走之前还要办" in panel.complaint.text()
    one.focus(one.seen(f"{paper}.reason"))
    one.write("药在冰箱，明早妈妈来取")
    one.press("Return")
    assert one.rows("select reason, words from deferral where child_id = ?", child) == [
        ("药在冰箱，明早妈妈来取", f"{SYRUP} {DOSE} 口服")
    ]
    assert one.rows(gone, request) == []
    one.sign_in(TEACHER)
    medicine_page(one)
    row = next(words for words in one.listed("health.medicine.list") if SYRUP in words)
    assert "人已离园，药还在" in row


def test_what_was_not_given_says_why_and_is_walked_back_while_it_may_be(opened):
    one = opened(DESK_MOMENT)
    one.sign_in(TEACHER)
    name = one.rows(CALM)[0][0]
    page = medicine_page(one)
    take(one, name)
    one.later(at=DUE)
    page.take_focus()
    one.press("F6", "Ctrl+Return")
    assert "请写为什么没喂" in one.said("skip.message")
    one.write("妈妈来电说烧退了，不用喂")
    one.kept(SkipSheet)
    skipped = ("skipped", TEACHER, None, "妈妈来电说烧退了，不用喂")
    assert acts(one) == [skipped]
    one.press("Del")
    assert acts(one) == []
    # Half an hour after its time everybody is told, wherever they are.
    one.later(at=DUE.replace(hour=16, minute=1))
    one.press("Alt+1")
    assert f"{name} 15:30 的药还没喂" in one.words()
    medicine_page(one)
    one.row("health.medicine.list", name)
    give(one, name)
    assert [kind for kind, *_ in acts(one)] == ["given"]
    assert f"{name} 已喂 {SYRUP}，晚 31 分钟" in one.words()
    assert f"{name} 15:30 的药还没喂" not in one.words()  # at once, not with the next minute
    # After a quarter of an hour her word alone does not take it back; the director's does.
    one.later(16)
    page.take_focus()
    one.press("Del")
    assert "15 分钟后只有园长可以撤销" in one.words()
    assert [kind for kind, *_ in acts(one)] == ["given"]
    one.sign_in(DIRECTOR)
    page.take_focus()
    one.press("Del")
    assert acts(one) == []
    one.press("F6")
    one.write("孩子睡着了，妈妈说回家再喂")
    one.kept(SkipSheet)
    one.sign_in(TEACHER)
    one.press("Alt+4")
    one.row("handover.list", name)
    editor = one.application.window.room("handover")._editor
    assert f"15:30 的{SYRUP}没喂：孩子睡着了，妈妈说回家再喂" in editor.text().health
    assert f"喂{SYRUP} {DOSE}" not in editor.text().health
