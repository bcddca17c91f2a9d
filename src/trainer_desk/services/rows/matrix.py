"""The compliance matrix as plain values: people by courses, as of a day (D3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.rows.seats import PickerFilter

EVERYBODY = PickerFilter()


class Mark(IntEnum):
    """The five marks: the groups of the picker (P1), and nothing where a course is neither asked for nor held."""

    NOT_ASKED = 0
    LACKING = 1
    PENDING = 2
    EXPIRING = 3
    HELD = 4


NEEDED = (Mark.LACKING, Mark.PENDING)
"""What is asked for and not held, be it that there is still time."""


@dataclass(frozen=True, slots=True)
class MatrixAsked:
    """What is asked for: the day on which everything is judged, who and which courses.

    `today` is the day of the organisation's zone. `people` narrows by search, department, site and job role; `courses`
    empty: all in use that are asked of anybody or held. `lacking`: only people who lack one of the courses.
    """

    day: date
    today: date
    people: PickerFilter = EVERYBODY
    courses: tuple[int, ...] = ()
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class MatrixCourse:
    """A column; so many days before its last valid day what is held counts as expiring."""

    id: int
    code: str
    title: str
    short_code: str
    category: str
    expiring_days: int


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a person holds or lacks of a course; cells that say nothing are left out of a row.

    `expires_on` is the last valid day, `due_on` the last day of grace, `counts_from` the day before which nothing is
    asked.
    """

    mark: Mark
    status: ComplianceStatus
    expires_on: date | None = None
    due_on: date | None = None
    counts_from: date | None = None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A person with the cells by course."""

    person_id: int
    employee_no: str
    name: str
    department: str
    site: str
    job_role: str
    cells: Mapping[int, MatrixCell] = field(default_factory=dict)

    def count(self, *marks: Mark) -> int:
        """Return how many courses have one of these marks."""
        return sum(cell.mark in marks for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class MatrixPage:
    """The courses and the first people; `ids` are all of them in order where they are few, else None."""

    asked: MatrixAsked
    courses: tuple[MatrixCourse, ...]
    rows: tuple[MatrixRow, ...]
    ids: tuple[int, ...] | None = None
