"""Finds courses by a few typed letters: code and short code first, then the beginning of the title, then any word."""

from collections.abc import Iterable

from trainer_desk.services.rows.directory import CourseRow
from trainer_desk.services.rules.names import search_key, sort_name

MOST = 100
"""Courses listed at once."""


def find_courses(courses: Iterable[CourseRow], text: str) -> list[CourseRow]:
    """Return the courses in use that match, the best first, at most 100; all of them for an empty text."""
    wanted = search_key(text)
    ranked = [(rank, course) for course in courses if course.active and (rank := _rank(course, wanted)) is not None]
    ranked.sort(key=lambda pair: (pair[0], sort_name(pair[1].title), pair[1].id))
    return [course for _rank_of, course in ranked[:MOST]]


def _rank(course: CourseRow, wanted: str) -> int | None:
    codes = (search_key(course.code), search_key(course.short_code))
    title = search_key(course.title)
    if wanted in codes:
        return 0
    if any(code.startswith(wanted) for code in codes):
        return 1
    if title.startswith(wanted):
        return 2
    if any(word.startswith(wanted) for word in title.replace("–", " ").replace("-", " ").split()):
        return 3
    inside = any(wanted in text for text in (*codes, title))
    return 4 if inside else None
