"""The numbers of a chart in a file: CSV with whole texts, a workbook with numbers that can be reckoned with (D2)."""

import csv
import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from trainer_desk.services.errors import BadValue
from trainer_desk.services.exchange.chart_numbers import save_numbers
from trainer_desk.services.reports.trainer_hours import MEASURES as HOURS
from trainer_desk.services.reports.venue_use import MEASURES as USE
from trainer_desk.services.rows.reports import Group, Measure, Report, ReportLine, ReportWish, Split, Step
from trainer_desk.services.rules.periods import periods_of

DAY = dt.date(2026, 2, 1)


def report(measures: tuple[Measure, ...], values: tuple[float | None, ...], name: str, split: Split) -> Report:
    periods = periods_of(DAY, dt.date(2026, 2, 28), Step.MONTH)
    group = Group(1, "=1+1", name)
    wish = ReportWish(DAY, DAY, Step.MONTH, split)
    return Report("hours", wish, measures, periods, (group,), (ReportLine(periods[0], group, values),))


def test_a_workbook_has_numbers_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "use.xlsx"
    assert save_numbers(None, path, report(USE, (95, 600, 3, 95 / 600), 'Hall, "A"', Split.VENUE)) == 1
    [heads, cells] = list(openpyxl.load_workbook(path).active.iter_rows())
    assert [cell.value for cell in heads] == [
        "period", "venue", "name", "booked_hours", "working_hours", "sessions", "use",
    ]  # fmt: skip
    assert [cell.value for cell in cells] == ["2026-02", "=1+1", 'Hall, "A"', 1.58, 10, 3, 0.158]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "n", "n", "n", "n"]
    assert cells[-1].number_format == "0.0%"


def test_a_csv_file_is_guarded_and_begins_with_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    save_numbers(None, path, report(HOURS, (90, 0, 90, None), "", Split.TRAINER), separator=";")
    text = path.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    [row] = csv.DictReader(text[1:].splitlines(), delimiter=";")
    assert list(row.values()) == ["2026-02", "'=1+1", "", "1.5", "0", "1.5", ""]
    with pytest.raises(BadValue):
        save_numbers(None, tmp_path / "none" / "x.xlsx", report(HOURS, (0, 0, 0, 0), "", Split.TRAINER))
