"""The faces at the door: photos where the records have them, letters where not."""

import dataclasses

import pytest

from app.ui.desk.ink import DeskInk
from app.ui.desk.parts import AdultList
from app.ui.desk.persons import AdultChoice, ChildHead
from tests.ui.desk import data
from tests.ui.support import make_context
from tests.ui.widgets.photos import jpeg_in


@pytest.fixture
def ink(qtbot):
    return DeskInk.of(make_context(qtbot, None).theme)


def reds(widget):
    """How many pixels are as red as the photo."""
    image = widget.grab().toImage()
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(one.red() > 240 and one.green() < 20 and one.blue() < 20 for one in colours)


def choice(qtbot, ink, **changed):
    adult = dataclasses.replace(data.CARD.adults[0], **changed)
    made = AdultChoice(adult, 1, ink, collecting=True)
    qtbot.addWidget(made)
    made.resize(320, 52)
    return made


def test_the_tile_of_an_adult_shows_the_photo(qtbot, ink):
    assert reds(choice(qtbot, ink)) == 0
    assert reds(choice(qtbot, ink, photo=jpeg_in("#ff0000"))) > 500


def test_who_must_not_collect_is_known_by_the_face_too(qtbot, ink):
    assert reds(choice(qtbot, ink, barred=True, photo=jpeg_in("#ff0000"))) > 500


def test_a_photo_that_cannot_be_read_leaves_the_relation(qtbot, ink):
    broken, plain = choice(qtbot, ink, photo=b"broken"), choice(qtbot, ink)
    assert broken.grab().toImage() == plain.grab().toImage()


def test_the_head_keeps_the_photo_of_the_child_and_shows_nobody_elses(qtbot, ink):
    head = ChildHead(ink)
    qtbot.addWidget(head)
    head.resize(320, 80)
    head.show_row(data.YUQING, jpeg_in("#ff0000"))
    assert reds(head) > 500
    head.show_row(data.YUQING)  # the row of a new minute, before her card has been read again
    assert reds(head) > 500
    head.show_row(data.LATE)
    assert reds(head) == 0
    head.show_row(data.YUQING, b"")  # it was taken away
    assert reds(head) == 0


def test_a_high_panel_shows_faces_large_while_they_are_few(qtbot, ink):
    adults = AdultList(ink, collecting=True)
    qtbot.addWidget(adults)

    def highs():
        return {one.sizeHint().height() for one in adults._choices}

    adults.show_adults(data.CARD.adults[:2], None)
    (low,) = highs()
    adults.set_roomy(True)
    (high,) = highs()
    assert high > low + 20
    several = [dataclasses.replace(data.CARD.adults[0], adult=at) for at in range(1, 7)]
    adults.show_adults(several, None)
    assert highs() == {low}, "six must stand in sight together"
    adults.show_adults(data.CARD.adults[:2], None)
    assert highs() == {high}
    adults.set_roomy(False)
    assert highs() == {low}
