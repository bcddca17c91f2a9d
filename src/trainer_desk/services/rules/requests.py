"""Which wishes can be filed, which state a request must be in to be decided, and when two stand in each other's way."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from trainer_desk.models.enums import RequestStatus
from trainer_desk.services.errors import BadValue, WrongState
from trainer_desk.services.rows.directory import Directory
from trainer_desk.services.rows.requests import RequestRow, Wish
from trainer_desk.services.rows.schedule import SessionCard
from trainer_desk.services.rules.names import clean_text
from trainer_desk.services.rules.times import EARLIEST_YEAR, LATEST_YEAR

MOST_PEOPLE = 10_000
MOST_NAMED = 500
"""The largest number of people, and the longest list of names, that a request takes."""

REASON_LIMIT = 2000
LONGEST = timedelta(hours=24)


def checked(wish: Wish, directory: Directory, *, now: datetime) -> Wish:
    """Return a wish that can be filed at `now` (UTC), with clean texts and whole seconds (Q1).

    What it points at must be in the directory and in use. Raises BadValue: course_retired, trainer_left,
    venue_retired, run_of_other_course, out_of_range, too_many_entries, end_without_start, end_before_start,
    session_too_long, has_passed, year_out_of_range, and what `clean_text` refuses of the reason.
    """
    _require_in_use(wish, directory)
    starts_at, ends_at = _instant(wish.starts_at, "start"), _instant(wish.ends_at, "end")
    _require_times(starts_at, ends_at, now)
    people = tuple(sorted(set(wish.person_ids)))
    if len(people) > MOST_NAMED:
        raise BadValue(field="people", value=len(people), why="too_many_entries", limit=MOST_NAMED)
    if not people and wish.people is not None and not 1 <= wish.people <= MOST_PEOPLE:
        raise BadValue(field="number_of_people", value=str(wish.people), why="out_of_range", least=1, most=MOST_PEOPLE)
    return replace(
        wish,
        starts_at=starts_at,
        ends_at=ends_at,
        people=None if people else wish.people,
        person_ids=people,
        reason=clean_text(wish.reason or "", field="reason", limit=REASON_LIMIT, lines=True),
    )


def checked_reason(reason: str) -> str:
    """Return why a request is declined. Raises BadValue without a reason, and as `clean_text` (Q1)."""
    text = clean_text(reason, field="reason", limit=REASON_LIMIT, required=True, lines=True)
    assert text is not None
    return text


def require_open(request: RequestRow, verb: str) -> None:
    """Refuse to decide what was decided. Raises WrongState (facts ref, request_state, verb)."""
    if not request.is_open:
        raise WrongState(ref=request.ref, request_state=request.status, verb=verb)


def end_of(wish: Wish, directory: Directory) -> datetime | None:
    """Return when the wished session ends (UTC): without an end after the course's usual length, None undated."""
    if wish.starts_at is None or wish.ends_at is not None:
        return wish.ends_at
    course = directory.courses.get(wish.course_id)
    return None if course is None else wish.starts_at + timedelta(minutes=course.duration_minutes)


def colliding(session: SessionCard, wishes: Iterable[RequestRow], directory: Directory) -> tuple[RequestRow, ...]:
    """Return the open requests that want the trainer or the venue of a session at its time (Q2).

    A venue collides with its parts and its whole; times are half-open, so back-to-back is fine.
    """
    taken = _leaves(session.trainer_ids, directory) | _leaves([session.venue_id], directory)
    return tuple(one for one in wishes if one.is_open and _overlaps(session, one.wish, directory) and (
        taken & _leaves([one.wish.trainer_id, one.wish.venue_id], directory)
    ))  # fmt: skip


def is_accepted(request: RequestRow) -> bool:
    """Whether a request was accepted, so that a second time names what came of the first."""
    return request.status is RequestStatus.ACCEPTED


def _overlaps(session: SessionCard, wish: Wish, directory: Directory) -> bool:
    ends_at = end_of(wish, directory)
    if session.starts_at is None or session.ends_at is None or wish.starts_at is None or ends_at is None:
        return False
    return wish.starts_at < session.ends_at and session.starts_at < ends_at


def _leaves(resource_ids: Collection[int | None], directory: Directory) -> set[int]:
    return {leaf for one in resource_ids if one is not None for leaf in directory.leaves_of(one)}


def _require_in_use(wish: Wish, directory: Directory) -> None:
    course = directory.courses[wish.course_id]
    if not course.active:
        raise BadValue(field="course", value=course.title, why="course_retired")
    trainer = directory.trainers[wish.trainer_id] if wish.trainer_id is not None else None
    if trainer is not None and not trainer.active:
        raise BadValue(field="trainer", value=trainer.name, why="trainer_left")
    venue = directory.venues[wish.venue_id] if wish.venue_id is not None else None
    if venue is not None and not venue.active:
        raise BadValue(field="venue", value=venue.name, why="venue_retired")
    run = directory.runs[wish.run_id] if wish.run_id is not None else None
    if run is not None and run.course_id != wish.course_id:
        raise BadValue(field="run", value=run.code, why="run_of_other_course")


def _require_times(starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> None:
    if starts_at is None:
        if ends_at is not None:
            raise BadValue(field="end", value=ends_at, why="end_without_start")
        return
    if starts_at <= now:
        raise BadValue(field="start", value=starts_at, why="has_passed")
    if ends_at is None:
        return
    if ends_at <= starts_at:
        raise BadValue(field="end", value=ends_at, why="end_before_start")
    if ends_at - starts_at > LONGEST:
        raise BadValue(field="end", value=ends_at, why="session_too_long")


def _instant(value: datetime | None, field: str) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise BadValue(field=field, value=str(value), why="no_instant")
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise BadValue(field=field, value=str(value), why="year_out_of_range")
    return value.astimezone(UTC).replace(microsecond=0)
