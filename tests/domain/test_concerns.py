"""Who may know of a record of suspected harm."""

import pytest

from app.domain.concerns import CHANNELS, SIGNS, may_read
from app.domain.ids import StaffId
from app.domain.staff import Actor, Role


@pytest.mark.parametrize("role", Role)
def test_the_director_and_who_wrote_it_and_nobody_else(role):
    reader = Actor(StaffId(3), "某某", role)
    assert may_read(reader, StaffId(3))
    assert may_read(reader, StaffId(4)) == (role is Role.DIRECTOR)


def test_the_police_come_first_and_nine_situations_are_named():
    assert next(iter(CHANNELS)) == "110"
    assert len(SIGNS) == 9
