"""A long table is written row by row: memory does not grow with it."""

import subprocess
import sys
from pathlib import Path

import pytest

WRITE = """
import resource, sys
from pathlib import Path
from zoneinfo import ZoneInfo
from trainer_desk.services.exchange.table_out import PLAIN, Table, save
path, rows = Path(sys.argv[1]), int(sys.argv[2])
many = ([f"S-{n}", "FIRE", "=Fire", n, f"Person number {n}", "Press", "York", "confirmed"] for n in range(rows))
assert save(path, Table(list("abcdefgh"), many), ZoneInfo("UTC"), PLAIN) == rows
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.nightly
@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for the memory that was resident")
@pytest.mark.parametrize(("name", "rows"), [("a.csv", 1_000_000), ("a.xlsx", 100_000)])
def test_at_most_200_megabytes_are_resident(tmp_path: Path, name: str, rows: int) -> None:
    command = [sys.executable, "-c", WRITE, str(tmp_path / name), str(rows)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(ran.stdout) <= 200
