"""Brothers and sisters who go along: lit one by one or all at once, and kept while they are inside."""

import pytest

from app.domain.ids import ChildId, VisitId
from app.services.pickup_card import SiblingRow
from app.ui.desk.kin import KinChoice

SISTER = SiblingRow(VisitId(140), ChildId(40), "朱予安", "妹妹", "小星星", None, ())
COUSIN = SiblingRow(VisitId(141), ChildId(41), "朱予乐", "", "小海豚", None, ())


@pytest.fixture
def kin(qtbot, context):
    made = KinChoice(context.theme)
    qtbot.addWidget(made)
    made.told = []
    made.changed.connect(lambda: made.told.append([one.name for one in made.together]))
    made.show_siblings((SISTER, COUSIN))
    return made


def test_where_no_sibling_is_inside_nothing_is_asked_and_the_key_is_left_alone(kin):
    assert not kin.isHidden()
    kin.show_siblings(())
    assert kin.isHidden()
    assert not kin.turn()
    assert kin.told == []


def test_each_is_called_by_kin_and_name_or_by_name_alone(kin):
    assert [kin.choice.button(key).text() for key in ("140", "141")] == ["妹妹 朱予安", "朱予乐"]


def test_one_lit_by_hand_goes_along_and_the_key_then_puts_everybody_out(kin):
    kin.choice.button("141").click()
    assert kin.together == (COUSIN,)
    assert kin.turn()
    assert kin.together == ()
    assert kin.turn()
    assert kin.together == (SISTER, COUSIN)
    assert kin.told == [["朱予乐"], [], ["朱予安", "朱予乐"]]


def test_read_again_who_is_lit_stays_so_and_who_has_left_goes_along_with_nobody(kin):
    kin.turn()
    kin.show_siblings((COUSIN,))
    assert kin.together == (COUSIN,)
    kin.clear()
    kin.show_siblings((SISTER, COUSIN))
    assert kin.together == ()
