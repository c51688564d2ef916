"""A child who was here for a day and went home: she is on file, and no undo takes her off it."""

import datetime as dt

from app.services.pickup import CheckOut
from app.store import people


def came_before(world, services, card):
    """Register a card on the day before, and hand the child over to who may collect her."""
    now = world.clock.now
    world.clock.now = now.replace(hour=9, minute=12) - dt.timedelta(days=1)
    made = services.intake.register(world.desk, card).value
    world.clock.at(14)
    adults = people.list_adults(world.database, made.child, world.clock.now.date())
    taker = next(one for one in adults if one.tie.may_collect)
    services.pickup.check_out(world.desk, CheckOut(made.visit, taker.id, "known", "wechat"))
    world.clock.now = now
    return made
