"""What a file's columns probably are, and what is shown of it before it is imported."""

from pathlib import Path

import pytest

from tests.services.exchange.workbooks import workbook
from trainer_desk.services.exchange.importing.preview import guessed_fields, load_preview
from trainer_desk.services.exchange.reading_in import Way
from trainer_desk.services.store.engine import Store

PEOPLE = ("employee_no", "name", "department", "site", "job_role", "manager_no", "email", "phone", "active")
COURSES = ("code", "title", "duration_minutes")
GUESSES = {
    "our own": (("employee_no", "name"), PEOPLE, ("employee_no", "name")),
    "of other programs": (
        ("employee_id", "full_name", "dept.", "e_mail", "shoe_size"),
        PEOPLE,
        ("employee_no", "name", "department", "email", ""),
    ),
    "an exact name comes first": (("staff_no", "employee_no"), PEOPLE, ("", "employee_no")),
    "each field once": (("staff_no", "employee_id"), PEOPLE, ("employee_no", "")),
    "a name of a course is its title": (("course_code", "name"), COURSES, ("code", "title")),
}  # fmt: skip


@pytest.mark.parametrize(("headers", "fields", "expected"), GUESSES.values(), ids=GUESSES)
def test_a_column_is_guessed_by_its_name(
    headers: tuple[str, ...], fields: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert guessed_fields(headers, fields) == dict(zip(headers, expected, strict=True))


def test_a_preview_has_the_first_rows_and_the_sheets(store: Store, tmp_path: Path) -> None:
    rows = [["Staff No", "Full name", None], *([number, f"P{number}", None] for number in range(9))]
    path = workbook(tmp_path / "a.xlsx", {"Notes": [["x"]], "Staff": rows})
    seen = store.read(load_preview, "people", path, Way(worksheet="staff"))
    assert (seen.worksheet, seen.worksheets, seen.needed) == ("Staff", ("Notes", "Staff"), ("employee_no",))
    assert seen.titles == ("Staff No", "Full name")
    assert seen.rows == tuple((str(number), f"P{number}") for number in range(5))
    assert seen.guess == {"staff_no": "employee_no", "full_name": "name"}
