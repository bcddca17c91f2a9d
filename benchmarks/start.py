"""Goals: start of the window up to the first paint and the first painted week, and memory, against a bare window."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.measure import Line, middle_ratio
from benchmarks.place import Place

ROUNDS = 7


def lines(place: Place) -> Iterator[Line]:
    """Yield what processes of their own told, turn by turn; offscreen, on the SQLite file."""
    if not place.is_file:
        return
    bare, ours = [], []
    for _ in range(ROUNDS + 1):
        bare.append(_start())
        ours.append(_start(place.address))
    del bare[0], ours[0]
    assert not any(one["alembic"] for one in ours)
    for name, key, floor_key, at_most, unit in (
        ("first paint", "first", "first", 1.3, "ms"),
        ("first week on screen", "week", "first", 3.5, "ms"),
        ("memory after the start", "memory", "memory", 2, "MiB"),
    ):
        own, floor = [one[key] for one in ours], [one[floor_key] for one in bare]
        middles = statistics.median(own), statistics.median(floor)
        yield Line(
            name, place.dialect, *middles, middle_ratio(own, floor), at_most, floor_is="bare QMainWindow", unit=unit
        )


def _start(*database: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.start_probe", str(time.monotonic()), *database]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
