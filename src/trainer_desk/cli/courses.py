"""The command that lists courses, with how many sessions of each can still be booked."""

from collections import defaultdict
from typing import Any

from trainer_desk.cli.answer import Answer
from trainer_desk.cli.json_out import instant
from trainer_desk.cli.plain import table
from trainer_desk.cli.task import Task
from trainer_desk.services.planning.listing import SessionFilter, list_sessions
from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.services.rows.schedule import SessionDetail
from trainer_desk.services.rules.bookable import is_bookable, next_start
from trainer_desk.texts import moment_text


def list_courses(task: Task) -> Answer:
    """List courses by title with the number of sessions that have a free place, and the next date (R6)."""
    bookable: dict[int, list[SessionDetail]] = defaultdict(list)
    for detail in task.store.read(list_sessions, SessionFilter(), now=task.now):
        if is_bookable(detail.card, task.now):
            bookable[detail.card.course_id].append(detail)
    courses = [
        course
        for course in task.directory.courses.values()
        if course.active and (course.id in bookable or not task.arguments.available)
    ]
    documents = [_document(course, bookable[course.id], task) for course in courses]
    rows = [_row(course, bookable[course.id], task) for course in courses]
    return Answer({"courses": documents}, table(rows) if rows else "No courses.")


def _document(course: CourseRow, sessions: list[SessionDetail], task: Task) -> dict[str, Any]:
    return {
        "code": course.code,
        "title": course.title,
        "short_code": course.short_code,
        "category": course.category,
        "duration_minutes": course.duration_minutes,
        "validity_months": course.validity_months,
        "expiring_days": course.expiring_days,
        "default_capacity": course.default_capacity,
        "overlap_policy": course.overlap_policy.value,
        "available_sessions": len(sessions),
        "next_start": instant(next_start(one.card for one in sessions), task.zone),
    }


def _row(course: CourseRow, sessions: list[SessionDetail], task: Task) -> tuple[str, ...]:
    start = next_start(one.card for one in sessions)
    following = moment_text(start, task.zone, year=True) if start else ""
    return course.code, course.title, course.category, f"{len(sessions)} bookable", following
