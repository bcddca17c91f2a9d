"""Rows of the reports with charts (D2): what is asked for, and numbers by period and group."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Step(StrEnum):
    """How long a period of a report is; `whole` takes all days as one."""

    WHOLE = "whole"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Split(StrEnum):
    """By what the numbers of a report stand apart; `total` takes all together."""

    TOTAL = "total"
    COURSE = "course"
    DEPARTMENT = "department"
    SITE = "site"
    VENUE = "venue"
    TRAINER = "trainer"


class Unit(StrEnum):
    """What a number counts: things, a share from 0 to 1, or minutes."""

    COUNT = "count"
    SHARE = "share"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of a report: its name, as files head its column, and what it counts."""

    name: str
    unit: Unit = Unit.COUNT


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are counted together, both included; `name` is 2026, 2026-Q4, 2026-11, 2026-W48, or two days."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Group:
    """What the numbers of a line are of: a course, venue or trainer by id and code, or a department or site by name."""

    key: int | str | None
    code: str
    name: str


EVERYTHING = Group(None, "", "")
"""The one group of a report that is not split."""


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What a report is asked for: days in the organisation's zone, both included, how they are cut, what narrows it.

    `site` and `department` are those of people or of venues, as the report says; None: all.
    """

    first: date
    last: date
    step: Step = Step.MONTH
    split: Split = Split.TOTAL
    site: str | None = None
    department: str | None = None
    course_id: int | None = None


Number = int | float | None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The numbers of one group in one period, in the order of the report's measures; None: there is nothing to tell."""

    period: Period
    group: Group
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report: `lines` by period and within it by group."""

    name: str
    wish: ReportWish
    measures: tuple[Measure, ...]
    periods: tuple[Period, ...]
    groups: tuple[Group, ...]
    lines: tuple[ReportLine, ...] = ()

    def place(self, measure: str) -> int:
        """Return the place of a measure among the values; raises StopIteration for one that there is not."""
        return next(place for place, one in enumerate(self.measures) if one.name == measure)
