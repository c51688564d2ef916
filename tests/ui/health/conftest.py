"""The health room in the real window, by keys."""

import pytest

from app.ui.rooms import Target


@pytest.fixture
def calm(qtbot, window):
    def wait():
        qtbot.waitUntil(lambda: not window._context.jobs.busy, timeout=10_000)

    return wait


@pytest.fixture
def read(window, calm):
    """Ask the services something."""

    def ask(what):
        found = []
        window._context.ask(what, found.append)
        calm()
        return found[0]

    return ask


@pytest.fixture
def sign_in(window, calm, read):
    def sign(name):
        staff = read(lambda s: s.people.staff())
        window._context.sign_in(next(one for one in staff if one.name == name))
        calm()
        return window._context.actor

    return sign


@pytest.fixture
def enter(window, calm, sign_in):
    """A page of the room, for a person of the practice centre; 顾红, the health worker, sees all classes."""

    def show(page, name="许静"):
        sign_in(name)
        window.enter("health", Target(act=page))
        calm()
        made = window.room("health").page
        made.take_focus()
        return made

    return show
