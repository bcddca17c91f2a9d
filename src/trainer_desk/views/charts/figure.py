"""What a chart shows, as plain values: labels, series and a form, made of a report without any Qt (D2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from trainer_desk.services.rows.reports import Group, Report, ReportLine, Split, Unit
from trainer_desk.texts.reports import group_text, measure_text, number_text, period_text

MOST_BARS, MOST_LINES = 20, 6
"""So many groups are painted; the table beside the chart has all."""


class Form(Enum):
    """Bars lie and have one label each, columns stand for periods, lines are groups over periods."""

    BARS = "bars"
    COLUMNS = "columns"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """Values that belong together, one for each label; `tone` is a colour token, or `hue 3` for a category's."""

    name: str
    values: tuple[float | None, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: several series of bars or columns stand on each other; `left_out` groups are not painted."""

    form: Form
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Unit
    left_out: int = 0

    @property
    def top(self) -> float:
        """The largest value to be shown: of lines a single one, else a whole bar; shares reach to 1 at least."""
        shown = [value for one in self.series for value in one.values if value is not None]
        if self.form is not Form.LINES:
            shown = [self.sum_at(place) for place in range(len(self.labels))]
        return max([*shown, 1.0 if self.unit is Unit.SHARE else 0.0], default=0.0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see: no label, or nothing but noughts."""
        return not any(value for one in self.series for value in one.values)

    def sum_at(self, place: int) -> float:
        """Return the length of a whole bar or column."""
        return sum(one.values[place] or 0 for one in self.series)


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a report is painted: measures on each other with their tones, and the one that lines follow."""

    stack: Mapping[str, str]
    line: str


SHAPES: Mapping[str, Shape] = {
    "compliance": Shape({"compliance": "ok_fill"}, "compliance"),
    "expiries": Shape({"days_30": "danger_fill", "days_60": "warn_fill", "days_90": "expiring_fill"}, "within_90"),
    "fill-rate": Shape({"fill_rate": "accent"}, "fill_rate"),
    "enrollments": Shape(
        {"attended": "ok_fill", "no_shows": "danger_fill", "not_marked": "expiring_fill", "withdrawn": "line_strong"},
        "enrolled",
    ),
    "venue-use": Shape({"use": "accent"}, "use"),
    "trainer-hours": Shape({"delivered": "ok_fill", "booked": "accent"}, "taught"),
    "waitlist": Shape({"elsewhere": "expiring_fill", "short": "danger_fill"}, "waiting"),
}


def figure_of(report: Report) -> Figure:
    """Return the chart of a report: bars by group for one period, else columns, or lines for several groups."""
    shape = SHAPES[report.name]
    if len(report.periods) == 1 and report.wish.split is not Split.TOTAL:
        return _bars(report, shape)
    return _columns(report, shape) if report.wish.split is Split.TOTAL else _lines(report, shape)


def _bars(report: Report, shape: Shape) -> Figure:
    """Paint the largest groups, by the length of their bars; equal ones stay in the order of their names."""
    places = [report.place(name) for name in shape.stack]
    unit = report.measures[places[0]].unit
    length = {line.group: sum(line.values[place] or 0 for place in places) for line in report.lines}
    lines = sorted((line for line in report.lines if length[line.group]), key=lambda line: -length[line.group])
    shown = lines[:MOST_BARS]
    labels = tuple(group_text(line.group, report.wish.split) for line in shown)
    return Figure(Form.BARS, labels, _stacked(report, shape, shown), unit, len(lines) - len(shown))


def _columns(report: Report, shape: Shape) -> Figure:
    labels = tuple(period_text(period, report.wish.step) for period in report.periods)
    unit = report.measures[report.place(next(iter(shape.stack)))].unit
    return Figure(Form.COLUMNS, labels, _stacked(report, shape, report.lines), unit)


def _stacked(report: Report, shape: Shape, lines: Sequence[ReportLine]) -> tuple[Series, ...]:
    found = []
    for name, tone in shape.stack.items():
        place = report.place(name)
        values = tuple(line.values[place] for line in lines)
        found.append(Series(measure_text(report.measures[place]), values, tone))
    return tuple(found)


def _lines(report: Report, shape: Shape) -> Figure:
    """Paint the groups that weigh most in the first of the report's measures, which all others are a part of."""
    place = report.place(shape.line)
    at = {period: number for number, period in enumerate(report.periods)}
    values: dict[Group, list[float | None]] = {group: [None] * len(at) for group in report.groups}
    weight = dict.fromkeys(report.groups, 0.0)
    for line in report.lines:
        values[line.group][at[line.period]] = line.values[place]
        weight[line.group] += line.values[0] or 0
    ranked = sorted((group for group in report.groups if weight[group]), key=lambda group: -weight[group])
    shown = [group for group in report.groups if group in ranked[:MOST_LINES]]
    series = tuple(
        Series(group_text(group, report.wish.split), tuple(values[group]), f"hue {number}")
        for number, group in enumerate(shown)
    )
    labels = tuple(period_text(period, report.wish.step) for period in report.periods)
    return Figure(Form.LINES, labels, series, report.measures[place].unit, len(ranked) - len(shown))


def spoken(figure: Figure) -> str:
    """Return the chart in words, for whoever does not see it: each label with its values."""
    told = []
    for place, label in enumerate(figure.labels):
        values = ((one.name, one.values[place]) for one in figure.series)
        told.append(f"{label}: " + ", ".join(f"{name} {number_text(value, figure.unit)}" for name, value in values))
    return "; ".join(told)
