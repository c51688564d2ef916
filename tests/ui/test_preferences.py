"""What a machine remembers of the person at it."""

from app.ui.preferences import Choices, Preferences


def test_choices_survive_a_restart(tmp_path):
    Preferences(tmp_path / "p.json").choose(theme="dark", font_scale=150)
    assert Preferences(tmp_path / "p.json").choices == Choices("dark", 150, 0)


def test_a_broken_or_foreign_file_counts_as_none(tmp_path):
    for text in ("{", "[]", '{"theme": 3, "font_scale": "big", "other": 1}', "\x00", "[" * 20_000):
        (tmp_path / "p.json").write_text(text)
        assert Preferences(tmp_path / "p.json").choices == Choices()


def test_an_unwritable_place_costs_only_the_memory(tmp_path):
    (tmp_path / "in_the_way").write_text("")
    preferences = Preferences(tmp_path / "in_the_way" / "p.json")
    assert preferences.choose(theme="dark").theme == "dark"


def test_a_choice_that_changes_nothing_is_not_written_again(tmp_path):
    preferences = Preferences(tmp_path / "p.json")
    preferences.choose(last_actor=3)
    written = (tmp_path / "p.json").stat().st_ino
    assert preferences.choose(last_actor=3).last_actor == 3
    assert (tmp_path / "p.json").stat().st_ino == written
    preferences.choose(last_actor=4)
    assert Preferences(tmp_path / "p.json").choices.last_actor == 4


def test_the_way_back_from_a_choice_that_could_not_be_kept_is_taken(tmp_path):
    place = tmp_path / "in_the_way"
    preferences = Preferences(place / "p.json")
    place.write_text("")
    preferences.choose(theme="dark")
    assert preferences.choose(theme="light").theme == preferences.choices.theme == "light"
