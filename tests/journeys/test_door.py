"""The door in the real window: what was scanned proves what it is of, and the money is told whole."""

import datetime as dt

import pytest

from app.domain.modes import Tariff
from app.domain.seals import SealKind, seal
from app.practice import DESK_MOMENT
from app.services.arrivals import CheckIn
from app.store import centre
from tests.ui.stage import CHILD, DESK, DIRECTOR, PAYING, _desk_row


@pytest.fixture
def door(opened):
    journey = opened(DESK_MOMENT)
    journey.sign_in(DESK)
    journey.rest()  # the listening begins when the first desk has long been drawn
    return journey


def panel(door):
    return door.window.room("desk").panel


def scan(door, text):
    door.application.context.scans.take(text)
    door.settle()


def papers(door):
    return sorted(path.name for path in (door.folder / "print_queue").glob("*.pdf"))


def total(door):
    return door.said("pickup.total")


def test_the_slip_of_a_child_who_has_left_gives_nobody_another_childs_code(door):
    view = panel(door).pickup
    _desk_row(CHILD, "desk.due")(door)
    door.press("F4", "1")
    gone, code = door.rows(
        "select c.name, v.pickup_code from visit v join child c on c.id = v.child_id"
        " where v.day = '2025-12-03' and v.left_at is not null order by v.left_at desc limit 1"
    )[0]
    scan(door, code)
    assert (panel(door).row.name, view.code.text()) == (gone, "")
    _desk_row(CHILD, "desk.due")(door)
    assert (view.code.text(), view.adults.chosen) == ("", None)


def test_a_scanned_card_is_kept_with_the_release(door):
    name, number = door.rows(
        "select c.name, k.number from card k join child c on c.id = k.child_id"
        " join visit v on v.child_id = c.id and v.day = '2025-12-03' and v.left_at is null"
        " and v.undone_at is null where k.ended_at is null and not exists"
        " (select 1 from belonging b where b.visit_id = v.id) order by k.id limit 1"
    )[0]
    database = door.application.context._services._database
    scan(door, seal(centre.find_centre(database).seal_key, SealKind.CARD, number))
    every = panel(door).pickup.adults._choices
    door.press(next(str(n) for n, one in enumerate(every, 1) if one.adult.may_collect), "Return")
    assert panel(door).complaint.text() == ""
    assert door.rows("select proof, reason from release order by id desc limit 1") == [("card", number)]
    day = "select note.detail from audit note where note.detail like ?"
    assert door.rows(day, f"{name} %card：{number}")


def test_who_signs_in_has_seen_nobody(door):
    _desk_row(CHILD, "desk.due")(door)
    door.press("F4", "1", "I", "C")
    door.sign_in(DIRECTOR)
    door.press("Return", "Return")
    assert "谁来接" in panel(door).complaint.text()
    assert panel(door).pickup.identity.isChecked() is False


def test_a_paid_departure_taken_back_tells_and_prints_what_is_handed_back(door):
    _desk_row(CHILD, "desk.due")(door)
    door.press("F4", "1", "C", "Return", "Ctrl+Z")
    number, fen = door.rows("select number, total_fen from receipt order by id desc limit 1")[0]
    assert fen == -9500
    text = door.printed(f"退款单 {number}")
    assert "第1次打印" in text
    assert f"¥95.00（现金），退款单 {number}" in door.words().replace("。", "，")


def test_an_earlier_stay_paid_now_is_in_the_sum_and_prints_its_own_receipt(door):
    _desk_row(PAYING, "desk.present")(door)
    child = panel(door).row.child
    door.press("F4", "1", "Z")
    door.write("没带钱")
    door.press("Return")
    door.later(at=door.clock.moment.replace(hour=9, minute=0) + dt.timedelta(days=1))
    by = door.application.context.actor
    at = door.clock.moment.replace(hour=14)
    dragons = door.rows("select id from class_group where name = '抱抱龙'")[0][0]
    door.ask(
        lambda s: s.arrivals.check_in(
            by,
            CheckIn(
                child, tariff=Tariff.TEMP_HALF_DAY, class_id=dragons, class_reason="混龄", promised_at=at
            ),
        )
    )
    door.later(at=door.clock.moment.replace(hour=13))
    door.window.room("desk").refresh()
    door.settle()
    door.find_child(PAYING)
    door.press("F4", "1", "O", "C")
    assert total(door) == "¥230.00"
    before = papers(door)
    door.press("Return")
    door.rest()
    assert len([one for one in papers(door) if one not in before and "收款收据" in one]) == 2
    assert "已收 ¥230.00，2 张收据已开。" in panel(door).left.text()


def test_a_refund_of_another_day_is_found_by_its_number_seen_and_printed_again(door):
    newest = "select number, id from receipt where kind = 'refund' order by id desc limit 1"
    number, key = door.rows(newest)[0]
    prints = "select count(*) from paper where kind = 'receipt' and subject_id = ?"
    before = door.rows(prints, key)[0][0]
    for more in (1, 2):
        door.press("Alt+1", "Ctrl+K", "Ctrl+A")
        door.hands.type(number)
        door.hands.wait(lambda: door.hands.has("finder.list"), "nothing was found")
        door.settle()
        door.press("Return")
        assert door.seen("preview.print")
        door.hands.click("preview.print")
        door.settle()
        assert door.rows(prints, key) == [(before + more,)]
        assert f"第{before + more}次打印" in door.printed(f"退款单 {number}")
    assert "（补打）" in door.printed(f"退款单 {number}")
