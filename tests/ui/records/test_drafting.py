"""A form that is half typed when the program dies is offered again, and goes at a word."""

import pytest
from PySide6.QtCore import Qt

from app.domain.record_fields import Section
from app.services.record_drafts import Slot
from tests.services.world import add_adult
from tests.ui.records.test_page import choose, is_barred, light, press, press_ctrl, rest, write


@pytest.fixture
def banners():
    return []


@pytest.fixture
def opened(open_room, banners, qtbot):
    """Open the room as after a start of the program; what it offers lands in ``banners``."""

    def open_(actor):
        room = open_room(actor)
        room.context.messages.banner_raised.connect(banners.append)
        room.context.messages.banner_ended.connect(lambda _key: banners.clear())
        rest(qtbot, room)
        room.leaving()
        room.entered(None)
        rest(qtbot, room)
        return room

    return open_


def kept_words(room):
    return room.panel.editor._kept.text()


def take_up(qtbot, room, banners):
    banner = banners[-1]
    assert banner.action == "接着填"
    banner.act()
    rest(qtbot, room)


def test_a_half_typed_new_record_is_offered_after_a_crash_and_saved_from_there(opened, world, qtbot, banners):
    room = opened(world.desk)
    assert banners == []
    press_ctrl(qtbot, room, Qt.Key.Key_N)
    room.new_record()
    write(qtbot, room, "records.new.name", "朱予晴")
    write(qtbot, room, "records.new.born_on", "20230819")
    write(qtbot, room, "records.new1.phone", "13900001177")
    assert kept_words(room).startswith("草稿已保存 09:12")
    room = opened(world.desk)  # the program died and was started again
    assert banners[-1].words == "上次没有保存：新建档案（12月3日 09:12）。"
    take_up(qtbot, room, banners)
    texts = room.panel.editor.form("child").texts()
    assert (texts["name"], texts["born_on"]) == ("朱予晴", "20230819")
    assert room.panel.editor.form("adult1").texts()["phone"] == "13900001177"
    assert kept_words(room) == "接着 09:12 填的草稿"
    assert banners == []
    write(qtbot, room, "records.new1.name", "赵敏")
    write(qtbot, room, "records.new1.relation", "妈妈")
    room.panel.editor.form("health").put("allergy", "none")
    write(qtbot, room, "records.new.allergy_told", "妈妈")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert not room.panel.editor.busy
    assert room.panel.card.row.name == "朱予晴"
    assert banners == []
    opened(world.desk)
    assert banners == []


def test_an_edit_is_offered_with_only_what_was_changed(opened, world, qtbot, banners):
    room = opened(world.desk)
    light(qtbot, room, world, "张沐阳")
    room.panel.show_section(Section.HABITS)
    press(qtbot, room, Qt.Key.Key_F2)
    write(qtbot, room, "records.child.comfort", "小兔子")
    child = world.children["张沐阳"]
    room = opened(world.desk)
    assert banners[-1].words.startswith("上次没有保存：修改习惯：张沐阳")
    room.context.act(lambda s: s.record_keeping.change_child(world.director, child, {"sleep": "抱着睡"}))
    rest(qtbot, room)
    take_up(qtbot, room, banners)
    assert room.panel.editor.form("child").changed() == {"comfort": "小兔子"}
    assert room.panel.editor.form("child").texts()["sleep"] == "抱着睡"
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert not room.panel.editor.busy
    assert "小兔子" in {one.shown for one in room.panel.card.fields}


def test_an_adult_and_a_paper_are_offered_too(opened, world, qtbot, banners):
    room = opened(world.desk)
    light(qtbot, room, world, "张沐阳")
    room.panel.show_section(Section.FAMILY)
    press(qtbot, room, Qt.Key.Key_F4)
    write(qtbot, room, "records.adult.name", "张姑")
    room = opened(world.desk)
    take_up(qtbot, room, banners)
    assert room.panel.editor.form("adult").texts()["name"] == "张姑"
    press(qtbot, room, Qt.Key.Key_Escape)
    assert room.escape()
    assert room.escape()
    rest(qtbot, room)
    room.panel.show_section(Section.PAPERS)
    press(qtbot, room, Qt.Key.Key_F4)
    write(qtbot, room, "records.paper.number", "PA-7")
    room = opened(world.desk)
    take_up(qtbot, room, banners)
    assert room.panel.editor.form("paper").texts()["number"] == "PA-7"


def test_a_consent_and_a_trait_of_a_barred_person_are_offered_too(opened, world, qtbot, banners):
    room = opened(world.director)
    light(qtbot, room, world, "张沐阳")
    room.panel.show_section(Section.PAPERS)
    rest(qtbot, room)
    choose(room, "records.consent.care")
    write(qtbot, room, "records.consent.signer", "张母亲")
    write(qtbot, room, "records.consent.paper", "蓝色夹子 7")
    room = opened(world.director)
    take_up(qtbot, room, banners)
    texts = room.panel.editor.form("consent").texts()
    assert (texts["signer"], texts["paper"]) == ("张母亲", "蓝色夹子 7")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert room.panel.editor.busy  # nobody on file is called so
    write(qtbot, room, "records.consent.signer_reason", "妈妈的姐姐代签")
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert not room.panel.editor.busy
    assert "张母亲" in room.panel.card.consents[0].words
    room.panel.show_section(Section.FAMILY)
    rest(qtbot, room)
    barred = 1 + next(at for at, one in enumerate(room.panel.card.adults) if is_barred(one))
    choose(room, f"records.adult.{barred}.trait")
    write(qtbot, room, "records.trait.value", "大头")
    room = opened(world.director)
    assert "记特征" in banners[-1].words
    take_up(qtbot, room, banners)
    assert room.panel.editor.form("trait").texts()["value"] == "大头"
    press_ctrl(qtbot, room, Qt.Key.Key_Return)
    assert not room.panel.editor.busy
    opened(world.director)
    assert banners == []


