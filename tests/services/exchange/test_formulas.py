"""Text that a spreadsheet could run: guarded on the way out, the same again on the way in."""

import csv
import io

import pytest

from trainer_desk.services.exchange.formulas import guard, unguard

DANGEROUS = [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＋1", "－1",
    "＠1", '=HYPERLINK("http://x")', "\ufeff=1", "-", "+44 20 7946 0018", "'=1", "''=1",
]  # fmt: skip
HARMLESS = ["", "O'Brien", "'tis", "a=b", "1-2", "Ann", "x\n=1", "(1)"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_guarded(text: str) -> None:
    assert guard(text) == "'" + text
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_left_alone(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text


def test_nul_is_dropped() -> None:
    assert guard("a\0b") == "ab"


def test_no_cell_begins_like_a_formula_after_reading_the_file_back() -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([[guard(text)] for text in DANGEROUS])
    stream.seek(0)
    assert all(cell.startswith("'") for [cell] in csv.reader(stream))
