"""The sign of the program."""

from app.ui.theme import Theme
from app.ui.widgets.sign import Sign


def test_it_is_amber_and_grows_less_than_the_type(qtbot, qapp):
    theme = Theme()
    theme.apply(qapp, "light", 100)
    sign = Sign(theme)
    qtbot.addWidget(sign)
    small = sign.sizeHint()
    sign.resize(small)
    picture = sign.grab().toImage()
    assert picture.pixelColor(picture.width() // 2, 3) == theme.color("accent")
    theme.apply(qapp, "light", 200)
    large = sign.sizeHint()
    theme.apply(qapp, "light", 100)
    assert small.width() < large.width() < 2 * small.width()
