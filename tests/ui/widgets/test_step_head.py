"""A step of several."""

from app.ui.theme import Theme
from app.ui.widgets.step_head import StepHead


def test_it_is_spoken_and_as_wide_as_its_words(qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", 100)
    short, long = StepHead(theme, 1, "班级"), StepHead(theme, 2, "老师和同事")
    for one in (short, long):
        qtbot.addWidget(one)
    assert long.accessibleName() == "2 老师和同事"
    assert short.sizeHint().width() < long.sizeHint().width()
    long.resize(long.sizeHint())
    assert long.grab().toImage().pixelColor(long.height() // 2, 3) == theme.color("brand")
