"""What a machine remembers of the person at it."""

from app.ui.preferences import Choices, Preferences


def test_choices_survive_a_restart(tmp_path):
    Preferences(tmp_path / "p.json").choose(theme="dark", font_scale=150)
    assert Preferences(tmp_path / "p.json").choices == Choices("dark", 150, 0)


def test_a_broken_or_foreign_file_counts_as_none(tmp_path):
    for text in ("{", "[]", '{"theme": 3, "font_scale": "big", "other": 1}', "\x00"):
        (tmp_path / "p.json").write_text(text)
        assert Preferences(tmp_path / "p.json").choices == Choices()


def test_an_unwritable_place_costs_only_the_memory(tmp_path):
    (tmp_path / "in_the_way").write_text("")
    preferences = Preferences(tmp_path / "in_the_way" / "p.json")
    assert preferences.choose(theme="dark").theme == "dark"
