from app.domain.capacity import HourCell
from app.domain.looks import Tone
from app.ui.theme import Theme
from app.ui.widgets.hour_strip import HourStrip


def test_the_hours_of_her_stay_are_spoken_and_painted(qtbot):
    strip = HourStrip(Theme(), "x.hours")
    qtbot.addWidget(strip)
    strip.resize(300, 34)
    strip.show_hours([HourCell(9, Tone.BAD, 4, 1, 3, True), HourCell(10, Tone.PLAIN, 3, 1, 3, False)])
    assert strip.accessibleDescription() == "9:00 人数 4 / 在岗 1 / 上限 3"
    theme, image = Theme(), strip.grab().toImage()
    inks = {image.pixelColor(x, 30).name() for x in range(300)}
    assert theme.color("hour_bad").name() in inks
