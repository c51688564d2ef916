"""Handing back, in the real window: a stranger, a call, an alarm, yesterday, two sisters."""

import sqlite3

import pytest
from PySide6.QtWidgets import QLabel

from app.practice import DESK_MOMENT, StoryClock
from app.ui.widgets.basic import ChipLabel
from db.practice_release import PINS
from tests.ui.stage import CHILD, SCENES, Stage, _desk_found

PIN = dict(PINS)


@pytest.fixture
def stage(qapp, practice_file):
    """The program at 13:52, quiet."""
    opened = Stage(practice_file, StoryClock(DESK_MOMENT))
    opened.beeps = []
    desk = opened.application.window.room("desk")
    desk._releases.alarms._beep = lambda: opened.beeps.append(1)
    yield opened
    opened.close()


def rows(stage, sql):
    """Ask the file; what is committed is there."""
    database = stage.application.context._services._database
    return [tuple(row) for row in database.rows(sql)]


def ids(stage, name):
    return dict(rows(stage, "select name, id from staff"))[name]


def find_child(stage, letters):
    _desk_found(letters)(stage)
    stage.settle()
    stage.hands.find("pickup.adult.1")


def barred_of(stage):
    """The child of the practice centre whose father must not come: name, father, mother's tail, mother."""
    found = rows(
        stage,
        "select c.name, a.name, m.phone, m.id from child c"
        " join child_adult t on t.child_id = c.id and t.barred"
        " join adult a on a.id = t.adult_id join child_adult g on g.child_id = c.id and g.is_guardian"
        " join adult m on m.id = g.adult_id",
    )
    return found[0]


def confirm_by(stage, prefix, name, pin):
    key = f"{prefix}.second.{ids(stage, name)}"
    if stage.hands.has(key):
        stage.hands.click(key)
    field = stage.hands.find(f"{prefix}.pin")
    field.setFocus()
    stage.hands.type(pin)


def test_a_barred_father_under_another_spelling_is_stopped_and_only_a_second_person_ends_it(stage):
    name, father, phone, mother = barred_of(stage)
    find_child(stage, "hujunjie")
    stage.hands.key("P")
    hands = stage.hands
    if hands.has(f"grant.caller.{mother}"):
        hands.click(f"grant.caller.{mother}")
    hands.fill("grant.caller_tail", phone[-4:])
    hands.fill("grant.name", father[0] + "绍" + father[2])  # 胡绍华 for 胡少华
    hands.fill("grant.relation", "叔叔")
    hands.fill("grant.phone", "13800001234")
    hands.key("Ctrl+Return")
    hands.find("alarm.keep")
    assert stage.beeps
    hands.key("Escape")
    hands.key("F2")
    stage.settle()
    assert hands.has("alarm.keep")
    assert stage.application.window.current_key == "desk"
    hands.key("Ctrl+Return")
    assert "怎样处理" in hands.find("alarm.message").text()
    hands.fill("alarm.reason", "妈妈说是前夫")
    confirm_by(stage, "alarm", "许静", "0001")
    hands.key("Ctrl+Return")
    stage.settle()
    assert "口令不对" in hands.find("alarm.message").text()
    confirm_by(stage, "alarm", "许静", PIN["许静"])
    hands.key("Ctrl+Return")
    stage.settle()
    assert not hands.has("alarm.keep")
    assert not hands.has("grant.keep")
    found = rows(stage, "select decision, reason, decided_by, place from barred_alarm")
    assert found == [("refused", "妈妈说是前夫", ids(stage, "许静"), "grant")]
    assert rows(stage, f"select count(*) from pickup_grant where name like '{father[0]}%'") == [(0,)]
    assert name == "胡俊杰"


def test_the_digit_of_a_barred_father_raises_the_alarm_and_a_restart_brings_it_back(stage):
    find_child(stage, "hujunjie")
    panel = stage.application.window.room("desk").panel
    digit = next(n for n, one in enumerate(panel.pickup.adults._choices, 1) if one.adult.barred)
    stage.hands.key(str(digit))
    stage.hands.find("alarm.keep")
    assert not stage.hands.has("alarm.cleared")
    stage.application.close()
    again = Stage(stage.application.context.data / "centre.sqlite3", StoryClock(DESK_MOMENT))
    again.hands.find("alarm.keep")
    stage.application, stage.window, stage.hands = again.application, again.window, again.hands


