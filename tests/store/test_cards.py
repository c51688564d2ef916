import pytest

from app.store import cards, finding


@pytest.fixture
def child(database):
    return database.row("select child_id from enrolment where ends_on is null order by id limit 1")[
        "child_id"
    ]


def test_numbers_go_on_and_batches_are_told_apart(database, child):
    last = int(cards.list_cards(database)[0].number.removeprefix("C-"))
    with database.unit(1, "x") as unit:
        batch = cards.next_batch(unit)
        keys = [cards.add_card(unit, child, batch, 1) for _ in range(2)]
        assert cards.next_batch(unit) == batch + 1
        unit.audit("card", keys[0])
    assert [card.number for card in cards.list_batch(database, batch)] == [
        f"C-{last + 1:06d}",
        f"C-{last + 2:06d}",
    ]


def test_an_ended_card_keeps_its_first_end(database):
    card = next(card for card in cards.list_cards(database) if card.valid)
    with database.unit(1, "x") as unit:
        cards.end_card(unit, card.id, "lost", "丢了", 1)
        cards.end_card(unit, card.id, "withdrawn", "", 1)
        unit.audit("card", card.id)
    kept = cards.find_card(database, card.id)
    assert (kept.ended_as, kept.ended_words, kept.valid) == ("lost", "丢了", False)
    assert cards.find_by_number(database, kept.number) == kept
    assert cards.find_by_number(database, "C-999999") is None


def test_the_practice_centre_has_cards_some_lost_and_some_missing(database):
    every = cards.list_cards(database)
    lost = [card for card in every if card.ended_as == "lost"]
    assert lost
    assert all(any(card.replaces == one.id for card in every) for one in lost)
    held = {card.child for card in every}
    assert (
        len([one for one in cards.list_holders(database, database.clock().date()) if one.child not in held])
        > 0
    )


def test_each_enrolled_child_holds_a_place_once(database):
    holders = cards.list_holders(database, database.clock().date())
    assert len({one.child for one in holders}) == len(holders) > 70


def test_ties_name_adult_and_child(database):
    ties = finding.list_ties(database)
    assert any(tie.name == "王秀兰" and tie.child_name == "朱予晴" for tie in ties)
    assert finding.list_receipt_years(database)[0] == 2025
