"""A dose that fell due at home: when the family is asked, and what of their answer is kept."""

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.home_doses import AskHomeError, require_asked, require_at_home
from app.domain.medicine import DoseDoneError, DoseState
from tests.ui.health.test_give_sheet import REQUEST

(DOSE,) = REQUEST.doses
DUE = DOSE.due_at
HOUR = dt.timedelta(hours=1)


def back(since, left_before=None):
    return replace(REQUEST, since=since, left_before=left_before)


def test_nobody_is_asked_about_a_dose_that_falls_due_here():
    for request in (REQUEST, back(DUE), back(DUE - HOUR), replace(back(DUE + HOUR), inside=False)):
        assert request.ask_words(DOSE) == ""
        require_asked(request, DOSE, "")
        with pytest.raises(AskHomeError, match="到点时在园"):
            require_at_home(request, DOSE, DUE, "妈妈")


def test_who_came_after_its_hour_is_asked_about():
    request = back(DUE + HOUR, DUE - HOUR)
    assert request.ask_words(DOSE) == "在家时到点，先问家长是否已经喂过"
    assert back(DUE + HOUR, DUE + HOUR / 2).ask_words(DOSE).startswith("到点以后回过家")
    with pytest.raises(AskHomeError, match="在家时到点") as told:
        require_asked(request, DOSE, "")
    assert told.value.field == "asked"
    require_asked(request, DOSE, "妈妈")


def test_given_at_home_it_was_before_she_came():
    request = back(DUE + HOUR)
    require_at_home(request, DOSE, DUE, "妈妈")
    for at in (DUE + 2 * HOUR, DUE - 24 * HOUR):
        with pytest.raises(AskHomeError, match="来园以前") as told:
            require_at_home(request, DOSE, at, "妈妈")
        assert told.value.field == "home_at"
    with pytest.raises(AskHomeError, match="谁说的"):
        require_at_home(request, DOSE, DUE, "")
    with pytest.raises(DoseDoneError):
        require_at_home(request, replace(DOSE, state=DoseState.SKIPPED), DUE, "妈妈")


def test_between_coming_and_going_she_was_not_at_home():
    request, minute, second = back(DUE + HOUR), dt.timedelta(minutes=1), dt.timedelta(seconds=1)
    stays = ((DUE - 3 * HOUR, DUE - 2 * HOUR + second), (DUE - HOUR, DUE - HOUR / 2), (DUE + HOUR, None))
    for at in (DUE - 4 * HOUR, DUE - 3 * HOUR, DUE - 2 * HOUR, DUE - HOUR, DUE - HOUR / 2, DUE, DUE + HOUR):
        require_at_home(request, DOSE, at, "妈妈", stays)
    for at in (DUE - 3 * HOUR + minute, DUE - 2 * HOUR - minute, DUE - HOUR * 3 / 4):
        came, left = stays[at > DUE - HOUR]
        with pytest.raises(AskHomeError, match=f"{came:%H:%M} 到 {left:%H:%M} 在园，{at:%H:%M}") as told:
            require_at_home(request, DOSE, at, "妈妈", stays)
        assert told.value.field == "home_at"