def test_a_stranger_is_released_only_by_the_director_with_reason_and_pin(stage):
    SCENES["desk-pickup"](stage)
    hands = stage.hands
    hands.key("X")
    panel = stage.application.window.room("desk").panel
    assert "先选怎么付" in panel.complaint.text()
    hands.key("C")
    hands.key("X")
    hands.find("exception.keep")
    hands.key("Ctrl+Return")
    assert "谁来接" in hands.find("exception.message").text()
    hands.fill("exception.name", "孙丽华")
    hands.fill("exception.relation", "邻居")
    hands.fill("exception.identity_tail", "002X")
    hands.fill("exception.reason", "妈妈电话里同意，手机快没电")
    hands.key("Ctrl+Return")
    assert "身份证" in hands.find("exception.message").text()
    hands.click("exception.seen")
    confirm_by(stage, "exception", "周敏", "0001")
    hands.key("Ctrl+Return")
    stage.settle()
    assert "口令不对" in hands.find("exception.message").text()
    confirm_by(stage, "exception", "周敏", PIN["周敏"])
    hands.key("Ctrl+Return")
    stage.settle()
    found = rows(stage, "select proof, who, confirmed_by, reason from release order by id desc limit 1")
    assert found == [("exception", "邻居 孙丽华", ids(stage, "周敏"), "妈妈电话里同意，手机快没电")]
    board = stage.application.window.room("desk")._board
    assert board.just_left[0].collected_by == "邻居 孙丽华"


def test_from_the_ringing_phone_to_the_release(stage):
    SCENES["desk-pickup"](stage)
    hands = stage.hands
    hands.key("P")
    hands.fill("grant.caller_tail", "1178")
    for key, text in (("name", "孙丽华"), ("relation", "姑姑"), ("phone", "13800009911")):
        hands.key("Return")
        assert stage.window.focusWidget().objectName() == f"grant.{key}"
        hands.type(text)
    hands.key("Ctrl+Return")
    stage.settle()
    assert "打回去核实" in hands.find("grant.message").text()
    hands.type("1177")  # the wrong tail was chosen for typing over
    hands.key("Ctrl+Return")
    stage.settle()
    code = hands.find("grant.code").text().replace(" ", "")
    assert rows(stage, "select code, name from pickup_grant order by id desc limit 1") == [(code, "孙丽华")]
    told = hands.find("grant.code_words").text()
    assert "赵敏" in told
    assert "前台不替他说" in told
    hands.key("Return")
    stage.settle()
    assert not hands.has("grant.keep")
    desk = stage.application.window.room("desk")
    shown = {one.text() for one in stage.window.findChildren(QLabel)}
    assert not any(code in words.replace(" ", "") for words in shown)  # once is once
    panel = desk.panel
    panel.check_out.setFocus()
    hands.key("W")
    hands.key("M")
    hands.type(code)
    assert panel.pickup.adults.chosen_row.name == "孙丽华"
    hands.key("Return")
    assert "身份证" in panel.complaint.text()
    hands.key("I")
    hands.key("Return")
    stage.settle()
    found = rows(stage, "select proof, who from release order by id desc limit 1")
    assert found == [("grant", "姑姑 孙丽华")]
    hands.key("Ctrl+Z")
    stage.settle()
    board = stage.application.window.room("desk")._board
    assert any(row.name == CHILD for row in board.due)


def test_yesterdays_open_stays_are_repaired_one_by_one_and_taken_back(stage):
    hands = stage.hands
    stage.clock.advance(days=1)
    desk = stage.application.window.room("desk")
    desk.refresh()
    stage.settle()
    before = desk._board.forgotten
    assert before > 50
    hands.click("banner.desk.forgotten.act")
    listed = hands.find("forgotten.list")
    assert listed.model().rowCount() == before
    hands.key("Ctrl+Return")
    assert "谁接走" in hands.find("forgotten.message").text()
    sheet = hands.find("forgotten")
    name, visit = sheet.chosen.stay.name, sheet.chosen.stay.visit
    hands.click(f"forgotten.who.{sheet.chosen.adults[0].adult}")
    hands.fill("forgotten.time", "1705")
    hands.fill("forgotten.reason", "妈妈说五点接的")
    if not sheet._money.isHidden():
        hands.click("forgotten.tender.cash")
    confirm_by(stage, "forgotten", "周敏", PIN["周敏"])
    hands.key("Ctrl+Return")
    stage.settle()
    assert listed.model().rowCount() == before - 1
    found = rows(stage, f"select left_at, released_by from visit where id = {visit}")
    assert found == [("2025-12-03T17:05:00+08:00", ids(stage, "林晓"))]
    assert rows(stage, "select reason from release order by id desc limit 1") == [("妈妈说五点接的",)]
    hands.key("Escape")
    stage.settle()
    assert desk._board.forgotten == before - 1
    hands.key("Ctrl+Z")
    stage.settle()
    assert desk._board.forgotten == before
    assert any(row.name == name for row in (*desk._board.due, *desk._board.present))


