"""A table as CSV and as a workbook: values as such, texts as texts, and whole or not at all."""

import csv
import datetime as dt
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import BERLIN
from trainer_desk.services.errors import BadValue, DeskError
from trainer_desk.services.exchange.formulas import unguard
from trainer_desk.services.exchange.table_out import PLAIN, Shape, Table, save, text_of, write_csv
from trainer_desk.texts import error_text

START = dt.datetime(2026, 11, 24, 12, 30, tzinfo=dt.UTC)
DOUBLED = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 24)
LOCAL = Shape(local_dates=True)


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (None, PLAIN, ""),
        (7, PLAIN, "7"),
        (0.5, PLAIN, "0.5"),
        (-3, PLAIN, "-3"),
        ("-3", PLAIN, "'-3"),
        ("=1+1", PLAIN, "'=1+1"),
        (DAY, PLAIN, "2026-11-24"),
        (DAY, LOCAL, "24/11/2026"),
        (START, PLAIN, "2026-11-24T13:30"),
        (START, LOCAL, "24/11/2026 13:30"),
        (DOUBLED, PLAIN, "2026-10-25T02:30+02:00"),
        (DOUBLED, LOCAL, "25/10/2026 02:30+02:00"),
    ],
)
def test_a_value_as_a_cell_of_csv(value: object, shape: Shape, text: str) -> None:
    assert text_of(BERLIN, shape)(value) == text  # type: ignore[arg-type]


def test_a_workbook_holds_days_times_and_numbers_and_no_formula(tmp_path: Path) -> None:
    row = ["=HYPERLINK(1)", "#N/A", "007", "a\x00\x0bb", 7, 0.5, DAY, START, None, "x" * 40_000, "שלום 漢字"]
    path = tmp_path / "a.XLSX"
    assert save(path, Table([f"c{place}" for place in range(len(row))], [row, row]), BERLIN, PLAIN) == 2
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert sheet.max_row == 3
    cells = sheet[3]
    kinds = [cell.data_type for cell in cells]
    assert kinds == ["s", "s", "s", "s", "n", "n", "d", "d", "n", "s", "s"]
    assert [cell.value for cell in cells[:6]] == ["=HYPERLINK(1)", "#N/A", "007", "ab", 7, 0.5]
    assert cells[6].value == dt.datetime(2026, 11, 24)  # noqa: DTZ001 - a workbook knows no zones
    assert cells[7].value == dt.datetime(2026, 11, 24, 13, 30)  # noqa: DTZ001
    assert [len(str(cells[9].value)), cells[10].value] == [32_767, "שלום 漢字"]


@given(st.lists(st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_what_is_guarded_comes_back_as_it_was(cells: list[str]) -> None:
    stream = io.StringIO(newline="")
    write_csv(stream, Table(["h"] * len(cells), [cells]), ZoneInfo("UTC"), PLAIN)
    read = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert [unguard(cell) for cell in read[1]] == cells


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_is_stopped_leaves_the_older_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("precious")
    told: list[int] = []

    def step(done: int) -> None:
        told.append(done)
        if done > 4_000:
            raise DeskError("export_stopped")

    with pytest.raises(DeskError, match="export_stopped"):
        save(path, Table(["n"], ([n] for n in range(10_000))), BERLIN, PLAIN, step)
    assert told == [2_000, 4_000, 6_000]
    assert path.read_text() == "precious"
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a.csv", "text"), ("a.TSV", "text"), ("a.txt", "text"), ("a", "text"), ("a.xlsx", "book"), ("A.XLSX", "book"),
        (".csv", "text"), ("a.xls", None), ("a.ods", None), ("a.csv.gz", None), ("a.2026", None),
    ],
)  # fmt: skip
def test_an_ending_that_is_no_tables_is_refused(tmp_path: Path, name: str, made: str | None) -> None:
    path, table = tmp_path / name, Table(("n",), [(1,)])
    if made is None:
        with pytest.raises(BadValue) as refused:
            save(path, table, BERLIN, PLAIN)
        assert refused.value.facts["why"] == "table_ending"
        assert ".xlsx, .csv, .tsv or .txt" in error_text(refused.value)
        assert not path.exists()
        return
    save(path, table, BERLIN, PLAIN)
    assert path.read_bytes().startswith(b"PK" if made == "book" else b'"n"')
