from hypothesis import given
from hypothesis import strategies as st

from app.domain.needs import Need, by_need, most_pressing

flags = st.booleans()


@given(flags, flags, flags, flags, flags)
def test_the_most_pressing_need_is_the_first_that_holds(finding, crying, medicine, nap_check, leaving):
    held = [Need(at) for at, holds in enumerate((finding, crying, medicine, nap_check, leaving)) if holds]
    found = most_pressing(
        finding=finding, crying=crying, medicine=medicine, nap_check=nap_check, leaving=leaving
    )
    assert found == min(held, default=Need.NOTHING)


def test_those_in_need_come_first_and_the_others_keep_their_order():
    cards = [
        (Need.NOTHING, "a"),
        (Need.LEAVING, "b"),
        (Need.CRYING, "c"),
        (Need.NOTHING, "d"),
        (Need.MEDICINE, "e"),
        (Need.FINDING, "f"),
    ]
    assert by_need(cards) == ("f", "c", "e", "b", "a", "d")
