"""The keyed model: what views are told, and that the focus survives a redraw."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex

from app.ui.widgets.keyed import ITEM_ROLE, KeyedModel


class Letters(KeyedModel[tuple[str, int]]):
    def key_of(self, item):
        return item[0]

    def words_of(self, item):
        return f"{item[0]}{item[1]}"


def test_the_model_keeps_the_model_contract(qtmodeltester):
    model = Letters()
    qtmodeltester.check(model)
    model.replace([("a", 1), ("b", 2)])
    qtmodeltester.check(model)


LISTS = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 1)), unique_by=lambda item: item[0])


@given(st.lists(LISTS, min_size=1, max_size=4))
def test_after_any_history_the_model_is_the_last_list_and_an_item_that_stayed_kept_its_index(history):
    model = Letters()
    held: dict[str, QPersistentModelIndex] = {}
    for wanted in history:
        model.replace(wanted)
        assert list(model.items) == wanted
        for key in [key for key in held if key not in dict(wanted)]:
            assert not held.pop(key).isValid()
        for at, (key, _number) in enumerate(wanted):
            known = held.setdefault(key, QPersistentModelIndex(model.index(at)))
            assert known.row() == at
            assert model.data(known, ITEM_ROLE) == wanted[at]


def test_what_is_not_there_is_nothing(qapp):
    model = Letters()
    model.replace([("a", 1)])
    assert model.position("z") is None
    assert model.item_at(QModelIndex()) is None
    assert model.data(QModelIndex()) is None