def test_a_trait_of_who_may_fetch_again_is_offered_no_more(opened, world, qtbot, banners):
    room = opened(world.director)
    card = room.context._services.records.card(world.director, world.children["张沐阳"])
    free = next(one for one in card.adults if not is_barred(one))
    slot = Slot("trait", card.row.child, str(free.adult))
    room.context.act(
        lambda s: s.record_keeping.drafts.keep(world.director, slot, "记特征", {"trait": {"value": "大头"}})
    )
    rest(qtbot, room)
    room = opened(world.director)
    take_up(qtbot, room, banners)
    assert not room.panel.editor.busy
    opened(world.director)
    assert banners == []


def test_esc_throws_it_away_and_undo_offers_it_again(opened, world, qtbot, banners):
    room = opened(world.desk)
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F2)
    write(qtbot, room, "records.child.note", "写到一半")
    room.escape()
    room.escape()
    rest(qtbot, room)
    notice = room.context.said[-1]
    assert notice.words == "没有保存：修改基本：张沐阳"
    assert banners == []
    room.context.act(lambda s: s.undo(world.desk, notice.undo))
    rest(qtbot, room)
    take_up(qtbot, room, banners)
    assert room.panel.editor.form("child").changed() == {"note": "写到一半"}


def test_a_form_that_was_put_back_leaves_nothing(opened, world, qtbot, banners):
    room = opened(world.desk)
    light(qtbot, room, world, "张沐阳")
    press(qtbot, room, Qt.Key.Key_F2)
    write(qtbot, room, "records.child.note", "x")
    room.panel.editor.form("child").put("note", "")
    said = len(room.context.said)
    room.escape()
    rest(qtbot, room)
    assert not room.panel.editor.busy
    assert len(room.context.said) == said
    opened(world.desk)
    assert banners == []


def test_the_same_form_begun_by_hand_goes_on_with_what_was_typed(opened, world, qtbot, banners):
    room = opened(world.desk)
    room.new_record()
    write(qtbot, room, "records.new.name", "朱予晴")
    room = opened(world.desk)
    room.new_record()
    assert room.panel.editor.form("child").texts()["name"] == "朱予晴"


def test_leaving_the_room_keeps_the_last_letters_and_takes_the_offer_down(opened, world, qtbot, banners):
    room = opened(world.desk)
    room.new_record()
    room.panel.editor.form("child").put("name", "朱")
    room.panel.editor.edited.emit()
    assert room.acts.drafting.pause.isActive()
    assert room.leaving()
    assert not room.acts.drafting.pause.isActive()
    rest(qtbot, room)
    again = opened(world.desk)
    assert banners
    again.leaving()
    assert banners == []


def test_a_closed_offer_is_not_raised_by_each_change_but_when_the_room_is_opened_again(
    opened, world, qtbot, banners
):
    room = opened(world.desk)
    room.new_record()
    write(qtbot, room, "records.new.name", "朱予晴")
    room = opened(world.desk)
    banners.clear()  # somebody closed it
    room.refresh()
    rest(qtbot, room)
    assert banners == []
    room.leaving()
    room.entered(None)
    rest(qtbot, room)
    assert len(banners) == 1


def test_a_teacher_and_another_person_are_offered_nothing(opened, world, qtbot, banners):
    room = opened(world.desk)
    room.new_record()
    write(qtbot, room, "records.new.name", "朱予晴")
    for actor in (world.teacher, world.director):
        opened(actor)
        assert banners == []


def test_a_family_member_who_is_gone_ends_her_draft(opened, world, qtbot, banners):
    with world.database.unit(None, "test") as unit:
        aunt = add_adult(unit, world, world.children["张沐阳"], "张姑", "姑姑", "13600001122")
        unit.audit("adult", aunt)
    room = opened(world.desk)
    light(qtbot, room, world, "张沐阳")
    card = next(one for one in room.panel.card.adults if one.adult == aunt)
    room.acts.start("edit_adult", aunt, room.panel.card)
    assert card.name == "张姑"
    write(qtbot, room, "records.adult.relation", "大姑")
    room = opened(world.desk)
    child = world.children["张沐阳"]
    room.context.act(lambda s: s.record_keeping.family.end_adult(world.director, child, aunt, "妈妈要求"))
    rest(qtbot, room)
    take_up(qtbot, room, banners)
    assert not room.panel.editor.busy
    assert any("不在档案里" in one.words for one in room.context.said)
    opened(world.desk)
    assert banners == []


def test_who_signs_in_next_sees_neither_the_form_nor_the_offer_and_the_first_finds_both_again(
    opened, world, qtbot, banners
):
    room = opened(world.desk)
    light(qtbot, room, world, "曾雨桐")
    press(qtbot, room, Qt.Key.Key_F2)
    write(qtbot, room, "records.child.note", "写到一半")
    room.context.sign_in(world.teacher)
    rest(qtbot, room)
    assert not room.panel.editor.busy
    assert room.panel.card is None or room.panel.card.row.name != "曾雨桐"
    assert banners == []
    room.context.sign_in(world.desk)
    rest(qtbot, room)
    take_up(qtbot, room, banners)
    assert room.panel.editor.form("child").changed() == {"note": "写到一半"}
    room.context.sign_in(None)
    room.context.sign_in(world.desk)
    rest(qtbot, room)
    assert room.panel.editor.busy, "a locked screen takes nothing away"
