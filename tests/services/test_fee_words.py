"""What the published fee list says."""

import dataclasses
import datetime as dt

from app.domain.money import Money
from app.services.fee_words import freeze_notice
from app.services.papers import Papers
from app.services.price_list import PriceList
from app.store import centre
from tests.services.world import DAY


def test_the_notice_says_what_holds_today_and_what_is_decided(world):
    book = PriceList(world.database, world.clock)
    half = next(one for one in book.view(world.desk) if one.draft.code == "temp_half_day").draft
    book.set_price(world.director, dataclasses.replace(half, price=Money.yuan(90)), dt.date(2026, 1, 1))
    notice = Papers(world.database, world.clock).fee_notice(world.desk)
    assert [group.title for group in notice.groups] == ["基本服务费", "其他服务费"]
    prices = {line.name: line.price for group in notice.groups for line in group.lines}
    assert prices["半日临时托"] == Money.yuan(80)
    assert notice.coming == ("2026-01-01 起：半日临时托 90 元/次。",)
    assert notice.rules[0].startswith("计时托：至少算 1 小时")
    assert (notice.day, notice.practice) == (dt.date(2024, 9, 1), True)


def test_a_new_price_sets_the_day_of_the_notice(world):
    book = PriceList(world.database, world.clock)
    lunch = next(one for one in book.view(world.desk) if one.draft.code == "lunch").draft
    book.set_price(world.director, dataclasses.replace(lunch, price=Money.yuan(18)), DAY)
    place = centre.find_centre(world.database)
    assert freeze_notice(world.database, place, DAY).day == DAY
