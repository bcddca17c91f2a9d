"""A few letters find the course that is meant first."""

import pytest

from trainer_desk.models.enums import OverlapPolicy
from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.views.schedule.course_search import find_courses


def course(number: int, code: str, title: str, *, short: str = "", active: bool = True) -> CourseRow:
    return CourseRow(number, code, title, short or code, "", 0, 60, None, 60, None, OverlapPolicy.WARN, active)


COURSES = (
    course(1, "LOTO-1", "Lockout–Tagout", short="LOTO"),
    course(2, "FLT", "Forklift Operator"),
    course(3, "FLT-R", "Forklift Refresher"),
    course(4, "LDR", "Ladder Inspection"),
    course(5, "LO", "Load Slinging"),
    course(6, "OLD", "Lost Course", active=False),
    course(7, "CA", "Çalışma Güvenliği"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lo", [5, 1]),
        ("LOTO", [1]),
        ("flt", [2, 3]),
        ("tag", [1]),
        ("refresh", [3]),
        ("çalış", [7]),
        ("lost", []),
        ("", [7, 2, 3, 4, 5, 1]),
        ("zzz", []),
    ],
)
def test_what_is_found(typed: str, found: list[int]) -> None:
    assert [each.id for each in find_courses(COURSES, typed)][: len(found) or None] == found