def test_who_has_gone_home_comes_in_a_second_time_at_the_desk(stage):
    SCENES["desk-left"](stage)
    hands = stage.hands
    hands.click("desk.come_again")
    stage.settle()
    hands.find("desk.check_in")
    hands.key("Return")
    hands.key("Return")
    stage.settle()
    found = rows(stage, "select count(*) from visit v join child c on c.id = v.child_id"
                 " where c.name = '陈可欣' and v.day = '2025-12-03'")  # fmt: skip
    assert found == [(2,)]
    board = stage.application.window.room("desk")._board
    assert any(row.name == "陈可欣" for row in (*board.due, *board.present))


def test_two_sisters_and_their_things_go_home_in_one_act(stage):
    first = rows(
        stage,
        "select c.name, c.pinyin from belonging b join visit v on v.id = b.visit_id"
        " join child c on c.id = v.child_id limit 1",
    )[0]
    find_child(stage, first[1].split()[0].replace("'", ""))
    hands = stage.hands
    panel = stage.application.window.room("desk").panel
    assert panel.row.name == first[0]
    assert panel.pickup.kin.isVisible()
    mother = next(
        n
        for n, one in enumerate(panel.pickup.adults._choices, 1)
        if one.adult.relation == "妈妈" and one.adult.may_collect
    )
    hands.key(str(mother))
    hands.key("B")
    hands.key("Return")
    stage.settle()
    assert "走之前还要办" in panel.complaint.text()
    hands.key("O")
    hands.key("O")
    hands.key("Return")
    stage.settle()
    together = rows(stage, "select count(*) from release where together_id is not null")
    assert together == [(1,)]
    assert rows(stage, "select count(*) from belonging where returned_in is null") == [(0,)]
    hands.key("Ctrl+Z")
    stage.settle()
    assert rows(stage, "select count(*) from belonging where returned_in is null") == [(2,)]
    assert rows(
        stage, "select count(*) from release where together_id is not null and undone_at is null"
    ) == [(0,)]


def test_the_words_about_the_pins_of_practice_are_true(practice_file):
    import hashlib

    from app.ui.widgets.second_person import _PRACTICE

    with sqlite3.connect(practice_file) as raw:
        kept = raw.execute(
            "select s.name, p.salt, p.hash from staff_pin p join staff s on s.id = p.staff_id"
        ).fetchall()
    raw.close()
    assert len(kept) == len(PIN)
    for name, salt, digest in kept:
        assert f"{name} {PIN[name]}" in _PRACTICE
        made = hashlib.scrypt(PIN[name].encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32)
        assert made.hex() == digest


def _grant_aunt(stage):
    """妈妈 rings for 朱予晴: 孙丽华 comes. Returns the code that was told."""
    SCENES["desk-grant"](stage)
    hands = stage.hands
    for name, text in (
        ("caller_tail", "1177"),
        ("name", "孙丽华"),
        ("relation", "姑姑"),
        ("phone", "13800009911"),
    ):
        hands.fill(f"grant.{name}", text)
    hands.key("Ctrl+Return")
    stage.settle()
    code = hands.find("grant.code").text().replace(" ", "")
    hands.key("Return")
    stage.settle()
    return code


def test_a_code_typed_anywhere_opens_the_child_with_who_comes_lit(stage):
    code = _grant_aunt(stage)
    hands = stage.hands
    hands.key("Alt+2")  # from another room, another child in front
    stage.settle()
    hands.key("Ctrl+K")
    hands.type(code.lower())
    hands.key("Return")
    stage.settle()
    assert stage.application.window.current_key == "desk"
    panel = stage.application.window.room("desk").panel
    assert panel.row.name == CHILD
    assert panel.pickup.adults.chosen_row.name == "孙丽华"
    assert panel.pickup.code.text() == code
    hands.key("Escape")
    panel.check_out.setFocus()
    for key in ("W", "I", "Return"):
        hands.key(key)
    stage.settle()
    assert rows(stage, "select proof, who from release order by id desc limit 1") == [
        ("grant", "姑姑 孙丽华")
    ]
    hands.key("Ctrl+K")
    hands.key("Ctrl+A")
    hands.type(code)
    hands.key("Return")
    stage.settle()
    assert stage.window.findChild(QLabel, "finder.title").text() == "已用过"


