"""A report as a flat table: a line for each period and group, with plain values for files, paper and screen (D2)."""

from collections.abc import Sequence
from typing import TypeAlias

from trainer_desk.services.rows.reports import Measure, Number, Report, Split, Step, Unit

Cell: TypeAlias = str | int | float | None

CODED = {Split.COURSE: "course", Split.VENUE: "venue", Split.TRAINER: "trainer"}
"""What has a code and a name; the others have a name alone."""


def heads_of(report: Report) -> tuple[str, ...]:
    """Return the names of the columns: period, group, then the measures; minutes are told in hours."""
    split = report.wish.split
    period = () if report.wish.step is Step.WHOLE else ("period",)
    group = () if split is Split.TOTAL else (CODED[split], "name") if split in CODED else (split.value,)
    return (*period, *group, *(head_of(measure) for measure in report.measures))


def head_of(measure: Measure) -> str:
    """Return the name of a measure's column."""
    return f"{measure.name}_hours" if measure.unit is Unit.MINUTES else measure.name


def rows_of(report: Report) -> list[tuple[Cell, ...]]:
    """Return the values of each line: counts, shares of three decimals, hours of two; None where nothing is to tell."""
    is_whole, split = report.wish.step is Step.WHOLE, report.wish.split
    found = []
    for line in report.lines:
        period = () if is_whole else (line.period.name,)
        named = (line.group.code, line.group.name) if split in CODED else (line.group.name,)
        group = () if split is Split.TOTAL else named
        values = (plain(value, one) for value, one in zip(line.values, report.measures, strict=True))
        found.append((*period, *group, *values))
    return found


def texts_of(report: Report) -> tuple[Sequence[str], list[list[str]]]:
    """Return the same as texts, as a CSV file holds them; a share always has its three decimals."""
    shares = len(heads_of(report)) - len(report.measures)
    units = (*(None for _ in range(shares)), *(measure.unit for measure in report.measures))
    rows = [[_text(cell, unit) for cell, unit in zip(row, units, strict=True)] for row in rows_of(report)]
    return heads_of(report), rows


def plain(value: Number, measure: Measure) -> Number:
    """Return a number as files hold it: a share rounded to three decimals, minutes as hours rounded to two."""
    if value is None or measure.unit is Unit.COUNT:
        return value
    return round(value, 3) if measure.unit is Unit.SHARE else round(value / 60, 2)


def _text(cell: Cell, unit: Unit | None) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if unit is Unit.SHARE:
        return f"{cell:.3f}"
    return f"{cell:.2f}".rstrip("0").rstrip(".") if unit is Unit.MINUTES else str(cell)
