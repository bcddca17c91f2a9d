"""The compliance matrix: who is in it, what its cells say and what is counted, against a second plain computation."""

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from tests.factories import (
    MONDAY,
    make_compliance,
    make_course,
    make_item,
    make_person,
    make_record,
    make_requirement,
    prepared,
)
from trainer_desk.models import ComplianceItem
from trainer_desk.models.enums import ComplianceStatus
from trainer_desk.services.dashboard import matrix
from trainer_desk.services.dashboard.matrix import each_row, load_courses, load_ids, load_rows, load_screen
from trainer_desk.services.dashboard.matrix_counts import count_marks
from trainer_desk.services.people.compliance import recompute
from trainer_desk.services.rows.matrix import Mark, MatrixAsked
from trainer_desk.services.rows.seats import PickerFilter
from trainer_desk.services.store.engine import Store

TODAY = MONDAY.date()
NON_COMPLIANT, PENDING, COMPLIANT = ComplianceStatus
PLACES = ("North", "South", "")
Said = dict[tuple[int, int], Mark]


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


@dataclass
class Organisation:
    """Some people and courses; `people` in the order of their names, with department and whether they are there."""

    store: Store
    courses: dict[int, int]
    people: dict[int, tuple[str, bool]]


@pytest.fixture
def organisation(each_store: Store) -> Organisation:
    """Make people with random items of every kind; one course is asked of nobody, one is out of use."""
    dice = random.Random(8)
    with prepared(each_store) as db:
        courses = {make_course(db, f"C{n}", expiring_days=days_of): days_of for n, days_of in enumerate((60, 60, 7))}
        make_course(db, "NOBODY")
        make_course(db, "GONE", active=False)
        people = {}
        for number in range(40):
            unit, is_there = dice.choice(PLACES), number % 13 != 5
            key = make_person(db, f"Person {number:02}", department=unit, site="Works", active=is_there)
            people[key] = unit, is_there
            for course in courses:
                if dice.random() < 0.7:
                    status = dice.choice(list(ComplianceStatus))
                    expires = days(dice.randint(-70, 70)) if status is COMPLIANT and dice.random() < 0.9 else None
                    due = days(dice.randint(-5, 5)) if status is PENDING and dice.random() < 0.7 else None
                    counts = dice.choice((None, None, days(-3), days(3), dt.date.max))
                    make_item(db, key, course, status, expires, due_on=due, counts_from=counts)
    return Organisation(each_store, courses, people)


def plainly(organisation: Organisation, day: dt.date) -> Said:
    """Judge the stored items once more, in the words of P1 and N1."""
    said = {}
    with organisation.store.reading() as db:
        rows = db.execute(sa.select(ComplianceItem.__table__)).all()
    for row in rows:
        holds = row.status == "COMPLIANT" and (row.expires_on is None or row.expires_on >= day)
        is_asked = row.counts_from is None or row.counts_from <= day
        if holds and is_asked and row.expires_on is not None:
            left = (row.expires_on - day).days
            mark = Mark.EXPIRING if left <= organisation.courses[row.course_id] else Mark.HELD
        elif holds:
            mark = Mark.HELD
        elif not is_asked:
            continue
        else:
            waits = row.status == "PENDING" and (row.due_on is None or row.due_on >= day)
            mark = Mark.PENDING if waits else Mark.LACKING
        said[row.course_id, row.person_id] = mark
    return said


def shown(organisation: Organisation, asked: MatrixAsked) -> tuple[list[int], Said]:
    """Read a matrix whole: its people in order, and the marks."""
    with organisation.store.reading() as db:
        rows = list(each_row(db, asked, load_courses(db, asked)))
    cells = {(course, row.person_id): cell.mark for row in rows for course, cell in row.cells.items()}
    return [row.person_id for row in rows], cells