def test_todays_calls_are_listed_by_f8_and_by_name_without_their_codes(stage):
    code = _grant_aunt(stage)
    hands = stage.hands
    stage.show("desk")
    hands.key("F8")
    hands.find("desk.grants.open.1")
    stage.settle()

    def words():
        return " ".join(one.text() for one in stage.window.findChildren(QLabel) if one.isVisible())

    assert "妈妈 赵敏 139****1177 来电" in words()
    assert "姑姑 孙丽华 来接 朱予晴" in words()
    assert code not in words().replace(" ", "")
    (grant,) = rows(stage, "select max(id) from pickup_grant")[0]
    hands.click(f"desk.grants.which.{grant}")
    hands.fill("desk.grants.caller_tail", "0000")
    hands.key("Ctrl+Return")
    stage.settle()
    assert "打回去核实" in hands.find("desk.grants.message").text()
    hands.fill("desk.grants.caller_tail", "1177")
    hands.key("Ctrl+Return")
    stage.settle()
    assert hands.find("desk.grants.code").text().replace(" ", "") == code
    assert rows(stage, "select verb from audit order by id desc limit 1") == [("tell_grant_again",)]
    hands.click("desk.grants.withdraw.1")
    stage.settle()
    stage.hands.key("Ctrl+K")
    hands.type("shouquan")
    hands.wait(lambda: hands.has("finder.list"), "no command was found")
    stage.settle()
    hands.key("Return")
    stage.settle()
    assert "已撤回" in [one.accessibleName() for one in stage.window.findChildren(ChipLabel)]


def test_another_person_of_a_like_name_is_cleared_by_the_director_and_the_call_goes_on(stage):
    _, father, phone, mother = barred_of(stage)
    find_child(stage, "hujunjie")
    stage.hands.key("P")
    hands = stage.hands
    if hands.has(f"grant.caller.{mother}"):
        hands.click(f"grant.caller.{mother}")
    hands.fill("grant.caller_tail", phone[-4:])
    hands.fill("grant.name", "大壮")  # his nickname on file
    hands.fill("grant.relation", "舅舅")
    hands.fill("grant.phone", "13800001234")
    hands.key("Ctrl+Return")
    hands.find("alarm.keep")
    beeps = len(stage.beeps)
    hands.fill("alarm.reason", "妈妈视频里确认是舅舅")
    confirm_by(stage, "alarm", "许静", PIN["许静"])
    hands.click("alarm.cleared")
    stage.settle()
    assert "请园长来" in hands.find("alarm.message").text()
    confirm_by(stage, "alarm", "周敏", PIN["周敏"])
    hands.click("alarm.cleared")
    stage.settle()
    assert not hands.has("alarm.keep")
    assert len(stage.beeps) >= beeps
    code = hands.find("grant.code").text().replace(" ", "")
    assert rows(stage, "select code, name from pickup_grant order by id desc limit 1") == [(code, "大壮")]
    assert rows(stage, "select decision from barred_alarm") == [("cleared",)]
    assert father


def test_a_barred_father_who_brings_a_child_as_a_guest_meets_the_alarm_over_the_whole_window(stage):
    """A second record with other numbers: word, stripes, sound, and two people before it goes on."""
    hands = stage.hands
    stage.show("intake")
    room = stage.application.window.room("intake")
    room._alarms._beep = lambda: stage.beeps.append(1)
    SCENES["intake-alarm"](stage)
    assert stage.beeps
    hands.key("Escape")
    stage.settle()
    assert hands.has("alarm.keep")
    assert "直接关掉" in hands.find("alarm.message").text()
    hands.fill("alarm.reason", "打电话问了妈妈，不是他的日子")
    confirm_by(stage, "alarm", "许静", PIN["许静"])
    hands.key("Ctrl+Return")
    stage.settle()
    assert not hands.has("alarm.keep")
    assert stage.application.window.current_key == "intake"
    assert rows(stage, "select decision, place, decided_by from barred_alarm") == [
        ("refused", "bring", ids(stage, "许静"))
    ]
    hands.key("Ctrl+Return")  # pressed once more: it is asked once more
    stage.settle()
    hands.find("alarm.keep")
    hands.fill("alarm.reason", "身份证上是另一个人")
    confirm_by(stage, "alarm", "周敏", PIN["周敏"])
    hands.click("alarm.cleared")
    stage.settle()
    assert not hands.has("alarm.keep")
    sentences = [one.sentence for one in room._assessment.problems]
    assert not any("被禁止接走" in one for one in sentences)
    assert rows(stage, "select count(*) from child where name = '胡俊杰'") == [(1,)]  # same_reason is asked
