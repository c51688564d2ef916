"""Where things lie."""

from app import paths


def test_everything_of_a_centre_lies_under_its_folder(tmp_path):
    places = paths.Places(tmp_path)
    inside = (places.centre_file, places.backups, places.logs, places.cache)
    assert all(path.parent == tmp_path for path in inside)
    assert len(set(inside)) == len(inside)


def test_the_practice_folder_shares_nothing_with_the_centres_own(tmp_path):
    places = paths.Places(tmp_path)
    assert places.practice.centre_file != places.centre_file
    assert places.practice.backups != places.backups


def test_resources_are_where_the_program_looks():
    assert (paths.RESOURCES / "fonts" / "LXGWWenKai-Regular.ttf").is_file()
