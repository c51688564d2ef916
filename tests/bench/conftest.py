"""The benchmarks tell each figure beside its floor, measured in turn in the same run."""

import pytest

from tests.bench.ratio import Figure

FIGURES = pytest.StashKey[list[Figure]]()


@pytest.fixture
def figures(request):
    """Where a benchmark puts its figure for the table at the end."""
    return request.config.stash.setdefault(FIGURES, [])


def pytest_terminal_summary(terminalreporter, config):
    """Print the table: figure, floor, ratio, bar."""
    if not (rows := config.stash.get(FIGURES, [])):
        return
    terminalreporter.section("figures")
    terminalreporter.write_line(f"{'':44} {'figure':>12} {'floor':>12} {'ratio':>7} {'bar':>10}")
    for row in rows:
        terminalreporter.write_line(row.line(), red=row.above, green=not row.above)
