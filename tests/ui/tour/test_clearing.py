"""A tour played again clears what the last one left, and nothing of anybody else's."""

import json

from app.ui.tour.story import PAPERS, clear_old

OURS = ("01-前台-早上.png", "02-登记.png")
FOREIGN = ("合同.pdf", "01-全家福.png", "99-其他.png", "报告.docx")


def lay(folder, *names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x")


def left_in(folder):
    return {path.name for path in folder.iterdir()}


def tell(folder, steps):
    (folder / "tour.json").write_text(json.dumps(steps), encoding="utf-8")


def test_what_an_earlier_tour_left_goes_and_everything_else_stays(tmp_path):
    lay(tmp_path, *OURS, *PAPERS, *FOREIGN)
    tell(tmp_path, [{"pictures": [OURS[0]]}, {"pictures": [OURS[1]]}])
    clear_old(tmp_path)
    assert left_in(tmp_path) == set(FOREIGN)


def test_a_folder_no_tour_has_been_in_keeps_its_pictures(tmp_path):
    lay(tmp_path, *OURS, *FOREIGN)
    clear_old(tmp_path)
    assert left_in(tmp_path) == {*OURS, *FOREIGN}


def test_a_list_that_leads_elsewhere_is_not_followed(tmp_path):
    out = tmp_path / "out"
    lay(tmp_path, "01-a.png")
    lay(out, "合同.pdf")
    tell(out, [{"pictures": ["../01-a.png", "合同.pdf", str(tmp_path / "01-a.png")]}])
    clear_old(out)
    assert (tmp_path / "01-a.png").exists()
    assert left_in(out) == {"合同.pdf"}


def test_a_list_of_another_program_is_no_list(tmp_path):
    lay(tmp_path, *FOREIGN)
    for told in ({"a": 1}, [1], [{"what": "x"}], None):
        tell(tmp_path, told)
        clear_old(tmp_path)
        assert left_in(tmp_path) == set(FOREIGN)
