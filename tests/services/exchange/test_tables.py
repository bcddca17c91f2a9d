"""A list saved as CSV: as it is shown, readable by spreadsheets, and nothing in it runs there (R6)."""

import csv
from pathlib import Path

import pytest

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.tables import save_table


def test_a_list_is_saved_whole_and_guarded(tmp_path: Path) -> None:
    path = tmp_path / "runs.csv"
    assert save_table(None, path, ["Run", "Name"], [["JULY", "=1+1"], ["MAY", 'say "hi", you']]) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [["Run", "Name"], ["JULY", "'=1+1"], ["MAY", 'say "hi", you']]
    with pytest.raises(BadValue):
        save_table(None, tmp_path / "nowhere" / "runs.csv", [], [])