@pytest.mark.parametrize("day", [TODAY, days(4), days(80)])
def test_cells_people_and_counts_are_those_of_a_second_computation(organisation: Organisation, day: dt.date) -> None:
    said = plainly(organisation, day)
    there = [key for key, (_unit, is_there) in organisation.people.items() if is_there]
    north = [key for key in there if organisation.people[key][0] == "North"]
    first, *_rest = organisation.courses
    for units, courses, lacking in [
        ((), (), False),
        (("North",), (), True),
        ((), (first,), True),
        (("North",), (first,), False),
    ]:
        asked = MatrixAsked(day, TODAY, PickerFilter(departments=units), courses, lacking)
        shown_courses = courses or tuple(organisation.courses)
        cells = {key: mark for key, mark in said.items() if key[0] in shown_courses and key[1] in there}
        wanted = north if units else there
        needing = {person for (_course, person), mark in cells.items() if mark in (Mark.LACKING, Mark.PENDING)}
        people = [key for key in wanted if not lacking or key in needing]
        found, marks = shown(organisation, asked)
        assert found == people
        assert marks == {key: mark for key, mark in cells.items() if key[1] in people}
        with organisation.store.reading() as db:
            counts = count_marks(db, asked, load_courses(db, asked))
        plain = {course: Counter[Mark]() for course in shown_courses}
        for (course, person), mark in cells.items():
            if person in wanted:
                plain[course][mark] += 1
        assert {course: +marks for course, marks in counts.items()} == plain


def test_a_screen_brings_all_ids_only_where_they_are_few(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, asked = organisation.store, MatrixAsked(TODAY, TODAY)
    there = tuple(key for key, (_unit, is_there) in organisation.people.items() if is_there)
    page = store.read(load_screen, asked)
    assert [course.code for course in page.courses] == ["C0", "C1", "C2"]
    assert (page.ids, tuple(row.person_id for row in page.rows)) == (there, there)
    monkeypatch.setattr(matrix, "FIRST", 5)
    page = store.read(load_screen, asked)
    assert (page.ids, tuple(row.person_id for row in page.rows)) == (None, there[:5])
    assert store.read(load_ids, asked, page.courses) == list(there)
    some = (there[7], 0, there[3])
    assert [row.person_id for row in store.read(load_rows, some, asked, page.courses)] == [there[7], there[3]]


@pytest.fixture
def past(each_store: Store) -> tuple[Store, int, int, int]:
    """Make two people who must hold a course since the end of May; one had it in June."""
    with prepared(each_store) as db:
        course = make_course(db, "FIRE", validity_months=12)
        ann, bo = make_person(db, "Ann", department="North"), make_person(db, "Bo")
        make_requirement(db, course, since=dt.date(2026, 5, 1))
        make_record(db, ann, course, dt.date(2026, 6, 15))
        make_compliance(db, make_person(db, "Cy"), make_course(db, "OTHER"), COMPLIANT)
        recompute(db)
    return each_store, course, ann, bo


def test_a_past_day_lacks_what_came_later(past: tuple[Store, int, int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    store, course, ann, bo = past
    monkeypatch.setattr(matrix, "CHUNK", 1)
    for day, lacking in ((dt.date(2026, 4, 30), []), (dt.date(2026, 6, 1), [ann, bo]), (dt.date(2026, 6, 15), [bo])):
        asked = MatrixAsked(day, TODAY, PickerFilter(search="a"), (course,), lacking=True)
        of_all = MatrixAsked(day, TODAY, courses=(course,), lacking=True)
        with store.reading() as db:
            courses = load_courses(db, asked)
            everybody, named = load_ids(db, of_all, courses), load_ids(db, asked, courses)
            screen = load_screen(db, of_all)
            counts, narrowed = count_marks(db, of_all, courses), count_marks(db, asked, courses)
        assert [one for one in everybody if one in (ann, bo)] == lacking
        assert named == [one for one in lacking if one == ann]
        assert tuple(everybody) == screen.ids
        assert counts[course][Mark.LACKING] == len(everybody)
        assert narrowed[course][Mark.LACKING] == len(named)
