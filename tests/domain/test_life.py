"""Who may go where, and what each step asks."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import ApplicantId, ClassId
from app.domain.life import (
    Ending,
    Life,
    LifeError,
    QueueState,
    Stage,
    Step,
    StepKind,
    check_step,
    next_kinds,
    queue_state,
)
from app.domain.modes import CareMode, HalfDay
from app.domain.queue import HandMove, Waiting, order_queue
from app.domain.seats import Hold, first_overfull, seats_held

TODAY = dt.date(2025, 12, 3)
DAY = dt.timedelta(days=1)
ONE, TWO = ClassId(1), ClassId(2)
ENROL = Step(StepKind.ENROL, dt.date(2025, 9, 1), class_id=ONE, mode=CareMode.FULL_DAY)


def test_the_buttons_of_each_stage():
    assert next_kinds(Life((Step(StepKind.INQUIRE, TODAY),)), TODAY)[0] is StepKind.WAIT
    assert next_kinds(Life((ENROL,)), TODAY) == (StepKind.MOVE, StepKind.SUSPEND, StepKind.LEAVE)
    run_out = dataclasses.replace(ENROL, ends_on=dt.date(2025, 11, 30))
    assert Life((run_out,)).stage_on(TODAY) is Stage.LEFT
    assert StepKind.ENROL in next_kinds(Life((run_out,)), TODAY)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (Step(StepKind.RESUME, TODAY), "kind"),
        (Step(StepKind.MOVE, TODAY, class_id=ONE, mode=CareMode.FULL_DAY), "class_id"),
        (Step(StepKind.MOVE, TODAY, mode=CareMode.FULL_DAY), "class_id"),
        (Step(StepKind.MOVE, TODAY, class_id=TWO, mode=CareMode.HALF_DAY), "half"),
        (Step(StepKind.MOVE, TODAY - DAY, class_id=TWO, mode=CareMode.FULL_DAY), "reason"),
        (
            Step(StepKind.MOVE, dt.date(2025, 11, 30), class_id=TWO, mode=CareMode.FULL_DAY, reason="补"),
            "on_day",
        ),
        (Step(StepKind.SUSPEND, dt.date(2025, 9, 1), reason="旅行"), "on_day"),
        (Step(StepKind.SUSPEND, TODAY), "reason"),
        (Step(StepKind.LEAVE, TODAY, ending=Ending.GIVEN_UP), "ending"),
        (Step(StepKind.MOVE, TODAY, class_id=TWO, mode=CareMode.FULL_DAY, ends_on=TODAY - DAY), "ends_on"),
    ],
)
def test_a_step_that_cannot_be_names_its_field(step, field):
    with pytest.raises(LifeError) as caught:
        check_step(Life((ENROL,)), step, TODAY)
    assert caught.value.field == field
    assert caught.value.sentence.endswith("。")


def test_a_notice_expires_after_its_deadline_and_not_on_it():
    wait = Step(StepKind.WAIT, TODAY)
    told = Life((wait, Step(StepKind.NOTIFY, TODAY, class_id=ONE, deadline=TODAY + DAY)))
    assert queue_state(told, TODAY + DAY) is QueueState.NOTIFIED
    assert queue_state(told, TODAY + 2 * DAY) is QueueState.EXPIRED
    sure = Life((*told.steps, Step(StepKind.CONFIRM, TODAY)))
    assert queue_state(sure, TODAY + 9 * DAY) is QueueState.CONFIRMED
    assert StepKind.NOTIFY not in next_kinds(sure, TODAY)
    assert StepKind.NOTIFY in next_kinds(told, TODAY + 2 * DAY)
    assert StepKind.CONFIRM not in next_kinds(told, TODAY + 2 * DAY)


def test_two_halves_share_a_seat_only_where_they_may():
    first = Hold(ONE, CareMode.HALF_DAY, HalfDay.MORNING, TODAY)
    second = Hold(ONE, CareMode.HALF_DAY, HalfDay.AFTERNOON, TODAY)
    assert seats_held([first, second], TODAY, shared=True) == 1
    assert seats_held([first, second], TODAY, shared=False) == 2
    apart = dataclasses.replace(second, class_id=TWO)
    assert seats_held([first, apart], TODAY, shared=True) == 2


HOLDS = st.lists(
    st.builds(
        Hold,
        st.just(ONE),
        st.just(CareMode.FULL_DAY),
        st.none(),
        st.integers(0, 9).map(lambda ahead: TODAY + ahead * DAY),
        st.none() | st.integers(10, 20).map(lambda ahead: TODAY + ahead * DAY),
    ),
    max_size=6,
)


@given(HOLDS, HOLDS.filter(bool), st.integers(0, 5))
def test_the_first_overfull_day_is_the_first_of_all_days(holds, asked, limit):
    days = [TODAY + ahead * DAY for ahead in range(25)]
    over = [
        day
        for day in days
        if any(one.on(day) for one in asked) and seats_held([*holds, *asked], day, shared=True) > limit
    ]
    found = first_overfull(holds, asked, lambda _: limit, shared=True)
    assert found == (over[0] if over else None)


@given(
    st.permutations(range(1, 6)),
    st.lists(st.tuples(st.integers(1, 7), st.none() | st.integers(1, 7)), max_size=6),
)
def test_the_list_loses_nobody_and_moves_only_whom_it_is_told(ranks, moves):
    waiting = [Waiting(ApplicantId(at), rank, TODAY) for at, rank in enumerate(ranks, 1)]
    hand = [HandMove(ApplicantId(one), None if other is None else ApplicantId(other)) for one, other in moves]
    order = order_queue(waiting, hand)
    assert sorted(order) == [1, 2, 3, 4, 5]
    assert order_queue(waiting, hand) == order
    if not moves:
        assert [one.applicant for one in sorted(waiting, key=lambda one: one.rank)] == list(order)
