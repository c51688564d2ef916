"""A figure, its floor and the bar between them; floor and subject are measured in turn."""

import statistics
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. Without a floor the bar is in the figure's own unit."""

    name: str
    figure: float
    unit: str
    bar: float
    floor: float | None = None

    @property
    def ratio(self):
        return None if self.floor is None else self.figure / self.floor

    @property
    def above(self):
        return (self.figure if self.ratio is None else self.ratio) > self.bar

    def line(self):
        floor = "-" if self.floor is None else f"{self.floor:.2f} {self.unit}"
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        bar = f"{self.bar:g} {self.unit}" if self.ratio is None else f"{self.bar:g} x"
        mark = "  ABOVE THE BAR" if self.above else ""
        return f"{self.name:44} {self.figure:9.2f} {self.unit:2} {floor:>12} {ratio:>7} {bar:>10}{mark}"


def in_turn(benchmark, subject, floor, *, rounds, before=lambda: None):
    """Time subject and floor alternately; return their medians in milliseconds, None where nothing is timed.

    ``before`` runs untimed ahead of each round. With benchmarks switched off each runs once: that they run
    is a test, how long they take is not.
    """
    floors = []

    def prepare():
        begun = time.perf_counter()
        floor()
        floors.append((time.perf_counter() - begun) * 1000)
        before()

    if benchmark.disabled:
        prepare()
        benchmark(subject)
        return None
    benchmark.pedantic(subject, setup=prepare, rounds=rounds)
    return benchmark.stats.stats.median * 1000, statistics.median(floors)


def report(figures, figure):
    """Put the figure in the table, then hold it to its bar."""
    figures.append(figure)
    assert not figure.above, figure.line()
