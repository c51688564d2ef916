"""The log."""

import logging

import pytest

from app import journal


@pytest.fixture
def quiet_root():
    """Give the root logger its handlers back afterwards."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_lines_land_in_the_folder(quiet_root, tmp_path):
    journal.keep(tmp_path / "logs")
    logging.getLogger("app.x").info("开门")
    assert "app.x: 开门" in (tmp_path / "logs" / "tuodehao.log").read_text(encoding="utf-8")


def test_a_long_log_is_put_aside_once(quiet_root, tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "_LOG_BYTES", 10)
    log = tmp_path / "tuodehao.log"
    log.write_text("x" * 11, encoding="utf-8")
    journal.keep(tmp_path)
    assert (tmp_path / "tuodehao.1.log").read_text(encoding="utf-8") == "x" * 11
    assert log.read_text(encoding="utf-8") == ""


def test_a_folder_that_cannot_be_made_does_not_stop_the_program(quiet_root, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    journal.keep(tmp_path / "file")
    logging.getLogger("app.x").info("still here")
