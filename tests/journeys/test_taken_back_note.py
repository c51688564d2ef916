"""A signed note of which something was taken back: whoever looks at it is told, in the real window."""

from app.practice import DESK_MOMENT
from tests.journeys.test_medicine import CALM, DUE, acts, give, medicine_page, take
from tests.ui.stage import TEACHER


def test_a_dose_taken_back_after_the_signature_is_said_on_screen_and_on_paper(opened):
    one = opened(DESK_MOMENT)
    one.sign_in(TEACHER)
    name, visit, _ = one.rows(CALM)[0]
    medicine_page(one)
    take(one, name)
    one.later(at=DUE.replace(minute=31))
    medicine_page(one)
    give(one, name)
    one.press("Alt+4")
    one.row("handover.list", name)
    one.press("Ctrl+Return", "Ctrl+Return")
    assert "已签" in next(line for line in one.listed("handover.list") if name in line)
    one.later(at=DUE.replace(minute=33))
    medicine_page(one)
    one.row("health.medicine.list", name)
    one.press("Del")
    assert acts(one) == []
    one.press("Alt+4")
    one.row("handover.list", name)
    line = next(line for line in one.listed("handover.list") if name in line)
    assert "要修订，签字后撤销了：15:31 喂" in line
    desk = one.ask(lambda services: services.handover.door_words(one.application.context.actor, visit))
    assert "签字后撤销了：15:31 喂" in desk
    one.press("Ctrl+P")
    assert "签字后撤销了：15:31喂" in one.printed("离园交接报告").replace(" ", "")
    numbers = "select number from handover_note where visit_id = ? and signed_at is not null"
    one.press("Ctrl+Return")
    assert len(one.rows(numbers, visit)) == 1  # what is not true is not signed a second time
    assert "已经撤销或更正的：15:31 喂" in one.words()
