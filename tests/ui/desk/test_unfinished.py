"""After a crash: the card that was being typed is offered, and whoever left none waits for nothing."""

import types

import pytest

from app.domain.ids import DraftId
from app.services.intake import IntakeCard
from app.ui.desk.unfinished import offer_unfinished
from tests.ui.desk import fakes
from tests.ui.support import make_context, settle


@pytest.fixture
def offer(qtbot):
    def offered(card):
        bundle = fakes.services(unfinished="?")
        bundle.intake = types.SimpleNamespace(unfinished=lambda _actor: (DraftId(1), card))
        context = make_context(qtbot, bundle)
        context.raised, context.ended, context.gone = [], [], []
        context.messages.banner_raised.connect(context.raised.append)
        context.messages.banner_ended.connect(context.ended.append)
        context.go_wanted.connect(lambda room, target: context.gone.append((room, target.act)))
        offer_unfinished(context)
        settle(qtbot, context)
        return context

    return offered


def test_the_banner_leads_to_the_card_and_goes_with_the_press(offer):
    context = offer(IntakeCard(name="石榴"))
    (banner,) = context.raised
    assert banner.words == "上次有一张没填完的临时托登记：石榴。"
    banner.act()
    assert (context.ended, context.gone) == ([banner.key], [("intake", "recover")])


def test_a_card_left_before_the_name_was_typed_is_offered_too(offer):
    (banner,) = offer(IntakeCard()).raised
    assert banner.words == "上次有一张没填完的临时托登记：还没写名字。"


def test_where_nothing_was_left_the_intake_is_not_even_asked(qtbot):
    bundle = fakes.services()
    bundle.intake = None  # asking it would fail
    context = make_context(qtbot, bundle)
    raised = []
    context.messages.banner_raised.connect(raised.append)
    offer_unfinished(context)
    settle(qtbot, context)
    assert raised == []
