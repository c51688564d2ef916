"""Where a group goes."""

from app.domain.places import PLACES, SICKROOM, is_outdoors, out_counts, out_word


def test_a_room_is_not_the_open():
    assert [place for place in PLACES if not is_outdoors(place)] == ["感统室", SICKROOM]
    assert not any(is_outdoors(place) for place in ("保健室", "多功能厅", "走廊"))
    assert (out_word("公园"), out_word(SICKROOM)) == ("户外", SICKROOM)
    assert out_counts((SICKROOM, "院子", "公园")) == (("户外", 2), (SICKROOM, 1))
