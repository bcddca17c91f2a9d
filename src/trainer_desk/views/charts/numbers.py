"""The numbers of a chart as a table beside it: a row for each period and group (D2)."""

from collections.abc import Sequence

from trainer_desk.services.rows.reports import Measure, Report, Split, Step, Unit
from trainer_desk.texts.reports import group_text, head_text, measure_text, number_text, period_text
from trainer_desk.texts.translate import _
from trainer_desk.views.parts.row_model import Column, Row

LETTER, AROUND = 8, 28
"""Pixels at 100 % text size that a letter of a heading takes at most, and what is around them."""


def columns_of(report: Report) -> Sequence[Column]:
    """Return the columns: period and group where there are several, then the measures at the right."""
    found = []
    if report.wish.step is not Step.WHOLE:
        found.append(Column("period", _("Period"), 96, sortable=False, fixed=True, fits=True))
    if report.wish.split is not Split.TOTAL:
        title = head_text(report.wish.split)
        found.append(Column("group", title, 150, sortable=False, fixed=True, fits=True))
    for _place, measure in _measures(report):
        title = measure_text(measure)
        found.append(Column(measure.name, title, AROUND + LETTER * len(title), right=True, sortable=False, fits=True))
    return found


def rows_of(report: Report) -> list[Row]:
    """Return a row for each line, with a key of its own in front."""
    wish, shown = report.wish, _measures(report)
    found: list[Row] = []
    for line in report.lines:
        period = () if wish.step is Step.WHOLE else (period_text(line.period, wish.step),)
        group = () if wish.split is Split.TOTAL else (group_text(line.group, wish.split),)
        values = (number_text(line.values[place], measure.unit) for place, measure in shown)
        found.append(((line.period.name, line.group.code or line.group.name), *period, *group, *values))
    return found


def _measures(report: Report) -> list[tuple[int, Measure]]:
    """Return the measures with their places: shares come first, since the others are what they are made of."""
    return sorted(enumerate(report.measures), key=lambda one: one[1].unit is not Unit.SHARE)
