"""PySide's own modules are kept unpacked for the next start, and a copy that is not whole is not used."""

import subprocess
import sys

import pytest

from app.ui import support
from tests.house import ROOT


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kept"


def where_loaded(folder, *, keep=False):
    """Where a fresh process takes the modules from, and where it says shiboken6 lies; it may keep a copy."""
    program = (
        "from pathlib import Path\n"
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('support', {str(support.__file__)!r})\n"
        "support = importlib.util.module_from_spec(spec); spec.loader.exec_module(support)\n"
        f"support.kept_folder = lambda: Path({str(folder)!r})\n"
        "support.import_shiboken()\n"
        "import PySide6.QtCore, shiboken6\n"
        f"sys.dont_write_bytecode = {not keep}\n"
        "support.keep_copy()\n"
        "print(sys.modules['shibokensupport'].__file__, shiboken6.__file__, sep='|')\n"
    )
    command = [sys.executable, "-B", "-c", program]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return run.stdout.strip().split("|")


def test_a_kept_copy_is_used_and_shiboken_is_where_it_was(folder):
    modules, _ = where_loaded(folder, keep=True)
    assert not modules.startswith(str(folder))
    modules, package = where_loaded(folder)
    assert modules.startswith(str(folder))
    assert "site-packages" in package


def test_without_a_copy_all_is_as_without_us(folder):
    modules, _ = where_loaded(folder)
    assert not modules.startswith(str(folder))
    assert not folder.exists()


@pytest.mark.parametrize("torn", ["files.dir/shibokensupport/signature/loader.py", "sizes"])
def test_a_torn_copy_is_not_used_and_made_anew(folder, torn):
    where_loaded(folder, keep=True)
    (folder / torn).unlink()
    modules, _ = where_loaded(folder, keep=True)
    assert not modules.startswith(str(folder))
    modules, _ = where_loaded(folder)
    assert modules.startswith(str(folder))


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("", encoding="ascii")
    where_loaded(tmp_path / "file" / "kept", keep=True)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
